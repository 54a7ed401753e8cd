"""What results rest on, gathered of the running program when they are made."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sinobel.inputs import months
from sinobel.inputs.added import from_written as added_of
from sinobel.inputs.evidence import Evidence, all_evidence, using
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.loans_and_contracts import Loan
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.posterior import next_year, past_forecasts, posterior_digest, table, tables_digest
from sinobel.inputs.posterior import track_record as scored_forecasts
from sinobel.inputs.recorded import recorded_values
from sinobel.inputs.settlements import closures, settlements
from sinobel.inputs.words import all_words
from sinobel.reporting.basis import Basis, ChangeBasis, IndicatorBasis, LoanBasis, ParameterBasis, Term, beyond_of
from sinobel.reporting.documents import trust
from sinobel.reporting.tables.tables import number
from sinobel.reporting.words import telling
from sinobel.reporting.words.explain import explain
from sinobel.reporting.words.wording import about, citing
from sinobel.runs.manifest import Manifest


def basis_of(manifest: Manifest) -> Basis:
    """What results that this program makes rest on.

    Parameters
    ----------
    manifest : Mapping[str, Any]
        Complete: with what it says of rules that held.
    """
    with using(added_of(manifest["request"].get("record"))):
        program = _of_the_program((posterior_digest(), tables_digest()), all_evidence())
        beyond = {"beyond": telling.beyond_in_words(manifest)}
        for entry in manifest["request"]["scenarios"]:
            beyond[beyond_of(entry["name"])] = telling.beyond_in_words(manifest, scenario=entry["name"])
        sentences = {**program.sentences, **{name: sentence for name, sentence in beyond.items() if sentence}}
        return replace(program, changes=_changes(manifest), sentences=sentences)


@lru_cache(maxsize=8)
def _of_the_program(_files: tuple[str, str], evidence: Evidence) -> Basis:
    """What every result of this program rests on, whatever its scenarios.

    Parameters
    ----------
    _files : tuple[str, str]
        Hashes of what the program itself may write anew while it runs.
    evidence : Evidence
        In use.
    """
    indicators = all_indicators()
    return Basis(
        changes={},
        recorded=recorded_values(),
        track_record={name: {**row, "label": indicators[name].label} for name, row in scored_forecasts().items()},
        next_year={name: {**row, "label": indicators[name].label} for name, row in next_year().items()},
        past_forecasts=past_forecasts(),
        figures=table("figures"),
        indicators=_indicators(),
        parameters=_parameters(),
        moved=tuple(row["parameter"] for row in table("parameters")),
        loans=tuple(_loan(each) for each in evidence.loans if each.drawable),
        settlements=settlements(evidence.contracts),
        closures=closures(evidence),
        terms=_terms(),
        citations=_citations(evidence),
        sentences={name: _citing(text) for name, text in {**all_words(), "unmoved": trust.unmoved().strip()}.items()},
    )


def _loan(each: Loan) -> LoanBasis:
    return LoanBasis(
        each.project,
        months.label(each.signed),
        f"{each.committed:,.0f}",
        each.instrument or "",
        each.source,
        loan=each.id,
        lender=each.lender,
        sector=each.sector,
        amount=each.committed,
        rate=each.interest,
        grace=each.grace,
        maturity=each.maturity,
        tie=each.conditions,
        failed="" if each.failed is None else months.label(each.failed),
    )


def _citing(text: str) -> str:
    """A text of an author with the evidence it cites by name marked, so that a page can open it."""
    return citing(text, _names_of(all_evidence()))


@lru_cache(maxsize=8)
def _names_of(evidence: Evidence) -> frozenset[str]:
    return frozenset(evidence.ids)


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
            assumption=_citing(each.assumption or ""),
        )
    return parameters


def _terms() -> dict[str, Term]:
    """What `explain` says of every name that a page may mention."""
    evidence = all_evidence()
    citations = _citations(evidence)
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


@lru_cache(maxsize=8)
def _citations(_evidence: Evidence) -> dict[str, str]:
    """What stands beside each piece of evidence that something cites, with some evidence in use."""
    cited: dict[str, str] = {}
    for names in (all_parameters(), all_levers(), all_indicators()):
        for each in names.values():
            if wanted := set(each.evidence) - set(cited):
                cited |= {label: text for label, text in explain(each.name, code=False)[1] if label in wanted}
    return cited


def _changes(manifest: Manifest) -> dict[str, tuple[ChangeBasis, ...]]:
    return {name: tuple(map(_told, found)) for name, found in telling.told_of_manifest(manifest).items()}


def _told(told: telling.InWords) -> ChangeBasis:
    if isinstance(told, telling.ChangeInWords):
        return _change(told)
    assert isinstance(told, telling.EventInWords), told
    return _event(told)


def _event(told: telling.EventInWords) -> ChangeBasis:
    """An event, which has an amount and no lever."""
    written = told.event.as_written()
    yearly = "amount_a_year" in written
    return ChangeBasis(
        lever="",
        label=told.event.name,
        parameter="",
        sentence=told.sentence(about),
        outcome=told.outcome,
        why=_citing(told.why),
        unit="USD mn a year" if yearly else "USD mn",
        span=(written.get("signed", written.get("from", "")), written.get("until", "")),
        value=written["amount_a_year" if yearly else "amount"],
        scale="",
        start="",
        years=(),
        held=None,
        changes_nothing=told.changes_nothing,
    )


def _change(change: telling.ChangeInWords) -> ChangeBasis:
    lever, written, held = all_levers()[change.change.lever], change.change.as_written(), change.held
    return ChangeBasis(
        lever=lever.name,
        label=lever.label,
        parameter=lever.parameter or "",
        sentence=change.sentence(about),
        outcome=change.outcome,
        why=_citing(change.why),
        unit=lever.unit,
        span=(written["from"], written.get("until", "")),
        value=written.get("value", ""),
        scale=written.get("scale", ""),
        start=held.start if held else "",
        years=held.years if held else (),
        held=(held.futures, held.months) if held else None,
        changes_nothing=change.changes_nothing,
    )
