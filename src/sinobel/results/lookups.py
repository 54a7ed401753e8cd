"""What there is to look up: scenarios, levers, indicators, objectives, loans, the ledger of a year, and what a name
or a folder means.

Cells are values as they are, for a frame; whoever prints them makes texts of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.reading import InputError, Problem, Wording, in_python, quoted, shown

if TYPE_CHECKING:
    import pandas as pd

    from sinobel.policies.events import Loan
    from sinobel.policies.scenarios import Scenario
    from sinobel.reporting.words.finding import Entry


@dataclass(frozen=True)
class Listing:
    """A table to look things up in: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def frame(self) -> pd.DataFrame:
        """The table as a frame, found by the first column."""
        from sinobel.results.frames import Readable

        return Readable(Readable(self.rows, columns=list(self.columns)).set_index(self.columns[0]))


def scenarios() -> Listing:
    """The scenarios that ship with the project: what each asks, changes, and why."""
    from sinobel.policies.scenarios import in_sentences, load, shipped_names

    rows = []
    for name in shipped_names():
        each = load(name)
        why = " ".join(dict.fromkeys(reason.why for reason in (*each.changes, *each.events)))
        rows.append((each.name, each.question, "; ".join(in_sentences(each)), why))
    return Listing(("scenario", "question", "what it changes", "why"), rows)


def levers() -> Listing:
    """What a scenario may set, with what is allowed, what has been seen and where it stands in the baseline."""
    from sinobel.inputs.levers import all_levers

    rows = [(each.name, each.label, each.allowed, each.experienced, each.baseline) for each in all_levers().values()]
    return Listing(("lever", "meaning", "allowed", "seen", "baseline"), rows)


def indicators() -> Listing:
    """What is reported, with units and how a year is made of months."""
    from sinobel.inputs.indicators import all_indicators

    rows = [(each.name, each.label, each.unit, each.kind, each.annual) for each in all_indicators().values()]
    return Listing(("indicator", "meaning", "unit", "kind", "a year is"), rows)


def objectives(file: Path | None = None) -> Listing:
    """What each country wants, with direction, who weighs it and what is good enough."""
    from sinobel.inputs.objectives import chosen_objectives, weights_in_words

    chosen = chosen_objectives(file)
    columns = ("objective", "meaning", "indicator", "better", "counts", "a point is", "unit", "weights", "good enough")
    rows = [
        (
            each.name,
            each.label,
            each.indicator,
            each.direction,
            each.counts,
            each.scale,
            each.unit,
            weights_in_words(each, chosen),
            each.good_enough,
        )
        for each in chosen.values()
    ]
    return Listing(columns, rows)


def loans(origin: Any = months.DEFAULT_ORIGIN, scenario: Any = "baseline") -> Listing:
    """The Chinese loans of the record at an origin and of a scenario's events: what `money` can follow.

    Raises
    ------
    InputError
        For no origin, or no scenario.
    """
    from sinobel.inputs.evidence import all_evidence
    from sinobel.inputs.loans_and_contracts import kind_of
    from sinobel.policies import scenarios

    try:
        month = months.parse_origin(origin)
    except ValueError as error:
        raise InputError(str(error)) from None
    columns = (
        *("loan", "project", "lender", "signed", "USD mn", "sector", "instrument", "fails, %"),
        *("backing", "rate, %", "confidence"),
    )
    rows = [
        (
            each.id,
            each.project,
            each.lender,
            months.year(each.signed),
            each.committed,
            kind_of(each.sector),
            kind_of(each.instrument),
            100.0 if each.has_failed(month) else _chance_of_failure(each.sector),
            each.backing,
            each.interest,
            each.confidence,
        )
        for each in sorted(all_evidence().loan_book(month), key=lambda each: (each.signed, each.id))
    ]
    return Listing(columns, rows + _loans_of_events(scenarios.load(scenario)))


def _chance_of_failure(sector: str) -> float | None:
    """Percent of projects of a sector that fail in usual times, middle of the assumed range; None without a sector."""
    import numpy as np

    from sinobel.inputs.loans_and_contracts import SECTORS, kind_of
    from sinobel.inputs.parameters import all_parameters

    called = {"industrial park": "park"}
    sector = kind_of(sector)
    if sector not in SECTORS:
        return None
    chance = all_parameters()[f"loans.failure_{called.get(sector, sector)}"].quantile(np.array(0.5))
    return 100 * round(float(chance), 2)


