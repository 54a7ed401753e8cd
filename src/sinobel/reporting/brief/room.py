"""How high the pictures of the brief may be and where it says why, so that two pages are full and none spills over.

Text is counted in lines: letters of a line and the height of one are those of the print style of the page on Letter. A4
is 18 mm higher, which is more than its narrower lines take.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sinobel.reporting.brief.content import Brief, Graph, Table

PAGE, WIDE = 259.0, 190.0
"""Room within the margins of Letter, mm."""
SPARE = 8.0
"""Left free, since words break where they like."""
LEAST, MOST = 46.0, 90.0
"""Of the first picture, mm."""
LEAST_THIRD, MOST_THIRD = 40.0, 62.0
HEAD = 8.3
"""A heading with the room around it."""
FIRST_COLUMN, BESIDE = 0.3, 1.62
"""Part of a table that its first column has, and the width of a letter in it, mm."""


class Line(NamedTuple):
    """Letters of a line, and how high it is, mm."""

    letters: float
    height: float


TITLE, ANSWER, TEXT, ALSO = Line(62, 6.0), Line(71, 6.0), Line(101, 4.45), Line(110, 3.95)
SMALL, KEY, THIRD, THIRD_SMALL, THIRD_KEY = Line(120, 3.65), Line(126, 3.7), Line(31, 3.6), Line(36, 3.6), Line(40, 3.6)


class Layout(NamedTuple):
    """Where things stand.

    Attributes
    ----------
    first, third : float
        Height of the first picture and of the three others, mm.
    why : int
        Page that says why; 0 where nothing does.
    causes : bool
        With the table of causes, or the sentence alone.
    """

    first: float
    third: float
    why: int = 0
    causes: bool = True


def layout(brief: Brief) -> Layout:
    """Why stands behind the answer, else on the second page; its table gives way where neither page has room for it."""
    first, second = PAGE - SPARE - _first(brief), PAGE - SPARE - _second(brief)
    why, causes = 0, True
    if brief.why is not None:
        sentence = HEAD + 1 + _text([brief.why.sentence], TEXT)
        whole = sentence + _table(brief.why.table)
        places = [(1, whole, first - LEAST), (2, whole, second - LEAST_THIRD)]
        places += [(page, sentence, room) for page, _, room in places]
        why, taken, _ = next((each for each in places if each[1] <= each[2]), places[-1])
        causes = taken == whole
        first, second = (first - taken, second) if why == 1 else (first, second - taken)
    return Layout(min(max(first, LEAST), MOST), min(max(second, LEAST_THIRD), MOST_THIRD), why, causes)


def _first(brief: Brief) -> float:
    """What the words of the first page take, mm."""
    graph = brief.pictures[0]
    taken = 6 + _text([brief.masthead.title], TITLE) + _text([brief.question], SMALL) + 1
    taken += 2 + _text([brief.sentence], ANSWER)
    names = " ".join([f"xxxx{line.name}xx" for line in graph.lines] + [graph.note, "x" * 27])
    taken += _text([graph.title], ALSO) + _text([graph.unit], SMALL) + _text([names], KEY) + 2
    taken += HEAD + _text(brief.others, ALSO) if brief.others else 0
    return taken + HEAD + _table(brief.table)


def _second(brief: Brief) -> float:
    """What the words of the second page take, mm."""
    taken = HEAD - 4 + max((_above_third(graph) for graph in brief.pictures[1:]), default=0.0)
    taken += 2 * HEAD + _text([*brief.changes, *brief.before], TEXT) + 1.5 * len(brief.before)
    taken += HEAD + _text(brief.sources, SMALL)
    taken += _text(brief.notes, SMALL) + 2 * len(brief.notes)
    return taken + 6 + _text([brief.footer], SMALL)


def _above_third(graph: Graph) -> float:
    key = sum(_text([f"xxxx{line.name}"], THIRD_KEY) for line in graph.lines)
    key += _text([f"{'x' * 24}{graph.note}"], THIRD_KEY) if graph.low else 0
    return _text([graph.title], THIRD) + _text([graph.unit], THIRD_SMALL) + key + 2


def _text(texts: Sequence[str], line: Line) -> float:
    return sum(-(-len(text) // line.letters) * line.height for text in texts)


def _table(table: Table) -> float:
    """A table with what stands below it."""
    others = WIDE * (1 - FIRST_COLUMN) / max(len(table.header) - 1, 1)
    letters = [WIDE * FIRST_COLUMN / BESIDE, *[(others - 3) / BESIDE] * (len(table.header) - 1)]
    rows = [
        max(-(-len(cell) // most) for cell, most in zip(row, letters, strict=True)) * 4.0 + 1.3
        for row in (table.header, *table.rows)
    ]
    return sum(rows) + 0.5 + _text([table.caption], SMALL)
