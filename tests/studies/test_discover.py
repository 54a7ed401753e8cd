"""`discover` against known answers: a failure region that was put in."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import sinobel
from sinobel.analysis.round_years import told_year
from sinobel.policies import scenarios
from sinobel.runs.manifest import manifest_of
from sinobel.runs.request import Request
from sinobel.studies import targets
from sinobel.studies.discover import prim
from sinobel.studies.discover import study as discovery
from tests.studies.calls import BASE, DISCOVER, call, table


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
    assert "does not fail in only 7" in prim.explain(features, ~failed).verdict


def test_features_are_those_of_the_draws():
    plan = discovery.Plan(scenario=BASE, fails=targets.parse_all(["imports_from_china[2018] > 2500"]), draws=300)
    found = discovery.run(plan)
    world = sinobel.World(BASE, 300, plan.seed, horizon="2018-12", collect=False)
    assert np.array_equal(found.features["loans.tied_share"], world.parameters.loans.tied_share)
    yearly = sinobel.annual(
        sinobel.run(BASE, draws=300, horizon="2018-12", indicators=["imports_from_china", "oil_price"])
    )
    assert np.array_equal(found.failed, yearly["imports_from_china"].sel(year=2018).values > 2500)
    assert np.allclose(found.features["oil_price"], yearly["oil_price"].mean("year").values)


def test_without_a_year_that_is_judged_in_which_the_two_differ_most(here, capsys):
    """A year is found, said and counted; naming it gives the same boxes."""
    squeeze = scenarios.load("russian-squeeze")
    asked = {"scenario": squeeze, "against": BASE, "better": ("reserves", True), "draws": 60}
    plan = discovery.Plan(**asked)
    found = discovery.run(plan)
    pair = sinobel.annual(sinobel.compare([BASE, squeeze], draws=60, indicators=["reserves"]))["reserves"]
    change = pair.sel(scenario="russian-squeeze") - pair.sel(scenario="baseline")
    year = int(abs(change.median("draw")).idxmax("year"))
    assert found.year == year != plan.last_year
    assert np.array_equal(found.failed, ~(change.sel(year=year).values > 0))
    named = discovery.Plan(**asked, year=year)
    again = discovery.run(named)
    assert np.array_equal(again.failed, found.failed)
    assert np.allclose(again.features["oil_price"], found.features["oil_price"])
    told, said = discovery.verdicts(plan, found), discovery.verdicts(named, again)
    assert told[0] == said[0]
    assert f" in {year} not higher than under baseline" in told[0]
    assert told[1] == f"{year} is the year in which the change of international reserves against baseline is largest."
    assert told[2:] == said[1:]


def test_an_option_that_moves_nothing_is_largest_in_no_year():
    idle = replace(BASE, name="idle")
    plan = discovery.Plan(scenario=idle, against=BASE, better=("reserves", True), draws=40)
    found = discovery.run(plan)
    assert found.year == told_year(range(2017, plan.last_year + 1))
    still = f"In no year is there a median change of international reserves against baseline; {found.year} is judged."
    assert discovery.verdicts(plan, found)[1] == still
    named = replace(plan, year=found.year)
    assert np.array_equal(discovery.run(named).failed, found.failed)
    assert not any("In no year" in line for line in discovery.verdicts(named, discovery.run(named)))


@pytest.mark.parametrize(
    ("text", "found"),
    [("balance_with_china", True), ("debt_to_china", False), ("debt_to_china higher", True), ("reserves lower", False)],
)
def test_better_knows_its_direction(text, found):
    assert discovery.parse_better(text) == (text.split()[0], found)


def test_discover_leaves_a_folder_with_boxes(here, capsys):
    assert call(*DISCOVER, "--fails", "oil_price[2018] < 50") == 0
    folder = here / "results" / "discover-russian-squeeze-oil_price-2018"
    rows = table(folder / "failure-boxes.csv")
    assert rows[0]["factor"] == "oil_price"
    assert {row["box"] for row in rows if row["factor"] == "oil_price"} == {row["box"] for row in rows}, (
        "a low price is explained by a low mean price, whatever else is found by chance"
    )
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
    assert "fails in only 0 of" in (said := capsys.readouterr().out)
    assert "too few to look for rules." in said, "no number of draws would help"
    assert (here / "results" / "russian-squeeze" / "annual.nc").is_file(), "the results stay"
    wrong = ("discover", "untied-finance", "--fails", "reserves[2018] < 0", "--out", "results/russian-squeeze")
    assert call(*wrong) == 2
    assert "these are results of baseline, russian-squeeze, not of untied-finance" in capsys.readouterr().err


@pytest.mark.parametrize(("failures", "kind"), [(7, "fails"), (193, "does not fail")])
def test_too_few_failures_say_how_many_there_are_and_how_many_it_takes(failures, kind):
    failed = np.arange(200) < failures
    verdict = prim.explain({"x": np.linspace(0, 1, 200)}, failed, seed=1).verdict
    assert verdict.startswith(
        f"The policy {kind} in only 7 of 200 futures: too few to look for rules; at least 40 are needed"
    )


def box_of(sides):
    shares = {"coverage": 0.5, "density": 0.5, "density_low": 0.4, "density_high": 0.6, "density_found": 0.5}
    return prim.Box(sides=sides, futures=10, failures=5, **shares)


def findings(box, features, failed):
    counts = {"dropped": 0, "failing": 0.2, "checked": len(failed) // 2, "checked_failing": 80}
    return prim.Findings(boxes=(box,), verdict="", features=features, failed=failed, **counts)


def test_boxes_of_one_and_of_two_factors_are_drawn():
    from sinobel.reporting.charts import studies

    random = np.random.default_rng(2)
    features = {"oil_price": random.normal(50, 10, 400), "growth_russia": random.normal(1, 1, 400)}
    failed = features["oil_price"] < 45
    plan = discovery.Plan(scenario=BASE, fails=targets.parse_all(["reserves[2018] < 1"]))
    sides = (prim.Side("oil_price", -np.inf, 45.0), prim.Side("growth_russia", 0.5, np.inf))
    for count, lines in ((1, 1), (2, 0)):
        box = box_of(sides[:count])
        found = findings(box, features, failed)
        figure = studies.failure_boxes(discovery.box_rows(plan, found), features, failed, "t", "s", "f").draw()
        drawn = figure.axes[1]
        assert len([line for line in drawn.lines if len(line.get_xdata()) > 2]) == lines
        if lines:
            assert drawn.lines[0].get_ydata()[0] == 100, "every future fails at the lowest prices"
            assert drawn.lines[0].get_ydata()[-1] == 0


def test_percentiles_of_rows_rise_with_their_edges():
    features = {"oil_price": np.linspace(20, 100, 801)}
    box = box_of((prim.Side("oil_price", 40.0, 60.0),))
    found = findings(box, features, np.zeros(801, bool))
    plan = discovery.Plan(scenario=BASE, fails=targets.parse_all(["reserves[2018] < 1"]))
    (row,) = discovery.box_rows(plan, found)
    assert (row["low_percentile"], row["high_percentile"]) == pytest.approx((25, 50), abs=0.3)
    assert all(low < high for low, high in pairwise([row["least"], row["low"], row["high"], row["most"]]))
