"""Through which channels a change comes, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sinobel.reporting.words.wording import change_in_amount, listed

MOST = 2
"""Channels that are named."""
SMALL = 0.01
"""Part of a change that no channel is named for."""


def mostly(rows: Sequence[Mapping[str, Any]]) -> str:
    """Those that carry most of it and go its way, with their means: "potash volume (−396 mn USD)"; empty without any.

    Parameters
    ----------
    rows : Sequence[Mapping[str, Any]]
        Of `analysis.attribution` of one split, its total last.
    """
    *channels, total = rows
    least = SMALL * abs(float(total["mean"]))
    same = [
        row for row in channels if abs(float(row["mean"])) > least and float(row["mean"]) * float(total["mean"]) > 0
    ]
    largest = sorted(same, key=lambda row: -abs(float(row["mean"])))[:MOST]
    unit = str(total["unit"])
    if not largest:
        return ""
    return listed([f"{row['channel']} ({change_in_amount(float(row['mean']), unit, sign=True)})" for row in largest])
