"""What results rest on, as their folder keeps it: a report is made of this, and not of what the program says today.

Nothing here reads a file of `model/`: `results.basis` gathers a basis of the running program when results are made, and
`results.kept_basis` reads that of a folder back. Nothing has a default: what a file lacks is missed, not made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from sinobel.inputs.settlements import Settlement
from sinobel.reporting.words.came import Came

Line = tuple[str, str]
"""A label and a text; an empty label continues the line before."""
Value = bool | int | float | str
Month = Annotated[str, Field(pattern=r"^(18|19|20|21)\d\d-(0[1-9]|1[0-2])$")]
NoMonth = Annotated[str, Field(pattern=r"^$")]
Dollars = Annotated[str, Field(pattern=r"^\d[\d,]{0,14}$")]
Year = Annotated[int, Field(ge=1800, le=2200)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(ge=0, le=1e9)]
"""What files must hold to be read back; a loan of a thousand trillion dollars is none."""


def beyond_of(scenario: str) -> str:
    """Under which name a basis keeps what one scenario sets beyond experience."""
    return f"beyond: {scenario}"


@dataclass(frozen=True)
class Term:
    """What a name means and where it comes from.

    Attributes
    ----------
    kind : str
        Heading under which a page lists it.
    title : str
        What people call it.
    lines : tuple[Line, ...]
        As `explain` tells them; one whose label is a citation has no text of its own.
    """

    kind: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ParameterBasis:
    """A parameter as it was when the results were made: its prior, and what calibration made of it.

    Attributes
    ----------
    posterior : str
        The central 80 %, empty where it keeps its prior.
    evidence : tuple[str, ...]
        Names of what is cited.
    """

    label: str
    unit: str
    prior: str
    posterior: str
    evidence: tuple[str, ...]
    assumption: str


@dataclass(frozen=True)
class IndicatorBasis:
    """An indicator as it was declared when the results were made."""

    label: str
    unit: str
    kind: str
    annual: str
    sign: str
    identity: str
    record: str
    region: str
    variable: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class ChangeBasis:
    """A change of a scenario, in words.

    Attributes
    ----------
    parameter : str
        That the lever replaces or scales, empty for none.
    sentence : str
        With its names marked (`words.wording.about`), as they are in `why`.
    outcome : str
        What came of it; empty for an ordinary change.
    span : tuple[str, str]
        From when until when, as written; so are `value` and `scale`, empty where the change has none.
    start : str
        First month of its rule; `years` has (year, share of futures, share of months) in which that held, `held` the
        shares over all years.
    changes_nothing : bool
        Whether no number can come from it.
    """

    lever: str
    label: str
    parameter: str
    sentence: str
    outcome: str
    why: str
    unit: str
    span: tuple[str, str]
    value: Value
    scale: Value
    start: str
    years: tuple[tuple[Year, Share, Share], ...]
    held: tuple[Share, Share] | None
    changes_nothing: bool


@dataclass(frozen=True)
class LoanBasis:
    """A loan of the record that the simulated book starts from; dates and `committed` as people read them.

    Attributes
    ----------
    amount : float | None
        USD mn. Results of earlier versions have nothing of this and of what follows.
    rate, grace, maturity : float | None
        Percent a year, and years; None where the record has none.
    tie : str
        What the record says of it.
    failed : str
        Month since which its project cannot pay, empty for most.
    """

    project: str
    signed: Month
    committed: Dollars
    instrument: str
    source: str
    loan: str = ""
    lender: str = ""
    sector: str = ""
    amount: Positive | None = None
    rate: float | None = None
    grace: Positive | None = None
    maturity: Positive | None = None
    tie: str = ""
    failed: Month | NoMonth = ""


@dataclass(frozen=True)
class Basis:
    """What results rest on.

    Attributes
    ----------
    recorded : Mapping[str, Mapping[int, float]]
        Indicator -> year -> recorded value.
    track_record : Mapping[str, Mapping[str, str]]
        Series -> what its past forecasts scored, with its label.
    figures : tuple[Mapping[str, str], ...]
        The paper's figures that are targets, against the posterior.
    indicators : Mapping[str, IndicatorBasis]
        By name; so are `parameters`.
    moved : tuple[str, ...]
        The parameters that the record moved most.
    changes : Mapping[str, tuple[ChangeBasis, ...]]
        By scenario.
    loans : tuple[LoanBasis, ...]
        Of the record.
    terms : Mapping[str, Term]
        By name: indicators, parameters, levers, evidence.
    citations : Mapping[str, str]
        Evidence -> what stands beside its name wherever it is cited.
    sentences : Mapping[str, str]
        Words of the program: "unidentified", "unmoved", "beyond" where a scenario sets what has never been seen, and
        the same of each such scenario under `beyond_of` its name; with their names marked, as are assumptions.
    next_year : Mapping[str, Mapping[str, str]]
        Series -> what forecasts of the next year scored, with its label; nothing in results of earlier versions, nor
        `past_forecasts`.
    past_forecasts : tuple[Mapping[str, str], ...]
        What all past forecasts scored together, measure by measure.
    settlements : tuple[Settlement, ...]
        Of the price of potash with China, as recorded; `closures` are years in which China closed its market. Nothing
        in results of earlier versions.
    """

    recorded: Mapping[str, Mapping[Year, float]]
    track_record: Mapping[str, Mapping[str, str]]
    figures: tuple[Mapping[str, str], ...]
    indicators: Mapping[str, IndicatorBasis]
    parameters: Mapping[str, ParameterBasis]
    moved: tuple[str, ...]
    changes: Mapping[str, tuple[ChangeBasis, ...]]
    loans: tuple[LoanBasis, ...]
    terms: Mapping[str, Term]
    citations: Mapping[str, str]
    sentences: Mapping[str, str]
    next_year: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    past_forecasts: tuple[Mapping[str, str], ...] = ()
    settlements: tuple[Settlement, ...] = ()
    closures: tuple[Year, ...] = ()

    @property
    def beyond(self) -> str:
        """What scenarios set beyond experience, in a sentence; empty for most, and where that was not told yet."""
        return self.sentences.get("beyond", "")

    def beyond_under(self, scenarios: Iterable[str]) -> str:
        """The same of some scenarios only."""
        names = list(scenarios)
        if set(names) >= set(self.changes):
            return self.beyond
        return " ".join(filter(None, (self.sentences.get(beyond_of(name), "") for name in names)))

    def lines(self, name: str) -> Iterator[Line]:
        """What is told of a name, citations with their texts."""
        for label, text in self.terms[name].lines:
            yield label, text or self.citations.get(label, "")

    def came(self) -> dict[str, list[Came]]:
        """Of every scenario the changes of which nothing can come, and the rules with where they held."""
        return {
            name: [Came(each.label, each.held) for each in changes if each.held or each.changes_nothing]
            for name, changes in self.changes.items()
        }

    def without_effect(self) -> list[str]:
        """Names of the scenarios that have changes, none of which changes anything."""
        return [
            name for name, changes in self.changes.items() if changes and all(each.changes_nothing for each in changes)
        ]
