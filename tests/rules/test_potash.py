"""Rules of the potash market against values worked out by hand or by another method."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinobel.rules import potash

SHARES = st.floats(0, 1)


def test_a_contract_ratifies_spot_less_the_discount_and_never_falls_below_cost():
    assert potash.contract_price(300.0, 0.06, 0.0, 0.0, 100.0, 35.0) == pytest.approx(282.0)
    assert potash.contract_price(100.0, 0.06, 0.0, 0.0, 100.0, 35.0) == 135.0


@pytest.mark.parametrize("wait", [1.0, 4.0, 9.0])
def test_waits_last_as_long_as_expected(wait):
    months = np.arange(1.0, 200.0)
    chance = potash.chance_to_settle(months, wait, False, 1.0)
    unsigned = np.cumprod(1 - chance)
    mean = 1 + unsigned.sum()  # in whole months, which lie half a month above the time itself
    assert mean - 0.5 == pytest.approx(wait, abs=0.1)


def test_a_closed_market_never_signs():
    assert potash.chance_to_settle(5.0, 1.0, True, 1.0) == 0.0


def test_waits_are_long_when_the_price_falls_and_short_when_it_rises():
    waits = potash.expected_wait(np.array([-0.4, 0.0, 0.4]), 6.0, 1.0, 0.08, 1.0, 1.0)
    assert waits[0] == pytest.approx(6.0, abs=0.1)
    assert waits[1] == pytest.approx(3.5)
    assert waits[2] == pytest.approx(1.0, abs=0.1)


@given(normal=st.floats(1, 300), backlog=st.floats(0, 1000), carry=st.floats(0, 6), floor=SHARES, recovered=SHARES,
       waited=st.integers(0, 20))  # fmt: skip
def test_tonnage_not_shipped_is_backlog_and_backlog_never_falls_below_zero(
    normal, backlog, carry, floor, recovered, waited
):
    shipped, left = potash.shipment_to_china(normal, waited == 0, waited, carry, floor, backlog, recovered, 6.0)
    assert left >= 0
    if waited:
        assert shipped + (left - backlog) == pytest.approx(normal)
    else:
        assert shipped == pytest.approx(normal + recovered * backlog / 6)


@given(sales=st.floats(0, 900), expected=st.floats(0, 900), stock=st.floats(0, 3000), capacity=st.floats(100, 900))
def test_the_mine_never_sells_what_it_has_not(sales, expected, stock, capacity):
    output = potash.mine_output(expected, stock, capacity, 1.0, 3.0, min(sales, stock + capacity))
    assert output >= 0
    assert output <= capacity * (1 + 1e-9)
    assert stock + output - min(sales, stock + capacity) >= -1e-6


def test_elasticities_are_elasticities():
    at = [potash.rest_of_world_demand(1000, 0.0, 0, 1.0, 0.4, price, 0.2, 0.0, 0.3) for price in (300.0, 303.0)]
    assert np.log(at[1] / at[0]) / np.log(1.01) == pytest.approx(-0.2)
    at = [potash.chinese_use(1000, 0.0, 0, crops, 0.4, 250.0, 0.2) for crops in (1.0, 1.01)]
    assert np.log(at[1] / at[0]) / np.log(1.01) == pytest.approx(0.2)


def test_spot_comes_to_rest_where_tightness_puts_it():
    log_spot = np.log(500.0)
    for _ in range(300):
        log_spot += potash.spot_change(log_spot, np.log(200.0), 0.0, 0.2, 0.5, 0.0, 0.2, 0.25, 0.85, 0.0, 0.4, 0.0)
    assert log_spot == pytest.approx(np.log(200.0) + 0.25 * -np.log(0.15))


def test_a_cartel_holds_up_a_fall():
    def fall(cartel):
        return potash.spot_change(6.0, np.log(200.0), cartel, 0.0, 0.5, 0.0, 0.2, 0.25, 0.8, 0.2, 0.4, 0.0)

    assert fall(1.0) == pytest.approx(fall(0.0) / 2, rel=0.3)
    assert fall(0.0) < fall(1.0) < 0
