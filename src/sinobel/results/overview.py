"""Which results lie in a folder: what each was asked, how large it is, and whether it is complete."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sinobel import store
from sinobel.inputs.reading import InputError, Problem, nearest, shown
from sinobel.results.lookups import Listing
from sinobel.store import kinds
from sinobel.store.ownership import CHANGING, read_marker

DEEPEST = 3
"""Folders below the first that are looked into: studies lie in `studies` of a folder of results."""
MANY = 3
"""Scenarios that are named before they are counted."""
COLUMNS = ("folder", "command", "scenarios", "draws", "made", "MB", "state")


def overview(folder: Path) -> Listing:
    """Results folders below one, the newest first.

    Raises
    ------
    InputError
        Where there is no such folder.
    """
    if not folder.is_dir():
        there = [each.name for each in folder.parent.iterdir() if each.is_dir()] if folder.parent.is_dir() else []
        raise InputError(Problem(f"there is no such folder{nearest(folder.name, there)}", shown(folder)))
    rows = [_row(place) for place in _places(folder, DEEPEST)]
    return Listing(COLUMNS, sorted(rows, key=lambda row: (row[4], row[0]), reverse=True))


def _places(folder: Path, deep: int) -> Iterator[Path]:
    """Results folders, finished or not; links are not followed."""
    if _is_one(folder):
        yield folder
        if folder.name.endswith(store.UNFINISHED):
            return
    if deep:
        try:
            below = sorted(each for each in folder.iterdir() if each.is_dir() and not each.is_symlink())
        except OSError:  # somebody else's
            return
        for each in below:
            yield from _places(each, deep - 1)


def _is_one(folder: Path) -> bool:
    if folder.name.endswith(store.UNFINISHED):
        return True
    return (folder / "manifest.json").is_file() or read_marker(folder) is not None


def _row(place: Path) -> tuple[Any, ...]:
    size = sum(each.lstat().st_size for each in place.rglob("*") if each.is_file())
    file = next((file for name in ("manifest.json", ".sinobel.json") if (file := place / name).is_file()), place)
    made = datetime.datetime.fromtimestamp(file.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    return (shown(place), *_told(place, made), round(size / 1e6, 1), _state(place))


def _told(place: Path, made: str) -> tuple[str, str, int | None, str]:
    """Command, scenarios, draws and date."""
    try:
        manifest = store.look(place).manifest
        request = manifest["request"]
        names = [each["name"] for each in request["scenarios"]]
        verb = str(manifest.get("study") or manifest.get("made", {}).get("verb") or _verb(len(names)))
        told = ", ".join(names) if len(names) <= MANY else f"{', '.join(names[: MANY - 1])} and {len(names) - 2} more"
        return verb, told, request["draws"], made
    except InputError:
        marker = read_marker(place)
        kind = "" if marker is None else kinds.kind_of(place, list(marker.files))
        return ("calibrate" if kind == kinds.POSTERIOR else "backtest" if kind else ""), "", None, made


def _verb(scenarios: int) -> str:
    return "run" if kinds.of_request(scenarios) == kinds.RUN else "compare"


def _state(place: Path) -> str:
    """Whether it is complete; else what to know of it."""
    marker = read_marker(place)
    if marker is not None and marker.state == CHANGING:
        return "unfinished: being replaced when it was cut off"
    try:
        found = store.look(place)
    except InputError as error:
        if (place / "manifest.json").is_file():
            return "damaged"
        return "complete" if marker is not None else error.problems[0].message.partition(";")[0]
    if found.finished is None:
        return "complete"
    return f"unfinished: {found.finished:,} of {found.manifest['request']['draws']:,} draws"
