"""What a folder adds to the record, series by series, and up to which origin the books can be opened with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.added import AddedRecord, read_added
from sinobel.inputs.evidence import evidence_with, shipped_evidence, using
from sinobel.inputs.record_checks import CAPACITY, CONTRACTS, LOANS, OUTLOOKS, TABLES
from sinobel.runs import openings
from sinobel.world.opening import readiness

if TYPE_CHECKING:
    import pandas as pd

THERE, MISSING, WITHOUT, UNASKED = "there", "missing", "not there; older or other figures stand in", "not asked for"
NONE_TAKEN = "not there; taken as none"
COLUMNS = ("series", "unit", "shipped to", "yours to", "rows", "state", "missing")


@dataclass(frozen=True)
class _Entries:
    """A list of the record that is no series, and the years after the shipped ones that have no entry in it."""

    file: str
    unit: str
    shipped: str
    mine: str
    lacking: tuple[int, ...]

    def as_row(self, rows: int) -> dict[str, Any]:
        """As a row beside those of the series."""
        values = (
            self.file.removesuffix(".csv"),
            self.unit,
            self.shipped,
            self.mine,
            rows,
            NONE_TAKEN if self.lacking else THERE,
            ", ".join(map(str, self.lacking)),
        )
        return dict(zip(COLUMNS, values, strict=True))


@dataclass(frozen=True, repr=False)
class RecordCheck:
    """What a folder adds to the record.

    Attributes
    ----------
    added : AddedRecord
        The rows, every one of which can stand beside the shipped record.
    last : int
        Month number of the last origin whose books can be opened.
    opening : readiness.Opening
        What the next December after that takes; of the last itself where all are there.
    """

    added: AddedRecord
    last: int
    opening: readiness.Opening

    def rows(self) -> list[dict[str, Any]]:
        """Every series that is added or that an opening asks for.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each: what is missing first.
        """
        mine, shipped = evidence_with(self.added).record, shipped_evidence().record
        count = self._counts()
        found = [
            {
                "series": series,
                "unit": shipped.readings(series)[-1].unit,
                "shipped to": shipped.readings(series)[-1].period,
                "yours to": mine.readings(series)[-1].period,
                "rows": count.get(series, 0),
                **self._state(series),
            }
            for series in sorted({*self.opening.asked, *count})
        ]
        found += [each.as_row(len(self.added.rows(each.file))) for each in self._lists]
        order = {state: place for place, state in enumerate((MISSING, NONE_TAKEN, WITHOUT, THERE, UNASKED))}
        return sorted(found, key=lambda row: order[row["state"]])

    @property
    def _lists(self) -> tuple[_Entries, _Entries]:
        """Contracts and loans: no opening asks for one, so years without any pass for years in which there was none."""
        mine, shipped = evidence_with(self.added), shipped_evidence()
        years = range(shipped.record.last_year + 1, months.year(self.opening.origin) + 1)

        def of(file: str, unit: str, had: Sequence[int], has: Sequence[int], covered: set[int]) -> _Entries:
            lacking = tuple(year for year in years if year not in covered)
            return _Entries(file, unit, months.label(max(had)), months.label(max(has)), lacking)

        forces = [range(months.year(each.valid_from), months.year(each.valid_until) + 1) for each in mine.contracts]
        return (
            of(
                CONTRACTS,
                "USD/t",
                [each.settled for each in shipped.contracts],
                [each.settled for each in mine.contracts],
                {year for force in forces for year in force},
            ),
            of(
                LOANS,
                "USD mn",
                [each.signed for each in shipped.loans],
                [each.signed for each in mine.loans],
                {months.year(each.signed) for each in mine.loans},
            ),
        )

    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for name, _ in self.added.files:
            for row in self.added.rows(name) if name not in TABLES else ():
                counts[row["series"]] = counts.get(row["series"], 0) + 1
        return counts

    def _state(self, series: str) -> dict[str, str]:
        """What the opening found of a series, and the periods that are not there."""
        for state, gaps in ((MISSING, self.opening.missing), (WITHOUT, self.opening.without)):
            if periods := [gap.period for gap in gaps if gap.series == series]:
                return {"state": state, "missing": ", ".join(periods)}
        return {"state": THERE if series in self.opening.asked else UNASKED, "missing": ""}

    def table(self) -> pd.DataFrame:
        """The same as a frame.

        Returns
        -------
        pd.DataFrame
            What `rows` gives, one row a series, by its name.
        """
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(COLUMNS)).set_index("series")

    @property
    def verdicts(self) -> list[str]:
        """What is to be said of it, in sentences."""
        return list(self._told())

    def _told(self) -> Iterator[str]:
        evidence, first = evidence_with(self.added), months.label(months.december(months.FIRST_ORIGIN_YEAR))
        tables = {LOANS: "loan", CONTRACTS: "contract", CAPACITY: "row of capacity", OUTLOOKS: "outlook"}
        more = [_several(len(self.added.rows(name)), noun) for name, noun in tables.items() if self.added.rows(name)]
        added = ", ".join([_several(sum(self._counts().values()), "reading"), *more])
        yield f"Adds {added} ({evidence.vintage}; hash {self.added.digest})."
        yield f"The books can be opened from {first} to {months.label(self.last)}."
        contracts, loans = self._lists
        if contracts.lacking:
            yield (
                f"No potash contract with China is in force in {_years(contracts.lacking)}: taken as none, so the last "
                f"price stands and buyers wait. If there was one, add it to {CONTRACTS}: it moves results."
            )
        if loans.lacking:
            told = f"No Chinese loan is signed in {_years(loans.lacking)}: taken as none."
            yield f"{told} If there was one, add it to {LOANS}."
        if self.opening.origin > self.last:
            yield f"For {months.label(self.opening.origin)} {self._lacking()}."
            if self.opening.missing:
                yield "Where a flow has ended, say so with a row whose value is 0."

    def _lacking(self) -> str:
        if self.opening.refused:
            return f"the rows do not fit together: {self.opening.refused}"
        return f"it lacks {readiness.listed(self.opening.missing)}"

    def __repr__(self) -> str:
        return "\n".join(["Added record:", *(f"  {line}" for line in self.verdicts)])

    def _repr_html_(self) -> str:
        from sinobel.results.told import html_of

        return html_of(self.verdicts, self.table().reset_index())


def _years(years: Sequence[int]) -> str:
    """Years in words: "2017", "2017 and 2018"."""
    *first, last = map(str, years)
    return f"{', '.join(first)} and {last}" if first else last


def _several(count: int, noun: str) -> str:
    """A number of things: "1 reading", "2 rows of capacity"."""
    head, _, rest = noun.partition(" ")
    return f"{count:,} {head}{'s' * (count != 1)}{' ' + rest if rest else ''}"


def check(folder: str | Path) -> RecordCheck:
    """What a folder adds to the record.

    Raises
    ------
    InputError
        With every fault of it, where it is no record or revises the shipped one.
    """
    added = read_added(folder)
    with using(added):
        last = openings.last_origin(added)
        following = min(last + 12, months.december(months.LAST_HORIZON_YEAR - 1))
        return RecordCheck(added, last, openings.opened(evidence_with(added), following))
