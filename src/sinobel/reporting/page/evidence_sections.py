"""Sections on what the page rests on: what sides want, past forecasts, assumptions, caveats, manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sinobel.analysis.outcomes import NOTICEABLE, Outcomes
from sinobel.inputs import inert
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.basis import ChangeBasis, ParameterBasis
from sinobel.reporting.page.page_data import PageData, Section, Table
from sinobel.reporting.page.sections import pictures, two_lines
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.tables.comparison import points
from sinobel.reporting.words.wording import about, minus, percent, several
from sinobel.runs.manifest import record_in

MOST_MOVED = 12


def gains(data: PageData, terms: Terms) -> Section | None:
    """Gain of each side under each option, by its declared objectives."""
    outcomes = data.outcomes
    if outcomes is None:
        return None
    lead = terms.text(
        "A point is everything a side wants better by a typical change of five years of the record. What each side "
        "wants, and how much, is declared in model/objectives.toml: every weight is an assumption."
    )
    tables = [_gains(outcomes, data), _wants(outcomes, terms)]
    return Section("gains", "Who gains", [lead], pictures(data, "gains"), tables=tables)


def _gains(outcomes: Outcomes, data: PageData) -> Table:
    """Mean gain of each side under each option, and in how many futures it gains."""
    rows: list[list[Markup | str]] = []
    shades = {}
    for country in outcomes.countries:
        scores = outcomes.score(country)
        cells: list[Markup | str] = [COUNTRIES.get(country, country)]
        for option in data.options:
            gained = scores[outcomes.scenarios.index(option)]
            up, down = float((gained > NOTICEABLE).mean()), float((gained < -NOTICEABLE).mean())
            shades[len(rows), len(cells)] = up - down
            words = f"gains in {percent(up)}, loses in {percent(down)}"
            cells.append(two_lines(minus(points(float(gained.mean()))), words))
        rows.append(cells)
    caption = f"Mean gain against “{data.titles[data.reference]}” to {outcomes.years[1]}, in points"
    header = ["Side", *(data.titles[name] for name in data.options)]
    return Table(caption, header, rows, "gains", shades=shades)


def _wants(outcomes: Outcomes, terms: Terms) -> Table:
    """The objectives of each side, with their weights and why."""
    rows = [
        [
            COUNTRIES.get(each.country, each.country),
            terms.name(each.indicator, each.label),
            each.direction,
            each.counts,
            f"{each.scale:g}",
            f"{each.weight:g}",
            terms.text(each.assumption or each.sentence),
        ]
        for each in outcomes.objectives
    ]
    header = ["Side", "Objective", "Better", "Counts", "A point", "Weight", "Why"]
    return Table("What each side is assumed to want", header, rows, "objectives", folded=True, words=4)


def assumptions(data: PageData, terms: Terms) -> Section:
    """What scenarios set and why, and the parameters that matter, with sources."""
    basis = data.basis
    touched = [each.parameter for found in basis.changes.values() for each in found if each.parameter]
    tables = _changes(basis.changes, data, terms)
    names = list(dict.fromkeys([*touched, *_telling(data), *basis.moved[:MOST_MOVED]]))
    tables.append(_parameters(names, basis.parameters, terms))
    lead = terms.text(
        f"{len(basis.parameters)} parameters have a prior with a source or a stated assumption; those below are set by "
        "the scenarios, or matter most in the studies told here, or were moved most by the record. Each name opens its "
        "definition, prior, posterior and the paper's sentence."
    )
    return Section("assumptions", "What it assumes, and where that comes from", [lead], tables=tables)


def _changes(changes: Mapping[str, Sequence[ChangeBasis]], data: PageData, terms: Terms) -> list[Table]:
    """What the scenarios change, with what came of it, and in how many futures of each year their rules held."""
    tables = []
    rows: list[list[Markup | str]] = [
        [data.titles[name], terms.text(each.sentence), each.outcome, terms.text(each.why)]
        for name, changed in changes.items()
        for each in changed
    ]
    if rows:
        header = ["Scenario", "What it changes", "What came of it", "Why"]
        if not any(row[2] for row in rows):
            header, rows = [*header[:2], header[3]], [[*row[:2], row[3]] for row in rows]
        tables.append(Table("What the scenarios change", header, rows, "levers", words=4))
    by_year: list[list[Markup | str]] = []
    for name, changed in changes.items():
        for each in changed:
            if each.start:
                cells = {year: two_lines(percent(futures), percent(share)) for year, futures, share in each.years}
                lever = terms.name(each.lever, each.label)
                shares = (cells.get(year, "–") for year in data.years)
                by_year.append([data.titles[name], lever, each.start, *shares])
    if by_year:
        header = ["Scenario", "Rule for", "From", *map(str, data.years)]
        caption = (
            "Where each rule held, by year: share of futures in which it ever held, "
            "and below it the share of the months of all futures"
        )
        tables.append(Table(caption, header, by_year, "rules", folded=True, words=3))
    return tables


def _telling(data: PageData) -> list[str]:
    """Parameters that the studies told with the results find important."""
    names = []
    for study in data.studies:
        column = "parameter" if study.kind == "screening" else "factor"
        names += [str(row[column]) for row in study.rows[:12] if str(row.get(column, "")) in data.basis.parameters]
    return names


def _parameters(names: Sequence[str], parameters: Mapping[str, ParameterBasis], terms: Terms) -> Table:
    rows: list[list[Markup | str]] = []
    for name in names:
        each = parameters[name]
        sources = Markup(", ").join([terms.name(cited) for cited in each.evidence])
        rows.append(
            [
                terms.name(name, each.label),
                each.unit,
                each.prior,
                each.posterior or "as the prior",
                sources + Markup("; " if sources and each.assumption else "") + terms.text(each.assumption),
            ]
        )
    header = ["Parameter", "Unit", "Prior", "Posterior, 80 %", "Source or assumption"]
    return Table("Parameters", header, rows, "parameters", folded=False, words=5)


def caveats(data: PageData, terms: Terms) -> Section:
    """What is not identified, what the posterior misses, and how the paper's contradictions are read."""
    figures, words = data.basis.figures, data.basis.sentences
    missed = [row for row in figures if row["inside_90"] != "yes"]
    points = [terms.text(words[name]) for name in ("unidentified", "unmoved") if words.get(name)]
    if figures:
        outside = "; ".join(about(row["figure"], f"{row['label']} ({row['paper']} {row['unit']})") for row in missed)
        points.append(
            terms.text(
                f"{len(figures) - len(missed)} of {len(figures)} figures of the paper that are targets lie in the "
                f"model's 90 % range; outside are: {outside}."
            )
        )
    futures = several(data.manifest["request"]["draws"], "simulated future")
    points.append(
        terms.text(
            f"A probability here is a share of {futures}. It says how the model's own uncertainty "
            "falls; what the model leaves out is in no share."
        )
    )
    return Section("caveats", "What it cannot know", points=points)


