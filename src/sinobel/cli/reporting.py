"""The command that writes a report: one HTML file of a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.terminal import Of, Replace, Years, say, tell_aside

app = typer.Typer()


@app.command()
def report(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a finished run or comparison.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; by default report.html in the folder.")] = None,
    study: Annotated[
        list[Path] | None, typer.Option(help="Folder of `sensitivity` or `discover` to tell with it; may be repeated.")
    ] = None,
    of: Of = None,
    year: Years = None,
    replace: Replace = False,
) -> None:
    """Write one self-contained HTML file: answer, charts, options, sources; works offline, prints, can be sent."""
    from sinobel.inputs.reading import shown
    from sinobel.results.page_of_folder import write_page

    made = write_page(results, out, study or [], of=of or "", years=year or "", replace=replace)
    for place in made.left_out:
        typer.echo(f"note: the study in {shown(place)} is of other scenarios and is left out", err=True)
    tell_aside(made.aside)
    say(f"{shown(made.file)}: {made.file.stat().st_size / 1e6:.1f} MB, opens in any browser, also offline")
