"""Rules of finance against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinobel.rules import finance

AMOUNTS = st.floats(0, 1000)


@given(
    need=AMOUNTS,
    limits=st.lists(AMOUNTS, min_size=4, max_size=4),
    costs=st.lists(st.floats(0, 0.3), min_size=4, max_size=4),
)
def test_borrowing_fills_the_need_as_far_as_lenders_go(need, limits, costs):
    limits, costs = np.array(limits)[:, None], np.array(costs)[:, None]
    taken = finance.split_among_lenders(np.array([need]), limits, costs, 0.01)
    assert np.all(taken >= 0)
    assert np.all(taken <= limits + 1e-9)
    assert taken.sum() <= need + 1e-6
    if np.ptp(costs) < 0.02:  # lenders that cost far more get next to nothing in a month
        assert taken.sum() == pytest.approx(min(need, limits.sum()), rel=1e-3, abs=1e-3)


def test_the_cheaper_lender_comes_first():
    taken = finance.split_among_lenders(np.array([100.0]), np.full((2, 1), 1000.0), np.array([[0.03], [0.06]]), 0.01)
    assert taken[0, 0] / taken[1, 0] == pytest.approx(np.exp(3.0))


@given(cash=st.floats(-2000, 2000), floor=AMOUNTS, imports=AMOUNTS, largest=st.floats(0, 1))
def test_a_shortage_is_cut_from_imports_and_the_rest_is_arrears(cash, floor, imports, largest):
    shortage, cut, arrears = finance.close_the_month(cash, floor, imports, largest)
    assert shortage == pytest.approx(max(floor - cash, 0))
    assert cut + arrears == pytest.approx(shortage)
    assert cut <= largest * imports + 1e-9
    assert arrears >= 0


def test_a_year_of_amortization_is_the_yearly_share():
    stock = 100.0
    for _ in range(12):
        stock -= finance.amortization(stock, 0.2)
    assert stock == pytest.approx(80.0)


def test_growth_closes_its_gap_to_trend_at_its_persistence():
    growth = np.array(8.0)
    trend = 2.0
    for _ in range(12):
        growth = finance.next_growth_rate(growth, 0.5, trend, 1.0, 0.0)
    assert growth == pytest.approx(3.0 + 5.0 * 0.5)


def test_a_devaluation_lowers_the_gap_by_its_size():
    gap = finance.next_real_exchange_rate(0.0, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.36, 0.0)
    assert gap == pytest.approx(np.log(0.64))


def test_direct_investment_rises_with_reform_and_falls_with_risk():
    base = finance.direct_investment(10.0, 1.0, 0.3, 0.3, 1.0, 0.4, 0.4, 0.0, 0.0)
    assert base == 10.0
    assert finance.direct_investment(10.0, 1.0, 0.8, 0.3, 1.0, 0.4, 0.4, 0.0, 0.0) == pytest.approx(10 * np.exp(0.5))
    assert finance.direct_investment(10.0, 1.0, 0.3, 0.3, 1.0, 0.9, 0.4, 0.0, 0.0) == pytest.approx(10 * np.exp(-0.5))


def test_bond_markets_retreat_above_the_usual_risk():
    lent = finance.bond_appetite(np.array([0.1, 0.4, 0.6, 1.0]), 0.4, 1.5)
    assert lent == pytest.approx([1.0, 1.0, 0.7, 0.1])


def test_an_amount_a_year_meets_the_gdp_of_a_year():
    """USD 450 mn a year less is 1 % of a GDP of 45 bn a year, which is 3,750 mn a month."""
    assert finance.percent_of_gdp(np.array([-450.0]), np.array([3750.0]))[0] == pytest.approx(-1.0)
