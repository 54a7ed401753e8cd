"""Rules of the cartel of Belaruskali and Uralkali, against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import potash_cartel


def test_worth_of_restraint_falls_with_the_belief_that_the_partner_floods():
    """A premium of 0.2 at 0.15 a year is worth 1.3333 years of income, and 0.8 if the partner floods by 0.1 a year."""
    worth = potash_cartel.worth_of_restraint(premium=0.2, discount=0.15, belief=np.array([0.0, 0.1]))
    assert worth == pytest.approx([1.333333, 0.8], abs=1e-6)


def test_worth_of_flooding_is_idle_tonnes_less_the_fall_of_spot_while_it_lasts():
    """A fifth idle is a quarter of sales; half of it is margin: 0.125 less 0.05, for half a year."""
    worth = potash_cartel.worth_of_flooding(tight=np.array([0.8, 1.0]), margin=0.5, fall=0.05, lasts=6.0)
    assert worth == pytest.approx([0.0375, -0.025])


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
