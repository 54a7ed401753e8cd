"""Changes of a scenario that change nothing, or hardly can: found without simulating, and said in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sinobel import months
from sinobel.changes import Change, by_kind, settings, windows
from sinobel.levers import all_levers

SAME = "sets what already is, so it changes nothing"
LAST_MONTH = "begins in the last month simulated, so hardly anything can follow from it"


def remarks(changes: Sequence[Change], origin: int, horizon: int) -> list[str]:
    """For each change of a scenario why nothing comes of it, an empty text for one that may matter.

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
        same = all(
            change.scale == 1.0 if change.value is None else value[month - origin] == lever.number(change.value)
            for each, start, end in windows(ruled, horizon)
            for month in range(max(start, origin), end + 1)
            if each is change
        )
    else:
        without = settings(lever, [each for each in plain if each is not change], origin, horizon)
        same = _alike(value, without[0]) and _alike(scale, without[1])
    if same:
        return SAME
    return f"{LAST_MONTH} ({months.label(horizon)})" if change.start == horizon else ""


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(one, other, strict=True))
