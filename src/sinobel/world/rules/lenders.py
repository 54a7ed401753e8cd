"""Lenders of untied money: the risk they see, what they give, how it is split. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp, log
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
    log_ratio: Draws = log(at_least(need, TINY) / at_least(offered, TINY))
    result: Draws = np.clip(log_ratio - log(usual), -largest, largest)
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
    """What a lender gives at most in a month: a yearly limit, cut or widened by conditions.

    Parameters
    ----------
    yearly : Draws
        USD mn a year; finance.russia_limit, .multilateral_limit, .imf_limit, .bond_limit, .china_limit.
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


def room_to_lend(*, held: Draws, ceiling: Draws, care: Draws) -> Draws:
    """Share of its usual offer that a lender has room for: all while little is at stake, none at its ceiling.

    Parameters
    ----------
    held : Draws
        What Belarus owes it over a year's GDP, a fraction.
    ceiling : Draws
        Most that it holds, the same; finance.russia_exposure, .multilateral_exposure, .bond_exposure, .china_exposure.
    care : Draws
        Share of the ceiling from which it lends less; finance.exposure_care.
    """
    return np.clip((ceiling - held) / ((1 - care) * ceiling), 0.0, 1.0)


def rate_asked(
    *, recorded: Draws, default_chance: Draws, risk: Draws, usual_risk: Draws, loss: Draws, safe: Draws
) -> Draws:
    """Rate that a lender asks: the safe rate, what it may lose, less what lending is worth to it besides (M09).

    What lending is worth to it is read off the record: rate = safe + chance × loss − worth holds for recorded rates at
    usual risk, so only what it may lose beyond that is added. Nobody lends below what money costs.

    Parameters
    ----------
    recorded : Draws
        At usual risk, a fraction a year; finance.russia_rate, .multilateral_rate, .bond_rate, loans.untied_line_rate.
    default_chance : Draws
        Of a default that is priced, a year per unit of risk; finance.default_chance.
    risk : Draws
        Of insolvency, 0 to 1.
    usual_risk : Draws
        The same in usual conditions; loans.usual_risk.
    loss : Draws
        Of the loan in a default, by the lender's place among creditors; finance.loss_of_preferred, .loss_of_states,
        .loss_of_bonds.
    safe : Draws
        Fraction a year; finance.safe_rate.
    """
    return np.maximum(recorded + default_chance * (risk - usual_risk) * loss, safe)


def best_rival(*, amounts: Draws, costs: Draws, own_cost: Draws, need: Draws, scale: Draws) -> Draws:
    """Share of the need that the best of others would take on terms as good, 0 to 1 (M29).

    Parameters
    ----------
    amounts : Draws
        Offers of the others, USD mn a month; (lenders, draws)
    costs : Draws
        Rate plus political price of each, fraction a year; (lenders, draws)
    own_cost : Draws
        The same of the one that looks at them.
    need : Draws
        USD mn a month.
    scale : Draws
        Cost difference that shifts the odds by a factor of 2.7; finance.lender_scale.
    """
    dearer = np.clip((costs - own_cost) / scale, 0.0, MOST_LOG_ODDS)
    taken = np.minimum(amounts / at_least(need, TINY), 1.0) * exp(-dearer)
    best: Draws = taken.max(axis=0)
    return best


def either(*, one: Draws, other: Draws) -> Draws:
    """Two shares of a whole that overlap by chance, together.

    Parameters
    ----------
    one, other : Draws
        0 to 1.
    """
    return one + other - one * other


def softer_terms(*, alternative: Draws, weight: Draws) -> Draws:
    """How much an alternative widens what Russia lends: 1 without one (M29).

    Parameters
    ----------
    alternative : Draws
        Chinese money over GDP, full at 2 % of GDP, or the best rival's part of the need, or both; 0 to 1.
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
    weight = exp(-np.clip((costs - lowest) / scale, 0.0, MOST_LOG_ODDS))
    taken = np.zeros_like(limits)
    for _ in range(len(limits)):
        missing = need - taken.sum(axis=0)
        open_weight = weight * (taken < limits)
        total = open_weight.sum(axis=0)
        share = open_weight / np.where(total > 0, total, 1.0)
        taken = np.minimum(taken + share * np.maximum(missing, 0.0), limits)
    return taken
