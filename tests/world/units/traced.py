"""A world in which every array carries its unit: the model itself, fed with traced inputs.

Units come from where the numbers come from: parameters and levers from `model/`, the opening from its declarations, the
record from its table, named constants from their annotations. Numbers drawn by chance have none.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

import sinobel.world
from sinobel.inputs import months
from sinobel.inputs.evidence import KnownRecord, all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import Lever, all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.policies.event_path import BEGUN, Place
from sinobel.policies.events import INVESTORS, MOST_PROJECTS, SECTORS
from sinobel.policies.lever_path import LeverPath, Levers, Memory
from sinobel.world import environment, ledger
from sinobel.world.agents.loan_lives import lives
from sinobel.world.draws import ParameterDraws
from sinobel.world.readings import observe
from sinobel.world.rules import environment as environment_rules
from sinobel.world.rules import loan_service
from sinobel.world.world import World
from tests.world.units.algebra import fits, refuse
from tests.world.units.dimensions import NUMBER, Unit, UnitError, plain, times, unit_of
from tests.world.units.tracer import TRACE, Numpy, Traced, operand, raw

YEAR, A_YEAR = plain(year=1), plain(year=-1)
LEFT = unit_of("share left after a year")

IN_YEARS: dict[Any, tuple[dict[str, Unit], tuple[Unit, ...]]] = {
    environment_rules._end_and_mean: ({"persistence": LEFT}, (NUMBER, NUMBER)),
    environment_rules._shared: ({"persistence": LEFT}, (NUMBER,)),
    loan_service.share_repaid: ({"grace": YEAR, "repayment": YEAR}, (NUMBER,)),
    loan_service.share_due: ({}, (A_YEAR,)),
}
"""Rules whose formula is of one year, so that years are counted there as numbers: what goes in and what comes out."""


def modules() -> list[ModuleType]:
    """Every module of the world."""
    names = [each.name for each in pkgutil.walk_packages(sinobel.world.__path__, "sinobel.world.")]
    return [importlib.import_module(name) for name in names]


def constants(module: ModuleType) -> dict[str, str]:
    """Named constants of a module that say their unit."""
    own = vars(module).get("__annotations__", {})
    hints = {name: eval(text, vars(module) | {"Annotated": typing.Annotated}) for name, text in own.items()}
    return {name: hint.__metadata__[0] for name, hint in hints.items() if typing.get_origin(hint) is typing.Annotated}


def of_lever(lever: Lever) -> Unit:
    """Unit in which rules get a lever."""
    return unit_of("% a year" if getattr(lever, "rules", "") == "percent" else lever.unit)


def in_years(rule: Any, given: dict[str, Unit], gives: tuple[Unit, ...]) -> Any:
    """A rule of one year: what goes in has its unit, inside years are numbers, what comes out gets its unit."""

    def checked(*positional: Any, **named: Any) -> Any:
        arguments = dict(inspect.signature(rule).bind(*positional, **named).arguments)
        for name, value in arguments.items():
            found = operand(value).unit
            if name in given:
                if not fits(found, given[name]) and found != NUMBER:
                    refuse(f"{rule.__name__}: {name} has unit {found}, not {given[name]}")
                arguments[name] = Traced(raw(value), NUMBER, TRACE.of(value))
        result = rule(**arguments) if named else rule(*arguments.values())
        whole = result if isinstance(result, tuple) else (result,)
        for each in whole:
            if not operand(each).unit.is_number:
                refuse(f"{rule.__name__} gives {operand(each).unit}, not a number")
        stamped = tuple(Traced(raw(each), unit, TRACE.of(each)) for each, unit in zip(whole, gives, strict=True))
        return stamped if isinstance(result, tuple) else stamped[0]

    return checked


class Events:
    """The events of a month with their units."""

    def __init__(self, board: Any, draws: int):
        self.board, self.draws, self.signs = board, draws, board.signs

    def _of(self, value: Any, place: Place, *slots: int) -> Traced:
        known = np.broadcast_to(raw(value), (*slots, self.draws))
        return Traced(known, unit_of(place.unit), TRACE.lever(self.board, (place, slots)))

    def __call__(self, what: str, whose: str) -> Traced:
        return self._of(self.board(what, whose), Place(what, whose))

    @property
    def amounts(self) -> Traced:
        """What is signed in the slots."""
        return self._of(self.board.amounts, Place("amount", 0), MOST_PROJECTS)

    @property
    def begun(self) -> Traced:
        """What is invested by investor and sector."""
        known = self.board.begun
        return self._of(known, Place(BEGUN, f"{INVESTORS[0]}, {SECTORS[0]}"), len(known))

    def stated(self, what: str) -> Traced:
        """Whether a term is stated of what is signed in the slots."""
        known = np.broadcast_to(self.board.stated(what), (MOST_PROJECTS, self.draws))
        return Traced(known, NUMBER, TRACE.lever(self.board, ("stated", what)))

    def terms(self, what: str, otherwise: Any) -> Traced:
        """A term of what is signed in the slots."""
        own = TRACE.lever(self.board, ("terms", what)), TRACE.of(otherwise)
        known = np.broadcast_to(self.board.terms(what, raw(otherwise)), (MOST_PROJECTS, self.draws))
        return Traced(known, unit_of(Place(what, 0).unit), TRACE.found(("terms", *own), own))


class Board:
    """The levers of a month with their units."""

    def __init__(self, board: Any, draws: int):
        self.board, self.draws = board, draws

    @property
    def events(self) -> Events:
        """What the events of a scenario come to."""
        return Events(self.board.events, self.draws)

    def __getitem__(self, name: str) -> Traced:
        value = np.broadcast_to(raw(self.board[name]), (self.draws,))  # it may differ from draw to draw
        return Traced(value, of_lever(all_levers()[name]), TRACE.lever(self.board, name))

    def over(self, name: str, otherwise: Any) -> Traced:
        """What the lever leaves of a value, which must have its unit."""
        unit, found = of_lever(all_levers()[name]), operand(otherwise).unit
        if not fits(found, unit):
            refuse(f"{name} is {unit}, what it replaces is {found}")
        replaced = TRACE.lever(self.board, name), TRACE.of(otherwise)
        return Traced(raw(self.board.over(name, raw(otherwise))), unit, TRACE.found(("over", *replaced), replaced))


class Path:
    """The levers of a scenario with their units."""

    def __init__(self, path: Levers, draws: int):
        self.path, self.draws = path, draws

    def board(self, month: int, memory: Memory | None = None) -> Any:
        """The levers of a month."""
        return Board(self.path.board(month, memory), self.draws)

    def watched(self, month: int) -> Any:
        """Conditions of a month."""
        return self.path.watched(month)


class RawMemory(Memory):
    """What rules of state remember; thresholds are the user's, in the unit of their indicator."""

    def look(self, watched: Any, read: Any) -> None:
        """Look at the month that has ended."""
        super().look(watched, lambda name: raw(read(name)))


