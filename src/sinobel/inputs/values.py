"""The one door for values as users hand them over: numbers of other libraries, dates, percentages, single names.

Whoever sweeps over arrays hands over numpy or pandas scalars, whoever has a calendar hands over dates, and people write
`40 %`. Here they become what Python and the files of this project have; what is none of it stays as it is, and the
reader of the value refuses it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

FACTOR = "times"
"""How the units of numbers begin that multiply: 150 % is 1.5 there."""
SMALLEST_GROWTH = 0.1  # in % a year: nobody asks for less but by writing a fraction
_PERCENT = re.compile(r"([-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s?%")


def plain(value: Any) -> Any:
    """A value as Python has it: scalars of numpy and pandas become numbers, texts, truths and dates."""
    if isinstance(value, str):
        return str(value)
    kind = type(value).__name__
    if kind == "NaTType":  # a date that is none
        return "NaT"
    try:
        if kind == "Period":  # of pandas: its first day, when it is a month or a day
            return value.start_time.date() if value.freqstr[:1] in "MD" else value
        if kind in ("Timestamp", "datetime64"):
            return _day_of(str(value), value)
        if isinstance(value, Decimal):
            return float(value)
    except (ValueError, OverflowError, NotImplementedError):  # a year before 1 or after 9999, a number that is none
        return value
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        if kind in ("float16", "float32"):
            return float(
                str(value)
            )  # the decimal that was meant: 0.4, and not what is nearest to it in half the digits
        return value.item()
    return value


def _day_of(text: str, value: Any) -> Any:
    """A date of numpy, "2018-01-15T12:00", or the first day of a month, "2018-01"; a year alone stays what it is."""
    day = text.partition("T")[0].partition(" ")[0]
    return value if len(text) < 5 else datetime.date.fromisoformat(day if len(day) > 7 else f"{day}-01")


def number(value: Any, unit: str) -> Any:
    """A value as Python has it; a percentage in text becomes a number where the unit is a share, a factor or a rate.

          "% a year" 4 of "4 %"

    Parameters
    ----------
    unit : str
        Of a lever or an indicator: "fraction of GDP" makes 0.4 of "40 %", "times the baseline" 1.5 of "150 %",.
    """
    value = plain(value)
    found = _percentage(value)
    if found and (is_share(unit) or unit.startswith(FACTOR)):
        return float(Decimal(found[1]) / 100)
    return float(found[1]) if found and unit.startswith("%") else value


def _percentage(value: Any) -> re.Match[str] | None:
    return _PERCENT.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 60 else None


def is_percentage(value: Any) -> bool:
    """True for a text such as "40 %"."""
    return _percentage(value) is not None


def is_share(unit: str) -> bool:
    """True for a unit in which 40 % is the number 0.40."""
    return unit.startswith("fraction")


def in_percent(value: Any, unit: str, low: float, high: float, written: Any = None) -> str:
    """`; 40 % is written 0.40` for a number of percent where a share is wanted, else an empty text.

    Parameters
    ----------
    low, high : float
        What is allowed: the hint is given where the hundredth part would be. Nobody writes 0.2 for 0.2 %.
    written : Any
        What the user wrote, where that is known: whoever wrote "140 %" needs no hint.
    """
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    if is_percentage(written) or not numeric or not is_share(unit):
        return ""
    if not 1 <= abs(value) < 1e6 or not low <= value / 100 <= high:
        return ""
    share = float(Decimal(repr(value)) / 100)
    return (
        f"; {value:g} % is written {share:.2f}" if round(share, 2) == share else f"; {value:g} % is written {share:g}"
    )


def in_fraction(value: Any, unit: str, quote: str = '"') -> str:
    """Why a number is too small for a unit of percent, where people write 0.02 for 2 %; else an empty text.

    Parameters
    ----------
    value : Any
        As it was written: whoever writes "0.02 %" means it.
    quote : str
        Around a percentage, where texts stand in quotes.
    """
    value = plain(value)
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    if not numeric or not unit.startswith("%") or not 0 < abs(value) < SMALLEST_GROWTH:
        return ""
    asked, meant = f"{value:.12g} {unit}", f"{100 * value:.12g}"
    return f"{asked}? for {meant} % write {meant} or {quote}{meant} %{quote}"


def names(value: str | Iterable[Any]) -> tuple[Any, ...]:
    """Names of a list; a single text, or what is no list, is a list of one, which its reader looks at."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return (value,)
    return tuple(plain(each) for each in value)
