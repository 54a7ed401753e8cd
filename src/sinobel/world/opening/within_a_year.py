"""Where a quarter or a December of the record lies against its year. Logarithms."""

from __future__ import annotations

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import KnownRecord
from sinobel.world.constants import (
    HALF,
    MONTHS_PER_QUARTER,
    MONTHS_PER_YEAR,
)
from sinobel.world.elementary import log

MOMENTUM_YEARS = 8  # whose last quarters tell the season
REACH = 6  # months before and after one that make the year around it
YEAR_AROUND = tuple(float(part) for part in np.repeat([HALF, 1.0, HALF], [1, 2 * REACH - 1, 1]) / MONTHS_PER_YEAR)


def momentum(known: KnownRecord, series: str) -> float:
    """Log of the last quarter of the origin's year over the year, without the season: growth is in it, usual or not."""
    seasons = [_season_of_quarter(known, series, year) for year in range(known.year - MOMENTUM_YEARS, known.year)]
    return of_quarter(known, series, known.year) - float(np.mean(seasons))


def _season_of_quarter(known: KnownRecord, series: str, year: int) -> float:
    """Log of the last quarter of a year over the level of its time: the year around each month, half of both ends."""
    december = months.parse(f"{year}-12")
    quarter = range(december - MONTHS_PER_QUARTER + 1, december + 1)
    around = [
        sum(part * known.at_month(series, month + place - REACH) for place, part in enumerate(YEAR_AROUND))
        for month in quarter
    ]
    return float(log(sum(known.at_month(series, month) for month in quarter) / sum(around)))


def of_quarter(known: KnownRecord, series: str, year: int) -> float:
    """Log of the mean of the last quarter of a year over that of the year, from a monthly series."""
    january = months.parse(f"{year}-01")
    values = [known.at_month(series, january + each) for each in range(MONTHS_PER_YEAR)]
    return float(log(np.mean(values[-MONTHS_PER_QUARTER:]) / np.mean(values)))


def of_december(known: KnownRecord, series: str) -> float:
    """Log of a December over the mean of its year, from a monthly series."""
    january = months.parse(f"{known.year}-01")
    values = [known.at_month(series, january + each) for each in range(MONTHS_PER_YEAR)]
    return float(log(values[-1] / np.mean(values)))
