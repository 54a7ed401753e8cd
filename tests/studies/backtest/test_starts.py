"""Naive forecasts have the information of the books: what opening moves by the end of a year starts there, nothing else."""

import copy
from dataclasses import replace

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.evidence import Record, all_evidence, evidence_with, using_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.recorded import recorded_values
from sinobel.runs import openings
from sinobel.studies import benchmarks, next_year
from sinobel.world.world import World

YEAR = 2014
DECEMBER = months.december(YEAR)
MOVED = 0.005  # of a level, when a late reading is a fifth off: less comes round by way of another series
SETTLED_LATER = {"current_account"}  # known when the first month is paid


def late_series():
    """Series of which opening looks up a month or the quarter at the end of the year."""
    asked = openings.opened(evidence_with(None), DECEMBER).asked
    return sorted(
        series
        for series, periods in asked.items()
        if any("-" in each and DECEMBER - 2 <= months.span(each)[1] <= DECEMBER for each in periods)
    )


def with_other_end(series):
    """The evidence with readings of the last quarter of one series a fifth larger."""
    evidence = copy.copy(all_evidence())
    readings = {name: evidence.record.readings(name) for name in evidence.record.names}
    readings[series] = tuple(
        replace(each, value=1.2 * each.value) if each.start >= DECEMBER - 2 and each.end <= DECEMBER else each
        for each in readings[series]
    )
    evidence.record = Record(readings)
    return evidence


def opened(evidence, steps=0):
    with using_evidence(evidence, YEAR):
        world = World(draws=8, seed=1, origin=f"{YEAR}-12", horizon=f"{YEAR + 1}-12", parameters="prior", collect=False)
        for _ in range(steps):
            world.step()
        return {name: np.array(world.observe_one(name)) for name in next_year.all_series()}


def moved(before, after):
    return {
        name
        for name, value in before.items()
        if np.mean(np.abs(after[name] - value)) > MOVED * np.mean(np.abs(value)) + 1e-12
    }


@pytest.fixture(scope="module")
def moved_by_opening():
    """Late series -> recorded indicators whose level it moves when the books open."""
    before = opened(all_evidence())
    return {series: moved(before, opened(with_other_end(series))) for series in late_series()}


def test_what_opening_moves_by_the_end_of_the_year_has_a_start_and_nothing_else(moved_by_opening):
    started = {name for name in next_year.all_series() if all_indicators()[name].record in benchmarks._STARTS}
    assert set().union(*moved_by_opening.values()) == started - SETTLED_LATER


def test_the_current_account_of_the_first_month_is_that_of_the_last_quarter():
    before = opened(all_evidence(), steps=1)
    for series in ("exports_goods.BLR.WLD_month", "imports_goods.BLR.WLD_month"):
        assert "current_account" in moved(before, opened(with_other_end(series), steps=1))


def test_opening_by_trade_of_the_last_quarter_moves_all_partners_but_exports_to_china(moved_by_opening):
    """What the words say of partners is so: a rule that left one out would move its start with it."""
    assert {"exports_to_russia", "exports_to_eu"} <= moved_by_opening["exports_goods.BLR.WLD_month"]
    assert {f"imports_from_{each}" for each in ("russia", "eu", "china")} <= moved_by_opening[
        "imports_goods.BLR.WLD_month"
    ]
    assert "exports_to_china" not in set().union(*moved_by_opening.values())


def test_partners_start_where_all_trade_took_them():
    values = recorded_values()
    pace = benchmarks._start("total_imports", YEAR, False) / values["total_imports"][YEAR]
    assert pace < 0.95  # imports fell at the end of 2014
    for name in ("imports_from_russia", "imports_from_eu", "imports_from_china"):
        assert benchmarks._start(name, YEAR, False) == pytest.approx(pace * values[name][YEAR])
    assert benchmarks._start("exports_to_china", YEAR, False) == values["exports_to_china"][YEAR]


@pytest.mark.parametrize("published", [False, True])
def test_balances_and_ratios_are_reckoned_from_the_same_starts(published):
    values, known = recorded_values(), YEAR - published

    def start(name):
        return benchmarks._start(name, YEAR, published)

    def change(name):
        return start(name) - values[name][known]

    balance = values["balance_with_china"][known] - change("imports_from_china")
    assert start("balance_with_china") == pytest.approx(balance)
    goods = change("total_exports") - change("total_imports")
    assert start("current_account") == pytest.approx(values["current_account"][known] + goods)
    cover = values["reserve_cover"][known] * values["total_imports"][known] / start("total_imports")
    assert start("reserve_cover") == pytest.approx(cover)
    debt = values["debt_to_gdp"][known] * values["gdp"][known] / start("gdp")
    assert start("debt_to_gdp") == pytest.approx(debt)


def test_growth_abroad_starts_from_the_last_quarter_or_the_third_as_published():
    assert benchmarks._start("growth_russia", 2008, False) < 0 < benchmarks._start("growth_russia", 2008, True)
    assert benchmarks._start("growth_eu", 2008, False) < benchmarks._start("growth_eu", 2008, True) < 1
    assert benchmarks._start("growth_china", 2008, False) == recorded_values()["growth_china"][2008]
