"""How every chart looks: readable on a slide, safe for color-blind readers, source at the foot."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from sinobel.reporting.charts.lettering import lines_of
from sinobel.reporting.fonts import Chart
from sinobel.reporting.tables.tables import to_csv

INK, QUIET, GRID = "#1a1a1a", "#5f6368", "#d9dce0"
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#4D4D4D", "#E69F00", "#000000")
"""Okabe and Ito's palette without its yellow, which vanishes on white; they stay apart for color-blind readers."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
RECORD = "#000000"
COUNTRY_COLORS = {
    "Belarus": "#009E73",
    "China": "#D55E00",
    "Russia": "#CC79A7",
    "European Union": "#0072B2",
    "others": "#4D4D4D",
}
"""One color per country, the same in every chart; the names are those of the ledger."""
WIDE, SQUARE = (12.0, 6.75), (12.0, 9.0)

plt.rcParams.update(
    {
        "font.size": 13,
        "axes.titlesize": 14,
        "axes.labelsize": 12,
        "xtick.labelsize": 12,
        "ytick.labelsize": 12,
        "legend.fontsize": 12,
        "legend.frameon": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "grid.color": GRID,
        "grid.linewidth": 0.8,
        "axes.axisbelow": True,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "svg.fonttype": "none",
        "svg.hashsalt": "sinobel",
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "text.parse_math": False,  # names and titles of scenarios stand as they are written
    }
)


@dataclass(frozen=True)
class Look:
    """How a scenario is drawn; no two of the first 56 share color, marker and dash."""

    color: str
    marker: str
    dash: str = "-"
    filled: bool = True

    @property
    def line(self) -> dict[str, Any]:
        """Arguments of a line without markers."""
        return {"color": self.color, "linestyle": self.dash}

    @property
    def dot(self) -> dict[str, Any]:
        """Arguments of markers, hollow ones from the second round of colors."""
        inside = self.color if self.filled else "#ffffff"
        return {"color": self.color, "marker": self.marker, "markerfacecolor": inside, "markeredgewidth": 1.3}

    @property
    def both(self) -> dict[str, Any]:
        """Arguments of a line with markers."""
        return self.line | self.dot


DASHES = ("-", "--", ":", "-.")
ROUND = len(COLORS) - 1
"""Colors of scenarios: the black of the record is none of them."""


def scenario_styles(names: Sequence[str]) -> dict[str, Look]:
    """Look of each scenario of a request, in its order: the same in every chart of a results folder."""
    looks = {}
    for place, name in enumerate(names):
        turn, color = divmod(place, ROUND)
        marker = MARKERS[(color + 3 * turn) % len(MARKERS)]
        looks[name] = Look(COLORS[color], marker, DASHES[turn % len(DASHES)], turn % 2 == 0)
    return looks


@dataclass(frozen=True)
class Page:
    """Charts drawn for a page, which has their title, reading and sources in its own text.

    Attributes
    ----------
    width : float | None
        Inches, at 72 points each; None as designed. A point is about a pixel on a phone.
    narrow : bool
        Panels stand below each other.
    """

    width: float | None = None
    narrow: bool = False


_PAGE: ContextVar[Page | None] = ContextVar("page", default=None)


@contextlib.contextmanager
def drawn_for(page: Page) -> Iterator[None]:
    """Within this, `figure` leaves out head and foot and takes the width of a page."""
    token = _PAGE.set(page)
    try:
        yield
    finally:
        _PAGE.reset(token)


def is_narrow() -> bool:
    """Whether charts are drawn for a phone."""
    page = _PAGE.get()
    return page is not None and page.narrow


