"""Results that a Python user holds, as the folder and the page that the command line makes of the same request."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.analysis import years
from sinobel.inputs.reading import InputError, digest_stream, quoted
from sinobel.inputs.values import names as listed
from sinobel.results import asking_again, brief_of_folder, page_of_folder, run_folder, workbook_of_folder
from sinobel.results.formats import formats_of
from sinobel.results.progress import saving as watched
from sinobel.runs.manifest import Manifest, parse_manifest, request_of
from sinobel.runs.request import Progress, Request

if TYPE_CHECKING:
    import xarray as xr

    from sinobel.analysis.question import Question


def command_of(request: Request, given: Sequence[Any]) -> str:
    """The command that asks for the folder of a request made in Python.

    Parameters
    ----------
    given : Sequence[Any]
        The scenarios as the caller named them: names, paths or a `Scenario`.
    """
    named = asking_again.names_of(given, request.scenarios)
    return asking_again.ANEW if named is None else run_folder.command_of_run(named, request)


def result_of(annual: Mapping[str, Any]) -> str:
    """Hash of all yearly values, as manifests hold it.

    Parameters
    ----------
    annual : Mapping[str, Any]
        Indicator -> array with dims draw, year, or scenario, draw, year.
    """
    return digest_stream(np.ascontiguousarray(annual[name].values).tobytes() for name in annual)


def manifest_in(results: Any, asking: str) -> Manifest:
    """The manifest that a dataset carries.

    Raises
    ------
    InputError
        For what is no dataset, or one without a manifest.
    """
    years.require_dataset(results, asking)
    if "manifest" not in results.attrs:
        raise InputError("this dataset has no manifest; take one of sinobel.run, sinobel.compare or a results folder")
    return parse_manifest(str(results.attrs["manifest"]), "manifest of the dataset")


def _unchanged(results: xr.Dataset, manifest: Manifest) -> None:
    """Refuse a dataset whose numbers are not those that its manifest asks for."""
    if "band" in results.dims:
        return
    same = False
    if set(results.dims) <= {"scenario", "draw", "time", "year"} and "draw" in results.dims:
        ordered = results.transpose(*(dim for dim in ("scenario", "draw", "time", "year") if dim in results.dims))
        with contextlib.suppress(InputError):  # months that are those of no run any more
            yearly = ordered if "year" in ordered.dims else years.annual(ordered)
            same = result_of({str(name): each for name, each in yearly.data_vars.items()}) == manifest.get("result")
    if not same:
        raise InputError(
            "these are not the numbers of the run any more, of every scenario, draw and indicator; save what "
            "sinobel.run or sinobel.compare returned, or what sinobel.annual made of it"
        )


def question_for(
    request: Request,
    country: str | None,
    objectives: str | Path | None,
    weights: Mapping[str, float] | None,
    discount: Any,
) -> tuple[Question | None, list[str]]:
    """What is asked of a comparison, and the words of the command line for it; nothing of a single scenario.

    Raises
    ------
    InputError
        For what is not allowed, and for any question of a single scenario: there is no choice to tell.
    """
    question = run_folder.question_for(request.scenarios[0].name, country, objectives, weights, discount)
    if len(request.scenarios) < 2:
        asked = {"country": country, "objectives": objectives, "weights": weights, "discount": discount}
        if idle := [name for name, value in asked.items() if value]:
            one = quoted(request.scenarios[0].name)
            ask = "asks" if len(idle) == 1 else "ask"
            raise InputError(f"{' and '.join(idle)} {ask} whose gain a choice is, and {one} alone is none; compare two")
        return None, []
    told = [f"{name}={float(value)!r}" for name, value in (weights or {}).items()]
    return question, run_folder.options_of(question, country, objectives, told)


def save(
    results: xr.Dataset,
    folder: str | Path,
    *,
    keep: str = "years",
    formats: str | Sequence[str] = "nc",
    country: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: Any = 0.0,
    charts: bool = True,
    draw: bool = True,
    replace: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> run_folder.Made:
    """Make the folder that the command line makes of the same request. Raises InputError for what is not allowed."""
    manifest = manifest_in(results, "save" if draw else "report")
    _unchanged(results, manifest)
    request = request_of(manifest)
    question, asked = question_for(request, country, objectives, weights, discount)
    command = str(manifest.get("command", asking_again.ANEW))
    if asked and command != asking_again.ANEW:
        import shlex

        command = " ".join([command, *map(shlex.quote, asked)])
    with watched(progress, charts=charts and draw) as step:
        return run_folder.produce(
            request,
            Path(folder),
            jobs,
            formats_of(",".join(listed(formats))),
            command,
            keep=keep,
            question=question,
            charts=charts,
            draw=draw,
            replace=replace,
            progress=step,
            expected=manifest.get("result"),
        )


def report(
    results: xr.Dataset | str | Path,
    out: str | Path | None = None,
    *,
    studies: Sequence[str | Path] = (),
    of: Any = None,
    year: Any = None,
    replace: bool = False,
    jobs: int = 1,
    question: Mapping[str, Any] | None = None,
) -> page_of_folder.PageMade:
    """Write the page of a results folder, or of a dataset in memory, whose folder is made and dropped again."""
    target = None if out is None else Path(out)
    told = [Path(each) for each in listed(studies)]
    how: dict[str, Any] = {"of": of or "", "years": year or "", "replace": replace}
    asked = {name: value for name, value in (question or {}).items() if value is not None}
    if isinstance(results, str | Path):
        if asked:
            raise InputError(f"a folder was asked when it was made; {' and '.join(asked)} go with results in memory")
        return page_of_folder.write_page(Path(results), target, told, **how)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "results"
        save(results, place, draw=False, jobs=jobs, **asked)
        return page_of_folder.write_page(place, target or Path(page_of_folder.PAGE), told, **how)


def brief(
    results: xr.Dataset | str | Path,
    out: str | Path | None = None,
    *,
    of: Any = None,
    year: Any = None,
    replace: bool = False,
    jobs: int = 1,
    **head: Any,
) -> brief_of_folder.BriefMade:
    """Write the brief of a results folder, or of a dataset in memory, whose folder is made and dropped again."""
    target = None if out is None else Path(out)
    how: dict[str, Any] = {"of": of or "", "years": year or "", "replace": replace} | head
    if isinstance(results, str | Path):
        return brief_of_folder.write_brief(Path(results), target, **how)
    target = target or Path(brief_of_folder.BRIEF)
    brief_of_folder.check_form(target)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "results"
        save(results, place, draw=False, jobs=jobs)
        return brief_of_folder.write_brief(place, target, **how)


def workbook(
    results: xr.Dataset | str | Path,
    out: str | Path | None = None,
    *,
    replace: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
    **live: Any,
) -> workbook_of_folder.WorkbookMade:
    """Write the workbook of a results folder, or of a dataset in memory, whose folder is made and dropped again."""
    target = None if out is None else Path(out)
    asked: dict[str, Any] = {"replace": replace, "progress": progress} | live
    if isinstance(results, str | Path):
        return workbook_of_folder.write_workbook(Path(results), target, **asked)
    target = target or Path(workbook_of_folder.WORKBOOK)
    workbook_of_folder.check_form(target)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "results"
        save(results, place, draw=False, jobs=jobs)
        return workbook_of_folder.write_workbook(place, target, **asked)


def manifest_text(manifest: Manifest) -> str:
    """A manifest as a dataset carries it."""
    return json.dumps(manifest, sort_keys=True)
