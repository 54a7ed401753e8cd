"""Lenders of untied money: the risk they see, what they give, how it is split. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.guards import MOST_LOG_ODDS, TINY, at_least, logistic


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
    strain: Draws,
    strain_weight: Draws,
) -> Draws:
    """Index of how hard it is to pay what falls due: service, cover, lost subsidy, lenders that are left (M09).

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
    strain : Draws
        Of refinancing, log; from `rollover_strain`.
    strain_weight : Draws
        Of the index per unit; finance.risk_rollover.

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
        + strain_weight * strain
    )


def rollover_strain(*, need: Draws, offered: Draws, usual: Draws, largest: Draws) -> Draws:
    """How hard it is to find what is needed: log of it over what lenders offer unasked, against the usual.

    Parameters
    ----------
    need : Draws
        Untied money that the government looks for, USD mn a month.
    offered : Draws
        Limits of all lenders of untied money together, USD mn a month.
    usual : Draws
        One over the other as usual; finance.usual_rollover.
    largest : Draws
        Log, either way, that lenders answer; finance.largest_strain.
    """
    log_ratio: Draws = np.log(at_least(need, TINY) / at_least(offered, TINY))
    result: Draws = np.clip(log_ratio - np.log(usual), -largest, largest)
    return result


def budget_strain(
    *,
    burden: Draws,
    usual_burden: Draws,
    burden_weight: Draws,
    put_off: Draws,
    put_off_weight: Draws,
) -> Draws:
    """What the budget adds to the risk that lenders see: interest and guarantees over revenue, and principal put off.

    Parameters
    ----------
    burden : Draws
        Interest, called guarantees and claims taken over, as a fraction of revenue.
    usual_burden : Draws
        The same in usual conditions; finance.usual_burden.
    burden_weight : Draws
        Log odds per unit; finance.risk_burden.
    put_off : Draws
        Share of debt service that was rescheduled.
    put_off_weight : Draws
        Log odds per unit; finance.risk_rescheduling.
    """
    return burden_weight * (burden - usual_burden) + put_off_weight * put_off


def solvency_risk(
    *,
    pressure: Draws,
    budget: Draws,
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
    budget : Draws
        Log odds; from `budget_strain`.
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
    owed = debt_weight * (debt_ratio - usual_debt) + arrears_weight * np.minimum(arrears_ratio, largest_arrears)
    return logistic(pressure + budget + owed)


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
