"""The command line. Every error of the user ends with one clear message and exit code 2, every failure with 1."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; turns whatever happens into messages and an exit code, and ends with SystemExit.

    Parameters
    ----------
    arguments : Sequence[str] | None
        Words of the command; those of the process by default, which then ends with it.
    """
    try:
        from sinobel.cli.ending import ended

        code = ended(_obey, sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:  # before or after what `ended` watches
        code = 1
        with contextlib.suppress(OSError, ValueError, AttributeError):
            print("error: interrupted", file=sys.stderr, flush=True)
    if arguments is None:
        with contextlib.suppress(ValueError):  # another thread than the first
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command is done: Ctrl-C has nothing left to stop
    sys.exit(code)


def _obey(arguments: Sequence[str]) -> None:
    from sinobel.cli.commands import obey  # a library that is missing or broken is told like anything else

    obey(arguments)
