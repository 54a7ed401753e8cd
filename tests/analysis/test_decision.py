"""Regret, thresholds, dominance and convergence, against answers worked out by hand."""

import numpy as np
import pytest

from sinobel.analysis import decision, outcomes
from sinobel.reporting.tables import comparison
from tests.analysis.synthetic import ends, named, objective, only, position


def of(values, *objectives):
    return outcomes.outcomes(
        {"exports_to_china": ends(values)}, named(*(objectives or [objective("belarus.x")])), "base"
    )


def settled(values):
    found = of(values)
    return decision.convergence(found, only(found))


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
    assert rows["bold"]["share_leads"] == pytest.approx(2 / 3)
    assert sum(row["share_leads"] for row in rows.values()) == pytest.approx(1)


def test_options_that_tie_share_rank_and_first_place():
    rows = by_scenario(decision.rows(of({"base": [0, 0], "a": [1, 2], "b": [1, 2]}), "belarus"))
    assert rows["a"]["rank"] == rows["b"]["rank"] == 1
    assert rows["base"]["rank"] == 3
    assert rows["a"]["share_leads"] == rows["b"]["share_leads"] == 0.5
    found = settled({"base": [0, 0], "a": [1, 2], "b": [1, 2]})
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
    pairs = {(row["above"], row["below"]): row for row in decision.dominance(of(values), only(of(values)))}
    assert len(pairs) == 6
    assert pairs["better", "base"]["share_better"] == 0.9
    assert pairs["better", "base"]["dominates"]
    assert not pairs["better", "base"]["first_order"], "one future is below every one of the other"
    assert pairs["always", "base"]["first_order"]
    assert not pairs["base", "always"]["first_order"]
    assert not pairs["base", "better"]["dominates"]
    rows = by_scenario(decision.rows(of(values), "belarus"))
    assert rows["base"]["beaten_by"] == "always", "the one that is better most often"
    assert (rows["always"]["beaten_by"], rows["always"]["unbeaten"]) == ("", True)
    assert [rows[name]["share_unbeaten"] for name in values] == [0.0, 0.0, 1.0]


def test_better_in_sum_is_not_better_in_every_objective():
    data = {
        "exports_to_china": ends({"base": [0, 0], "a": [5, 5]}),
        "debt_to_china": ends({"base": [0, 0], "a": [1, 0]}),
    }
    wanted = named(objective("belarus.x"), objective("belarus.debt", "debt_to_china", direction="lower"))
    found = outcomes.outcomes(data, wanted, "base")
    pairs = decision.dominance(found, only(found))
    row = next(row for row in pairs if row["above"] == "a")
    assert (row["share_better"], row["share_every_objective"]) == (1.0, 0.5)


def test_the_pareto_set_by_hand():
    """Cheap is better in one thing, strong in the other; weak is no better than cheap in anything."""
    data = {
        "exports_to_china": ends({"base": [0, 0], "cheap": [2, 2], "strong": [0, 0], "weak": [1, 3]}),
        "debt_to_china": ends({"base": [0, 0], "cheap": [0, 0], "strong": [-3, -3], "weak": [0, 1]}),
    }
    wanted = named(objective("belarus.x"), objective("belarus.debt", "debt_to_china", direction="lower"))
    found = outcomes.outcomes(data, wanted, "base")
    assert decision.unbeaten(found, "belarus") == ["cheap", "strong"]
    rows = by_scenario(decision.rows(found, "belarus"))
    assert rows["weak"]["beaten_by"] == "cheap"
    assert rows["weak"]["share_unbeaten"] == 0.5, "in the second future it sells most"
    assert rows["base"]["beaten_by"] in ("cheap", "strong")


def test_what_is_a_little_worse_in_one_thing_beats_nothing():
    """Less than counts as a change, and still not as good in everything."""
    data = {
        "exports_to_china": ends({"base": [0, 0], "a": [5, 5]}),
        "debt_to_china": ends({"base": [0, 0], "a": [0.009, 0.009]}),
    }
    wanted = named(objective("belarus.x"), objective("belarus.debt", "debt_to_china", direction="lower"))
    rows = by_scenario(decision.rows(outcomes.outcomes(data, wanted, "base"), "belarus"))
    assert (rows["base"]["beaten_by"], rows["base"]["share_unbeaten"]) == ("", 1.0)


VETOED = {
    "exports_to_china": {"base": [0, 0], "rich": [9, 9], "fair": [1, 1]},
    "debt_to_china": {"base": [0, 0], "rich": [1, 1], "fair": [1, 0]},
}


