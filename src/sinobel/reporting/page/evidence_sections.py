"""Sections on what the page rests on: what sides want, past forecasts, assumptions, caveats, manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sinobel.analysis.outcomes import NOTICEABLE
from sinobel.inputs import inert
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objectives import COUNTRIES
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.posterior import table, track_record
from sinobel.inputs.reading import model_folder, read_text
from sinobel.reporting.charts import decision
from sinobel.reporting.charts import track_record as judgment
from sinobel.reporting.documents import trust
from sinobel.reporting.page.page_data import Material, Section, Table
from sinobel.reporting.page.sections import both_widths, two_lines
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.tables.comparison import points
from sinobel.reporting.tables.tables import number
from sinobel.reporting.words import answer, telling
from sinobel.reporting.words.wording import about, minus, percent

UNIDENTIFIED = "Not identified by anything we have"
MOST_MOVED = 12


def gains(material: Material, terms: Terms) -> Section | None:
    """Gain of each side under each option, by its declared objectives."""
    found = material.outcomes
    if found is None:
        return None
    rows: list[list[Markup | str]] = []
    shades = {}
    for country in found.countries:
        scores = found.score(country)
        cells: list[Markup | str] = [COUNTRIES.get(country, country)]
        for option in material.options:
            gained = scores[found.scenarios.index(option)]
            up, down = float((gained > NOTICEABLE).mean()), float((gained < -NOTICEABLE).mean())
            shades[len(rows), len(cells)] = up - down
            told = f"gains in {percent(up)}, loses in {percent(down)}"
            cells.append(two_lines(minus(points(float(gained.mean()))), told))
        rows.append(cells)
    lead = terms.text(
        "A point is everything a side wants better by a typical change of five years of the record. What each side "
        "wants, and how much, is declared in model/objectives.toml: every weight is an assumption."
    )
    wants = [
        [
            COUNTRIES.get(each.country, each.country),
            terms.name(each.indicator, each.label),
            each.direction,
            each.counts,
            f"{each.scale:g}",
            f"{each.weight:g}",
            terms.text(each.assumption or each.sentence),
        ]
        for each in found.objectives
    ]
    header = ["Side", *(material.titles[name] for name in material.options)]
    return Section(
        "gains",
        "Who gains",
        [lead],
        [both_widths("who-gains", lambda: decision.who_gains(found, material.titles, ""))],
        tables=[
            Table(
                f"Mean gain against “{material.titles[material.reference]}” to {found.years[1]}, in points",
                header,
                rows,
                "gains",
                shades=shades,
            ),
            Table(
                "What each side is assumed to want",
                ["Side", "Objective", "Better", "Counts", "A point", "Weight", "Why"],
                wants,
                "objectives",
                folded=True,
                words=4,
            ),
        ],
    )


def track(_: Material, terms: Terms) -> Section | None:
    """How past forecasts of the model fared."""
    told = track_record()
    if not told:
        return None
    known = all_indicators()
    rows = [
        [
            terms.name(row["series"], known[row["series"]].label),
            f"{float(row['miss_a_year_ahead_percent']):.0f} %",
            minus(f"{float(row['skill']):+.2f} ({float(row['skill_low']):+.2f} to {float(row['skill_high']):+.2f})"),
            row["benchmark"],
            " / ".join(f"{100 * float(row[f'inside_{level}']):.0f}" for level in (50, 80, 90)),
        ]
        for row in told.values()
    ]
    header = [
        "Series",
        "Median miss a year ahead",
        "Skill (90 % interval)",
        "Best naive forecast",
        "% inside the 50 / 80 / 90 % ranges",
    ]
    lead = terms.text(answer.trust())
    found = [{name: _number(value) for name, value in row.items()} for row in told.values()]
    picture = both_widths("past-forecasts", lambda: judgment.skill_chart(found))
    picture.rows = found
    return Section(
        "track-record",
        "How wrong it was before",
        [lead],
        [picture],
        [
            Table(
                "Forecasts from each December 2009 to 2015, one to five years ahead; above 0 the model beats the naive "
                "forecast",
                header,
                rows,
                "track-record",
            )
        ],
    )


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def assumptions(material: Material, terms: Terms) -> Section:
    """What scenarios set and why, and the parameters that matter, with sources."""
    changes = telling.told(material.manifest)
    levers = all_levers()
    touched = [
        parameter for found in changes.values() for each in found if (parameter := levers[each.change.lever].parameter)
    ]
    tables = _changes(changes, material, terms)
    moved = [row["parameter"] for row in table("parameters")[:MOST_MOVED]]
    names = list(dict.fromkeys([*touched, *_telling(material), *moved]))
    tables.append(_parameters(names, terms))
    lead = terms.text(
        f"{len(all_parameters())} parameters have a prior with a source or a stated assumption; those below are set by "
        "the scenarios, or matter most in the studies told here, or were moved most by the record. Each name opens its "
        "definition, prior, posterior and the paper's sentence."
    )
    return Section("assumptions", "What it assumes, and where that comes from", [lead], tables=tables)


def _changes(changes: Mapping[str, Sequence[telling.Told]], material: Material, terms: Terms) -> list[Table]:
    """What the scenarios change, with what came of it, and in how many futures of each year their rules held."""
    tables = []
    rows: list[list[Markup | str]] = [
        [material.titles[name], terms.text(each.sentence(about)), each.outcome, terms.text(each.why)]
        for name, found in changes.items()
        for each in found
    ]
    if rows:
        header = ["Scenario", "What it changes", "What came of it", "Why"]
        if not any(row[2] for row in rows):
            header, rows = [*header[:2], header[3]], [[*row[:2], row[3]] for row in rows]
        tables.append(Table("What the scenarios change", header, rows, "levers", words=4))
    by_year: list[list[Markup | str]] = []
    for name, found in changes.items():
        for each in found:
            if each.held:
                known = {year: two_lines(percent(futures), percent(share)) for year, futures, share in each.held.years}
                lever = terms.name(each.change.lever, all_levers()[each.change.lever].label)
                shares = (known.get(year, "–") for year in material.years)
                by_year.append([material.titles[name], lever, each.held.start, *shares])
    if by_year:
        header = ["Scenario", "Rule for", "From", *map(str, material.years)]
        caption = (
            "Where each rule held, by year: share of futures in which it ever held, "
            "and below it the share of the months of all futures"
        )
        tables.append(Table(caption, header, by_year, "rules", folded=True, words=3))
    return tables


def _telling(material: Material) -> list[str]:
    """Parameters that the studies told with the results find important."""
    found = []
    for study in material.studies:
        column = "parameter" if study.kind == "screening" else "factor"
        found += [str(row[column]) for row in study.rows[:12] if str(row.get(column, "")) in all_parameters()]
    return found


def _parameters(names: list[str], terms: Terms) -> Table:
    calibrated = {row["parameter"]: row for row in table("parameters")}
    known = all_parameters()
    rows: list[list[Markup | str]] = []
    for name in names:
        each, found = known[name], calibrated.get(name)
        posterior = f"{number(float(found['p10']))} to {number(float(found['p90']))}" if found else "as the prior"
        sources = Markup(", ").join([terms.name(cited) for cited in each.evidence])
        rows.append(
            [
                terms.name(name, each.label),
                each.unit,
                each.prior.words(),
                posterior,
                sources + Markup("; " if sources and each.assumption else "") + terms.text(each.assumption or ""),
            ]
        )
    header = ["Parameter", "Unit", "Prior", "Posterior, 80 %", "Source or assumption"]
    return Table("Parameters", header, rows, "parameters", folded=False, words=5)


def caveats(material: Material, terms: Terms) -> Section:
    """What is not identified, what the posterior misses, and how the paper's contradictions are read."""
    figures = table("figures")
    missed = [row for row in figures if row["inside_90"] != "yes"]
    points = [terms.text(sentence) for sentence in [unidentified(), trust.unmoved().strip()] if sentence]
    if figures:
        told = "; ".join(about(row["figure"], f"{row['label']} ({row['paper']} {row['unit']})") for row in missed)
        points.append(
            terms.text(
                f"{len(figures) - len(missed)} of {len(figures)} figures of the paper that are targets lie in the "
                f"model's 90 % range; outside are: {told}."
            )
        )
    draws = material.manifest["request"]["draws"]
    points.append(
        terms.text(
            f"A probability here is a share of {draws:,} simulated futures. It says how the model's own uncertainty "
            "falls; what the model leaves out is in no share."
        )
    )
    return Section("caveats", "What it cannot know", points=points)


