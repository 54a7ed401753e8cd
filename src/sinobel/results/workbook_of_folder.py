"""The workbook of a results folder: what is read for it, the surface of its live sheet, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sinobel import store
from sinobel.inputs import months
from sinobel.inputs.evidence import using
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.quantities import label_and_name
from sinobel.inputs.reading import InputError, Problem, digest, shown
from sinobel.runs.manifest import request_of
from sinobel.runs.request import Progress

if TYPE_CHECKING:
    from sinobel.analysis.surface import Surface
    from sinobel.policies.scenarios import Scenario
    from sinobel.reporting.basis import ChangeBasis
    from sinobel.reporting.result_data import ResultData
    from sinobel.reporting.workbook.live import Live
    from sinobel.runs.request import Request
    from sinobel.studies.surface.study import Found, Plan

WORKBOOK = "workbook.xlsx"
DRAWS = 256
"""Futures that the surface of a live sheet is fitted to, unless told."""
LEADING, ANSWERED = 2, 6
"""Indicators of a live sheet that the answer tells first, and all of them."""
HEADLINE = (
    "exports_to_china",
    "balance_with_china",
    "debt_to_china",
    "reserves",
    "income_per_head",
    "potash_revenue",
)
"""Indicators of a live sheet where the answer leaves room."""


@dataclass(frozen=True)
class WorkbookMade:
    """A workbook that was written, and where the user's file went that was in the way."""

    file: Path
    aside: Path | None


def write_workbook(
    folder: Path,
    out: Path | None = None,
    *,
    live: bool = False,
    draws: int = DRAWS,
    replace: bool = False,
    progress: Progress | None = None,
) -> WorkbookMade:
    """Write the workbook of a finished results folder.

    Parameters
    ----------
    folder : Path
        Or its manifest.
    out : Path | None
        File ending in .xlsx; workbook.xlsx in the folder.
    live : bool
        With the live sheet, for which the model is run.
    draws : int
        Futures that its surface is fitted to.

    Raises
    ------
    InputError
        For a folder that no workbook can be made of, and whatever else is not allowed.
    """
    from sinobel.reporting.workbook import book

    folder = folder.parent if folder.name == "manifest.json" else folder
    target = out or folder / WORKBOOK
    check_form(target)
    data, told = data_of(folder)
    store.check_office(target, replace=replace)  # before a live sheet, which takes minutes
    request = request_of(data.manifest)
    with using(request.record):
        sheet = live_of(data, request, draws, progress) if live else None
        made = book.build(data, sheet, told)
    return WorkbookMade(target, store.put_office(target, store.with_mark(made), replace=replace))


def check_form(target: Path) -> None:
    """Raise InputError for another ending, or where the library is missing."""
    if target.suffix.lower() != ".xlsx":
        raise InputError(Problem(f" {shown(target)} must end in .xlsx", argument="out"))
    if find_spec("xlsxwriter") is None:
        raise InputError("a workbook needs the extra `export`: pip install 'sinobel[export]'")


def data_of(folder: Path) -> tuple[ResultData, str]:
    """What the folder holds, as the workbook takes it, and what must be said of it."""
    from sinobel.reporting.result_data import ResultData
    from sinobel.results.basis import basis_of
    from sinobel.results.kept_basis import read_kept
    from sinobel.results.notices import notice
    from sinobel.results.page_of_folder import money_rows, read

    results = read(folder, "a workbook needs")
    with using(request_of(results.manifest).record):
        kept = read_kept(folder, results.manifest, results.annual)
        data = ResultData(
            manifest=results.manifest,
            summary=results.summary,
            bands=results.bands,
            examples=results.examples,
            basis=kept.basis or basis_of(results.manifest),
            money=money_rows(folder),
        )
        return data, notice(results.manifest, kept)


# --- the live sheet --------------------------------------------------------------------------------------------------


def live_of(data: ResultData, asked: Request, draws: int = DRAWS, progress: Progress | None = None) -> Live:
    """The live sheet of some results: a surface fitted to runs of today's program, over the levers they differ in.

    Parameters
    ----------
    asked : Request
        Of the results.
    """
    from sinobel.reporting.workbook.live import Live
    from sinobel.studies.surface import axes, study

    reference, options = _parted(data, asked)
    plan = plan_of(data, asked, draws)
    found = study.run(plan, progress)
    return Live(
        surface=as_in_summary(found.surface, data),
        against=data.reference,
        first=plan.first_month,
        set_to=set_to(data.basis.changes),
        left_out=[
            label_and_name(name, all_levers()[name].label) for name in axes.left_out(plan.axes, reference, options)
        ],
        made=_made(found, data),
        fitted=sum(plan.fitted),
        held_out=sum(plan.held_out),
        draws=plan.draws,
        futures=asked.draws,
    )


