"""Scores of forecasts against what a record says, with numbers worked out by hand."""

import numpy as np
import pytest

from sinobel.analysis.forecast_scores import score_row, skill_by_indicator, verdicts


def row(ensemble, recorded, naive, **told):
    return score_row(
        np.array(ensemble, float),
        recorded,
        None if naive is None else np.array(naive, float),
        **{"indicator": "gdp", "year": 2011, "ahead": 1, "unit": "USD mn", "benchmark": "random walk"} | told,
    )


def test_a_forecast_of_four_values_by_hand():
    # mean distance to 4: (3 + 2 + 1 + 2) / 4 = 2; mean distance of pairs: (1+2+5+1+4+3) * 2 / 16 = 2, half of it is 1
    found = row([1, 2, 3, 6], 4, [2, 6])
    assert found.crps == pytest.approx(2 - 1)
    assert found.pit == 3 / 4
    assert found.median == 2.5
    # of the naive one: mean distance 2, mean distance of pairs 4 * 2 / 4 = 2, half of it 1
    assert found.benchmark_crps == pytest.approx(1)
    assert found.skill == pytest.approx(0)
    assert (found.inside_50, found.inside_80, found.inside_90) == (False, True, True)


def test_a_forecast_beside_the_range_is_outside():
    found = row(range(1, 101), 100.5, None)
    assert found.pit == 1
    assert not found.inside_90
    assert found.benchmark == ""
    assert np.isnan(found.skill)


def test_what_is_no_number_is_left_out():
    assert row([1, 2, 3, 6, np.nan], 4, [2, 6]).crps == row([1, 2, 3, 6], 4, [2, 6]).crps


def test_skill_is_of_sums_over_the_years_of_an_indicator():
    rows = [
        row([4], 5, [7]),  # 1 against 2
        row([4], 7, [7.5], year=2012, ahead=2),  # 3 against 0.5
        row([4], 5, None, indicator="reserves"),
    ]
    assert skill_by_indicator(rows) == {"gdp": pytest.approx(1 - 4 / 2.5)}
    told = list(verdicts(rows))
    assert told[0].startswith("3 values of 2 indicators, 2011 to 2012: 0 % in the 50 % range")
    assert told[1] == "No better than the naive forecast in gdp, skill -0.60: one look."


def test_skills_of_indicators_are_put_together_as_the_backtest_does():
    """Ratios of 1/4 and 4 are even; their arithmetic mean would say that the forecast is much worse."""
    rows = [row([4], 5, [9.001]), row([4], 8, [7], indicator="reserves")]
    assert skill_by_indicator(rows) == {"gdp": pytest.approx(3 / 4, abs=1e-4), "reserves": pytest.approx(-3)}
    assert "in 1 of 2 indicators, typical skill +0.00;" in list(verdicts(rows))[1]


def test_one_value_is_told_in_the_singular_and_in_no_tenths():
    told = list(verdicts([row([1, 2, 3, 6], 4, None)]))
    assert told == ["1 value of 1 indicator, 2011: in the 80 % range."]
    assert list(verdicts([row(range(100), 500, None)])) == ["1 value of 1 indicator, 2011: outside the 90 % range."]


@pytest.mark.parametrize(("count", "lines"), [(9, 1), (10, 2)])
def test_fewer_values_than_tenths_are_not_counted_in_tenths(count, lines):
    assert len(list(verdicts([row([1, 2, 3, 6], 4, None)] * count))) == lines
