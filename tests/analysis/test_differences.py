"""Differences on values made by hand: rounding, credible years, discounted sums, for whom a change is better."""

import numpy as np
import pytest

from sinobel.analysis import differences
from tests.analysis.synthetic import YEARS, named, objective, yearly


def effects(values, reference="a", wanted=None):
    return differences.effects(differences.rows({"exports_to_china": yearly(values)}, reference, wanted))


def test_an_effect_is_credible_from_the_year_its_range_stays_off_zero():
    assert differences.credible_from([0, 1, 1, 1], YEARS) == 2018
    assert differences.credible_from([1, 1, 1, 1], YEARS) == 2017
    assert differences.credible_from([1, 0, 0, 1], YEARS) == 2020
    assert differences.credible_from([-1, -1, 1, 1], YEARS) == 2019, "the side must stay the same"
    assert differences.credible_from([1, 1, 1, 0], YEARS) is None, "it fades before the horizon"
    assert differences.credible_from([0, 0, 0, 0], YEARS) is None


def test_the_credible_range_is_the_central_ninety_percent():
    for against, found in ((40, 2018), (60, "never")):  # draws of a thousand on the other side
        path = np.ones((1000, 4))
        path[:against] = -1.0
        path[:, 0] = 0.0
        for sign in (1, -1):
            row = effects({"a": np.zeros((1000, 4)), "b": sign * path})[0]
            assert row["credible_from"] == found
            assert row["changes_from"] == 2018


def test_sums_are_discounted_to_the_first_simulated_year():
    difference = np.array([0.0, 100.0, 100.0, 100.0])[:, None]
    plain = differences.cumulative(difference, np.array(YEARS), 0.0)[:, 0]
    assert plain.tolist() == [0, 100, 200, 300]
    found = differences.cumulative(difference, np.array(YEARS), 0.10)[:, 0]
    assert found[-1] == pytest.approx(100 / 1.1 + 100 / 1.21 + 100 / 1.331)
    assert found[0] == 0


def test_only_flows_are_summed():
    flow = yearly({"a": np.zeros((3, 4)), "b": np.ones((3, 4))})
    stock = yearly({"a": np.zeros((3, 4)), "b": np.ones((3, 4))}, kind="stock")
    rows = differences.rows({"flow": flow, "stock": stock}, "a")
    sums = {(row["indicator"], row["year"]): row["sum_p50"] for row in rows}
    assert [sums["flow", year] for year in YEARS] == [1, 2, 3, 4]
    assert [sums["stock", year] for year in YEARS] == [None] * 4


def test_rounding_is_no_difference():
    base = np.full((50, 4), 1000.0)
    rows = differences.rows({"x": yearly({"a": base, "b": base + 1e-5, "c": base + 0.1})}, "a")
    shares = {row["scenario"]: row["share_higher"] for row in rows}
    assert shares == {"b": 0.0, "c": 1.0}


def test_better_depends_on_who_asks():
    wanted = named(
        objective("belarus.price", direction="higher"),
        objective("china.price", direction="lower"),
        objective("eu.other", indicator="gdp"),
    )
    values = {"a": np.zeros((4, 4)), "b": np.array([[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, -1]])}
    row = effects(values, wanted=wanted)[0]
    assert row["better_for_belarus"] == 0.75
    assert row["better_for_china"] == 0.25
    assert row["better_for_eu"] is None, "no direction is declared"
    assert (row["changes_from"], row["credible_from"], row["credible_years"]) == (2020, "never", 0)
    last = [row for row in differences.rows({"exports_to_china": yearly(values)}, "a", wanted) if row["year"] == 2020]
    assert last[0]["better_for_china"] == 0.25


def test_the_weightier_objective_gives_the_direction():
    wanted = named(
        objective("china.more", weight=1.0, direction="higher"), objective("china.less", weight=3.0, direction="lower")
    )
    assert differences.directions(wanted) == {"china": {"exports_to_china": -1.0}}


def test_a_scenario_that_changes_nothing_has_no_effect():
    values = np.random.default_rng(1).normal(size=(30, 4))
    row = effects({"a": values, "b": values})[0]
    assert row["changes_from"] == row["credible_from"] == "never"
    assert (row["share_higher"], row["share_lower"], row["sum_p50"]) == (0.0, 0.0, 0.0)
