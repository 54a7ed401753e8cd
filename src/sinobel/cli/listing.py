"""The command that lists results folders: results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.terminal import Listed, say, show_table

app = typer.Typer()


@app.command()
def results(
    folder: Annotated[Path, typer.Argument(help="Where to look.")] = Path("results"), form: Listed = "table"
) -> None:
    """List results folders: command, scenarios, draws, date, size, and whether each is complete."""
    from sinobel.results.overview import overview

    found = overview(folder)
    if form == "table" and not found.rows:
        say(f"There are no results in {folder}.")
        return
    if form != "table":
        show_table(found.columns, found.rows, form)
        return
    rows = [
        (place, verb, names, "" if draws is None else f"{draws:,}", made, f"{size:,.1f}", state)
        for place, verb, names, draws, made, size, state in found.rows
    ]
    show_table(found.columns, rows)
    say("\nHow one was made, and whether today's program gives the same: sinobel explain FOLDER")
