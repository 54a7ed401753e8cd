"""The log of trials, `model/trials.csv`: every look at a score, announced before it was taken."""

from __future__ import annotations

from functools import cache

from sinobel.inputs.reading import model_folder, read_csv


@cache
def count() -> int:
    """How many trials are logged, announced ones included."""
    return len(read_csv(model_folder() / "trials.csv"))
