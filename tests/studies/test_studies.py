"""Studies against known answers: variance shares of Ishigami's function, a failure region that was put in."""

import csv
import json
from itertools import pairwise

import numpy as np
import pytest

import sinobel
from sinobel import cli
from sinobel.inputs import months, posterior
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.runs import designs, ensemble
from sinobel.runs.designs import Design
from sinobel.runs.manifest import manifest_of
from sinobel.runs.request import Request
from sinobel.runs.trajectories import to_years
from sinobel.studies import targets
from sinobel.studies.discover import prim
from sinobel.studies.discover import study as discovery
from sinobel.studies.sensitivity import sobol, tables
from sinobel.studies.sensitivity import study as sensitivity
from sinobel.studies.solve import roots
from sinobel.studies.solve import search as solving
from sinobel.studies.solve.lever_ranges import parse_lever

BASE = scenarios.load("baseline")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments):
    try:
        cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:
        return stop.code or 0
    return 0


def table(path):
    return list(csv.DictReader(path.read_text().splitlines()))


# --- conditions ---


def test_conditions_are_read_as_written():
    found = targets.parse_all(["exports_to_china[2020] >= 1,500 and reserves [2025]<3e3"])
    assert found == (
        targets.Target("exports_to_china", 2020, ">=", 1500.0),
        targets.Target("reserves", 2025, "<", 3000.0),
    )
    assert targets.parse(str(found[0])) == found[0]
    assert found[0].holds(np.array([1499.0, 1500.0])).tolist() == [False, True]
    assert found[1].margin(np.array([2900.0, 3100.0])).tolist() == [100.0, -100.0]


BAD_CONDITIONS = [
    ("exports_to_chna[2020] >= 1500", 'did you mean "exports_to_china"?'),
    ("exports_to_china >= 1500", "is no condition"),
    ("exports_to_china[20] >= 1500", "is no condition"),
    ("exports_to_china[2020] => 1500", "is no condition"),
    ("exports_to_china[2020] == 1500", "use >=, <=, > or <"),
    ("exports_to_china[2020] >= many", "is no condition"),
    ("exports_to_china[2020] >= 1e999", "is not a finite number"),
    ("exports_to_china[2020] >= 1500 and", "is no condition"),
    ("", "is no condition"),
]


@pytest.mark.parametrize(("text", "message"), BAD_CONDITIONS)
def test_bad_conditions_say_what_is_wrong(text, message):
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        targets.parse_all([text])


# --- designs ---


def test_a_design_that_changes_nothing_is_the_ensemble():
    request = Request((BASE,), 300, 5, horizon="2018-12", indicators=("exports_to_china", "debt_to_gdp"))
    every = np.arange(300)
    plain = ensemble.run_in_memory(request)[0]
    names = tuple(designs.uncertain())
    made = designs.run(Design(every, {}, [(names, every)]), request, 2018)
    yearly = to_years(request.recorded, plain)
    for row, name in enumerate(request.shown):
        assert np.array_equal(made[0, row], yearly[name][-1]), name
    order = np.array([7, 7, 299, 0])
    again = designs.run(
        Design(order, {}, [(names, order)]),
        Request((BASE,), 4, 5, horizon="2018-12", indicators=("exports_to_china",)),
        2018,
    )
    assert np.array_equal(again[0, 0], made[0, 0][order]), "a run is the draw whose values and shocks it takes"


def test_a_design_moves_what_it_says_and_nothing_else():
    request = Request((BASE,), 4, 5, horizon="2018-12", indicators=("tied_imports", "oil_price"))
    zero = np.zeros(4, int)
    levels = np.array([0.1, 0.4, 0.7, 0.95])
    tied, oil = designs.run(Design(zero, {"loans.tied_share": levels}), request, 2018)[0]
    assert (np.diff(tied) > 0).all(), "a larger tied share brings more tied imports"
    assert (oil == oil[0]).all(), "all runs meet the same shocks"
    share = posterior.marginal_quantile("loans.tied_share", levels, "posterior", request.months[0])
    assert np.allclose(np.diff(tied) / np.diff(share), (tied[-1] - tied[0]) / (share[-1] - share[0]), rtol=0.05)


def test_parameters_that_calibration_ties_together_are_found():
    tied = designs.correlated("posterior", request_origin())
    assert ("loans.grace", "loans.repayment") in [tuple(sorted(group)) for group in tied]
    assert designs.correlated("prior", request_origin()) == []


def request_origin():
    return Request((BASE,), 1, 1).months[0]


# --- solve ---

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


