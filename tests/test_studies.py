"""Studies against known answers: variance shares of Ishigami's function, a failure region that was put in."""

import csv
import json
from itertools import pairwise

import numpy as np
import pytest

import sinobel
from sinobel import cli, designs, ensemble, posterior, scenarios
from sinobel.designs import Design
from sinobel.experiments import boxes, discovery, sensitivity, sensitivity_tables, sobol, targets
from sinobel.manifest import manifest_of
from sinobel.reading import InputError
from sinobel.trajectories import to_years

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
    request = ensemble.Request((BASE,), 300, 5, horizon="2018-12", indicators=("exports_to_china", "debt_to_gdp"))
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
        ensemble.Request((BASE,), 4, 5, horizon="2018-12", indicators=("exports_to_china",)),
        2018,
    )
    assert np.array_equal(again[0, 0], made[0, 0][order]), "a run is the draw whose values and shocks it takes"


def test_a_design_moves_what_it_says_and_nothing_else():
    request = ensemble.Request((BASE,), 4, 5, horizon="2018-12", indicators=("tied_imports", "oil_price"))
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
    return ensemble.Request((BASE,), 1, 1).months[0]


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
    rows = sensitivity_tables.share_rows(small_study)
    assert {row["kind"] for row in rows} == {"parameter", "chance", "other parameters"}
    assert all(row["total_low"] <= row["total"] <= row["total_high"] for row in rows)
    assert len(small_study.screening) == len(designs.uncertain())
    assert [effect.size for effect in small_study.screening] == sorted(
        (effect.size for effect in small_study.screening), reverse=True
    )
    top = {effect.name.partition(".")[0] for effect in small_study.screening[:3]}
    assert "loans" in top, "debt to China hangs on the loan book"
    groups = {row["factor"]: row["total"] for row in sensitivity_tables.group_rows(small_study)}
    assert groups["loans"] + groups["chance"] > groups["potash"] + groups["trade"]
    members = [name for group in small_study.members.values() for name in group]
    assert sorted(members) == sorted(designs.uncertain()), "every parameter stands in one factor"


def test_sensitivity_is_the_same_again_and_with_two_jobs(small_study):
    again = sensitivity.run(small_study.plan, 2)
    assert sensitivity_tables.share_rows(again) == sensitivity_tables.share_rows(small_study)
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
    found = boxes.explain(features, failed, 1)
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
    found = boxes.explain(features, failed, 1)
    assert not found.boxes
    assert "No parameter or world condition explains failure" in found.verdict


def test_too_few_failures_are_told():
    features, failed = synthetic(1000, 5, lambda features, random: np.arange(1000) < 7)
    assert "only 7 of 1,000 futures" in boxes.explain(features, failed).verdict
    assert "holds in only 7" in boxes.explain(features, ~failed).verdict


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


def test_a_study_goes_into_results_of_the_same_scenario(here, capsys):
    folder = here / "results" / "russian-squeeze"
    folder.mkdir(parents=True)
    (folder / "annual.nc").write_text("kept")
    request = ensemble.Request((BASE, scenarios.load("russian-squeeze")), 40, 1)
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


BAD_CALLS = [
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
    (["discover", "baseline", "--fails", "reserves[2020] < 1", "--jobs", "-1"], "--jobs must be 0 or more"),
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
    from sinobel.experiments import extras

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


def test_percentiles_of_rows_rise_with_their_edges():
    features = {"oil_price": np.linspace(20, 100, 801)}
    box = boxes.Box((boxes.Side("oil_price", 40.0, 60.0),), 0.5, 0.5, 0.4, 0.6, 10, 5, 0.5)
    found = boxes.Findings((box,), 0, 0.2, 400, 80, "", features, np.zeros(801, bool))
    plan = discovery.Plan(BASE, targets.parse_all(["reserves[2018] < 1"]))
    (row,) = discovery.box_rows(plan, found)
    assert (row["low_percentile"], row["high_percentile"]) == pytest.approx((25, 50), abs=0.3)
    assert all(low < high for low, high in pairwise([row["least"], row["low"], row["high"], row["most"]]))
