"""The books open in December with what is known by then, and nothing enters twice or from later."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
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


def test_the_jump_reaches_trade_once():
    """Exports to Russia after a year move with oil from the year's mean to now, whatever part of it December knew."""
    made = world("2014-12")
    mean = made.known.value("oil_price_brent")
    passed = 0.0
    while made.running:
        made.step()
        passed = passed + made.environment.oil_change
    assert passed == pytest.approx(np.log(made.environment.oil / mean))


def test_nothing_of_a_later_month_can_enter_an_opening():
    known = all_evidence().record.known_at(months.parse("2014-12"))
    assert known.at_month("oil_price_brent_month") == 62.33
    with pytest.raises(KeyError, match="known at 2014-12"):
        known.at_month("oil_price_brent_month", months.parse("2015-01"))
