"""Rules of lenders, reserves and the closing of the month against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import finance

AMOUNTS = st.floats(0, 1000)
FOUR = st.lists(AMOUNTS, min_size=4, max_size=4)


def test_wanted_reserve_change_closes_its_speed_of_the_gap_in_a_year():
    """From 1,000 to 2,000 at 36 % a year: 2,000 - 1,000 x 0.64 = 1,360; from 3,000 down to 2,640."""
    reserves = np.array([1000.0, 3000.0])
    for _ in range(12):
        reserves = reserves + finance.wanted_reserve_change(reserves=reserves, target=2000.0, speed=0.36)
    assert reserves == pytest.approx([1360.0, 2640.0])


def test_lender_limit_is_a_twelfth_of_the_year_times_its_conditions():
    """600 a year are 50 a month; widened by 1.2 and cut to half: 30. A condition below nothing counts as nothing."""
    assert finance.lender_limit(600.0) == pytest.approx(50.0)
    assert finance.lender_limit(600.0, 1.2, 0.5) == pytest.approx(30.0)
    assert finance.lender_limit(600.0, np.array([-0.5, 0.0, 2.0]), 1.0) == pytest.approx([0.0, 0.0, 100.0])


def test_bond_appetite_retreats_above_the_calm_risk():
    """0.2 above at 1.5 per unit loses 0.3; 0.8 above loses all; below, all is lent and no more than all."""
    assert finance.bond_appetite(risk=np.array([0.1, 0.4, 0.6, 1.0, 1.2]), calm=0.4, retreat=1.5) == pytest.approx(
        [1, 1, 0.7, 0.1, 0]
    )


def test_softer_terms_widen_with_the_alternative():
    """Half an alternative x 0.4 = 20 % more; none, no more."""
    assert finance.softer_terms(alternative=np.array([0.0, 0.5, 1.0]), weight=0.4) == pytest.approx([1.0, 1.2, 1.4])


def test_reform_gate_opens_around_its_threshold():
    """At the threshold half; one width above 1 / (1 + exp(-1)) = 0.731059, one below 0.268941; far off none or all."""
    gate = finance.reform_gate(reform=np.array([0.5, 0.6, 0.4, 9000.0, -9000.0]), threshold=0.5, width=0.1)
    assert gate == pytest.approx([0.5, 0.731059, 0.268941, 1.0, 0.0], abs=1e-6)


def split(need, limits, costs, scale=0.01):
    """Borrowing of one future from lenders with these limits and costs."""
    return finance.split_among_lenders(
        need=np.array([need]), limits=np.array(limits)[:, None], costs=np.array(costs)[:, None], scale=scale
    )[:, 0]


def test_split_among_lenders_by_cost():
    """Costs 3 % and 6 % with a scale of 1 %: odds exp(3) = 20.0855 to 1, so of 100 the cheaper lends 95.2574.

    Only the difference counts: at 53 % and 56 % the odds are the same.
    """
    assert split(100.0, [1000.0, 1000.0], [0.03, 0.06]) == pytest.approx([95.2574, 4.7426], abs=1e-4)
    assert split(100.0, [1000.0, 1000.0], [0.53, 0.56]) == pytest.approx([95.2574, 4.7426], abs=1e-4)
    assert split(100.0, [1000.0, 1000.0], [0.05, 0.05]) == pytest.approx([50.0, 50.0])


def test_split_among_lenders_passes_on_what_a_limit_holds_back():
    """Three alike share 90 as 30 each; a limit of 10 on the first passes 20 on, 10 to each: 10, 40, 40.

    A limit of 35 on the second then passes 5 on: 10, 35, 45.
    """
    assert split(90.0, [10.0, 900.0, 900.0], [0.05] * 3) == pytest.approx([10.0, 40.0, 40.0])
    assert split(90.0, [10.0, 35.0, 900.0], [0.05] * 3) == pytest.approx([10.0, 35.0, 45.0])


def test_split_among_lenders_takes_all_there_is_and_no_more():
    """Limits of 60 in all against a need of 100; a need of none or less borrows nothing; one who lends nothing is left."""
    assert split(100.0, [10.0, 20.0, 30.0], [0.03, 0.05, 0.09]) == pytest.approx([10.0, 20.0, 30.0])
    assert split(-50.0, [10.0, 20.0], [0.03, 0.05]) == pytest.approx([0.0, 0.0])
    assert split(5.0, [0.0, 20.0], [0.03, 0.05]) == pytest.approx([0.0, 5.0])


def test_split_among_lenders_reaches_even_the_dearest_when_others_are_full():
    """A lender a thousand times the scale dearer than the first is the last resort and still lends."""
    assert split(100.0, [40.0, 1000.0], [0.03, 10.03]) == pytest.approx([40.0, 60.0])


def test_split_among_lenders_counts_a_difference_of_cost_up_to_forty_scales():
    """The first is full with 40 of 100. The others are 39.5 and 60 scales dearer, the latter counted as 40.

    Odds exp(0.5) = 1.648721 to 1: of 60 the second lends 60 x 1.648721 / 2.648721 = 37.3475, the third 22.6525.
    """
    taken = split(100.0, [40.0, 1000.0, 1000.0], [0.03, 0.425, 0.63])
    assert taken == pytest.approx([40.0, 37.3475, 22.6525], abs=1e-4)


def test_split_among_lenders_does_each_future_by_itself():
    """First future: the first lender is cheap and short. Second: the other way round. Third: both alike and ample."""
    need = np.array([100.0, 30.0, 40.0])
    limits = np.array([[40.0, 1000.0, 1000.0], [1000.0, 10.0, 1000.0]])
    costs = np.array([[0.03, 0.60, 0.05], [0.60, 0.03, 0.05]])
    taken = finance.split_among_lenders(need=need, limits=limits, costs=costs, scale=0.01)
    assert taken == pytest.approx(np.array([[40.0, 20.0, 20.0], [60.0, 10.0, 20.0]]))


@settings(max_examples=40)
@given(need=AMOUNTS, limits=FOUR, costs=st.lists(st.floats(0, 0.3), min_size=4, max_size=4))
def test_split_among_lenders_fills_the_need_as_far_as_lenders_go(need, limits, costs):
    taken = split(need, limits, costs)
    assert np.all(taken >= 0)
    assert np.all(taken <= np.array(limits) + 1e-9)
    assert taken.sum() == pytest.approx(min(need, sum(limits)), rel=1e-9, abs=1e-6)


def test_close_the_month_cuts_imports_before_it_runs_arrears():
    """Cash 200 against a floor of 500: short of 300. A fifth of imports of 1,000 can be cut, 200; 100 are arrears."""
    assert finance.close_the_month(
        cash=200.0, floor=500.0, imports_that_can_be_cut=1000.0, largest_cut=0.2
    ) == pytest.approx((300.0, 200.0, 100.0))


def test_close_the_month_cuts_no_more_than_it_must():
    """A shortage of 50 is cut from 200 that could be; without a shortage nothing is cut; nothing can be cut from nothing."""
    assert finance.close_the_month(
        cash=450.0, floor=500.0, imports_that_can_be_cut=1000.0, largest_cut=0.2
    ) == pytest.approx((50.0, 50.0, 0.0))
    assert finance.close_the_month(
        cash=900.0, floor=500.0, imports_that_can_be_cut=1000.0, largest_cut=0.2
    ) == pytest.approx((0.0, 0.0, 0.0))
    assert finance.close_the_month(
        cash=200.0, floor=500.0, imports_that_can_be_cut=-80.0, largest_cut=0.2
    ) == pytest.approx((300.0, 0.0, 300.0))


@settings(max_examples=40)
@given(cash=st.floats(-2000, 2000), floor=AMOUNTS, imports=AMOUNTS, largest=st.floats(0, 1))
def test_close_the_month_leaves_reserves_at_their_floor(cash, floor, imports, largest):
    shortage, cut, arrears = finance.close_the_month(
        cash=cash, floor=floor, imports_that_can_be_cut=imports, largest_cut=largest
    )
    assert cash + cut + arrears == pytest.approx(max(cash, floor))
    assert shortage == pytest.approx(cut + arrears)
    assert 0 <= cut <= largest * imports + 1e-9
    assert arrears >= 0


def test_surplus_outflow_takes_its_share_of_what_lies_above_target():
    """500 above target at 36 % a year: 320 are left of it after twelve months; below target nothing leaves."""
    reserves = np.array([2500.0, 1500.0])
    for _ in range(12):
        reserves = reserves - finance.surplus_outflow(reserves=reserves, target=2000.0, yearly_share=0.36)
    assert reserves == pytest.approx([2320.0, 1500.0])


def test_amortization_of_a_year_is_the_yearly_share():
    """A fifth of 100 a year leaves 80 after twelve months."""
    stock = 100.0
    for _ in range(12):
        stock -= finance.amortization(stock=stock, yearly_share=0.2)
    assert stock == pytest.approx(80.0)
