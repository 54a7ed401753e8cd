"""Dated events of a scenario: a loan that is signed, an investment that is made. What they are, and how they are told.

Unlike a change of a lever, an event is a sum of money with a name: it comes on top of what lenders and investors decide
in the model, in every draw.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sinobel.inputs import loans_and_contracts, months
from sinobel.inputs.quantities import Named, digits, label_alone, with_unit
from sinobel.inputs.reading import Problem, in_quotes

CHINA, RUSSIA, IMF, MULTILATERAL, BONDS = LENDERS = ("china", "russia", "imf", "multilateral", "bonds")
LENDERS_IN_WORDS = {
    CHINA: "China",
    RUSSIA: "Russia",
    IMF: "the IMF",
    MULTILATERAL: "development banks",
    BONDS: "bond markets",
}
ELSEWHERE = "elsewhere"
INVESTORS = (CHINA, ELSEWHERE)
UNTIED = "untied"
INSTRUMENTS = (*loans_and_contracts.INSTRUMENTS, UNTIED)
SECTORS = loans_and_contracts.SECTORS
MOST_PROJECTS = loans_and_contracts.EVENTS
"""Chinese loans for projects in one scenario: the loan book keeps so many rows for them."""

LOAN_KEYS = (
    *("name", "lender", "amount", "signed", "project", "sector", "instrument", "tied_share", "interest", "grace"),
    *("maturity", "guaranteed", "why", "source"),
)
LONGEST_NAME = 80
KEYS = 2**24
"""Of names of loans: few enough that a number below 1 keeps its digits when it is multiplied by a key."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Loan:
    """A loan that a lender signs in a month, whatever the model's lenders decide.

    Attributes
    ----------
    amount : float
        USD mn; of a project it is drawn as its work goes on, all others are paid out in the month.
    signed : int
        Month number.
    instrument : str
        Of a Chinese loan; "untied" is paid out at once and buys what Belarus likes.
    tied_share, interest, grace, maturity, guaranteed : float | None
        Terms; None for what the lender usually asks.
    """

    name: str
    lender: str
    amount: float
    signed: int
    project: str = ""
    sector: str = ""
    instrument: str = ""
    tied_share: float | None = None
    interest: float | None = None
    grace: float | None = None
    maturity: float | None = None
    guaranteed: float | None = None
    why: str = ""
    source: str = ""
    file: str = ""
    line: int | None = None
    dated: int | None = None

    kind = "loan"

    @property
    def is_project(self) -> bool:
        """True for a Chinese loan that stands in the loan book."""
        return self.lender == CHINA and self.instrument != UNTIED

    @property
    def key(self) -> float:
        """Number of its name, by which chance knows its project in any scenario and beside any other event."""
        return float(zlib.crc32(self.name.encode()) % KEYS)

    @property
    def start(self) -> int:
        """Month in which it begins to matter."""
        return self.signed

    @property
    def until(self) -> int | None:
        """It has no last month of its own."""
        return None

    @property
    def has_terms(self) -> bool:
        """True where its own interest and maturity are stated."""
        return self.interest is not None and self.maturity is not None

    def as_written(self) -> dict[str, Any]:
        """The loan as it would stand in a file."""
        written = {key: getattr(self, key) for key in LOAN_KEYS if key != "signed"}
        written = {key: value for key, value in written.items() if value not in (None, "")}
        return written | {"signed": months.label(self.signed)}

    def in_words(self, named: Named = label_alone) -> str:
        """The loan in one sentence.

        Parameters
        ----------
        named : Named
            As of a change; a loan has no name but its own.
        """
        line = self.instrument == loans_and_contracts.BANK_LINE
        what = self.instrument if line else f"{self.instrument} loan" if self.instrument else "loan"
        purpose = self.project or ("" if self.sector == loans_and_contracts.MULTISECTOR else self.sector)
        aim = f" for {purpose}" if purpose else ""
        terms = [
            "" if self.interest is None else f"{with_unit(self.interest, 'fraction')} interest",
            "" if self.grace is None else f"{with_unit(self.grace, 'years')} of grace",
            "" if self.maturity is None else f"to be repaid within {with_unit(self.maturity, 'years')}",
            "" if self.tied_share is None else f"{with_unit(self.tied_share, 'fraction')} tied",
            "" if self.guaranteed is None else f"{with_unit(self.guaranteed, 'fraction')} guaranteed",
        ]
        told = f" ({', '.join(filter(None, terms))})" if any(terms) else ""
        much = f"USD {digits(self.amount)} mn from {LENDERS_IN_WORDS[self.lender]}"
        return f"{self.name}: {what} of {much}{aim}, signed in {months.label(self.signed)}{told}"

    def refuse_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Why its month does not fit a run from an origin to a horizon."""
        return _refuse_dates(self, {"signed": self.signed}, origin, horizon)


@dataclass(frozen=True, kw_only=True, repr=False)
class Investment:
    """Direct investment that comes in some months, whatever investors decide in the model.

    Attributes
    ----------
    start, until
        Month numbers, both included; without `until` it goes on to the horizon.
    amount : float
        USD mn in all, or in a year where `yearly`.
    investor : str
        "china" or "elsewhere".
    """

    name: str
    start: int
    until: int | None = None
    amount: float
    yearly: bool
    investor: str
    sector: str = ""
    why: str = ""
    source: str = ""
    file: str = ""
    line: int | None = None
    dated: int | None = None

    kind = "investment"

    @property
    def a_month(self) -> float:
        """USD mn in each of its months."""
        if self.yearly or self.until is None:
            return self.amount / 12
        return self.amount / (self.until - self.start + 1)

    def as_written(self) -> dict[str, Any]:
        """The investment as it would stand in a file."""
        written: dict[str, Any] = {"name": self.name, "from": months.label(self.start)}
        if self.until is not None:
            written["until"] = months.label(self.until)
        written |= {"amount_a_year" if self.yearly else "amount": self.amount, "investor": self.investor}
        return written | {key: text for key in ("sector", "why", "source") if (text := getattr(self, key))}

    def in_words(self, named: Named = label_alone) -> str:
        """The investment in one sentence; `named` as of a change."""
        until = f" until {months.label(self.until)}" if self.until is not None else " on"
        who = "China" if self.investor == CHINA else "elsewhere"
        aim = f" in {self.sector}" if self.sector else ""
        much = f"USD {digits(self.amount)} mn{' a year' if self.yearly else ' in all'}"
        return f"{self.name}: direct investment from {who}{aim}, {much}, from {months.label(self.start)}{until}"

    def refuse_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Why its months do not fit a run from an origin to a horizon."""
        return _refuse_dates(self, {"from": self.start, "until": self.until}, origin, horizon)


