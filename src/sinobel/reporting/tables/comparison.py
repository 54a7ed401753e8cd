"""What a comparison tells: tables of gains and decisions for files and for the terminal, and sentences from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from sinobel.analysis import decision, differences, gains, outcomes
from sinobel.analysis.experience import Experience
from sinobel.analysis.outcomes import NOTICEABLE, Outcomes
from sinobel.analysis.question import Question
from sinobel.analysis.rows import meanings
from sinobel.inputs import inert, pairs
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.objective import Objective
from sinobel.inputs.positions import Position
from sinobel.policies.focus import of_manifest
from sinobel.reporting.tables.seen import experience_of
from sinobel.reporting.tables.tables import number, to_csv
from sinobel.reporting.words import choosing
from sinobel.reporting.words.wording import in_text, unit_of_change
from sinobel.runs.manifest import Manifest
from sinobel.runs.trajectories import Yearly

OWNERS = {
    "belarus": "Belarus",
    "china": "China",
    "russia": "Russia",
    "eu": "EU",
    "imf": "IMF",
    "multilateral": "development banks",
    "bonds": "bond markets",
    "elsewhere": "investors",
    "world": "nobody",
}
"""By the first part of a lever's name, or as an event calls who lends or invests."""
Rows = Sequence[Mapping[str, Any]]


NOBODY = OWNERS["world"]


def set_by(manifest: Manifest) -> dict[str, str]:
    """Who would have to act for each scenario: the owners of the levers it changes, and who lends or invests in it."""
    owners_of = {}
    for entry in manifest["request"]["scenarios"]:
        owners = {change["lever"].partition(".")[0] for change in entry["change"]}
        owners |= {loan["lender"] for loan in entry.get("loan", ())}
        owners |= {investment["investor"] for investment in entry.get("investment", ())}
        owners_of[entry["name"]] = ", ".join(name for short, name in OWNERS.items() if short in owners)
    return owners_of


# --- files -----------------------------------------------------------------------------------------------------------


Made = dict[str, tuple[Callable[[], str], str]]
"""Name of a file -> how to make its CSV text, what it holds."""


def files_of(annual: Yearly, manifest: Manifest, question: Question) -> Made:
    """Tables of a results folder."""
    found = question.counted(annual)
    also = pairs.among(of_manifest(manifest).of)
    files = _differences(annual, question, partial(experience_of, manifest), also)
    if found is not None:
        files |= _gains(found, inert.markdown(question.reference)) | _decisions(found, set_by(manifest))
    return files


def _differences(annual: Yearly, question: Question, seen: Callable[[], Experience], also: Sequence[str]) -> Made:
    """Of every indicator against the reference, and of pairs that were asked for."""
    against, named = question.reference, inert.markdown(question.reference)
    first = int(next(iter(annual.values()))["year"].values[0])
    sums = f"sums discounted at {100 * question.rate:g} % a year to {first}, which counts in full"

    @cache
    def changed() -> list[differences.DifferenceRow]:
        return differences.rows(annual, against, question.objectives, question.rate, seen(), also=also)

    return {
        "differences.csv": (lambda: to_csv(changed()), f"paired differences against {named} by year; {sums}"),
        "effects.csv": (
            lambda: to_csv(differences.effects(changed())),
            f"one row per option and indicator: credible from when, how much; {sums}",
        ),
    }


def _gains(found: Outcomes, named: str) -> Made:
    """What changes for each side against the reference, and how its positions weigh that."""
    return {
        "objectives.csv": (
            lambda: to_csv(gains.parts(found)),
            f"what each side wants under every scenario, and the difference against {named}, in natural units",
        ),
        "who-gains.csv": (
            lambda: to_csv(gains.who_gains(found)),
            f"in which share of futures and weights each position is better off than under {named}",
        ),
        "positions.csv": (lambda: to_csv(gains.positions(found)), "who weighs what in each country, and on what words"),
        "points.csv": (lambda: to_csv(gains.in_points(found)), "annex: how the points of every position add up"),
    }


