"""Rules of the budget against values by hand."""

import numpy as np
import pytest

from sinobel.world.rules import budget


def primary(debt=0.3, growth=2.0, swing=0.0):
    """-1 % of GDP as usual; 0.05 per unit of debt above 0.3; 0.4 per unit of growth above 2 %."""
    return budget.primary_balance(
        usual=-0.01,
        debt_reaction=0.05,
        debt_ratio=debt,
        usual_debt=0.3,
        cycle=0.4,
        growth=growth,
        usual_growth=2.0,
        swing=swing,
    )


def test_primary_balance_leans_against_debt_and_moves_with_growth():
    """Debt +0.2 x 0.05 = 0.01; growth 5 points below trend x 0.4 = -0.02; a swing of 0.003 as it is."""
    assert primary() == pytest.approx(-0.01)
    assert primary(debt=0.5) == pytest.approx(0.0)
    assert primary(growth=-3.0) == pytest.approx(-0.03)
    assert primary(0.5, -3.0, 0.003) == pytest.approx(-0.017)


def test_sought_abroad_is_a_part_of_what_falls_due_and_of_the_deficit():
    """0.6 of 100 due and a deficit of 50 are 90; a surplus of 30 leaves 0.6 x 70 = 42, one of 200 nothing."""
    found = budget.sought_abroad(principal=100.0, deficit=np.array([50.0, -30.0, -200.0]), share=0.6)
    assert found == pytest.approx([90.0, 42.0, 0.0])


def claim(luck, growth=2.0, shock=0.0):
    """A chance of 36 % a year, 3.65 % a month; 20 times a point below trend of 2 % more; 2 % of GDP in the middle."""
    return budget.claim_that_arrives(
        chance=0.36,
        slump=20.0,
        growth=growth,
        usual_growth=2.0,
        luck=np.asarray(luck),
        middle=0.02,
        spread=0.8,
        shock=shock,
    )


def test_claim_that_arrives_comes_by_luck_and_oftener_in_a_slump():
    """A month of 1 - 0.64 ** (1 / 12) = 0.03651; five points below trend it is twice as likely; a boom changes nothing."""
    assert claim([0.0364, 0.0366]) == pytest.approx([0.02, 0.0])
    assert claim([0.0729, 0.0731], growth=-3.0) == pytest.approx([0.02, 0.0])
    assert claim([0.0364, 0.0366], growth=9.0) == pytest.approx([0.02, 0.0])


def test_claim_that_arrives_has_a_size_with_a_long_tail():
    """0.02 exp(0.8 x 2) = 0.0991."""
    assert claim([0.0, 0.0], shock=np.array([0.0, 2.0])) == pytest.approx([0.02, 0.09906], abs=1e-5)
