"""All recorded series a year ahead: none left out, known forecasts get known scores, the summary adds up."""

import numpy as np
import pytest

from sinobel.analysis.coverage import HEADLINES
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.recorded import recorded_values
from sinobel.inputs.trials import count
from sinobel.studies import backtest, headlines, next_year
from sinobel.studies.summary import by_measure

DRAWS = 200
LEVELS = (np.arange(DRAWS) + 0.5) / DRAWS - 0.5


def around(recorded, spread):
    """Futures around what followed."""
    return recorded * (1 + spread * LEVELS)


def all_of(spread):
    """Forecasts of every series and year, each around what followed."""
    over_one = {
        origin: np.array(
            [around(recorded_values()[name].get(origin + 1, 1.0), spread) for name in next_year.all_series()]
        )
        for origin in (*backtest.BEFORE, *backtest.origins())
    }
    over_years = {
        origin: np.array(
            [
                [
                    [around(recorded_values()[name][year], spread) for year in range(origin + 1, 2017)]
                    for name in HEADLINES
                ]
            ]
            * 2
        )
        for origin in backtest.origins()
    }
    return over_years, over_one


@pytest.fixture(scope="module")
def perfect():
    return backtest.scored(*all_of(1e-6), seed=1)


def test_every_recorded_series_is_scored_the_macro_block_first():
    found = next_year.all_series()
    assert set(found) == {name for name, years in recorded_values().items() if years}
    assert len(found) >= 30
    assert found[:7] == next_year.FIRST
    blocks = [next_year.block_of(name) for name in found]
    assert list(dict.fromkeys(blocks)) == sorted(set(blocks), key=blocks.index)  # each block stands together
    assert {all_indicators()[name].region for name in found if next_year.block_of(name) == "world outside"} == {
        "World",
        "Russia",
        "China",
        "European Union",
    }


def test_a_perfect_forecast_gets_all_the_skill(perfect):
    compared = [row for row in perfect.series if row.compared]
    assert len(compared) >= 28
    for row in compared:
        assert row.skill == pytest.approx(1, abs=1e-4), row.series
        assert row.hindsight_skill == pytest.approx(1, abs=1e-4)
        assert row.inside_50 == 1
    assert perfect.scores[0].fixed_skill == pytest.approx(1, abs=1e-4)


def test_no_skill_is_told_where_no_naive_forecast_can_be_made(perfect):
    row = next(row for row in perfect.series if row.series == "potash_landed_in_china")
    assert (row.forecasts, row.compared, row.hindsight) == (3, 0, "")
    assert np.isnan([row.skill, row.ideal_skill, row.published_skill, row.deflated_skill]).all()
    assert row.inside_90 == 1


def test_the_next_year_is_forecast_from_2008_and_the_headline_from_2009(perfect):
    assert {row.origin for row in perfect.next_year} == set(range(2008, 2016))
    assert {row.origin for row in perfect.forecasts} == set(range(2009, 2016))
    assert len(perfect.forecasts) == 25 * len(HEADLINES)


def test_the_summary_is_of_all_forecasts_and_of_the_macro_block(perfect):
    rows = by_measure(perfect.summary)
    assert rows["next_year_inside_80"]["forecasts"] == len(perfect.next_year)
    assert rows["headline_skill"]["forecasts"] == len(perfect.forecasts)
    macro = [row for row in perfect.next_year if next_year.block_of(row.series) == "macro"]
    assert rows["macro_inside_80"]["forecasts"] == len(macro)
    assert rows["headline_skill"]["trials"] == count() >= 13
    assert rows["headline_skill"]["deflated"] < rows["headline_skill"]["value"]
    assert np.isnan(rows["macro_inside_80"]["deflated"])


def test_the_typical_skill_is_that_of_a_series_whatever_its_size():
    """Errors of a tenth of what came everywhere: the summary is one less the geometric mean of ratios."""
    found = backtest.scored(*all_of(0.4), seed=1)
    skills = [row.skill for row in found.series if row.compared]
    expected = 1 - np.exp(np.mean(np.log([1 - skill for skill in skills])))
    assert by_measure(found.summary)["next_year_skill"]["value"] == pytest.approx(expected)
    assert by_measure(found.summary)["headline_skill"]["value"] == pytest.approx(
        np.mean([row.skill for row in found.scores])
    )


def test_a_right_model_is_asked_the_same_years(perfect):
    """Of the futures of each forecast as many lie in the 80 % range as should."""
    rows = by_measure(perfect.summary)
    assert rows["next_year_inside_80"]["ideal"] == pytest.approx(0.8, abs=0.02)
    assert rows["headline_inside_50"]["ideal"] == pytest.approx(0.5, abs=0.02)
    long = headlines.made(all_of(0.1)[0])
    assert {each.case.origin for each in long} == set(backtest.origins())
