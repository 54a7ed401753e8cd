"""What stands outside, opened and moved by the rules that runs use, from recorded or simulated years."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import KnownRecord, all_evidence
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.draws import ParameterDraws
from sinobel.world.environment import LAST_QUARTER, OIL_BY_MONTH, QUARTERLY_GROWTH
from sinobel.world.rules import environment as rules
from sinobel.world.shocks import Shocks
from sinobel.world.subjects.environment import EnvironmentParameters

YEARS_OF_PRICES = 10  # whose mean a price may return to
SINCE = 1990  # first year of monthly prices in the record
OUTLOOK = {country: f"weo_forecast.gdp_growth.{of}" for country, of in (("RUS", "RUS"), ("CHN", "CHN"), ("EU", "EA"))}
"""Country -> outlook that growth stands beside; for the EU that of the euro area, with its errors against the EU."""

OPENED_BY_QUARTER = ("russia", "eu")  # whose growth runs open with that of the last quarter
FROM_QUARTER = "AR(1) from the last quarter"
"""The naive forecast of growth that runs open with the last quarter: the same information."""


@dataclass
class History:
    """Years to an origin, of worlds: means of years, and what the end of each year tells. First axis: worlds."""

    first: int
    yearly: np.ndarray
    recent: np.ndarray

    @property
    def last(self) -> int:
        """The last year."""
        return self.first + len(self.yearly[0]) - 1

    def then(self, yearly: np.ndarray, recent: np.ndarray) -> History:
        """A year longer."""
        return History(self.first, np.column_stack([self.yearly, yearly]), np.column_stack([self.recent, recent]))


@dataclass(frozen=True)
class Chance:
    """Parameters and random numbers of futures; the last axis is the futures of a world, or 1."""

    environment: EnvironmentParameters
    inflation: Draws
    normal: Callable[[str], np.ndarray]
    error: Callable[[str], np.ndarray]

    @classmethod
    def of(cls, drawn: ParameterDraws, shocks: Shocks, *, worlds: bool = False) -> Chance:
        """Of drawn parameters and their shocks; `worlds` has one future in each of many worlds."""

        def shaped(values: np.ndarray) -> np.ndarray:
            return values[..., None] if worlds else values

        environment = EnvironmentParameters(
            **{each.name: shaped(getattr(drawn.environment, each.name)) for each in fields(EnvironmentParameters)}
        )
        return cls(
            environment,
            shaped(drawn.finance.dollar_inflation),
            lambda name: shaped(shocks.normal(name)),
            lambda name: shaped(shocks.error_of(name)),
        )


@dataclass(frozen=True)
class Process:
    """Something outside with a record of its own.

    Attributes
    ----------
    name : str
        Indicator it is in runs.
    first : int
        Year of the first December it is forecast from.
    logs : bool
        Scored in logarithms.
    benchmark : str
        What it has to beat.
    months_of_recent : int
        That the reading at the end of a year is the mean of.
    history : Callable[[], History]
        The record.
    paths : Callable[[History, Chance, int, int], np.ndarray]
        (history to an origin, chance, months, first month of the random numbers) -> (worlds, months, futures).
    outlook : str
        Series of forecasts of others it stands beside, if there is one.
    """

    name: str
    first: int
    logs: bool
    benchmark: str
    months_of_recent: int
    history: Callable[[], History]
    paths: Callable[[History, Chance, int, int], np.ndarray]
    outlook: str = ""

    def scale(self, values: np.ndarray) -> np.ndarray:
        """As scored."""
        return np.log(values) if self.logs else values


# --- prices ---


def _all_known() -> KnownRecord:
    """The whole record in use."""
    record = all_evidence().record
    return record.known_at(record.last_month)


def _months(series: str) -> History:
    """A monthly record, year by year, to the last that is whole."""
    known, told = _all_known(), {reading.end for reading in all_evidence().record.readings(series)}
    whole = itertools.takewhile(lambda year: told.issuperset(range(12 * year, 12 * year + 12)), itertools.count(SINCE))
    monthly = [known.at_month(series, 12 * year + month) for year in whole for month in range(12)]
    by_year = np.array(monthly).reshape(1, -1, 12)
    return History(SINCE, by_year.mean(axis=2), by_year[:, :, -1])


def _prices(subject: str, past: History, chance: Chance, length: int, start: int) -> np.ndarray:
    """Prices after the last year of a history, opened and moved as a run does."""
    p = chance.environment
    price = past.recent[:, -1:] + 0.0 * chance.inflation
    mean = rules.anchor(
        current=price,
        past_mean=np.exp(np.log(past.yearly[:, -YEARS_OF_PRICES:]).mean(axis=1, keepdims=True)),
        weight=getattr(p, f"{subject}_anchor_weight"),
    )
    speed = rules.speed_of_process(
        process=getattr(p, f"{subject}_process"),
        no_change=getattr(p, f"{subject}_no_change"),
        speed=getattr(p, f"{subject}_speed"),
    )
    volatility = getattr(p, f"{subject}_volatility")
    shocks = chance.normal("environment.oil")
    if subject == "crop":
        own = chance.normal("environment.crops")
        shocks = rules.correlated(common=shocks, own=own, correlation=p.crop_oil_correlation)
    dollars = np.exp(chance.inflation / MONTHS_PER_YEAR)
    keep, level = [], np.ones_like(dollars)
    for shock in shocks[start : start + length]:
        mean = mean * dollars
        price = rules.next_price(price=price * dollars, mean=mean, speed=speed, volatility=volatility, shock=shock)
        if subject == "oil":
            level = level * dollars
            price = rules.back_to_experience(
                price=price, low=p.oil_low * level, high=p.oil_high * level, speed=p.oil_return
            )
        keep.append(price)
    return np.stack(keep, axis=1)


def _price(name: str, series: str, subject: str) -> Process:
    return Process(
        name,
        first=SINCE + 2,
        logs=True,
        benchmark="no change from December",
        months_of_recent=1,
        history=partial(_months, series),
        paths=partial(_prices, subject),
    )


# --- growth ---


def _years(country: str, first: int, quarters: bool) -> History:
    """A yearly record of growth, with that of the last quarters where runs open by it; to the last year with both."""
    recent: list[float] = []
    known, series = _all_known(), f"{QUARTERLY_GROWTH}.{country}"
    told = {reading.end for reading in all_evidence().record.readings(series)} if quarters else set()
    yearly = known.years(f"gdp_growth.{country}", 0)
    for year in itertools.takewhile(yearly.__contains__, itertools.count(min(yearly))):
        december = months.december(year)
        if quarters and year >= first and december not in told:
            break
        recent.append(known.at_month(series, december) if december in told else np.nan)
    return History(min(yearly), np.array([list(yearly.values())[: len(recent)]]), np.array([recent]))


def _growth_paths(subject: str, past: History, chance: Chance, length: int, start: int) -> np.ndarray:
    """Growth after the last year of a history, opened and moved as a run does: of China the year tells more."""
    p = chance.environment
    quarters = subject in OPENED_BY_QUARTER
    mean, persistence, spread = (getattr(p, f"{subject}_growth{key}") for key in ("", "_persistence", "_spread"))
    growth = rules.at_origin_of_swing(
        yearly=past.recent[:, -1:] if quarters else past.yearly[:, -1:],
        mean=mean,
        persistence=persistence,
        spread=spread,
        error=chance.error(f"environment.{subject}"),
        span=LAST_QUARTER if quarters else 1.0,
    )
    shocks = chance.normal(f"environment.{subject}")
    if quarters:
        oil = chance.normal("environment.oil")
        shocks = rules.correlated(common=oil, own=shocks, correlation=getattr(p, f"{subject}_oil_correlation"))
    keep = []
    for shock in shocks[start : start + length]:
        growth = rules.around_mean(level=growth, mean=mean, persistence=persistence, spread=spread, shock=shock)
        keep.append(growth)
    return np.stack(keep, axis=1)


def _growth(name: str, country: str, subject: str, first: int) -> Process:
    quarters = subject in OPENED_BY_QUARTER
    return Process(
        name,
        first=first,
        logs=False,
        benchmark=FROM_QUARTER if quarters else "AR(1)",
        months_of_recent=3,
        history=partial(_years, country, first, quarters),
        paths=partial(_growth_paths, subject),
        outlook=OUTLOOK[country],
    )


PROCESSES = (
    _price("oil_price", OIL_BY_MONTH, "oil"),
    _price("crop_price_index", "price_index.grains_month", "crop"),
    _growth("growth_russia", "RUS", "russia", 2004),
    _growth("growth_china", "CHN", "china", 2001),
    _growth("growth_eu", "EU", "eu", 2001),
)
