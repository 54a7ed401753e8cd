"""Rules of shipments, the mines and what potash earns, against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import potash_shipments

SHARES = st.floats(0, 1)


def ship(months_waited, backlog=0.0, carry_over=1.5, normal=100.0, *, begun=None, closed=False, let_in=25.0):
    """Shipment and backlog with a floor of 0.2; 0.6 of a backlog comes back over six months. Others have no contract."""
    return potash_shipments.shipment_to_china(
        normal=normal,
        has_contract=months_waited == 0,
        begun=months_waited == 0 if begun is None else begun,
        months_waited=months_waited,
        carry_over=carry_over,
        floor=0.2,
        closed=closed,
        let_in=let_in,
        backlog=backlog,
        recovered=0.6,
        recovery_months=6.0,
    )


def test_volume_of_leading_is_won_by_the_first_and_lost_by_who_follows():
    """One of three leads by 0.1 and they add up to three: 1 + 0.1 less a third of it. All at once, or nobody: nobody wins."""
    led = np.array([[True, True, True, False], [False, True, True, False], [False, False, True, False]])
    volume = potash_shipments.volume_of_leading(led=led, volume=0.05)
    assert volume[:, 0] == pytest.approx([1.0 + 0.2 / 3, 1.0 - 0.1 / 3, 1.0 - 0.1 / 3])
    assert volume[:, 1] == pytest.approx([1.0 + 0.1 / 3, 1.0 + 0.1 / 3, 1.0 - 0.2 / 3])
    assert volume[:, 2:] == pytest.approx(1.0)
    assert volume.sum(axis=0) == pytest.approx(3.0)


def test_claim_on_china_leaves_out_what_was_made_up_for():
    """A fifth of 500, of which 60 fill stores: a claim of 100, less 12 of which 30 were made up for; 5 leave 95."""
    claim, left = potash_shipments.claim_on_china(
        share=0.2, wanted=500.0, needed=440.0, made_up=np.array([0.0, 30.0, 5.0])
    )
    assert claim == pytest.approx([100.0, 88.0, 95.0])
    assert left == pytest.approx([0.0, 18.0, 0.0])
    full, _ = potash_shipments.claim_on_china(share=0.2, wanted=400.0, needed=440.0, made_up=np.array([30.0]))
    assert full == pytest.approx(80.0), "stores that are too full ask for nothing back"


def test_shipment_to_china_falls_to_a_floor_when_the_old_tonnage_has_gone():
    """Carry-over 1.5 months: the first month ships all 100, the second half from it and half at the floor, 50 + 10 = 60,
    the third 20. What is not shipped, 0, 40 and 80, is backlog.
    """
    shipped, backlog, late = ship(np.array([1, 2, 3]))
    assert late == pytest.approx(0.0)
    assert shipped == pytest.approx([100.0, 60.0, 20.0])
    assert backlog == pytest.approx([0.0, 40.0, 80.0])


def test_shipment_to_china_clears_the_backlog_and_brings_part_of_it_back():
    """A backlog of 120 clears by 20 a month over six months, of which 0.6 is shipped: 112, and 100 are left."""
    assert ship(0, backlog=120.0) == pytest.approx((112.0, 100.0, 12.0))
    assert ship(3, backlog=120.0) == pytest.approx((20.0, 200.0, 0.0))


def test_shipment_to_china_that_is_missed_while_another_has_a_contract_is_gone():
    """Of 80 missed in the third month all wait for a contract, or none where another ships them; 120 from before stay."""
    shipped, backlog, late = ship(np.array([3, 3]), backlog=120.0, begun=np.array([False, True]))
    assert shipped == pytest.approx([20.0, 20.0])
    assert backlog == pytest.approx([200.0, 120.0])
    assert late == pytest.approx(0.0)


def test_shipment_to_china_is_no_more_than_a_closed_market_lets_in():
    """Old tonnage of 100, 60 and 20 meets 25 let in: 25, 25 and 20, and the rest waits; an open market takes all."""
    shipped, backlog, _ = ship(np.array([1, 2, 3, 2]), closed=np.array([True, True, True, False]))
    assert shipped == pytest.approx([25.0, 25.0, 20.0, 60.0])
    assert backlog == pytest.approx([75.0, 75.0, 80.0, 40.0])


@settings(max_examples=40)
@given(
    normal=st.floats(1, 300),
    backlog=st.floats(0, 1000),
    carry=st.floats(0, 6),
    floor=SHARES,
    recovered=SHARES,
    waited=st.integers(0, 20),
    another=st.booleans(),
    closed=st.booleans(),
    let_in=st.floats(0, 300),
)
def test_shipment_to_china_turns_tonnage_not_shipped_into_backlog_unless_another_ships_it(
    normal, backlog, carry, floor, recovered, waited, another, closed, let_in
):
    shipped, left, late = potash_shipments.shipment_to_china(
        normal=normal,
        has_contract=waited == 0,
        begun=waited == 0 or another,
        months_waited=waited,
        carry_over=carry,
        floor=floor,
        closed=closed,
        let_in=let_in,
        backlog=backlog,
        recovered=recovered,
        recovery_months=6.0,
    )
    assert left >= 0
    assert late == pytest.approx(0.0 if waited else shipped - normal, abs=1e-9)
    if waited:
        assert left - backlog == pytest.approx(0.0 if another else normal - shipped, abs=1e-9)
        assert min(floor * normal, let_in if closed else normal) - 1e-9 <= shipped
        assert shipped <= min(normal, let_in if closed else normal) + 1e-9
    else:
        assert shipped - normal == pytest.approx(recovered * (backlog - left), abs=1e-9)


def test_sales_elsewhere_are_a_share_of_demand_and_part_of_what_china_leaves():
    """A fifth of 4,000 is 800; of 100 spare 30 find buyers; China taking more than normal takes nothing from others."""
    assert potash_shipments.sales_elsewhere(
        share=0.2, withheld=0.0, demand=4000.0, spare=np.array([0.0, 100.0, -100.0]), diversion=0.3
    ) == pytest.approx([800, 830, 800])


def test_sales_elsewhere_are_less_by_what_is_given_up():
    """A tenth of 800 is left to others; what China leaves is sold as before."""
    assert potash_shipments.sales_elsewhere(
        share=0.2, withheld=0.1, demand=4000.0, spare=100.0, diversion=0.3
    ) == pytest.approx(750)


def mine(expected=600.0, stock=600.0, capacity=1000.0, sales=600.0):
    """Output of mines that hold one month of sales and can store two of capacity."""
    return potash_shipments.mine_output(
        expected_sales=expected,
        stock=stock,
        capacity=capacity,
        target_months=1.0,
        cap_months=2.0,
        rebuilding=6.0,
        sales=sales,
    )


def test_mine_output_follows_sales_and_rebuilds_the_stock_over_half_a_year():
    """A month of sales in stock: 600. With 300 in stock 300 are missing, 50 a month: 650. With 900, 550."""
    assert mine() == pytest.approx(600.0)
    assert mine(stock=300.0, sales=200.0) == pytest.approx(650.0)
    assert mine(stock=900.0) == pytest.approx(550.0)


def test_mine_output_lies_between_nothing_and_capacity():
    """Expecting 1,100 of 1,000; and with stocks so high that cutting them would take more than all output."""
    assert mine(expected=1100.0, stock=1000.0) == pytest.approx(1000.0)
    assert mine(expected=100.0, stock=1900.0, sales=0.0) == 0.0


def test_mine_output_is_at_least_what_sales_need_beyond_the_stock():
    """Expecting 100 with 100 in stock, but selling 700: 600 are mined."""
    assert mine(expected=100.0, stock=100.0, sales=700.0) == pytest.approx(600.0)


def test_mine_output_stops_when_the_stock_is_full():
    """Room for 2,000 with 1,900 in it and 50 sold: 150 fit though 560 were planned; overfull mines stand still."""
    assert mine(stock=1900.0, expected=744.0, sales=50.0) == pytest.approx(150.0)
    assert mine(stock=2500.0, expected=2000.0, sales=0.0) == 0.0


@settings(max_examples=40)
@given(sales=st.floats(0, 900), expected=st.floats(0, 900), stock=st.floats(0, 3000), capacity=st.floats(100, 900))
def test_mine_output_never_sells_what_it_has_not(sales, expected, stock, capacity):
    sold = min(sales, stock + capacity)
    output = potash_shipments.mine_output(
        expected_sales=expected,
        stock=stock,
        capacity=capacity,
        target_months=1.0,
        cap_months=3.0,
        rebuilding=6.0,
        sales=sold,
    )
    assert 0 <= output <= capacity * (1 + 1e-9)
    assert stock + output - sold >= -1e-6
    assert stock + output - sold <= max(3.0 * capacity, stock) + 1e-6


def test_export_value_is_tonnes_times_price_less_freight():
    """500 kt at 280 less 40 is 500,000 x 240 = USD 120 mn; a price below freight earns nothing."""
    assert potash_shipments.export_value(volume=500.0, price=np.array([280.0, 30.0]), freight=40.0) == pytest.approx(
        [120.0, 0.0]
    )


def share(cartel, restored=False, now=0.21):
    """Share of China's market: 0.21 alone, 0.11 with a partner, passing over ten months."""
    return potash_shipments.share_of_china_market(
        share=now, alone=0.21, with_partner=0.11, cartel=cartel, restored=restored, restored_way=0.5, months=10.0
    )


