"""Draw k is the same future in every scenario, ensemble, block, order and number of jobs."""

import concurrent.futures
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sinobel
from sinobel.policies import scenarios
from sinobel.runs import ensemble, executors
from sinobel.runs.request import Block, Request, blocks
from sinobel.world.shocks import Shocks

BASE = scenarios.load("baseline")
HORIZON = "2019-12"


def request(draws=600, policies=(BASE,), **more):
    return Request(tuple(policies), draws, 9, horizon=HORIZON, **more)


@pytest.fixture(scope="module")
def whole():
    """600 draws in one block."""
    return ensemble.simulate(request(), Block(0, 0, 600))[0]


@given(first=st.integers(0, 590), count=st.integers(1, 300))
@settings(max_examples=8)
def test_a_draw_does_not_depend_on_the_block_it_is_in(whole, first, count):
    count = min(count, 600 - first)
    part = ensemble.simulate(request(), Block(0, first, count))[0]
    assert np.array_equal(part, whole[:, :, first : first + count])


@pytest.mark.parametrize("draw", [0, 255, 256, 511])
def test_one_draw_alone_is_the_same_to_the_last_bit(whole, draw):
    alone = ensemble.run_in_memory(request(1, first_draw=draw))[0]
    assert np.array_equal(alone[:, :, 0], whole[:, :, draw])


def test_order_of_blocks_does_not_matter(whole):
    todo = blocks(600, 0, 256)
    random.Random(1).shuffle(todo)
    for block, (values,) in executors.run_blocks(ensemble.simulate, request(), todo):
        assert np.array_equal(values, whole[:, :, block.first : block.first + block.count])


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_number_of_jobs_does_not_matter(whole, jobs):
    assert np.array_equal(ensemble.run_in_memory(request(), jobs=jobs)[0], whole)


@pytest.mark.parametrize("kind", [concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor])
def test_any_executor_gives_the_same(whole, kind):
    with kind(2) as executor:
        assert np.array_equal(ensemble.run_in_memory(request(), executor=executor)[0], whole)


def test_a_dask_cluster_gives_the_same(whole):
    distributed = pytest.importorskip("distributed")
    with distributed.Client(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as client:
        assert np.array_equal(ensemble.run_in_memory(request(), executor=client.get_executor())[0], whole)


def test_a_longer_horizon_does_not_change_the_months_before(whole):
    longer = Request((BASE,), 40, 9, horizon="2024-12")
    values = ensemble.run_in_memory(longer)[0]
    assert np.array_equal(values[:, : whole.shape[1]], whole[:, :, :40])


def test_another_seed_is_another_future(whole):
    other = ensemble.run_in_memory(Request((BASE,), 600, 10, horizon=HORIZON))[0]
    assert not np.array_equal(other, whole)


# --- scenarios -------------------------------------------------------------------------------------------------------


def test_a_scenario_that_sets_nothing_equals_the_baseline():
    empty = scenarios.Scenario("nothing")
    first, second = ensemble.run_in_memory(request(300, (BASE, empty)))
    assert np.array_equal(first, second)
    assert np.array_equal(ensemble.run_in_memory(request(300, (empty,)))[0], first)


@given(
    lever=st.sampled_from(
        [
            "china.tied_share",
            "russia.energy_subsidy",
            "eu.sanctions",
            "world.oil_price",
            "russia.cartel",
            "belarus.tied_share_limit",
            "china.rescheduling",
            "china.grace",
        ]
    ),
    month=st.integers(1, 30),
)
@settings(max_examples=12)
def test_two_scenarios_differ_only_after_the_first_date_they_set(lever, month):
    value = {"eu.sanctions": "extended", "world.oil_price": 90.0, "china.grace": 6.0}.get(lever, 0.45)
    start = f"{2017 + month // 12}-{month % 12 + 1:02d}"
    changed = BASE.with_change(lever, value, start=start, name="changed")
    base, other = ensemble.run_in_memory(request(64, (BASE, changed)))
    assert np.array_equal(base[:, :month], other[:, :month])
    assert not np.array_equal(base[:, month:], other[:, month:])


@pytest.mark.parametrize("name", ["untied-finance", "eu-sanctions-extended", "russian-squeeze"])
def test_running_on_from_a_checkpoint_is_bit_for_bit_the_same(name):
    policy = scenarios.load(name)
    together = ensemble.run_in_memory(request(128, (BASE, policy)))[1]
    alone = ensemble.run_in_memory(request(128, (policy,)))[0]
    assert np.array_equal(together, alone)


def test_a_lever_set_to_its_baseline_changes_nothing():
    same = BASE.with_change("russia.energy_subsidy", 1.0, start="2018-01", name="same")
    scaled = BASE.with_change("china.tied_share", scale=1.0, start="2018-01", name="scaled")
    base, one, two = ensemble.run_in_memory(request(64, (BASE, same, scaled)))
    assert np.array_equal(base, one)
    assert np.array_equal(base, two)


# --- random numbers --------------------------------------------------------------------------------------------------


def test_streams_of_different_decisions_are_unrelated():
    shocks = Shocks(1, 0, 2000, 24)
    one, two = shocks.normal("a"), shocks.normal("b")
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.02
    assert abs(np.corrcoef(one[0], shocks.uniform("a")[0])[0, 1]) < 0.1


def test_a_new_random_decision_changes_no_other(whole, monkeypatch):
    """An agent that asks for one more shock leaves every number as it was."""
    from sinobel.world.agents.investors import Investors

    honest = Investors.invest

    def asks_for_more(self):
        self.world.shock("china.something_new")
        honest(self)

    monkeypatch.setattr(Investors, "invest", asks_for_more)
    assert np.array_equal(ensemble.simulate(request(), Block(0, 0, 64))[0], whole[:, :, :64])


def test_columns_belong_to_draws():
    every = Shocks(3, 0, 700, 5).normal("x")
    part = Shocks(3, 254, 4, 5).normal("x")
    assert np.array_equal(part, every[:, 254:258])
    assert np.array_equal(Shocks(3, 7, 1, 5).quantile_of("p"), Shocks(3, 0, 9, 5).quantile_of("p")[7:8])


def test_public_results_do_not_depend_on_jobs():
    one = sinobel.run(draws=300, horizon=HORIZON, jobs=1, indicators=["exports_to_china", "debt_to_gdp"])
    two = sinobel.run(draws=300, horizon=HORIZON, jobs=2, indicators=["exports_to_china", "debt_to_gdp"])
    assert one.equals(two)
