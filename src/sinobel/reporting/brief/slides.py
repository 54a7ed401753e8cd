"""The brief as two slides, with charts that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from sinobel.reporting.brief import native
from sinobel.reporting.brief.content import Brief, Graph, Table
from sinobel.reporting.brief.strings import word

WIDE, HIGH, EDGE = 13.333, 7.5, 0.4
LETTERS = {"title": 22, "answer": 17, "head": 13, "text": 11, "small": 9}
INK, QUIET = "1A1A1A", "5F6368"


def slides(brief: Brief) -> Any:
    """A presentation of python-pptx."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    blank = deck.slide_layouts[6]
    _first(deck.slides.add_slide(blank), brief)
    _second(deck.slides.add_slide(blank), brief)
    native.describe(deck.core_properties, brief.masthead.title, brief.masthead.author)
    return deck


def _first(slide: Any, brief: Brief) -> None:
    from pptx.util import Inches

    head, language = brief.masthead, brief.masthead.language
    inner = WIDE - 2 * EDGE
    _texts(slide, (EDGE, 0.25, inner - 1.8, 0.5), [head.title], "title", bold=True)
    byline = " · ".join(each for each in (word("brief", language), head.author, head.date, brief.question) if each)
    _texts(slide, (EDGE, 0.72, inner - 1.8, 0.3), [byline], "small", quiet=True)
    if head.logo is not None:
        width = min(1.6, 0.7 * head.logo.shape)
        place = Inches(WIDE - EDGE - width)
        slide.shapes.add_picture(BytesIO(head.logo.content), place, Inches(0.25), width=Inches(width))
    _texts(slide, (EDGE, 1.02, inner, 0.75), [brief.sentence], "answer", bold=True)
    room = 8.4 if brief.others else inner
    _graph(slide, brief.pictures[0], (EDGE, 1.8, room, 3.2), language, 10)
    if brief.others:
        _texts(slide, (EDGE + room + 0.2, 1.8, inner - room - 0.2, 0.3), [word("others", language)], "head", bold=True)
        _texts(slide, (EDGE + room + 0.2, 2.1, inner - room - 0.2, 2.8), brief.others, "text", points=True)
    _table(slide, brief.table, (EDGE, 5.05, inner, 1.9))
    _texts(slide, (EDGE, 7.12, inner, 0.3), [brief.table.caption], "small", quiet=True)


def _second(slide: Any, brief: Brief) -> None:
    language, inner = brief.masthead.language, WIDE - 2 * EDGE
    third, half = (inner - 0.4) / 3, (inner - 0.3) / 2
    high, top = (3.25, 3.6) if brief.why is None else (2.8, 3.72)
    for place, graph in enumerate(brief.pictures[1:]):
        _graph(slide, graph, (EDGE + place * (third + 0.2), 0.25, third, high), language, 8)
    if brief.why is not None:
        _texts(slide, (EDGE, 3.1, inner, 0.3), [word("why", language)], "head", bold=True)
        _texts(slide, (EDGE, 3.37, inner, 0.35), [brief.why.sentence], "text")
    _texts(slide, (EDGE, top, half, 0.3), [word("changes", language)], "head", bold=True)
    _texts(slide, (EDGE, top + 0.3, half, 6.5 - top - 0.3), brief.changes, "text", points=True)
    right = EDGE + half + 0.3
    _texts(slide, (right, top, half, 0.3), [word("before", language)], "head", bold=True)
    _texts(slide, (right, top + 0.3, half, 0.8), brief.before, "text")
    _texts(slide, (right, top + 1.12, half, 0.3), [word("sources", language)], "head", bold=True)
    _texts(slide, (right, top + 1.4, half, 1.4), brief.sources, "small", points=True)
    _texts(slide, (EDGE, 6.5, inner, 0.9), [*brief.notes, brief.footer], "small", quiet=True)


def _texts(
    slide: Any,
    box: tuple[float, float, float, float],
    texts: Sequence[str],
    size: str,
    *,
    bold: bool = False,
    quiet: bool = False,
    points: bool = False,
) -> None:
    """Paragraphs in a box, in inches from the left and top; a text is a text, whatever it looks like."""
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = f"• {text}" if points else text
        run.font.size, run.font.bold = Pt(LETTERS[size]), bold
        run.font.color.rgb = RGBColor.from_string(QUIET if quiet else INK)
        paragraph.space_after = Pt(3)


def _graph(slide: Any, graph: Graph, box: tuple[float, float, float, float], language: str, letters: int) -> None:
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    left, top, width, height = box
    rows = 0.28 if width > 6 else 0.55
    _texts(slide, (left, top, width, rows), [graph.title], "text", bold=True)
    _texts(slide, (left, top + rows, width, 0.2), [graph.unit], "small", quiet=True)
    key = 0.2 if width > 6 else 0.48
    _key(slide, graph, (left, top + rows + 0.2, width, key), language)
    place = map(Inches, (left, top + rows + key + 0.2, width, height - rows - key - 0.2))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, native.data_of(graph, language))
    frame.chart.part.chart_workbook.update_from_xlsx_blob(native.workbook(graph, language))
    native.style(frame.chart, graph, language, letters)


def _key(slide: Any, graph: Graph, box: tuple[float, float, float, float], language: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for text, color in native.key_of(graph, language):
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.color.rgb = text, Pt(8), RGBColor.from_string(color)


def _table(slide: Any, table: Table, box: tuple[float, float, float, float]) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches, Pt

    rows = [table.header, *table.rows]
    made = slide.shapes.add_table(len(rows), len(table.header), *map(Inches, box)).table
    first = 3.4
    for place, column in enumerate(made.columns):
        column.width = Inches(first if place == 0 else (box[2] - first) / (len(table.header) - 1))
    for row, cells in enumerate(rows):
        made.rows[row].height = Inches(box[3] / len(rows))
        for column, text in enumerate(cells):
            cell = made.cell(row, column)
            cell.margin_top = cell.margin_bottom = 0
            cell.text = text
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.alignment = Pt(10), PP_ALIGN.RIGHT if column else PP_ALIGN.LEFT
