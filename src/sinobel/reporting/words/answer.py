"""The answer in a few sentences, composed from the computed numbers: how much, how sure, what it costs, who gains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from sinobel.analysis import answering, worth
from sinobel.analysis.answering import Stated
from sinobel.analysis.outcomes import ROUNDING, Outcomes
from sinobel.analysis.round_years import told_year
from sinobel.analysis.summary import quantiles
from sinobel.policies.focus import Focus
from sinobel.reporting.charts.shared import RecordOf, Scored
from sinobel.reporting.tables.event_rows import EventRow
from sinobel.reporting.words import choosing, event_answer, facts
from sinobel.reporting.words.came import Came
from sinobel.reporting.words.wording import (
    UNLIKELY,
    about,
    amount,
    change_in_amount,
    in_text,
    likelihood,
    listed,
    percent,
    scaled,
    span,
)
from sinobel.runs.trajectories import Yearly

BALANCE, OUTPUT = "balance_with_china", "real_gdp"
MEASURES = {"income_per_head": "net national income a head", OUTPUT: "real GDP"}
"""What options are told by, the first that results hold: a criterion, then output."""


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
    events : Sequence[EventRow]
        Of the scenarios, with what became of their money.
    focus : Focus
        Indicators and years that are told first.
    came : Mapping[str, Sequence[Came]]
        Scenario -> its changes of which nothing can come, and its rules.
    stated : Stated
        Option -> indicators that it sets by definition.
    """

    annual: Yearly
    reference: str
    titles: Mapping[str, str]
    recorded: RecordOf
    origin: int
    events: Sequence[EventRow] = ()
    focus: Focus = field(default_factory=Focus)
    came: Mapping[str, Sequence[Came]] = field(default_factory=dict)
    stated: Stated = field(default_factory=dict)

    @property
    def options(self) -> list[str]:
        """Scenarios besides the reference."""
        return [name for name in self.titles if name != self.reference]

    @property
    def year(self) -> int:
        """The year that is data: what was asked for, else that in which options move most, else a round one."""
        years = [int(year) for year in next(iter(self.annual.values()))["year"].values]
        found = facts.year_of(self.told, self.focus)
        return found if found in years else told_year(years)

    @cached_property
    def told(self) -> dict[str, facts.Told]:
        """What is told of every option."""
        return facts.told(self.annual, self.reference, self.recorded, self.origin, self.focus, stated=self.stated)

    def values(self, indicator: str) -> np.ndarray:
        """Values of the reference in the year that is data, (draws,)."""
        found = self.annual[indicator].sel(scenario=self.reference, year=self.year).values
        return np.asarray(found, dtype=float)


def answer(data: AnswerData, outcomes: Outcomes | None = None) -> list[str]:
    """Three sentences with named pieces (`wording.about`); fewer where the results lack what a sentence tells.

    Of options: what each moves most, what that is for people, who gains. Of a single scenario also what its events did.

    Parameters
    ----------
    outcomes : Outcomes | None
        Objectives counted on a comparison; None for a single scenario or where none can be counted.
    """
    if data.options:
        sentences = [_moves(data), _options(data), _gains(outcomes, data) if outcomes else _debt(data)]
    else:
        asked = facts.levels(data.annual, data.reference, data.recorded, data.origin, data.focus)
        sentences = [*asked, _balance(data), _debt(data), _contract(data), *_events(data)]
    return [sentence for sentence in sentences if sentence]


HEADLINES = (BALANCE, "exports_to_china", "debt_to_china")


def trust(track_record: Scored, names: tuple[str, ...] = HEADLINES) -> str:
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
    against = f", and a naive forecast did better for {listed(weak)}" if weak else ""
    return (
        f"Forecasts the model would have made from 2009 to 2015 missed a year ahead, at the median, by: "
        f"{listed(misses)}; their 80 % ranges held {percent(held)} of what came within five years{against}."
    )


def trust_of(told: Mapping[str, tuple[str, str]], next_year: Scored, but: Sequence[str] = ()) -> str:
    """How forecasts a year ahead of the indicators that are told fared, also of those that no headline score counts.

    Parameters
    ----------
    told : Mapping[str, tuple[str, str]]
        Indicator -> what it is called, and its yearly unit; those that no forecast was scored of are said to be so.
    next_year : Scored
        Scores a year ahead by indicator; empty without a backtest.
    but : Sequence[str]
        Those that `trust` has told.
    """
    if not next_year:
        return ""
    said = []
    for name, (label, unit) in told.items():
        called = about(name, in_text(label))
        if name in but:
            continue
        if name not in next_year:
            said.append(f"no forecast of {called} has been scored")
            continue
        row = next_year[name]
        miss = change_in_amount(float(row["miss"]), unit)
        worse = ", and the naive forecast best in hindsight did better" if _lost(row.get("hindsight_skill")) else ""
        said.append(
            f"{row['forecasts']} forecasts of {called} a year ahead missed by {miss} at the median, and their 80 % "
            f"ranges held {percent(float(row['inside_80']))}{worse}"
        )
    return f"Of what is told here: {'; '.join(said)}." if said else ""


def _lost(skill: str | None) -> bool:
    """Whether a skill is below 0; where none could be reckoned it is empty or no number."""
    return bool(skill) and float(skill or "nan") < 0


# --- sentences -------------------------------------------------------------------------------------------------------


