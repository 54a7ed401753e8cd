"""Office files anywhere: one that we made says so by a hash of its parts, so that one the user changed is kept."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from sinobel.inputs.reading import InputError, Problem, shown
from sinobel.store.files import ANOTHER, disk, write_atomically
from sinobel.store.ownership import ASIDE, set_aside

CORE = "docProps/core.xml"
LARGEST = 50_000_000
MARK = "made by sinobel "
_MARKED = re.compile(rf"{MARK}([0-9a-f]{{64}})")


def parts_hash(content: bytes) -> str:
    """Hash of all parts of an office file but the one that holds its properties."""
    found = hashlib.sha256()
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in sorted(parts.namelist()):
            if name != CORE:
                found.update(name.encode() + b"\0" + hashlib.sha256(parts.read(name)).digest())
    return found.hexdigest()


def marked(save: Callable[[BytesIO], object], properties: Any) -> bytes:
    """An office file with the hash of its parts among its properties, by which it is known for ours.

    Parameters
    ----------
    save : Callable[[BytesIO], object]
        Writes the file into a stream.
    properties : Any
        Its properties, with an `identifier`.
    """
    first, second = BytesIO(), BytesIO()
    save(first)
    properties.identifier = f"{MARK}{parts_hash(first.getvalue())}"
    save(second)
    return second.getvalue()


def with_mark(content: bytes) -> bytes:
    """A finished office file with the same mark, for what writes no identifier of its own."""
    mark = f"<dc:identifier>{MARK}{parts_hash(content)}</dc:identifier></cp:coreProperties>"
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.infolist():
            text = parts.read(part)
            if part.filename == CORE:
                text = text.replace(b"</cp:coreProperties>", mark.encode())
            made.writestr(part, text)
    return stream.getvalue()


def is_our_office(file: Path) -> bool:
    """True for an office file that we made and nobody has changed."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST:
        return False
    try:
        content = file.read_bytes()
        with zipfile.ZipFile(BytesIO(content)) as parts:
            if sum(each.file_size for each in parts.infolist()) > LARGEST:
                return False
            mark = _MARKED.search(parts.read(CORE).decode("utf-8", "replace"))
        return mark is not None and mark[1] == parts_hash(content)
    except (KeyError, OSError, zipfile.BadZipFile):
        return False


def check_office(file: Path, *, replace: bool = False) -> bool:
    """Whether a file of the user's is in the way. Raises InputError where it must stay, or nothing can be written."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise InputError(Problem("no file can be written here; name one in a folder that is there", shown(file)))
    foreign = os.path.lexists(file) and not is_our_office(file)
    if foreign and not replace:
        ways = f"{ANOTHER}, or {{replace}}, which moves it to {file.name}{ASIDE}1 first"
        raise InputError(
            Problem("this file was not made by this program, or was changed since", shown(file), hint=ways)
        )
    return foreign


def put_office(file: Path, content: bytes, *, replace: bool = False) -> Path | None:
    """Write an office file anywhere.

    Parameters
    ----------
    content : bytes
        With the mark of `parts_hash` among its properties.

    Returns
    -------
    Path | None
        Where the user's file went that was in the way, with `replace`.

    Raises
    ------
    InputError
        Where something else is in the way, or no file can be written.
    """
    foreign = check_office(file, replace=replace)
    with disk(file):
        aside = set_aside(file) if foreign else None
        write_atomically(file, lambda temporary: temporary.write_bytes(content))
    return aside