@pytest.fixture
def coarse(monkeypatch):
    """Fewer values on the way, so that a real run is quick."""
    monkeypatch.setattr(roots, "GRID", 3)
    monkeypatch.setattr(solving, "MAP", (3, 3))


def plan_of(target, *levers, **rest):
    texts = [target] if isinstance(target, str) else target
    return solving.Plan(targets.parse_all(texts), tuple(map(parse_lever, levers)), BASE, **{"draws": 300} | rest)


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
    assert again.rows() == solution.rows(), "the same again"


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
    plan = solving.Plan(targets.parse_all(["reserves[2020] >= 1"]), (parse_lever(lever),), squeeze, start="2019-01")
    made = plan.with_values([parse_lever(lever).low])
    mine = [change for change in made.changes if change.lever == lever]
    assert mine[-1].start == months.parse("2019-01")
    assert all(change.until is None or change.until < mine[-1].start for change in mine[:-1])
    assert plan.replaced == [lever]


def test_a_scenario_with_a_rule_for_the_lever_is_overruled_too():
    policy = scenarios.load("export-drive-while-reserves-are-short")
    (change,) = [each for each in policy.changes if each.lever == "belarus.export_drive"]
    assert change.when, "the scenario moves the lever by a rule"
    plan = solving.Plan(
        targets.parse_all(["exports_to_china[2019] >= 1"]),
        (parse_lever("belarus.export_drive"),),
        policy,
        start="2019-01",
        draws=50,
    )
    laboratory = solving.Laboratory(plan)
    laboratory.margins([(0.0,), (20.0,)])
    low, high = (laboratory.points[(value,)].median for value in (0.0, 20.0))
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


@pytest.mark.parametrize(("target", "best"), [(900, "The best is"), (5000, "Not one of")])
def test_an_unreachable_target_is_told_with_the_best_there_is(here, capsys, coarse, target, best):
    assert call(*SOLVE, "--target", f"exports_to_china[2018] >= {target}", "--lever", "belarus.export_drive=0:5") == 0
    said = capsys.readouterr().out
    assert (
        "No value of belarus.export_drive from 0 to 5 (1 = the measures of the directive, carried out) reaches" in said
    )
    assert f" it with 80 %. {best}" in said
    (answer,) = table(here / "results" / "solve-exports_to_china-2018-export_drive" / "answer.csv")
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


# --- sensitivity ---


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_shares_of_ishigami_are_the_known_ones():
    names = ["a", "b", "c"]
    found = sobol.shares(names, ishigami(sobol.share_points(names, 1024, 3)), 3)
    for share, first, total in zip(found, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437), strict=True):
        assert abs(share.first - first) < max(1.5 * share.first_error, 0.02), share
        assert abs(share.total - total) < max(1.5 * share.total_error, 0.02), share
        assert share.first_error < 0.12
        assert share.total_error < 0.12


def test_screening_orders_a_linear_function():
    names = ["small", "none", "large", "negative"]
    points = sobol.screening_points(names, 8, 1)
    weights = np.array([1.0, 0.0, 5.0, -3.0])
    found = sobol.screened(names, points, points @ weights, 1)
    assert [effect.name for effect in found] == ["large", "negative", "small", "none"]
    width = 1 - 2 * sobol.EDGE
    assert np.allclose([effect.mean for effect in found], np.array([5.0, -3.0, 1.0, 0.0]) * width)


def test_the_design_of_shares_gives_each_factor_its_own_place():
    members = {
        "potash.demand_growth": ("potash.demand_growth",),
        "two": ("loans.grace", "loans.repayment"),
        "chance": (),
    }
    points = sobol.share_points(list(members), 16, 1)
    made = sensitivity._design(members, points, 32)
    assert made.quantiles["potash.demand_growth"] is not None
    assert set(made.futures) <= set(range(32))
    runs = made.futures.reshape(16, 5)  # A, three crossed ones, B
    assert (runs[:, 0] == runs[:, 1]).all(), "a crossed parameter keeps the future"
    assert (runs[:, 3] == runs[:, 4]).all(), "crossed chance takes the other future"
    assert len(set(runs[:, 0])) == 16, "sixteen futures, not fewer"


@pytest.fixture(scope="module")
def small_study():
    plan = sensitivity.Plan("debt_to_china", 2018, BASE, base=32, top=4, trajectories=3)
    return sensitivity.run(plan)


