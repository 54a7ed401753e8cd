"""The answer says what the numbers say: it is composed from them, and turns around when they do."""

import numpy as np
import pytest
import xarray as xr

from sinobel.policies.focus import Focus
from sinobel.reporting.charts import options
from sinobel.reporting.charts.shared import OPTION_INDICATORS
from sinobel.reporting.words import facts
from sinobel.reporting.words.answer import AnswerData, answer, trust
from sinobel.reporting.words.wording import plain
from sinobel.results.basis import basis_of
from sinobel.runs.trajectories import attributes

DRAWS = 200
NO_SCENARIO = {"request": {"scenarios": [], "origin": "2016-12", "horizon": "2020-12"}}
TITLES = {"base": "Base", "up": "Better", "down": "Worse"}


def yearly(balance, debt=4000.0):
    """Balance, and income as large, by scenario in 2025 with one draw's spread of 1 a step, debt the same everywhere."""
    spread = np.linspace(-100, 100, DRAWS)
    scenarios = list(balance)
    values = np.stack([np.broadcast_to(np.asarray(balance[name]), DRAWS) + spread for name in scenarios])[:, :, None]
    coordinates = {"scenario": scenarios, "draw": np.arange(DRAWS), "year": [2025]}
    dims = ("scenario", "draw", "year")
    owed = np.full_like(values, debt) + spread[None, :, None]
    return {
        "income_per_head": xr.DataArray(
            values.copy(), coordinates, dims, attrs=attributes("income_per_head", yearly=True)
        ),
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
    alone = told({"base": -2000.0}, recorded)[0]
    assert "trade deficit with China is 1.9 to 2.1 bn USD in 2025 in 80 % of futures, 2.0 bn USD at the median" in alone
    assert "likely to be larger than the 1.9 bn USD recorded for 2016 (80 % of futures)" in alone
    first, second, third = told({"base": -2000.0, "up": -1700.0, "down": -2600.0}, recorded)
    assert "“Worse” lowers net national income a head" in first
    assert "by 600 USD per head in 2025 at the median" in first
    assert "“Better” raises net national income a head" in first
    assert "“Better” raises net national income a head most: +300 USD per head" in second
    assert "(+300 to +300 in 80 % of futures), and is virtually certain to make it higher (100 %)" in second
    assert "“Worse” lowers it most: −600 USD per head" in second
    assert "virtually certain to make it lower (100 %)" in second
    assert "balance" not in second
    assert "4.0 bn USD" in third
    assert "likely to be lower than the 4.0 bn USD recorded for 2016 (70 % of futures)" in third


def test_a_surplus_is_called_one_and_a_smaller_one_smaller():
    first, *_ = told({"base": 500.0}, {"balance_with_china": {2016: 550.0}})
    assert "trade surplus with China is 420 to 580 mn USD" in first
    assert "likely to be smaller than the 550 mn USD recorded for 2016 (75 % of futures)" in first


def test_no_option_that_helps_is_said_plainly():
    second = told({"base": -2000.0, "up": -2100.0, "down": -2600.0}, {})[1]
    assert "none is more likely than not to raise it" in second
    assert "“Worse” lowers net national income a head most: −600 USD per head" in second


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        (300.0, "“Better” raises net national income a head: +300 USD per head"),
        (-300.0, "“Better” lowers net national income a head: −300 USD per head"),
        (5.0, "“Better” moves net national income a head of 2025 by little: +5.0 USD per head at the median (+5.0"),
        (0.0, "“Better” does not move net national income a head of 2025."),
    ],
)
def test_a_single_option_is_told_with_its_direction(moved, says):
    second = told({"base": -2000.0, "up": -2000.0 + moved}, {})[1]
    assert says in second
    opposite = "lowers" if moved >= 0 else "raises"
    assert opposite not in second


def test_an_option_that_helps_in_half_of_the_futures_gets_an_even_word():
    coin = np.where(np.arange(DRAWS) < 110, 30.0, -30.0)
    second = told({"base": 0.0, "up": coin}, {})[1]
    assert "about as likely as not to make it higher (55 %)" in second


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
    assert "“Better” comes first with Belarus (every future)" in third
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


def test_a_range_keeps_its_sign_and_its_order():
    lost = np.linspace(-820.0, 240.0, DRAWS)
    second = told({"base": 0.0, "down": lost}, {})[1]
    assert (
        "lowers net national income a head: −290 USD per head at the median (−714 to +134 in 80 % of futures)" in second
    )


def with_output(**shares):
    """Income that every option moves by 300, the balance as much; real GDP and GDP at current dollars by given shares."""
    found = yearly({"base": -2000.0, "up": -1700.0})
    shape = found["income_per_head"]
    for name, share in shares.items():
        output = 70_000 * np.ones((2, DRAWS, 1)) + np.linspace(-9000, 9000, DRAWS)[None, :, None]
        output[1] *= 1 + share
        found[name] = xr.DataArray(output, shape.coords, shape.dims, attrs=attributes(name, yearly=True))
    return found


def second_of(found):
    return plain(answer(AnswerData(found, "base", {"base": "Base", "up": "Better"}, {}, 2016))[1])


def test_output_is_told_in_real_terms():
    """At current dollars the exchange rate turns the sign around."""
    second = second_of(with_output(real_gdp=0.004, gdp=-0.03))
    assert "Real GDP changes by +0.4 % at the median (+0.4 to +0.4 in 80 % of futures) under “Better”" in second
    assert "3.0" not in second


def test_without_the_criterion_options_are_told_by_real_gdp_and_never_by_the_balance():
    found = with_output(real_gdp=0.01, gdp=-0.03)
    del found["income_per_head"]
    assert "“Better” raises real GDP: +700 mn USD" in second_of(found).replace("+0.7 bn", "+700 mn")
    del found["real_gdp"]
    sentences = answer(AnswerData(found, "base", {"base": "Base", "up": "Better"}, {}, 2016))
    assert not any("Better" in sentence for sentence in sentences[1:])


def test_the_headline_of_options_is_that_of_the_answer_and_keeps_the_sign():
    found = yearly({"base": -2000.0, "up": -1990.0, "down": -2100.0})
    shown = [name for name in OPTION_INDICATORS if name in found]
    told = facts.told(found, "base", {}, 2016, Focus())
    said = options.finding(told, {"up": "Better", "down": "Worse"}, shown)
    assert said.startswith("Of 2 options most: Worse lowers net national income a head by 100 USD per head in 2025")
    still = facts.told(yearly({"base": -2000.0, "up": -2000.0}), "base", {}, 2016, Focus())
    assert options.finding(still, {"up": "Better"}, shown) == (
        "No option changes what is shown here by anything worth telling"
    )
    asked = facts.told(found, "base", {}, 2016, Focus(("balance_with_china",)))
    said = options.finding(asked, {"up": "Better", "down": "Worse"}, shown)
    assert said.startswith("Of 2 options most: Worse lowers trade balance with China by 100 mn USD in 2025")
