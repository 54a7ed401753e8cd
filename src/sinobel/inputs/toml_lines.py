"""On which line each table, key and entry of a TOML text stands: the standard parser forgets it, and errors name it.

The text is read once, token by token, in time proportional to its length, whatever it holds. Nothing is checked here:
what is no TOML is refused by the parser, and this finds where a text stopped making sense.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

DEEPEST = 100
"""Tables and lists in one another; the standard parser runs out of its stack further down."""

_TOKEN = re.compile(
    r"""(?P<newline>\n)
      | (?P<comment>\#[^\n]*+)
      | (?P<block>\"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:(?P<end>"{3,5})|\\?)
                | '{3}(?:[^']++|'(?!''))*+(?P<close>'{3,5})?)
      | (?P<quoted>"(?:[^"\\\n]++|\\[^\n])*+"? | '[^'\n]*+'?)
      | (?P<mark>[\[\]{}=,])
      | (?P<bare>[^ \t\r\n"'\#\[\]{}=,]++)""",
    re.VERBOSE | re.DOTALL,
)


class Lines:
    """Line of a place in a text, and of what stands below it: keys of a table, entries of a list (from 0)."""

    __slots__ = ("below", "last", "line")

    def __init__(self, line: int):
        self.line = line
        self.below: dict[str | int, Lines] = {}
        self.last: int | None = None  # the newest table of a list of [[tables]], which later headers mean

    def put(self, name: str | int, line: int) -> Lines:
        """What stands below under a name; it stands where it was met first."""
        if name not in self.below:
            self.below[name] = Lines(line)
        return self.below[name]


def line_of(lines: Lines, path: tuple[str | int, ...]) -> int | None:
    """Line of a path, or of the nearest table around it that has one; None where not even its first part is known.

    Paths are such as ("change", 1, "value"): the key `value` of the second `[[change]]`.
    """
    place = lines
    for name in path:
        if name not in place.below:
            break
        place = place.below[name]
    return place.line or None


@dataclass
class Scan:
    """What a pass over a text found.

    Attributes
    ----------
    lines : Lines
        The places of the text; its own line is 0.
    too_deep : int | None
        Line where tables and lists stand in one another more than DEEPEST times; the pass ends there.
    unclosed : int | None
        Line where a text, list or table in braces begins that never ends, None where all of them end.
    longest : tuple[int, int]
        Digits of the longest number before its point, whatever follows it, and its line.
    """

    lines: Lines = field(default_factory=lambda: Lines(0))
    too_deep: int | None = None
    unclosed: int | None = None
    longest: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Open:
    """A list or table in braces that is being read."""

    place: Lines
    line: int
    is_list: bool
    entry: int = 0


class _Reader:
    """State between two tokens."""

    def __init__(self) -> None:
        self.found = Scan()
        self.table = self.place = self.found.lines  # the table of the last header; the value being read
        self.open: list[_Open] = []
        self.keys: list[str] = []
        self.key_line = 0
        self.in_value = False
        self.brackets = 0  # of a header that is being read; -1 after it

    def newline(self) -> None:
        """Outside lists and braces a line ends a statement."""
        if not self.open:
            self.keys, self.in_value, self.brackets = [], False, 0

    def word(self, text: str, line: int, kind: str) -> None:
        """A key or a part of one, or a value that holds no others."""
        if self.open and self.open[-1].is_list:
            around = self.open[-1]
            if line != around.place.line:
                around.place.put(around.entry, line)
        elif not self.in_value and self.brackets >= 0:
            if not self.keys:
                self.key_line = line
            self.keys += [part for part in text.split(".") if part] if kind == "bare" else [_plain(text)]
            if len(self.keys) > DEEPEST:
                self.found.too_deep = line
            return
        digits = len(text) - len(text.lstrip("+-0123456789_")) if kind == "bare" else 0
        if digits > self.found.longest[0]:
            self.found.longest = (digits, line)

    def mark(self, sign: str, line: int) -> None:
        """A sign of the grammar."""
        around = self.open[-1] if self.open else None
        if around is None and not self.in_value and (self.brackets or (sign == "[" and not self.keys)):
            self._header(sign, line)
        elif sign == "=":
            self._equals(around.place if around else self.table)
        elif sign == ",":
            self.keys, self.in_value = [], False
            if around:
                around.entry += 1
        elif sign in "[{":
            self._begin(sign, line, around)
        elif around:
            self.open.pop()
            self.keys, self.in_value = [], True

    def _header(self, sign: str, line: int) -> None:
        if sign == "[":
            self.brackets += 1
        elif sign == "]" and self.brackets > 0:
            place = self.found.lines
            for number, name in enumerate(self.keys, start=1):
                place = place.put(name, line)
                if number == len(self.keys) and self.brackets > 1:
                    place.last = 0 if place.last is None else place.last + 1
                if place.last is not None:
                    place = place.put(place.last, line)
            self.table, self.keys, self.brackets = place, [], -1

    def _equals(self, table: Lines) -> None:
        if not self.in_value:
            self.place = table
            for name in self.keys:
                self.place = self.place.put(name, self.key_line)
            self.keys, self.in_value = [], True

    def _begin(self, sign: str, line: int, around: _Open | None) -> None:
        place = around.place.put(around.entry, line) if around and around.is_list else self.place
        self.open.append(_Open(place, line, sign == "["))
        self.keys, self.in_value = [], False
        if len(self.open) > DEEPEST:
            self.found.too_deep = line


def scan(text: str) -> Scan:
    """Places of a TOML text whose lines end in a line feed."""
    reader, line = _Reader(), 1
    for token in _TOKEN.finditer(text):
        kind, word = token.lastgroup, token[0]
        if kind == "newline":
            reader.newline()
            line += 1
        elif kind == "mark":
            reader.mark(word, line)
        elif kind != "comment":
            reader.word(word, line, str(kind))
            if kind == "block":
                if not (token["end"] or token["close"]):
                    reader.found.unclosed = line
                line += word.count("\n")
        if reader.found.too_deep:
            return reader.found
    if reader.open and reader.found.unclosed is None:
        reader.found.unclosed = reader.open[0].line
    return reader.found


def _plain(quoted: str) -> str:
    """A key between quotes as it is meant."""
    if "\\" not in quoted or quoted[0] == "'":
        return quoted[1:-1]
    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except ValueError:  # no text that the parser would take either
        return quoted[1:-1]
