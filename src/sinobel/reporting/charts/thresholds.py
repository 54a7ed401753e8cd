"""Heat map of thresholds: in how many futures debt, service and reserves lie beyond them, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from sinobel.analysis import thresholds
from sinobel.analysis.summary import Summary
from sinobel.analysis.thresholds import SIDES, Threshold
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import told_apart, wrapped
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, INK, QUIET
from sinobel.reporting.words.wording import in_text, percent

MOST_BLOCKS = 6
"""Scenarios that are drawn; the rows of all others stand in the table alone."""
SHADE, DARKEST = COLORS[0], 0.62
"""One color, paler or stronger: it stays in order in gray print and for any eye, and letters stay legible on it."""
ROW, MARGIN = 0.34, 2.3
"""Inches a row is high, and what is above and below all rows."""
NAMES_WIDE, NAMES_NARROW = 0.30, 0.60
"""How wide the names of rows are, of the width of all cells."""
ASSUMED = "*"
WORTH_TELLING = 0.02
"""Share of futures by which an option must differ to be named."""
Shares = Mapping[str, Mapping[Threshold, np.ndarray]]
"""Scenario -> threshold -> share of futures beyond it, (years,)."""


def crossings(
    summary: Summary, among: Sequence[Threshold], reference: str, titles: Mapping[str, str], footer: Footer
) -> Chart:
    """Share of futures beyond each threshold, a row a threshold and a block a scenario.

    Parameters
    ----------
    among : Sequence[Threshold]
        Those that are looked at; what results do not hold is left out.
    """
    held = thresholds.held(summary.yearly, among)
    names = [reference, *(name for name in summary.scenarios if name != reference)]
    shares = {name: {each: thresholds.crossing(summary.yearly, each, name) for each in held} for name in names}
    drawn = {name: shares[name] for name in names[:MOST_BLOCKS]}
    left_out = "" if len(names) <= MOST_BLOCKS else f" The first {MOST_BLOCKS} of {len(names)} scenarios."
    dated = ", or a year that was not asked about" if any(each.year is not None for each in held) else ""
    rows = len(drawn) * (len(held) + 1)
    return Chart(
        "thresholds",
        finding(shares, summary.years, titles, reference),
        reading="Percent of futures beyond a threshold, at year end or in its flows; a stronger color is more, "
        f"an empty cell is none{dated}. Thresholds are in the unit of each row. "
        f"{ASSUMED} an assumption; sources at the foot.{left_out}",
        foot=f"{_sources(held)} {footer.of('debt_to_gdp')}",
        rows=_rows(shares, summary.years),
        paint=partial(_paint, drawn, summary.years, told_apart({name: titles.get(name, name) for name in drawn}, 60)),
        size=(13.5, ROW * rows + MARGIN + 0.6),
        least_panel=0.3 * rows,
    )


def finding(shares: Shares, years: np.ndarray, titles: Mapping[str, str], reference: str) -> str:
    """Which threshold gains most futures from the first year to the last under the reference, and who has fewest.

    Those that fewer futures cross at the end come last, and assumptions come after what has a source.
    """
    mine = {each: values[_counted(each, years)] for each, values in shares[reference].items()}
    mine = {each: values for each, values in mine.items() if not np.isnan(values).any()}
    if not any(values.any() for values in mine.values()):
        return f"None of the thresholds is crossed in any of the futures to {years[-1]}"
    threshold = max(
        mine, key=lambda each: (mine[each][-1] > mine[each][0], not each.assumed, mine[each][-1] - mine[each][0])
    )
    first, last = float(mine[threshold][0]), float(mine[threshold][-1])
    when = "" if threshold.year is not None else f" in {years[-1]}"
    text = f"{_capital(threshold.words)} in {percent(last)} of futures{when}"
    text += f", after {percent(first)} in {years[0]}" if len(mine[threshold]) > 1 else ""
    at_end = {name: float(found[threshold][_counted(threshold, years)][-1]) for name, found in shares.items()}
    least = min(at_end, key=lambda name: at_end[name])
    if at_end[least] > last - WORTH_TELLING:
        return text
    return f"{text}; fewest under {in_text(titles.get(least, least))}, {percent(at_end[least])}"


def _counted(threshold: Threshold, years: np.ndarray) -> np.ndarray:
    """Years in which a threshold counts, (years,)."""
    return np.full(len(years), True) if threshold.year is None else years == threshold.year


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sources(held: Sequence[Threshold]) -> str:
    """Where each threshold comes from; a source of several stands once."""
    told = []
    for source in dict.fromkeys(each.source for each in held):
        among = [each for each in held if each.source == source]
        names = ", ".join(each.words + (f" ({each.note})" if each.note else "") for each in among)
        told.append(f"{_capital(names)}: {f'{ASSUMED} assumption, ' if among[0].assumed else ''}{source}")
    return "Thresholds. " + ". ".join(told) + "."


def _paint(shares: Shares, years: np.ndarray, called: Mapping[str, str], sheet: Sheet) -> None:
    """Blocks below each other, names of rows in a column of their own; a phone shows every second year."""
    axis, line, step = sheet.axes, 0.0, 2 if sheet.narrow else 1
    shown = range((len(years) - 1) % step, len(years), step)
    width, size = (23, 8.5) if sheet.narrow else (44, 11.5)
    left = -(NAMES_NARROW if sheet.narrow else NAMES_WIDE) * len(shown)
    for name, found in shares.items():
        heading = wrapped(called[name], 50 if sheet.narrow else 90, 1)
        axis.text(left, line + 0.62, heading, fontsize=size + 0.5, fontweight="bold", color=INK, va="center")
        for row, (threshold, values) in enumerate(found.items(), start=1):
            label = wrapped((f"{ASSUMED} " if threshold.assumed else "") + threshold.words, width, 2)
            axis.text(left, line + row + 0.5, label, fontsize=size, color=INK, va="center")
            for column, place in enumerate(shown):
                _cell(axis, (column, line + row), float(values[place]), size)
        line += len(found) + 1
    for column, place in enumerate(shown):
        axis.text(column + 0.5, -0.1, str(years[place]), fontsize=size, color=QUIET, ha="center", va="center")
    axis.set_xlim(left, len(shown))
    axis.set_ylim(line, -0.5)
    axis.set_axis_off()


def _cell(axis: Any, corner: tuple[float, float], share: float, size: float) -> None:
    """A cell as dark as its share, with the percent in it; nothing in it where no future is."""
    if np.isnan(share) or share == 0:
        return
    x, y = corner
    shade = Rectangle((x + 0.02, y + 0.04), 0.96, 0.92, facecolor=SHADE, alpha=DARKEST * share, linewidth=0)
    axis.add_patch(shade)
    text = percent(share).removesuffix(" %").replace("under ", "<").replace("over ", ">")
    axis.text(x + 0.5, y + 0.5, text, fontsize=size, color=INK, ha="center", va="center")


def _rows(shares: Shares, years: np.ndarray) -> list[dict[str, Any]]:
    """One row a scenario and threshold, with a column a year as in the picture."""
    return [
        {
            "scenario": name,
            "threshold": threshold.words,
            "indicator": threshold.indicator,
            "side": SIDES[threshold.relation],
            "level": threshold.level,
            "unit": threshold.unit,
            "assumption": "yes" if threshold.assumed else "no",
            "source": threshold.source,
            **{f"share_of_futures_{year}": float(values[place]) for place, year in enumerate(years)},
        }
        for name, found in shares.items()
        for threshold, values in found.items()
    ]
