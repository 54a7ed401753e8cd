"""What a brief says, as data that every writer puts on its pages as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RECORD, REFERENCE, OPTION = "record", "reference", "option"
Values = Sequence[float | None]


@dataclass(frozen=True)
class Line:
    """A line of a picture.

    Attributes
    ----------
    values : Values
        One for each year; None where there is none.
    color : str
        As #rrggbb.
    role : str
        `RECORD`, `REFERENCE` or `OPTION`.
    """

    name: str
    values: Values
    color: str
    role: str


@dataclass(frozen=True)
class Graph:
    """A picture: lines over years, and the range of one of them.

    Attributes
    ----------
    title : str
        Says the finding.
    unit : str
        Of the numbers, with what they are, for the axis.
    low, high : Values
        The range that holds 80 % of futures; empty without one.
    ranged : str
        Color of the line that the range belongs to.
    """

    title: str
    unit: str
    years: Sequence[int]
    lines: Sequence[Line]
    low: Values = ()
    high: Values = ()
    ranged: str = ""
    note: str = ""


@dataclass(frozen=True)
class Table:
    """The table: cells are texts."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str


@dataclass(frozen=True)
class Why:
    """What a change is made of: a sentence, and a table of a few causes."""

    sentence: str
    table: Table


@dataclass(frozen=True)
class Logo:
    """A picture of the user's, checked: its bytes, and png or jpeg; width over height."""

    content: bytes
    kind: str
    shape: float


@dataclass(frozen=True)
class Masthead:
    """What the user writes on a brief."""

    title: str = ""
    author: str = ""
    date: str = ""
    logo: Logo | None = None
    language: str = "en"


@dataclass(frozen=True)
class Brief:
    """Two pages.

    Attributes
    ----------
    sentence : str
        The answer.
    others : Sequence[str]
        What else is to be told, a sentence each.
    pictures : Sequence[Graph]
        Four, the first stands under the answer.
    changes, before, sources : Sequence[str]
        What would change the conclusion, how wrong the model was before, what it rests on.
    why : Why | None
        None where results do not tell it.
    footer : str
        How it was made, with what makes it again.
    notes : Sequence[str]
        What a reader must know about the words or the numbers; may be empty.
    """

    masthead: Masthead
    question: str
    sentence: str
    others: Sequence[str]
    pictures: Sequence[Graph]
    table: Table
    changes: Sequence[str]
    before: Sequence[str]
    sources: Sequence[str]
    footer: str
    notes: Sequence[str]
    why: Why | None = None
