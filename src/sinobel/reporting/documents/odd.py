"""Texts that are generated from `model/`: tables of its pages, classes of its parameters, the schema of scenarios."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sinobel.inputs.decisions import GRADES, all_decisions
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objectives import all_objectives
from sinobel.inputs.parameters import Parameter, all_parameters
from sinobel.inputs.reading import InputError, model_folder, read_text, scenario_folder
from sinobel.policies import scenarios
from sinobel.policies import schema as scenario_schema
from sinobel.reporting.documents import early, literature, magnitudes, parameter_classes, trust
from sinobel.reporting.documents.trust import markdown
from sinobel.reporting.words.wording import percent
from sinobel.world import ledger, subjects

_PART = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated text with the file it belongs to."""
    for name in ("ODD.md", "TRUST.md"):
        page = model_folder() / name
        yield page, filled(read_text(page))
    yield model_folder() / "MAGNITUDES.md", magnitudes.page()
    for page in (model_folder().parent / "README.md", model_folder().parent / "docs" / "calibration.md"):
        if page.is_file():  # not beside an installed program
            yield page, filled(read_text(page))
    for subject, source in parameter_classes.sources().items():
        yield Path(subjects.__file__).with_name(f"{subject}.py"), source
    schema = json.dumps(scenario_schema.schema(), indent=1, ensure_ascii=False) + "\n"
    yield scenario_folder() / "scenario.schema.json", schema


def filled(text: str) -> str:
    """A text with each `<!-- generated: NAME -->` part made anew.

    Raises
    ------
    InputError
        For an unknown name.
    """

    def fill(match: re.Match[str]) -> str:
        try:
            return match[1] + TABLES[match[2]]() + match[3]
        except KeyError:
            known = ", ".join(TABLES)
            raise InputError(f"a page asks for {match[2]!r}, which nothing generates; there are {known}") from None

    return _PART.sub(fill, text)


def _parameters() -> str:
    text = ""
    subjects = dict.fromkeys(parameter.subject for parameter in all_parameters().values())
    for subject in subjects:
        rows = [_row(each) for each in all_parameters().values() if each.subject == subject]
        text += f"\n**{subject.capitalize()}** ({len(rows)})\n\n"
        text += markdown(["parameter", "meaning", "unit", "prior", "bounds", "role", "from"], rows)
    return text


def _row(each: Parameter) -> list[str]:
    bounds = f"{each.bounds[0]:g} to {each.bounds[1]:g}"
    told = [", ".join(each.evidence), each.assumption and f"assumption: {each.assumption}"]
    origin = "; ".join(filter(None, told))
    return [f"`{each.name}`", each.label, each.unit, each.prior.words(), bounds, each.role, origin]


def _levers() -> str:
    rows = [
        [
            f"`{each.name}`",
            each.label,
            each.allowed,
            f"{each.experienced}: {each.seen}",
            str(each.baseline).lower(),
            each.acts,
            ", ".join(each.evidence),
        ]
        for each in all_levers().values()
    ]
    return markdown(["lever", "meaning", "allowed", "seen", "baseline", "moves", "from"], rows)


def _indicators() -> str:
    rows = [
        [f"`{each.name}`", each.label, each.unit, each.kind, each.annual, each.record or "", each.identity]
        for each in all_indicators().values()
    ]
    return markdown(["indicator", "meaning", "unit", "kind", "a year is", "continues", "belongs to"], rows)


def _state() -> str:
    from sinobel.world.places import declarations

    rows = [
        [
            place,
            f"`{name.lstrip('_')}`",
            each.meaning,
            each.unit,
            "stays" if each.kind in ("fixed", "monthly") else "moves",
            f"`{each.indicator}`" if each.indicator else "",
        ]
        for place, name, each in declarations()
    ]
    return markdown(["where", "state", "meaning", "unit", "after the origin", "read as"], rows)


