"""Charts of options: what each changes against a reference, future by future."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from rich.cells import cell_len

from sinobel.analysis.summary import Summary
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import told_apart, wrapped
from sinobel.reporting.charts.shared import CHANGED_BY_MORE, OPTION_INDICATORS, Footer, label
from sinobel.reporting.charts.style import INK, Look, scenario_styles, thousands
from sinobel.reporting.words.facts import Told, change_in_words
from sinobel.reporting.words.wording import in_text, plain, scale_of_change

MOST_BANDS = 6
"""Options whose ranges are shaded; of more, the shades cover each other and the bars at the right tell the ranges."""


def options(
    summary: Summary,
    reference: str,
    titles: Mapping[str, str],
    footer: Footer,
    told: Mapping[str, Told],
    indicators: Sequence[str] = OPTION_INDICATORS,
) -> Chart:
    """What each option changes against the reference on the same futures: median and 80 % of paired differences.

    Parameters
    ----------
    told : Mapping[str, Told]
        What the answer tells of every option; the title is the first of it that is shown.
    """
    yearly = summary.yearly
    shown = [name for name in indicators if name in yearly]
    rows = -(-len(shown) // 2)
    styles = scenario_styles([str(name) for name in yearly[shown[0]]["scenario"].values])
    names = [name for name in styles if name != reference]
    called = told_apart({name: titles.get(name, name) for name in names}, 60)
    columns = _legend_columns([*called.values()])
    return Chart(
        "options",
        finding(told, titles, shown),
        reading=f"Change against {in_text(titles.get(reference, reference))}, same futures in every option. Line: "
        "median difference. Bar at the right: 80 % of futures in the last year",
        foot=footer.of(*shown),
        rows=_rows(summary, reference, names, shown),
        paint=partial(
            _paint,
            summary=summary,
            reference=reference,
            looks={name: styles[name] for name in names},
            shown=shown,
            legend=(called, columns),
        ),
        size=(13.5, 3.4 * rows + 1.6),
        legend_rows=-(-len(names) // columns),
        layout={"nrows": rows, "ncols": 2, "squeeze": False},
    )


def _rows(summary: Summary, reference: str, names: Sequence[str], shown: Sequence[str]) -> list[dict[str, Any]]:
    """Median and 80 % of the differences of every option and year."""
    rows: list[dict[str, Any]] = []
    for indicator in shown:
        years, unit = summary[indicator]["year"].values, summary[indicator].attrs["units"]
        for scenario in names:
            bands = summary.change(indicator, scenario, reference)
            rows += [
                {
                    "indicator": indicator,
                    "unit": unit,
                    "scenario": scenario,
                    "year": int(year),
                    **{band: float(bands[band][index]) for band in ("p10", "p50", "p90")},
                }
                for index, year in enumerate(years)
            ]
    return rows


def _paint(
    sheet: Sheet,
    *,
    summary: Summary,
    reference: str,
    looks: Mapping[str, Look],
    shown: Sequence[str],
    legend: tuple[Mapping[str, str], int],
) -> None:
    """A panel an indicator, with every option in it."""
    axes, names = sheet.axes, list(looks)
    called, columns = legend
    for axis, indicator in zip(axes.flat, shown, strict=False):
        years = summary[indicator]["year"].values
        for index, scenario in enumerate(names):
            look, bands = looks[scenario], summary.change(indicator, scenario, reference)
            middle, low, high = (bands[band] for band in ("p50", "p10", "p90"))
            if len(names) <= MOST_BANDS:
                axis.fill_between(years, low, high, color=look.color, alpha=0.10, linewidth=0)
            axis.plot(years, middle, linewidth=2.2, markersize=6, markevery=(index % 3, 3), **look.both)
            x = years[-1] + 0.6 + 0.35 * index
            axis.plot([x, x], [low[-1], high[-1]], color=look.color, linewidth=3, solid_capstyle="butt")
            axis.plot(x, middle[-1], markersize=6, **look.dot)
        axis.axhline(0, color=INK, linewidth=1)
        axis.set_xlim(years[0] - 0.3, years[-1] + 0.8 + 0.35 * len(names))
        axis.set_xticks([year for year in years if year % 2 == 0])
        name, unit = label(summary, indicator)
        mostly = f" ({CHANGED_BY_MORE[indicator]})" if indicator in CHANGED_BY_MORE else ""
        axis.set_title(wrapped(f"{name}{mostly}", 52), fontsize=13)
        ends = [abs(summary.change(indicator, each, reference)[band][-1]) for each in names for band in ("p10", "p90")]
        factor, word = scale_of_change(unit, max(map(float, ends)))
        axis.yaxis.set_major_locator(MaxNLocator(5))  # as many however high, or labels would grow once laid out
        thousands(axis.yaxis, factor)
        axis.set_ylabel(f"change, {word}", fontsize=11)
    for axis in axes.flat[len(shown) :]:
        axis.set_visible(False)
    handles = [Line2D([], [], linewidth=2.2, label=called[name], **looks[name].both) for name in names]
    sheet.legend(handles, columns)


def _legend_columns(called: Sequence[str]) -> int:
    """Columns of a legend that does not run out of the figure: a line holds about 150 letters and handles."""
    return max(1, min(4, 150 // (max(map(cell_len, called), default=0) + 8)))


def finding(told: Mapping[str, Told], titles: Mapping[str, str], shown: Sequence[str]) -> str:
    """Which option moves most of what is shown, and what, by how much and when: as the answer has it."""
    facts = [
        fact
        for each in told.values()
        for fact in (*each.asked, *each.found)
        if fact.indicator in shown and fact.material and fact.sure
    ]
    if not facts:
        return "No option changes what is shown here by anything worth telling"
    asked = {fact.indicator for each in told.values() for fact in each.asked}
    first = max(facts, key=lambda fact: (fact.indicator in asked, fact.weight))
    text = plain(change_in_words(first, titles.get(first.option, first.option)))
    return f"Of {len(told)} options most: {text}" if len(told) > 1 else text
