"""What the units of the model mean: a text such as "USD mn a year per USD a barrel" as powers of base units.

Month and year are two units, not one: twelve months are a year only where the code says so, with
`MONTHS_PER_YEAR`, and a hundred percent are the whole only by `PERCENT`. Three numbers are no plain quantity:

left after a year   what remains of a gap, or grows, by the end of a span: 1 - (share a year). A power of it changes the
                    span, so (left after a year) ** (1 / MONTHS_PER_YEAR) is left after a month, a step of the model
log of a price      the logarithm of something that has a unit; two of them differ by a plain number
any                 zero, or what is not a number: fits everywhere

A month is the step of the model: adding the flow of a month to a stock is what a step does, so the terms of a sum may
differ in their power of the month, and in nothing else. What is declared holds up to one step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

Powers = tuple[tuple[str, Fraction], ...]
STEP = "month"


class UnitError(TypeError):
    """Two units that do not go together."""


@dataclass(frozen=True)
class Unit:
    """Powers of base units, and the form: plain, left, log or any."""

    powers: Powers = ()
    form: str = "plain"

    def __str__(self) -> str:
        words = " ".join(name if power == 1 else f"{name}^{power}" for name, power in self.powers) or "1"
        return words if self.form == "plain" else "any" if self.form == "any" else f"{self.form}[{words}]"

    @property
    def apart_from_step(self) -> Powers:
        """Its powers but for that of the month."""
        return tuple(each for each in self.powers if each[0] != STEP)

    @property
    def step(self) -> Fraction:
        """Power of the month."""
        return dict(self.powers).get(STEP, Fraction(0))

    @property
    def is_number(self) -> bool:
        """True for a plain number, steps apart."""
        return self.form == "plain" and not self.apart_from_step

    @property
    def is_rate(self) -> bool:
        """True for what is counted a year or a quarter: a span other than the step."""
        return self.form == "plain" and self.powers in ((("year", Fraction(-1)),), (("quarter", Fraction(-1)),))


ANY, NUMBER = Unit(form="any"), Unit()


def plain(**powers: Fraction | int) -> Unit:
    """A unit from powers by name."""
    return of_powers(powers)


def of_powers(powers: dict[str, Fraction | int], form: str = "plain") -> Unit:
    """A unit from powers; what is left after a step of the model is a number."""
    kept = tuple(sorted((name, Fraction(power)) for name, power in powers.items() if power))
    unit = Unit(kept, form)
    return NUMBER if form == "left" and not unit.apart_from_step else unit


def times(one: Unit, other: Unit, sign: int = 1) -> Unit:
    """Powers of one plus, or less, those of the other, both plain."""
    powers = dict(one.powers)
    for name, power in other.powers:
        powers[name] = powers.get(name, Fraction(0)) + sign * power
    return of_powers(powers)


def raised(unit: Unit, power: Fraction) -> Unit:
    """A plain unit to a power."""
    return of_powers({name: each * power for name, each in unit.powers})


# --- words ---

HEADS = {
    "USD mn": {"USD mn": 1},
    "kt KCl": {"kt": 1},
    "kt crude": {"kt": 1},
    "kt": {"kt": 1},
    "USD per tonne": {"USD/t": 1},
    "USD/t CFR": {"USD/t": 1},
    "USD/t": {"USD/t": 1},
    "USD per barrel": {"USD/barrel": 1},
    "USD a barrel": {"USD/barrel": 1},
    "USD/barrel": {"USD/barrel": 1},
    "USD per head": {"USD mn": 1, "mn heads": -1},
    "mn heads": {"mn heads": 1},
    "months": {"month": 1},
    "month": {"month": 1},
    "quarters": {"quarter": 1},
    "quarter": {"quarter": 1},
    "years": {"year": 1},
    "year": {"year": 1},
    "calendar year": {"year": 1},
    "%": {"%": 1},
    "percent": {"%": 1},
}
"""Words at the head of a text that have a unit."""

NUMBERS = (
    "fraction",
    "share",
    "ratio",
    "index",
    "log",
    "correlation",
    "elasticity",
    "multiple",
    "times",
    "level",
    "number",
    "unit",
    "positive",
    "payments",
    "t",
    "yes or no",
    "true or false",
    "one",
    "the",
    "exports",
    "standard deviations",
    "-1 =",
    "0 =",
    "1 =",
    "2005-2016 = 1",
    "month number",
    "row",
)
"""Words that have none."""

SPECIAL = {
    "fraction of the stock": NUMBER,
    "fraction of GDP": plain(year=1),  # a stock over what is produced in a year
    "fraction of a year's GDP": plain(year=1),
    "fraction of GDP of the same months": NUMBER,  # a flow over a flow
    "unit of yearly growth": plain(year=-1),  # growth as a fraction
    "kt at USD per tonne in USD mn": of_powers({"kt": 1, "USD/t": 1, "USD mn": -1}),
    "kt at USD per barrel in USD mn": of_powers({"kt": 1, "USD/barrel": 1, "USD mn": -1}),
    "square root of years per month": of_powers({"year": Fraction(1, 2), "month": Fraction(-1, 2)}),
    "fraction of 2,000 kt a year": NUMBER,
    "% against the same quarter a year before": of_powers({"%": 1, "year": -1}),
    "any": ANY,
}

LEFT = re.compile(r"share (of a \w+ )?left after a year")
ROOT = " per square root of a year"
PERIODS = {" a year": "year", " a month": "month", " a quarter": "quarter", " per year": "year", " per month": "month"}
BESIDE = re.compile(r" (of|at|for|on|from|since|below|in|by) .*$")


@cache
def unit_of(text: str) -> Unit:
    """The unit that a text of a model file or a declaration means.

    Raises
    ------
    UnitError
        For words that nobody has explained here.
    """
    if text in SPECIAL:
        return SPECIAL[text]
    if LEFT.fullmatch(text):
        return of_powers({"year": -1}, "left")
    if text.startswith("log of ") and text.removeprefix("log of ") in HEADS:
        return of_powers(HEADS[text.removeprefix("log of ")], "log")
    if text in HEADS:
        return of_powers(HEADS[text])
    if text == "per year":
        return plain(year=-1)
    if ", " in text:  # what stands behind a comma explains
        return unit_of(text.partition(", ")[0])
    if text.endswith(ROOT):
        return times(unit_of(text.removesuffix(ROOT)), plain(year=Fraction(1, 2)), -1)
    for ending, period in PERIODS.items():
        if text.endswith(ending):
            return times(unit_of(text.removesuffix(ending)), plain(**{period: 1}), -1)
    top, per, bottom = text.partition(" per ")
    if per:
        return times(unit_of(top), unit_of(bottom), -1)
    shorter = BESIDE.sub("", text, count=1)
    if shorter != text:
        return unit_of(shorter)
    if any(text == head or text.startswith(f"{head} ") for head in NUMBERS):
        return NUMBER
    raise UnitError(f"nobody knows the unit {text!r}")
