"""What in a folder is ours: a marker lists every file that the program made there, with a hash of its content.

A file that the marker does not list, or whose content has changed since, is the user's, and so is a folder without a
marker. Nothing of the user's is ever deleted or written over: it stays where it is, and where it is in the way the
program refuses or, when it was told to replace, moves it to `NAME.replaced-1` first.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from sinobel.inputs.reading import InputError, Problem, shown
from sinobel.store import kinds
from sinobel.store.files import ANOTHER, ANOTHER_FOLDER, is_temporary, write_atomically

MARKER = ".sinobel.json"
FORMAT = 1
COMPLETE, CHANGING = "complete", "being replaced"
LARGEST_MARKER = 4 << 20  # bytes
ASIDE = ".replaced-"
LARGEST_PAGE = 64 << 20  # bytes
MOST_NAMED = 3  # files that a message names

OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}
_TEXTS = {".md", ".json", ".csv", ".svg", ".html", ".txt", ".toml"}
_HASH = re.compile(r"[0-9a-f]{64}")
_SEAL = "\n<!-- made by sinobel; sha256 of everything above: {} -->\n"
_SEALED = re.compile(_SEAL.replace(" {} ", " ([0-9a-f]{64}) ").encode() + rb"\Z")


@dataclass(frozen=True)
class Marker:
    """What the program made in a folder.

    Attributes
    ----------
    identity : str
        Of the request behind it.
    files : Mapping[str, tuple[str, ...]]
        Path below the folder -> hashes its content may have; two while a folder is being replaced.
    state : str
        COMPLETE, or CHANGING when replacing it was cut off.
    """

    identity: str
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: str = COMPLETE

    def as_written(self) -> str:
        """The marker as the text of a file."""
        content = {
            "made_by": "sinobel",
            "format": FORMAT,
            "state": self.state,
            "identity": self.identity,
            "files": {name: list(hashes) for name, hashes in sorted(self.files.items())},
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def read_marker(folder: Path) -> Marker | None:
    """The marker of a folder; None where there is none, or none that this program could have written."""
    file = folder / MARKER
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST_MARKER:
            return None
        content = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return _parsed(content)


def _parsed(content: Any) -> Marker | None:
    if not isinstance(content, dict) or (content.get("made_by"), content.get("format")) != ("sinobel", FORMAT):
        return None
    files, identity, state = content.get("files"), content.get("identity"), content.get("state")
    if not isinstance(files, dict) or not isinstance(identity, str) or state not in (COMPLETE, CHANGING):
        return None
    for name, hashes in files.items():
        fits = isinstance(hashes, list) and all(isinstance(each, str) and _HASH.fullmatch(each) for each in hashes)
        if not fits or not _stays_below(name):
            return None
    return Marker(identity, {name: tuple(hashes) for name, hashes in files.items()}, state)


def _stays_below(name: str) -> bool:
    """True for a path that leads to a file below the folder and nowhere else."""
    path = PurePosixPath(name)
    odd = "\\" in name or "\0" in name or path.is_absolute() or os.path.isabs(name) or ":" in "".join(path.parts[:1])
    return bool(path.parts) and not odd and ".." not in path.parts and path.as_posix() == name and name != MARKER


def write_marker(folder: Path, marker: Marker) -> None:
    """Write the marker of a folder."""
    write_atomically(folder / MARKER, lambda file: file.write_text(marker.as_written(), encoding="utf-8"))


def content_hash(file: Path) -> str:
    """SHA-256 of a file; line ends of texts aside, which version control may change."""
    total, is_text, kept = hashlib.sha256(), file.suffix in _TEXTS, b""
    with open(file, "rb") as stream:
        while part := stream.read(1 << 20):
            if is_text:
                part = kept + part
                kept = b"\r" if part.endswith(b"\r") else b""
                part = part.removesuffix(kept).replace(b"\r\n", b"\n")
            total.update(part)
    total.update(kept)
    return total.hexdigest()


def files_below(folder: Path) -> Iterator[str]:
    """Every file and every link below a folder; links are not followed, temporary files and the marker left out."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links))
        for name in sorted([*names, *links]):
            path = (Path(place) / name).relative_to(folder).as_posix()
            if path != MARKER and not is_temporary(Path(name)):
                yield path


def nothing_of_worth(folder: Path) -> bool:
    """True for an empty folder, and for one in which only the system has left its own files."""
    return all(PurePosixPath(name).name in OF_THE_SYSTEM for name in files_below(folder))


