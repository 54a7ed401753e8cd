"""What it takes, as rows of tables and in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.analysis.rows import Row, column, meanings
from sinobel.inputs.levers import Value
from sinobel.inputs.quantities import axis_unit, digits, in_text, span, with_unit
from sinobel.studies.solve import roots
from sinobel.studies.solve.lever_ranges import Handle
from sinobel.studies.solve.plan import Plan, Point, Solution
from sinobel.studies.targets import PLUS, TIMES

TIED_TOLD = 3
"""Values that do equally well and are named each."""
METHOD = (
    "Every value meets the same futures. The root sought is that of the margin which the wanted share of futures has "
    "(Brent's method between the points of a grid); what happens only between two grid points is not seen. Of "
    "several values that would do, the one that changes least is told."
)


@dataclass(frozen=True, eq=False, kw_only=True)
class CurveRow(Row):
    """A value that was tried, with the probability of reaching the target."""

    levers: Mapping[str, float | str] = column(
        "value of the lever, and of the second one where there are two; in the unit of the lever",
        listed="lever, second",
        each="{}",
    )
    probability: float = column("share of futures in which the target holds; every target where there are several")
    probability_low: float = column(
        "its 90 % interval for the chance of having drawn these futures", listed="probability_low, probability_high"
    )
    probability_high: float = column()
    median: float = column("of the indicator of the target over futures, in its yearly unit", listed="median, p10, p90")
    p10: float = column()
    p90: float = column()
    holds: bool = column("whether the target is reached with the wanted probability")
    seen: bool = column(
        "whether the record or other countries have seen every value; what was not is beyond experience"
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class FrontierRow(Row):
    """For a value of the first lever the needed value of the second."""

    lever: float | str = column()
    needed: float | str = column(
        "smallest change of the second lever that reaches the target at this value of the first; empty for none"
    )
    probability: float | str = column()


@dataclass(frozen=True, eq=False, kw_only=True)
class AnswerRow(Row):
    """What was asked, and the best of what was tried, all of them where several tie."""

    scenario: str = column("name of the scenario")
    target: str = column("the target; every one where there are several")
    wanted: float = column("probability with which it is to be reached")
    levers: str = column("levers that are moved, and the first month of the change", listed="levers, from")
    first_month: str = column(name="from")
    probability_before: float = column("share of futures in which the target holds without a change")
    best_probability: float = column(
        "largest share of all values tried, and the values that have it, with “;” between those that tie",
        listed="best_probability, best_values",
    )
    best_values: str = column()


@dataclass(frozen=True, eq=False, kw_only=True)
class FoundRow(AnswerRow):
    """The same with the value that was found, for one lever that is a number."""

    value: float | str = column(
        "value found, nearest to where the lever stands; empty for none, and where every value does"
    )
    value_low: float | str = column(
        "90 % range of the found value for the chance of having drawn these futures", listed="value_low, value_high"
    )
    value_high: float | str = column()
    stretches: str = column("every stretch of values that reach the target")


def curve_rows(solution: Solution) -> list[CurveRow]:
    """Rows of `trade-off.csv`: every value tried, with the probability of reaching the target."""
    plan = solution.plan
    shares = np.array([point.probability for point in solution.points])
    lows, highs = roots.share_interval(shares, plan.draws)
    return [
        CurveRow(
            levers={key: written(value) for key, value in zip(("lever", "second"), point.values, strict=False)},
            probability=point.probability,
            probability_low=float(low),
            probability_high=float(high),
            median=point.median,
            p10=point.p10,
            p90=point.p90,
            holds=point.probability >= plan.probability,
            seen=not any(each.lever.beyond(value) for each, value in zip(plan.handles, point.values, strict=True)),
        )
        for point, low, high in zip(solution.points, lows, highs, strict=True)
    ]


def written(value: Value) -> float | str:
    """A value of a lever as it stands in a table."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def frontier_rows(solution: Solution) -> list[FrontierRow]:
    """Rows of `frontier.csv`: for each value of the first lever the needed value of the second."""
    return [
        FrontierRow(
            lever=written(value),
            needed="" if needed is None else needed,
            probability="" if needed is None else solution.at(value, needed).probability,
        )
        for value, needed in solution.frontier
    ]


