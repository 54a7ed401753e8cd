"""TOML as people hand it over: its content, the line of every part of it, and a hint where it is no TOML."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from sinobel.inputs.characters import printable
from sinobel.inputs.reading import InputError, Problem, in_quotes, shown
from sinobel.inputs.toml_lines import DEEPEST, Lines, Scan, line_of, scan

__all__ = ["Lines", "line_of", "parse_toml"]

CURLY = "“”„‟«»‘’‚‛′″"
_COMMA = re.compile(r"=\s*([+-]?\d+),(\d+)(?=\s*(?:[},\]#]|$))")
_PERCENT = re.compile(r"=\s*([+-]?\d+(?:[.,]\d+)?)\s*%")
_UNQUOTED = re.compile(r"=\s*([^\W\d][\w.-]*)\s*(?:#|$)")
_AFTER_KEY = re.compile(r"""\s*[\w."'-]+\s*:\s""")
_AT = re.compile(r"line (\d+), column (\d+)\)")
_NAMES = re.compile(r"\(['\"][^()]*\)")
LONGEST_MESSAGE = 300
_BOOLEANS = {"yes": "true", "on": "true", "no": "false", "off": "false", "none": None, "null": None}
_WORDS = ("true", "false", "inf", "nan")


def parse_toml(text: str, path: Path) -> tuple[dict[str, Any], Lines]:
    """Content of a TOML text, and the line of each table, key and entry of a list.

    Raises
    ------
    InputError
        With the line of the first thing that is no TOML, and what to write instead where that is a habit from
        elsewhere: decimal commas, typographic quotes, percent signs, text without quotes.
    """
    text = _with_line_feeds(text)
    found = scan(text)
    if found.too_deep:
        raise _refused(f"lists and tables stand in one another more than {DEEPEST} times", path, found.too_deep)
    digits, line = found.longest
    if 0 < sys.get_int_max_str_digits() < digits:
        raise _refused(f"a number of about {digits:,} digits is too large", path, line)
    try:
        return tomllib.loads(text), found.lines
    except tomllib.TOMLDecodeError as error:
        message, line, column = _place(str(error), text, found)
        row = text.split("\n")[line - 1]
        raise _refused(_told(message) + _hint(message, row, column), path, line) from None
    except ValueError:  # of a number that Python converts to no text and back
        raise _refused("a number has too many digits", path, line or 1) from None


def _refused(message: str, path: Path, line: int) -> InputError:
    return InputError(Problem(f"not valid TOML: {message}", shown(path), line))


def _with_line_feeds(text: str) -> str:
    """The text with one kind of line end; files of old Macs have carriage returns alone."""
    text = text.replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")


def _place(message: str, text: str, found: Scan) -> tuple[str, int, int]:
    """What the parser says without its place, with line and column; what never ends is named where it begins."""
    said, _, place = message.rpartition(" (at ")
    message = said or message
    if told := _AT.fullmatch(place):
        return message, int(told[1]), int(told[2])
    last = text.rstrip("\n").count("\n") + 1
    if found.unclosed:
        return f"what begins here has no end before the file ends ({message})", found.unclosed, 0
    return f"{message}, but the file ends", last, len(text)


def _told(message: str) -> str:
    """The parser's sentence in the words of a file: names with dots, and what "overwrite" means."""
    message = message.replace("Cannot overwrite a value", "this key stands twice in its table")
    message = printable(_NAMES.sub(_dotted, message))
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"


def _dotted(names: re.Match[str]) -> str:
    """The name of a table, which the parser tells as a tuple."""
    if len(names[0]) > LONGEST_MESSAGE:  # nor what only looks like a tuple and is too much for Python
        return names[0]
    try:
        return in_quotes(".".join(ast.literal_eval(names[0])))
    except (ValueError, SyntaxError, TypeError):  # a name that has brackets itself
        return names[0]


def _hint(message: str, row: str, column: int) -> str:
    """What to write instead, from the line of an error; empty where no habit is recognized."""
    if message.startswith("Cannot"):  # the line is TOML, but not what stands before it
        return ""
    if any(letter in CURLY for letter in row[max(0, column - 1) :]) or (column > len(row) and _has_curly_end(row)):
        return '; use straight quotes: "…"'
    if "\r" in row:
        return "; a line ends in a carriage return alone: save the file with usual line ends"
    if comma := _COMMA.search(row):
        return f"; decimals take a point: write {comma[1]}.{comma[2]}" + (
            f" (or {comma[1]}{comma[2]}, thousands take no comma)" if len(comma[2]) == 3 else ""
        )
    if percent := _PERCENT.search(row):
        return f"; write the number without %: {_share(percent[1])} for {percent[1]} % where a fraction is meant"
    if row.lstrip().startswith("[") and row.count("[") != row.count("]") and "=" not in row:
        return "; the name of a table ends in as many brackets as it begins with: [[change]]"
    if message.startswith(("Invalid value", "Expected newline")) and (unquoted := _UNQUOTED.search(row)):
        return _of_bare_word(unquoted[1])
    if _AFTER_KEY.match(row) and "=" not in row:
        return "; a value is given with =, not with a colon"
    return ""


def _has_curly_end(row: str) -> bool:
    """Whether a text that begins with a straight quote seems to end with a curly one."""
    return row.count('"') % 2 == 1 and any(letter in CURLY for letter in row)


def _share(percent: str) -> str:
    return f"{float(percent.replace(',', '.')) / 100:g}"


def _of_bare_word(word: str) -> str:
    """What a word without quotes is meant to be."""
    if word in _WORDS:
        return ""
    meant = _BOOLEANS.get(word.lower(), word.lower() if word.lower() in _WORDS else "")
    if meant is None:
        return "; a key without a value is left out"
    return f"; write {meant}" if meant else f'; text stands in quotes: "{word}"'
