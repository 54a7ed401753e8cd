"""Machine code kept between runs, in the cache folder of the user.

A file holds what was traced and the code of one span on one processor, and its name is the hash of all they follow
from. Nothing depends on a file: what is missing, damaged or cannot be written is made anew, with the same bits.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from sinobel.runs.compiled.engine import Span
from sinobel.runs.compiled.layout import Layout
from sinobel.runs.compiled.machine import Code, loaded
from sinobel.runs.compiled.making import names_of
from sinobel.world.elementary.native import UNAVAILABLE

CACHE = "SINOBEL_CACHE"
"""The variable of the environment that names another folder; empty where nothing is to be kept."""
MOST = 24
"""Files that are kept, about a hundred kilobytes each; the oldest go."""
MONTHS, CODE = "months.json", "code"
ENDING = ".sinobel-months"
_OURS = re.compile(r"[0-9a-f]{16}" + re.escape(ENDING))
DAMAGED = (ValueError, KeyError, TypeError, EOFError, zlib.error, zipfile.BadZipFile, *UNAVAILABLE)


def folder() -> Path | None:
    """Where files are kept; None where nothing is."""
    if (said := os.environ.get(CACHE)) is not None:
        return Path(said) if said else None
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sinobel"
    except RuntimeError:  # a user without a home
        return None


def read(key: str) -> tuple[Span, Code] | None:
    """What is kept under a key, by the user alone: it is code, so what others could have written is left alone."""
    place = folder()
    if place is None:
        return None
    path = place / f"{key}{ENDING}"
    try:
        if not (_is_own(place) and _is_own(path)):
            return None
        with zipfile.ZipFile(path) as file:
            plain = json.loads(file.read(MONTHS))
            span = _span(plain)
            return span, loaded(file.read(CODE), names_of(span), plain["lanes"])
    except DAMAGED:
        return None


def _is_own(path: Path) -> bool:
    """Whether a file or folder belongs to the user, and nobody else may write it."""
    found = path.stat()
    return not hasattr(os, "getuid") or (
        found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def write(key: str, span: Span, code: Code) -> None:
    """Keep what was made; where that is not possible, nothing is kept."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr(MONTHS, json.dumps(_plain(span) | {"lanes": code.lanes}))
                file.writestr(CODE, code.object)
            Path(name).replace(place / f"{key}{ENDING}")
        finally:
            Path(name).unlink(missing_ok=True)
        ours = [each for each in place.iterdir() if _OURS.fullmatch(each.name)]
        for old in sorted(ours, key=lambda each: each.stat().st_mtime)[:-MOST]:
            old.unlink(missing_ok=True)


def _plain(span: Span) -> dict[str, Any]:
    layout = span.layout
    return {
        "keys": [[list(key), row, key in layout.written] for key, row in layout.keys.items()],
        "observed": layout.observed,
        "assumed": layout.assumed,
        "rows": layout.rows,
        "forms": list(span.forms.items()),
        "numbers": [[month, [float(each).hex() for each in numbers]] for month, numbers in span.numbers.items()],
        "calendars": [
            [month, *([[place, name, value] for (place, name), value in each.items()] for each in pair)]
            for month, pair in span.calendars.items()
        ],
    }


def _span(plain: dict[str, Any]) -> Span:
    keys = {tuple(key): row for key, row, _ in plain["keys"]}
    written = frozenset(tuple(key) for key, _, is_written in plain["keys"] if is_written)
    layout = Layout(
        keys=keys,
        kept={},
        observed=plain["observed"],
        assumed=plain["assumed"],
        written=written,
        rows=plain["rows"],
    )
    numbers = {month: np.array([float.fromhex(each) for each in row]) for month, row in plain["numbers"]}
    calendars = {month: (_calendar(before), _calendar(after)) for month, before, after in plain["calendars"]}
    return Span(layout, dict(plain["forms"]), numbers, calendars)


def _calendar(rows: list[list[Any]]) -> dict[tuple[str, str], float]:
    return {(place, name): value for place, name, value in rows}
