"""What becomes of untied money of a scenario: little spares other borrowing, and most of it is spent within two years."""

import numpy as np

from sinobel.policies import scenarios
from tests.world.paired.worlds import simulate

AMOUNT, FIRST = 5000.0, 2  # mn from Russia in 2019, the third simulated year


def test_untied_money_is_spent_rather_than_kept_or_borrowed_less():
    """As the tutorial tells of 5 bn: a fifth is borrowed less, half buys imports, a fifth serves debt, no reserves stay."""
    base = scenarios.load("baseline")
    lent = base.with_loan("five billion", lender="russia", amount=AMOUNT, signed="2019-03")
    before, after = (simulate(policy, draws=100) for policy in (base, lent))

    def more(indicator):
        """By year from 2019 on, means over futures, in parts of the loan."""
        return np.mean(after[indicator] - before[indicator], axis=-1)[FIRST:] / AMOUNT

    assert 0.1 < 1 - more("untied_borrowing")[0] < 0.25
    assert more("reserves")[0] > 0.6
    assert 0.1 < more("reserves")[1] < 0.35
    assert abs(more("reserves")[2]) < 0.1
    assert 0.4 < more("total_imports")[:2].sum() < 0.6
    assert abs(more("total_imports")[2]) < 0.1
    assert 0.1 < more("debt_service")[:2].sum() < 0.3
