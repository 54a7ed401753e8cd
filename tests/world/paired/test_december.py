"""The books open in December with what is known by then, and nothing enters twice or from later."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.world.opening.within_a_year import momentum
from sinobel.world.world import World

DECEMBER = {"2008-12": 41.58, "2014-12": 62.33, "2016-12": 54.07}
"""Price of Brent in the World Bank's monthly table, USD a barrel."""


def world(origin, draws=400, **more):
    horizon = months.label(months.parse(origin) + 12)
    return World(draws=draws, seed=5, origin=origin, horizon=horizon, parameters="prior", collect=False, **more)


@pytest.mark.parametrize(("origin", "price"), DECEMBER.items())
def test_oil_goes_on_from_its_december(origin, price):
    made = world(origin)
    assert made.environment.simulated_oil == pytest.approx(price, abs=0.005)
    made.step()
    middle = float(np.median(made.environment.oil))
    assert abs(np.log(middle / price)) < 0.04  # a month returns little of the gap, and errors cancel in the median


LAST_QUARTERS = {"2008-12": (-1.558, -2.016), "2014-12": (-0.081, 1.689), "2016-12": (1.173, 2.144)}
"""Growth of Russia and of the EU in the last quarter over the year before, in percent; of the years it was 5.2 and 0.5,
0.7 and 1.7, 0.2 and 2.0."""


@pytest.mark.parametrize(("origin", "growth"), LAST_QUARTERS.items())
def test_growth_abroad_goes_on_from_its_last_quarter(origin, growth):
    """A twentieth of the gap to the mean has gone since the middle of the quarter, and chance has less than half its say."""
    made = world(origin, draws=4000)
    env, p = made.environment, made.parameters.environment
    for seen, level, usual, spread in (
        (growth[0], env.russia_growth, p.russia_growth, p.russia_growth_spread),
        (growth[1], env.eu_growth, p.eu_growth, p.eu_growth_spread),
    ):
        expected = seen + 0.045 * (usual.mean() - seen)
        assert level.mean() == pytest.approx(expected, abs=0.09)
        assert 0.2 * spread.mean() < level.std() < 0.5 * spread.mean()


def test_half_of_the_futures_leave_oil_where_it_is_in_real_terms():
    made = world("2014-12", draws=4000)
    made.step()
    env = made.environment
    stays = env.oil_speed == 0
    assert stays.mean() == pytest.approx(0.5, abs=0.03)
    assert (env.oil_speed[~stays] > 0).all()
    drift = np.log(env.simulated_oil / 62.33) - made.parameters.finance.dollar_inflation / 12
    shock = made.shocks.normal("environment.oil")[0] * made.parameters.environment.oil_volatility / np.sqrt(12)
    assert drift[stays] == pytest.approx(shock[stays])
    assert ((drift - shock)[~stays] > 0).all()  # the mean of ten years lay above