def _moves(data: AnswerData) -> str:
    """What each option does to what is asked for, and what it moves most, whatever and whenever that is."""
    said = facts.sentences(data.told, data.titles, data.came)
    return f"On the same futures as “{data.titles[data.reference]}”: {' '.join(said)}"


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
    """Which options move the criterion most, each way, and what they do to real GDP.

    Never by the bilateral balance: a crisis improves it by cutting imports, and told so reads as success.
    """
    name = next((name for name in MEASURES if name in data.annual), "")
    if not name:
        return ""
    found = answering.asked(data.annual, data.reference, data.recorded, data.origin, [name], years=[data.year])
    order = sorted((each for (each,) in found.values()), key=lambda fact: -fact.middle)
    best, worst = order[0], order[-1]
    moves = {"raises": best} if best.material and best.middle > 0 else {}
    moves |= {"lowers": worst} if worst.material and worst.middle < 0 else {}
    what, base = about(name, MEASURES[name]), data.titles[data.reference]
    intro = f"On the same futures as “{base}”"
    if not moves:
        return f"{intro} {_little(data, name, [best, worst], many=len(found) > 1)}"
    size = max(abs(fact.middle) for fact in moves.values())
    most = " most" if len(found) > 1 else ""
    told: list[str] = []
    for verb, fact in moves.items():
        word = "higher" if verb == "raises" else "lower"
        bands = np.array([fact.low, fact.middle, fact.high])
        told.append(
            f"“{data.titles[fact.option]}” {verb} {what if not told else 'it'}{most}: "
            f"{_moved(bands, data.annual[name].attrs['units'], size)}, and is {likelihood(fact.share)} to make it "
            f"{word} ({percent(fact.share)})"
        )
    if "raises" not in moves and len(found) > 1:
        told.append("none is more likely than not to raise it by what is worth telling")
    others = [fact.option for fact in moves.values()]
    return f"{intro} in {data.year} {'; '.join(told)}.{_output(data, others) if name != OUTPUT else ''}"


def _little(data: AnswerData, name: str, moved_by: Sequence[worth.Fact], *, many: bool) -> str:
    """That no option moves an indicator by much, and by how much it is moved at most."""
    what, most = about(name, MEASURES[name]), max(moved_by, key=lambda fact: abs(fact.middle))
    size = max(abs(most.low), abs(most.high))
    if size <= worth.NOTHING:
        whose = "no option moves" if many else f"“{data.titles[most.option]}” does not move"
        return f"{whose} {what} of {data.year}."
    moved = _moved(np.array([most.low, most.middle, most.high]), data.annual[name].attrs["units"], size)
    moved += facts.of_level(most)
    if many:
        return f"no option moves {what} of {data.year} by much: most “{data.titles[most.option]}”, by {moved}."
    return f"“{data.titles[most.option]}” moves {what} of {data.year} by little: {moved}."


def _output(data: AnswerData, names: list[str]) -> str:
    """What options do to real GDP, in percent; at current dollars the exchange rate would tell another story."""
    if OUTPUT not in data.annual:
        return ""
    values = data.annual[OUTPUT].sel(year=data.year)
    base, told = values.sel(scenario=data.reference).values, []
    for name in names:
        bands = quantiles(100 * (values.sel(scenario=name).values / base - 1), (0.1, 0.5, 0.9))
        if round(float(bands[1]), 1):
            told.append(f"{_moved(bands, '%', 1.0)} under “{data.titles[name]}”")
    return f" {about(OUTPUT, 'Real GDP')} changes by {listed(told)}." if told else ""


def _moved(bands: np.ndarray, unit: str, size: float) -> str:
    """Median and 80 % of a change with their signs, in the scale of `size`."""
    (low, middle, high), word = scaled(bands, unit, size, sign=True)
    return f"{middle} {word} at the median ({low} to {high} in 80 % of futures)"


def _gains(gains: Outcomes, data: AnswerData) -> str:
    """Which option comes first with each position, by what it is assumed to want."""
    first: dict[tuple[str, ...], list[str]] = {}
    hardly: list[str] = []
    for position in gains.all_positions:
        means, standing = gains.order(position), gains.standing(position)
        best, firsts = int(np.argmax(means)), choosing.firsts(gains, position)
        if gains.reference in firsts:
            first.setdefault((gains.reference,), []).append(position.called)
        elif float(standing.better[best]) < UNLIKELY:
            hardly.append(f"{position.called} ({percent(float(standing.better[best]))})")
        else:
            leads = float(sum(standing.leads[gains.scenarios.index(name)] for name in firsts))
            often = "every future" if leads > 1 - ROUNDING else percent(leads)
            first.setdefault(firsts, []).append(f"{position.called} ({often})")
    parts = []
    for names, gained in first.items():
        if names == (gains.reference,):
            parts.append(f"no option does more than “{data.titles[gains.reference]}” for {listed(gained)}")
        elif len(names) == 1:
            parts.insert(0, f"“{data.titles[names[0]]}” comes first with {listed(gained)}")
        else:
            alike = listed([f"“{data.titles[name]}”" for name in names])
            parts.insert(0, f"{alike}, which come to the same, come first with {listed(gained)}")
    if hardly:
        parts.append(f"even the option that does most is unlikely to leave a gain worth counting to {listed(hardly)}")
    out = [choosing.ruled_out(gains, country, data.titles) for country in gains.countries]
    share = "in brackets: share of futures and weights in which it leads"
    told = f"By what each side is assumed to want to {gains.years[1]} ({share}), {'; '.join(parts)}."
    return " ".join(filter(None, [told, *out]))


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


def _events(data: AnswerData) -> list[str]:
    """What events did to the end of the results."""
    if not data.events:
        return []
    return event_answer.sentences(data.events, int(next(iter(data.annual.values()))["year"].values[-1]))
