"""Whether the record can open the books of an origin: they are opened, and what is looked up and not there is noted.

Nothing here lists what an opening needs. A world is made on a record that watches, so a series that a new rule asks for
is asked of users from then on.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sinobel.inputs import months
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import (
    Evidence,
    KnownRecord,
    Reading,
    Record,
    evidence_with,
    shipped_evidence,
    using_evidence,
)
from sinobel.inputs.reading import InputError, Problem

MOST_GAPS = 500
MOST_TOLD = 6
REGULAR = 3
"""Years in a row, to the end of the shipped record, of a series that is expected to go on; what ended is written 0."""


Books = Callable[[int], None]
"""Opens the books of an origin on the record in use."""


@dataclass(frozen=True, order=True)
class Gap:
    """A reading that is not there: a series and a period."""

    series: str
    period: str

    def __str__(self) -> str:
        return f"{self.series} of {self.period}"


@dataclass(frozen=True)
class Opening:
    """What opening the books of an origin took.

    Attributes
    ----------
    asked : Mapping[str, frozenset[str]]
        Series -> periods that were looked up.
    missing : tuple[Gap, ...]
        Without which the books cannot be opened, or would open with a zero that is none.
    without : tuple[Gap, ...]
        That are not there and have something in their place: an older year, another source.
    refused : str
        Why the rows do not fit together, empty where they do.
    """

    origin: int
    asked: Mapping[str, frozenset[str]]
    missing: tuple[Gap, ...]
    without: tuple[Gap, ...]
    refused: str = ""

    @property
    def possible(self) -> bool:
        """Whether the books can be opened."""
        return not self.missing and not self.refused


class _Unknown(KeyError):
    """What is not known, with the gap."""

    def __init__(self, gap: Gap):
        super().__init__(str(gap))
        self.gap = gap


@dataclass
class _Log:
    """What was looked up: whether a zero would have stood in for it is told by `defaulted`."""

    lent: set[Gap] = field(default_factory=set)
    asked: set[Gap] = field(default_factory=set)
    defaulted: set[Gap] = field(default_factory=set)
    absent: set[Gap] = field(default_factory=set)


class _WatchedRecord(Record):
    def __init__(self, readings: Mapping[str, tuple[Reading, ...]], log: _Log):
        super().__init__(readings)
        self.log = log

    def known_at(self, origin: int) -> KnownRecord:
        """The record as it stood at an origin, watched."""
        return _WatchedKnown(self, origin, self.log)


class _WatchedKnown(KnownRecord):
    """The record up to an origin. It lends the last reading for what is noted as missing, so that all gaps show."""

    def __init__(self, record: Record, origin: int, log: _Log):
        super().__init__(record, origin)
        self._log = log

    def value(self, series: str, year: int | None = None, otherwise: float | None = None) -> float:
        """Value of a year; that it is not there is noted, and whether something stands in for it."""
        gap = Gap(series, str(self.year if year is None else year))
        self._log.asked.add(gap)
        there = self._record.yearly(series).get(int(gap.period)) is not None
        if not there:
            self._log.absent.add(gap)
            if otherwise is not None:
                self._log.defaulted.add(gap)
        return self._lend(gap) if not there and otherwise is None else super().value(series, year, otherwise)

    def years(self, series: str, first: int, *, trusted: bool = False) -> dict[int, float]:
        """Values from a year to the origin's; each that is not there is noted."""
        found = super().years(series, first, trusted=trusted)
        for year in range(max(first, 0), self.year + 1):
            self._log.asked.add(Gap(series, str(year)))
            if year not in self._record.yearly(series):
                self._log.absent.add(Gap(series, str(year)))
        return found

    def at_month(self, series: str, month: int | None = None) -> float:
        """Value of a month or of the quarter that ends in it; that it is not there is noted."""
        gap = Gap(series, self._written(series, self.origin if month is None else month))
        self._log.asked.add(gap)
        try:
            return super().at_month(series, month)
        except KeyError:
            self._log.absent.add(gap)
            return self._lend(gap)

    def _written(self, series: str, month: int) -> str:
        """A month as the record writes it of a series: as the quarter that ends in it where it has quarters."""
        last = self._record.readings(series)[-1].period
        quarterly = months.kind_of_period(last) == months.QUARTER
        return months.quarter_label(month) if quarterly else months.label(month)

    def _lend(self, gap: Gap) -> float:
        if gap not in self._log.lent:
            raise _Unknown(gap)
        return self._record.readings(gap.series)[-1].value


def opened(evidence: Evidence, origin: int, books: Books) -> Opening:
    """What opening the books of an origin on some evidence takes."""
    return _opened(evidence, origin, books)


@lru_cache
def _opened(evidence: Evidence, origin: int, books: Books) -> Opening:
    log, refused = _Log(), ""
    for _ in range(MOST_GAPS):
        try:
            _open(evidence, origin, log, books)
        except _Unknown as error:
            log.lent.add(error.gap)
            continue
        except InputError:
            raise
        except ValueError as error:
            refused = str(error)
        break
    later = {gap for gap in log.absent if _is_kept_up(gap)}
    missing = log.lent | {gap for gap in later & log.defaulted if _is_regular(gap.series)}
    asked: dict[str, set[str]] = {}
    for gap in log.asked:
        asked.setdefault(gap.series, set()).add(gap.period)
    return Opening(
        origin,
        {series: frozenset(periods) for series, periods in sorted(asked.items())},
        tuple(sorted(missing)),
        tuple(sorted(later - missing)),
        refused,
    )


def _open(evidence: Evidence, origin: int, log: _Log, books: Books) -> None:
    """Open the books on a record that watches."""
    watched = copy.copy(evidence)
    watched.record = _WatchedRecord({name: evidence.record.readings(name) for name in evidence.record.names}, log)
    with using_evidence(watched, months.year(origin)):
        books(origin)


def _is_kept_up(gap: Gap) -> bool:
    """Whether a period is after the shipped record, of a series that this holds to its own end."""
    shipped = shipped_evidence().record
    last = months.december(shipped.last_year)
    return months.span(gap.period)[1] > last and shipped.readings(gap.series)[-1].end >= last


def _is_regular(series: str) -> bool:
    """Whether the shipped record tells a series in each of its last years, so that a year without it is no zero."""
    shipped = shipped_evidence().record
    return all(shipped.last_year - ago in shipped.yearly(series) for ago in range(REGULAR))


def why_closed(added: AddedRecord | None, origin: int, books: Books) -> list[Problem]:
    """Why the books of an origin after the shipped record cannot be opened; nothing where they can."""
    if added is None or months.year(origin) <= shipped_evidence().record.last_year:
        return []
    found = opened(evidence_with(added), origin, books)
    if found.possible:
        return []
    where = f"origin {months.label(origin)} is not available: "
    if found.refused:
        return [Problem(where + found.refused)]
    return [Problem(f"{where}the added record lacks {listed(found.missing)}", hint="({record()} tells what is there)")]


def listed(gaps: Sequence[Gap]) -> str:
    """The first of some gaps, and how many more there are."""
    more = len(gaps) - MOST_TOLD
    return ", ".join(map(str, gaps[:MOST_TOLD])) + (f" and {more} more" if more > 0 else "")


def last_origin(added: AddedRecord | None, books: Books) -> int:
    """The last December whose books can be opened, without added rows the last that ships."""
    evidence, last = evidence_with(added), months.december(shipped_evidence().record.last_year)
    for year in range(months.year(last) + 1, evidence.record.last_year + 1):
        if not opened(evidence, months.december(year), books).possible:
            break
        last = months.december(year)
    return last
