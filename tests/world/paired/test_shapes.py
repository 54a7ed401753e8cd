"""Shapes the record shows and the model must be able to show, from the origins before them (model.md, section 8)."""

import numpy as np
import pytest

from sinobel.inputs import months
from tests.world.paired.worlds import make, policy


def months_of(world, **measures):
    rows = {name: [] for name in measures}
    while world.running:
        world.step()
        for name, measure in measures.items():
            rows[name].append(np.asarray(measure(world), dtype=float) + np.zeros(world.draws))
    world.close()
    return {name: np.array(values) for name, values in rows.items()}


MEASURES = {
    "waiting": lambda world: ~world.china.potash_buyers.has_contract,
    "closed": lambda world: world.china.potash_buyers.closed,
    "spot": lambda world: world.environment.spot,
    "shipped": lambda world: world.belarus.belaruskali.shipped,
    "exports": lambda world: world.belarus.exporters.china,
    "potash": lambda world: world.belarus.belaruskali.china_revenue,
    "contract": lambda world: world.china.potash_buyers.contract_price,
}


def test_from_2008_some_futures_show_a_closure_year():
    seen = months_of(make(draws=1500, origin="2008-12", horizon="2009-12"), **MEASURES)
    waited = seen["waiting"].sum(axis=0)
    assert 0.1 < (waited >= 9).mean() < 0.9, "a year without a contract should be possible, not certain"
    assert (seen["closed"].sum(axis=0) > 0).mean() > 0.1
    assert np.median(waited) >= 4, "a collapsing spot should mean a long wait, although it starts above the contract"


def test_from_2008_spot_of_the_record_is_within_reach():
    """402 at the end of 2009. Where the cartel held nothing back it was 245 at the median; its ranges were set with that in
    view, so this is fitted.
    """
    seen = months_of(make(draws=800, origin="2008-12", horizon="2009-12"), **MEASURES)
    low, middle, high = np.quantile(seen["spot"][-1], [0.1, 0.5, 0.9])
    assert low < 402 < high
    assert middle > 280


def test_from_2012_the_break_of_the_cartel_takes_about_a_quarter_off_spot():
    broken = months_of(
        make([("russia.cartel", 0.0, "2013-08")], draws=1500, origin="2012-12", horizon="2014-12"), **MEASURES
    )
    whole = months_of(
        make([("russia.cartel", 1.0, "2013-01")], draws=1500, origin="2012-12", horizon="2014-12"), **MEASURES
    )
    fall = broken["spot"][17] / broken["spot"][6]
    assert 0.68 < np.median(fall) < 0.88, f"median fall to {np.median(fall):.2f} of July 2013"
    assert (broken["spot"][17] < whole["spot"][17]).mean() > 0.9


def test_after_the_break_the_jump_of_potash_exports_is_volume():
    seen = months_of(
        make([("russia.cartel", 0.0, "2013-08")], draws=800, origin="2012-12", horizon="2015-12"), **MEASURES
    )
    volume = seen["shipped"].reshape(3, 12, -1).sum(axis=1)
    share = seen["potash"].reshape(3, 12, -1).sum(axis=1) / seen["exports"].reshape(3, 12, -1).sum(axis=1)
    price = seen["contract"][11::12]
    assert np.median(volume[2] / volume[0]) > 1.6
    assert np.median(price[2] / price[0]) < 1.0
    assert np.median(share[2] - share[0]) > 0.05


@pytest.fixture(scope="module")
def from_2015():
    return months_of(make(draws=1500, origin="2015-12", horizon="2016-12"), **MEASURES)


def test_from_2015_the_first_half_of_2016_is_empty_where_china_waits(from_2015):
    seen = from_2015
    low = seen["spot"][0] < 315
    still_waiting = seen["waiting"][:6].all(axis=0) & low
    assert low.mean() > 0.9
    assert still_waiting.mean() > 0.2, "many futures should wait through the first half"
    first_half = seen["shipped"][2:6, still_waiting].mean(axis=0)
    normal = seen["shipped"][0:1].max(axis=0)
    assert np.median(first_half / normal[still_waiting].mean()) < 0.5


def test_exports_of_2016_to_july_are_within_reach_where_china_waits(from_2015):
    """The paper's 107 mn."""
    still_waiting = from_2015["waiting"][:6].all(axis=0) & (from_2015["spot"][0] < 315)
    exports = from_2015["exports"][:7, still_waiting].sum(axis=0)
    assert np.quantile(exports, 0.05) < 107 < np.quantile(exports, 0.95)


def waited_after(spot_change):
    """Months without a contract in the year after spot has moved."""
    world = make(draws=1500, origin="2016-12", horizon="2017-12", off={"potash.spot_noise": 0.0})
    world.environment.log_spot = world.environment.log_spot + spot_change
    world.environment.cost_level = world.environment.cost_level + spot_change
    return months_of(world, **MEASURES)["waiting"].sum(axis=0).mean()


def test_waits_are_longer_when_the_price_falls_and_short_when_it_rises():
    risen = waited_after(0.25)
    assert risen < 3.5
    assert waited_after(-0.25) > 1.3 * risen


def test_waits_are_long_when_the_price_falls():
    assert waited_after(-0.25) > 4.5


def test_the_contract_ratifies_spot():
    """Contract over spot at settlement is about 0.94, with or without the cartel. Its mean was seen when priors were set."""
    for changes in ([], [("russia.cartel", 1.0, "2017-01")]):
        world = make(policy(*changes), draws=600, horizon="2022-12")
        ratios, before = [], world.china.potash_buyers.contract_price
        while world.running:
            world.step()
            buyers = world.china.potash_buyers
            fresh = buyers.has_contract & (buyers.contract_price != before)
            above_cost = buyers.contract_price > 1.02 * (
                world.belarus.belaruskali.cash_cost + world.belarus.belaruskali.freight
            )
            ratios.append((buyers.contract_price / world.environment.spot)[fresh & above_cost])
            before = buyers.contract_price
        found = np.concatenate(ratios)
        assert abs(found.mean() - 0.94) < 0.03
        assert 0.03 < found.std() < 0.08


@pytest.mark.parametrize(("late", "ends"), [(1, 2018), (6, 2018), (7, 2017), (12, 2017)])
def test_a_late_contract_covers_the_next_year_as_well(late, ends):
    world = make(draws=800, horizon="2017-12", off={"potash.late_contract": late})
    talks = world.china.potash_buyers.talks  # who follows another has the end of the first
    while world.month < months.parse("2017-06"):
        begun = talks.begun
        world.step()
    opened_in_june = talks.in_force.any(axis=0) & ~begun
    assert opened_in_june.any()
    assert (talks.contract_end.max(axis=0)[opened_in_june] == months.december(ends)).all()
