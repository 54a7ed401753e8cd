"""One month of every scenario, traced: no `if` on arrays, no writing in place outside the loan book.

An engine that takes derivatives, or runs on another device, relies on it: the operations of the rules are the same
whatever the scenario and whatever the draws.
"""

import pathlib
from collections import Counter

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.policies import scenarios
from sinobel.policies.events import MOST_PROJECTS, Loan
from sinobel.world import rules
from sinobel.world.rules import lenders
from sinobel.world.world import World
from tests.world.units.algebra import ControlFlowError
from tests.world.units.counted import after_common_parts
from tests.world.units.dimensions import NUMBER
from tests.world.units.traced import check_readings, declare, inputs, resumed, tracing
from tests.world.units.tracer import TRACE, Traced

RULES = tuple(f"{path.name}." for path in pathlib.Path(rules.__file__).parent.glob("*.py"))


def traced_months(name, replaced=None):
    """A January in which all changes of a scenario have begun, and its February: world, and operations of the month.

    Loans are written up in January; the other month is like any other. Units are checked after each.
    """
    given = inputs(name, 3)
    before = World(**given | {"parameters": "posterior", "opening": None, "levers": None})
    begins = max((change.start for change in before.policy.changes), default=months.january(2018))
    begins = months.january(months.year(begins - 1) + 1)
    while before.month < begins - 1:
        before.step()
    with tracing(replaced):
        world = resumed(given, before.checkpoint())
        for _ in range(2):
            start = len(TRACE.operations)
            world.step()
            yield world, TRACE.operations[start:]
            declare(world)
            check_readings(world)


def months_of(name, replaced=None):
    """Operations of these two months."""
    return [operations for _, operations in traced_months(name, replaced)]


def count_months(name):
    """How many operations are left of each of these two months after common parts."""
    return [len(after_common_parts(world, operations)) for world, operations in traced_months(name)]


@pytest.fixture(scope="module")
def usual():
    """Operations of the rules in a February of the baseline, and how often each."""
    return of_rules(months_of(scenarios.BASELINE)[1])


def of_rules(operations):
    """How often each operation of a rule comes, by rule and shape; what is made of parameters alone aside."""
    return Counter(each for each in operations if each.owner.startswith(RULES) and "rates" not in each.owner)


@pytest.mark.parametrize("name", scenarios.shipped_names())
def test_a_month_of_every_scenario_can_be_traced(name, usual):
    first, second = months_of(name)
    assert 1000 < len(second) < len(first) < 5000
    assert of_rules(second) == usual


def signing(*loans):
    """Operations of the month in which Chinese loans of a scenario are signed, with their shapes."""
    signed = months.parse("2017-04")
    events = tuple(Loan(name=str(place), lender="china", signed=signed, **terms) for place, terms in enumerate(loans))
    given = inputs(scenarios.Scenario("events", events=events), 3)
    before = World(**given | {"parameters": "posterior", "opening": None, "levers": None})
    while before.month < signed - 1:
        before.step()
    with tracing():
        world = resumed(given, before.checkpoint())
        start = len(TRACE.operations)
        world.step()
        return [(each.owner, each.name, each.shape) for each in TRACE.operations[start:]]


def test_a_month_has_the_same_operations_whatever_is_signed_in_it():
    line = {"amount": 50.0, "sector": "energy", "instrument": "bank line"}
    mine = {"amount": 900.0, "sector": "mining", "instrument": "preferential", "grace": 2.0, "interest": 0.01}
    one = signing(line)
    assert one == signing(*[mine, line] * 4)
    rows = {shape[0] for owner, _, shape in one if owner.endswith("_sign_events") and len(shape) == 2}
    assert rows == {MOST_PROJECTS}


def wrong(**given):
    """A rule with an `if` on an array."""
    return given["stock"] if given["stock"] > 0 else given["yearly_share"]


def writing(*, stock, yearly_share):
    """A rule that writes into its argument."""
    stock *= yearly_share
    return stock


@pytest.mark.parametrize(("rule", "words"), [(wrong, "yes or no"), (writing, "in place")])
def test_a_rule_that_cannot_be_traced_is_found(rule, words):
    with pytest.raises(ControlFlowError, match=words):
        months_of(scenarios.BASELINE, {("sinobel.world.rules.external_accounts", "amortization"): rule})


def test_a_function_that_nobody_has_explained_is_found():
    with pytest.raises(ControlFlowError, match="median"):
        np.median(Traced(np.ones(3), NUMBER))


def test_what_was_replaced_is_put_back():
    before = vars(lenders).copy()
    with tracing():
        assert vars(lenders) != before
    assert vars(lenders) == before
