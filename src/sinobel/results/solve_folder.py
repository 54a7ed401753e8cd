"""What `solve` is asked, and the folder of its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.values import names as listed
from sinobel.reporting.tables.tables import to_csv
from sinobel.results.study_folder import Asked, StudyFolder, Told, checked_origin, folder_of, loaded, named
from sinobel.studies.solve import tables as told
from sinobel.studies.solve.lever_ranges import parse_lever
from sinobel.studies.solve.plan import Plan, Solution
from sinobel.studies.targets import parse_all

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart


def asked(
    target: str | Sequence[str],
    lever: str | Sequence[str],
    *,
    probability: Any = 0.8,
    scenario: Any = "baseline",
    start: Any = None,
    draws: Any = 2000,
    seed: Any = 2017,
    origin: Any = months.DEFAULT_ORIGIN,
    prior: bool = False,
) -> Asked:
    """What `solve` is asked. Raises InputError for anything that is not allowed."""
    policies = loaded(scenario)
    targets, levers = [str(each) for each in listed(target)], [str(each) for each in listed(lever)]
    written = checked_origin(origin)
    plan = Plan(
        targets=parse_all(targets),
        handles=tuple(parse_lever(text) for text in levers),
        scenario=policies[0],
        probability=probability,
        start=start,
        draws=draws,
        seed=seed,
        origin=written,
        source="prior" if prior else "posterior",
    )
    arguments = {
        "target": targets,
        "lever": levers,
        "probability": plan.probability,
        "scenario": named(scenario),
        "from": plan.first_month,
        "draws": plan.draws,
        "seed": plan.seed,
        "origin": written,
        "prior": prior,
    }
    return Asked("solve", plan, arguments, policies, _name(plan))


def _name(plan: Plan) -> str:
    """Name of the folder, unless told."""
    first = plan.targets[0]
    parts = ["solve", first.short, str(first.year), *(each.name.partition(".")[2] for each in plan.handles)]
    own = [plan.scenario.name] if plan.scenario.name != "baseline" else []
    return "-".join([*parts, *own])


def folder(asked: Asked, solution: Solution) -> StudyFolder:
    """The folder of what was found."""
    plan, rows, needed = solution.plan, told.curve_rows(solution), told.frontier_rows(solution)
    tables = {"answer.csv": to_csv([told.answer_of(solution)]), "trade-off.csv": to_csv(rows)}
    files = {
        "answer.csv": "what was asked and found, in one row",
        "trade-off.csv": "every value tried",
        "charts/trade-off.png, .svg": "the table as a chart",
    }
    if needed:
        tables["frontier.csv"] = to_csv(needed)
        files["frontier.csv"] = "what the second lever must be at each value of the first"
    title = f"What it takes for {told.asked(plan)}"
    words = Told(
        title,
        told.verdicts(solution),
        method=told.METHOD,
        columns=told.COLUMNS,
        runs=f"{plan.draws:,} draws",
        files=files,
    )
    request = plan.request(list(asked.policies))
    return folder_of(asked, request, words, tables, {"trade-off": lambda foot: chart(solution, foot)})


def chart(solution: Solution, foot: str) -> Chart:
    """The trade-off as a chart."""
    from sinobel.reporting.charts import solve as charts

    rows, needed = told.curve_rows(solution), told.frontier_rows(solution)
    about = charts.Asked(foot=foot, **told.chart_words(solution))
    found = solution.found
    if found is not None:
        stretches = [(each.low, each.high) for each in found.stretches]
        value = None if solution.met_before or solution.any_does else found.value
        answer = None if value is None else charts.Answer(value, found.interval)
        stands = (solution.start, solution.before.probability)
        return charts.trade_off(rows, about, stretches=stretches, answer=answer, start=stands)
    if needed:
        return charts.frontier(rows, needed, about)
    return charts.choices(rows, about, solution.before.probability)
