"""In which share of futures and of months a rule of state held: counted while worlds run, the same however they do."""

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import rule_shares
from sinobel.inputs import months
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.runs import ensemble, held
from sinobel.runs.request import Request
from sinobel.world.readings import read
from sinobel.world.world import World

BASE = scenarios.load("baseline")
HORIZON = "2019-12"
STICKY = {"indicator": "reserve_cover", "below": 1.8, "until_above": 2.0, "for": 2}
SHORT = {"indicator": "reserve_cover", "below": 1.8}
NEVER = {"indicator": "potash_spot_price", "below": 0.0}
ALWAYS = {"indicator": "potash_spot_price", "above": 0.0}


def ruled(when, name, *, lever="russia.lending", value=3.0, start="2017-06", policy=BASE, **more):
    return policy.with_change(lever, value, start=start, when=when, name=name, **more)


@pytest.fixture(scope="module")
def policies():
    shared = ruled(STICKY, "shared", start="2017-04")
    return (
        BASE,
        shared,
        shared.with_change("china.tied_share", 0.2, start="2018-05", name="departs within a year"),
        ruled(SHORT, "two rules", lever="belarus.export_drive", value=5.0, start="2018-05", policy=shared),
        ruled(STICKY, "shorter", start="2017-04", until="2018-06"),
        BASE.with_change("china.tied_share", 0.5, start="2018-01", name="no rule"),
        ruled(ALWAYS, "always"),
        ruled(NEVER, "never"),
    )


def request(policies, draws=300):
    return Request(tuple(policies), draws, 9, horizon=HORIZON, indicators=("gdp", "reserves"))


def months_held(policies, draws=300, **more):
    asked = request(policies, draws)
    return ensemble.gather(asked, ("years",), **more).rules


@pytest.fixture(scope="module")
def whole(policies):
    return months_held(policies)


