"""Rules of the bargain over a contract with China, against values worked out by hand."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from sinobel.world.rules import potash_contract


def test_reach_is_counted_in_half_years():
    assert potash_contract.reach(ahead=np.array([6.0, 3.0])) == pytest.approx([1.0, 0.5])


def test_buyers_outlook_is_a_part_of_the_trend_within_limits():
    """0.6 of a fall of 0.2 is -0.12; beyond 0.5 a trend counts as 0.5."""
    outlook = potash_contract.buyers_outlook(price_rise=np.array([-0.2, 0.1, 0.9, -0.9]), largest=0.5, weight=0.6)
    assert outlook == pytest.approx([-0.12, 0.06, 0.3, -0.3])


def test_hoped_part_approaches_a_level():
    """Three quarters within half a year are half within a quarter, since half of what is left comes in each."""
    part = potash_contract.hoped_part(weight=np.array([0.75, 0.75, 1.0, 0.0]), reach=np.array([0.5, 1.0, 0.5, 0.5]))
    assert part == pytest.approx([0.5, 0.75, 1.0, 0.0])


def test_sellers_hope_is_part_of_the_way_back_and_fades():
    """From 240 back to 300 is a quarter of 240; half of it 0.125; after as many months as memory has 1/e of that."""
    hope = potash_contract.sellers_hope(
        remembered=300.0, spot=240.0, weight=0.5, waited=np.array([0.0, 6.0]), memory=6.0
    )
    assert hope == pytest.approx([0.125, 0.0459849], abs=1e-6)
    assert potash_contract.sellers_hope(remembered=240.0, spot=300.0, weight=0.5, waited=0.0, memory=6.0) == 0.0


def test_buyers_delay_falls_with_stocks_and_patience():
    """0.1 on target; twice the target with an elasticity of 1 halves it, half of it doubles it; four times the patience a quarter."""
    delay = potash_contract.buyers_delay(
        usual=0.1, largest=0.25, stock_ratio=np.array([1.0, 2.0, 0.5, 0.01, 0.0]), ports_weight=1.0, patience=1.0
    )
    assert delay == pytest.approx([0.1, 0.05, 0.2, 0.25, 0.25])
    assert potash_contract.buyers_delay(
        usual=0.1, largest=0.25, stock_ratio=1.0, ports_weight=1.0, patience=4.0
    ) == pytest.approx(0.025)


def test_delay_in_talks_counts_no_more_than_what_spot_does_not_supply():
    """Where 0.7 are supplied, three tenths of what a month costs in which nothing is bought."""
    assert potash_contract.delay_in_talks(closed=np.array([0.05, 0.3]), supplied=0.7) == pytest.approx([0.015, 0.09])


def test_sellers_delay_is_the_margin_on_what_is_lost():
    """0.9 not shipped, half of it never, four fifths of that nowhere else: 0.36; a margin of 0.4 gives 0.144, pressed 0.288."""

    def delay(**changed):
        usual = {"spot": 250.0, "cost": 150.0, "shipped": 0.1, "recovered": 0.5, "diverted": 0.2, "pressure": 1.0}
        usual["following"] = False
        return potash_contract.sellers_delay(**(usual | changed))

    assert delay() == pytest.approx(0.144)
    assert delay(pressure=2.0) == pytest.approx(0.288)
    assert delay(shipped=0.55) == pytest.approx(0.072)
    assert delay(recovered=0.0) == pytest.approx(0.288)
    assert delay(following=True) == pytest.approx(0.288), "what another ships is not made up for"
    assert delay(diverted=0.6) == pytest.approx(0.072)
    assert delay(cost=300.0) == 0.0


def test_avoidable_cost_is_a_part_of_cash_cost_and_all_of_freight():
    """Half of 100 and 60 on the way."""
    assert potash_contract.avoidable_cost(cost=100.0, part=0.5, freight=60.0) == pytest.approx(110.0)


def test_pressure_to_settle_grows_with_need_and_with_the_weight_of_china():
    """Half a need with weight 1.2 adds 0.6; a share of sales doubled with elasticity 0.5 is 1.414214."""

    def pressure(need, share, stake=0.0):
        return potash_contract.pressure_to_settle(
            cash_need=need,
            need_weight=1.2,
            china_share=share,
            usual_share=0.2,
            largest_change=3.0,
            outlet_weight=0.5,
            stake=stake,
            stake_weight=2.0,
        )

    assert pressure(0.0, 0.2) == pytest.approx(1.0)
    assert pressure(0.5, 0.2) == pytest.approx(1.6)
    assert pressure(0.5, 0.4) == pytest.approx(1.6 * 1.414214, abs=1e-6)
    assert pressure(0.5, 0.2, stake=0.25) == pytest.approx(2.4)
    assert pressure(0.0, 0.9) == pytest.approx(3.0**0.5)
    assert pressure(0.0, 0.0) == pytest.approx(3.0**-0.5)


def test_least_price_is_hope_less_delay_and_never_below_cost():
    """300 * (1 + 0.1 - 0.5 * 0.2 - 0.02) = 294; without hope 264; a cost of 280 holds."""

    def least(hope, cost=100.0):
        return potash_contract.least_price(spot=300.0, hope=hope, delay=0.2, span=0.5, leading=0.02, cost=cost)

    assert least(0.1) == pytest.approx(294.0)
    assert least(0.0) == pytest.approx(264.0)
    assert least(0.0, cost=280.0) == pytest.approx(280.0)


def test_highest_price_is_outlook_and_delay_and_above_spot_a_part_of_them():
    """300 * (1 - 0.1 + 0.5 * 0.1) = 285, with a view of -0.02 279; of a rise of 0.05 spot supplies 0.6: 300 * 1.07 = 321."""

    def highest(outlook, view=0.0):
        return potash_contract.highest_price(spot=300.0, outlook=outlook, view=view, delay=0.1, span=0.5, supplied=0.6)

    assert highest(-0.1) == pytest.approx(285.0)
    assert highest(-0.1, view=-0.02) == pytest.approx(279.0)
    assert highest(0.05) == pytest.approx(321.0)


def offered(sellers_delay=0.3, buyers_delay=0.1, least=280.0, highest=300.0):
    return potash_contract.offered_price(
        least=least, highest=highest, sellers_delay=sellers_delay, buyers_delay=buyers_delay
    )


def test_offered_price_gives_more_to_whom_waiting_costs_less():
    """The seller waits at three times the buyers' cost: it gets a quarter of 20."""
    assert offered() == pytest.approx(285.0)
    assert offered(sellers_delay=0.1) == pytest.approx(290.0)