def _parted(data: ResultData, asked: Request) -> tuple[Scenario, list[Scenario]]:
    """The reference of some results, and the options."""
    by_name = {each.name: each for each in asked.scenarios}
    return by_name[data.reference], [by_name[name] for name in data.options]


def as_in_summary(surface: Surface, data: ResultData) -> Surface:
    """A surface of few futures, whose levels without a change are those of all futures, as the summary has them."""
    years = [int(year) for year in data.summary.years]
    middles = {each.indicator: data.summary.bands(each.indicator, data.reference)["p50"] for each in surface.answers}
    answers = (replace(each, before=float(middles[each.indicator][years.index(each.year)])) for each in surface.answers)
    return replace(surface, answers=tuple(answers))


def plan_of(data: ResultData, asked: Request, draws: int) -> Plan:
    """What the surface is fitted to."""
    from sinobel.studies.surface import axes, study

    reference, options = _parted(data, asked)
    years = study.years_of(asked.origin, data.horizon)
    first = study.first_month(asked.origin)
    if months.parse(first) > asked.months[1]:
        raise InputError("a live sheet sets levers from a year after the origin; these results end before")
    plan = study.Plan(
        reference=reference,
        axes=(),
        indicators=tuple(indicators_of(data)),
        years=years,
        draws=draws,
        seed=asked.seed,
        origin=asked.origin,
        source=asked.parameters,
    )
    return plan.over(axes.axes_of(reference, options, plan.request([reference]), months.parse(first)))


def indicators_of(data: ResultData) -> list[str]:
    """Indicators that are answered: what the answer tells first, then headlines; none that is no number somewhere."""
    known = all_indicators()
    wanted = dict.fromkeys([*data.leading[:LEADING], *HEADLINE])
    missing = {name for name in data.annual if not np.isfinite(data.annual[name].values).all()}
    return [name for name in wanted if name in known and name not in missing][:ANSWERED]


def set_to(changes: Mapping[str, tuple[ChangeBasis, ...]]) -> dict[str, str]:
    """Lever -> what scenarios set it to: "untied-finance: 0 %"."""
    told: dict[str, list[str]] = {}
    for name, found in changes.items():
        for each in found:
            value = f"× {each.scale}" if each.value == "" else _written(each)
            rule = " where its rule holds" if each.start or each.held is not None else ""
            told.setdefault(each.lever, []).append(f"{name}: {value}{rule}")
    return {lever: "; ".join(dict.fromkeys(texts)) for lever, texts in told.items()}


def _written(change: ChangeBasis) -> str:
    """What a change sets its lever to, as sentences have it."""
    from sinobel.reporting.workbook.live import as_told

    value = change.value
    return as_told(value, change.unit) if isinstance(value, float) else f"{value}"


def _made(found: Found, data: ResultData) -> dict[str, object]:
    """Everything needed to fit the same surface again, and to see whether it is the same."""
    from sinobel.runs.manifest import hashes, versions

    plan = found.plan
    request = plan.request([plan.reference])
    of_program = {f"hash of {name}": value for name, value in hashes(request).items() if isinstance(value, str)}
    weights = repr([[fit.weights for fit in answer.fits] for answer in found.surface.answers])
    full, some = plan.fitted
    return {
        "results of the folder": str(data.manifest.get("result", "")),
        "reference": plan.reference.name,
        "hash of the reference": plan.reference.digest,
        "levers are set from": plan.first_month,
        "futures": plan.draws,
        "seed": plan.seed,
        "origin": plan.origin,
        "parameters": plan.source,
        "design": f"scrambled Sobol' points: {full} in the whole space, {some} in which half of the levers stay",
        "settings simulated, with the start": found.runs,
        "settings held out": sum(plan.held_out),
        "hash of the settings": found.points,
        "hash of the weights": digest(weights),
        **{f"version of {name}": version for name, version in versions().items()},
        **of_program,
    }