def unidentified() -> str:
    """The paragraph of model/TRUST.md on mechanisms that no data tell."""
    for paragraph in read_text(model_folder() / "TRUST.md").split("\n\n"):
        if paragraph.startswith(UNIDENTIFIED):
            return " ".join(paragraph.split())
    return ""


def made(material: Material, terms: Terms) -> Section:
    """How to make the same numbers again."""
    manifest = material.manifest
    request, versions = manifest["request"], manifest["versions"]
    rows: list[list[Markup | str]] = [
        ["Scenarios", ", ".join(material.titles.values())],
        ["Futures", f"{request['draws']:,} draws, seed {request['seed']}"],
        ["Parameters", f"from {manifest['parameters_from']}"],
        ["From and to", f"{request['origin']} to {request['horizon']}; {manifest['vintage']}"],
        ["Versions", ", ".join(f"{name} {version}" for name, version in versions.items())],
        ["Hashes", ", ".join(f"{name} {value}" for name, value in _flat(manifest["hashes"]).items() if value)],
        ["Numbers", str(manifest.get("result", ""))],
    ]
    rows += [[f"Study: {study.kind}", inert.command(study.manifest.get("command", ""))] for study in material.studies]
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
    found: dict[str, str] = {}
    for name, value in hashes.items():
        several = value if isinstance(value, Mapping) else {name: value}
        found |= {str(key): str(each) for key, each in several.items()}
    return found
