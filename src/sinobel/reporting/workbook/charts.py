"""Charts that Excel draws itself, beside the numbers they show: the record, medians, and the ranges of futures.

A range is an area that stands on another one without color. In recorded years the area has no height, so that the fan
opens where the record ends.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from sinobel.analysis.summary import Summary
from sinobel.reporting.charts import registry, shared
from sinobel.reporting.charts.style import GRID, INK, QUIET, RECORD, Look, scenario_styles
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.tables.tables import number
from sinobel.reporting.workbook.sheets import Book, paper

FIRST_YEAR = 2005
WIDTH, HEIGHT, ROWS, COLUMNS = 780, 420, 22, 12  # of a chart, in pixels and in cells
SCALE, ROWS_OF_CHARTS = 52, 2
"""Percent at which two charts stand side by side on a page, and two of such rows below each other."""
EDGES = ("p10", "p25", "p75", "p90")
BANDS = {"80 % of futures": 72, "50 % of futures": 50, "": 72}
"""Areas between the edges: name in the legend and transparency; the third continues the first."""
MARKERS = {
    "o": "circle",
    "s": "square",
    "^": "triangle",
    "D": "diamond",
    "v": "short_dash",
    "P": "plus",
    "X": "x",
    "*": "star",
}
"""Markers of the charts by those of matplotlib."""
DASHES = {"-": "solid", "--": "dash", ":": "round_dot", "-.": "dash_dot"}


@dataclass(frozen=True)
class Series:
    """What one chart shows, by year: the record, medians by scenario, and edges of the ranges of the first scenario."""

    name: str
    label: str
    unit: str
    years: list[int]
    record: list[float]
    medians: Mapping[str, list[float]]
    edges: Mapping[str, list[float]]


def series(summary: Summary, name: str, scenarios: Sequence[str], recorded: shared.RecordOf, origin: int) -> Series:
    """Numbers of the chart of an indicator; not a number where there is none.

    Parameters
    ----------
    origin : int
        Last recorded year; the record is drawn as far back as it has no gap.
    """
    variable = summary[name]
    simulated = variable["year"].values.tolist()
    values = recorded.get(name, {})
    past = [year for year in range(FIRST_YEAR, origin + 1) if all(each in values for each in range(year, origin + 1))]
    bands_of = {scenario: summary.bands(name, scenario) for scenario in scenarios}
    before, after = [math.nan] * len(past), [math.nan] * len(simulated)
    record = [values[year] for year in past]
    return Series(
        name=name,
        label=variable.attrs["long_name"],
        unit=variable.attrs["units"],
        years=[*past, *simulated],
        record=[*record, *after],
        medians={scenario: [*before, *bands["p50"].tolist()] for scenario, bands in bands_of.items()},
        edges={edge: [*record, *bands_of[scenarios[0]][edge].tolist()] for edge in EDGES},
    )


def finding(shown: Series, scenario: str) -> str:
    """Title of a chart: where its median ends, with the range of eight futures in ten."""
    middle, low, high = (values[-1] for values in (shown.medians[scenario], shown.edges["p10"], shown.edges["p90"]))
    return f"{shown.label} in {shown.years[-1]}: {number(middle)}, 80 % from {number(low)} to {number(high)}"


def add(whole: Book, data: ResultData) -> None:
    """Add the sheet of charts and that of their numbers, which is data, to a workbook."""
    book = whole.file
    scenarios = list(data.titles)
    sheet, cells = book.add_worksheet("Charts"), book.add_worksheet("Chart data")
    whole.is_data(cells)
    sheet.hide_gridlines(2)
    paper(sheet, pages=0)
    sheet.set_print_scale(SCALE)
    sheet.write(
        0,
        0,
        f"Black: record. Shaded: 50 and 80 % of futures under {scenarios[0]}. Lines: medians.",
        book.add_format({"bold": True, "font_size": 13, "font_color": INK}),
    )
    quiet = book.add_format({"font_color": QUIET})
    sheet.write(1, 0, f"{data.caption}.", quiet)
    sheet.write(2, 0, shared.SOURCES, quiet)
    shown = [
        series(data.summary, kind.indicator, scenarios, data.recorded, data.origin)
        for kind in registry.shown(data, registry.WORKBOOK)
        if kind.indicator  # native charts are of the years of one indicator
    ]
    line = _header(book, cells, scenarios)
    for index, each in enumerate(shown):
        _numbers(book, cells, each, line)
        chart = _chart(book, each, scenarios, line)
        anchor = 4 + ROWS * (index // 2), COLUMNS * (index % 2)
        about = f"{finding(each, scenarios[0])} ({each.unit}); numbers in the sheet Chart data"
        sheet.insert_chart(*anchor, chart, {"description": about})
        line += len(each.years)
    rows = math.ceil(len(shown) / 2)
    sheet.set_h_pagebreaks([4 + ROWS * row for row in range(ROWS_OF_CHARTS, rows, ROWS_OF_CHARTS)])
    sheet.print_area(0, 0, 4 + ROWS * rows - 1, 2 * COLUMNS)


def pages(count: int) -> int:
    """Pages of a number of charts."""
    return math.ceil(math.ceil(count / 2) / ROWS_OF_CHARTS)


def _header(book: Any, data: Any, scenarios: Sequence[str]) -> int:
    form = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF1F4"})
    header = [
        "indicator",
        "unit",
        "year",
        "record",
        *(f"median, {scenario}" for scenario in scenarios),
        *(f"{edge[1:]} % below, {scenarios[0]}" for edge in EDGES),
        *(f"from {low[1:]} % to {high[1:]} %" for low, high in pairwise(EDGES)),
    ]
    data.write_row(0, 0, header, form)
    data.set_column(0, 0, 30)
    data.set_column(1, 1, 16)
    data.set_column(2, len(header) - 1, 13)
    data.freeze_panes(1, 3)
    return 1


def _numbers(book: Any, data: Any, shown: Series, first: int) -> None:
    """Rows of one indicator; heights of the ranges are formulas of their edges."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    form = book.add_format({"num_format": axis_format(shown)})
    columns = [shown.record, *shown.medians.values(), *shown.edges.values()]
    edges = list(shown.edges.values())
    start = 3 + len(columns) - len(edges)
    for step, year in enumerate(shown.years):
        row = first + step
        data.write_row(row, 0, [shown.name, shown.unit, year])
        for column, values in enumerate(columns, start=3):
            if not math.isnan(values[step]):
                data.write_number(row, column, values[step], form)
        for index, (low, high) in enumerate(pairwise(edge[step] for edge in edges)):
            if not math.isnan(low + high):
                cells = [xl_rowcol_to_cell(row, start + index + more) for more in (1, 0)]
                data.write_formula(row, 3 + len(columns) + index, f"={cells[0]}-{cells[1]}", form, high - low)