def answer_of(solution: Solution) -> AnswerRow:
    """The row of `answer.csv`."""
    plan, answer, best = solution.plan, solution.found, solution.best
    tied = [" and ".join(str(written(value)) for value in point.values) for point in best]
    asked: dict[str, Any] = {
        "scenario": plan.scenario.name,
        "target": " and ".join(map(str, plan.targets)),
        "wanted": plan.probability,
        "levers": " and ".join(handle.name for handle in plan.handles),
        "first_month": plan.first_month,
        "probability_before": solution.before.probability,
        "best_probability": best[0].probability,
        "best_values": "; ".join(tied),
    }
    if answer is None:
        return AnswerRow(**asked)
    low, high = answer.interval
    return FoundRow(
        **asked,
        value="" if answer.value is None or solution.any_does else answer.value,
        value_low="" if low is None or solution.any_does else low,
        value_high="" if high is None or solution.any_does else high,
        stretches="; ".join(f"{each.low:g} to {each.high:g}" for each in answer.stretches),
    )


def asked(plan: Plan) -> str:
    """The targets in words."""
    return " and ".join(target.words for target in plan.targets)


def value_words(handle: Handle, value: Value) -> str:
    """A value of a lever as people say it, with its unit, as finely as it is told."""
    if not handle.is_number:
        return str(written(value))
    return with_unit(_told(handle, value), handle.lever.unit)


def _told(handle: Handle, value: Value) -> float:
    fine = roots.step(handle.low, handle.high)
    return float(f"{round(float(value) / fine) * fine:.10g}")


def _bare(handle: Handle, value: Value) -> str:
    """The same as scenario files write it, without its unit."""
    return digits(_told(handle, value)) if handle.is_number else str(written(value))


def _range_words(handle: Handle) -> str:
    """Every value that may be tried: "belarus.reform from 0 to 1 (index 0-1)"."""
    if not handle.is_number:
        return f"{handle.name} ({handle.lever.allowed})"
    return f"{handle.name} from {_span(handle, handle.low, handle.high)}"


def _span(handle: Handle, low: float, high: float) -> str:
    return span(value_words(handle, low), value_words(handle, high))


def point_words(plan: Plan, point: Point) -> str:
    """Values of all levers of a point: "china.tied_share = 1.3 % of disbursement"."""
    pairs = zip(plan.handles, point.values, strict=True)
    return " and ".join(f"{handle.name} = {value_words(handle, value)}" for handle, value in pairs)


def _best_words(solution: Solution) -> str:
    """What did best, in a sentence; where several tie, none of them is named alone."""
    plan, best = solution.plan, solution.best
    share = f"{100 * best[0].probability:.1f} %"
    if len(best) == 1:
        return f"The best is {point_words(plan, best[0])} with {share}."
    return f"The best are {_tied(solution)}, which tie at {share}."


def _tied(solution: Solution) -> str:
    """Values that tie: each while they are few, else how many they are and the ends of a single lever."""
    plan, best = solution.plan, solution.best
    if len(best) <= TIED_TOLD:
        *first, last = (point_words(plan, point) for point in best)
        return f"{', '.join(first)} and {last}"
    told = f"{len(best)} of {len(solution.points)} values tried"
    if len(plan.handles) == 1 and plan.handles[0].is_number:
        (handle,), (low,), (high,) = plan.handles, best[0].values, best[-1].values
        return f"{told} of {handle.name}, from {_span(handle, float(low), float(high))}"
    return told


