"""Scenario files that the program writes: new ones alone, for what is there already is the user's."""

from __future__ import annotations

from pathlib import Path

from sinobel.inputs.reading import MOST_WRITTEN, InputError, Problem, read_text, shown
from sinobel.store.files import write_once


def write_new(path: Path, text: str) -> None:
    """Write a scenario file that is not there yet, or that has this very text already.

    Raises
    ------
    InputError
        When something else has this name; it stays as it is.
    """
    if path.is_file() and read_text(path, MOST_WRITTEN) == text:
        return
    if path.exists() or path.is_symlink():
        raise InputError(Problem("something is there already, and stays; choose another name", shown(path)))
    write_once(path, text)
