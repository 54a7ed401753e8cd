"""What is known: the paper's figures and mechanisms, and the public record to 2016-12.

`Evidence` looks up anything that can be cited. `Record` holds the series; `Record.known_at(origin)` hides everything
after an origin, so that no opening book can look ahead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sinobel.inputs import months
from sinobel.inputs.reading import InputError, Problem, digest_folder, model_folder, nearest, read_csv, shown

CONFIDENCE = {"high": 0.05, "medium": 0.10, "low": 0.20}
"""Relative error that goes with the confidence of a reading."""

LAST_YEAR = 2016
NO_SERIES = ("loans", "potash_contracts", "potash_capacity", "outlooks")
"""Tables of the record with columns of their own."""
_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:/(\d{4})-(\d{2}))?)?")


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


def _span(period: str) -> tuple[int, int]:
    """First and last month of a period: "2015", "2015-Q3", "2015-07" or "2016-01/2016-07"."""
    match = _PERIOD.fullmatch(period)
    if not match:
        raise ValueError(f"{period!r} is no period; write YYYY, YYYY-Qn, YYYY-MM or YYYY-MM/YYYY-MM")
    first, quarter, month, last, last_month = match.groups()
    if quarter:
        start = 12 * int(first) + 3 * (int(quarter) - 1)
        return start, start + 2
    if month:
        start = months.parse(f"{first}-{month}")
        return start, months.parse(f"{last}-{last_month}") if last else start
    return 12 * int(first), 12 * int(first) + 11


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

    @cache  # noqa: B019  one record lives as long as the process
    def yearly(self, series: str) -> dict[int, Reading]:
        """Readings of whole years by year; of several for one year the most confident, then the first."""
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

    def outlooks(self, series: str) -> dict[int, Mapping[int, float]]:
        """Forecasts of others in vintages to the origin: year of the vintage -> forecast year -> value."""
        vintages = self._record.outlooks[series]
        return {months.year(vintage): vintages[vintage] for vintage in sorted(vintages) if vintage <= self.origin}


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


@dataclass(frozen=True)
class Citation:
    """Something that can be cited: a figure, mechanism, inconsistency, loan or series."""

    id: str
    kind: str
    title: str
    text: str
    details: Mapping[str, str]


class Evidence:
    """Everything in `model/evidence` and `model/record`, checked when it is read."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._problems: list[Problem] = []
        self.record = Record(
            self._read_record(folder / "record"), self._read_outlooks(folder / "record" / "outlooks.csv")
        )
        self.loans = tuple(self._read_loans(folder / "record" / "loans.csv"))
        self.contracts = tuple(self._read_contracts(folder / "record" / "potash_contracts.csv"))
        self.capacity = read_csv(folder / "record" / "potash_capacity.csv")
        self._citations = self._read_citations()
        if self._problems:
            raise InputError(self._problems)
        self.digest = digest_folder(folder, "evidence/*.csv") + digest_folder(folder, "record/*.csv")

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

    def _complain(self, path: Path, row: Mapping[str, str], message: str) -> None:
        self._problems.append(Problem(message, shown(path), int(row[""])))

    def _read_record(self, folder: Path) -> dict[str, tuple[Reading, ...]]:
        found: dict[str, list[Reading]] = {}
        for path in sorted(folder.glob("*.csv")):
            if path.stem in NO_SERIES:
                continue
            for row in read_csv(path):
                try:
                    start, end = _span(row["period"])
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
                if months.year(end) > LAST_YEAR:
                    self._complain(path, row, f"{reading.series} refers to {reading.period}, after {LAST_YEAR}-12")
                found.setdefault(reading.series, []).append(reading)
        return {name: tuple(sorted(rows, key=lambda row: row.start)) for name, rows in found.items()}

    def _read_outlooks(self, path: Path) -> dict[str, dict[int, dict[int, float]]]:
        found: dict[str, dict[int, dict[int, float]]] = {}
        for row in read_csv(path):
            try:
                vintage, year, value = months.parse(row["vintage"]), int(row["year"]), float(row["value"])
            except (KeyError, TypeError, ValueError) as error:
                self._complain(path, row, f"this forecast cannot be read: {error}")
                continue
            if months.year(vintage) > LAST_YEAR or not row["source"]:
                self._complain(path, row, f"{row['series']} of {row['vintage']} names no source, or is of later")
            of_vintage = found.setdefault(row["series"], {}).setdefault(vintage, {})
            if year in of_vintage:
                self._complain(path, row, f"{row['series']} of {row['vintage']} tells {year} twice")
            of_vintage[year] = value
        return found

    def _read_loans(self, path: Path) -> list[Loan]:
        loans = []
        for row in read_csv(path):
            try:
                signed = _span(row["signed"][:7])[0]
                first = _span(row["first_draw"])[0] if row["first_draw"] else signed
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
                    )
                )
            except (KeyError, TypeError, ValueError) as error:
                self._complain(path, row, f"this loan cannot be read: {error}")
        return loans

    def _read_contracts(self, path: Path) -> list[Contract]:
        contracts = []
        for row in read_csv(path):
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
        for row in read_csv(path := self._folder / "record" / "loans.csv"):
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
def all_evidence() -> Evidence:
    """The evidence of the model, read once.

    Raises
    ------
    InputError
        When a file is damaged.
    """
    return Evidence(model_folder())
