"""Weights of positions: drawn from their ranges, the same whatever else there is."""

import numpy as np
import pytest

from sinobel.analysis import weights
from tests.analysis.synthetic import position


def test_weights_lie_in_their_ranges_and_add_up_to_one():
    drawn = weights.drawn(position("belarus.one", a=(0.2, 0.3, 0.6), b=(0.4, 0.4, 0.4)), ["a", "b", "c"], 500)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert (drawn[:, 2] == 0).all(), "what a position does not name"
    ratio = drawn[:, 0] / drawn[:, 1] * 0.4
    assert 0.2 <= ratio.min() <= 0.25
    assert 0.5 <= ratio.max() <= 0.6


def test_a_triangular_range_has_its_mean_and_its_middle():
    drawn = weights.drawn(position("belarus.one", a=(0, 1, 5), b=1), ["a", "b"], 20_000)
    ratio = drawn[:, 0] / drawn[:, 1]
    assert ratio.mean() == pytest.approx(2.0, rel=0.02), "a third of 0 + 1 + 5"
    assert (ratio < 1).mean() == pytest.approx(0.2, abs=0.01), "a fifth of the range lies below the middle"


def test_the_same_weights_whatever_else_is_there():
    one = position("belarus.one", a=(1, 2, 3), b=(1, 2, 3))
    more = position("belarus.one", a=(1, 2, 3), b=(1, 2, 3), c=(0, 1, 2))
    pair, three = weights.drawn(one, ["a", "b"], 50), weights.drawn(more, ["c", "b", "a"], 50)
    assert np.allclose(pair[:, 0] / pair[:, 1], three[:, 2] / three[:, 1])
    assert np.array_equal(weights.drawn(one, ["a", "b"], 20), pair[:20])
    other = weights.drawn(position("belarus.other", a=(1, 2, 3), b=(1, 2, 3)), ["a", "b"], 50)
    assert not np.allclose(pair, other), "another position has weights of its own"


def test_weights_that_are_numbers_are_no_chance():
    assert weights.drawn(position("eu.one", a=3, b=1), ["a", "b"], 4).tolist() == [[0.75, 0.25]] * 4