def test_sensitivity_of_a_small_study(small_study):
    rows = tables.share_rows(small_study)
    assert {row["kind"] for row in rows} == {"parameter", "chance", "other parameters"}
    assert all(row["total_low"] <= row["total"] <= row["total_high"] for row in rows)
    assert len(small_study.screening) == len(designs.uncertain())
    assert [effect.size for effect in small_study.screening] == sorted(
        (effect.size for effect in small_study.screening), reverse=True
    )
    top = {effect.name.partition(".")[0] for effect in small_study.screening[:3]}
    assert "loans" in top, "debt to China hangs on the loan book"
    groups = {row["factor"]: row["total"] for row in tables.group_rows(small_study)}
    assert groups["loans"] + groups["chance"] > groups["potash"] + groups["trade"]
    members = [name for group in small_study.members.values() for name in group]
    assert sorted(members) == sorted(designs.uncertain()), "every parameter stands in one factor"


def test_sensitivity_is_the_same_again_and_with_two_jobs(small_study):
    again = sensitivity.run(small_study.plan, 2)
    assert tables.share_rows(again) == tables.share_rows(small_study)
    assert again.screening == small_study.screening


# --- discovery ---


def synthetic(draws, seed, rule):
    random = np.random.default_rng(seed)
    features = {
        name: random.normal(size=draws) for name in ("oil_price", "growth_russia", "loans.grace", "loans.lapse")
    }
    return features, rule(features, random)


def test_a_failure_region_that_was_put_in_is_found_again():
    def rule(features, random):
        inside = (features["oil_price"] < -0.3) & (features["growth_russia"] < 0.2)
        return np.where(inside, random.random(len(inside)) < 0.9, random.random(len(inside)) < 0.05)

    features, failed = synthetic(3000, 4, rule)
    found = prim.explain(features, failed, 1)
    box = found.boxes[0]
    edges = {side.factor: (side.low, side.high) for side in box.sides}
    assert edges["oil_price"][1] == pytest.approx(-0.3, abs=0.12)
    assert edges["growth_russia"][1] == pytest.approx(0.2, abs=0.12)
    assert np.isinf(edges["oil_price"][0])
    assert box.density > 0.8
    assert box.density_low < 0.9 < box.density_high + 0.03
    assert sum(each.coverage for each in found.boxes) > 0.7
    inside = np.asarray(box.holds(features))[1500:]
    assert (box.futures, box.failures) == (inside.sum(), failed[1500:][inside].sum()), "scored on the unseen half"


def test_nothing_explains_failure_by_luck():
    features, failed = synthetic(3000, 5, lambda features, random: random.random(3000) < 0.3)
    found = prim.explain(features, failed, 1)
    assert not found.boxes
    assert "No parameter or world condition explains failure" in found.verdict


def test_too_few_failures_are_told():
    features, failed = synthetic(1000, 5, lambda features, random: np.arange(1000) < 7)
    assert "only 7 of 1,000 futures" in prim.explain(features, failed).verdict
    assert "holds in only 7" in prim.explain(features, ~failed).verdict


def test_features_are_those_of_the_draws():
    plan = discovery.Plan(BASE, targets.parse_all(["imports_from_china[2018] > 2500"]), draws=300)
    found = discovery.run(plan)
    world = sinobel.World(BASE, 300, plan.seed, horizon="2018-12", collect=False)
    assert np.array_equal(found.features["loans.tied_share"], world.parameters.loans.tied_share)
    yearly = sinobel.annual(
        sinobel.run(BASE, draws=300, horizon="2018-12", indicators=["imports_from_china", "oil_price"])
    )
    assert np.array_equal(found.failed, yearly["imports_from_china"].sel(year=2018).values > 2500)
    assert np.allclose(found.features["oil_price"], yearly["oil_price"].mean("year").values)


@pytest.mark.parametrize(
    ("text", "found"),
    [("balance_with_china", True), ("debt_to_china", False), ("debt_to_china higher", True), ("reserves lower", False)],
)
def test_better_knows_its_direction(text, found):
    assert discovery.parse_better(text) == (text.split()[0], found)


# --- commands ---

DISCOVER = ("discover", "russian-squeeze", "--draws", 400, "--jobs", 1)


