"""The command line. Every error of the user ends with one clear message and exit code 2, every failure with 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from sinobel.cli import asking, calibrating, comparing, following, reporting, running, studying
from sinobel.reading import Failure, InputError


class Commands(TyperGroup):
    """The commands together: Ctrl-C ends each of them with a message, whatever it was doing."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command. Raises Failure when the user interrupts it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Failure("interrupted; the same command goes on from what is finished") from None


app = typer.Typer(
    cls=Commands, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="What Minsk really gets out of Beijing: an agent-based scenario model of tied loans, potash and trade.",
)  # fmt: skip
for part in (running.app, comparing.app, asking.app, calibrating.app, studying.app, following.app, reporting.app):
    app.registered_commands += part.registered_commands


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; turns errors into messages and exit codes."""
    try:
        typer.main.get_command(app).main(args=arguments, prog_name="sinobel")
    except InputError as error:
        for problem in error.problems:
            typer.echo(f"error: {problem}", err=True)
        sys.exit(2)
    except Failure as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
