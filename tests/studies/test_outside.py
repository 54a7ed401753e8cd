"""The world outside is scored by the rules that runs use, on what was known, and against bands that a right process keeps."""

from dataclasses import replace

import numpy as np
import pytest

from sinobel.studies.outside import study
from sinobel.studies.outside.processes import PROCESSES, Chance, History
from sinobel.world.draws import draw_from_prior
from sinobel.world.shocks import Shocks
from sinobel.world.world import World

BY_NAME = {process.name: process for process in PROCESSES}
SEED, DRAWS, MONTHS = 2017, 30, 24


@pytest.fixture(scope="module")
def run():
    """Oil and growth of a world from December 2012, month by month."""
    world = World(draws=DRAWS, seed=SEED, origin="2012-12", horizon="2014-12", parameters="prior", collect=False)
    seen = {name: [] for name in ("oil_price", "growth_russia", "growth_china", "growth_eu")}
    while world.running:
        world.step()
        env = world.environment
        for name, value in zip(
            seen, (env.simulated_oil, env.russia_growth, env.simulated_china_growth, env.eu_growth), strict=True
        ):
            seen[name].append(value)
    return {name: np.array(values) for name, values in seen.items()}


@pytest.mark.parametrize("name", ["oil_price", "growth_russia", "growth_china", "growth_eu"])
def test_the_study_forecasts_what_a_run_simulates(run, name):
    process = BY_NAME[name]
    whole = process.history()
    known = 2012 - whole.first + 1
    shocks = Shocks(SEED, 0, DRAWS, MONTHS)
    chance = Chance.of(draw_from_prior(shocks), shocks)
    past = History(whole.first, whole.yearly[:, :known], whole.recent[:, :known])
    paths = process.paths(past, chance, MONTHS, 0)[0]
    assert paths == pytest.approx(run[name], rel=1e-3)  # yearly means of the record are rounded


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_what_came_later_is_scored_and_not_known(process):
    """With another future after 2009 the forecasts of 2009 stay, and their scores move."""
    whole = process.history()
    after = 2010 - whole.first
    yearly, recent = whole.yearly.copy(), whole.recent.copy()
    yearly[:, after:] *= 1.5
    recent[:, after:] *= 1.5
    other = replace(process, history=lambda: History(whole.first, yearly, recent))
    real, changed = (
        [row for row in study.forecasts(each, study.QUICK) if row.origin <= 2009] for each in (process, other)
    )
    for row, same in zip(real, changed, strict=True):
        assert (row.median, row.low_80, row.high_80) == (same.median, same.low_80, same.high_80)
    last = [row.crps != same.crps for row, same in zip(real, changed, strict=True) if row.origin == 2009]
    assert any(last)


@pytest.mark.parametrize("name", ["oil_price", "growth_eu"])
def test_ranges_of_a_process_that_is_right_hold_what_they_promise(name):
    found = study.right(BY_NAME[name], study.Plan(worlds=80, futures=150))
    for level, shares in found.items():
        assert shares.shape == (80,)
        assert shares.mean() == pytest.approx(level, abs=0.07)
        assert shares.std() > 0.02  # few forecasts that overlap


def test_a_record_that_is_wilder_than_its_process_is_noticed():
    """Oil that moves twice as far from its first price as it did falls out of the band of a right process."""
    oil = BY_NAME["oil_price"]
    whole = oil.history()
    start = whole.recent[:, :1]
    wild = History(whole.first, start * (whole.yearly / start) ** 2.5, start * (whole.recent / start) ** 2.5)
    other = replace(oil, history=lambda: wild)
    plan = study.Plan(draws=400, worlds=20, futures=100)
    calm, noticed = (study.verdict(each, study.forecasts(each, plan), plan) for each in (oil, other))
    assert calm.held
    assert not noticed.held


def test_the_outlook_of_the_time_is_scored_with_the_errors_of_its_past():
    rows = study.forecasts(BY_NAME["growth_russia"], study.QUICK)
    ahead = {row.origin: row for row in rows if row.horizon == 1}
    assert ahead[2008].outlook > 5.0  # the fall of 2008 said 5.5 % for 2009, when output fell by 7.8 %
    assert all(np.isfinite(row.outlook) for row in ahead.values())
    assert all(np.isnan(row.outlook) for row in study.forecasts(BY_NAME["oil_price"], study.QUICK))


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_the_naive_forecast_starts_from_what_runs_open_with(process):
    """Another end of the last year moves both or neither: of China that of the year, else of December or the quarter."""
    whole = process.history()
    recent, yearly = whole.recent.copy(), whole.yearly.copy()
    recent[:, -1] *= 1.5
    shocks = Shocks(SEED, 0, DRAWS, 12)
    chance = Chance.of(draw_from_prior(shocks), shocks)
    ended = History(whole.first, yearly, recent)
    opened = [process.paths(each, chance, 12, 0) for each in (whole, ended)]
    naive = [study.benchmark(process, each, 1) for each in (whole, ended)]
    assert np.array_equal(*naive) == np.array_equal(*opened)
    assert np.array_equal(*naive) == (process.name == "growth_china")
