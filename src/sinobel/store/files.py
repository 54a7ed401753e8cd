"""Writing that is whole or not at all, and reading that says what is wrong."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs.reading import Failure, InputError, Problem, read_text, shown
from sinobel.store import cf

if TYPE_CHECKING:
    import xarray as xr


ANOTHER = "choose another with {out}"
ANOTHER_FOLDER = "choose another folder with {out}"
"""Hints that each of the two faces words in its own way."""
TEMPORARY = ".sinobel-"
_TEMPORARY = re.compile(re.escape(TEMPORARY) + r"([0-9a-f]{8}|\d{9}-\d+-[a-z]+)(\.\w+)?")


def is_temporary(path: Path) -> bool:
    """True for a name that the program gives to a file it is writing; a killed one may leave it so."""
    return _TEMPORARY.fullmatch(path.name) is not None


@contextlib.contextmanager
def disk(path: Path, kept: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Turn what the operating system says into one clear message.

    Parameters
    ----------
    path : Path
        What is written.
    kept : Callable[[], bool]
        Says whether some work is finished that the same command goes on from.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise InputError(Problem("this folder cannot be written", shown(path), hint=ANOTHER)) from None
        if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
            raise InputError(Problem("this is no folder", shown(path), hint=ANOTHER)) from None
        if error.errno == errno.ENAMETOOLONG:
            raise InputError(Problem("this name is too long", shown(path), hint=ANOTHER)) from None
        if isinstance(error, FileNotFoundError) and not kept() and _belongs(error.filename, path):
            raise InputError(Problem("this folder cannot be made", shown(path), hint=ANOTHER)) from None
        why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or str(error)
        end = " Finished blocks are kept; the same command goes on from there." if kept() else ""
        where = path if error.filename is None or _belongs(error.filename, path) else Path(os.fsdecode(error.filename))
        raise Failure(f"{shown(where)}: {why}.{end}") from None


def _belongs(name: object, path: Path) -> bool:
    """True for a file in a folder, in the work area beside it, or for what leads to it."""
    if not isinstance(name, str | bytes):
        return False
    one, other = os.path.abspath(os.fsdecode(name)), os.path.abspath(path)
    return one.startswith(other) or other.startswith(one)


def write_atomically(path: Path, write: Callable[[Path], object], *, durably: bool = True) -> None:
    """Let `write` fill a file beside `path`, then give it its name, so that nobody sees half a file.

    Parameters
    ----------
    durably : bool
        Wait until the disk has it, so that a loss of power cannot leave an empty file under its name.
    """
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(4)}{path.suffix}")
    temporary.touch(exist_ok=False)  # with the rights that the user gives to new files
    try:
        write(temporary)
        if durably:
            flush([temporary])
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def flush(paths: Iterable[Path]) -> None:
    """Let the operating system write files and folders to the disk now."""
    for path in paths:
        folder = path.is_dir()
        if folder and os.name == "nt":
            continue
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a disk that cannot be told
                raise
        finally:
            os.close(handle)


def mapped(file: Path, dtype: type, shape: tuple[int, ...]) -> np.ndarray:
    """A new array that lies in a file. Its room on the disk is taken first: a full disk must not be found out later."""
    array = np.lib.format.open_memmap(file, "w+", dtype, shape)
    if hasattr(os, "posix_fallocate"):
        with open(file, "r+b") as stream:
            os.posix_fallocate(stream.fileno(), 0, file.stat().st_size)
    return array


def let_go(array: np.ndarray) -> None:
    """Give the memory of a mapped array back; the next look reads the file again."""
    if isinstance(array.base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        array.base.madvise(mmap.MADV_DONTNEED)


def write_text(path: Path, text: str) -> None:
    """Write a text file at once."""
    with disk(path):
        write_atomically(path, lambda temporary: temporary.write_bytes(text.encode("utf-8")))


def write_once(path: Path, text: str) -> None:
    """Write a text file that is not there yet.

    Raises
    ------
    InputError
        When something has this name; it stays as it is.
    """
    with disk(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            raise InputError(Problem("something is there already, and stays", shown(path))) from None
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def content_of(file: Path) -> bytes:
    """The bytes of a file of the user's."""
    return file.read_bytes()


def current_text(path: Path) -> str:
    """Text of a file, empty when there is none."""
    return read_text(path) if path.is_file() else ""


def write_dataset(path: Path, content: xr.Dataset) -> None:
    """Write a dataset as netCDF by the CF conventions; `store.netcdf` reads it back as it was."""
    made, encoding = cf.conforming(content)
    with disk(path):
        write_atomically(
            path, lambda temporary: made.to_netcdf(temporary, engine="h5netcdf", encoding=encoding) and None
        )
