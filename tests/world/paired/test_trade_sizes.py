"""Sizes of trade: what oil, a common factor and lasting shocks do to it, in whole worlds."""

import numpy as np
import pytest

from sinobel.world.rules import economy
from tests.world.paired.worlds import make, simulate


def elasticity(found, name, year):
    """Median of the log change of an indicator per log change of oil, from a world at 50 to one at 100 USD."""
    low, high = found
    return float(np.median(np.log(high[name][year] / low[name][year]) / np.log(2.0)))


def test_oil_moves_chinese_imports_through_income_alone():
    """The record has 0.2 or so; China's share once multiplied the energy bill as well, which made 0.5 of it.

    Income: a fifth to two fifths of oil reaches dollar GDP and exports. Energy itself is no Chinese good, so all imports
    move more.
    """
    found = [simulate([("world.oil_price", price, "2018-01")], draws=200, horizon="2020-12") for price in (50.0, 100.0)]
    china, all_goods = (elasticity(found, name, 2) for name in ("imports_from_china", "total_imports"))
    assert 0.05 < china < 0.40
    assert china < all_goods


def test_exports_to_russia_and_the_eu_share_oil_and_little_else():
    """Within a future yearly changes correlate by 0.2 to 0.6; 1996-2016 has 0.36, and 0.04 of what oil leaves.

    With a factor that moves both alike it was 0.7.
    """

    def together(off):
        found = simulate(draws=400, horizon="2023-12", off=off)
        changes = [np.diff(np.log(found[name]), axis=0) for name in ("exports_to_russia", "exports_to_eu")]
        russia, eu = (each - each.mean(axis=0) for each in changes)
        return np.median((russia * eu).sum(axis=0) / np.sqrt((russia**2).sum(axis=0) * (eu**2).sum(axis=0)))

    assert 0.2 < together({}) < 0.6
    assert together({"trade.eu_loading": 1.0, "trade.eu_orders_spread": 0.0, "trade.eu_share_spread": 0.1}) > 0.6


def test_exports_to_russia_follow_oil_with_the_rouble():
    """Changes of years answer the oil of the year by 0.3 to 0.6; the record of 1996-2016 has 0.44, standard error 0.17."""

    def slope(found):
        russia, oil = (np.diff(np.log(found[name]), axis=0) for name in ("exports_to_russia", "oil_price"))
        oil = oil - oil.mean(axis=0)
        return np.median((russia * oil).sum(axis=0) / (oil**2).sum(axis=0))

    assert 0.3 < slope(simulate(draws=400)) < 0.6
    assert slope(simulate(draws=400, off={"trade.rouble_oil": 0.0})) < 0.3


def test_a_fall_of_the_rouble_by_itself_takes_exports_to_russia_alone():
    """The same futures without its own shocks: exports to Russia differ by a tenth in a typical year, to the EU hardly."""
    off = {"trade.rouble_spread": 0.0}
    found, calm = simulate(draws=200, horizon="2020-12"), simulate(draws=200, horizon="2020-12", off=off)

    def apart(name):
        return np.median(np.abs(np.log(found[name][2:] / calm[name][2:])))

    assert 0.03 < apart("exports_to_russia") < 0.15
    assert apart("exports_to_eu") < 0.2 * apart("exports_to_russia")


def test_orders_of_the_union_come_and_go():
    """Changes that oil leaves follow the year before with less than shares alone make of them; they are larger."""

    def apart(off):
        found = simulate(draws=400, horizon="2023-12", off=off | {"trade.common_oil": 0.0, "oil.runs_spread": 0.0})
        changes = np.diff(np.log(found["exports_to_eu"] - found["oil_products_to_eu"]), axis=0)
        changes = changes - changes.mean(axis=0)
        return np.median(changes.std(axis=0)), np.corrcoef(changes[1:].ravel(), changes[:-1].ravel())[0, 1]

    (size, follows), (slow_size, slowly) = apart({}), apart({"trade.eu_orders_spread": 0.0})
    assert size > 1.3 * slow_size
    assert follows < slowly - 0.02


def test_oil_products_swing_apart_from_oil():
    """Rules of Russia move what is refined for export by more than a tenth a year, as in 2010-13."""

    def apart(found):
        volume = np.diff(np.log(found["oil_product_exports"] / found["oil_price"]), axis=0)
        return np.median(volume.std(axis=0, ddof=1))

    assert apart(simulate(draws=200)) > 0.10
    assert apart(simulate(draws=200, off={"oil.runs_spread": 0.08})) < 0.10


