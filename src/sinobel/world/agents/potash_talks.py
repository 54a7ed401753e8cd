"""The table where Chinese buyers and the three sellers of potash meet: Belaruskali, Uralkali and Canpotex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws, Flags
from sinobel.world.constants import HALF
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import potash_contract
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.potash_buyers import PotashBuyers

SELLERS = ("belaruskali", "uralkali", "canpotex")
"""Along the axis before the draws. Under the cartel one house sells for the first two, at one price and limit."""

PARTNER = np.array([[False], [True], [False]])  # who answers as the first does under the cartel


class PotashTalks(Institution):
    """Buyers offer, every seller answers; who settles first sets the price for the others and ships more."""

    _reach: Draws = fixed("fraction", "of half a year that all sides look ahead")
    _hoped: Draws = fixed("fraction", "part of a fall that sellers hope to see undone as far as they look")
    contract_end: Draws = state("month number", "last month of the contract, by seller")
    in_force: Flags = state("yes or no", "whether a contract is in force, by seller")
    begun: Flags = state("yes or no", "whether any seller has one")
    covered: Draws = state("fraction", "sellers who had one as the month began; each counts a third")
    waited: Draws = state("months", "time without a contract, by seller")
    benchmark: Draws = state("USD/t CFR", "price of the first settlement of the last round")
    led: Flags = state("yes or no", "who settled first in the last round, by seller")
    least: Draws = state("USD/t CFR", "price below which a seller does not settle this month, by seller")
    highest: Draws = state("USD/t CFR", "price above which the buyers do not")
    offered: Draws = state("fraction", "1 where Belaruskali is offered a contract", indicator="potash_offers")
    refused: Draws = state("fraction", "1 where it refuses", indicator="potash_refusals")

    def __init__(self, buyers: PotashBuyers, opening: PotashOpening):
        super().__init__(buyers.china)
        self.buyers = buyers
        world = self.world
        p = self.parameters.potash
        self._reach = potash_contract.reach(ahead=p.months_ahead)
        self._hoped = potash_contract.hoped_part(weight=p.memory_weight, reach=self._reach)
        self.benchmark = self.full(opening.contract)
        self.contract_end = np.stack([self.full(opening.contract_end) for _ in SELLERS])
        self.waited = np.maximum(world.origin - self.contract_end, 0.0)
        self.in_force = self.contract_end >= world.origin
        self.begun, self.covered = self.in_force[0], self.full(0.0)
        self.led = np.stack([self.full(float(each in opening.first_settlers)) > HALF for each in SELLERS])
        self.highest = self.offered = self.refused = self.full(0.0)
        self.least = 0.0 * self.contract_end

    def open_month(self) -> None:
        """Contracts that have ended are no longer in force."""
        self.in_force = self.contract_end >= self.world.month
        count = self.in_force.sum(axis=0)
        self.begun, self.covered = count > HALF, count / len(SELLERS)
        self.waited = np.where(self.in_force, 0.0, self.waited + 1)

    def settle(self, *, outlook: Draws, delay: Draws) -> None:
        """Buyers who expect `outlook` in half a year, whom a shut month costs `delay`, make offers; sellers answer."""
        p, world, spot = self.parameters.potash, self.world, self.world.environment.spot
        following, cost = self.begun, self._costs()
        span = p.months_ahead / p.contract_length
        waiting = self._sellers_delay(cost, following)
        in_talks = potash_contract.delay_in_talks(closed=delay, supplied=p.open_without_contract)
        known = self._least(cost, waiting, span, following)
        view = p.private_view * world.shock("china.settlement_price")
        self.highest = potash_contract.highest_price(
            spot=spot,
            outlook=self._reach * outlook,
            view=view,
            delay=in_talks,
            span=span,
            supplied=p.open_without_contract,
        )
        own = potash_contract.offered_price(
            least=known, highest=self.highest, sellers_delay=waiting, buyers_delay=in_talks
        )
        enough = following & (known <= self.benchmark)  # buyers give nobody more than the first unless they have to
        price = self._as_one_house(np.where(enough, np.minimum(self.benchmark, self.highest), own))
        self.least = self._as_one_house(np.maximum(known + spot * self._views(), cost))
        met = self._as_one_house((self._chances("talks") < p.talks) & (known <= self.highest))
        offered = np.where(self.in_force | self.buyers.closed, False, met)
        accepted = offered & (price >= self.least)
        self.offered = offered[0] * 1.0
        self.refused = self.offered - accepted[0]
        self._sign(accepted, price, following)

    def _costs(self) -> Draws:
        """What each seller saves when a tonne is not delivered to China, USD per tonne."""
        p, world = self.parameters.potash, self.world
        level, mine = world.environment.price_level, world.belarus.belaruskali
        freight = p.freight * level
        return potash_contract.avoidable_cost(
            cost=np.stack([mine.cash_cost, p.uralkali_cost * level, p.canpotex_cost * level]),
            part=p.avoidable_cost,
            freight=np.stack([mine.freight + mine.duty, freight, freight]),
        )

    def _sellers_delay(self, cost: Draws, following: Flags) -> Draws:
        """What a month's delay costs each seller; Belaruskali alone is pressed by need and few outlets.

        While another has a contract, tonnes that a seller does not ship are gone: the other ships them.
        """
        p, one = self.parameters.potash, self.full(1.0)
        return potash_contract.sellers_delay(
            spot=self.world.environment.spot,
            cost=cost,
            shipped=p.floor_without_contract,
            recovered=p.backlog_recovered,
            following=following,
            diverted=p.diversion,
            pressure=np.stack([self.world.belarus.belaruskali.pressure, one, one]),
        )

    def _least(self, cost: Draws, waiting: Draws, span: Draws, following: Flags) -> Draws:
        """Reservation prices as everybody knows them; sellers look ahead by `span` of a contract."""
        p, spot = self.parameters.potash, self.world.environment.spot
        gain = potash_contract.gain_of_leading(spot=spot, cost=cost, volume=p.lead_volume)
        return potash_contract.least_price(
            spot=spot,
            hope=potash_contract.sellers_hope(
                remembered=self.benchmark,
                spot=spot,
                weight=self._hoped,
                waited=self.waited,
                memory=p.memory_months,
            ),
            delay=waiting,
            span=span,
            leading=np.where(following, 0.0, gain),
            cost=cost,
        )

    def _views(self) -> Draws:
        """What each seller alone sees, fraction of spot."""
        return potash_contract.private_view(
            chance=self._chances("answer"), deviation=self.parameters.potash.private_view
        )

    def _chances(self, decision: str) -> Draws:
        """Numbers between 0 and 1 for a decision of this month, by seller."""
        return np.stack([self.world.chance(f"{each}.{decision}") for each in SELLERS])

    def _as_one_house(self, values: np.ndarray) -> np.ndarray:
        """Under the cartel Uralkali meets the buyers with Belaruskali, at its price and its limit."""
        together = (self.world.russia.uralkali.cartel > HALF) & PARTNER
        return np.where(together, values[0], values)

    def _sign(self, accepted: Flags, price: Draws, following: Flags) -> None:
        """Contracts run to the end of the year, or of the next; who follows has the end of the first."""
        world, count = self.world, accepted.sum(axis=0)
        signed = count > 0
        first = signed & np.logical_not(following)
        mean = np.where(accepted, price, 0.0).sum(axis=0) / np.maximum(count, 1.0)
        self.benchmark = np.where(first, mean, self.benchmark)
        self.led = np.where(first, accepted, self.led)
        late = months.month_of_year(world.month) >= self.parameters.potash.late_contract
        year = months.year(world.month)
        own = np.where(late, float(months.december(year + 1)), float(months.december(year)))
        last = self.contract_end.max(axis=0)
        self.contract_end = np.where(accepted, np.where(following, last, own), self.contract_end)
        self.in_force = self.in_force | accepted
        self.begun = following | signed
        self.waited = np.where(accepted, 0.0, self.waited)
        self.buyers.take_contract(accepted[0], price[0])
