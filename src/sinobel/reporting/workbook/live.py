"""The sheet whose cells are levers: what a surface answers to them, as formulas, with its error beside each answer.

The surface itself stands on a second sheet: terms that follow the cells, weights of each answer, and how it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sinobel.analysis.surface import Answer, Axis, Surface, Term, columns_of, is_distance, scaled
from sinobel.inputs.values import is_share
from sinobel.reporting.words.wording import POINTS, several
from sinobel.reporting.workbook.sheets import DATA_COLOR, LINE, LIVE_COLOR, Book, heights, paper, write

SHEET, WEIGHTS = "Live", "Live weights"
WHAT = "cells are levers: write into the yellow ones, and a surface fitted to the model answers, with its error"
LEVERS = (
    *("lever", "unit", "least", "most", "without a change", "your value", "value used", "what is done with it"),
    *("", "", "", "what the scenarios set"),
)
ANSWERS = (
    *("indicator", "unit", "year", "median without a change, as in Summary", "change: median", "change: 10 % below"),
    *("change: 90 % below", "error of the median: root mean square", "error of the median: worst"),
    *("error of the ends: root mean square", "error of the ends: worst", "told against its error"),
)
"""Columns of the answers, which stand below those of the levers."""
WIDTHS = (62, 30, *[11] * 5, *[13] * 4, 60)
PROTECTED = {"format_columns": True, "format_rows": True}
"""What may be done on a protected sheet besides writing into the yellow cells; no password keeps anybody out."""
SMALL = "no more than the error of the surface"
FIRST_LEVER = 9
"""Row of the first lever, counted from 0."""
ERRORS, NOTE = 7, 11
"""First column of the errors, and that of the remark."""
NOT = (
    "Not the model: a surface (squares, distances and products of two levers) fitted to {fitted} settings of it and "
    "held against {held_out} it never saw; the errors stand beside each answer.",
    "Medians without a change are those of the sheet Summary, of its {futures}. Changes are added to them: those of "
    "the surface, each against the same future without a change, of {draws}.",
    "Levers are set from {first} to the end. Other dates, rules, events, switches and other levers it does not know: "
    "simulate them. Not a forecast either.",
    "Write into the yellow cells. What lies beyond a range, or is no number, is not used: the sheet says what is used "
    "instead. A change smaller than the error of the surface means nothing.",
)


@dataclass(frozen=True)
class Live:
    """What the sheet shows.

    Attributes
    ----------
    against : str
        The scenario that levers are set on.
    first : str
        Month from which on they are set.
    set_to : Mapping[str, str]
        Lever -> what scenarios set it to, in words.
    left_out : Sequence[str]
        Levers of the scenarios that are no cell.
    made : Mapping[str, object]
        How the surface was made, line by line.
    fitted, held_out : int
        Numbers of settings.
    draws : int
        Futures that the surface is fitted to.
    futures : int
        Those of the results, whose medians stand where nothing is changed.
    """

    surface: Surface
    against: str
    first: str
    set_to: Mapping[str, str]
    left_out: Sequence[str]
    made: Mapping[str, object]
    fitted: int
    held_out: int
    draws: int
    futures: int

    def said(self) -> list[str]:
        """What stands above the levers."""
        numbers = {"fitted": self.fitted, "held_out": self.held_out, "first": self.first}
        counts = {"draws": several(self.draws, "future"), "futures": several(self.futures, "future")}
        said = [each.format(**numbers, **counts) for each in NOT]
        if self.left_out:
            said.append(f"Set by the scenarios, but no cell here: {', '.join(self.left_out)}.")
        return said


def add(book: Book, live: Live) -> None:
    """Write both sheets."""
    sheet = book.file.add_worksheet(SHEET)
    sheet.set_tab_color(LIVE_COLOR)
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"What if these levers were set from {live.first}?", book.title)
    sheet.write_string(1, 0, f"Change against {live.against}, on the same futures.", book.heading)
    for line, text in enumerate(live.said(), start=2):
        sheet.write_string(line, 0, text)
    _header(book, sheet, FIRST_LEVER - 1, LEVERS)
    for place, axis in enumerate(live.surface.axes):
        _lever(book, sheet, FIRST_LEVER + place, axis, live.set_to.get(axis.name, ""))
    top = FIRST_LEVER + len(live.surface.axes) + 2
    _answers(book, sheet, live.surface, top)
    sheet.freeze_panes(FIRST_LEVER, 1)
    sheet.protect("", PROTECTED)
    paper(sheet, pages=1)
    _weights(book, live)


def _header(book: Book, sheet: Any, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names):
        sheet.write(row, column, name, book.header)
    sheet.set_row(row, LINE * heights(names, WIDTHS))


def _lever(book: Book, sheet: Any, row: int, axis: Axis, set_to: str) -> None:
    """One lever: its range, the cell to write into, and what is used of it."""
    least, most, start, cell = (f"${column}${row + 1}" for column in "CDEF")
    words = (f"{axis.label} ({axis.name})", unit_of(axis.unit))
    form, cell_form = (book.share, book.input_share) if is_share(axis.unit) else (book.any, book.input)
    for column, word in enumerate(words):
        sheet.write_string(row, column, word, book.text)
    sheet.set_row(row, LINE * heights(words, WIDTHS[:2]))
    for column, value in enumerate((axis.low, axis.high, axis.start), start=2):
        sheet.write_number(row, column, value, form)
    sheet.write_number(row, 5, axis.start, cell_form)
    sheet.data_validation(row, 5, row, 5, _allowed(axis))
    used = f"=IF(ISNUMBER({cell}),MAX({least},MIN({most},{cell})),{start})"
    sheet.write_formula(row, 6, used, form, axis.start)
    told = (
        f'=IF(ISNUMBER({cell}),IF({cell}<{least},"below the range: its least is used",'
        f'IF({cell}>{most},"above the range: its most is used","")),"no number: without a change")'
    )
    sheet.write_formula(row, 7, told, None, "")
    drawn = (
        "without a change every future has its own, of which this is the median; any other value holds in all futures"
        if axis.drawn
        else ""
    )
    sheet.write_string(row, NOTE, "; ".join(filter(None, (set_to, drawn))))


def as_told(value: float, unit: str) -> str:
    """A value of a lever as sentences have it: shares in percent."""
    return f"{round(100 * value, 6):g} %" if is_share(unit) else f"{value:g}"


def unit_of(unit: str) -> str:
    """A unit as the cells show it: "fraction of disbursement" is "% of disbursement"."""
    return f"%{unit.removeprefix('fraction')}" if is_share(unit) else unit


def _allowed(axis: Axis) -> dict[str, Any]:
    """What Excel lets a user write into the cell of a lever."""
    span = f"{as_told(axis.low, axis.unit)} to {as_told(axis.high, axis.unit)}"
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": axis.low,
        "maximum": axis.high,
        "input_title": "Your value",
        "input_message": f"{span}; {unit_of(axis.unit)}"[:255],
        "error_title": "Beyond the range",
        "error_message": f"The surface was fitted from {span}.",
    }


def _answers(book: Book, sheet: Any, surface: Surface, top: int) -> None:
    """Answers below each other, each with its errors; the ends never cross the median."""
    _header(book, sheet, top, ANSWERS)
    weights = _Weights(surface)
    now = surface.at([axis.start for axis in surface.axes])  # type: ignore[arg-type]
    for place, answer in enumerate(surface.answers):
        row = top + 1 + place
        middle = f"E{row + 1}"
        form = book.share if is_share(answer.unit) else book.number([_size(answer)])
        points = f"; changes in {POINTS}" if is_share(answer.unit) else ""
        sheet.write_string(row, 0, answer.label)
        sheet.write_string(row, 1, unit_of(answer.unit) + points)
        sheet.write_number(row, 2, answer.year)
        sheet.write_number(row, 3, answer.before, form)
        low, median, high = (weights.product(3 * place + number) for number in range(3))
        sheet.write_formula(row, 4, f"={median}", book.strong(form), float(now[place][1]))
        sheet.write_formula(row, 5, f"=MIN({middle},{low})", form, float(now[place][0]))
        sheet.write_formula(row, 6, f"=MAX({middle},{high})", form, float(now[place][2]))
        error = f"{_column(ERRORS)}{row + 1}"
        told = f'=IF(ABS({middle})<={error},"{SMALL}","")'
        small = abs(float(now[place][1])) <= answer.fits[1].rms
        sheet.write_formula(row, NOTE, told, None, SMALL if small else "")
        for column, value in enumerate(errors(answer), start=ERRORS):
            write(sheet, row, column, value, form)


def errors(answer: Answer) -> tuple[float, float, float, float]:
    """Errors of an answer as the sheet shows them: of the median, then of the worse of both ends."""
    low, middle, high = answer.fits
    return middle.rms, middle.worst, max(low.rms, high.rms), max(low.worst, high.worst)


def _size(answer: Answer) -> float:
    """What the digits of a row go by: a change, which may be small against its indicator."""
    return max(abs(weight) for fit in answer.fits for weight in fit.weights) or abs(answer.before)


def _column(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


@dataclass(frozen=True)
class _Weights:
    """Where things stand on the sheet of weights: distances of the levers first, then terms with the weights."""

    surface: Surface

    @property
    def top(self) -> int:
        """Row of the first term, counted from 0."""
        return len(self.surface.axes) + 4

    def product(self, number: int) -> str:
        """Formula of an answer: its weights times the terms."""
        first, last = self.top + 1, self.top + len(self.surface.terms)
        name = _column(2 + number)
        return f"SUMPRODUCT('{WEIGHTS}'!$B${first}:$B${last},'{WEIGHTS}'!${name}${first}:${name}${last})"

    def formula(self, term: Term) -> str:
        """A term as a formula of the distances."""
        if is_distance(term):
            return f"=ABS(B{2 + ~term[0]})"
        return "=" + "*".join(f"B{2 + place}" for place in term) if term else "=1"


def _weights(book: Book, live: Live) -> None:
    surface, places = live.surface, _Weights(live.surface)
    sheet = book.file.add_worksheet(WEIGHTS)
    sheet.set_tab_color(DATA_COLOR)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1 + 3 * len(surface.answers), 15)
    for column, name in enumerate(("lever", "from its start, in parts of its range")):
        sheet.write_string(0, column, name, book.header)
    start = [axis.start for axis in surface.axes]
    now = scaled(surface.axes, start)  # type: ignore[arg-type]
    for place, axis in enumerate(surface.axes):
        row = FIRST_LEVER + place + 1
        sheet.write_string(1 + place, 0, axis.name)
        distance = f"=('{SHEET}'!G{row}-'{SHEET}'!E{row})/('{SHEET}'!D{row}-'{SHEET}'!C{row})"
        sheet.write_formula(1 + place, 1, distance, None, float(now[place]))
    header = ("term", "its value now", *_names(surface.answers))
    for column, name in enumerate(header):
        sheet.write_string(places.top - 1, column, name, book.header)
    values = columns_of(now, surface.terms)
    for line, term in enumerate(surface.terms):
        row = places.top + line
        sheet.write_string(row, 0, term_in_words(term, surface.axes))
        sheet.write_formula(row, 1, places.formula(term), None, float(values[line]))
        fits = (fit for answer in surface.answers for fit in answer.fits)
        for column, fit in enumerate(fits, start=2):
            sheet.write_number(row, column, fit.weights[line])
    _made(book, sheet, live.made, places.top + len(surface.terms) + 1)
    sheet.freeze_panes(places.top, 2)
    sheet.protect("", PROTECTED)
    book.is_data(sheet)


def _names(answers: Sequence[Answer]) -> Iterator[str]:
    for answer in answers:
        for level in ("10 %", "median", "90 %"):
            yield f"{answer.indicator} {answer.year}, {level}, {answer.unit}"


def term_in_words(term: Term, axes: Sequence[Axis]) -> str:
    """A term of the surface: "china.tied_share × belarus.reform", or the start."""
    if is_distance(term):
        return f"distance of {axes[~term[0]].name}"
    return " × ".join(axes[place].name for place in term) or "start"


def _made(book: Book, sheet: Any, made: Mapping[str, object], row: int) -> None:
    sheet.write_string(row, 0, "How the surface was made", book.heading)
    for line, (name, value) in enumerate(made.items(), start=row + 1):
        sheet.write_string(line, 0, name)
        if isinstance(value, int | float):
            sheet.write_number(line, 1, value)
        else:
            sheet.write_string(line, 1, str(value))
