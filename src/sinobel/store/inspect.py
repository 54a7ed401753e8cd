"""Looking at what lies in a results folder without loading its numbers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sinobel.inputs.reading import InputError, Problem, nearest, read_text, shown
from sinobel.runs.manifest import Manifest, parse_manifest
from sinobel.store.blocks import finished_draws
from sinobel.store.publish import MANIFEST, is_unfinished
from sinobel.store.tables import manifest_inside
from sinobel.store.work_area import ASKED, UNFINISHED, unfinished


@dataclass(frozen=True)
class Found:
    """What a path of results holds.

    Attributes
    ----------
    folder : Path
        The results folder, or the file where it lies alone.
    file : str
        The file that was named, empty for a folder.
    sizes : Mapping[str, int]
        Bytes of each file below the folder.
    finished : int | None
        Draws that are simulated, None when the run is complete.
    """

    folder: Path
    file: str
    manifest: Manifest
    sizes: Mapping[str, int]
    finished: int | None = None

    @property
    def name(self) -> Path:
        """The folder that a user names: for a run that is not finished the one it will become."""
        if self.finished is None:
            return self.folder
        area = self.folder.parent
        return area.with_name(area.name.removesuffix(UNFINISHED))


def is_results(path: Path) -> bool:
    """True for what exists as a folder or file of results, or as a run that is not finished."""
    return path.exists() or bool(unfinished(path))


def is_started(folder: Path) -> bool:
    """True for a folder with a manifest, or a run on its way to one."""
    return (folder / MANIFEST).is_file() or is_unfinished(folder) or bool(unfinished(folder))


def look(path: Path) -> Found:
    """What a results folder, an unfinished one or a file of one holds.

    Raises
    ------
    InputError
        When it is none or damaged.
    """
    if not is_results(path):
        there = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        raise InputError(Problem(f"there are no such results{nearest(path.name, there)}", shown(path)))
    if path.name.endswith(UNFINISHED) and path.is_dir():
        return _unfinished(path.with_name(path.name.removesuffix(UNFINISHED)))
    if not path.exists() or is_unfinished(path):
        return _unfinished(path)
    if path.is_dir():
        return _unfinished_work(path) if (path / ASKED).is_file() else _folder(path, "")
    for parent in path.parents[:2]:  # charts lie one folder deeper
        if (parent / MANIFEST).is_file() and not parent.name.endswith(UNFINISHED):
            return _folder(parent, path.relative_to(parent).as_posix())
    if path.suffix == ".json":
        return Found(path.parent, path.name, parse_manifest(read_text(path), shown(path)), _sizes(path.parent))
    manifest = parse_manifest(manifest_inside(path), shown(path))
    return Found(path, path.name, manifest, {path.name: path.stat().st_size})


def _folder(folder: Path, file: str) -> Found:
    if not (folder / MANIFEST).is_file():
        raise InputError(Problem(f"this is no results folder: it has no {MANIFEST}", shown(folder)))
    return Found(folder, file, parse_manifest(read_text(folder / MANIFEST), shown(folder / MANIFEST)), _sizes(folder))


def _unfinished(target: Path) -> Found:
    """The latest run that stopped on its way to a folder."""
    works = unfinished(target)
    if not works:
        message = "this run stopped before it had begun; the same command begins anew, and the folder may be deleted"
        raise InputError(Problem(message, shown(target.with_name(target.name + UNFINISHED))))
    return _unfinished_work(works[0])


def _unfinished_work(work: Path) -> Found:
    manifest = parse_manifest(read_text(work / ASKED), shown(work / ASKED))
    return Found(work, "", manifest, _sizes(work), finished_draws(work / "blocks"))


def _sizes(folder: Path) -> dict[str, int]:
    found = {}
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            found[path.relative_to(folder).as_posix()] = path.lstat().st_size
    return dict(sorted(found.items(), key=lambda entry: (entry[0].count("/"), entry[0])))
