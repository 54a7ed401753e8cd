"""Scores of any results, or of a sealed forecast, against the record: the one that ships or with rows of the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from sinobel import store
from sinobel.analysis import forecast_scores, pits
from sinobel.analysis.forecast_scores import ScoreRow
from sinobel.inputs import months
from sinobel.inputs.evidence import added_record, all_evidence, using
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError, Problem, nearest, quoted, shown
from sinobel.inputs.recorded import recorded_values
from sinobel.policies.scenarios import BASELINE
from sinobel.results import page_of_folder, sealing
from sinobel.results.findings import figure_of
from sinobel.results.told import Told
from sinobel.runs.manifest import request_of
from sinobel.studies import benchmarks

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sinobel.reporting.charts.chart import Chart
    from sinobel.runs.trajectories import Yearly


WHAT_IF = "a scenario and no forecast: what it sets was not expected to come, so a miss says little about the model"


class Forecasts(Protocol):
    """What can be scored: values that stand for the forecast of each indicator and year."""

    @property
    def origin(self) -> int:
        """Year at whose end it was made."""

    @property
    def indicators(self) -> list[str]:
        """Names of what is forecast."""

    def years(self, indicator: str) -> list[int]:
        """Years of which an indicator is forecast."""

    def ensemble(self, indicator: str, year: int) -> np.ndarray:
        """Values that stand for the forecast."""


@dataclass(frozen=True)
class Draws:
    """The draws of one scenario of a results folder."""

    origin: int
    annual: Yearly
    scenario: str

    @property
    def indicators(self) -> list[str]:
        """Names of what is forecast."""
        return list(self.annual)

    def years(self, indicator: str) -> list[int]:
        """Years of which an indicator is forecast."""
        return [int(year) for year in self.annual[indicator]["year"].values]

    def ensemble(self, indicator: str, year: int) -> np.ndarray:
        """The draws."""
        result: np.ndarray = self.annual[indicator].sel(scenario=self.scenario, year=year).values.astype(float)
        return result


@dataclass(frozen=True, repr=False)
class Scores(Told):
    """How forecasts did against a record.

    Attributes
    ----------
    found : tuple[ScoreRow, ...]
        One row an indicator and year.
    what : str
        What was scored, in words.
    vintage : str
        Against which record.
    right : tuple[tuple[float, float], ...]
        5 and 95 % of the share in each tenth for forecasts that are right; empty where futures are not kept.
    right_sides : tuple[float, ...]
        95 % of the share in the lowest two and in the highest two tenths for the same.
    """

    found: tuple[ScoreRow, ...]
    what: str
    vintage: str
    right: tuple[tuple[float, float], ...] = ()
    right_sides: tuple[float, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Scores by indicator and year.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        return [dict(row) for row in self.found]

    def table(self) -> pd.DataFrame:
        """The same as a frame.

        Returns
        -------
        pd.DataFrame
            What `rows` gives, one row each; the verdicts stand in `.attrs`.
        """
        import pandas as pd

        frame = pd.DataFrame(self.rows())
        frame.attrs.update(verdicts=self.verdicts)
        return frame

    @property
    def verdicts(self) -> list[str]:
        """What is to be said of it, in sentences."""
        return [f"{self.what}, against the {self.vintage}.", *forecast_scores.verdicts(self.found)]

    @property
    def chart(self) -> Chart:
        """Where what came lies among the futures, in tenths, beside what right forecasts would show."""
        from sinobel.reporting.charts import pit

        shares = [count / len(self.found) for count in forecast_scores.placed(self.found)]
        years = sorted({row.year for row in self.found})
        span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
        right = " A right model: each future of the run is the truth in turn (5 to 95 %)." if self.right else ""
        foot = f"{self.what}, against the {self.vintage}.{right}"
        placed = pit.Placed(f"All indicators, {span}", len(self.found), shares, self.right, self.right_sides)
        return pit.pit_chart([placed], foot)

    def figure(self) -> Figure:
        """The same as a matplotlib figure.

        Returns
        -------
        Figure
            To show, to save, or to go on drawing on.
        """
        return figure_of(self.chart)

    def save(self, file: str | Path) -> Path:
        """Write the rows as CSV to a new file outside of results folders, and the chart beside it; returns the file.

        Parameters
        ----------
        file : str | Path
            Where the rows go; the chart goes to `NAME-pit.png`, `.svg` and `.csv`.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        InputError
            When something is there, or the place belongs to results.
        """
        from sinobel.reporting.tables.tables import to_csv
        from sinobel.store.charts import write_chart

        place = Path(file)
        refuse_place(place)
        store.write_once(place, to_csv(self.found))
        write_chart(beside(place), self.chart)
        return place


def refuse_place(file: Path) -> None:
    """Raise InputError where a table of scores cannot go: what is there stays, and folders of results stay as made."""
    above = [each for each in file.absolute().parents if store.is_started(each)]
    if above or file.absolute().parent.name == sealing.FOLDER.name:
        where = shown(above[0] if above else file.parent)
        message = f"{where} holds results or seals, which stay as they were made"
        raise InputError(Problem(message, shown(file), hint="choose another place with {out}"))
    for each in (file, *(beside(file).with_suffix(ending) for ending in (".png", ".svg", ".csv"))):
        if each.exists() or each.is_symlink():
            raise InputError(Problem("something is there already", shown(each), hint="choose another name with {out}"))


def beside(file: Path) -> Path:
    """Where the chart of a table goes, without its ending."""
    return file.with_name(f"{file.stem}-pit")


def score(results: str | Path, scenario: str | None = None) -> Scores:
    """Scores of a results folder or a sealed forecast against the record in use.

    Where no rows were added, those that the folder itself was made with count.

    Parameters
    ----------
    scenario : str | None
        Of a folder with several: the one that is scored; the first.

    Raises
    ------
    InputError
        For what cannot be scored, and where the record knows none of its years.
    """
    place = Path(results)
    if place.is_file() and place.name != "manifest.json":
        sealed = sealing.read_seal(place)
        if scenario not in (None, sealed.content["scenario"]):
            raise InputError(f"this seal is of the scenario {quoted(sealed.content['scenario'])}")
        return scored(
            sealed, f"The forecast of version {sealed.content['version']}, sealed on {sealed.content['date']}"
        )
    folder = place.parent if place.name == "manifest.json" else place
    read = page_of_folder.read(folder, "a score needs")
    request = request_of(read.manifest, shown(folder))
    names = [each.name for each in request.scenarios]
    chosen = names[0] if scenario is None else scenario
    if chosen not in names:
        raise InputError(f"there is no scenario {quoted(chosen)} in these results{nearest(chosen, names)}")
    draws = Draws(months.year(request.months[0]), read.annual, chosen)
    with using(added_record() or request.record):
        made = scored(draws, f"{chosen} from {request.origin}, {request.draws:,} draws")
    return made if chosen == BASELINE else replace(made, what=f"{made.what} ({WHAT_IF})")


def scored(forecasts: Forecasts, what: str) -> Scores:
    """Scores of some forecasts against the record in use. Raises InputError where there is nothing to score."""
    found = tuple(_rows(forecasts))
    if not found:
        years = sorted({year for name in forecasts.indicators for year in forecasts.years(name)})
        span = f"{years[0]} to {years[-1]}" if years else "no years"
        message = f"there is nothing to score: the forecast is of {span}, the {all_evidence().vintage}"
        raise InputError(Problem(message, hint="add years with {record}"))
    return Scores(found, what, all_evidence().vintage, *_right(forecasts, found))


def _right(
    forecasts: Forecasts, found: Sequence[ScoreRow]
) -> tuple[tuple[tuple[float, float], ...], tuple[float, ...]]:
    """Shares in each tenth and on each side where a future of the same run is the truth; empty without futures."""
    if not isinstance(forecasts, Draws):
        return (), ()
    drawn = [forecasts.ensemble(row.indicator, row.year) for row in found]
    shares = pits.of_futures([each for each in drawn if np.isfinite(each).all()])
    low, high = np.quantile(shares, (0.05, 0.95), axis=1)
    sides = tuple(float(np.quantile(side, 0.95)) for side in pits.sides(shares))
    return tuple(zip(map(float, low), map(float, high), strict=True)), sides


def _rows(forecasts: Forecasts) -> Iterator[ScoreRow]:
    recorded, known = recorded_values(), all_indicators()
    for name in forecasts.indicators:
        values = recorded.get(name, {})
        for year in forecasts.years(name):
            if year not in values or year <= forecasts.origin:
                continue
            benchmark, naive = naive_of(name, forecasts.origin, year - forecasts.origin)
            yield forecast_scores.score_row(
                forecasts.ensemble(name, year),
                values[year],
                naive,
                indicator=name,
                year=year,
                ahead=year - forecasts.origin,
                unit=known[name].yearly_unit,
                benchmark=benchmark,
            )


def naive_of(indicator: str, origin: int, ahead: int) -> tuple[str, np.ndarray | None]:
    """The naive forecast of an indicator, fixed by what it is, from what the record in use knew at the origin."""
    return benchmarks.walk_of(indicator).words, benchmarks.forecast(indicator, origin, ahead)
