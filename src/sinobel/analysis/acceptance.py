"""Two versions of the model on the same forecasts: is the one better, and by more than chance?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.analysis import scores
from sinobel.analysis.rows import Row, column

TOLERATED = 1.02
"""Ratio of scores up to which a series is not called worse."""


@dataclass(frozen=True, eq=False, kw_only=True)
class RatioRow(Row):
    """A series under two versions."""

    series: str = column("indicator that was forecast, and how often by both", listed="series, forecasts")
    forecasts: int = column()
    ratio: float = column(
        "mean score of this version over that of the other, with its 90 % interval; below 1 this one is better",
        listed="ratio, ratio_low, ratio_high",
    )
    ratio_low: float = column()
    ratio_high: float = column()
    inside_80: float = column("share inside the 80 % range, here and there", listed="inside_80, inside_80_before")
    inside_80_before: float = column()


@dataclass(frozen=True, eq=False)
class Comparison:
    """One version against another on the forecasts that both made.

    Attributes
    ----------
    rows : list[RatioRow]
        One row a series.
    mean, low, high : float
        Geometric mean of their ratios, with its 90 % interval by a paired bootstrap over blocks of origins.
    alone : int
        Forecasts that only one of them made; they are left out.
    """

    rows: list[RatioRow]
    mean: float
    low: float
    high: float
    alone: int

    @property
    def worst(self) -> RatioRow:
        """The series that loses most."""
        return max(self.rows, key=lambda row: row.ratio)

    @property
    def lines(self) -> list[str]:
        """What is to be said of it."""
        worst = self.worst
        beyond = "below" if self.high < 1 else "above" if self.low > 1 else "on both sides of"
        told = [
            f"Geometric mean over {len(self.rows)} series {self.mean:.3f} [{self.low:.3f} to {self.high:.3f}], "
            f"{beyond} 1; worst {worst.series} {worst.ratio:.3f}; {len(self.worse)} series worse by more than "
            f"{100 * (TOLERATED - 1):.0f} %."
        ]
        return told + ([f"{self.alone} forecasts that only one version made are left out."] if self.alone else [])

    @property
    def worse(self) -> list[RatioRow]:
        """The series that lose more than is tolerated."""
        return [row for row in self.rows if row.ratio > TOLERATED]


def compare(mine: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]], seed: int) -> Comparison | None:
    """Scores of one version over those of another, series by series; None where no forecast is in both.

    Origins are drawn in the same blocks for all series and both versions: what a year brought hits all of them.

    Parameters
    ----------
    mine, theirs : Sequence[Mapping[str, Any]]
        Rows with series, origin, crps and pit.
    """
    here, there = ({(str(row["series"]), int(row["origin"])): row for row in table} for table in (mine, theirs))
    both = [key for key in here if key in there]
    if not both:
        return None
    series, origins = list(dict.fromkeys(name for name, _ in both)), sorted({origin for _, origin in both})
    sums = np.zeros((2, len(series), len(origins)))
    for name, origin in both:
        for which, table in enumerate((here, there)):
            sums[which, series.index(name), origins.index(origin)] = float(table[name, origin]["crps"])
    drawn = _ratios(sums[:, :, scores.blocks_of_origins(len(origins), seed)])
    means = np.exp(np.nanmean(np.log(drawn), axis=0))
    found = _ratios(sums)
    rows = []
    for place, name in enumerate(series):
        keys = [key for key in both if key[0] == name]
        low, high = np.nanquantile(drawn[place], (0.05, 0.95))
        rows.append(
            RatioRow(
                series=name,
                forecasts=len(keys),
                ratio=float(found[place]),
                ratio_low=float(low),
                ratio_high=float(high),
                inside_80=scores.coverage([float(here[key]["pit"]) for key in keys], 0.8),
                inside_80_before=scores.coverage([float(there[key]["pit"]) for key in keys], 0.8),
            )
        )
    low, high = np.quantile(means, (0.05, 0.95))
    return Comparison(
        rows, float(np.exp(np.mean(np.log(found)))), float(low), float(high), len(here) + len(there) - 2 * len(both)
    )


def _ratios(sums: np.ndarray) -> np.ndarray:
    """Ratio of sums over the last axis; none where a series was not forecast from any of the origins drawn."""
    mine, theirs = sums.sum(axis=-1)
    result: np.ndarray = np.divide(mine, theirs, out=np.full(mine.shape, np.nan), where=theirs > 0)
    return result
