"""Work areas: where results are made before they are published, `NAME.unfinished` beside the folder NAME.

An area holds one folder for each request that goes to NAME, so an interrupted run is kept whatever else is asked
for the same place. One process at a time works in it; the operating system holds the lock.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from pathlib import Path

from sinobel.inputs.reading import LONGEST_QUOTE, Failure, InputError, Problem, shown
from sinobel.store.files import ANOTHER, ANOTHER_FOLDER, disk, is_temporary
from sinobel.store.locks import BusyError, held
from sinobel.store.ownership import ASIDE, MARKER, Marker, read_marker, write_marker

UNFINISHED = ".unfinished"
ASKED = "asked.json"  # the manifest of a run that is not finished
RESULTS = "results"  # files that are finished, on their way into the folder
AREA = "work area"  # identity in the marker of an area
LOCK = ".sinobel-lock"
TRIES = 20
LONG = 3600.0  # seconds; nobody writes one file for so long


class WorkArea:
    """The folder in which one request works.

    Parameters
    ----------
    target : Path
        Folder the results will have.
    identity : str
        Hash of everything that decides the numbers; another one works in another folder.
    """

    def __init__(self, target: Path, identity: str):
        check_name(target)
        self.target = resolved(target)
        self.area = self.target.with_name(self.target.name + UNFINISHED)
        self.folder = self.area / identity
        self.results = self.folder / RESULTS
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> WorkArea:
        """Take the area, keeping what an interrupted run of the same request has finished.

        Raises InputError when something that is not ours has its name, Failure when another process works in it.
        """
        with disk(self.area):
            self._take()
        with disk(self.target):
            try:
                sweep(self.area)
                if read_marker(self.target) is not None:
                    sweep(self.target, LONG)  # a report may be written there right now
                self.folder.mkdir(exist_ok=True)
                shutil.rmtree(self.results, ignore_errors=True)  # left by a run that was killed while it wrote
                self.results.mkdir()
            except BaseException:
                self._stack.close()
                raise
        return self

    def _take(self) -> None:
        """Make the area unless it is there, and lock it; a run that ends may remove it at any moment."""
        for _ in range(TRIES):
            try:
                self.area.mkdir(parents=True, exist_ok=True)
            except FileExistsError:
                if os.path.lexists(self.area) and not self.area.is_dir():
                    raise
                continue  # it was there and is gone: a run has just ended
            try:
                self._stack.enter_context(held(self.area / LOCK))
                self._claim()
                return
            except FileNotFoundError:
                self._stack.close()
            except BusyError as owner:
                raise Failure(
                    f"{shown(self.target)}: another run ({owner}) is writing there",
                    f"wait for it or {ANOTHER_FOLDER}",
                ) from None
        raise Failure(f"{shown(self.target)}: other runs come and go there", ANOTHER_FOLDER)

    def _claim(self) -> None:
        marker = read_marker(self.area)
        if marker is not None and marker.identity == AREA:
            return
        if not all(is_temporary(each) or each.name == LOCK for each in self.area.iterdir()):
            self._remove_lock()
            message = "unfinished work goes here, and this folder is none of this program's"
            raise InputError(Problem(message, shown(self.area), hint=f"give it another name, or {ANOTHER_FOLDER}"))
        write_marker(self.area, Marker(AREA))

    def __exit__(self, *_: object) -> None:
        """Let go; unfinished work stays, and an area without any goes."""
        try:
            if self.folder.is_dir() and {each.name for each in self.folder.iterdir()} <= {RESULTS}:
                shutil.rmtree(self.folder, ignore_errors=True)
            if {each.name for each in self.area.iterdir()} <= {MARKER, LOCK}:
                (self.area / MARKER).unlink()
                self._remove_lock()
                self.area.rmdir()
        except OSError:  # somebody else has put something there, or taken it away
            pass
        finally:
            self._stack.close()

    def _remove_lock(self) -> None:
        """Delete the lock file and let go, in the order that the system allows: Windows keeps what is open."""
        if os.name == "nt":
            self._stack.close()
        with contextlib.suppress(OSError):
            (self.area / LOCK).unlink()
        self._stack.close()

    def done(self) -> None:
        """Drop the work of this request: its results are published."""
        shutil.rmtree(self.folder, ignore_errors=True)


def resolved(path: Path) -> Path:
    """A path with its links followed: results go where a link leads, and work beside that."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def check_name(target: Path) -> None:
    """Raise InputError for a name that cannot become a folder of results."""
    try:
        place = target.resolve()
        alone = bool(target.name) and place != Path.cwd() and place not in Path.cwd().parents
        alone = alone and not os.path.ismount(place) and (read_marker(place) is not None or not _is_dear(place))
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            os.lstat(target.with_name(target.name + UNFINISHED) if target.name else target)
    except (OSError, ValueError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"results cannot have this name ({why.lower()})"
        raise InputError(Problem(message, shortened(target), hint=ANOTHER)) from None
    if not alone:
        message = "results need a folder of their own, such as results/mine"
        raise InputError(Problem(message, str(target), hint="choose it with {out}"))
    if target.name.endswith(UNFINISHED):
        message = f"names that end in {UNFINISHED} are for work that is not finished"
        raise InputError(Problem(message, shown(target), hint=ANOTHER))


def _is_dear(place: Path) -> bool:
    """True for a home folder and for a project under version control: nobody's results, and not to be moved aside."""
    try:
        home: Path | None = Path.home().resolve()
    except (OSError, RuntimeError):  # a user without one
        home = None
    return place == home or (place / ".git").exists()


def shortened(path: Path) -> str:
    """A path as a message shows it, however long it is."""
    text = shown(path)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def sweep(folder: Path, age: float = 0.0) -> None:
    """Delete temporary files that a killed program left in a folder.

    Parameters
    ----------
    age : float
        Seconds since they were last written.
    """
    if not folder.is_dir():
        return
    for each in folder.iterdir():
        with contextlib.suppress(OSError):
            if is_temporary(each) and each.is_file() and time.time() - each.stat().st_mtime >= age:
                each.unlink()


def is_told(path: Path) -> bool:
    """True for a path below a folder that is neither unfinished work nor something that was moved out of the way."""
    return not any(part.endswith(UNFINISHED) or re.search(rf"{re.escape(ASIDE)}\d+$", part) for part in path.parts)


def unfinished(target: Path) -> list[Path]:
    """Folders of unfinished work for a folder of results, the latest first."""
    area = target.with_name(target.name + UNFINISHED) if target.name else target
    marker = read_marker(area)
    if marker is None or marker.identity != AREA:
        return []
    works = [each for each in area.iterdir() if each.is_dir() and (each / ASKED).is_file()]
    return sorted(works, key=lambda each: each.stat().st_mtime, reverse=True)
