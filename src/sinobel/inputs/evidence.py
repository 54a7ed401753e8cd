"""What is known: the paper's figures and mechanisms, and the public record to 2016-12.

`Evidence` looks up anything that can be cited. `Record` holds the series; `Record.known_at(origin)` hides everything
after an origin, so that no opening book can look ahead.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from sinobel.inputs import added as addition
from sinobel.inputs import months
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.loans_and_contracts import Contract, Loan
from sinobel.inputs.reading import InputError, Problem, digest, digest_folder, model_folder, nearest, read_csv, shown
from sinobel.inputs.record_checks import TABLES, known_by

CONFIDENCE = {"high": 0.05, "medium": 0.10, "low": 0.20}
"""Relative error that goes with the confidence of a reading."""

LAST_YEAR = 2016
"""Of the record that ships. What is recorded altogether is told by the record in use (`Record.last_year`)."""
OUTPUT = "gdp_usd.BLR"


@dataclass(frozen=True)
class Reading:
    """One recorded value of a series. `start` and `end` are month numbers, both included."""

    series: str
    period: str
    value: float
    unit: str
    source: str
    confidence: str
    note: str
    start: int
    end: int


Outlooks = Mapping[str, Mapping[int, Mapping[int, float]]]
"""Series -> month of the vintage -> year -> forecast."""


class Record:
    """The public record: every series of `model/record`, as readings with source and confidence.

    Parameters
    ----------
    outlooks : Outlooks
        Forecasts of the time by series, vintage (month number) and year.
    """

    def __init__(self, readings: Mapping[str, tuple[Reading, ...]], outlooks: Outlooks | None = None):
        self._readings, self.outlooks = readings, outlooks or {}
        self._yearly: dict[str, dict[int, Reading]] = {}

    def __contains__(self, series: str) -> bool:
        return series in self._readings

    @property
    def names(self) -> list[str]:
        """Names of all series."""
        return sorted(self._readings)

    def readings(self, series: str) -> tuple[Reading, ...]:
        """All readings of a series in the order of their period.

        Raises
        ------
        InputError
            For an unknown series.
        """
        try:
            return self._readings[series]
        except KeyError:
            raise InputError(f"the record has no series {series!r}{nearest(series, self._readings)}") from None

    @cached_property
    def last_month(self) -> int:
        """The last month that any reading holds."""
        return max(rows[-1].end for rows in self._readings.values())

    @property
    def last_year(self) -> int:
        """The last year that it tells the output of, without which no books can be opened."""
        return max(self.yearly(OUTPUT))

    def yearly(self, series: str) -> dict[int, Reading]:
        """Readings of whole years by year; of several for one year the most confident, then the first."""
        if series not in self._yearly:
            self._yearly[series] = self._read_yearly(series)
        return self._yearly[series]

    def _read_yearly(self, series: str) -> dict[int, Reading]:
        found: dict[int, Reading] = {}
        for reading in self.readings(series):
            if reading.end - reading.start == 11 and reading.start % 12 == 0:
                year = months.year(reading.start)
                if year not in found or CONFIDENCE[reading.confidence] < CONFIDENCE[found[year].confidence]:
                    found[year] = reading
        return found

    def known_at(self, origin: int) -> KnownRecord:
        """The record as it stood at an origin: nothing that ends later."""
        return KnownRecord(self, origin)


class KnownRecord:
    """The record up to an origin. Asking for anything later raises KeyError, so nothing can look ahead."""

    def __init__(self, record: Record, origin: int):
        self._record, self.origin = record, origin
        self.year = months.year(origin)

    def value(self, series: str, year: int | None = None, otherwise: float | None = None) -> float:
        """Value of a year (the origin's by default).

        Raises
        ------
        KeyError
            When it is unknown at the origin.
        """
        year = self.year if year is None else year
        reading = self._record.yearly(series).get(year) if year <= self.year else None
        if reading is not None:
            return reading.value
        if otherwise is not None:
            return otherwise
        raise KeyError(f"{series} of {year} is not known at the end of {self.year}")

    def years(self, series: str, first: int, *, trusted: bool = False) -> dict[int, float]:
        """Values from a year to the origin's; `trusted` leaves out readings of low confidence."""
        return {
            year: reading.value
            for year, reading in sorted(self._record.yearly(series).items())
            if first <= year <= self.year and not (trusted and reading.confidence == "low")
        }

    def at_month(self, series: str, month: int | None = None) -> float:
        """Value of the reading of one month or of the quarter that ends in it (the origin by default)."""
        month = self.origin if month is None else month
        if month <= self.origin:
            for reading in self._record.readings(series):
                if reading.end == month and reading.end - reading.start <= 2:
                    return reading.value
        raise KeyError(f"{series} has no reading that ends in {months.label(month)}, known at {self.year}-12")

    def months_of(self, series: str, first: int, last: int) -> tuple[int, ...]:
        """Months from a first to a last one, none after the origin, in which a reading ends."""
        return tuple(each.end for each in self._record.readings(series) if first <= each.end <= min(last, self.origin))

    def outlooks(self, series: str) -> dict[int, Mapping[int, float]]:
        """Forecasts of others in vintages to the origin: year of the vintage -> forecast year -> value."""
        vintages = self._record.outlooks[series]
        return {months.year(vintage): vintages[vintage] for vintage in sorted(vintages) if vintage <= self.origin}


@dataclass(frozen=True)
class Citation:
    """Something that can be cited: a figure, mechanism, inconsistency, loan or series."""

    id: str
    kind: str
    title: str
    text: str
    details: Mapping[str, str]


class Evidence:
    """Everything in `model/evidence` and `model/record`, checked when it is read.

    Parameters
    ----------
    added : AddedRecord | None
        Rows that a user adds to the record.
    """

    def __init__(self, folder: Path, added: AddedRecord | None = None):
        self._folder, self.added = folder, added
        self._problems: list[Problem] = []
        self.record = Record(
            self._read_record(folder / "record"), self._read_outlooks(folder / "record" / "outlooks.csv")
        )
        self.loans = tuple(sorted(self._read_loans(folder / "record" / "loans.csv"), key=lambda loan: loan.id))
        self.contracts = tuple(self._read_contracts(folder / "record" / "potash_contracts.csv"))
        self.capacity = self._rows(folder / "record" / "potash_capacity.csv")
        self._citations = self._read_citations()
        if self._problems:
            raise InputError(self._problems)
        self.digest = digest_folder(folder, "evidence/*.csv") + digest_folder(folder, "record/*.csv")
        if added is not None:
            self.digest = digest(self.digest, added.digest)

    @property
    def vintage(self) -> str:
        """Whose record it is and how far it reaches, for captions."""
        return f"record: {'shipped' if self.added is None else 'yours'}, to {months.label(self.record.last_month)}"

    def capacity_at(self, year: int) -> list[dict[str, str]]:
        """What was known of capacity at the end of a year: what somebody announced later is left out.

        The shipped table was made at the end of 2016, and its plans count as known from the year the model says.
        """
        return [row for row in self.capacity if known_by(row) <= max(year, LAST_YEAR)]

    def loan_book(self, origin: int) -> tuple[Loan, ...]:
        """The loans that could be drawn at an origin, those the state answers for first."""
        drawable = (loan for loan in self.loans if loan.drawable and loan.signed <= origin)
        return tuple(sorted(drawable, key=lambda loan: not loan.guaranteed))

    def cite(self, name: str) -> Citation:
        """What an evidence id stands for.

        Raises
        ------
        InputError
            For an unknown one.
        """
        try:
            return self._citations[name]
        except KeyError:
            raise InputError(f"there is no evidence {name!r}{nearest(name, self._citations)}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._citations

    @property
    def ids(self) -> list[str]:
        """All ids that can be cited."""
        return list(self._citations)

    # --- readers ---

    def _rows(self, path: Path) -> list[dict[str, str]]:
        """Rows of a file of the record, and those that a user adds to it."""
        return read_csv(path) + ([] if self.added is None else self.added.rows(path.name))

    def _complain(self, path: Path, row: Mapping[str, str], message: str) -> None:
        self._problems.append(Problem(message, shown(path), int(row[""])))

    def _read_record(self, folder: Path) -> dict[str, tuple[Reading, ...]]:
        found: dict[str, list[Reading]] = {}
        for path in sorted(folder.glob("*.csv")):
            if path.name in TABLES:
                continue
            shipped = read_csv(path)
            for number, row in enumerate(self._rows(path)):
                try:
                    start, end = months.span(row["period"])
                    reading = Reading(
                        row["series"],
                        row["period"],
                        value=float(row["value"]),
                        unit=row["unit"],
                        source=row["source"],
                        confidence=row["confidence"],
                        note=row["note"],
                        start=start,
                        end=end,
                    )
                except (KeyError, TypeError, ValueError) as error:
                    self._complain(path, row, f"this row cannot be read: {error}")
                    continue
                if reading.confidence not in CONFIDENCE:
                    allowed = ", ".join(CONFIDENCE)
                    self._complain(path, row, f"confidence {reading.confidence!r} is not one of {allowed}")
                if not reading.source:
                    self._complain(path, row, f"{reading.series} of {reading.period} names no source")
                if months.year(end) > LAST_YEAR and number < len(shipped):
                    self._complain(path, row, f"{reading.series} refers to {reading.period}, after {LAST_YEAR}-12")
                found.setdefault(reading.series, []).append(reading)
        return {name: tuple(sorted(rows, key=lambda row: row.start)) for name, rows in found.items()}

    def _read_outlooks(self, path: Path) -> dict[str, dict[int, dict[int, float]]]:
        found: dict[str, dict[int, dict[int, float]]] = {}
        shipped = len(read_csv(path))
        for number, row in enumerate(self._rows(path)):
            try:
                vintage, year, value = months.parse(row["vintage"]), int(row["year"]), float(row["value"])
            except (KeyError, TypeError, ValueError) as error:
                self._complain(path, row, f"this forecast cannot be read: {error}")
                continue
            if (months.year(vintage) > LAST_YEAR and number < shipped) or not row["source"]:
                self._complain(path, row, f"{row['series']} of {row['vintage']} names no source, or is of later")
            of_vintage = found.setdefault(row["series"], {}).setdefault(vintage, {})
            if year in of_vintage:
                self._complain(path, row, f"{row['series']} of {row['vintage']} tells {year} twice")
            of_vintage[year] = value
        return found

    def _read_loans(self, path: Path) -> list[Loan]:
        loans = []
        for row in self._rows(path):
            try:
                signed = months.span(row["signed"][:7])[0]
                first = months.span(row["first_draw"])[0] if row["first_draw"] else signed
                number = {
                    key: float(row[key]) if row[key] else None
                    for key in ("reported_usd_mn", "interest_pct", "maturity_years", "grace_years")
                }
                loans.append(
                    Loan(
                        row["id"],
                        row["kind"],
                        lender=row["lender"],
                        borrower=row["borrower"],
                        backing=row["backing"],
                        project=row["project"],
                        sector=row["sector"],
                        reported=number["reported_usd_mn"],
                        committed=float(row["book_usd_mn"]),
                        signed=signed,
                        first_draw=first,
                        instrument=row["instrument"],
                        interest=number["interest_pct"],
                        maturity=number["maturity_years"],
                        grace=number["grace_years"],
                        conditions=row["tied_conditions"],
                        source=row["source"],
                        confidence=row["confidence"],
                        note=row["note"],
                        failed=months.span(row["failed"][:7])[0] if row.get("failed") else None,
                    )
                )
            except (KeyError, TypeError, ValueError) as error:
                self._complain(path, row, f"this loan cannot be read: {error}")
        return loans

    def _read_contracts(self, path: Path) -> list[Contract]:
        contracts = []
        for row in self._rows(path):
            try:
                settled, start, end = (months.parse(row[key]) for key in ("settled", "valid_from", "valid_until"))
                spot = float(row["spot_at_settlement"]) if row["spot_at_settlement"] else None
                contracts.append(
                    Contract(
                        row["contract"],
                        float(row["price"]),
                        settled=settled,
                        valid_from=start,
                        valid_until=end,
                        spot=spot,
                        confidence=row["confidence"],
                        source=row["source"],
                        first_settler=row["first_settler"],
                    )
                )
            except (KeyError, TypeError, ValueError) as error:
                self._complain(path, row, f"this contract cannot be read: {error}")
        return contracts

    def _read_citations(self) -> dict[str, Citation]:
        found: dict[str, Citation] = {}

        def add(kind: str, row: Mapping[str, str], title: str, text: str, path: Path) -> None:
            if row["id"] in found:
                self._complain(path, row, f"{row['id']} stands twice")
            details = {key: content for key, content in row.items() if key and content}
            found[row["id"]] = Citation(row["id"], kind, title, text, details)

        folder = self._folder / "evidence"
        for row in read_csv(path := folder / "figures.csv"):
            if row["role"] not in ("target", "input", "event", "check", "not modeled"):
                self._complain(path, row, f"{row['id']}: role {row['role']!r} is not allowed")
            add("figure of the paper", row, row["quantity"], row["quote"], path)
        for row in read_csv(path := folder / "mechanisms.csv"):
            add("mechanism of the paper", row, row["title"], row["sentence"], path)
        for row in read_csv(path := folder / "inconsistencies.csv"):
            add("inconsistency of the paper", row, row["statement"], row["reading"], path)
        for row in self._rows(path := self._folder / "record" / "loans.csv"):
            add("Chinese loan", row, row["project"], row["tied_conditions"] or row["note"], path)
        for name in self.record.names:
            rows = self.record.readings(name)
            title = f"{name}, {rows[0].period} to {rows[-1].period}, {rows[-1].unit}"
            details = {"source": rows[-1].source, "last": f"{rows[-1].value:g} ({rows[-1].period})"}
            found[f"record:{name}"] = Citation(f"record:{name}", "series of the record", title, rows[-1].note, details)
        for table, title in (
            ("potash_contracts", "Settlements of the potash price with China, 2005-2016"),
            ("potash_capacity", "World potash capacity to 2016 and the plans announced by then"),
            ("loans", "The loan book of 34 named loans"),
            ("outlooks", "Forecasts of growth in the fall editions of the World Economic Outlook, 2000-2016"),
        ):
            details = {"file": f"model/record/{table}.csv"}
            found[f"record:{table}"] = Citation(f"record:{table}", "table of the record", title, "", details)
        return found


@cache
def shipped_evidence() -> Evidence:
    """The evidence that ships, read once.

    Raises
    ------
    InputError
        When a file is damaged.
    """
    return Evidence(model_folder())


@lru_cache(maxsize=8)
def _extended(added: AddedRecord, _place: str) -> Evidence:
    """By place too, since the same rows may lie in two folders, and commands name the one that was given."""
    return Evidence(model_folder(), addition.checked(added))


def evidence_with(added: AddedRecord | None) -> Evidence:
    """The evidence that ships and the rows that a user adds. Raises InputError where they cannot stand beside it."""
    return shipped_evidence() if added is None else _extended(added, added.place)


_in_use: ContextVar[Evidence | None] = ContextVar("evidence in use, None for what ships", default=None)


def all_evidence() -> Evidence:
    """The evidence in use: what ships, and inside `using` the rows that were added."""
    return _in_use.get() or shipped_evidence()


def added_record() -> AddedRecord | None:
    """The rows that are in use beside the shipped record."""
    found = _in_use.get()
    return None if found is None else found.added


@contextlib.contextmanager
def using_evidence(evidence: Evidence, last_year: int | None = None) -> Iterator[None]:
    """Work with some evidence meanwhile, in this thread alone; processes that are forked meanwhile see it too.

    Parameters
    ----------
    last_year : int | None
        Whose December may be an origin; the last of which the record tells the output.
    """
    last_year = evidence.record.last_year if last_year is None else last_year
    token, last = _in_use.set(evidence), months.last_origin_year.set(last_year)
    try:
        yield
    finally:
        _in_use.reset(token)
        months.last_origin_year.reset(last)


def using(added: AddedRecord | None) -> contextlib.AbstractContextManager[None]:
    """Work with rows that were added to the record meanwhile; None is the record that ships, whatever was in use."""
    return using_evidence(evidence_with(added))


def using_record(record: str | Path | AddedRecord | None) -> contextlib.AbstractContextManager[None]:
    """The same for what a user names: a folder; None leaves what is in use.

    Raises
    ------
    InputError
        For what is no record.
    """
    if record is None:
        return contextlib.nullcontext()
    return using(record if isinstance(record, AddedRecord) else addition.read_added(record))
