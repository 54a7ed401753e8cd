"""The year's tender for untied money: Russia with the EFSD, development banks, the IMF, bond markets, China.

Each January every lender says how much it would lend in the year, at which rate and on which condition, for the same
need. The need of months is then drawn on what was agreed; who shuts its door within the year lends no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.policies import event_path, events
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.ledger import BONDS, MULTI, RUSSIAN, TIED, UNTIED
from sinobel.world.rules import lenders

LENDERS = (RUSSIAN, MULTI, BONDS, UNTIED)
"""By the claim they get."""
IN_EVENTS = {RUSSIAN: events.RUSSIA, MULTI: events.MULTILATERAL, BONDS: events.BONDS, UNTIED: events.CHINA}
"""What the events of a scenario call them."""

RUSSIA, DEVELOPMENT, FUND, MARKETS, CHINA = "Russia and EFSD", "development banks", "IMF", "bond markets", "China"
BIDDERS = (RUSSIA, DEVELOPMENT, FUND, MARKETS, CHINA)
"""Who is asked for an offer; whatever is listed by bidder stands in this order."""
CLAIM = {RUSSIA: RUSSIAN, DEVELOPMENT: MULTI, FUND: MULTI, MARKETS: BONDS, CHINA: UNTIED}
"""The claim that each of them gets: the IMF and development banks share one."""


@dataclass(frozen=True)
class Borrower:
    """What lenders see of Belarus when they make their offers.

    Attributes
    ----------
    risk : Draws
        Of insolvency, 0 to 1.
    reform : Draws
        Pace of reform, which the IMF pays for, 0 to 1.
    need : Draws
        Untied money it looks for, USD mn a month.
    yearly_gdp : Draws
        USD mn.
    size : Draws
        Real output over that of the origin, a fraction: who is larger is lent more, in proportion, as ceilings say too.
    """

    risk: Draws
    reform: Draws
    need: Draws
    yearly_gdp: Draws
    size: Draws


@dataclass(frozen=True)
class Offers:
    """First offers of a year, by bidder.

    Attributes
    ----------
    amounts : dict[str, Draws]
        Most that each lends unasked while its door is open, USD mn a month; of China what it lends for a strain of one
        beyond its own threshold.
    rates : dict[str, Draws]
        Interest rate, a fraction a year.
    """

    amounts: dict[str, Draws]
    rates: dict[str, Draws]


def of_year(world: Surroundings, borrower: Borrower) -> Offers:
    """What each lender offers for the year; Russia's is its first offer, before it has seen the others'."""
    p = world.parameters.finance
    amounts = _amounts(world, borrower)
    strain = lenders.rollover_strain(
        need=borrower.need,
        offered=unasked(world, open_now(world, amounts)),
        usual=p.usual_rollover,
        largest=p.largest_strain,
    )
    return Offers(amounts, _rates(world, risk=borrower.risk, scarce=p.scarcity_spread * np.maximum(strain, 0.0)))


def unasked(world: Surroundings, opened: Mapping[str, Draws]) -> Draws:
    """What all would give together without need that makes them stretch: of China what it has signed and not paid."""
    west_and_russia = of_all({bidder: opened[bidder] for bidder in BIDDERS if bidder != CHINA})
    return west_and_russia + world.china.policy_banks.line_available()


def when_asked(world: Surroundings, opened: Mapping[str, Draws], strain: Draws) -> dict[str, Draws]:
    """What each gives at most this month: who is asked for more than usual gives more, China to who finds too few."""
    p = world.parameters.finance
    stretch = 1 + p.lending_stretch * np.maximum(strain, 0.0)
    alone = np.maximum(strain - p.china_strain, 0.0)
    given = {bidder: amount * (alone if bidder == CHINA else stretch) for bidder, amount in opened.items()}
    return given | {CHINA: given[CHINA] + world.china.policy_banks.line_available()}


def of_all(amounts: Mapping[str, Draws]) -> Draws:
    """What all lenders give together."""
    first, *others = amounts.values()
    total = first
    for amount in others:
        total = total + amount
    return total


def open_now(world: Surroundings, amounts: Mapping[str, Draws]) -> dict[str, Draws]:
    """What is left of offers with doors as they are this month, USD mn a month.

    The West stops under sanctions; and what the IMF lends by an event of the scenario it does not lend once more for
    the same reform.
    """
    board = world.board
    open_markets = np.where(world.eu.sanctions > 0, 0.0, 1.0)
    given = board.events(event_path.PROGRAM, events.IMF) / MONTHS_PER_YEAR
    return {
        RUSSIA: amounts[RUSSIA] * board["russia.lending"],
        DEVELOPMENT: amounts[DEVELOPMENT] * open_markets * board["eu.ebrd_finance"],
        FUND: np.maximum(amounts[FUND] * open_markets - given, 0.0),
        MARKETS: amounts[MARKETS] * open_markets,
        CHINA: amounts[CHINA] * board["china.lending_volume"],
    }


def _room(world: Surroundings, borrower: Borrower) -> dict[str, Draws]:
    """Room of each lender below its ceiling: who has much at stake lends less; only development banks have none."""
    p, claims = world.parameters.finance, world.money.claims
    stakes = {
        RUSSIA: (claims[RUSSIAN], p.russia_exposure),
        FUND: (claims[MULTI], p.multilateral_exposure),
        MARKETS: (claims[BONDS], p.bond_exposure),
        CHINA: (claims[TIED] + claims[UNTIED], p.china_exposure),
    }
    return {
        bidder: lenders.room_to_lend(held=held / borrower.yearly_gdp, ceiling=ceiling, care=p.exposure_care)
        for bidder, (held, ceiling) in stakes.items()
    }


def _amounts(world: Surroundings, borrower: Borrower) -> dict[str, Draws]:
    """What each would lend: bonds flee risk, the IMF wants reform, Chinese banks as far as they are willing."""
    p, level, room = world.parameters.finance, world.environment.price_level * borrower.size, _room(world, borrower)
    calm = lenders.bond_appetite(risk=borrower.risk, calm=p.bond_risk, retreat=p.bond_retreat)
    reformed = lenders.reform_gate(reform=borrower.reform, threshold=p.reform_threshold, width=p.reform_gate_width)
    world.russia.government.bid(room[RUSSIA], borrower.size)
    return {
        RUSSIA: lenders.lender_limit(world.russia.government.lending),
        DEVELOPMENT: lenders.lender_limit(p.multilateral_limit * level),
        FUND: lenders.lender_limit(p.imf_limit * level, room[FUND], reformed),
        MARKETS: lenders.lender_limit(p.bond_limit * level, room[MARKETS], calm),
        CHINA: lenders.lender_limit(p.china_limit * level, room[CHINA], world.china.policy_banks.willing),
    }


def _rates(world: Surroundings, *, risk: Draws, scarce: Draws) -> dict[str, Draws]:
    """Interest rate of each: its recorded one, and what it may lose beyond usual risk by its place among creditors.

    Who has few lenders left pays more at all of them but the IMF and development banks.
    """
    p, loans = world.parameters.finance, world.parameters.loans
    terms = {
        RUSSIA: (world.russia.government.rate + scarce, p.loss_of_states),
        DEVELOPMENT: (p.multilateral_rate, p.loss_of_preferred),
        FUND: (p.multilateral_rate, p.loss_of_preferred),
        MARKETS: (p.bond_rate + scarce, p.loss_of_bonds),
        CHINA: (loans.untied_line_rate + scarce, p.loss_of_states),
    }
    return {bidder: _rate(world, recorded, loss=loss, risk=risk) for bidder, (recorded, loss) in terms.items()}


def rate_of_markets(world: Surroundings, *, risk: Draws, strain: Draws) -> Draws:
    """What markets ask of a borrower of that risk and strain today, a fraction a year."""
    p = world.parameters.finance
    scarce = p.scarcity_spread * np.maximum(strain, 0.0)
    return _rate(world, p.bond_rate + scarce, loss=p.loss_of_bonds, risk=risk)


def _rate(world: Surroundings, recorded: Draws, *, loss: Draws, risk: Draws) -> Draws:
    p = world.parameters.finance
    return lenders.rate_asked(
        recorded=recorded,
        default_chance=p.default_chance,
        risk=risk,
        usual_risk=world.parameters.loans.usual_risk,
        loss=loss,
        safe=p.safe_rate,
    )
