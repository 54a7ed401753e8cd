"""Reserves, repayment, investment and the closing of a month's external accounts. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
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
    return base * np.exp(np.clip(policy + pull + noise, least, largest))
