"""Texts on their way out: what a user wrote is no formula in a table, no markup in a page, no second command."""

from __future__ import annotations

import re
import shlex

from sinobel.inputs.characters import printable

_ENDS = r"\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
_BLANK, _SIGN = rf"(?:[^\S{_ENDS}]|['\"])*+", r"=+\-@＝＋－＠"
_UNSAFE, _SAFE = (
    re.compile(rf"(?:\A{guard}(?={_BLANK}[{_SIGN}{_ENDS}])|(?<=[;{_ENDS}]){guard}(?={_BLANK}[{_SIGN}]))")
    for guard in ("", "'")
)
"""Where a spreadsheet would begin a formula, and where it does not as it is made safe.

A cell begins at the start of a text, but also at a semicolon within it, which Excel takes for the end of a cell where
commas are decimal, at a tab and at a line end. What looks as if it were made safe already is made safe once more.
"""
_NUMBER = r"[+-]?(?:[0-9][0-9,]*+(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?+"
_PLAIN = re.compile(rf" *+{_NUMBER}(?: ?%)?(?: \[{_NUMBER} to {_NUMBER}\])? *+")
"""A number, a share, and "median [low to high]", as our tables have them."""
_MARKUP = re.compile(r"[\\`*\[|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_BLOCK = re.compile(r"(?P<number>\d{1,9}(?=[.)](?:\s|$)))|(?=>|#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]+\s*$)")
"""What begins a list, a heading, a quotation or a line across where a text stands first in its line."""
_END_OF_HEADING = re.compile(r"(?<=\s)(?=#+\s*$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ADDRESS, _SITE = re.compile(r"\b(https?|ftp)://", re.IGNORECASE), re.compile(r"\b(www)\.", re.IGNORECASE)
OURS = (["sinobel"], ["python3", "start.py"])
LONGEST_COMMAND = 100_000


def csv_text(text: str, *, first: bool = False) -> str:
    """A text as a cell of a CSV file, before it is quoted: an apostrophe stands before what could be a formula.

    So it does within a text, where a spreadsheet that ends cells by semicolons or tabs would begin one. Numbers stay
    numbers, also below zero. `from_csv` takes the apostrophes off again.

    Parameters
    ----------
    first : bool
        It begins a line, which is one cell where commas do not end it: no number then, such as -2, but -2,x.
    """
    return text if _PLAIN.fullmatch(text) and not first else _UNSAFE.sub("'", text)


def from_csv(text: str) -> str:
    """The text that `csv_text` made a cell of."""
    return _SAFE.sub("", text)


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

    Its words must stand as `shlex.join` writes them, which leaves nothing to a shell. Of a manifest that somebody else
    wrote nothing may run but `sinobel` and the start of this project.
    """
    shown = str(text)
    if _is_ours(shown):
        return printable(shown)
    return f"(the manifest tells no plain command: {printable(shown[:80])!r})"


def _is_ours(text: str) -> bool:
    if len(text) > LONGEST_COMMAND:
        return False
    try:
        words = shlex.split(text)
    except ValueError:  # quotes without an end
        return False
    return any(words[: len(each)] == each for each in OURS) and shlex.join(words) == text
