"""How every chart looks: readable on a slide, safe for color-blind readers, source at the foot."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

INK, QUIET, GRID = "#1a1a1a", "#5f6368", "#d9dce0"
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#4D4D4D", "#E69F00", "#000000")
"""Okabe and Ito's palette without its yellow, which vanishes on white; they stay apart for color-blind readers."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
RECORD = "#000000"
COUNTRY_COLORS = {
    "Belarus": "#009E73", "China": "#D55E00", "Russia": "#CC79A7", "European Union": "#0072B2", "others": "#4D4D4D",
}  # fmt: skip
"""One color per country, the same in every chart; the names are those of the ledger."""
WIDE, SQUARE = (12.0, 6.75), (12.0, 9.0)

plt.rcParams.update(
    {
        "font.size": 13, "axes.titlesize": 14, "axes.labelsize": 12, "xtick.labelsize": 12, "ytick.labelsize": 12,
        "legend.fontsize": 12, "legend.frameon": False, "axes.spines.top": False, "axes.spines.right": False,
        "axes.edgecolor": QUIET, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "axes.grid": True,
        "axes.grid.axis": "y", "grid.color": GRID, "grid.linewidth": 0.8, "axes.axisbelow": True,
        "figure.facecolor": "white", "savefig.facecolor": "white", "svg.fonttype": "none", "svg.hashsalt": "sinobel",
        "axes.titlelocation": "left", "axes.titleweight": "bold",
    }
)  # fmt: skip


def scenario_styles(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Color and marker of each scenario of a request, in its order: the same in every chart of a results folder."""
    return {
        name: (COLORS[place % len(COLORS)], MARKERS[place % len(MARKERS)]) for place, name in enumerate(names)
    }  # fmt: skip


def figure(
    title: str, subtitle: str, foot: str, size: tuple[float, float] = WIDE, *, legend_rows: int = 0, **layout: Any
) -> tuple[Figure, Any]:
    """A figure with its title, a line that says how to read it, and its source at the foot.

    legend_rows  rows of a legend that stands under the subtitle; put it there with `legend_above`
    layout       arguments of `plt.subplots`
    """
    width, height = size
    fig, axes = plt.subplots(figsize=size, layout="constrained", **layout)
    head = textwrap.wrap(subtitle, int(width * 10.6))
    lines = textwrap.wrap(foot, int(width * 14))
    title_top, head_top = 0.16, 0.56
    legend_top = head_top + 0.25 * len(head) + 0.06
    used_above = legend_top + 0.32 * legend_rows + 0.06
    used_below = 0.16 + 0.165 * len(lines)
    fig.get_layout_engine().set(
        rect=(0.004, used_below / height, 0.986, 1 - (used_above + used_below) / height), h_pad=0.08, w_pad=0.08
    )
    left = 0.16 / width
    fig.text(left, 1 - title_top / height, title, ha="left", va="top", fontsize=18, fontweight="bold", color=INK)
    fig.text(left, 1 - head_top / height, "\n".join(head), ha="left", va="top", fontsize=12.5, color=QUIET)
    fig.text(left, 0.10 / height, "\n".join(lines), ha="left", va="bottom", fontsize=9.5, color=QUIET)
    fig.legend_place = (left, 1 - legend_top / height)
    return fig, axes


def legend_above(fig: Figure, handles: list[Any], columns: int) -> None:
    """A legend under the subtitle, for all panels."""
    place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": fig.legend_place}  # type: ignore[attr-defined]
    spacing: dict[str, Any] = {"borderaxespad": 0, "borderpad": 0, "handletextpad": 0.5, "columnspacing": 1.6}
    fig.legend(handles=handles, **place, ncols=columns, **spacing)


def wrapped(name: str, width: int = 40) -> str:
    """A title over at most two lines."""
    return "\n".join(textwrap.wrap(name, width, max_lines=2, placeholder=" …"))


def thousands(axis: Any) -> None:
    """Numbers of an axis with a separator for thousands."""
    axis.set_major_formatter(mpl.ticker.FuncFormatter(_plain))


def _plain(value: float, _: int) -> str:
    if value == 0 or abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:g}"
