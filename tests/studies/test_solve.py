"""`solve` against known answers, and what its command leaves."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import sinobel
from sinobel.inputs import months
from sinobel.policies import scenarios
from sinobel.studies import targets
from sinobel.studies.solve import roots, tables
from sinobel.studies.solve import search as solving
from sinobel.studies.solve.lever_ranges import parse_lever
from sinobel.studies.solve.plan import Plan
from tests.studies.calls import BASE, call, plan_of, table

NORMAL = np.random.default_rng(1).normal(size=4000)
NEEDED = np.sort(NORMAL)[800]  # a fifth of the draws lie below


def reached(margin, low=0.0, high=20.0, start=0.0, probability=0.8):
    tried = []

    def evaluate(values):
        tried.extend(values)
        return np.array([margin(value) + 0 * NORMAL for value in values])

    trials = roots.Trials(evaluate, probability)
    found = roots.search(trials, low, high, start)
    assert len(tried) == len(set(tried)), "no value is simulated twice"
    return found, trials


def test_the_margin_is_positive_exactly_when_enough_futures_reach_the_target():
    for probability in (0.01, 0.5, 0.8, 0.99):
        for shift in np.linspace(-3, 3, 41):
            margins = np.round(NORMAL + shift, 2)  # with ties
            enough = roots.share(margins) >= probability
            assert (roots.margin_at(margins, probability) >= 0) == enough
    assert roots.margin_at(np.array([1.0, np.nan, np.nan]), 0.5) == -np.inf, "what is not a number reaches nothing"


def test_a_linear_lever_is_solved_to_the_last_digit_told():
    found, trials = reached(lambda x: x - 5 + NORMAL)
    assert found.value == pytest.approx(np.ceil(100 * (5 - NEEDED)) / 100)
    assert roots.share(trials.margins[found.value]) >= 0.8
    low, high = found.interval
    error = 1.645 * np.sqrt(0.8 * 0.2 / 4000) / 0.28  # density of a normal at its fifth
    assert low < found.value < high
    assert high - low == pytest.approx(2 * error, rel=0.3)


def test_a_lever_of_which_less_is_needed():
    found, _ = reached(lambda x: 5 - x + NORMAL, start=20.0)
    assert found.value == pytest.approx(np.floor(100 * (5 + NEEDED)) / 100)
    assert found.interval[0] < found.value < found.interval[1]
    assert [(each.low_open, each.high_open) for each in found.stretches] == [(True, False)]


def test_a_response_that_rises_and_falls_has_a_stretch_with_two_ends():
    found, _ = reached(lambda x: 2 - (x - 7) ** 2 + NORMAL)
    (stretch,) = found.stretches
    half = np.sqrt(2 + NEEDED)
    assert (stretch.low, stretch.high) == pytest.approx((7 - half, 7 + half), abs=0.011)
    assert found.value == stretch.low, "the end that is nearer to where one stands"
    assert reached(lambda x: 2 - (x - 7) ** 2 + NORMAL, start=12.0)[0].value == stretch.high
    narrow, _ = reached(lambda x: 1 - 20 * (x - 7.1) ** 2 + NORMAL)
    assert narrow.value == pytest.approx(7.1 - np.sqrt((1 + NEEDED) / 20), abs=0.011), "between two points of the grid"


def test_nothing_to_do_and_nothing_that_helps():
    met, _ = reached(lambda x: x + 3 + NORMAL)
    assert (met.value, met.interval) == (0.0, (0.0, 0.0))
    never, trials = reached(lambda x: x - 25 + NORMAL)
    assert never.value is None
    assert not never.stretches
    assert never.best == 20.0
    assert roots.share(trials.margins[20.0]) == (NORMAL >= 5).mean()


def test_what_sampling_leaves_open_beyond_the_range_is_told():
    found, _ = reached(lambda x: x - 20 - NEEDED + 0.001 + NORMAL)
    assert found.value == pytest.approx(20, abs=0.011)
    assert found.interval[0] < 20
    assert found.interval[1] is None


def test_solve_agrees_with_a_run_of_the_value_it_finds(coarse):
    goal = "tied_imports[2018] <= 400"
    plan = plan_of(goal, "china.tied_share", probability=0.7)
    solution = solving.run(plan)
    value = solution.found.value
    assert 0 < value < 1
    held = []
    for tried in (value, value + 2 * roots.step(0, 1)):
        policy = BASE.with_change("china.tied_share", tried, start="2018-01")
        yearly = sinobel.annual(sinobel.run(policy, draws=300, horizon="2018-12", indicators=["tied_imports"]))
        held.append(float((yearly["tied_imports"].sel(year=2018).values <= 400).mean()))
    assert held[0] == solution.at(value).probability >= 0.7 > held[1]
    assert 0.6 < solution.start < 0.75, "the lever stands where it is drawn"
    assert solution.before.probability < 0.7
    again = sinobel.solve(goal, "china.tied_share", probability=0.7, draws=300)
    assert again.rows() == tables.curve_rows(solution), "the same again"


@pytest.mark.parametrize("name", ["baseline", "russian-squeeze"])
def test_a_target_against_the_baseline_is_held_in_the_same_futures(coarse, name):
    """Also of another scenario, whose own value without the lever is no longer that of the baseline."""
    plan = plan_of("imports_from_china[2018] <= baseline * 0.9", "china.tied_share", probability=0.6, draws=60)
    plan = replace(plan, scenario=scenarios.load(name))
    solution = solving.run(plan)
    assert (solution.before.median == 1.0) == (name == "baseline")
    assert name == "baseline" or solution.before.median < 1.0
    asked = {"draws": 60, "horizon": "2019-12", "indicators": ["imports_from_china"]}
    pair = sinobel.annual(sinobel.compare([BASE, plan.with_values([0.0])], **asked))["imports_from_china"].sel(
        year=2018
    )
    ratio = pair.isel(scenario=1).values / pair.isel(scenario=0).values
    tried = solution.at(0.0)
    assert tried.median == pytest.approx(np.median(ratio), abs=1e-3)
    assert tried.probability == pytest.approx((ratio <= 0.9).mean(), abs=1 / 60)


def test_the_table_of_two_levers_has_the_best(coarse):
    solution = solving.run(
        plan_of("tied_imports[2018] <= 300", "china.lending_volume=0:2", "china.tied_share", probability=0.7)
    )
    _, lines = tables.curve_table(solution)
    shares = [float(line[2].partition(" ")[0]) for line in lines]
    assert max(shares) == pytest.approx(100 * solution.best[0].probability, abs=0.05)
    assert len(lines) < len(solution.points)
    needed = [pair for pair in solution.frontier if pair[1] is not None]
    assert len(lines) > len(needed), "beside what is needed at each value of the first"


def test_the_frontier_of_two_levers_holds_and_is_the_edge(coarse):
    plan = plan_of("tied_imports[2018] <= 400", "china.lending_volume=0:2", "china.tied_share", probability=0.7)
    solution = solving.run(plan)
    needed = dict(solution.frontier)
    assert all(later <= earlier + 0.02 for earlier, later in pairwise(needed.values())), "more loans, less of them tied"
    for value, second in needed.items():
        assert solution.at(value, second).probability >= 0.7
        if second == solution.start:
            continue  # nothing more is needed
        further = [point for point in solution.points if point.values[0] == value and point.values[1] > second]
        assert min(further, key=lambda point: point.values[1]).probability < 0.7
        assert min(point.values[1] for point in further) - second < 0.06, "closer than the map"


def test_options_are_tried_and_several_targets_must_all_hold():
    single = solving.run(plan_of("imports_from_china[2018] <= 2500", "china.fta_with_eeu"))
    assert [point.values for point in single.points] == [(False,), (True,)]
    assert single.at(False).probability == single.before.probability, "off is how it stands"
    both = solving.run(plan_of("imports_from_china[2018] <= 2500 and reserves[2018] >= 5000", "china.fta_with_eeu"))
    assert both.before.probability < single.before.probability


def test_a_scenario_that_moves_the_lever_itself_is_overruled_from_then_on():
    squeeze = scenarios.load("russian-squeeze")
    lever = squeeze.changes[0].lever
    asked = {"targets": targets.parse_all(["reserves[2020] >= 1"]), "handles": (parse_lever(lever),)}
    plan = Plan(**asked, scenario=squeeze, start="2019-01")
    made = plan.with_values([parse_lever(lever).low])
    mine = [change for change in made.changes if change.lever == lever]
    assert mine[-1].start == months.parse("2019-01")
    assert all(change.until is None or change.until < mine[-1].start for change in mine[:-1])
    assert plan.replaced == [lever]


def test_a_scenario_with_a_rule_for_the_lever_is_overruled_too():
    policy = scenarios.load("export-drive-while-reserves-are-short")
    (change,) = [each for each in policy.changes if each.lever == "belarus.export_drive"]
    assert change.when, "the scenario moves the lever by a rule"
    plan = Plan(
        targets=targets.parse_all(["exports_to_china[2019] >= 1"]),
        handles=(parse_lever("belarus.export_drive"),),
        scenario=policy,
        start="2019-01",
        draws=50,
    )
    laboratory = solving.Laboratory(plan)
    laboratory.margins([(0.0,), (5.0,)])
    low, high = (laboratory.points[(value,)].median for value in (0.0, 5.0))
    assert low <= laboratory.before.median < high
    assert plan.with_values([3.0]).changes[-1].value == 3.0


SOLVE = ("solve", "--draws", 200, "--jobs", 1)


def test_solve_command_leaves_the_answer_the_curve_and_a_chart(here, capsys, coarse):
    arguments = (*SOLVE, "--target", "tied_imports[2018] <= 400", "--lever", "china.tied_share", "--probability", 0.7)
    assert call(*arguments) == 0
    folder = here / "results" / "solve-tied_imports-2018-tied_share"
    (answer,) = table(folder / "answer.csv")
    assert float(answer["value_low"]) <= float(answer["value"]) <= float(answer["value_high"])
    curve = table(folder / "trade-off.csv")
    at = next(row for row in curve if float(row["lever"]) == float(answer["value"]))
    assert at["holds"] == "yes"
    assert float(at["probability"]) >= 0.7
    assert (folder / "charts" / "trade-off.png").stat().st_size > 20_000
    out = capsys.readouterr()
    assert f"It takes china.tied_share = {100 * float(answer['value']):.6g} % of disbursement from 2018-01" in out.out
    assert out.err == ""


DRIVEN = "0 to 5 (1 = the measures of the directive, carried out)"
UNREACHABLE = {
    "The best is": ("imports_from_china[2018] <= 1900", "china.lending_volume", "0 to 4 times the baseline"),
    "None differs": ("exports_to_china[2018] >= 1000", "belarus.export_drive", DRIVEN),
    "Not one of": ("exports_to_china[2018] >= 5000", "belarus.export_drive", DRIVEN),
}


@pytest.mark.parametrize(("best", "asked"), UNREACHABLE.items())
def test_an_unreachable_target_is_told_with_the_best_there_is(here, capsys, coarse, best, asked):
    target, lever, tried = asked
    ends = tried.split()
    assert call(*SOLVE, "--target", target, "--lever", f"{lever}={ends[0]}:{ends[2]}") == 0
    said = capsys.readouterr().out
    assert f"No value of {lever} from {tried} reaches it with 80 %. {best}" in said
    (folder,) = (here / "results").glob("solve-*")
    (answer,) = table(folder / "answer.csv")
    assert answer["value"] == ""
    assert float(answer["best_probability"]) < 0.8


def test_a_target_that_is_met_takes_nothing(here, capsys):
    assert call(*SOLVE, "--target", "reserves[2018] >= 1", "--lever", "china.fta_with_eeu") == 0
    assert "it takes nothing more" in capsys.readouterr().out


def test_a_map_of_two_levers_is_drawn(here, capsys, coarse):
    levers = ("--lever", "china.lending_volume=0:2", "--lever", "china.tied_share")
    assert call(*SOLVE, "--target", "tied_imports[2018] <= 300", *levers) == 0
    folder = here / "results" / "solve-tied_imports-2018-lending_volume-tied_share"
    assert len(table(folder / "frontier.csv")) == solving.MAP[0]
    assert (folder / "charts" / "trade-off.png").stat().st_size > 20_000
    assert "it takes china.tied_share" in capsys.readouterr().out
