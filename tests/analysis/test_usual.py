"""What a change is held against: what the indicator moves by in five years, recorded or simulated."""

import numpy as np
import pytest

from sinobel.analysis import worth
from sinobel.inputs.indicators import all_indicators


def test_the_record_says_where_it_can_and_the_futures_where_it_cannot():
    recorded = {2011: 100.0, 2016: 160.0}
    assert worth.usual(recorded, 2016, 100.0, own=500.0) == pytest.approx(60.0)
    assert worth.usual({2016: 160.0}, 2016, 100.0, own=500.0) == 500.0
    assert worth.usual({}, 2016, 100.0, own=1.0) == pytest.approx(10.0), "a tenth of the level at least"


def test_futures_move_by_the_median_of_their_changes_over_five_years():
    years = np.arange(8.0)[:, None]
    values = np.hstack([10.0 * years, -20.0 * years, 20.0 * years])
    assert worth.moves_by_itself(values) == 100.0
    assert worth.moves_by_itself(values[:5]) == 0.0
    holes = np.where(np.arange(3) == 1, np.nan, values)
    assert worth.moves_by_itself(holes) == 75.0
    assert worth.moves_by_itself(np.full((8, 3), np.nan)) == 0.0


def test_one_crash_does_not_set_what_counts():
    """Five years that moved by 10 to 12, and last ones by 100; the last where they moved by less than usual."""
    crash = {year: 10.0 + (year % 5) + 10.0 * (year > 2010) for year in range(2002, 2016)} | {2016: -79.0}
    assert abs(crash[2016] - crash[2011]) == 100.0
    assert worth.usual(crash, 2016, 1.0) == pytest.approx(10.0)
    assert worth.worth_telling(crash, 2016, 1.0) == pytest.approx(1.0)
    still = {year: 50.0 * (year - 2000) for year in range(2002, 2016)} | {2016: 560.0}
    assert worth.usual(still, 2016, 1.0) == pytest.approx(10.0)
    assert worth.usual({**still, 1990: 0.0, 1995: 1e6}, 2016, 1.0) == pytest.approx(10.0), "what is long past is none"


def test_a_part_of_gdp_is_told_of_a_sum_of_money_however_its_record_swings():
    trade, debt, price = (all_indicators()[name] for name in ("total_exports", "reserves", "potash_spot_price"))
    assert worth.large_flow(trade, 50_000.0) == pytest.approx(125.0)
    assert np.isinf(
        [worth.large_flow(debt, 50_000.0), worth.large_flow(price, 50_000.0), worth.large_flow(trade, 0.0)]
    ).all()
    swings = {2011: 40_000.0, 2016: 20_000.0}
    assert worth.worth_telling(swings, 2016, 10_000.0, at_most=125.0) == pytest.approx(125.0)
    assert worth.worth_telling(swings, 2016, 30_000.0, at_most=125.0) == pytest.approx(300.0), (
        "a hundredth of the level"
    )
    assert worth.worth_telling({2011: 0.0, 2016: 500.0}, 2016, 100.0, at_most=125.0) == pytest.approx(50.0)
