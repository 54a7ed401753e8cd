"""Forecasts of one run, year by year, against what a record says of those years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import pits, scores
from sinobel.analysis.rows import Row, column

RANGES = (50, 80, 90)
LEAST_IN_TENTHS = 10  # values; fewer cannot be even over ten tenths


@dataclass(frozen=True, eq=False, kw_only=True)
class ScoreRow(Row):
    """The forecast of an indicator in a year against what the record says of it."""

    indicator: str = column("what was forecast")
    year: int = column("of which year, and how many years ahead", listed="year, ahead")
    ahead: int = column()
    unit: str = column()
    recorded: float = column("what the record says of the year")
    median: float = column("median and ends of the central 80 % range", listed="median, low_80, high_80")
    low_80: float = column()
    high_80: float = column()
    crps: float = column("continuous ranked probability score, in the unit of the indicator; smaller is better")
    pit: float = column("share of the forecast below what the record says")
    inside_50: bool = column("whether it lies in the central ranges", listed="inside_50, inside_80, inside_90")
    inside_80: bool = column()
    inside_90: bool = column()
    benchmark: str = column("the naive forecast that was fixed beforehand, empty where too little was known for one")
    benchmark_crps: float = column("its score")
    skill: float = column("one less the ratio of the two scores: above 0 the forecast is better than the naive one")


def score_row(
    ensemble: np.ndarray,
    recorded: float,
    naive: np.ndarray | None,
    *,
    indicator: str,
    year: int,
    ahead: int,
    unit: str,
    benchmark: str,
) -> ScoreRow:
    """Score one forecast.

    Parameters
    ----------
    ensemble : np.ndarray
        Values that stand for the forecast; those that are none are left out.
    naive : np.ndarray | None
        The same of a naive forecast, None where there is none.
    """
    known = ensemble[np.isfinite(ensemble)]
    mine, place = scores.crps(known, recorded), scores.pit(known, recorded)
    theirs = np.nan if naive is None else scores.crps(naive, recorded)
    low, middle, high = np.quantile(known, (0.1, 0.5, 0.9))
    inside = {f"inside_{level}": bool(scores.coverage([place], level / 100)) for level in RANGES}
    return ScoreRow(
        indicator=indicator,
        year=year,
        ahead=ahead,
        unit=unit,
        recorded=recorded,
        median=float(middle),
        low_80=float(low),
        high_80=float(high),
        crps=mine,
        pit=place,
        benchmark="" if naive is None else benchmark,
        benchmark_crps=theirs,
        skill=1 - mine / theirs if theirs > 0 else np.nan,
        **inside,
    )


def verdicts(rows: Sequence[ScoreRow]) -> Iterator[str]:
    """What is to be said of some forecasts, in sentences."""
    pits, indicators = [row.pit for row in rows], len({row.indicator for row in rows})
    years = sorted({row.year for row in rows})
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
    if len(rows) == 1:
        yield f"1 value of 1 indicator, {span}: {_where(rows[0])}."
    else:
        shares = (f"{100 * scores.coverage(pits, level / 100):.0f} % in the {level} % range" for level in RANGES)
        several = f"{indicators} indicator{'s' * (indicators != 1)}"
        yield f"{len(rows)} values of {several}, {span}: {', '.join(shares)}."
    skills = skill_by_indicator(rows)
    if len(skills) == 1:
        ((name, skill),) = skills.items()
        word = "Better" if skill > 0 else "No better"
        yield f"{word} than the naive forecast in {name}, skill {skill:+.2f}: one look."
    elif skills:
        better = sum(each > 0 for each in skills.values())
        yield (
            f"Better than the naive forecast in {better} of {len(skills)} indicators, typical skill "
            f"{scores.typical(list(skills.values())):+.2f}; years of one future hang together, so this is one look, "
            "not many."
        )
    if len(rows) >= LEAST_IN_TENTHS:
        yield (
            f"How many came in each tenth of the futures, from the lowest: "
            f"{', '.join(map(str, placed(rows)))}; right forecasts have them about even."
        )


def _where(row: ScoreRow) -> str:
    """The narrowest range that holds what came."""
    holding = [level for level in RANGES if row[f"inside_{level}"]]
    return f"in the {holding[0]} % range" if holding else f"outside the {RANGES[-1]} % range"


def placed(rows: Sequence[ScoreRow]) -> list[int]:
    """How many values lie in each tenth of what was forecast, from the lowest."""
    return [int(count) for count in pits.counts([row.pit for row in rows])]


def skill_by_indicator(rows: Sequence[ScoreRow]) -> Mapping[str, float]:
    """Skill over the years of each indicator that has a naive forecast."""
    found = {}
    for name in dict.fromkeys(row.indicator for row in rows):
        mine = [row for row in rows if row.indicator == name and row.benchmark_crps > 0]
        if mine:
            found[name] = scores.skill(mine, "crps", "benchmark_crps")
    return found
