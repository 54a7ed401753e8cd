"""Changes of a scenario that set a lever beyond what the record or other countries have seen: found without simulating.

A scale of what is drawn or simulated cannot be held against experience before a run, so nothing is said of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sinobel.inputs import months
from sinobel.inputs.levers import Lever, Value, all_levers
from sinobel.policies.changes import Change, by_kind, windows


def remarks(changes: Sequence[Change], origin: int, horizon: int) -> list[str]:
    """For each change of a scenario how it lies beyond experience, an empty text for one that has been seen."""
    spans = _spans(changes, horizon)
    return [_remark(change, origin, spans.get(id(change), (change.start, change.start))) for change in changes]


def first_years(changes: Sequence[Change], origin: int, horizon: int) -> dict[str, int]:
    """Lever -> first year in which a change may set it beyond experience; none for what has been seen."""
    found: dict[str, int] = {}
    for change, remark in zip(changes, remarks(changes, origin, horizon), strict=True):
        if remark:
            year = months.year(max(change.start, origin + 1))
            found[change.lever] = min(year, found.get(change.lever, year))
    return found


def _remark(change: Change, origin: int, span: tuple[int, int]) -> str:
    lever = all_levers()[change.lever]
    value = _value(change, lever, origin)
    if value is None:
        return ""
    first, last = span
    return lever.beyond(value, 0 if change.when else last - max(first, origin + 1) + 1)


def _value(change: Change, lever: Lever, origin: int) -> Value | None:
    """What a change sets its lever to; None where only a simulation tells."""
    if change.value is not None:
        return change.value
    usual = lever.baseline_at(origin)
    if change.scale is None or math.isnan(usual):
        return None
    low, high = lever.limits
    return lever.written(min(max(usual * change.scale, low), high))


def _spans(changes: Sequence[Change], horizon: int) -> dict[int, tuple[int, int]]:
    """First and last month of each change."""
    return {
        id(change): (start, end)
        for group in by_kind(changes).values()
        for change, start, end in windows(group, horizon)
    }
