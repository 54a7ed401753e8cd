"""Grant element and effective cost against official examples and against schedules summed payment by payment."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sinobel.inputs.parameters import all_parameters
from sinobel.world.rules import loan_costs


def schedule(rate, grace, repayment, payments):
    """Dates in years and payments of a dollar lent, by keeping the account: interest, principal, what is left."""
    installments = round(repayment * payments) + 1
    first = round(grace * payments)
    owed, dates, paid = 1.0, [], []
    for period in range(1, first + installments):
        principal = 1 / installments if period >= first else 0.0
        dates.append(period / payments)
        paid.append(owed * rate / payments + principal)
        owed -= principal
    assert owed == pytest.approx(0.0, abs=1e-9)
    return np.array(dates), np.array(paid)


def worth_of(dates, paid, discount):
    """Present value of payments at a discount rate compounded once a year."""
    return float(np.sum(paid * (1 + discount) ** -dates))


PAYMENTS = st.sampled_from([1, 2, 4, 12])


RATES = st.one_of(st.just(0.0), st.floats(0.0, 0.20))


@st.composite
def terms(draw):
    """Rate, years to the first payment of principal, years from it to the last, payments a year; whole periods."""
    payments = draw(PAYMENTS)
    first, after = draw(st.integers(payments, 10 * payments)), draw(st.integers(payments, 40 * payments))
    return draw(RATES), first / payments, after / payments, payments


@pytest.mark.parametrize(
    ("rate", "first_principal", "maturity", "official"),
    [
        (0.02, 5.0, 20.0, 26.39),
        (0.03, 5.0, 15.0, 14.89),
        (0.0075, 10.5, 40.0, 57.80),
        (0.045, 4.0, 13.0, 2.96),
        (0.05, 5.0, 15.0, -0.47),  # 2.5 % a half-year are more than 5 % a year: such a loan is less than no gift
    ],
)
def test_grant_element_is_what_the_official_calculators_say(rate, first_principal, maturity, official):
    found = loan_costs.grant_element(
        rate=rate, grace=first_principal, repayment=maturity - first_principal, discount_rate=0.05, payments=2
    )
    assert 100 * found == pytest.approx(official, abs=0.0051)


def test_the_model_pays_twice_a_year_and_discounts_at_five_percent():
    assert all_parameters()["loans.payments_a_year"].prior.value == 2.0
    assert all_parameters()["loans.grant_discount_rate"].prior.value == 0.05


def terms_of(loan):
    return dict(zip(("rate", "grace", "repayment", "payments"), loan, strict=True))


def test_present_value_of_service_after_one_year_by_hand():
    # one year to the only payments of principal, at 1 and 2 years, 10 % on what is owed: 0.5 + 0.1, then 0.5 + 0.05
    assert loan_costs.present_value_of_service(
        cost=0.25, rate=0.10, grace=1.0, repayment=1.0, payments=1
    ) == pytest.approx(0.60 / 1.25 + 0.55 / 1.25**2)


@given(terms(), st.floats(0.001, 0.5))
def test_present_value_of_service_is_the_sum_of_the_payments(loan, discount):
    assert loan_costs.present_value_of_service(cost=discount, **terms_of(loan)) == pytest.approx(
        worth_of(*schedule(*loan), discount), rel=1e-10
    )


@given(terms(), st.floats(0.3, 1.2))
def test_effective_cost_makes_the_payments_worth_what_was_received(loan, worth):
    rate, grace, repayment, payments = loan
    found = float(
        loan_costs.effective_cost(rate=rate, grace=grace, repayment=repayment, worth=worth, payments=payments)
    )
    assume(abs(found) > 1e-6)
    assert worth_of(*schedule(*loan), found) == pytest.approx(worth, rel=1e-9)


@given(terms())
def test_a_loan_without_ties_costs_its_rate_compounded_and_is_no_gift_at_that_rate(loan):
    rate, grace, repayment, payments = loan
    own = (1 + rate / payments) ** payments - 1
    assert loan_costs.effective_cost(
        rate=rate, grace=grace, repayment=repayment, worth=1.0, payments=payments
    ) == pytest.approx(own, abs=1e-8)
    assert loan_costs.present_value_of_service(cost=own, **terms_of(loan)) == pytest.approx(
        1.0, abs=1e-5 if rate < 1e-4 else 1e-9
    )


@given(terms(), st.floats(0.3, 0.9), st.floats(0.01, 0.1))
def test_dearer_goods_cost_more_and_a_higher_discount_gives_more(loan, worth, more):
    rate, grace, repayment, payments = loan
    cost = [
        float(loan_costs.effective_cost(rate=rate, grace=grace, repayment=repayment, worth=w, payments=payments))
        for w in (worth + more, worth)
    ]
    assert cost[1] > cost[0]
    gift = [
        float(loan_costs.grant_element(rate=rate, grace=grace, repayment=repayment, discount_rate=d, payments=payments))
        for d in (0.05, 0.05 + more)
    ]
    assert gift[1] > gift[0]


def test_between_whole_periods_the_value_lies_between():
    between = [
        float(loan_costs.grant_element(rate=0.02, grace=grace, repayment=12.0, discount_rate=0.05, payments=2))
        for grace in (5.0, 5.2, 5.5)
    ]
    assert between == sorted(between)


def test_many_loans_are_reckoned_as_one_alone():
    rate, grace, repayment = np.array([0.0, 0.02, 0.066]), np.array([1.0, 5.0, 3.3]), np.array([3.0, 15.0, 7.7])
    worth = np.array([1.0, 0.83, 0.9])
    together = loan_costs.effective_cost(rate=rate, grace=grace, repayment=repayment, worth=worth, payments=2.0)
    alone = [
        loan_costs.effective_cost(rate=r, grace=g, repayment=n, worth=w, payments=2.0)
        for r, g, n, w in zip(rate, grace, repayment, worth, strict=True)
    ]
    np.testing.assert_allclose(together, alone, rtol=1e-12, atol=1e-15)
    assert np.isfinite(together).all()


def test_value_received_is_less_by_what_tied_goods_cost_too_much():
    """0.8 tied at a mark-up of a quarter buys goods worth 0.8 / 1.25 = 0.64; with the untied 0.2 that is 0.84."""
    assert loan_costs.value_received(tied_share=0.8, markup=0.25) == pytest.approx(0.84)
    assert loan_costs.value_received(tied_share=np.array([0.0, 0.8]), markup=np.array([0.25, 0.0])) == pytest.approx(
        [1.0, 1.0]
    )


def test_contractor_rents():
    """Goods for 120 at a fifth above the world price are worth 100."""
    assert loan_costs.contractor_rents(tied_goods=120.0, markup=0.2) == pytest.approx(20.0)


def test_return_net_of_loss():
    """Of 1,200 owed, money at 1 % costs 1 a month; half the full risk, 10 % a year and half lost 2.5."""
    told = loan_costs.return_net_of_loss(interest=5.0, owed=1200.0, risk=0.5, default=0.1, loss=0.5, money=0.01)
    assert told == pytest.approx(1.5)
