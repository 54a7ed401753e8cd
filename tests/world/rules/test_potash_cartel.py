"""Rules of the cartel of Belaruskali and Uralkali, against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import potash_cartel, potash_market


def test_support_is_what_is_missing_to_others_over_the_elasticity():
    """Houses of 0.4 that give up a tenth leave 0.04 to the other 0.6: a fifteenth, at elasticity 0.25 a price up by 0.2667."""
    assert 0.1 * potash_cartel.support(share=0.4, elasticity=0.25) == pytest.approx(0.266667, abs=1e-6)


def test_support_holds_up_spot_by_the_tonnes_that_are_given_up():
    """Others sell what they would at the lower price; what the houses sell beside is their smaller share of all."""
    share, elasticity, given_up = 0.4, 0.25, 0.001
    free = 1000.0
    sold = free * np.exp(-elasticity * potash_cartel.support(share=share, elasticity=elasticity) * given_up)
    others = sold - share * (1 - given_up) * sold
    assert others == pytest.approx((1 - share) * free, rel=1e-6)


def held_back(spot, ahead, cartel=1.0, largest=0.2):
    return potash_cartel.held_back(
        remembered=600.0, spot=spot, ahead=ahead, effort=0.5 / 2.0, largest=largest, cartel=cartel
    )


def test_held_back_is_what_holds_a_part_of_the_fall_below_the_price_remembered():
    """At the price remembered, with a fall of 0.4 ahead: half of it is 0.2, which a tenth of sales holds at 2 each.

    Half a cartel gives up half of that. Where spot has fallen already, by log 1.2 = 0.182322, it is all the more.
    """
    assert held_back(600.0, -0.4) == pytest.approx(0.1)
    assert held_back(600.0, -0.4, cartel=0.5) == pytest.approx(0.05)
    assert held_back(500.0, -0.4) == pytest.approx(0.145580, abs=1e-6)


def test_held_back_has_an_end_and_is_nothing_where_spot_rests_above_or_nobody_keeps_the_cartel():
    """A fall of 2 would take half of sales, of which a fifth is borne; a spot of 720 that falls to 600 needs nothing."""
    assert held_back(600.0, -2.0) == pytest.approx(0.2)
    assert held_back(np.array([720.0, 500.0]), np.array([-np.log(1.2), 0.5])) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert held_back(300.0, -2.0, cartel=0.0) == 0.0


def test_chased_fades_with_the_flood():
    """Half a flood is half of it."""
    chased = potash_cartel.chased(flood=np.array([1.0, 0.5, 0.0]), most=0.1, tight=0.8)
    assert chased == pytest.approx([0.1, 0.05, 0.0])


def test_chased_is_no_more_than_mines_have_idle():
    """Where 0.98 of what mines can deliver is used, a forty-ninth more can be sold; where all is, nothing."""
    chased = potash_cartel.chased(flood=1.0, most=0.1, tight=np.array([0.98, 1.0]))
    assert chased == pytest.approx([0.0204082, 0.0], abs=1e-7)


def test_worth_of_restraint_falls_with_the_belief_that_the_partner_floods():
    """A premium of 0.2 at 0.15 a year is worth 1.3333 years of income, and 0.8 if the partner floods by 0.1 a year."""
    worth = potash_cartel.worth_of_restraint(
        premium=0.2, answer=0.0, discount=0.15, belief=np.array([0.0, 0.1]), flooding=0.0
    )
    assert worth == pytest.approx([1.333333, 0.8], abs=1e-6)


def test_worth_of_restraint_is_of_what_demand_leaves_of_the_premium():
    """An answer of two thirds leaves 0.12 of 0.2: 0.8 years of income at 0.15 a year."""
    worth = potash_cartel.worth_of_restraint(premium=0.2, answer=2 / 3, discount=0.15, belief=0.0, flooding=0.0)
    assert worth == pytest.approx(0.8)


def test_what_demand_leaves_of_the_premium_is_what_spot_comes_to_rest_lower_by():
    """A market that rests with the cartel is left to find its rest without it, month by month."""
    premium, slope, elasticity, level = 0.01, 0.25, 0.4, 5.0
    spots = {}
    for cartel in (1.0, 0.0):
        spot = level + 0.4
        for _ in range(400):
            tight = 0.8 * np.exp(-elasticity * (spot - level - 0.4))
            gap = potash_market.spot_gap(
                log_spot=spot, cost_level=level, cartel=cartel, cartel_premium=premium, slope=slope, tight=tight
            )
            answer = potash_market.answer_of_demand(slope=slope, demand_elasticity=elasticity, tight=tight)
            spot = spot + potash_market.spot_change(gap=gap, held=0.0, answer=answer, speed=0.488, noise=0.0)
        spots[cartel] = spot
    kept = potash_cartel.worth_of_restraint(premium=premium, answer=answer, discount=1.0, belief=0.0, flooding=0.0)
    assert spots[1.0] - spots[0.0] == pytest.approx(kept, rel=0.02)


def test_worth_of_restraint_bears_the_partners_flood():
    """A loss of 0.3 at a chance of 0.1 a year: (0.2 - 0.03) / 0.25 = 0.68."""
    worth = potash_cartel.worth_of_restraint(premium=0.2, answer=0.0, discount=0.15, belief=0.1, flooding=-0.3)
    assert worth == pytest.approx(0.68)


def worth_of_flooding(**changed):
    """A tenth is added at the height, half of it in all; 0.8 goes outside China; support 2, margin 0.4; half a year.

    The houses have a fifth of the market, so that a tenth that others lack is an eighth more that they sell.
    """
    usual = {"withheld": 0.0, "chased": 0.1, "outside": 0.8, "support": 2.0, "margin": 0.4, "lasts": 6.0, "share": 0.2}
    return potash_cartel.worth_of_flooding(**(usual | changed))


def test_worth_of_flooding_is_the_tonnes_less_what_they_take_from_the_price_of_all():
    """0.05 of sales outside China, 0.0625 with what demand adds: x 0.8 x 0.4 = 0.02 earned, 0.05 x 2 = 0.1 lost."""
    assert worth_of_flooding() == pytest.approx(-0.04)
    assert worth_of_flooding(chased=0.0) == 0.0


def test_worth_of_flooding_counts_what_the_houses_hold_back_wholly():
    """0.1 that are held back and 0.05 in all that are chased, three times 0.05."""
    assert worth_of_flooding(withheld=0.1) == pytest.approx(3 * -0.04)


def test_worth_of_flooding_is_each_houses_own():
    """At a margin of 0.6 the same tonnes earn 0.03 less 0.1, for half a year."""
    assert worth_of_flooding(margin=np.array([[0.4], [0.6]]))[:, 0] == pytest.approx([-0.04, -0.035])


def test_chance_of_flooding_is_a_quantal_response():
    """Equal worths a half; restraint better by twice the precision 0.119203."""
    chance = potash_cartel.chance_of_flooding(restraint=np.array([0.1, 0.7]), flooding=0.1, precision=0.3)
    assert chance == pytest.approx([0.5, 0.119203], abs=1e-6)


def test_next_cartel_ends_by_a_flood_and_comes_back_where_nobody_would():
    cartel = potash_cartel.next_cartel(
        stands=np.array([1.0, 1.0, 0.0, 0.0, 0.0]),
        floods=np.array([0.0, 1.0, 0.0, 0.0, 1.0]),
        talks=np.array([0.5, 0.5, 0.5, 0.01, 0.01]),
        returns=0.02,
    )
    assert cartel.tolist() == [1.0, 0.0, 0.0, 1.0, 0.0]


def test_what_a_flood_sells_more_is_what_others_lack_and_demand_adds():
    """The houses add a thousandth of sales at a lower price: their share of a market that has grown by it."""
    share, elasticity, added = 0.4, 0.25, 0.001
    fall = added * potash_cartel.support(share=share, elasticity=elasticity)
    sold = (1 + added) * np.exp(elasticity * fall) - 1
    worth = potash_cartel.worth_of_flooding(
        withheld=added, chased=0.0, outside=1.0, support=0.0, share=share, margin=1.0, lasts=12.0
    )
    assert worth == pytest.approx(sold, rel=1e-3)
