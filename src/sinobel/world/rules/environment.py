"""World prices and growth: what nobody in the model decides."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp, log
from sinobel.world.guards import LEAST_PERSISTENCE, MOST_PERSISTENCE, at_least
from sinobel.world.rules.rates import fresh_part, own_part, persistence_a_month, share_a_month, spread_a_month

YEAR_OF_A_WALK: Annotated[int, "per year"] = 3
"""The last value of a random walk lies a third of a year's variance from the mean of the year."""

GROWTH_OF_A_YEAR = MONTHS_PER_YEAR - np.abs(np.arange(2.0 * MONTHS_PER_YEAR) - MONTHS_PER_YEAR)
"""Weights of the paces of two years, by month, in growth of the second over the first: they rise, then fall."""

PACE_OF_DECEMBER = np.concatenate([np.zeros(len(GROWTH_OF_A_YEAR) - 1), [1.0]])
"""Likewise, of the last pace."""

GROWTH_WITHIN_A_YEAR = np.concatenate([np.zeros(MONTHS_PER_YEAR), np.arange(MONTHS_PER_YEAR)])
"""Likewise, of what brings the last month above the mean of its year: a pace late in it hardly lifts that mean."""

YEARS_APART = tuple(abs(place) / MONTHS_PER_YEAR for place in range(1 - len(GROWTH_OF_A_YEAR), len(GROWTH_OF_A_YEAR)))
"""Time between any two months of the two years."""


def around_mean(*, level: Draws, mean: Number, persistence: Draws, spread: Draws, shock: Draws) -> Draws:
    """What swings around a mean, next month: growth, or the log of a pace or share.

    Parameters
    ----------
    level : Draws
        This month; [% a year, or log].
    mean : Number
        long-run; environment.russia_growth, .china_growth, .eu_growth, or 0.
    persistence : Draws
        Share of a gap left after a year; environment.*_growth_persistence.
    spread : Draws
        Standard deviation around the mean; environment.*_growth_spread.
    shock : Draws
        Standard normal.

    Returns
    -------
    Draws
        In the unit of `level`.
    """
    return mean + persistence_a_month(persistence) * (level - mean) + spread * fresh_part(persistence) * shock


def around_zero(*, level: Draws, persistence: Draws, spread: Draws, shock: Draws) -> Draws:
    """What swings around nothing, next month: the log of a pace or share.

    Parameters
    ----------
    level : Draws
        This month; [log].
    persistence : Draws
        Share of it left after a year.
    spread : Draws
        Standard deviation.
    shock : Draws
        Standard normal.

    Returns
    -------
    Draws
        In the unit of `level`.
    """
    return persistence_a_month(persistence) * level + spread * fresh_part(persistence) * shock


def at_origin(*, spread: Draws, error: Draws) -> Draws:
    """Log distance of the last month of a year from the mean of that year, which is all the record tells.

    A random walk with a yearly spread ends its year that far from its yearly mean.

    Parameters
    ----------
    spread : Draws
        Per square root of a year.
    error : Draws
        Standard normal.
    """
    result: Draws = spread / np.sqrt(YEAR_OF_A_WALK) * error
    return result


def at_origin_of_swing(
    *, yearly: Number, mean: Number, persistence: Draws, spread: Draws, error: Draws, span: Number = 1.0
) -> Draws:
    """Where something that swings around a mean stands at the end of a year of which the record tells the mean alone.

    A fall of the whole year is partly over by its end: less of the gap is left, and nobody knows just how much. For a
    continuous AR(1) process with decay k (persistence exp(-k)) both follow from the covariance of the last value with
    the mean of the year. Of the mean of a last quarter the same holds with a quarter of k.

    Parameters
    ----------
    yearly : Number
        Mean of the year, or of the span; [% a year].
    mean : Number
        long-run.
    persistence : Draws
        Share of a gap left after a year.
    spread : Draws
        Standard deviation around the mean.
    error : Draws
        Standard normal.
    span : Number
        Part of a year that ends with it and of which the record tells the mean; [fraction of a year].
    """
    covariance, variance_of_mean = _end_and_mean(persistence, span)
    unknown = np.sqrt(np.maximum(1 - covariance**2 / variance_of_mean, 0.0))
    return mean + covariance / variance_of_mean * (yearly - mean) + spread * unknown * error


def december_of_growth(
    *, yearly: Number, mean: Draws, persistence: Draws, spread: Draws, error: Draws, error_within: Draws
) -> tuple[Draws, Draws]:
    """Pace of December, and rate within the year, where the record has growth of a year over the year before.

    That growth is a mean of the paces of both years, so it tells a part of the pace at its end, and of how far output
    of December lies above the mean of its year. Both are what is expected of an AR(1) that made the year, with what
    stays unknown, and the two go together.

    Parameters
    ----------
    yearly : Number
        Output of the year over that of the year before; [% a year].
    mean : Draws
        Long-run pace; [% a year].
    persistence : Draws
        Share of a gap left after a year.
    spread : Draws
        Standard deviation around the mean; [% a year].
    error, error_within : Draws
        Standard normal, of the pace and of the rate beside it.

    Returns
    -------
    tuple[Draws, Draws]
        [% a year]; the rate within the year makes December what even growth at that rate would.
    """
    year, december, within = GROWTH_OF_A_YEAR, PACE_OF_DECEMBER, GROWTH_WITHIN_A_YEAR
    known = _shared(year, year, persistence)
    slopes = [_shared(each, year, persistence) / known for each in (december, within)]
    pace = mean + slopes[0] * (yearly - mean)
    rate = mean + slopes[1] * (yearly - mean)
    unknown = np.sqrt(_shared(december, december, persistence) - slopes[0] ** 2 * known)
    together = (_shared(december, within, persistence) - slopes[0] * slopes[1] * known) / unknown
    alone = np.sqrt(_shared(within, within, persistence) - slopes[1] ** 2 * known - together**2)
    return pace + spread * unknown * error, rate + spread * (together * error + alone * error_within)


