"""Charts of an indicator in a comparison: the level under the first scenario, and what each option changes of it.

Levels of options lie on one another, since the same futures move all of them; their paired differences do not.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from sinobel.analysis.worth import Fact
from sinobel.inputs import pairs
from sinobel.reporting.charts import projections
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import told_apart
from sinobel.reporting.charts.projections import RANGE, TELLS
from sinobel.reporting.charts.shared import label
from sinobel.reporting.charts.style import INK, Look, thousands
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words.facts import SMALL, SOME, change_in_words
from sinobel.reporting.words.wording import in_text, percent, plain, scale_of, scale_of_change

TOGETHER, ALONE = 4, 5
"""Options in one panel of several, all in one scale, so that ranges stay apart; and in one that is the only one."""
LONGEST = 54
"""Columns of an option's name above its panel."""
NOTHING = 1e-6
"""Of the level: below this an option changes nothing."""

Bands = Mapping[str, np.ndarray]


def level_and_change(data: ResultData, indicator: str) -> Chart:
    """The record and the fan of the reference, beside paired differences of every option with 80 % of futures."""
    summary, reference = data.summary, data.reference
    name, unit = label(summary, indicator)
    years, level = summary[indicator]["year"].values, summary.bands(indicator, reference)
    change = {option: summary.change(indicator, option, reference) for option in data.options}
    groups = grouped(data.options)
    size, most = projections.size_of(years, level, data.year), most_moved(data, indicator)
    told = max(abs(most.low), abs(most.high)) if most.material and most.sure else _largest([*change.values()])
    series, lines = data.drawn.get(indicator, {}), -(-(1 + len(groups)) // 2)
    return Chart(
        pairs.dashed(indicator),
        finding(most, name, data.titles[most.option]),
        reading=f"First: {in_text(data.titles[reference])}, {scale_of(unit, size)[1]}; numbers: median and 80 % of "
        f"futures in {years[-1]}. Then: change against it on the same futures, median and 80 %, bars for {years[-1]}",
        foot=data.footer.of(indicator),
        rows=_rows(data, indicator, series, change),
        paint=partial(
            _paint,
            level={"told_in": (unit, size), "series": series, "origin": data.origin, "years": years, "bands": level},
            change=change,
            scale=scale_of_change(unit, told),
            groups=groups,
            names=(name, _called(data, change, level)),
            looks=data.styles,
        ),
        size=(13.5, 2.2 + 4.5 * lines),
        legend_rows=1,
        layout={"nrows": lines, "ncols": 2, "squeeze": False},
    )


def grouped(options: Sequence[str]) -> list[list[str]]:
    """Options by panel, as even as may be; an odd number of panels, since the level stands beside the first."""
    count = 1
    while len(options) > (ALONE if count == 1 else count * TOGETHER):
        count += 2
    ends = [round(place * len(options) / count) for place in range(count + 1)]
    return [list(options[low:high]) for low, high in itertools.pairwise(ends)]


def most_moved(data: ResultData, indicator: str) -> Fact:
    """The change of the option that moves an indicator most, one that is worth telling before any other."""
    facts = [fact for (fact,) in data.moved(indicator, data.year).values()]
    return max(facts, key=lambda fact: (fact.material and fact.sure, abs(fact.middle), fact.often))


def finding(most: Fact, name: str, title: str) -> str:
    """What the option changes that changes most of an indicator, or in how many futures it does."""
    if most.material and most.sure:
        return plain(change_in_words(most, title))
    if most.often < SOME and most.sure and most.middle:
        return plain(f"{change_in_words(most, title)}, {SMALL}")
    if most.often < SOME:
        return f"{name}: no option changes it by anything worth telling in {most.year}"
    return f"{name}: no option moves the median in {most.year}; {title} changes {percent(most.often)} of futures"


def _called(data: ResultData, change: Mapping[str, Bands], level: Bands) -> dict[str, str]:
    """What options are called; one that changes nothing says so, since its line is the axis."""
    short = told_apart({option: data.titles[option] for option in change}, LONGEST)
    least = NOTHING * max(float(np.nanmax(np.abs(level[band]))) for band in RANGE)
    still = {option for option, bands in change.items() if _largest([bands]) <= least}
    return {option: f"{each} (no change)" if option in still else each for option, each in short.items()}


def _largest(every: Sequence[Bands]) -> float:
    return max(float(np.nanmax(np.abs(bands[band]))) for bands in every for band in RANGE)


def _paint(
    sheet: Sheet,
    *,
    level: Mapping[str, Any],
    change: Mapping[str, Bands],
    scale: tuple[float, str],
    groups: Sequence[Sequence[str]],
    names: tuple[str, Mapping[str, str]],
    looks: Mapping[str, Look],
) -> None:
    """The level first, then a panel of differences for each group of options, in one scale."""
    first, *others = sheet.axes.flat
    name, called = names
    projections.paint_fan(first, **level)
    first.set_title(name, fontsize=13, pad=22)
    factor, word = scale
    for axis, group in zip(others, groups, strict=False):
        _paint_group(axis, level["years"], {each: change[each] for each in group}, looks, called)
        thousands(axis.yaxis, factor)
        axis.set_ylabel(f"change, {word}")
        axis.set_ylim(_ends([*change.values()]))
    for axis in others[len(groups) :]:
        axis.set_visible(False)
    after = any(year > level["origin"] for year in level["series"])
    color = next(iter(looks.values())).color
    sheet.legend(projections.fan_legend(color, after=after, recorded=bool(level["series"])), 6)


def _ends(every: Sequence[Bands]) -> tuple[float, float]:
    """Ends of the axis that all groups share, a little beyond what they show."""
    low = min(0.0, *(float(np.nanmin(bands["p10"])) for bands in every))
    high = max(0.0, *(float(np.nanmax(bands["p90"])) for bands in every))
    margin = 0.06 * (high - low) or 1.0
    return low - margin, high + margin


def _paint_group(
    axis: Any, years: np.ndarray, change: Mapping[str, Bands], looks: Mapping[str, Look], called: Mapping[str, str]
) -> None:
    """Differences of a few options: a line and its range each, and the range of the last year beside the others'."""
    for index, (option, bands) in enumerate(change.items()):
        low, middle, high = (bands[band] for band in RANGE)
        look, x = looks[option], years[-1] + 0.6 + 0.4 * index
        axis.fill_between(years, low, high, color=look.color, alpha=0.14, linewidth=0)
        every = (index % 3, 3)
        axis.plot(years, middle, linewidth=2.2, markersize=6, markevery=every, label=called[option], **look.both)
        axis.plot([x, x], [low[-1], high[-1]], color=look.color, linewidth=3.5, solid_capstyle="butt")
        axis.plot(x, middle[-1], markersize=6, **look.dot)
    axis.axhline(0, color=INK, linewidth=1)
    axis.set_xlim(years[0] - 0.3, years[-1] + 0.8 + 0.4 * len(change))
    axis.set_xticks([year for year in years if year % (1 if len(years) < 8 else 2) == 0])
    corner: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "ncols": 1, "fontsize": 11}
    axis.legend(**corner, borderpad=0, borderaxespad=0.4, labelspacing=0.25)


def _rows(
    data: ResultData, indicator: str, series: Mapping[int, float], change: Mapping[str, Bands]
) -> list[dict[str, Any]]:
    """The record, quantiles of the level, and those of the differences, a row a year."""
    summary, reference = data.summary, data.reference
    years = summary[indicator]["year"].values
    levels = projections.rows_of(
        indicator,
        label(summary, indicator)[1],
        series=series,
        first=data.origin - 10,
        years=years,
        bands=summary.bands(indicator, reference),
    )
    rows = [{"scenario": "" if row["part"] == "record" else reference, **row} for row in levels]
    for option, bands in change.items():
        for place, year in enumerate(years):
            told = {band: float(bands[band][place]) for band in TELLS}
            rows.append(
                {**rows[-1], "scenario": option, "part": f"change against {reference}", "year": int(year)} | told
            )
    return rows
