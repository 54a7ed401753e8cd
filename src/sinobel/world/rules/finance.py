"""Output, exchange rate, lenders and the closing of the external accounts. Money is USD mn a month."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR, PERCENT
from sinobel.world.guards import MOST_LOG_ODDS, logistic
from sinobel.world.rules.rates import persistence_a_month, share_a_month

# Beyond these limits nothing is known to go on in proportion; assumptions.
MOST_POTASH_CHANGE: Annotated[float, "% of GDP"] = 5.0  # of yearly potash revenue that growth answers
MOST_UNFILLED: Annotated[float, "% of GDP"] = 30.0  # gap that growth answers
MOST_EXPORT_GAP: Annotated[float, "log"] = 1.0  # of exports over GDP that the exchange rate answers
MOST_COVER_GAP: Annotated[float, "months of imports"] = 2.0  # off target that the exchange rate answers
WEAKEST_ROUBLE: Annotated[float, "log"] = -1.5  # a fall by four fifths in real terms
STRONGEST_ROUBLE: Annotated[float, "log"] = 1.0
MOST_COVER: Annotated[float, "months of imports"] = 6.0  # reserves above it calm no lender further
MOST_ARREARS: Annotated[float, "fraction of a year's GDP"] = 0.5  # arrears above it frighten no lender further
LEAST_INVESTMENT: Annotated[float, "log"] = -5.0  # of direct investment over the usual: nothing to speak of
MOST_INVESTMENT: Annotated[float, "log"] = 3.0  # twenty times the usual


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
    potash_weight: Draws,
    reform: Draws,
    usual_reform: Draws,
    reform_weight: Draws,
    unfilled: Draws,
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
    squeeze_weight : Draws
        % a year per % of GDP; finance.growth_squeeze.
    """
    return (
        russia_weight * (russia - usual_russia)
        + potash_weight * np.clip(potash_change, -MOST_POTASH_CHANGE, MOST_POTASH_CHANGE)
        + reform_weight * (reform - usual_reform)
        - squeeze_weight * np.minimum(unfilled, MOST_UNFILLED)
    )


def next_real_exchange_rate(
    *,
    gap: Draws,
    speed: Draws,
    oil_pull: Draws,
    oil_gap: Draws,
    oil_change: Draws,
    export_pull: Draws,
    export_gap: Draws,
    reserve_pull: Draws,
    cover_gap: Draws,
    devaluation: Draws,
    noise: Draws,
) -> Draws:
    """Gap of the real exchange rate next month, log, positive when the rouble is strong.

    Parameters
    ----------
    gap : Draws
        Log, this month.
    speed : Draws
        Share of the gap closed in a year; finance.exchange_rate_speed.
    oil_pull : Draws
        Change with oil, and level the gap is drawn to; finance.exchange_rate_oil.
    oil_gap : Draws
        Log oil price over its mean.
    oil_change : Draws
        Of the log oil price this month.
    export_pull : Draws
        Level the gap is drawn to per log point of exports; finance.exchange_rate_exports.
    export_gap : Draws
        Log of exports over GDP, over its usual level.
    reserve_pull : Draws
        Change a year per month of cover above target; finance.exchange_rate_reserves.
    cover_gap : Draws
        Reserves above target, months of imports.
    devaluation : Draws
        Size of one this month, as a fraction; finance.devaluation_smallest to finance.devaluation_largest.
    noise : Draws
        Log points; finance.exchange_rate_noise.
    """
    target = oil_pull * oil_gap + export_pull * np.clip(export_gap, -MOST_EXPORT_GAP, MOST_EXPORT_GAP)
    reserves = reserve_pull * np.clip(cover_gap, -MOST_COVER_GAP, MOST_COVER_GAP)
    drift = share_a_month(speed) * (target - gap) + reserves / MONTHS_PER_YEAR
    drift = drift + oil_pull * oil_change
    return np.clip(gap + drift + np.log1p(-devaluation) + noise, WEAKEST_ROUBLE, STRONGEST_ROUBLE)


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


def solvency_risk(
    *,
    service_ratio: Draws,
    usual_service: Draws,
    service_weight: Draws,
    cover: Draws,
    usual_cover: Draws,
    cover_weight: Draws,
    lost_subsidy: Draws,
    subsidy_weight: Draws,
    debt_ratio: Draws,
    usual_debt: Draws,
    debt_weight: Draws,
    arrears_ratio: Draws,
    arrears_weight: Draws,
    level: Draws,
) -> Draws:
    """Risk that Belarus cannot pay, 0 to 1, as lenders see it (M09).

    Parameters
    ----------
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
    cover_weight : Draws
        Of the index per month of cover; finance.risk_cover.
    lost_subsidy : Draws
        Share of the Russian subsidy that is gone.
    subsidy_weight : Draws
        Of the index when all is gone; finance.risk_subsidy.
    debt_ratio : Draws
        Public external debt over GDP, a fraction.
    usual_debt : Draws
        The same in usual conditions; finance.usual_debt.
    debt_weight : Draws
        Of the index per unit; finance.risk_debt.
    arrears_ratio : Draws
        Arrears over GDP, a fraction.
    arrears_weight : Draws
        Of the index per unit; finance.risk_arrears.
    level : Draws
        Of the index in usual conditions; finance.risk_level.
    """
    index = (
        level
        + service_weight * (service_ratio - usual_service)
        + cover_weight * (usual_cover - np.clip(cover, 0.0, MOST_COVER))
        + subsidy_weight * lost_subsidy
        + debt_weight * (debt_ratio - usual_debt)
        + arrears_weight * np.minimum(arrears_ratio, MOST_ARREARS)
    )
    return logistic(index)


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
    """
    policy = reform_weight * (reform - usual_reform) - risk_weight * (risk - usual_risk)
    return base * np.exp(np.clip(policy + pull + noise, LEAST_INVESTMENT, MOST_INVESTMENT))
