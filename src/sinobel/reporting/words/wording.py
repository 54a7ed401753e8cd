"""Numbers and chances in words: calibrated, with the unit people use, and with names that lead to their source.

A name is marked where its sentence is made (`about`; `citing` for texts of authors): it stands with its words between
control characters, and `parts` gives both back. A page makes a link of them, a terminal shows the words. No text of a
user can hold such characters, so none is ever taken for a name, and nobody looks for names in a finished sentence.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from sinobel.inputs import quantities

in_text = quantities.in_text
UNLIKELY = 0.33
ABOVE = ((0.99, "virtually certain"), (0.90, "very likely"), (0.66, "likely"))
BELOW = ((0.01, "exceptionally unlikely"), (0.10, "very unlikely"), (UNLIKELY, "unlikely"))
EVEN = "about as likely as not"
"""Words for shares of futures above and below a limit, after the IPCC's guidance note (Mastrandrea and others 2010)."""
POINTS = "percentage points"
LITTLE = 0.1  # below which a ratio, a rate or a log is told with a digit more
_BEGIN, _BETWEEN, _END = "\x02", "\x1f", "\x03"
_WORDS = re.compile(r"(\W+)")
_MINUS = "−"


def likelihood(share: float) -> str:
    """The calibrated word for a share of futures: "likely" above 66 %, "very likely" above 90 %, and so on.

    Raises
    ------
    ValueError
        For what is no share.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
    for limit, word in ABOVE:
        if share > limit:
            return word
    for limit, word in BELOW:
        if share < limit:
            return word
    return EVEN


def scale() -> str:
    """What every calibrated word means, in a sentence made of the limits that `likelihood` goes by."""
    told = [f"“{word}” above {100 * limit:.0f} %" for limit, word in ABOVE]
    told.append(f"“{EVEN}” {100 * UNLIKELY:.0f} to {100 * ABOVE[-1][0]:.0f} %")
    told += [f"“{word}” below {100 * limit:.0f} %" for limit, word in reversed(BELOW)]
    return f"Words for shares: {', '.join(told)}."


def listed(parts: Sequence[str]) -> str:
    """Parts with commas, and "and" before the last."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def percent(share: float) -> str:
    """A share of futures; what is not all of them is never told as 100 %, and not none as 0 %."""
    text = f"{100 * share:.0f} %"
    if text == "100 %" and share < 1:
        return "over 99 %"
    return "under 1 %" if text == "0 %" and share > 0 else text


def amount(value: float, unit: str, *, sign: bool = False, beside: float = 0.0) -> str:
    """A number with its unit as people say it: 3,345 "USD mn a year" is "3.3 bn USD".

    Parameters
    ----------
    sign : bool
        With a plus before what is above 0.
    beside : float
        A number it stands beside, so that both are told in the same unit.
    """
    number, word = _scaled(value, unit, max(abs(value), abs(beside)))
    return f"{_signed(number, sign)} {word}".strip()


def span(low: float, high: float, unit: str, *, sign: bool = False) -> str:
    """A range in one unit: "1.4 to 7.0 bn USD"."""
    size = max(abs(low), abs(high))
    below, word = _scaled(low, unit, size)
    above, _ = _scaled(high, unit, size)
    return f"{_signed(below, sign)} to {_signed(above, sign)} {word}".strip()


def scaled(values: Iterable[float], unit: str, size: float, *, sign: bool = False) -> tuple[list[str], str]:
    """Numbers in one scale, without their unit, and the word of the unit.

    Parameters
    ----------
    size : float
        The largest number the scale must suit.
    """
    told = [_scaled(value, unit, size) for value in values]
    return [_signed(number, sign) for number, _ in told], _scaled(size, unit, size)[1]


def scale_of(unit: str, size: float) -> tuple[float, str]:
    """What an axis multiplies its numbers by and the unit it has, so that it tells what sentences tell.

    Parameters
    ----------
    size : float
        The largest number of the sentence: `scaled` chooses by the same.
    """
    base = unit.removesuffix(" a year")
    period = unit[len(base) :]
    if base == "USD mn":
        return (0.001, f"bn USD{period}") if size >= 1000 else (1.0, f"mn USD{period}")
    if base.startswith("kt") and " per " not in base:
        return (0.001, f"mn t{base[2:]}{period}") if size >= 1000 else (1.0, f"thousand t{base[2:]}{period}")
    return (100.0, f"%{period}") if base == "fraction" else (1.0, unit)


