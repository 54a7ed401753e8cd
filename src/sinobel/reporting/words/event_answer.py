"""What the events of a scenario did, in sentences: how much came, what of it is untied, what was paid back for it."""

from __future__ import annotations

from collections.abc import Sequence

from sinobel.reporting.tables.event_rows import EventRow
from sinobel.reporting.words.wording import about, amount, several

UNIT = "USD mn"
NAMED = 3
"""Events that a sentence names; more of them are counted."""


def sentences(rows: Sequence[EventRow], horizon: int) -> list[str]:
    """One sentence each for loans of the loan book, for loans that are paid out at once and for investment.

    Parameters
    ----------
    rows : Sequence[EventRow]
        Events of one scenario, with what became of their money where that is kept.
    horizon : int
        Last simulated year.
    """
    told = [_loans_for_projects([each for each in rows if each.in_book], horizon)]
    told.append(_at_once([each for each in rows if each.kind == "loan" and not each.loan]))
    told.append(_investments([each for each in rows if each.kind == "investment"]))
    return [sentence for sentence in told if sentence]


def _loans_for_projects(rows: Sequence[EventRow], horizon: int) -> str:
    """How much of them arrives, what of that is untied, and their service; means over futures."""
    if not rows:
        return ""
    signed = sum(each.amount for each in rows)
    drawn, untied, service = (
        sum(each.amount * (getattr(each, what) or 0.0) for each in rows) / 100
        for what in ("drawn", "untied", "service")
    )
    bought = about("tied_imports", "Chinese goods")
    return (
        f"{_called(rows, 'Chinese loan')}: of {amount(signed, UNIT)} signed {amount(drawn, UNIT, beside=signed)} "
        f"arrive by the end of {horizon} at the mean of futures, {amount(drawn - untied, UNIT, beside=signed)} of it "
        f"tied to {bought} and {amount(untied, UNIT, beside=signed)} untied; interest and principal paid for it come "
        f"to {amount(service, UNIT, beside=signed)} by then."
    )


def _at_once(rows: Sequence[EventRow]) -> str:
    """Loans that are paid out when they are signed; results do not keep their service apart."""
    if not rows:
        return ""
    total = sum(each.amount for each in rows)
    return (
        f"{_called(rows, 'loan')}: {amount(total, UNIT)}, paid out when signed and untied; "
        f"{'its' if len(rows) == 1 else 'their'} service is within that of all public debt "
        f"({about('debt_service', 'debt service')})."
    )


def _investments(rows: Sequence[EventRow]) -> str:
    """Investments; each by itself, since some are of a year and some in all."""
    if not rows:
        return ""
    parts = ", ".join(
        f"“{each.name}” {amount(each.amount, UNIT)}{' a year' if each.yearly else ''}, {each.dated}" for each in rows
    )
    return f"Invested, without debt or service: {parts}."


def _called(rows: Sequence[EventRow], noun: str) -> str:
    """The names of a few events, the number of many: "Chinese loan “plant”", "5 Chinese loans"."""
    if len(rows) > NAMED:
        return several(len(rows), noun)
    names = [f"“{each.name}”" for each in rows]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{noun[0].upper()}{noun[1:]}{'s' if len(rows) > 1 else ''} {listed}"
