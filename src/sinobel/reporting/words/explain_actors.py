"""Explanations of what is no number: institutions of the model, positions in a country, events, tables of a file."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.objectives import all_objectives
from sinobel.inputs.positions import DECLARED, Position
from sinobel.inputs.quantities import label_and_name
from sinobel.policies import packages, scenarios

Line = tuple[str, str]
AGENTS = "sinobel.world.agents"
TABLES = {
    "change": "a lever that is set from a month on, by value or scale, always or as a rule of state says",
    "loan": "an event: a loan that a lender signs in a month, whatever lenders decide in the model",
    "investment": "an event: direct investment that comes in some months, beside what investors decide in the model",
    "package": "changes, loans and investments that belong together, dated from the month in which the package begins",
}
"""Tables of a scenario file."""


def names() -> list[str]:
    """What can be explained here."""
    return [*TABLES, *_agents(), *(each.name for each in positions()), *_events()]


def lines(name: str, places: Callable[[str], Sequence[str]], parameters: Sequence[str]) -> list[Line]:
    """Lines about an institution, a position, an event or a table; nothing for a name that is none of them.

    Parameters
    ----------
    places : Callable[[str], Sequence[str]]
        Functions that use a parameter.
    parameters : Sequence[str]
        Names of all parameters.
    """
    if name in _agents():
        return list(_agent(name, places, parameters))
    for position in positions():
        if name in (position.name, position.short, position.label):
            return list(_position(position))
    if name in TABLES:
        return list(_table(name))
    plain = name.casefold()
    return [line for called, told in _events().items() if called.casefold() == plain for line in told]


def positions() -> list[Position]:
    """The positions in every country that names any."""
    return [each for country in COUNTRIES for each in all_objectives().positions(country) if each.short != DECLARED]


@cache
def _agents() -> tuple[str, ...]:
    """Modules of institutions that hold state and act."""
    package = import_module(AGENTS)
    return tuple(each.name for each in iter_modules(package.__path__) if each.name not in ("country", "surroundings"))


def _agent(name: str, places: Callable[[str], Sequence[str]], parameters: Sequence[str]) -> Iterator[Line]:
    module = import_module(f"{AGENTS}.{name}")
    yield "acts", " ".join((inspect.getdoc(module) or "").split())
    home = f"world/agents/{name}.py"
    yield "in", home
    tree = ast.parse(inspect.getsource(module))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and (told := ast.get_docstring(node)):
            yield node.name, told.partition("\n")[0]
    used = [each for each in parameters if any(place.startswith(f"{home}:") for place in places(each))]
    if used:
        yield "parameters", ", ".join(used)


def _position(position: Position) -> Iterator[Line]:
    yield "position", f"{position.label}, of {COUNTRIES[position.country]} ({position.name})"
    total = sum(middle for _, middle, _ in position.weights.values())
    first = "weighs"
    for short, (least, middle, most) in position.weights.items():
        yield first, f"{position.country}.{short}: about {100 * middle / total:.0f} % ({least:g} to {most:g})"
        first = ""
    if position.sentence:
        yield "the paper", f"“{position.sentence}”"
    if position.assumption:
        yield "assumption", position.assumption


def _table(name: str) -> Iterator[Line]:
    yield "table", f"[[{name}]] of a scenario file: {TABLES[name]}"
    if name == "package":
        yield "ready-made", ", ".join(packages.shipped_names())
    elif name != "change":
        yield "shipped", "; ".join(called for called, told in _events().items() if told[0][0] == name)


@cache
def _events() -> dict[str, list[Line]]:
    """Event of a scenario that ships -> what it is, and in which scenario."""
    found: dict[str, list[Line]] = {}
    for name in scenarios.shipped_names():
        for event in scenarios.load(name).events:
            told = found.setdefault(event.name, [])
            told.append((event.kind, f"{event.in_words(label_and_name)}; an event of the scenario {name}"))
            told += [("", text) for text in (event.why, event.source) if text]
    return found
