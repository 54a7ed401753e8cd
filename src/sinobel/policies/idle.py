"""Changes of a scenario that change nothing, or hardly can: found without simulating, and said in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sinobel.inputs import months
from sinobel.inputs.levers import Lever, all_levers
from sinobel.policies.changes import Change, by_kind, settings, windows

SAME = "sets what already is, so it changes nothing"
LAST_MONTH = "begins in the last month simulated, so hardly anything can follow from it"


def remarks(changes: Sequence[Change], origin: int, horizon: int) -> list[str]:
    """For each change of a scenario why nothing comes of it, an empty text for one that may matter.

    Asked is what the levers would be without the change: one that sets the baseline may well end another before it.
    A rule that never held is no remark: that only a simulation tells (`held`).
    """
    return [_remark(change, changes, origin, horizon) for change in changes]


def _remark(change: Change, changes: Sequence[Change], origin: int, horizon: int) -> str:
    if not origin < change.start <= horizon:
        return ""  # no run of these dates can have it
    lever = all_levers()[change.lever]
    groups = by_kind(each for each in changes if each.lever == change.lever)
    plain, ruled = groups.get((change.lever, False), []), groups.get((change.lever, True), [])
    value, scale = settings(lever, plain, origin, horizon)
    if change.when:
        first, second = (_rules(each, origin, horizon) for each in (ruled, _without(change, ruled)))
        same = all(
            _leaves(rule, lever, value[place], scale[place])
            for place in first.keys() | second.keys()
            if first.get(place) is not second.get(place)
            for rule in (first.get(place), second.get(place))
        )
    else:
        without = settings(lever, _without(change, plain), origin, horizon)
        same = _alike(value, without[0]) and _alike(scale, without[1])
    if same:
        return SAME
    if lever.needs and not _ever_leaves(all_levers()[lever.needs], changes, change.start, horizon):
        return f"changes nothing as long as {lever.needs} is at its baseline"
    return f"{LAST_MONTH} ({months.label(horizon)})" if change.start == horizon else ""


def _ever_leaves(lever: Lever, changes: Sequence[Change], start: int, horizon: int) -> bool:
    """Whether a lever is anything but its baseline in some month, by its changes or by a rule that may hold."""
    mine = [each for each in changes if each.lever == lever.name]
    if any(each.when for each in mine):
        return True
    baseline = lever.number(lever.baseline)
    value, scale = settings(lever, mine, start, horizon)
    return any(not math.isnan(each) and each != baseline for each in value) or any(each != 1 for each in scale)


def _without(change: Change, group: Sequence[Change]) -> list[Change]:
    return [each for each in group if each is not change]


def _rules(ruled: Sequence[Change], origin: int, horizon: int) -> dict[int, Change]:
    """The rule that may hold in each month, by its place after the origin: one begins where another ends."""
    return {
        month - origin: each
        for each, start, end in windows(ruled, horizon)
        for month in range(max(start, origin), end + 1)
    }


def _leaves(rule: Change | None, lever: Lever, value: float, scale: float) -> bool:
    """True where a rule that holds leaves what plain changes make of its lever in a month as it is."""
    if rule is None:
        return True
    if rule.value is not None:
        return lever.number(rule.value) == value
    factor = 1.0 if rule.scale is None else float(rule.scale)
    if math.isnan(value):
        return scale * factor == scale
    low, high = lever.limits
    return min(max(value * factor, low), high) == value


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(one, other, strict=True))
