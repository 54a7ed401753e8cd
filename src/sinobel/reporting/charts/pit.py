"""Where what came lies within the forecasts made of it, in tenths, beside what forecasts that are right would show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis import pits
from sinobel.reporting.charts.chart import Chart, Sheet, told
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.style import COLORS, GRID, QUIET, WIDE

PANELS = (("next_year", "All recorded series, a year ahead"), ("headline", "Headline series, one to five years ahead"))
"""Forecasts of a summary that are shown, and what they are called."""
EDGES = (0, -1)
"""The outer tenths, in which too much lies where ranges are too narrow."""


@dataclass(frozen=True)
class Placed:
    """Some forecasts, by where what came lies in them.

    Attributes
    ----------
    title : str
        Which forecasts.
    forecasts : int
        How many.
    shares : Sequence[float]
        Of them in each tenth, from the lowest to the highest.
    right : Sequence[tuple[float, float]]
        5 and 95 % of each share for forecasts that are right; empty where that is not known.
    right_sides : Sequence[float]
        95 % of what right forecasts have in the lowest two and in the highest two tenths; empty where only the
        tenths are known, whose sum is never less.
    """

    title: str
    forecasts: int
    shares: Sequence[float]
    right: Sequence[tuple[float, float]] = ()
    right_sides: Sequence[float] = ()

    @property
    def sides(self) -> tuple[float, float]:
        """Share in the lowest two and in the highest two tenths."""
        low, high = pits.sides(self.shares)
        return float(low), float(high)

    @property
    def title_of_chart(self) -> str:
        """What the histogram shows, in a sentence: a lean to one side, or how much lies at both ends."""
        low, high = self.sides
        cases = f"{self.forecasts} case{'s' * (self.forecasts != 1)}"
        should = 100 * 2 / len(self.shares)
        if not self.right:
            return (
                f"What came fell into the lowest two tenths of the forecast in {100 * low:.0f} % of {cases} and into "
                f"the highest two in {100 * high:.0f} %, where {should:.0f} % each should"
            )
        most = self.right_sides or pits.sides([end for _, end in self.right])
        too_high, too_low = low > most[0], high > most[1]
        if too_high != too_low:
            way, which, share = ("high", "lowest", low) if too_high else ("low", "highest", high)
            return (
                f"Forecasts lay too {way}: what came fell into their {which} two tenths in {100 * share:.0f} % of "
                f"{cases}, where {should:.0f} % should"
            )
        outer = sum(self.shares[edge] for edge in EDGES)
        return (
            f"What came fell into the outer two tenths of the forecast in {100 * outer:.0f} % of {cases}, "
            f"where {should:.0f} % should"
        )

    def rows(self) -> list[dict[str, Any]]:
        """One row a tenth."""
        count = len(self.shares)
        ends: Sequence[tuple[Any, Any]] = self.right or [("", "")] * count
        return [
            {
                "forecasts": self.title,
                "above": place / count,
                "to": (place + 1) / count,
                "count": round(share * self.forecasts),
                "share": share,
                "right_low": low,
                "right_high": high,
            }
            for place, (share, (low, high)) in enumerate(zip(self.shares, ends, strict=True))
        ]


def of_summary(summary: Sequence[Mapping[str, Any]]) -> list[Placed]:
    """What a summary of past forecasts holds of it; nothing where it was made before that was counted."""
    found = []
    for name, title in PANELS:
        rows = [row for row in summary if str(row["measure"]).startswith(f"{name}_pit_")]
        if rows:
            shares = [float(row["value"]) for row in rows]
            ends = [(float(row["ideal_low"]), float(row["ideal_high"])) for row in rows]
            found.append(Placed(title, int(float(rows[0]["forecasts"])), shares, ends))
    return found


def pit_chart(placed: Sequence[Placed], foot: str) -> Chart:
    """A histogram for each of some forecasts.

    Parameters
    ----------
    placed : Sequence[Placed]
        At least one; the first is told in the title.
    """
    banded = any(each.right for each in placed)
    band = " Gray: where nine of ten models that are exactly right would have it." if banded else ""
    return Chart(
        "pit",
        placed[0].title_of_chart,
        reading="Each bar: how many of the values that came lie in that tenth of the futures forecast for them. High "
        f"at both ends: ranges too narrow; high in the middle: too wide; high on one side: forecasts lean.{band}",
        foot=foot,
        rows=[row for each in placed for row in each.rows()],
        paint=partial(_paint, placed),
        size=(WIDE[0], 5.6),
        legend_rows=1,
        layout={"ncols": len(placed), "squeeze": False},
    )


def _paint(placed: Sequence[Placed], sheet: Sheet) -> None:
    for axis, each in zip(np.ravel(sheet.axes), placed, strict=True):
        count = len(each.shares)
        places = (np.arange(count) + 0.5) / count
        if each.right:
            low, high = (each.forecasts * np.array(ends) for ends in zip(*each.right, strict=True))
            axis.stairs(high, np.arange(count + 1) / count, baseline=low, fill=True, color=GRID, zorder=0)
        counts = each.forecasts * np.array(each.shares)
        drawn = axis.bar(places, counts, 0.62 / count, color=COLORS[0], zorder=2)
        for place, bar in enumerate(drawn.patches):
            between = f"{100 * place / count:.0f} to {100 * (place + 1) / count:.0f} %"
            told(bar, f"{between} of the futures below what came: {counts[place]:.0f} of {each.forecasts} forecasts")
        axis.axhline(each.forecasts / count, color=QUIET, linestyle="--", linewidth=1.4, zorder=3)
        axis.set_title(wrapped(each.title, 26 if sheet.narrow else 60))
        axis.set_xlim(0, 1)
        axis.set_ylim(bottom=0)
        axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axis.set_xlabel("share of the futures below what came")
        axis.grid(visible=True, axis="y")
    np.ravel(sheet.axes)[0].set_ylabel("forecasts")
    handles: list[Any] = [
        Patch(color=COLORS[0], label="forecasts"),
        Line2D([], [], color=QUIET, linestyle="--", linewidth=1.4, label="a tenth of them"),
    ]
    if any(each.right for each in placed):
        handles.append(Patch(color=GRID, label="a right model"))
    sheet.legend(handles, 3)
