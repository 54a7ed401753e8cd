"""Transit sanctions with another way for potash: it is worth it, and it is not for nothing."""

from dataclasses import replace

import numpy as np
import pytest

from sinobel.policies import scenarios
from tests.world.paired.worlds import mostly, simulate

SHIPPED = "transit-sanctions-rerouted"
SANCTIONS, FREIGHT, LATER = "eu.sanctions", "eu.transit_demand", "2020-01"
LAST = slice(4, 8)  # 2020 is still half a year of ships that wait


def other(*, sanctions=None, freight=None):
    """The shipped scenario where from 2020 sanctions or the price of the other way are not what it says."""
    policy = scenarios.load(SHIPPED)
    for lever, value in ((SANCTIONS, sanctions), (FREIGHT, freight)):
        if value is not None:
            first, second = (change for change in policy.changes if change.lever == lever)
            kept = tuple(change for change in policy.changes if change is not second)
            policy = replace(policy, changes=kept).with_change(lever, value, start=LATER, name=SHIPPED)
            assert first in policy.changes
    return policy


@pytest.fixture(scope="module")
def rerouted():
    return simulate(scenarios.load(SHIPPED), draws=150)


def gain(changed, base, indicator="real_gdp"):
    return np.mean(changed[indicator][LAST] - base[indicator][LAST], axis=0)


def test_the_other_way_costs_against_a_free_one(rerouted):
    """330 mn dollars a year at the middle, within a third: the freight of ten million tonnes."""
    free = simulate(other(freight=0.6), draws=150)
    mostly(gain(rerouted, free), -1, strictly=0.8)
    assert -450 < np.median(gain(rerouted, free, "transit_income")) < -230


def test_in_all_two_to_three_times_as_much_is_lost_of_transit(rerouted):
    """Trains that go around and Russia's capture last, and the price of the other way comes on top, as its file says."""
    base = simulate(scenarios.load("baseline"), draws=150)
    free = simulate(other(freight=0.6), draws=150)
    lost = np.mean(gain(rerouted, base, "transit_income")) / np.mean(gain(rerouted, free, "transit_income"))
    assert 2 < lost < 3


def test_the_other_way_costs_against_sanctions_lifted(rerouted):
    lifted = simulate(other(sanctions="off", freight=0.6), draws=150)
    mostly(gain(rerouted, lifted), -1, strictly=0.8)


def test_the_other_way_gains_against_no_way(rerouted):
    closed = simulate(other(sanctions="extended", freight=0.6), draws=150)
    mostly(gain(rerouted, closed), +1, strictly=0.8)
    mostly(gain(rerouted, closed, "potash_revenue"), +1, strictly=0.8)
