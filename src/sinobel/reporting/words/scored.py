"""What past forecasts together say, in sentences: skill, coverage, a model that is right, and luck."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]
_TOLD = {
    "macro": "Macro block a year ahead: typical skill against naive forecasts fixed beforehand",
    "next_year": "All series a year ahead: typical skill against naive forecasts fixed beforehand",
    "headline": "Headline series over five years: mean skill against the best naive forecast in hindsight",
}
_SHORT = {
    "macro": "the macro block a year ahead",
    "next_year": "all recorded series a year ahead",
    "headline": "the headline series over five years, against the best naive forecast in hindsight,",
}


def lines(summary: Rows) -> list[str]:
    """A sentence or two each for the macro block, all series and the headline series; none without a summary."""
    rows = {str(row["measure"]): row for row in summary}
    found = []
    for name, what in _TOLD.items():
        if f"{name}_skill" in rows:
            hindsight = f" {_hindsight(rows[f'{name}_hindsight'])}" if f"{name}_hindsight" in rows else ""
            held = _held(*(rows[f"{name}_inside_{level}"] for level in (50, 80)))
            found.append(f"{what} {_skill(rows[f'{name}_skill'])}.{hindsight} {held}")
    return found


def short(summary: Rows) -> str:
    """The same in two sentences."""
    rows = {str(row["measure"]): row for row in summary}
    names = [name for name in _SHORT if f"{name}_skill" in rows]
    if not names:
        return "Past forecasts have not been scored yet."
    skills = [
        f"{_SHORT[name]} {signed(row['value'])} ({between(row['ideal_low'], row['ideal_high'])}{_beside(rows, name)})"
        for name, row in ((name, rows[f"{name}_skill"]) for name in names)
    ]
    shares = [f"{100 * float(rows[f'{name}_inside_80']['value']):.0f}" for name in names]
    return (
        "Skill (1 is perfect, 0 as good as the naive forecast; in brackets where nine of ten models that are exactly "
        f"right would lie): {'; '.join(skills)}. Their 80 % ranges held {', '.join(shares)} % of what came."
    )


def _beside(rows: Mapping[str, Mapping[str, Any]], name: str) -> str:
    """The same against the naive forecast that was best in hindsight, where the first was fixed beforehand."""
    known = rows.get(f"{name}_hindsight")
    return f"; against the best in hindsight {signed(known['value'])}" if known else ""


def signed(value: Any) -> str:
    """A skill: +0.12, or a dash where there is none."""
    number = float(value)
    return "–" if math.isnan(number) else f"{number:+z.2f}"


def between(low: Any, high: Any, *, percent: bool = False) -> str:
    """A range: +0.01 to +0.26, or 62 to 96."""
    if percent:
        return f"{100 * float(low):.0f} to {100 * float(high):.0f}"
    return "–" if math.isnan(float(low)) else f"{signed(low)} to {signed(high)}"


def _skill(row: Mapping[str, Any]) -> str:
    forecasts, series, trials = (f"{float(row[name]):.0f}" for name in ("forecasts", "series", "trials"))
    return (
        f"{signed(row['value'])} in {forecasts} forecasts of {series} series (a model that is exactly right would "
        f"score {signed(row['ideal'])}, in nine of ten worlds {between(row['ideal_low'], row['ideal_high'])}; less the "
        f"luck of the best of {trials} trials {signed(row['deflated'])})"
    )


def _hindsight(row: Mapping[str, Any]) -> str:
    right = between(row["ideal_low"], row["ideal_high"])
    return f"Against the best naive forecasts in hindsight {signed(row['value'])} (a right model {right})."


def _held(half: Mapping[str, Any], most: Mapping[str, Any]) -> str:
    told = [
        f"{level} % ranges held {100 * float(row['value']):.0f} % "
        f"(a right model {between(row['ideal_low'], row['ideal_high'], percent=True)} %)"
        for level, row in ((50, half), (80, most))
    ]
    return f"{told[0]}, {told[1]}."
