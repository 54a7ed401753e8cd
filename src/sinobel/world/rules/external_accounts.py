"""Reserves, repayment, investment and the closing of a month's external accounts. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.elementary import exp
from sinobel.world.guards import at_least
from sinobel.world.rules.rates import share_a_month, share_left


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


def spare_reserves(*, reserves: Draws, target: Draws) -> Draws:
    """Foreign money that is used in the month instead of a loan from abroad: reserves above target, over a year.

    Parameters
    ----------
    reserves : Draws
        USD mn.
    target : Draws
        USD mn; finance.reserve_target.
    """
    return np.maximum(reserves - target, 0.0) / (A_YEAR * MONTHS_PER_YEAR)


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


def private_finance(
    *, balance: Draws, usual_part: Draws, spare: Draws, largest_outflow: Draws, not_renewed: Draws
) -> Draws:
    """What banks and firms borrow abroad on balance: they finance a part of what they buy beyond what they earn.

    Suppliers and banks abroad lend with the trade, and are repaid out of a surplus, as far as residents owe them and
    want to hold money abroad; where foreign money is ample at home less is borrowed; when the country's risk rises they
    do not renew a part of what they lent.

    Parameters
    ----------
    balance : Draws
        Of goods, services and income without what the state pays, USD mn a month; negative when more is spent.
    usual_part : Draws
        Of it that is financed; finance.private_finance.
    spare : Draws
        Foreign money to spare at home, USD mn a month; from `spare_reserves`.
    largest_outflow : Draws
        Most that a surplus moves abroad, USD mn a month; finance.largest_outflow.
    not_renewed : Draws
        For a rise of risk, USD mn a month; from `flight_from_risk`.
    """
    return np.maximum(-usual_part * (balance + spare), -largest_outflow) - not_renewed


def flight_from_risk(*, flight: Draws, yearly_gdp: Draws, rise: Draws) -> Draws:
    """Private finance from abroad that is not renewed this month; what comes back when risk falls is negative.

    Parameters
    ----------
    flight : Draws
        Fraction of a year's GDP per unit of risk; finance.capital_flight.
    yearly_gdp : Draws
        USD mn.
    rise : Draws
        Of the risk that Belarus cannot pay, this month.
    """
    return flight * yearly_gdp * rise


def lost_finance(*, unfunded: Draws, usual: Draws, not_renewed: Draws, shortage: Draws) -> Draws:
    """Finance from abroad that is missing against the usual, and is spent less at home; negative where it is ample.

    A shortage is felt as imports that are cut and bills that stay unpaid, which output answers on its own: what the
    budget was not lent comes without it, and the rest of it is taken off here, so that no money is missed twice.

    Parameters
    ----------
    unfunded : Draws
        What the budget looked for abroad, own reserves apart, and no lender gave, less what was felt as a shortage;
        moving average, USD mn a month; negative if more was lent.
    usual : Draws
        Of that, what growth as usual has seen already, USD mn a month; finance.usual_unfunded.
    not_renewed : Draws
        Private finance that is not renewed, USD mn a month; from `flight_from_risk`.
    shortage : Draws
        The rest of the month's, USD mn a month; from `close_the_month`.
    """
    return at_least(unfunded, 0.0) - usual + not_renewed - np.clip(not_renewed, 0.0, shortage)


def spending_of_surplus(
    *, spending: Draws, balance: Draws, usual_balance: Draws, imports: Draws, speed: Draws, largest: Draws
) -> Draws:
    """Logarithm of imports that easy or tight money adds to what income calls for, next month.

    Money that comes in beyond the usual is lent on and spent at home, so the balance returns to what capital from
    abroad pays for; when less comes in, spending is drawn back.

    Parameters
    ----------
    spending : Draws
        Log, this month.
    balance : Draws
        Private balance, USD mn a month; as in `private_finance`.
    usual_balance : Draws
        The same as usual, USD mn a month.
    imports : Draws
        USD mn a month.
    speed : Draws
        Share of a gap closed in a year; finance.spending_speed.
    largest : Draws
        Log, either way; finance.largest_spending.
    """
    return np.clip(spending + share_a_month(speed) * (balance - usual_balance) / imports, -largest, largest)


def amortization(*, stock: Draws, yearly_share: Number) -> Draws:
    """Principal due this month on debt that is repaid at a steady pace.

    Parameters
    ----------
    stock : Draws
        Debt, USD mn.
    yearly_share : Number
        Of the stock; finance.russia_amortization, .multilateral_amortization.
    """
    return stock * share_a_month(yearly_share)


def profits_of_stock(*, stock: Draws, rate: Draws) -> Draws:
    """Profits that owners abroad take on a stock of many plants, of which some always fail; USD mn a month.

    Parameters
    ----------
    stock : Draws
        At the end of the last month, USD mn.
    rate : Draws
        Of all of it, fraction a year; finance.fdi_return.
    """
    return rate * stock / MONTHS_PER_YEAR


def profits_of_plants(*, yielded: Draws, part: Draws) -> Draws:
    """Profits that owners abroad take of what their plants add to output, never more than all of it; USD mn a month.

    Output that is added leaves out what the workers would make elsewhere, so owners, the budget and those who are paid
    above the usual share it. A plant that fails adds nothing, and pays nothing (M10, M28).

    Parameters
    ----------
    yielded : Draws
        By plants that work, USD mn a month.
    part : Draws
        Of owners; finance.owners_part.
    """
    return part * yielded


def next_investment_stock(*, stock: Draws, invested: Draws, wear: Draws) -> Draws:
    """Stock of direct investment at the end of the month, USD mn.

    Parameters
    ----------
    stock : Draws
        At its start, USD mn.
    invested : Draws
        This month, USD mn.
    wear : Draws
        Share that is worn or withdrawn in a year; finance.fdi_wear.
    """
    return stock * share_left(wear) + invested


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
    return base * exp(np.clip(policy + pull + noise, least, largest))