def _loans_of_events(scenario: Scenario) -> list[tuple[Any, ...]]:
    """Chinese loans that events of a scenario bring, in the columns of `loans`; what is paid out at once is untied."""
    from sinobel.policies.events import CHINA, Loan, in_order, rows_of_projects

    rows = {name: row for row, name in rows_of_projects(scenario.events).items()}
    return [
        (
            rows.get(each.name, each.instrument),
            each.name,
            f"China, by {scenario.name}",
            months.year(each.signed),
            each.amount,
            each.sector or "",
            each.instrument,
            _chance_of_failure(each.sector or ""),
            _backing(each, scenario),
            None if each.interest is None else 100 * each.interest,
            "event",
        )
        for each in in_order(scenario.events)
        if isinstance(each, Loan) and each.lender == CHINA
    ]


def _backing(loan: Loan, scenario: Scenario) -> str:
    """Who answers for a loan of an event, as it states or as is usual in the month in which it is signed."""
    from sinobel.policies.event_remarks import guarantees_end

    if not loan.is_project:
        return ""
    if loan.guaranteed is not None:
        return f"{100 * loan.guaranteed:.0f} % guaranteed"
    ended = guarantees_end(loan, scenario.changes)
    return "as usual" if ended is None else f"no guarantee{ended}"


def ledger(
    year: Any,
    scenario: Any = "baseline",
    *,
    draws: Any = 500,
    seed: Any = 2017,
    origin: Any = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
) -> Listing:
    """Who paid whom for what in a year, mean over draws, USD mn. Raises InputError for what is not allowed."""
    from sinobel.inputs.values import plain
    from sinobel.policies.scenarios import load
    from sinobel.runs.request import Request
    from sinobel.world.ledger import SECTORS
    from sinobel.world.world import World

    wanted, last = plain(year), months.LAST_HORIZON_YEAR
    request = Request((load(scenario),), draws, seed, origin, f"{last}-12", parameters=parameters)
    first = months.year(request.months[0]) + 1
    if not isinstance(wanted, int) or isinstance(wanted, bool) or not first <= wanted <= last:
        raise InputError(Problem(f" {quoted(year)} is not simulated; choose {first} to {last}", argument="year"))
    world = World(
        request.scenarios[0],
        request.draws,
        request.seed,
        origin=request.origin,
        horizon=f"{wanted}-12",
        parameters=parameters,
        collect=False,
        keep_books=True,
    )
    while world.running:
        world.step()
    rows: list[tuple[Any, ...]] = []
    for kind, row in world.transactions(wanted).items():
        cells = [float(row[sector].mean()) for sector in SECTORS]
        rows.append((kind, *cells, sum(cells)))
    world.close()
    return Listing(("flow", *SECTORS, "sum"), rows)


def found(word: str) -> Listing:
    """Everything that holds a word, or all of several, the nearest first.

    Raises
    ------
    InputError
        Where nothing does.
    """
    from sinobel.reporting.words import finding

    return _hits(finding.find(word))


def holding(word: str) -> Listing:
    """The same; nothing where nothing does, and for what is a file or a folder."""
    from sinobel.reporting.words import finding

    return _hits([] if _names_results(word) or word.endswith(".toml") else finding.holding(word))


def _hits(entries: Iterable[Entry]) -> Listing:
    return Listing(("name", "kind", "meaning"), [(each.name, each.kind, each.meaning) for each in entries])


def explained(name: str, wording: Wording = in_python) -> tuple[str, list[tuple[str, str]]]:
    """What a name or a results folder means: a title, and lines of a label and a text each.

    Raises
    ------
    InputError
        For what is neither.
    """
    from sinobel.reporting.words.explain import explain, is_known

    return explain(name, wording=wording) if is_known(name) or not _names_results(name) else _of_results(name, wording)


def _names_results(name: str) -> bool:
    from sinobel import store

    return store.is_results(Path(name)) or any(sign in name for sign in ("/", "\\", ".json", ".nc"))


def _of_results(name: str, wording: Wording = in_python) -> tuple[str, list[tuple[str, str]]]:
    from sinobel import store
    from sinobel.results import sealing
    from sinobel.results.provenance import of_results

    if sealing.is_seal(Path(name)):
        return shown(Path(name)), sealing.told(Path(name), wording)
    found = store.look(Path(name))
    place = shown(found.name)
    return place, of_results(found.manifest, found.sizes, place, file=found.file, finished=found.finished)


def explanation(name: str) -> pd.DataFrame:
    """The same as a frame with the columns about and text; the title stands in `.attrs`."""
    from sinobel.results.frames import Readable

    title, lines = explained(name)
    frame = Readable([(label, text.strip()) for label, text in lines], columns=["about", "text"])
    frame.attrs["title"] = title
    return frame
