"""Money and tonnes are conserved in every draw and month, for any parameters in bounds and any lever at its ends."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.inputs.levers import all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.policies import scenarios
from sinobel.world.draws import ParameterDraws
from sinobel.world.world import World
from tests.world.identities.books import Before, check_month

DRAWS = 6


def ends_of(lever):
    """The extreme values a scenario may give a lever."""
    if lever.kind == "number":
        return list(lever.range)
    return [True, False] if lever.kind == "switch" else list(lever.options)


def run_checked(world):
    while world.running:
        before = Before(world)
        world.step()
        check_month(world, before)
    world.close()


def arbitrary_parameters(seed, extreme):
    """Every parameter anywhere within its bounds; a share of them right at an end."""
    values = {}
    for name, parameter in all_parameters().items():
        low, high = parameter.bounds
        generator = np.random.default_rng([seed, zlib.crc32(name.encode())])
        place = generator.random(DRAWS)
        place = np.where(generator.random(DRAWS) < extreme, np.round(place), place)
        values[name] = low + (high - low) * place
    return ParameterDraws(values)


@given(
    seed=st.integers(0, 2**32 - 1),
    extreme=st.sampled_from([0.0, 0.3, 1.0]),
    origin=st.integers(2008, 2016),
    changes=st.lists(
        st.sampled_from(list(all_levers().values())).flatmap(
            lambda lever: st.tuples(st.just(lever.name), st.sampled_from(ends_of(lever)), st.integers(0, 20))
        ),
        max_size=6,
        unique_by=lambda change: change[0],
    ),
)
@settings(max_examples=25)
def test_identities_for_arbitrary_parameters_and_levers(seed, extreme, origin, changes):
    policy = scenarios.load("baseline")
    for lever, value, wait in changes:
        month = f"{origin + 1 + wait // 12}-{wait % 12 + 1:02d}"
        policy = policy.with_change(lever, value, start=month, name="any")
    world = World(
        policy,
        DRAWS,
        seed,
        origin=f"{origin}-12",
        horizon=f"{origin + 3}-12",
        collect=False,
        parameters=arbitrary_parameters(seed, extreme),
    )
    run_checked(world)


@pytest.mark.parametrize("lever", all_levers(), ids=str)
def test_identities_with_every_lever_at_each_end(lever):
    for end in ends_of(all_levers()[lever]):
        policy = scenarios.load("baseline").with_change(lever, end, start="2017-03", until="2018-10", name="end")
        run_checked(World(policy, 40, 5, horizon="2019-12", collect=False))


def test_identities_over_the_whole_horizon():
    run_checked(World("baseline", 200, 11, collect=False))


def test_transactions_matrix_sums_to_zero():
    world = World("russian-squeeze", 50, 3, horizon="2019-12", collect=False, keep_books=True)
    while world.running:
        world.step()
    matrix = world.transactions(2019)
    assert {"tied goods", "loan", "principal", "interest", "potash", "energy"} <= set(matrix)
    for kind, row in matrix.items():
        size = max(np.abs(value).max() for value in row.values())
        assert np.abs(sum(row.values())).max() <= 1e-9 * max(size, 1), kind
    assert (matrix["tied goods"]["China"] > 0).all()
    with pytest.raises(KeyError, match="not kept"):
        world.transactions(2030)


def test_a_mutated_rule_is_caught():
    """The checks can fail: a loan that repays more than it records breaks them."""
    world = World("baseline", 10, 3, horizon="2018-12", collect=False)
    banks = world.china.policy_banks
    honest = banks.book.serve

    def dishonest(rescheduled):
        interest, principal, *others = honest(rescheduled)
        return interest, principal * 1.0001, *others

    banks.book.serve = dishonest
    with pytest.raises(AssertionError, match="repayments add up"):
        run_checked(world)
