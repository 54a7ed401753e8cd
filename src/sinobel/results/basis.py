"""What results rest on, gathered of the running program when they are made, and read back from their folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.posterior import table
from sinobel.inputs.posterior import track_record as scored_forecasts
from sinobel.inputs.reading import InputError, Problem, quoted, read_text, shown
from sinobel.inputs.recorded import recorded_values
from sinobel.inputs.words import all_words
from sinobel.reporting.basis import Basis, ChangeBasis, IndicatorBasis, LoanBasis, ParameterBasis, Term
from sinobel.reporting.documents import trust
from sinobel.reporting.tables.tables import number
from sinobel.reporting.words import telling
from sinobel.reporting.words.explain import explain
from sinobel.reporting.words.wording import about
from sinobel.runs.manifest import Manifest

FILE = "basis.json"
HOLDS = "what the results rest on: priors, posterior, past forecasts, evidence, words; a report tells these"
_ADAPTER = TypeAdapter(Basis)


def basis_of(manifest: Manifest) -> Basis:
    """What results that this program makes rest on.

    Parameters
    ----------
    manifest : Mapping[str, Any]
        Complete: with what it says of rules that held.
    """
    return replace(_of_the_program(), changes=_changes(manifest))


@cache
def _of_the_program() -> Basis:
    """What every result of this program rests on, whatever its scenarios."""
    indicators = all_indicators()
    return Basis(
        recorded=recorded_values(),
        track_record={name: {**row, "label": indicators[name].label} for name, row in scored_forecasts().items()},
        figures=table("figures"),
        indicators=_indicators(),
        parameters=_parameters(),
        moved=tuple(row["parameter"] for row in table("parameters")),
        loans=tuple(
            LoanBasis(
                loan.project, months.label(loan.signed), f"{loan.committed:,.0f}", loan.instrument or "", loan.source
            )
            for loan in all_evidence().loans
            if loan.drawable
        ),
        terms=_terms(),
        citations=_citations(),
        sentences={**all_words(), "unmoved": trust.unmoved().strip()},
    )


def _indicators() -> dict[str, IndicatorBasis]:
    return {
        name: IndicatorBasis(
            label=each.label,
            unit=each.yearly_unit,
            kind=each.kind,
            annual=each.annual,
            sign=each.sign,
            identity=each.identity,
            record=each.record or "",
            region=each.region,
            variable=each.variable,
            evidence=each.evidence,
        )
        for name, each in all_indicators().items()
    }


def _parameters() -> dict[str, ParameterBasis]:
    calibrated = {row["parameter"]: row for row in table("parameters")}
    parameters = {}
    for name, each in all_parameters().items():
        row = calibrated.get(name)
        posterior = f"{number(float(row['p10']))} to {number(float(row['p90']))}" if row else ""
        parameters[name] = ParameterBasis(
            each.label,
            each.unit,
            prior=each.prior.words(),
            posterior=posterior,
            evidence=tuple(each.evidence),
            assumption=each.assumption or "",
        )
    return parameters


def _terms() -> dict[str, Term]:
    """What `explain` says of every name that a page may mention."""
    evidence, citations = all_evidence(), _citations()
    titles = {
        "Indicators": {name: each.label for name, each in all_indicators().items()},
        "Parameters": {name: each.label for name, each in all_parameters().items()},
        "Levers": {name: each.label for name, each in all_levers().items()},
        "Evidence": {name: evidence.cite(name).title for name in evidence.ids},
    }
    terms = {}
    for kind, named in titles.items():
        for name, title in named.items():
            lines = explain(name, code=False)[1]
            kept = tuple((label, "" if text == citations.get(label) else text) for label, text in lines)
            terms[name] = Term(kind, str(title), kept)
    return terms


@cache
def _citations() -> dict[str, str]:
    """What stands beside each piece of evidence that something cites."""
    cited: dict[str, str] = {}
    for names in (all_parameters(), all_levers(), all_indicators()):
        for each in names.values():
            if wanted := set(each.evidence) - set(cited):
                cited |= {label: text for label, text in explain(each.name, code=False)[1] if label in wanted}
    return cited


def _changes(manifest: Manifest) -> dict[str, tuple[ChangeBasis, ...]]:
    found = telling.changes_of_manifest(manifest)
    return {name: tuple(map(_change, changes)) for name, changes in found.items()}


def _change(change: telling.ChangeInWords) -> ChangeBasis:
    lever, written, held = all_levers()[change.change.lever], change.change.as_written(), change.held
    return ChangeBasis(
        lever=lever.name,
        label=lever.label,
        parameter=lever.parameter or "",
        sentence=change.sentence(about),
        outcome=change.outcome,
        why=change.why,
        unit=lever.unit,
        span=(written["from"], written.get("until", "")),
        value=written.get("value", ""),
        scale=written.get("scale", ""),
        start=held.start if held else "",
        years=held.years if held else (),
        held=(held.futures, held.months) if held else None,
        changes_nothing=change.changes_nothing,
    )


def text_of(basis: Basis) -> bytes:
    """A basis as JSON."""
    return _ADAPTER.dump_json(basis) + b"\n"


def read_basis(folder: Path) -> Basis | None:
    """What the results of a folder rest on; None for a folder made before that was kept.

    Raises
    ------
    InputError
        When the file is damaged.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        basis = _ADAPTER.validate_json(read_text(file))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the file"
        message = f"this is no basis of results ({place}: {first['msg'].lower()}); make the results again"
        raise InputError(Problem(message, shown(file))) from None
    if wrong := next(_disagreements(basis), ""):
        raise InputError(Problem(f"this is no basis of results ({wrong}); make the results again", shown(file)))
    return basis


_SCORES = ("miss_a_year_ahead_percent", "skill", "skill_low", "skill_high", "inside_50", "inside_80", "inside_90")
_OF_FIGURES = ("figure", "label", "paper", "unit", "inside_90")


def _disagreements(basis: Basis) -> Iterator[str]:
    """Where the tables of a basis do not go together, or lack what a page tells of them."""
    named = {*basis.moved, *(each.parameter for changes in basis.changes.values() for each in changes)} - {""}
    for name in sorted(named - set(basis.parameters)):
        yield f"there is no parameter {quoted(name)} among its parameters"
    for row in basis.figures:
        for key in _OF_FIGURES:
            if key not in row:
                yield f"a figure has no {key}"
    for series, row in basis.track_record.items():
        for key in ("series", "label", "benchmark"):
            if key not in row:
                yield f"the scores of {quoted(series)} have no {key}"
        for key in _SCORES:
            try:
                float(row[key])
            except (KeyError, ValueError):
                yield f"the scores of {quoted(series)} have no number {key}"
