"""What `sensitivity` is asked, and the folder of what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.values import plain
from sinobel.reporting.tables.tables import to_csv
from sinobel.results.study_folder import Asked, StudyFolder, Told, checked_origin, folder_of, loaded, named
from sinobel.studies.extras import need
from sinobel.studies.sensitivity import tables as told
from sinobel.studies.sensitivity.plan import Findings, Plan

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart


def asked(
    of: str,
    year: Any,
    *,
    scenario: Any = "baseline",
    against: Any = None,
    draws: Any = 1024,
    top: Any = 20,
    trajectories: Any = 24,
    seed: Any = 2017,
    origin: Any = months.DEFAULT_ORIGIN,
    prior: bool = False,
) -> Asked:
    """What `sensitivity` is asked. Raises InputError for anything that is not allowed."""
    need("SALib", "sensitivity")
    policies = loaded(scenario, against)
    written = checked_origin(origin)
    plan = Plan(
        indicator=plain(of),
        year=plain(year),
        scenario=policies[0],
        against=policies[1] if against is not None else None,
        base=plain(draws),
        top=plain(top),
        trajectories=plain(trajectories),
        seed=plain(seed),
        origin=written,
        source="prior" if prior else "posterior",
    )
    arguments = {
        "of": plan.indicator,
        "year": plan.year,
        "scenario": named(scenario),
        "against": named(against),
        "draws": plan.base,
        "top": plan.top,
        "trajectories": plan.trajectories,
        "seed": plan.seed,
        "origin": written,
        "prior": prior,
    }
    return Asked("sensitivity", plan, arguments, policies, _name(plan))


def _name(plan: Plan) -> str:
    """Name of the folder, unless told."""
    own = f"-{plan.scenario.name}" * (plan.scenario.name != "baseline" or plan.against is not None)
    return f"sensitivity-{plan.indicator}-{plan.year}{own}"


def folder(asked: Asked, found: Findings) -> StudyFolder:
    """The folder of what was found."""
    plan = found.plan
    tables = {
        "sensitivity.csv": to_csv(told.share_rows(found)),
        "sensitivity-groups.csv": to_csv(told.group_rows(found)),
        "screening.csv": to_csv(told.screening_rows(found)),
    }
    files = {
        "sensitivity.csv": "shares of the variance by factor",
        "sensitivity-groups.csv": "by subject, and chance",
        "screening.csv": "effect of every uncertain parameter",
        "charts/sensitivity.png, .svg": "both as a chart",
    }
    title = f"What the uncertainty of {told.subject_of(plan)} rests on"
    words = Told(
        title,
        told.verdicts(found),
        method=told.METHOD,
        columns=told.COLUMNS,
        runs=f"{found.runs:,} runs",
        files=files,
    )
    charts = {"sensitivity": lambda foot: chart(found, foot)}
    return folder_of(asked, plan.request(found.runs), words, tables, charts)


def chart(found: Findings, foot: str) -> Chart:
    """Shares by factor and by subject as a chart."""
    from sinobel.reporting.charts import studies as charts

    return charts.sensitivity(told.share_rows(found), told.group_rows(found), told.subject_of(found.plan), foot)