def made(data: PageData, terms: Terms) -> Section:
    """How to make the same numbers again."""
    manifest = data.manifest
    request, versions = manifest["request"], manifest["versions"]
    rows: list[list[Markup | str]] = [
        ["Scenarios", ", ".join(data.titles.values())],
        ["Futures", f"{several(request['draws'], 'draw')}, seed {request['seed']}"],
        ["Parameters", f"from {manifest['parameters_from']}"],
        ["From and to", f"{request['origin']} to {request['horizon']}; {record_in(manifest)}"],
        ["Versions", ", ".join(f"{name} {version}" for name, version in versions.items())],
        ["Hashes", ", ".join(f"{name} {value}" for name, value in _flat(manifest["hashes"]).items() if value)],
        ["Numbers", str(manifest.get("result", ""))],
    ]
    rows += [[f"Study: {study.kind}", inert.command(study.manifest.get("command", ""))] for study in data.studies]
    folded = Table(
        "manifest.json, whole",
        ["manifest"],
        [[json.dumps(manifest, ensure_ascii=False, indent=1)]],
        "manifest",
        folded=True,
    )
    lead = terms.text("“sinobel rerun manifest.json” in the results folder makes the same numbers again, bit for bit.")
    return Section(
        "manifest", "How it was made", [lead], tables=[Table("Manifest", ["", ""], rows, "made", words=2), folded]
    )


def _flat(hashes: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in hashes.items():
        several = value if isinstance(value, Mapping) else {name: value}
        flat |= {str(key): str(each) for key, each in several.items()}
    return flat
