"""Output of Belarus, its real exchange rate and dollar GDP. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import A_YEAR, DECEMBER_AFTER_MEAN, MONTHS_PER_YEAR, PERCENT
from sinobel.world.elementary import exp, log1p
from sinobel.world.rules.rates import decay_a_month, persistence_a_month, share_a_month, share_left

PLACES_IN_A_YEAR = tuple(float(place) for place in np.linspace(-1, 1, MONTHS_PER_YEAR))
"""Distances of months from the middle of their year, that of December is 1."""


def next_growth_rate(*, growth: Draws, persistence: Draws, trend: Draws, reaction: Draws, noise: Draws) -> Draws:
    """Pace of growth of Belarus next month, levels apart, as an annual rate that leans on its past.

    Parameters
    ----------
    growth : Draws
        This month; [% a year].
    persistence : Draws
        Share of a gap left after a year; finance.growth_persistence.
    trend : Draws
        Without anything unusual; [% a year]; finance.trend_growth.
    reaction : Draws
        To Russia; [% a year].
    noise : Draws
        [% a year]; finance.growth_noise.
    """
    return trend + reaction + persistence_a_month(persistence) * (growth - trend - reaction) + noise


def growth_reaction(*, russia: Draws, usual_russia: Draws, russia_weight: Draws) -> Draws:
    """What moves the pace of growth away from trend, % a year (M20).

    Parameters
    ----------
    russia : Draws
        Growth of Russia, % a year.
    usual_russia : Draws
        Its mean, % a year; environment.russia_growth.
    russia_weight : Draws
        % a year per % of Russian growth; finance.growth_russia.
    """
    return russia_weight * (russia - usual_russia)


def carried_by_income(*, change: Draws, gdp: Draws, multiplier: Draws, largest: Draws) -> Draws:
    """Output that income from abroad carries beyond that of the origin, log: a level, not a pace (M20).

    Parameters
    ----------
    change : Draws
        Income gained or lost, at the prices of `gdp`; [USD mn a month].
    gdp : Draws
        Of the same month, at the real exchange rate of the origin and without what income carries; [USD mn a month].
    multiplier : Draws
        Output per income, fraction; finance.potash_multiplier, .export_multiplier and others.
    largest : Draws
        Change over GDP, either way, that output answers, fraction; finance.largest_income_change and
        .largest_export_cycle.
    """
    return log1p(multiplier * np.clip(change / gdp, -largest, largest))


def next_reform_gain(*, gain: Draws, whole: Draws, reform: Draws, usual_reform: Draws, years: Draws) -> Draws:
    """What reform has added to a level, log, next month: it comes with time and ends (M12, M22).

    Parameters
    ----------
    gain : Draws
        This month, log.
    whole : Draws
        In the end, log per unit of reform; finance.reform_gain, trade.reform_exports.
    reform : Draws
        Index, 0 to 1.
    usual_reform : Draws
        0 to 1; politics.usual_reform.
    years : Draws
        In which 63 % of the gap go; finance.reform_years.
    """
    return gain + decay_a_month(years) * (whole * (reform - usual_reform) - gain)


def next_jobs_between(*, between: Draws, search_years: Draws, new_reform: Draws, shed: Draws) -> Draws:
    """Jobs that reform has shed in state industry and that are not yet replaced, share of all, next month (M22).

    Parameters
    ----------
    between : Draws
        This month, fraction.
    search_years : Draws
        In which 63 % find other work; finance.reform_search.
    new_reform : Draws
        Reform of this month that was never reached before, index.
    shed : Draws
        Fraction of all jobs per unit of reform; finance.reform_jobs.
    """
    return between - decay_a_month(search_years) * between + shed * new_reform


def months_of_a_year(*, rate: Draws) -> list[Draws]:
    """Output of the months of a year over its mean, where it grows evenly.

    Parameters
    ----------
    rate : Draws
        [% a year].
    """
    december = log1p(rate / PERCENT) * DECEMBER_AFTER_MEAN
    levels = [exp(december * place) for place in PLACES_IN_A_YEAR]
    mean = sum(levels, start=0 * levels[0]) / len(levels)
    return [level / mean for level in levels]


def yearly_growth(*, output: Draws, year_before: Draws) -> Draws:
    """Growth over a year, % a year: of twelve months over the twelve before, or of a month over the same one then.

    Parameters
    ----------
    output : Draws
        Of a month, or of twelve, over any base; [fraction].
    year_before : Draws
        Of the same months a year before, over the same base; [fraction].
    """
    return PERCENT * (output / year_before - 1) / A_YEAR


def exchange_rate_target(*, oil_pull: Draws, oil_gap: Draws) -> Draws:
    """Level the gap of the real exchange rate is drawn to by oil, log.

    Parameters
    ----------
    oil_pull : Draws
        Per log point of oil; finance.exchange_rate_oil.
    oil_gap : Draws
        Log oil price over its mean.
    """
    return oil_pull * oil_gap


def reserve_pull(*, pull: Draws, cover_gap: Draws, largest_cover_gap: Draws) -> Draws:
    """What reserves off their target do to the real exchange rate this month, log.

    Parameters
    ----------
    pull : Draws
        Change a year per month of cover above target; finance.exchange_rate_reserves.
    cover_gap : Draws
        Reserves above target, months of imports.
    largest_cover_gap : Draws
        Either way, that the rate answers; finance.largest_cover_gap.
    """
    return pull * np.clip(cover_gap, -largest_cover_gap, largest_cover_gap) / MONTHS_PER_YEAR


def devaluation_by_shortage(
    *, shortage: Draws, imports: Draws, smallest: Draws, largest: Draws, halfway: Draws
) -> Draws:
    """Size of a devaluation as a fraction: the larger, the more of the month's imports could not be paid.

    Parameters
    ----------
    shortage : Draws
        What no lender and no reserve filled, USD mn a month.
    imports : Draws
        Planned, USD mn a month.
    smallest : Draws
        Fraction, when next to nothing is short; finance.devaluation_smallest.
    largest : Draws
        Fraction, that it nears; finance.devaluation_largest.
    halfway : Draws
        Shortage over imports at which it is in the middle, fraction; finance.devaluation_halfway.
    """
    return smallest + (largest - smallest) * shortage / (shortage + halfway * imports)


def next_catch_up(*, left: Draws, pace: Draws, devaluation: Draws) -> Draws:
    """Part of the gap of the real exchange rate that prices at home have yet to catch up with, log.

    Parameters
    ----------
    left : Draws
        Of earlier devaluations, log, negative.
    pace : Draws
        Share that prices catch up with in a year; finance.price_catch_up.
    devaluation : Draws
        Size of one this month, as a fraction; from `devaluation_by_shortage`, else 0.
    """
    return left * share_left(pace) + log1p(-devaluation)


def next_real_exchange_rate(
    *,
    gap: Draws,
    catching_up: Draws,
    still_to_catch_up: Draws,
    target: Draws,
    speed: Draws,
    reserves: Draws,
    oil: Draws,
    noise: Draws,
    weakest: Draws,
    strongest: Draws,
) -> tuple[Draws, Draws]:
    """Gap of the real exchange rate next month, log, positive when the rouble is strong.

    What a bound cuts off is cut from what prices have yet to catch up with, as far as that goes: prices do not catch up
    with a fall that did not happen.

    Parameters
    ----------
    gap : Draws
        Log, this month.
    catching_up : Draws
        Part of it that prices at home have yet to catch up with, log.
    still_to_catch_up : Draws
        The same next month; from `next_catch_up`.
    target : Draws
        Level the rest is drawn to, log; from `exchange_rate_target`.
    speed : Draws
        Share of the rest of the gap closed in a year; finance.exchange_rate_speed.
    reserves : Draws
        What reserves do to it this month, log; from `reserve_pull`.
    oil : Draws
        What the change of oil does to it this month, log; finance.exchange_rate_oil.
    noise : Draws
        Log points; finance.exchange_rate_noise.
    weakest : Draws
        Log; finance.weakest_rouble.
    strongest : Draws
        Log; finance.strongest_rouble.

    Returns
    -------
    tuple[Draws, Draws]
        The gap, and the part of it that prices have yet to catch up with, both log.
    """
    rest = gap - catching_up
    rest = rest + share_a_month(speed) * (target - rest) + reserves + oil + noise
    bounded = np.clip(rest + still_to_catch_up, weakest, strongest)
    cut = bounded - (rest + still_to_catch_up)
    left = still_to_catch_up + np.clip(cut, -np.maximum(still_to_catch_up, 0.0), np.maximum(-still_to_catch_up, 0.0))
    return bounded, left


def gdp_in_dollars(
    *,
    base: Draws,
    real_growth: Draws,
    years: Number,
    dollar_inflation: Draws,
    exchange_rate: Draws,
    base_exchange_rate: Draws,
) -> Draws:
    """Dollar GDP of a month.

    Parameters
    ----------
    base : Draws
        USD mn a month at the origin.
    real_growth : Draws
        Of output since the origin, log.
    years : Number
        Since the middle of the origin's year.
    dollar_inflation : Draws
        Fraction a year; finance.dollar_inflation.
    exchange_rate : Draws
        Real gap now, log.
    base_exchange_rate : Draws
        Real gap at the origin, log.
    """
    return base * exp(real_growth + dollar_inflation * years + exchange_rate - base_exchange_rate)


def trading_gain(
    *, exports: Draws, exports_then: Draws, energy: Draws, energy_then: Draws, price_level: Draws
) -> Draws:
    """What potash, oil products and energy bring more, or cost less, than at prices of the origin; USD mn a month.

    It is income without output: output counts tonnes, and what they are paid for is not in it.

    Parameters
    ----------
    exports : Draws
        Potash and oil products sold, at prices of the month; [USD mn a month].
    exports_then : Draws
        The same tonnes at prices of the origin; [USD mn a month].
    energy : Draws
        Paid for energy, at prices of the month; [USD mn a month].
    energy_then : Draws
        The same energy at prices of the origin; [USD mn a month].
    price_level : Draws
        Dollar prices against the origin.
    """
    return (exports - energy) / price_level - (exports_then - energy_then)


def absorption(*, output: Draws, net_exports: Draws, gain: Draws, price_level: Draws) -> Draws:
    """What a country consumes and invests, at prices of the origin: output less what goes abroad on balance.

    Parameters
    ----------
    output : Draws
        At prices and the real exchange rate of the origin; [USD mn a month].
    net_exports : Draws
        Of goods and services, at prices of the month; [USD mn a month].
    gain : Draws
        Part of them that is price and not volume; from `trading_gain`; [USD mn a month].
    price_level : Draws
        Dollar prices against the origin.
    """
    return output - (net_exports / price_level - gain)


def net_income(*, output: Draws, gain: Draws, income: Draws, built: Draws, spent: Draws, price_level: Draws) -> Draws:
    """Real net national income: what could be consumed without owing more or owning less, at prices of the origin.

    Output and what prices bring, with income from abroad on balance, less what is spent on projects beyond the capital
    that they leave. Money that is borrowed and spent adds nothing by itself, whether it is consumed or built with.

    Parameters
    ----------
    output : Draws
        At prices and the real exchange rate of the origin; [USD mn a month].
    gain : Draws
        Of prices, from `trading_gain`; [USD mn a month].
    income : Draws
        From abroad on balance, interest and profits paid, at prices of the month; [USD mn a month].
    built : Draws
        Change in the capital of projects that work, after wear, at cost; [USD mn a month].
    spent : Draws
        On projects; [USD mn a month].
    price_level : Draws
        Dollar prices against the origin.
    """
    return output + gain + (income + built - spent) / price_level
