"""The answer in three sentences, composed from the computed numbers: how much, how sure, what it costs, who gains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import differences
from sinobel.analysis.outcomes import NOTICEABLE, Outcomes
from sinobel.analysis.summary import quantiles
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.objectives import COUNTRIES
from sinobel.inputs.posterior import track_record
from sinobel.reporting.charts.shared import RecordOf, told_year
from sinobel.reporting.words.wording import UNLIKELY, about, amount, counted, likelihood, percent, scaled, span
from sinobel.runs.trajectories import Yearly

BALANCE = "balance_with_china"


@dataclass(frozen=True)
class Told:
    """What an answer rests on.

    Attributes
    ----------
    reference : str
        Scenario whose levels are told and the others are compared with.
    titles : Mapping[str, str]
        Scenario -> what people call it.
    recorded : RecordOf
        Indicator -> year -> recorded value.
    origin : int
        Last recorded year.
    """

    annual: Yearly
    reference: str
    titles: Mapping[str, str]
    recorded: RecordOf
    origin: int

    @property
    def options(self) -> list[str]:
        """Scenarios besides the reference."""
        return [name for name in self.titles if name != self.reference]

    @property
    def year(self) -> int:
        """The year that is told: 2025, or the last one where that is not simulated."""
        years = next(iter(self.annual.values()))["year"].values
        return told_year([int(year) for year in years])

    def values(self, indicator: str) -> np.ndarray:
        """Values of the reference in the year that is told, (draws,)."""
        found = self.annual[indicator].sel(scenario=self.reference, year=self.year).values
        return np.asarray(found, dtype=float)


def answer(told: Told, outcomes: Outcomes | None = None) -> list[str]:
    """Three sentences with named pieces (`wording.about`); fewer where the results lack what a sentence tells.

    Parameters
    ----------
    outcomes : Outcomes | None
        Objectives counted on a comparison; None for a single scenario or where none can be counted.
    """
    if told.options:
        sentences = [_balance(told), _options(told), _gains(outcomes, told) if outcomes else _debt(told)]
    else:
        sentences = [_balance(told), _debt(told), _contract(told)]
    return [sentence for sentence in sentences if sentence]


def trust(names: tuple[str, ...] = (BALANCE, "exports_to_china", "debt_to_china")) -> str:
    """What past forecasts of some indicators say about how far to believe their ranges; empty without a backtest."""
    scored = [track_record()[name] for name in names if name in track_record()]
    if not scored:
        return ""
    known = all_indicators()
    misses = [
        f"{about(row['series'], _lower(known[row['series']].label))} {float(row['miss_a_year_ahead_percent']):.0f} %"
        for row in scored
    ]
    made = sum(float(row["forecasts"]) for row in scored)
    held = sum(float(row["inside_80"]) * float(row["forecasts"]) for row in scored) / made
    weak = [_lower(known[row["series"]].label) for row in scored if float(row["skill"]) < 0]
    against = f", and a naive forecast did better for {_listed(weak)}" if weak else ""
    return (
        f"Forecasts the model would have made from 2009 to 2015 missed a year ahead, at the median, by: "
        f"{_listed(misses)}; their 80 % ranges held {percent(held)} of what came within five years{against}."
    )


# --- sentences -------------------------------------------------------------------------------------------------------


def _balance(told: Told) -> str:
    if BALANCE not in told.annual:
        return ""
    values, unit = told.values(BALANCE), told.annual[BALANCE].attrs["units"]
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    side, sign = ("deficit", -1) if middle < 0 else ("surplus", 1)
    least, most = sorted((sign * low, sign * high))
    text = (
        f"Under “{told.titles[told.reference]}” Belarus's "
        f"{about(BALANCE, f'trade {side} with China')} is {span(least, most, unit)} in {told.year} in 80 % of futures, "
        f"{amount(sign * middle, unit)} at the median"
    )
    before = told.recorded.get(BALANCE, {}).get(told.origin)
    if before is None:
        return text + "."
    return f"{text}, and is {_compared(sign * values, sign * before, 'larger', 'smaller', unit, told.origin)}."


def _compared(values: np.ndarray, before: float, more: str, less: str, unit: str, year: int) -> str:
    """How surely values lie above or below a recorded one: "likely to be larger than the 1.7 bn USD recorded"."""
    share = float((values > before).mean())
    word = more if share >= 0.5 else less
    share = max(share, 1 - share)
    than = f"{word} than the {amount(before, unit)} recorded for {year}"
    return f"{likelihood(share)} to be {than} ({percent(share)} of futures)"


def _options(told: Told) -> str:
    """Which option moves the balance most, each way."""
    if BALANCE not in told.annual:
        return ""
    names, change = differences.changes(told.annual[BALANCE].sel(year=[told.year]), told.reference)
    change, unit = change[:, 0], told.annual[BALANCE].attrs["units"]
    middle = quantiles(change, (0.1, 0.5, 0.9))
    order = np.argsort(-middle[:, 1], kind="stable")
    best, worst = int(order[0]), int(order[-1])
    base, size = told.titles[told.reference], float(np.abs(middle[[best, worst]]).max())
    better, worse = float((change[best] > 0).mean()), float((change[worst] < 0).mean())
    if len(names) == 1:
        return _option(told, names[0], middle[0], better, worse, unit)
    intro = f"Of {counted(len(names))} options on the same futures"
    if middle[best, 1] > 0:
        text = f"{intro} “{told.titles[names[best]]}” improves the balance most, by {_moved(middle[best], unit, size)} "
        text += f"in {told.year}, and is {likelihood(better)} to be better than “{base}” ({percent(better)})"
    else:
        text = f"{intro} none is more likely than not to improve the balance in {told.year}"
    if middle[worst, 1] < 0:
        text += f"; “{told.titles[names[worst]]}” worsens it by {_moved(-middle[worst][::-1], unit, size)} and is "
        text += f"{likelihood(worse)} to be worse ({percent(worse)})"
    return text + "."


def _option(told: Told, name: str, middle: np.ndarray, better: float, worse: float, unit: str) -> str:
    """The same of a single option, which may improve the balance, worsen it, or leave it at the median as it is."""
    intro, base = f"On the same futures “{told.titles[name]}”", told.titles[told.reference]
    if middle[1] == 0:
        return (
            f"{intro} leaves the balance of {told.year} as it is at the median: it is better than “{base}” in "
            f"{percent(better)} and worse in {percent(worse)} of futures."
        )
    verb, bands = ("improves", middle) if middle[1] > 0 else ("worsens", -middle[::-1])
    word, share = ("better", better) if middle[1] > 0 else ("worse", worse)
    moved = _moved(bands, unit, float(np.abs(bands).max()))
    return (
        f"{intro} {verb} the balance by {moved} in {told.year} and is {likelihood(share)} to be {word} than “{base}” "
        f"({percent(share)})."
    )


def _moved(bands: np.ndarray, unit: str, size: float) -> str:
    """Median and 80 % of a change, in the scale of `size`."""
    (low, middle, high), word = scaled(bands, unit, size)
    return f"{middle} {word} at the median ({low} to {high} in 80 % of futures)"


def _gains(found: Outcomes, told: Told) -> str:
    """Which option each country gains most from, by its declared objectives."""
    most: dict[tuple[str, ...], list[str]] = {}
    hardly: list[str] = []
    for country in found.countries:
        scores = found.score(country)
        best = int(np.argmax(scores.mean(axis=-1)))
        called = COUNTRIES.get(country, country).replace("European", "the European")
        share = float((scores[best] > NOTICEABLE).mean())
        if share < UNLIKELY and found.scenarios[best] != found.reference:
            hardly.append(f"{called} ({percent(share)})")
            continue
        sure = "" if found.scenarios[best] == found.reference else f" ({likelihood(share)} to gain, {percent(share)})"
        means = scores.mean(axis=-1)
        firsts = tuple(name for name, mean in zip(found.scenarios, means, strict=True) if mean == means[best])
        most.setdefault((found.reference,) if found.reference in firsts else firsts, []).append(called + sure)
    parts = []
    for names, gained in most.items():
        if names == (found.reference,):
            parts.append(f"no option gives more than “{told.titles[found.reference]}” to {_listed(gained)}")
        elif len(names) == 1:
            parts.insert(0, f"“{told.titles[names[0]]}” gives most to {_listed(gained)}")
        else:
            alike = _listed([f"“{told.titles[name]}”" for name in names])
            parts.insert(0, f"{alike}, which come to the same, give most to {_listed(gained)}")
    if hardly:
        parts.append(f"even the option that gives most is unlikely to leave a gain worth counting to {_listed(hardly)}")
    return f"By what each side is assumed to want, counted to {found.years[1]}, {'; '.join(parts)}."


def _debt(told: Told) -> str:
    name = "debt_to_china"
    if name not in told.annual:
        return ""
    values, unit = told.values(name), told.annual[name].attrs["units"]
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    text = (
        f"{about(name, 'Debt to China')} stands at {amount(middle, unit)} at the end of {told.year} at the median, "
        f"{span(low, high, unit)} in 80 % of futures"
    )
    before = told.recorded.get(name, {}).get(told.origin)
    if before is None:
        return text + "."
    return f"{text}, and is {_compared(values, before, 'higher', 'lower', unit, told.origin)}."


def _contract(told: Told) -> str:
    price, waiting = "potash_contract_price", "months_without_contract"
    if price not in told.annual:
        return ""
    values, unit = told.values(price), told.annual[price].attrs["units"]
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    text = (
        f"The {about(price, 'potash contract with China')} stands at {amount(middle, unit)} in {told.year} at the "
        f"median, {span(low, high, unit)} in 80 % of futures"
    )
    if waiting in told.annual:
        every = told.annual[waiting].sel(scenario=told.reference).values
        text += f"; shipments wait {every.mean():.1f} {about(waiting, 'months a year for a new contract')} on average"
    return text + "."


# --- lists -----------------------------------------------------------------------------------------------------------


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _lower(label: str) -> str:
    first = label.split(" ", 1)[0]
    return label if first.isupper() else label[:1].lower() + label[1:]
