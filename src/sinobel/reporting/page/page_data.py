"""What a page is made of, and the pieces a section holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from sinobel.analysis.stories import stories
from sinobel.reporting.page.pictures import Picture
from sinobel.reporting.result_data import ResultData, Rows
from sinobel.reporting.words.answer import AnswerData
from sinobel.reporting.words.stories import NamedStory, told
from sinobel.runs.manifest import Manifest


@dataclass(frozen=True)
class Study:
    """A study that is told with the results: the table of its folder, and what made it.

    Attributes
    ----------
    kind : str
        Name of the table without its ending, for example "sensitivity".
    """

    kind: str
    rows: Rows
    manifest: Manifest


@dataclass(frozen=True)
class PageData(ResultData):
    """Results as the page takes them, with the studies that are told with them.

    Attributes
    ----------
    notice : str
        What stands on top where the program is no longer the one that made them; empty where it is.
    """

    studies: Sequence[Study] = ()
    notice: str = ""

    @cached_property
    def answer_data(self) -> AnswerData:
        """What the answer rests on."""
        return AnswerData(
            self.annual,
            self.reference,
            self.titles,
            self.recorded,
            self.origin,
            events=self.event_rows,
            focus=self.focus,
            came=self.basis.came(),
            stated=self.stated,
        )

    @cached_property
    def stories(self) -> list[NamedStory]:
        """The story lines of the reference at the end of its years."""
        last = self.years[-1]
        return told(stories(self.annual, self.reference, last), self.annual, last)


@dataclass
class Table:
    """A table: cells are text or markup; `shades` holds for some (row, column) how green or red, from -1 to 1.

    Of a `heat` map they say how dark, from 0 to 1.
    """

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Markup | str]]
    key: str = ""
    folded: bool = False
    words: int = 1
    shades: Mapping[tuple[int, int], float] = field(default_factory=dict)
    heat: bool = False


@dataclass
class Fold:
    """Texts, charts and tables behind one line that says what they are; a click opens it.

    It `finds` where its line is the title of its chart.
    """

    told: str
    texts: Sequence[Markup] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    small: bool = False
    finds: bool = False


@dataclass
class Section:
    """A part of the page: a sentence or two, charts, tables, points of a list, and what a click opens.

    `stories` are names and sentences of the lines that its small charts can show.

    A section takes any number of pictures, and so does each of its folds. What is for those who check stands in the
    annex, behind all that tells.
    """

    key: str
    title: str
    lead: Sequence[Markup] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    points: Sequence[Markup] = ()
    small: bool = False
    after: Sequence[Markup] = ()
    folds: Sequence[Fold] = ()
    stories: Sequence[tuple[str, Markup]] = ()
    annex: bool = False

    @property
    def every_picture(self) -> list[Picture]:
        """Its pictures, those of its folds last."""
        return [*self.pictures, *(each for fold in self.folds for each in fold.pictures)]
