"""Explanations of who decides what: decisions of the model by name, and the institutions that take them by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from sinobel.inputs.decisions import GRADES, Decision, all_decisions
from sinobel.inputs.loans_and_contracts import UNTIED, is_row_of_event, year_of_new
from sinobel.inputs.reading import Wording
from sinobel.policies import scenarios
from sinobel.policies.events import rows_of_projects
from sinobel.reporting.tables import loan_words

Line = tuple[str, str]
ALL = "decisions"


def names() -> list[str]:
    """What can be explained here."""
    return [ALL, *all_decisions(), *_places(), *_methods()]


def lines(name: str, evidence: Callable[[tuple[str, ...]], Iterator[Line]]) -> list[Line]:
    """Lines about a decision, about all of them, or about those of an institution; nothing for any other name.

    Parameters
    ----------
    name : str
        As "loans-for-projects", "decisions", "china.policy_banks" or "russia.government.bid".
    evidence : Callable[[tuple[str, ...]], Iterator[Line]]
        Lines of evidence by its ids.
    """
    if name == ALL:
        return list(_all())
    if name in all_decisions():
        return list(_decision(all_decisions()[name], evidence))
    whose = [place for place in (*_places(), *_methods()) if name in (place, module_of(place))]
    taken = [each for each in all_decisions().values() if any(_is_of(each, place) for place in whose)]
    if whose and not taken:
        return [("decides", "nothing: what it does follows from what others have decided")]
    return [line for each in taken for line in _decision(each, evidence)]


def module_of(place: str) -> str:
    """The module of the institution at a place in the world, such as "china.policy_banks"; nothing for other names."""
    from sinobel.world.places import PLACES

    module = PLACES[place].__module__ if place in _places() else ""
    return module.rpartition(".")[2]


def loan(name: str, wording: Wording) -> list[Line]:
    """Lines about a row of the loan book that is no loan of the record; nothing for other names."""
    row = name.upper()
    if is_row_of_event(row):
        return list(_row_of_event(row, wording))
    if year_of_new(row.upper()[:-1] + row[-1:].lower()):
        title = loan_words.title(row[:-1] + row[-1:].lower())
        return [("loan", f"{title}, of a sector, size and instrument that differ from future to future")]
    if name.casefold() == UNTIED:
        told = f"{loan_words.title(UNTIED)}: paid out at once to buy anything; all of a scenario is followed together"
        return [("loans", told)]
    return []


def _row_of_event(row: str, wording: Wording) -> Iterator[Line]:
    """Whose a row is that waits for the loan of an event: that of another in every scenario."""
    yield (
        "loan",
        "a row of the loan book that an event of a scenario fills: which loan it is depends on the scenario",
    )
    first = "filled by"
    for name in scenarios.shipped_names():
        if called := rows_of_projects(scenarios.load(name).events).get(row):
            yield first, f"{called}, in {name}"
            first = ""
    yield "", wording("{loans()} lists those of a scenario")


def _all() -> Iterator[Line]:
    for each in all_decisions().values():
        yield each.name, f"{each.question} ({each.who})"


def _decision(each: Decision, evidence: Callable[[tuple[str, ...]], Iterator[Line]]) -> Iterator[Line]:
    yield "decision", each.name
    yield "who", f"{each.who} ({', '.join(each.does)})"
    yield "question", each.question
    yield "sees", ", ".join(each.sees)
    yield "wants", each.wants
    yield "chooses", each.chooses
    yield "grade", f"{each.grade}: {GRADES[each.grade]}"
    yield from evidence(each.evidence)
    yield "alternative", each.alternative


def _is_of(each: Decision, place: str) -> bool:
    """True for what an institution does itself, or another that is a part of it; and for a method of it."""
    return any(method == place or method.startswith(f"{place}.") for method in each.does)


@cache
def _places() -> tuple[str, ...]:
    """Institutions by their places in the world."""
    from sinobel.world.places import PLACES

    return tuple(place for place, owner in PLACES.items() if ".agents." in owner.__module__)


def _methods() -> Sequence[str]:
    """What carries decisions out, by its place in the world."""
    return list(dict.fromkeys(method for each in all_decisions().values() for method in each.does))
