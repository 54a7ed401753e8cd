"""Numbers of scenario files in words: to the last digit, with their unit, fractions in percent."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

Named = Callable[[str, str], str]
"""What a sentence shows of something that has a name and a label: one of the two, both, or a link."""

PLAIN = -6, 17
"""Powers of ten of numbers that are written out."""
_COUNTRIES = frozenset(("Belarus", "Belarusian", "China", "Chinese", "Eurasian", "European", "Russia", "Russian"))
_NAMES = _COUNTRIES | {"Belaruskali", "Beijing", "Brent", "Minsk", "Moscow", "Ukraine", "Uralkali"}


def label_alone(_: str, label: str) -> str:
    """A lever or indicator by its label."""
    return label


def label_and_name(name: str, label: str) -> str:
    """A lever or indicator by its label and the name that scenario files write."""
    return f"{label} ({name})"


def with_unit(value: float, unit: str) -> str:
    """A number with a unit of `model/levers.toml` or `model/indicators.toml`.

    0.4 "fraction of GDP" is "40 % of GDP", 0.02 "fraction per year" is "2 % a year", 0.5 "index 0-1" is
    "0.5 (index 0-1)", 2 "times the baseline" is "2 times the baseline".
    """
    base = unit.replace("per year", "a year")
    for word, factor in (("fraction", 100), ("percent", 1), ("%", 1)):
        if base == word or base.startswith(f"{word} "):
            return f"{digits(value, factor)} %{base.removeprefix(word)}"
    if base in ("", "level"):
        return digits(value)
    if "=" in base or base == "log" or base.startswith("index"):
        return f"{digits(value)} ({base})"
    if value == 1 and base.startswith(("months", "years")):
        base = base.replace("s", "", 1)
    return f"{digits(value)} {base}"


def axis_unit(unit: str) -> tuple[float, str]:
    """What an axis multiplies numbers by, and its unit, as `with_unit` tells them: fractions in percent."""
    base = unit.replace("per year", "a year")
    share = base == "fraction" or base.startswith("fraction ")
    return (100.0, f"%{base.removeprefix('fraction')}") if share else (1.0, unit)


def digits(value: float, factor: int = 1) -> str:
    """A number with as many digits as tell it from every other one, thousands apart: 1,500, 0.405, 33.33333333333333.

    Parameters
    ----------
    factor : int
        By which it is multiplied exactly, 100 for a fraction in percent.
    """
    exact = Decimal(repr(float(value))) * factor + 0  # no -0
    if not exact or PLAIN[0] <= exact.adjusted() <= PLAIN[1]:
        return f"{exact.normalize():,f}"
    return f"{exact.normalize():e}"


def rounded(value: float, unit: str) -> str:
    """A computed number with its unit, to six digits."""
    return with_unit(float(f"{value:.6g}"), unit)


def span(low: str, high: str) -> str:
    """From one number with a unit to another of the same: "1.3 to 4 % of GDP"."""
    return f"{low.partition(' ')[0]} to {high}"


def in_text(label: str) -> str:
    """A label or title within a sentence: names and abbreviations such as EU or Russia keep their capital."""
    first = re.split(r"[ ,']", label, maxsplit=1)[0]
    return label if first in _NAMES or first.isupper() else label[:1].lower() + label[1:]
