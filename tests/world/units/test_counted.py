"""What a compiled month has to compute, counted: as few array operations as the engine was promised."""

from types import SimpleNamespace

import numpy as np
import pytest

from sinobel.policies import scenarios
from tests.world.units import counted
from tests.world.units.dimensions import NUMBER
from tests.world.units.test_tracing import count_months
from tests.world.units.tracer import TRACE, Traced

MOST = 1900
"""Operations of a month that is not a January, common parts once; with more, a page does not answer at once."""


@pytest.mark.parametrize("name", [scenarios.BASELINE, "great-bargain"])
def test_a_month_has_few_operations(name):
    assert 1000 < count_months(name)[1] <= MOST


@pytest.fixture
def left(monkeypatch):
    """Operations of a function of a piece of state, a parameter and a lever that are left when its result lasts."""

    def count(work):
        state, parameter = Traced(np.ones(3), NUMBER), Traced(np.ones(3), NUMBER)
        lever = Traced(np.ones(3), NUMBER, TRACE.lever(object(), "china.lending_volume"))
        start = len(TRACE.operations)
        result = work(state, parameter, lever)
        monkeypatch.setattr(counted, "_ends", lambda world: [[result]])
        monkeypatch.setattr(counted, "_lasting", lambda world: {parameter.number})
        return [each.name for each in counted.after_common_parts(SimpleNamespace(), TRACE.operations[start:])]

    return count


def test_a_value_is_computed_once(left):
    assert left(lambda state, parameter, lever: (state * parameter) + (state * parameter)) == ["multiply", "add"]
    assert left(lambda state, parameter, lever: (state * parameter) + (parameter * state)) == ["multiply"] * 2 + ["add"]


def test_what_parameters_or_levers_alone_decide_is_not_of_a_month(left):
    assert left(lambda state, parameter, lever: state + np.exp(parameter / 12)) == ["add"]
    assert left(lambda state, parameter, lever: state + (1 - lever)) == ["add"]
    assert left(lambda state, parameter, lever: state + lever * parameter) == ["multiply", "add"]


def test_what_nobody_needs_is_left_out(left):
    def work(state, parameter, lever):
        np.log(state + parameter)
        return state - parameter

    assert left(work) == ["subtract"]


def test_parts_of_an_array_and_what_is_written_into_it_are_values_of_their_own(left):
    def work(state, parameter, lever):
        whole = np.stack([state * 2, state * 3])
        return whole[0] + whole[1] + whole[0]

    assert left(work) == ["multiply", "multiply", "stack", "add", "add"]