def test_shares_of_partners_return():
    """From any distance the median share of the EU is half-way back within three to four years."""
    calm = {"trade.eu_share_spread": 0.0, "trade.russia_share_spread": 0.0, "trade.rest_share_spread": 0.0}
    world = make(draws=50, horizon="2023-12", off=calm | {"trade.share_anchor": 0.0})
    exporters = world.belarus.exporters
    start = exporters.eu_swing.copy()
    assert (start < -0.3).all()  # 0.19 of exports in 2016, 0.31 in ten years
    halves = np.full(50, np.inf)
    while world.running:
        world.step()
        halves = np.where((exporters.eu_swing > start / 2) & np.isinf(halves), world.month - world.origin, halves)
    assert ((halves >= 35) & (halves <= 49)).all()


def test_exports_to_the_eu_stay_within_a_range_of_experience():
    """After 14 years their log spreads by 0.3 to 0.65: the aim is 0.6, 0.62 was measured with an error of 0.025.

    Independent walks once made 1.1; a fan of less than 0.3 would be narrower than the record's own changes.
    """
    found = simulate(draws=400, horizon="2030-12")
    assert 0.3 < np.std(np.log(found["exports_to_eu"][-1])) <= 0.65


def test_shocks_to_the_chinese_share_last():
    """Yearly changes of the share follow each other like those of a walk, +0.25; the record has +0.26 in 1997-2016."""
    off = {"trade.china_share_speed": 0.0}
    found = simulate(draws=400, horizon="2024-12", off=off)
    share = found["ordinary_imports_from_china"] / (found["total_imports"] - found["tied_imports"])
    changes = np.diff(np.log(share), axis=0)
    together = np.corrcoef(changes[1:].ravel(), changes[:-1].ravel())[0, 1]
    assert together > 0.0


def test_more_exports_do_not_strengthen_the_rouble():
    """A pull of exports on the rate had the sign of the years that were asked; now access to the EU leaves it alone."""
    changes = [("eu.market_access", 1.0, "2018-01")]
    free, open_ = simulate(draws=100, horizon="2019-12"), simulate(changes, draws=100, horizon="2019-12")
    assert np.median(open_["exports_to_eu"][2] / free["exports_to_eu"][2]) > 1.02
    assert np.median(np.abs(open_["real_exchange_rate_gap"][2] - free["real_exchange_rate_gap"][2])) < 0.01


def test_potash_moved_to_other_markets_is_no_free_lunch():
    """A fifth of the Chinese tonnes looks for new buyers, at a discount: less is earned, not more."""
    changes = [("belarus.potash_market_diversification", 0.2, "2018-01")]
    free, moved = simulate(draws=200, horizon="2020-12"), simulate(changes, draws=200, horizon="2020-12")
    assert np.median(moved["potash_revenue"][3] - free["potash_revenue"][3]) < 0
    cheap = simulate(
        changes, draws=200, horizon="2020-12", off={"potash.diversified_discount": 0.0, "potash.diversified_sales": 1.0}
    )
    plain = simulate(
        draws=200, horizon="2020-12", off={"potash.diversified_discount": 0.0, "potash.diversified_sales": 1.0}
    )
    assert np.median(cheap["potash_revenue"][3] - plain["potash_revenue"][3]) > np.median(
        moved["potash_revenue"][3] - free["potash_revenue"][3]
    )


def test_oil_that_only_keeps_its_worth_does_not_move_the_rouble(monkeypatch):
    """The level oil returns to rises with dollar prices; against the level of the origin the rouble drifted up with them."""
    seen, rule = [], economy.exchange_rate_target

    def listening(*, oil_pull, oil_gap):
        seen.append(oil_gap)
        return rule(oil_pull=oil_pull, oil_gap=oil_gap)

    monkeypatch.setattr(economy, "exchange_rate_target", listening)
    world = make(draws=20, horizon="2027-12")
    while world.running:
        world.step()
    environment = world.environment
    environment.oil = environment.oil_mean * environment.price_level
    world.belarus._reprice()
    assert np.max(np.abs(seen[-1])) < 1e-12


