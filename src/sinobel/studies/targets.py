"""Conditions on a year of an indicator, as people write them: `exports_to_china[2020] >= 1500`.

Of two indicators as well, their ratio or their difference: `debt_to_china / external_public_debt [2025] <= 20 %`; and
against the baseline, future by future: `debt_to_china[2025] <= baseline - 500`, `real_gdp[2025] >= baseline * 1.01`.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sinobel.inputs import indicators, months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.pairs import DIFFERENCE, NAME, ONE_OR_TWO, WORDS, Pair
from sinobel.inputs.quantities import digits, in_text, with_unit
from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.inputs.values import in_fraction, in_percent, number
from sinobel.policies.scenarios import Scenario

RELATIONS: dict[str, Callable[[np.ndarray, float], np.ndarray]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_TWO = re.compile(
    rf"\s*(?P<name>{NAME})\s*(?P<relation>>=|<=|>|<|≥|≤)\s*(?P<other>{NAME})\s*\[\s*(?P<year>\d{{4}})\s*\]\s*"
)
"""One indicator against another, which is their difference against nothing."""
_IN_YEAR = r"\[\s*(?P<year>\d{4})\s*\]\s*"
_IS = (
    r"(?P<relation>>=|<=|>|<|==?|!=|≥|≤)"
    r"\s*(?P<value>[-+]?[0-9][0-9_,]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)\s*(?P<percent>%?)\s*"
)
_FORM = re.compile(ONE_OR_TWO + _IN_YEAR + _IS)
_ANY_YEAR = re.compile(rf"{ONE_OR_TWO}(?:{_IN_YEAR})?{_IS}")
_NUMBER = r"[0-9][0-9_,]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_AGAINST = re.compile(
    rf"{ONE_OR_TWO}\[\s*(?P<year>\d{{4}})\s*\]\s*(?P<relation>>=|<=|>|<|≥|≤)\s*baseline\b\s*"
    rf"(?:(?P<how>[-+*×])\s*(?P<value>{_NUMBER})\s*(?P<percent>%?)\s*)?"
)
"""An indicator against what it is under the baseline."""
_RELATION = {"≥": ">=", "≤": "<="}
PLUS, TIMES = "+", "*"
LONGEST = 300  # characters of a condition
EXAMPLE = '"exports_to_china[2020] >= 1500"'
OF_TWO = '"debt_to_china / external_public_debt [2025] <= 20 %"'
OR_PLUS = "baseline + or - a number"
TO_BASELINE = "baseline, baseline - 500, baseline + 500 or baseline * 1.01"


@dataclass(frozen=True)
class Target:
    """A condition on the yearly value of an indicator, or of two, in its yearly unit.

    Attributes
    ----------
    operation : str
        What is made of the indicator and the other one: their ratio, their difference or sum, or nothing.
    against : str
        What is judged is the change against the baseline (`PLUS`), or how many times that it is (`TIMES`), in each
        future; empty for the level.
    """

    indicator: str
    year: int
    relation: str
    value: float
    operation: str = ""
    other: str = ""
    against: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Indicators that it needs."""
        return (self.indicator, self.other) if self.other else (self.indicator,)

    def of(
        self, yearly: Mapping[str, np.ndarray], place: int, baseline: Mapping[str, np.ndarray] | None = None
    ) -> np.ndarray:
        """What is judged in each future; not a number where nothing is divided by.

        Parameters
        ----------
        yearly : Mapping[str, np.ndarray]
            Indicator -> (years, draws).
        place : int
            Of the year.
        baseline : Mapping[str, np.ndarray] | None
            The same of the baseline, in the same futures; for a target against it.

        Raises
        ------
        InputError
            For a target of times the baseline where that is below zero.
        """
        first: np.ndarray = yearly[self.indicator][place]
        level = np.asarray(self._pair.of(first, yearly[self.other][place])) if self.other else first
        if not self.against or baseline is None:
            return level
        base = replace(self, against="").of(baseline, place)
        if self.against == PLUS:
            return np.asarray(level - base)
        if below := float((base < 0).mean()):
            why = f": {self.quantity} is below zero in {100 * below:.3g} % of futures of the baseline in {self.year}"
            raise InputError(Problem(f"{why}, so that times it says nothing; write {OR_PLUS}", argument="target"))
        return np.asarray(np.divide(level, base, out=np.full_like(level, np.nan), where=base > 0))

    @property
    def _pair(self) -> Pair:
        return Pair(self.indicator, self.operation, self.other)

    @property
    def quantity(self) -> str:
        """What is judged, as it is written, which is its name among the indicators."""
        return str(self._pair) if self.other else self.indicator

    @property
    def short(self) -> str:
        """The same for the name of a folder."""
        return WORDS[self.operation].join(self.names).replace(" ", "-") if self.other else self.indicator

    @property
    def label(self) -> str:
        """What is judged, in words."""
        label = all_indicators()[self.quantity].label
        called = {PLUS: f"Change of {in_text(label)} against the baseline", TIMES: f"{label} over that of the baseline"}
        return called.get(self.against, label)

    def holds(self, values: np.ndarray) -> np.ndarray:
        """Where it holds, of the shape of `values`."""
        return RELATIONS[self.relation](values, self.value)

    def margin(self, values: np.ndarray) -> np.ndarray:
        """By how much it is met, at or above zero exactly when it holds, in the unit of the indicator."""
        margin = values - self.value if self.relation.startswith(">") else self.value - values
        return margin if self.relation.endswith("=") else np.where(margin == 0, -np.finfo(float).tiny, margin)

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return "fraction" if self.against == TIMES else all_indicators()[self.quantity].yearly_unit

    @property
    def words(self) -> str:
        """The condition as a person would say it."""
        how = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}[self.relation]
        if not self.against:
            return f"{self.label} in {self.year} {how} {with_unit(self.value, self.unit)}"
        return f"{all_indicators()[self.quantity].label} in {self.year} {how} {self._of_baseline}"

    @property
    def _of_baseline(self) -> str:
        """The value of the baseline with what is added to it or how much of it there is to be, in words."""
        if self.against == TIMES:
            return f"{with_unit(self.value, self.unit)} of that of the baseline"
        if not self.value:
            return "that of the baseline"
        size = with_unit(abs(self.value), self.unit).replace(" %", " percentage points", 1)
        return f"that of the baseline {'plus' if self.value > 0 else 'less'} {size}"

    def __str__(self) -> str:
        when = f" [{self.year}]" if self.other else f"[{self.year}]"
        value = digits(abs(self.value) if self.against else self.value).replace(",", "")
        if self.against:
            sign = "-" if self.value < 0 else self.against
            value = "baseline" if not self.value else f"baseline {sign} {value}"
        return f"{self.quantity}{when} {self.relation} {value}"


