"""What a candidate project is worth to who lends for it and to who signs for it, per dollar of the loan.

Minsk reckons with chances, since nobody knows which projects fail. The banks do not: the state owes or guarantees all
of it. The risk that the state itself does not pay, and the spread that pays for it, are left to the amount that they
lend in all (`loan_offers.appetite`).
"""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws
from sinobel.world.guards import TINY, at_least, logistic


def worth_to_banks(*, tied_share: Draws, markup: Draws, service: Draws) -> Draws:
    """To the policy banks: rents of Chinese firms, and interest beyond what money costs (M03).

    Parameters
    ----------
    tied_share : Draws
        Part that buys Chinese goods, fraction.
    markup : Draws
        Of tied goods over the world price; loans.markup.
    service : Draws
        Present value of what is paid back at what money costs the banks; from `present_value_of_service`.
    """
    return tied_share * markup / (1 + markup) + service - 1


def worth_to_state(
    *,
    tied_share: Draws,
    tied_weight: Draws,
    untied_weight: Draws,
    yields: Draws,
    failure: Draws,
    rate: Draws,
    wear: Draws,
    service: Draws,
    local_cost: Draws,
) -> Draws:
    """To Minsk: work at home while it is built and what it yields if it works, less service and local cost (M02, M08).

    Parameters
    ----------
    tied_share : Draws
        Part that buys Chinese goods, fraction.
    tied_weight : Draws
        Output at home per dollar of tied goods; loans.tied_multiplier.
    untied_weight : Draws
        Output at home per dollar of the rest; loans.untied_multiplier.
    yields : Draws
        Output and gas saved by a dollar of a project that works, fraction a year.
    failure : Draws
        Chance that the project fails; from `failure_chance`.
    rate : Draws
        What money costs Minsk elsewhere, fraction a year: what lies ahead counts the less the higher it is.
    wear : Draws
        Of capital, fraction a year; loans.project_wear.
    service : Draws
        Present value of the loan's service at that rate; from `present_value_of_service`.
    local_cost : Draws
        What the budget pays at home per dollar of the loan, and does not spend on anything else; finance.local_cost.
    """
    work = untied_weight - tied_share * (untied_weight - tied_weight)
    return work + yields * (1 - failure) / at_least(rate + wear, TINY) - service - local_cost


def part_chosen(*, worth: Draws, usual: Draws, spread: Draws, largest: Draws) -> Draws:
    """Projects of a kind that are chosen over those chosen in usual conditions, 1 there: a logit of their worth.

    How often a kind was signed in the record holds for usual conditions, whatever was refused to get there.

    Parameters
    ----------
    worth : Draws
        Per dollar of the loan; from `worth_to_banks` or `worth_to_state`; [fraction].
    usual : Draws
        The same in usual conditions; [fraction].
    spread : Draws
        Of what is not seen in the worth of single projects; loans.choice_spread.
    largest : Draws
        So many times the usual at most, as there are only so many projects; loans.largest_choice.
    """
    return np.minimum(logistic(worth / spread) / at_least(logistic(usual / spread), TINY), largest)