def test_discover_leaves_a_folder_with_boxes(here, capsys):
    assert call(*DISCOVER, "--fails", "oil_price[2018] < 50") == 0
    folder = here / "results" / "discover-russian-squeeze-oil_price-2018"
    rows = table(folder / "failure-boxes.csv")
    assert {row["factor"] for row in rows} == {"oil_price"}, "a low price is explained by a low mean price"
    for row in rows:
        assert 0 <= float(row["density_low"]) <= float(row["density"]) <= float(row["density_high"]) <= 1
        assert row["low"] or row["high"]
        assert float(row["density_low"]) > float(row["failing"]) * 0.9
    for ending in ("png", "svg"):
        assert (folder / "charts" / f"failure-boxes.{ending}").stat().st_size > 10_000
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["study"] == "discover"
    assert manifest["command"].startswith("sinobel discover russian-squeeze --fails 'oil_price[2018] < 50'")
    text = (folder / "README.md").read_text()
    assert "| low, high |" in text
    assert manifest["command"] in text
    out = capsys.readouterr()
    assert "of futures fail" in out.out
    assert out.err == ""
    assert not list((here / "results").glob("*.unfinished"))
    assert call("rerun", folder) == 0
    assert "bit for bit (the study discover)" in capsys.readouterr().out
    (folder / "manifest.json").write_text(json.dumps(manifest).replace('"seed": 2017', '"seed": 2018'))
    assert call("rerun", folder) == 1
    assert "differ" in capsys.readouterr().err
    (folder / "manifest.json").write_text(json.dumps(manifest | {"arguments": 3}))
    assert call("rerun", folder) == 2
    assert "no complete manifest (arguments: " in capsys.readouterr().err


def test_a_study_goes_into_results_of_the_same_scenario(here, capsys):
    folder = here / "results" / "russian-squeeze"
    folder.mkdir(parents=True)
    (folder / "annual.nc").write_text("kept")
    request = Request((BASE, scenarios.load("russian-squeeze")), 40, 1)
    (folder / "manifest.json").write_text(json.dumps(manifest_of(request)))
    assert call(*DISCOVER, "--fails", "reserves[2018] < 0", "--out", "results/russian-squeeze") == 0
    study = here / "results" / "russian-squeeze" / "studies" / "discover-russian-squeeze-reserves-2018"
    assert (study / "failure-boxes.csv").read_text().startswith("scenario,against,failure")
    assert table(study / "failure-boxes.csv") == []
    assert "too few to look for rules" in capsys.readouterr().out
    assert (here / "results" / "russian-squeeze" / "annual.nc").is_file(), "the results stay"
    wrong = ("discover", "untied-finance", "--fails", "reserves[2018] < 0", "--out", "results/russian-squeeze")
    assert call(*wrong) == 2
    assert "these are results of baseline, russian-squeeze, not of untied-finance" in capsys.readouterr().err


def test_sensitivity_command_leaves_tables_and_a_chart(here, capsys):
    arguments = (
        "sensitivity",
        "--of",
        "reserves",
        "--year",
        2017,
        "--scenario",
        "russian-squeeze",
        "--against",
        "baseline",
    )
    assert call(*arguments, "--draws", 16, "--trajectories", 2, "--jobs", 1) == 2
    assert "is the same in every future" in capsys.readouterr().err, "the squeeze starts later"
    arguments = (
        "sensitivity",
        "--of",
        "tied_imports",
        "--year",
        2017,
        "--draws",
        16,
        "--top",
        2,
        "--trajectories",
        2,
        "--jobs",
        1,
    )
    assert call(*arguments) == 0
    folder = here / "results" / "sensitivity-tied_imports-2017"
    rows = table(folder / "sensitivity.csv")
    assert [row["kind"] for row in rows].count("parameter") == 2
    assert len(table(folder / "screening.csv")) == len(designs.uncertain())
    assert {row["factor"] for row in table(folder / "sensitivity-groups.csv")} == {*sensitivity.SUBJECTS, "chance"}
    assert (folder / "charts" / "sensitivity.png").stat().st_size > 20_000
    out = capsys.readouterr().out
    assert "Chance alone is" in out
    first = json.loads((folder / "manifest.json").read_text())
    assert call(*arguments) == 0
    assert json.loads((folder / "manifest.json").read_text()) == first, "the same again"