LARGEST_RATIO = 10.0
"""Of two quantities of one unit, above which a percentage is likely meant; a larger one is written in percent."""


def _named(name: str, option: str) -> None:
    """Raise InputError for what is no indicator, and for two that do not go together."""
    why, hint = indicators.strange(name)
    if why:
        raise InputError(Problem(f": {why}", argument=option, hint=hint))


def parse(text: str, *, option: str = "target", any_year: int | None = None) -> Target:
    """One condition from its text.

    Parameters
    ----------
    any_year : int | None
        The year of a condition that names none; None where it has to.

    Raises
    ------
    InputError
        That names the part which is wrong and what is allowed.
    """
    short = isinstance(text, str) and len(text) <= LONGEST
    if short and re.search(r"\bbaseline\b", text):
        return _against(text, option)
    if short and (two := _TWO.fullmatch(text)):
        _named(f"{two['name']} - {two['other']}", option)
        relation = _RELATION.get(two["relation"], two["relation"])
        return Target(two["name"], int(two["year"]), relation, 0.0, operation=DIFFERENCE, other=two["other"])
    match = (_FORM if any_year is None else _ANY_YEAR).fullmatch(text) if short else None
    if not match:
        raise InputError(Problem(f" {quoted(text)} is no condition; {_form(any_year)}", argument=option))
    name, relation = match["first"], _RELATION.get(match["relation"], match["relation"])
    operation, other = match["operation"] or "", match["second"] or ""
    quantity = f"{name} {operation} {other}" if other else name
    _named(quantity, option)
    if relation not in RELATIONS:
        raise InputError(Problem(f": {relation!r} is no condition here; use >=, <=, > or <", argument=option))
    value = _value(match, quantity, option)
    year = int(match["year"]) if match["year"] or any_year is None else any_year
    return Target(name, year, relation, value, operation=operation, other=other)


def _form(any_year: int | None) -> str:
    """How a condition is written."""
    if any_year is not None:
        return 'write an indicator, a year in brackets if you like, >=, <=, > or <, and a number: "gdp < 50000"'
    return (
        "write an indicator, its year in brackets, >=, <=, > or <, and a number, "
        f"for example {EXAMPLE}, or of two indicators {OF_TWO}"
    )


def _value(match: re.Match[str], quantity: str, option: str) -> float:
    """The number of a condition in the unit of what it is about. Raises InputError for one that makes no sense."""
    name, other = match["first"], match["second"]
    digits, unit = match["value"].replace(",", "").replace("_", ""), all_indicators()[quantity].yearly_unit
    value = number(f"{digits} %", unit) if match["percent"] else float(digits)
    if not isinstance(value, float):
        raise InputError(Problem(f": {name} is in {unit}, and a percentage is for shares and rates", argument=option))
    if not math.isfinite(value):
        raise InputError(Problem(f": {match['value']} is not a finite number", argument=option))
    if why := "" if match["percent"] else in_fraction(value, unit, quote=""):
        raise InputError(Problem(f": {quantity}: {why}", argument=option))
    if other and unit == "fraction" and not match["percent"] and abs(value) > LARGEST_RATIO:
        meant = f"for {value:g} % write {value / 100:g} or {value:g} %, for {value:g} times {100 * value:g} %"
        raise InputError(Problem(f": {quantity} is a fraction: {meant}", argument=option))
    if other:
        return value
    low, high = all_indicators()[name].thresholds
    if not low <= value <= high:
        hint = "" if match["percent"] else in_percent(value, unit, low, high)
        span = f"allowed is a number from {low:g} to {high:g} ({unit}{hint})"
        told = f"{digits} %" if match["percent"] else digits
        raise InputError(Problem(f": {told} is outside what makes sense for {name}; {span}", argument=option))
    return value


