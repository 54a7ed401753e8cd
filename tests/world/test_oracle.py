"""Arrays and plain floats tell the same story, draw by draw, month by month."""

import numpy as np
import pytest

from sinobel.policies import scenarios
from sinobel.runs import ensemble
from sinobel.runs.request import Block, Request
from sinobel.world.readings import observe
from tests.world.oracle import run_plain


@pytest.mark.parametrize("name", ["baseline", "eu-sanctions-extended", "market-closure-every-weak-year"])
@pytest.mark.parametrize("draw", [0, 3, 40])
def test_arrays_agree_with_plain_floats(name, draw):
    policy = scenarios.load(name)
    request = Request((policy,), 64, 7)
    arrays = ensemble.simulate(request, Block(0, 0, 64))[0]
    floats = run_plain(policy, observe, seed=7, first_draw=draw)
    for row, indicator in enumerate(request.recorded):
        mine = np.array([float(month[indicator]) for month in floats])
        assert mine == pytest.approx(arrays[row, :, draw], rel=1e-7, abs=1e-7), indicator


def test_arrays_agree_with_plain_floats_when_loans_are_limited_and_rescheduled():
    policy = scenarios.load("baseline")
    for lever, value in (
        ("belarus.tied_share_limit", 0.6),
        ("china.rescheduling", 0.4),
        ("china.fdi_instead_of_loans", 0.3),
        ("belarus.untied_share_requested", 0.4),
        ("belarus.debt_ceiling", 0.35),
    ):
        policy = policy.with_change(lever, value, start="2018-03", name="mixed")
    request = Request((policy,), 8, 7, horizon="2026-12")
    arrays = ensemble.simulate(request, Block(0, 0, 8))[0]
    floats = run_plain(policy, observe, seed=7, first_draw=5, horizon="2026-12")
    for row, indicator in enumerate(request.recorded):
        mine = np.array([float(month[indicator]) for month in floats])
        assert mine == pytest.approx(arrays[row, :, 5], rel=1e-7, abs=1e-7), indicator
