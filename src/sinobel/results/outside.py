"""What `backtest --environment` writes: how the world outside would have been foretold on its own record."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.inputs import posterior
from sinobel.inputs.evidence import added_record, all_evidence
from sinobel.inputs.values import plain
from sinobel.reporting.tables.tables import to_csv
from sinobel.results.judging import Tell, identity_of, silent
from sinobel.store import kinds
from sinobel.store.ownership import Owned
from sinobel.store.publish import publish
from sinobel.store.work_area import WorkArea

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart
    from sinobel.studies.outside.study import OutsideRow, OutsideScore, Plan

SCORES = "environment-scores.csv"
"""What stands beside the posteriors, for TRUST."""
FOLDER, FOLDER_ADDED = Path("results") / "environment", Path("results") / "environment-added-record"
"""Where scores go unless told; those on a record with added rows leave the model's own alone."""


def usual_place(*, quick: bool = False) -> Path:
    """Where scores go unless told; a quick look leaves the model's own alone."""
    folder = FOLDER if added_record() is None else FOLDER_ADDED
    return folder.with_name(f"{folder.name}-quick") if quick else folder


@dataclass(frozen=True, repr=False)
class Outside:
    """Forecasts of the world outside on its own record and how they did.

    Attributes
    ----------
    forecasts : list[OutsideRow]
        One row a forecast.
    scores : list[OutsideScore]
        One row a process.
    vintage : str
        Whose record they are held against, where a user added rows to it.
    """

    forecasts: list[OutsideRow]
    scores: list[OutsideScore]
    vintage: str = field(default_factory=lambda: "" if added_record() is None else all_evidence().vintage)
    aside: tuple[Path, ...] = ()

    @property
    def verdicts(self) -> list[str]:
        """What is to be said of it."""
        held = [row for row in self.scores if row.held]
        better = [row for row in self.scores if row.skill > 0]
        added = [f"On a record added by the user ({self.vintage})."] if self.vintage else []
        return [
            *added,
            f"The ranges of {len(held)} of {len(self.scores)} processes hold as often as those of a right one would; "
            f"{len(better)} of {len(self.scores)} beat the naive forecast.",
        ]

    def charts(self) -> dict[str, Chart]:
        """Fans of oil, and coverage of all, by the name of their files."""
        from sinobel.inputs.indicators import all_indicators
        from sinobel.reporting.charts.outside import coverage_chart, fan_chart

        labels = {row.series: all_indicators()[row.series].label for row in self.scores}
        return {
            "oil": fan_chart(self.forecasts, self.vintage),
            "coverage": coverage_chart(self.scores, labels, self.vintage),
        }


def plan_of(seed: Any, *, quick: bool = False) -> Plan:
    """What scoring the outside is asked."""
    from sinobel.studies.outside.study import QUICK, Plan

    return dataclasses.replace(QUICK if quick else Plan(), seed=plain(seed))


def score_to(
    folder: Path, plan: Plan, *, headline: bool = False, replace: bool = False, tell: Tell = silent
) -> Outside:
    """Score the outside into a folder.

    Parameters
    ----------
    headline : bool
        The scores stand beside the posterior as well; never those on added rows.
    """
    from sinobel.store.charts import write_chart
    from sinobel.studies.outside import study

    headline = headline and added_record() is None
    if not replace:
        Owned(folder).refuse(kind=kinds.ENVIRONMENT)
        if headline:
            Owned(posterior.folder()).refuse([SCORES])
    identity = identity_of("environment", plan)
    with WorkArea(folder, identity) as area:
        found = Outside(*study.run(plan, tell))
        scores = to_csv(found.scores)
        store.write_text(area.results / "forecasts.csv", to_csv(found.forecasts))
        store.write_text(area.results / "scores.csv", scores)
        for name, chart in found.charts().items():
            write_chart(area.results / name, chart)
        asides = [publish(area.results, area.target, identity, replace=replace)]
        if headline:
            asides.append(store.put(posterior.folder(), SCORES, scores, replace=replace))
            posterior.forget()
        area.done()
    return dataclasses.replace(found, aside=tuple(each for each in asides if each is not None))
