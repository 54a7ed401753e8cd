"""Uralkali: in the cartel with Belaruskali or out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import A_YEAR, HALF
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.opening.potash_record import BREAK, flood_at
from sinobel.world.rules import potash_cartel, potash_contract, potash_market
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.russia import Russia

JULY = 7  # when a potash year ends and the houses plan the next
HOUSES = ("belaruskali", "uralkali")


class Uralkali(Institution):
    """Restrains output inside the cartel, chases volume just after it breaks."""

    stands: Draws = state("index 0-1", "1 where both houses keep the cartel, whatever a scenario says")
    cartel: Draws = state("index 0-1", "how far the cartel stands", indicator="potash_cartel")
    was_broken: Draws = state("index 0-1", "1 once the cartel has broken")
    flood: Draws = state("index 0-1", "chase for volume after the break; it fades")
    lasting: Draws = state("fraction", "use of the mines that they take as lasting, a mean of some years")
    withheld: Draws = state(
        "fraction",
        "part of both houses' sales outside China that they give up to hold spot; below zero what they add in a flood",
    )
    held: Draws = state("log", "how much higher spot comes to rest by that")
    _support: Draws = fixed("log", "the same for all of their sales")
    _fading: Draws = fixed("index 0-1", "of a flood, that a month takes off")
    _most_chased: Draws = fixed("fraction", "part of sales that they add at the height of a flood")
    _effort: Draws = fixed("fraction", "part of sales that they give up for a fall of spot by 1, log")

    def __init__(self, russia: Russia, opening: PotashOpening):
        super().__init__(russia)
        self.lasting = opening.tightness
        self.stands = self.full(all_levers()["russia.cartel"].recorded_at(self.world.origin))
        self.cartel = self.world.opening_board.over("russia.cartel", self.stands)
        self.was_broken = self.full(float(self.world.origin >= BREAK))
        self.flood = flood_at(self.world.origin, self.parameters.potash)
        self._support = potash_cartel.support(
            share=self.parameters.potash.houses_share, elasticity=self.parameters.potash.demand_price_elasticity
        )
        self._fading = 1 / self.parameters.potash.flood_months
        self._most_chased = self.parameters.potash.flood_discount / self._support
        self._effort = self.parameters.potash.cartel_defense / self._support
        self.withheld = self.held = self.full(0.0)

    def choose_output(self) -> None:
        """Keep the cartel or flood, as both houses choose yearly or a scenario says; a flood fades."""
        if months.month_of_year(self.world.month) == JULY:
            self._choose()
        cartel = self.board.over("russia.cartel", self.stands)
        broken = np.maximum(self.cartel - cartel, 0.0)
        self.was_broken = np.maximum(self.was_broken, np.ceil(broken))
        decayed = self.flood - self._fading
        self.flood = np.where(cartel > HALF, 0.0, np.maximum(decayed, broken))
        self.cartel = cartel

    def hold_back(self) -> None:
        """Both houses leave sales to others, to hold up spot below the price last settled with China, or chase them."""
        p, environment = self.parameters.potash, self.world.environment
        given_up = potash_cartel.held_back(
            remembered=self.world.china.potash_buyers.talks.benchmark,
            spot=environment.spot,
            ahead=environment.ahead,
            effort=self._effort,
            largest=p.largest_restraint,
            cartel=self.cartel,
        )
        self.withheld = given_up - self._chased(self.flood)
        self.held = self._support * self.withheld

    def _chased(self, flood: Number) -> Draws:
        """Part of their sales outside China that both houses add in a flood of some height."""
        return potash_cartel.chased(flood=flood, most=self._most_chased, tight=self.world.environment.tightness)

    def _choose(self) -> None:
        """Each house weighs restraint against flooding, twice: as if the partner stayed, then as it believes of it."""
        p, world = self.parameters.potash, self.world
        mine, environment = world.belarus.belaruskali, world.environment
        level = environment.price_level
        saved = potash_contract.avoidable_cost(
            cost=np.stack([mine.cash_cost, p.uralkali_cost * level]),
            part=p.avoidable_cost,
            freight=np.stack([mine.freight_elsewhere + mine.duty, p.freight_elsewhere * level]),
        )
        flooding = potash_cartel.worth_of_flooding(
            withheld=np.maximum(self.withheld, 0.0),
            chased=self._chased(1.0),
            outside=1 - mine.sales_share,  # China buys under contract alone
            support=self._support,
            share=p.houses_share,
            margin=np.maximum(1 - saved / environment.spot, 0.0),
            lasts=p.flood_months,
        )
        self.lasting = self.lasting + A_YEAR / p.houses_memory * (environment.tightness - self.lasting)
        answer = potash_market.answer_of_demand(
            slope=p.tightness_slope, demand_elasticity=p.demand_price_elasticity, tight=self.lasting
        )
        discount = p.cartel_discount * np.stack([mine.pressure, self.full(1.0)])
        belief = 0.0 * discount
        for _ in HOUSES:
            restraint = potash_cartel.worth_of_restraint(
                premium=p.cartel_premium, answer=answer, discount=discount, belief=belief, flooding=flooding
            )
            chance = potash_cartel.chance_of_flooding(
                restraint=restraint, flooding=flooding, precision=p.cartel_precision
            )
            belief = np.stack([chance[1], chance[0]])
        drawn = np.stack([world.yearly_chance(f"{house}.cartel") for house in HOUSES])
        floods = np.where(drawn < chance, 1.0, 0.0).max(axis=0)
        self.stands = potash_cartel.next_cartel(
            stands=self.stands, floods=floods, talks=world.yearly_chance("potash.cartel"), returns=p.cartel_return
        )
