"""Explanations: what a name means, where its number comes from, and where it acts."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from sinobel.inputs import months, pairs
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.evidence import Citation, all_evidence
from sinobel.inputs.indicators import Indicator, all_indicators, strange
from sinobel.inputs.levers import AS_DRAWN, AS_SIMULATED, Lever, all_levers
from sinobel.inputs.objective import Objective
from sinobel.inputs.objectives import all_objectives
from sinobel.inputs.parameters import Parameter, all_parameters
from sinobel.inputs.posterior import posterior_at
from sinobel.inputs.quantities import label_and_name
from sinobel.inputs.reading import InputError, Problem, Wording, in_python, nearest
from sinobel.policies import packages, scenarios
from sinobel.reporting.words import explain_actors, explain_decisions, explain_formulas
from sinobel.reporting.words.telling import before_a_run, events_of
from sinobel.reporting.words.wording import percent

Line = tuple[str, str]
"""A label and a text; an empty label continues the line before."""

_COUNTED = {
    "last year": "the value at the horizon",
    "mean": "the mean of all years",
    "worst year": "the worst of all years",
    "cumulative": "the discounted sum over the years",
}
_PLACES = ("sinobel.world.rules", "sinobel.world.agents", "sinobel.world.opening", "sinobel.world.environment")
AS_IF = "2018-01"
_TABLES = (all_parameters, all_levers, all_indicators, all_objectives)


def explain(name: str, *, code: bool = True, wording: Wording = in_python) -> tuple[str, list[Line]]:
    """Title and lines of an explanation.

    Parameters
    ----------
    code : bool
        With the functions that use a parameter.
    wording : Wording
        Words of the face that tells it, for verbs and arguments.

    Raises
    ------
    InputError
        For a name nobody knows, with the nearest one.
    """
    decided = explain_decisions.lines(name, _evidence)
    if known := _known(name, code=code, wording=wording):
        return known[0], [*known[1], *decided]
    names = [*all_parameters(), *all_levers(), *all_indicators(), *all_objectives(), *all_evidence().ids]
    names += [*scenarios.shipped_names(), *packages.shipped_names(), *explain_actors.names()]
    short = [full for full in names if full.rpartition(".")[2] == name]
    if len(short) == 1:
        title, lines = explain(short[0], code=code, wording=wording)
        return title, [*lines, *decided]
    if decided:
        return name, decided
    names += explain_decisions.names()
    hint = f"; did you mean {' or '.join(short)}?" if short else nearest(name, names)
    where = "" if hint else "{levers()}, {indicators()} and {scenarios()} list names, model/parameters the rest"
    raise InputError(Problem(f"nothing is called {name!r}{hint}", hint=where))


def _known(name: str, *, code: bool, wording: Wording) -> tuple[str, list[Line]] | None:
    """Title and lines of a name as it is written in full, but for decisions; None for a name nobody knows."""
    if name in all_parameters():
        return name, list(_parameter(all_parameters()[name], code=code, wording=wording))
    if name in all_levers():
        return name, list(_lever(all_levers()[name]))
    if name in all_indicators():
        return name, list(_indicator(all_indicators()[name]))
    if _is_pair(name):
        if why := strange(name)[0]:
            raise InputError(why)
        return pairs.written(name), list(_indicator(all_indicators()[name]))
    if name in all_objectives():
        return name, list(_objective(all_objectives()[name], wording))
    evidence = all_evidence()
    for cited in (name, name.upper(), f"record:{name}"):
        if cited in evidence:
            return cited, list(_citation(evidence.cite(cited)))
    if packages.is_file_of_one(name):
        return name, list(_package(Path(name).stem))
    if name in scenarios.shipped_names() or name.endswith(".toml") or "+" in name:
        return name, list(_scenario(scenarios.load(name)))
    if name in packages.shipped_names():
        return name, list(_package(name))
    actors = dict.fromkeys((explain_decisions.module_of(name), name))  # an institution, and a position of the same name
    found = [line for each in actors for line in explain_actors.lines(each, acting_places, list(all_parameters()))]
    found = found or explain_decisions.loan(name, wording)
    return (name, found) if found else None


def is_known(name: str) -> bool:
    """True for a name of the model or a scenario, which means itself even where a folder is called the same."""
    evidence = all_evidence()
    cited = any(each in evidence for each in (name, name.upper(), f"record:{name}"))
    named = any(name in all_those() for all_those in _TABLES)
    shipped = name in (*scenarios.shipped_names(), *packages.shipped_names())
    return named or cited or shipped or name.endswith(".toml") or _is_pair(name)


def _is_pair(name: str) -> bool:
    """Whether two indicators are named, with what is made of them."""
    pair = pairs.parse(name)
    return pair is not None and all(each in all_indicators() for each in pair.names)


def _parameter(parameter: Parameter, *, code: bool, wording: Wording) -> Iterator[Line]:
    yield "parameter", parameter.label
    yield "unit", parameter.unit
    yield "role", parameter.role
    yield "prior", parameter.prior.words()
    if parameter.early:
        yield "", f"from earlier origins wider, around {parameter.early.words()}"
    yield "bounds", f"{parameter.bounds[0]:g} to {parameter.bounds[1]:g}"
    yield from _posterior(parameter.name, wording)
    if parameter.assumption:
        yield "assumption", parameter.assumption
    yield from _evidence(parameter.evidence)
    for lever in all_levers().values():
        if lever.parameter == parameter.name:
            yield "lever", f"{lever.name} replaces or scales it"
    if code:
        yield from (("acts in" if first else "", place) for first, place in _flagged(acting_places(parameter.name)))


def _posterior(name: str, wording: Wording) -> Iterator[Line]:
    """What calibration did to a parameter, from the draws of `model/posterior`."""
    import numpy as np

    posterior = posterior_at(12 * months.LAST_ORIGIN_YEAR + 11)
    if posterior is None:
        yield "posterior", wording("none here; runs draw from the prior. Make it with {calibrate()}")
        return
    if name not in posterior.values:
        yield "posterior", "as the prior: no target of its module tells anything about it"
        return
    low, middle, high = np.quantile(posterior.values[name], (0.1, 0.5, 0.9))
    about = posterior.notes["diagnostics"][name]
    yield "posterior", f"{low:.3g} to {high:.3g} with 80 %, median {middle:.3g}"
    yield (
        "",
        f"{contraction(about['contraction'])}; mean moved by {about['shift']:+.1f} standard deviations of the prior",
    )
    if moved_by := posterior.notes["moved_by"].get(name):
        yield "moved by", ", ".join(moved_by)


def contraction(share: float) -> str:
    """How much surer a parameter is after calibration than before, in words."""
    return f"variance {100 * abs(share):.0f} % {'smaller' if share >= 0 else 'larger'} than the prior's"


def _lever(lever: Lever) -> Iterator[Line]:
    yield "lever", lever.label
    yield "owner", lever.owner
    yield "unit", lever.unit
    yield "allowed", lever.allowed
    yield "seen", f"{lever.experienced}: {lever.seen}"
    if lever.baseline == AS_DRAWN:
        yield "baseline", f"as drawn: the parameter {lever.parameter}"
    elif lever.baseline == AS_SIMULATED:
        yield "baseline", "as simulated"
    else:
        yield "baseline", str(lever.baseline)
    for dated in lever.history:
        yield "recorded", f"{dated.value:g} from {dated.start}"
    yield "moves", lever.acts
    if lever.at_zero:
        yield "at zero", lever.at_zero
    if lever.sentence:
        yield "the paper", f"“{lever.sentence}”"
    yield from _evidence(lever.evidence)


def _indicator(indicator: Indicator) -> Iterator[Line]:
    yield "indicator", indicator.label
    yield "unit", "; ".join(dict.fromkeys((indicator.monthly_unit, indicator.yearly_unit)))
    yield from explain_formulas.lines(indicator)
    how = {
        "sum": "the sum of its months",
        "last": "its December",
        "mean": "the mean of its months",
        "max": "the largest of its months",
    }.get(indicator.annual)
    if indicator.ratio:
        how = f"{indicator.ratio[0]} over {indicator.ratio[1]}"
    elif pairs.parse(indicator.name):
        how = "made of those of its two"
    yield "a year is", how or ""
    if indicator.sign:
        yield "sign", indicator.sign
    if indicator.identity:
        yield "belongs to", indicator.identity
    if indicator.record:
        latest = list(all_evidence().record.yearly(indicator.record).values())[-5:] if _yearly(indicator.record) else []
        yield "record", indicator.record + "".join(f"; {row.period}: {row.value:,.6g}" for row in latest)
        if latest:
            yield "source", latest[-1].source
    yield from _evidence(indicator.evidence)
    wanted = [each for each in all_objectives().values() if each.indicator == indicator.name]
    yield from (
        ("wanted by" if first else "", f"{COUNTRIES[each.country]}: {each.direction} is better ({each.name})")
        for first, each in zip((True, *(False,) * len(wanted)), wanted, strict=False)
    )


def _objective(objective: Objective, wording: Wording) -> Iterator[Line]:
    yield "objective", f"{objective.label}, of {COUNTRIES[objective.country]}"
    yield (
        "indicator",
        f"{objective.indicator}: {objective.direction} is better; what counts is {_COUNTED[objective.counts]}",
    )
    yield "a point is", f"{objective.scale:,g} {objective.unit}"
    recorded = "the mean change over five years in the record, year ends 2008 to 2016"
    yield "", recorded if objective.scale_from == "record" else objective.scale_from
    first = "weighed by"
    for position in all_objectives().positions(objective.country):
        if objective.short in position.weights:
            least, middle, most = position.weights[objective.short]
            total = sum(each[1] for each in position.weights.values())
            share = f"about {100 * middle / total:.0f} % ({least:g} to {most:g} on {total:g}; an assumption)"
            yield first, f"{position.called}: {share}"
            first = ""
    if objective.good_enough:
        yield "good enough", objective.good_enough
        yield "", objective.threshold_from
    if objective.veto:
        yield (
            "rules out",
            f"what is worse in it in {percent(objective.veto)} of futures or more, whatever else it brings",
        )
        yield "", objective.veto_from
    if objective.sentence:
        yield "the paper", f"“{objective.sentence}”"
    if objective.assumption:
        yield "assumption", objective.assumption
    yield from _evidence(objective.evidence)
    yield "change it", wording("with {weights}, or a file of your own with {objectives}")


def _yearly(series: str) -> bool:
    return bool(all_evidence().record.yearly(series))


def _citation(citation: Citation) -> Iterator[Line]:
    yield citation.kind, citation.title
    if citation.text:
        quoted = citation.kind in ("figure of the paper", "mechanism of the paper")
        yield "the paper" if quoted else "note", f"“{citation.text.strip(chr(34))}”" if quoted else citation.text
    for key, value in citation.details.items():
        if value not in (citation.id, citation.title, citation.text):
            yield key.replace("_", " "), value
    used = [name for name, each in all_parameters().items() if citation.id in each.evidence]
    used += [name for name, each in all_levers().items() if citation.id in each.evidence]
    used += [name for name, each in all_indicators().items() if citation.id in each.evidence]
    used += [name for name, each in all_objectives().items() if citation.id in each.evidence]
    if used:
        yield "used by", ", ".join(used)


def _package(name: str) -> Iterator[Line]:
    """What a package holds, dated as if it began in the first year of scenarios that ship."""
    yield "package", f'of scenario files: [[package]] with name = "{name}" and from, its first month, here {AS_IF}'
    yield from _content(scenarios.Scenario(name).with_package(name, start=AS_IF))


def _scenario(scenario: scenarios.Scenario) -> Iterator[Line]:
    yield "scenario", scenario.title
    yield "question", scenario.question
    if scenario.focus:
        yield "told first", scenario.focus.in_words(label_and_name)
    yield from _content(scenario)
    yield from (("replaced", each) for each in scenario.replaced)


def _content(scenario: scenarios.Scenario) -> Iterator[Line]:
    """Changes and events of a scenario with their reasons."""
    for each in before_a_run(scenario):
        yield ("rule" if each.change.when else "change"), each.sentence(label_and_name)
        if each.why:
            yield "", each.why
    for event in events_of(scenario, months.DEFAULT_HORIZON):
        yield event.event.kind, event.sentence()
        for text in filter(None, (event.outcome, event.why)):
            yield "", text


def _evidence(ids: tuple[str, ...]) -> Iterator[Line]:
    evidence = all_evidence()
    for cited in ids:
        citation = evidence.cite(cited)
        text = citation.text.strip('"') if citation.kind.endswith("of the paper") else citation.text
        quoted = citation.kind in ("figure of the paper", "mechanism of the paper")
        quote = f": “{text}”" if text and quoted else f": {text}" if text else ""
        value = citation.details.get("value", "")
        unit = citation.details.get("unit", "")
        number = f" = {value} {unit}" if value and citation.kind == "figure of the paper" else ""
        source = f" [{citation.details['source']}]" if "source" in citation.details else ""
        yield cited, f"{citation.title}{number}{quote}{source}{_place(citation)}"


def _place(citation: Citation) -> str:
    """Where in the paper a figure stands: section and footnote."""
    section, footnote = citation.details.get("section", ""), citation.details.get("footnote", "")
    if citation.kind != "figure of the paper" or not section:
        return ""
    return f" ({section}, footnote {footnote})" if footnote else f" ({section})"


def _flagged(items: list[str]) -> Iterator[tuple[bool, str]]:
    yield from ((index == 0, item) for index, item in enumerate(items))


# --- where a parameter acts: read from the code itself --------------------------------------------------------------


@cache
def _acting() -> dict[str, list[str]]:
    """Parameter -> places that use it, found in the source: `p.name` where p stands for the drawn subject."""
    found: dict[str, list[str]] = {}
    for module in _modules():
        tree = ast.parse(inspect.getsource(import_module(module)))
        home = module.removeprefix("sinobel.").replace(".", "/") + ".py"
        for owner, function in _functions(tree):
            for name in _used(function):
                places = found.setdefault(name, [])
                place = f"{home}: {owner}{function.name}"
                if place not in places:
                    places.append(place)
    return found


def acting_places(parameter: str) -> list[str]:
    """Functions that use a parameter, as "file: function"."""
    return _acting().get(parameter, [])


def _modules() -> Iterator[str]:
    for name in _PLACES:
        module = import_module(name)
        yield name
        if hasattr(module, "__path__"):
            yield from (f"{name}.{each.name}" for each in iter_modules(module.__path__))


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.", each) for each in node.body if isinstance(each, ast.FunctionDef))


def _used(function: ast.FunctionDef) -> Iterator[str]:
    """Parameters a function reads, by the aliases it gives to subjects."""
    subjects = {name.partition(".")[0] for name in all_parameters()}
    aliases: dict[str, set[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target, value in _pairs(node):
                if isinstance(value, ast.Attribute) and value.attr in subjects:
                    aliases.setdefault(target, set()).add(value.attr)
    for argument in function.args.args:  # opening functions are handed a subject
        aliases.setdefault(argument.arg, set()).update(subjects if argument.arg == "p" else ())
    for node in ast.walk(function):
        if not isinstance(node, ast.Attribute):
            continue
        value = node.value
        owners: set[str] = set()
        if isinstance(value, ast.Attribute) and value.attr in subjects:
            owners = {value.attr}
        elif isinstance(value, ast.Name):
            owners = aliases.get(value.id, set())
        yield from (f"{owner}.{node.attr}" for owner in sorted(owners) if f"{owner}.{node.attr}" in all_parameters())


def _pairs(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for one, value in zip(target.elts, node.value.elts, strict=False):
                if isinstance(one, ast.Name):
                    yield one.id, value
