"""A surface through runs: it finds a quadratic again, keeps its start, clips, and keeps only what helps."""

import numpy as np
import pytest

from sinobel.analysis import surface
from sinobel.analysis.surface import Answer, Axis, Fit, Surface

AXES = (
    Axis("a.one", "One", "fraction", 0.0, 1.0, 0.25),
    Axis("a.two", "Two", "times", -2.0, 2.0, -2.0),
    Axis("b.three", "Three", "USD", 10.0, 50.0, 30.0),
)
TERMS = surface.terms_of(AXES)


def settings(count, seed=1):
    low, high = (np.array([getattr(axis, name) for axis in AXES]) for name in ("low", "high"))
    return low + np.random.default_rng(seed).random((count, len(AXES))) * (high - low)


def columns(given):
    return surface.columns_of(surface.scaled(AXES, given), TERMS)


def of(*weights):
    """A surface with the same weights for its three quantiles, which add 0, 1 and -1 to the start."""
    fits = tuple(Fit((weights[0] + more, *weights[1:]), 1.0, 2.0) for more in (0.0, 0.0, -1.0))
    return Surface(AXES, TERMS, (Answer("gdp", "GDP", "USD mn", 2020, 5.0, fits),))


def test_terms_are_the_start_levers_squares_distances_and_products():
    assert TERMS == ((), (0,), (1,), (2,), (0, 0), (1, 1), (2, 2), (~0,), (~2,), (0, 1), (0, 2), (1, 2))
    found = columns(np.array([[0.5, 0.0, 10.0]]))[0]
    assert found == pytest.approx([1, 0.25, 0.5, -0.5, 0.0625, 0.25, 0.25, 0.25, 0.5, 0.125, -0.125, -0.25])


def test_a_quadratic_is_found_again_and_its_start_is_kept():
    true = np.array([3.0, 1.0, -2.0, 4.0, 0.5, 0.0, 7.0, 0.0, 0.0, 5.0, 0.0, 0.0])
    seen = columns(settings(40))
    found = surface.fitted(seen, seen @ true, 3.0, TERMS)
    assert found == pytest.approx(true, abs=1e-9)
    assert surface.fitted(seen, seen @ true + 1.0, 3.0, TERMS)[0] == 3.0, "the start is that of the model, exactly"


def test_a_range_that_opens_to_both_sides_needs_distances():
    true = np.zeros(len(TERMS))
    true[TERMS.index((~2,))] = 6.0
    seen, unseen = columns(settings(40)), columns(settings(40, 2))
    found = surface.fitted(seen, seen @ true, 0.0, TERMS)
    assert unseen @ found == pytest.approx(unseen @ true, abs=1e-9)


def test_products_are_kept_only_where_they_help():
    seen = columns(settings(60))
    noise = np.random.default_rng(3).normal(size=60)
    products = [place for place, term in enumerate(TERMS) if surface.is_choice(term)]
    assert np.count_nonzero(surface.fitted(seen, seen[:, 1] + noise, 0.0, TERMS)[products]) <= 2
    assert surface.fitted(seen, seen[:, 1] + 20 * seen[:, 9] + noise, 0.0, TERMS)[9] == pytest.approx(20, abs=5)


def test_what_never_changes_has_no_weights():
    assert not surface.fitted(columns(settings(40)), np.full(40, 2.0), 2.0, TERMS)[1:].any()


def test_leaving_one_out_is_what_it_says():
    seen, values = columns(settings(20))[:, 1:5], np.random.default_rng(4).normal(size=20)
    misses = []
    for place in range(20):
        others = np.arange(20) != place
        weights = np.linalg.lstsq(seen[others], values[others], rcond=None)[0]
        misses.append(values[place] - seen[place] @ weights)
    assert surface._left_out(seen, values) == pytest.approx(np.sqrt(np.mean(np.square(misses))))


def test_outside_a_range_its_nearer_end_counts():
    made = of(1.0, 2.0, 3.0, 4.0, *[0.5] * 8)
    assert np.array_equal(made.at([9.0, -9.0, 60.0]), made.at([1.0, -2.0, 50.0]))
    assert not np.array_equal(made.at([0.9, -2.0, 50.0]), made.at([1.0, -2.0, 50.0]))


def test_the_ends_never_cross_the_median():
    low, middle, high = of(*[1.0] * 12).at([0.5, 0.0, 20.0])[0]
    assert low <= middle <= high
    assert high == middle, "a fitted end that would cross it stands on it"


def test_many_settings_at_once_are_each_alone():
    made, given = of(*range(12)), settings(7)
    assert made.at(given).shape == (7, 1, 3)
    assert np.allclose(made.at(given), [made.at(each) for each in given], rtol=0, atol=1e-12)
