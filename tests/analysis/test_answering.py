"""What is told first: sure, out of the ordinary, and large in the economy."""

import numpy as np
import pytest
import xarray as xr

from sinobel.analysis import answering, weighing, worth
from sinobel.inputs.indicators import all_indicators

OUTPUT = 50_000.0
RECORD = {"gdp": {2016: OUTPUT}, "reserves": {2011: 8000.0, 2016: 5000.0}, "fdi_from_china": {2011: 0.0, 2016: 100.0}}
YEARS = [2017, 2018, 2019, 2020]
DRAWS = 41


def results(base, **changes):
    """Indicator -> (baseline, option), each draw a little apart; `changes` by indicator, a number for each year."""
    noise = np.linspace(-0.1, 0.1, DRAWS)[:, None]
    found = {}
    for name, change in changes.items():
        level = np.full((DRAWS, len(YEARS)), base[name])
        moved = level + np.asarray(change) * (1 + noise)
        found[name] = xr.DataArray(
            np.stack([level, moved]),
            dims=("scenario", "draw", "year"),
            coords={"scenario": ["baseline", "option"], "year": YEARS},
        )
    return found


def told(annual, **more):
    return answering.find(annual, "baseline", RECORD, 2016, list(annual), **more)["option"]


def test_a_weight_by_hand():
    """As large as its noise, a third of what it moves by in five years, 2 % of GDP: 1/2 x 1/4 x 0.02."""
    assert weighing.weigh(-100.0, noise=100.0, moves=300.0, economy=0.02) == pytest.approx(0.0025)
    assert weighing.weigh(0.0, noise=0.0, moves=0.0, economy=0.0) == 0.0
    assert weighing.weigh(5.0, noise=0.05, moves=0.0, economy=0.1) == pytest.approx(0.1 / 1.01)
    stated = weighing.weigh(5.0, noise=0.0, moves=0.0, economy=0.1)
    assert stated == pytest.approx(0.1 * weighing.COUNTS), "what an option states is no finding"


@pytest.mark.parametrize(
    ("indicator", "change", "years", "share"),
    [
        ("exports_to_china", -500.0, 3, 0.01),
        ("debt_to_china", 1500.0, 3, 0.01),
        ("income_per_head", 60.0, 1, 0.02),
        ("jobs_shed_by_reform", 0.03, 1, 0.03),
        ("potash_spot_price", 120.0, 1, weighing.OF_ECONOMY / 2),
    ],
)
def test_size_in_the_economy(indicator, change, years, share):
    found = weighing.in_economy(
        all_indicators()[indicator], change, years=years, moves=240.0, level=3000.0, output=OUTPUT
    )
    assert found == pytest.approx(share)


def test_what_is_usual_follows_the_record_or_the_level():
    assert worth.usual(RECORD["reserves"], 2016, 5000.0) == pytest.approx(3000)
    assert worth.usual({}, 2016, 5000.0) == pytest.approx(500)


def test_a_large_sum_is_told_before_a_small_one_that_is_large_for_itself():
    annual = results(
        {"reserves": 5000.0, "fdi_from_china": 100.0},
        fdi_from_china=[0.0, 50.0, 50.0, 52.0],
        reserves=[0.0, 800.0, 1600.0, 2300.0],
    )
    assert [fact.indicator for fact in told(annual)][0] == "reserves"


def test_a_debt_counts_as_one_of_the_years_that_made_it():
    """A stock that grows for three years by what a flow is each year weighs no more than the flow."""
    annual = results(
        {"reserves": 5000.0, "current_account": 0.0},
        reserves=[0.0, 300.0, 600.0, 900.0],
        current_account=[0.0, 300.0, 300.0, 301.0],
    )
    facts = {
        fact.indicator: fact
        for fact in answering.find(annual, "baseline", {"gdp": {2016: OUTPUT}}, 2016, annual)["option"]
    }
    (fact,) = facts.values()  # one story: they are the same draws
    assert fact.indicator == "current_account"


