"""Calendar months as whole numbers, so that time can be counted and compared.

A month is ``12 * year + (month number - 1)``; "2016-12" is 24203. The simulation steps in months, files write them as
text, and everything between the two is integer arithmetic.
"""

from __future__ import annotations

import re

FIRST_ORIGIN_YEAR, LAST_ORIGIN_YEAR = 2008, 2016
DEFAULT_ORIGIN, DEFAULT_HORIZON = "2016-12", "2030-12"
LAST_HORIZON_YEAR = 2060

_TEXT = re.compile(r"(\d{4})-(\d{2})")


def parse(text: str) -> int:
    """Month number of a text such as "2018-01". Raises ValueError when it is no month."""
    match = _TEXT.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match or not 1 <= int(match[2]) <= 12:
        raise ValueError(f"{text!r} is not a month; write it as YYYY-MM, for example 2018-01")
    return 12 * int(match[1]) + int(match[2]) - 1


def label(month: int) -> str:
    """Text of a month number, "2018-01"."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def year(month: int) -> int:
    """Calendar year of a month number."""
    return month // 12


def month_of_year(month: int) -> int:
    """1 for January to 12 for December."""
    return month % 12 + 1


def parse_origin(text: str) -> int:
    """Month number of an origin: a December whose state the record holds. Raises ValueError with what is allowed."""
    month = parse(text)
    if month_of_year(month) != 12 or not FIRST_ORIGIN_YEAR <= year(month) <= LAST_ORIGIN_YEAR:
        raise ValueError(
            f"origin {text} is not available: the record opens the books at the end of a year, "
            f"so an origin is a December from {FIRST_ORIGIN_YEAR}-12 to {LAST_ORIGIN_YEAR}-12"
        )
    return month


def parse_horizon(text: str, origin: int) -> int:
    """Month number of a horizon: a December after the origin. Raises ValueError with what is allowed."""
    month = parse(text)
    if month_of_year(month) != 12 or not origin < month or year(month) > LAST_HORIZON_YEAR:
        raise ValueError(
            f"horizon {text} is not available: results are whole years, so a horizon is a December "
            f"after the origin {label(origin)} and not after {LAST_HORIZON_YEAR}-12"
        )
    return month
