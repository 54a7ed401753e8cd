"""The books open in December with what is known by then, and nothing enters twice or from later."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.world.opening import economy
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


@pytest.mark.parametrize(("origin", "sign"), [("2008-12", -1), ("2014-12", -1), ("2016-12", +1)])
def test_growth_abroad_knows_what_oil_did(origin, sign, monkeypatch):
    """Against the same futures in which oil is not known to have moved within the year."""
    known = world(origin)
    record = type(known.known)
    mean = known.known.value("oil_price_brent")
    real = record.at_month
    monkeypatch.setattr(
        record,
        "at_month",
        lambda self, name, month=None: mean if name == "oil_price_brent_month" else real(self, name, month),
    )
    calm = world(origin)
    for name in ("russia_growth", "eu_growth"):
        moved = getattr(known.environment, name) - getattr(calm.environment, name)
        assert (sign * moved > 0).all(), name


def test_the_jump_of_oil_reaches_trade_once():
    """At the opening exports stand where the last quarter left them and oil has gone since; then only oil of later months."""
    made = world("2014-12")
    exporters, p = made.belarus.exporters, made.parameters.trade
    price = made.known.at_month("oil_price_brent_month")
    months_of_quarter = [made.known.at_month("oil_price_brent_month", made.origin - ago) for ago in range(3)]
    departure = p.momentum * economy.momentum(made.known, "exports_goods.BLR.WLD_month")
    goods = made.opening.trade
    weighted = goods.exports_russia + goods.exports_eu + p.rest_loading * goods.exports_rest
    since = p.common_oil * np.log(price / np.mean(months_of_quarter))
    assert exporters.common == pytest.approx(departure * goods.exports / weighted + since, abs=1e-4)
    made.step()
    own = exporters.common - exporters.common_own - exporters.common_income
    assert own == pytest.approx(p.common_oil * np.log(made.environment.oil / made.environment.base_oil))


@pytest.mark.parametrize(("origin", "series", "sign"), [
    ("2008-12", "exports_goods.BLR.WLD_month", -1),
    ("2010-12", "imports_goods.BLR.WLD_month", +1),
    ("2012-12", "exports_goods.BLR.WLD_month", -1),
])  # fmt: skip
def test_momentum_is_the_last_quarter_against_the_year_beyond_what_is_usual(origin, series, sign):
    known = all_evidence().record.known_at(months.parse(origin))
    found = economy.momentum(known, series)
    year = [
        [known.at_month(series, months.parse(f"{y}-{m:02d}")) for m in range(1, 13)]
        for y in range(known.year - 8, known.year + 1)
    ]
    logs = [np.log(np.mean(each[9:]) / np.mean(each)) for each in year]
    assert found == pytest.approx(logs[-1] - np.mean(logs[:-1]))
    assert sign * found > 0.05


def test_imports_of_december_are_those_of_the_last_quarter():
    made = world("2012-12")
    goods, p = made.opening.trade, made.parameters.trade
    of_year = goods.propensity * made.belarus.base_gdp
    importers = made.belarus.importers
    energy_then = goods.energy * np.exp(p.energy_oil_elasticity * goods.oil_of_quarter)
    wanted = importers.wanted - importers.energy + energy_then
    assert wanted == pytest.approx(of_year * np.exp(p.momentum * goods.imports_momentum))
    expected = importers._goods_by_income()
    assert expected == pytest.approx(importers.wanted - importers.energy)


def test_the_rouble_opens_at_its_december():
    """2011: prices doubled within the year, the dollar cost 1.68 times its mean of the year in December; 2014: hardly any."""
    for origin, low, high in (("2011-12", -0.25, -0.12), ("2014-12", -0.05, 0.05), ("2015-12", -0.15, -0.04)):
        made = world(origin)
        jump = made.belarus.exchange_rate - made.belarus.base_exchange_rate
        assert ((low < jump) & (jump < high)).all(), origin
        assert np.log(made.belarus.gdp / made.belarus.base_gdp) == pytest.approx(jump)


def test_nothing_of_a_later_month_can_enter_an_opening():
    known = all_evidence().record.known_at(months.parse("2014-12"))
    assert known.at_month("oil_price_brent_month") == 62.33
    with pytest.raises(KeyError, match="known at 2014-12"):
        known.at_month("oil_price_brent_month", months.parse("2015-01"))
