"""The command that begins a scenario file: new."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.setting import Settings
from sinobel.cli.terminal import say

app = typer.Typer()


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Of a new scenario, for example mine.toml.")],
    extends: Annotated[str, typer.Option(help="The scenario that it builds on, by name or file.")] = "baseline",
    title: Annotated[str | None, typer.Option(help="A few words for charts; that of the file by default.")] = None,
    settings: Settings = None,
) -> None:
    """Write a commented scenario file to begin with; it validates as it stands, and nothing is ever overwritten."""
    import shlex

    from sinobel.inputs.reading import shown
    from sinobel.results import new_scenario

    place = new_scenario.write(file, extends=extends, title=title, settings=settings or ())
    name = shlex.quote(shown(place))
    say(f"{shown(place)}: a scenario that extends {extends}. Write into it what you ask, then:")
    say(f"  sinobel validate {name}\n  sinobel compare {shlex.quote(extends)} {name}")
