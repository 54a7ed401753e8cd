"""The brief as a document of two pages, with charts that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from sinobel.reporting.brief import native, room
from sinobel.reporting.brief.content import Brief, Graph, Table
from sinobel.reporting.brief.strings import word

WIDE = 18.0
"""Room between the margins, cm. The page is as wide as A4 and its content no longer than Letter."""
SIZES = {"title": 16, "answer": 12, "head": 11, "text": 9, "small": 7.5}
STYLES = {
    "title": ("Title", "title", 0),
    "head": ("Heading 1", "head", 6),
    "picture": ("Heading 2", "text", 0),
    "point": ("List Bullet", "text", 0),
    "small point": ("List Bullet 2", "small", 0),
}
"""What a paragraph is -> the style that the program it is opened with knows it by, its size, room above it, points."""
BLACK, LINES = "1A1A1A", 6.0
"""Ink of headings, and what the wider lines of a document take beside those of the page, mm."""
CHART = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{link}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def document(brief: Brief) -> Any:
    """A document of python-docx."""
    from docx import Document
    from docx.enum.text import WD_BREAK
    from docx.shared import Cm

    made = Document()
    _dress(made.styles)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(1.2)
    tall = room.layout(brief)
    _first(made, brief, tall)
    made.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    _second(made, brief, tall)
    native.describe(made.core_properties, brief.masthead.title, brief.masthead.author)
    return made


def _dress(styles: Any) -> None:
    """Letters of the brief for the styles by which a program finds headings and lists."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    styles["Normal"].font.name = "Arial"
    for called, size, above in STYLES.values():
        style = styles[called]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[name]  # a font of the theme would win over the one that is named
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(SIZES[size]), RGBColor.from_string(BLACK)
        style.font.bold = "List" not in called
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(2)
        style.paragraph_format.keep_with_next = called.startswith("Heading")
    for called in ("List Bullet", "List Bullet 2"):
        styles[called].paragraph_format.left_indent = Cm(0.5)
        styles[called].paragraph_format.first_line_indent = Cm(-0.4)
    rule = styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if rule is not None:
        rule.getparent().remove(rule)


def _first(made: Any, brief: Brief, tall: room.Layout) -> None:
    from docx.shared import Cm

    head, language = brief.masthead, brief.masthead.language
    if head.logo is not None:
        made.add_paragraph().add_run().add_picture(
            BytesIO(head.logo.content), width=Cm(min(4.0, 1.4 * head.logo.shape))
        )
    _text(made, head.title, "title")
    byline = " · ".join(each for each in (word("brief", language), head.author, head.date, brief.question) if each)
    _text(made, byline, "small")
    _text(made, brief.sentence, "answer", bold=True)
    _graph(made, made, brief.pictures[0], language=language, size=(WIDE, (tall.first - LINES) / 10), number=1)
    if brief.others:
        _text(made, word("others", language), "head")
    for each in brief.others:
        _text(made, each, "point")
    if tall.why == 1:
        _why(made, brief, tall)
    _text(made, word("table", language), "head")
    _table(made, brief.table)
    _text(made, brief.table.caption, "small")


def _why(made: Any, brief: Brief, tall: room.Layout) -> None:
    assert brief.why is not None
    _text(made, word("why", brief.masthead.language), "head")
    _text(made, brief.why.sentence, "text")
    if tall.causes:
        _table(made, brief.why.table)
        _text(made, brief.why.table.caption, "small")


def _second(made: Any, brief: Brief, tall: room.Layout) -> None:
    language = brief.masthead.language
    _text(made, word("pictures", language), "head")
    grid = made.add_table(1, len(brief.pictures) - 1)
    for number, (cell, graph) in enumerate(zip(grid.rows[0].cells, brief.pictures[1:], strict=True), 2):
        _graph(made, cell, graph, language=language, size=(WIDE / 3 - 0.4, (tall.third - LINES) / 10), number=number)
        cell._tc.remove(cell.paragraphs[0]._p)  # the empty one that every cell begins with
    if tall.why == 2:
        _why(made, brief, tall)
    for key, texts in (("changes", brief.changes), ("before", brief.before)):
        _text(made, word(key, language), "head")
        for each in texts:
            _text(made, each, "text" if len(texts) == 1 else "point")
    _text(made, word("sources", language), "head")
    for each in brief.sources:
        _text(made, each, "small point")
    for each in (*brief.notes, brief.footer):
        _text(made, each, "small")


def _text(place: Any, text: str, kind: str, *, bold: bool = False) -> None:
    """A paragraph of a style, or of a size in the plain one; a text is a text, whatever it looks like."""
    from docx.shared import Pt

    if kind in STYLES:
        place.add_paragraph(style=STYLES[kind][0]).add_run(text)
        return
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(0), Pt(2)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(SIZES[kind]), bold


def _graph(made: Any, place: Any, graph: Graph, language: str, size: tuple[float, float], number: int) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Cm

    _text(place, graph.title, "picture")
    _text(place, graph.unit, "small")
    _key(place, graph, language)
    link = _chart_part(made, graph, language, number)
    wide, high = (int(Cm(each)) for each in size)
    drawn = CHART.format(width=wide, height=high, number=number, link=link)
    place.add_paragraph()._p.append(parse_xml(drawn))


def _key(place: Any, graph: Graph, language: str) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    for text, color in native.key_of(graph, language):
        run = paragraph.add_run(text)
        run.font.size, run.font.color.rgb = Pt(SIZES["small"]), RGBColor.from_string(color)


def _chart_part(made: Any, graph: Graph, language: str, number: int) -> str:
    """Put a chart and the workbook with its numbers into a document; returns what it is referred to by."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree
    from pptx.chart.chart import Chart
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml

    space = parse_xml(ChartXmlWriter(XL_CHART_TYPE.LINE, native.data_of(graph, language)).xml.encode())
    native.style(Chart(space, None), graph, language, 8 if number > 1 else 9)
    package, sheet = made.part.package, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book_name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    book = Part(book_name, sheet, native.workbook(graph, language), package)
    kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), kind, b"", package)
    data = space._add_externalData()
    data.set(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
        part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE),
    )
    data._add_autoUpdate().val = False
    part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    link: str = made.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    return link


def _table(made: Any, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    rows: list[Sequence[str]] = [table.header, *table.rows]
    grid = made.add_table(len(rows), len(table.header), style="Light List Accent 1")
    grid.autofit = False
    first, others = 5.2, (WIDE - 5.2) / (len(table.header) - 1)
    for place, column_of in enumerate(grid.columns):
        column_of.width = Cm(first if place == 0 else others)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            cell = grid.cell(row, column)
            cell.width = Cm(first if column == 0 else others)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column else WD_ALIGN_PARAGRAPH.LEFT
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(8), row == 0