class Owned:
    """A folder as the program finds it: what in it is ours, and what is not."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.marker = read_marker(folder) if folder.is_dir() else None
        self.ours: Mapping[str, tuple[str, ...]] = self.marker.files if self.marker else {}
        self._hashes: dict[tuple[str, int, int], str] = {}  # of files as they were when they were last looked at

    @property
    def is_free(self) -> bool:
        """True when nothing is there yet, or an empty folder."""
        return not self.folder.exists() or (self.folder.is_dir() and nothing_of_worth(self.folder))

    def is_ours(self, name: str) -> bool:
        """True for a file that we made and nobody has changed."""
        file = self.folder / name
        inner = [self.folder.joinpath(*PurePosixPath(name).parts[:depth]) for depth in range(1, name.count("/") + 2)]
        if any(each.is_symlink() for each in inner) or not file.is_file():
            return False
        return (name in self.ours and self._hash(name) in self.ours[name]) or is_sealed(file)

    def _hash(self, name: str) -> str:
        state = (self.folder / name).stat()
        key = name, state.st_mtime_ns, state.st_size
        if key not in self._hashes:
            self._hashes[key] = content_hash(self.folder / name)
        return self._hashes[key]

    def changed(self) -> list[str]:
        """Files that we made and somebody has changed."""
        return [name for name in self.ours if os.path.lexists(self.folder / name) and not self.is_ours(name)]

    def in_the_way(self, names: Iterable[str]) -> list[str]:
        """What stands where files are to be written and is not ours: files, links, folders."""
        found: dict[str, None] = {}
        for name in names:
            path = PurePosixPath(name)
            for above in reversed(path.parents[:-1]):  # a file or a link where a folder must be
                there = self.folder / above
                if there.is_symlink() or (there.exists() and not there.is_dir()):
                    if not self.is_ours(above.as_posix()):
                        found[above.as_posix()] = None
                    break
            else:
                if os.path.lexists(self.folder / path) and not self.is_ours(name):
                    found[name] = None
        return list(found)

    @property
    def kind(self) -> str:
        """Kind of the result that is there; empty for none, and for what does not tell."""
        return kinds.kind_of(self.folder, self.ours)

    def is_another(self, kind: str) -> bool:
        """True where the result that is there is of another kind."""
        return bool(kind and self.kind) and self.kind != kind

    def refuse(self, names: Iterable[str] | None = None, *, kind: str = "") -> None:
        """Raise InputError when writing here would touch what is not ours, or drop a result of another kind.

        Parameters
        ----------
        names : Iterable[str] | None
            Files that will be written; None where they are not known yet, and whatever was changed counts.
        kind : str
            Of the result that they are; empty where nothing is dropped for it.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise InputError(Problem("this is a file, not a folder", shown(self.folder), hint=ANOTHER))
        if self.is_free:
            return
        ways = f"{ANOTHER_FOLDER}, or {{replace}}, which moves what is in the way to {self._aside} first"
        if self.marker is None:
            earlier = (self.folder / "manifest.json").is_file() and (self.folder / "monthly-bands.nc").is_file()
            of = "came from an earlier version, which did not note its files" if earlier else "is not this program's"
            raise InputError(Problem(f"what this folder holds {of}", shown(self.folder), hint=ways))
        if self.is_another(kind):
            message = (
                f"this folder holds {kinds.in_words(self.kind)}, and {kinds.in_words(kind)} would take their place"
            )
            raise InputError(Problem(message, shown(self.folder), hint=ways))
        foreign = self.changed() if names is None else self.in_the_way(names)
        if foreign:
            message = f"changed or put here by somebody, so yours: {_listed(foreign)}"
            raise InputError(Problem(message, shown(self.folder), hint=ways))

    @property
    def _aside(self) -> str:
        """Name of the folder that things will be moved to."""
        numbers = itertools.count(1)
        names = (f"{self.folder.name}{ASIDE}{number}" for number in numbers)
        return next(name for name in names if not os.path.lexists(self.folder.with_name(name)))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


# --- moving out of the way, never deleting ---


def set_aside(path: Path) -> Path:
    """Move a file or folder to the first free `NAME.replaced-N` beside it; returns where it is now."""
    aside = _claimed(path, folder=path.is_dir() and not path.is_symlink())
    os.replace(path, aside)
    return aside


def set_aside_from(folder: Path, names: Iterable[str]) -> Path:
    """Move some entries of a folder to the first free `NAME.replaced-N` beside the folder; returns that folder."""
    aside = _claimed(folder, folder=True)
    for name in names:
        target = aside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / name, target)
    return aside


def _claimed(path: Path, *, folder: bool) -> Path:
    """The first free `NAME.replaced-N`, made empty, so that nobody else takes it."""
    for number in itertools.count(1):
        aside = path.with_name(f"{path.name}{ASIDE}{number}")
        try:
            aside.mkdir() if folder else aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        break
    if folder and os.name == "nt":  # a folder cannot take the place of an empty one there
        aside.rmdir()
    return aside


# --- single files outside a folder of ours ---


def sealed(page: str) -> str:
    """A page that says by itself that we made it: its last line holds the hash of the rest."""
    content = page.encode().replace(b"\r\n", b"\n")
    return content.decode() + _SEAL.format(hashlib.sha256(content).hexdigest())


def is_sealed(file: Path) -> bool:
    """True for a page that we made and nobody has changed."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST_PAGE:
        return False
    with open(file, "rb") as stream:
        stream.seek(max(0, file.stat().st_size - 2 * len(_SEAL) - 64))
        if b"made by sinobel" not in stream.read():
            return False
    content = file.read_bytes().replace(b"\r\n", b"\n")
    seal = _SEALED.search(content)
    return seal is not None and hashlib.sha256(content[: seal.start()]).hexdigest().encode() == seal[1]