def test_share_of_china_market_moves_to_what_selling_alone_or_with_a_partner_allows():
    """Alone from 0.11: a tenth of the way to 0.21 is 0.12. With a partner from 0.21: 0.20. Half a cartel aims at 0.16: 0.205."""
    assert share(0.0, now=0.11) == pytest.approx(0.12)
    assert share(0.0) == pytest.approx(0.21)
    assert share(1.0) == pytest.approx(0.20)
    assert share(0.5) == pytest.approx(0.205)


def test_share_of_china_market_falls_half_way_back_under_a_restored_cartel():
    """Half way from 0.21 to 0.11 is 0.16: from 0.21 a tenth of the way is 0.205, and at 0.16 it rests."""
    assert share(1.0, restored=True) == pytest.approx(0.205)
    assert share(1.0, restored=True, now=0.16) == pytest.approx(0.16)
    assert share(1.0, restored=np.array([False, True]), now=0.16) == pytest.approx([0.155, 0.16])


def test_price_elsewhere_falls_by_the_discount_on_what_was_placed():
    """A quarter of the tonnes at 20 % less: 5 % off the mean, 285 of 300."""
    assert potash_shipments.price_elsewhere(price=300.0, placed=0.25, discount=0.2) == pytest.approx(285.0)
    assert potash_shipments.price_elsewhere(price=300.0, placed=0.0, discount=0.2) == 300.0


def test_volume_of_value_is_what_a_value_paid_for():
    """100 mn at 300 less 50 a tonne: 400 kt; the way back gives 100 mn."""
    volume = potash_shipments.volume_of_value(value=np.array([100.0]), price=300.0, freight=50.0)
    assert volume == pytest.approx([400.0])
    assert potash_shipments.export_value(volume=volume, price=300.0, freight=50.0) == pytest.approx([100.0])
