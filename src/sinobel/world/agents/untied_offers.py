"""What lenders of untied money offer Belarus: Russia with the EFSD, development banks and the IMF, markets, China."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.policies import event_path, events
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.arrays import Draws
from sinobel.world.ledger import BONDS, MULTI, RUSSIAN, UNTIED
from sinobel.world.rules import lenders

LENDERS = (RUSSIAN, MULTI, BONDS, UNTIED)
"""By the claim they get; whatever is listed by lender stands in this order."""
IN_EVENTS = {RUSSIAN: events.RUSSIA, MULTI: events.MULTILATERAL, BONDS: events.BONDS, UNTIED: events.CHINA}
"""What the events of a scenario call them."""


@dataclass(frozen=True)
class Offers:
    """Offers of a month, in the order of LENDERS.

    Attributes
    ----------
    limits : Draws
        Most that each of them lends, USD mn a month, (lenders, draws).
    rates : tuple[Draws, ...]
        Interest rate of each, a fraction a year.
    unasked : Draws
        What all of them would lend together before need makes them stretch, USD mn a month.
    """

    limits: Draws
    rates: tuple[Draws, ...]
    unasked: Draws


def of_lenders(world: Surroundings, *, risk: Draws, reform: Draws, strain: Draws) -> Offers:
    """Limits and rates of the month; who is asked for more than usual lends more, at the price the strain adds.

    Parameters
    ----------
    world : Surroundings
        What lenders see.
    risk : Draws
        Risk of insolvency as they see it, 0 to 1.
    reform : Draws
        Pace of reform, which the IMF pays for, 0 to 1.
    strain : Draws
        How hard it was last month to find what is needed, log; see `lenders.rollover_strain`.
    """
    usual = _usual_limits(world, risk=risk, reform=reform)
    stretch = 1 + world.parameters.finance.lending_stretch * np.maximum(strain, 0.0)
    line = world.china.policy_banks.line_available()
    unasked = line
    for limit in usual:
        unasked = unasked + limit
    limits = np.stack([*(limit * stretch for limit in usual), line])
    return Offers(limits, _rates(world, risk=risk, strain=strain), unasked)


def of_all(amounts: Mapping[str, Draws]) -> Draws:
    """What all lenders give together."""
    total = amounts[LENDERS[0]]
    for lender in LENDERS[1:]:
        total = total + amounts[lender]
    return total


def _usual_limits(world: Surroundings, *, risk: Draws, reform: Draws) -> tuple[Draws, ...]:
    """Most that each but China lends unasked: the West stops under sanctions, bonds flee risk, the IMF wants reform.

    What the IMF lends by an event of the scenario it does not lend once more for the same reform.
    """
    p, level = world.parameters.finance, world.environment.price_level
    open_markets = np.where(world.eu.sanctions > 0, 0.0, 1.0)
    calm = lenders.bond_appetite(risk=risk, calm=p.bond_risk, retreat=p.bond_retreat)
    development = p.multilateral_limit * level * world.board["eu.ebrd_finance"]
    reformed = lenders.reform_gate(reform=reform, threshold=p.reform_threshold, width=p.reform_gate_width)
    given = world.board.events(event_path.PROGRAM, events.IMF)
    program = np.maximum(p.imf_limit * level * reformed - given, 0.0)
    return (
        lenders.lender_limit(world.russia.government.lending),
        lenders.lender_limit(development + program, open_markets),
        lenders.lender_limit(p.bond_limit * level, open_markets, calm),
    )


def _rates(world: Surroundings, *, risk: Draws, strain: Draws) -> tuple[Draws, ...]:
    """Interest rate of each: markets and China add the spread for risk, Russia half of it, development banks none.

    Who has few lenders left pays more at all of them but the development banks.
    """
    p, loans = world.parameters.finance, world.parameters.loans
    spread = p.new_debt_spread * (risk - loans.usual_risk) + p.scarcity_spread * np.maximum(strain, 0.0)
    rates = (
        world.russia.government.rate + spread / 2,
        p.multilateral_rate,
        p.bond_rate + spread,
        loans.untied_line_rate + spread,
    )
    return tuple(np.maximum(rate, 0.0) for rate in rates)
