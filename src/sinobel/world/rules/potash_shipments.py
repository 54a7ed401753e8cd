"""Belarusian potash: its share of the Chinese market, what is shipped and mined, what it is worth.

Volumes are thousand tonnes of KCl a month, prices USD per tonne. Mechanisms M11, M12 and M16.
"""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Flags, Number
from sinobel.world.constants import KT_PRICED_PER_MILLION
from sinobel.world.guards import TINY, at_least


def share_of_china_market(
    *,
    share: Draws,
    alone: Draws,
    with_partner: Draws,
    cartel: Draws,
    restored: Draws,
    restored_way: Draws,
    months: Draws,
) -> Draws:
    """Belarus's share of Chinese imports next month, moving over about a year to what the selling regime allows.

    Parameters
    ----------
    share : Draws
        Now, 0 to 1.
    alone : Draws
        When Belaruskali sells by itself; potash.share_alone.
    with_partner : Draws
        When it sold with Uralkali; potash.share_with_partner.
    cartel : Draws
        0 to 1; lever russia.cartel.
    restored : Draws
        True when the cartel had been broken: then it falls only part of the way back.
    restored_way : Draws
        That part; [1]; potash.restored_way.
    months : Draws
        Of the passage; potash.share_adjustment.
    """
    back = np.where(restored, restored_way, 1.0) * cartel
    target = alone + back * (with_partner - alone)
    return share + (target - share) / months


def volume_of_leading(*, led: Flags, volume: Draws) -> Draws:
    """Shipments to China over their usual size, by seller: who settled first has won tonnes from who followed.

    What the first win the others lose: over all sellers it adds up to nothing. Where all settled at once nobody wins.

    Parameters
    ----------
    led : Flags
        True where it settled first in the last round, by seller; each counts alike.
    volume : Draws
        Half of what lies between one that led and one that followed, fraction; potash.lead_volume.
    """
    apart = volume + volume
    volumes: Draws = np.where(led, 1 + apart, 1) - apart / len(led) * led.sum(axis=0)
    return volumes


def claim_on_china(*, share: Draws, wanted: Draws, needed: Draws, made_up: Draws) -> tuple[Draws, Draws]:
    """What China takes under contract, and what of earlier making up is still held against it.

    Tonnes that were made up for after a wait stand in Chinese stores already: of what fills them no second share.

    Parameters
    ----------
    share : Draws
        Of Chinese imports.
    wanted : Draws
        That China wants to import, kt a month, with what fills its stores.
    needed : Draws
        What its farms use beyond what its mines give, kt a month, not negative.
    made_up : Draws
        kt.

    Returns
    -------
    tuple[Draws, Draws]
        kt a month under contract, kt still held against it.
    """
    whole = share * wanted
    had: Draws = np.clip(whole - share * needed, 0.0, made_up)
    return whole - had, made_up - had


def shipment_to_china(
    *,
    normal: Draws,
    has_contract: Flags,
    begun: Flags,
    months_waited: Draws,
    carry_over: Draws,
    floor: Draws,
    closed: Flags,
    let_in: Draws,
    backlog: Draws,
    recovered: Draws,
    recovery_months: Draws,
) -> tuple[Draws, Draws, Draws]:
    """Potash that leaves Belarus for China, the backlog left behind, and what of it was made up for.

    Who waits while another seller has a contract loses what it does not ship: the other ships it.

    Parameters
    ----------
    normal : Draws
        kt a month with a contract in force.
    has_contract : Flags
        True where Belaruskali has one.
    begun : Flags
        True where any seller has one.
    months_waited : Draws
        0 with a contract, 1 in the first month without.
    carry_over : Draws
        Months of old tonnage after a contract lapses; potash.carry_over.
    floor : Draws
        Share of normal once that has gone; potash.floor_without_contract.
    closed : Flags
        True where the buyers keep the market shut.
    let_in : Draws
        Its share of what they let in, kt a month; where the market is shut no more is shipped.
    backlog : Draws
        kt not shipped while all sellers waited.
    recovered : Draws
        Share of the backlog that comes back; potash.backlog_recovered.
    recovery_months : Draws
        Over which it does; potash.recovery_months.

    Returns
    -------
    tuple[Draws, Draws, Draws]
        Kt shipped, kt of backlog afterwards, kt shipped of the backlog.
    """
    carried = np.clip(carry_over + 1 - months_waited, 0.0, 1.0)
    usual = normal * np.where(has_contract, 1.0, floor + carried * (1 - floor))
    cleared = np.where(has_contract, backlog / recovery_months, 0.0)
    late = recovered * cleared
    shipped = np.where(closed, np.minimum(usual, let_in), usual) + late
    missed = np.where(begun, 0.0, normal - shipped)
    return shipped, backlog - cleared + missed, late


