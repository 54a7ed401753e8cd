"""What an option states by itself: indicators that what it changes sets by definition, so that they are no finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sinobel.inputs.levers import all_levers
from sinobel.policies.changes import Change
from sinobel.policies.events import CHINA, RUSSIA, Event, Loan
from sinobel.policies.scenario import Scenario

OWED, INVESTED = {CHINA: "debt_to_china", RUSSIA: "debt_to_russia"}, {CHINA: "fdi_from_china"}
"""Lender or investor of an event -> the indicator that counts its money."""

Each = TypeVar("Each", Change, Event)


def stated(scenarios: Iterable[Scenario], reference: str) -> dict[str, frozenset[str]]:
    """What each option states beside a reference.

    Whoever asks what comes of no Russian loans knows that less is owed to Russia; how much follows what comes of it. A
    lever names what it sets (`sets` in `model/levers.toml`): the volume of the same money, and nothing that is earned,
    bought or paid with it. What both have alike neither states.

    What holds under a condition states nothing: a lender who steps in when reserves are short has fixed neither when
    nor how often, and how much is owed then is the finding. Nor does a ceiling that may not bind, which names no sum.

    Parameters
    ----------
    scenarios : Iterable[Scenario]
        The options and the reference.
    reference : str
        Its name.

    Returns
    -------
    dict[str, frozenset[str]]
        Option -> indicators; empty for most.
    """
    known: Mapping[str, Scenario] = {each.name: each for each in scenarios}
    if reference not in known:
        return {}
    base = known[reference]
    return {name: _beside(option, base) for name, option in known.items() if name != reference}


def _beside(option: Scenario, base: Scenario) -> frozenset[str]:
    changes = [*_only(option.changes, base.changes), *_only(base.changes, option.changes)]
    events = [*_only(option.events, base.events), *_only(base.events, option.events)]
    levers = all_levers()
    set_by = [levers[each.lever].sets for each in changes if each.lever in levers and not each.when]
    return frozenset(name for names in (*set_by, *map(_of_event, events)) for name in names)


def _only(these: Iterable[Each], those: Iterable[Each]) -> list[Each]:
    written = [each.as_written() for each in those]
    return [each for each in these if each.as_written() not in written]


def _of_event(event: Event) -> tuple[str, ...]:
    name = OWED.get(event.lender, "") if isinstance(event, Loan) else INVESTED.get(event.investor, "")
    return (name,) if name else ()
