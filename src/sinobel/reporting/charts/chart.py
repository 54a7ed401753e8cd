"""A chart: what it says and shows, as plain data, and how it is drawn for a slide, a page or a phone.

A function of a module beside this one gives a `Chart`: title, how to read it, sources, the rows it shows. Nothing is
drawn before somebody asks for a medium, and nothing of a chart hangs on the figure that matplotlib draws it in.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from sinobel.reporting.charts.lettering import balanced, lines_of
from sinobel.reporting.charts.style import INK, QUIET, WIDE, styled
from sinobel.reporting.fonts import LegibleFigure, legible
from sinobel.reporting.tables.tables import to_csv

DPI = 130
"""Of pictures in files."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Medium:
    """What a chart is drawn for.

    Attributes
    ----------
    headed : bool
        Title, reading and sources stand on the picture; a page has them in its own text.
    width : float | None
        Inches, at 72 points each; None as designed. A point is about a pixel on a phone.
    narrow : bool
        Panels stand below each other.
    """

    name: str
    headed: bool = False
    width: float | None = None
    narrow: bool = False


SLIDE = Medium("slide", headed=True)
PAGE = Medium("page")
PHONE = Medium("phone", width=4.6, narrow=True)


@dataclass(frozen=True)
class Readout:
    """What can be read off a chart at each position along its horizontal axis.

    Attributes
    ----------
    panel : int
        Which panel of the chart, in the order they are drawn.
    positions : Sequence[float]
        Along it, in its units.
    names : list[str]
        Of the positions, for people: years or months.
    years : list[int]
        Calendar year of each position, by which charts are linked.
    series : list[dict[str, Any]]
        Rows of {"scenario", "label", "texts"}: a text for each position.
    unit : str
        Of the texts, for people; empty where rows tell their own.
    """

    panel: int
    positions: Sequence[float]
    names: list[str]
    years: list[int]
    series: list[dict[str, Any]]
    unit: str = ""


class ChartFigure(LegibleFigure):
    """A figure that looks like ours whoever draws it and whenever."""

    def draw(self, renderer: Any) -> None:
        """Draw it; ticks are made only now, and take their look from the settings of the moment."""
        with styled():
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        """The picture, for notebooks: they show figures of pyplot by themselves, and these only so."""
        return _png(self)


@dataclass(frozen=True)
class Sheet:
    """What a chart is painted on: a figure with its axes, and where its legend goes."""

    figure: Figure
    axes: Any
    medium: Medium
    legend_at: tuple[float, float] = (0.01, 1.0)

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's."""
        return self.medium.narrow

    def legend(self, handles: Sequence[Any], columns: int) -> None:
        """Put a legend under the subtitle, for all panels."""
        corner: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": self.legend_at}
        if self.narrow:
            columns = min(columns, 2)
        spacing: dict[str, Any] = {"borderaxespad": 0, "borderpad": 0, "handletextpad": 0.5, "columnspacing": 1.6}
        labels = ["x"] * len(handles)
        legend = self.figure.legend(handles=handles, labels=labels, **corner, ncols=columns, **spacing)
        for text, handle in zip(legend.get_texts(), handles, strict=True):
            text.set_text(handle.get_label())  # given at once, a name that begins with an underscore would be left out


def sheet_of(chart: Chart, medium: Medium) -> Sheet:
    """A sheet with the chart's title, a line that says how to read it and its sources, where the medium wants them."""
    if not medium.headed:
        return _bare_sheet(chart, medium)
    width, height = chart.size
    figure, axes = subplots(chart.size, layout="constrained", **chart.layout)
    title = balanced(chart.title, int(width * 6.2))
    head = balanced(chart.reading, int(width * 10.6))
    foot = lines_of(chart.foot, int(width * 14))
    title_top = 0.16
    head_top = title_top + 0.12 + 0.28 * len(title)
    legend_top = head_top + 0.25 * len(head) + 0.06
    used_above = legend_top + 0.32 * chart.legend_rows + 0.06
    used_below = 0.16 + 0.165 * len(foot)
    _lay_out(
        figure,
        rect=(0.004, used_below / height, 0.986, 1 - (used_above + used_below) / height),
        h_pad=0.08,
        w_pad=0.08,
    )
    left = 0.16 / width
    top, ink, bold = 1 - title_top / height, INK, "bold"
    figure.text(left, top, "\n".join(title), ha="left", va="top", fontsize=18, fontweight=bold, color=ink)
    figure.text(left, 1 - head_top / height, "\n".join(head), ha="left", va="top", fontsize=12.5, color=QUIET)
    figure.text(left, 0.10 / height, "\n".join(foot), ha="left", va="bottom", fontsize=9.5, color=QUIET)
    return Sheet(figure, axes, medium, (left, 1 - legend_top / height))


