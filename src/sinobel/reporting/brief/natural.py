"""The table of the brief: few measures in units that people use, draw by draw before any median is taken."""

from __future__ import annotations

import numpy as np

from sinobel.analysis import worth
from sinobel.analysis.summary import quantiles
from sinobel.inputs.indicators import all_indicators
from sinobel.reporting.brief.content import Table
from sinobel.reporting.brief.scales import number, scale_of
from sinobel.reporting.brief.strings import STRINGS, word
from sinobel.reporting.charts.lettering import told_apart
from sinobel.reporting.result_data import ResultData

GDP, IMPORTS = "gdp", "total_imports"
MEASURES = {
    "income_per_head": ("", "a_head", 1.0, 0),
    "exports_to_china": (GDP, "of_gdp", 100.0, 1),
    "balance_with_china": (GDP, "of_gdp", 100.0, 1),
    "debt_to_china": (GDP, "of_gdp", 100.0, 1),
    "external_public_debt": (GDP, "of_gdp", 100.0, 1),
    "reserves": (IMPORTS, "of_imports", 12.0, 1),
}
"""Indicator -> what it is divided by, its unit then, what that takes it times, digits."""
LEADING = 3
"""Indicators that the answer tells first which stand above the measures."""
MOST = 4
RANGES = 2
"""Options up to which changes are told with their ranges."""
NAME = 34


def table(data: ResultData, language: str) -> Table:
    """The record, the reference in the year that is told, and what each option changes."""
    options = data.options[:MOST]
    short = told_apart({name: data.titles[name] for name in [data.reference, *options]}, NAME)
    header = [word("measure", language), f"{word('recorded', language)} {data.origin}"]
    header += [f"{short[data.reference]} {data.year}", *(f"Δ {short[name]}" for name in options)]
    first = list(dict.fromkeys([*data.focus.of, *data.leading[:LEADING]]))
    asked = [_asked_for(data, name, options, language) for name in first if name in data.annual]
    told = {name for name in first if not MEASURES.get(name, (GDP,))[0]}  # in that unit already
    rows = asked + [_row(data, name, options, language) for name in MEASURES if _can(data, name) and name not in told]
    left = len(data.options) - MOST
    more = f"; {left} more {'option stands' if left == 1 else 'options stand'} in the report" if left > 0 else ""
    ranges = " In brackets 80 % of futures." if len(options) <= RANGES else " Ranges stand in the report."
    caption = (
        f"Medians of {data.year}; Δ is the change against “{data.titles[data.reference]}” on the same futures{more}."
    )
    return Table(header, rows, caption + ranges)


def _can(data: ResultData, name: str) -> bool:
    by = MEASURES[name][0]
    return name in data.annual and (not by or by in data.annual)


def _asked_for(data: ResultData, name: str, options: list[str], language: str) -> list[str]:
    """The row of an indicator that the answer tells first, in its own unit."""
    values = {each: _of_year(data, name, each) for each in (data.reference, *options)}
    before = data.recorded.get(name, {}).get(data.origin)
    label = word(name, language) if name in STRINGS else data.short_label(name)
    if shares := worth.held(all_indicators()[name], *values.values()):
        changed = [number(100 * (share - shares[0]), 0, sign=True) for share in shares[1:]]
        return [
            f"{label}, % of futures",
            "–" if before is None else f"{100 * before:.0f}",
            f"{100 * shares[0]:.0f}",
            *changed,
        ]
    size = max(float(np.abs(np.median(each))) for each in values.values())
    scale = scale_of(data.annual[name].attrs["units"], size)
    digits = scale.digits + (scale.factor < 1)
    few, base = len(options) <= RANGES, scale.factor * values[data.reference]
    cells = [f"{label}, {scale.unit}", "–" if before is None else number(scale.factor * before, digits)]
    cells.append(_band(base, digits) if few else number(float(np.median(base)), digits))
    for option in options:
        change = scale.factor * values[option] - base
        cells.append(_band(change, digits, sign=True) if few else _middle(change, digits))
    return cells


def _row(data: ResultData, name: str, options: list[str], language: str) -> list[str]:
    _, unit, _, digits = MEASURES[name]
    base = _values(data, name, data.reference)
    few = len(options) <= RANGES
    own = _band(base, digits) if few else number(float(np.median(base)), digits)
    cells = [f"{word(name, language)}, {word(unit, language)}", _recorded(data, name), own]
    for option in options:
        change = _values(data, name, option) - base
        cells.append(_band(change, digits, sign=True) if few else _middle(change, digits))
    return cells


def _values(data: ResultData, name: str, scenario: str) -> np.ndarray:
    """Of every draw in the year that is told, in the unit of the table."""
    by, _, times, _ = MEASURES[name]
    values = _of_year(data, name, scenario)
    return times * values / _of_year(data, by, scenario) if by else values


def _of_year(data: ResultData, name: str, scenario: str) -> np.ndarray:
    """Of every draw in the year that is told, as results have it."""
    return np.asarray(data.annual[name].sel({"scenario": scenario, "year": data.year}).values, dtype=float)


def _recorded(data: ResultData, name: str) -> str:
    by, _, times, digits = MEASURES[name]
    value = data.recorded.get(name, {}).get(data.origin)
    over = data.recorded.get(by, {}).get(data.origin) if by else 1.0
    return "–" if value is None or not over else number(times * value / over, digits)


def _middle(values: np.ndarray, digits: int) -> str:
    return number(float(np.median(values)), digits, sign=True)


def _band(values: np.ndarray, digits: int, *, sign: bool = False) -> str:
    low, middle, high = (number(float(each), digits, sign=sign) for each in quantiles(values, (0.1, 0.5, 0.9)))
    return f"{middle} ({low} to {high})"
