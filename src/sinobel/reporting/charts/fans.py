"""Fans of an indicator of several scenarios in one chart, and fans of months where no single draws were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from sinobel.analysis.round_years import told_year
from sinobel.analysis.summary import INTERVALS
from sinobel.inputs import pairs
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.projections import FAN_ALPHA, TELLS
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import INK, QUIET, RECORD, Look, scenario_styles, thousands
from sinobel.reporting.words.wording import scale_of, scaled

FEW = 3
"""Scenarios up to which each shows its range; of more, ranges would hide each other, and only the first has one."""
RANGE = ("p10", "p90")
RANGE_ALPHA = 0.16
YEARS_BEFORE = 10
MOST_LABELS = 14
"""Years that are written under a chart of months; of more, every second one, or every fifth."""

Bands = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Fans:
    """What is drawn.

    Attributes
    ----------
    unit : str
        Of the values.
    positions : np.ndarray
        Of the values along the axis of calendar years: whole years, or the middle of months.
    names : list[str]
        Of the positions: "2025", or "2025-12".
    bands : Mapping[str, Bands]
        Scenario -> quantiles over draws, band -> (positions,), the first on top.
    titles : Mapping[str, str]
        Scenario -> its title.
    recorded : Mapping[float, float]
        Position -> recorded value.
    origin : int
        The last recorded year.
    monthly : bool
        Positions are months.
    year : int | None
        That the title tells; by default one far from either end.
    """

    indicator: str
    label: str
    unit: str
    positions: np.ndarray
    names: list[str]
    bands: Mapping[str, Bands]
    titles: Mapping[str, str]
    recorded: Mapping[float, float]
    origin: int
    monthly: bool
    year: int | None = None

    @property
    def turn(self) -> float:
        """Where what is known ends on the axis."""
        return self.origin + (1.0 if self.monthly else 0.5)

    @property
    def told(self) -> int:
        """Index of the year that the title tells, or of its last month."""
        years = np.floor(self.positions).astype(int)
        year = self.year if self.year in years else told_year([int(year) for year in years])
        return int(np.flatnonzero(years == year)[-1])

    @property
    def size(self) -> float:
        """The largest number that the title tells, which sets the scale of the axis."""
        told = RANGE if len(self.bands) == 1 else ("p50",)
        return max(abs(float(bands[band][self.told])) for bands in self.bands.values() for band in told)

    @property
    def scale(self) -> tuple[float, str]:
        """What the axis multiplies by, and its unit."""
        return scale_of(self.unit, self.size)

    def before(self) -> dict[float, float]:
        """The record of the last years before the origin."""
        first = self.origin - YEARS_BEFORE
        return {at: value for at, value in self.recorded.items() if first <= at < self.turn}

    def after(self) -> dict[float, float]:
        """What followed, as far as it is simulated."""
        return {at: value for at, value in self.recorded.items() if self.turn < at <= self.positions[-1] + 1e-9}


def month_position(year: int, month: int) -> float:
    """Where a month stands on an axis of years, whose ticks are Januaries: its middle."""
    return year + (month - 0.5) / 12


def chart(fans: Fans, footer: Footer) -> Chart:
    """Median and ranges of an indicator under one or several scenarios, with the record before."""
    return Chart(
        f"fans-{pairs.dashed(fans.indicator)}",
        finding(fans),
        reading=_reading(fans),
        foot=footer.of(fans.indicator),
        rows=_rows(fans),
        paint=partial(_paint, fans),
        legend_rows=-(-len(_legend(fans)) // _columns(fans)),
    )


def finding(fans: Fans) -> str:
    """What the chart shows: the median and 80 % of futures of one scenario, or the medians of several."""
    at, name = fans.told, fans.label
    when = f"the month {fans.names[at]}" if fans.monthly else fans.names[at]
    if len(fans.bands) == 1:
        bands = next(iter(fans.bands.values()))
        low, middle, high = (float(bands[band][at]) for band in ("p10", "p50", "p90"))
        (below, between, above), word = scaled((low, middle, high), fans.unit, fans.size)
        return f"{name}: median {f'{between} {word}'.strip()} in {when}, 80 % of futures {below} to {above}"
    medians = {scenario: float(bands["p50"][at]) for scenario, bands in fans.bands.items()}
    shown, last = medians, ", "
    if len(medians) > FEW:
        least, most = min(medians, key=medians.__getitem__), max(medians, key=medians.__getitem__)
        shown, last = {least: medians[least], most: medians[most]}, " to "
    texts, word = scaled(shown.values(), fans.unit, fans.size)
    texts[0] = f"{texts[0]} {word}".strip()
    told = last.join(f"{text} under {fans.titles[each]}" for each, text in zip(shown, texts, strict=True))
    return f"{name} in {when}: {told} (medians{f' of {len(medians)} scenarios' * (len(medians) > FEW)})"


def _reading(fans: Fans) -> str:
    when = "month by month" if fans.monthly else "year by year"
    if len(fans.bands) == 1:
        return f"{next(iter(fans.titles.values()))}, {fans.scale[1]}, {when}"
    ranges = "each with its range" if len(fans.bands) <= FEW else "the range is that of the first"
    return f"{fans.scale[1]}, {when}, on the same futures; {ranges}"


def _rows(fans: Fans) -> list[dict[str, Any]]:
    head = {"indicator": fans.indicator, "unit": fans.unit}
    at = "month" if fans.monthly else "year"

    def name(position: float) -> str:
        return f"{int(position)}-{round((position % 1) * 12 + 0.5):02d}" if fans.monthly else str(int(position))

    rows: list[dict[str, Any]] = [
        {**head, "scenario": "record", at: name(each), **dict.fromkeys(TELLS, ""), "p50": value}
        for each, value in {**fans.before(), **fans.after()}.items()
    ]
    for scenario, bands in fans.bands.items():
        rows += [
            {**head, "scenario": scenario, at: name, **{band: float(bands[band][index]) for band in TELLS}}
            for index, name in enumerate(fans.names)
        ]
    return rows


def _columns(fans: Fans) -> int:
    return 6 if len(fans.bands) == 1 else 3


def _legend(fans: Fans) -> list[Any]:
    record: list[Any] = []
    if fans.before():
        record.append(Line2D([], [], color=RECORD, marker="o", markersize=4, label="record"))
    if fans.after():
        hollow: dict[str, Any] = {"linestyle": "none", "marker": "o", "markerfacecolor": "white"}
        record.append(Line2D([], [], color=RECORD, **hollow, label="what followed"))
    looks = scenario_styles(list(fans.bands))
    if len(fans.bands) > 1:
        lines = [
            Line2D([], [], linewidth=2.2, markersize=6, **looks[name].both, label=fans.titles[name])
            for name in fans.bands
        ]
        color = QUIET if len(fans.bands) <= FEW else next(iter(looks.values())).color
        return [*record, *lines, Patch(color=color, alpha=2 * RANGE_ALPHA, linewidth=0, label="80 % of futures")]
    color = next(iter(looks.values())).color
    shade, patches = 0.0, []
    for level in INTERVALS:
        shade = 1 - (1 - shade) * (1 - FAN_ALPHA[level])
        patches.append(Patch(color=color, alpha=shade, linewidth=0, label=f"{level} % of futures"))
    return [*record, Line2D([], [], color=color, linewidth=2.4, label="median"), *reversed(patches)]


def _paint(fans: Fans, sheet: Sheet) -> None:
    axis, looks, before = sheet.axes, scenario_styles(list(fans.bands)), fans.before()
    last = max(before) if before else None
    start = None if last is None or fans.turn - last > 1 else (last, before[last])
    for index, scenario in reversed(list(enumerate(fans.bands))):
        _one(axis, fans, scenario, look=looks[scenario], ranged=index == 0 or len(fans.bands) <= FEW, start=start)
    if before:
        axis.plot(list(before), list(before.values()), color=RECORD, linewidth=2, marker="o", markersize=4, zorder=5)
    if after := fans.after():
        hollow: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 6, "markerfacecolor": "white"}
        axis.plot(list(after), list(after.values()), color=RECORD, markeredgewidth=1.6, zorder=6, **hollow)
    axis.axvline(fans.turn, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    thousands(axis.yaxis, fans.scale[0])
    low, high = axis.get_ylim()
    if low < 0 < high:
        axis.axhline(0, color=INK, linewidth=0.9)
    axis.set_ylabel(fans.scale[1])
    axis.annotate("simulated", (fans.turn, 1.005), xycoords=("data", "axes fraction"), va="bottom", color=QUIET)
    left = min(before) if before else fans.turn
    axis.set_xlim(left - 0.3, fans.positions[-1] + 0.4)
    _years(axis, fans)
    sheet.legend(_legend(fans), _columns(fans))


def _one(axis: Any, fans: Fans, scenario: str, *, look: Look, ranged: bool, start: tuple[float, float] | None) -> None:
    """A scenario: its fan where it is alone, its range and its median where it has company."""
    bands = fans.bands[scenario]

    def with_start(values: np.ndarray) -> np.ndarray:
        return values if start is None else np.concatenate([[start[1]], values])

    at = fans.positions if start is None else np.concatenate([[start[0]], fans.positions])
    alone = len(fans.bands) == 1
    intervals = {FAN_ALPHA[level]: ends for level, ends in INTERVALS.items()} if alone else {RANGE_ALPHA: RANGE}
    for alpha, (low, high) in intervals.items() if ranged else ():
        axis.fill_between(at, with_start(bands[low]), with_start(bands[high]), color=look.color, alpha=alpha, lw=0)
    axis.plot(at, with_start(bands["p50"]), linewidth=2.4 if ranged else 1.8, zorder=3, **look.line)
    if not alone:
        axis.plot(fans.positions[-1], bands["p50"][-1], markersize=7, zorder=4, **look.dot)


def _years(axis: Any, fans: Fans) -> None:
    """Whole years under the axis, each at its January where months are drawn."""
    if not fans.monthly:
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        return
    low, high = axis.get_xlim()
    years = np.arange(int(np.ceil(low)), int(np.floor(high)) + 1)
    apart = next((step for step in (1, 2, 5) if len(years) <= step * MOST_LABELS), 10)
    axis.xaxis.set_major_locator(FixedLocator([float(year) for year in years if year % apart == 0]))
    axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
