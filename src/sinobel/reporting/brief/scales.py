"""Numbers and the unit that people use for them, as the words of the brief have it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """What numbers of an indicator are multiplied by, and their unit then."""

    factor: float
    unit: str
    digits: int


def scale_of(unit: str, size: float) -> Scale:
    """The scale that suits numbers up to a size: 3,345 "USD mn a year" is 3.3 "bn USD a year"."""
    yearly = " a year" if unit.endswith(" a year") else ""
    base = unit.removesuffix(" a year").removesuffix(" CFR")
    if base == "USD mn":
        return Scale(1e-3, f"bn USD{yearly}", 1) if size >= 1000 else Scale(1.0, f"mn USD{yearly}", _digits(size))
    if base.startswith("kt"):
        return Scale(1e-3, f"mn t{yearly}", 1) if size >= 1000 else Scale(1.0, f"thousand t{yearly}", _digits(size))
    if base == "fraction":
        return Scale(100.0, f"%{yearly}", _digits(100 * size))
    words = "index" if base.startswith("index") or base == "level" else base
    return Scale(1.0, f"{words}{yearly}", _digits(size))


def _digits(size: float) -> int:
    return 0 if size >= 20 else 1 if size >= 1 else 2


def number(value: float, digits: int, *, sign: bool = False) -> str:
    """A number of a table, with the minus of print; what rounds to 0 has no sign."""
    text = f"{value:{'+' if sign else ''}z,.{digits}f}".replace("-", "−")
    return text.lstrip("+") if float(text.replace("−", "-").replace(",", "")) == 0 else text
