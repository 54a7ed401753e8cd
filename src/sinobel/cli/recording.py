"""The command about rows that users add to the record: record check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.terminal import Listed, say, show_table

app = typer.Typer(help="Look at rows that you add to the record: `sinobel record check FOLDER`.", no_args_is_help=True)


@app.callback()
def record() -> None:
    """Look at rows that you add to the record with --record: what is there, and what an origin still needs."""


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="Folder with files as model/record has them.")],
    form: Listed = "table",
) -> None:
    """Check the rows of a folder, and say series by series what is there and up to which origin one can start."""
    from sinobel.results import record_check

    found = record_check.check(folder)
    rows = [[str(cell) for cell in row.values()] for row in found.rows()]
    show_table(record_check.COLUMNS, rows, form)
    if form == "table":
        say("")
        for line in found.verdicts:
            say(line)
