"""The page of a results folder: what is read of the folder for it, and where it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel import store
from sinobel.inputs import pairs
from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, Problem, shown
from sinobel.policies import focus
from sinobel.runs.manifest import request_of

if TYPE_CHECKING:
    from sinobel.reporting.page import Study
    from sinobel.reporting.result_data import Rows
    from sinobel.runs.manifest import Manifest
    from sinobel.runs.request import Request

PAGE = "report.html"
STUDIES = ("sensitivity", "sensitivity-groups", "screening", "failure-boxes")


@dataclass(frozen=True)
class PageMade:
    """A page that was written.

    Attributes
    ----------
    aside : Path | None
        Where the user's file went that was in the way.
    left_out : Sequence[Path]
        Folders of studies of other scenarios, which the page does not tell.
    """

    file: Path
    aside: Path | None
    left_out: Sequence[Path]


def write_page(
    folder: Path,
    out: Path | None = None,
    studies: Sequence[Path] = (),
    *,
    of: str | Iterable[str] = "",
    years: str | int | Iterable[str | int] = "",
    replace: bool = False,
) -> PageMade:
    """Write the page of a finished results folder.

    Parameters
    ----------
    folder : Path
        Or its manifest.
    out : Path | None
        File of the page; report.html in the folder.
    studies : Sequence[Path]
        Folders of studies that are told with it, besides those within the folder.
    of, years : str | int | Iterable
        Indicators and years that its answer tells first, several with commas; those of the folder when empty.

    Raises
    ------
    InputError
        For a folder that no page can be made of, or a file that is none of ours.
    """
    from sinobel.reporting.page import page
    from sinobel.results import contents
    from sinobel.results.kept_basis import read_kept

    folder = folder.parent if folder.name == "manifest.json" else folder
    target = out or folder / PAGE
    results = read(folder)
    ask(results, of, years)
    store.check_page(target, replace=replace)
    others, left_out = read_studies(folder, studies)
    with using(request_of(results.manifest).record):
        kept = read_kept(folder, results.manifest, results.annual)
        data = contents.page_data_of(results, others, money_rows(folder), kept)
        aside = store.put_page(target, page(data), replace=replace)
    return PageMade(target, aside, left_out)


def ask(results: store.Results, of: str | Iterable[str], years: str | int | Iterable[str | int]) -> None:
    """Put what is asked for in the place of what the folder was asked.

    Raises
    ------
    InputError
        For an indicator or a year that the results do not hold.
    """
    simulated = [int(year) for year in next(iter(results.annual.values()))["year"].values]
    own = focus.of_manifest(results.manifest)
    told = focus.asked(of or None, years or None, (simulated[0], simulated[-1]), list(results.annual))
    if told:
        results.manifest["focus"] = focus.Focus(told.of or own.of, told.years or own.years).as_written()


def money_rows(folder: Path) -> Rows:
    """Rows of money.csv of a folder; none where it has no such table."""
    from sinobel.reporting.tables import read_back

    file = folder / "money.csv"
    return read_back.table(file, "money") if file.is_file() else ()


def asked_of(folder: Path) -> tuple[Manifest, Request]:
    """What a finished results folder was asked. Raises InputError when it is missing, unfinished or damaged."""
    if not store.is_results(folder):
        raise InputError(Problem("there is no such results folder", shown(folder), hint="make one with {run()}"))
    if not store.is_started(folder):
        raise InputError(Problem("this is no results folder: it holds no manifest.json", shown(folder)))
    manifest = store.read_manifest(folder)
    return manifest, request_of(manifest, shown(folder / "manifest.json"))


def read(folder: Path, asking: str = "a report needs", only: Collection[str] | None = None) -> store.Results:
    """A finished results folder. Raises InputError when it is missing, unfinished, damaged, or keeps no years.

    Parameters
    ----------
    asking : str
        Who needs the years, for the message where there are none.
    only : Collection[str] | None
        Indicators whose years are read, with those that the command asked for, and no months.
    """
    manifest, request = asked_of(folder)
    if not (folder / "annual.nc").is_file():
        needed = f"{asking} the years of every draw, annual.nc, which is not here"
        never = manifest.get("made", {}).get("keep") == "bands"
        hint = "it kept none of them; a run with {keep} years or months does" if never else "{rerun()} makes it anew"
        raise InputError(Problem(needed, shown(folder), hint=hint))
    results = store.read_results(
        folder, None if only is None else {*only, *pairs.parts(focus.of_manifest(manifest).of)}
    )
    names = [scenario.name for scenario in request.scenarios]
    if not results.annual or list(next(iter(results.annual.values())).coords.get("scenario", [])) != names:
        raise InputError(Problem("this file does not belong to the manifest beside it", shown(folder / "annual.nc")))
    return results


def read_studies(folder: Path, named: Sequence[Path]) -> tuple[list[Study], list[Path]]:
    """Studies in the folder, in folders within it, and in the named ones; and folders of studies of other scenarios.

    Raises
    ------
    InputError
        For a named folder without a study.
    """
    from sinobel.reporting.page import Study
    from sinobel.reporting.tables import read_back

    found, left_out = [], []
    below = (path for path in sorted(folder.rglob("manifest.json")) if path.parent != folder)
    within = [path.parent for path in below if store.is_told(path.relative_to(folder))]
    run = store.read_manifest(folder)
    for place in (folder, *within, *named):
        files = [(kind, place / f"{kind}.csv") for kind in STUDIES if (place / f"{kind}.csv").is_file()]
        if place in named and not files:
            ways = "make one with {sensitivity()} or {discover()}"
            raise InputError(Problem("no study lies here", shown(place), hint=ways))
        if not files:
            continue
        manifest = store.read_manifest(place)
        if place in within and not store.belongs(manifest, run):
            left_out.append(place)
            continue
        for kind, file in files:
            found.append(Study(kind, read_back.table(file, kind), manifest))
    return found, left_out
