"""Names and sentences on charts: broken into lines by how wide they look, shortened so that they stay apart."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from itertools import count, takewhile

from rich.cells import cell_len, chop_cells

from sinobel.runs.manifest import Manifest

GAP = "…"


def lines_of(text: str, width: int) -> list[str]:
    """A text in lines of at most some columns; a Chinese, Japanese or Korean letter takes two and may end a line."""
    if cell_len(text) == len(text):
        return textwrap.wrap(text, width)
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if cell_len(joined) <= width:
            lines[-1:] = [joined]
        elif cell_len(word) <= width:
            lines.append(word)
        else:
            lines[-1:] = chop_cells(joined, width)
    return lines


_AT_ONCE = re.compile(r"(?<=\d) (?=%|USD|bn|mn|months)|(?<=[bm]n) (?=USD)")
"""Spaces that no line ends at: between a number and its unit."""


def balanced(text: str, width: int) -> list[str]:
    """The same in as few lines, all about as long: no number stands alone in the last, and none without its unit."""
    held = _AT_ONCE.sub("\N{NO-BREAK SPACE}", text)
    lines = lines_of(held, width)
    while width > 1 and len(narrower := lines_of(held, width - 1)) == len(lines):
        lines, width = narrower, width - 1
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def wrapped(name: str, width: int = 40, rows: int = 2) -> str:
    """A title over at most some lines of some columns; a longer one loses its middle."""
    most = width * rows
    text = " ".join(name.split())
    while len(lines := lines_of(shortened(text, most), width)) > rows:
        most -= 1
    return "\n".join(lines)


def shortened(text: str, most: int) -> str:
    """A text of at most some columns: what is longer loses its middle, since names often differ at their ends."""
    if cell_len(text) <= most:
        return text
    tail = chop_cells(text[::-1], max(1, (most - 1) // 2))[0][::-1]
    if 0 <= tail.find(" ") < len(tail) // 2:  # whole words, where that leaves most of it
        tail = tail[tail.find(" ") + 1 :]
    head = chop_cells(text, max(1, most - 1 - cell_len(tail)))[0]
    return f"{head.rstrip()}{GAP}{tail.lstrip()}"


def told_apart(titles: Mapping[str, str], most: int) -> dict[str, str]:
    """Titles by name in at most some columns each, no two of them the same.

    Of titles that would look the same, what they begin with in common is left out, in whole words where that helps, and
    again of those that still do. What no beginning tells apart has its name behind it, or a number where there is no
    room for that.
    """
    rest = {name: " ".join(title.split()) for name, title in titles.items()}
    short = {name: shortened(title, most) for name, title in rest.items()}
    while left_out := [cut for group in _alike(short) for cut in _without_beginning({n: rest[n] for n in group}, most)]:
        for name, remainder in left_out:
            rest[name] = remainder
            short[name] = _remainder(remainder, most)
    for group in _alike(short):
        for name in group:
            short[name] = _with_its_name(name, " ".join(titles[name].split()), most, {*short.values()})
    return short


def _alike(short: Mapping[str, str]) -> list[list[str]]:
    """Names of titles that look the same, in groups."""
    groups: dict[str, list[str]] = {}
    for name, look in short.items():
        groups.setdefault(look, []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def _without_beginning(group: Mapping[str, str], most: int) -> list[tuple[str, str]]:
    """What remains of titles without their common beginning, by name; nothing where that is no help."""
    for start in _common([*group.values()]):
        remainders = [(name, title[start:]) for name, title in group.items()]
        whole = start and all(remainder for _, remainder in remainders)
        if whole and len({_remainder(remainder, most) for _, remainder in remainders}) > 1:
            return remainders
    return []


def _remainder(text: str, most: int) -> str:
    return GAP + chop_cells(text, most - cell_len(GAP))[0].rstrip()


def _with_its_name(name: str, title: str, most: int, taken: set[str]) -> str:
    """A title with its name behind it, or with the first number that is free where that leaves too little of it."""
    behind = f" ({' '.join(name.split())})"
    if cell_len(behind) <= most // 2:
        look = f"{shortened(title, most - cell_len(behind))}{behind}"
        if look not in taken:
            return look
    numbered = (f" ({number})" for number in count(2))
    looks = (f"{shortened(title, max(1, most - cell_len(tail)))}{tail}" for tail in numbered)
    return next(look for look in looks if look not in taken)


def _common(titles: Sequence[str]) -> list[int]:
    """Letters that some titles begin with in common: in whole words, and to the last one."""
    alike = takewhile(lambda letters: len({*letters}) == 1, zip(*titles, strict=False))
    length = sum(1 for _ in alike)
    return list(dict.fromkeys([titles[0].rfind(" ", 0, length) + 1, length]))


def labels(titles: Mapping[str, str], width: int, rows: int = 2) -> dict[str, str]:
    """Titles by name over at most some lines of some columns, told apart."""
    for most in range(width * rows, width // 2, -1):
        lines = {name: balanced(title, width) for name, title in told_apart(titles, most).items()}
        if all(len(each) <= rows for each in lines.values()) and not _alike(_joined(lines)):
            break
    return _joined(lines)


def _joined(lines: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: "\n".join(each) for name, each in lines.items()}


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by name; where two scenarios have the same title, the name of each stands behind it."""
    apart = dict(titles)
    while same := [name for group in _alike(apart) for name in group]:
        apart |= {name: f"{apart[name]} ({name})" for name in same}
    return apart


def titles_of(manifest: Manifest) -> dict[str, str]:
    """Title of each scenario of a manifest by name, no two of them the same; its name where it has none."""
    return distinct({entry["name"]: entry["title"] or entry["name"] for entry in manifest["request"]["scenarios"]})
