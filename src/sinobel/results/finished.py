"""Finished work that is asked for again: a folder that holds these very numbers need not be simulated anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel import store
from sinobel.inputs.reading import InputError
from sinobel.runs.manifest import manifest_of
from sinobel.store.ownership import COMPLETE, read_marker

if TYPE_CHECKING:
    from sinobel.analysis.question import Question
    from sinobel.policies.focus import Focus
    from sinobel.runs.request import Request

SAME = ("request", "hashes", "generator", "versions")
"""What must be as it would be today for numbers to be the same."""


def results_of(
    request: Request, folder: Path, asked: tuple[Question | None, Focus | None], keep: str, formats: Sequence[str]
) -> store.Results | None:
    """The results in a folder where they are complete, what is asked, and of today's program; else None.

    Parameters
    ----------
    asked : tuple[Question | None, Focus | None]
        What is asked of a comparison, and what is told first.
    keep : str
        What of every draw must be there: "years" or "months"; without either nothing can be read back.
    formats : Sequence[str]
        Data files that must be there.
    """
    marker = read_marker(folder)
    if keep == "bands" or marker is None or marker.state != COMPLETE:
        return None
    if any(not (folder / name).is_file() for name in marker.files):
        return None
    try:
        old, new = store.read_manifest(folder), manifest_of(request)
    except InputError:
        return None
    made = old.get("made", {})
    question, focus = (each.as_written() if each else None for each in asked)
    if "verb" in made or "study" in old or any(old.get(key) != new.get(key) for key in SAME):
        return None
    if (
        old.get("comparison") != question
        or old.get("focus") != focus
        or not set(formats) <= set(made.get("formats", []))
    ):
        return None
    if made.get("keep") not in (("months",) if keep == "months" else ("years", "months")):
        return None
    try:
        return store.read_results(folder)
    except InputError:
        return None
