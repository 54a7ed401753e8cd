"""Sizes of effects in a whole month of the world, against what follows by hand from the units."""

import numpy as np
import pytest

from tests.paired.worlds import make


def test_potash_revenue_moves_growth_as_a_share_of_a_years_gdp():
    """A year's revenue lower by 1 % of a year's GDP lowers the rate that growth leans to by `finance.growth_potash`."""

    def growth(lost_share):
        world = make(draws=50, horizon="2017-12")
        world.step()
        belarus = world.belarus
        mine = belarus.belaruskali
        mine.usual_revenue = mine.expected_revenue + lost_share * belarus.gdp  # both a month
        belarus.produce()
        return belarus.growth, world.parameters.finance

    calm, p = growth(0.0)
    shaken, _ = growth(0.01)
    pull = 1 - p.growth_persistence ** (1 / 12)  # of a gap that closes in a month
    assert shaken - calm == pytest.approx(-p.growth_potash * 1.0 * pull)
    assert np.all(shaken < calm)


def test_few_months_touch_the_limit_of_what_potash_does_to_growth():
    """The limit of 5 % of GDP is for collapses: with a year over a month it was touched in 37 % of months."""
    world, touched = make(draws=400, horizon="2020-12"), []
    while world.running:
        world.step()
        change = 100 * world.belarus.belaruskali.revenue_change / (12 * world.belarus.gdp)
        touched.append(np.abs(change) >= 5)
    assert np.mean(touched) < 0.05