def test_the_jump_of_oil_reaches_trade_once():
    """At the opening exports stand where the last quarter left them and oil has gone since; then only oil of later months.

    What oil leaves of the departure is spread over all that may have made it, and adds up.
    """
    made = world("2014-12")
    exporters, p = made.belarus.exporters, made.parameters.trade
    price = made.known.at_month("oil_price_brent_month")
    months_of_quarter = [made.known.at_month("oil_price_brent_month", made.origin - ago) for ago in range(3)]
    goods = made.opening.trade
    usual = made.parameters.environment
    drift = p.export_price_trend + made.parameters.finance.dollar_inflation - 0.0175
    growth = {
        "russia": p.common_income * usual.russia_growth / 100 + drift,
        "eu": p.eu_income * usual.eu_growth / 100 + drift,
        "rest": p.rest_income * (usual.eu_growth + usual.china_growth) / 200 + drift,
    }
    ordinary = sum(rate * getattr(goods, f"exports_{partner}") for partner, rate in growth.items()) * 4.5 / 12
    known = momentum(made.known, "exports_goods.BLR.WLD_month") * goods.exports
    departure = known - ordinary
    products = (goods.products_eu + goods.products_rest) * goods.oil_of_quarter  # they went with oil, one for one
    rest = p.rest_loading * goods.exports_rest
    of_oil = p.common_oil * (goods.exports_russia + goods.exports_eu + rest) * goods.oil_of_quarter
    parts = {name: each for name, each in goods.departures.items() if name not in ("common", "products")}
    volumes = {
        "RUS": goods.exports_russia,
        "EU": goods.exports_eu,
        "orders": goods.exports_eu,
        "rest": goods.exports_rest,
    }
    factor = goods.departures["common"] * (goods.exports_russia + p.eu_loading * goods.exports_eu + rest)
    refined = goods.departures["products"] * (goods.products_eu + goods.products_rest)
    chance = sum(parts[name] * volumes[name] for name in parts) + factor + refined
    of_rouble = p.rouble_exports * goods.exports_russia * goods.rouble["quarter"]
    assert chance == pytest.approx(p.momentum * (departure - products - of_oil - of_rouble))
    since = p.common_oil * np.log(price / np.mean(months_of_quarter))
    oil_of_quarter = p.common_oil * goods.oil_of_quarter
    assert exporters.common == pytest.approx(goods.departures["common"] + oil_of_quarter + since, abs=1e-4)
    assert made.belarus.refineries.swing == pytest.approx(goods.departures["products"])
    assert (exporters.eu_orders == goods.departures["orders"]).all()
    for partner, rate in growth.items():  # what has come by growth is in the path and stays
        assert getattr(exporters, f"{partner}_path") == pytest.approx(rate * 5.5 / 12)
    made.step()
    own = exporters.common - exporters.common_own
    assert own == pytest.approx(p.common_oil * np.log(made.environment.real_oil / made.environment.base_oil))


@pytest.mark.parametrize(("origin", "december", "quarter"), [
    ("2008-12", np.log(24.86 / 28.13), np.log(24.86 / 27.28)),
    ("2014-12", np.log(38.47 / 55.77), np.log(38.47 / 47.59)),
])  # fmt: skip
def test_exports_to_russia_open_at_the_rouble_of_december(origin, december, quarter):
    """The dollar rose from 24.9 roubles to 28.1 in 2008 and from 38.5 to 55.8 in 2014; Russian prices rose beside it."""
    made = world(origin)
    exporters, p, rouble = made.belarus.exporters, made.parameters.trade, made.opening.trade.rouble
    assert rouble["december"] - p.rouble_inflation * 11 / 24 == pytest.approx(december, abs=0.002)
    assert rouble["quarter"] - p.rouble_inflation * 4.5 / 12 == pytest.approx(quarter, abs=0.002)
    assert exporters.rouble == pytest.approx(p.rouble_exports * rouble["december"])
    path = exporters.russia_path + exporters.common + exporters.russia_swing
    assert np.log(exporters.russia / exporters.russia_base) - path == pytest.approx(exporters.rouble)


def test_solvents_that_end_are_no_slump_in_russia():
    """2012: exports fell by a quarter below the usual in the last months. Oil products and the EU bear much of it."""
    made = world("2012-12")
    goods = made.opening.trade
    departures = {name: float(np.median(each)) for name, each in goods.departures.items()}
    assert all(each < 0 for each in departures.values())
    assert departures["products"] < -0.05
    assert departures["orders"] + departures["EU"] < 3 * departures["RUS"]
    refined = made.belarus.refineries
    fewer = refined.to_eu / goods.products_eu * made.environment.base_oil / made.environment.oil
    assert fewer == pytest.approx(np.exp(goods.departures["products"]))
    assert (refined.crude < refined.base_crude).all()


@pytest.mark.parametrize(("origin", "series", "sign"), [
    ("2008-12", "exports_goods.BLR.WLD_month", -1),
    ("2010-12", "imports_goods.BLR.WLD_month", +1),
    ("2012-12", "exports_goods.BLR.WLD_month", -1),
])  # fmt: skip
def test_momentum_is_the_last_quarter_against_the_year_without_the_season(origin, series, sign):
    known = all_evidence().record.known_at(months.parse(origin))
    found = momentum(known, series)
    first = 12 * (known.year - 8)
    values = np.array([known.at_month(series, month) for month in range(first, 12 * known.year + 12)])
    centered = (np.convolve(values, np.ones(12), "valid")[1:] + np.convolve(values, np.ones(12), "valid")[:-1]) / 24
    seasons = []
    for year in range(8):
        quarter = slice(12 * year + 9, 12 * year + 12)
        seasons.append(np.log(values[quarter].sum() / centered[quarter.start - 6 : quarter.stop - 6].sum()))
    assert found == pytest.approx(np.log(values[-3:].mean() / values[-12:].mean()) - np.mean(seasons))
    assert sign * found > 0.05


