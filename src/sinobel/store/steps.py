"""Long studies step by step: what is finished is kept, and an interrupted study goes on from there."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from sinobel.store.files import disk, write_atomically, write_text

Arrays = Mapping[str, np.ndarray]


class Steps:
    """Finished steps of a study in a folder beside what it will make.

    identity  hash of everything that decides the numbers; steps of another study are thrown away
    """

    def __init__(self, folder: Path, identity: str):
        self.folder = folder
        with disk(folder):
            kept = folder / "identity"
            if folder.is_dir() and (not kept.is_file() or kept.read_text() != identity):
                shutil.rmtree(folder)
            folder.mkdir(parents=True, exist_ok=True)
            write_text(kept, identity)

    def keep(self, name: str, make: Callable[[], Arrays]) -> Arrays:
        """The arrays of a step, made unless they are there already."""
        file = self.folder / f"{name}.npz"
        if file.is_file():
            try:
                with np.load(file) as found:
                    return dict(found)
            except (OSError, ValueError, zipfile.BadZipFile):
                file.unlink()  # damaged: made again
        made = make()
        with disk(self.folder):
            write_atomically(file, partial(_save, made))
        return made

    def done(self) -> None:
        """Drop the steps: the study has written what it made."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _save(arrays: Arrays, file: Path) -> None:
    with open(file, "wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)
