"""Loans and investments of scenarios as rows of a table: who brings what, on which terms, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sinobel.analysis import money
from sinobel.inputs import months
from sinobel.inputs.quantities import with_unit
from sinobel.policies.events import CHINA, ELSEWHERE, LENDERS_IN_WORDS, Event, Investment, in_order, rows_of_projects
from sinobel.policies.scenarios import Scenario

AT_ONCE, OVER_MONTHS = "paid out when signed", "comes in over its months"
USUAL = "as usual"
TERMS = {
    "interest": ("fraction", "interest {}"),
    "grace": ("years", "{} of grace"),
    "maturity": ("years", "repaid within {}"),
    "tied_share": ("fraction", "{} tied"),
    "guaranteed": ("fraction", "{} guaranteed"),
}
"""Terms that a loan may state: unit, and how they are told."""


@dataclass(frozen=True)
class EventRow:
    """An event of a scenario.

    Attributes
    ----------
    loan : str
        Row of the loan book, for a Chinese loan for a project; nothing for all others.
    source, dated, terms, purpose : str
        Who brings it, in which months, what it states of its terms, and what for.
    amount : float
        USD mn, in a year where `yearly`.
    paid : str
        How it is paid out where it does not stand in the loan book.
    drawn, untied, lapsed, undrawn, service, called : float | None
        Of 100 dollars signed, mean over futures: paid out, the part of that which need not buy Chinese goods, lapsed,
        not yet drawn at the horizon, principal and interest paid, and paid by the budget as guarantor; None for what
        does not stand in the loan book.
    fails : float | None
        Percent of futures in which its project fails.
    """

    scenario: str
    loan: str
    name: str
    kind: str
    source: str
    dated: str
    amount: float
    yearly: bool
    terms: str
    purpose: str
    paid: str = ""
    drawn: float | None = None
    untied: float | None = None
    lapsed: float | None = None
    undrawn: float | None = None
    service: float | None = None
    fails: float | None = None
    called: float | None = None

    @property
    def in_book(self) -> bool:
        """True where its money is followed."""
        return self.drawn is not None


def told_events(scenario: Scenario, story: Callable[[str], Sequence[Mapping[str, Any]]]) -> list[EventRow]:
    """The events of a scenario by month, those of one month in its order.

    Parameters
    ----------
    story : Callable[[str], Sequence[Mapping[str, Any]]]
        Rows of `analysis.money` of a row of the loan book, fresh or read back; none where that is not kept.
    """
    rows_by_name = {name: row for row, name in rows_of_projects(scenario.events).items()}
    return [_row(scenario.name, each, rows_by_name.get(each.name, ""), story) for each in in_order(scenario.events)]


def _row(scenario: str, event: Event, loan: str, story: Callable[[str], Sequence[Mapping[str, Any]]]) -> EventRow:
    yearly = isinstance(event, Investment) and event.yearly
    return EventRow(
        scenario=scenario,
        loan=loan,
        name=event.name,
        kind=event.kind,
        source=source(event),
        dated=dated(event),
        amount=event.amount,
        yearly=yearly,
        terms=terms(event),
        purpose=purpose(event),
        paid="" if loan else OVER_MONTHS if isinstance(event, Investment) else AT_ONCE,
        **(_fate(story(loan)) if loan else {}),
    )


def _fate(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """What became of the money of a loan; nothing where that is not kept."""
    means = {(str(row["stage"]), str(row["item"])): float(row["mean"]) for row in rows}
    if not means:
        return {}
    return {
        "drawn": sum(means.get((money.SPENT, item), 0.0) for item in money.PAID_OUT),
        "untied": means[money.SPENT, money.LOCAL],
        "lapsed": means[money.SPENT, money.LAPSED],
        "undrawn": means[money.SPENT, money.UNDRAWN],
        "service": means[money.RETURNED, money.PRINCIPAL] + means[money.RETURNED, money.INTEREST],
        "fails": means[money.FATE, money.FAILED],
        "called": means[money.BUDGET, money.CALLED],
    }


def source(event: Event) -> str:
    """Who lends or invests, as people call them."""
    if isinstance(event, Investment):
        return LENDERS_IN_WORDS[CHINA] if event.investor != ELSEWHERE else ELSEWHERE
    return LENDERS_IN_WORDS[event.lender]


def dated(event: Event) -> str:
    """The month in which a loan is signed, or the months of an investment."""
    if not isinstance(event, Investment):
        return months.label(event.signed)
    return f"{months.label(event.start)} to {months.label(event.until) if event.until is not None else 'the end'}"


def terms(event: Event) -> str:
    """What a loan states of its terms, "as usual" for nothing; an investment has none."""
    if isinstance(event, Investment):
        return ""
    stated = {name: getattr(event, name) for name in TERMS}
    told = [
        words.format(with_unit(stated[name], unit)) for name, (unit, words) in TERMS.items() if stated[name] is not None
    ]
    return ", ".join(told) or USUAL


def purpose(event: Event) -> str:
    """Sector and instrument."""
    parts = (event.sector, "" if isinstance(event, Investment) else event.instrument)
    return ", ".join(filter(None, parts))
