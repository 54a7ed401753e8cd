"""What `backtest` writes: past forecasts, how they did, and how that compares with another version's."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.inputs import posterior
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import added_record, all_evidence
from sinobel.inputs.reading import InputError, Problem, quoted, read_csv, shown
from sinobel.inputs.values import plain
from sinobel.reporting.tables.tables import to_csv
from sinobel.results import backtest_folder
from sinobel.results.findings import tell_aside
from sinobel.results.interruption import Interrupted
from sinobel.results.judging import Tell, identity_of, silent
from sinobel.results.told import Told
from sinobel.store import kinds
from sinobel.store.checkpoints import Steps
from sinobel.store.ownership import Owned
from sinobel.store.publish import publish
from sinobel.store.work_area import WorkArea

if TYPE_CHECKING:
    from sinobel.analysis.acceptance import Comparison
    from sinobel.analysis.rows import Row
    from sinobel.reporting.charts.chart import Chart
    from sinobel.reporting.charts.track_record import Forecasts
    from sinobel.studies import backtest as backtest_study
    from sinobel.studies.headlines import ForecastRow, SkillRow
    from sinobel.studies.next_year import NextYearRow, SeriesRow
    from sinobel.studies.summary import SummaryRow

TRACK_RECORD = ("track-record.csv", "next-year.csv", "track-record-summary.csv")
"""What `backtest` writes beside the posteriors, for charts and TRUST: headline series, all series, both together."""
SEED_OF_INTERVALS = 2017
AGAINST = "against"
BACKTEST = Path("results") / "backtest"
"""Where the model's own scores go unless told."""
DRAWS = 2000
"""Futures from each origin unless told; fewer never stand in the place of the model's own scores."""


def usual_place(record: AddedRecord | None, plan: backtest_study.Plan) -> Path:
    """Where scores go unless told: all but the model's own have a name that says what they are."""
    kinds = {
        "added-record": record is not None,
        "prior": plan.source != "posterior",
        "few-draws": plan.draws < DRAWS,
    }
    return BACKTEST.with_name("-".join([BACKTEST.name, *(name for name, given in kinds.items() if given)]))