def stamped(opening: Any) -> Any:
    """An opening whose fields have the units that their annotations say."""
    hints = typing.get_type_hints(type(opening), include_extras=True)
    changed = {}
    for each in fields(opening):
        value, hint = getattr(opening, each.name), hints[each.name]
        if is_dataclass(value):
            changed[each.name] = stamped(value)
        elif typing.get_origin(hint) is typing.Annotated and not isinstance(value, int):
            unit = unit_of(hint.__metadata__[0])
            if isinstance(value, dict):
                changed[each.name] = {name: Traced(amount, unit) for name, amount in value.items()}
            else:
                changed[each.name] = Traced(value, unit)
    return replace(opening, **changed)


@contextlib.contextmanager
def tracing(replaced: dict[tuple[str, str], Any] | None = None) -> Iterator[None]:
    """While it lasts the modules of the world work with traced arrays and constants.

    Parameters
    ----------
    replaced
        Objects of modules to put something else in place of, (module, name) -> object.
    """
    saved: list[tuple[Any, str, Any]] = []

    def put(owner: Any, name: str, value: Any) -> None:
        saved.append((owner, name, vars(owner)[name]))
        setattr(owner, name, value)

    world = modules()
    try:
        for (module_name, name), value in (replaced or {}).items():
            put(importlib.import_module(module_name), name, value)
        named = {}
        for module in world:
            for name, unit in constants(module).items():
                value = vars(module)[name]
                named[name, value] = Traced(value, unit_of(unit), TRACE.constant(name, value))
        years = {rule: in_years(rule, *units) for rule, units in IN_YEARS.items()}
        for module in world:
            for name, value in list(vars(module).items()):
                if isinstance(value, int | float) and (name, value) in named:
                    put(module, name, named[name, value])
                elif value is np:
                    put(module, name, Numpy())
                elif inspect.isfunction(value) and value in years:
                    put(module, name, years[value])
        _trace_inputs(put)
        yield
    finally:
        for owner, name, value in reversed(saved):
            setattr(owner, name, value)
        TRACE.forget()


