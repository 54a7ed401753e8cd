"""Output, exchange rate, lenders and the closing of the external accounts. Money is USD mn a month."""

import numpy as np

from sinobel.world.rules.rates import persistence_a_month, share_a_month

MONTHS_PER_YEAR = 12


def next_growth_rate(growth, persistence, trend, reaction, noise):
    """Real growth of Belarus next month, as an annual rate that leans on its past.

    growth       this month                    [% a year]
    persistence  share of a gap left after a year                     finance.growth_persistence
    trend        without anything unusual      [% a year]             finance.trend_growth
    reaction     to Russia, potash, reform and squeeze  [% a year]
    noise        [% a year]                                           finance.growth_noise
    """
    return trend + reaction + persistence_a_month(persistence) * (growth - trend - reaction) + noise


def percent_of_gdp(amount_a_year, monthly_gdp):
    """A yearly amount over a year's GDP, %.

    amount_a_year  [USD mn a year]
    monthly_gdp    [USD mn a month]
    """
    return 100 * amount_a_year / (MONTHS_PER_YEAR * monthly_gdp)


def growth_reaction(
    russia, usual_russia, russia_weight, potash_change, potash_weight, reform, usual_reform, reform_weight, unfilled,
    squeeze_weight,
):  # fmt: skip
    """What moves growth away from trend, % a year (M12, M20).

    russia          Russian growth; usual_russia its mean             weight finance.growth_russia
    potash_change   change of yearly potash revenue over GDP, %       weight finance.growth_potash
    reform          0 to 1                                            weight finance.growth_reform, % a year for full
    unfilled        gap that nobody filled, % of GDP                  weight finance.growth_squeeze
    """
    return (
        russia_weight * (russia - usual_russia)
        + potash_weight * np.clip(potash_change, -5.0, 5.0)
        + reform_weight * (reform - usual_reform)
        - squeeze_weight * np.minimum(unfilled, 30.0)
    )


def next_real_exchange_rate(
    gap, speed, oil_pull, oil_gap, oil_change, export_pull, export_gap, reserve_pull, cover_gap, devaluation, noise
):
    """Gap of the real exchange rate next month, log, positive when the rouble is strong.

    speed        share of the gap closed in a year                    finance.exchange_rate_speed
    oil_pull     change with oil, and level the gap is drawn to       finance.exchange_rate_oil
    oil_gap      log oil price over its mean; oil_change of this month
    export_pull  level the gap is drawn to per log point of exports   finance.exchange_rate_exports
    export_gap   log of exports over GDP, over its usual level
    reserve_pull change a year per month of cover above target        finance.exchange_rate_reserves
    cover_gap    months of imports
    devaluation  size of one this month, as a fraction                finance.devaluation
    noise        log points                                           finance.exchange_rate_noise
    """
    target = oil_pull * oil_gap + export_pull * np.clip(export_gap, -1.0, 1.0)
    drift = share_a_month(speed) * (target - gap) + reserve_pull * np.clip(cover_gap, -2, 2) / 12
    drift = drift + oil_pull * oil_change
    return np.clip(gap + drift + np.log1p(-devaluation) + noise, -1.5, 1.0)


def gdp_in_dollars(base, real_growth, years, dollar_inflation, exchange_rate, base_exchange_rate):
    """Dollar GDP of a month.

    base               at the origin
    real_growth        of output since the origin, log
    dollar_inflation   fraction a year                                finance.dollar_inflation
    exchange_rate      real gap, log, now; base_exchange_rate at the origin
    """
    return base * np.exp(real_growth + dollar_inflation * years + exchange_rate - base_exchange_rate)


def solvency_risk(
    service_ratio, usual_service, service_weight, cover, usual_cover, cover_weight, lost_subsidy, subsidy_weight,
    debt_ratio, usual_debt, debt_weight, arrears_ratio, arrears_weight, level,
):  # fmt: skip
    """Risk that Belarus cannot pay, 0 to 1, as lenders see it (M09).

    service_ratio  debt service over exports          usual finance.usual_service, weight finance.risk_service
    cover          reserves in months of imports      usual finance.usual_cover, weight finance.risk_cover
    lost_subsidy   share of the Russian subsidy that is gone          weight finance.risk_subsidy
    debt_ratio     public external debt over GDP      usual finance.usual_debt, weight finance.risk_debt
    arrears_ratio  arrears over GDP                                   weight finance.risk_arrears
    level          of the index in usual conditions                   finance.risk_level
    """
    index = (
        level
        + service_weight * (service_ratio - usual_service)
        + cover_weight * (usual_cover - np.clip(cover, 0.0, 6.0))
        + subsidy_weight * lost_subsidy
        + debt_weight * (debt_ratio - usual_debt)
        + arrears_weight * np.minimum(arrears_ratio, 0.5)
    )
    return 1 / (1 + np.exp(-np.clip(index, -40, 40)))


