"""Every decision of the world is told once, and what is told of it is there."""

import ast
import inspect
import re
import textwrap
from operator import attrgetter

import pytest

from sinobel.inputs.decisions import all_decisions
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.levers import all_levers
from sinobel.world.places import PLACES
from sinobel.world.world import World

DECISIONS = all_decisions()

NO_DECISION = {
    "open_month": "the calendar turns, the world outside moves",
    "close_month": "books are closed",
    "belarus.government.sell_stake": "a scenario sells, and nobody else",
    "russia.government.react": "tension follows what others have done",
    "environment.weigh_potash": "what the world wants and its mines can give",
    "environment.price_potash": "a price that nobody sets",
    "china.potash_buyers.receive": "ships land",
    "china.policy_banks.collect": "what is due is paid",
    "china.react": "partnership follows what has been done",
    "belarus.produce": "output and the exchange rate follow",
    "belarus.react": "dependence follows trade and debt",
    "belarus.foreign_owners.take_profits": "profits leave",
    "belarus.government.treasury.serve_debt": "what is due is paid",
}
"""Methods of a month by which nobody chooses."""


@pytest.fixture(scope="module")
def world():
    """A world after two months."""
    made = World(draws=2, collect=False)
    made.step()
    made.step()
    return made


def methods_of_a_month(world):
    """Places and methods that a month calls, in its order."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(World.step)))
    names = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.Assign):
            for target, value in zip(each.targets[0].elts, each.value.elts, strict=True):
                names[target.id] = ast.unparse(value)
    called = [
        ast.unparse(each.value.func)
        for each in tree.body[0].body
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)
    ]
    found = []
    for name in called:
        first, *rest = name.split(".")
        while first in names:
            first, *before = names[first].split(".")
            rest = [*before, *rest]
        if first == "self" and not rest[0].startswith("_"):
            found.append(".".join(rest))
    return found


def test_every_method_of_a_month_decides_or_is_said_not_to(world):
    told = {method for each in DECISIONS.values() for method in each.does}
    called = set(methods_of_a_month(world))
    assert len(called) > 20
    assert called - told - set(NO_DECISION) == set()
    assert not [method for method in told if not callable(attrgetter(method)(world))]
    assert set(NO_DECISION) - called == set()


@pytest.mark.parametrize("name", DECISIONS)
def test_what_a_decision_looks_at_is_there(name, world):
    decision = DECISIONS[name]
    assert all(method.rpartition(".")[0] in PLACES for method in decision.does)
    for seen in decision.sees:
        if seen.startswith("lever "):
            assert seen.removeprefix("lever ") in all_levers(), seen
        else:
            attrgetter(seen)(world)
    evidence = all_evidence()
    for each in decision.evidence:
        assert (each.startswith("record:") and each.removeprefix("record:") in evidence.record.names) or evidence.cite(
            each
        ), each
    assert re.search(r"\w", decision.alternative)
