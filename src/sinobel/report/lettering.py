"""Names and sentences on charts: broken into lines by how wide they look, shortened so that they stay apart."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from rich.cells import cell_len, chop_cells

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
    """Titles by name in at most some columns each, as different from each other as they were.

    Of titles that would look the same, what they begin with in common is left out, in whole words.
    """
    short = {name: shortened(title, most) for name, title in titles.items()}
    for look in {look for look in short.values() if list(short.values()).count(look) > 1}:
        same = [name for name in titles if short[name] == look]
        start = _common([titles[name] for name in same])
        for name in same:
            rest = titles[name][start:]
            short[name] = rest if start == 0 else GAP + (chop_cells(rest, most - 1) or [""])[0]
    return short


def _common(titles: list[str]) -> int:
    """Letters that some titles begin with in common, in whole words where there are any."""
    first = titles[0]
    length = next(
        (place for place, letters in enumerate(zip(*titles, strict=False)) if len(set(letters)) > 1),
        min(map(len, titles)),
    )
    return first.rfind(" ", 0, length) + 1 or length


def labels(titles: Mapping[str, str], width: int, rows: int = 2) -> dict[str, str]:
    """Titles by name over at most some lines of some columns, told apart."""
    for most in range(width * rows, width // 2, -1):
        lines = {name: lines_of(title, width) for name, title in told_apart(titles, most).items()}
        if all(len(each) <= rows for each in lines.values()):
            break
    return {name: "\n".join(each[:rows]) for name, each in lines.items()}


def distinct(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by name; where two scenarios have the same title, the name of each stands behind it."""
    every = list(titles.values())
    return {name: title if every.count(title) == 1 else f"{title} ({name})" for name, title in titles.items()}