def scale_of_change(unit: str, size: float) -> tuple[float, str]:
    """The same for an axis of changes: ratios and rates move by points."""
    factor, called = unit_of_change(unit)
    more, word = scale_of(called, factor * size)
    return factor * more, word


def unit_of_change(unit: str) -> tuple[float, str]:
    """What people tell a change in: what to multiply it by, and the unit; ratios and rates move by points."""
    return (100.0, POINTS) if unit in ("fraction", "fraction a year") else (1.0, unit)


def change_in_amount(value: float, unit: str, *, sign: bool = False, beside: float = 0.0) -> str:
    """A change as people say it; as `amount`, with ratios and rates in points."""
    factor, called = unit_of_change(unit)
    return amount(factor * value, called, sign=sign, beside=factor * beside)


def middle_and_span(low: float, middle: float, high: float, unit: str, *, sign: bool = False) -> str:
    """A median with its range, the unit told once: "3.3 bn USD (1.4 to 7.0)"."""
    (below, between, above), word = scaled((low, middle, high), unit, max(abs(low), abs(high)), sign=sign)
    return f"{between} {word}".strip() + f" ({below} to {above})"


def minus(text: str) -> str:
    """A text with the minus sign of print in place of hyphens before numbers."""
    return re.sub(r"-(?=\d)", _MINUS, text)


def counted(number: int) -> str:
    """A number of things, up to ten as a word."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def several(number: int, noun: str) -> str:
    """A number of things with the word for one of them: "1 draw", "2,000 draws"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def about(name: str, words: str) -> str:
    """Words that lead to what `explain` says of a name."""
    return f"{_BEGIN}{name}{_BETWEEN}{words}{_END}"


def citing(text: str, names: Container[str]) -> str:
    """A text of an author as a sentence: each of its words that is one of the names, such as M01, is marked as one."""
    return "".join(about(word, word) if word in names else word for word in _WORDS.split(text))


class Mention(NamedTuple):
    """A piece of a sentence that leads to what a name means."""

    name: str
    words: str


def parts(sentence: str) -> list[str | Mention]:
    """The pieces of a sentence: plain text, and names with their words.

    Raises
    ------
    ValueError
        For a text that marks no names as `about` does.
    """
    first, *others = sentence.split(_BEGIN)
    pieces: list[str | Mention] = [first]
    for other in others:
        named, end, after = other.partition(_END)
        name, between, words = named.partition(_BETWEEN)
        if not (end and between and name and words):
            raise ValueError("a name in this text is not marked to its end")
        pieces += [Mention(name, words), after]
    if any(sign in piece for piece in pieces if isinstance(piece, str) for sign in (_BETWEEN, _END)):
        raise ValueError("a mark in this text belongs to no name")
    return [piece for piece in pieces if piece]


def plain(sentence: str) -> str:
    """A sentence as text, without its links."""
    return "".join(piece.words if isinstance(piece, Mention) else piece for piece in parts(sentence))


_BASED = re.compile(r".*\d = 1(00)?")
"""Unit of an index that is told by where it is 1."""


def _scaled(value: float, unit: str, size: float) -> tuple[str, str]:
    """A number as text and the word of its unit; `size` decides on the scale, so that ranges share it."""
    base = unit.removesuffix(" a year").removesuffix(" CFR")
    if base == "USD mn":
        if size >= 1000:
            return f"{value / 1000:.1f}", "bn USD"
        return f"{value:.0f}", "mn USD"
    if base.startswith("kt") and " per " not in base:
        return (f"{value / 1000:.1f}", "mn t") if size >= 1000 else (f"{value:.0f}", "thousand t")
    if base == "fraction":
        return f"{100 * value:.{1 if size < LITTLE else 0}f}", "%"
    if base in ("%", POINTS):
        return f"{value:.1f}", base
    digits = 0 if size >= 100 else 1 if size >= 1 else 2 if size >= LITTLE else 3
    if base.startswith("index") or base == "level":
        return f"{value:,.{digits}f}", ""
    return f"{value:,.{digits}f}", f"({base})" if _BASED.fullmatch(base) else base


def _signed(number: str, sign: bool) -> str:
    if float(number.replace(",", "")) == 0:
        return number.lstrip("-")
    if number.startswith("-"):
        return _MINUS + number[1:]
    return f"+{number}" if sign else number
