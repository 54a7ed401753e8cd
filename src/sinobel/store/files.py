"""Writing that is whole or not at all, and reading that says what is wrong."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sinobel.reading import Failure, InputError, Problem, read_text, shown
from sinobel.store import cf

if TYPE_CHECKING:
    import xarray as xr


TEMPORARY = ".sinobel-"


def is_temporary(path: Path) -> bool:
    """True for a file that is being written, or that a killed program left so."""
    return path.name.startswith(TEMPORARY)


@contextlib.contextmanager
def disk(path: Path, kept: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Turn what the operating system says into one clear message.

    path  what is written
    kept  says whether some work is finished that the same command goes on from
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise InputError(Problem("this folder cannot be written; choose another with --out", shown(path))) from None
        if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
            raise InputError(Problem("this is no folder; choose another with --out", shown(path))) from None
        if error.errno == errno.ENAMETOOLONG:
            raise InputError(Problem("this name is too long; choose another with --out", shown(path))) from None
        if isinstance(error, FileNotFoundError) and not kept():
            raise InputError(Problem("this folder cannot be made; choose another with --out", shown(path))) from None
        why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or str(error)
        end = " Finished blocks are kept; the same command goes on from there." if kept() else ""
        raise Failure(f"{shown(path)}: {why}.{end}") from None


def write_atomically(path: Path, write: Callable[[Path], object], *, durably: bool = True) -> None:
    """Let `write` fill a file beside `path`, then give it its name, so that nobody sees half a file.

    durably  wait until the disk has it, so that a loss of power cannot leave an empty file under its name
    """
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        if durably:
            flush([temporary])
        os.chmod(temporary, 0o644)
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
