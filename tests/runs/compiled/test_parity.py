"""Compiled months are the months of the world: the same bits in every scenario, on every width of vector."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.inputs.levers import all_levers
from sinobel.policies import scenarios
from sinobel.runs.compiled import machine, making
from sinobel.runs.compiled.engine import CompiledSteps
from sinobel.runs.compiled.kernels import text_of
from sinobel.runs.compiled.trace import parts_of
from sinobel.world.readings import observe, readings
from sinobel.world.world import World
from tests.world.identities.test_identities import DRAWS as SOME
from tests.world.identities.test_identities import arbitrary_parameters, ends_of

DRAWS = 70
"""One block and a bit."""


def differing(one, other):
    """Names of indicators, or places in a value of state, whose bits differ."""
    if isinstance(one, np.ndarray):
        return [] if one.tobytes() == other.tobytes() else [()]
    if isinstance(one, dict):
        return [(key, *rest) for key, value in one.items() for rest in differing(value, other[key])]
    if isinstance(one, tuple):
        pairs = enumerate(zip(one, other, strict=True))
        return [(place, *rest) for place, (mine, theirs) in pairs for rest in differing(mine, theirs)]
    return [] if not isinstance(one, int | float) or one == other else [()]


def differing_months(plain, steps):
    """Step both to the horizon; the first month whose indicators differ, and which."""
    names = list(readings())
    while plain.running:
        plain.step()
        steps.step()
        wide = {name: np.full(plain.draws, value) for name, value in observe(plain, names).items()}
        if found := differing(wide, steps.observe(names)):
            return plain.month, found
    return None


def held(world):
    """All state of a world."""
    return {place: part.state() for place, part in parts_of(world).items()}


def run_both(policy, span, code, **more):
    """A world of numpy and one of compiled months, side by side: indicators of all months, then all state."""
    plain = World(policy, DRAWS, seed=7, collect=False, **more)
    steps = CompiledSteps(World(policy, DRAWS, seed=7, collect=False, **more), span, code)
    assert differing_months(plain, steps) is None
    return plain, steps


@pytest.mark.parametrize("policy", scenarios.shipped_names())
def test_every_scenario_has_the_same_bits(policy, traced, code):
    plain, steps = run_both(policy, traced[1], code)
    assert plain.steps == steps.world.steps
    assert not differing(held(plain), held(steps.settle()))
    signs = sum(bool(plain.levers.board(month).events.signs) for month in span_of(plain)) if not watched(plain) else 0
    assert steps.compiled == 167 - signs


def span_of(world):
    """Months of a world, the first aside."""
    return range(world.origin + 2, world.horizon + 1)


def watched(world):
    """Whether rules of state move levers."""
    return any(world.levers.watched(month) for month in span_of(world))


LIMITED = {
    "name": "limited",
    "change": [{"lever": "belarus.tied_share_limit", "value": 0.4, "from": "2019-05", "until": "2020-04"}],
}


def test_a_limit_of_the_tied_share_goes_back_to_the_world(traced, code):
    plain, steps = run_both(scenarios.from_written(LIMITED), traced[1], code)
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


@pytest.fixture(scope="module")
def short_code(short):
    """Machine code of them."""
    program, span = short
    return making.compiled(program, span.layout)


@pytest.mark.parametrize("lanes", [2, 4, 8])
@pytest.mark.parametrize("plain", [False, True], ids=["this processor", "any processor"])
def test_every_width_of_vector_has_the_same_bits(lanes, plain, short):
    program, span = short
    text = text_of(program, span.layout, lanes, inline=plain)
    code = machine.compiled(text, making.names_of(span), lanes, plain=plain)
    policy = scenarios.load("baseline").with_change("china.tied_share", 0.2, start="2018-03", name="cheap oil")
    policy = policy.with_change("world.oil_price", 30.0, start="2017-09", name="cheap oil")
    run_both(policy, span, code, horizon="2019-12")


@given(
    seed=st.integers(0, 2**32 - 1),
    extreme=st.sampled_from([0.0, 0.3, 1.0]),
    changes=st.lists(
        st.sampled_from(list(all_levers().values())).flatmap(
            lambda lever: st.tuples(st.just(lever.name), st.sampled_from(ends_of(lever)), st.integers(0, 30))
        ),
        max_size=12,
        unique_by=lambda change: change[0],
    ),
)
@settings(max_examples=40)
def test_any_parameters_and_levers_have_the_same_bits(short, short_code, seed, extreme, changes):
    policy = scenarios.load("baseline")
    for lever, value, wait in changes:
        policy = policy.with_change(lever, value, start=f"{2017 + wait // 12}-{wait % 12 + 1:02d}", name="any")
    plain, other = (
        World(
            policy,
            SOME,
            seed,
            horizon="2019-12",
            collect=False,
            parameters=arbitrary_parameters(seed, extreme),
        )
        for _ in range(2)
    )
    assert differing_months(plain, CompiledSteps(other, short[1], short_code)) is None
    plain.close()
    other.close()


def test_nothing_that_somebody_holds_is_written_into(short, short_code):
    steps = CompiledSteps(World("baseline", DRAWS, seed=7, collect=False, horizon="2019-12"), short[1], short_code)
    for _ in range(20):
        steps.step()
    point = steps.checkpoint()
    kept = copy.deepcopy(point.parts)
    for _ in range(16):
        steps.step()
    steps.settle()
    assert not differing(kept, point.parts)


def test_a_wrong_kernel_is_seen(short):
    """What these tests rest on: one product too many shows."""
    program, span = short
    text = text_of(program, span.layout, 2, inline=False)
    spoiled = text.replace("fadd <2 x double>", "fmul <2 x double>", 40)
    code = machine.compiled(spoiled, making.names_of(span), 2)
    with pytest.raises(AssertionError):
        run_both("baseline", span, code, horizon="2019-12")
