"""How good past forecasts were: charts of the backtest and the track record at the foot of projections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.reporting.charts.chart import Chart, Sheet, told
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.style import COLORS, GRID, QUIET, RECORD, SQUARE, thousands

Labels = Mapping[str, str]
"""Series -> its label, or its yearly unit."""

RIGHT_MODEL = "A right model: the truth is drawn from its own forecasts (mean, 5 to 95 %)."
LONG = (
    "Naive forecasts: random walks with and without drift, AR(1), in levels and logs; the best of them for each series."
)
NEXT_YEAR = (
    "Naive forecasts were fixed before the scores were seen and start from December or the last quarter where the "
    "record has them."
)
CALIBRATED = range(2009, 2017)
"""Origins whose posterior ships, if that is what forecasts are made with."""


@dataclass(frozen=True)
class Forecasts:
    """Which past forecasts charts show, for their feet.

    Attributes
    ----------
    long, ahead : tuple[int, int]
        First and last origin of those over five years, and of those of the next year.
    fitted : bool
        With parameters refitted to what was known at each origin, instead of the wide priors of then.
    vintage : str
        Whose record they are held against, where a user added rows to it.
    """

    long: tuple[int, int] = (2009, 2015)
    ahead: tuple[int, int] = (2008, 2015)
    fitted: bool = True
    vintage: str = ""

    @property
    def foot(self) -> str:
        """The foot of what shows forecasts over five years."""
        return f"{_from(self.long)}, one to five years ahead, {self.parameters(self.long)} {LONG} {self.sources}"

    @property
    def foot_next_year(self) -> str:
        """The foot of what shows forecasts of the next year."""
        return f"{_from(self.ahead)} of the year after, {self.parameters(self.ahead)} {NEXT_YEAR} {self.sources}"

    @property
    def foot_of_both(self) -> str:
        """The foot of what shows both."""
        told = "of the year after, of headline series one to five years ahead,"
        return f"{_from(self.ahead)} {told} {self.parameters(self.ahead)} {self.sources}"

    def parameters(self, span: tuple[int, int]) -> str:
        """Where parameters come from at some origins."""
        if not self.fitted:
            return f"from the wide priors of then, nothing fitted. {RIGHT_MODEL}"
        told = "with parameters refitted to what was known then, from the wider priors of earlier years."
        early = " Nothing could be fitted in 2008: the wide priors." if span[0] < CALIBRATED[0] else ""
        late = f" {self.later}" if span[1] > self.calibrated else ""
        return f"{told} {RIGHT_MODEL}{early}{late}"

    @property
    def calibrated(self) -> int:
        """The last origin that has a posterior of its own."""
        return CALIBRATED[-1]

    @property
    def later(self) -> str:
        """What forecasts are made with from origins after the record that ships."""
        last = self.calibrated
        return f"After {last} nothing is refitted: the posterior on the record to {last}-12."

    @property
    def sources(self) -> str:
        """Of the numbers."""
        added = f", with a record added by the user ({self.vintage})" if self.vintage else ""
        return f"Sources: model/record{added}."


SHIPPED = Forecasts()
"""Those whose scores ship with the model."""


def _from(span: tuple[int, int]) -> str:
    return f"Forecasts from each December {span[0]} to {span[1]}"


def skill_chart(scores: Sequence[Mapping[str, Any]], labels: Labels, of: Forecasts = SHIPPED) -> Chart:
    """Skill of each series against the best naive forecast with its interval, and coverage of the ranges.

    Parameters
    ----------
    scores : Sequence[Mapping[str, Any]]
        Rows of `backtest.verdicts`.
    """
    beaten = sum(row["skill"] > 0 for row in scores)
    surely = sum(row["skill_low"] > 0 for row in scores)
    return Chart(
        "skill",
        f"Past forecasts beat the best naive one in {beaten} of {len(scores)} series, {surely} with the whole interval",
        reading="Left: 1 less the ratio of mean CRPS, with its 90 % interval by a block bootstrap over origins; above "
        "0 the model is better; gray: what a model that is exactly right would score. Right: share of what followed "
        "inside the 50 and 80 % ranges; dashed lines are the promise.",
        foot=of.foot,
        rows=scores,
        paint=partial(_paint_skill, scores, labels),
        legend_rows=1,
        layout={"ncols": 2, "sharey": True, "gridspec_kw": {"width_ratios": [3, 2]}},
    )


def _paint_skill(scores: Sequence[Mapping[str, Any]], labels: Labels, sheet: Sheet) -> None:
    left, right = sheet.axes
    names = [wrapped(labels[row["series"]], 16 if sheet.narrow else 30) for row in scores]
    places = np.arange(len(scores))[::-1]
    for position, row in zip(places, scores, strict=True):
        _right_model(left, position, row)
        left.plot([row["skill_low"], row["skill_high"]], [position, position], color=COLORS[0], linewidth=3, alpha=0.5)
        told(left.plot(row["skill"], position, "o", color=COLORS[0], markersize=11)[0], _skill_told(row, labels))
        left.plot(row["conditional_skill"], position, "D", color=COLORS[1], markersize=8)
        left.annotate(
            f"against {row['benchmark']}",
            (row["skill"], position),
            (0, -17),
            textcoords="offset points",
            fontsize=10.2,
            color=QUIET,
            ha="center",
        )
        _inside(right, position, row, labels)
    left.axvline(0, color=RECORD, linewidth=1.2)
    left.set_xlim(min(-0.5, *(row["skill_low"] for row in scores)) - 0.05, 1)
    left.set_xlabel("skill (1 = perfect, 0 = as the naive forecast)")
    left.set_yticks(places, names)
    left.grid(visible=True, axis="x")
    right.axvline(80, color=COLORS[4], linestyle="--", linewidth=1.5)
    right.axvline(50, color=COLORS[0], linestyle="--", linewidth=1.5)
    right.set_xlim(0, 100)
    right.set_xlabel("% of what followed inside the range")
    right.grid(visible=True, axis="x")
    informed = "told what the world brought" if sheet.narrow else "told oil, crops, Chinese growth, dated events"
    sheet.legend(
        [
            Line2D([], [], color=COLORS[0], marker="o", markersize=10, linestyle="none", label="forecast"),
            Line2D([], [], color=COLORS[1], marker="D", markersize=8, linestyle="none", label=informed),
            RIGHT,
            Patch(color=COLORS[4], label="80 % range"),
            Patch(color=COLORS[0], label="50 % range"),
        ],
        5,
    )


def _inside(axis: Any, position: float, row: Mapping[str, Any], labels: Labels) -> None:
    """How much of what came lay inside two ranges, as bars."""
    for level, shift, color in ((80, 0.17, COLORS[4]), (50, -0.17, COLORS[0])):
        inside = 100 * row[f"inside_{level}"]
        bar = axis.barh(position + shift, inside, 0.3, color=color).patches[0]
        told(bar, f"{labels[row['series']]}: {inside:.0f} % inside the {level} % range")


def _skill_told(row: Mapping[str, Any], labels: Labels) -> str:
    """What a page says of the skill of a series."""
    skill, low, high = (f"{row[name]:+.2f}".replace("-", "−") for name in ("skill", "skill_low", "skill_high"))
    return f"{labels[row['series']]}: skill {skill} (90 %: {low} to {high})"


RIGHT = Patch(color=GRID, label="a right model")


def _right_model(axis: Any, position: float, row: Mapping[str, Any], height: float = 0.5) -> None:
    """What a model that is exactly right would score, where that is known, as a band with its mean."""
    if "ideal_skill" in row and np.isfinite(row["ideal_skill"]):
        low, high = row["ideal_skill_low"], row["ideal_skill_high"]
        axis.barh(position, high - low, height, left=low, color=GRID, zorder=0)
        axis.plot([row["ideal_skill"]] * 2, [position - height / 2, position + height / 2], color=QUIET, linewidth=1)


def next_year_chart(scores: Sequence[Mapping[str, Any]], labels: Labels, of: Forecasts = SHIPPED) -> Chart:
    """Skill and coverage of every recorded series a year ahead, beside what a right model would score.

    Parameters
    ----------
    scores : Sequence[Mapping[str, Any]]
        Rows of `next_year.verdicts`.
    """
    compared = [row for row in scores if np.isfinite(row["skill"])]
    beaten, sure, best = (sum(row[name] > 0 for row in compared) for name in ("skill", "skill_low", "hindsight_skill"))
    return Chart(
        "next-year",
        f"A year ahead, past forecasts beat the naive one fixed beforehand in {beaten} of {len(compared)} series "
        f"(in {sure} the whole 90 % interval), the best one in hindsight in {best}",
        reading="Left: 1 less the ratio of mean CRPS, with its 90 % interval by a block bootstrap over origins; above "
        "0 the model is better; diamonds against the naive forecast that was best in hindsight; gray: what a model "
        "that is exactly right would score. Right: share of what followed inside the 80 % range, and where that of a "
        "right model would lie.",
        foot=of.foot_next_year,
        rows=[{name: _told(value) for name, value in row.items()} for row in scores],
        paint=partial(_paint_next_year, scores, labels),
        size=(SQUARE[0], 4.2 + 0.28 * len(scores)),
        least_panel=1 + 0.34 * len(scores),
        legend_rows=1,
        layout={"ncols": 2, "sharey": True, "gridspec_kw": {"width_ratios": [3, 2]}},
    )


def _told(value: Any) -> Any:
    """A score, and an empty text where there is none."""
    return "" if isinstance(value, float) and np.isnan(value) else value


LEAST_SHOWN = -1.0
"""Skills below it are drawn at the edge, with their number."""


def _paint_next_year(scores: Sequence[Mapping[str, Any]], labels: Labels, sheet: Sheet) -> None:
    left, right = sheet.axes
    places = np.arange(len(scores))[::-1]
    for position, row in zip(places, scores, strict=True):
        _right_model(left, position, row, 0.7)
        shown = max(float(row["skill"]), LEAST_SHOWN)
        ends = [max(float(row[end]), LEAST_SHOWN) for end in ("skill_low", "skill_high")]
        left.plot(ends, [position, position], color=COLORS[0], linewidth=2.5, alpha=0.5)
        dot = left.plot(shown, position, "o" if shown == row["skill"] else "<", color=COLORS[0], markersize=8)[0]
        told(dot, _skill_told(row, labels))
        if shown != row["skill"] and np.isfinite(row["skill"]):
            left.annotate(
                f"{row['skill']:.1f}", (shown, position), (9, -4), textcoords="offset points", fontsize=10, color=QUIET
            )
        left.plot(max(row["hindsight_skill"], LEAST_SHOWN), position, "D", color=COLORS[1], markersize=5)
        low, high = 100 * row["ideal_inside_80_low"], 100 * row["ideal_inside_80_high"]
        right.barh(position, high - low, 0.7, left=low, color=GRID, zorder=0)
        inside = right.plot(100 * row["inside_80"], position, "o", color=COLORS[0], markersize=8)[0]
        told(inside, f"{labels[row['series']]}: {100 * row['inside_80']:.0f} % inside the 80 % range")
    left.axvline(0, color=RECORD, linewidth=1.2)
    skills = [row[name] for row in scores for name in ("skill_low", "skill", "hindsight_skill", "ideal_skill_low")]
    left.set_xlim(max(LEAST_SHOWN, np.nanmin(skills, initial=-0.2)) - 0.08, 1)
    left.set_ylim(-0.7, len(scores) - 0.3)
    left.set_xlabel("skill" if sheet.narrow else "skill (1 = perfect, 0 = as the naive forecast)")
    left.set_yticks(places, [wrapped(labels[row["series"]], 16 if sheet.narrow else 50) for row in scores])
    left.grid(visible=True, axis="x")
    right.axvline(80, color=QUIET, linestyle="--", linewidth=1.2)
    right.set_xlim(-2, 102)
    right.set_xlabel("% inside the 80 % range")
    right.grid(visible=True, axis="x")
    sheet.legend(
        [
            Line2D([], [], color=COLORS[0], marker="o", markersize=9, linestyle="none", label="forecast"),
            Line2D([], [], color=COLORS[1], marker="D", markersize=7, linestyle="none", label="best in hindsight"),
            RIGHT,
        ],
        3,
    )


def forecast_chart(table: Sequence[Mapping[str, Any]], labels: Labels, units: Labels, of: Forecasts = SHIPPED) -> Chart:
    """Every past forecast beside what happened, one panel per series."""
    series = list(dict.fromkeys(str(row["series"]) for row in table))
    return Chart(
        "forecasts",
        "What the model said each December, and what came",
        reading="Each colored line is a forecast (median and 80 % range) from one December; black is the record.",
        foot=of.foot,
        rows=table,
        paint=partial(_paint_forecasts, table, series, labels, units),
        size=SQUARE,
        layout={"nrows": -(-len(series) // 2), "ncols": 2, "sharex": True},
    )


def _paint_forecasts(
    table: Sequence[Mapping[str, Any]], series: Sequence[str], labels: Labels, units: Labels, sheet: Sheet
) -> None:
    axes = sheet.axes
    origins = sorted({int(row["origin"]) for row in table})
    for axis, name in zip(np.ravel(axes), series, strict=False):
        mine = [row for row in table if row["series"] == name]
        recorded = {int(row["year"]): float(row["recorded"]) for row in mine}
        for index, origin in enumerate(origins):
            own = sorted((row for row in mine if row["origin"] == origin), key=lambda row: row["year"])
            years = [row["year"] for row in own]
            color = COLORS[index % 7]
            axis.fill_between(
                years, [row["low_80"] for row in own], [row["high_80"] for row in own], color=color, alpha=0.10
            )
            axis.plot(years, [row["median"] for row in own], color=color, marker="o", markersize=3.5, linewidth=1.4)
        axis.plot(sorted(recorded), [recorded[year] for year in sorted(recorded)], color=RECORD, linewidth=2.6)
        axis.set_title(wrapped(labels[name], 44))
        axis.set_ylabel(units[name])
        thousands(axis.yaxis)
