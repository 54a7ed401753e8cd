"""What countries gain, on values made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinobel.analysis import gains
from sinobel.analysis import outcomes as analysis
from tests.analysis.synthetic import YEARS, ends, named, objective, only, yearly


def test_what_counts():
    path = np.array([4.0, 1.0, 2.0, 3.0])
    years = np.array(YEARS)
    assert analysis.counted(path, "last year", years) == 3
    assert analysis.counted(path, "mean", years) == 2.5
    assert analysis.counted(path, "worst year", years, sign=1) == 1
    assert analysis.counted(path, "worst year", years, sign=-1) == 4
    assert analysis.counted(path, "cumulative", years, 0.0) == 2.5
    factors = [1, 1 / 1.1, 1 / 1.21, 1 / 1.331]
    present = sum(value * factor for value, factor in zip(path, factors, strict=True))
    assert analysis.counted(path, "cumulative", years, 0.1) == pytest.approx(present / sum(factors))
    assert analysis.counted(path, "mean", years, 0.1) == 2.5, "a mean of an index is not discounted"


def test_a_level_amount_counts_as_itself_at_any_rate():
    for rate in (0.0, 0.05, 0.5):
        assert analysis.counted(np.full(4, 7.0), "cumulative", np.array(YEARS), rate) == pytest.approx(7.0)


def test_scores_are_weighted_means_of_scaled_signed_differences():
    wanted = named(
        objective("belarus.exports", scale=10.0, weight=3.0),
        objective("belarus.debt", indicator="debt_to_china", direction="lower", scale=100.0, weight=1.0),
    )
    data = {
        "exports_to_china": ends({"base": [0, 0], "option": [10, -10]}),
        "debt_to_china": ends({"base": [500, 500], "option": [300, 500]}),
    }
    found = analysis.outcomes(data, wanted, "base")
    assert found.points.tolist() == [[[0, 0], [1, -1]], [[0, 0], [2, 0]]]
    assert found.weights(only(found)).tolist() == [0.75, 0.25]
    assert found.score(only(found)).tolist() == [[0, 0], [1.25, -0.75]]
    belarus, together = gains.who_gains(found)
    assert (belarus["position"], belarus["share_better"], belarus["share_worse"]) == ("declared", 0.5, 0.5)
    assert (belarus["most_from"], belarus["least_from"]) == ("belarus.debt", "")
    assert (together["country"], together["share_better"], together["share_worse"]) == ("all", 0.5, 0.5)
    rows = gains.in_points(found)
    adds = sum(row["adds"] for row in rows if row["scenario"] == "option")
    assert adds == pytest.approx(0.25), "the parts add up to the score"
    debt = next(row for row in gains.parts(found) if (row["objective"], row["scenario"]) == ("belarus.debt", "option"))
    assert (debt["difference_mean"], debt["unit"], debt["share_better"]) == (-100, "USD mn", 0.5), "natural units"


def test_only_ratios_of_weights_count():
    data = {"exports_to_china": ends({"base": [0.0], "option": [1.0]}), "gdp": ends({"base": [0.0], "option": [5.0]})}
    one, ten = (
        (
            found := analysis.outcomes(
                data,
                named(objective("eu.a", weight=w), objective("eu.b", indicator="gdp", weight=3 * w)),
                "base",
            )
        ).score(only(found, "eu"))
        for w in (1.0, 10.0)
    )
    assert np.allclose(one, ten)
    assert one[1, 0] == pytest.approx((1 + 3 * 5) / 4)


def test_a_weight_of_zero_takes_an_objective_out():
    data = {"exports_to_china": ends({"base": [0.0], "option": [1.0]})}
    found = analysis.outcomes(data, named(objective("eu.a"), objective("eu.b", indicator="gdp", weight=0.0)), "base")
    assert [each.name for each in found.objectives] == ["eu.a"]
    assert found.left_out == ()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(0.001, 1e6))
def test_a_policy_equal_to_the_reference_gains_nothing(values, scale):
    found = analysis.outcomes(
        {"exports_to_china": ends({"base": values, "same": values})}, named(objective("eu.a", scale=scale)), "base"
    )
    row = gains.who_gains(found)[0]
    assert (row["share_better"], row["share_same"], row["share_worse"]) == (0.0, 1.0, 0.0)
    assert (row["most_from"], row["least_from"]) == ("", "")


def test_a_balance_that_crosses_zero_is_no_divisor():
    found = analysis.outcomes(
        {"balance_with_china": ends({"base": [-1e-9, 0.0, 1e-9], "option": [1.0, 1.0, 1.0]})},
        named(objective("belarus.balance", indicator="balance_with_china", scale=2.0)),
        "base",
    )
    assert np.allclose(found.score(only(found))[1], 0.5)


def test_missing_indicators_are_left_out_and_told():
    data = {"exports_to_china": ends({"base": [0.0], "option": [1.0]})}
    found = analysis.outcomes(data, named(objective("eu.a"), objective("china.b", indicator="gdp")), "base")
    assert found.countries == ["eu"]
    assert analysis.missing(found) == "Left out, because their indicators are not in the results: china.b (needs gdp)."
    with pytest.raises(ValueError, match="need one of the indicators gdp"):
        analysis.outcomes(data, named(objective("china.b", indicator="gdp")), "base")


def test_a_future_without_a_number_is_taken_out_of_every_option():
    data = {"exports_to_china": ends({"base": [0.0, np.nan, 0.0], "option": [1.0, 2.0, 3.0]})}
    found = analysis.outcomes(data, named(objective("eu.a")), "base")
    assert found.score(only(found, "eu"))[1].tolist() == [1.0, 3.0]


def test_order_of_draws_and_scenarios_does_not_matter():
    random = np.random.default_rng(3)
    values = {name: random.normal(size=(40, 4)) for name in ("base", "a", "b")}
    mixed = random.permutation(40)
    one = gains.who_gains(analysis.outcomes({"gdp": yearly(values)}, named(objective("eu.x", "gdp")), "base"))
    other = {name: values[name][mixed] for name in ("b", "base", "a")}
    two = gains.who_gains(analysis.outcomes({"gdp": yearly(other)}, named(objective("eu.x", "gdp")), "base"))

    def key(row):
        return row["country"], row["scenario"]

    for left, right in zip(sorted(one, key=key), sorted(two, key=key), strict=True):
        assert left.keys() == right.keys()
        assert all(
            left[name] == (pytest.approx(right[name]) if isinstance(right[name], float) else right[name])
            for name in left
        )