def _trace_inputs(put: Any) -> None:
    """The record with its units; books that look at the unit of every flow."""

    def unit_of_series(series: str) -> Unit:
        return unit_of(all_evidence().record.readings(series)[-1].unit)

    value, at_month, years = KnownRecord.value, KnownRecord.at_month, KnownRecord.years
    put(
        KnownRecord,
        "value",
        lambda self, name, *given, **others: Traced(value(self, name, *given, **others), unit_of_series(name)),
    )
    put(KnownRecord, "at_month", lambda self, name, *given: Traced(at_month(self, name, *given), unit_of_series(name)))
    put(
        KnownRecord,
        "years",
        lambda self, name, *given, **others: {
            year: Traced(found, unit_of_series(name)) for year, found in years(self, name, *given, **others).items()
        },
    )
    past_mean = environment.past_mean
    put(
        environment,
        "past_mean",
        lambda values, count: Traced(past_mean(raw(values), int(raw(count))), next(iter(values.values())).unit),
    )
    pay = ledger.Ledger.pay

    def checked(self: Any, kind: str, payer: str, payee: str, amount: Any, claim: str | None = None) -> None:
        declared = times(unit_of(self.unit), plain(month=1), -1)
        if not fits(operand(amount).unit, declared):
            refuse(f"{kind} of {payer} to {payee} is booked in {operand(amount).unit}, not in {declared}")
        pay(self, kind, payer, payee, amount, claim)
        for held in (self.stocks, self.claims):  # a step is over: what flowed in is held
            held.update({name: Traced(raw(value), unit_of(self.unit), TRACE.of(value)) for name, value in held.items()})

    put(ledger.Ledger, "pay", checked)


def inputs(scenario: Any, draws: int, origin: str = months.DEFAULT_ORIGIN, horizon: str = "2030-12") -> dict[str, Any]:
    """What a traced world of a scenario is made of; read before tracing begins."""
    world = World(scenario, draws, 2017, origin=origin, horizon=horizon, collect=False)
    table = all_parameters()
    parameters = ParameterDraws(
        {name: Traced(value.copy(), unit_of(table[name].unit)) for name, value in world.parameters.values.items()}
    )
    path = LeverPath(world.policy, world.origin, world.horizon)
    return {
        "policy": world.policy,
        "draws": draws,
        "origin": origin,
        "horizon": horizon,
        "shocks": world.shocks,
        "parameters": parameters,
        "opening": stamped(world.opening),
        "levers": Path(path, draws),
        "collect": False,
    }


def make(given: dict[str, Any]) -> World:
    """A world with units, within `tracing`."""
    world = World(**given)
    world.memory = RawMemory()
    return world


def of_indicator(name: str) -> Unit:
    """Unit in which an indicator is read in a month."""
    return unit_of(all_indicators()[name].monthly_unit)


def check_readings(world: World) -> int:
    """Every indicator is read in the unit that `model/indicators.toml` says; how many there are."""
    found = observe(world)
    for name, value in found.items():
        unit = operand(value).unit
        if not fits(unit, of_indicator(name)):
            raise UnitError(f"{name} is read in {unit}, not in {of_indicator(name)}")
    return len(found)


def check_lives(world: World) -> dict[str, Any]:
    """The lives of all loans and what lapsed of them, in money but for cost and gift."""
    units = dict.fromkeys(("sector", "instrument", "fails", "grant_element"), NUMBER)
    units |= {"effective_cost": unit_of("fraction a year"), "yields": unit_of("USD mn a year")}
    found = lives(world.china.policy_banks)
    for name, value in (found | {"lapsed": world.china.policy_banks.book.lapsed}).items():
        unit, declared = operand(value).unit, units.get(name, unit_of("USD mn"))
        if not fits(unit, declared):
            raise UnitError(f"{name} of loans is told in {unit}, not in {declared}")
    return found


def declared_state(world: World) -> Iterator[tuple[str, Any, str, str]]:
    """Every piece of declared state with arrays: place, the part of the world, attribute, unit in words."""
    waiting = list(world.parts().items())
    while waiting:
        place, part = waiting.pop(0)
        for name, each in part.declared.items():
            if each.kind == "part":
                waiting.append((f"{place}.{name}", getattr(part, name)))
            elif each.kind != "calendar":
                yield place, part, name, part.unit if each.unit == "unit of the ledger" else each.unit


def with_unit(value: Any, unit: Unit, words: str) -> Any:
    """State whose arrays have its declared unit; refused where one was found with another."""
    if isinstance(value, Traced | np.ndarray):
        found = operand(value).unit if isinstance(value, Traced) else unit
        if not fits(found, unit):
            raise UnitError(f"{words} has unit {found}, declared is {unit}")
        return Traced(raw(value), unit, TRACE.of(value) if isinstance(value, Traced) else None)
    if isinstance(value, dict):
        return {name: with_unit(each, unit, f"{words} of {name}") for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(with_unit(each, unit, words) for each in value)
    return value


def declare(world: World) -> int:
    """A month is over: every piece of state has the unit that its class declares; how many pieces there are."""
    count = 0
    for place, part, name, words in list(declared_state(world)):
        if name != "entries":  # flows of the month: looked at when they are booked
            setattr(part, name, with_unit(getattr(part, name), unit_of(words), f"{place}.{name}"))
            count += 1
    return count


def resumed(given: dict[str, Any], before: Any) -> World:
    """A world with units that goes on from the checkpoint of one without, within `tracing`."""
    world = make(given)
    world.resume(before)
    declare(world)
    return world