@pytest.mark.parametrize(
    ("change", "year", "lasts"),
    [
        ([0.0, 800.0, 850.0, 990.0], 2018, (2020, 990.0)),
        ([0.0, 990.0, 850.0, 800.0], 2018, (2020, 800.0)),
        ([0.0, 700.0, 850.0, 990.0], 2019, (2020, 990.0)),
        ([300.0, 850.0, 850.0, 990.0], 2018, (2020, 990.0)),
    ],
)
def test_a_change_that_lasts_is_told_of_the_year_in_which_most_of_it_is_there(change, year, lasts):
    (fact,) = told(results({"reserves": 5000.0}, reserves=change))
    assert fact.year == year
    assert fact.middle == pytest.approx(change[YEARS.index(year)]), "the size of that year"
    assert fact.lasts == pytest.approx(lasts)


@pytest.mark.parametrize(
    ("change", "year"),
    [
        ([300.0, 500.0, 700.0, 990.0], 2020),
        ([300.0, 600.0, 850.0, 990.0], 2020),
        ([0.0, 990.0, 700.0, 600.0], 2018),
        ([0.0, 990.0, 500.0, 900.0], 2018),
        ([0.0, 0.0, 0.0, 990.0], 2020),
    ],
    ids=["builds up", "builds up for as long as it stays", "fades", "dips", "comes last"],
)
def test_what_builds_up_or_fades_is_told_of_its_largest_year(change, year):
    (fact,) = told(results({"reserves": 5000.0}, reserves=change))
    assert (fact.year, fact.lasts) == (year, None)


def test_a_level_stays_for_longer_than_it_took_to_come():
    """Four fifths of a straight line are there in its last fifth, so that they are not told as reached."""
    years = list(range(2017, 2031))
    line = np.arange(1.0, len(years) + 1) * 100.0
    values = np.stack([np.full((DRAWS, len(years)), 5000.0)] * 2)
    values[1] += line
    coordinates = {"scenario": ["baseline", "option"], "year": years}
    yearly = xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)
    (fact,) = answering.find({"reserves": yearly}, "baseline", {}, 2016, ["reserves"])["option"]
    assert (fact.year, fact.lasts) == (2030, None)


def test_a_small_sum_of_money_is_told_only_where_it_was_asked_for():
    """A twentieth of a percent of 50 bn is 25 mn; guarantees have no record, so that less is out of the ordinary."""
    small = results({"guarantees_called": 5.0}, guarantees_called=[0.0, 2.0, 2.0, 2.0])
    assert answering.of_headlines(small, "baseline", RECORD, 2016)["option"] == []
    (named,) = answering.asked(small, "baseline", RECORD, 2016, ["guarantees_called"])["option"]
    assert named.material
    assert told(small)[0].indicator == "guarantees_called", "a chart of it was asked for by name"
    large = results({"guarantees_called": 5.0}, guarantees_called=[0.0, 26.0, 26.0, 26.0])
    assert answering.of_headlines(large, "baseline", RECORD, 2016)["option"][0].middle == pytest.approx(26.0)
    owed = results({"debt_to_china": 5.0}, debt_to_china=[0.0, 2.0, 2.0, 2.0])
    assert answering.of_headlines(owed, "baseline", RECORD, 2016)["option"], "of what is owed it says nothing"


def test_a_small_sum_of_years_or_of_some_futures_is_not_told_unasked():
    for size in (80.0, 200.0):  # in one year of four, so 20 and 50 a year
        base = falling_once(size)["exports_to_china"] - 800.0
        found = answering.of_headlines({"exports_to_china": base}, "baseline", RECORD, 2016)["option"]
        assert bool(found) == (size > 4 * 25.0)


def test_only_the_years_asked_for_are_told():
    annual = results({"reserves": 5000.0}, reserves=[0.0, 400.0, 800.0, 900.0])
    assert told(annual)[0].year == 2019
    assert told(annual, years=(2018, 2019))[0].year == 2019
    assert told(annual, years=(2017,)) == []


def test_without_a_record_of_output_what_is_out_of_the_ordinary_decides():
    annual = results({"reserves": 5000.0}, reserves=[0.0, 400.0, 800.0, 900.0])
    (fact,) = answering.find(annual, "baseline", {}, 2016, annual)["option"]
    assert fact.weight > 0
    assert fact.material
    assert fact.sure