def headline(solution: Solution) -> str:
    """The answer in one line, the title of a chart."""
    plan, answer = solution.plan, solution.found
    wanted = f"{100 * plan.probability:.3g} %"
    if solution.met_before:
        return f"Reached with {100 * solution.before.probability:.0f} % without any change"
    if solution.any_does:
        return f"Every value tried of {plan.handles[0].name} reaches {wanted}"
    if answer is not None and answer.value is not None:
        return f"It takes {plan.handles[0].name} = {value_words(plan.handles[0], answer.value)} for {wanted}"
    if any(point.probability >= plan.probability for point in solution.points):
        if solution.frontier:
            reached = sum(needed is not None for _, needed in solution.frontier)
            return f"{wanted} can be reached at {reached} of {len(solution.frontier)} values of {plan.handles[0].name}"
        share = f"{100 * solution.best[0].probability:.0f} %"
        if solution.none_differs:
            return f"No value makes a difference: each reaches it with {share}"
        if len(solution.best) > 1:
            return f"{_tied(solution)} do equally well: {share}"
        return f"{point_words(plan, solution.best[0])} does best: {share}"
    most = "what every value gives" if solution.none_differs else "the most"
    return f"Out of reach: {100 * solution.best[0].probability:.0f} % is {most}, {wanted} was asked"


def verdicts(solution: Solution) -> list[str]:
    """What was found, in sentences."""
    plan, answer = solution.plan, solution.found
    wanted = f"{100 * plan.probability:.3g} %"
    lines = [
        *plan.beyond,
        f"Target: {asked(plan)}, with {wanted}. Without any change of {plan.scenario.name} it is reached in "
        f"{100 * solution.before.probability:.1f} % of {plan.draws:,} futures.",
    ]
    if plan.replaced:
        lines.append(f"What {plan.scenario.name} itself does with {' and '.join(plan.replaced)} is replaced.")
    if solution.met_before:
        lines.append("So it takes nothing more; the table shows what other values would do.")
    if answer is not None and answer.stretches:
        lines += _found(solution)
    elif not any(point.probability >= plan.probability for point in solution.points):
        ranges = " and ".join(map(_range_words, plan.handles))
        share = 100 * solution.best[0].probability
        reached = _best_words(solution)
        if share == 0:
            reached = f"Not one of {plan.draws:,} futures reaches it at any value tried."
        elif solution.none_differs:
            reached = f"None differs: every value tried reaches it in {share:.1f} % of futures."
        lines.append(f"No value of {ranges} reaches it with {wanted}. {reached}")
    elif solution.frontier:
        lines += _frontier(solution)
    else:
        doing = [point for point in solution.points if point.probability >= plan.probability]
        lines += [f"{point_words(plan, point)} reaches it: {100 * point.probability:.1f} %." for point in doing]
        if len(solution.best) > 1 and not solution.none_differs:
            lines.append(_best_words(solution))
    if solution.none_differs and any(point.probability >= plan.probability for point in solution.points):
        share = 100 * solution.best[0].probability
        lines.append(f"None differs: every value tried reaches it in {share:.1f} % of futures.")
    return lines


def _found(solution: Solution) -> list[str]:
    plan, answer = solution.plan, solution.found
    assert answer is not None
    assert answer.value is not None
    handle = plan.handles[0]
    lines = []
    if solution.any_does:
        ends = _span(handle, handle.low, handle.high)
        return [f"Every value tried of {handle.name} reaches it, {ends}."]
    if not solution.met_before:
        low, high = answer.interval
        first, last = ("beyond the range" if end is None else value_words(handle, end) for end in (low, high))
        ends = f"{first} to {last}" if low is None or high is None else span(first, last)
        stands = "" if solution.start is None else f", which stands at {value_words(handle, solution.start)}"
        lines.append(
            f"It takes {handle.name} = {value_words(handle, answer.value)} from {plan.first_month}{stands}: then it is "
            f"reached in {100 * solution.at(answer.value).probability:.1f} % of futures. Other {plan.draws:,} futures "
            f"would have told {ends} (90 %)."
        )
        if far := handle.lever.beyond(answer.value):
            lines.append(f"That is {far}.")
    only, others = answer.stretches[0], answer.stretches[1:]
    if solution.met_before or others or answer.value not in (only.low, only.high):
        stretches = "; ".join(_span(handle, each.low, each.high) for each in answer.stretches)
        lines.append(f"Values of {handle.name} that reach it: {stretches}.")
    elif only.low < only.high:  # the value told begins or ends them
        end = only.high if answer.value == only.low else only.low
        lines.append(f"So does every value from there to {value_words(handle, end)}.")
    return lines


