"""State is declared: one declaration for each attribute, and checkpoints, copies and widths follow from it."""

import copy
import pickle
import re

import numpy as np
import pytest

from sinobel.inputs.indicators import all_indicators
from sinobel.policies import scenarios
from sinobel.world.agents.country import Country
from sinobel.world.state import Checkpoint, Declared, Pipeline, fixed, mapped, state
from sinobel.world.world import World

DRAWS = 5
MONTHS = 26


def busy():
    """A policy under which the loan book uses every row and list it has."""
    policy = scenarios.load("baseline")
    for lever, value in (
        ("belarus.tied_share_limit", 0.5),
        ("china.rescheduling", 0.4),
        ("china.fdi_instead_of_loans", 0.3),
        ("belarus.untied_share_requested", 0.4),
    ):
        policy = policy.with_change(lever, value, start="2017-02", name="busy")
    return policy


def world(horizon="2020-12", months=0, **arguments):
    made = World(busy(), DRAWS, 7, horizon=horizon, keep_books=True, **arguments)
    for _ in range(months):
        made.step()
    return made


def declared(world):
    """Everything with declared state and where it stands, parts of parts included."""
    todo = list(world.parts().items())
    for place, each in todo:
        yield place, each
        todo += [
            (f"{place}.{name}", getattr(each, name))
            for name, declaration in each.declared.items()
            if declaration.kind == "part"
        ]


def holds_arrays(value):
    if isinstance(value, dict):
        return any(map(holds_arrays, value.values()))
    if isinstance(value, list | tuple):
        return any(map(holds_arrays, value))
    return isinstance(value, np.ndarray)


def leaves(value, path=()):
    """Every array of a state with its path."""
    if isinstance(value, dict | tuple):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*path, key))
    elif isinstance(value, np.ndarray):
        yield path, value


def attributes(world):
    return {place: set(vars(each)) for place, each in declared(world)}


# --- what is declared ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [0, MONTHS])
def test_every_attribute_that_holds_arrays_is_declared(months):
    for place, each in declared(world(months=months)):
        found = {name for name, value in vars(each).items() if holds_arrays(value)}
        assert found <= set(each.declared), place


def test_every_agent_has_its_place():
    made = world()
    placed = list(made.parts().values())
    for agent in made.agents:
        assert agent in placed or (isinstance(agent, Country) and not agent.declared), type(agent).__name__


def test_no_attribute_is_born_or_lost_outside_construction():
    made = world()
    before, own = attributes(made), set(vars(made))
    for _ in range(MONTHS):
        made.step()
    assert attributes(made) == before
    assert set(vars(made)) == own


def test_what_is_declared_is_there_from_the_start():
    for place, each in declared(world()):
        assert set(each.declared) <= set(vars(each)), place


def test_what_is_fixed_stays_and_what_is_counted_is_one_number():
    made = world()
    held = {
        (place, name): getattr(each, name)
        for place, each in declared(made)
        for name, declaration in each.declared.items()
        if declaration.kind in ("fixed", "monthly")
    }
    copies = copy.deepcopy(held)
    for _ in range(MONTHS):
        made.step()
    for place, each in declared(made):
        for name, declaration in each.declared.items():
            if declaration.kind in ("fixed", "monthly"):
                assert getattr(each, name) is held[place, name], (place, name)
                assert np.array_equal(held[place, name], copies[place, name]), (place, name)
            if declaration.kind == "calendar":
                assert isinstance(getattr(each, name), int | float), (place, name)


def test_units_are_those_of_the_indicators_that_are_read():
    read = {}
    for place, each in world().parts().items():
        for name, declaration in each.declared.items():
            assert declaration.meaning, (place, name)
            if declaration.indicator:
                assert declaration.indicator not in read, declaration.indicator
                read[declaration.indicator] = (place, name)
                assert declaration.unit == all_indicators()[declaration.indicator].monthly_unit, (place, name)
    assert len(read) > 50


# --- what follows from it --------------------------------------------------------------------------------------------


def test_draws_are_the_last_axis_of_all_that_moves():
    for path, array in leaves(world(months=MONTHS).checkpoint().parts):
        assert array.shape[-1] == DRAWS, path


