"""The first sheet: the answer in words, what is where, how it was made, how to read it, and the sources."""

from __future__ import annotations

import math

from sinobel.inputs import inert
from sinobel.reporting.charts import shared
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words import answer, facts
from sinobel.reporting.words.wording import plain, several
from sinobel.reporting.workbook import events, headlines, in_words, live, loan_book, wants
from sinobel.reporting.workbook.sheets import Book, paper
from sinobel.runs.manifest import Manifest, record_in

READABLE = 110  # letters in a line
PAGES = 2
UNHIDE = (
    "Sheets of data are hidden, so that the whole workbook prints in few pages: a right click on the name of any sheet "
    "and Unhide show them"
)

TALLEST = 409
"""Points of a row, the most that Excel has."""
Lines = list[tuple[str, str]]
"""Labels and texts of the first sheet."""


def add(book: Book, data: ResultData, *, with_live: bool, notice: str = "") -> None:
    """Write the sheet."""
    sheet = book.file.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    paper(sheet, pages=PAGES)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, READABLE)
    sheet.write_string(0, 0, ", ".join(data.titles.values()), book.title)
    blocks = [
        *([("Take care", [("", notice)])] if notice else []),
        ("The answer", [("", plain(sentence)) for sentence in _answer(data)]),
        ("Questions", [(entry["name"], entry["question"]) for entry in data.manifest["request"]["scenarios"]]),
        ("What is where", _sheets(data, with_live=with_live)),
        ("Sheets of data", [("", UNHIDE), *_hidden(data, with_live=with_live)]),
        ("How to read it", _reading(data)),
        ("How it was made", _made(data.manifest)),
        ("Sources", [("", shared.SOURCES.removeprefix("Sources: "))]),
    ]
    line = 2
    for heading, rows in blocks:
        sheet.write_string(line, 0, heading, book.heading)
        for label, text in rows:
            if text:
                line += 1
                sheet.write_string(line, 0, label, book.quiet)
                sheet.write_string(line, 1, text, book.text)
                lines = max(math.ceil(len(text) / READABLE), math.ceil(len(label) / 28))
                sheet.set_row(line, min(15 * lines, TALLEST))
        line += 2


def _answer(data: ResultData) -> list[str]:
    """What the options do, or where the one scenario leads; who gains; and what was never seen before."""
    asked = answer.AnswerData(
        data.annual,
        data.reference,
        data.titles,
        data.recorded,
        data.origin,
        events=data.event_rows,
        focus=data.focus,
        came=data.basis.came(),
        stated=data.stated,
    )
    told = answer.answer(asked, data.outcomes)
    if data.options:
        told = [*facts.sentences(data.told, data.titles, data.basis.came()), *told[1:]]
    return [*told, data.basis.beyond]


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


def _sheets(data: ResultData, *, with_live: bool) -> Lines:
    return [
        (live.SHEET, live.WHAT if with_live else ""),
        ("Charts", "the headline indicators: record, median, and the ranges of 50 and 80 % of futures"),
        (headlines.SHEET, headlines.WHAT if data.compared else ""),
        *wants.told(data.outcomes, data.reference),
        (loan_book.SHEET, loan_book.WHAT),
        (in_words.SHEET, in_words.WHAT),
        ("Summary", "median and 80 % range of every indicator by year; headlines first, which alone are printed"),
    ]


def _hidden(data: ResultData, *, with_live: bool) -> Lines:
    fails = "in how many futures the project of each loan fails and what the budget pays"
    return [
        (live.WEIGHTS, "the surface behind the live sheet, and how it was made" if with_live else ""),
        ("Chart data", "the numbers behind the charts"),
        (headlines.ALL, f"of every indicator and year, against {data.reference}" if data.compared else ""),
        *wants.told_data(data.outcomes, data.reference),
        ("Loans", f"{fails}, under {data.reference}" if data.loan_rows else ""),
        ("Events", events.WHAT if data.event_rows else ""),
        ("Scenarios", "what each scenario changes and why, lever by lever, and where its rules held"),
        ("Data dictionary", "meaning, unit and evidence of every indicator"),
        ("Manifest", "request, versions and hashes, as in manifest.json"),
    ]