def _frontier(solution: Solution) -> list[str]:
    first, second = solution.plan.handles
    lines = []
    for value, needed in solution.frontier:
        takes = f"no value of {second.name} is enough"
        if needed is not None:
            takes = f"it takes {second.name} = {value_words(second, needed)}"
        lines.append(f"With {first.name} = {value_words(first, value)}, {takes}.")
    return lines


def _plain(value: float) -> str:
    """A number with four digits and commas, large ones written out."""
    return f"{float(f'{value:.4g}'):,.12g}"


def curve_table(solution: Solution, most: int = 12) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the trade-off for the terminal: some of the values tried, the found one among them."""
    plan = solution.plan
    shares = np.array([point.probability for point in solution.points])
    lows, highs = roots.share_interval(shares, plan.draws)
    found = solution.found.value if solution.found else None
    chosen = {round(place) for place in np.linspace(0, len(shares) - 1, min(most, len(shares)))}
    if solution.frontier:
        pairs = {(value, needed) for value, needed in solution.frontier if needed is not None}
        chosen = {place for place, point in enumerate(solution.points) if point.values in pairs} or chosen
    best = solution.best if len(solution.best) <= TIED_TOLD else solution.best[:1]
    chosen |= {place for place, point in enumerate(solution.points) if point in best}
    lines = []
    for place, (point, low, high) in enumerate(zip(solution.points, lows, highs, strict=True)):
        if place in chosen or point.values == (found,):
            cells = [_bare(handle, value) for handle, value in zip(plan.handles, point.values, strict=True)]
            share = f"{100 * point.probability:.1f} % [{100 * low:.0f} to {100 * high:.0f}]"
            cells += [share, f"{_plain(point.median)} [{_plain(point.p10)} to {_plain(point.p90)}]"]
            lines.append([*cells, "yes" if point.probability >= plan.probability else "no"])
    first = plan.targets[0]
    header = [f"{each.name}, {each.lever.unit}" if each.is_number else each.name for each in plan.handles]
    told = {"": first.quantity, PLUS: f"change of {first.quantity}", TIMES: f"{first.quantity} over baseline"}
    median = f"{told[first.against]} {first.year}: median [80 %]"
    return [*header, "probability [90 %]", median, "reaches it"], lines


def chart_words(solution: Solution) -> dict[str, Any]:
    """Words of the charts: title, subtitle, labels of levers and indicator, target and wanted probability."""
    plan = solution.plan
    first = plan.targets[0]
    units = [axis_unit(unit) for unit in (*(handle.lever.unit for handle in plan.handles), first.unit)]
    labels = [f"{each.lever.label}, {called}" for each, (_, called) in zip(plan.handles, units, strict=False)]
    return {
        "title": _title(solution),
        "subtitle": f"{asked(plan)}; {plan.scenario.title or plan.scenario.name}, set from {plan.first_month}",
        "lever": labels[0],
        "second": labels[1] if len(labels) > 1 else "",
        "indicator": f"{first.label} in {first.year}, {units[-1][1]}",
        "target": first.value,
        "wanted": plan.probability,
        "factors": tuple(factor for factor, _ in units),
    }


def _title(solution: Solution) -> str:
    """The answer as a chart is headed: levers by their labels, and how far off the best median is that falls short."""
    plan, title = solution.plan, headline(solution)
    for handle in plan.handles:
        label = in_text(handle.lever.label)
        title = title.replace(f"{handle.name} = ", f"{label} at ").replace(handle.name, label)
    short = all(point.probability < plan.probability for point in solution.points)
    if not short or len(plan.targets) > 1:
        return title
    target = plan.targets[0]
    medians = np.array([point.median for point in solution.points])
    best = float(medians[np.argmax(target.margin(medians))])
    if target.holds(np.array([best]))[0]:
        return title
    return f"{title}; the best median is {with_unit(float(f'{best:.3g}'), target.unit)}"


COLUMNS = meanings(CurveRow, FrontierRow, AnswerRow, FoundRow)
"""Columns of the tables of this study."""
