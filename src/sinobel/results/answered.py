"""The answer of results in memory in the sentences that a page begins with: for a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sinobel.analysis.round_years import milestones
from sinobel.analysis.worth import Fact
from sinobel.inputs.indicators import all_indicators
from sinobel.policies import focus
from sinobel.reporting.charts.shared import HEADLINES
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words import answer as words
from sinobel.reporting.words.wording import plain
from sinobel.results import drawing
from sinobel.results.told import Told

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, repr=False)
class Answered(Told):
    """What results say to what was asked of them: sentences, and a table of the numbers behind them.

    Attributes
    ----------
    sentences : tuple[str, ...]
        As the first lines of a report have them.
    numbers : tuple[Mapping[str, Any], ...]
        Rows of the table: of a comparison changes against the reference on the same futures, of a run levels.
    """

    sentences: tuple[str, ...]
    numbers: tuple[Mapping[str, Any], ...]

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The answer in sentences."""
        return self.sentences

    def rows(self) -> list[dict[str, Any]]:
        """The numbers as tidy rows.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each: scenario, indicator, year, unit; 10, 50 and 90 % of futures as low,
            median and high, in that unit; of a change the share of futures that have its sign.
        """
        return [dict(row) for row in self.numbers]


def answer(
    results: xr.Dataset,
    of: str | Iterable[str] | None,
    year: int | str | Iterable[int | str] | None,
    reference: str | None,
) -> Answered:
    """What results in memory say. Raises InputError for what they do not hold."""
    data = drawing.data_of(results, "answer")
    if reference is not None:
        data = drawing.of_comparison(results, "answer", reference)
    data = _asked(data, of, year)
    told = words.AnswerData(
        data.annual,
        data.reference,
        data.titles,
        data.recorded,
        data.origin,
        focus=data.focus,
        came=data.basis.came(),
        stated=data.stated,
    )
    said = words.answer(told, data.outcomes if data.options else None)
    return Answered(tuple(map(plain, said)), tuple(_changes(data) if data.options else _levels(data)))


def _asked(
    data: ResultData, of: str | Iterable[str] | None, year: int | str | Iterable[int | str] | None
) -> ResultData:
    """The results, asked for some indicators and years."""
    told = focus.asked(of, year, (data.years[0], data.years[-1]), list(data.annual))
    manifest = data.manifest.copy()
    if told:
        manifest["focus"] = focus.Focus(told.of or data.focus.of, told.years or data.focus.years).as_written()
    return ResultData(manifest, data.summary, data.bands, None, data.basis)


def _changes(data: ResultData) -> Iterable[dict[str, Any]]:
    for option, told in data.told.items():
        for fact in told.asked or told.found:
            yield {"scenario": option, **_of_fact(fact)}


def _of_fact(fact: Fact) -> dict[str, Any]:
    known = all_indicators()[fact.indicator]
    when = fact.year if fact.since is None else f"{fact.since}-{fact.year}"
    row = {"indicator": fact.indicator, "year": when, "unit": known.unit if fact.since else known.yearly_unit}
    return row | {"low": fact.low, "median": fact.middle, "high": fact.high, "share": fact.share}


def _levels(data: ResultData) -> Iterable[dict[str, Any]]:
    names = [name for name in data.focus.of or HEADLINES if name in data.annual]
    for name in names:
        bands = data.summary.bands(name, data.reference)
        for year in [year for year in data.focus.years if year in data.years] or milestones(data.years):
            place = data.years.index(year)
            called = zip(("low", "median", "high"), ("p10", "p50", "p90"), strict=True)
            unit = all_indicators()[name].yearly_unit
            row = {"scenario": data.reference, "indicator": name, "year": year, "unit": unit}
            yield row | {word: float(bands[band][place]) for word, band in called}
