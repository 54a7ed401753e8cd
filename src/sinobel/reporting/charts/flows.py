"""Charts of what a change is made of (a waterfall) and of where the money of loans went (bands as wide as the money).

They draw from rows of `analysis.attribution` and `analysis.money`, fresh or read back from the CSV of a results folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from sinobel.analysis import money
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, COUNTRY_COLORS, INK, QUIET, SQUARE, thousands
from sinobel.reporting.tables.loan_words import fate_in_words
from sinobel.reporting.tables.tables import number
from sinobel.reporting.words.wording import in_text, unit_of_change
from sinobel.runs.trajectories import BANDS

Rows = Sequence[Mapping[str, Any]]
NEGLIGIBLE = 0.004
"""Channels smaller than this part of the largest, mean and 90 % range, are drawn as one."""
REST = "all other channels"
CALLED = {
    "balance_with_china": "the balance with China",
    "debt_to_china": "debt to China",
    "external_public_debt": "public external debt",
    "reserves": "international reserves",
    "total_exports": "goods exports",
    "gdp": "GDP at current dollars",
    "debt_to_gdp": "public external debt over GDP",
}
"""What a sentence calls an indicator that can be split."""
PLURAL = ("reserves", "total_exports")
LONGEST_TITLE = 74
SURE = 0.9  # share of futures with one sign above which a title says nothing of the others
CHINA, BELARUS, NOBODY = COUNTRY_COLORS["China"], COUNTRY_COLORS["Belarus"], "#9aa0a6"


# --- waterfall -------------------------------------------------------------------------------------------------------


def waterfall(rows: Rows, footer: Footer, titles: Mapping[str, str], name: str = "attribution") -> Chart:
    """Channels of a change one after another to their total: bars are means, which add up; whiskers 80 % of futures.

    Parameters
    ----------
    rows : Rows
        Of one split, its total last.
    titles : Mapping[str, str]
        Title of a scenario by name.
    """
    rows = as_told(rows)
    rows, total = _channels(rows), rows[-1]
    title, remark = finding(rows, total, titles)
    return Chart(
        name,
        title,
        reading=f"{_question(total, titles)}, {total['unit']}. {remark}Bars: means, each from where the one above "
        "ends; "
        "whiskers and brackets: 80 % of futures. Means add up, medians would not",
        foot=footer.of(str(total["indicator"])),
        rows=[*rows, total],
        paint=partial(_paint_waterfall, rows, total),
        size=(12.0, 2.9 + 0.46 * (len(rows) + 1)),
    )


def _paint_waterfall(rows: Rows, total: Mapping[str, Any], sheet: Sheet) -> None:
    axis = sheet.axes
    _steps(axis, rows, total)
    for index, row in enumerate([*rows, total]):
        mean, low, high = (float(row[band]) for band in ("mean", "p10", "p90"))
        span = "" if np.isnan(low) else f" [{_signed(low)} to {_signed(high)}]"
        axis.annotate(
            f"{_signed(mean)}{span}",
            (1.01, index),
            xycoords=("axes fraction", "data"),
            va="center",
            annotation_clip=False,
            fontsize=11.5,
            fontweight="bold" if row is total else "normal",
        )
    change = f"change of {CALLED.get(str(total['indicator']), '')}"
    names = [*(str(row["channel"]) for row in rows), wrapped(change, 30)]
    axis.set_yticks(range(len(names)), names)
    axis.get_yticklabels()[-1].set_fontweight("bold")
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.axvline(0, color=INK, linewidth=1)
    axis.grid(visible=True, axis="x")
    axis.grid(visible=False, axis="y")
    axis.xaxis.set_major_locator(MaxNLocator(6))
    thousands(axis.xaxis)
    axis.set_xlabel(f"change, {total['unit']}")


def side_by_side(tables: Sequence[Rows], footer: Footer, titles: Mapping[str, str], name: str = "attribution") -> Chart:
    """The waterfalls of several options against one reference, in one scale: what moves each of them.

    Parameters
    ----------
    tables : Sequence[Rows]
        Rows of a split an option, its total last; all of one indicator and year.
    """
    tables = [as_told(rows) for rows in tables]
    total = tables[0][-1]
    kept = {str(row["channel"]) for rows in tables for row in _channels(rows)} - {REST}
    names = [str(row["channel"]) for row in tables[0][:-1] if row["channel"] in kept]
    what, against = CALLED.get(str(total["indicator"]), ""), titles.get(str(total["against"]), str(total["against"]))
    columns = min(len(tables), 4)
    lines = -(-len(tables) // columns)
    return Chart(
        name,
        f"What moves {what} under each option in {total['year']}",
        reading=f"Difference from {in_text(against)}, {total['unit']}. Bars: means, each from where the one above "
        "ends; the last is their sum; lines: 80 % of futures. Channels too small to see are left out of the bars, "
        "not of the sum",
        foot=footer.of(str(total["indicator"])),
        rows=[row for rows in tables for row in rows],
        paint=partial(_paint_side_by_side, tables, names, titles),
        size=(13.5, 2.4 + lines * (1.2 + 0.42 * len(names))),
        layout={"nrows": lines, "ncols": columns, "sharex": True, "sharey": True, "squeeze": False},
    )


def _paint_side_by_side(tables: Sequence[Rows], names: Sequence[str], titles: Mapping[str, str], sheet: Sheet) -> None:
    axes, total = sheet.axes, tables[0][-1]
    for axis, rows in zip(axes.flat, tables, strict=False):
        by = {str(row["channel"]): row for row in rows}
        _steps(axis, [by[name] for name in names], rows[-1])
        who = titles.get(str(rows[-1]["scenario"]), str(rows[-1]["scenario"]))
        axis.set_title(f"{wrapped(who, 22, 3)}\n{_signed(float(rows[-1]['mean']))}", fontsize=12.5)
        axis.set_yticks(range(len(names) + 1), [*names, "sum"])
        axis.set_ylim(len(names) + 0.6, -0.6)
        axis.axvline(0, color=INK, linewidth=1)
        axis.grid(visible=True, axis="x")
        axis.grid(visible=False, axis="y")
        axis.xaxis.set_major_locator(MaxNLocator(4))
        axis.tick_params(axis="x", labelbottom=True)
        thousands(axis.xaxis)
        axis.set_xlabel(str(total["unit"]), fontsize=11)
    for axis in axes.flat[len(tables) :]:
        axis.set_visible(False)


def as_told(rows: Rows) -> Rows:
    """Rows of a split in the unit that people tell a change in."""
    factor, unit = unit_of_change(str(rows[-1]["unit"]))
    if factor == 1:
        return rows
    return [{**row, "unit": unit, **{band: float(row[band]) * factor for band in BANDS}} for row in rows]


def _steps(axis: Any, rows: Rows, total: Mapping[str, Any]) -> None:
    """Bars of the channels one after another and of their total, with whiskers."""
    start = 0.0
    for index, row in enumerate([*rows, total]):
        mean, low, high = (float(row[band]) for band in ("mean", "p10", "p90"))
        last = row is total
        base = 0.0 if last else start
        color = INK if last else COLORS[0] if mean >= 0 else COLORS[1]
        axis.barh(
            index,
            mean,
            left=base,
            height=0.62,
            color=color,
            hatch="" if mean >= 0 or last else "///",
            edgecolor="white",
            linewidth=0,
        )
        if not np.isnan(low):
            axis.plot(
                [base + low, base + high],
                [index, index],
                color=QUIET if last else INK,
                linewidth=1.6,
                marker="|",
                markersize=9,
            )
        if not last:
            start = base + mean
            axis.plot([start, start], [index - 0.31, index + 1.31], color=QUIET, linewidth=0.9)


def _channels(rows: Rows) -> list[Mapping[str, Any]]:
    """The channels worth a bar; what is negligible becomes one bar of its mean, where it has any."""
    channels = rows[:-1]
    size = [max(abs(float(row[band])) for band in ("mean", "p05", "p95")) for row in channels]
    limit = NEGLIGIBLE * max([*size, 1e-12])
    shown = [row for row, large in zip(channels, size, strict=True) if large > limit]
    rest = sum(float(row["mean"]) for row, large in zip(channels, size, strict=True) if large <= limit)
    if rest:
        shown.append({"channel": REST, "mean": rest, "p10": float("nan"), "p90": float("nan")})
    return shown


def finding(rows: Rows, total: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[str, str]:
    """By how much an indicator changes, and through what most of it: the title of a waterfall, and a remark."""
    mean, indicator = float(total["mean"]), str(total["indicator"])
    what = CALLED.get(indicator, indicator)
    up, down = ("improves", "better"), ("worsens", "worse")
    if not indicator.startswith("balance"):
        up, down = ("raises", "higher"), ("lowers", "lower")
    verb, moved = up if mean >= 0 else down
    sure = max(float(total["share_higher"]), float(total["share_lower"]))
    doubt = "" if sure >= SURE else " on average"
    who = titles.get(str(total["scenario"]), str(total["scenario"]))
    if total["since"]:
        whose = f"{what[0].upper()}{what[1:]} {'are' if indicator in PLURAL else 'is'}"
        text = f"{whose} {_size(total)} {moved}{doubt} than in {total['since']}"
    else:
        text = f"{who} {verb} {what} by {_size(total)}{doubt}"
    same = [row for row in rows if float(row["mean"]) * mean > 0]
    if not same:
        return text, ""
    most = f"most through {max(same, key=lambda row: abs(float(row['mean'])))['channel']}"
    short = len(text) + len(most) <= LONGEST_TITLE
    return (f"{text}, {most}", "") if short else (text, f"{most[0].upper()}{most[1:]}. ")


def _size(total: Mapping[str, Any]) -> str:
    """How large a change is, in the unit of its axis."""
    unit = str(total["unit"]).removesuffix(" a year")
    return f"{number(abs(float(total['mean'])))} {'mn USD' if unit == 'USD mn' else unit}"


def _question(total: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    who = titles.get(str(total["scenario"]), str(total["scenario"]))
    if total["since"]:
        return f"{who}: {total['year']} against {total['since']}"
    return f"{who} against {in_text(titles.get(str(total['against']), str(total['against'])))} in {total['year']}"


def _signed(value: float) -> str:
    return "0" if abs(value) < 0.005 else f"{'+' if value > 0 else '−'}{number(abs(value))}"


# --- money -----------------------------------------------------------------------------------------------------------


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
        reading=f"{title}. {fate}USD per 100 USD signed, to the end of {horizon}: mean [80 % of "
        f"futures]. To {origin} the record, allocated to loans (tied goods by an assumed share); since then simulated. "
        "Bands are as wide as the money",
        foot=footer.of("loan_disbursements", "debt_to_china"),
        rows=rows,
        paint=partial(_paint_sankey, by, origin),
        size=SQUARE,
    )


def _paint_sankey(by: Mapping[tuple[str, str], Mapping[str, Any]], origin: int, sheet: Sheet) -> None:
    axis = sheet.axes
    spent = _spent(by)
    back = _paid_back(by, origin)
    gap = 7.0
    bottom = _stack(spent, 0.0, {1.0: 2 * gap + 4.0, 2.0: gap})  # what lapsed stands below all that was paid out
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
    _stack(back, bottom + 32, {1.0: gap, 2.0: gap})
    _bands(
        axis, back, [("budget", "principal"), ("budget", "interest"), ("others", "principal"), ("others", "interest")]
    )
    for node in (*spent.values(), *back.values()):
        axis.add_patch(Rectangle((node.column, node.top), 0.045, node.size, color=node.color, linewidth=0))
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
        place, side = (node.column - 0.025, "right") if node.named_left else (node.column + 0.07, "left")
        axis.text(place, at, node.label, fontsize=11.5, va="center", ha=side, color=INK, linespacing=1.15)
    return max(free.values())


def _money_finding(by: Mapping[tuple[str, str], Mapping[str, Any]], horizon: int) -> str:
    """The title of the picture: what came straight back to China, and what was paid by the horizon."""
    straight = sum(float(by[money.SPENT, item]["mean"]) for item in (money.GOODS, money.TOO_DEAR))
    paid = sum(float(by[money.RETURNED, item]["mean"]) for item in (money.PRINCIPAL, money.INTEREST))
    return f"{straight:.0f} of 100 dollars go straight to Chinese suppliers; {paid:.0f} are paid back by {horizon}"


def _range(row: Mapping[str, Any]) -> str:
    return f"{_plain(row['mean'])} [{_plain(row['p10'])} to {_plain(row['p90'])}]"


def _plain(value: Any) -> str:
    return f"{float(value):z.1f}".replace("-", "−")
