"""Growth of Belarus is output of a year over that of the year before, in the record, in the books and in what is told."""

import numpy as np
import pytest

from sinobel.inputs.indicators import all_indicators
from sinobel.runs.trajectories import to_years
from sinobel.world.rules import budget, politics
from sinobel.world.world import World
from tests.world.paired.worlds import make


def world(origin, horizon):
    return World(draws=50, seed=5, origin=origin, horizon=horizon, parameters="prior", collect=False)


@pytest.mark.parametrize("origin", ["2009-12", "2015-12"])
def test_the_books_open_with_the_growth_of_two_recorded_years(origin):
    """Growth is the record's in every future, 0.2 % after 10.2 in 2009 and -3.8 after 1.7 in 2015; December differs."""
    made = world(origin, f"{int(origin[:4]) + 1}-12")
    country, year = made.belarus, made.known.year
    now, before = np.array(country.output_of_year), np.array(country.output_of_year_before)
    recorded = [made.known.value("gdp_growth.BLR", each) for each in (year - 1, year)]
    assert now.mean(axis=0) == pytest.approx(1.0)
    assert 100 * (now.mean(axis=0) / before.mean(axis=0) - 1) == pytest.approx(recorded[1])
    assert country.growth == pytest.approx(recorded[1])
    assert now[-1] == pytest.approx(np.exp(country.output))
    assert np.diff(np.log(before), axis=0) == pytest.approx(np.log1p(recorded[0] / 100) / 12)


def test_december_is_known_as_far_as_growth_of_the_year_tells():
    """The year grew within itself by nearly what it grew over the year before, give or take half a spread of the pace."""
    made = World(draws=4000, seed=5, origin="2010-12", horizon="2011-12", parameters="prior", collect=False)
    country, p = made.belarus, made.parameters.finance
    within = 100 * np.expm1(country.output / (5.5 / 12))
    gap = made.known.value("gdp_growth.BLR") - p.trend_growth
    left = within - p.trend_growth - 0.89 * gap
    assert left.mean() == pytest.approx(0.0, abs=0.15)
    assert left.std() == pytest.approx(0.5 * p.growth_noise.mean(), rel=0.15)
    assert np.corrcoef(left, country.pace - p.trend_growth - 0.77 * gap)[0, 1] > 0.8


def test_growth_of_a_year_is_that_of_its_output():
    """Output of every month is written down; every December tells that of twelve months over the twelve before."""
    made = world("2014-12", "2017-12")
    output, told = [np.array(made.belarus.output_of_year)], []
    for _ in range(3):
        months = []
        for _ in range(12):
            made.step()
            months.append(np.exp(made.belarus.output))
            told.append(made.belarus.growth)
        output.append(np.array(months))
    years = to_years(["gdp_growth"], np.array([told]))["gdp_growth"]
    sums = np.array([each.sum(axis=0) for each in output])
    assert years == pytest.approx(100 * (sums[1:] / sums[:-1] - 1))
    assert all_indicators()["gdp_growth"].record == "gdp_growth.BLR"


def test_a_year_hands_on_what_it_grew_within_itself():
    """2010 grew by 7.7 %, so that December lay some 3 % above its mean: with no growth at all 2011 grows by as much."""
    made = world("2010-12", "2011-12")
    country = made.belarus
    december = country.output
    for _ in range(12):
        country.output = december
        country._measure_growth()
    assert country.growth == pytest.approx(100 * np.expm1(december))
    assert 2.5 < country.growth.mean() < 3.5


def test_institutions_answer_growth_over_the_same_month_of_the_year_before(monkeypatch):
    """Not the pace of the month, which one bad month of potash can take to -20 %, and not what is long past."""
    made = make(draws=20)
    made.step()
    country, seen = made.belarus, {}
    past = np.array(country.output_of_year_before)[-1]  # of the January before
    expected = 100 * (np.exp(country.output) / past - 1)
    for module, name in (
        (budget, "primary_balance"),
        (budget, "claim_that_arrives"),
        (politics, "reform_target"),
    ):
        rule = getattr(module, name)

        def kept(*, rule=rule, name=name, **given):
            seen[name] = given["growth"]
            return rule(**given)

        monkeypatch.setattr(module, name, kept)
    country.government.treasury.take_over()
    country.government.treasury._raise_revenue()
    country.government.react()
    assert set(seen) == {"primary_balance", "claim_that_arrives", "reform_target"}
    for growth in seen.values():
        assert growth == pytest.approx(expected)
    assert np.abs(expected - country.growth).max() > 0.1
