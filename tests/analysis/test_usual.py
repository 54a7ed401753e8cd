"""What a change is held against: what the indicator moves by in five years, recorded or simulated."""

import numpy as np
import pytest

from sinobel.analysis import worth


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