@dataclass(frozen=True, repr=False)
class Backtest(Told):
    """Past forecasts and how they did.

    Attributes
    ----------
    forecasts : list[ForecastRow]
        One row a forecast of a headline series: from which year, what came.
    scores : list[SkillRow]
        One row a headline series, over five years.
    next_year : list[NextYearRow]
        One row a forecast of the next year of any recorded series.
    series : list[SeriesRow]
        One row a recorded series, the macro block first.
    summary : list[SummaryRow]
        One row a measure of all of them together, beside what a model that is exactly right would score.
    source : str
        Where parameters came from: "posterior", that of each origin, or "wide prior".
    usual : Path
        Where tables and charts go unless told.
    record : AddedRecord | None
        Rows that a user added to the record they are held against.
    vintage : str
        Whose record that is, and how far it reaches.
    comparison : Comparison | None
        With another version, where one was given.
    """

    forecasts: list[ForecastRow]
    scores: list[SkillRow]
    next_year: list[NextYearRow]
    series: list[SeriesRow]
    summary: list[SummaryRow]
    identity: str
    source: str = "posterior"
    usual: Path = BACKTEST
    record: AddedRecord | None = field(default_factory=added_record)
    vintage: str = field(default_factory=lambda: all_evidence().vintage)
    aside: tuple[Path, ...] = ()
    comparison: Comparison | None = None

    def rows(self) -> list[dict[str, Any]]:
        """Scores, one row a series.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        return [dict(row) for row in self.scores]

    def against(self, folder: str | Path) -> Comparison:
        """Scores of the next year over those of another version, whose past forecasts were saved to a folder.

        Parameters
        ----------
        folder : str | Path
            What `save` or `sinobel backtest` left of the other.

        Returns
        -------
        Comparison
            Ratios of the scores a year ahead, series by series, and their geometric mean with its interval.

        Raises
        ------
        InputError
            When there are no past forecasts, or none of the same series and years.
        """
        return _compared(self, Path(folder), _forecasts_in(Path(folder)))

    @property
    def verdicts(self) -> list[str]:
        """What is to be said of it."""
        from sinobel.reporting.words import scored

        return [*self.notes, *scored.lines(self.summary)]

    @property
    def notes(self) -> list[str]:
        """What is to be said of a record with rows that a user added; nothing of the one that ships."""
        if self.record is None:
            return []
        of = self.shown
        late = of.fitted and of.ahead[1] > of.calibrated
        return [
            f"Held against a record added by the user ({self.vintage}; rows {self.record.digest}), forecasts from "
            f"{of.ahead[0]}-12 to {of.ahead[1]}-12.{f' {of.later}' if late else ''}"
        ]

    @property
    def shown(self) -> Forecasts:
        """Which forecasts they are, for the feet of charts."""
        from sinobel.reporting.charts.track_record import Forecasts

        long, ahead = ([row.origin for row in rows] for rows in (self.forecasts, self.next_year))
        return Forecasts(
            (min(long), max(long)),
            (min(ahead), max(ahead)),
            fitted=self.source == "posterior",
            vintage="" if self.record is None else self.vintage,
        )

    def charts(self) -> tuple[Chart, Chart, Chart, Chart]:
        """Skill by headline series, the forecasts themselves, skill of all a year ahead, and where what came lies.

        Returns
        -------
        tuple[Chart, Chart, Chart, Chart]
            Each draws itself with `draw()`.
        """
        from sinobel.inputs.indicators import all_indicators
        from sinobel.reporting.charts import pit, track_record

        known, of = all_indicators(), self.shown
        names = [row["series"] for row in (*self.scores, *self.series)]
        labels = {name: known[name].label for name in names}
        units = {name: known[name].yearly_unit for name in names}
        return (
            track_record.skill_chart(self.scores, labels, of),
            track_record.forecast_chart(self.forecasts, labels, units, of),
            track_record.next_year_chart(self.series, labels, of),
            pit.pit_chart(pit.of_summary(self.summary), of.foot_of_both),
        )

    def save(self, folder: str | Path | None = None, *, replace: bool = False) -> Path:
        """Write tables and charts to a folder, as `sinobel backtest` does; returns it.

        Parameters
        ----------
        folder : str | Path | None
            Where tables and charts go; without one results/backtest, and beside it what is not the model's own:
            results/backtest-added-record, -prior or -few-draws.
        replace : bool
            Move what is in the way and not ours aside instead of refusing.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputError
            When something else is there.
        """
        place = self.usual if folder is None else Path(folder)
        with WorkArea(place, self.identity) as area:
            _write(self, area.results)
            tell_aside(publish(area.results, area.target, self.identity, replace=replace))
            area.done()
        return place


def plan_of(draws: Any, seed: Any, *, prior: bool = False, quick: bool = False) -> backtest_study.Plan:
    """What a backtest is asked."""
    from sinobel.studies import backtest as study

    origins, before = (study.origins()[-3:], ()) if quick else (study.origins(), study.BEFORE)
    source = "wide prior" if prior else "posterior"
    return study.Plan(100 if quick else plain(draws), plain(seed), origins, source, before)


def backtest(plan: backtest_study.Plan, jobs: int = 1, tell: Tell = silent) -> Backtest:
    """Score past forecasts, in memory."""
    from sinobel.studies import backtest as study

    try:
        found = study.run(plan, lambda _, make: make(), tell, jobs)
    except KeyboardInterrupt:
        raise Interrupted(goes_on=False) from None
    return _of(found, plan)


def _of(found: backtest_study.Found, plan: backtest_study.Plan) -> Backtest:
    identity = identity_of("backtest", plan, posterior.posterior_digest())
    return Backtest(
        forecasts=found.forecasts,
        scores=found.scores,
        next_year=found.next_year,
        series=found.series,
        summary=found.summary,
        identity=identity,
        source=plan.source,
        usual=usual_place(added_record(), plan),
    )


def backtest_to(
    folder: Path,
    plan: backtest_study.Plan,
    jobs: int = 1,
    *,
    headline: bool = False,
    replace: bool = False,
    against: Path | None = None,
    tell: Tell = silent,
) -> Backtest:
    """Score past forecasts into a folder, origin by origin, so that an interrupted one goes on.

    Parameters
    ----------
    headline : bool
        The scores become the track record of the model as well; never those against added rows.
    against : Path | None
        Folder with past forecasts of another version, to compare with.
    """
    from sinobel.studies import backtest as study

    headline = headline and added_record() is None
    others = None if against is None else _forecasts_in(against)
    if not replace:
        Owned(folder).refuse(kind=kinds.BACKTEST)
        if headline:
            Owned(posterior.folder()).refuse(list(TRACK_RECORD))
    identity = identity_of("backtest", plan, posterior.posterior_digest())
    with WorkArea(folder, identity) as area:
        steps = Steps(area)
        try:
            found = _of(study.run(plan, steps.keep, tell, jobs), plan)
        except KeyboardInterrupt:
            raise Interrupted(goes_on=steps.any_finished) from None
        if against is not None and others is not None:
            found = dataclasses.replace(found, comparison=_compared(found, against, others))
        _write(found, area.results)
        asides = [publish(area.results, area.target, identity, replace=replace)]
        if headline:
            told: tuple[Sequence[Mapping[str, Any]], ...] = found.scores, found.series, found.summary
            for name, rows in zip(TRACK_RECORD, told, strict=True):
                asides.append(store.put(posterior.folder(), name, to_csv(rows), replace=replace))
            posterior.forget()
        area.done()
    return dataclasses.replace(found, aside=tuple(each for each in asides if each is not None))


def _write(found: Backtest, folder: Path) -> None:
    """Write what a folder of it holds, to one that is there."""
    tables: dict[str, Sequence[Row]] = {
        "forecasts.csv": found.forecasts,
        "scores.csv": found.scores,
        backtest_folder.FORECASTS_OF_NEXT_YEAR: found.next_year,
        "next-year-scores.csv": found.series,
        "summary.csv": found.summary,
    }
    if found.comparison is not None:
        tables["against.csv"] = found.comparison.rows
    told = backtest_folder.Told(found.verdicts, found.shown.foot_of_both, found.vintage)
    backtest_folder.write(folder, tables, found.charts(), told)


def _compared(found: Backtest, folder: Path, others: list[dict[str, str]]) -> Comparison:
    from sinobel.analysis import acceptance

    compared = acceptance.compare(found.next_year, others, SEED_OF_INTERVALS)
    if compared is None:
        raise InputError(
            Problem(f": {quoted(str(folder))} has no forecast of the same series and year", argument=AGAINST)
        )
    return compared


def _forecasts_in(folder: Path) -> list[dict[str, str]]:
    """Forecasts of the next year that another version left in a folder.

    Raises
    ------
    InputError
        Where there are none, or what is there is damaged.
    """
    file = folder / backtest_folder.FORECASTS_OF_NEXT_YEAR
    if not file.is_file():
        message = f": {quoted(str(folder))} has no {backtest_folder.FORECASTS_OF_NEXT_YEAR}"
        raise InputError(Problem(message, argument=AGAINST, hint="{backtest()} makes it"))
    rows = read_csv(file)
    for row in rows:
        try:
            fit = bool(row["series"]) and int(row["origin"]) > 0 and float(row["crps"]) >= 0 <= float(row["pit"]) <= 1
        except (KeyError, ValueError):
            fit = False
        if not fit:
            raise InputError(Problem("this is no forecast of a series", shown(file), int(row[""])))
    return rows
