"""What `discover` is asked, and the folder of what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.values import names as listed
from sinobel.inputs.values import plain
from sinobel.results.study_folder import (
    Asked,
    StudyFolder,
    Told,
    checked_origin,
    csv_or_header,
    folder_of,
    loaded,
    named,
)
from sinobel.studies.discover import study
from sinobel.studies.discover.prim import Findings
from sinobel.studies.extras import need
from sinobel.studies.targets import parse_all

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart


def asked(
    scenario: Any,
    *,
    fails: str | Sequence[str] | None = None,
    against: Any = None,
    better: str | None = None,
    year: Any = None,
    draws: Any = 4000,
    seed: Any = 2017,
    origin: Any = months.DEFAULT_ORIGIN,
    prior: bool = False,
) -> Asked:
    """What `discover` is asked. Raises InputError for anything that is not allowed."""
    need("sklearn", "discover")
    policies = loaded(scenario, against)
    texts = [str(each) for each in listed(fails)] if fails else []
    written, judged_in = checked_origin(origin), plain(year)
    plan = study.Plan(
        scenario=policies[0],
        fails=parse_all(texts, option="fails", word="or") if texts else (),
        against=policies[1] if against is not None else None,
        better=study.parse_better(better) if better else None,
        year=judged_in,
        draws=plain(draws),
        seed=plain(seed),
        origin=written,
        source="prior" if prior else "posterior",
    )
    arguments = {
        "scenario": named(scenario),
        "fails": texts,
        "against": named(against),
        "better": better,
        "year": judged_in,
        "draws": plan.draws,
        "seed": plan.seed,
        "origin": written,
        "prior": prior,
    }
    judged = plan.fails[0].short if plan.fails else str(plan.better and plan.better[0])
    dated = "" if plan.against is not None and plan.year is None else f"-{plan.last_year}"
    return Asked("discover", plan, arguments, policies, f"discover-{plan.scenario.name}-{judged}{dated}")


def folder(asked: Asked, found: Findings) -> StudyFolder:
    """The folder of what was found."""
    plan: study.Plan = asked.plan
    rows = study.box_rows(plan, found)
    files = {"failure-boxes.csv": "boxes of futures in which the policy fails more often, one row per condition"}
    if rows:
        files["charts/failure-boxes.png, .svg"] = "the boxes, and every future"
    title = f"In which futures does {plan.scenario.name} fail?"
    runs = f"{plan.draws:,} draws"
    words = Told(title, study.verdicts(plan, found), method=study.METHOD, columns=study.COLUMNS, runs=runs, files=files)
    tables = {"failure-boxes.csv": csv_or_header(rows, study.NAMES)}
    charts = {"failure-boxes": lambda foot: chart(plan, found, foot)} if rows else {}
    return folder_of(asked, plan.request(), words, tables, charts)


def chart(plan: study.Plan, found: Findings, foot: str) -> Chart:
    """The boxes, and every future."""
    from sinobel.reporting.charts import studies as charts

    rows, verdicts = study.box_rows(plan, found), study.verdicts(plan, found)
    return charts.failure_boxes(
        rows, found.features, failed=found.failed, title=study.headline(plan, found), subtitle=verdicts[0], foot=foot
    )
