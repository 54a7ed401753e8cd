"""Rules of tied loans against values worked out by hand or by another method."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinobel.rules import loans


@given(st.floats(1, 8), st.floats(1, 20))
def test_a_drawing_is_repaid_once_and_whole(grace, repayment):
    ages = np.arange(0.0, 40.0)
    due = loans.share_due(ages, grace, repayment)
    assert np.all(due >= -1e-12)
    assert due.sum() == pytest.approx(1.0)
    assert np.all(due[ages + 1 <= grace] == pytest.approx(0.0))


def test_a_drawing_spread_over_a_year_starts_to_be_repaid_over_a_year():
    # drawn evenly in year 0, two years of grace, four of payment: a half year of payments falls in year 2 on average
    due = loans.share_due(np.arange(7.0), 2.0, 4.0)
    assert due == pytest.approx([0, 0, 0.125, 0.25, 0.25, 0.25, 0.125])


def test_a_year_of_monthly_lapses_is_the_yearly_rate():
    assert (1 - loans.share_lapsing(0.3)) ** 12 == pytest.approx(0.7)
    assert (1 - loans.share_paid_out(0.4, 1.0)) ** 12 == pytest.approx(0.6)


def test_the_mean_of_commitments_is_what_was_meant():
    random = np.random.default_rng(1)
    offered = loans.commitment_offered(500.0, 1.0, 1.0, 0.8, random.normal(size=400_000), 0.25, random.random(400_000))
    assert offered.mean() == pytest.approx(500.0, rel=0.02)
    assert (offered == 0).mean() == pytest.approx(0.25, abs=0.01)


def test_restricted_credit_finances_transport_and_little_else():
    assert loans.eligible_share(0, 0.3, 0.1) == 1.0
    assert loans.eligible_share(1, 0.3, 0.1) == pytest.approx(0.37)


def test_pledges_have_the_mean_of_commitments_over_realization_whatever_their_spread():
    noise = np.random.default_rng(1).standard_normal(400_000)
    for spread in (0.0, 0.8, 1.2):
        found = loans.pledged(900.0, 0.3, 0.5, 0.6, spread, noise)
        assert found.mean() == pytest.approx(900.0 / 0.3 * 1.3, rel=0.02)
        assert (found >= 0).all()