def falling_once(size, share=1.0):
    """An option that takes a sum off exports of one year of four, another one in each future, in a share of futures."""
    annual = results({"exports_to_china": 1000.0}, exports_to_china=[0.0] * 4)
    moved = annual["exports_to_china"].copy()
    for draw in range(round(share * DRAWS)):
        moved[1, draw, draw % len(YEARS)] -= size
    return {"exports_to_china": moved}


def test_what_happens_in_another_year_of_each_future_is_told_by_its_sum():
    """No year has it in more than a quarter of futures; all four together have it in all of them."""
    (fact,) = told(falling_once(200.0))
    assert (fact.since, fact.year, fact.middle, fact.share) == (2017, 2020, -200.0, 1.0)
    assert fact.least == pytest.approx(1000.0 / 12), "a month of it; twice a hundredth of the level is less"
    assert not told(falling_once(80.0)), "less than flows in a month"
    assert not told(falling_once(200.0, share=0.6)), "in fewer than two futures of three"
    assert not told(falling_once(200.0), years=[2018]), "whoever names years is told of no sum"


def test_a_stock_has_no_sum_and_a_year_worth_telling_comes_before_one():
    annual = falling_once(200.0)
    assert not told({"reserves": annual["exports_to_china"]})
    (fact,) = told(results({"exports_to_china": 1000.0}, exports_to_china=[-50.0] * 4))
    assert fact.since is None


def test_what_was_asked_for_is_told_by_its_sum_where_no_year_is_worth_telling():
    asked = answering.asked(falling_once(200.0), "baseline", RECORD, 2016, ["exports_to_china"])
    assert [(fact.since, fact.middle) for fact in asked["option"]] == [(2017, -200.0)]


def test_a_year_in_which_eight_futures_in_ten_go_one_way_comes_before_a_larger_one_in_which_they_do_not():
    spread = np.linspace(-1.0, 1.0, 40)
    values = np.zeros((2, 40, 4))
    values[1, :, 1] = -600.0 + 100.0 * spread
    values[1, :, 2] = -900.0 + 1500.0 * spread  # 80 % of futures from -2100 to +300
    coordinates = {"scenario": ["baseline", "option"], "year": [2017, 2018, 2019, 2020]}
    yearly = xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)
    (fact,) = answering.find({"reserves": yearly}, "baseline", {}, 2016, ["reserves"])["option"]
    assert (fact.year, fact.one_way) == (2018, True)
    (only,) = answering.find({"reserves": yearly}, "baseline", {}, 2016, ["reserves"], years=[2019])["option"]
    assert (only.year, only.one_way) == (2019, False)


def in_some(share, wrong=0.0):
    """An option that adds 300 to exports of 2019 in a share of futures, and takes them off in a part of those."""
    annual = results({"exports_to_china": 1000.0}, exports_to_china=[0.0] * 4)["exports_to_china"]
    count = round(share * DRAWS)
    annual[1, :count, 2] += 300.0
    annual[1, : round(wrong * count), 2] -= 600.0
    return {"exports_to_china": annual}


def seldom(annual, **more):
    found = answering.of_headlines(annual, "baseline", RECORD, 2016)
    return answering.seldom(annual, "baseline", RECORD, 2016, found, **more).get("option")


def test_where_nothing_comes_in_most_futures_what_comes_in_some_is_told_of_those():
    fact = seldom(in_some(0.4))
    assert (fact.year, fact.middle, fact.seldom) == (2019, 300.0, True)
    assert fact.often == pytest.approx(0.4, abs=0.02)
    assert seldom(in_some(0.2)) is None, "in fewer than one future in four"
    assert seldom(in_some(0.4, wrong=0.3)) is None, "as often the other way is noise"
    assert seldom(in_some(0.4), years=[2018]) is None
    assert seldom(in_some(0.9)) is None, "what comes in most is told as such"
    assert seldom(in_some(0.4), stated={"option": {"exports_to_china"}}) is None