def sales_elsewhere(*, share: Draws, withheld: Draws, demand: Draws, spare: Draws, diversion: Draws) -> Draws:
    """Potash Belarus sells outside China: its share of demand there, and a part of what China does not take.

    What it gives up to hold spot is not sold: others sell it.

    Parameters
    ----------
    share : Draws
        Of demand outside China, 0 to 1; record, potash.rest_share_error.
    withheld : Draws
        Part of that share which it gives up while the cartel holds up spot.
    demand : Draws
        Outside China, kt a month.
    spare : Draws
        kt China would have taken with a contract.
    diversion : Draws
        Part of it that finds other buyers; potash.diversion.
    """
    return share * (1 - withheld) * demand + diversion * np.maximum(spare, 0.0)


def mine_output(
    *,
    expected_sales: Draws,
    stock: Draws,
    capacity: Draws,
    target_months: Draws,
    cap_months: Draws,
    rebuilding: Draws,
    sales: Draws,
) -> Draws:
    """Output of the mines: follow sales, rebuild the stock, stop when the stock is full.

    Parameters
    ----------
    expected_sales : Draws
        kt a month, of the last half-year.
    stock : Draws
        At the mines, kt, before this month.
    capacity : Draws
        Of the mines, kt a month.
    target_months : Draws
        Of sales held; potash.mine_stock_target.
    cap_months : Draws
        Of capacity that can be stored; potash.mine_stock_cap.
    rebuilding : Draws
        Months in which the stock comes to its target; [months]; potash.stock_rebuilding.
    sales : Draws
        Kt this month; never more than stock and output together.
    """
    planned = np.minimum((1 + target_months / rebuilding) * expected_sales - stock / rebuilding, capacity)
    drawn = sales - stock
    room = cap_months * capacity + drawn
    return np.maximum(np.minimum(planned, room), np.maximum(drawn, 0.0))


def price_elsewhere(*, price: Draws, placed: Draws, discount: Draws) -> Draws:
    """Mean price outside China when a part of the tonnes had to find new buyers.

    Parameters
    ----------
    price : Draws
        That old buyers pay, USD/t.
    placed : Draws
        Part of the tonnes sold there that was moved from China on purpose, fraction.
    discount : Draws
        That new buyers get; potash.diversified_discount.
    """
    return price * (1 - discount * placed)


def export_value(*, volume: Draws, price: Number, freight: Draws) -> Draws:
    """Value of potash at the border of Belarus: tonnes times price less freight, USD mn; never negative.

    Parameters
    ----------
    volume : Draws
        kt.
    price : Number
        USD per tonne CFR.
    freight : Draws
        USD per tonne; potash.freight, potash.freight_elsewhere.
    """
    return volume * np.maximum(price - freight, 0.0) / KT_PRICED_PER_MILLION


def volume_of_value(*, value: Draws, price: Number, freight: Draws) -> Draws:
    """Tonnes that a value at the border of Belarus paid for, kt: the inverse of `export_value`.

    Parameters
    ----------
    value : Draws
        USD mn.
    price : Number
        USD per tonne CFR.
    freight : Draws
        USD per tonne.
    """
    volume: Draws = value * KT_PRICED_PER_MILLION / at_least(price - freight, TINY)
    return volume
