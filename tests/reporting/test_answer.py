"""The answer says what the numbers say: it is composed from them, and turns around when they do."""

import numpy as np
import pytest
import xarray as xr

from sinobel.reporting.words.answer import AnswerData, answer, trust
from sinobel.reporting.words.wording import plain
from sinobel.results.basis import basis_of
from sinobel.runs.trajectories import attributes

DRAWS = 200
NO_SCENARIO = {"request": {"scenarios": [], "origin": "2016-12", "horizon": "2020-12"}}
TITLES = {"base": "Base", "up": "Better", "down": "Worse"}


def yearly(balance, debt=4000.0):
    """Balance by scenario in 2025 with one draw's spread of 1 a step, debt the same everywhere."""
    spread = np.linspace(-100, 100, DRAWS)
    scenarios = list(balance)
    values = np.stack([np.broadcast_to(np.asarray(balance[name]), DRAWS) + spread for name in scenarios])[:, :, None]
    coordinates = {"scenario": scenarios, "draw": np.arange(DRAWS), "year": [2025]}
    dims = ("scenario", "draw", "year")
    owed = np.full_like(values, debt) + spread[None, :, None]
    return {
        "balance_with_china": xr.DataArray(
            values, coordinates, dims, attrs=attributes("balance_with_china", yearly=True)
        ),
        "debt_to_china": xr.DataArray(owed, coordinates, dims, attrs=attributes("debt_to_china", yearly=True)),
    }


def told(balance, recorded, **options):
    titles = {name: TITLES[name] for name in balance}
    return [plain(text) for text in answer(AnswerData(yearly(balance, **options), "base", titles, recorded, 2016))]


def test_three_sentences_with_size_range_word_and_share():
    recorded = {"balance_with_china": {2016: -1940.0}, "debt_to_china": {2016: 4040.0}}
    first, second, third = told({"base": -2000.0, "up": -1700.0, "down": -2600.0}, recorded)
    assert "trade deficit with China is 1.9 to 2.1 bn USD in 2025 in 80 % of futures, 2.0 bn USD at the median" in first
    assert "likely to be larger than the 1.9 bn USD recorded for 2016 (80 % of futures)" in first
    assert "Of two options" in second
    assert "“Better” improves Belarus's balance of trade with China most, by 300 mn USD" in second
    assert "that balance is virtually certain to be better than under “Base” (100 %)" in second
    assert "“Worse” worsens it by 600 mn USD" in second
    assert "4.0 bn USD" in third
    assert "likely to be lower than the 4.0 bn USD recorded for 2016 (70 % of futures)" in third


def test_a_surplus_is_called_one_and_a_smaller_one_smaller():
    first, *_ = told({"base": 500.0}, {"balance_with_china": {2016: 550.0}})
    assert "trade surplus with China is 420 to 580 mn USD" in first
    assert "likely to be smaller than the 550 mn USD recorded for 2016 (75 % of futures)" in first


def test_no_option_that_helps_is_said_plainly():
    second = told({"base": -2000.0, "up": -2100.0, "down": -2600.0}, {})[1]
    assert "none is more likely than not to improve Belarus's balance of trade with China" in second
    assert "“Worse” worsens it by 600 mn USD" in second


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        (300.0, "“Better” improves Belarus's balance of trade with China by 300 mn USD"),
        (-300.0, "“Better” worsens Belarus's balance of trade with China by 300 mn USD"),
        (0.0, "“Better” leaves Belarus's balance of trade with China of 2025 as it is"),
    ],
)
def test_a_single_option_is_told_with_its_direction(moved, says):
    second = told({"base": -2000.0, "up": -2000.0 + moved}, {})[1]
    assert says in second
    opposite = "worsens" if moved >= 0 else "improve"
    assert opposite not in second


def test_an_option_that_helps_in_half_of_the_futures_gets_an_even_word():
    coin = np.where(np.arange(DRAWS) < 110, 30.0, -30.0)
    second = told({"base": 0.0, "up": coin}, {})[1]
    assert "about as likely as not to be better than under “Base” (55 %)" in second


def test_trust_names_the_series_a_naive_forecast_beats():
    scored = dict(basis_of(NO_SCENARIO).track_record)
    lost = {"skill": "-0.1", "miss_a_year_ahead_percent": "16.4"}
    text = plain(trust({**scored, "balance_with_china": {**scored["balance_with_china"], **lost}}))
    assert "trade balance with China 16 %" in text
    assert "a naive forecast did better for trade balance with China" in text


def test_sentences_that_lack_their_numbers_are_left_out():
    only = {"debt_to_china": yearly({"base": 0.0})["debt_to_china"]}
    sentences = answer(AnswerData(only, "base", {"base": "Base"}, {}, 2016))
    assert len(sentences) == 1
    assert "Debt to China" in plain(sentences[0])


def test_positions_are_grouped_by_the_option_that_comes_first():
    from sinobel.analysis import outcomes
    from tests.analysis.synthetic import named, objective

    annual = yearly({"base": -2000.0, "up": -1000.0, "down": -2600.0})
    found = outcomes.outcomes(annual, named(objective("belarus.balance", "balance_with_china", scale=1000.0)), "base")
    third = plain(answer(AnswerData(annual, "base", TITLES, {}, 2016), found)[2])
    assert "“Better” comes first with Belarus (leads in 100 %)" in third
    assert "unlikely" not in third


def test_an_option_that_hardly_matters_is_not_said_to_come_first():
    from sinobel.analysis import outcomes
    from tests.analysis.synthetic import named, objective

    annual = yearly({"base": -2000.0, "up": -1999.9})
    found = outcomes.outcomes(annual, named(objective("belarus.balance", "balance_with_china", scale=1000.0)), "base")
    third = plain(answer(AnswerData(annual, "base", TITLES, {}, 2016), found)[2])
    assert "even the option that does most is unlikely to leave a gain worth counting to Belarus (0 %)" in third
    assert "comes first" not in third


@pytest.mark.parametrize("middle", [-0.4, 0.4])
def test_small_numbers_do_not_read_as_minus_zero(middle):
    assert "−0 " not in " ".join(told({"base": middle}, {}))


@pytest.mark.parametrize(("lost", "says"), [(0.09, True), (0.02, True), (0.005, False), (-0.09, False)])
@pytest.mark.parametrize("options", [{"up": -1700.0}, {"up": -1700.0, "down": -2600.0}])
def test_a_balance_that_improves_while_output_falls_is_told_with_what_it_costs(lost, says, options):
    found = yearly({"base": -2000.0, **options})
    output = 70_000 * np.ones((1 + len(options), DRAWS, 1)) + np.linspace(-9000, 9000, DRAWS)[None, :, None]
    output[1] *= 1 - lost
    balance = found["balance_with_china"]
    found["gdp"] = xr.DataArray(output, balance.coords, balance.dims, attrs=attributes("gdp", yearly=True))
    titles = {name: TITLES[name] for name in ("base", *options)}
    second = plain(answer(AnswerData(found, "base", titles, {}, 2016))[1])
    assert (f"But “{titles['up']}” lowers GDP at current dollars of 2025" in second) == says
    assert (f"{100 * lost:.0f} % of it, and is virtually certain to lower it (100 %)" in second) == says
