"""Charts of `solve`: what a lever does to the probability of a target.

Every function takes the rows of the study's tables; nobody here opens a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.style import COLORS, INK, QUIET, scenario_styles, thousands

Rows = Sequence[Mapping[str, Any]]
ANSWER = COLORS[1]


@dataclass(frozen=True)
class Asked:
    """What the charts of a solution say in words.

    Attributes
    ----------
    title, subtitle, foot : str
        Of the figure.
    lever, second : str
        Labels of the levers with their units.
    indicator : str
        Label of the target's indicator with its unit, and the target's value.
    wanted : float
        probability.
    factors : tuple[float, ...]
        What the axes of the levers multiply by, and last that of the indicator, as their labels have it.
    """

    title: str
    subtitle: str
    foot: str
    lever: str
    second: str
    indicator: str
    target: float
    wanted: float
    factors: tuple[float, ...] = (1.0, 1.0)


@dataclass(frozen=True)
class Answer:
    """The value of a lever that was found, and its interval, an end of which is None where it is open."""

    value: float
    interval: tuple[float | None, float | None]


def trade_off(
    rows: Rows,
    asked: Asked,
    stretches: Sequence[tuple[float, float]],
    answer: Answer | None,
    start: tuple[float | None, float],
) -> Chart:
    """Probability of the target and the indicator itself against the value of one lever.

    Parameters
    ----------
    rows : Rows
        Of `trade-off.csv`.
    answer : Answer | None
        What was found; None when no value reaches the target.
    start : tuple[float | None, float]
        Where the lever stands, None when it follows the model, and the probability without a change.
    """
    return Chart(
        "trade-off",
        asked.title,
        reading=asked.subtitle,
        foot=asked.foot,
        rows=rows,
        paint=partial(_paint_trade_off, rows=rows, asked=asked, stretches=stretches, answer=answer, start=start),
        size=(13.5, 7.3),
        legend_rows=2,
        layout={"ncols": 2},
    )


def _paint_trade_off(
    sheet: Sheet,
    *,
    rows: Rows,
    asked: Asked,
    stretches: Sequence[tuple[float, float]],
    answer: Answer | None,
    start: tuple[float | None, float],
) -> None:
    columns = {
        key: np.array([float(row[key]) for row in rows])
        for key in ("lever", "probability", "probability_low", "probability_high", "median", "p10", "p90")
    }
    left, right = sheet.axes
    left.set_ylim(-0.02, 1.04)
    for low, high in stretches:
        for axis in (left, right):
            axis.axvspan(low, high, color=COLORS[2], alpha=0.10, linewidth=0)
    _paint_band(left, columns, ("probability_low", "probability", "probability_high"), asked.wanted)
    if answer is not None:
        _paint_answer(left, columns, answer, asked.factors[0])
    if start[0] is None:
        left.axhline(start[1], color=QUIET, linewidth=1.2, linestyle=":")
    else:
        left.plot(start[0], start[1], color=QUIET, marker="D", markersize=9, linestyle="none", zorder=6)
    left.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    left.set_title("Probability that the target is reached", fontsize=13, pad=6 if answer is None else 24)
    _paint_band(right, columns, ("p10", "median", "p90"), asked.target)
    right.set_title(wrapped(asked.indicator, 52), fontsize=13)
    thousands(right.yaxis, asked.factors[-1])
    for axis in (left, right):
        axis.set_xlabel(wrapped(asked.lever, 62), fontsize=11.5)
        thousands(axis.xaxis, asked.factors[0])
        axis.set_xlim(columns["lever"][0], columns["lever"][-1])
    sheet.legend(_handles(answer is not None, bool(stretches), start[0] is None), 3)


def _paint_band(axis: Any, columns: Mapping[str, np.ndarray], names: tuple[str, str, str], asked: float) -> None:
    """A line over the lever with its range, and what was asked of it."""
    low, middle, high = (columns[name] for name in names)
    axis.fill_between(columns["lever"], low, high, color=COLORS[0], alpha=0.25, linewidth=0)
    axis.plot(columns["lever"], middle, color=COLORS[0], linewidth=2.4)
    axis.axhline(asked, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))


def _paint_answer(axis: Any, columns: Mapping[str, np.ndarray], answer: Answer, factor: float) -> None:
    """The value that was found, and its interval; where that is open it runs to the end of the axis."""
    x, (low, high) = columns["lever"], answer.interval
    at = float(np.interp(answer.value, x, columns["probability"]))
    ends = [x[0] if low is None else low, x[-1] if high is None else high]
    axis.plot(ends, [at, at], color=ANSWER, linewidth=5, solid_capstyle="butt", zorder=4)
    axis.plot(answer.value, at, color=ANSWER, marker="o", markersize=10, zorder=5)
    axis.annotate(
        f"{factor * answer.value:.6g}",
        (answer.value, 1.005),
        xycoords=("data", "axes fraction"),
        ha="center",
        va="bottom",
        color=ANSWER,
        fontsize=13,
        fontweight="bold",
    )
    axis.plot([answer.value, answer.value], [at, axis.get_ylim()[1]], color=ANSWER, linewidth=1, linestyle=":")


def _handles(answer: bool, stretches: bool, follows: bool) -> list[Any]:
    handles: list[Any] = [
        Line2D([], [], color=COLORS[0], linewidth=2.4, label="share of futures at the left, median at the right"),
        Patch(color=COLORS[0], alpha=0.25, label="90 % sampling error, and 80 % of futures"),
        Line2D([], [], color=INK, linestyle=(0, (4, 3)), linewidth=1.2, label="asked"),
    ]
    if answer:
        handles.append(Line2D([], [], color=ANSWER, marker="o", linewidth=5, label="found"))
    if stretches:
        handles.append(Patch(color=COLORS[2], alpha=0.18, label="reaches it"))
    if follows:
        return [*handles, Line2D([], [], color=QUIET, linestyle=":", label="no change")]
    return [*handles, Line2D([], [], color=QUIET, marker="D", linestyle="none", label="no change")]


def choices(rows: Rows, asked: Asked, before: float) -> Chart:
    """Probability of the target under each option of a switch or choice, or of two."""
    return Chart(
        "trade-off",
        asked.title,
        reading=asked.subtitle,
        foot=asked.foot,
        rows=rows,
        paint=partial(_paint_choices, rows, asked, before),
        size=(12.0, 4.2 + 0.45 * len(rows)),
    )


def _paint_choices(rows: Rows, asked: Asked, before: float, sheet: Sheet) -> None:
    names = [" and ".join(str(row[key]) for key in ("lever", "second") if key in row) for row in rows]
    axis = sheet.axes
    for index, row in enumerate(rows):
        color = COLORS[0] if row["probability"] >= asked.wanted else "#A9CBE3"
        axis.barh(index, row["probability"], 0.6, color=color)
        axis.plot([row["probability_low"], row["probability_high"]], [index, index], color=INK, linewidth=1.5)
        axis.text(row["probability_high"] + 0.012, index, f"{100 * row['probability']:.1f} %", va="center", fontsize=12)
    axis.axvline(asked.wanted, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), label="asked")
    axis.axvline(before, color=QUIET, linewidth=1.4, linestyle=":", label="no change")
    axis.set_yticks(range(len(rows)), names)
    axis.invert_yaxis()
    axis.set_xlim(0, 1.08)
    axis.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    axis.grid(axis="y", visible=False)
    axis.grid(axis="x", visible=True)
    axis.set_xlabel("probability that the target is reached, with its 90 % sampling error")
    axis.set_ylabel(wrapped(asked.lever + (f"; {asked.second}" if asked.second else ""), 40), fontsize=11)
    axis.legend(loc="lower right", frameon=True, framealpha=0.9, edgecolor="none")


def frontier(rows: Rows, needed: Rows, asked: Asked) -> Chart:
    """Probability over two levers, with the line of what is needed; curves where the first lever has options.

    Parameters
    ----------
    rows, needed : Rows
        Of `trade-off.csv` and `frontier.csv`.
    """
    return Chart(
        "trade-off",
        asked.title,
        reading=asked.subtitle,
        foot=asked.foot,
        rows=rows,
        paint=partial(_paint_frontier, rows, needed, asked),
        size=(12.0, 7.8),
        legend_rows=1,
    )


def _paint_frontier(rows: Rows, needed: Rows, asked: Asked, sheet: Sheet) -> None:
    axis = sheet.axes
    firsts = list(dict.fromkeys(row["lever"] for row in rows))
    curves = {
        first: np.array([(row["second"], row["probability"]) for row in rows if row["lever"] == first], float).T
        for first in firsts
    }
    if isinstance(firsts[0], str):
        handles = _option_curves(axis, curves, needed, asked)
    else:
        handles = _map(sheet.figure, axis, curves, needed, asked)
    sheet.legend(handles, 5)


def _option_curves(axis: Any, curves: Mapping[Any, np.ndarray], needed: Rows, asked: Asked) -> list[Any]:
    handles: list[Any] = []
    looks = scenario_styles([str(name) for name in curves])
    for name, (x, y) in curves.items():
        look = looks[str(name)]
        axis.plot(x, y, linewidth=2.4, markersize=6, **look.both)
        handles.append(Line2D([], [], linewidth=2.4, label=f"{name}", **look.both))
        for row in needed:
            if row["lever"] == name and row["needed"] != "":
                axis.axvline(row["needed"], color=look.color, linewidth=1.2, linestyle=":")
    axis.axhline(asked.wanted, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    handles.append(Line2D([], [], color=INK, linestyle=(0, (4, 3)), linewidth=1.2, label="asked"))
    axis.set_ylim(-0.02, 1.04)
    axis.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    axis.set_ylabel(wrapped(f"probability, by {asked.lever}", 60), fontsize=11.5)
    axis.set_xlabel(wrapped(asked.second, 90), fontsize=11.5)
    thousands(axis.xaxis, asked.factors[1])
    return handles


def _map(fig: Figure, axis: Any, curves: Mapping[Any, np.ndarray], needed: Rows, asked: Asked) -> list[Any]:
    seconds = next(iter(curves.values()))[0]
    columns = np.linspace(seconds[0], seconds[-1], 61)
    rows = np.array(list(curves), float)
    shares = np.array([np.interp(columns, *curve) for curve in curves.values()])
    levels = np.linspace(0, 1, 11)
    filled = axis.contourf(rows, columns, shares.T, levels=levels, cmap="Blues", vmin=0, vmax=1.15)
    bar = fig.colorbar(filled, ax=axis, pad=0.02, ticks=levels[::2])
    bar.ax.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    bar.set_label("probability that the target is reached", fontsize=11)
    axis.grid(visible=False)
    axis.set_xlabel(wrapped(asked.lever, 90), fontsize=11.5)
    axis.set_ylabel(wrapped(asked.second, 60), fontsize=11.5)
    thousands(axis.xaxis, asked.factors[0])
    thousands(axis.yaxis, asked.factors[1])
    return _line_of_need(axis, needed, columns[-1], asked.wanted)


def _line_of_need(axis: Any, needed: Rows, top: float, wanted: float) -> list[Any]:
    """What the second lever must be for each value of the first; a cross at the top where no value is enough."""
    reached = [(row["lever"], row["needed"]) for row in needed if row["needed"] != ""]
    missed = [row["lever"] for row in needed if row["needed"] == ""]
    handles: list[Any] = []
    cross: dict[str, Any] = {"color": ANSWER, "marker": "x", "markeredgewidth": 3, "linestyle": "none"}
    if reached:
        axis.plot(*zip(*reached, strict=True), color=ANSWER, linewidth=3, marker="o", markersize=8)
        label = f"needed for {100 * wanted:.3g} %"
        handles.append(Line2D([], [], color=ANSWER, linewidth=3, marker="o", label=label))
    if missed:
        axis.plot(missed, [top] * len(missed), markersize=11, clip_on=False, zorder=6, **cross)
        handles.append(Line2D([], [], markersize=10, label="no value is enough", **cross))
    return handles
