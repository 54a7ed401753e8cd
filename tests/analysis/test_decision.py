"""Regret, thresholds, dominance and convergence, against answers worked out by hand."""

import numpy as np
import pytest

from sinobel.analysis import decision, outcomes
from tests.analysis.synthetic import ends, named, objective


def of(values, *objectives):
    return outcomes.outcomes(
        {"exports_to_china": ends(values)}, named(*(objectives or [objective("belarus.x")])), "base"
    )


def by_scenario(rows):
    return {row["scenario"]: row for row in rows}


def test_regret_by_hand():
    scores = np.array([[0.0, 0.0, 0.0], [3.0, -1.0, 2.0], [1.0, 1.0, 1.0]])
    assert decision.regret(scores).tolist() == [[3, 1, 2], [0, 2, 0], [2, 0, 1]]
    rows = by_scenario(decision.rows(of({"base": [0, 0, 0], "bold": [3, -1, 2], "safe": [1, 1, 1]}), "belarus"))
    assert rows["bold"]["regret_mean"] == pytest.approx(2 / 3)
    assert (rows["bold"]["regret_max"], rows["safe"]["regret_max"], rows["base"]["regret_max"]) == (2, 2, 3)
    assert rows["bold"]["regret_p95"] == pytest.approx(2 * 0.9), "linear between the second and the third of three"
    assert [rows[name]["rank"] for name in ("bold", "safe", "base")] == [1, 2, 3]
    assert rows["bold"]["share_best"] == pytest.approx(2 / 3)
    assert sum(row["share_best"] for row in rows.values()) == pytest.approx(1)


def test_options_that_tie_share_rank_and_first_place():
    rows = by_scenario(decision.rows(of({"base": [0, 0], "a": [1, 2], "b": [1, 2]}), "belarus"))
    assert rows["a"]["rank"] == rows["b"]["rank"] == 1
    assert rows["base"]["rank"] == 3
    assert rows["a"]["share_best"] == rows["b"]["share_best"] == 0.5
    assert rows["a"]["best_all_weights"] == rows["b"]["best_all_weights"] == 0.5
    found = decision.convergence(of({"base": [0, 0], "a": [1, 2], "b": [1, 2]}), "belarus")
    assert found["tied"]
    assert (found["flips"], found["draws_needed"]) == (0.5, 0)


def test_thresholds_met_together_and_one_by_one():
    data = {
        "exports_to_china": ends({"base": [0, 0, 0, 0], "a": [5, 5, 0, 0]}),
        "debt_to_china": ends({"base": [9, 9, 9, 9], "a": [9, 1, 1, 9]}),
    }
    wanted = named(
        objective("belarus.x", threshold=5.0, threshold_from="by hand"),
        objective("belarus.debt", "debt_to_china", direction="lower", threshold=1.0, threshold_from="by hand"),
        objective("belarus.free", weight=2.0),
    )
    found = outcomes.outcomes(data, wanted, "base")
    every, single = decision.satisficing(found, "belarus")
    assert every.tolist() == [0, 0.25]
    assert {name: share.tolist() for name, share in single} == {"belarus.x": [0, 0.5], "belarus.debt": [0, 0.5]}


def test_without_thresholds_nothing_is_said_about_them():
    row = decision.rows(of({"base": [0.0], "a": [1.0]}), "belarus")[0]
    assert (row["meets_all"], row["hardest"]) == (None, "")


def test_dominance():
    values = {"base": [0] * 10, "better": [1] * 9 + [-1], "always": [2] * 10}
    pairs = {(row["above"], row["below"]): row for row in decision.dominance(of(values), "belarus")}
    assert len(pairs) == 6
    assert pairs["better", "base"]["share_better"] == 0.9
    assert pairs["better", "base"]["dominates"]
    assert not pairs["better", "base"]["first_order"], "one future is below every one of the other"
    assert pairs["always", "base"]["first_order"]
    assert not pairs["base", "always"]["first_order"]
    assert not pairs["base", "better"]["dominates"]
    rows = by_scenario(decision.rows(of(values), "belarus"))
    assert rows["base"]["dominated_by"] == "always", "the one that is better most often"
    assert rows["always"]["dominated_by"] == ""


def test_better_in_sum_is_not_better_in_every_objective():
    data = {
        "exports_to_china": ends({"base": [0, 0], "a": [5, 5]}),
        "debt_to_china": ends({"base": [0, 0], "a": [1, 0]}),
    }
    wanted = named(objective("belarus.x"), objective("belarus.debt", "debt_to_china", direction="lower"))
    pairs = decision.dominance(outcomes.outcomes(data, wanted, "base"), "belarus")
    row = next(row for row in pairs if row["above"] == "a")
    assert (row["share_better"], row["share_every_objective"]) == (1.0, 0.5)


def test_first_place_under_all_weights_by_hand():
    """Two objectives, an option for each: it is best where its objective weighs more than half, or a third."""
    equal = decision.best_under_weights(np.array([[1.0, 0.0], [0.0, 1.0]]), trials=20_000)
    assert equal[0] == pytest.approx(0.5, abs=0.02)
    double = decision.best_under_weights(np.array([[2.0, 0.0], [0.0, 1.0]]), trials=20_000)
    assert double[0] == pytest.approx(2 / 3, abs=0.02)
    near = decision.best_under_weights(np.array([[1.0, 0.0], [0.0, 1.0]]), near=np.array([0.9, 0.1]))
    assert near.tolist() == [1.0, 0.0], "9 to 1 stays above 1 when one is halved and the other doubled"


def test_convergence_agrees_with_resampling_by_brute_force():
    random = np.random.default_rng(7)
    values = {"base": np.zeros(300), "a": random.normal(0.10, 1, 300), "b": random.normal(0.05, 1, 300)}
    found = of(values)
    told = decision.convergence(found, "belarus")
    scores = found.score("belarus")
    first, second = (found.scenarios.index(told[key]) for key in ("first", "second"))
    again = random.integers(0, 300, (4000, 300))
    means = scores[:, again].mean(axis=-1)
    assert told["flips"] == pytest.approx((means[second] > means[first]).mean(), abs=0.03)
    order = np.argsort(-scores.mean(axis=-1))
    stays = (np.diff(means[order], axis=0) <= 0).all(axis=0).mean()
    assert told["order_holds"] == pytest.approx(stays, abs=0.04)
    assert told["gap_error"] == pytest.approx((means[first] - means[second]).std(), rel=0.1)


def test_more_draws_settle_an_order():
    random = np.random.default_rng(8)
    few = decision.convergence(of({"base": np.zeros(40), "a": random.normal(0.1, 1, 40)}), "belarus")
    many = decision.convergence(of({"base": np.zeros(40_000), "a": random.normal(0.1, 1, 40_000)}), "belarus")
    assert many["flips"] < 1e-6 < few["flips"]
    assert many["draws_needed"] == pytest.approx(4 * 1 / 0.1**2, rel=0.5)


def test_one_draw_settles_nothing_and_does_not_fail():
    told = decision.convergence(of({"base": [0.0], "a": [1.0]}), "belarus")
    assert (told["flips"], told["order_holds"]) == (0.5, 0.0)
    assert decision.rows(of({"base": [0.0], "a": [1.0]}), "belarus")[0]["scenario"] == "a"


def test_a_certain_gain_is_certain():
    told = decision.convergence(of({"base": [0.0] * 5, "a": [1.0] * 5}), "belarus")
    assert (told["flips"], told["order_holds"], told["gap_error"]) == (0.0, 1.0, 0.0)
