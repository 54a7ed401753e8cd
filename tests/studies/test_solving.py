"""What a plan of `solve` says of its scenario: where a lever stands, what is replaced, and with which words."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.legend import Legend

from sinobel.inputs import months
from sinobel.policies import scenarios
from sinobel.policies.changes import clashes
from sinobel.policies.lever_path import LeverPath
from sinobel.results.findings import figure_of
from sinobel.results.solve_folder import chart
from sinobel.studies import targets
from sinobel.studies.discover import study
from sinobel.studies.discover.prim import Side
from sinobel.studies.solve import search, tables
from sinobel.studies.solve.lever_ranges import parse_lever
from sinobel.studies.solve.plan import Plan, Point, Solution
from sinobel.studies.solve.roots import Found, Stretch
from sinobel.world.draws import draw_parameters
from sinobel.world.shocks import Shocks

BASE = scenarios.load("baseline")
RULE = {"indicator": "debt_to_gdp", "above": 0.3}
START = "2020-06"
CASES = {
    "an open change before one that ended": (
        "belarus.reform",
        [{"value": 0.5, "start": "2018-01"}, {"value": 0.9, "start": "2019-01", "until": "2019-12"}],
    ),
    "written in another order": (
        "belarus.reform",
        [{"value": 0.9, "start": "2019-01"}, {"value": 0.5, "start": "2018-01"}],
    ),
    "half of a value": ("russia.lending", [{"scale": 0.5, "start": "2018-01"}]),
    "half, then double": ("russia.lending", [{"scale": 0.5, "start": "2018-01"}, {"scale": 2.0, "start": "2019-01"}]),
    "from this month on": ("belarus.reform", [{"value": 0.7, "start": START}]),
    "later": ("belarus.reform", [{"value": 0.7, "start": "2020-07"}]),
    "under a rule": (
        "belarus.reform",
        [{"value": 0.7, "start": "2018-01"}, {"value": 0.9, "start": "2018-01", "when": RULE}],
    ),
    "an open rule before one that ended": (
        "belarus.reform",
        [
            {"value": 0.5, "start": "2018-01", "when": RULE},
            {"value": 0.9, "start": "2019-01", "until": "2019-12", "when": RULE},
        ],
    ),
    "a rule before another that begins in this month": (
        "belarus.reform",
        [{"value": 0.5, "start": "2018-01", "when": RULE}, {"value": 0.9, "start": START, "when": RULE}],
    ),
}


def plan_of(lever, changes, goal="reserves[2022] >= 3000", **more):
    policy = BASE
    for change in changes:
        policy = policy.with_change(lever, **change, name="mine")
    asked = {"targets": targets.parse_all([goal]), "handles": (parse_lever(lever),), "scenario": policy}
    return Plan(**(asked | {"draws": 64, "start": START} | more))


def plain_path(policy):
    """The levers of a scenario without its rules."""
    plain = scenarios.Scenario("plain", changes=tuple(each for each in policy.changes if not each.when))
    return LeverPath(plain, months.parse("2016-12"), months.parse("2022-12"))


@pytest.mark.parametrize("case", CASES)
def test_a_lever_stands_where_the_board_has_it(case):
    lever, changes = CASES[case]
    plan = plan_of(lever, changes)
    board = plain_path(plan.scenario).board(months.parse(START))
    assert search._start(plan, plan.handles[0]) == board[lever]


@pytest.mark.parametrize(("scale", "factor"), [(0.5, 0.5), (1.0, 1.0), (100.0, None)])
def test_a_lever_that_is_drawn_stands_at_the_scaled_median(scale, factor):
    plan = plan_of("china.tied_share", [{"scale": scale, "start": "2018-01"}])
    drawn = draw_parameters("posterior", Shocks(plan.seed, 0, plan.draws, 12), months.parse("2016-12"))
    median = float(np.median(drawn.values[plan.handles[0].lever.parameter]))
    assert search._start(plan, plan.handles[0]) == (1.0 if factor is None else pytest.approx(factor * median))


def test_a_lever_that_is_simulated_stands_nowhere():
    plan = plan_of("world.oil_price", [])
    assert search._start(plan, plan.handles[0]) is None


@pytest.mark.parametrize("case", CASES)
def test_a_value_replaces_what_the_scenario_does_from_the_first_month_and_leaves_what_was_before(case):
    lever, changes = CASES[case]
    plan = plan_of(lever, changes)
    made = plan.with_values([0.3])
    assert not clashes(made.changes)
    before, after = (
        LeverPath(each, months.parse("2016-12"), months.parse("2022-12")) for each in (plan.scenario, made)
    )
    assert before.first_difference(after) >= months.parse(START)
    for month in range(months.parse(START), months.parse("2022-12") + 1):
        assert not after.watched(month), "a rule on the lever is replaced too"
        assert after.board(month)[lever] == 0.3


@pytest.mark.parametrize(
    ("case", "replaced"),
    [
        ("an open change before one that ended", False),
        ("written in another order", True),
        ("half of a value", True),
        ("from this month on", True),
        ("later", True),
        ("an open rule before one that ended", False),
    ],
)
def test_only_what_lasts_into_the_first_month_is_told_to_be_replaced(case, replaced):
    lever, changes = CASES[case]
    assert plan_of(lever, changes).replaced == [lever] * replaced


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("debt_to_gdp[2025] <= 0.4", "Public external debt over GDP in 2025 at most 40 %"),
        ("debt_to_gdp[2025] < 0.333333333333", "Public external debt over GDP in 2025 below 33.3333333333 %"),
        ("reserves[2025] >= 3000", "at least 3,000 USD mn"),
    ],
)
def test_targets_are_told_like_conditions_of_rules(goal, said):
    (target,) = targets.parse_all([goal])
    assert target.words.endswith(said)
    assert targets.parse_all([str(target)]) == (target,)


@pytest.mark.parametrize("value", [1 / 3, 0.1, 1e-7, 0.12345678901234567])
def test_a_target_reads_back_as_the_very_same(value):
    target = targets.Target("debt_to_gdp", 2025, "<=", value)
    assert targets.parse_all([str(target)]) == (target,)


def test_values_of_levers_are_told_with_their_units():
    plan = plan_of("china.tied_share", [])
    point = Point(values=(0.013,), probability=0.85, median=1.0, p10=0.5, p90=1.5)
    found = Found((Stretch(0.0, 0.013, True, False),), 0.013, (0.01, 0.02), 0.0)
    before = replace(point, values=(), probability=0.1)
    solution = Solution(plan=plan, before=before, points=(point,), found=found, start=0.66)
    assert tables.headline(solution) == "It takes china.tied_share = 1.3 % of disbursement for 80 %"
    said = " ".join(tables.verdicts(solution))
    assert "which stands at 66 % of disbursement: then" in said
    assert "would have told 1 to 2 % of disbursement (90 %)" in said
    assert "So does every value from there to 0 % of disbursement." in said
    assert "Values of" not in said
    none = replace(solution, points=(replace(point, probability=0.2),), found=None)
    assert "No value of china.tied_share from 0 to 100 % of disbursement reaches it with 80 %" in " ".join(
        tables.verdicts(none)
    )
    header, rows = tables.curve_table(solution)
    assert (header[0], rows[0][0]) == ("china.tied_share, fraction of disbursement", "0.013")


def test_sides_of_boxes_are_told_with_their_units():
    assert study.words_of(Side("environment.oil_speed", -np.inf, 0.4012345678)).endswith(" up to 40.1235 % a year")
    assert study.words_of(Side("growth_russia", 1.2, 2.5)).endswith(" from 1.2 to 2.5 % a year")


def test_values_that_all_do_the_same_are_said_to_differ_in_nothing():
    plan = plan_of("belarus.reform", (), probability=0.9)
    points = tuple(Point(values=(at,), probability=0.4, median=9946.2, p10=9000, p90=12051.4) for at in (0, 0.5, 1))
    solution = Solution(plan=plan, before=points[0], points=points, found=None, frontier=(), start=0.0)
    assert "None differs: every value tried reaches it in 40.0 % of futures." in tables.verdicts(solution)[-1]
    other = replace(solution, points=(*points[:2], replace(points[2], probability=0.5)))
    assert "The best is" in tables.verdicts(other)[-1]
    assert "9,946 [9,000 to 12,050]" in tables.curve_table(solution)[1][0]


def solution_of(lever, shares, **more):
    """A solution of which the values tried reach the target with some probabilities."""
    plan = plan_of(lever, ())
    points = tuple(Point(values=(at,), probability=each, median=1, p10=0, p90=2) for at, each in shares.items())
    before = replace(points[0], probability=0.1)
    return Solution(plan=plan, before=before, points=points, **more)


@pytest.mark.parametrize(
    ("shares", "title", "verdict"),
    [
        (
            {False: 0.9, True: 0.9},
            "No value makes a difference: each reaches it with 90 %",
            "None differs: every value",
        ),
        ({False: 0.8, True: 0.9}, "china.market_closure = true does best: 90 %", "= true reaches it: 90.0 %."),
        ({False: 0.2, True: 0.2}, "Out of reach: 20 % is what every value gives, 80 % was asked", "None differs"),
        (
            {False: 0.1, True: 0.2},
            "Out of reach: 20 % is the most, 80 % was asked",
            "The best is china.market_closure =",
        ),
    ],
)
def test_options_that_tie_are_not_told_as_one_that_is_best(shares, title, verdict):
    solution = solution_of("china.market_closure", shares)
    assert tables.headline(solution) == title
    assert verdict in tables.verdicts(solution)[-1]
    told = tables.answer_of(solution).best_values
    assert told == ("false; true" if len(set(shares.values())) == 1 else "true")


def test_some_values_that_tie_are_each_named_or_counted():
    few = solution_of("belarus.reform", {0.0: 0.2, 0.5: 0.4, 1.0: 0.4})
    (*_, told) = tables.verdicts(few)
    assert "The best are belarus.reform = 0.5 " in told
    assert "and belarus.reform = 1 " in told
    assert told.endswith(", which tie at 40.0 %.")
    many = solution_of("belarus.reform", dict.fromkeys((0.0, 0.2, 0.4, 0.6, 0.8), 0.4) | {1.0: 0.1})
    (*_, told) = tables.verdicts(many)
    assert "The best are 5 of 6 values tried of belarus.reform, from 0 to 0.8 " in told
    assert tables.answer_of(many).best_values == "0.0; 0.2; 0.4; 0.6; 0.8"


def test_where_every_value_of_a_lever_that_follows_the_model_does_none_is_the_answer():
    """Nothing says which is nearest to no change, so no end of the range is told as what it takes."""
    found = Found((Stretch(0.0, 1.0, True, True),), 0.0, (0.0, 0.0), 1.0)
    solution = solution_of("belarus.reform", {0.0: 0.9, 0.5: 0.95, 1.0: 0.9}, found=found)
    assert tables.headline(solution) == "Every value tried of belarus.reform reaches 80 %"
    assert "Every value tried of belarus.reform reaches it, 0 to 1" in tables.verdicts(solution)[-1]
    assert tables.answer_of(solution).value == ""
    assert "found" not in legend_of(solution)
    stands = replace(solution, start=0.0)
    assert tables.answer_of(stands).value == 0.0
    assert "found" in legend_of(stands)


def legend_of(solution):
    """Words of the legend of the chart."""
    figure = figure_of(chart(solution, "a foot"))
    return {text.get_text() for legend in figure.findobj(Legend) for text in legend.get_texts()}


def test_every_value_that_does_the_same_as_no_change_is_said_to():
    points = solution_of("belarus.reform", dict.fromkeys((0.0, 0.5, 1.0), 1.0))
    found = Found((Stretch(0.0, 1.0, True, True),), 0.0, (0.0, 0.0), 1.0)
    solution = replace(points, before=points.points[0], found=found, start=0.0)
    assert tables.verdicts(solution)[-1] == "None differs: every value tried reaches it in 100.0 % of futures."
