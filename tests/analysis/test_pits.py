"""Where what came lies in forecasts, in tenths: counts by hand, and level where forecasts are right."""

import numpy as np
import pytest

from sinobel.analysis import ideal, pits


def test_counts_by_hand():
    assert list(pits.counts([0.0, 0.05, 0.15, 0.55, 0.95, 1.0])) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]


def test_edges_belong_to_the_tenth_above_them():
    """0.3, 0.6 and 0.7 lie just below the sums of tenths; a future counts where what came counts."""
    edges = [place / 10 for place in range(10)]
    assert list(pits.counts(edges)) == [1] * 10
    assert list(pits.counts([*edges, 1.0])) == [1] * 9 + [2]
    assert list(pits.tenths([0.7 + 0.1, 3 * 0.1])) == [8, 3]
    worlds = [ideal.Worlds(None, np.array([]), np.array([place]), {}) for place in edges]
    assert pits.of_worlds(worlds)[:, 0] == pytest.approx(pits.counts(edges) / 10)


def test_sides_are_the_lowest_and_the_highest_two_tenths():
    low, high = pits.sides([0.1, 0.2, 0, 0, 0, 0, 0, 0, 0.3, 0.4])
    assert (low, high) == pytest.approx((0.3, 0.7))


def test_futures_that_hang_together_stray_further_than_those_that_do_not():
    random = np.random.default_rng(1)
    alone = random.normal(size=(40, 500))
    together = alone + 3 * random.normal(size=500)
    spread = {}
    for name, forecasts in (("alone", alone), ("together", together)):
        shares = pits.of_futures(list(forecasts))
        assert shares.shape == (pits.TENTHS, 500)
        assert shares.sum(axis=0) == pytest.approx(1)
        assert shares.mean(axis=1) == pytest.approx(0.1)
        spread[name] = shares.std()
    assert spread["together"] > 2 * spread["alone"]


def test_worlds_where_the_model_is_right_are_level():
    random = np.random.default_rng(2)
    cases = [ideal.Case("gdp", origin, random.normal(size=400), {}) for origin in range(2000, 2030)]
    shares = pits.of_worlds(ideal.simulated(cases, 3))
    assert shares.shape == (pits.TENTHS, ideal.WORLDS)
    assert shares.mean(axis=1) == pytest.approx(0.1, abs=0.01)
