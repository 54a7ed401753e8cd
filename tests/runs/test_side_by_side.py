"""Scenarios that run beside each other in one wide world are what each of them is alone, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.inputs.levers import all_levers
from sinobel.policies import scenarios
from sinobel.policies.lever_path import LeverPath
from sinobel.runs import ensemble, side_by_side
from sinobel.runs.request import Block, Request
from sinobel.runs.trajectories import LOAN_MEASURES
from sinobel.world.draws import draw_parameters
from sinobel.world.shocks import ChosenShocks, Shocks

BASE = scenarios.load("baseline")
DRAWS = 70
HORIZON = "2020-12"
LIBRARY = (
    "untied-finance",
    "cartel-restored",
    "eu-sanctions-extended",
    "guarantees-stop-when-debt-is-high",
    "reform-with-eu-agreement",
    "two-thirds-rule-half",
)


def policies():
    """Dates apart, switches, choices, scales, a rule of state, one that never departs and one that departs late."""
    return [
        BASE,
        *map(scenarios.load, LIBRARY),
        BASE.with_change("china.tied_share", scale=0.5, start="2018-07", name="half tied"),
        BASE.with_change("belarus.guarantee_stop", True, start="2017-01", name="no guarantees from the first month"),
        BASE.with_change("world.oil_price", 30.0, start="2020-09", name="late slump"),
        BASE.with_change("world.oil_price", 30.0, start="2020-12", name="slump in the last month"),
        scenarios.Scenario("nothing"),
    ]


def everything(policies, draws=DRAWS, horizon=HORIZON, chosen=None):
    """Months, years and loans of every scenario."""
    request = Request(tuple(policies), draws, 9, horizon=horizon)

    def empty(*shape):
        return [np.full((*shape, draws), -1.0) for _ in policies]

    sheets = ensemble.Sheets(
        empty(len(request.recorded), request.count),
        empty(len(request.shown), request.count // 12),
        empty(len(LOAN_MEASURES), len(request.loans)),
    )
    ensemble.fill(request, Block(0, 0, draws), sheets, chosen)
    return sheets


def assert_each_is_as_alone(policies, **size):
    together = everything(policies, **size)
    for place, policy in enumerate(policies):
        alone = everything([policy], **size)
        for part in ("months", "years", "loans"):
            theirs, own = getattr(together, part)[place], getattr(alone, part)[0]
            assert np.array_equal(theirs, own, equal_nan=True), f"{policy.name}: {part}"


@pytest.mark.parametrize("draws", [DRAWS, 1])
def test_together_is_the_same_as_alone(draws):
    assert_each_is_as_alone(policies(), draws=draws)


def test_it_is_the_same_in_groups_of_two(monkeypatch):
    monkeypatch.setattr(ensemble, "BLOCK", 2 * DRAWS + 1)
    assert_each_is_as_alone(policies()[:6])


def test_a_first_scenario_with_rules_runs_alone():
    ruled = scenarios.load("guarantees-stop-when-debt-is-high")
    assert_each_is_as_alone([ruled, *policies()[:3]])


def test_it_is_the_same_with_shocks_and_parameters_that_a_study_chose():
    numbers = np.arange(DRAWS)[::-1] // 2
    draws = Shocks(9, 0, DRAWS, 48)
    chosen = {"shocks": ChosenShocks(draws, numbers), "parameters": draw_parameters("prior", draws, 12 * 2016 + 11)}
    assert_each_is_as_alone(policies()[:4], chosen=chosen)


def some_value(lever):
    if lever.kind == "number":
        return st.floats(*lever.range)
    return st.booleans() if lever.kind == "switch" else st.sampled_from(lever.options)


@given(data=st.data())
@settings(max_examples=4, deadline=None)
def test_any_levers_at_any_time_are_the_same_together(data):
    changed = []
    for number in range(3):
        policy = BASE
        for name in data.draw(st.sets(st.sampled_from(sorted(all_levers())), min_size=1, max_size=6)):
            start = f"{data.draw(st.integers(2017, 2018))}-{data.draw(st.integers(1, 12)):02d}"
            value = data.draw(some_value(all_levers()[name]))
            policy = policy.with_change(name, value, start=start, name=f"changed {number}")
        changed.append(policy)
    assert_each_is_as_alone([BASE, *changed], draws=9, horizon="2019-12")


# --- who runs with whom ----------------------------------------------------------------------------------------------


def groups_of(policies, most=10):
    origin, horizon = Request(tuple(policies), 1, 1, horizon=HORIZON).months
    found = side_by_side.groups([LeverPath(policy, origin, horizon) for policy in policies], most)
    return [[policies[place].name for place in places] for _, places in found]


def test_every_scenario_runs_once_and_those_that_never_depart_come_last():
    found = groups_of(policies())
    assert sorted(name for names in found for name in names if name != BASE.name) == sorted(
        policy.name for policy in policies()[1:]
    )
    assert found[-1] == ["nothing"]


def test_a_group_is_no_wider_than_allowed():
    assert max(len(names) for names in groups_of(policies(), most=3)) == 3
    assert all(len(names) == 1 for names in groups_of(policies(), most=1))
    assert all(len(names) == 1 for names in groups_of(policies(), most=0))


def test_rules_run_alone_and_the_first_goes_on_beside_the_others():
    base, untied, cartel, _, ruled, *_ = policies()
    assert groups_of([base, untied, cartel]) == [[base.name, untied.name, cartel.name]]
    assert [ruled.name] in groups_of([base, untied, ruled, cartel])


def test_who_departs_late_does_not_make_a_world_wide_from_the_start():
    late = next(policy for policy in policies() if policy.name == "late slump")
    assert [BASE.name, late.name] in groups_of([BASE, policies()[1], late])