def test_nothing_is_written_in_place_outside_the_loan_book():
    made = world()
    for _ in range(MONTHS):
        for path, array in leaves({place: each.state() for place, each in made.parts().items()}):
            if "book" not in path:
                array.flags.writeable = False
        made.step()


def test_a_checkpoint_stays_as_it_is_while_the_world_goes_on():
    made = world(months=5)
    kept = made.checkpoint()
    before = {path: array.copy() for path, array in leaves(kept.parts)}
    for _ in range(MONTHS):
        made.step()
    after = dict(leaves(kept.parts))
    assert before.keys() == after.keys()
    for path, array in before.items():
        assert np.array_equal(array, after[path], equal_nan=True), path


def test_a_world_goes_on_from_a_checkpoint_twice_as_if_nothing_had_happened():
    made = world(months=17)
    kept = made.checkpoint()
    ends = []
    for _ in range(2):
        other = World(
            busy(), DRAWS, 7, horizon="2020-12", keep_books=True, shocks=made.shocks, parameters=made.parameters
        )
        other.resume(kept)
        while other.running:
            other.step()
        ends.append(dict(leaves(other.checkpoint().parts)))
    while made.running:
        made.step()
    own = dict(leaves(made.checkpoint().parts))
    for end in ends:
        assert end.keys() == own.keys()
        for path, array in own.items():
            assert np.array_equal(array, end[path], equal_nan=True), path


def test_the_books_of_the_years_before_a_checkpoint_go_with_it():
    made = world(months=17)
    other = World(busy(), DRAWS, 7, horizon="2020-12", keep_books=True)
    other.resume(made.checkpoint())
    mine, theirs = made.transactions(2017), other.transactions(2017)
    assert mine.keys() == theirs.keys()
    assert all(np.array_equal(mine[kind][who], theirs[kind][who]) for kind in mine for who in mine[kind])


def test_side_by_side_every_array_is_repeated():
    kept = world(months=MONTHS).checkpoint()
    wide = kept.repeated(3)
    assert isinstance(wide, Checkpoint)
    assert wide.month == kept.month
    narrow, repeated = dict(leaves(kept.parts)), dict(leaves(wide.parts))
    assert narrow.keys() == repeated.keys()
    for path, array in narrow.items():
        assert np.array_equal(repeated[path], np.concatenate([array] * 3, axis=-1), equal_nan=True), path
    assert kept.repeated(1) is kept


def test_worlds_copy_and_pickle_with_their_state():
    made = world(months=14)
    for twin in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        for each in (made, twin):
            while each.month < made.origin + 20:
                each.step()
        own, other = dict(leaves(made.checkpoint().parts)), dict(leaves(twin.checkpoint().parts))
        assert all(np.array_equal(own[path], other[path], equal_nan=True) for path in own)


# --- declarations themselves -----------------------------------------------------------------------------------------


class Parent(Declared):
    first: np.ndarray = state("USD mn", "one thing")


class Child(Parent):
    second: np.ndarray = fixed("months", "another")


def test_declarations_are_gathered_once_and_leave_plain_attributes():
    assert list(Child.declared) == ["first", "second"]
    assert list(Parent.declared) == ["first"]
    child = Child()
    with pytest.raises(AttributeError, match="first"):
        child.first  # noqa: B018
    child.first = np.ones(2)
    assert vars(child).keys() == {"first"}
    assert child.state().keys() == {"first"}


def test_a_pipeline_keeps_its_length_and_lets_the_oldest_out():
    under_way = Pipeline((np.zeros(2), np.ones(2)))
    later = under_way.then(np.full(2, 5.0))
    assert [part[0] for part in later] == [1.0, 5.0]
    assert [part[0] for part in mapped(later, lambda array: -array)] == [-1.0, -5.0]
    assert isinstance(mapped(later, np.copy), Pipeline)


def test_no_part_of_the_world_looks_at_itself():
    from tests.project.test_architecture import SOURCE

    for path in (SOURCE / "world").rglob("*.py"):
        text = path.read_text()
        assert not re.search(r"\bvars\(self|is_state|settle_dependence|\blike = 0\.0", text), path.name
