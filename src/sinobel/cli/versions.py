"""What --version says."""

from __future__ import annotations

import typer

from sinobel.cli.terminal import say


def told(asked: bool) -> None:
    """Print version, engine, Python and the digest of evidence and parameters, and end."""
    if asked:
        from sinobel.results import versions

        say(versions.line())
        raise typer.Exit
