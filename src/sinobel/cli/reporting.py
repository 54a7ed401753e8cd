"""The command that writes a report: one HTML file of a results folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.terminal import Replace, say, tell_aside
from sinobel.inputs.reading import InputError, Problem

if TYPE_CHECKING:
    from sinobel.reporting.page import Study

PAGE = "report.html"
STUDIES = ("sensitivity", "sensitivity-groups", "screening", "failure-boxes")

app = typer.Typer()


@app.command()
def report(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder of a finished run or comparison.")],
    out: Annotated[Path | None, typer.Option(help="The file to write; by default report.html in the folder.")] = None,
    study: Annotated[
        list[Path] | None, typer.Option(help="Folder of `sensitivity` or `discover` to tell with it; may be repeated.")
    ] = None,
    replace: Replace = False,
) -> None:
    """Write one self-contained HTML file: answer, charts, options, sources; works offline, prints, can be sent."""
    from sinobel import store
    from sinobel.inputs.reading import shown
    from sinobel.reporting.page import page
    from sinobel.reporting.tables import read_back
    from sinobel.results import contents
    from sinobel.results.basis import read_basis

    folder = results.parent if results.name == "manifest.json" else results
    target = out or folder / PAGE
    made = _read(folder)
    store.check_page(target, replace=replace)
    told = folder / "money.csv"
    studies = _studies(folder, study or [])
    money = read_back.table(told, "money") if told.is_file() else ()
    data = contents.page_data_of(made, studies, money, read_basis(folder), read_back=True)
    tell_aside(store.put_page(target, page(data), replace=replace))
    say(f"{shown(target)}: {target.stat().st_size / 1e6:.1f} MB, opens in any browser, also offline")


def _read(folder: Path) -> Any:
    """A finished results folder. Raises InputError when it is missing, unfinished, damaged, or keeps no years."""
    from sinobel import store
    from sinobel.inputs.reading import shown
    from sinobel.runs.manifest import request_of

    if not store.is_results(folder):
        raise InputError(Problem("there is no such results folder; make one with: sinobel run SCENARIO", shown(folder)))
    if not store.is_started(folder):
        raise InputError(Problem("this is no results folder: it holds no manifest.json", shown(folder)))
    manifest = store.read_manifest(folder)
    request = request_of(manifest, shown(folder / "manifest.json"))
    if not (folder / "annual.nc").is_file():
        needed = "a report needs the years of every draw; make this folder anew with --keep years or months"
        raise InputError(Problem(needed, shown(folder)))
    results = store.read_results(folder)
    names = [scenario.name for scenario in request.scenarios]
    if not results.annual or list(next(iter(results.annual.values())).coords.get("scenario", [])) != names:
        raise InputError(Problem("this file does not belong to the manifest beside it", shown(folder / "annual.nc")))
    return results


def _studies(folder: Path, named: Sequence[Path]) -> list[Study]:
    """Studies in the folder, in folders within it, and in the named ones. Raises InputError for one without a study."""
    from sinobel import store
    from sinobel.inputs.reading import shown
    from sinobel.reporting.page import Study
    from sinobel.reporting.tables import read_back

    found = []
    below = (path for path in sorted(folder.rglob("manifest.json")) if path.parent != folder)
    within = [path.parent for path in below if store.is_told(path.relative_to(folder))]
    run = store.read_manifest(folder)
    for place in (folder, *within, *named):
        files = [(kind, place / f"{kind}.csv") for kind in STUDIES if (place / f"{kind}.csv").is_file()]
        if place in named and not files:
            raise InputError(
                Problem("no study lies here; make one with: sinobel sensitivity or discover", shown(place))
            )
        if not files:
            continue
        manifest = store.read_manifest(place)
        if place in within and not store.belongs(manifest, run):
            typer.echo(f"note: the study in {shown(place)} is of other scenarios and is left out", err=True)
            continue
        for kind, file in files:
            found.append(Study(kind, read_back.table(file, kind), manifest))
    return found
