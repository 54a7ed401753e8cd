"""Characters that can be shown: letters, digits and signs of every script, and emoji, but nothing that hides or turns.

Some characters cannot be seen and change what is seen: they turn the order of letters round, join them, or hide a part
of a name. A title with one says something else on a chart than in its file. They are refused in what people write, and
escaped in what comes from elsewhere, such as names of files.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_SIGNS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Formats in name only: signs of Arabic, Syriac and Kaithi that are seen."""
_BLANKS = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x2065, *range(0xFFF0, 0xFFF9)}
"""Letters and signs in name only, which are not seen, and places kept for such."""
_JOINERS = (0x200C, 0x200D)
_SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
"""What chooses among the forms of the character before it."""
_TAGS, _END_OF_TAGS, _FLAG = range(0xE0020, 0xE0080), 0xE007F, 0x1F3F4
"""Flags of regions are a black flag, letters nobody sees, and an end."""
_NEAR = 16
"""Characters around one that decide whether it belongs there."""


def printable(text: str) -> str:
    """A text that can be printed and written: what is no text in UTF-8, moves the cursor or cannot be seen is escaped.

    Line ends are escaped as well.
    """
    unfit = set(_unfit(text))
    return "".join(ascii(letter)[1:-1] if place in unfit else letter for place, letter in enumerate(text))


def lines(text: str) -> str:
    """The same for a text of several lines: line ends and tabs stay."""
    unfit = {place for place in _unfit(text) if text[place] not in "\n\t"}
    return "".join(ascii(letter)[1:-1] if place in unfit else letter for place, letter in enumerate(text))


def unprintable(text: object, most: int) -> str | None:
    """Why a text of one or several lines is not fit to be shown, or None; the first unfit character is named."""
    if not isinstance(text, str):
        return None
    if len(text) > most:
        return f"has {len(text):,} characters; at most {most:,} are allowed"
    place = next((place for place in _unfit(text) if text[place] != "\n"), None)
    if place is None:
        return None
    letter = text[place]
    if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp"):
        return f"holds the control character {_named(letter)}; write plain text"
    return f"holds {_named(letter)}, which nobody sees and which can change what is seen; leave it out"


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return f"U+{ord(letter):04X}" + (f" ({name.lower()})" if name else "")


def _unfit(text: str) -> Iterator[int]:
    """Places of the characters of a text that cannot be shown."""
    if text.isascii() and text.isprintable():
        return
    for place, letter in enumerate(text):
        if not letter.isascii() or not letter.isprintable():
            code, category = ord(letter), unicodedata.category(letter)
            if category in ("Cc", "Cs", "Zl", "Zp") or code in _BLANKS or _is_no_character(code):
                yield place
            elif code in _JOINERS:
                if not _joins(text, place):
                    yield place
            elif code in _SELECTORS:
                if place == 0 or ord(text[place - 1]) in _SELECTORS or text[place - 1].isspace():
                    yield place
            elif code in _TAGS:
                if not _in_flag(text, place):
                    yield place
            elif (category == "Cf" and code not in _SIGNS) or 0xE0000 <= code < 0xE1000:
                yield place


def _is_no_character(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code < 0xFDF0


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands where a script or an emoji needs it: after a virama, within Arabic, between emoji."""
    before, after = text[max(0, place - _NEAR) : place], text[place + 1 : place + 2]
    while before and (ord(before[-1]) in _SELECTORS or unicodedata.category(before[-1]) == "Sk"):
        before = before[:-1]  # a form or a color of skin
    if not before or not after:
        return False
    if unicodedata.combining(before[-1]) == 9:
        return True
    marked = before.rstrip("".join(letter for letter in set(before) if unicodedata.combining(letter)))
    if marked and unicodedata.bidirectional(marked[-1]) == unicodedata.bidirectional(after) == "AL":
        return True
    return ord(text[place]) == 0x200D and {_is_emoji(before[-1]), _is_emoji(after)} == {True}


def _is_emoji(letter: str) -> bool:
    """So are pictures, and what is newer than this Python knows."""
    return unicodedata.category(letter) == "So" or letter in "♀♂⚕⚖✈❤" or 0x1F000 <= ord(letter) < 0x20000


def _in_flag(text: str, place: int) -> bool:
    """Whether a tag belongs to the flag of a region: a black flag, tags, and the end of tags."""
    start = place
    while start > 0 and place - start < _NEAR and ord(text[start - 1]) in _TAGS:
        start -= 1
    end = place
    while (
        end < len(text) - 1 and end - place < _NEAR and ord(text[end]) != _END_OF_TAGS and ord(text[end + 1]) in _TAGS
    ):
        end += 1
    return 3 <= end - start < 7 and ord(text[end]) == _END_OF_TAGS and start > 0 and ord(text[start - 1]) == _FLAG
