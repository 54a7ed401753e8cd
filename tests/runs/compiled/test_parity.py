"""Compiled months are the months of the world: the same bits in every scenario, on every width of vector."""

import numpy as np
import pytest

from sinobel.policies import scenarios
from sinobel.runs.compiled import machine, making
from sinobel.runs.compiled.engine import CompiledSteps
from sinobel.runs.compiled.kernels import text_of
from sinobel.runs.compiled.trace import parts_of
from sinobel.world.readings import observe, readings
from sinobel.world.world import World

DRAWS = 70
"""One block and a bit."""


def differing(one, other):
    """Names of indicators, or places in a value of state, whose bits differ."""
    if isinstance(one, np.ndarray):
        return [] if np.array_equal(one, other, equal_nan=one.dtype == float) else [()]
    if isinstance(one, dict):
        return [(key, *rest) for key, value in one.items() for rest in differing(value, other[key])]
    if isinstance(one, tuple):
        pairs = enumerate(zip(one, other, strict=True))
        return [(place, *rest) for place, (mine, theirs) in pairs for rest in differing(mine, theirs)]
    return [] if not isinstance(one, int | float) or one == other else [()]


def held(world):
    """All state of a world."""
    return {place: part.state() for place, part in parts_of(world).items()}


def run_both(policy, span, code, months=None, **more):
    """A world of numpy and one of compiled months, side by side: indicators of all months, then all state."""
    plain = World(policy, DRAWS, seed=7, collect=False, **more)
    steps = CompiledSteps(World(policy, DRAWS, seed=7, collect=False, **more), span, code)
    names = list(readings())
    for _ in range(months or 1000):
        if not plain.running:
            break
        plain.step()
        steps.step()
        wide = {name: np.broadcast_to(value, DRAWS) for name, value in observe(plain, names).items()}
        assert not differing(wide, steps.observe(names)), plain
    return plain, steps


@pytest.mark.parametrize("policy", scenarios.shipped_names())
def test_every_scenario_has_the_same_bits(policy, traced, code):
    plain, steps = run_both(policy, traced[1], code)
    assert plain.steps == steps.world.steps
    assert not differing(held(plain), held(steps.settle()))


LIMITED = {
    "name": "limited",
    "change": [{"lever": "belarus.tied_share_limit", "value": 0.4, "from": "2019-05", "until": "2020-04"}],
}


def test_a_limit_of_the_tied_share_goes_back_to_the_world(traced, code):
    plain, steps = run_both(scenarios.from_written(LIMITED), traced[1], code, months=60)
    assert steps.world.china.policy_banks.book.limited
    assert not differing(held(plain), held(steps.settle()))


@pytest.mark.parametrize("origin", ["2009-12", "2012-12"])
def test_other_origins_have_the_same_bits(origin):
    horizon = f"{int(origin[:4]) + 3}-12"
    program, span = making.traced(origin, horizon)
    plain, steps = run_both("baseline", span, making.compiled(program, span.layout), origin=origin, horizon=horizon)
    assert not differing(held(plain), held(steps.settle()))


@pytest.fixture(scope="module")
def short():
    """Three years, traced."""
    return making.traced("2016-12", "2019-12")


@pytest.mark.parametrize("lanes", [2, 4, 8])
@pytest.mark.parametrize("plain", [False, True], ids=["this processor", "any processor"])
def test_every_width_of_vector_has_the_same_bits(lanes, plain, short):
    program, span = short
    text = text_of(program, span.layout, lanes, inline=plain)
    code = machine.compiled(text, making.names_of(span), lanes, plain=plain)
    run_both("great-bargain", span, code, horizon="2019-12")


def test_nothing_that_somebody_holds_is_written_into(short):
    program, span = short
    code = making.compiled(program, span.layout)
    steps = CompiledSteps(World("baseline", DRAWS, seed=7, collect=False, horizon="2019-12"), span, code)
    for _ in range(20):
        steps.step()
    point = steps.checkpoint()
    kept = {place: {name: str(value) for name, value in part.items()} for place, part in point.parts.items()}
    for _ in range(16):
        steps.step()
    steps.settle()
    assert kept == {place: {name: str(value) for name, value in part.items()} for place, part in point.parts.items()}


def test_a_wrong_kernel_is_seen(short):
    """What these tests rest on: one product too many shows."""
    program, span = short
    text = text_of(program, span.layout, 2, inline=False)
    spoiled = text.replace("fadd <2 x double>", "fmul <2 x double>", 40)
    code = machine.compiled(spoiled, making.names_of(span), 2)
    with pytest.raises(AssertionError):
        run_both("baseline", span, code, months=14, horizon="2019-12")