def _shared(one: np.ndarray, other: np.ndarray, persistence: Draws) -> Draws:
    """Covariance of two weighted means of the same months of a swing whose variance is one."""
    decay = -log(np.clip(persistence, LEAST_PERSISTENCE, MOST_PERSISTENCE))
    total = 0 * decay
    for years, weight in zip(YEARS_APART, _weights_apart(one, other), strict=True):
        total = total + weight * exp(-decay * years)
    return total


def _weights_apart(one: np.ndarray, other: np.ndarray) -> list[float]:
    """Products of the weights of two means, summed over the months that lie as far apart, from the most to the least.

    By addition in a fixed order: numpy's own function for it leaves that to a library that works by processor.
    """
    products = (one / one.sum())[:, None] * (other / other.sum())
    return [float(np.trace(products, offset)) for offset in range(len(other) - 1, -len(one), -1)]


def _end_and_mean(persistence: Draws, span: Number) -> tuple[Draws, Draws]:
    """Covariance of a swing's last value with its mean over a span, and variance of that mean; the swing has one."""
    decay = -log(np.clip(persistence, LEAST_PERSISTENCE, MOST_PERSISTENCE)) * span
    faded = 1 - exp(-decay)
    return faded / decay, (decay - faded) / (decay**2 / 2)


def next_price(*, price: Draws, mean: Draws, speed: Draws, volatility: Draws, shock: Draws) -> Draws:
    """A world price next month: its logarithm returns to a mean.

    Parameters
    ----------
    price : Draws
        This month; [any unit].
    mean : Draws
        Level it returns to; [the same].
    speed : Draws
        Share of the log gap closed in a year; environment.oil_speed, .crop_speed.
    volatility : Draws
        Of the logarithm; [1/sqrt(year)]; environment.oil_volatility, .crop_volatility.
    shock : Draws
        Standard normal.
    """
    gap = log(mean / price)
    return price * exp(share_a_month(speed) * gap + spread_a_month(volatility) * shock)


def back_to_experience(*, price: Draws, low: Draws, high: Draws, speed: Draws) -> Draws:
    """A price next month that is drawn back where it lies beyond what has been seen, and left alone within.

    Parameters
    ----------
    price : Draws
        [any unit].
    low, high : Draws
        What has been seen; [the same]; environment.oil_low, .oil_high.
    speed : Draws
        Share of the log excess that goes in a year; environment.oil_return.
    """
    excess = log(price / np.clip(price, low, high))
    result: Draws = price * exp(-share_a_month(speed) * excess)
    return result


def speed_of_process(*, process: Draws, no_change: Draws, speed: Draws) -> Draws:
    """How fast a price returns, by the process that a future takes: not at all, or slowly.

    Two processes are held for possible, with weights fixed beforehand: a price that has moved stays where it is, or
    goes back to a level in the course of many years.

    Parameters
    ----------
    process : Draws
        Which one, 0 to 1; environment.oil_process, .crop_process.
    no_change : Draws
        Weight of no change: the futures below it; environment.oil_no_change, .crop_no_change.
    speed : Draws
        Share of the log gap closed in a year by the others; environment.oil_speed, .crop_speed.
    """
    return np.where(process < no_change, 0.0 * speed, speed)


def anchor(*, current: Draws, past_mean: Number, weight: Draws) -> Draws:
    """Level a price returns to: between where it stands and its mean of the ten years before the origin.

    Parameters
    ----------
    current : Draws
        USD, or an index, today.
    past_mean : Number
        The same, over ten years before the origin.
    weight : Draws
        Of the current level, in logarithms; environment.oil_anchor_weight, .crop_anchor_weight.
    """
    return exp(weight * log(current) + (1 - weight) * log(past_mean))


def correlated(*, common: Draws, own: Draws, correlation: Draws) -> Draws:
    """A standard normal shock that shares part of its movement with another.

    Parameters
    ----------
    common : Draws
        The other one, standard normal.
    own : Draws
        Standard normal, independent of it.
    correlation : Draws
        Of the two; environment.russia_oil_correlation, .eu_oil_correlation, .crop_oil_correlation.
    """
    return correlation * common + own_part(correlation) * own


def surprise(*, departure: Draws, volatility: Draws) -> Draws:
    """What a step of a price off its simulated path is worth as a shock, so that growth answers a set price (M20).

    Parameters
    ----------
    departure : Draws
        Change this month of the log of the set price over the simulated one.
    volatility : Draws
        Of the logarithm; [1/sqrt(year)]; environment.oil_volatility.

    Returns
    -------
    Draws
        Standard deviations of a month's shock.
    """
    result: Draws = departure / (volatility / np.sqrt(MONTHS_PER_YEAR))
    return result


def premium_of_supply_shock(*, age: Draws, size: Draws, rise: Draws, duration: Draws) -> Draws:
    """Premium on the logarithm of the potash spot price after a mine is lost: up and back in straight lines.

    Buyers who need tonnes bid for what is left as contracts and stocks run out, not on the day of the loss.

    Parameters
    ----------
    age : Draws
        Months since the loss, 1 in the first; long ago before one.
    size : Draws
        Log points at the peak; potash.supply_shock_size.
    rise : Draws
        Months to the peak; potash.supply_shock_rise.
    duration : Draws
        Months until it has gone; potash.supply_shock_duration.
    """
    fall = at_least(duration - rise, 1.0)
    premium: Draws = size * np.clip(np.minimum(age / rise, (duration - age) / fall), 0.0, 1.0)
    return premium