@pytest.mark.parametrize("growth", [0.0, 0.12])
def test_the_season_goes_and_growth_stays(growth):
    """Trade with a high December that grows by so much a year stands 4.5 months of growth above the year's mean."""

    class Known:
        year = 2012

        @staticmethod
        def at_month(_series, month):
            if month > 12 * 2012 + 11:
                raise KeyError(month)
            return (
                np.exp(growth * month / 12) * (1.0, 1.0, 0.9, 1.0, 1.0, 0.9, 1.0, 1.0, 1.0, 1.05, 1.05, 1.3)[month % 12]
            )

    assert momentum(Known(), "any") == pytest.approx(growth * 4.5 / 12, abs=0.002)


def test_imports_of_december_are_the_year_with_ordinary_growth_and_what_the_last_quarter_tells():
    made = world("2012-12")
    goods, p = made.opening.trade, made.parameters.trade
    of_year = goods.propensity * made.belarus.base_gdp
    importers = made.belarus.importers
    oil, refined = made.parameters.oil, made.belarus.refineries.crude / made.belarus.refineries.base_crude
    crude = made.parameters.oil.crude_share * goods.energy
    subsidy = importers.opening_subsidy
    dearer = np.exp(goods.oil_of_quarter)
    gas = (goods.energy - crude + subsidy) * dearer**oil.gas_oil_elasticity - subsidy * dearer
    energy_then = crude * refined * np.exp(goods.oil_of_quarter) + gas
    wanted = importers.wanted - importers.energy + energy_then
    ordinary = np.log1p(made.parameters.finance.trend_growth / 100) + made.parameters.finance.dollar_inflation
    beyond = p.momentum * (goods.imports_momentum - ordinary * 4.5 / 12)
    assert wanted == pytest.approx(of_year * np.exp(ordinary * 5.5 / 12 + beyond))
    expected = importers._goods_by_income()
    assert expected == pytest.approx(importers.wanted - importers.energy)


def test_the_rouble_opens_at_its_december():
    """2011: prices doubled within the year, the dollar cost 1.68 times its mean of the year in December; 2014: hardly any."""
    for origin, low, high in (("2011-12", -0.25, -0.12), ("2014-12", -0.05, 0.05), ("2015-12", -0.15, -0.04)):
        made = world(origin)
        jump = made.belarus.exchange_rate - made.belarus.base_exchange_rate
        assert ((low < jump) & (jump < high)).all(), origin


@pytest.mark.parametrize("origin", ["2010-12", "2015-12"])
def test_dollar_output_opens_half_a_year_after_the_middle_of_its_year(origin):
    """December stands 5.5 months after the middle of the year, and so do its output and its prices.

    Where the mean of the year opened, a year that grew by 7.7 % passed on 3.5 % too little, for good.
    """
    made = world(origin, draws=4000)
    grown = np.log1p(made.known.value("gdp_growth.BLR") / 100) * 5.5 / 12
    prices = made.parameters.finance.dollar_inflation * 5.5 / 12
    jump = made.belarus.exchange_rate - made.belarus.base_exchange_rate
    output = made.belarus.output
    assert np.log(made.belarus.gdp / made.belarus.base_gdp) == pytest.approx(jump + output + prices)
    assert output.mean() == pytest.approx(grown, abs=0.005)  # a tenth of a gap to the usual pace has closed by then
    assert 0.003 < output.std() < 0.010


def test_nothing_of_a_later_month_can_enter_an_opening():
    known = all_evidence().record.known_at(months.parse("2014-12"))
    assert known.at_month("oil_price_brent_month") == 62.33
    with pytest.raises(KeyError, match="known at 2014-12"):
        known.at_month("oil_price_brent_month", months.parse("2015-01"))
