"""The command that searches everything: find."""

from __future__ import annotations

from typing import Annotated

import typer

from sinobel.cli.terminal import Listed, say, show_table
from sinobel.results.lookups import Listing

MOST_SHOWN = 60
"""Hits at a terminal; tables for machines have all of them."""
app = typer.Typer()


@app.command()
def find(
    words: Annotated[list[str], typer.Argument(metavar="WORD…", help="What to look for; all must be there.")],
    form: Listed = "table",
) -> None:
    """Search everything by word: levers, indicators, scenarios, parameters, figures, loans, decisions, positions."""
    from sinobel.results import lookups

    found = lookups.found(" ".join(words))
    if form == "table":
        show_hits(found)
    else:
        more = [(*row, f"sinobel explain {row[0]}") for row in found.rows]
        show_table((*found.columns, "more"), more, form)


def show_hits(found: Listing) -> None:
    """The hits, as many as one looks through at a terminal, and which command shows more."""
    rows = found.rows[:MOST_SHOWN]
    show_table(found.columns, [(name, kind, " ".join(meaning.split())) for name, kind, meaning in rows], named=True)
    if left := len(found.rows) - len(rows):
        say(f"\nand {left:,} more: say more words, or list all with --format csv")
    say("\nMore of each: sinobel explain NAME")
