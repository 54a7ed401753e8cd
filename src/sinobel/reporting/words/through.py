"""Through which channels a change comes, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sinobel.reporting.words.wording import change_in_amount, listed

MOST = 2
"""Channels that are named of those that go its way."""
LARGEST = 3
"""Place by size up to which one that goes the other way is named as well: without it the sum is not understood."""
SMALL = 0.01
"""Part of a change that no channel is named for."""
CONTRARY = 0.1
"""Part of the largest channel that one of the other way is not named for."""


def mostly(rows: Sequence[Mapping[str, Any]]) -> str:
    """Those that carry most of it, with their means: "potash volume (−396 mn USD)"; empty without any of its way.

    What goes the other way follows where it is among the largest: ", partly offset by tied imports (+50 mn USD)".

    Parameters
    ----------
    rows : Sequence[Mapping[str, Any]]
        Of `analysis.attribution` of one split, its total last.
    """
    *channels, total = rows
    least = SMALL * abs(float(total["mean"]))
    by_size = sorted(channels, key=lambda row: -abs(float(row["mean"])))
    by_size = [row for row in by_size if abs(float(row["mean"])) > least]
    same = [row for row in by_size if float(row["mean"]) * float(total["mean"]) > 0][:MOST]
    if not same:
        return ""
    small = CONTRARY * abs(float(by_size[0]["mean"]))
    contrary = [
        row
        for row in by_size[:LARGEST]
        if float(row["mean"]) * float(total["mean"]) < 0 and abs(float(row["mean"])) > small
    ]
    unit = str(total["unit"])
    return _named(same, unit) + (f", partly offset by {_named(contrary, unit)}" if contrary else "")


def _named(rows: Sequence[Mapping[str, Any]], unit: str) -> str:
    return listed([f"{row['channel']} ({change_in_amount(float(row['mean']), unit, sign=True)})" for row in rows])
