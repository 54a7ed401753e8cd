"""Rules of the park's residents, with numbers worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import residents


def test_protection_stands_in_for_what_reform_lacks():
    """At a reform of 0.2 four fifths are missing; three tenths of these are 0.24; nothing goes beyond full reform."""
    assert residents.protection(reform=0.2, law=1.0, worth=0.3) == pytest.approx(0.44)
    assert residents.protection(reform=0.2, law=0.0, worth=0.3) == pytest.approx(0.2)
    assert residents.protection(reform=1.0, law=1.0, worth=0.3) == pytest.approx(1.0)
    assert residents.protection(reform=0.2, law=2.0, worth=0.8) == pytest.approx(1.0)


def test_openness_needs_a_law_and_what_beijing_plans():
    """No law, nobody; a law beyond the decree opens no further; half deference halves; priority adds its share."""
    usual = {"deference": 1.0, "restricted": 0.0, "priority": 0.2}
    assert residents.openness(law=0.0, **usual) == 0.0
    assert residents.openness(law=0.5, **usual) == pytest.approx(0.5)
    assert residents.openness(law=2.0, **usual) == pytest.approx(1.0)
    assert residents.openness(law=1.0, **usual | {"deference": 0.5}) == pytest.approx(0.5)
    assert residents.openness(law=1.0, **usual | {"restricted": 1.0}) == pytest.approx(1.2)


def test_arrivals_are_whole_and_on_average_as_expected():
    """2.5 without spread are two or three by luck; with spread the mean over many years stays."""
    assert residents.arrivals(expected=2.5, spread=0.0, shock=1.0, luck=np.array([0.4, 0.6])).tolist() == [2.0, 3.0]
    assert residents.arrivals(expected=4.0, spread=1.0, shock=0.5, luck=0.0) == 4.0
    assert residents.arrivals(expected=4.0, spread=1.0, shock=1.0, luck=0.0) == 6.0  # 4 x exp(0.5) = 6.59
    generator = np.random.default_rng(1)
    many = residents.arrivals(
        expected=2.3, spread=0.7, shock=generator.standard_normal(200_000), luck=generator.random(200_000)
    )
    assert many.mean() == pytest.approx(2.3, rel=0.01)


def test_joins_path_is_a_log_of_what_is_added():
    """A tenth more is log 1.1; what leaves is a fifth at most."""
    added = residents.joins_path(added=np.array([10.0, 0.0, -90.0]), exports=100.0)
    np.testing.assert_allclose(added, [np.log(1.1), 0.0, np.log(0.8)])
