"""Rows of the record that are no series, a loan of the book or a settlement of the price of potash; loans to come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

GROUPS = ("book", "before", "new")  # of loans, beside those of a sector, an instrument or a year
SLOTS = "abc"  # loans that a year may bring; what is not signed has amount 0
EVENTS = 8  # loans that a scenario may set, over the whole run
MINE = "L27"  # the loan for the Nezhinsky potash mine, whose output is reckoned in tonnes
BANK_LINE, MULTISECTOR, UNTIED = "bank line", "multisector", "untied"
INSTRUMENTS = ("preferential", "commercial", BANK_LINE)
SECTORS = ("energy", "industry", "transport", "telecom", "industrial park", "mining", MULTISECTOR)
CONCESSIONAL, LOGISTICS = "concessional", "logistics"
KINDS_OF = {CONCESSIONAL: "preferential", LOGISTICS: "industrial park"}
"""Words of the record for what is counted with another instrument or sector."""


def new_loans(first_year: int, last_year: int) -> list[str]:
    """Names of the rows that wait for loans to come: those of events, then those that each year may bring."""
    years = range(first_year, last_year + 1)
    return [*map(event_row, range(EVENTS)), *(f"N{year}{slot}" for year in years for slot in SLOTS)]


def event_row(place: int) -> str:
    """Name of a row that waits for the loan of an event."""
    return f"E{place + 1}"


@lru_cache(maxsize=4096)  # asked for every loan in every group of every table
def year_of_new(name: str) -> str:
    """The year in which a loan to come is signed, as "N2018", or nothing for the row of an event or of the record."""
    year = name.removeprefix("N")[:-1]
    return f"N{year}" if name.startswith("N") and name.endswith(tuple(SLOTS)) and year.isdecimal() else ""


def is_new(name: str) -> bool:
    """True for the row of a loan to come, of a year or of an event."""
    return bool(year_of_new(name)) or is_row_of_event(name)


_ROWS_OF_EVENTS = frozenset(map(event_row, range(EVENTS)))


def is_row_of_event(name: str) -> bool:
    """True for a row that waits for the loan of an event."""
    return name in _ROWS_OF_EVENTS


def is_taken(name: str) -> bool:
    """True for a word by which rows or groups of rows of the loan book go, other than the loans of the record."""
    plain = name.casefold()
    year = plain.removeprefix("n").rstrip(SLOTS)
    return (
        plain in (*GROUPS, *SECTORS, *INSTRUMENTS, UNTIED)
        or is_row_of_event(name.upper())
        or (plain.startswith("n") and len(plain) - len(year) <= 2 and len(year) == 4 and year.isdecimal())
    )


def place_in(kinds: tuple[str, ...], word: str) -> int:
    """Place of a word of the record in a list of kinds, -1 where it has none."""
    kind = kind_of(word)
    return kinds.index(kind) if kind in kinds else -1


def kind_of(word: str) -> str:
    """The instrument or sector that a word of the record is counted with."""
    return KINDS_OF.get(word, word)


@dataclass(frozen=True)
class Loan:
    """One entry of the loan book, amounts in USD mn. Umbrellas and grants are told but not drawn."""

    id: str
    kind: str
    lender: str
    borrower: str
    backing: str
    project: str
    sector: str
    reported: float | None
    committed: float
    signed: int
    first_draw: int
    instrument: str
    interest: float | None
    maturity: float | None
    grace: float | None
    conditions: str
    source: str
    confidence: str
    note: str
    failed: int | None = None  # month since which the record says that its project cannot pay

    def has_failed(self, origin: int) -> bool:
        """True when that was known at an origin."""
        return self.failed is not None and self.failed <= origin

    @property
    def guaranteed(self) -> bool:
        """True when the budget pays what the project does not earn."""
        return self.backing in ("guaranteed", "state bank")

    @property
    def drawable(self) -> bool:
        """True for loans and the unidentified part of a year; False for umbrellas and grants."""
        return self.kind in ("loan", "unidentified") and self.committed > 0


@dataclass(frozen=True)
class Contract:
    """One settlement of the potash price with China. Prices in USD per tonne CFR; months as numbers."""

    name: str
    price: float
    settled: int
    valid_from: int
    valid_until: int
    spot: float | None
    confidence: str
    source: str
    first_settler: str
