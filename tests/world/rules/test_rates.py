"""Rates of a year as rates of a month, against arithmetic by hand."""

import gc

import numpy as np
import pytest

from sinobel.world.rules import rates


def frozen(*values):
    array = np.array(values)
    array.flags.writeable = False
    return array


def test_share_a_month_twelve_times_is_the_share_of_the_year():
    """A share of 36 % a year leaves 64 %; a month leaves the twelfth root of 0.64, 0.963492, so 3.6508 % go."""
    assert rates.share_a_month(0.36) == pytest.approx(0.036508, abs=1e-6)
    share = np.array([0.0, 0.19, 0.36, 1.0])
    assert (1 - rates.share_a_month(share)) ** 12 == pytest.approx(1 - share)


def test_share_a_month_of_quarter_three_times_is_the_share_of_the_quarter():
    """48.8 % a quarter leaves 51.2 % = 0.8 cubed, so a fifth goes in a month."""
    assert rates.share_a_month_of_quarter(np.array([0.0, 0.488, 1.0])) == pytest.approx([0.0, 0.2, 1.0])


def test_share_left_after_twelve_months_is_what_the_year_leaves():
    """What goes and what is left in a month are the whole."""
    share = np.array([0.0, 0.19, 0.36])
    assert rates.share_left(share) ** 12 == pytest.approx([1.0, 0.81, 0.64])
    assert rates.share_left(share) + rates.share_a_month(share) == pytest.approx(1.0)


def test_persistence_a_month_to_the_twelfth_is_the_persistence_of_a_year():
    """A quarter of a gap left after a year is the twelfth root of 0.25 after a month: 0.890899."""
    assert rates.persistence_a_month(0.25) == pytest.approx(0.890899, abs=1e-6)
    assert rates.persistence_a_month(np.array([0.0, 0.5, 1.0])) ** 12 == pytest.approx([0.0, 0.5, 1.0])


def test_fresh_part_keeps_the_variance_of_a_swing_as_it_is():
    """Persistence 0.25 a year: 0.25 ** (1/6) = 0.793701 of the variance stays, 0.206299 is new, its root is 0.454202."""
    assert rates.fresh_part(0.25) == pytest.approx(0.454202, abs=1e-6)
    persistence = np.array([0.0, 0.1, 0.9, 1.0])
    assert rates.fresh_part(persistence) ** 2 + rates.persistence_a_month(persistence) ** 2 == pytest.approx(1.0)


def test_own_part_is_the_other_leg_of_the_correlation():
    """0.6 shared leaves 0.8 of its own, since 0.36 + 0.64 = 1, whatever the sign."""
    assert rates.own_part(np.array([0.0, 0.6, -0.6, 1.0])) == pytest.approx([1.0, 0.8, 0.8, 0.0])


def test_spread_a_month_adds_up_to_the_spread_of_a_year():
    """Variances of twelve months add: 0.36 / sqrt(12) = 0.103923."""
    assert rates.spread_a_month(0.36) == pytest.approx(0.103923, abs=1e-6)
    assert 12 * rates.spread_a_month(0.36) ** 2 == pytest.approx(0.36**2)


def test_fat_tailed_spread_a_month_makes_a_year_of_student_shocks_as_wide_as_normal_ones():
    """Student's t with 4 degrees of freedom has variance 2: 12 months x 2 x (0.36 / sqrt(24)) ** 2 = 0.36 ** 2."""
    assert rates.fat_tailed_spread_a_month(0.36) == pytest.approx(0.073485, abs=1e-6)


def test_middle_of_is_half_the_variance_so_that_the_mean_is_one():
    """A spread of 0.4: exp(0.4 z - 0.08) has mean exp(0.08 - 0.08) = 1."""
    assert rates.middle_of(0.4) == pytest.approx(0.08)


def test_decay_a_month_leaves_the_inverse_of_e_after_its_years():
    """Two years are 24 months: after them exp(-1) = 36.8 % of a gap are left; a month takes 1 - exp(-1/24) = 4.081 %."""
    assert rates.decay_a_month(2.0) == pytest.approx(0.040811, abs=1e-6)
    assert (1 - rates.decay_a_month(np.array([0.5, 2.0]))) ** np.array([6, 24]) == pytest.approx(np.exp(-1.0))


def test_kept_works_out_a_read_only_parameter_once():
    share = frozen(0.19, 0.36)
    once = rates.share_a_month(share)
    assert rates.share_a_month(share) is once
    assert not once.flags.writeable
    assert rates.share_left(share) is not once, "each rate keeps its own"


def test_kept_works_out_anew_what_may_have_been_written():
    share = np.array([0.36])
    rates.share_a_month(share)
    share[0] = 0.0
    assert rates.share_a_month(share)[0] == 0.0


def test_kept_forgets_a_parameter_that_is_gone():
    """A new array may lie where an old one lay and must not be taken for it."""
    for number in range(50):
        share = frozen(number / 50)
        assert (1 - rates.share_a_month(share)[0]) ** 12 == pytest.approx(1 - number / 50)
        del share
        gc.collect(0)
