"""Charts that office programs can edit: lines over years with their numbers in a workbook inside the file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sinobel.reporting.brief.content import RECORD, REFERENCE, Graph, Line
from sinobel.reporting.brief.strings import word

LETTERS = 9
"""Size of the letters of a chart, points."""
A_PAGE, A_THIRD = 22, 6
"""Most years written under a chart as wide as the page, and under one of three."""


def lines_of(graph: Graph, language: str) -> list[Line]:
    """The lines of a chart: those of the picture, and the ends of its range as two more."""
    lines = [
        Line(word("record_line", language), line.values, line.color, line.role) if line.role == RECORD else line
        for line in graph.lines
    ]
    if graph.low:
        ends = (("low", graph.low), ("high", graph.high))
        lines += [Line(f"{word(key, language)}: {graph.note}", values, graph.ranged, key) for key, values in ends]
    return lines


def data_of(graph: Graph, language: str) -> Any:
    """What python-pptx makes a chart of."""
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format="#,##0.##")
    data.categories = [str(year) for year in graph.years]
    for line in lines_of(graph, language):
        data.add_series(line.name, list(line.values))
    return data


def workbook(graph: Graph, language: str) -> bytes:
    """The numbers of a chart; no text in it is a formula or an address."""
    import xlsxwriter

    content = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, plain) as book:
        sheet = book.add_worksheet()
        for row, year in enumerate(graph.years, 1):
            sheet.write_string(row, 0, str(year))
        for column, line in enumerate(lines_of(graph, language), 1):
            sheet.write_string(0, column, line.name)
            for row, value in enumerate(line.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return content.getvalue()


def style(chart: Any, graph: Graph, language: str, letters: int = LETTERS) -> None:
    """Colors, dashes, axes and key as in the picture."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    dashes = [MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT, MSO_LINE.LONG_DASH]
    chart.font.size = Pt(letters)
    chart.has_title, chart.has_legend = False, False  # `key_of` stands above it: keys of charts take the room of lines
    _years_apart(chart, A_PAGE if letters >= LETTERS else A_THIRD, len(graph.years))
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xDC, 0xE0)
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.tick_labels.number_format = "#,##0.##" if _small(graph) else "#,##0"
    options = 0
    for series, line in zip(chart.plots[0].series, lines_of(graph, language), strict=True):
        series.smooth = False
        series.format.line.color.rgb = RGBColor.from_string(line.color.lstrip("#").upper())
        series.format.line.width = Pt(0.75 if line.role in ("low", "high") else 2)
        if line.role in ("low", "high"):
            series.format.line.dash_style = MSO_LINE.SQUARE_DOT
        elif line.role not in (RECORD, REFERENCE):
            series.format.line.dash_style = dashes[options % len(dashes)]
            options += 1
        _without_marks(series)


def key_of(graph: Graph, language: str) -> list[tuple[str, str]]:
    """What each line is, and its color as RRGGBB; dotted thin ones are the range."""
    marks = {RECORD: "━", REFERENCE: "━"}
    key = [
        (f"{marks.get(line.role, '╍')} {line.name}   ", line.color.lstrip("#").upper())
        for line in lines_of(graph, language)
        if line.role not in ("low", "high")
    ]
    if graph.low:
        key.append((f"┈ 10 %, 90 %: {graph.note}", graph.ranged.lstrip("#").upper()))
    return key


def _years_apart(chart: Any, most: int, count: int) -> None:
    """Write every second or third year where all of them have no room."""
    from pptx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    skip = parse_xml(f'<c:tickLblSkip xmlns:c="{space}" val="{max(1, -(-count // most))}"/>')
    chart.category_axis._element.find(f"{{{space}}}noMultiLvlLbl").addprevious(skip)


def _small(graph: Graph) -> bool:
    seen = [abs(value) for line in graph.lines for value in line.values if value is not None]
    return max([*seen, *(abs(value) for value in (*graph.low, *graph.high) if value is not None)], default=0) < 10


def _without_marks(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE


def describe(properties: Any, title: str, author: str) -> None:
    """What the properties of a file tell; nothing of the machine."""
    properties.title, properties.author = title, author
    properties.last_modified_by, properties.comments, properties.keywords = "", "", ""
