"""The commands that tell a results folder: the report, one HTML file, the brief of two pages, and the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.terminal import Of, Replace, Years, bar, say, tell_aside, told_while

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

    with told_while("drawing the page"):
        made = write_page(results, out, study or [], of=of or "", years=year or "", replace=replace)
    for place in made.left_out:
        typer.echo(f"note: the study in {shown(place)} is of other scenarios and is left out", err=True)
    tell_aside(made.aside)
    say(f"{shown(made.file)}: {made.file.stat().st_size / 1e6:.1f} MB, opens in any browser, also offline")


@app.command()
def brief(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a finished run or comparison.")],
    out: Annotated[
        Path | None, typer.Option(help="File ending in .html, .docx or .pptx; by default brief.html in the folder.")
    ] = None,
    title: Annotated[str, typer.Option(help="Its title; by default that of the option.")] = "",
    author: Annotated[str, typer.Option(help="Who sends it.")] = "",
    date: Annotated[str, typer.Option(help="Its date, as you write it.")] = "",
    logo: Annotated[Path | None, typer.Option(help="A PNG or JPEG of at most 500 kB.")] = None,
    language: Annotated[str, typer.Option(help="Of headings and labels: en, ru, be or zh.")] = "en",
    of: Of = None,
    year: Years = None,
    replace: Replace = False,
) -> None:
    """Write two pages to send: the answer, four pictures, a table, what would change it, how wrong the model was."""
    from sinobel.inputs.reading import shown
    from sinobel.results.brief_of_folder import write_brief

    with told_while("writing the brief"):
        made = write_brief(
            results,
            out,
            title=title,
            author=author,
            date=date,
            logo=logo,
            language=language,
            of=of or "",
            years=year or "",
            replace=replace,
        )
    tell_aside(made.aside)
    say(f"{shown(made.file)}: two pages, {made.file.stat().st_size / 1e3:.0f} kB")


@app.command()
def workbook(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a finished run or comparison.")],
    out: Annotated[
        Path | None, typer.Option(help="File ending in .xlsx; by default workbook.xlsx in the folder.")
    ] = None,
    live: Annotated[
        bool,
        typer.Option("--live", help="With a sheet whose cells are levers; it runs the model for a minute or two."),
    ] = False,
    draws: Annotated[int, typer.Option(help="Futures that the live sheet is fitted to.")] = 256,
    replace: Replace = False,
) -> None:
    """Write an Excel workbook: the answer, charts, differences, who gains, loan book, and all numbers as data."""
    from sinobel.inputs.reading import shown
    from sinobel.results.workbook_of_folder import write_workbook

    with bar() as progress:
        made = write_workbook(results, out, live=live, draws=draws, replace=replace, progress=progress)
    tell_aside(made.aside)
    say(f"{shown(made.file)}: {made.file.stat().st_size / 1e6:.1f} MB")
