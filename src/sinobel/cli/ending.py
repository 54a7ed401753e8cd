"""How a command ends, whatever happens: with messages, an exit code, and never with a traceback.

0 done; 1 something outside failed, or the program itself; 2 what the user gave is not allowed; 141 nobody reads what is
printed any more (`sinobel levers | head -1`), as other tools end then.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from typing import Any

from sinobel.cli.wording import at_the_terminal
from sinobel.inputs.characters import printable
from sinobel.inputs.reading import Failure, InputError, in_quotes, told

FAILED, NOT_ALLOWED, NOBODY_READS = 1, 2, 141
NO_MEMORY = "there is not enough memory for this; take fewer --draws or --jobs 1"
AGAIN = 0.05  # seconds until an interruption is told again that came at a bad moment
REFUSALS = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EAGAIN,
}
"""What the system refuses through no fault of the program: no room, no right, no more files or processes."""
WRONG_NAMES = {
    errno.ENAMETOOLONG,
    errno.ELOOP,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.ENOENT,
    errno.EINVAL,
    errno.ENXIO,
    errno.ENODEV,
}
"""What is said of a path that cannot be what it is taken for."""


class NotPrinted(Exception):
    """What was to be printed could not be. Its own kind, so that nobody takes it for trouble with another file."""

    def __init__(self, error: OSError):
        super().__init__(error.strerror or str(error))
        self.errno = error.errno


class _Out:
    """Standard output that says so when it cannot print; None stands for a closed one."""

    def __init__(self, stream: Any):
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # letters that an old terminal does not have

    def write(self, text: str) -> int:
        """Write a text.

        Raises
        ------
        NotPrinted
            See above.
        """
        if self._stream is None:
            raise NotPrinted(OSError(errno.EBADF, "standard output is closed"))
        try:
            return int(self._stream.write(text))
        except OSError as error:
            raise NotPrinted(error) from None

    def flush(self) -> None:
        """Hand on what was written.

        Raises
        ------
        NotPrinted
            See above.
        """
        try:
            if self._stream is not None:
                self._stream.flush()
        except OSError as error:
            raise NotPrinted(error) from None

    def drop(self) -> None:
        """Let what is still waiting go nowhere, so that it is not tried again when Python ends."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)

    def isatty(self) -> bool:
        """True on a terminal."""
        return self._stream is not None and bool(self._stream.isatty())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Err(_Out):
    """Standard error: where nobody can be told, nobody is."""

    def write(self, text: str) -> int:
        """Write a text if that is possible."""
        try:
            return super().write(text)
        except NotPrinted:
            self.drop()
        return len(text)

    def flush(self) -> None:
        """Hand on what was written if that is possible."""
        try:
            super().flush()
        except NotPrinted:
            self.drop()


@contextlib.contextmanager
def _streams() -> Iterator[_Out]:
    """Standard output and error that are safe to write to, for as long as a command runs."""
    before = sys.stdout, sys.stderr
    if None in (sys.stdin, *before):
        _occupy()
    out = _Out(before[0])
    sys.stdout, sys.stderr = out, _Err(before[1])
    try:
        yield out
    finally:
        sys.stdout, sys.stderr = before


def _occupy() -> None:
    """Give the numbers of closed standard streams to nothing: else the next file would be taken for one of them."""
    handle = 0
    while handle <= 2:
        handle = os.open(os.devnull, os.O_RDWR)
    os.close(handle)


@contextlib.contextmanager
def _interrupts_heard() -> Iterator[None]:
    """Let Ctrl-C count even where Python can only drop it: while something is being cleaned up it is told again after.

    Otherwise the command would go on, with a traceback of what was "ignored" on the terminal.
    """
    before = sys.unraisablehook

    def hook(found: Any) -> None:
        if issubclass(found.exc_type, KeyboardInterrupt):
            import _thread
            import threading

            threading.Timer(AGAIN, _thread.interrupt_main).start()
        else:
            before(found)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def ended(work: Callable[[Sequence[str]], None], arguments: Sequence[str]) -> int:
    """Do some work and tell how it ended.

    Parameters
    ----------
    work : Callable[[Sequence[str]], None]
        Takes the words of the command.

    Returns
    -------
    int
        Exit code; every message is printed.
    """
    with _streams() as out, _interrupts_heard():
        try:
            code = _tried(work, arguments)
            out.flush()
        except NotPrinted as error:
            code = _not_printed(error)
            out.drop()
        sys.stderr.flush()
    return code


def _tried(work: Callable[[Sequence[str]], None], arguments: Sequence[str]) -> int:
    try:
        os.getcwd()
    except OSError:
        return _told("the current folder is no longer there; change to another one", code=FAILED)
    if any("\0" in word for word in arguments):
        return _told("a word of the command holds a NUL character", code=NOT_ALLOWED)
    try:
        work(arguments)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        return _told(str(end.code), code=FAILED)
    except InputError as error:
        return _told(*told(error.problems, at_the_terminal), code=NOT_ALLOWED)
    except Failure as error:
        return _told(error.told(at_the_terminal), code=FAILED)
    except KeyboardInterrupt:
        return _told("interrupted", code=FAILED)
    except MemoryError:
        return _told(NO_MEMORY, code=FAILED)
    except BrokenExecutor:
        why = (
            "a process that simulates was ended by the system, often for lack of memory; take fewer --draws or --jobs 1"
        )
        return _told(why, code=FAILED)
    except NotPrinted:
        raise
    except Exception as error:
        return _failed(error, arguments)
    return 0


def _failed(error: Exception, arguments: Sequence[str]) -> int:
    """Tell of a failure of the system as one, and of everything else as an accident."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return _told(NO_MEMORY, code=FAILED)
    if isinstance(error, OSError) and error.errno in REFUSALS:
        place = f" ({in_quotes(str(error.filename))[1:-1]})" if error.filename else ""
        return _told(f"the system refused: {error.strerror}{place}", code=FAILED)
    if isinstance(error, RuntimeError) and str(error).startswith("Symlink loop"):  # of pathlib
        return _told(str(error), code=NOT_ALLOWED)
    if isinstance(error, OSError) and error.errno in WRONG_NAMES and error.filename:
        return _told(f"{in_quotes(str(error.filename))[1:-1]}: {error.strerror}", code=NOT_ALLOWED)
    from sinobel.cli.accident import account

    return _told(account(error, arguments), code=FAILED)


def _told(*messages: str, code: int) -> int:
    for message in messages:
        print("error:", "\n".join(map(printable, message.split("\n"))), file=sys.stderr)
    return code


def _not_printed(error: NotPrinted) -> int:
    """End quietly when nobody reads, with a message when the place that is printed to is full or closed."""
    code = NOBODY_READS if error.errno in (errno.EPIPE, errno.ESHUTDOWN) else FAILED
    if code == FAILED:
        _told(f"nothing more could be printed: {error}", code=code)
    return code
