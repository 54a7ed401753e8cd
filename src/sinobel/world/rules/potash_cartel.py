"""The cartel of Belaruskali and Uralkali: each weighs restraint against flooding the market. Mechanism M15.

Worths are in years of a house's own income from potash.
"""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import A_YEAR, HALF, MONTHS_PER_YEAR
from sinobel.world.elementary import log
from sinobel.world.guards import logistic


def support(*, share: Draws, elasticity: Draws) -> Draws:
    """What the houses hold spot up by for each part of their sales that they give up (log): the inverse of elasticity.

    What they do not sell others sell, of whom buyers take no more than they would at the lower price; so spot is higher
    by the tonnes that are missing to others' sales over the elasticity of demand, in proportion.

    Parameters
    ----------
    share : Draws
        Of both houses in sales outside China; potash.houses_share.
    elasticity : Draws
        Of demand there, positive; potash.demand_price_elasticity.
    """
    return share / ((1 - share) * elasticity)


def held_back(*, remembered: Draws, spot: Draws, ahead: Draws, effort: Draws, largest: Draws, cartel: Number) -> Draws:
    """Part of their sales outside China that the houses give up, to hold up spot below the price they remember.

    They see how far spot is below it and how far it would still fall, and give up what holds a part of that, as far as
    they bear it. Nobody holds back alone: without the cartel it is nothing.

    Parameters
    ----------
    remembered : Draws
        Price last settled with China, USD per tonne.
    spot : Draws
        Of today, USD per tonne.
    ahead : Draws
        Log change of spot to where it would come to rest, below zero where it falls.
    effort : Draws
        Part of sales for a log point of fall: what they hold up of it, potash.cartel_defense, over `support`.
    largest : Draws
        Part of sales that they give up at most; potash.largest_restraint.
    cartel : Number
        0 broken to 1 whole; lever russia.cartel.
    """
    fall = log(remembered / spot) - ahead
    given_up: Draws = np.clip(effort * fall, 0.0, largest) * cartel
    return given_up


def chased(*, flood: Number, most: Draws, tight: Draws) -> Draws:
    """Part of their sales outside China that the houses add in a flood: what brings spot down by the discount.

    They take it from others, who sell less of it the less demand answers; and nobody sells what no mine can deliver.

    Parameters
    ----------
    flood : Number
        1 just after the cartel has broken, less as it fades.
    most : Draws
        What brings spot down by potash.flood_discount, over `support`.
    tight : Draws
        Demand over what mines can deliver.
    """
    added: Draws = flood * np.minimum(most, (1 - tight) / tight)
    return added


def worth_of_restraint(*, premium: Draws, answer: Draws, discount: Draws, belief: Draws, flooding: Draws) -> Draws:
    """Present value of what the cartel adds to spot, as long as the partner keeps it too, and of its flood thereafter.

    Parameters
    ----------
    premium : Draws
        Of the cartel on spot before demand answers, log; potash.cartel_premium.
    answer : Draws
        Of demand, which leaves less of it; from `potash_market.answer_of_demand`.
    discount : Draws
        A year, by house; potash.cartel_discount.
    belief : Draws
        Chance a year that the partner floods, by house.
    flooding : Draws
        What that flood is worth to the house; from `worth_of_flooding`.
    """
    return (premium / (1 + answer) + belief / A_YEAR * flooding) / (discount + belief / A_YEAR)


def worth_of_flooding(
    *, withheld: Draws, chased: Draws, outside: Draws, support: Draws, share: Draws, margin: Draws, lasts: Draws
) -> Draws:
    """What the tonnes bring that a flood adds to sales while it lasts, less what they take from the price of all.

    What is withheld is sold again; what is chased fades month by month, so that half of it is sold in all. Demand grows
    with the lower price, and what the houses sell by the inverse of what others have of it.

    Parameters
    ----------
    withheld : Draws
        Part of its sales outside China that a house gives up; from `held_back`.
    chased : Draws
        Part of them that it adds at the height of a flood; from `chased`.
    outside : Draws
        Part of all its sales that go elsewhere than to China.
    support : Draws
        Of spot for each part of sales outside China, log; from `support`.
    share : Draws
        Of both houses in sales outside China; potash.houses_share.
    margin : Draws
        Of spot that an additional tonne leaves, by house.
    lasts : Draws
        Months; potash.flood_months.
    """
    added = withheld + HALF * chased
    return added * (outside * margin / (1 - share) - support) * lasts / MONTHS_PER_YEAR


def chance_of_flooding(*, restraint: Draws, flooding: Draws, precision: Draws) -> Draws:
    """Chance that a house floods this year: a quantal response to the two worths.

    Parameters
    ----------
    restraint : Draws
        From worth_of_restraint, by house.
    flooding : Draws
        From worth_of_flooding, by house.
    precision : Draws
        Worth per unit of log odds; potash.cartel_precision.
    """
    return logistic((flooding - restraint) / precision)


def next_cartel(*, stands: Draws, floods: Draws, talks: Draws, returns: Draws) -> Draws:
    """Whether the cartel stands, 1 or 0: it ends when either house floods and may come back where neither would.

    Parameters
    ----------
    stands : Draws
        Before.
    floods : Draws
        1 where a house floods or would.
    talks : Draws
        Number between 0 and 1 of this year.
    returns : Draws
        Chance a year that the houses find together again; potash.cartel_return.
    """
    back = np.where(talks < returns * A_YEAR, 1.0, stands)
    return back * (1 - floods)
