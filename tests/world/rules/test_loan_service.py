"""Rules by which loans are drawn, lapse and are served, against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import loan_service


def test_quality_rises_with_reform_and_is_cut_by_sanctions_on_banks():
    """Reform 0.5 above usual x 0.8: exp(0.4) = 1.491825; sanctions on banks take a quarter: 1.118869."""
    assert loan_service.quality(reform=0.2, usual_reform=0.2, weight=0.8, sanctions_cut=0.0) == pytest.approx(1.0)
    assert loan_service.quality(reform=0.7, usual_reform=0.2, weight=0.8, sanctions_cut=0.0) == pytest.approx(
        1.491825, abs=1e-6
    )
    assert loan_service.quality(reform=0.7, usual_reform=0.2, weight=0.8, sanctions_cut=0.25) == pytest.approx(
        1.118869, abs=1e-6
    )


def test_share_paid_out_of_a_year_is_the_pace():
    """36 % a year at usual quality leaves 0.64; at twice the quality two years' worth, 0.64 squared = 0.4096."""
    assert (
        1 - loan_service.share_paid_out(pace=0.36, largest=0.9, quality=np.array([1.0, 2.0, 0.0]))
    ) ** 12 == pytest.approx([0.64, 0.4096, 1.0])


def test_share_paid_out_never_empties_a_loan_at_once_nor_takes_money_back():
    """A pace above the largest, 0.9, leaves a tenth after a year: 0.1 ** (1/12) = 82.54 % a month; below nothing pays nothing."""
    left = 1 - loan_service.share_paid_out(pace=np.array([0.9, 1.0, 3.0]), largest=0.9, quality=1.0)
    assert left == pytest.approx(0.825404, abs=1e-6)
    assert loan_service.share_paid_out(pace=-0.5, largest=0.9, quality=1.0) == 0.0


def test_share_lapsing_of_a_year_is_the_rate():
    """30 % a year leaves 0.7 after twelve months."""
    assert (1 - loan_service.share_lapsing(0.3)) ** 12 == pytest.approx(0.7)


def test_share_repaid_of_a_drawing_spread_over_its_year():
    """Two years of grace, four of payment: a drawing of time u owes a quarter a year from u + 2 on.

    By the end of year 2 (time 3) it has paid (1 - u) / 4, on average 0.125; a year later 0.375; whole by the end of year 6.
    """
    found = loan_service.share_repaid(age=np.arange(-2.0, 9.0), grace=2.0, repayment=4.0)
    assert found == pytest.approx([0, 0, 0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1, 1])


def test_share_repaid_with_half_a_year_of_grace_over():
    """Grace 2.5: by time 3 only drawings before u = 0.5 pay, (0.5 - u) / 4, whose mean over the year is 0.03125.

    In a repayment of half a year everything drawn before u = 0 is whole: those pay (0.5 - u) / 0.5, on average 0.25.
    """
    assert loan_service.share_repaid(age=2.0, grace=2.5, repayment=4.0) == pytest.approx(0.03125)
    assert loan_service.share_repaid(age=2.0, grace=2.5, repayment=0.5) == pytest.approx(0.25)
    assert loan_service.share_repaid(age=3.0, grace=2.5, repayment=0.5) == pytest.approx(1.0)


def test_share_due_of_a_drawing_starts_over_a_year():
    """The steps between what is repaid: half a payment in year 2, whole ones of a quarter, half a one in year 6."""
    due = loan_service.share_due(age=np.arange(8.0), grace=2.0, repayment=4.0)
    assert due == pytest.approx([0, 0, 0.125, 0.25, 0.25, 0.25, 0.125, 0])


@settings(max_examples=30)
@given(st.floats(1, 8), st.floats(1, 20))
def test_share_due_repays_a_drawing_once_and_whole(grace, repayment):
    ages = np.arange(0.0, 40.0)
    due = loan_service.share_due(age=ages, grace=grace, repayment=repayment)
    assert np.all(due >= -1e-12)
    assert due.sum() == pytest.approx(1.0)
    assert np.all(due[ages + 1 <= grace] == pytest.approx(0.0))
    assert loan_service.share_repaid(age=ages, grace=grace, repayment=repayment) == pytest.approx(np.cumsum(due))


def test_interest_due_is_a_month_of_it():
    """6 % a year is 0.5 % a month: 6 on 1,200."""
    assert loan_service.interest_due(outstanding=1200.0, monthly_rate=0.005) == pytest.approx(6.0)


def test_share_rescheduled_by_policy_or_in_distress():
    """Policy 0.3 beats willingness 0.5 x distress 0.4 = 0.2; at distress 0.8 it is 0.4; from nothing to all."""
    share = loan_service.share_rescheduled(
        policy=np.array([0.3, 0.3, 1.4]), distress=np.array([0.4, 0.8, 0.0]), willingness=0.5
    )
    assert share == pytest.approx([0.3, 0.4, 1.0])
    assert loan_service.share_rescheduled(policy=-0.2, distress=-0.1, willingness=0.5) == 0.0