def _decisions(found: Outcomes, owners: Mapping[str, str]) -> Made:
    """The scenarios as choices."""

    def decisions() -> Rows:
        rows = [row for country in found.countries for row in decision.rows(found, country)]
        return [row | {"set_by": owners.get(str(row["scenario"]), "")} for row in rows]

    def pairs() -> Rows:
        return [row for position in found.all_positions for row in decision.dominance(found, position)]

    def orders() -> Rows:
        return [decision.convergence(found, position) for position in found.all_positions]

    return {
        "decision.csv": (
            lambda: to_csv(decisions()),
            "every scenario as a choice for each position: order, how often it leads, what beats it, regret",
        ),
        "dominance.csv": (lambda: to_csv(pairs()), "every pair of scenarios: how often one is better than the other"),
        "convergence.csv": (lambda: to_csv(orders()), "whether more draws would change the order"),
    }


_ROWS = (
    differences.DifferenceRow,
    differences.EffectRow,
    gains.GainRow,
    gains.ObjectiveRow,
    gains.PositionRow,
    gains.PointsRow,
    decision.DecisionRow,
    decision.DominanceRow,
    decision.ConvergenceRow,
)
COLUMNS = meanings(*_ROWS) | {"set_by": "who would have to act: owners of the levers it changes"}
"""Columns of these files beside those of every folder."""


# --- the terminal ----------------------------------------------------------------------------------------------------

Table = tuple[list[str], list[list[str]]]
NO_LOSER = "none worse"
"""Of the last row of a table of gains, where the others have the short name of a position."""


def percent(share: float) -> str:
    """A share in percent; what is not all or nothing never reads as 0 or 100."""
    text = f"{100 * share:.0f}"
    if text == "0" and share > 0:
        return "<1 %"
    return ">99 %" if text == "100" and share < 1 else f"{text} %"


def natural(value: float, unit: str) -> str:
    """A difference with its sign in the unit people use: shares in points of percent."""
    if unit.startswith("fraction"):
        text = f"{100 * value:+.1f}"
    elif unit.startswith("USD"):
        text = f"{value:+,.0f}"
    else:
        text = f"{value:+.3f}"
    return text[1:] if float(text.replace(",", "")) == 0 else text


def unit_of(objective: Objective) -> str:
    """Unit of `natural`."""
    return "% points" if objective.unit.startswith("fraction") else objective.unit


def wants_table(found: Outcomes, country: str, beside: bool = True) -> Table:
    """What each option changes of what a country wants: mean and 80 % of futures, in natural units.

    Options stand beside each other, or below each other where they are many.
    """
    wanted = [found.objectives[row] for row in found.rows_of(country)]
    cells: dict[tuple[str, str], str] = {}
    for row in gains.parts(found):
        mean, low, high = (natural(row[f"difference_{key}"], row["unit"]) for key in ("mean", "p10", "p90"))
        cells[row["objective"], row["scenario"]] = mean if mean == low == high else f"{mean} [{low} to {high}]"
    if beside:
        header = ["what it wants", "better", "unit", *found.options]
        return header, [
            [each.label, each.direction, unit_of(each), *(cells[each.name, option] for option in found.options)]
            for each in wanted
        ]
    header = ["option", *(f"{each.label}, {unit_of(each)}" for each in wanted)]
    return header, [[option, *(cells[each.name, option] for each in wanted)] for option in found.options]


def gain_table(found: Outcomes, beside: bool = True) -> Table:
    """Positions and options: share of futures and weights in which each position is better off.

    Options stand beside each other, or below each other where they are many.
    """
    cells = {(row["scenario"], row["country"], row["position"]): row for row in gains.who_gains(found)}
    sides = [(each.called, each.country, each.short) for each in found.all_positions]
    sides += [("all of them at once", "all", ""), ("none of them worse off", "all", NO_LOSER)]

    def better(scenario: str, country: str, short: str) -> str:
        if short == NO_LOSER:
            return percent(1 - cells[scenario, country, ""]["share_worse"])
        return percent(cells[scenario, country, short]["share_better"])

    if beside:
        rows = [[name, *(better(option, *side) for option in found.options)] for name, *side in sides]
        return ["better off", *found.options], rows
    names = [name.split("'s ", 1)[-1] for name, *_ in sides]
    return ["option", *names], [[option, *(better(option, *side) for _, *side in sides)] for option in found.options]


