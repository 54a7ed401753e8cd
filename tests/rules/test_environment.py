"""Rules of the environment against values by hand."""

import numpy as np
import pytest

from sinobel.rules import environment


@pytest.mark.parametrize("persistence", [0.1, 0.4, 0.9])
def test_the_end_of_a_year_is_what_the_mean_of_the_year_tells(persistence):
    """Simulated months: regressing the last on the mean of its year gives the rule's slope and what stays unknown."""
    random = np.random.default_rng(3)
    monthly = persistence ** (1 / 240)  # twenty steps a month come near to continuous time
    value = random.standard_normal(20_000)
    total = np.zeros_like(value)
    for _ in range(240):
        value = monthly * value + np.sqrt(1 - monthly**2) * random.standard_normal(len(value))
        total += value / 240
    slope = np.cov(value, total)[0, 1] / total.var()
    unknown = (value - slope * total).std()
    rule = environment.at_origin_of_swing(np.array([2.0, 1.0]), 1.0, persistence, 1.0, 0.0)
    assert rule[0] - rule[1] == pytest.approx(slope, abs=0.03)
    spread = environment.at_origin_of_swing(1.0, 1.0, persistence, 1.0, 1.0) - 1.0
    assert spread == pytest.approx(unknown, abs=0.03)
