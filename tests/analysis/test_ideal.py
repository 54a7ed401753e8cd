"""What a right model would score: a model that is right scores it, one that is too sure of itself does not."""

import numpy as np
import pytest

from sinobel.analysis import ideal, scores

ORIGINS, DRAWS = range(2000, 2012), 400


def cases(random, spread=1.0):
    """Forecasts around a level of their own, and a naive one that is twice as wide."""
    found = []
    for origin in ORIGINS:
        level = random.normal(0, 5)
        naive = {"walk": level + 2.0 * np.sort(random.normal(size=1001)), "none": None}
        found.append(ideal.Case("x", origin, level + spread * random.normal(size=DRAWS), naive))
    return found


def score(given, truths):
    mine = sum(scores.crps(case.draws, value) for case, value in zip(given, truths, strict=True))
    return 1 - mine / sum(scores.crps(case.naive["walk"], value) for case, value in zip(given, truths, strict=True))


def test_crps_of_many_values_is_that_of_each():
    random = np.random.default_rng(1)
    draws, values = random.normal(3, 2, 301), np.concatenate([random.normal(3, 4, 50), [1e6, -1e6]])
    expected = [scores.crps(draws, value) for value in values]
    assert ideal.crps_of_many(draws, values) == pytest.approx(expected, rel=1e-9)


def test_a_model_that_is_right_scores_what_a_right_model_would_and_nothing_beyond():
    random, gaps, within = np.random.default_rng(2), [], []
    for seed in range(150):
        given = cases(random)
        right = ideal.of_skill(ideal.simulated(given, seed, 300), ["walk"])
        truth = random.integers(0, DRAWS, len(given))
        found = score(given, [case.draws[place] for case, place in zip(given, truth, strict=True)])
        gaps.append(found - right.mean)
        within.append(right.low <= found <= right.high)
    assert np.mean(gaps) == pytest.approx(0, abs=0.03)
    assert np.mean(within) == pytest.approx(0.9, abs=0.07)


def test_a_model_that_is_too_sure_holds_less_than_a_right_one_would():
    random = np.random.default_rng(3)
    given = cases(random, spread=0.4)
    held = ideal.range_of(ideal.inside(ideal.simulated(given, 1), 0.8))
    assert held.mean == pytest.approx(0.8, abs=0.02)
    truths = [np.mean(case.draws) + random.normal() for case in given]
    pits = [scores.pit(case.draws, value) for case, value in zip(given, truths, strict=True)]
    assert scores.coverage(pits, 0.8) < held.low


def test_all_series_of_an_origin_see_the_same_future():
    random = np.random.default_rng(4)
    draws = random.normal(size=DRAWS)
    given = [ideal.Case(name, 2000, sign * draws, {}) for name, sign in (("up", 1.0), ("down", -1.0))]
    up, down = ideal.simulated(given, 1, 200)
    assert up.pit == pytest.approx(1 - down.pit, abs=1e-9)
    elsewhere = ideal.simulated([given[0], ideal.Case("down", 2001, -draws, {})], 1, 200)[1]
    assert abs(np.corrcoef(up.pit, elsewhere.pit)[0, 1]) < 0.3


def test_a_skill_in_hindsight_is_against_whichever_was_best_in_each_world():
    random = np.random.default_rng(5)
    given = [ideal.Case("x", 2000, random.normal(size=DRAWS), {"a": np.array([-1.0]), "b": np.array([1.0])})]
    worlds = ideal.simulated(given, 1, 500)
    both, one = ideal.skills(worlds, ["a", "b"]), ideal.skills(worlds, ["a"])
    assert (both <= one).all()
    assert both.mean() < one.mean() - 0.05
    assert np.isnan(ideal.of_skill([], []).mean)


@pytest.mark.parametrize("trials", [2, 10, 50])
def test_the_luck_of_the_best_is_what_the_best_of_so_many_shows(trials):
    best = np.random.default_rng(6).normal(size=(20_000, trials)).max(axis=1).mean()
    assert scores.luck_of_the_best(trials) == pytest.approx(best, rel=0.1)
    assert scores.luck_of_the_best(1) == 0


def test_versions_without_skill_are_worth_nothing_once_the_luck_of_the_best_is_taken_off():
    random = np.random.default_rng(8)
    shown = random.normal(0, 0.08, (4000, 20)).max(axis=1)  # skills of twenty versions as good as the naive forecast
    assert shown.mean() > 0.1
    assert np.mean([ideal.deflated(skill, 0.08, 20) for skill in shown]) == pytest.approx(0, abs=0.005)
    assert ideal.deflated(0.2, 0.08, 1) == 0.2
