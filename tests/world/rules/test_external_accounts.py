"""Rules of reserves, repayment, investment and the closing of the month against values by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import external_accounts, lenders


def pressure(service=0.1, cover=2.0, lost=0.0, level=-1.0, strain=0.0):
    """Log odds by payments alone, with usual service 0.1 and cover of 2 months, of which 6 calm at most."""
    return lenders.payment_pressure(
        level=level,
        service_ratio=service,
        usual_service=0.1,
        service_weight=5.0,
        cover=cover,
        usual_cover=2.0,
        largest_cover=6.0,
        cover_weight=0.5,
        lost_subsidy=lost,
        subsidy_weight=0.8,
        strain=strain,
        strain_weight=0.6,
    )


def risk(pressure=-1.0, debt=0.4, arrears=0.0, budget=0.0):
    """Risk with debt usually 0.4 of GDP; arrears frighten up to half of GDP."""
    return lenders.solvency_risk(
        pressure=pressure,
        budget=budget,
        debt_ratio=debt,
        usual_debt=0.4,
        debt_weight=2.0,
        arrears_ratio=arrears,
        largest_arrears=0.5,
        arrears_weight=4.0,
    )


def odds(**given):
    """Log odds of the risk that cannot be paid."""
    chance = risk(**given)
    return np.log(chance / (1 - chance))


def investment(reform=0.3, risk=0.4, pull=0.0, noise=0.0):
    return external_accounts.direct_investment(
        base=10.0,
        reform_weight=1.2,
        reform=reform,
        usual_reform=0.3,
        risk_weight=0.8,
        risk=risk,
        usual_risk=0.4,
        pull=pull,
        noise=noise,
        least=-5.0,
        largest=3.0,
    )


def test_direct_investment_rises_with_reform_and_pull_and_falls_with_risk():
    """Reform +0.5 x 1.2 = 0.6; risk +0.5 x 0.8 = -0.4; pull 0.3; noise -0.1: together 0.4, 10 exp(0.4) = 14.91825."""
    assert investment() == pytest.approx(10.0)
    assert investment(reform=0.8) == pytest.approx(10 * np.exp(0.6))
    assert investment(risk=0.9) == pytest.approx(10 * np.exp(-0.4))
    assert investment(0.8, 0.9, 0.3, -0.1) == pytest.approx(14.91825, abs=1e-5)


def test_direct_investment_swings_between_bounds():
    """At most exp(3) = 20 times what is usual, at least exp(-5) = 0.7 % of it."""
    assert investment(pull=np.array([50.0, -50.0])) == pytest.approx([200.855, 0.067379], abs=1e-3)
    assert investment(pull=-50.0) == pytest.approx(0.067379, abs=1e-6)


AMOUNTS = st.floats(0, 1000)


def test_wanted_reserve_change_closes_its_speed_of_the_gap_in_a_year():
    """From 1,000 to 2,000 at 36 % a year: 2,000 - 1,000 x 0.64 = 1,360; from 3,000 down to 2,640."""
    reserves = np.array([1000.0, 3000.0])
    for _ in range(12):
        reserves = reserves + external_accounts.wanted_reserve_change(reserves=reserves, target=2000.0, speed=0.36)
    assert reserves == pytest.approx([1360.0, 2640.0])


def test_spare_reserves_are_what_lies_above_target_over_a_year():
    """600 above target are 50 a month; below it there is nothing to spare."""
    assert external_accounts.spare_reserves(reserves=np.array([2600.0, 1500.0]), target=2000.0) == pytest.approx(
        [50, 0]
    )


def test_close_the_month_cuts_imports_before_it_runs_arrears():
    """Cash 200 against a floor of 500: short of 300. A fifth of imports of 1,000 can be cut, 200; 100 are arrears."""
    assert external_accounts.close_the_month(
        cash=200.0, floor=500.0, imports_that_can_be_cut=1000.0, largest_cut=0.2
    ) == pytest.approx((300.0, 200.0, 100.0))


def test_close_the_month_cuts_no_more_than_it_must():
    """A shortage of 50 is cut from 200 that could be; without a shortage nothing is cut; nothing can be cut from nothing."""
    assert external_accounts.close_the_month(
        cash=450.0, floor=500.0, imports_that_can_be_cut=1000.0, largest_cut=0.2
    ) == pytest.approx((50.0, 50.0, 0.0))
    assert external_accounts.close_the_month(
        cash=900.0, floor=500.0, imports_that_can_be_cut=1000.0, largest_cut=0.2
    ) == pytest.approx((0.0, 0.0, 0.0))
    assert external_accounts.close_the_month(
        cash=200.0, floor=500.0, imports_that_can_be_cut=-80.0, largest_cut=0.2
    ) == pytest.approx((300.0, 0.0, 300.0))


@settings(max_examples=40)
@given(cash=st.floats(-2000, 2000), floor=AMOUNTS, imports=AMOUNTS, largest=st.floats(0, 1))
def test_close_the_month_leaves_reserves_at_their_floor(cash, floor, imports, largest):
    shortage, cut, arrears = external_accounts.close_the_month(
        cash=cash, floor=floor, imports_that_can_be_cut=imports, largest_cut=largest
    )
    assert cash + cut + arrears == pytest.approx(max(cash, floor))
    assert shortage == pytest.approx(cut + arrears)
    assert 0 <= cut <= largest * imports + 1e-9
    assert arrears >= 0


def finance(balance, rise=0.0, spare=0.0):
    """Half of the balance is financed, at most 40 leave in a month, a unit of risk drives out 2,000."""
    return external_accounts.private_finance(
        balance=balance,
        usual_part=0.5,
        spare=spare,
        largest_outflow=40.0,
        not_renewed=external_accounts.flight_from_risk(flight=0.05, yearly_gdp=40_000.0, rise=rise),
    )


def test_private_finance_pays_for_a_part_of_a_deficit_and_leaves_with_a_surplus():
    """A deficit of 100 brings 50; a surplus of 60 takes 30 out, one of 200 the limit of 40."""
    assert finance(np.array([-100.0, 0.0, 60.0, 200.0])) == pytest.approx([50.0, 0.0, -30.0, -40.0])


def test_private_finance_is_less_where_money_is_ample_at_home():
    """Of the 50 for a deficit of 100, 60 to spare leave 20; 400 to spare take the limit of 40 out."""
    assert finance(-100.0, spare=np.array([60.0, 400.0])) == pytest.approx([20.0, -40.0])


def test_private_finance_is_not_renewed_when_risk_rises():
    """Risk up by 0.01 takes 20, down by 0.01 brings 20 back, beside what trade does."""
    assert finance(-100.0, rise=np.array([0.01, -0.01])) == pytest.approx([30.0, 70.0])


def test_flight_from_risk_goes_with_its_rise_and_comes_back_with_its_fall():
    """A twentieth of 40,000 per unit: 20 for a hundredth up, and as much back for a hundredth down."""
    found = external_accounts.flight_from_risk(flight=0.05, yearly_gdp=40_000.0, rise=np.array([0.01, 0.0, -0.01]))
    assert found == pytest.approx([20.0, 0.0, -20.0])


def test_lost_finance_is_what_is_missing_against_the_usual():
    """Of 30 that nobody lent 10 are usual, and firms miss 5: 25. More lent than looked for is no gift: -10 + 5."""
    found = external_accounts.lost_finance(
        unfunded=np.array([30.0, -40.0]), usual=10.0, not_renewed=5.0, shortage=np.zeros(2)
    )
    assert found == pytest.approx([25.0, -5.0])


def test_lost_finance_leaves_out_what_a_shortage_takes():
    """Of 5 that firms miss a shortage of 2 leaves 3 and one of 40 nothing; what they get back it does not touch."""
    found = external_accounts.lost_finance(
        unfunded=np.full(3, 30.0),
        usual=10.0,
        not_renewed=np.array([5.0, 5.0, -5.0]),
        shortage=np.array([2.0, 40.0, 40.0]),
    )
    assert found == pytest.approx([23.0, 20.0, 15.0])


def test_spending_of_surplus_closes_its_share_of_the_gap_in_a_year():
    """Balance +100 where -100 is usual, imports of 1,000 that grow with spending: after a year at 36 % a year the gap
    of 200 is 128, as far as first order goes (imports 1,000 exp(s), and 1,000 s = 72).
    """
    spending = 0.0
    for _ in range(12):
        spending = external_accounts.spending_of_surplus(
            spending=spending,
            balance=100.0 - 1000.0 * spending,
            usual_balance=-100.0,
            imports=1000.0,
            speed=0.36,
            largest=0.7,
        )
    assert 1000.0 * spending == pytest.approx(72.0)


def test_spending_of_surplus_stays_within_its_limits():
    found = external_accounts.spending_of_surplus(
        spending=np.array([0.69, -0.69]),
        balance=np.array([900.0, -900.0]),
        usual_balance=0.0,
        imports=100.0,
        speed=0.9,
        largest=0.7,
    )
    assert found == pytest.approx([0.7, -0.7])


def test_amortization_of_a_year_is_the_yearly_share():
    """A fifth of 100 a year leaves 80 after twelve months."""
    stock = 100.0
    for _ in range(12):
        stock -= external_accounts.amortization(stock=stock, yearly_share=0.2)
    assert stock == pytest.approx(80.0)


def test_profits_of_stock_are_those_of_a_month():
    """A tenth of 19,000 a year is 1,900, of which a twelfth is 158.33."""
    assert external_accounts.profits_of_stock(stock=19000.0, rate=0.1) == pytest.approx(158.3333)


def test_profits_of_plants_are_a_part_of_what_they_yield():
    """0.8 of the 5 mn that 600 mn of working capital yield in a month at 10 % a year is 4; failed plants pay none."""
    yielded = np.array([600.0, 0.0]) * 0.1 / 12
    assert external_accounts.profits_of_plants(yielded=yielded, part=0.8) == pytest.approx([4.0, 0.0])


def test_next_investment_stock_wears_and_takes_in_what_is_invested():
    """19,000 that lose 4 % a year, and nothing new: 18,240 after twelve months; USD 100 mn of the month count in full."""
    stock = np.array(19000.0)
    for _ in range(12):
        stock = external_accounts.next_investment_stock(stock=stock, invested=0.0, wear=0.04)
    assert stock == pytest.approx(18240.0)
    assert external_accounts.next_investment_stock(stock=1000.0, invested=100.0, wear=0.0) == pytest.approx(1100.0)
