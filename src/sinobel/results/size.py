"""How much a results folder will hold, before anything is written: bytes a value as they were measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators

if TYPE_CHECKING:
    from sinobel.runs.request import Request

LARGE = 100e6
"""Bytes from which on a user is told beforehand."""
YEARS, MONTHS = "yearly values of every future", "months of every future"
A_VALUE = {"nc": 4.6, "csv": 56.0, "parquet": 8.4}
"""Bytes a yearly value in the files of each format, of 200 and 300 futures of one and of five scenarios."""
A_MONTH = 4.1


def expected(request: Request, keep: str, formats: Sequence[str]) -> dict[str, float]:
    """Bytes of the large files, by what they hold.

    Parameters
    ----------
    keep : str
        What of every future is kept: bands, years or months.
    formats : Sequence[str]
        Data files that are asked for.
    """
    if keep == "bands":
        return {}
    first, last = months.parse(request.origin), months.parse(request.horizon)
    series = len(all_indicators()) * len(request.scenarios) * request.draws
    yearly, monthly = series * (months.year(last) - months.year(first)), series * (last - first)
    written = {"nc", *formats} & A_VALUE.keys()
    found = {f"{YEARS} ({name})": yearly * A_VALUE[name] for name in A_VALUE if name in written}
    return found | ({MONTHS: monthly * A_MONTH} if keep == "months" else {})


def in_words(request: Request, keep: str, formats: Sequence[str]) -> str:
    """That a folder will be large, and what makes it so; empty where it is not."""
    found = expected(request, keep, formats)
    total = sum(found.values())
    if total < LARGE:
        return ""
    parts = ", ".join(f"{_size(size)} for {what}" for what, size in sorted(found.items(), key=lambda each: -each[1]))
    return f"About {_size(total)} will be written: {parts}."


def _size(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
