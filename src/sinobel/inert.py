"""Texts on their way out: what a user wrote is no formula in a table, no markup in a page, no second command."""

from __future__ import annotations

import re

from sinobel.characters import printable

_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet takes for a formula at the start of a cell, and what looks as if it were made safe already."""
_NUMBER = r"[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_PLAIN = re.compile(rf"\s*{_NUMBER}(?: ?%)?(?: \[{_NUMBER} to {_NUMBER}\])?\s*")
"""A number, a share, and "median [low to high]", as our tables have them."""
_MARKUP = re.compile(r"[\\`*\[|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_BLOCK = re.compile(r"(?P<number>\d{1,9}(?=[.)](?:\s|$)))|(?=>|#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]+\s*$)")
"""What begins a list, a heading, a quotation or a line across where a text stands first in its line."""
_END_OF_HEADING = re.compile(r"(?<=\s)(?=#+\s*$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ADDRESS, _SITE = re.compile(r"\b(https?|ftp)://", re.IGNORECASE), re.compile(r"\b(www)\.", re.IGNORECASE)
_SHELL = re.compile(r"""[`$&|;<>()\\"!{}*?~#\n\r]""")
_IN_QUOTES = re.compile(r"'[^']*'")


def csv_text(text: str) -> str:
    """A text as a cell of a CSV file, before it is quoted: what could be a formula begins with an apostrophe.

    Numbers stay numbers, also below zero. `from_csv` takes the apostrophe off again.
    """
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN.fullmatch(text) else text


def from_csv(text: str) -> str:
    """The text that `csv_text` made a cell of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def markdown(text: object) -> str:
    """A text on a line or in a cell of Markdown: it shows as it is written, and nothing in it is markup or a link.

    It may stand first in its line or list item; spaces around it are left out, as four of them begin code.
    """
    plain = _ENTITY.sub("&amp;", printable(str(text).replace("\n", " ")).strip()).replace("<", "&lt;")
    escaped = _END_OF_HEADING.sub(r"\\", _MARKUP.sub(lambda found: f"\\{found[0]}", plain))
    if start := _BLOCK.match(escaped):
        escaped = f"{start['number'] or ''}\\{escaped[start.end() :]}"
    return _ADDRESS.sub(r"\1&#58;//", _SITE.sub(r"\1&#46;", escaped))


def command(text: object) -> str:
    """A command that may be shown to be copied: one of ours, on one line, that starts nothing else; else a remark.

    Of a manifest that somebody else wrote nothing may run but `sinobel` and the start of this project.
    """
    shown = str(text)
    ours = shown.startswith(("sinobel ", "python3 start.py "))
    if ours and not _SHELL.search(_IN_QUOTES.sub("", shown)) and shown.count("'") % 2 == 0:
        return printable(shown)
    return f"(the manifest tells no plain command: {printable(shown[:80])!r})"