def test_potash_calls_for_no_imported_parts():
    """Twice the potash takes nothing more from abroad by itself; twice the other goods sold in China do."""
    world = make(draws=20)
    country = world.belarus
    before = country.importers._goods_by_income()
    country.belaruskali.rest_revenue = 2 * country.belaruskali.rest_revenue
    assert country.importers._goods_by_income() == pytest.approx(before)
    country.exporters.china_goods = 2 * country.exporters.china_goods
    assert (country.importers._goods_by_income() > before).all()


def test_output_goes_with_cycles_of_exports():
    """Growth answers a change of exports by more than 0.02 (0.03 to 0.04 was measured, where the record has 0.13).

    Without a multiplier it does not answer at all.
    """

    def slope(off):
        found = simulate(draws=400, off=off | {"finance.growth_russia": 0.0, "finance.potash_multiplier": 0.0})
        growth, russia = found["gdp_growth"][1:] / 100, np.diff(np.log(found["exports_to_russia"]), axis=0)
        russia = russia - russia.mean(axis=0)
        return np.median((growth * russia).sum(axis=0) / (russia**2).sum(axis=0))

    assert slope({}) > 0.02
    assert abs(slope({"finance.export_multiplier": 0.0})) < 0.01


LEVERS_OF_EXPORTS = {
    "diversification": [("belarus.export_diversification", 1.0, "2017-01")],
    "access to the EU": [("eu.market_access", 1.0, "2017-01")],
    "the directive": [("belarus.export_drive", 1.0, "2017-01")],
    "free trade": [("china.fta_with_eeu", True, "2017-01")],
    "transit": [("belarus.transit_push", 1.0, "2017-01")],
    "demand for transit": [("eu.transit_demand", 1.5, "2017-01")],
}


@pytest.mark.parametrize("name", LEVERS_OF_EXPORTS)
def test_exports_that_a_lever_adds_carry_output(name):
    """After years in which output follows, as much as the multiplier makes of what they add over GDP, within a third."""
    rows = []
    for changes in (LEVERS_OF_EXPORTS[name], []):
        world = make(changes, draws=100, horizon="2022-12")
        while world.running:
            world.step()
        p, country = world.parameters.finance, world.belarus
        gdp_at_origin_rate = country.gdp / np.exp(country.exchange_rate - country.base_exchange_rate)
        rows.append(
            (country.carried_by_exports, p.export_multiplier * country.exporters.beyond_usual / gdp_at_origin_rate)
        )
        world.close()
    found, due = rows[0][0] - rows[1][0], rows[0][1] - rows[1][1]
    assert (found > 0).mean() > 0.9
    assert np.median(found) == pytest.approx(np.median(due), rel=1 / 3)


def test_exports_won_by_a_devaluation_or_by_reform_carry_no_output_of_their_own():
    """A devaluation takes as much at home, and what reform gains has its exports inside."""
    found = []
    for changes, weaker in (([], 0.0), ([], 0.3), ([("belarus.reform", 1.0, "2017-01")], 0.0)):
        world = make(changes, draws=20)
        for _ in range(12):
            world.step()
        country, exporters = world.belarus, world.belarus.exporters
        country.exchange_rate = country.exchange_rate - weaker
        exporters.sell()
        gains = (exporters.china_gain, exporters.eu_gain, exporters.rest_gain)
        found.append((country.government.months_since_devaluation, exporters.china_goods, *gains))
    for other in found[1:]:
        alike = other[0] == found[0][0]  # no devaluation was spared
        assert alike.mean() > 0.8
        assert (other[1] > found[0][1])[alike].all()
        for ours, usual in zip(other[2:], found[0][2:], strict=True):
            assert ours == pytest.approx(usual)


def test_oil_that_keeps_its_worth_is_no_cycle_of_exports_and_opens_no_purse():
    """Dollar prices alone, twice those of the origin: no export cycle, Russian lending and gas at twice the dollars."""
    world = make(draws=20)
    world.step()
    env, country = world.environment, world.belarus
    env.oil = env.base_oil
    found = []
    for level in (1.0, 2.0):
        env.price_level, env.oil = world.full(level), level * env.base_oil
        world.russia.government.decide_support()
        world.russia.government.bid(world.full(1.0), world.full(1.0))
        country.refineries.refine()
        country.importers._order_energy()
        gas = country.importers.energy - country.refineries.crude_bill
        found.append((country.exporters.common, world.russia.government.lending / level, gas / level))
    for before, after in zip(*found, strict=True):
        assert after == pytest.approx(before)
