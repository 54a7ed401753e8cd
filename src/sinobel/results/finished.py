"""Finished work that is asked for again: a folder that holds these very numbers need not be simulated anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel import store
from sinobel.inputs.reading import InputError
from sinobel.runs.manifest import manifest_of
from sinobel.store.ownership import COMPLETE, Owned, read_marker

if TYPE_CHECKING:
    from sinobel.analysis.question import Question
    from sinobel.policies.focus import Focus
    from sinobel.reporting.result_data import Rows
    from sinobel.runs.manifest import Manifest
    from sinobel.runs.request import Request

SAME = ("request", "hashes", "generator", "versions")
"""What must be as it would be today for numbers to be the same."""
NEEDED = ("annual.nc", "monthly-bands.nc", "money.csv")
DATA = (*NEEDED, "monthly-examples.nc")
LARGEST = 1_000_000_000
"""Bytes of yearly values that are read whole for another question; of more, simulating needs less memory."""


@dataclass(frozen=True)
class Held:
    """What a finished folder holds of a request.

    Attributes
    ----------
    money : str
        Its money.csv, since a folder keeps nothing else of the lives of loans; rows are those of it.
    charts : Mapping[str, bytes]
        File below the folder -> its content.
    """

    results: store.Results
    money: str
    rows: Rows
    charts: Mapping[str, bytes]


def results_of(
    request: Request,
    folder: Path,
    asked: tuple[Question | None, Focus | None],
    keep: str,
    formats: Sequence[str],
    drawn: Sequence[str] = (),
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
    drawn : Sequence[str]
        What else it must have been made with: "charts", "page".
    """
    marker = read_marker(folder)
    if keep == "bands" or marker is None or marker.state != COMPLETE:
        return None
    if any(not (folder / name).is_file() for name in marker.files) or (drawn and Owned(folder).changed()):
        return None
    try:
        old, new = store.read_manifest(folder), manifest_of(request)
    except InputError:
        return None
    made = old.get("made", {})
    question, focus = (each.as_written() if each else None for each in asked)
    if not _of_the_same(old, new):
        return None
    if (
        old.get("comparison") != question
        or old.get("focus") != focus
        or not set(formats) <= set(made.get("formats", []))
        or not all(made.get(each) for each in drawn)
    ):
        return None
    if made.get("keep") not in (("months",) if keep == "months" else ("years", "months")):
        return None
    return _read(folder)


def numbers_of(request: Request, folder: Path, keep: str) -> Held | None:
    """What a folder holds that another question about the same request needs no simulation for; None without it.

    Its data must be as they were written, since everything is told of them anew.
    """
    from sinobel.reporting.tables import read_back

    marker = read_marker(folder)
    if keep != "years" or marker is None or marker.state != COMPLETE or "money.csv" not in marker.files:
        return None
    changed = set(Owned(folder).changed())
    if changed & {"manifest.json", *DATA} or not all((folder / name).is_file() for name in NEEDED):
        return None
    if (folder / "annual.nc").stat().st_size > LARGEST:
        return None
    try:
        old, new = store.read_manifest(folder), manifest_of(request)
    except InputError:
        return None
    if not _of_the_same(old, new) or old.get("made", {}).get("keep") != keep:
        return None
    results = _read(folder)
    if results is None:
        return None
    drawn = [name for name in charts_in(folder) if name not in changed]
    charts = {name: store.content_of(folder / name) for name in drawn}
    text = store.content_of(folder / "money.csv").decode("utf-8")
    return Held(results, text, read_back.table(folder / "money.csv", "money"), charts)


def charts_in(folder: Path) -> list[str]:
    """Files of charts that the program drew in a folder and that are there."""
    marker = read_marker(folder)
    names = marker.files if marker else ()
    return sorted(name for name in names if name.startswith("charts/") and (folder / name).is_file())


def _of_the_same(old: Manifest, new: Manifest) -> bool:
    if "verb" in old.get("made", {}) or "study" in old:
        return False
    return all(old.get(key) == new.get(key) for key in SAME)


def _read(folder: Path) -> store.Results | None:
    try:
        return store.read_results(folder)
    except InputError:
        return None