def _against(text: str, option: str) -> Target:
    """A condition against the baseline. Raises InputError."""
    if option != "target":
        message = ": only what it takes is asked against the baseline; write a number"
        raise InputError(Problem(message, argument=option))
    match = _AGAINST.fullmatch(text)
    if not match:
        why = f" {quoted(text)}: behind an indicator and its year in brackets write {TO_BASELINE}"
        raise InputError(Problem(why, argument=option))
    name, operation, other = match["first"], match["operation"] or "", match["second"] or ""
    quantity = f"{name} {operation} {other}" if other else name
    _named(quantity, option)
    known, written = all_indicators()[quantity], (match["value"] or "0").replace(",", "").replace("_", "")
    times = match["how"] in ("*", "×")
    value = number(f"{written} %", "fraction" if times else known.yearly_unit) if match["percent"] else float(written)
    if not isinstance(value, float):
        why = f": {name} is in {known.yearly_unit}; for 5 % more than the baseline write baseline * 1.05"
        raise InputError(Problem(why, argument=option))
    if not math.isfinite(value):
        raise InputError(Problem(f": {match['value']} is not a finite number", argument=option))
    if why := "" if times or match["percent"] else in_fraction(value, known.yearly_unit, quote=""):
        raise InputError(Problem(f": {quantity}: {why}", argument=option))
    widest = known.thresholds[1] - known.thresholds[0]
    if not times and value > widest:
        hint = in_percent(value, known.yearly_unit, 0.0, widest)
        why = f": {quantity} changes by at most {widest:g} ({known.yearly_unit}{hint})"
        raise InputError(Problem(why, argument=option))
    if times and value <= 0:
        raise InputError(Problem(": the baseline is multiplied by a number above zero", argument=option))
    relation = _RELATION.get(match["relation"], match["relation"])
    signed = -value if match["how"] == "-" and value else value
    against = TIMES if times else PLUS
    return Target(name, int(match["year"]), relation, signed, operation=operation, other=other, against=against)


def parse_all(
    texts: Iterable[str], *, option: str = "target", word: str = "and", any_year: int | None = None
) -> tuple[Target, ...]:
    """Conditions of one or several texts; one text may join several with `word`.

    Parameters
    ----------
    word : str
        "and" where all must hold, "or" where any one counts.
    any_year : int | None
        The year of conditions that name none; None where they have to.

    Raises
    ------
    InputError
        With all problems.
    """
    parsed: list[Target] = []
    problems: list[Problem] = []
    for text in texts:
        for part in _parts(text, word):
            try:
                parsed.append(parse(part, option=option, any_year=any_year))
            except InputError as error:
                problems += error.problems
    if problems:
        raise InputError(problems)
    if not parsed:
        raise InputError(Problem(" is missing", argument=option, hint=f"for example {{{option}}} {EXAMPLE}"))
    return tuple(dict.fromkeys(parsed))


def _parts(text: str, word: str) -> list[str]:
    """The conditions of a text, taken apart at a word."""
    if not isinstance(text, str) or len(text) > 20 * LONGEST:
        return [text]
    parts: list[list[str]] = [[]]
    for each in text.split():
        if each == word:
            parts.append([])
        else:
            parts[-1].append(each)
    return [" ".join(part) for part in parts]


def horizon_for(scenarios: Iterable[Scenario], year: int) -> str:
    """A horizon that holds a year and every change of some scenarios: "2025-12"."""
    dated = [
        month
        for scenario in scenarios
        for each in (*scenario.changes, *scenario.events)
        for month in (each.start, each.until)
    ]
    return f"{max([year, *(months.year(month) for month in dated if month is not None)])}-12"


def check_years(conditions: Sequence[Target], first: int, last: int, *, option: str = "target") -> None:
    """Refuse a year that is not simulated, and say so where it lies before the origin."""
    problems = []
    for each in conditions:
        if not first <= each.year <= last:
            name = f"{each.indicator}[{each.year}]"
            why = f"lies before the origin {first - 1}-12" if each.year < first else "is not simulated"
            problems.append(Problem(f": {name} {why}; choose a year from {first} to {last}", argument=option))
    if problems:
        raise InputError(problems)
