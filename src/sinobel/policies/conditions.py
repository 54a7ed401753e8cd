"""Rules of state: the conditions under which a change of a lever holds, declared in a scenario file without code.

A `Condition` compares one indicator with a number, or with a multiple of another indicator, at the end of each month.
What it remembers from month to month lives in `lever_path`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sinobel.inputs.indicators import LARGEST, LISTED, Indicator, all_indicators
from sinobel.inputs.quantities import Named, label_alone, with_unit
from sinobel.inputs.reading import in_quotes, nearest, quoted
from sinobel.inputs.values import FACTOR, in_fraction, in_percent, is_share, number, plain

KEYS = ("indicator", "above", "below", "of", "for", "until_below", "until_above")
RELEASE = {"above": "until_below", "below": "until_above"}
MOST_MONTHS = 120
MOST_CONDITIONS = 5

Complain = Callable[..., None]
"""Takes a message and the path of the key it is about, nothing for the whole."""


@dataclass(frozen=True)
class Condition:
    """An indicator above or below a threshold.

    Attributes
    ----------
    side : str
        "above" or "below".
    threshold : float
        In the indicator's unit of a month; with `of` a multiple of that other indicator.
    months : int
        In a row that it must have been so.
    release : float | None
        On the other side of the threshold: once the condition holds, it goes on until the indicator passes this.
    """

    indicator: str
    side: str
    threshold: float
    of: str = ""
    months: int = 1
    release: float | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """Names of the indicators it looks at."""
        return (self.indicator, self.of) if self.of else (self.indicator,)

    def as_written(self) -> dict[str, Any]:
        """The condition as it would stand in a file."""
        written: dict[str, Any] = {"indicator": self.indicator, self.side: self.threshold}
        if self.of:
            written["of"] = self.of
        if self.months > 1:
            written["for"] = self.months
        if self.release is not None:
            written[RELEASE[self.side]] = self.release
        return written

    def in_words(self, named: Named = label_alone) -> str:
        """The condition as a person says it: "“Public external debt over GDP” is above 40 %".

        Parameters
        ----------
        named : Named
            How an indicator is called.
        """
        words = f"{_called(self.indicator, named)} is {self.side} {self._level(self.threshold, named)}"
        if self.months > 1:
            words += f" for {self.months} months in a row"
        if self.release is not None:
            back = "below" if self.side == "above" else "above"
            words += f", from then on until it is {back} {self._level(self.release, named)}"
        return words

    def _level(self, number: float, named: Named) -> str:
        """A threshold with its unit, or as a multiple of the other indicator."""
        if not self.of:
            return with_unit(number, all_indicators()[self.indicator].monthly_unit)
        times = "" if number == 1 else f"{with_unit(number, 'times')} "
        return f"{times}{_called(self.of, named)}"


def _called(indicator: str, named: Named) -> str:
    return named(indicator, f"“{all_indicators()[indicator].label}”")


def all_in_words(conditions: tuple[Condition, ...], named: Named = label_alone) -> str:
    """When a change holds, in words; an empty text for one that always does."""
    return "while " + ", and ".join(each.in_words(named) for each in conditions) if conditions else ""


def as_written(conditions: tuple[Condition, ...]) -> Any:
    """Conditions as they would stand in a file: one table, or a list of them."""
    written = [each.as_written() for each in conditions]
    return written[0] if len(written) == 1 else written


# --- reading ---------------------------------------------------------------------------------------------------------


def read_when(content: object, complain: Complain, *, ran: bool = False) -> tuple[Condition, ...]:
    """Conditions of the key `when`: one table, or a list of tables that must all hold. Complains of what is wrong.

    Parameters
    ----------
    ran : bool
        The conditions of a manifest, perhaps of an older version: any finite threshold is read.
    """
    tables = [content] if isinstance(content, dict) else content
    if not isinstance(tables, list) or not tables or not all(isinstance(each, dict) for each in tables):
        complain(
            '"when" is a table, for example when = { indicator = "debt_to_gdp", above = 0.40 }, '
            "or a list of such tables that must all hold"
        )
        return ()
    if len(tables) > MOST_CONDITIONS:
        complain(f'"when" holds {len(tables)} conditions; at most {MOST_CONDITIONS} are allowed')
        return ()
    places: list[tuple[int, ...]] = [()] if isinstance(content, dict) else [(place,) for place in range(len(tables))]
    found = [_read_condition(table, place, complain, ran) for table, place in zip(tables, places, strict=True)]
    return tuple(condition for condition in found if condition)


def _read_condition(
    table: Mapping[str, Any], place: tuple[int, ...], complain: Complain, ran: bool
) -> Condition | None:
    """One condition, or None when something is wrong with it."""
    wrong = False

    def refuse(message: str, *key: str, hint: str = "") -> None:
        nonlocal wrong
        wrong = True
        complain(message, *place, *key, hint=hint)

    for key in table:
        if key not in KEYS:
            refuse(f"unknown key {in_quotes(key)} in a condition{nearest(key, KEYS)} ({', '.join(KEYS)})", key)
    indicator = _named(table, "indicator", refuse)
    other = _named(table, "of", refuse)
    if "indicator" not in table:
        refuse('a condition needs "indicator", for example indicator = "debt_to_gdp"', hint=LISTED)
    if indicator and other and (why := _unlike(indicator, other)):
        refuse(f'"of": {why}', "of")
    sides = [side for side in RELEASE if side in table]
    if len(sides) != 1:
        refuse('a condition needs either "above" or "below"' + (", not both" if sides else ""))
        return None
    side = sides[0]
    threshold = _threshold(table, side, indicator, refuse, ran)
    release = _release(table, side, threshold=threshold, indicator=indicator, refuse=refuse, ran=ran)
    months = plain(table.get("for", 1))
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= MOST_MONTHS:
        refuse(f'"for" is a number of months in a row, 1 to {MOST_MONTHS}, not {quoted(months)}', "for")
    if wrong or indicator is None or threshold is None:
        return None
    return Condition(
        indicator.name, side, threshold=threshold, of=other.name if other else "", months=months, release=release
    )


def _named(table: Mapping[str, Any], key: str, refuse: Complain) -> Indicator | None:
    """The indicator a key names, when it names one."""
    if key not in table:
        return None
    known, name = all_indicators(), table[key]
    if isinstance(name, str) and name in known:
        return known[name]
    refuse(f'"{key}": there is no indicator {quoted(name)}{nearest(name, known)}', key, hint=LISTED)
    return None


def _unlike(one: Indicator, other: Indicator) -> str | None:
    """Why an indicator cannot be compared with a multiple of another, or None."""
    if one.name == other.name:
        return f"{one.name} cannot be compared with a multiple of itself"
    if one.monthly_unit == other.monthly_unit:
        return None
    why = (
        f"{one.name} is in {one.monthly_unit} and {other.name} in {other.monthly_unit}; "
        "a multiple needs the same unit in both"
    )
    ready = [each.name for each in all_indicators().values() if each.ratio == (one.name, other.name)]
    return f'{why}; for their ratio use indicator = "{ready[0]}"' if ready else why


def _threshold(
    table: Mapping[str, Any], key: str, indicator: Indicator | None, refuse: Complain, ran: bool
) -> float | None:
    """The number of a key, checked against what the indicator can be; with `of` it is a factor."""
    name, unit = (indicator.name, indicator.monthly_unit) if indicator else ("the indicator", "")
    value = number(table[key], unit if "of" not in table else FACTOR)
    if "of" in table:
        low, high, allowed = 0.0, 100.0, 'allowed is a factor from 0 to 100 of the indicator in "of"'
    else:
        low, high = indicator.thresholds if indicator else (-math.inf, math.inf)
        allowed = "allowed is a finite number"
        if indicator:
            span = f" from {low:g} to {high:g}" if high < LARGEST else ""
            allowed = f"allowed is a number{span} ({indicator.monthly_unit}"
            hint = "; 40 % is written 0.40" * (is_share(unit) and isinstance(value, str))
            allowed += f"{in_percent(value, unit, low, high, table[key]) or hint})"
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse(f'"{key}" of {name}: {quoted(value)} is not a number; {allowed}', key)
    elif not abs(value) <= 1e300:
        refuse(f'"{key}" of {name}: {quoted(value)} is not a finite number; {allowed}', key)
    elif not ran and "of" not in table and (why := in_fraction(table[key], unit)):
        refuse(f'"{key}" of {name}: {why}', key)
    elif not ran and not low <= value <= high:
        refuse(f'"{key}" of {name}: {quoted(value)} is outside what makes sense; {allowed}', key)
    else:
        return float(value)
    return None


def _release(
    table: Mapping[str, Any],
    side: str,
    threshold: float | None,
    indicator: Indicator | None,
    refuse: Complain,
    ran: bool,
) -> float | None:
    """The number at which the condition lets go again, when there is one."""
    fitting = RELEASE[side]
    for key in RELEASE.values():
        if key in table and key != fitting:
            refuse(f'"{key}" does not go with "{side}"; use "{fitting}" for the number at which the change ends', key)
    if fitting not in table:
        return None
    release = _threshold(table, fitting, indicator, refuse, ran)
    if release is None or threshold is None:
        return None
    if (release > threshold) if side == "above" else (release < threshold):
        word = "above" if side == "above" else "below"
        refuse(
            f'"{fitting}" {release:g} lies {word} the threshold {threshold:g}; the change would end at once', fitting
        )
        return None
    return release


def schema() -> dict[str, Any]:
    """JSON Schema of the key `when`."""
    names = {"enum": list(all_indicators())}

    def number(description: str) -> dict[str, Any]:
        return {"type": "number", "description": description}

    condition = {
        "type": "object",
        "additionalProperties": False,
        "required": ["indicator"],
        "oneOf": [
            {"required": ["above"], "not": {"required": ["until_above"]}},
            {"required": ["below"], "not": {"required": ["until_below"]}},
        ],
        "properties": {
            "indicator": names | {"description": "looked at at the end of each month; flows are those of the month"},
            "above": number("holds above this number, in the indicator's unit; with `of` above this multiple"),
            "below": number("holds below this number, in the indicator's unit; with `of` below this multiple"),
            "of": names | {"description": "another indicator in the same unit: the threshold is a multiple of it"},
            "for": {
                "type": "integer",
                "minimum": 1,
                "maximum": MOST_MONTHS,
                "description": "months in a row that it must have been so",
            },
            "until_below": number("with above: once it holds, it goes on until the indicator is below this"),
            "until_above": number("with below: once it holds, it goes on until the indicator is above this"),
        },
    }
    return {
        "description": "rule of state: the change holds where this was so at the end of the month before",
        "anyOf": [condition, {"type": "array", "minItems": 1, "maxItems": MOST_CONDITIONS, "items": condition}],
    }
