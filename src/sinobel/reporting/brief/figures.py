"""The pictures of the brief: what options change, future by future, and where an indicator goes from its record."""

from __future__ import annotations

import numpy as np

from sinobel.analysis import answering
from sinobel.analysis.worth import Fact
from sinobel.reporting.brief.content import OPTION, RECORD, REFERENCE, Graph, Line, Values
from sinobel.reporting.brief.scales import Scale, scale_of
from sinobel.reporting.charts.lettering import told_apart
from sinobel.reporting.charts.style import RECORD as BLACK
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words import facts
from sinobel.reporting.words.wording import amount, change_in_amount, in_text, plain, scaled, span

YEARS_BEFORE = 6
MOST = 5
"""Lines of scenarios in one picture."""
NAME = 30


def change(data: ResultData, indicator: str) -> Graph:
    """What each option changes an indicator by, with the range of the one that moves it most."""
    names = data.options[:MOST]
    bands = {name: data.summary.change(indicator, name, data.reference) for name in names}
    size = max(float(np.nanmax(np.abs(each["p50"]))) for each in bands.values())
    label, told = data.short_label(indicator), _told(data, indicator)
    widest = told.option if told and told.option in bands else max(names, key=lambda name: _most(bands[name]["p50"]))
    scale = scale_of(data.annual[indicator].attrs["units"], size)
    short = told_apart({name: data.titles[name] for name in names}, NAME)
    lines = [Line(short[name], _values(bands[name]["p50"], scale), data.styles[name].color, OPTION) for name in names]
    return Graph(
        title=_change_told(data, label, told),
        unit=f"{scale.unit}, change against “{data.titles[data.reference]}”",
        years=data.years,
        lines=lines,
        low=_values(bands[widest]["p10"], scale),
        high=_values(bands[widest]["p90"], scale),
        ranged=data.styles[widest].color,
        note=short[widest],
    )


def changes_of(data: ResultData, indicator: str) -> str:
    """A title for the picture under the answer, which has told the finding."""
    label = in_text(data.short_label(indicator))
    return f"What {'the option changes' if len(data.options) == 1 else 'each option changes'}: {label}"


def level(data: ResultData, indicator: str) -> Graph:
    """An indicator from its record on, under every scenario, with the range of the reference."""
    names = [data.reference, *data.options[: MOST - 1]]
    recorded = data.recorded.get(indicator, {})
    before = [year for year in range(data.origin - YEARS_BEFORE, data.origin + 1) if year in recorded]
    years = [*before, *(year for year in data.years if year > data.origin)]
    held = {name: data.summary.bands(indicator, name) for name in names}
    size = max(_most(held[data.reference]["p90"]), *(_most(each["p50"]) for each in held.values()))
    scale = scale_of(data.annual[indicator].attrs["units"], size)
    short = told_apart({name: data.titles[name] for name in names}, NAME)

    met = {data.origin: scale.factor * recorded[data.origin]} if data.origin in before else {}

    def placed(values: np.ndarray) -> Values:
        """Of the simulated years, and of the last recorded one, from which all lines part."""
        by_year = dict(zip(data.years, _values(values, scale), strict=True)) | met
        return [by_year.get(year) if year >= data.origin else None for year in years]

    lines = [Line(short[name], placed(held[name]["p50"]), data.styles[name].color, _role(data, name)) for name in names]
    if before:
        past = [scale.factor * recorded[year] if year in before else None for year in years]
        lines.insert(0, Line("Record", past, BLACK, RECORD))
    own = held[data.reference]
    return Graph(
        title=_level_told(data, indicator, size),
        unit=scale.unit,
        years=years,
        lines=lines,
        low=placed(own["p10"]),
        high=placed(own["p90"]),
        ranged=data.styles[data.reference].color,
        note=short[data.reference],
    )


def _role(data: ResultData, name: str) -> str:
    return REFERENCE if name == data.reference else OPTION


def _most(values: np.ndarray) -> float:
    return float(np.nanmax(np.abs(values)))


def _values(values: np.ndarray, scale: Scale) -> Values:
    return [float(f"{scale.factor * value:.6g}") if np.isfinite(value) else None for value in values]


def _told(data: ResultData, indicator: str) -> Fact | None:
    found = answering.find(data.annual, data.reference, data.recorded, data.origin, [indicator])
    told = [fact for each in found.values() for fact in each]
    if not told and indicator in data.focus.of:  # what was asked for is told with its number, large or small
        told = [fact for (fact,) in data.moved(indicator, data.year).values() if fact.middle]
    return max(told, key=lambda fact: (fact.since is None, abs(fact.middle)), default=None)


def _change_told(data: ResultData, label: str, told: Fact | None) -> str:
    if told is None:
        return f"{label}: no change worth telling"
    if told.held:
        return plain(facts.change_in_words(told, f"“{data.titles[told.option]}”"))
    moved = change_in_amount(abs(told.middle), facts.unit_of(told))
    verb = "raises" if told.middle > 0 else "lowers"
    return f"“{data.titles[told.option]}” {verb} {in_text(label)} by {moved} {facts.when(told)}"


def _level_told(data: ResultData, indicator: str, largest: float) -> str:
    """Where the reference goes, and options in the year that is told, in the unit of the picture.

    Parameters
    ----------
    largest : float
        Of what is drawn.
    """
    unit, at = data.annual[indicator].attrs["units"], data.years.index(data.year)
    label, own = data.short_label(indicator), data.summary.bands(indicator, data.reference)
    low, middle, high = (float(own[band][at]) for band in ("p10", "p50", "p90"))
    told = amount(middle, unit, beside=max(abs(low), abs(high), largest))
    if not data.options:
        return f"{label}: {told} in {data.year}, {span(low, high, unit)} in 80 % of futures"
    ends = [float(data.summary.bands(indicator, name)["p50"][at]) for name in data.options]
    size = max(map(abs, [middle, *ends, largest]))
    (own_text, least, most), word = scaled((middle, min(ends), max(ends)), unit, size)
    others = least if least == most else f"{least} to {most}"
    whose = "under the option" if len(ends) == 1 else "under the options"
    return f"{label} in {data.year}: {own_text} {word} under “{data.titles[data.reference]}”, {others} {whose}"
