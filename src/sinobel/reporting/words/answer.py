"""The answer in three sentences, composed from the computed numbers: how much, how sure, what it costs, who gains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import differences
from sinobel.analysis.outcomes import Outcomes
from sinobel.analysis.summary import quantiles
from sinobel.reporting.charts.shared import RecordOf, Scored, told_year
from sinobel.reporting.words.wording import (
    UNLIKELY,
    about,
    amount,
    counted,
    in_text,
    likelihood,
    percent,
    scaled,
    span,
)
from sinobel.runs.trajectories import Yearly

BALANCE, OUTPUT = "balance_with_china", "gdp"
WHOSE = "Belarus's balance of trade with China"
LOSS = 0.01  # of output, from which an option that helps the balance is told with what it costs
LIKELY = 2 / 3


@dataclass(frozen=True)
class AnswerData:
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
        """The year that is data: 2025, or the last one where that is not simulated."""
        years = next(iter(self.annual.values()))["year"].values
        return told_year([int(year) for year in years])

    def values(self, indicator: str) -> np.ndarray:
        """Values of the reference in the year that is data, (draws,)."""
        found = self.annual[indicator].sel(scenario=self.reference, year=self.year).values
        return np.asarray(found, dtype=float)


def answer(data: AnswerData, outcomes: Outcomes | None = None) -> list[str]:
    """Three sentences with named pieces (`wording.about`); fewer where the results lack what a sentence tells.

    Parameters
    ----------
    outcomes : Outcomes | None
        Objectives counted on a comparison; None for a single scenario or where none can be counted.
    """
    if data.options:
        sentences = [_balance(data), _options(data), _gains(outcomes, data) if outcomes else _debt(data)]
    else:
        sentences = [_balance(data), _debt(data), _contract(data)]
    return [sentence for sentence in sentences if sentence]


def trust(track_record: Scored, names: tuple[str, ...] = (BALANCE, "exports_to_china", "debt_to_china")) -> str:
    """What past forecasts of some indicators say about how far to believe their ranges; empty without a backtest."""
    scored = [track_record[name] for name in names if name in track_record]
    if not scored:
        return ""
    misses = [
        f"{about(row['series'], in_text(row['label']))} {float(row['miss_a_year_ahead_percent']):.0f} %"
        for row in scored
    ]
    made = sum(float(row["forecasts"]) for row in scored)
    held = sum(float(row["inside_80"]) * float(row["forecasts"]) for row in scored) / made
    weak = [in_text(row["label"]) for row in scored if float(row["skill"]) < 0]
    against = f", and a naive forecast did better for {_listed(weak)}" if weak else ""
    return (
        f"Forecasts the model would have made from 2009 to 2015 missed a year ahead, at the median, by: "
        f"{_listed(misses)}; their 80 % ranges held {percent(held)} of what came within five years{against}."
    )


# --- sentences -------------------------------------------------------------------------------------------------------


def _balance(data: AnswerData) -> str:
    if BALANCE not in data.annual:
        return ""
    values, unit = data.values(BALANCE), data.annual[BALANCE].attrs["units"]
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    side, sign = ("deficit", -1) if middle < 0 else ("surplus", 1)
    least, most = sorted((sign * low, sign * high))
    text = (
        f"Under “{data.titles[data.reference]}” Belarus's "
        f"{about(BALANCE, f'trade {side} with China')} is {span(least, most, unit)} in {data.year} in 80 % of futures, "
        f"{amount(sign * middle, unit)} at the median"
    )
    before = data.recorded.get(BALANCE, {}).get(data.origin)
    if before is None:
        return text + "."
    compared = _compared(sign * values, sign * before, more="larger", less="smaller", unit=unit, year=data.origin)
    return f"{text}, and is {compared}."


def _compared(values: np.ndarray, before: float, more: str, less: str, unit: str, year: int) -> str:
    """How surely values lie above or below a recorded one: "likely to be larger than the 1.7 bn USD recorded"."""
    share = float((values > before).mean())
    word = more if share >= 0.5 else less
    share = max(share, 1 - share)
    than = f"{word} than the {amount(before, unit)} recorded for {year}"
    return f"{likelihood(share)} to be {than} ({percent(share)} of futures)"


def _options(data: AnswerData) -> str:
    """Which option moves the balance most, each way."""
    if BALANCE not in data.annual:
        return ""
    names, change = differences.changes(data.annual[BALANCE].sel(year=[data.year]), data.reference)
    change, unit = change[:, 0], data.annual[BALANCE].attrs["units"]
    middle = quantiles(change, (0.1, 0.5, 0.9))
    order = np.argsort(-middle[:, 1], kind="stable")
    best, worst = int(order[0]), int(order[-1])
    base, size = data.titles[data.reference], float(np.abs(middle[[best, worst]]).max())
    better, worse = float((change[best] > 0).mean()), float((change[worst] < 0).mean())
    if len(names) == 1:
        return _option(data, names[0], middle=middle[0], better=better, worse=worse, unit=unit)
    intro = f"Of {counted(len(names))} options on the same futures"
    losses = ""
    if middle[best, 1] > 0:
        text = f"{intro} “{data.titles[names[best]]}” improves {WHOSE} most, by {_moved(middle[best], unit, size)} "
        text += f"in {data.year}; that balance is {likelihood(better)} to be better than under “{base}” "
        text += f"({percent(better)})"
        losses = _loss(data, names[best])
    else:
        text = f"{intro} none is more likely than not to improve {WHOSE} in {data.year}"
    if middle[worst, 1] < 0:
        text += f"; “{data.titles[names[worst]]}” worsens it by {_moved(-middle[worst][::-1], unit, size)} and is "
        text += f"{likelihood(worse)} to be worse ({percent(worse)})"
    return f"{text}.{losses}"


def _loss(data: AnswerData, name: str) -> str:
    """What an option that helps the balance does to output, where it likely costs more than a hundredth of it.

    A crisis improves the balance by cutting imports; told alone that reads as success.
    """
    if OUTPUT not in data.annual:
        return ""
    values = data.annual[OUTPUT].sel(year=data.year)
    base, other = (values.sel(scenario=each).values for each in (data.reference, name))
    change = other - base
    if float((change < -LOSS * base).mean()) < LIKELY:
        return ""
    share = float((change < 0).mean())
    bands = -quantiles(change, (0.9, 0.5, 0.1))
    moved = _moved(bands, values.attrs["units"], float(np.abs(bands).max()))
    relative = float(np.median(change / base))
    return (
        f" But “{data.titles[name]}” lowers {about(OUTPUT, 'GDP at current dollars')} of {data.year} by {moved}, "
        f"{percent(-relative)} of it, and is {likelihood(share)} to lower it ({percent(share)}): the better balance "
        "comes with a smaller economy."
    )


def _option(data: AnswerData, name: str, middle: np.ndarray, better: float, worse: float, unit: str) -> str:
    """The same of a single option, which may improve the balance, worsen it, or leave it at the median as it is."""
    intro, base = f"On the same futures “{data.titles[name]}”", data.titles[data.reference]
    if middle[1] == 0:
        return (
            f"{intro} leaves {WHOSE} of {data.year} as it is at the median: it is better than under “{base}” in "
            f"{percent(better)} and worse in {percent(worse)} of futures."
        )
    verb, bands = ("improves", middle) if middle[1] > 0 else ("worsens", -middle[::-1])
    word, share = ("better", better) if middle[1] > 0 else ("worse", worse)
    moved = _moved(bands, unit, float(np.abs(bands).max()))
    return (
        f"{intro} {verb} {WHOSE} by {moved} in {data.year}; that balance is {likelihood(share)} to be {word} than "
        f"under “{base}” ({percent(share)}).{_loss(data, name) if middle[1] > 0 else ''}"
    )


def _moved(bands: np.ndarray, unit: str, size: float) -> str:
    """Median and 80 % of a change, in the scale of `size`."""
    (low, middle, high), word = scaled(bands, unit, size)
    return f"{middle} {word} at the median ({low} to {high} in 80 % of futures)"


def _gains(gains: Outcomes, data: AnswerData) -> str:
    """Which option comes first with each position, by what it is assumed to want."""
    first: dict[tuple[str, ...], list[str]] = {}
    hardly: list[str] = []
    for position in gains.all_positions:
        means, standing = gains.score(position).mean(axis=-1), gains.standing(position)
        best = int(np.argmax(means))
        firsts = tuple(name for name, mean in zip(gains.scenarios, means, strict=True) if mean == means[best])
        if gains.reference in firsts:
            first.setdefault((gains.reference,), []).append(position.called)
        elif float(standing.better[best]) < UNLIKELY:
            hardly.append(f"{position.called} ({percent(float(standing.better[best]))})")
        else:
            leads = float(sum(standing.leads[gains.scenarios.index(name)] for name in firsts))
            first.setdefault(firsts, []).append(f"{position.called} (leads in {percent(leads)})")
    parts = []
    for names, gained in first.items():
        if names == (gains.reference,):
            parts.append(f"no option does more than “{data.titles[gains.reference]}” for {_listed(gained)}")
        elif len(names) == 1:
            parts.insert(0, f"“{data.titles[names[0]]}” comes first with {_listed(gained)}")
        else:
            alike = _listed([f"“{data.titles[name]}”" for name in names])
            parts.insert(0, f"{alike}, which come to the same, come first with {_listed(gained)}")
    if hardly:
        parts.append(f"even the option that does most is unlikely to leave a gain worth counting to {_listed(hardly)}")
    return f"By what each side is assumed to want to {gains.years[1]}, over futures and weights, {'; '.join(parts)}."


def _debt(data: AnswerData) -> str:
    name = "debt_to_china"
    if name not in data.annual:
        return ""
    values, unit = data.values(name), data.annual[name].attrs["units"]
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    text = (
        f"{about(name, 'Debt to China')} stands at {amount(middle, unit)} at the end of {data.year} at the median, "
        f"{span(low, high, unit)} in 80 % of futures"
    )
    before = data.recorded.get(name, {}).get(data.origin)
    if before is None:
        return text + "."
    return f"{text}, and is {_compared(values, before, more='higher', less='lower', unit=unit, year=data.origin)}."


def _contract(data: AnswerData) -> str:
    price, waiting = "potash_contract_price", "months_without_contract"
    if price not in data.annual:
        return ""
    values, unit = data.values(price), data.annual[price].attrs["units"]
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    text = (
        f"The {about(price, 'potash contract with China')} stands at {amount(middle, unit)} in {data.year} at the "
        f"median, {span(low, high, unit)} in 80 % of futures"
    )
    if waiting in data.annual:
        every = data.annual[waiting].sel(scenario=data.reference).values
        text += f"; shipments wait {every.mean():.1f} {about(waiting, 'months a year for a new contract')} on average"
    return text + "."


# --- lists -----------------------------------------------------------------------------------------------------------


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
