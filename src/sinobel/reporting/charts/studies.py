"""Charts of studies: what uncertainty rests on, where a policy fails, what reaches a target.

Every function takes the rows of the study's tables; nobody here opens a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.style import COLORS, GRID, INK, QUIET, thousands
from sinobel.reporting.words.wording import in_text, minus

Rows = Sequence[Mapping[str, Any]]
SHOWN = 12  # factors in a chart of shares
DARK, LIGHT = COLORS[0], "#A9CBE3"
CHANCE_DARK, CHANCE_LIGHT = COLORS[1], "#F0C4A3"


def _colors(kind: str) -> tuple[str, str]:
    return (CHANCE_DARK, CHANCE_LIGHT) if kind == "chance" else (DARK, LIGHT)


def _bars(axis: Any, rows: Rows, width: int) -> None:
    """Horizontal bars of shares, the largest on top: total light with its interval, first order dark over it."""
    for index, row in enumerate(rows):
        dark, light = _colors(str(row["kind"]))
        total, first = max(row["total"], 0.0), max(row["first"], 0.0)
        axis.barh(index, total, 0.72, color=light)
        axis.barh(index, first, 0.36, color=dark)
        low, high = max(row["total_low"], 0.0), max(row["total_high"], 0.0)
        axis.plot([low, high], [index, index], color=INK, linewidth=1.3)
    axis.set_yticks(range(len(rows)), [wrapped(str(row["label"]), width) for row in rows], fontsize=10.5)
    axis.invert_yaxis()
    axis.grid(axis="y", visible=False)
    axis.grid(axis="x", visible=True)
    axis.xaxis.set_major_formatter(lambda value, _: minus(f"{100 * value:z.0f} %"))
    most = max(row["total_high"] for row in rows)
    axis.set_xlim(0, max(1.08 * most, 0.05))
    axis.set_xlabel("share of the variance", fontsize=11)
    axis.tick_params(axis="y", length=0)


def sensitivity(rows: Rows, groups: Rows, subject: str, foot: str) -> Chart:
    """Shares of the most important factors, and by subject and chance.

    Parameters
    ----------
    rows, groups : Rows
        Of `sensitivity.csv` and `sensitivity-groups.csv`.
    subject : str
        What is explained.
    """
    shown = [row for row in rows if row["kind"] != "chance"][:SHOWN]
    leading = next(row for row in rows if row["kind"] == "parameter")
    chance = next(row for row in groups if row["kind"] == "chance")
    measured = (
        "its values" if chance["measure"] == "values" else "its percentile, which extreme futures do not dominate"
    )
    return Chart(
        "sensitivity",
        f"Chance alone makes {100 * max(chance['first'], 0):.0f} % of the uncertainty of {in_text(subject)}",
        reading=f"Shares of the variance of {measured}. Largest of the parameters: {in_text(str(leading['label']))}",
        foot=foot,
        rows=rows,
        paint=partial(_paint_sensitivity, shown, groups),
        size=(13.5, 8.4),
        legend_rows=1,
        layout={"ncols": 2, "width_ratios": (1.25, 1)},
    )


def _paint_sensitivity(shown: Rows, groups: Rows, sheet: Sheet) -> None:
    axes = sheet.axes
    _bars(axes[0], shown, 44)
    axes[0].set_title("Parameters", fontsize=13)
    _bars(axes[1], groups, 26)
    axes[1].set_title("By subject, and chance", fontsize=13)
    handles: list[Any] = [
        Patch(color=DARK, label="alone"),
        Patch(color=LIGHT, label="with all it does together with others"),
        Patch(color=CHANCE_DARK, label="chance"),
        Line2D([], [], color=INK, linewidth=1.3, label="90 % interval"),
    ]
    sheet.legend(handles, 4)


# --- where a policy fails --------------------------------------------------------------------------------------------


def failure_boxes(
    rows: Rows, features: Mapping[str, np.ndarray], failed: np.ndarray, title: str, subtitle: str, foot: str
) -> Chart:
    """Boxes as ranges of their factors, and all futures over the two most telling factors of the first box.

    Where that box has one factor, the share of failures along it.

    Parameters
    ----------
    rows : Rows
        Of `failure-boxes.csv`.
    features : Mapping[str, np.ndarray]
        Factor -> (draws,); failed (draws,) where the policy fails.
    """
    return Chart(
        "failure-boxes",
        title,
        reading=subtitle,
        foot=foot,
        rows=rows,
        paint=partial(_paint_boxes, rows, features, failed),
        size=(13.5, 3.8 + 0.62 * max(_lines(rows), LEAST_LINES)),
        layout={"ncols": 2, "width_ratios": (1.25, 1)},
    )


LEAST_LINES = 3.0


def _lines(rows: Rows) -> float:
    """How many lines boxes take: one a factor, and one and a bit a head."""
    return len(rows) + 1.05 * len({row["box"] for row in rows})


def _paint_boxes(rows: Rows, features: Mapping[str, np.ndarray], failed: np.ndarray, sheet: Sheet) -> None:
    boxes, axes = list(dict.fromkeys(row["box"] for row in rows)), sheet.axes
    place, ticks, labels = 0.0, [], []
    for number in boxes:
        mine = [row for row in rows if row["box"] == number]
        color = COLORS[(boxes.index(number) + 1) % len(COLORS)]
        head = (
            f"Box {number}: {100 * mine[0]['density']:.0f} % fail [{100 * mine[0]['density_low']:.0f} to "
            f"{100 * mine[0]['density_high']:.0f}], {100 * mine[0]['coverage']:.0f} % of all failures"
        )
        axes[0].text(0, place, head, fontsize=12, fontweight="bold", color=color, va="center")
        place += 0.8
        for row in mine:
            low, high = row["low_percentile"], row["high_percentile"]
            axes[0].add_patch(Rectangle((0, place - 0.17), 100, 0.34, color=GRID, linewidth=0))
            axes[0].add_patch(Rectangle((low, place - 0.17), high - low, 0.34, color=color, linewidth=0))
            for edge, value in ((low, row["low"]), (high, row["high"])):
                if value != "":
                    axes[0].text(edge, place + 0.36, f"{value:g}", fontsize=10.5, ha="center", va="center", color=INK)
            ticks.append(place)
            labels.append(wrapped(f"{row['label']}, {row['unit']}", 38))
            place += 1.0
        place += 0.25
    axes[0].set_ylim(max(place, LEAST_LINES), -0.5)
    axes[0].set_xlim(-2, 102)
    axes[0].set_yticks(ticks, labels, fontsize=10.5)
    axes[0].tick_params(axis="y", length=0)
    axes[0].grid(visible=False)
    axes[0].set_xlabel("percentile among all futures (edges in the factor's own unit)", fontsize=11)
    mine = [row for row in rows if row["box"] == rows[0]["box"]]
    if len(mine) == 1:
        _along(axes[1], mine[0], features[mine[0]["factor"]], failed)
    else:
        _scatter(axes[1], mine[:2], features, failed)


def _along(axis: Any, row: Mapping[str, Any], values: np.ndarray, failed: np.ndarray) -> None:
    """Share of failures in twentieths of all futures along one factor, with the box shaded."""
    parts = np.array_split(np.argsort(values), 20)
    middle = [float(np.median(values[part])) for part in parts]
    low, high = _span(values)
    inside = (low if row["low"] == "" else row["low"], high if row["high"] == "" else row["high"])
    axis.axvspan(*inside, color=COLORS[1], alpha=0.12, linewidth=0, label="box 1")
    axis.plot(middle, [100 * float(failed[part].mean()) for part in parts], color=INK, marker="o", linewidth=1.8)
    axis.axhline(100 * float(failed.mean()), color=QUIET, linestyle=(0, (4, 3)), linewidth=1.2, label="all futures")
    axis.set_xlim(low, high)
    axis.set_ylim(bottom=0)
    axis.set_xlabel(wrapped(f"{row['label']}, {row['unit']}", 60), fontsize=11)
    axis.set_ylabel("% of futures that fail", fontsize=11)
    thousands(axis.xaxis)
    axis.set_title("Failures by twentieths of futures", fontsize=13)
    axis.legend(loc="best", frameon=True, framealpha=0.85, edgecolor="none")


def _scatter(axis: Any, mine: Rows, features: Mapping[str, np.ndarray], failed: np.ndarray) -> None:
    """All futures over two factors of the first box, failures in color, with the box drawn."""
    x, y = (features[row["factor"]] for row in mine)
    spans = (_span(x), _span(y))
    axis.scatter(x[~failed], y[~failed], s=7, color="#9AA0A6", alpha=0.45, linewidths=0, label="does not fail")
    axis.scatter(x[failed], y[failed], s=16, color=COLORS[1], alpha=0.85, linewidths=0, marker="^", label="fails")
    (left, right), (low, high) = (
        (span[0] if row["low"] == "" else row["low"], span[1] if row["high"] == "" else row["high"])
        for row, span in zip(mine, spans, strict=True)
    )
    axis.add_patch(Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK, linewidth=2.2))
    axis.set_xlim(spans[0])
    axis.set_ylim(spans[1])
    axis.set_xlabel(wrapped(f"{mine[0]['label']}, {mine[0]['unit']}", 60), fontsize=11)
    axis.set_ylabel(wrapped(f"{mine[1]['label']}, {mine[1]['unit']}", 50), fontsize=11)
    thousands(axis.xaxis)
    axis.set_title("Every future, and box 1", fontsize=13)
    axis.legend(loc="upper right", frameon=True, framealpha=0.85, edgecolor="none", markerscale=1.6)


def _span(values: np.ndarray) -> tuple[float, float]:
    """Ends of an axis that leave out the outermost futures."""
    low, high = np.quantile(values, [0.002, 0.998])
    margin = 0.04 * (high - low)
    return float(low - margin), float(high + margin)
