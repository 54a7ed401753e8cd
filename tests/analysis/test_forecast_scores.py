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
    assert told[1].startswith("Better than the naive forecast in 0 of 1 indicators, mean skill -0.60")
