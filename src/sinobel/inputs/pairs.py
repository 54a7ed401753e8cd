"""Ratios, differences and sums of two indicators, as people write them: `debt_to_china / gdp`.

What reads conditions, questions and charts asks here, so that all of them know the same. A pair is never listed among
the indicators, and is worked out of the yearly values of its two when somebody names it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
RATIO, DIFFERENCE, SUM = "/", "-", "+"
WORDS = {RATIO: " over ", DIFFERENCE: " less ", SUM: " plus "}
NO_SUCH = {DIFFERENCE: "difference", SUM: "sum"}
A_YEAR = " a year"
ONE_OR_TWO = rf"\s*(?P<first>{NAME})\s*(?:(?P<operation>[-/+])\s*(?P<second>{NAME})\s*)?"
"""An indicator, or two with what is made of them; conditions go on from it."""
_FORM = re.compile(ONE_OR_TWO)
LONGEST = 200  # characters
Value = TypeVar("Value")


@dataclass(frozen=True)
class Pair:
    """What is made of two indicators: their ratio, their difference or their sum."""

    first: str
    operation: str
    second: str

    @property
    def names(self) -> tuple[str, str]:
        """The two indicators."""
        return self.first, self.second

    def __str__(self) -> str:
        return f"{self.first} {self.operation} {self.second}"

    def of(self, first: Any, second: Any) -> Any:
        """What is made of yearly values of the two; of a ratio not a number where nothing is divided by."""
        if self.operation == DIFFERENCE:
            return first - second
        if self.operation == SUM:
            return first + second
        import numpy as np  # not at the top: whoever only reads names needs no arrays

        return first / (second + np.where(second == 0, np.nan, 0.0))

    def unit(self, first: str, second: str) -> str:
        """Unit of it, from the yearly units of the two: of like over like a fraction, of a flow over a stock a rate.

        A stock over a flow is a share of what flows in a year, as debt over GDP is everywhere.
        """
        if self.operation != RATIO:
            return first
        above, below = first.removesuffix(A_YEAR), second.removesuffix(A_YEAR)
        rate = first.endswith(A_YEAR) and not second.endswith(A_YEAR)
        return ("fraction" if above == below else f"{above} per {below}") + A_YEAR * rate

    def misfit(self, first: str, second: str) -> str:
        """Why the yearly units of the two do not go together, empty where they do; anything has a ratio."""
        if self.operation == RATIO or first == second:
            return ""
        lack = f"they have no {NO_SUCH[self.operation]}, only a ratio"
        return f"{self.first} is in {first} and {self.second} in {second}: {lack}"


def parse(text: object) -> Pair | None:
    """The pair that a text names; None for any other text."""
    match = _FORM.fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST else None
    return Pair(match["first"], match["operation"], match["second"]) if match and match["operation"] else None


def written(text: str) -> str:
    """The name of an indicator or of a pair as it is always written."""
    return str(parse(text) or text.strip())


def dashed(name: str) -> str:
    """The name of an indicator or a pair as the name of a file: "debt-to-china-over-gdp"."""
    pair = parse(name)
    return (WORDS[pair.operation].join(pair.names) if pair else name).replace("_", "-").replace(" ", "-")


def parts(names: Iterable[str]) -> list[str]:
    """Indicators that some names need: those of pairs are their two."""
    named = ((name, parse(name)) for name in names)
    return list(dict.fromkeys(part for name, pair in named for part in (pair.names if pair else (name,))))


def among(names: Iterable[str]) -> list[str]:
    """Those of some names that are pairs."""
    return [name for name in names if parse(name)]


class WithPairs(Mapping[str, Value]):
    """Values by indicator, which also has those of pairs of them: asked for by name, never listed.

    Parameters
    ----------
    plain : Mapping[str, Value]
        Indicator -> value.
    make : Callable[[Pair, Value, Value], Value]
        Makes the value of a pair of those of its two.
    """

    def __init__(self, plain: Mapping[str, Value], make: Callable[[Pair, Value, Value], Value]):
        self._plain, self._make = plain, make
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name in self._made:
            return self._made[name]
        pair = None if name in self._plain else parse(name)
        if pair is None:
            return self._plain[name]
        made = self._make(pair, *(self._plain[each] for each in pair.names))
        self._made[name] = made
        return made

    def __contains__(self, name: object) -> bool:
        pair = parse(name)
        return name in self._plain if pair is None else all(each in self._plain for each in pair.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


def with_pairs(recorded: Mapping[str, Mapping[int, float]]) -> Mapping[str, Mapping[int, float]]:
    """Recorded values that also have those of pairs of indicators, in the years in which both are recorded."""
    return WithPairs(recorded, _of_years)


def _of_years(pair: Pair, first: Mapping[int, float], second: Mapping[int, float]) -> Mapping[int, float]:
    made = {year: float(pair.of(value, second[year])) for year, value in first.items() if year in second}
    return {year: value for year, value in made.items() if math.isfinite(value)}
