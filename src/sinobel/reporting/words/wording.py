"""Numbers and chances in words: calibrated, with the unit people use, and with names that lead to their source.

A name in a sentence stands with its words between control characters (`about`): a page makes a link of it, a terminal
shows the words. No text of a user can hold such characters, so none is ever taken for a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

UNLIKELY = 0.33
ABOVE = ((0.99, "virtually certain"), (0.90, "very likely"), (0.66, "likely"))
BELOW = ((0.01, "exceptionally unlikely"), (0.10, "very unlikely"), (UNLIKELY, "unlikely"))
EVEN = "about as likely as not"
"""Words for shares of futures above and below a limit, after the IPCC's guidance note (Mastrandrea and others 2010)."""
_BEGIN, _BETWEEN, _END = "\x02", "\x1f", "\x03"
NAMED = f"{_BEGIN}([^{_BEGIN}{_BETWEEN}{_END}]+){_BETWEEN}([^{_BEGIN}{_END}]+){_END}"
"""Pattern of a named piece: its name, its words."""
_NAMED = re.compile(NAMED)
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


def about(name: str, words: str) -> str:
    """Words that lead to what `explain` says of a name."""
    return f"{_BEGIN}{name}{_BETWEEN}{words}{_END}"


def plain(text: str) -> str:
    """A sentence without its links."""
    return _NAMED.sub(r"\2", text)


def linked(text: str, link: Callable[[str, str], str]) -> str:
    """A sentence with every named piece replaced by what `link(name, words)` makes of it."""
    return _NAMED.sub(lambda found: link(found[1], found[2]), text)


def mentioned(text: str) -> list[str]:
    """Names that a sentence leads to."""
    return [name for name, _ in _NAMED.findall(text)]


def _scaled(value: float, unit: str, size: float) -> tuple[str, str]:
    """A number as text and the word of its unit; `size` decides on the scale, so that ranges share it."""
    base = unit.removesuffix(" a year").removesuffix(" CFR")
    if base == "USD mn":
        if size >= 1000:
            return f"{value / 1000:.1f}", "bn USD"
        return f"{value:.0f}", "mn USD"
    if base.startswith("kt"):
        return (f"{value / 1000:.1f}", "mn t") if size >= 1000 else (f"{value:.0f}", "thousand t")
    if base == "fraction":
        return f"{100 * value:.0f}", "%"
    if base == "%":
        return f"{value:.1f}", "%"
    digits = 0 if size >= 100 else 1 if size >= 1 else 2
    return f"{value:.{digits}f}", "" if base.startswith("index") or base == "level" else base


def _signed(number: str, sign: bool) -> str:
    if float(number) == 0:
        return number.lstrip("-")
    if number.startswith("-"):
        return _MINUS + number[1:]
    return f"+{number}" if sign else number
