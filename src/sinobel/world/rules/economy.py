"""Output of Belarus, its real exchange rate and dollar GDP. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR, PERCENT
from sinobel.world.rules.rates import persistence_a_month, share_a_month


def next_growth_rate(*, growth: Draws, persistence: Draws, trend: Draws, reaction: Draws, noise: Draws) -> Draws:
    """Real growth of Belarus next month, as an annual rate that leans on its past.

    Parameters
    ----------
    growth : Draws
        This month; [% a year].
    persistence : Draws
        Share of a gap left after a year; finance.growth_persistence.
    trend : Draws
        Without anything unusual; [% a year]; finance.trend_growth.
    reaction : Draws
        To Russia, potash, reform and squeeze; [% a year].
    noise : Draws
        [% a year]; finance.growth_noise.
    """
    return trend + reaction + persistence_a_month(persistence) * (growth - trend - reaction) + noise


def percent_of_gdp(*, amount_a_year: Draws, monthly_gdp: Draws) -> Draws:
    """A yearly amount over a year's GDP, %.

    Parameters
    ----------
    amount_a_year : Draws
        [USD mn a year].
    monthly_gdp : Draws
        [USD mn a month].
    """
    return PERCENT * amount_a_year / (MONTHS_PER_YEAR * monthly_gdp)


def growth_reaction(
    *,
    russia: Draws,
    usual_russia: Draws,
    russia_weight: Draws,
    potash_change: Draws,
    largest_potash_change: Draws,
    potash_weight: Draws,
    reform: Draws,
    usual_reform: Draws,
    reform_weight: Draws,
    unfilled: Draws,
    largest_unfilled: Draws,
    squeeze_weight: Draws,
) -> Draws:
    """What moves growth away from trend, % a year (M12, M20).

    Parameters
    ----------
    russia : Draws
        Growth of Russia, % a year.
    usual_russia : Draws
        Its mean, % a year; environment.russia_growth.
    russia_weight : Draws
        % a year per % of Russian growth; finance.growth_russia.
    potash_change : Draws
        Change of yearly potash revenue over GDP, %.
    largest_potash_change : Draws
        Either way, that growth answers; finance.largest_potash_change.
    potash_weight : Draws
        % a year per % of GDP; finance.growth_potash.
    reform : Draws
        Index, 0 to 1.
    usual_reform : Draws
        0 to 1; politics.usual_reform.
    reform_weight : Draws
        % a year for full reform; finance.growth_reform.
    unfilled : Draws
        Gap that nobody filled, % of GDP.
    largest_unfilled : Draws
        That growth answers; finance.largest_unfilled.
    squeeze_weight : Draws
        % a year per % of GDP; finance.growth_squeeze.
    """
    return (
        russia_weight * (russia - usual_russia)
        + potash_weight * np.clip(potash_change, -largest_potash_change, largest_potash_change)
        + reform_weight * (reform - usual_reform)
        - squeeze_weight * np.minimum(unfilled, largest_unfilled)
    )


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


def next_real_exchange_rate(
    *,
    gap: Draws,
    target: Draws,
    speed: Draws,
    reserves: Draws,
    oil: Draws,
    devaluation: Draws,
    noise: Draws,
    weakest: Draws,
    strongest: Draws,
) -> Draws:
    """Gap of the real exchange rate next month, log, positive when the rouble is strong.

    Parameters
    ----------
    gap : Draws
        Log, this month.
    target : Draws
        Level it is drawn to, log; from `exchange_rate_target`.
    speed : Draws
        Share of the gap closed in a year; finance.exchange_rate_speed.
    reserves : Draws
        What reserves do to it this month, log; from `reserve_pull`.
    oil : Draws
        What the change of oil does to it this month, log; finance.exchange_rate_oil.
    devaluation : Draws
        Size of one this month, as a fraction; finance.devaluation_smallest to finance.devaluation_largest.
    noise : Draws
        Log points; finance.exchange_rate_noise.
    weakest : Draws
        Log; finance.weakest_rouble.
    strongest : Draws
        Log; finance.strongest_rouble.
    """
    drift = share_a_month(speed) * (target - gap) + reserves
    drift = drift + oil
    return np.clip(gap + drift + np.log1p(-devaluation) + noise, weakest, strongest)


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
        Since the origin.
    dollar_inflation : Draws
        Fraction a year; finance.dollar_inflation.
    exchange_rate : Draws
        Real gap now, log.
    base_exchange_rate : Draws
        Real gap at the origin, log.
    """
    return base * np.exp(real_growth + dollar_inflation * years + exchange_rate - base_exchange_rate)
