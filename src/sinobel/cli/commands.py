"""All commands together."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from sinobel.cli import (
    asking,
    beginning,
    calibrating,
    comparing,
    completion,
    finding,
    following,
    listing,
    recording,
    reporting,
    running,
    scoring,
    studying,
    versions,
)
from sinobel.inputs.reading import Failure, InputError, quoted

WORDS = "sinobel.words"
INTERRUPTED = 130  # exit code of typer


class Commands(TyperGroup):
    """The commands together: Ctrl-C ends each of them with a message, whatever it was doing.

    A file whose name begins with a dash is taken for an option; then the message says how to write it.
    """

    def main(self, *arguments: Any, **how: Any) -> Any:
        """Read the words and run their command; Ctrl-C at any moment is told as Ctrl-C.

        Raises
        ------
        KeyboardInterrupt
            When it comes while the words are read or the command is left: typer ends the program then, without a word.
        """
        try:
            return super().main(*arguments, **how)
        except SystemExit as end:
            if end.code == INTERRUPTED:
                raise KeyboardInterrupt from None
            raise

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named first, as typer finds it; the words are kept for a message."""
        ctx.meta[WORDS] = list(args)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command.

        Raises
        ------
        Failure
            When the user interrupts it.
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as end:
            kept = (
                str(end) if hasattr(end, "goes_on") else "interrupted; the same command goes on from what is finished"
            )
            raise Failure(kept) from None
        except Exception as error:
            if type(error).__name__ == "NoSuchOption" and (word := _dashed(ctx.meta[WORDS], error)):
                raise InputError(
                    f"{quoted(word)} begins with a dash, so it is taken for an option; write {quoted(f'./{word}')}"
                ) from None
            if type(error).__name__ == "BadParameter" and (why := _no_number(error)):
                raise InputError(why) from None
            raise


def _no_number(error: Any) -> str:
    """What an option or argument takes that is given something else than a number; empty where it takes no number."""
    if not isinstance(error.__cause__, ValidationError):
        return ""
    found = error.__cause__.errors()[0]
    takes = {"int": "a whole number such as 2000, in digits alone", "float": "a number such as 0.5"}
    kind = takes.get(found["type"].partition("_")[0], "")
    return f"{error.param.opts[0]} takes {kind}, not {quoted(found['input'])}" if kind else ""


def _dashed(words: Sequence[str], error: Any) -> str:
    """The word that was taken for an unknown option and is a file, or would be one; else an empty text."""
    for word in words:
        if word.startswith(error.option_name) and (word.endswith((".toml", ".json", ".nc")) or os.path.lexists(word)):
            return word
    return ""


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="What Minsk really gets out of Beijing: an agent-based scenario model of tied loans, potash and trade.",
)


@app.callback()
def _before(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=versions.told, help="Say which program this is, and end."),
    ] = False,
) -> None:
    pass


PARTS = (
    running,
    comparing,
    asking,
    finding,
    listing,
    beginning,
    calibrating,
    scoring,
    studying,
    following,
    reporting,
    completion,
)
for part in PARTS:
    app.registered_commands += part.app.registered_commands
app.add_typer(recording.app, name="record")


def obey(arguments: Sequence[str] | None = None) -> None:
    """Run what the words of a command line ask. Ends with SystemExit, or with what went wrong."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # a home that it cannot write to is no news to the user
    typer.main.get_command(app).main(args=arguments, prog_name="sinobel")
