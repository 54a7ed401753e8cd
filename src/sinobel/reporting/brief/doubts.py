"""What would change the conclusion: how often its sign holds, and in which circumstances of the world it is another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from sinobel.analysis import circumstances
from sinobel.analysis.circumstances import CircumstanceRow
from sinobel.analysis.worth import Fact
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words import facts
from sinobel.reporting.words.wording import amount, change_in_amount, in_text, likelihood, percent, span

TOLD = 3
WEAK = 0.1
"""Correlation over futures below which a circumstance is not told."""
LEVEL = "balance_with_china"


def of_change(data: ResultData, fact: Fact) -> list[str]:
    """Of what an option changes most."""
    yearly, unit = data.annual[fact.indicator], facts.unit_of(fact)
    yearly = (
        yearly.sel(year=fact.year) if fact.since is None else yearly.sel(year=slice(fact.since, fact.year)).sum("year")
    )
    change = np.asarray(yearly.sel(scenario=fact.option).values - yearly.sel(scenario=data.reference).values)
    other = "lowers" if fact.middle > 0 else "raises"
    label, title = in_text(data.short_label(fact.indicator)), data.titles[fact.option]
    against = float((change * np.sign(fact.middle) < 0).mean())
    contrary = f"; it {other} it in {percent(against)}" if against > 0 else ""
    told = [
        f"The direction holds in {percent(fact.share)} of futures: “{title}” is {likelihood(fact.share)} to change "
        f"{label} this way {facts.when(fact)}{contrary}."
    ]
    if fact.back is not None:
        turned = change_in_amount(abs(fact.back[1]), unit)
        told.append(f"The year matters: in {fact.back[0]} it {other} it by {turned} at the median.")
    return told + _circumstances(
        data, change, fact.year, f"the change of {label}", partial(change_in_amount, unit=unit)
    )


def of_level(data: ResultData) -> list[str]:
    """Of a single scenario or options that move nothing: of the balance with China."""
    if LEVEL not in data.annual:
        return ["The results keep no balance with China to judge by."]
    values = np.asarray(data.annual[LEVEL].sel(scenario=data.reference, year=data.year).values)
    side = "deficit" if float(np.median(values)) < 0 else "surplus"
    share = float((values * np.sign(np.median(values)) > 0).mean())
    told = [f"Trade with China ends {data.year} in {side} in {percent(share)} of futures ({likelihood(share)})."]
    unit = data.annual[LEVEL].attrs["units"]
    return told + _circumstances(data, values, data.year, in_text(data.label(LEVEL)), partial(amount, unit=unit))


def _circumstances(data: ResultData, outcome: np.ndarray, year: int, what: str, say: Callable[..., str]) -> list[str]:
    """In which circumstances an outcome is larger or smaller, or the other way; `what` is what it is called."""
    held = [name for name in circumstances.CIRCUMSTANCES if name in data.annual]
    names = [name for name in held if data.basis.indicators[name].unit != "log"]
    found = circumstances.rows(data.annual, outcome, data.reference, year, names)
    strong = [row for row in found if abs(row.rank_correlation) >= WEAK][:TOLD]
    if not strong:
        return ["No circumstance of the world that is looked at (prices, growth abroad) goes with its size."]
    return [_told(data, row, what if row is strong[0] else "it", say) for row in strong]


def _told(data: ResultData, row: CircumstanceRow, what: str, say: Callable[..., str]) -> str:
    label, size = in_text(data.basis.indicators[row.circumstance].label), max(abs(row.low), abs(row.high))
    few = say(row.outcome_low, sign=True, beside=row.outcome_high)
    many = say(row.outcome_high, sign=True, beside=row.outcome_low)
    turns = " – the other way" if row.outcome_low * row.outcome_high < 0 else ""
    edges = span(row.low, row.high, row.unit) if size else ""
    return (
        f"Where {label} is high (highest third of futures) {what} comes to {many}, where that is low (lowest third) to "
        f"{few}{turns}; the middle third lies at {edges}."
    )
