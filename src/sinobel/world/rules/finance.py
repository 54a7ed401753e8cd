"""Output, exchange rate, lenders and the closing of the external accounts. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR, PERCENT
from sinobel.world.guards import MOST_LOG_ODDS, logistic
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


def exchange_rate_target(
    *, oil_pull: Draws, oil_gap: Draws, export_pull: Draws, export_gap: Draws, largest_export_gap: Draws
) -> Draws:
    """Level the gap of the real exchange rate is drawn to by oil and exports, log.

    Parameters
    ----------
    oil_pull : Draws
        Per log point of oil; finance.exchange_rate_oil.
    oil_gap : Draws
        Log oil price over its mean.
    export_pull : Draws
        Per log point of exports; finance.exchange_rate_exports.
    export_gap : Draws
        Log of exports over GDP, over its usual level.
    largest_export_gap : Draws
        Either way, that the rate answers; finance.largest_export_gap.
    """
    return oil_pull * oil_gap + export_pull * np.clip(export_gap, -largest_export_gap, largest_export_gap)


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


def payment_pressure(
    *,
    level: Draws,
    service_ratio: Draws,
    usual_service: Draws,
    service_weight: Draws,
    cover: Draws,
    usual_cover: Draws,
    largest_cover: Draws,
    cover_weight: Draws,
    lost_subsidy: Draws,
    subsidy_weight: Draws,
) -> Draws:
    """Index of how hard it is to pay what falls due: service, cover, and the Russian subsidy that is gone (M09).

    Parameters
    ----------
    level : Draws
        Of the index in usual conditions; finance.risk_level.
    service_ratio : Draws
        Debt service over exports.
    usual_service : Draws
        The same in usual conditions; finance.usual_service.
    service_weight : Draws
        Of the index per unit; finance.risk_service.
    cover : Draws
        Reserves in months of imports.
    usual_cover : Draws
        The same in usual conditions; finance.usual_cover.
    largest_cover : Draws
        That calms lenders; finance.largest_cover.
    cover_weight : Draws
        Of the index per month of cover; finance.risk_cover.
    lost_subsidy : Draws
        Share of the Russian subsidy that is gone.
    subsidy_weight : Draws
        Of the index when all is gone; finance.risk_subsidy.

    Returns
    -------
    Draws
        Log odds.
    """
    return (
        level
        + service_weight * (service_ratio - usual_service)
        + cover_weight * (usual_cover - np.clip(cover, 0.0, largest_cover))
        + subsidy_weight * lost_subsidy
    )


def solvency_risk(
    *,
    pressure: Draws,
    debt_ratio: Draws,
    usual_debt: Draws,
    debt_weight: Draws,
    arrears_ratio: Draws,
    largest_arrears: Draws,
    arrears_weight: Draws,
) -> Draws:
    """Risk that Belarus cannot pay, 0 to 1, as lenders see it: pressure of payments, debt and arrears (M09).

    Parameters
    ----------
    pressure : Draws
        Of payments, log odds; from `payment_pressure`.
    debt_ratio : Draws
        Public external debt over GDP, a fraction.
    usual_debt : Draws
        The same in usual conditions; finance.usual_debt.
    debt_weight : Draws
        Of the index per unit; finance.risk_debt.
    arrears_ratio : Draws
        Arrears over GDP, a fraction.
    largest_arrears : Draws
        That frighten lenders; finance.largest_arrears.
    arrears_weight : Draws
        Of the index per unit; finance.risk_arrears.
    """
    return logistic(
        pressure + debt_weight * (debt_ratio - usual_debt) + arrears_weight * np.minimum(arrears_ratio, largest_arrears)
    )


def wanted_reserve_change(*, reserves: Draws, target: Draws, speed: Draws) -> Draws:
    """Change of reserves the government plans for the month.

    Parameters
    ----------
    reserves : Draws
        USD mn.
    target : Draws
        USD mn; finance.reserve_target.
    speed : Draws
        Share of the gap closed in a year; finance.reserve_speed.
    """
    return share_a_month(speed) * (target - reserves)


def lender_limit(yearly: Draws, *factors: Number) -> Draws:
    """What a lender gives at most this month: a yearly limit, cut or widened by conditions.

    Parameters
    ----------
    yearly : Draws
        USD mn a year; finance.russia_limit, .multilateral_limit, .imf_limit, .bond_limit.
    factors : Draws
        Each 0 or more.
    """
    limit = yearly / MONTHS_PER_YEAR
    for factor in factors:
        limit = limit * np.maximum(factor, 0.0)
    return limit


def bond_appetite(*, risk: Draws, calm: Draws, retreat: Draws) -> Draws:
    """Share of their limit that bond markets lend: all at usual risk, less above it.

    Parameters
    ----------
    risk : Draws
        Solvency risk, 0 to 1.
    calm : Draws
        Risk from which they lend less; finance.bond_risk.
    retreat : Draws
        Share lost per unit of risk above that; finance.bond_retreat.
    """
    return np.clip(1 - retreat * (risk - calm), 0.0, 1.0)


def softer_terms(*, alternative: Draws, weight: Draws) -> Draws:
    """How much a Chinese alternative widens what Russia lends: 1 without one (M29).

    Parameters
    ----------
    alternative : Draws
        Chinese money of a year over GDP, 0 to 1 at 2 % of GDP.
    weight : Draws
        finance.alternative_limit.
    """
    return 1 + weight * alternative


def reform_gate(*, reform: Draws, threshold: Draws, width: Draws) -> Draws:
    """Share of a reform program that the IMF pays for, passing from none to all around a threshold (M23).

    Parameters
    ----------
    reform : Draws
        Index, 0 to 1.
    threshold : Draws
        Of the reform index; finance.reform_threshold.
    width : Draws
        Of the passage; finance.reform_gate_width.
    """
    return logistic((reform - threshold) / width)


def split_among_lenders(*, need: Draws, limits: Draws, costs: Draws, scale: Draws) -> Draws:
    """Untied borrowing by lender: by cost, each up to its limit, the rest passed on (M30).

    Parameters
    ----------
    need : Draws
        USD mn to raise; (draws,)
    limits : Draws
        USD mn; (lenders, draws)
    costs : Draws
        Rate plus political price, fraction a year; (lenders, draws)
    scale : Draws
        Cost difference that shifts the odds by a factor of 2.7; finance.lender_scale.

    Returns
    -------
    Draws
        USD mn by lender, never above limit; what is missing is need less the sum.
    """
    lowest = costs.min(axis=0)
    weight = np.exp(-np.clip((costs - lowest) / scale, 0.0, MOST_LOG_ODDS))
    taken = np.zeros_like(limits)
    for _ in range(len(limits)):
        missing = need - taken.sum(axis=0)
        open_weight = weight * (taken < limits)
        total = open_weight.sum(axis=0)
        share = open_weight / np.where(total > 0, total, 1.0)
        taken = np.minimum(taken + share * np.maximum(missing, 0.0), limits)
    return taken


def close_the_month(
    *, cash: Draws, floor: Draws, imports_that_can_be_cut: Draws, largest_cut: Draws
) -> tuple[Draws, Draws, Draws]:
    """Last steps when borrowing was not enough: reserves to the floor, imports cut, and the rest is arrears.

    Parameters
    ----------
    cash : Draws
        Reserves after all receipts and payments, may be negative.
    floor : Draws
        Reserves that are not spent; finance.reserve_floor.
    imports_that_can_be_cut : Draws
        USD mn.
    largest_cut : Draws
        Share of them; finance.largest_import_cut.

    Returns
    -------
    tuple[Draws, Draws, Draws]
        Shortage, import cut, arrears, all USD mn and never negative.
    """
    shortage = np.maximum(floor - cash, 0.0)
    cut = np.minimum(shortage, largest_cut * np.maximum(imports_that_can_be_cut, 0.0))
    return shortage, cut, shortage - cut


def surplus_outflow(*, reserves: Draws, target: Draws, yearly_share: Draws) -> Draws:
    """Money that banks and firms move abroad when reserves stand above what the government aims at.

    Parameters
    ----------
    reserves : Draws
        USD mn.
    target : Draws
        USD mn.
    yearly_share : Draws
        Of what lies above target; finance.surplus_outflow.
    """
    return np.maximum(reserves - target, 0.0) * share_a_month(yearly_share)


def amortization(*, stock: Draws, yearly_share: Number) -> Draws:
    """Principal due this month on debt that is repaid at a steady pace.

    Parameters
    ----------
    stock : Draws
        Debt, USD mn.
    yearly_share : Number
        Of the stock; finance.russia_amortization, .multilateral_amortization, .bond_amortization.
    """
    return stock * share_a_month(yearly_share)


def direct_investment(
    *,
    base: Draws,
    reform_weight: Draws,
    reform: Draws,
    usual_reform: Draws,
    risk_weight: Draws,
    risk: Draws,
    usual_risk: Draws,
    pull: Draws,
    noise: Draws,
    least: Draws,
    largest: Draws,
) -> Draws:
    """Direct investment from a source.

    Parameters
    ----------
    base : Draws
        USD mn a month in usual conditions; finance.china_fdi, of all others the record at the origin.
    reform_weight : Draws
        On the logarithm; finance.fdi_reform.
    reform : Draws
        Index, 0 to 1.
    usual_reform : Draws
        0 to 1; politics.usual_reform.
    risk_weight : Draws
        On the logarithm; finance.fdi_risk.
    risk : Draws
        That Belarus cannot pay, 0 to 1.
    usual_risk : Draws
        The same in usual conditions.
    pull : Draws
        Log, of proximity to the EU and of rivals.
    noise : Draws
        Log points.
    least : Draws
        Log of investment over the usual; finance.least_investment.
    largest : Draws
        The same; finance.largest_investment.
    """
    policy = reform_weight * (reform - usual_reform) - risk_weight * (risk - usual_risk)
    return base * np.exp(np.clip(policy + pull + noise, least, largest))
