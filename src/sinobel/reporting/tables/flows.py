"""Tables of what a change is made of and of where the money went, for results folders and the terminal."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from sinobel.analysis import attribution, money
from sinobel.analysis.channels import WAYS
from sinobel.analysis.round_years import milestones
from sinobel.analysis.rows import meanings
from sinobel.inputs.loans_and_contracts import is_row_of_event, year_of_new
from sinobel.inputs.reading import InputError, Problem, in_quotes, nearest, quoted
from sinobel.policies.events import CHINA, LENDERS_IN_WORDS, Event, Investment, rows_of_projects
from sinobel.policies.scenarios import Scenario
from sinobel.reporting.tables.loan_words import title
from sinobel.reporting.tables.tables import number, to_csv
from sinobel.reporting.words.wording import several, unit_of_change
from sinobel.runs.trajectories import UNTIED, Loans, Yearly

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart
    from sinobel.reporting.result_data import ResultData

Charts = dict[str, Callable[[], "Chart"]]
COLUMNS = meanings(attribution.AttributionRow, money.MoneyRow)
"""Columns of these tables."""


def years_told(annual: Yearly) -> list[int]:
    """The years for which a results folder splits changes: round ones, and the last."""
    simulated = [int(year) for year in next(iter(annual.values()))["year"].values]
    return sorted({*milestones(simulated), simulated[-1]})


def splits(annual: Yearly, reference: str | None) -> list[attribution.Split]:
    """Every split of a results folder: each option against the reference, or without one each scenario in time."""
    ways = attribution.possible(annual)
    needed = {name for key in ways for name in WAYS[key].needs}
    held = {name: annual[name] for name in sorted(needed)}
    if not held:
        return []
    first = next(iter(held.values()))
    names, start = [str(name) for name in first["scenario"].values], int(first["year"].values[0])
    splits = []
    for of, by in ways:
        for scenario in names:
            for year in years_told(held):
                if reference is not None and scenario != reference:
                    splits.append(attribution.attribution(held, of, by, scenario, year, against=reference))
                elif reference is None and year > start:
                    splits.append(attribution.attribution(held, of, by, scenario, year, since=start))
    return splits


def splits_of(annual: Yearly, scenario: str, year: int, **ask: Any) -> list[attribution.Split]:
    """Every split of one change; `ask` as in `analysis.attribution.attribution`."""
    return [attribution.attribution(annual, *key, scenario, year, **ask) for key in attribution.possible(annual)]


def attribution_table(splits: Sequence[attribution.Split]) -> str:
    """Splits as CSV, one row a channel and a total."""
    return to_csv([row for split in splits for row in attribution.rows(split)])


NamedRows = Mapping[str, str]
"""Row of the loan book -> name of the event that stands in it."""


def money_table(loans: Mapping[str, Loans], named: Mapping[str, NamedRows]) -> str:
    """Where the money of every loan and group of loans went, by scenario, as CSV; with the events of each scenario."""
    return to_csv(
        [
            {"scenario": row.scenario, "loan": row.loan, "title": title(story.loan, named[scenario]), **row}
            for scenario, lives in loans.items()
            for story in money.every_story(lives, scenario)
            for row in money.rows(story)
        ]
    )


def named_rows(scenarios: Iterable[Scenario]) -> dict[str, NamedRows]:
    """Scenario -> the names of the events that stand in its loan book."""
    return {each.name: rows_of_projects(each.events) for each in scenarios}


def loan_named(text: str, loans: Sequence[str], named: Mapping[str, str] = {}, events: Sequence[Event] = ()) -> str:
    """The group or loan a user means by an id, a title or a part of one.

    Parameters
    ----------
    loans : Sequence[str]
        Names of the loans of a run.
    named : NamedRows
        Those of them that are events of the scenario.
    events : Sequence[Event]
        Of the scenario, also those that leave nothing to follow.

    Raises
    ------
    InputError
        For a name that fits none, with the nearest, or more than one, and for what cannot be followed.
    """
    if not isinstance(text, str):
        raise InputError(
            Problem(f" must be the name of a loan or of a group of them, not {quoted(text)}", argument="loan")
        )
    titles = {name: title(name, named) for name in (*money.GROUPS, *money.KINDS, *money.years_of(loans), *loans)}
    titles = {name: called for name, called in titles.items() if name in named or not is_row_of_event(name)}
    for event in events:
        if text.casefold() == event.name.casefold() and event.name not in named.values():
            raise InputError(Problem(f" {in_quotes(event.name)} {_why_not_followed(event)}", argument="loan"))
    if is_row_of_event(text.upper()) and text.upper() not in named:
        filled = f"its events fill {', '.join(named)}" if named else "no event of it is a Chinese loan for a project"
        raise InputError(Problem(f" {text.upper()} is no loan of this scenario: {filled}", argument="loan"))
    for name, called in titles.items():
        if text.casefold() in (name.casefold(), called.casefold()):
            return name
    fitting = [name for name, called in titles.items() if text.strip() and text.casefold() in called.casefold()]
    fitting = [name for name in fitting if not year_of_new(name)] or fitting
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        told = ", ".join(f"{name} ({titles[name]})" for name in fitting)
        raise InputError(Problem(f" {text!r} fits several loans: {told}", argument="loan"))
    words = {word.strip("(),") for called in titles.values() for word in called.split()}
    hint = nearest(text, [*titles, *titles.values(), *(word for word in words if len(word) > 3)])
    ways = "({loans()} lists them; book, before and new are groups, so are sectors, instruments and the year of N2018)"
    raise InputError(Problem(f"there is no loan {text!r}{hint}", hint=ways))


def _why_not_followed(event: Event) -> str:
    """Why the money of an event has no story of its own."""
    if isinstance(event, Investment):
        return "is an investment, not a loan; there is nothing to be paid back to follow"
    if event.lender == CHINA:
        return (
            "is untied: paid out at once to buy anything, so there is nothing to follow of it alone; "
            f'"{UNTIED}" is all untied Chinese credit together'
        )
    return f"is a loan from {LENDERS_IN_WORDS[event.lender]}; only Chinese loans for projects can be followed"


def waterfalls(splits: Sequence[attribution.Split], data: ResultData) -> Charts:
    """A waterfall for each split of one change."""
    from sinobel.reporting.charts.waterfalls import waterfall

    return {
        _slug("attribution", split.of, split.by): partial(waterfall, attribution.rows(split), data.footer, data.titles)
        for split in splits
    }


def sankeys(data: ResultData, scenario: str, which: Sequence[str], named: Mapping[str, str] = {}) -> Charts:
    """Where the money of some loans or groups went in a scenario; those of which nothing was signed have no chart."""
    from sinobel.reporting.charts import flows

    assert data.loans is not None
    lives = data.loans[scenario]

    def make(name: str) -> Chart:
        rows = money.rows(money.money(lives, scenario, name))
        return flows.sankey(rows, title(name, named), data.footer_of(scenario), data.horizon, data.origin)

    signed = [name for name in which if any((lives[each][0] > 0).any() for each in money.members(lives, name))]
    return {_slug("money", name): partial(make, name) for name in signed}


def _slug(*words: str) -> str:
    return "-".join(word for word in words if word).replace("_", "-").replace(" ", "-")


def channel_rows(split: attribution.Split) -> list[list[str]]:
    """For the terminal: channel, mean, median with 80 %, share of futures in which it raises the indicator.

    Numbers are in the unit that `unit_of_change` tells. Channels that move nothing in any future are left out.
    """
    factor, _ = unit_of_change(split.unit)
    left_out = attribution.still(split)
    return [
        [
            row.channel,
            _number(factor * row.mean),
            f"{_number(factor * row.p50)} [{_number(factor * row.p10)} to {_number(factor * row.p90)}]",
            f"{100 * row.share_higher:.0f} %",
        ]
        for row in attribution.rows(split)
        if row.channel not in left_out
    ]


def still_in_words(split: attribution.Split) -> str:
    """How many channels of a split move nothing, for below its table; empty where every one moves something."""
    count = len(attribution.still(split))
    return f"{several(count, 'cause')} {'moves' if count == 1 else 'move'} nothing in any future." if count else ""


CHANNEL_NUMBERS = ("channel", "year", "unit", "mean", "p10", "p50", "p90", "share_higher")
"""Of the table that programs read."""


def channel_numbers(split: attribution.Split) -> list[list[Any]]:
    """For programs: channel, year, unit, mean, 10, 50 and 90 % of futures, share of those in which it raises the whole.

    Numbers are in the unit that `unit_of_change` tells.
    """
    factor, unit = unit_of_change(split.unit)
    return [
        [
            row.channel,
            row.year,
            unit,
            *(_for_programs(factor * value) for value in (row.mean, row.p10, row.p50, row.p90)),
            _for_programs(row.share_higher),
        ]
        for row in attribution.rows(split)
    ]


STORY_NUMBERS = ("stage", "item", "unit", "mean", "p10", "p90", "to_origin", "usd_mn")
"""Of the table that programs read."""


def story_numbers(rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """For programs: where money of one loan or group went, as `analysis.money` has it; None for no number."""
    return [
        [str(row[name]) if name in STORY_NUMBERS[:3] else _for_programs(row.get(name)) for name in STORY_NUMBERS]
        for row in rows
    ]


def _for_programs(value: Any) -> float | None:
    """A number to six digits; None for none."""
    found = float(f"{float(value):.6g}") if value not in (None, "") else math.nan
    return None if math.isnan(found) else found


def story_rows(rows: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """For the terminal: stage, item, mean with 80 %, how much of it is of the record, mean in USD mn.

    Parameters
    ----------
    rows : Iterable[Mapping[str, Any]]
        Of `analysis.money` of one loan or group, fresh or read back.
    """
    table = []
    for row in rows:
        terms = row["stage"] == money.TERMS
        dollars = "" if terms else _number(row["usd_mn"])
        recorded = "" if terms or row["stage"] == money.FATE else _number(row["to_origin"])
        table.append(
            [
                str(row["stage"]),
                str(row["item"]),
                str(row["unit"]),
                _number(row["mean"]) + ("" if row["unit"] == money.OF_FUTURES else f" [{_span(row)}]"),
                recorded,
                dollars,
            ]
        )
    return table


def _span(row: Mapping[str, Any]) -> str:
    return f"{_number(row['p10'])} to {_number(row['p90'])}"


def _number(value: Any) -> str:
    return "0" if abs(value) < 5e-5 else number(float(value))
