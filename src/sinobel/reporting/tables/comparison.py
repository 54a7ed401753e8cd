"""What a comparison tells: tables of gains and decisions for files and for the terminal, and sentences from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from sinobel.analysis import decision, differences, outcomes
from sinobel.analysis.experience import Experience
from sinobel.analysis.outcomes import NOTICEABLE, Outcomes
from sinobel.analysis.question import Question
from sinobel.analysis.rows import meanings
from sinobel.inputs import inert
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.tables.seen import experience_of
from sinobel.reporting.tables.tables import number, to_csv
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
    gains = question.counted(annual)
    files = _differences(annual, question, partial(experience_of, manifest))
    if gains is not None:
        files |= _gains(gains, inert.markdown(question.reference)) | _decisions(gains, set_by(manifest))
    return files


def _differences(annual: Yearly, question: Question, seen: Callable[[], Experience]) -> Made:
    """Of every indicator against the reference."""
    against, named = question.reference, inert.markdown(question.reference)
    first = int(next(iter(annual.values()))["year"].values[0])
    sums = f"sums discounted at {100 * question.rate:g} % a year to {first}, which counts in full"

    @cache
    def changed() -> list[differences.DifferenceRow]:
        return differences.rows(annual, against, question.objectives, question.rate, seen())

    return {
        "differences.csv": (lambda: to_csv(changed()), f"paired differences against {named} by year; {sums}"),
        "effects.csv": (
            lambda: to_csv(differences.effects(changed())),
            f"one row per option and indicator: credible from when, how much; {sums}",
        ),
    }


def _gains(gains: Outcomes, named: str) -> Made:
    """What each side gains against the reference, and what that is made of."""
    return {
        "who-gains.csv": (
            lambda: to_csv(outcomes.who_gains(gains)),
            f"gain of each country against {named}, in points",
        ),
        "objectives.csv": (
            lambda: to_csv(outcomes.parts(gains)),
            "every objective under every scenario: value, points, what it adds to the gain",
        ),
    }


def _decisions(gains: Outcomes, owners: Mapping[str, str]) -> Made:
    """The scenarios as choices."""

    def decisions() -> Rows:
        rows = [row for country in gains.countries for row in decision.rows(gains, country)]
        return [row | {"set_by": owners.get(str(row["scenario"]), "")} for row in rows]

    def pairs() -> Rows:
        return [row for country in gains.countries for row in decision.dominance(gains, country)]

    def orders() -> Rows:
        return [decision.convergence(gains, country) for country in gains.countries]

    return {
        "decision.csv": (
            lambda: to_csv(decisions()),
            "every scenario as a choice for each country: score, regret, thresholds",
        ),
        "dominance.csv": (lambda: to_csv(pairs()), "every pair of scenarios: how often one is better than the other"),
        "convergence.csv": (lambda: to_csv(orders()), "whether more draws would change the order of scores"),
    }


_ROWS = (
    differences.DifferenceRow,
    differences.EffectRow,
    outcomes.GainRow,
    outcomes.ObjectiveRow,
    decision.DecisionRow,
    decision.DominanceRow,
    decision.ConvergenceRow,
)
COLUMNS = meanings(*_ROWS) | {"set_by": "who would have to act: owners of the levers it changes"}
"""Columns of these files beside those of every folder."""


# --- the terminal ----------------------------------------------------------------------------------------------------

Table = tuple[list[str], list[list[str]]]


def points(value: float, digits: int = 2) -> str:
    """Points as people read them, with a sign."""
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0 else text


def percent(share: float) -> str:
    """A share in percent; what is not all or nothing never reads as 0 or 100."""
    text = f"{100 * share:.0f}"
    if text == "0" and share > 0:
        return "<1 %"
    return ">99 %" if text == "100" and share < 1 else f"{text} %"


def gain_table(gains: Outcomes) -> Table:
    """Options against countries: median gain, 80 % of futures, share of futures with a gain."""
    rows = outcomes.who_gains(gains)
    cells = {(row["scenario"], row["country"]): row for row in rows}
    header = ["option", *(f"{COUNTRIES[country]} [80 %] gains in" for country in gains.countries), "all gain"]
    table = []
    for scenario in gains.options:
        line = [scenario]
        for country in gains.countries:
            row = cells[scenario, country]
            span = f"{points(row['p50'])} [{points(row['p10'])} to {points(row['p90'])}]"
            line.append(f"{span} {percent(row['share_gains'])}")
        together = cells[scenario, "all"]
        table.append([*line, percent(together["share_gains"])])
    return header, table


def decision_table(rows: Sequence[Mapping[str, Any]], owners: Mapping[str, str]) -> Table:
    """Scenarios as choices for one country, best expected score first.

    Parameters
    ----------
    rows : Sequence[Mapping[str, Any]]
        Of `decision.rows`.
    """
    header = [
        "option",
        "set by",
        "score",
        "best in",
        "regret",
        "to 95 %",
        "largest",
        "meets all",
        "near weights",
        "any weights",
        "beaten by",
    ]
    table = []
    for row in rows:
        met = "–" if row["meets_all"] is None else percent(row["meets_all"])
        table.append(
            [
                str(row["scenario"]),
                owners.get(str(row["scenario"]), "") or "–",
                f"{points(row['score'], 3)} ± {2 * row['score_error']:.3f}",
                percent(row["share_best"]),
                f"{row['regret_mean']:.2f}",
                f"{row['regret_p95']:.2f}",
                f"{row['regret_max']:.2f}",
                met,
                percent(row["best_near_weights"]),
                percent(row["best_all_weights"]),
                str(row["dominated_by"]) or "–",
            ]
        )
    return header, table


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
        span = f"{number(row['p50'])} [{number(row['p10'])} to {number(row['p90'])}]"
        cells.setdefault((str(row["indicator"]), str(row["unit"])), []).append(span)
    if beside:
        return ["indicator", "unit", *options], [[*name, *spans] for name, spans in cells.items()]
    header = ["option", *(f"{name}, {unit}" for name, unit in cells)]
    return header, [list(line) for line in zip(options, *cells.values(), strict=True)]


# --- sentences -------------------------------------------------------------------------------------------------------


def sentences(gains: Outcomes, country: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the tables say for a country, each sentence composed from its numbers.

    Parameters
    ----------
    rows : Sequence[Mapping[str, Any]]
        Of `decision.rows` for the country.
    """
    return [
        convergence_in_words(decision.convergence(gains, country)),
        _choices(rows),
        _weights(rows),
        _losers(gains),
        outcomes.missing(gains),
    ]


