"""What was asked for is told first, with its years; what is too small is told without a number, and why."""

import numpy as np
import pytest
import xarray as xr

from sinobel.policies.focus import Focus
from sinobel.reporting.words import facts
from sinobel.reporting.words.came import Came
from sinobel.reporting.words.wording import plain

RECORD = {"gdp": {2016: 50_000.0}, "reserves": {2011: 8000.0, 2016: 5000.0}}
YEARS = [2017, 2018, 2019, 2020]
TITLES = {"baseline": "Base", "option": "Option", "other": "Other"}
DRAWS = 40


def results(option, other=None):
    """Reserves of 5,000 and debt to China of 4,000; by indicator what an option adds, a number a year or for each draw."""
    scenarios = {"baseline": {}, "option": option} | ({} if other is None else {"other": other})
    found = {}
    for name, level in {"reserves": 5000.0, "debt_to_china": 4000.0}.items():
        values = np.stack(
            [np.full((DRAWS, len(YEARS)), level) + np.asarray(moved.get(name, 0.0)) for moved in scenarios.values()]
        )
        coordinates = {"scenario": list(scenarios), "year": YEARS}
        found[name] = xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)
    return found


def said(annual, focus=Focus(), came=facts.NONE):  # noqa: B008
    told = facts.told(annual, "baseline", RECORD, 2016, focus)
    return [plain(each) for each in facts.sentences(told, TITLES, came)]


def test_what_was_asked_for_comes_first_and_what_moves_most_after_it():
    annual = results({"reserves": [0.0, -400.0, -300.0, -300.0], "debt_to_china": [0.0, 900.0, 950.0, 990.0]})
    (text,) = said(annual, Focus(("reserves",), (2018, 2019)))
    assert text.startswith("“Option” lowers international reserves by 400 mn USD in 2018 at the median")
    assert "; lowers it by 300 mn USD in 2019" in text
    assert text.endswith("in 80 % of futures).")
    assert "Besides, it raises debt to China by 950 mn USD in 2019" in text
    (text,) = said(annual)
    assert text.startswith("“Option” raises debt to China by 900 mn USD in 2018"), "nearly all of it is there"
    assert "(900 to 900 in 80 % of futures), and it lasts (990 mn USD in 2020); it also lowers" in text
    (text,) = said(results({"debt_to_china": [0.0, 300.0, 600.0, 990.0]}))
    assert text.startswith("“Option” raises debt to China by 990 mn USD in 2020")
    assert "lasts" not in text, "it is still building up"


def test_a_small_change_that_was_asked_for_has_its_number_and_is_called_small():
    (text,) = said(results({"reserves": [0.0, -40.0, -0.01, 0.0]}), Focus(("reserves",), (2018, 2019)))
    assert text == (
        "“Option” lowers international reserves by 40 mn USD in 2018 at the median (40 to 40 in 80 % of futures), "
        "little beside its usual moves (0.8 % of it); does not move it in 2019."
    )


def test_a_small_change_of_either_sign_has_its_range():
    moved = np.zeros((DRAWS, len(YEARS)))
    moved[:15], moved[15:30] = -40.0, 38.0
    (text,) = said(results({"reserves": moved}), Focus(("reserves",), (2018,)))
    assert text == "“Option” hardly moves international reserves in 2018 at the median (−40 to +38 mn USD in 80 %)."


def test_a_change_in_some_futures_and_one_of_either_sign_are_told_as_that():
    some = np.zeros((DRAWS, len(YEARS)))
    some[:8] = -900.0
    (text,) = said(results({"reserves": some}), Focus(("reserves",), (2019,)))
    assert text == (
        "“Option” hardly moves international reserves in 2019 at the median, yet by what is told of it in 20 % of "
        "futures (−900 to 0 mn USD in 80 %)."
    )
    either = np.full((DRAWS, len(YEARS)), 700.0)
    either[:18] = -700.0
    (text,) = said(results({"reserves": either}), Focus(("reserves",), (2019,)))
    assert "may move international reserves either way in 2019 (−700 to +700 mn USD in 80 %)" in text


@pytest.mark.parametrize(
    ("came", "says"),
    [
        (Came("Volume"), "“Option” changes nothing: “Volume” already is what it is set to."),
        (
            Came("Stop", (0.0, 0.0)),
            "“Option” changes nothing: the rule for “Stop” held in no future and no month.",
        ),
        (
            Came("Stop", (0.05, 0.01)),
            "“Option” changes nothing worth telling: the rule for “Stop” held in 5 % of futures and 1 % of months.",
        ),
    ],
)
@pytest.mark.parametrize("focus", [Focus(), Focus(("reserves",), (2018,))])
def test_what_changes_nothing_is_named_with_what_came_of_it(came, says, focus):
    assert said(results({}), focus, {"option": [came]}) == [says]


def test_the_year_and_the_indicators_that_tables_tell_follow_the_answer():
    annual = results({"debt_to_china": [0.0, 900.0, 500.0, 0.0]}, {"reserves": [0.0, 0.0, 0.0, -2500.0]})
    told = facts.told(annual, "baseline", RECORD, 2016, Focus())
    assert facts.year_of(told, Focus()) == 2020
    assert facts.leading(told, Focus()) == ["reserves", "debt_to_china"]
    assert facts.leading(told, Focus(("gdp",))) == ["gdp", "reserves", "debt_to_china"]
    assert facts.year_of(told, Focus((), (2019, 2018))) == 2019
    assert facts.year_of(facts.told(results({}), "baseline", RECORD, 2016, Focus()), Focus()) is None


