"""An Excel workbook of a results folder: charts Excel draws itself, tables with units, what was asked and how.

Numbers stand as numbers; their units are in a column or a header beside them. The same results give the same bytes.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Sequence
from datetime import datetime
from itertools import product

from sinobel.analysis import differences
from sinobel.inputs.values import is_share
from sinobel.reporting.basis import ChangeBasis
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.tables import comparison, loan_words
from sinobel.reporting.words import telling
from sinobel.reporting.words.wording import plain
from sinobel.reporting.workbook import charts as workbook_charts
from sinobel.reporting.workbook import events, first, headlines, in_words, loan_book, wants
from sinobel.reporting.workbook import live as live_sheet
from sinobel.reporting.workbook.live import Live
from sinobel.reporting.workbook.sheets import Book, write
from sinobel.runs.manifest import Manifest
from sinobel.runs.trajectories import Yearly

SHOWN = {"p50": "median", "p10": "10 % of futures below", "p90": "90 % of futures below"}
VINTAGE = datetime(2016, 12, 31)  # date of the file: of the record, so that it does not change from run to run

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What a text in a cell never becomes."""
NO_PROJECTS, NOTHING_SIGNED = "nothing signed for projects", "nothing signed"
"""Why a loan or group has no share of failed projects, and no called guarantees."""
VALUE = 8
"""Column of what a change sets, on the sheet of the scenarios."""
MOST_PRINTED = 8
"""Headline indicators whose summary goes on paper."""


def build(data: ResultData, live: Live | None = None, notice: str = "") -> bytes:
    """The workbook as bytes.

    Parameters
    ----------
    live : Live | None
        What its live sheet shows; None for a workbook without one.
    notice : str
        What stands on top where the program is no longer the one that made the results.
    """
    import xlsxwriter

    stream = io.BytesIO()
    book = Book(xlsxwriter.Workbook(stream, {"in_memory": True, **TEXT_ONLY}))
    book.file.set_properties(
        {"title": f"sinobel: {', '.join(data.titles)}", "comments": data.caption, "created": VINTAGE}
    )
    first.add(book, data, with_live=live is not None, notice=notice)
    if live is not None:
        live_sheet.add(book, live)
    workbook_charts.add(book, data)
    if data.compared:
        headlines.add(book, data)
    if data.outcomes is not None:
        wants.add(book, data.outcomes)
    if data.basis.loans or data.event_rows:
        loan_book.add(book, data)
    in_words.add(book, data)
    _summary(book, data)
    _data(book, data)
    book.file.close()
    return stream.getvalue()


def _data(book: Book, data: ResultData) -> None:
    """The sheets that are data, and stay off paper."""
    if data.compared:
        _differences(book, data.annual, data.reference)
    if data.outcomes is not None:
        wants.add_data(book, data.outcomes, comparison.set_by(data.manifest))
    if fates := loan_words.fates(data.loan_rows):
        _loans(book, fates)
    if data.event_rows:
        events.add(book, data.event_rows)
    _scenarios(book, data)
    _dictionary(book, data)
    _manifest(book, data.manifest)


def _summary(book: Book, data: ResultData) -> None:
    """Every indicator by scenario; headlines under the reference come first, and they alone go on paper."""
    summary = data.summary
    years = summary.years.tolist()
    header = ["scenario", "indicator", "meaning", "unit", "statistic", *(str(year) for year in years)]
    sheet = book.sheet("Summary", header, [24, 30, 62, 20, 22, *[11] * len(years)], 5, pages=1)
    told = headlines.names(data, MOST_PRINTED)
    every = dict.fromkeys([*((data.reference, name) for name in told), *product(summary.scenarios, summary)])
    line = 0
    for scenario, name in every:
        variable, bands = summary[name], summary.bands(name, scenario)
        form = book.number(bands["p50"])
        for band, statistic in SHOWN.items():
            line += 1
            words = (scenario, name, variable.attrs["long_name"], variable.attrs["units"], statistic)
            for column, word in enumerate(words):
                sheet.write(line, column, word)
            for column, value in enumerate(bands[band].tolist(), start=len(words)):
                write(sheet, line, column, value, form)
    sheet.print_area(0, 0, len(SHOWN) * len(told), len(header) - 1)
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
    sheet = book.sheet(headlines.ALL, header, [24, 30, 44, 18, 8, 13, 13, 13, 16, 13], 5)
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
        known = not math.isnan(fate.fails)
        place = 5 if fate.of_one else 6
        sheet.write(line, place, fate.fails / 100 if known else NO_PROJECTS, book.percent if known else book.text)
        called = NOTHING_SIGNED if fate.called != fate.called else fate.called
        sheet.write(line, 7, called, book.text if isinstance(called, str) else book.number([called]))
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
                share = column == VALUE and isinstance(word, float) and each is not None and is_share(each.unit)
                sheet.write(line, column, word, book.share if share else book.text)
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
    book.is_data(sheet)
    sheet.set_column(0, 0, 140)
    for line, text in enumerate(json.dumps(manifest, indent=1, ensure_ascii=False).split("\n")):
        sheet.write_string(line, 0, text, book.code)
