"""Long studies step by step: what is finished is kept, and an interrupted study goes on from there."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import numpy as np

from sinobel.store.files import disk, write_atomically
from sinobel.store.work_area import WorkArea

Arrays = Mapping[str, np.ndarray]


class Steps:
    """Finished steps of a study in its work area; a damaged one is made again."""

    def __init__(self, area: WorkArea):
        self._folder, self._target = area.folder / "steps", area.target
        with disk(self._target):
            self._folder.mkdir(exist_ok=True)

    @property
    def any_finished(self) -> bool:
        """True when the same command goes on from what is finished."""
        return any(self._folder.glob("*.npz"))

    def keep(self, name: str, make: Callable[[], Arrays]) -> Arrays:
        """The arrays of a step, made unless they are there already."""
        file = self._folder / f"{name}.npz"
        if file.is_file():
            try:
                with np.load(file) as found:  # the archive holds a checksum of every array
                    return dict(found)
            except (EOFError, OSError, ValueError, zipfile.BadZipFile):
                file.unlink()
        made = make()
        with disk(self._target, lambda: self.any_finished):
            write_atomically(file, partial(_save, made))
        return made


def _save(arrays: Arrays, file: Path) -> None:
    with open(file, "wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)
