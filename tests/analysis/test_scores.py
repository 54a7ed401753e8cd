"""Scores against other ways to compute them, and naive forecasts against what they promise."""

import numpy as np
import pytest
from scipy import stats

from sinobel.analysis import scores


@pytest.mark.parametrize("value", [-3.0, 0.2, 5.0])
def test_crps_is_the_integral_of_squared_differences_of_distributions(value):
    draws = np.random.default_rng(1).normal(0.5, 2.0, 400)
    grid = np.linspace(-15, 15, 200_001)
    below = np.searchsorted(np.sort(draws), grid, side="right") / len(draws)
    expected = np.trapezoid((below - (grid >= value)) ** 2, grid)
    assert scores.crps(draws, value) == pytest.approx(expected, abs=1e-3)


def test_crps_of_a_normal_forecast_is_the_known_formula():
    levels = stats.norm.ppf((np.arange(4000) + 0.5) / 4000)
    for value in (-1.0, 0.0, 2.0):
        known = value * (2 * stats.norm.cdf(value) - 1) + 2 * stats.norm.pdf(value) - 1 / np.sqrt(np.pi)
        assert scores.crps(levels, value) == pytest.approx(known, abs=2e-3)


def test_pit_counts_ties_half():
    assert scores.pit(np.array([1.0, 2.0, 2.0, 3.0]), 2.0) == 0.5
    assert scores.coverage([0.05, 0.3, 0.5, 0.97], 0.8) == 0.5


def test_naive_forecasts_hold_what_they_promise():
    random = np.random.default_rng(2)
    inside = {kind: [] for kind in ("random walk", "random walk with drift")}
    for _ in range(400):
        path = np.cumsum(random.normal(0.3, 1.0, 15))
        for kind, found in inside.items():
            forecast = scores.naive(kind, dict(enumerate(path[:12])), 3)
            found.append(scores.pit(forecast, path[14]))
    assert scores.coverage(inside["random walk with drift"], 0.8) == pytest.approx(0.8, abs=0.06)
    assert np.mean(inside["random walk"]) > 0.55  # it misses the drift
    assert scores.naive("AR(1) in logs", {1: 1.0, 2: -1.0, 3: 2.0}, 1) is None


def test_skill_and_its_interval():
    random = np.random.default_rng(4)
    rows = [
        {"origin": origin, "crps": 1.0 + random.random(), "random walk": 2.0 + random.random()}
        for origin in range(7)
        for _ in range(3)
    ]
    found = scores.skill(rows, "crps", "random walk")
    low, high = scores.skill_interval(rows, "crps", "random walk", 1)
    assert low < found < high
    assert found == pytest.approx(0.4, abs=0.1)


def test_no_change_is_a_walk_from_the_end_of_the_year():
    """Errors of next years' means against ends 0.1 and -0.1: a variance of 3 x 0.01 a year; 1/3 of it in the first year.

    The median is the last end, and half the mass lies within the t quantile of two errors, 0.816497 deviations.
    """
    ends, means = np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.1, 1.9])
    first, third = (scores.no_change(ends, means, horizon) for horizon in (1, 3))
    assert np.median(first) == pytest.approx(3.0)
    low, high = np.quantile(first, (0.25, 0.75))
    assert (high - low) / 2 == pytest.approx(0.1 * 0.816497, rel=0.01)
    low, high = np.quantile(third, (0.25, 0.75))
    assert (high - low) / 2 == pytest.approx(np.sqrt(0.03 * 7 / 3) * 0.816497, rel=0.01)


def test_around_spreads_a_forecast_of_others_as_its_past_errors():
    """Errors 1, -1 and 1: deviation 1, quartile of t with three degrees of freedom 0.764892."""
    found = scores.around(5.0, [1.0, -1.0, 1.0])
    low, middle, high = np.quantile(found, (0.25, 0.5, 0.75))
    assert middle == pytest.approx(5.0)
    assert (high - low) / 2 == pytest.approx(0.764892, rel=0.01)


def test_a_return_to_the_mean_from_the_end_of_a_year_is_an_ar_1_where_the_end_tells_no_more_than_the_year():
    values = np.cumsum(np.random.default_rng(3).normal(size=20)) * 0.3
    for horizon in (1, 4):
        plain = scores.naive("AR(1)", dict(enumerate(values)), horizon)
        assert scores.return_to_mean(values, values, horizon) == pytest.approx(plain)


def test_an_end_of_the_year_that_tells_the_next_one_makes_its_forecast_sharp():
    values = np.random.default_rng(3).normal(size=20)
    ends = np.append(values[1:], 1.7) + 0.01 * np.sin(np.arange(20))
    forecast = scores.return_to_mean(ends, values, 1)
    assert np.median(forecast) == pytest.approx(1.7, abs=0.1)
    assert np.std(forecast) < 0.05 * np.std(scores.return_to_mean(ends, values, 2))