def axis_format(shown: Series) -> str:
    """Format of the numbers of a chart by their size."""
    largest = float(np.nanmax(np.abs(list(shown.edges.values()))))
    return "#,##0" if largest >= 20 else "0.0" if largest >= 2 else "0.00"


def _chart(book: Any, shown: Series, scenarios: Sequence[str], first: int) -> Any:
    """Ranges as stacked areas, and the record and the medians as lines over them."""
    cells = _Cells(first, first + len(shown.years) - 1)
    styles = scenario_styles(scenarios)
    areas = _areas(book, cells, 4 + len(scenarios), styles[scenarios[0]].color)
    areas.combine(_lines(book, cells, list(styles.values())))
    areas.show_blanks_as("gap")
    areas.show_hidden_data()  # the sheet of numbers is hidden
    areas.set_title(
        {"name": finding(shown, scenarios[0]), "overlay": False, "name_font": {"size": 13, "bold": True, "color": INK}}
    )
    quiet: dict[str, Any] = {"color": QUIET, "size": 10}
    areas.set_x_axis(
        {
            "num_font": quiet,
            "label_position": "low",
            "interval_unit": 5,
            "interval_tick": 5,
            "line": {"color": QUIET},
            "position_axis": "on_tick",
        }
    )
    areas.set_y_axis(
        {
            "name": shown.unit,
            "name_font": quiet | {"bold": False},
            "num_font": quiet,
            "num_format": axis_format(shown),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": GRID, "width": 0.75}},
        }
    )
    areas.set_legend({"position": "bottom", "font": {"size": 10}, "delete_series": [0, 3]})
    areas.set_size({"width": WIDTH, "height": HEIGHT})
    return areas


@dataclass(frozen=True)
class _Cells:
    """Rows of an indicator in the sheet of numbers."""

    first: int
    last: int

    def column(self, index: int) -> list[object]:
        """The cells of one column."""
        return ["Chart data", self.first, index, self.last, index]


def _areas(book: Any, cells: _Cells, edge: int, color: str) -> Any:
    """The ranges, which stand on their lowest edge.

    Parameters
    ----------
    edge : int
        Column of the lowest edge.
    """
    areas = book.add_chart({"type": "area", "subtype": "stacked"})
    bands: list[tuple[int, str, dict[str, Any]]] = [(edge, "", {"none": True})]
    for index, (name, see_through) in enumerate(BANDS.items(), start=edge + len(EDGES)):
        bands.append((index, name, {"color": color, "transparency": see_through}))
    for index, name, fill in bands:
        values = {"categories": cells.column(2), "values": cells.column(index)}
        areas.add_series({"name": name, **values, "fill": fill, "border": {"none": True}})
    return areas


def _lines(book: Any, cells: _Cells, looks: Sequence[Look]) -> Any:
    """The record, and the medians of the scenarios with their signs."""
    lines = book.add_chart({"type": "line"})
    thick = {"color": RECORD, "width": 2.25}
    lines.add_series({"name": "record", "categories": cells.column(2), "values": cells.column(3), "line": thick})
    for index, look in enumerate(looks, start=4):
        fill = {"color": look.color if look.filled else "#ffffff"}
        mark = {"type": MARKERS[look.marker], "size": 6, "fill": fill, "border": {"color": look.color}}
        named = ["Chart data", 0, index]  # a cell: a name that begins with "=" would be a formula here
        lines.add_series(
            {
                "name": named,
                "categories": cells.column(2),
                "values": cells.column(index),
                "line": {"color": look.color, "width": 2.25, "dash_type": DASHES[look.dash]},
                "marker": mark if len(looks) > 1 else {"type": "none"},
            }
        )
    return lines
