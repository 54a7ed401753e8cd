"""Sections on what the page rests on: what sides want, past forecasts, assumptions, caveats, manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from sinobel.analysis import decision
from sinobel.analysis import gains as gains_of
from sinobel.analysis.outcomes import Outcomes
from sinobel.inputs import inert
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.basis import ChangeBasis, ParameterBasis
from sinobel.reporting.page.page_data import Fold, PageData, Section, Table
from sinobel.reporting.page.sections import pictures, two_lines
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.tables.comparison import natural, unit_of
from sinobel.reporting.words import choosing
from sinobel.reporting.words.wording import about, in_text, minus, percent, several
from sinobel.runs.manifest import record_in

MOST_MOVED = 12


def gains(data: PageData, terms: Terms) -> Section | None:
    """What changes of what each side wants, in natural units; who comes first with whom; points as an annex."""
    found = data.outcomes
    if found is None:
        return None
    lead = terms.text(
        "Each position weighs what its country wants by weights assumed within ranges; shares are of futures and "
        "weights."
    )
    table, same = _changed(found, data)
    unmoved = f"The same in most futures under every option: {'; '.join(same)}." if same else ""
    assumed = [_wants(found, terms), _positions(found, terms), _points(found, data)]
    folds = [
        Fold("What each option changes of what each side wants", [terms.text(unmoved)], tables=[table]),
        Fold("Who is better off, and how each position orders the options", tables=_standings(found, data)),
        Fold("What each side is assumed to want, and why", tables=assumed),
    ]
    notes = []
    earlier = data.question.sooner(data.annual)
    for country in found.countries:
        notes.append(choosing.on_the_edge(found, country, data.titles))
        notes.append(choosing.sooner(found, earlier, country, data.titles) if earlier else "")
    after = [terms.text(note) for note in notes if note]
    return Section("gains", "Who gains", [lead], pictures(data, "gains"), after=after, folds=folds)


def _standings(found: Outcomes, data: PageData) -> list[Table]:
    return [_better(found, data), *_orders(found, data)]


MOSTLY = 0.5
"""Share of futures in which a criterion changes noticeably, under one option at least, to have a row."""


def _changed(found: Outcomes, data: PageData) -> tuple[Table, list[str]]:
    """Mean change of criteria under each option, and 80 % of futures; and those that no option moves in most."""
    cells = {(row["objective"], row["scenario"]): row for row in gains_of.parts(found)}
    rows: list[list[Markup | str]] = []
    shades, same = {}, []
    for country in found.countries:
        for each in (found.objectives[place] for place in found.rows_of(country)):
            if all(cells[each.name, option]["share_same"] > MOSTLY for option in data.options):
                same.append(f"{COUNTRIES.get(country, country)}: {in_text(each.label)}")
                continue
            line: list[Markup | str] = [COUNTRIES.get(country, country), f"{each.label}, {unit_of(each)}"]
            for option in data.options:
                row = cells[each.name, option]
                shades[len(rows), len(line)] = row["share_better"] - row["share_worse"]
                mean, low, high = (
                    minus(natural(row[f"difference_{key}"], each.unit)) for key in ("mean", "p10", "p90")
                )
                line.append(two_lines(mean, f"{low} to {high}"))
            rows.append(line)
    caption = (
        f"What changes against “{data.titles[data.reference]}” to {found.years[1]}: mean, and 80 % of futures below it"
    )
    header = ["Side", "What it wants", *(data.titles[name] for name in data.options)]
    return Table(caption, header, rows, "gains", shades=shades, words=2), same


def _better(found: Outcomes, data: PageData) -> Table:
    """In which share of futures and weights each position is better off."""
    rows: list[list[Markup | str]] = []
    shades = {}
    for position in found.all_positions:
        standing = found.standing(position)
        line: list[Markup | str] = [COUNTRIES[position.country], position.title]
        for option in data.options:
            place = found.scenarios.index(option)
            up, down = float(standing.better[place]), float(standing.worse[place])
            shades[len(rows), len(line)] = up - down
            line.append(f"better in {percent(up)}, worse in {percent(down)}")
        rows.append(line)
    caption = f"Who is better off than under “{data.titles[data.reference]}”, share of futures and weights"
    return Table(
        caption,
        ["Side", "Position", *(data.titles[name] for name in data.options)],
        rows,
        "who",
        shades=shades,
        words=2,
    )


def _orders(found: Outcomes, data: PageData) -> list[Table]:
    """Options in the order of each position, with the share in which each leads, and what is beaten in everything."""
    tables = []
    for country in found.countries:
        positions, table = found.positions_of(country), decision.rows(found, country)
        cells = {(row["position"], row["scenario"]): row for row in table}
        rows: list[list[Markup | str]] = []
        for name in dict.fromkeys(str(row["scenario"]) for row in table):
            mine = [cells[each.short, name] for each in positions]
            order: list[Markup | str] = [
                "ruled out"
                if row["ruled_out"]
                else two_lines(f"{row['rank']}.", f"leads in {percent(row['share_leads'])}")
                for row in mine
            ]
            by = data.titles.get(mine[0]["beaten_by"], "")
            rows.append([data.titles[name], *order, percent(mine[0]["share_unbeaten"]), by or "–"])
        header = ["Option", *(each.title for each in positions), "Unbeaten in", "Beaten by"]
        caption = (
            f"Order in {COUNTRIES[country]}: place and share of futures and weights in which an option leads; "
            "unbeaten: share of futures in which no other is as good in everything"
        )
        tables.append(Table(caption, header, rows, f"order-{country}"))
    return tables


def _wants(found: Outcomes, terms: Terms) -> Table:
    """The criteria of each side, and why."""
    rows = [
        [
            COUNTRIES.get(each.country, each.country),
            terms.name(each.indicator, each.label),
            each.direction,
            each.counts,
            terms.text(each.assumption or each.sentence),
        ]
        for each in found.objectives
    ]
    header = ["Side", "Criterion", "Better", "Counts", "Why"]
    return Table("What each side is assumed to want", header, rows, "objectives", words=4)


def _positions(found: Outcomes, terms: Terms) -> Table:
    """Who weighs what, in which range, and on what words."""
    rows: list[list[Markup | str]] = []
    for each in found.all_positions:
        mine = {found.objectives[place].short: found.objectives[place].label for place in found.rows_of(each.country)}
        weights = "; ".join(
            f"{mine[short]} {least:g} to {most:g}" for short, (least, _, most) in each.weights.items() if short in mine
        )
        rows.append(
            [
                COUNTRIES[each.country],
                each.title,
                weights,
                f"“{each.sentence}”" if each.sentence else "–",
                terms.text(each.assumption),
            ]
        )
    header = ["Side", "Position", "Weights", "The paper", "Assumption"]
    return Table("Positions in each country, and how they weigh", header, rows, "positions", words=3)


def _points(found: Outcomes, data: PageData) -> Table:
    """Annex: what positions add up, in points."""
    rows: list[list[Markup | str]] = []
    for position in found.all_positions:
        score = found.score(position).mean(axis=-1)
        told: list[Markup | str] = [minus(f"{score[found.scenarios.index(option)]:+.2f}") for option in data.options]
        rows.append([COUNTRIES[position.country], position.title, *told])
    caption = (
        "What each position adds up, in points (1: everything it wants better by the scale that "
        "model/objectives.toml declares), mean over futures and weights"
    )
    header = ["Side", "Position", *(data.titles[name] for name in data.options)]
    return Table(caption, header, rows, "points")


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
    return Section("assumptions", "What it assumes, and where that comes from", [lead], tables=tables, annex=True)


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
    return Section("caveats", "What it cannot know", points=points, annex=True)


def made(data: PageData, terms: Terms) -> Section:
    """How to make the same numbers again."""
    manifest = data.manifest
    request, versions = manifest["request"], manifest["versions"]
    rows: list[list[Markup | str]] = [
        ["Scenarios", ", ".join(data.titles.values())],
        ["Futures", f"{several(request['draws'], 'draw')}, seed {request['seed']}"],
        *(
            [["Story lines", "; ".join(f"{each.name}: draw {each.draw}" for each in data.stories)]]
            if data.stories
            else []
        ),
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
    tables = [Table("Manifest", ["", ""], rows, "made", words=2), folded]
    return Section("manifest", "How it was made", [lead], tables=tables, annex=True)


def _flat(hashes: Mapping[str, Any]) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in hashes.items():
        several = value if isinstance(value, Mapping) else {name: value}
        flat |= {str(key): str(each) for key, each in several.items()}
    return flat
