"""What the events of a scenario come to month by month, as plain numbers: the world knows no events, only these.

There are the same numbers in every scenario and month, nought where nothing happens, so that the operations of a month
are the same whatever a scenario holds. How a loan with terms of its own is repaid follows from the terms alone, so its
debt, interest and principal are known before anything runs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.inputs.loans_and_contracts import MULTISECTOR
from sinobel.policies.events import (
    BONDS,
    CHINA,
    IMF,
    INSTRUMENTS,
    INVESTORS,
    MOST_PROJECTS,
    MULTILATERAL,
    RUSSIA,
    SECTORS,
    Event,
    Investment,
    Loan,
    projects_in_order,
)

MONTHS = 12
CREDITORS = (RUSSIA, MULTILATERAL, BONDS, CHINA)
"""Who lends what is paid out at once; the IMF stands with development banks."""
USUAL, OWN, OWED, LEFT, INTEREST, PRINCIPAL = "usual", "own", "owed", "left", "interest paid", "principal paid"
OF_CREDITORS = {
    USUAL: "USD mn a month",
    OWN: "USD mn a month",
    OWED: "USD mn",
    LEFT: "USD mn",
    INTEREST: "USD mn a month",
    PRINCIPAL: "USD mn a month",
}
"""By creditor: lent on its usual terms; lent on terms of the loan's own; what is owed on these when the month begins,
and when its principal has been paid; the interest and principal that falls due on them."""
TERMS = {
    "amount": "USD mn a month",
    "interest": "fraction a year",
    "grace": "years",
    "maturity": "years",
    "guaranteed": "fraction",
    "tied_share": "fraction",
    "sector": "row",
    "instrument": "row",
    "key": "index",
}
"""Of a Chinese loan for a project that is signed in the month; what is not stated is not a number. Sector and
instrument are places in their lists; the key is that of its name."""
LISTS: Mapping[str, Sequence[str]] = {"sector": SECTORS, "instrument": INSTRUMENTS}


@dataclass(frozen=True)
class Place:
    """Which of the numbers is meant: what, and whose."""

    what: str
    whose: str | int

    @property
    def unit(self) -> str:
        """In the words of `model/levers.toml`."""
        if isinstance(self.whose, int):
            return TERMS[self.what]
        return "USD mn a year" if self.what == PROGRAM else OF_CREDITORS.get(self.what, "USD mn a month")


INVESTED, BEGUN, PROGRAM = "invested", "begun", "program"
PLACES = (
    *(Place(what, whose) for what in OF_CREDITORS for whose in CREDITORS),
    *(Place(INVESTED, whose) for whose in INVESTORS),
    *(Place(BEGUN, f"{investor}, {sector}") for investor in INVESTORS for sector in SECTORS),
    Place(PROGRAM, IMF),
    *(Place(what, slot) for what in TERMS for slot in range(MOST_PROJECTS)),
)
"""Everything that events can be; what is invested, by who invests and once more by that and the sector that is begun;
`program` is what the IMF has lent in the last twelve months."""
_NUMBER = {(place.what, place.whose): number for number, place in enumerate(PLACES)}


class EventPath:
    """The events of a scenario over the months of a run.

    Parameters
    ----------
    events : Iterable[Event]
        Chinese loans for projects fill rows of the loan book by month, those of one month in this order. The order of
        all others moves no bit: they are summed by month and name.
    origin, horizon : int
        Month numbers.
    """

    def __init__(self, events: Iterable[Event], origin: int, horizon: int):
        self.origin, self.count = origin, horizon - origin + 1
        self.numbers = np.zeros((len(PLACES), self.count))
        for what in TERMS:
            if what != "amount":
                self.numbers[_rows(what)] = math.nan
        every = list(events)
        for slot, loan in enumerate(projects_in_order(every)):
            self._sign(loan, slot)
        for event in sorted(every, key=lambda event: (event.start, event.name)):
            if isinstance(event, Investment):
                self._invest(event)
            elif not event.is_project:
                self._lend(event)

    def month(self, month: int) -> EventBoard:
        """The numbers of a month."""
        return EventBoard(self.numbers[:, month - self.origin].tolist())

    def same_as(self, other: EventPath) -> np.ndarray:
        """True for each month in which another path holds the same."""
        same: np.ndarray = np.all(
            (self.numbers == other.numbers) | (np.isnan(self.numbers) & np.isnan(other.numbers)), axis=0
        )
        return same

    def _add(self, what: str, whose: str | int, first: int, last: int, amount: float) -> None:
        """Add an amount in the months of a span that are simulated."""
        start, end = max(first - self.origin, 0), min(last - self.origin + 1, self.count)
        if start < end:
            self.numbers[_NUMBER[what, whose], start:end] += amount

    def _invest(self, event: Investment) -> None:
        last = self.origin + self.count - 1 if event.until is None else event.until
        self._add(INVESTED, event.investor, event.start, last, event.a_month)
        self._add(BEGUN, f"{event.investor}, {event.sector or MULTISECTOR}", event.start, last, event.a_month)

    def _sign(self, loan: Loan, slot: int) -> None:
        """A Chinese loan for a project, which the loan book draws and repays."""
        place = loan.signed - self.origin
        if not 0 <= place < self.count:
            return
        for what in TERMS:
            value = getattr(loan, what)
            if what in LISTS:
                value = float(LISTS[what].index(value))
            if value is not None:
                self.numbers[_NUMBER[what, slot], place] = value

    def _lend(self, loan: Loan) -> None:
        """A loan that is paid out at once, with the debt that follows where its terms are stated."""
        lender = MULTILATERAL if loan.lender == IMF else loan.lender
        if loan.lender == IMF:
            self._add(PROGRAM, IMF, loan.signed, loan.signed + MONTHS - 1, loan.amount)
        self._add(OWN if loan.has_terms else USUAL, lender, loan.signed, loan.signed, loan.amount)
        if not loan.has_terms:
            return
        assert loan.interest is not None
        assert loan.maturity is not None
        end = round(MONTHS * loan.maturity)
        grace = min(round(MONTHS * (loan.grace or 0.0)), end - 1)
        installment = loan.amount / (end - grace)
        self._add(PRINCIPAL, lender, loan.signed + grace + 1, loan.signed + end, installment)
        for after in range(1, end + 1):
            month = loan.signed + after
            owed, left = (loan.amount - installment * max(paid - grace, 0) for paid in (after - 1, after))
            self._add(OWED, lender, month, month, owed)
            self._add(LEFT, lender, month, month, left)
            self._add(INTEREST, lender, month, month, owed * loan.interest / MONTHS)


class EventBoard:
    """The events of one month as agents see them: numbers, or arrays over draws where scenarios differ.

    Parameters
    ----------
    numbers : Sequence[Any]
        In the order of `PLACES`.
    """

    def __init__(self, numbers: Sequence[Any]):
        self._numbers = numbers

    @classmethod
    def beside_each_other(cls, boards: Sequence[EventBoard], draws: int) -> EventBoard:
        """The events of several scenarios as one, each for so many draws: a number where all of them agree."""
        columns = np.array([board._numbers for board in boards], dtype=float)
        same = np.all((columns == columns[0]) | (np.isnan(columns) & np.isnan(columns[0])), axis=0)
        return cls(
            [
                float(column[0]) if alike else np.repeat(column, draws)
                for column, alike in zip(columns.T, same, strict=True)
            ]
        )

    @property
    def values(self) -> list[Any]:
        """All numbers, in the order of `PLACES`."""
        return list(self._numbers)

    def __call__(self, what: str, whose: str) -> Any:
        """One of the numbers, a float or (draws,).

        Parameters
        ----------
        what, whose : str
            As in `PLACES`.
        """
        return self._numbers[_NUMBER[what, whose]]

    @property
    def begun(self) -> np.ndarray:
        """What is invested by investor and sector, USD mn in the month; sectors of China first.

        (investors * sectors, 1), or (investors * sectors, draws) where scenarios differ.
        """
        return self._rows(number for (what, _), number in _NUMBER.items() if what == BEGUN)

    @property
    def signs(self) -> bool:
        """True if a Chinese loan for a project is signed this month, in some scenario at least."""
        return any(not (isinstance(amount, float) and amount == 0.0) for amount in self._numbers[_rows("amount")])

    @property
    def amounts(self) -> np.ndarray:
        """What is signed in each slot, USD mn in the month; (slots, 1), or (slots, draws) where scenarios differ."""
        return self._slots("amount")

    def terms(self, what: str, otherwise: np.ndarray | float) -> np.ndarray:
        """A term of the loans that are signed in the slots, where it is stated; (slots, draws).

        Parameters
        ----------
        what : str
            One of `TERMS`.
        otherwise : np.ndarray | float
            What other loans have: slot by slot, (draws,) or the same for all.
        """
        result: np.ndarray = np.where(self.stated(what), self._slots(what), otherwise)
        return result

    def stated(self, what: str) -> np.ndarray:
        """True for the slots whose loan states a term; (slots, 1) or (slots, draws)."""
        result: np.ndarray = ~np.isnan(self._slots(what))
        return result

    def _slots(self, what: str) -> np.ndarray:
        return self._rows(_NUMBER[what, slot] for slot in range(MOST_PROJECTS))

    def _rows(self, places: Iterable[int]) -> np.ndarray:
        return np.stack(np.broadcast_arrays(*(np.atleast_1d(self._numbers[place]) for place in places)))


def _rows(what: str) -> slice:
    """The places of the slots of loans for projects."""
    first = _NUMBER[what, 0]
    return slice(first, first + MOST_PROJECTS)
