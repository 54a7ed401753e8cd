"""A choice in words: what a country rules out, which order holds only for how far one looks, what nobody chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sinobel.analysis.decision import monte_carlo_error
from sinobel.analysis.outcomes import NOTICEABLE, ROUNDING, Outcomes
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.positions import Position
from sinobel.reporting.words.wording import change_in_amount, in_text, listed, percent

TWICE = 2
"""Standard errors within which draws settle nothing."""


def ruled_out(found: Outcomes, country: str, titles: Mapping[str, str]) -> str:
    """Which options no position of a country takes, and what they are worse in; empty when there are none.

    Parameters
    ----------
    titles : Mapping[str, str]
        Scenario -> what to call it.
    """
    told: dict[str, list[str]] = {}
    for name, veto in found.ruled_out(country).items():
        label = in_text(veto.objective.label)
        size = change_in_amount(veto.change, veto.objective.unit, sign=True)
        told.setdefault(label, []).append(f"{titles[name]} ({percent(veto.share)}, {size} in the mean)")
    if not told:
        return ""
    worse = "; ".join(f"{listed(names)} for {label}" for label, names in told.items())
    return (
        f"Ruled out by every position in {COUNTRIES[country]}, whatever else they bring, since they are worse in so "
        f"many futures: {worse}."
    )


def on_the_edge(found: Outcomes, country: str, titles: Mapping[str, str]) -> str:
    """Which options so few draws may have put on either side of a veto; empty where they settle it."""
    told = []
    for place in found.rows_of(country):
        veto = found.objectives[place].veto
        worse, mean = (found.points[place] < 0).mean(axis=-1), found.points[place].mean(axis=-1)
        error = np.sqrt(worse * (1 - worse) / found.draws)
        near = (np.abs(worse - veto) < TWICE * error) & (mean < 0) & (veto > 0)
        told += [
            f"{titles[found.scenarios[index]]} is ruled out (worse in {percent(float(worse[index]))})"
            for index in np.flatnonzero(near)
        ]
    return f"{found.draws:,} draws do not settle whether {listed(told)}." if told else ""


def firsts(found: Outcomes, position: Position) -> tuple[str, ...]:
    """The scenarios that come first with a position; several where they tie."""
    order = found.order(position)
    return tuple(name for name, points in zip(found.scenarios, order, strict=True) if points >= order.max() - ROUNDING)


def sooner(found: Outcomes, earlier: Outcomes, country: str, titles: Mapping[str, str]) -> str:
    """With which positions another option comes first to an earlier year; empty where the order begins alike.

    Parameters
    ----------
    earlier : Outcomes
        The same comparison, counted to an earlier year.
    """
    told: dict[tuple[str, ...], list[str]] = {}
    for position in found.positions_of(country):
        before, now = firsts(earlier, position), firsts(found, position)
        if not set(before) & set(now) and _settled(earlier, position, before[0], now[0]):
            told.setdefault(before, []).append(position.called)
    if not told:
        return ""
    changed = "; ".join(f"{listed([titles[name] for name in names])} with {listed(who)}" for names, who in told.items())
    return f"Which option comes first depends on how far one looks: to {earlier.years[1]} it is {changed}."


def _settled(found: Outcomes, position: Position, first: str, other: str) -> bool:
    """Whether one option is noticeably ahead of another, beyond the error of so many draws, or the other ruled out."""
    if other in found.ruled_out(position.country):
        return True
    score = found.score(position)
    apart = score[found.scenarios.index(first)] - score[found.scenarios.index(other)]
    return float(apart.mean()) >= max(NOTICEABLE, TWICE * float(monte_carlo_error(apart)))


def nobodys(names: Sequence[str], country: str) -> str:
    """That some options are circumstances, which nobody chooses; empty when there are none."""
    if not names:
        return ""
    are = "is a circumstance" if len(names) == 1 else "are circumstances"
    return (
        f"{listed(names)} {are}, which nobody chooses: a place in the order tells how welcome to {COUNTRIES[country]}."
    )