Event = Loan | Investment


def _refuse_dates(event: Event, dates: dict[str, int | None], origin: int, horizon: int) -> list[Problem]:
    span = f"the simulated months run from {months.label(origin + 1)} to {months.label(horizon)}"
    return [
        Problem(
            f'{event.name}: "{key}" {months.label(month)} is outside origin and horizon; {span}',
            event.file,
            event.dated or event.line,
        )
        for key, month in dates.items()
        if month is not None and not origin < month <= horizon
    ]


# --- several events ---------------------------------------------------------------------------------------------------


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events by month, those of one month in the order of the scenario: as they are numbered and told."""
    return sorted(events, key=lambda event: event.start)


def projects_in_order(events: Iterable[Event]) -> list[Loan]:
    """The Chinese loans for projects among events, in the order in which they fill rows of the loan book."""
    return [event for event in in_order(events) if isinstance(event, Loan) and event.is_project]


def rows_of_projects(events: Iterable[Event]) -> dict[str, str]:
    """Row of the loan book -> name of the Chinese loan for a project that stands in it."""
    return {loans_and_contracts.event_row(place): loan.name for place, loan in enumerate(projects_in_order(events))}


def plain_name(name: str) -> str:
    """A name as it is compared with others."""
    return " ".join(name.split()).casefold()


def clash(name: str, at: Problem, other: Event | None) -> Problem:
    """Two events of one name, where the second stands; the first where it could be read."""
    place = Problem("", other.file, other.line).place if other else ""
    differs = f", {in_quotes(other.name)}" if other and other.name != name else ""
    message = (
        f"two events are called {in_quotes(name)}{f' (the other: {place}{differs})' if place else ''}; "
        "each needs a name of its own, whatever its capitals and spaces"
    )
    return Problem(message, at.file, at.line)


def clashes(events: Iterable[Event]) -> list[Problem]:
    """Events that share a name, and Chinese loans for projects beyond what the loan book has rows for."""
    problems, known = [], dict[str, Event]()
    projects = 0
    for event in events:
        other = known.setdefault(plain_name(event.name), event)
        if other is not event:
            problems.append(clash(event.name, Problem("", event.file, event.line), other))
        projects += isinstance(event, Loan) and event.is_project
        if projects == MOST_PROJECTS + 1 and isinstance(event, Loan) and event.is_project:
            message = (
                f"{event.name} is Chinese loan number {projects} for a project; a scenario can have {MOST_PROJECTS} "
                f'(those with instrument = "{UNTIED}" do not count)'
            )
            problems.append(Problem(message, event.file, event.line))
    return problems
