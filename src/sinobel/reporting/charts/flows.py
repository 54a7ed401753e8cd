"""Charts of where the money of loans went: bands as wide as the money.

They draw from rows of `analysis.money`, fresh or read back from the CSV of a results folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from sinobel.analysis import money
from sinobel.reporting.charts.chart import Chart, Sheet, told
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COUNTRY_COLORS, INK, SQUARE
from sinobel.reporting.tables.loan_words import fate_in_words
from sinobel.reporting.tables.tables import number

Rows = Sequence[Mapping[str, Any]]
NARROW = {0.0: 0.0, 1.0: 0.62, 2.0: 1.9}
"""Where columns stand on a phone: labels of the middle one need as much room as those of the right one."""
NARROW_BACK = {1.0: 1.36, 2.0: 1.9}
"""The same of what was paid back, whose labels stand left of its first column."""
LINE = 20
"""Letters of a line of a label on a phone."""
LEADING = 13.6
"""Points from one line of a label to the next."""
TALL = 7.6
"""Inches that the drawing is high on a phone."""
CHINA, BELARUS, NOBODY = COUNTRY_COLORS["China"], COUNTRY_COLORS["Belarus"], "#9aa0a6"


@dataclass
class Node:
    """A block of money in a column; `top` is found when the column is stacked."""

    column: float
    size: float
    color: str
    label: str
    top: float = 0.0
    given: float = field(default=0.0)  # how much of its right edge bands have taken
    taken: float = field(default=0.0)  # likewise of its left edge
    named_left: bool = False  # its label stands left of it, where no band runs
    named_above: bool = False  # or above it, where bands run on both sides

    @property
    def told(self) -> str:
        """What a page says of it; a label of several lines is one sentence there."""
        return f"{' '.join(self.label.split())} of 100 USD signed"


def sankey(rows: Rows, title: str, footer: Footer, horizon: int, origin: int, name: str = "money") -> Chart:
    """Where each 100 dollars signed went, and below, on the same scale, what was paid back for them.

    Parameters
    ----------
    rows : Rows
        Of one loan or group.
    """
    by = {(str(row["stage"]), str(row["item"])): row for row in rows}
    fate = f"{told}. " if (told := fate_in_words(rows)) else ""
    return Chart(
        name,
        _money_finding(by, horizon),
        reading=f"{title}, to {horizon}. {fate}USD per 100 USD signed: mean [80 % of "
        f"futures]. To {origin} the record, allocated to loans (tied goods by an assumed share); since then simulated. "
        "Bands are as wide as the money",
        foot=footer.of("loan_disbursements", "debt_to_china"),
        rows=rows,
        paint=partial(_paint_sankey, by, origin),
        size=SQUARE,
        least_panel=TALL,
    )


def _paint_sankey(by: Mapping[tuple[str, str], Mapping[str, Any]], origin: int, sheet: Sheet) -> None:
    axis = sheet.axes
    spent = _spent(by)
    back = _paid_back(by, origin)
    if sheet.narrow:
        _for_phone(spent, NARROW)
        _for_phone(back, NARROW_BACK)
    gap = 7.0
    bottom = _stack(
        spent, 0.0, {spent["out"].column: 2 * gap + 4.0, spent["goods"].column: gap}
    )  # what lapsed stands below all that was paid out
    _bands(
        axis,
        spent,
        [
            ("signed", "out"),
            ("signed", "lapsed"),
            ("signed", "undrawn"),
            ("out", "goods"),
            ("out", "dear"),
            ("out", "local"),
            ("out", "anything"),
        ],
    )
    bottom = max(bottom, _labels(axis, [*spent.values()]))
    _stack(back, bottom + 32, {back["budget"].column: gap, back["principal"].column: gap})
    _bands(
        axis, back, [("budget", "principal"), ("budget", "interest"), ("others", "principal"), ("others", "interest")]
    )
    for node in (*spent.values(), *back.values()):
        block = axis.add_patch(Rectangle((node.column, node.top), 0.045, node.size, color=node.color, linewidth=0))
        if node.label:
            told(block, node.told)
    lowest = max(node.top + node.size for node in back.values())
    lowest = max(lowest, _labels(axis, [*back.values()]))
    for at, text in ((-11.0, "Where each 100 dollars signed went"), (bottom + 26, "What was paid back for them")):
        axis.text(-0.02, at, text, fontsize=14, fontweight="bold", color=INK, va="bottom")
    axis.set_xlim(-0.05, 3.1)
    axis.set_ylim(lowest + 5, -19)
    axis.set_axis_off()


def _spent(by: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Node]:
    """Blocks of the money signed."""

    def mean(item: str) -> float:
        return float(by[money.SPENT, item]["mean"]) if (money.SPENT, item) in by else 0.0  # of an older folder

    def labeled(item: str, words: str) -> str:
        return f"{words}\n{_range(by[money.SPENT, item])}" if (money.SPENT, item) in by else ""

    out = sum(map(mean, money.PAID_OUT))
    return {
        "signed": Node(0.0, 100.0, INK, "signed 100", named_above=True),
        "out": Node(1.0, out, CHINA, f"paid out {number(out)}", named_above=True),
        "lapsed": Node(1.0, mean(money.LAPSED), NOBODY, labeled(money.LAPSED, "lapsed, never drawn")),
        "undrawn": Node(1.0, mean(money.UNDRAWN), "#c4c8cc", labeled(money.UNDRAWN, "not yet drawn")),
        "goods": Node(
            2.0, mean(money.GOODS), CHINA, labeled(money.GOODS, "to Chinese suppliers: goods at their worth")
        ),
        "dear": Node(
            2.0, mean(money.TOO_DEAR), "#8f3d00", labeled(money.TOO_DEAR, "to Chinese suppliers: paid too much")
        ),
        "local": Node(2.0, mean(money.LOCAL), BELARUS, labeled(money.LOCAL, "other costs")),
        "anything": Node(2.0, mean(money.ANYTHING), "#7bc4ad", labeled(money.ANYTHING, "untied: buys anything")),
    }


def _paid_back(by: Mapping[tuple[str, str], Mapping[str, Any]], origin: int) -> dict[str, Node]:
    """Blocks of what was paid to China, and of what is still owed."""
    principal, interest, called = (
        by[money.RETURNED, money.PRINCIPAL],
        by[money.RETURNED, money.INTEREST],
        by[money.BUDGET, money.CALLED],
    )
    owed = by[money.DRAWN, money.OWED]
    cost, gift = (by.get((money.TERMS, each)) for each in (money.COST, money.GIFT))  # of untied credit alone not told
    paid = float(principal["mean"]) + float(interest["mean"])
    others = max(paid - float(called["mean"]), 0.0)
    terms = (
        f"still owed: {_range(owed)}\neffective cost {_range(cost)} % a year; grant element {_range(gift)} %"
        if cost and gift and not np.isnan(float(cost["mean"]))
        else f"still owed: {_range(owed)}"
    )
    return {
        "budget": Node(
            1.0,
            paid - others,
            BELARUS,
            f"called guarantees paid\nby the budget since {origin}\n{_range(called)}",
            named_left=True,
        ),
        "others": Node(
            1.0,
            others,
            "#7bc4ad",
            f"borrowers, projects and\nthe budget's own loans\n{number(others)}",
            named_left=True,
        ),
        "principal": Node(2.0, float(principal["mean"]), CHINA, f"principal to China's banks\n{_range(principal)}"),
        "interest": Node(2.0, float(interest["mean"]), "#e69a6b", f"interest to China's banks\n{_range(interest)}"),
        "owed": Node(2.0, float(owed["mean"]), NOBODY, terms),
    }


def _for_phone(nodes: Mapping[str, Node], columns: Mapping[float, float]) -> None:
    """Give the blocks their places on a narrow sheet, and their labels shorter lines."""
    for node in nodes.values():
        node.column = columns[node.column]
        *words, number = node.label.split("\n")
        node.label = "\n".join(wrapped(each, LINE, 5) for each in (" ".join(words), number) if each)


def _stack(nodes: Mapping[str, Node], top: float, gaps: Mapping[float, float]) -> float:
    """Put the blocks of each column one below the other from `top`, by its gap; returns where the lowest ends."""
    below: dict[float, float] = {}
    for node in nodes.values():
        node.top = below.get(node.column, top)
        below[node.column] = node.top + node.size + gaps.get(node.column, 0.0)
    return max(node.top + node.size for node in nodes.values())


def _bands(axis: Any, nodes: Mapping[str, Node], links: Sequence[tuple[str, str]]) -> None:
    """Bands between blocks. Each takes what its right end holds, or where that has several sources, their shares."""
    sources = {end: [start for start, other in links if other == end] for _, end in links}
    for start, end in links:
        left, right = nodes[start], nodes[end]
        whole = sum(nodes[name].size for name in sources[end])
        size = right.size if len(sources[end]) == 1 else right.size * left.size / max(whole, 1e-9)
        a, b = left.top + left.given, right.top + right.taken
        left.given, right.taken = left.given + size, right.taken + size
        x, y = left.column + 0.045, right.column
        middle = (x + y) / 2
        outline = [
            (x, a),
            (middle, a),
            (middle, b),
            (y, b),
            (y, b + size),
            (middle, b + size),
            (middle, a + size),
            (x, a + size),
            (x, a),
        ]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        axis.add_patch(PathPatch(Path(outline, codes), facecolor=right.color, alpha=0.35, linewidth=0))


def _labels(axis: Any, nodes: Sequence[Node]) -> float:
    """Labels beside the blocks; returns where the lowest ends.

    None begins above its block, where a heading or another label stands: one that is higher than its block moves down.
    """
    free: dict[float, float] = {}
    for node in nodes:
        if node.size <= 0 and not node.named_left:
            continue
        if node.named_above:
            axis.text(node.column, node.top - 1.5, node.label, fontsize=11.5, va="bottom", ha="left", color=INK)
            continue
        height = 9.0 * (node.label.count("\n") + 1)
        at = max(node.top + max(node.size, height) / 2, free.get(node.column, -np.inf) + height / 2)
        free[node.column] = at + height / 2
        if node.named_left:
            _right_aligned(axis, (node.column - 0.025, at), node.label)
        else:
            axis.text(node.column + 0.07, at, node.label, fontsize=11.5, va="center", color=INK, linespacing=1.15)
    return max(free.values())


def _right_aligned(axis: Any, at: tuple[float, float], label: str) -> None:
    """A label that ends at a place, line by line: a page has another typeface, in which they would not end together."""
    lines = label.split("\n")
    for place, line in enumerate(lines):
        below = LEADING * (place - (len(lines) - 1) / 2)
        axis.annotate(
            line, at, (0, -below), textcoords="offset points", fontsize=11.5, va="center", ha="right", color=INK
        )


def _money_finding(by: Mapping[tuple[str, str], Mapping[str, Any]], horizon: int) -> str:
    """The title of the picture: what came straight back to China, and what was paid by the horizon."""
    straight = sum(float(by[money.SPENT, item]["mean"]) for item in (money.GOODS, money.TOO_DEAR))
    paid = sum(float(by[money.RETURNED, item]["mean"]) for item in (money.PRINCIPAL, money.INTEREST))
    return f"{straight:.0f} of 100 dollars go straight to Chinese suppliers; {paid:.0f} are paid back by {horizon}"


def _range(row: Mapping[str, Any]) -> str:
    return f"{_plain(row['mean'])} [{_plain(row['p10'])} to {_plain(row['p90'])}]"


def _plain(value: Any) -> str:
    return f"{float(value):z.1f}".replace("-", "−")
