"""All past forecasts together: skill, coverage, what a right model would score, and what is left of luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import ideal, pits, scores
from sinobel.analysis.rows import Row, column
from sinobel.studies.headlines import ForecastRow
from sinobel.studies.next_year import FIXED, MACRO, NextYearRow, block_of

LEVELS = (50, 80, 90)


@dataclass(frozen=True, eq=False, kw_only=True)
class SummaryRow(Row):
    """A measure of many forecasts together."""

    measure: str = column("what is measured, and in words", listed="measure, label")
    label: str = column()
    forecasts: int = column("how many forecasts of how many series", listed="forecasts, series")
    series: int = column()
    value: float = column("what the model scored")
    ideal: float = column(
        "what a model that is exactly right would score: mean, 5 and 95 %", listed="ideal, ideal_low, ideal_high"
    )
    ideal_low: float = column()
    ideal_high: float = column()
    deflated: float = column(
        "a skill less what the best of as many versions as were tried shows by luck; empty for shares"
    )
    trials: int = column("versions that were tried, all rows of the log")


Scored = Sequence[ForecastRow] | Sequence[NextYearRow]


def summary(
    long: Sequence[ForecastRow],
    worlds: Sequence[ideal.Worlds],
    ahead: Sequence[NextYearRow],
    worlds_ahead: Sequence[ideal.Worlds],
    trials: int,
) -> list[SummaryRow]:
    """Skill and coverage of headline series over five years, and of all series and the macro block a year ahead.

    Parameters
    ----------
    worlds, worlds_ahead : Sequence[ideal.Worlds]
        The forecasts of each table scored where the model is right, in its order.
    """
    macro = [place for place, row in enumerate(ahead) if block_of(row.series) == MACRO]
    found = [_headline_skill(long, worlds, trials), *_coverage("headline", "headline series", long, worlds, trials)]
    found += _tenths("headline", "headline series", long, worlds, trials)
    for name, label, places in (
        ("next_year", "all series a year ahead", list(range(len(ahead)))),
        ("macro", "macro block a year ahead", macro),
    ):
        rows = [ahead[place] for place in places]
        own = [worlds_ahead[place] for place in places]
        found += [
            _typical_skill(f"{name}_skill", f"{label}, against the fixed naive forecasts", rows, own, trials),
            _typical_skill(
                f"{name}_hindsight", f"{label}, against the best in hindsight", rows, own, trials, hindsight=True
            ),
            *_coverage(name, label, rows, own, trials),
            *_tenths(name, label, rows, own, trials),
        ]
    return found


def _headline_skill(rows: Sequence[ForecastRow], worlds: Sequence[ideal.Worlds], trials: int) -> SummaryRow:
    """Mean skill against the best naive forecast of each series in hindsight."""
    skills, right = [], []
    for name in dict.fromkeys(row.series for row in rows):
        mine = [row for row in rows if row.series == name]
        skills.append(scores.skill(mine, "crps", scores.best_naive(mine)))
        right.append(ideal.skills([each for each in worlds if each.case.series == name], scores.existing(mine)))
    label = "mean skill of the headline series over five years, against the best naive forecast in hindsight"
    return _row(
        "headline_skill",
        label,
        rows,
        value=float(np.mean(skills)),
        right=np.mean(right, 0),
        trials=trials,
        deflate=True,
    )


def _typical_skill(
    measure: str,
    label: str,
    rows: Sequence[NextYearRow],
    worlds: Sequence[ideal.Worlds],
    trials: int,
    *,
    hindsight: bool = False,
) -> SummaryRow:
    """One less the geometric mean over series of the ratio of scores to those of a naive forecast."""
    pairs = [pair for pair in zip(rows, worlds, strict=True) if np.isfinite(pair[0].fixed)]
    ratios, right = [], []
    for name in dict.fromkeys(row.series for row, _ in pairs):
        mine = [row for row, _ in pairs if row.series == name]
        kinds = [FIXED, *scores.existing(mine)] if hindsight else [FIXED]
        ratios.append(1 - against_best(mine, kinds))
        right.append(1 - ideal.skills([world for row, world in pairs if row.series == name], kinds))
    value, spread = 1 - scores.geometric_mean(np.array(ratios)), 1 - scores.geometric_mean(np.array(right))
    compared = [row for row, _ in pairs]
    label = f"typical skill of {label}"
    return _row(measure, label, compared, value=float(value), right=spread, trials=trials, deflate=True)


def against_best(rows: Sequence[NextYearRow], kinds: Sequence[str]) -> float:
    """Skill against the best of some naive forecasts."""
    return min(scores.skill(rows, "crps", kind) for kind in kinds)


def _coverage(name: str, label: str, rows: Scored, worlds: Sequence[ideal.Worlds], trials: int) -> list[SummaryRow]:
    pits = [row.pit for row in rows]
    return [
        _row(
            f"{name}_inside_{level}",
            f"share inside the {level} % range, {label}",
            rows,
            value=scores.coverage(pits, level / 100),
            right=ideal.inside(worlds, level / 100),
            trials=trials,
        )
        for level in LEVELS
    ]


def _tenths(name: str, label: str, rows: Scored, worlds: Sequence[ideal.Worlds], trials: int) -> list[SummaryRow]:
    """Share of what came in each tenth of the forecasts."""
    shares = pits.counts([row.pit for row in rows]) / len(rows)
    return [
        _row(
            f"{name}_pit_{place + 1}",
            f"share in tenth {place + 1} of the futures, {label}",
            rows,
            value=float(share),
            right=right,
            trials=trials,
        )
        for place, (share, right) in enumerate(zip(shares, pits.of_worlds(worlds), strict=True))
    ]


def _row(
    measure: str, label: str, rows: Scored, *, value: float, right: np.ndarray, trials: int, deflate: bool = False
) -> SummaryRow:
    found = ideal.range_of(right)
    return SummaryRow(
        measure=measure,
        label=label,
        forecasts=len(rows),
        series=len({row.series for row in rows}),
        value=value,
        ideal=found.mean,
        ideal_low=found.low,
        ideal_high=found.high,
        deflated=ideal.deflated(value, found.deviation, trials) if deflate else np.nan,
        trials=trials,
    )


def by_measure(table: Sequence[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """The rows of a summary by what they measure."""
    return {str(row["measure"]): row for row in table}
