"""Rules of Chinese projects: numbers worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import projects


def test_failure_chance_adds_a_share_of_what_would_work():
    """Three in ten fail; of the seven that work half fail as well, which makes 6.5."""
    chance = projects.failure_chance(usual=0.3, stress=np.array([0.0, 0.5, 1.0]))
    assert chance == pytest.approx([0.3, 0.65, 1.0])


def test_fails_where_luck_is_below_the_chance():
    failing = projects.fails(luck=np.array([0.1, 0.3, 0.9]), chance=np.array([0.3, 0.3, 1.0]))
    assert failing.tolist() == [1.0, 0.0, 1.0]


def test_luck_of_key_turns_one_number_by_the_other():
    """0.5 and three times 0.3 are 1.4, of which the whole turn is left out; a key of 0 leaves the first number."""
    luck = projects.luck_of_key(lucks=(np.array([0.5]), np.array([0.3])), key=np.array([[3.0], [0.0]]))
    assert luck == pytest.approx(np.array([[0.4], [0.5]]))


def test_luck_of_key_is_uniform_and_tells_nothing_of_another_key():
    """Of 40,000 draws each quarter of the square of two lucks holds a sixteenth, for neighbors and for far keys."""
    lucks = tuple(np.random.default_rng(3).random((2, 40_000)))
    for one, other in ((7.0, 8.0), (0.0, 16_777_215.0), (12_345.0, 9_876_543.0)):
        pair = [projects.luck_of_key(lucks=lucks, key=key) for key in (one, other)]
        counts, _, _ = np.histogram2d(*pair, bins=4, range=[[0, 1], [0, 1]])
        assert counts == pytest.approx(np.full((4, 4), 2_500.0), rel=0.1)


def test_share_unearned_of_a_project_that_works_and_of_one_that_fails():
    """One that covers 0.7 leaves 0.3 to the budget, one that fails all of it."""
    assert projects.share_unearned(fails=np.array([0.0, 1.0]), cover=0.7) == pytest.approx([0.3, 1.0])


def test_spent_at_home_counts_tied_dollars_by_what_they_do():
    """Of 100 60 buy goods that do a sixth of what works do: as much as 50 for works."""
    spent = projects.spent_at_home(spent=100.0, tied=60.0, tied_weight=0.1, untied_weight=0.6)
    assert spent == pytest.approx(50.0)


def test_next_capital_wears_and_grows():
    """Of 1,000 that lose 0.19 in a year, a tenth in half a year, 0.81 are left after twelve months; 50 are added."""
    capital = 1000.0
    for _ in range(12):
        capital = projects.next_capital(capital=capital, wear=0.19, built=0.0)
    assert capital == pytest.approx(810.0)
    added = projects.next_capital(capital=0.0, wear=0.19, built=50.0)
    assert added == pytest.approx(50.0)


def test_gas_saved_is_a_share_of_the_bill_within_bounds():
    """300 mn of power plants save 24 mn a year, a fiftieth of 1,200; ten times as much is beyond the bound."""
    saved = projects.gas_saved(capital=np.array([300.0, 3e4, -3e4]), saving=0.08, bill=100.0, largest=0.3)
    assert saved == pytest.approx([0.02, 0.3, -0.3])


def test_share_of_mine_is_planned_and_paid_for():
    """Of 700 that it needs 350 pay for half of the mine, 1,400 for more than is planned."""
    share = projects.share_of_mine(planned=0.8, drawn=np.array([0.0, 350.0, 1400.0]), needed=700.0)
    assert share == pytest.approx([0.0, 0.5, 0.8])