def convergence_in_words(order: Mapping[str, Any]) -> str:
    """Whether more draws would change the order, in a sentence or two."""
    name, first, second = COUNTRIES[order["country"]], order["first"], order["second"]
    draws = f"{order['draws']:,} draw{'s' if order['draws'] > 1 else ''}"
    if order["tied"]:
        return f"For {name}, {first} and {second} tie: no number of draws puts one of them first."
    if not np.isfinite(order["gap_error"]):
        return f"{draws} says nothing about an order; ask for some hundreds."
    gap = f"by {order['gap']:.3f} ± {2 * order['gap_error']:.3f} points"
    if order["gap"] < 2 * order["gap_error"]:
        return (
            f"{draws} do not settle which is best for {name}: {first} is ahead of {second} {gap}, and the order is the "
            f"other one with a probability of {percent(order['flips'])}; about {order['draws_needed']:,} draws would."
        )
    sentence = f"{draws} settle which is best for {name}: {first} is ahead of {second} {gap}"
    if order["gap"] < NOTICEABLE:
        sentence = (
            f"{draws} settle the order but not that it matters: for {name} {first} is ahead of {second} {gap}, "
            f"less than what counts as a difference ({NOTICEABLE})"
        )
    return f"{sentence}. The whole order stays with a probability of {percent(min(order['order_holds'], 0.9999))}."


def _choices(rows: Sequence[Mapping[str, Any]]) -> str:
    """Which scenario each rule of choice takes."""
    parts = [f"Highest expected score: {_best(rows, 'score', largest=True)}"]
    parts.append(f"smallest regret in 95 % of futures: {_best(rows, 'regret_p95')}")
    parts.append(f"in the worst future (minimax): {_best(rows, 'regret_max')}")
    if rows[0]["meets_all"] is not None:
        most = _firsts(rows, "meets_all", largest=True)[0]
        hardest = next(row["hardest"] for row in rows if row["scenario"] == most)
        parts.append(f"all thresholds most often: {_best(rows, 'meets_all', largest=True)} (hardest: {hardest})")
    return "; ".join(parts) + "."


def _firsts(rows: Sequence[Mapping[str, Any]], key: str, *, largest: bool = False) -> list[str]:
    """The scenarios that stand first in a column: several where they tie, as options that come to the same do."""
    best = (max if largest else min)(row[key] for row in rows)
    return [str(row["scenario"]) for row in rows if row[key] == best]


def _best(rows: Sequence[Mapping[str, Any]], key: str, *, largest: bool = False) -> str:
    firsts = _firsts(rows, key, largest=largest)
    return firsts[0] if len(firsts) == 1 else f"{', '.join(firsts[:-1])} and {firsts[-1]} alike"


def _weights(rows: Sequence[Mapping[str, Any]]) -> str:
    """How the first place fares under other weights."""
    first = rows[0]
    others = _firsts(rows, "best_all_weights", largest=True)
    other = first["scenario"] if first["scenario"] in others else others[0]
    sentence = (
        f"{first['scenario']} stays first in {percent(first['best_near_weights'])} of weightings with each weight "
        f"halved to doubled, and in {percent(first['best_all_weights'])} of all"
    )
    if other != first["scenario"]:
        share = next(row["best_all_weights"] for row in rows if row["scenario"] == other)
        sentence += f", where {other} leads most often ({percent(share)}): the order rests on the weights"
    return sentence + "."


def _idle(gains: Outcomes) -> set[str]:
    """Scenarios that come to the same as the reference for every country in every future: nothing to recommend."""
    scores = np.stack([gains.score(country) for country in gains.countries])
    reference = gains.scenarios.index(gains.reference)
    same = (scores == scores[:, reference : reference + 1]).all(axis=(0, 2))
    return {name for name, idle in zip(gains.scenarios, same, strict=True) if idle}


def _losers(gains: Outcomes) -> str:
    """Whether an option makes every country better off."""
    every = [row for row in outcomes.who_gains(gains) if row["country"] == "all"]
    together = [row for row in every if row["scenario"] not in _idle(gains)] or every
    best = max(together, key=lambda row: row["share_gains"])
    if best["share_gains"] > 0.5:
        return f"Every country gains in {percent(best['share_gains'])} of futures under {best['scenario']}."
    least = min(together, key=lambda row: row["share_loses"])
    if least["share_loses"] == 0:
        return f"No option makes every country better off in most futures; {least['scenario']} leaves none worse off."
    return (
        f"No option makes every country better off: even under {least['scenario']} one of them loses in "
        f"{percent(least['share_loses'])} of futures."
    )
