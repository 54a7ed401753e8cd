"""The command line. Every error of the user ends with one clear message and exit code 2, every failure with 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; turns whatever happens into messages and an exit code, and ends with SystemExit."""
    from sinobel.cli.ending import ended

    sys.exit(ended(_obey, sys.argv[1:] if arguments is None else list(arguments)))


def _obey(arguments: Sequence[str]) -> None:
    from sinobel.cli.commands import obey  # a library that is missing or broken is told like anything else

    obey(arguments)