def wanted_reserve_change(reserves, target, speed):
    """Change of reserves the government plans for the month.

    target  USD mn                                                    finance.reserve_target
    speed   share of the gap closed in a year                         finance.reserve_speed
    """
    return share_a_month(speed) * (target - reserves)


def lender_limit(yearly, *factors):
    """What a lender gives at most this month: a yearly limit, cut or widened by conditions.

    yearly   USD mn a year     finance.russia_limit, .multilateral_limit, .imf_limit, .bond_limit
    factors  each 0 or more
    """
    limit = yearly / 12
    for factor in factors:
        limit = limit * np.maximum(factor, 0.0)
    return limit


def bond_appetite(risk, calm, retreat):
    """Share of their limit that bond markets lend: all at usual risk, less above it.

    risk     solvency risk, 0 to 1
    calm     risk from which they lend less                           finance.bond_risk
    retreat  share lost per unit of risk above that                   finance.bond_retreat
    """
    return np.clip(1 - retreat * (risk - calm), 0.0, 1.0)


def softer_terms(alternative, weight):
    """How much a Chinese alternative widens what Russia lends: 1 without one (M29).

    alternative  Chinese money of a year over GDP, 0 to 1 at 2 % of GDP
    weight                                                            finance.alternative_limit
    """
    return 1 + weight * alternative


def reform_gate(reform, threshold, width):
    """Share of a reform program that the IMF pays for, passing from none to all around a threshold (M23).

    threshold  of the reform index                                    finance.reform_threshold
    width      of the passage                                         finance.reform_gate_width
    """
    return 1 / (1 + np.exp(-np.clip((reform - threshold) / width, -40, 40)))


def split_among_lenders(need, limits, costs, scale):
    """Untied borrowing by lender: by cost, each up to its limit, the rest passed on (M30).

    need     USD mn to raise                                          (draws,)
    limits   USD mn                                                   (lenders, draws)
    costs    rate plus political price, fraction a year               (lenders, draws)
    scale    cost difference that shifts the odds by a factor of 2.7  finance.lender_scale
    returns  USD mn by lender, never above limit; what is missing is need less the sum
    """
    lowest = costs.min(axis=0)
    weight = np.exp(-np.clip((costs - lowest) / scale, 0.0, 40.0))
    taken = np.zeros_like(limits)
    for _ in range(len(limits)):
        missing = need - taken.sum(axis=0)
        open_weight = weight * (taken < limits)
        total = open_weight.sum(axis=0)
        share = open_weight / np.where(total > 0, total, 1.0)
        taken = np.minimum(taken + share * np.maximum(missing, 0.0), limits)
    return taken


def close_the_month(cash, floor, imports_that_can_be_cut, largest_cut):
    """Last steps when borrowing was not enough: reserves to the floor, imports cut, and the rest is arrears.

    cash                     reserves after all receipts and payments, may be negative
    floor                    reserves that are not spent              finance.reserve_floor
    imports_that_can_be_cut  USD mn
    largest_cut              share of them                            finance.largest_import_cut
    returns                  shortage, import cut, arrears, all USD mn and never negative
    """
    shortage = np.maximum(floor - cash, 0.0)
    cut = np.minimum(shortage, largest_cut * np.maximum(imports_that_can_be_cut, 0.0))
    return shortage, cut, shortage - cut


def surplus_outflow(reserves, target, yearly_share):
    """Money that banks and firms move abroad when reserves stand above what the government aims at.

    target        USD mn
    yearly_share  of what lies above target                           finance.surplus_outflow
    """
    return np.maximum(reserves - target, 0.0) * share_a_month(yearly_share)


def amortization(stock, yearly_share):
    """Principal due this month on debt that is repaid at a steady pace.

    yearly_share  of the stock   finance.russia_amortization, .multilateral_amortization, .bond_amortization
    """
    return stock * share_a_month(yearly_share)


def direct_investment(base, reform_weight, reform, usual_reform, risk_weight, risk, usual_risk, pull, noise):
    """Direct investment from a source.

    base           USD mn a month in usual conditions                 finance.china_fdi, finance.other_fdi
    reform_weight  on the logarithm                                   finance.fdi_reform
    risk_weight    on the logarithm                                   finance.fdi_risk
    pull           log, of proximity to the EU and of rivals
    noise          log points
    """
    policy = reform_weight * (reform - usual_reform) - risk_weight * (risk - usual_risk)
    return base * np.exp(np.clip(policy + pull + noise, -5.0, 3.0))
