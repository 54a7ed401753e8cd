"""How every chart looks: colors, markers, sizes of letters; nothing of it is set before a chart is drawn."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sinobel.reporting.words.wording import minus

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

STYLE: Mapping[str, Any] = MappingProxyType(
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
        "axes.unicode_minus": True,
        "axes.facecolor": "white",
        "axes.titlecolor": "auto",
        "figure.facecolor": "white",
        "grid.linestyle": "-",
        "legend.labelcolor": "None",
        "patch.edgecolor": "black",
        "savefig.edgecolor": "auto",
        "savefig.transparent": False,
        "text.color": INK,
        "xtick.labelcolor": "inherit",
        "ytick.labelcolor": "inherit",
        "savefig.facecolor": "white",
        "svg.fonttype": "none",
        "svg.hashsalt": "sinobel",
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "text.parse_math": False,  # names and titles of scenarios stand as they are written
    }
)


@contextlib.contextmanager
def styled() -> Iterator[None]:
    """Within this, matplotlib draws as our charts look; afterwards it is as its user had it."""
    import matplotlib as mpl

    settings: Any = dict(STYLE)
    with mpl.rc_context(settings):
        yield


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
    for index, name in enumerate(names):
        turn, color = divmod(index, ROUND)
        marker = MARKERS[(color + 3 * turn) % len(MARKERS)]
        looks[name] = Look(COLORS[color], marker, DASHES[turn % len(DASHES)], turn % 2 == 0)
    return looks


def thousands(axis: Any, factor: float = 1.0) -> None:
    """Numbers of an axis with a separator for thousands, and the minus sign of print as in the words.

    Parameters
    ----------
    factor : float
        What they are told in the unit of the title by; from `wording.scale_of`.
    """
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: _plain(factor * value)))


def _plain(value: float) -> str:
    if value == 0 or abs(value) >= 1000 or float(value).is_integer():
        return minus(f"{value:z,.0f}")
    return minus(f"{value:g}")
