"""Charts of what a change is made of: a waterfall of one split, and several side by side.

They draw from rows of `analysis.attribution`, fresh or read back from the CSV of a results folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from sinobel.analysis.worth import NOTHING
from sinobel.reporting.charts.chart import Chart, Sheet, told
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, INK, QUIET, thousands
from sinobel.reporting.tables.tables import number
from sinobel.reporting.words.wording import in_text, scale_of, unit_of_change
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
BAR, THIN = 0.62, 0.3
"""Height of a bar, of the room that a channel has: beside its name, and below it."""
PHONE_LETTERS = 55
"""Of a line as wide as a phone."""
ABOVE, ABOVE_BOTH = 0.42, 0.54
"""How far above the middle of its bar a channel is named where names stand above bars, in one line or in two."""
ROW, ROW_OF_TWO = 0.46, 0.62
"""Inches that a channel is high on a phone, named in one line or in two."""
SURE = 0.9  # share of futures with one sign above which a title says nothing of the others


def waterfall(
    rows: Rows, footer: Footer, titles: Mapping[str, str], name: str = "attribution", *, least: float = 0.0
) -> Chart:
    """Channels of a change one after another to their total: bars are means, which add up; whiskers 80 % of futures.

    Parameters
    ----------
    rows : Rows
        Of one split, its total last.
    titles : Mapping[str, str]
        Title of a scenario by name.
    least : float
        The smallest change that is told, in the unit of the indicator.
    """
    worth = is_told(rows[-1], least)
    rows = as_told(rows)
    rows, total = _channels(rows), rows[-1]
    title, remark = finding(rows, total, titles) if worth else (_nothing(total, titles), "")
    return Chart(
        name,
        title,
        reading=f"{_question(total, titles)}, {_unit(total)}. {remark}Bars: means, each from where the one above "
        "ends; "
        "whiskers and brackets: 80 % of futures. Means add up, medians would not",
        foot=footer.of(str(total["indicator"])),
        rows=[*rows, total],
        paint=partial(_paint_waterfall, rows, total),
        size=(12.0, 2.9 + 0.46 * (len(rows) + 1)),
        least_panel=0.6 + _phone_row(rows) * (len(rows) + 1),
    )


def _paint_waterfall(rows: Rows, total: Mapping[str, Any], sheet: Sheet) -> None:
    axis = sheet.axes
    _steps(axis, rows, total, height=THIN if sheet.narrow else BAR)
    change = f"change of {called(str(total['indicator']))}"
    names = [*(str(row["channel"]) for row in rows), change]
    if sheet.narrow:
        _tell_above(axis, names, [*rows, total])
    else:
        for index, row in enumerate([*rows, total]):
            weight = "bold" if row is total else "normal"
            look: dict[str, Any] = {"annotation_clip": False, "fontsize": 11.5, "fontweight": weight}
            axis.annotate(_mean_and_span(row), (1.01, index), xycoords=("axes fraction", "data"), va="center", **look)
        _name_rows(axis, [*names[:-1], wrapped(change, 30)])
        axis.get_yticklabels()[-1].set_fontweight("bold")
    _rule(axis, 6)
    axis.set_xlabel(f"change, {_unit(total)}")


def _tell_above(axis: Any, names: Sequence[str], rows: Rows) -> None:
    """Name each bar above it, with its number: beside the bars they would leave these no room."""
    above = ABOVE_BOTH if _in_two_lines(names, rows) else ABOVE
    for index, (name, row) in enumerate(zip(names, rows, strict=True)):
        weight = "bold" if row is rows[-1] else "normal"
        look: dict[str, Any] = {"va": "center", "annotation_clip": False, "fontsize": 11.5, "fontweight": weight}
        look["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        number = _mean_and_span(row)
        shown = wrapped(name, _room(row), 2)
        axis.annotate(shown, (0, index - above), xycoords=("axes fraction", "data"), linespacing=1.05, **look)
        axis.annotate(number, (1, index - above), xycoords=("axes fraction", "data"), ha="right", **look)
    axis.set_yticks([])
    axis.set_ylim(len(names) - 0.6, -0.8)


def _room(row: Mapping[str, Any]) -> int:
    """Letters that a name has beside its number on a phone."""
    return PHONE_LETTERS - len(_mean_and_span(row)) - 2


def _in_two_lines(names: Sequence[str], rows: Rows) -> bool:
    """Whether a name is longer than the room beside its number on a phone."""
    return any(len(name) > _room(row) for name, row in zip(names, rows, strict=True))


def _phone_row(rows: Rows) -> float:
    """Inches that each channel of a split takes on a phone."""
    return ROW_OF_TWO if _in_two_lines([str(row["channel"]) for row in rows], rows) else ROW


def _name_rows(axis: Any, names: Sequence[str]) -> None:
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(len(names) - 0.4, -0.6)


def _rule(axis: Any, most: int) -> None:
    """The line of no change, and a grid of at most some steps."""
    axis.axvline(0, color=INK, linewidth=1)
    axis.grid(visible=True, axis="x")
    axis.grid(visible=False, axis="y")
    axis.xaxis.set_major_locator(MaxNLocator(most))
    thousands(axis.xaxis)


def side_by_side(
    tables: Sequence[Rows],
    footer: Footer,
    titles: Mapping[str, str],
    name: str = "attribution",
    *,
    least: float = 0.0,
) -> Chart:
    """The waterfalls of several options against one reference, in one scale: what moves each of them.

    Parameters
    ----------
    tables : Sequence[Rows]
        Rows of a split an option, its total last; all of one indicator and year.
    least : float
        The smallest change that is told, in the unit of the indicator.
    """
    worth = any(is_told(rows[-1], least) for rows in tables)
    tables = [as_told(rows) for rows in tables]
    total = tables[0][-1]
    kept = {str(row["channel"]) for rows in tables for row in _channels(rows)} - {REST}
    names = [str(row["channel"]) for row in tables[0][:-1] if row["channel"] in kept]
    against = titles.get(str(total["against"]), str(total["against"]))
    columns = min(len(tables), 4)
    lines = -(-len(tables) // columns)
    return Chart(
        name,
        _most_moved(tables, titles) if worth else _nothing(total, {}),
        reading=f"Difference from {in_text(against)}, {_unit(total)}. Bars: means, each from where the one above "
        "ends; the last is their sum; lines: 80 % of futures. Channels too small to see are left out of the bars, "
        "not of the sum",
        foot=footer.of(str(total["indicator"])),
        rows=[row for rows in tables for row in rows],
        paint=partial(_paint_side_by_side, tables, names, titles),
        size=(13.5, 2.4 + lines * (1.2 + 0.42 * len(names))),
        layout={"nrows": lines, "ncols": columns, "sharex": True, "sharey": True, "squeeze": False},
        least_panel=1.2 + max(map(_phone_row, tables)) * (len(names) + 1),
    )


def _most_moved(tables: Sequence[Rows], titles: Mapping[str, str]) -> str:
    """The option that moves an indicator most, by how much and through what."""
    most = max(tables, key=lambda rows: abs(float(rows[-1]["mean"])))
    text, remark = finding(_channels(most), most[-1], titles)
    return f"In {most[-1]['year']} {text}{f', {in_text(remark)}' if remark else ''}".rstrip(". ")


def is_told(total: Mapping[str, Any], least: float) -> bool:
    """Whether the mean of a change is as large as what is told at all; what is nothing to the cent never is."""
    return abs(float(total["mean"])) > max(least, NOTHING)


def _nothing(total: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """The title where there is nothing to tell, in the words of the answer; of several options without titles."""
    indicator, scenario = str(total["indicator"]), str(total["scenario"])
    what = called(indicator)
    if total["since"]:
        return f"No change worth telling of {what} from {total['since']} to {total['year']}"
    if not titles:
        return f"In {total['year']} no option makes a change worth telling to {what}"
    return f"{titles.get(scenario, scenario)} makes no change worth telling to {what} in {total['year']}"


def _paint_side_by_side(tables: Sequence[Rows], names: Sequence[str], titles: Mapping[str, str], sheet: Sheet) -> None:
    axes, total = sheet.axes, tables[0][-1]
    for axis, rows in zip(axes.flat, tables, strict=False):
        by = {str(row["channel"]): row for row in rows}
        shown = [*(by[name] for name in names), rows[-1]]
        _steps(axis, shown[:-1], shown[-1], height=THIN if sheet.narrow else BAR)
        who = titles.get(str(rows[-1]["scenario"]), str(rows[-1]["scenario"]))
        if sheet.narrow:
            axis.set_title(wrapped(who, PHONE_LETTERS, 2), fontsize=12.5)
            _tell_above(axis, [*names, "sum"], shown)
        else:
            axis.set_title(f"{wrapped(who, 22, 3)}\n{_signed(float(rows[-1]['mean']))}", fontsize=12.5)
            _name_rows(axis, [*names, "sum"])
        _rule(axis, 4)
        axis.tick_params(axis="x", labelbottom=True)
        axis.set_xlabel(_unit(total), fontsize=11)
    for axis in axes.flat[len(tables) :]:
        axis.set_visible(False)


def as_told(rows: Rows) -> Rows:
    """Rows of a split in the unit that people tell a change in."""
    factor, unit = unit_of_change(str(rows[-1]["unit"]))
    if factor == 1:
        return rows
    return [{**row, "unit": unit, **{band: float(row[band]) * factor for band in BANDS}} for row in rows]


def _steps(axis: Any, rows: Rows, total: Mapping[str, Any], height: float = BAR) -> None:
    """Bars of the channels one after another and of their total, with whiskers."""
    start = 0.0
    for index, row in enumerate([*rows, total]):
        mean, low, high = (float(row[band]) for band in ("mean", "p10", "p90"))
        last = row is total
        base = 0.0 if last else start
        color = INK if last else COLORS[0] if mean >= 0 else COLORS[1]
        look: dict[str, Any] = {"color": color, "edgecolor": "white", "linewidth": 0}
        bar = axis.barh(index, mean, left=base, height=height, hatch="" if mean >= 0 or last else "///", **look)
        told(bar.patches[0], f"{'sum' if last else row['channel']}: {_mean_and_span(row)} {_unit(total)}")
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
            axis.plot([start, start], [index - height / 2, index + 1 + height / 2], color=QUIET, linewidth=0.9)


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
    what = called(indicator)
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


def called(indicator: str) -> str:
    """What a sentence calls an indicator."""
    return CALLED.get(indicator, indicator)


def _unit(total: Mapping[str, Any]) -> str:
    """Unit of the axis, as the title has it."""
    return scale_of(str(total["unit"]), 0.0)[1]


def _size(total: Mapping[str, Any]) -> str:
    """How large a change is, in the unit of its axis."""
    return f"{number(abs(float(total['mean'])))} {_unit(total).removesuffix(' a year')}"


def _question(total: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    who = titles.get(str(total["scenario"]), str(total["scenario"]))
    if total["since"]:
        return f"{who}: {total['year']} against {total['since']}"
    return f"{who} against {in_text(titles.get(str(total['against']), str(total['against'])))} in {total['year']}"


def _mean_and_span(row: Mapping[str, Any]) -> str:
    """Mean, and 80 % of futures where they are known."""
    mean, low, high = (float(row[band]) for band in ("mean", "p10", "p90"))
    return _signed(mean) + ("" if np.isnan(low) else f" [{_signed(low)} to {_signed(high)}]")


def _signed(value: float) -> str:
    return "0" if abs(value) < 0.005 else f"{'+' if value > 0 else '−'}{number(abs(value))}"
