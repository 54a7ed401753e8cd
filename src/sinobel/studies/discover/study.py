"""In which futures does a policy fail? Boxes of parameters and world conditions, checked on unseen futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from sinobel.analysis.moving import moved_most
from sinobel.analysis.round_years import told_year
from sinobel.analysis.rows import Row, column, meanings
from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators, chosen
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.quantities import in_text, rounded, span
from sinobel.inputs.reading import InputError, Problem
from sinobel.inputs.values import plain
from sinobel.policies.scenarios import Scenario
from sinobel.runs import ensemble, trajectories
from sinobel.runs.designs import uncertain
from sinobel.runs.request import Progress, Request
from sinobel.studies.discover.prim import Findings, Side, explain, plural
from sinobel.studies.extras import need
from sinobel.studies.targets import Target, check_years, horizon_for
from sinobel.world.draws import draw_parameters
from sinobel.world.shocks import Shocks

CONDITIONS = (
    "oil_price",
    "crop_price_index",
    "growth_russia",
    "growth_china",
    "growth_eu",
    "potash_spot_price",
)
"""What the world brings, besides parameters; each is averaged over the years to the one that is judged."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """In which futures a scenario fails.

    Attributes
    ----------
    fails : tuple[Target, ...]
        Conditions of which any one is a failure; or, with `against`,.
    against : Scenario | None
        A scenario it must beat on the same futures.
    better : tuple[str, bool] | None
        Indicator and whether more of it is better.
    year : int | None
        The year of `better`; None for the one in which its indicator moves most.
    """

    scenario: Scenario
    fails: tuple[Target, ...] = ()
    against: Scenario | None = None
    better: tuple[str, bool] | None = None
    year: int | None = None
    draws: int = 4000
    seed: int = 2017
    origin: str = months.DEFAULT_ORIGIN
    source: str = "posterior"

    def __post_init__(self) -> None:
        for name in ("year", "draws", "seed", "source"):
            object.__setattr__(self, name, plain(getattr(self, name)))
        object.__setattr__(self, "origin", months.december_text(self.origin))
        if bool(self.fails) == (self.against is not None):
            raise InputError(
                Problem(
                    'say what failure is, such as "reserves[2025] < 3000"',
                    hint="either with {fails}, or with {against}, a scenario, and {better}, an indicator",
                )
            )
        if self.against is not None and self.better is None:
            message = " needs an indicator in which the scenario should do better"
            raise InputError(Problem(message, argument="against", hint="say it with {better}"))
        first = months.year(months.parse_origin(self.origin)) + 1
        option = "fails" if self.fails else "year"
        judged = self.fails or (Target(self.better[0], self.last_year, "<", 0.0),) if self.better else self.fails
        check_years(judged, first, months.LAST_HORIZON_YEAR, option=option)
        self.request()  # its own checks

    @property
    def last_year(self) -> int:
        """The latest year that may be judged."""
        if self.fails:
            return max(target.year for target in self.fails)
        return months.year(months.parse(months.DEFAULT_HORIZON)) if self.year is None else self.year

    @property
    def failure(self) -> str:
        """What counts as failure, in words."""
        if self.fails:
            return " or ".join(target.words for target in self.fails)
        assert self.better is not None
        assert self.against is not None
        how = "not higher" if self.better[1] else "not lower"
        return f"{all_indicators()[self.better[0]].label} in {self.year} {how} than under {self.against.name}"

    def request(self) -> Request:
        """The ensemble that is looked at."""
        scenarios = (self.scenario,) if self.against is None else (self.against, self.scenario)
        judged = [name for target in self.fails for name in target.names] or [self.better[0] if self.better else ""]
        names = tuple(dict.fromkeys([*judged, *CONDITIONS]))
        horizon = horizon_for(scenarios, self.last_year)
        return Request(
            scenarios,
            self.draws,
            seed=self.seed,
            origin=self.origin,
            horizon=horizon,
            indicators=names,
            parameters=self.source,
        )


def run(plan: Plan, jobs: int = 1, progress: Progress | None = None) -> Findings:
    """Simulate a plan and look for the futures in which it fails.

    Raises
    ------
    InputError
        When it has no values.
    """
    need("sklearn", "discover")
    request = plan.request()
    sheets = ensemble.run_in_memory(request, jobs, progress=progress)
    yearly = [trajectories.to_years(request.recorded, sheet) for sheet in sheets]
    first = months.year(request.months[0]) + 1
    last, moves = plan.last_year, True
    if plan.fails:
        failed = np.zeros(plan.draws, bool)
        for target in plan.fails:
            failed |= target.holds(target.of(yearly[-1], target.year - first))
    else:
        assert plan.better is not None
        name, more = plan.better
        change = yearly[1][name] - yearly[0][name]
        if plan.year is None:
            found_in = _moved_most(request, name, yearly)
            last, moves = found_in or told_year(range(first, last + 1)), found_in is not None
        failed = ~(change[last - first] > 0) if more else ~(change[last - first] < 0)
    features = {name: yearly[-1][name][: last - first + 1].mean(axis=0) for name in CONDITIONS}
    shocks = Shocks(plan.seed, 0, plan.draws, 12)
    drawn = draw_parameters(plan.source, shocks, request.months[0]).values
    found = explain(features | {name: drawn[name] for name in uncertain()}, failed, plan.seed % 2**32)
    return replace(found, year=last, moves=moves)


def _moved_most(request: Request, name: str, yearly: Sequence[Mapping[str, np.ndarray]]) -> int | None:
    """The year in which the second of two scenarios moves an indicator most against the first; None for no year."""
    against, own = (scenario.name for scenario in request.scenarios)
    values = np.stack([each[name].T for each in yearly])
    axes = trajectories.yearly_axes((against, own), values.shape[1], 0, request.months)
    array = trajectories.yearly_array(name, values, axes)
    return moved_most(array, [own], against=against)


def judged_in(plan: Plan, findings: Findings) -> Plan:
    """A plan with the year that was judged, which it may have left open."""
    return plan if plan.fails else replace(plan, year=findings.year)


# --- words and tables ------------------------------------------------------------------------------------------------


def label_of(factor: str) -> tuple[str, str]:
    """A factor in words, and its unit."""
    if factor in CONDITIONS:
        indicator = all_indicators()[factor]
        return f"{indicator.label}, mean", indicator.yearly_unit
    parameter = all_parameters()[factor]
    return parameter.label, parameter.unit


def words_of(side: Side) -> str:
    """A side in words: "Oil price, Brent, mean up to 43.1 USD/barrel"."""
    label, unit = label_of(side.factor)
    if np.isinf(side.low):
        return f"{label} up to {rounded(side.high, unit)}"
    if np.isinf(side.high):
        return f"{label} above {rounded(side.low, unit)}"
    return f"{label} from {span(rounded(side.low, unit), rounded(side.high, unit))}"


def parse_better(text: str) -> tuple[str, bool]:
    """An indicator and whether more of it is better, from "balance_with_china" or "debt_to_china lower".

    Without a word, less of what is owed is better, and more of all else. Raises InputError.
    """
    name, _, how = text.strip().partition(" ")
    chosen([name])
    how = how.strip()
    if how not in {"", "higher", "lower"}:
        message = f" {text!r}: write an indicator, and if you like `higher` or `lower`, not {how!r}"
        raise InputError(Problem(message, argument="better"))
    return name, how == "higher" or (not how and all_indicators()[name].sign != "liability")


def headline(plan: Plan, findings: Findings) -> str:
    """Title of a chart: how often the scenario fails, and in its first box."""
    title = f"{plan.scenario.title or plan.scenario.name} fails in {100 * findings.failing:.0f} % of futures"
    if findings.boxes:
        box = findings.boxes[0]
        title += f", in {100 * box.density:.0f} % of those in box 1"
    return title


def verdicts(plan: Plan, findings: Findings) -> list[str]:
    """What was found, in sentences."""
    judged = judged_in(plan, findings)
    lines = [
        f"Failure is {judged.failure}: {100 * findings.failing:.1f} % of {len(findings.failed):,} futures.",
        findings.verdict,
    ]
    if judged != plan and plan.better is not None and plan.against is not None:
        called = in_text(all_indicators()[plan.better[0]].label)
        against = f"the change of {called} against {plan.against.name}"
        moving = f"{judged.year} is the year in which {against} is largest."
        still = f"In no year is there a median change of {called} against {plan.against.name}; {judged.year} is judged."
        lines.insert(1, moving if findings.moves else still)
    if findings.dropped:
        lines.append(f"{plural(findings.dropped, 'rule', 'rules')} that did not hold on unseen futures left out.")
    return lines


METHOD = (
    "Boxes are leaves of a decision tree (CART) of at most three conditions, pruned by cross-validation on the first "
    "half of the draws; all counts are of the second half, which the tree has not seen."
)


@dataclass(frozen=True, eq=False, kw_only=True)
class BoxRow(Row):
    """A side of a box of futures in which a policy fails more often."""

    scenario: str = column("name of the scenario")
    against: str = column("scenario it is held against on the same futures; empty for none")
    failure: str = column("what counts as failure")
    failing: float = column("share of all futures that fail")
    box: int = column(
        "number of a box of futures, and its conditions in words; all of them hold in it", listed="box, rule"
    )
    rule: str = column()
    coverage: float = column("share of all failures that lie in the box")
    density: float = column(
        "share of the futures of the box that fail, with its 90 % interval",
        listed="density, density_low, density_high",
    )
    density_low: float = column()
    density_high: float = column()
    futures: int = column(
        "futures in the box and those that fail; like coverage and density counted on draws that were not used to find "
        "the box",
        listed="futures, failures",
    )
    failures: int = column()
    density_found: float = column("density on the draws the box was found in")
    factor: str = column(
        "a parameter, or a condition of the world averaged from the first year to the one judged",
        listed="factor, label, unit",
    )
    label: str = column()
    unit: str = column()
    low: float | str = column("edges of the box: above low, up to high; empty where it is open", listed="low, high")
    high: float | str = column()
    low_percentile: float = column("where the edges lie among all futures", listed="low_percentile, high_percentile")
    high_percentile: float = column()
    least: float = column("range of the factor over all futures", listed="least, most")
    most: float = column()


COLUMNS = meanings(BoxRow)
"""Columns of `failure-boxes.csv`."""
NAMES = tuple(each.name for each in fields(BoxRow))
"""Its header, which stands alone when nothing explains failure."""


def box_rows(plan: Plan, findings: Findings) -> list[BoxRow]:
    """Rows of `failure-boxes.csv`: one per side of each box."""
    rows, failure = [], judged_in(plan, findings).failure
    for number, box in enumerate(findings.boxes, 1):
        rule = "; ".join(words_of(side) for side in box.sides)
        for side in box.sides:
            label, unit = label_of(side.factor)
            values = np.sort(findings.features[side.factor])
            place = np.searchsorted(values, [side.low, side.high], side="right") / len(values)
            rows.append(
                BoxRow(
                    scenario=plan.scenario.name,
                    against=plan.against.name if plan.against else "",
                    failure=failure,
                    failing=findings.failing,
                    box=number,
                    rule=rule,
                    coverage=box.coverage,
                    density=box.density,
                    density_low=box.density_low,
                    density_high=box.density_high,
                    futures=box.futures,
                    failures=box.failures,
                    density_found=box.density_found,
                    factor=side.factor,
                    label=label,
                    unit=unit,
                    low="" if np.isinf(side.low) else float(side.low),
                    high="" if np.isinf(side.high) else float(side.high),
                    low_percentile=100 * float(place[0]),
                    high_percentile=100 * float(place[1]),
                    least=float(values[0]),
                    most=float(values[-1]),
                )
            )
    return rows
