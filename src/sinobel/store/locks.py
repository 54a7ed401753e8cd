"""Locks that the operating system holds: they end with the process that took them, however it ends.

Numbers of processes are used again, so a lock that only names a process can refuse for ever; this one cannot. (Lock
libraries keep their files or break them by age; here the file goes together with the folder it guards.)
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 1.0
"""Seconds to wait for a lock: workers of a run that was just killed need a moment to end."""

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_held: set[int] = set()


class BusyError(RuntimeError):
    """Somebody else holds the lock; says who, as far as that can be read."""


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made when it is not there. A disk without locks is used without one.

    Raises
    ------
    BusyError
        When somebody else holds it for longer than PATIENCE, FileNotFoundError when its folder is gone.
    """
    deadline = time.monotonic() + PATIENCE
    while (handle := _try(file)) is None:
        if time.monotonic() > deadline:
            raise BusyError(_owner(file))
        time.sleep(0.02)
    try:
        yield
    finally:
        _held.discard(handle)
        os.close(handle)


def _try(file: Path) -> int | None:
    """The file, open and locked, or None when somebody else has it or removed it meanwhile."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        _lock(handle)
        if not os.path.samestat(os.fstat(handle), os.stat(file)):
            raise OSError(errno.EAGAIN, "removed by its owner")
    except OSError as error:
        os.close(handle)
        if error.errno in _TAKEN or isinstance(error, FileNotFoundError):
            return None
        raise
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    _held.add(handle)
    return handle


def _owner(file: Path) -> str:
    """Who holds a lock, for a message only."""
    try:
        text = file.read_text().strip()
    except (OSError, UnicodeDecodeError):
        text = ""
    return f"process {text}" if text.isdigit() else "another process"


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # beyond the text, which others may read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                raise

    def _let_go_in_child() -> None:
        """A forked worker must not keep the lock of a parent that dies."""
        for handle in _held:
            os.close(handle)
        _held.clear()

    os.register_at_fork(after_in_child=_let_go_in_child)