def test_a_rule_is_counted_in_the_months_in_which_it_moved_the_lever(policies, whole):
    world = World(policies[1], 300, 9, horizon=HORIZON, collect=False)
    expected = np.zeros((3, 300))
    while world.running:
        world.step()
        expected[world.place // 12] += np.broadcast_to(world.board["russia.lending"] == 3.0, 300)
    assert np.array_equal(whole[0], expected)
    assert 0 < expected.sum() < expected.size * 12


def test_a_condition_looked_at_by_hand(policies):
    world = World(ruled(SHORT, "short"), 300, 9, horizon=HORIZON, collect=False)
    expected = np.zeros((3, 300))
    while world.running:
        before = read(world, "reserve_cover")
        world.step()
        if world.month >= months.parse("2017-06"):
            expected[world.place // 12] += before < 1.8
    assert np.array_equal(months_held([ruled(SHORT, "short")])[0], expected)


def test_together_is_the_same_as_alone_also_from_a_checkpoint_within_a_year(policies, whole):
    for sheet, policy in zip(held.by_scenario(whole, policies), policies, strict=True):
        assert np.array_equal(sheet, months_held([policy])), policy.name


def test_the_first_scenario_may_be_the_one_with_the_rule(policies, whole):
    turned = tuple(reversed(policies[1:4]))
    sheets = held.by_scenario(months_held(turned), turned)
    for sheet, other in zip(sheets, reversed(held.by_scenario(whole, policies)[1:4]), strict=True):
        assert np.array_equal(sheet, other)


def test_draws_do_not_depend_on_blocks_jobs_or_executors(policies, whole):
    assert np.array_equal(months_held(policies, jobs=2), whole)
    assert np.array_equal(months_held(policies, 70), whole[:, :, :70])
    with ThreadPoolExecutor(2) as executor:
        assert np.array_equal(months_held(policies, executor=executor), whole)


def test_shares_are_counts_over_all_futures_and_months_of_the_window(policies, whole):
    rows = held.counted([whole[:, :, :256], whole[:, :, 256:]], policies, *request(policies).months)
    assert rows == held.counted([whole], policies, *request(policies).months)
    named = {(row["scenario"], row["change"]): row for row in rows}
    row = named["shared", 0]
    assert (row["from"], row["until"]) == ("2017-04", HORIZON)
    assert row["futures"] == (whole[0].sum(axis=0) > 0).mean()
    assert row["months"] == whole[0].sum() / (300 * 33)
    assert row["years"][0] == {
        "year": 2017,
        "futures": (whole[0, 0] > 0).mean(),
        "months": whole[0, 0].sum() / (300 * 9),
    }
    assert named["shorter", 0]["until"] == "2018-06"
    assert [year["year"] for year in named["shorter", 0]["years"]] == [2017, 2018]
    always, never = named["always", 0], named["never", 0]
    assert {always["futures"], always["months"], *(year["months"] for year in always["years"])} == {1.0}
    assert {never["futures"], never["months"], *(year["futures"] for year in never["years"])} == {0.0}
    assert ("two rules", 1) in named
    assert ("no rule", 0) not in named


def test_a_rule_ends_where_the_next_one_of_its_lever_begins():
    two = ruled(ALWAYS, "two", value=2.0, start="2018-07", policy=ruled(ALWAYS, "one"))
    rows = held.counted([months_held([two], 5)], [two], *request([two]).months)
    assert [(row["from"], row["until"], row["months"]) for row in rows] == [
        ("2017-06", "2018-06", 1.0),
        ("2018-07", HORIZON, 1.0),
    ]


# --- results ---------------------------------------------------------------------------------------------------------


def test_python_tells_it(policies):
    both = sinobel.compare(policies[:2], draws=40, seed=9, horizon=HORIZON, indicators=["gdp"])
    table = sinobel.rules_held(both)
    assert list(table["year"]) == ["all", 2017, 2018, 2019]
    assert (table["scenario"] == "shared").all()
    assert table["rule"][0] == policies[1].changes[0].in_words()
    assert 0 < table["months"][0] < table["futures"][0] <= 1
    assert sinobel.rules_held(sinobel.annual(both)).equals(table)
    alone = sinobel.run(policies[1], draws=40, seed=9, horizon=HORIZON, indicators=["gdp"], jobs=2)
    assert sinobel.rules_held(alone).equals(table)
    assert sinobel.rules_held(sinobel.run("baseline", draws=2, horizon="2017-12", indicators=["gdp"])).empty
    with pytest.raises(InputError, match="no manifest"):
        sinobel.rules_held(both.drop_attrs())


@pytest.fixture(scope="module")
def rows_of_a_folder(policies, tmp_path_factory):
    with store.Run(request(policies), tmp_path_factory.mktemp("one") / "r") as run:
        run.simulate()
        return json.loads((run.finish() / "manifest.json").read_text())["rules"]


def test_a_folder_keeps_what_memory_counts(policies, whole, rows_of_a_folder):
    assert rows_of_a_folder == held.counted([whole], policies, *request(policies).months)


def test_a_folder_from_two_jobs_or_an_executor_says_the_same(policies, rows_of_a_folder, tmp_path):
    with store.Run(request(policies), tmp_path / "jobs") as run:
        assert run.simulate(2).manifest["rules"] == rows_of_a_folder
    with ThreadPoolExecutor(2) as executor, store.Run(request(policies), tmp_path / "pool") as run:
        assert run.simulate(2, executor=executor).manifest["rules"] == rows_of_a_folder


def test_a_resumed_run_counts_the_blocks_that_were_finished(policies, rows_of_a_folder, tmp_path):
    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    with store.Run(request(policies), tmp_path / "r") as run, pytest.raises(KeyboardInterrupt):
        run.simulate(2, progress=stop)
    with store.Run(request(policies), tmp_path / "r") as run:
        assert any(run.blocks.glob("*-rules.npy"))
        assert run.simulate().manifest["rules"] == rows_of_a_folder


def test_results_without_rules_say_nothing_of_them(tmp_path):
    with store.Run(request([BASE], 8), tmp_path / "r") as run:
        results = run.simulate()
        assert "rules" not in results.manifest
        assert rule_shares.rows(results.manifest) == []


@pytest.mark.parametrize(
    "damage",
    [
        {"futures": 1.5},
        {"months": "1"},
        {"from": "soon"},
        {"years": 3},
        {"years": [{}]},
        {"change": None},
        {"months": float("nan")},
        {"futures": True},
    ],
)
def test_a_damaged_entry_is_refused(rows_of_a_folder, damage):
    with pytest.raises(InputError, match='"rules" in this manifest is damaged'):
        held.of_manifest({"rules": [rows_of_a_folder[0] | damage]})


def test_a_row_of_a_manifest_that_is_no_rule_tells_nothing(policies):
    policy = policies[-1].with_change("china.tied_share", 0.5, start="2018-01", name="both")
    rows = held.counted([np.ones((1, 3, 4), int)], [policy], *request([policy]).months)
    manifest = {"request": {"scenarios": [policy.as_written()]}}
    assert {row["lever"] for row in rule_shares.rows(manifest | {"rules": rows})} == {"russia.lending"}
    assert rule_shares.rows(manifest | {"rules": [row | {"change": 1} for row in rows]}) == []
