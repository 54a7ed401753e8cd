"""Sizes of effects in a whole month of the world, against what follows by hand from the units."""

import numpy as np
import pytest

from sinobel.world.rules import economy
from tests.world.paired.worlds import make


def test_potash_revenue_moves_the_level_of_output_as_a_share_of_gdp():
    """A month's revenue lower by 1 % of a month's GDP, for good, takes `finance.potash_multiplier` % of output, once."""
    world = make(draws=50, horizon="2017-12")
    world.step()
    belarus = world.belarus
    level = world.environment.price_level
    since = world.parameters.finance.dollar_inflation * 6.5 / 12  # from the middle of the origin's year to January
    gdp = belarus.base_gdp * np.exp(belarus.output - belarus.carried + since)
    belarus.belaruskali.expected_revenue = level * belarus.base_potash - 0.01 * gdp
    before, carried = belarus.output, belarus.carried_by_potash
    belarus.produce()
    lasting = np.log1p(-0.01 * world.parameters.finance.potash_multiplier)
    assert belarus.carried_by_potash == pytest.approx(lasting)
    first = belarus.output - before
    belarus.produce()  # the same revenue again: the level stays but for growth of GDP, the pace is what it was
    assert belarus.carried_by_potash == pytest.approx(lasting, rel=0.02)
    assert np.all(first < belarus.output - before - first)
    assert np.all(carried > lasting)


def share_at_limit(monkeypatch, times=1):
    """Share of all months in which what potash does to output arrives at the rule at its limit of 15 % of GDP."""
    arrived, rule = [], economy.carried_by_income

    def listening(**given):
        given["change"] = times * given["change"]
        arrived.append(np.abs(given["change"] / given["gdp"]) >= given["largest"])
        return rule(**given)

    monkeypatch.setattr(economy, "carried_by_income", listening)
    world = make(draws=400, horizon="2020-12")
    while world.running:
        world.step()
    world.close()
    assert len(arrived) == 7 * 48  # potash, the subsidy, exports, gaps, finance and projects in two kinds
    return np.mean(arrived[::7])


def test_few_months_touch_the_limit_of_what_potash_does_to_output(monkeypatch):
    """The limit is for collapses."""
    assert share_at_limit(monkeypatch) < 0.01


def test_a_year_over_a_month_touches_the_limit_often(monkeypatch):
    """The error that the test above is there for: a year's change over a month's GDP, twelve times too large."""
    assert share_at_limit(monkeypatch, times=12) > 0.05