def decision_table(found: Outcomes, country: str, rows: Rows, owners: Mapping[str, str]) -> Table:
    """Scenarios as choices for a country: how often each leads with each position, and what beats it in everything.

    Parameters
    ----------
    rows : Rows
        Of `decision.rows`.
    """
    positions = found.positions_of(country)
    cells = {(row["position"], row["scenario"]): row for row in rows}
    header = ["option", "set by", *(each.title for each in positions), "unbeaten in", "beaten by", "meets all"]
    table = []
    for scenario in dict.fromkeys(str(row["scenario"]) for row in rows):
        mine = [cells[each.short, scenario] for each in positions]
        leads = [place_in_words(row) for row in mine]
        met = "–" if mine[0]["meets_all"] is None else percent(mine[0]["meets_all"])
        last = [percent(mine[0]["share_unbeaten"]), str(mine[0]["beaten_by"]) or "–", met]
        table.append([scenario, owners.get(scenario, "") or "–", *leads, *last])
    return header, table


def place_in_words(row: Mapping[str, Any]) -> str:
    """The place of a scenario in an order, and how often it leads; or that it has none."""
    return "ruled out" if row["ruled_out"] else f"{row['rank']}. leads in {percent(row['share_leads'])}"


def few_words(indicator: str) -> str:
    """What people call an indicator, in a few words: its label up to a comma."""
    known = all_indicators().get(indicator)
    return known.label.partition(",")[0] if known else indicator


def title_table(titles: Mapping[str, str]) -> Table:
    """The scenarios whose title says more than the name that the other tables have, each with its title.

    Parameters
    ----------
    titles : Mapping[str, str]
        Scenario -> title.
    """
    told = [
        [name, title] for name, title in titles.items() if title and title.lower() != name.lower().replace("-", " ")
    ]
    return ["option", "what it is"], told


def change_table(rows: Sequence[Mapping[str, Any]], year: int, beside: bool = True) -> Table:
    """Median difference and 80 % of a year: options beside each other, or below each other where they are many.

    Parameters
    ----------
    rows : Sequence[Mapping[str, Any]]
        Of `differences.rows`.
    """
    chosen = [row for row in rows if row["year"] == year]
    options = list(dict.fromkeys(str(row["scenario"]) for row in chosen))
    cells: dict[tuple[str, str], list[str]] = {}
    for row in chosen:
        factor, unit = unit_of_change(str(row["unit"]))
        low, middle, high = (number(factor * row[band]) for band in ("p10", "p50", "p90"))
        cells.setdefault((str(row["indicator"]), unit), []).append(f"{middle} [{low} to {high}]")
    if beside:
        return ["indicator", "unit", *options], [
            [few_words(name), unit, *spans] for (name, unit), spans in cells.items()
        ]
    header = ["option", *(f"{few_words(name)}, {unit}" for name, unit in cells)]
    return header, [list(line) for line in zip(options, *cells.values(), strict=True)]


# --- sentences -------------------------------------------------------------------------------------------------------


def sentences(found: Outcomes, country: str, rows: Rows) -> list[str]:
    """What the tables say for a country, each sentence composed from its numbers.

    Parameters
    ----------
    rows : Rows
        Of `decision.rows` for the country.
    """
    names = {name: name for name in found.scenarios}
    return [
        *(leads_in_words(found, position, rows) for position in found.positions_of(country)),
        choosing.ruled_out(found, country, names),
        choosing.on_the_edge(found, country, names),
        beaten_in_words(country, rows),
        _thresholds(found, rows),
        _losers(found),
        outcomes.missing(found),
    ]


def leads_in_words(found: Outcomes, position: Position, rows: Rows) -> str:
    """Which option comes first with a position, how often it leads, and whether the draws settle that."""
    mine = [row for row in rows if row["position"] == position.short]
    firsts = [str(row["scenario"]) for row in mine if row["rank"] == 1]
    share = percent(sum(row["share_leads"] for row in mine if row["rank"] == 1))
    among = " among what is not ruled out" if any(row["ruled_out"] for row in mine) else ""
    most = max(mine, key=lambda row: row["share_leads"])
    sentence = f"With {position.called} {_alike(firsts)} first{among} and leads in {share} of futures and weights"
    if str(most["scenario"]) not in firsts and most["share_leads"] > max(row["share_leads"] for row in mine[:1]):
        sentence += f"; {most['scenario']} leads more often ({percent(most['share_leads'])}) and loses more elsewhere"
    order = decision.convergence(found, position)
    settled = not order["second"] or (order["gap"] >= 2 * order["gap_error"] and order["gap"] >= NOTICEABLE)
    unsure = "" if settled else convergence_in_words(order)
    return f"{sentence}. {unsure}".strip()


def _alike(names: Sequence[str]) -> str:
    return f"{names[0]} comes" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} alike come"


