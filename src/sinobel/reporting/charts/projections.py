"""Charts of projections: a fan of one indicator, and several of them on one page; record and futures clearly apart.

Nobody here opens a file. Each chart names scenario, draws, vintage and sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from sinobel.analysis import answering
from sinobel.analysis.round_years import told_year
from sinobel.analysis.summary import INTERVALS, Summary
from sinobel.inputs import pairs
from sinobel.policies.focus import Focus
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.shared import HEADLINES, Footer, RecordOf, label
from sinobel.reporting.charts.style import COLORS, INK, QUIET, RECORD, thousands
from sinobel.reporting.words.wording import in_text, percent, scale_of, scaled

FAN_ALPHA = {90: 0.16, 80: 0.20, 50: 0.30}
RANGE = ("p10", "p50", "p90")
TELLS = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")


def finding(name: str, unit: str, years: np.ndarray, bands: Mapping[str, np.ndarray], year: int | None = None) -> str:
    """What a fan shows: "Exports to China: median 1.0 bn USD in 2025, 80 % of futures 0.6 to 1.6"."""
    year = year or told_year([int(each) for each in years])
    index = list(years).index(year)
    values = (float(bands[band][index]) for band in RANGE)
    (below, between, above), word = scaled(values, unit, size_of(years, bands, year))
    told = f"{between} {word}".strip()
    if float(bands["p50"][index]) == 0 < float(bands["p90"][index]):  # most futures have none of it, which says little
        mean = f"{scaled([float(bands['mean'][index])], unit, size_of(years, bands, year))[0][0]} {word}".strip()
        return f"{name}: {mean} on average in {year}, none at the median, 80 % of futures {below} to {above}"
    return f"{name}: median {told} in {year}, 80 % of futures {below} to {above}"


def size_of(years: np.ndarray, bands: Mapping[str, np.ndarray], year: int | None = None) -> float:
    """The largest number that the title of a fan tells, which sets the scale of its axis too."""
    index = list(years).index(year or told_year([int(each) for each in years]))
    return max(abs(float(bands[band][index])) for band in RANGE)


def _draw_fan(
    axis: Any, years: np.ndarray, bands: Mapping[str, np.ndarray], color: str, start: tuple[int, float] | None
) -> None:
    """Fan of a scenario; it starts at the last recorded point where there is one."""

    def with_start(values: np.ndarray) -> np.ndarray:
        return values if start is None else np.concatenate([[start[1]], values])

    x = years if start is None else np.concatenate([[start[0]], years])
    for level, (low, high) in INTERVALS.items():
        axis.fill_between(
            x, with_start(bands[low]), with_start(bands[high]), color=color, alpha=FAN_ALPHA[level], linewidth=0
        )
    axis.plot(x, with_start(bands["p50"]), color=color, linewidth=2.4)


def _draw_record(axis: Any, recorded: Mapping[int, float], origin: int, first: int) -> tuple[int, float] | None:
    """The record to the origin, and what followed as hollow points; returns the point a fan may start from."""
    before = {year: value for year, value in recorded.items() if first <= year <= origin}
    after = {year: value for year, value in recorded.items() if year > origin}
    if before:
        axis.plot(list(before), list(before.values()), color=RECORD, linewidth=2, marker="o", markersize=4)
    if after:
        axis.plot(
            list(after),
            list(after.values()),
            color=RECORD,
            linestyle="none",
            marker="o",
            markersize=6,
            markerfacecolor="white",
            markeredgewidth=1.6,
            zorder=5,
        )
    return (origin, before[origin]) if origin in before else None


def _finish(axis: Any, years: Sequence[int], origin: int, factor: float) -> None:
    axis.axvline(origin + 0.5, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))  # there is no year 2007.5
    thousands(axis.yaxis, factor)
    low, high = axis.get_ylim()
    if low < 0 < high:
        axis.axhline(0, color=INK, linewidth=0.9)
    axis.set_xlim(years[0] - 0.4, years[-1] + 0.4)


def fan_legend(color: str, *, after: bool, recorded: bool = True) -> list[Any]:
    """Handles of the record, the median, the ranges, and of what followed."""
    entries: list[Any] = []
    if recorded:
        entries.append(Line2D([], [], color=RECORD, marker="o", markersize=4, label="record"))
    entries.append(Line2D([], [], color=color, linewidth=2.4, label="median"))
    shade = 0.0
    patches = []
    for level in (90, 80, 50):
        shade = 1 - (1 - shade) * (1 - FAN_ALPHA[level])
        patches.append(Patch(color=color, alpha=shade, linewidth=0, label=f"{level} % of futures"))
    entries += reversed(patches)
    if after:
        entries.append(
            Line2D([], [], color=RECORD, linestyle="none", marker="o", markerfacecolor="white", label="what followed")
        )
    return entries


def rows_of(
    indicator: str,
    unit: str,
    series: Mapping[int, float],
    first: int,
    years: np.ndarray,
    bands: Mapping[str, np.ndarray],
) -> list[dict[str, Any]]:
    """What a fan draws: the record, and quantiles of every simulated year."""
    head = {"indicator": indicator, "unit": unit}
    rows: list[dict[str, Any]] = [
        {**head, "part": "record", "year": year, **dict.fromkeys(TELLS, ""), "p50": value}
        for year, value in series.items()
        if year >= first
    ]
    return rows + [
        {**head, "part": "futures", "year": int(year), **{band: float(bands[band][index]) for band in TELLS}}
        for index, year in enumerate(years)
    ]


def fan(
    summary: Summary,
    indicator: str,
    scenario: str,
    recorded: RecordOf,
    origin: int,
    footer: Footer,
    title: str = "",
    year: int | None = None,
) -> Chart:
    """Fan chart of one indicator: the record to the origin, then median and 50, 80 and 90 % of futures.

    Parameters
    ----------
    origin : int
        The last recorded year.
    year : int | None
        That the title tells; a round one for None.
    """
    name, unit = label(summary, indicator)
    first = origin - 10
    years, bands = summary[indicator]["year"].values, summary.bands(indicator, scenario)
    series = recorded.get(indicator, {})
    size = size_of(years, bands, year)
    return Chart(
        pairs.dashed(indicator),
        finding(name, unit, years, bands, year),
        reading=f"{title or scenario}, {scale_of(unit, size)[1]}. At the right: median and 80 % of futures in "
        f"{years[-1]}",
        foot=footer.of(indicator),
        rows=rows_of(indicator, unit, series=series, first=first, years=years, bands=bands),
        paint=partial(_paint_alone, told_in=(unit, size), series=series, origin=origin, years=years, bands=bands),
        legend_rows=1,
    )


def _paint_alone(sheet: Sheet, **fan: Any) -> None:
    """A fan that has a chart of its own."""
    paint_fan(sheet.axes, **fan)
    after = any(year > fan["origin"] for year in fan["series"])
    sheet.legend(fan_legend(COLORS[0], after=after, recorded=bool(fan["series"])), 6)


def paint_fan(
    axis: Any,
    *,
    told_in: tuple[str, float],
    series: Mapping[int, float],
    origin: int,
    years: np.ndarray,
    bands: Mapping[str, np.ndarray],
) -> None:
    """Record and fan on an axis in the unit of the title, with median and 80 % of the last year at the right.

    Parameters
    ----------
    told_in : tuple[str, float]
        Unit of the values, and the largest number of the title.
    """
    first, (factor, word) = origin - 10, scale_of(*told_in)
    start = _draw_record(axis, series, origin, first)
    _draw_fan(axis, years, bands, COLORS[0], start)
    _finish(axis, [first if series else origin, years[-1]], origin, factor)
    axis.set_ylabel(word)
    axis.annotate("simulated", (origin + 0.5, 1.005), xycoords=("data", "axes fraction"), va="bottom", color=QUIET)
    ends = [float(bands[band][-1]) for band in RANGE]
    texts = scaled(ends, *told_in)[0]  # the same text twice stands once
    low, middle, high = zip(texts, apart(axis, ends), strict=True)
    for text, at in dict((low, high, middle)).items():
        axis.annotate(text, (years[-1] + 0.45, at), va="center", color=COLORS[0], annotation_clip=False, fontsize=12)


LEAST_APART = 0.055
"""Part of the height of a chart that texts one above the other are apart, middle to middle."""


def apart(axis: Any, ends: Sequence[float]) -> tuple[float, float, float]:
    """Where the texts of a low, a middle and a high end of a fan stand, so that they do not cover each other."""
    low, middle, high = ends
    least = LEAST_APART * abs(axis.get_ylim()[1] - axis.get_ylim()[0])
    return min(low, middle - least), middle, max(high, middle + least)


def small_multiples(
    summary: Summary,
    scenario: str,
    recorded: RecordOf,
    origin: int,
    footer: Footer,
    indicators: Sequence[str] = HEADLINES,
    title: str = "",
    focus: Focus | None = None,
) -> Chart:
    """Fans of several indicators of one scenario on one page, three in a row."""
    shown = [name for name in indicators if name in summary]
    lines = -(-len(shown) // 3)
    first = origin - 8
    rows = []
    for name in shown:
        unit, series = label(summary, name)[1], recorded.get(name, {})
        rows += rows_of(
            name,
            unit,
            series=series,
            first=first,
            years=summary[name]["year"].values,
            bands=summary.bands(name, scenario),
        )
    return Chart(
        "overview",
        _overview(
            summary,
            scenario,
            recorded=recorded,
            origin=origin,
            title=title or scenario,
            shown=shown,
            focus=focus or Focus(),
        ),
        reading="The record to the origin and the range of futures after it",
        foot=footer.of(*shown),
        rows=rows,
        paint=partial(
            _paint_multiples, summary=summary, scenario=scenario, recorded=recorded, origin=origin, shown=shown
        ),
        size=(13.5, 3.0 * lines + 1.6),
        legend_rows=1,
        layout={"nrows": lines, "ncols": 3, "squeeze": False},
    )


def _paint_multiples(
    sheet: Sheet, *, summary: Summary, scenario: str, recorded: RecordOf, origin: int, shown: Sequence[str]
) -> None:
    first, after = origin - 8, False
    for axis, indicator in zip(sheet.axes.flat, shown, strict=False):
        series = recorded.get(indicator, {})
        after = after or any(year > origin for year in series)
        start = _draw_record(axis, series, origin, first)
        years, bands = summary[indicator]["year"].values, summary.bands(indicator, scenario)
        _draw_fan(axis, years, bands, COLORS[0], start)
        name, unit = label(summary, indicator)
        factor, word = scale_of(unit, size_of(years, bands))
        _finish(axis, [first, years[-1]], origin, factor)
        axis.set_title(wrapped(name, 34), fontsize=12.5)
        axis.set_ylabel(word, fontsize=10.5)
        axis.tick_params(labelsize=10.5)
    for axis in sheet.axes.flat[len(shown) :]:
        axis.set_visible(False)
    sheet.legend(fan_legend(COLORS[0], after=after), 6)


def _overview(
    summary: Summary,
    scenario: str,
    recorded: RecordOf,
    origin: int,
    title: str,
    shown: Sequence[str],
    focus: Focus,
) -> str:
    """The title of an overview: what was asked for, else what leaves the record most, against the record."""
    years = [int(each) for each in summary[shown[0]]["year"].values]
    year = next((each for each in focus.years if each in years), told_year(years))
    asked = [name for name in focus.of if name in shown]
    indicator = (
        asked[0] if asked else answering.departs_most(summary.yearly, scenario, recorded, origin, shown, year=year)
    )
    bands = summary.bands(indicator, scenario)
    name, unit = label(summary, indicator)
    before = recorded.get(indicator, {}).get(origin)
    values = summary[indicator].sel(scenario=scenario, year=year).values
    if before is None:
        return f"{title}. {finding(name, unit, np.asarray(years), bands, year)}"
    low = float((values < before).mean())
    share, word = (low, "below") if low >= 0.5 else (1 - low, "above")
    then, unit_word = scaled((before,), unit, size_of(np.asarray(years), bands))
    told = f"{title}: {in_text(name)} {word} the {f'{then[0]} {unit_word}'.strip()} of {origin}"
    return f"{told} in {percent(share)} of futures for {year}"
