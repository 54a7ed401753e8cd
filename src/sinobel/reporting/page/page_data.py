"""What a page is made of, and the pieces a section holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sinobel.analysis.outcomes import Outcomes
from sinobel.analysis.question import Question, question_of
from sinobel.inputs import months
from sinobel.reporting.charts.lettering import titles_of
from sinobel.reporting.charts.shared import RecordOf
from sinobel.reporting.charts.style import Look, scenario_styles
from sinobel.reporting.page.pictures import Picture
from sinobel.reporting.words.answer import Told
from sinobel.runs.trajectories import Yearly

if TYPE_CHECKING:
    import xarray as xr

Rows = Sequence[Mapping[str, Any]]


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
    manifest: Mapping[str, Any]


@dataclass(frozen=True)
class Material:
    """A finished results folder as the page takes it.

    Attributes
    ----------
    annual : Yearly
        Indicator -> dims (scenario, draw, year)
    bands : xr.Dataset
        Of every month over draws; examples, months of the first draws.
    recorded : RecordOf
        Indicator -> year -> recorded value.
    money : Rows
        Rows of money.csv of the whole loan book under the reference.
    """

    manifest: Mapping[str, Any]
    annual: Yearly
    bands: xr.Dataset
    examples: xr.Dataset | None
    recorded: RecordOf
    studies: Sequence[Study] = ()
    money: Rows = ()

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of each scenario by name, in the order of the request."""
        return titles_of(self.manifest)

    @cached_property
    def question(self) -> Question:
        """What was asked of a comparison."""
        return question_of(self.manifest)

    @property
    def reference(self) -> str:
        """The scenario others are compared with."""
        return self.question.reference

    @property
    def options(self) -> list[str]:
        """Scenarios besides the reference."""
        return [name for name in self.titles if name != self.reference]

    @cached_property
    def styles(self) -> dict[str, Look]:
        """Look of each scenario."""
        return scenario_styles(list(self.titles))

    @cached_property
    def origin(self) -> int:
        """Last recorded year."""
        return months.year(months.parse(self.manifest["request"]["origin"]))

    @cached_property
    def years(self) -> list[int]:
        """Simulated years."""
        return [int(year) for year in next(iter(self.annual.values()))["year"].values]

    @cached_property
    def told(self) -> Told:
        """What the answer rests on."""
        return Told(self.annual, self.reference, self.titles, self.recorded, self.origin)

    @cached_property
    def outcomes(self) -> Outcomes | None:
        """Objectives counted on a comparison; None for a single scenario or where none can be counted."""
        return self.question.counted(self.annual) if self.options else None


@dataclass
class Table:
    """A table: cells are text or markup; `shades` holds for some (row, column) how green or red, from -1 to 1."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Markup | str]]
    key: str = ""
    folded: bool = False
    words: int = 1
    shades: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass
class Section:
    """A part of the page: a sentence or two, charts, tables, points of a list."""

    key: str
    title: str
    lead: Sequence[Markup] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    points: Sequence[Markup] = ()
    small: bool = False
    after: Sequence[Markup] = ()
