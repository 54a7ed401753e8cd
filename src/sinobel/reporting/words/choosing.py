"""A choice in words: what a country rules out, which order holds only for how far one looks, what nobody chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sinobel.analysis.outcomes import Outcomes
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.positions import Position
from sinobel.reporting.words.wording import in_text, listed, percent


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
        told.setdefault(label, []).append(f"{titles[name]} ({percent(veto.share)})")
    if not told:
        return ""
    worse = "; ".join(f"{listed(names)} for {label}" for label, names in told.items())
    return (
        f"Ruled out by every position in {COUNTRIES[country]}, whatever else they bring, since they are worse in so "
        f"many futures: {worse}."
    )


def firsts(found: Outcomes, position: Position) -> tuple[str, ...]:
    """The scenarios that come first with a position; several where they tie."""
    order = found.order(position)
    return tuple(name for name, points in zip(found.scenarios, order, strict=True) if points == np.max(order))


def sooner(found: Outcomes, earlier: Outcomes, country: str, titles: Mapping[str, str]) -> str:
    """With which positions another option comes first to an earlier year; empty where the order begins alike.

    Parameters
    ----------
    earlier : Outcomes
        The same comparison, counted to an earlier year.
    """
    told: dict[tuple[str, ...], list[str]] = {}
    for position in found.positions_of(country):
        before = firsts(earlier, position)
        if before != firsts(found, position):
            told.setdefault(before, []).append(position.called)
    if not told:
        return ""
    changed = "; ".join(f"{listed([titles[name] for name in names])} with {listed(who)}" for names, who in told.items())
    return f"Which option comes first depends on how far one looks: to {earlier.years[1]} it is {changed}."


def nobodys(names: Sequence[str], country: str) -> str:
    """That some options are circumstances, which nobody chooses; empty when there are none."""
    if not names:
        return ""
    are = "is a circumstance" if len(names) == 1 else "are circumstances"
    return (
        f"{listed(names)} {are}, which nobody chooses: a place in the order tells how welcome to {COUNTRIES[country]}."
    )
