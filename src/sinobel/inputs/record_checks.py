"""Faults of rows that a user adds to the record: what each may hold, and what it may not say otherwise than ships."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sinobel.inputs import months
from sinobel.inputs.reading import nearest, quoted
from sinobel.inputs.series_kinds import kind_of

OPTIONAL = ("failed",)  # columns that a file may leave out
LOANS, CONTRACTS, CAPACITY = "loans.csv", "potash_contracts.csv", "potash_capacity.csv"
OUTLOOKS = "outlooks.csv"
TABLES = (LOANS, CONTRACTS, CAPACITY, OUTLOOKS)
"""The files of the record that are no series."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "confidence": ("high", "medium", "low"),
    "kind": ("loan", "unidentified", "umbrella", "grant"),
    "backing": ("government", "guaranteed", "state bank", "none"),
    "instrument": ("", "bank line", "commercial", "concessional", "preferential"),
    "capacity unit": ("kt K2O nameplate", "kt KCl", "kt KCl added"),
}
"""Words of the record that the model tells apart, by column."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_KNOWN_BY = re.compile(r"\d{4}")

Rows = list[dict[str, str]]
Fault = tuple[Mapping[str, str], str]
"""A row and what is wrong with it."""

Told = tuple[str, int, str]
"""Name of a file, line, and what is wrong there."""


def number(text: str) -> float | None:
    """A finite number, or None."""
    value = float(text) if _NUMBER.fullmatch(text.strip()) else math.nan
    return value if math.isfinite(value) else None


def _of_words(row: Mapping[str, str], column: str, of: str = "") -> Iterator[Fault]:
    """Refuse a word that the model does not know in a column."""
    allowed = WORDS[of or column]
    if row[column] not in allowed:
        choice = ", ".join(word or "an empty field" for word in allowed)
        near = nearest(row[column], allowed)
        yield row, f"{column} {quoted(row[column])} is not allowed{near}; choose from {choice}"


def of_series(tables: Mapping[str, Rows], shipped_rows: Callable[[str], Rows], names: Sequence[str]) -> Iterator[Told]:
    """Faults of the readings, file by file; a series may stand in any of them."""
    shipped: dict[str, Rows] = {}
    for name in names:
        if name not in TABLES:
            for row in shipped_rows(name):
                shipped.setdefault(row["series"], []).append(row)
    seen: dict[tuple[int, int, str, str], str] = {}
    for name in sorted(set(tables) - set(TABLES)):
        for row in tables[name]:
            for message in _of_reading(row, shipped, seen, f"{name}:{row['']}"):
                yield name, int(row[""]), message


def of_tables(tables: Mapping[str, Rows], shipped_rows: Callable[[str], Rows]) -> Iterator[Told]:
    """Faults of loans, contracts and capacity."""
    for name, check in CHECKS.items():
        for row, message in check(tables.get(name, []), shipped_rows(name)):
            yield name, int(row[""]), message


def _of_reading(
    row: Mapping[str, str], shipped: Mapping[str, Rows], seen: dict[tuple[int, int, str, str], str], where: str
) -> Iterator[str]:
    series, period = row["series"], row["period"]
    mine = shipped.get(series)
    if mine is None:
        yield f"the record has no series {quoted(series)}{nearest(series, shipped)}"
        return
    if row["unit"] not in (units := sorted({each["unit"] for each in mine})):
        yield f"{series} is in {quoted(row['unit'])}, the record has it in {' or '.join(map(repr, units))}"
    if (value := number(row["value"])) is None:
        yield f"{series} of {period}: {quoted(row['value'])} is no finite number; write it as 1234.5"
    elif why := _why_no_size(series, period, value, mine):
        yield why
    yield from (message for _, message in _of_words(row, "confidence"))
    if not row["source"].strip():
        yield f"{series} of {period} names no source"
    if why := _why_no_period(period, mine):
        yield f"{series}: {why}"
        return
    span = months.span(period)
    same = [each for each in mine if months.span(each["period"]) == span]
    if same and value is not None:
        yield _why_no_revision(series, row, same, value)
    before = seen.setdefault((*span, series, row["source"]), where)
    if before != where:
        yield f"{series} of {period} from this source stands twice, first in {before}; leave one of them out"


def _why_no_size(series: str, period: str, value: float, mine: Sequence[Mapping[str, str]]) -> str:
    """What stands against a value for its sign or size by the kind of its series, or nothing."""
    kind, unit = kind_of(series), mine[-1]["unit"]
    if kind is None:
        return ""
    if not kind.holds(value):
        return f"{series} of {period}: {value:g} cannot be; it is {kind.allowed}, in {unit!r}: {kind.why}"
    last = max(mine, key=lambda each: months.span(each["period"]))
    known = float(last["value"])
    if kind.step and not known / kind.step <= value <= known * kind.step:
        told = f"{last['value']} of {last['period']}"
        return f"{series} of {period}: {value:g} is far from the last reading, {told}; it is in {unit!r}"
    return ""


def _why_no_revision(series: str, row: Mapping[str, str], same: Sequence[Mapping[str, str]], value: float) -> str:
    ships = " and ".join(dict.fromkeys(each["value"] for each in same))
    if any(float(each["value"]) == value for each in same):
        return f"{series} of {row['period']} stands in the shipped record with the same value; leave the row out"
    return (
        f"{series} of {row['period']} would be {row['value']} here and is {ships} in the shipped record; "
        "added rows never revise it: leave the row out"
    )


def _why_no_period(period: str, mine: Sequence[Mapping[str, str]]) -> str:
    """Why a text is no period of a series; empty where it is one."""
    try:
        start, end = months.span(period)
    except ValueError as error:
        return str(error)
    if end < start:
        return f"{quoted(period)} ends before it begins"
    if not months.FIRST_RECORDED_YEAR <= months.year(end) < months.LAST_HORIZON_YEAR:
        return f"{quoted(period)} is outside {months.FIRST_RECORDED_YEAR} to {months.LAST_HORIZON_YEAR - 1}"
    kinds = list(dict.fromkeys(months.kind_of_period(each["period"]) for each in mine))
    if (kind := months.kind_of_period(period)) not in kinds:
        return f"{quoted(period)} is {kind}, and the record has it by {' or by '.join(kinds)}, such as " + quoted(
            mine[-1]["period"]
        )
    ends = {months.month_of_year(months.span(each["period"])[0]) for each in mine}
    if kind == months.MONTH and len(ends) == 1 and months.month_of_year(start) not in ends and len(mine) > 2:
        return f"{quoted(period)}: the record has it of one month a year, such as {quoted(mine[-1]['period'])}"
    return ""


def _numbers(row: Mapping[str, str], needed: Sequence[str], may: Sequence[str] = ()) -> Iterator[Fault]:
    for column in (*needed, *may):
        value = number(row[column])
        if row[column] == "" and column in may:
            continue
        if value is None or value < 0:
            yield row, f"{column} {quoted(row[column])} is no finite number from 0"


def _keys(
    rows: Rows, shipped: Rows, key: Callable[[Mapping[str, str]], str], what: str, shows: Sequence[str]
) -> Iterator[Fault]:
    """Refuse what stands twice, and what ships already, with the values of both."""
    ships, first = {key(row): row for row in shipped}, dict[str, str]()
    for row in rows:
        if not key(row).strip(", "):
            yield row, f"this {what} has no name"
            continue
        if (old := ships.get(key(row))) is not None:
            differing = [column for column in shows if old[column] != row[column]]
            told = "; ".join(f"{each} {quoted(row[each])} here, {quoted(old[each])} there" for each in differing)
            why = f"added rows never revise it ({told})" if told else "with the same values"
            yield row, f"the {what} {quoted(key(row))} stands in the shipped record: {why}; leave the row out"
        elif first.setdefault(key(row), row[""]) != row[""]:
            yield row, f"the {what} {quoted(key(row))} stands twice, first in line {first[key(row)]}"


def _of_loans(rows: Rows, shipped: Rows) -> Iterator[Fault]:
    yield from _keys(rows, shipped, lambda row: row["id"], "loan", ("project", "book_usd_mn", "signed"))
    for row in rows:
        for column in ("kind", "backing", "instrument", "confidence"):
            yield from _of_words(row, column)
        yield from _numbers(row, ("book_usd_mn",), ("reported_usd_mn", "interest_pct", "maturity_years", "grace_years"))
        for column in ("signed", "first_draw", "failed"):
            date = row.get(column) or ""
            if (date or column == "signed") and not _is_date(date):
                yield row, f"{column} {quoted(date)} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
        if not row["source"].strip():
            yield row, f"the loan {quoted(row['id'])} names no source"


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return False
    try:
        months.span(text[:7])
    except ValueError:
        return False
    return True


def _of_contracts(rows: Rows, shipped: Rows) -> Iterator[Fault]:
    yield from _keys(
        rows, shipped, lambda row: row["contract"], "contract", ("price", "settled", "valid_from", "valid_until")
    )
    last = max(months.parse(row["settled"]) for row in shipped)
    for row in rows:
        yield from _of_words(row, "confidence")
        yield from _numbers(row, ("price",), ("spot_at_settlement", "india_price"))
        if number(row["price"]) == 0:
            yield row, "price '0' cannot be: nothing is sold for it"
        dates = {}
        for column in ("settled", "valid_from", "valid_until"):
            try:
                dates[column] = months.parse(row[column])
            except ValueError as error:
                yield row, f"{column}: {error}"
        if len(dates) == len(("settled", "valid_from", "valid_until")):
            if dates["valid_until"] < dates["valid_from"]:
                yield row, f"the contract ends in {row['valid_until']}, before it begins in {row['valid_from']}"
            if dates["settled"] < last:
                yield row, f"the contract was settled in {row['settled']}, before the last one of the record"
            last = max(last, dates["settled"])
        if not row["source"].strip():
            yield row, f"the contract {quoted(row['contract'])} names no source"


def _of_capacity(rows: Rows, shipped: Rows) -> Iterator[Fault]:
    def key(row: Mapping[str, str]) -> str:
        counted = "added" not in row["unit"]
        return ", ".join((row["supplier"], row["project"], *([row["year"], row["kind"]] if counted else [])))

    yield from _keys(rows, shipped, key, "capacity", ("capacity_kt", "year"))
    for row in rows:
        yield from _of_words(row, "confidence")
        yield from _of_words(row, "unit", "capacity unit")
        yield from _numbers(row, ("capacity_kt",))
        if not re.fullmatch(r"\d{4}", row["year"]):
            yield row, f"year {quoted(row['year'])} is no year; write it as 2018"
        if row["kind"] != "record" and not _KNOWN_BY.search(row["kind"]):
            yield (
                row,
                f"kind {quoted(row['kind'])} is neither 'record' nor tells by when it was known, as "
                "'plan announced by 2016' does",
            )
        if not row["source"].strip():
            yield row, "this capacity names no source"


def _of_outlooks(rows: Rows, shipped: Rows) -> Iterator[Fault]:
    yield from _keys(
        rows, shipped, lambda row: f"{row['series']}, {row['vintage']}, {row['year']}", "forecast", ("value",)
    )
    units = {row["series"]: row["unit"] for row in shipped}
    for row in rows:
        yield from _of_words(row, "confidence")
        if row["series"] not in units:
            yield row, f"the record has no outlooks {quoted(row['series'])}{nearest(row['series'], units)}"
        elif row["unit"] != units[row["series"]]:
            yield (
                row,
                f"{row['series']} is in {quoted(row['unit'])}, the record has it in {quoted(units[row['series']])}",
            )
        if (value := number(row["value"])) is None:
            yield row, f"value {quoted(row['value'])} is no finite number"
        elif (kind := kind_of(row["series"])) and not kind.holds(value):
            yield row, f"value {quoted(row['value'])} cannot be; it is {kind.allowed}: {kind.why}"
        if not re.fullmatch(r"\d{4}", row["year"]):
            yield row, f"year {quoted(row['year'])} is no year; write it as 2018"
        try:
            months.parse(row["vintage"])
        except ValueError as error:
            yield row, f"vintage: {error}"
        if not row["source"].strip():
            yield row, "this forecast names no source"


def known_by(row: Mapping[str, str]) -> int:
    """Year by whose end a plan or a projection of capacity was known; 0 for what does not say."""
    found = _KNOWN_BY.search(row["kind"])
    return int(found[0]) - ("before" in row["kind"]) if found else 0


CHECKS: Mapping[str, Callable[[Rows, Rows], Iterator[Fault]]] = {
    LOANS: _of_loans,
    CONTRACTS: _of_contracts,
    CAPACITY: _of_capacity,
    OUTLOOKS: _of_outlooks,
}
