"""Sizes of effects in a whole month of the world, against what follows by hand from the units."""

import numpy as np
import pytest

from sinobel.world.rules import economy
from tests.world.paired.worlds import make


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


def share_at_limit(monkeypatch):
    """Share of all months in which what potash does to growth arrives at the rule at its limit of 5 % of GDP."""
    arrived, rule = [], economy.growth_reaction

    def listening(**given):
        arrived.append(np.abs(given["potash_change"]) >= given["largest_potash_change"])
        return rule(**given)

    monkeypatch.setattr(economy, "growth_reaction", listening)
    world = make(draws=400, horizon="2020-12")
    while world.running:
        world.step()
    world.close()
    assert len(arrived) == 48
    return np.mean(arrived)


def test_few_months_touch_the_limit_of_what_potash_does_to_growth(monkeypatch):
    """The limit is for collapses."""
    assert share_at_limit(monkeypatch) < 0.05


def test_a_year_over_a_month_touches_the_limit_often(monkeypatch):
    """The error that the test above is there for: a year's change over a month's GDP, twelve times too large."""
    right = economy.percent_of_gdp
    monkeypatch.setattr(economy, "percent_of_gdp", lambda **given: 12 * right(**given))
    assert share_at_limit(monkeypatch) > 0.2