def _objectives() -> str:
    rows = [
        [
            f"`{each.name}`",
            each.label,
            f"{each.indicator}, {each.direction}",
            each.counts,
            f"{each.scale:,g} {each.unit} ({each.scale_from})",
            f"{each.good_enough} ({each.threshold_from})" if each.good_enough else "",
            f"what is worse in {percent(each.veto)} of futures ({each.veto_from})" if each.veto else "",
            "; ".join(filter(None, [", ".join(each.evidence), each.assumption and f"assumption: {each.assumption}"])),
        ]
        for each in all_objectives().values()
    ]
    header = ["objective", "meaning", "indicator", "counts", "a point is", "good enough", "rules out", "from"]
    return markdown(header, rows)


def _positions() -> str:
    shipped = all_objectives()
    rows = [
        [
            f"`{each.name}`",
            each.label,
            ", ".join(f"{short} {least:g} to {most:g}" for short, (least, _, most) in each.weights.items()),
            f"“{each.sentence}”",
            "; ".join([", ".join(each.evidence), f"assumption: {each.assumption}"]),
        ]
        for each in shipped.declared.values()
    ]
    return markdown(["position", "called", "weights, in a hundred", "the paper", "from"], rows)


def _decisions() -> str:
    rows = [
        [
            each.question,
            f"{each.who}: " + ", ".join(f"`{method}`" for method in each.does),
            ", ".join(f"`{seen}`" for seen in each.sees),
            each.wants,
            each.chooses,
            f"{each.grade}: {', '.join(each.evidence)}",
            each.alternative,
        ]
        for each in all_decisions().values()
    ]
    grades = "; ".join(f"{name}: {meaning}" for name, meaning in GRADES.items())
    header = ["decision", "who", "sees", "wants", "chooses", "evidence", "alternative considered"]
    return f"Evidence is graded. {grades}.\n\n" + markdown(header, rows)


def _flows() -> str:
    rows = [
        [kind, each.part, {1: "raises a claim", -1: "lowers a claim", 0: ""}[each.effect]]
        for kind, each in ledger.MONEY.items()
    ]
    return markdown(["flow", "part of the external accounts", "debt"], rows)


def _figures() -> str:
    evidence = all_evidence()
    figures = [evidence.cite(name) for name in evidence.ids if re.fullmatch(r"[FD]\d{3}", name)]
    counts: dict[str, int] = {}
    for figure in figures:
        counts[figure.details["role"]] = counts.get(figure.details["role"], 0) + 1
    counted = ", ".join(f"{count} {role}" for role, count in sorted(counts.items(), key=lambda item: -item[1]))
    rows = [
        [figure.id, figure.title, _value(figure.details), figure.details["role"], figure.details["use"]]
        for figure in figures
    ]
    return f"{len(figures)} figures: {counted}.\n\n" + markdown(["id", "figure", "value", "role", "use"], rows)


def _value(details: Mapping[str, str]) -> str:
    return " ".join(filter(None, [details.get("value") or _span(details), details.get("unit", "")]))


def _span(details: Mapping[str, str]) -> str:
    low, high = details.get("low", ""), details.get("high", "")
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else ""


def _mechanisms() -> str:
    evidence = all_evidence()
    found = [evidence.cite(name) for name in evidence.ids if re.fullmatch(r"M\d{2}", name)]
    rows = [[each.id, each.title, each.details["agents"], each.details["in_the_model"]] for each in found]
    return markdown(["id", "mechanism of the paper", "agents", "in the model"], rows)


def _scenarios() -> str:
    found = [scenarios.load(name) for name in scenarios.shipped_names()]
    return markdown(["scenario", "question"], [[f"`{each.name}`", each.question] for each in found])


TABLES: dict[str, Callable[[], str]] = {
    "parameters": _parameters,
    "levers": _levers,
    "indicators": _indicators,
    "objectives": _objectives,
    "positions": _positions,
    "state": _state,
    "decisions": _decisions,
    "flows": _flows,
    "figures": _figures,
    "mechanisms": _mechanisms,
    "scenarios": _scenarios,
    "literature": literature.table,
    "literature in short": literature.in_short,
    "fitted figures": trust.figures,
    "past forecasts": trust.together,
    "past forecasts in short": trust.in_short,
    "next year": trust.series,
    "backtest": trust.backtest,
    "outside": trust.outside,
    "moved": trust.moved,
    "unmoved": trust.unmoved,
    "unidentified": trust.unidentified,
    "lasting": trust.lasting,
    "sampler": trust.sampler,
    "later knowledge": early.later,
}