def with_veto(share, values=VETOED):
    """Options that sell more and owe more, where owing more rules out what does so in a share of futures."""
    wanted = named(
        objective("belarus.x"),
        objective("belarus.debt", "debt_to_china", direction="lower", veto=share, veto_from="by hand"),
    )
    return outcomes.outcomes({name: ends(each) for name, each in values.items()}, wanted, "base")


def test_what_is_ruled_out_stands_below_all_others_and_never_leads():
    found = with_veto(0.9)
    assert {name: veto.share for name, veto in found.ruled_out("belarus").items()} == {"rich": 1.0}
    rows = by_scenario(decision.rows(found, "belarus"))
    assert [rows[name]["rank"] for name in ("fair", "base", "rich")] == [1, 2, 3]
    assert (rows["rich"]["share_leads"], rows["rich"]["ruled_out"]) == (0.0, "belarus.debt")
    assert rows["rich"]["share_better"] == 1.0, "what it brings is told all the same"
    assert rows["fair"]["regret_max"] == 0.0, "nobody regrets what is out of the question"
    assert (decision.convergence(found, only(found))["first"], rows["fair"]["ruled_out"]) == ("fair", "")


def test_a_veto_holds_from_its_share_of_futures_on():
    assert set(with_veto(0.5).ruled_out("belarus")) == {"rich", "fair"}
    assert not with_veto(0.0).ruled_out("belarus"), "0 rules nothing out"


def test_where_all_options_are_ruled_out_nothing_is_left_to_turn_around():
    found = with_veto(0.5)
    order = decision.convergence(found, only(found))
    assert (order["first"], order["second"], order["flips"], order["order_holds"]) == ("base", "", 0.0, 1.0)
    assert not comparison.leads_in_words(found, only(found), decision.rows(found, "belarus")).count("settle")


def test_each_position_has_its_own_order():
    data = {
        "exports_to_china": ends({"base": [0, 0], "a": [5, 5], "b": [1, 1]}),
        "debt_to_china": ends({"base": [0, 0], "a": [4, 4], "b": [-4, -4]}),
    }
    objectives = (
        objective("belarus.x", weight=None),
        objective("belarus.debt", "debt_to_china", direction="lower", weight=None),
    )
    positions = (position("belarus.traders", x=3, debt=1), position("belarus.savers", x=1, debt=3))
    found = outcomes.outcomes(data, named(*objectives, positions=positions), "base")
    first = {row["position"]: row["scenario"] for row in decision.rows(found, "belarus") if row["rank"] == 1}
    assert first == {"traders": "a", "savers": "b"}


def test_leading_over_a_range_of_weights_by_hand():
    """Weight 1 against 0 to 2, evenly from the middle: one option leads where the other weight is above 1, in half."""
    data = {
        "exports_to_china": ends({"base": [0], "a": [1], "b": [0]}),
        "debt_to_china": ends({"base": [0], "a": [0], "b": [-1]}),
    }
    objectives = (
        objective("belarus.x", weight=None),
        objective("belarus.debt", "debt_to_china", direction="lower", weight=None),
    )
    found = outcomes.outcomes(
        data, named(*objectives, positions=[position("belarus.one", x=1, debt=(0, 1, 2))]), "base"
    )
    leads = found.standing(only(found)).leads
    assert leads.sum() == pytest.approx(1)
    assert leads[1] == pytest.approx(0.5, abs=0.1)
    assert leads[2] == pytest.approx(0.5, abs=0.1)


def test_convergence_agrees_with_resampling_by_brute_force():
    random = np.random.default_rng(7)
    values = {"base": np.zeros(300), "a": random.normal(0.10, 1, 300), "b": random.normal(0.05, 1, 300)}
    found = of(values)
    told = decision.convergence(found, only(found))
    scores = found.score(only(found))
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
    few = settled({"base": np.zeros(40), "a": random.normal(0.1, 1, 40)})
    many = settled({"base": np.zeros(40_000), "a": random.normal(0.1, 1, 40_000)})
    assert many["flips"] < 1e-6 < few["flips"]
    assert many["draws_needed"] == pytest.approx(4 * 1 / 0.1**2, rel=0.5)


def test_one_draw_settles_nothing_and_does_not_fail():
    told = settled({"base": [0.0], "a": [1.0]})
    assert (told["flips"], told["order_holds"]) == (0.5, 0.0)
    assert decision.rows(of({"base": [0.0], "a": [1.0]}), "belarus")[0]["scenario"] == "a"


def test_a_certain_gain_is_certain():
    told = settled({"base": [0.0] * 5, "a": [1.0] * 5})
    assert (told["flips"], told["order_holds"], told["gap_error"]) == (0.0, 1.0, 0.0)
