"""Calendar months as whole numbers, so that time can be counted and compared.

A month is ``12 * year + (month number - 1)``; "2016-12" is 24203. The simulation steps in months, files write them as
text, and everything between the two is integer arithmetic.
"""

from __future__ import annotations

import datetime
import re
from contextvars import ContextVar
from typing import Any

from sinobel.inputs.reading import InputError, quoted
from sinobel.inputs.values import plain

FIRST_ORIGIN_YEAR, LAST_ORIGIN_YEAR = 2008, 2016
DEFAULT_ORIGIN, DEFAULT_HORIZON = "2016-12", "2030-12"
LAST_HORIZON_YEAR = 2060
FIRST_RECORDED_YEAR = 1960

last_origin_year: ContextVar[int] = ContextVar("last year whose December may be an origin", default=LAST_ORIGIN_YEAR)
"""Later than LAST_ORIGIN_YEAR where rows were added to the record (`evidence.using`)."""

YEAR, QUARTER, MONTH, SPAN = "year", "quarter", "month", "span of months"

_TEXT = re.compile(r"([0-9]{4})-([0-9]{2})")
_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:/(\d{4})-(\d{2}))?)?", re.ASCII)


def parse(value: Any) -> int:
    """Month number of a text such as "2018-01", or of a date that is the first day of a month.

    Raises
    ------
    InputError
        When it is no month, with what to write.
    """
    value = plain(value)
    if isinstance(value, datetime.date):
        if value.day != 1:
            raise InputError(
                f"{value.isoformat()[:10]} is a day, and a change begins and ends with months; write it as YYYY-MM, "
                f"for example {value.year:04d}-{value.month:02d}"
            )
        return 12 * value.year + value.month - 1
    match = _TEXT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match or not 1 <= int(match[2]) <= 12:
        year_alone = re.fullmatch("[0-9]{4}", str(value)) if isinstance(value, int | str) else None
        example = f"{value}-01" if year_alone else "2018-01"
        raise InputError(f"{quoted(value)} is not a month; write it as YYYY-MM, for example {example}")
    return 12 * int(match[1]) + int(match[2]) - 1


def span(period: str) -> tuple[int, int]:
    """First and last month of a period: "2015", "2015-Q3", "2015-07" or "2016-01/2016-07".

    Raises
    ------
    ValueError
        When it is none.
    """
    match = _PERIOD.fullmatch(period)
    if not match:
        raise ValueError(f"{quoted(period)} is no period; write YYYY, YYYY-Qn, YYYY-MM or YYYY-MM/YYYY-MM")
    first, quarter, month, last, last_month = match.groups()
    if quarter:
        start = 12 * int(first) + 3 * (int(quarter) - 1)
        return start, start + 2
    if month:
        start = parse(f"{first}-{month}")
        return start, parse(f"{last}-{last_month}") if last else start
    return 12 * int(first), 12 * int(first) + 11


def kind_of_period(period: str) -> str:
    """What a period is: a year, a quarter, a month or a span of months."""
    if "/" in period:
        return SPAN
    return QUARTER if "Q" in period else MONTH if "-" in period else YEAR


def label(month: int) -> str:
    """Text of a month number, "2018-01"."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def quarter_label(month: int) -> str:
    """Text of the quarter that a month is of, "2018-Q1"."""
    return f"{month // 12:04d}-Q{month % 12 // 3 + 1}"


def year(month: int) -> int:
    """Calendar year of a month number."""
    return month // 12


def january(year: int) -> int:
    """Month number of the first month of a calendar year."""
    return 12 * year


def december(year: int) -> int:
    """Month number of the last month of a calendar year."""
    return 12 * year + 11


def month_of_year(month: int) -> int:
    """1 for January to 12 for December."""
    return month % 12 + 1


def text(value: Any) -> Any:
    """A month as files have it, "2018-01", from what a user handed over; what is no month stays as it is."""
    try:
        return label(parse(value))
    except InputError:
        return plain(value)


def december_text(value: Any) -> Any:
    """The same for an origin or a horizon: a date in a month, such as 2017-12-31, is that month."""
    value = plain(value)
    return text(value.replace(day=1) if isinstance(value, datetime.date) else value)


def parse_origin(text: Any, last_year: int | None = None) -> int:
    """Month number of an origin: a December whose state the record holds.

    Parameters
    ----------
    last_year : int | None
        To which the record reaches; that of the record in use.

    Raises
    ------
    InputError
        With what is allowed.
    """
    month, last = parse(december_text(text)), last_origin_year.get() if last_year is None else last_year
    if month_of_year(month) != 12 or not FIRST_ORIGIN_YEAR <= year(month) <= last:
        raise InputError(
            f"origin {label(month)} is not available: the record opens the books at the end of a year, "
            f"so an origin is a December from {FIRST_ORIGIN_YEAR}-12 to {last}-12"
        )
    return month


def parse_horizon(text: Any, origin: int) -> int:
    """Month number of a horizon: a December after the origin.

    Raises
    ------
    InputError
        With what is allowed.
    """
    month = parse(december_text(text))
    if month_of_year(month) != 12 or not origin < month or year(month) > LAST_HORIZON_YEAR:
        raise InputError(
            f"horizon {label(month)} is not available: results are whole years, so a horizon is a December "
            f"after the origin {label(origin)} and not after {LAST_HORIZON_YEAR}-12"
        )
    return month