def _bare_sheet(chart: Chart, medium: Medium) -> Sheet:
    """The same for a page: no head, no foot; panels below each other where it is narrow."""
    width, height = medium.width or chart.size[0], chart.size[1] - 1.2
    layout, legend_rows = dict(chart.layout), chart.legend_rows
    rows, columns = layout.get("nrows", 1), layout.get("ncols", 1)
    if medium.narrow:
        layout = {name: value for name, value in layout.items() if name not in ("width_ratios", "gridspec_kw")}
        layout |= {"nrows": rows * columns, "ncols": 1}
        height = rows * columns * max(chart.least_panel, min(height / rows, 0.9 * width))
        legend_rows *= 2
    above = 0.32 * legend_rows
    total = height + above
    figure, axes = subplots((width, total), layout="constrained", **layout)
    _lay_out(figure, rect=(0, 0, 1, 1 - above / total), h_pad=0.06, w_pad=0.04)
    return Sheet(figure, axes, medium)


def subplots(size: tuple[float, float], *, layout: Any = None, **more: Any) -> tuple[Figure, Any]:
    """A figure with its axes, known to nobody else: matplotlib keeps no list of ours, so nothing need be closed."""
    figure = ChartFigure(figsize=size, layout=layout)
    FigureCanvasAgg(figure)
    return figure, figure.subplots(**more)


def _lay_out(figure: Figure, **parameters: Any) -> None:
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.set(**parameters)


PLACES = 6
"""Decimals that positions on a figure are kept to. The last digits of the layout differ from one process to the next,
and with them the names of clip paths in a drawing."""


def _settle(figure: Figure) -> None:
    """Lay a figure out for good, so that the same chart gives the same bytes everywhere."""
    engine = figure.get_layout_engine()
    if engine is not None:
        with legible(figure, raster=isinstance(figure.canvas, FigureCanvasAgg)):
            engine.execute(figure)
        figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = (round(number, PLACES) for number in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes
    ----------
    name : str
        Of its files, and of its kind in the registry.
    title : str
        Says the finding; `reading` says how to read it, and is what a screen reader is told.
    foot : str
        Sources, and how the numbers were made.
    rows : Sequence[Row]
        Exactly what is drawn: its CSV and the table behind it.
    paint : Callable[[Sheet], None]
        Draws on the axes of a sheet.
    size : tuple[float, float]
        Inches on a slide.
    legend_rows : int
        Rows of a legend that stands under the subtitle; the painter puts it there with `Sheet.legend`.
    layout : Mapping[str, Any]
        Arguments of `Figure.subplots`.
    readout : Readout | None
        Values that a pointer can read off it.
    least_panel : float
        Inches that a panel is high at least where it is narrow.
    open_sheet : Callable[[Chart, Medium], Sheet]
        Makes what it is painted on.
    """

    name: str
    title: str
    reading: str
    foot: str
    rows: Sequence[Row]
    paint: Callable[[Sheet], None]
    size: tuple[float, float] = WIDE
    legend_rows: int = 0
    layout: Mapping[str, Any] = field(default_factory=dict)
    readout: Readout | None = None
    least_panel: float = 2.6
    open_sheet: Callable[[Chart, Medium], Sheet] = sheet_of

    def draw(self, medium: Medium = SLIDE) -> Figure:
        """A matplotlib figure of it."""
        with styled():
            sheet = self.open_sheet(self, medium)
            self.paint(sheet)
        return sheet.figure

    @property
    def csv(self) -> str:
        """The rows as CSV."""
        return to_csv(self.rows)

    def files(self) -> dict[str, bytes]:
        """The chart as files by their ending: a picture, a drawing that scales, the numbers drawn.

        The canvases are used directly: `savefig` draws everything twice.
        """
        figure = self.draw(SLIDE)
        figure.set_dpi(DPI)
        canvas: Any = FigureCanvasAgg(figure)
        picture, drawing = io.BytesIO(), io.BytesIO()
        with styled():
            _settle(figure)
            canvas.print_png(picture, pil_kwargs={"compress_level": 3})
            canvas = FigureCanvasSVG(figure)
            canvas.print_svg(drawing, metadata={"Date": None})
        found = {".png": picture.getvalue(), ".svg": drawing.getvalue()}
        return found | ({".csv": self.csv.encode()} if self.rows else {})

    def _repr_png_(self) -> bytes:
        """The picture, for notebooks."""
        return _png(self.draw(SLIDE))


def _png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    with styled():
        canvas.print_png(stream)
    return stream.getvalue()


def svg_text(figure: Figure) -> str:
    """A figure as SVG text, at once: without the second drawing that saving makes to measure."""
    stream = io.StringIO()
    with styled():
        canvas: Any = FigureCanvasSVG(figure)  # first: letters are measured as it draws them
        _settle(figure)
        canvas.print_svg(stream, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return stream.getvalue()


def mark(artist: Any, scenario: str, part: str) -> Any:
    """Name a part of a chart so that a page can show and hide it with its scenario, whatever that is called."""
    artist.set_gid(f"mark|{quote(scenario, safe='')}|{part}")
    return artist


def told(artist: Any, text: str) -> Any:
    """Give a part of a chart the text that a page shows where a pointer or the keyboard rests on it: value and unit."""
    artist.set_gid(f"told|{quote(text)}")
    return artist
