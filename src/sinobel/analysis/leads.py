"""In which order changes are told: by weight, and of changes that are one story the first alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from sinobel.analysis.worth import Fact

ALIKE = 0.9
"""Correlation over futures above which two changes are one story."""
SIDES = {
    "balance_with_china": {"exports_to_china": 1, "imports_from_china": -1},
    "current_account": {"total_exports": 1, "total_imports": -1},
}
"""Balance -> the sums that it is the difference of, with their signs."""
NEAR = 0.8
"""Part of the weight of the weightiest from which on another weighs nearly the same."""
TOTALS = {"external_public_debt": ("debt_to_china", "debt_to_russia")}
"""Sum -> those of its parts that an option may state."""
HALF = 0.5
"""Part of the change of a balance or sum from which on a side or part is what moves it."""


def balance_of(indicator: str) -> str:
    """The balance that an indicator is a side of, itself where it is none: what moves one moves the other."""
    return next((balance for balance, sides in SIDES.items() if indicator in sides), indicator)


def ordered(facts: Sequence[tuple[Fact, np.ndarray]], stated: Collection[str] = ()) -> list[Fact]:
    """By weight, without those that go with one before them in nearly all futures.

    A balance weighs no more than the side that moves it and stands behind it: a crisis improves the current account
    because imports cannot be paid for, and told by the balance that reads as success. Imports that go the way of
    exports follow what these pay for, or are what is sold again, as crude oil: they weigh by what exports leave of
    them. Of changes that weigh nearly the same the first in time stands first: weights are rough, and what comes
    sooner is nearer to what was decided.

    Parameters
    ----------
    facts : Sequence[tuple[Fact, np.ndarray]]
        Of one option, each with its change future by future, (draws,).
    stated : Collection[str]
        Indicators that the option sets by definition: they follow what comes of them, whatever they weigh, and so does
        a sum that moves because of them.

    Returns
    -------
    list[Fact]
        None weighs more than the one before it, whatever put it there.
    """
    known = [fact for fact, _ in facts]
    weighed = [(_without_what_passes(_behind_its_sides(fact, known), known), change) for fact, change in facts]
    weighed.sort(key=lambda each: (-each[0].weight, each[0].indicator in SIDES))
    kept: list[tuple[Fact, np.ndarray]] = []
    while weighed:
        fact, change = weighed.pop(_first_in_time([fact for fact, _ in weighed]))
        if not any(abs(_correlation(change, other)) > ALIKE for _, other in kept):
            kept.append((fact, change))
    told = [fact for fact, _ in kept]
    return _falling(sorted(told, key=lambda fact: _is_stated(fact, known, stated)))


def _is_stated(fact: Fact, facts: Sequence[Fact], stated: Collection[str]) -> bool:
    """Whether an option sets what a fact tells, or it is a sum that moves because of a part that the option sets."""
    parts = [each for each in facts if each.indicator in TOTALS.get(fact.indicator, ()) and each.indicator in stated]
    moving = [each for each in parts if each.middle * np.sign(fact.middle) >= HALF * abs(fact.middle)]
    return fact.indicator in stated or bool(moving)


def _first_in_time(facts: Sequence[Fact]) -> int:
    """Place of the earliest of those that weigh nearly as much as the first, the weightiest."""
    near = [place for place, fact in enumerate(facts) if fact.weight >= NEAR * facts[0].weight]
    return min(near, key=lambda place: (facts[place].since or facts[place].year, place))


def _falling(facts: Sequence[Fact]) -> list[Fact]:
    """The same with weights that do not rise, so that whoever compares options does so by what leads each."""
    weights = np.minimum.accumulate([fact.weight for fact in facts])
    return [replace(fact, weight=float(weight)) for fact, weight in zip(facts, weights, strict=True)]


def _behind_its_sides(fact: Fact, facts: Sequence[Fact]) -> Fact:
    """A balance that weighs no more than the weightiest of its sides that moves it; anything else as it is."""
    sides = SIDES.get(fact.indicator, {})
    moving = [
        each.weight
        for each in facts
        if sides.get(each.indicator, 0) * each.middle * np.sign(fact.middle) >= HALF * abs(fact.middle)
    ]
    return replace(fact, weight=min(fact.weight, max(moving))) if moving else fact


def _without_what_passes(fact: Fact, facts: Sequence[Fact]) -> Fact:
    """Imports that weigh by what exports going the same way leave of them; anything else as it is."""
    sides = next((sides for sides in SIDES.values() if sides.get(fact.indicator, 0) < 0), {})
    exports = [each for each in facts if sides.get(each.indicator, 0) > 0]
    paid_for = max((min(each.middle / fact.middle, 1.0) for each in exports if fact.middle), default=0.0)
    return replace(fact, weight=fact.weight * (1 - paid_for)) if paid_for >= HALF else fact


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Of two changes over futures; 0 where one of them is the same in all."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