@given(st.floats(0.0, 5.0), st.floats(1e-6, 5.0), st.floats(10.0, 1000.0), st.floats(0.0, 1000.0))
def test_an_offer_lies_between_the_reservation_prices(sellers_delay, buyers_delay, least, more):
    price = offered(sellers_delay, buyers_delay, least, least + more)
    assert least * (1 - 1e-12) <= price <= (least + more) * (1 + 1e-12)


def test_private_view_is_a_quantal_response():
    """It has the deviation it is given; half of all sellers see more than nothing, and 0.731059 less than one log odd."""
    chance = (np.arange(100_000) + 0.5) / 100_000
    view = potash_contract.private_view(chance=chance, deviation=0.03)
    assert view.std() == pytest.approx(0.03, rel=1e-3)
    assert (view < 0.03 / 1.813799).mean() == pytest.approx(0.731059, abs=1e-4)


def test_gain_of_leading_is_the_margin_on_tonnes_won_and_not_lost():
    """Twice 5 % of volume at a margin of 0.4 is 4 % of the contract; nothing without a margin."""
    gain = potash_contract.gain_of_leading(spot=250.0, cost=np.array([150.0, 260.0]), volume=0.05)
    assert gain == pytest.approx([0.04, 0.0])


def test_cash_cost_follows_the_rouble_by_what_is_paid_in_roubles():
    """A real rate 0.2 lower than in 2016 with half the cost in roubles: 100 exp(-0.1) = 90.4837."""
    assert potash_contract.cash_cost(
        base=100.0, real_exchange_rate=0.1, base_exchange_rate=0.3, pass_through=0.5
    ) == pytest.approx(90.4837, abs=1e-4)
    assert potash_contract.cash_cost(
        base=100.0, real_exchange_rate=0.3, base_exchange_rate=0.3, pass_through=0.5
    ) == pytest.approx(100.0)