@pytest.mark.parametrize(("more", "says"), [(1, "1 other option that moves less is"), (2, "2 other options that move")])
def test_options_that_are_told_below_are_counted(more, says):
    change = {f"option {number}": 900.0 + number for number in range(facts.MOST + more)}
    values = np.stack([np.full((DRAWS, len(YEARS)), 5000.0 + moved) for moved in (0.0, *change.values())])
    coordinates = {"scenario": ["baseline", *change], "year": YEARS}
    annual = {"reserves": xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)}
    told = facts.told(annual, "baseline", RECORD, 2016, Focus())
    assert facts.sentences(told, {name: name for name in change})[-1].startswith(says)


@pytest.mark.parametrize("focus", [Focus(), Focus(("potash_duty",)), Focus(("potash_duty",), (2019,))])
def test_a_duty_is_said_to_move_money_inside_belarus_and_to_be_in_no_budget(focus):
    """Whoever reads that it brings 600 mn would look for them in the budget, or at the border."""
    values = np.zeros((2, DRAWS, len(YEARS)))
    values[1, :, 1:] = 600.0
    coordinates = {"scenario": ["baseline", "option"], "year": YEARS}
    annual = {"potash_duty": xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)}
    (text,) = said(annual, focus)
    assert text.startswith(
        "“Option” raises potash export duty (which moves money inside Belarus from the miner to the budget and is not "
        "booked in the budget of the model) by 600 mn USD in"
    )
    (other,) = said(results({"reserves": [0.0, -800.0, -800.0, -800.0]}), Focus())
    assert "which" not in other


def test_levels_of_a_single_scenario():
    (text,) = facts.levels(results({}), "option", RECORD, 2016, Focus(("reserves",), (2018,)))
    assert plain(text) == (
        "International reserves: 5.0 bn USD in 2018 at the median (5.0 to 5.0 in 80 % of futures); "
        "5.0 bn USD were recorded for 2016."
    )


def test_a_sum_over_years_is_told_in_the_unit_of_a_sum():
    base = np.full((DRAWS, len(YEARS)), 3000.0)
    moved = base.copy()
    for draw in range(DRAWS - 4):
        moved[draw, draw % len(YEARS)] -= 500.0
    coordinates = {"scenario": ["baseline", "option"], "year": YEARS}
    values = xr.DataArray(np.stack([base, moved]), dims=("scenario", "draw", "year"), coords=coordinates)
    (text,) = said({"exports_to_eu": values})
    assert text.startswith("“Option” lowers exports to the EU by 500 mn USD over 2017 to 2020 together at the median")
    assert text.endswith("; it is lower in 90 % of them, though no single year shows it.")


def test_what_was_asked_for_and_does_not_move_is_told_in_one_sentence():
    annual = results({"reserves": [0.0, 0.01, 0.01, 0.01]})
    (text,) = said(annual, Focus(("reserves", "debt_to_china"), (2019,)))
    assert text == "“Option” does not move international reserves and debt to China in 2019."
    annual = results({"reserves": [0.0, 0.01, 0.01, 0.01], "debt_to_china": [0.0, 0.0, 900.0, 0.0]})
    (text,) = said(annual, Focus(("reserves", "debt_to_china"), (2019,)))
    assert text.startswith("“Option” raises debt to China by 900 mn USD in 2019")
    assert text.endswith(". It does not move international reserves in 2019.")


SETTLED, CARTEL = "potash_led_by_belaruskali", "potash_cartel"


def so(without, with_it, name=SETTLED):
    """What is so or not: in how many of 40 futures without the option and with it, from 2018 on; by then in none."""
    values = np.zeros((2, DRAWS, len(YEARS)))
    values[0, :without, 1:] = 1.0
    values[1, DRAWS - with_it :, 1:] = 1.0
    coordinates = {"scenario": ["baseline", "option"], "year": YEARS}
    return results({}) | {name: xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)}


def test_what_is_so_or_not_is_told_by_its_share_of_futures():
    (text,) = said(so(4, 14), Focus((SETTLED,), (2018,)))
    assert text == "“Option” raises Belaruskali settled first to 35 % of futures in 2018, 10 % before."
    (text,) = said(so(40, 30, CARTEL), Focus((CARTEL,), (2020,)))
    assert "lowers potash cartel of Belaruskali and Uralkali to 75 % of futures in 2020, 100 % before" in text
    (text,) = said(so(4, 5), Focus((SETTLED,), (2017,)))
    assert text == "“Option” does not move Belaruskali settled first in 2017."
    (text,) = said(so(39, 40), Focus((SETTLED,), (2018,)))
    assert text.startswith("“Option” raises Belaruskali settled first to 100 % of futures in 2018, 98 % before, little")


def test_what_is_so_in_other_futures_but_as_many_is_told_as_that():
    (text,) = said(so(20, 20), Focus((SETTLED,), (2018,)))
    assert "changes Belaruskali settled first in 100 % of futures in 2018, yet it is so in about as many: 50 %" in text


def test_an_index_that_is_no_yes_or_no_keeps_its_median():
    values = so(4, 14, CARTEL)
    values[CARTEL] = values[CARTEL] * 0.5
    (text,) = said(values, Focus((CARTEL,), (2018,)))
    assert "before" not in text
    shares = so(4, 14, "market_closed")  # a mean over months, which happens to be 0 or 1 here
    assert "before" not in said(shares, Focus(("market_closed",), (2018,)))[0]


def test_the_level_of_what_is_so_or_not_is_a_share_of_futures():
    record = {CARTEL: {2016: 1.0}}
    annual = so(4, 14, CARTEL)
    (text,) = facts.levels(annual, "option", record, 2016, Focus((CARTEL,), (2018, 2020)))
    assert plain(text).endswith(
        "Uralkali: so in 35 % of futures in 2018, so in 35 % of futures in 2020; it was so in 2016."
    )
