"""Everything that holds a word: levers, indicators, parameters, scenarios, figures, loans, decisions, positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.decisions import all_decisions
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objectives import all_objectives
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.reading import InputError, Problem, nearest, quoted
from sinobel.policies import packages, scenarios
from sinobel.reporting.words import explain_actors

NAMED, MEANT, TOLD = range(3)
"""Where a word stands: in the name, in its meaning, or elsewhere in what is told of it. They come in this order."""


@dataclass(frozen=True)
class Entry:
    """Something that can be explained by its name.

    Attributes
    ----------
    texts : str
        What else is told of it, where a word may stand too.
    """

    kind: str
    name: str
    meaning: str
    texts: str = ""

    def rank(self, words: list[str]) -> int | None:
        """Where all words stand; None where one of them stands nowhere."""
        held = [self.name, f"{self.name} {self.meaning}", f"{self.name} {self.meaning} {self.texts}"]
        return next((rank for rank, text in enumerate(map(_plain, held)) if all(word in text for word in words)), None)


def holding(text: str) -> list[Entry]:
    """What holds all words of a text, the nearest first: by name, by meaning, by what else is told."""
    words = _plain(text).split()
    ranked = [(rank, entry) for entry in entries() if words and (rank := entry.rank(words)) is not None]
    return [entry for _, entry in sorted(ranked, key=lambda each: each[0])]


def find(text: str) -> list[Entry]:
    """The same, and something at least.

    Raises
    ------
    InputError
        Where nothing does.
    """
    if not isinstance(text, str) or not _plain(text).split():
        raise InputError(Problem(f" {quoted(text)} is no word; give one, or several", argument="word"))
    found = holding(text)
    if not found:
        raise InputError(f"nothing holds {quoted(text)}{nearest(text, [entry.name for entry in entries()])}")
    return found


def entries() -> Iterator[Entry]:
    """Everything there is, kind by kind."""
    for lever in all_levers().values():
        yield Entry("lever", lever.name, lever.label, f"{lever.acts} {lever.sentence} {lever.seen}")
    for indicator in all_indicators().values():
        yield Entry("indicator", indicator.name, indicator.label, f"{indicator.sign} {indicator.identity}")
    yield from _policies()
    for objective in all_objectives().values():
        told = f"{objective.indicator} {objective.sentence} {objective.assumption}"
        yield Entry("objective", objective.name, objective.label, told)
    for position in explain_actors.positions():
        yield Entry(
            "position", position.name, f"{position.label}, of {COUNTRIES[position.country]}", position.assumption
        )
    for decision in all_decisions().values():
        parts = (decision.wants, decision.chooses, decision.alternative, *decision.sees, *decision.does)
        yield Entry("decision", decision.name, f"{decision.question} ({decision.who})", " ".join(parts))
    for parameter in all_parameters().values():
        yield Entry("parameter", parameter.name, parameter.label, f"{parameter.assumption} {parameter.role}")
    evidence = all_evidence()
    for cited in map(evidence.cite, evidence.ids):
        yield Entry(
            cited.kind.removesuffix(" of the paper"),
            cited.id,
            cited.title,
            f"{cited.text} {' '.join(map(str, cited.details.values()))}",
        )


def _policies() -> Iterator[Entry]:
    """Scenarios that ship, what they change and why, and packages."""
    for name in scenarios.shipped_names():
        each = scenarios.load(name)
        why = " ".join(reason.why for reason in (*each.changes, *each.events))
        levers = " ".join(change.lever for change in each.changes)
        told = f"{each.question} {levers} {' '.join(scenarios.in_sentences(each))} {why}"
        yield Entry("scenario", name, each.title, told)
    for name in packages.shipped_names():
        held = scenarios.Scenario(name).with_package(name, start="2018-01")
        told = " ".join([*scenarios.in_sentences(held), *(each.why for each in (*held.changes, *held.events))])
        yield Entry("package", name, "changes and events that belong together, for scenario files", told)


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ").replace("-", " ")