def convergence_in_words(order: Mapping[str, Any]) -> str:
    """Whether more draws would change the order, in a sentence."""
    first, second = order["first"], order["second"]
    draws = f"{order['draws']:,} draw{'s' if order['draws'] > 1 else ''}"
    if order["tied"]:
        return f"{first} and {second} tie: no number of draws puts one of them first."
    if not np.isfinite(order["gap_error"]):
        return f"{draws} says nothing about an order; ask for some hundreds."
    if order["gap"] < 2 * order["gap_error"]:
        return (
            f"{draws} do not settle whether {first} is ahead of {second}: the order is the other one with a "
            f"probability of {percent(order['flips'])}; about {order['draws_needed']:,} draws would."
        )
    if order["gap"] < NOTICEABLE:
        return f"{draws} settle that {first} is ahead of {second}, but by less than what counts as a difference."
    stays = percent(min(order["order_holds"], 0.9999))
    return f"{draws} settle that {first} is ahead of {second}; the whole order stays with a probability of {stays}."


def beaten_in_words(country: str, rows: Rows) -> str:
    """Which options another one beats in everything a country wants: nobody there has a reason to take them."""
    over = {str(row["scenario"]): str(row["beaten_by"]) for row in rows if row["beaten_by"]}
    called = COUNTRIES[country]
    if not over:
        return (
            f"No option is beaten in everything that {called} wants: each is better than any other in something, or "
            "hardly differs from it."
        )
    pairs = ", ".join(f"{name} by {by}" for name, by in over.items())
    return (
        f"Beaten, since another is as good in everything that {called} wants and better in something, as expected over "
        f"futures: {pairs}."
    )


def _thresholds(found: Outcomes, rows: Rows) -> str:
    """Which scenario is good enough most often, and in what it is so least often."""
    if rows[0]["meets_all"] is None:
        return ""
    most = _firsts(rows, "meets_all", largest=True)[0]
    hardest = next(row["hardest"] for row in rows if row["scenario"] == most)
    label = next((each.label for each in found.objectives if each.name == hardest), "")
    told = f"hardest is {in_text(label)}, {hardest}" if label else f"hardest is {hardest}"
    return f"Good enough in everything most often: {_best(rows, 'meets_all', largest=True)} ({told})."


def _firsts(rows: Sequence[Mapping[str, Any]], key: str, *, largest: bool = False) -> list[str]:
    """The scenarios that stand first in a column: several where they tie, as options that come to the same do."""
    best = (max if largest else min)(row[key] for row in rows)
    return list(dict.fromkeys(str(row["scenario"]) for row in rows if row[key] == best))


def _best(rows: Sequence[Mapping[str, Any]], key: str, *, largest: bool = False) -> str:
    firsts = _firsts(rows, key, largest=largest)
    return firsts[0] if len(firsts) == 1 else f"{', '.join(firsts[:-1])} and {firsts[-1]} alike"


def _idle(found: Outcomes) -> set[str]:
    """Scenarios that come to the same as the reference for every position in every future: nothing to recommend."""
    scores = np.stack([found.score(position) for position in found.all_positions])
    reference = found.scenarios.index(found.reference)
    same = (scores == scores[:, reference : reference + 1]).all(axis=(0, 2))
    return {name for name, idle in zip(found.scenarios, same, strict=True) if idle}


def _losers(found: Outcomes) -> str:
    """Whether an option makes every position better off."""
    every = [row for row in gains.who_gains(found) if row["country"] == "all"]
    together = [row for row in every if row["scenario"] not in _idle(found)] or every
    best = max(together, key=lambda row: row["share_better"])
    if best["share_better"] > 0.5:
        return f"All positions gain at once in {percent(best['share_better'])} of futures under {best['scenario']}."
    least = min(together, key=lambda row: row["share_worse"])
    if least["share_worse"] == 0:
        return (
            f"Under no option do all positions gain at once in most futures; {least['scenario']} leaves none worse off."
        )
    most = max(together, key=lambda row: row["share_worse"])
    lost = f"{percent(least['share_worse'])} of futures"
    if most["share_worse"] > least["share_worse"]:
        lost = f"{percent(least['share_worse'])} ({least['scenario']}) to {percent(most['share_worse'])} of futures"
        lost += f" ({most['scenario']})"
    return (
        "Under no option do all positions of all sides gain at once in most futures: at most in "
        f"{percent(best['share_better'])}. At least one of them loses in {lost}. That tells where sides are opposed, "
        "not which option is best for any of them."
    )