GOAL = ["--target", "reserves[2020] >= 5000"]
BAD_CALLS = [
    (["solve", *GOAL], "--lever"),
    (["solve", "--lever", "belarus.reform"], "--target"),
    (["solve", "--target", "reserve[2020] >= 5000", "--lever", "belarus.reform"], 'did you mean "reserves"?'),
    (["solve", "--target", "reserves[2010] >= 5000", "--lever", "belarus.reform"], "lies before the origin"),
    (["solve", *GOAL, "--lever", "belarus.refrm"], 'did you mean "belarus.reform"?'),
    (["solve", *GOAL, "--lever", "belarus.reform=0:2"], "outside its range"),
    (["solve", *GOAL, "--lever", "belarus.reform=0.5"], "write a range as LOW:HIGH"),
    (["solve", *GOAL, "--lever", "belarus.reform=0.5:0.1"], "does not rise"),
    (["solve", *GOAL, "--lever", "china.fta_with_eeu=0:1"], "is a switch and has no range"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--lever", "belarus.reform"], "one or two different levers"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--probability", "80"], "must lie between 0 and 1"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--from", "2021-01"], "outside the months"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--from", "soon"], "is not a month"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--draws", "0"], "draws must be a whole number"),
    (["sensitivity", "--of", "reserve", "--year", "2020"], 'did you mean "reserves"?'),
    (["sensitivity", "--of", "reserves", "--year", "2016"], "choose 2017 to"),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--draws", "1000"], "a power of two"),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--top", "0"], "the number of parameters must be from 1"),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--scenario", "baselin"], 'did you mean "baseline"?'),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--origin", "2017-12"], "an origin is a December"),
    (["sensitivity", "--year", "2020"], "--of"),
    (["discover", "baseline"], "say what failure is"),
    (["discover", "baseline", "--fails", "reserve[2020] < 1"], 'did you mean "reserves"?'),
    (["discover", "baseline", "--fails", "reserves[2010] < 1"], "choose a year from 2017"),
    (["discover", "baseline", "--against", "russian-squeeze"], "--against needs --better"),
    (["discover", "baseline", "--against", "russian-squeeze", "--better", "debt"], "there is no indicator"),
    (["discover", "baseline", "--against", "russian-squeeze", "--better", "reserves up"], "`higher` or `lower`"),
    (["discover", "baseline", "--fails", "reserves[2020] < 1", "--draws", "0"], "draws must be a whole number"),
    (["discover", "baseline", "--fails", "reserves[2020] < 1", "--jobs", "-1"], "--jobs must be from 0 to 1000"),
]


@pytest.mark.parametrize(
    ("arguments", "message"), BAD_CALLS, ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else ""
)
def test_bad_calls_end_with_a_message_and_code_2(here, capsys, arguments, message):
    assert call(*arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said
    assert not list(here.iterdir()), "something half-written is left"


def test_a_missing_extra_is_a_clear_message(here, capsys, monkeypatch):
    from sinobel.studies import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    assert call(*DISCOVER, "--fails", "reserves[2018] < 1") == 2
    assert "pip install 'sinobel[analysis]'" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing_behind(here, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(ensemble, "run_in_memory", interrupted)
    assert call(*DISCOVER, "--fails", "reserves[2018] < 1") == 1
    assert "nothing was written" in capsys.readouterr().err
    assert not list(here.iterdir())


def test_boxes_of_one_and_of_two_factors_are_drawn():
    from sinobel.reporting.charts import studies

    random = np.random.default_rng(2)
    features = {"oil_price": random.normal(50, 10, 400), "growth_russia": random.normal(1, 1, 400)}
    failed = features["oil_price"] < 45
    plan = discovery.Plan(BASE, targets.parse_all(["reserves[2018] < 1"]))
    sides = (prim.Side("oil_price", -np.inf, 45.0), prim.Side("growth_russia", 0.5, np.inf))
    for count, lines in ((1, 1), (2, 0)):
        box = prim.Box(sides[:count], 0.5, 0.5, 0.4, 0.6, 10, 5, 0.5)
        found = prim.Findings((box,), 0, 0.2, 200, 80, "", features, failed)
        figure = studies.failure_boxes(discovery.box_rows(plan, found), features, failed, "t", "s", "f")
        drawn = figure.axes[1]
        assert len([line for line in drawn.lines if len(line.get_xdata()) > 2]) == lines
        if lines:
            assert drawn.lines[0].get_ydata()[0] == 100, "every future fails at the lowest prices"
            assert drawn.lines[0].get_ydata()[-1] == 0


def test_percentiles_of_rows_rise_with_their_edges():
    features = {"oil_price": np.linspace(20, 100, 801)}
    box = prim.Box((prim.Side("oil_price", 40.0, 60.0),), 0.5, 0.5, 0.4, 0.6, 10, 5, 0.5)
    found = prim.Findings((box,), 0, 0.2, 400, 80, "", features, np.zeros(801, bool))
    plan = discovery.Plan(BASE, targets.parse_all(["reserves[2018] < 1"]))
    (row,) = discovery.box_rows(plan, found)
    assert (row["low_percentile"], row["high_percentile"]) == pytest.approx((25, 50), abs=0.3)
    assert all(low < high for low, high in pairwise([row["least"], row["low"], row["high"], row["most"]]))
