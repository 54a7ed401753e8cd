"""A change is said to change nothing exactly when no board of its lever differs with and without it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from sinobel.inputs.reading import InputError
from sinobel.policies import idle, scenarios
from sinobel.policies.changes import by_kind, clashes, followers, windows
from sinobel.policies.conditions import Condition
from sinobel.policies.lever_path import LeverPath

ORIGIN, HORIZON = months.parse("2016-12"), months.parse("2017-12")
BASE = scenarios.load("baseline")
RULE = {"indicator": "debt_to_gdp", "above": 0.3}
OTHERS = {"indicator": "debt_to_gdp", "above": 0.5}


def remarks(policy, horizon="2024-12"):
    return idle.remarks(policy.changes, ORIGIN, months.parse(horizon))


def with_rules(lever, *rules, plain=()):
    policy = BASE
    for start, change in plain:
        policy = policy.with_change(lever, **change, start=start)
    for start, change in rules:
        policy = policy.with_change(lever, **({"when": RULE} | change), start=start)
    return policy


@pytest.mark.parametrize("second", [{"value": 1.0}, {"scale": 1.0}, {"value": 1.0, "when": OTHERS}])
def test_a_rule_back_to_the_baseline_ends_the_rule_before_it(second):
    policy = with_rules("china.lending_volume", ("2018-01", {"value": 0.0}), ("2021-01", second))
    assert remarks(policy) == ["", ""]


def test_it_changes_nothing_where_the_rule_before_it_has_ended():
    policy = with_rules(
        "china.lending_volume", ("2018-01", {"value": 0.0, "until": "2019-12"}), ("2021-01", {"value": 1.0})
    )
    assert remarks(policy) == ["", idle.SAME]


@pytest.mark.parametrize(
    ("lever", "plain", "scale", "idles"),
    [
        ("belarus.reform", 1.0, 2.0, True),
        ("belarus.reform", 0.0, 2.0, True),
        ("belarus.reform", 1.0, 0.5, False),
        ("belarus.reform", 0.6, 2.0, False),
        ("china.lending_volume", 0.0, 0.5, True),
    ],
)
def test_a_rule_that_scales_a_lever_at_its_end_changes_nothing(lever, plain, scale, idles):
    policy = with_rules(lever, ("2018-02", {"scale": scale}), plain=[("2018-01", {"value": plain})])
    assert remarks(policy)[1] == (idle.SAME if idles else "")


# --- against the boards themselves -----------------------------------------------------------------------------------

LEVERS = {
    "belarus.reform": [0.0, 0.2, 0.6, 1.0],
    "china.lending_volume": [0.0, 1.0, 2.0],
    "world.oil_price": [40.0, 60.0],
    "belarus.guarantee_stop": [True, False],
    "eu.sanctions": ["as events decide", "extended"],
}


@st.composite
def policies(draw):
    """Some plain changes and rules of one lever; each rule has a condition of its own."""
    lever = draw(st.sampled_from([*LEVERS]))
    policy = replace(BASE, changes=())
    for place in range(draw(st.integers(1, 4))):
        start = draw(st.integers(ORIGIN + 2, HORIZON))
        until = draw(st.none() | st.integers(start, HORIZON))
        what = {"value": draw(st.sampled_from(LEVERS[lever]))}
        if all_levers()[lever].kind == "number" and draw(st.booleans()):
            what = {"scale": draw(st.sampled_from([0.0, 0.5, 1.0, 2.0]))}
        when = {"indicator": "debt_to_gdp", "above": 0.1 + place / 10} if draw(st.booleans()) else None
        try:
            more = policy.with_change(
                lever, **what, start=months.label(start), until=until and months.label(until), when=when
            )
        except InputError:
            continue
        policy = policy if clashes(more.changes) else more
    return policy


class Holds:
    """A memory in which the rules of four conditions hold in every combination, one a draw."""

    def holds(self, rule):
        (condition,) = rule.when
        assert isinstance(condition, Condition)
        return (np.arange(16) >> round(10 * condition.threshold - 1)) % 2 == 1


def boards(policy, lever, drawn):
    path = LeverPath(policy, ORIGIN, HORIZON)
    return [path.board(month, Holds()).over(lever, np.full(16, drawn)) for month in range(ORIGIN + 1, HORIZON + 1)]


@settings(max_examples=150, deadline=None)
@given(policies())
def test_nothing_is_said_to_change_exactly_where_no_board_differs(policy):
    for place, (change, said) in enumerate(zip(policy.changes, remarks(policy, "2017-12"), strict=True)):
        without = replace(policy, changes=policy.changes[:place] + policy.changes[place + 1 :])
        low, high = all_levers()[change.lever].limits
        drawn = [20.0, 55.0] if np.isfinite(low + high) else [0.0]
        same = all(np.array_equal(boards(policy, change.lever, x), boards(without, change.lever, x)) for x in drawn)
        assert (said == idle.SAME) == same, (policy, change)


@given(policies())
def test_the_next_change_of_its_kind_ends_a_change_of_open_end(policy):
    ends = {id(each): end for group in by_kind(policy.changes).values() for each, _, end in windows(group, HORIZON)}
    for change, following in zip(policy.changes, followers(policy.changes), strict=True):
        if change.until is None:
            assert ends[id(change)] == (HORIZON if following is None else following - 1)
