"""Residents come to Great Stone for its law, access to the Union and the Silk Road, invest and sell: each can be cut."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.policies import scenarios
from sinobel.policies.events import Investment
from tests.world.paired.test_finance import watched
from tests.world.paired.worlds import effect, mostly, policy, simulate

DRAWS = 150
START = "2018-01"


def lived(*changes, off=None, origin="2016-12"):
    horizon = f"{int(origin[:4]) + 8}-12"
    return simulate(list(changes), draws=DRAWS, origin=origin, horizon=horizon, off=off)


def joined(lever, value, off=None, year=8):
    """Effect of a lever on residents that have joined."""
    return effect("great_stone_residents", lived((lever, value, START), off=off), lived(off=off), year)


def two_billion(*changes, sector="industrial park"):
    """A scenario in which 2 bn are invested in the park in five years, three quarters of it by China."""
    shares = {"china": 1500.0, "elsewhere": 500.0}
    events = tuple(
        Investment(
            name=f"park {investor}",
            start=months.parse(START),
            until=months.parse("2022-12"),
            amount=amount,
            yearly=False,
            investor=investor,
            sector=sector,
        )
        for investor, amount in shares.items()
    )
    return scenarios.Scenario("park", changes=policy(*changes).changes, events=events)


@pytest.fixture(scope="module")
def base():
    return lived()


def test_one_to_six_join_in_a_year_whole_firms_at_the_mean_of_a_usual_year(base):
    """Eight in 2015-16: four a year at the most likely three; risk above the usual takes some."""
    count = base["great_stone_residents"]
    assert np.array_equal(count, np.round(count))
    assert (np.diff(count, axis=0) >= 0).all()
    assert 1.5 < count[7].mean() / 8 < 4.5
    assert (np.diff(count, axis=0) == 0).any()


def test_without_a_law_nobody_joins_and_with_more_of_it_more_do():
    """Law nought: none from the January on. Law of two: more, and none more where the law protects nobody."""
    base, none = lived(), lived(("belarus.zone_law", 0.0, START))
    assert np.array_equal(none["great_stone_residents"][7], base["great_stone_residents"][0])
    more = joined("belarus.zone_law", 2.0)
    mostly(more, +1, share=0.95, strictly=0.9)
    assert np.abs(joined("belarus.zone_law", 2.0, {"finance.zone_protection": 0.0})).max() == 0.0


def test_access_to_the_union_brings_residents():
    """An agreement: more; where proximity draws nobody at most a third of that is left, by risk."""
    more = joined("eu.market_access", 1.0)
    mostly(more, +1, share=0.9, strictly=0.7)
    assert abs(joined("eu.market_access", 1.0, {"finance.fdi_proximity": 0.0}).mean()) < more.mean() / 3


def test_a_silk_road_that_goes_first_brings_residents():
    """Credit for transport and logistics alone: more; without that priority no more than lower risk explains."""
    more = joined("china.obor_restriction", True)
    mostly(more, +1, share=0.8, strictly=0.6)
    assert abs(joined("china.obor_restriction", True, {"finance.residents_priority": 0.0}).mean()) < more.mean() / 2


def test_residents_stay_away_when_minsk_and_moscow_quarrel():
    """Deference: fewer with all of it than with none."""
    off = {"loans.deference_level": 0.1}
    mostly(joined("china.deference_to_moscow", 0.0, off), +1, share=0.95, strictly=0.5)


def test_before_the_decree_there_is_no_park():
    """From 2010 nobody joins, and Chinese investment is whole; a law of a scenario lets them come."""
    before = lived(origin="2010-12")
    assert before["great_stone_residents"].max() == 0.0
    assert before["fdi_of_residents"].max() == 0.0
    with_law = lived(("belarus.zone_law", 1.0, "2012-01"), origin="2010-12")
    mostly(effect("fdi_from_china", with_law, before, 6), +1, share=0.9, strictly=0.9)


def test_what_residents_build_yields_and_sells_and_its_owners_take_profits(base):
    """2 bn invested in the park in five years: half of it works, sells 0.1 to 0.8 of itself, and pays owners later.

    About 2,000 x 0.57 x 0.43 is 490 mn a year of sales in year seven, less wear; none where nothing is sold.
    """

    def drawn(off=None):
        return simulate(two_billion(), draws=DRAWS, horizon="2024-12", off=off)

    more = drawn()
    assert 200 < effect("exports_of_residents", more, base, 8).mean() < 700
    for name in ("output_gained_by_projects", "fdi_profits"):
        mostly(effect(name, more, base, 8), +1, share=0.9, strictly=0.9)
    for name in ("exports_to_eu", "exports_to_russia"):  # a stronger rouble costs other exporters some of it
        mostly(effect(name, more, base, 8), +1, share=0.8, strictly=0.8)
    mute = {"finance.residents_exports": 0.0}
    silent = effect("exports_to_eu", drawn(mute), lived(off=mute), 8)
    assert abs(silent.mean()) < 0.3 * effect("exports_to_eu", more, base, 8).mean()


NO_USUAL_PROFITS = {"finance.fdi_return": 0.0}
"""What other investors take who come because risk falls is another matter."""


def profits_and_yield(world):
    """Profits at prices of the origin, and what projects add to output, USD mn a month."""
    belarus = world.belarus
    output = belarus.base_gdp * np.exp(belarus.output)
    added = output * (1 - np.exp(-belarus.projects.gained))
    return belarus.foreign_owners.profits / world.environment.price_level, added


@pytest.mark.parametrize("sector", ["industrial park", "energy", "multisector"])
def test_owners_hardly_ever_take_more_than_their_plants_add(sector):
    """0.65 to 0.9 of it, at prices of the origin, in all but a few futures, in which lending moves beside it."""

    def seen(event):
        return watched(profits_and_yield, event, draws=DRAWS, horizon="2026-12", off=NO_USUAL_PROFITS)

    more = seen(two_billion(sector=sector)) - seen(())
    profits, added = more.reshape(-1, 12, 2, DRAWS).sum(axis=1)[2:].swapaxes(0, 1)
    assert (profits > 0).all()
    assert (profits < added).mean() > 0.99
    assert 0.65 < profits.sum() / added.sum() < 0.9


def test_plants_that_all_fail_neither_sell_nor_pay():
    """Every project fails, with 2 bn more in the park and without: not a dollar of capital, sales abroad or profits."""
    failing = ("world.project_failure", 1.0, "2017-01")
    without, more = (
        simulate(each, draws=DRAWS, horizon="2024-12", off=NO_USUAL_PROFITS)
        for each in (policy(failing), two_billion(failing))
    )
    for name in ("project_capital", "exports_of_residents", "fdi_profits"):
        assert np.abs(more[name] - without[name])[1:].max() == 0.0, name
    assert np.abs(more["fdi_profits"][1:]).max() == 0.0
    assert np.abs(effect("output_gained_by_projects", more, without, 7)).max() < 1e-4
    mostly(effect("fdi_from_china", more, without, 4), +1, share=1.0, strictly=1.0)


def test_half_of_the_plants_that_work_sell_and_pay_half():
    """Half of those that would work fail: half of the sales abroad and of the profits, to the last dollar."""

    def plants(*changes):
        pair = (two_billion(*changes), policy(*changes))
        return [simulate(each, draws=50, horizon="2022-12", off=NO_USUAL_PROFITS) for each in pair]

    (more, base), (harsh, harsh_base) = plants(), plants(("world.project_failure", 0.5, "2017-01"))
    for name in ("exports_of_residents", "fdi_profits"):
        whole, half = effect(name, more, base, 6), effect(name, harsh, harsh_base, 6)
        assert half.mean() == pytest.approx(whole.mean() / 2, rel=0.02), name