def figure(
    title: str, subtitle: str, foot: str, size: tuple[float, float] = WIDE, *, legend_rows: int = 0, **layout: Any
) -> tuple[Figure, Any]:
    """A figure with its title, a line that says how to read it, and its source at the foot.

    Parameters
    ----------
    legend_rows : int
        Rows of a legend that stands under the subtitle; put it there with `legend_above`.
    layout : Any
        Arguments of `plt.subplots`.
    """
    page = _PAGE.get()
    if page is not None:
        return _on_page(page, (title, subtitle, foot), size, legend_rows, layout)
    width, height = size
    fig, axes = plt.subplots(FigureClass=Chart, figsize=size, layout="constrained", **layout)
    named = lines_of(title, int(width * 6.2))
    head = lines_of(subtitle, int(width * 10.6))
    lines = lines_of(foot, int(width * 14))
    title_top = 0.16
    head_top = title_top + 0.12 + 0.28 * len(named)
    legend_top = head_top + 0.25 * len(head) + 0.06
    used_above = legend_top + 0.32 * legend_rows + 0.06
    used_below = 0.16 + 0.165 * len(lines)
    fig.get_layout_engine().set(
        rect=(0.004, used_below / height, 0.986, 1 - (used_above + used_below) / height), h_pad=0.08, w_pad=0.08
    )
    left = 0.16 / width
    top, ink, bold = 1 - title_top / height, INK, "bold"
    fig.text(left, top, "\n".join(named), ha="left", va="top", fontsize=18, fontweight=bold, color=ink)
    fig.text(left, 1 - head_top / height, "\n".join(head), ha="left", va="top", fontsize=12.5, color=QUIET)
    fig.text(left, 0.10 / height, "\n".join(lines), ha="left", va="bottom", fontsize=9.5, color=QUIET)
    fig.legend_place = (left, 1 - legend_top / height)
    fig.told = (title, subtitle, foot)
    return fig, axes


def _on_page(
    page: Page, told: tuple[str, str, str], size: tuple[float, float], legend_rows: int, layout: dict[str, Any]
) -> tuple[Figure, Any]:
    """The same for a page: no head, no foot; panels below each other where it is narrow."""
    width, height = page.width or size[0], size[1] - 1.2
    rows, columns = layout.get("nrows", 1), layout.get("ncols", 1)
    if page.narrow:
        layout = {name: value for name, value in layout.items() if name not in ("width_ratios", "gridspec_kw")}
        layout |= {"nrows": rows * columns, "ncols": 1}
        height = rows * columns * max(2.6, min(height / rows, 0.9 * width))
        legend_rows *= 2
    above = 0.32 * legend_rows
    fig, axes = plt.subplots(FigureClass=Chart, figsize=(width, height + above), layout="constrained", **layout)
    total = height + above
    fig.get_layout_engine().set(rect=(0, 0, 1, 1 - above / total), h_pad=0.06, w_pad=0.04)
    fig.legend_place = (0.01, 1.0)
    fig.told = told
    return fig, axes


def keep_drawn(fig: Figure, rows: Sequence[Mapping[str, Any]]) -> Figure:
    """Keep with a figure the rows of exactly what it shows; its CSV and the table behind it are made of them."""
    fig.drawn = list(rows)  # type: ignore[attr-defined]
    fig.drawn_csv = to_csv(rows)  # type: ignore[attr-defined]
    return fig


def legend_above(fig: Figure, handles: list[Any], columns: int) -> None:
    """A legend under the subtitle, for all panels."""
    place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": fig.legend_place}  # type: ignore[attr-defined]
    if is_narrow():
        columns = min(columns, 2)
    spacing: dict[str, Any] = {"borderaxespad": 0, "borderpad": 0, "handletextpad": 0.5, "columnspacing": 1.6}
    legend = fig.legend(handles=handles, labels=["x"] * len(handles), **place, ncols=columns, **spacing)
    for text, handle in zip(legend.get_texts(), handles, strict=True):
        text.set_text(handle.get_label())  # given at once, a name that begins with an underscore would be left out


def thousands(axis: Any) -> None:
    """Numbers of an axis with a separator for thousands."""
    axis.set_major_formatter(mpl.ticker.FuncFormatter(_plain))


def _plain(value: float, _: int) -> str:
    if value == 0 or abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:g}"
