"""An Excel workbook of a results folder: charts Excel draws itself, tables with units, what was asked and how.

Numbers stand as numbers; their units are in a column or a header beside them. The same results give the same bytes.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Sequence
from datetime import datetime

from sinobel.analysis import differences
from sinobel.analysis.summary import Summary
from sinobel.inputs import inert
from sinobel.reporting.basis import ChangeBasis
from sinobel.reporting.charts import shared
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.tables import comparison, loan_words
from sinobel.reporting.words import telling
from sinobel.reporting.words.wording import plain, several
from sinobel.reporting.workbook import charts as workbook_charts
from sinobel.reporting.workbook import events, wants
from sinobel.reporting.workbook.sheets import Book, write
from sinobel.runs.manifest import Manifest, record_in
from sinobel.runs.trajectories import Yearly

SHOWN = {"p50": "median", "p10": "10 % of futures below", "p90": "90 % of futures below"}
VINTAGE = datetime(2016, 12, 31)  # date of the file: of the record, so that it does not change from run to run

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What a text in a cell never becomes."""
READABLE = 110  # letters in a line of the first sheet


def build(data: ResultData) -> bytes:
    """The workbook as bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    book = Book(xlsxwriter.Workbook(stream, {"in_memory": True, **TEXT_ONLY}))
    manifest, yearly = data.manifest, data.annual
    book.file.set_properties(
        {"title": f"sinobel: {', '.join(data.titles)}", "comments": data.caption, "created": VINTAGE}
    )
    _read_me(book, data)
    workbook_charts.add(book.file, data)
    _summary(book, data.summary)
    if data.compared:
        _differences(book, yearly, data.reference)
    if data.outcomes is not None:
        wants.add(book, data.outcomes, comparison.set_by(manifest))
    if fates := loan_words.fates(data.loan_rows):
        _loans(book, fates)
    if data.event_rows:
        events.add(book, data.event_rows)
    _scenarios(book, data)
    _dictionary(book, data)
    _manifest(book, manifest)
    book.file.close()
    return stream.getvalue()


Lines = list[tuple[str, str]]
"""Labels and texts of the first sheet."""


def _read_me(book: Book, data: ResultData) -> None:
    sheet = book.file.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, READABLE)
    sheet.write(0, 0, ", ".join(data.titles.values()), book.title)
    blocks = [
        ("Questions", [(entry["name"], entry["question"]) for entry in data.manifest["request"]["scenarios"]]),
        ("How it was made", _made(data.manifest)),
        ("How to read it", _reading(data)),
        ("Sheets", _sheets(data)),
        ("Sources", [("", shared.SOURCES.removeprefix("Sources: "))]),
    ]
    line = 2
    for heading, rows in blocks:
        sheet.write(line, 0, heading, book.heading)
        for label, text in rows:
            if text:
                line += 1
                sheet.write(line, 0, label, book.quiet)
                sheet.write(line, 1, text, book.text)
                sheet.set_row(line, 15 * math.ceil(len(text) / READABLE))
        line += 2


def _made(manifest: Manifest) -> Lines:
    request = manifest["request"]
    draws = several(request["draws"], "draw")
    return [
        (
            "Futures",
            f"{draws} from {manifest['parameters_from']}, the same in every scenario",
        ),
        ("Origin and horizon", f"{request['origin']} to {request['horizon']}; {record_in(manifest)}"),
        ("Seed", str(request["seed"])),
        ("Program", f"sinobel {manifest['versions']['sinobel']}; hash of the numbers {manifest.get('result', '')}"),
        ("Made with", inert.command(manifest["command"]) if "command" in manifest else ""),
        ("Made again with", "sinobel rerun manifest.json, which gives the same numbers, bit for bit"),
    ]


def _reading(data: ResultData) -> Lines:
    scored = shared.track(data.basis.track_record, shared.HEADLINES)
    return [
        ("Median", "half of the futures lie above it and half below"),
        ("10 % and 90 %", "eight of ten futures lie between them, given the model and what was known at the origin"),
        ("Not a forecast", "a scenario says what follows if its changes are made and nobody changes anything else"),
        ("A year", "flows are summed over it, stocks are its December, prices as the data dictionary says"),
        ("Past forecasts", scored or "none of the indicators shown was scored"),
        ("Dollars", "of the year, not deflated"),
    ]


def _sheets(data: ResultData) -> Lines:
    compared = f"paired differences against {data.reference}, future by future" if data.compared else ""
    return [
        ("Charts", "the headline indicators: record, median, and the ranges of 50 and 80 % of futures"),
        ("Summary", "median and 80 % range of every indicator by year; the filter in row 1 chooses"),
        ("Differences", compared),
        (
            "Loans",
            f"in how many futures the project of each loan fails and what the budget pays, under {data.reference}"
            if data.loan_rows
            else "",
        ),
        *wants.told(data.outcomes, data.reference),
        ("Events", events.WHAT if data.event_rows else ""),
        ("Scenarios", "what each scenario changes and why, and where its rules held"),
        ("Data dictionary", "meaning, unit and evidence of every indicator"),
        ("Chart data", "the numbers behind the charts"),
        ("Manifest", "request, versions and hashes, as in manifest.json"),
    ]


def _summary(book: Book, summary: Summary) -> None:
    years = summary.years.tolist()
    header = ["scenario", "indicator", "meaning", "unit", "statistic", *(str(year) for year in years)]
    sheet = book.sheet("Summary", header, [24, 30, 44, 18, 22, *[11] * len(years)], 5)
    line = 0
    for name in summary:
        variable = summary[name]
        for scenario in summary.scenarios:
            bands = summary.bands(name, scenario)
            form = book.number(bands["p50"])
            for band, statistic in SHOWN.items():
                line += 1
                words = (scenario, name, variable.attrs["long_name"], variable.attrs["units"], statistic)
                for column, word in enumerate(words):
                    sheet.write(line, column, word)
                for column, value in enumerate(bands[band].tolist(), start=len(words)):
                    write(sheet, line, column, value, form)
    sheet.autofilter(0, 0, line, len(header) - 1)


def _differences(book: Book, yearly: Yearly, reference: str) -> None:
    header = [
        "scenario",
        "indicator",
        "meaning",
        "unit",
        "year",
        "median difference",
        *list(SHOWN.values())[1:],
        "share of futures in which it is higher",
        "in which it is lower",
    ]
    sheet = book.sheet("Differences", header, [24, 30, 44, 18, 8, 13, 13, 13, 16, 13], 5)
    line = 0
    for line, row in enumerate(differences.rows(yearly, reference), start=1):
        words = (row["scenario"], row["indicator"], yearly[str(row["indicator"])].attrs["long_name"], row["unit"])
        for column, word in enumerate((*words, row["year"])):
            sheet.write(line, column, word)
        numbers = [float(str(row[band])) for band in SHOWN]
        for column, value in enumerate(numbers, start=5):
            write(sheet, line, column, value, book.number(numbers))
        sheet.write(line, 8, row["share_higher"], book.percent)
        sheet.write(line, 9, row["share_lower"], book.percent)
    sheet.autofilter(0, 0, line, len(header) - 1)


def _loans(book: Book, fates: Sequence[loan_words.Fate]) -> None:
    header = [
        "loan",
        "what for",
        "sector",
        "instrument",
        "signed, USD mn",
        "project fails, share of futures",
        "projects fail, share of dollars of several loans",
        "called guarantees since the origin, USD of 100 signed",
    ]
    sheet = book.sheet("Loans", header, [12, 60, 24, 24, 14, 16, 16, 24], 2)
    for line, fate in enumerate(fates, start=1):
        for column, word in enumerate((fate.loan, fate.title, fate.sector, fate.instrument)):
            sheet.write(line, column, word)
        sheet.write(line, 4, fate.signed, book.number([fate.signed]))
        sheet.write(line, 5 if fate.of_one else 6, fate.fails / 100, book.percent)
        words = isinstance(fate.called, str)
        sheet.write(line, 7, fate.called, None if words else book.number([float(fate.called)]))
    sheet.autofilter(0, 0, len(fates), len(header) - 1)


def _scenarios(book: Book, data: ResultData) -> None:
    header = [
        "scenario",
        "question",
        "what it changes",
        "what came of it",
        "why",
        "lever",
        "from",
        "until",
        "value",
        "scale",
        "unit",
        "futures in which the rule ever held",
        "months of all futures in which it held",
        "who lends or invests",
        "terms of a loan",
    ]
    sheet = book.sheet("Scenarios", header, [24, 44, 60, 30, 80, 28, 10, 10, 12, 8, 20, 18, 20, 20, 40], 1)
    brought = {(each.scenario, each.name): each for each in data.event_rows}
    questions = {entry["name"]: entry["question"] for entry in data.manifest["request"]["scenarios"]}
    line = 0
    for name, found in data.basis.changes.items():
        changes: Sequence[ChangeBasis | None] = found or [None]
        for each in changes:
            line += 1
            if each is None:
                words: Sequence[object] = (name, questions[name], telling.UNCHANGED)
            else:
                said = plain(each.sentence), each.outcome, plain(each.why)
                words = (name, questions[name], *said, each.lever, *each.span, each.value, each.scale, each.unit)
            for column, word in enumerate(words):
                sheet.write(line, column, word, book.text)
            if each is not None and each.held is not None:
                sheet.write(line, len(words), each.held[0], book.percent)
                sheet.write(line, len(words) + 1, each.held[1], book.percent)
            if each is not None and (event := brought.get((name, each.label))):
                sheet.write(line, len(words) + 2, event.source, book.text)
                sheet.write(line, len(words) + 3, event.terms, book.text)


def _dictionary(book: Book, data: ResultData) -> None:
    header = [
        "indicator",
        "meaning",
        "unit",
        "kind",
        "a year is",
        "sign",
        "belongs to",
        "continues the record",
        "region (IAMC)",
        "variable (IAMC)",
        "evidence",
    ]
    sheet = book.sheet("Data dictionary", header, [32, 50, 18, 10, 10, 32, 26, 34, 26, 46, 34], 1)
    for line, name in enumerate(data.annual, start=1):
        each = data.basis.indicators[name]
        words = (
            name,
            each.label,
            each.unit,
            each.kind,
            each.annual,
            each.sign,
            each.identity,
            each.record,
            each.region,
            each.variable,
            ", ".join(each.evidence),
        )
        for column, word in enumerate(words):
            sheet.write(line, column, word)
    sheet.autofilter(0, 0, len(data.annual), len(header) - 1)


def _manifest(book: Book, manifest: Manifest) -> None:
    sheet = book.file.add_worksheet("Manifest")
    sheet.set_column(0, 0, 140)
    for line, text in enumerate(json.dumps(manifest, indent=1, ensure_ascii=False).split("\n")):
        sheet.write_string(line, 0, text, book.code)
