"""Rules of politics and of world prices against values by hand."""

import numpy as np
import pytest

from sinobel.rules import environment, politics


def test_retaliation_sharpens_losses_and_rewards_nothing():
    tension = np.array([0.2, 0.4, 0.6])
    mild, hard = (politics.support(tension, 0.4, 1.0, retaliation) for retaliation in (1.0, 3.0))
    assert mild == pytest.approx([1.2, 1.0, 0.8])
    assert hard == pytest.approx([1.2, 1.0, 0.4])


def test_a_price_that_a_scenario_sets_is_felt_as_a_shock():
    month = 0.3 / np.sqrt(12)
    assert environment.surprise(np.array([0.0, month, -2 * month]), 0.3) == pytest.approx([0.0, 1.0, -2.0])
