"""Charts of a comparison: who gains, from which objectives, and what each choice risks for a country."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from sinobel.analysis import decision, outcomes
from sinobel.analysis.outcomes import NOTICEABLE, Outcomes
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import labels, told_apart
from sinobel.reporting.charts.style import COUNTRY_COLORS, INK, Look, scenario_styles
from sinobel.reporting.tables.comparison import percent, points
from sinobel.reporting.words.wording import in_text

FOOT = (
    "Sources: objectives, weights and scales from model/objectives.toml or the file asked for (weights are "
    "assumptions, open to change); numbers in who-gains.csv, objectives.csv and decision.csv."
)
LIKELY = 0.66
"""Share of futures above which a gain or a loss is called likely."""
SHADES = "RdBu"  # red is worse, blue is better; safe for color-blind readers


def who_gains(gains: Outcomes, titles: Mapping[str, str], caption: str) -> Chart:
    """Gain of each country under each option, one panel per country: median, 50 and 80 % of futures."""
    options, countries = gains.options, gains.countries
    rows = -(-len(countries) // 2)
    return Chart(
        "who-gains",
        _headline(gains, titles),
        reading=f"Gain against {_title(titles, gains.reference)}, same futures, in points: 1 is everything a country "
        "wants "
        "better by a typical five-year change. Dot: median, thick: half of futures, thin: 80 %. At the right: share "
        f"of futures with a gain above {NOTICEABLE} points.",
        foot=f"{caption}. {FOOT}",
        rows=outcomes.who_gains(gains),
        paint=partial(_paint_gains, gains, titles),
        size=(13.5, rows * (0.62 * len(options) + 1.1) + 1.9),
        layout={"nrows": rows, "ncols": min(2, len(countries)), "squeeze": False, "sharey": True},
    )


def _paint_gains(gains: Outcomes, titles: Mapping[str, str], sheet: Sheet) -> None:
    options, countries, axes = gains.options, gains.countries, sheet.axes
    places = np.arange(len(options))[::-1]
    for axis, country in zip(axes.flat, countries, strict=False):
        score, color = gains.score(country), COUNTRY_COLORS[COUNTRIES[country]]
        for position, scenario in zip(places, options, strict=True):
            _gain(axis, position, score[gains.scenarios.index(scenario)], color)
        axis.axvline(0, color=INK, linewidth=1.2)
        axis.set_title("EU" if country == "eu" and sheet.narrow else COUNTRIES[country], color=color)
        axis.set_yticks(places, [*_labels(titles, options, 30).values()])
        axis.set_ylim(-0.6, len(options) - 0.4)
        low, high = axis.get_xlim()
        axis.set_xlim(min(low, -0.02), max(high, 0.02) + 0.16 * (high - low))
        axis.annotate(
            "gains in",
            (1.0, 1.0),
            (-4, 4),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="bottom",
            fontsize=11,
            color=INK,
        )
        axis.grid(visible=True, axis="x")
        axis.grid(visible=False, axis="y")
        axis.set_xlabel("points", fontsize=11)
    for axis in axes.flat[len(countries) :]:
        axis.set_visible(False)


def _gain(axis: Any, position: float, gain: np.ndarray, color: str) -> None:
    """Median, 50 and 80 % of the gains of one option, and the share of futures that gain."""
    low, quarter, middle, three, high = np.quantile(gain, (0.1, 0.25, 0.5, 0.75, 0.9))
    axis.plot([low, high], [position, position], color=color, linewidth=3, solid_capstyle="butt", alpha=0.55)
    axis.plot([quarter, three], [position, position], color=color, linewidth=9, solid_capstyle="butt", alpha=0.55)
    axis.plot(middle, position, "o", color=color, markersize=9, markeredgecolor="white", markeredgewidth=1.2)
    axis.annotate(
        percent(float((gain > NOTICEABLE).mean())),
        (1.0, position),
        (-4, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=11.5,
        color=INK,
        in_layout=False,
    )


MOST_LEVEL = 5
"""Options whose names stand level above their columns; those of more are turned."""


def _labels(titles: Mapping[str, str], names: Sequence[str], width: int) -> dict[str, str]:
    return labels({name: _title(titles, name) for name in names}, width)


def _name_columns(axis: Any, titles: Mapping[str, str], options: Sequence[str]) -> None:
    """Names of options above the columns of a table."""
    if len(options) <= MOST_LEVEL:
        axis.set_xticks(range(len(options)), [*_labels(titles, options, 24).values()], fontsize=11.5)
        return
    short = told_apart({name: _title(titles, name) for name in options}, 40)
    turned: dict[str, Any] = {"rotation": 38, "ha": "left", "rotation_mode": "anchor", "fontsize": 11}
    axis.set_xticks(range(len(options)), [*short.values()], **turned)


def _title(titles: Mapping[str, str], name: str) -> str:
    return titles.get(name, name)


def _headline(gains: Outcomes, titles: Mapping[str, str]) -> str:
    """The option that moves most, and who is likely to gain or lose by it."""
    rows = [row for row in outcomes.who_gains(gains) if row["country"] != "all"]
    size = {name: sum(abs(row["p50"]) for row in rows if row["scenario"] == name) for name in gains.options}
    widest = max(size, key=lambda name: size[name])
    verdicts = []
    for share, verb in (("share_gains", "gain"), ("share_loses", "lose")):
        names = [row["country"] for row in rows if row["scenario"] == widest and row[share] > LIKELY]
        if names:
            verdicts.append(f"{_listed(names)} likely {verb}{'' if len(names) > 1 else 's'}")
    return f"{_title(titles, widest)}: {', '.join(verdicts) or 'nobody is likely to gain or to lose'}"


def _listed(countries: Sequence[str]) -> str:
    short = ["the EU" if country == "eu" else COUNTRIES[country] for country in countries]
    return " and ".join(filter(None, [", ".join(short[:-1]), short[-1]]))


def gains_by_objective(gains: Outcomes, titles: Mapping[str, str], caption: str) -> Chart:
    """Where gains come from: every objective of every country against every option, mean points as color and text."""
    options = gains.options
    rows = [row for country in gains.countries for row in gains.rows_of(country)]
    values = gains.points[rows][:, [gains.scenarios.index(name) for name in options]].mean(axis=-1)
    limit = float(np.quantile(np.abs(values), 0.9)) or 1.0
    row, column = np.unravel_index(np.argmax(np.abs(values)), values.shape)
    most = gains.objectives[rows[int(row)]]
    what = "gain" if values[row, column] > 0 else "loss"
    return Chart(
        "gains-by-objective",
        f"Largest single {what}: {_listed([most.country])} in {in_text(most.label)}, under "
        f"“{_title(titles, options[int(column)])}”",
        reading=f"Mean gain in points against {_title(titles, gains.reference)}; 1 is better for the country by a "
        "typical "
        f"five-year change; colors are cut at ±{limit:.2g}. In brackets: weight of the objective for its country.",
        foot=f"{caption}. {FOOT}",
        rows=outcomes.parts(gains),
        paint=partial(_paint_objectives, gains, titles, values, limit),
        size=(13.5, 0.36 * len(rows) + (2.6 if len(options) <= MOST_LEVEL else 4.0)),
    )


def _paint_objectives(
    gains: Outcomes, titles: Mapping[str, str], values: np.ndarray, limit: float, sheet: Sheet
) -> None:
    axis, options = sheet.axes, gains.options
    _shade(axis, values, limit)
    _name_columns(axis, titles, options)
    start, names, colors = 0, [], []
    for country in gains.countries:
        color, weights = COUNTRY_COLORS[COUNTRIES[country]], gains.weights(country)
        mine = [gains.objectives[place].label for place in gains.rows_of(country)]
        names += [f"{label} ({100 * weight:.0f} %)" for label, weight in zip(mine, weights, strict=True)]
        colors += [color] * len(mine)
        axis.annotate(
            "EU" if country == "eu" else COUNTRIES[country],
            (1.005, start + (len(mine) - 1) / 2),
            xycoords=("axes fraction", "data"),
            rotation=270,
            va="center",
            ha="left",
            color=color,
            fontweight="bold",
            annotation_clip=False,
        )
        start += len(mine)
        axis.axhline(start - 0.5, color="white", linewidth=5)
    axis.set_yticks(range(len(values)), names, fontsize=11)
    for label, color in zip(axis.get_yticklabels(), colors, strict=True):
        label.set_color(color)


def _shade(axis: Any, values: np.ndarray, limit: float) -> None:
    """A table of points, each cell shaded by its sign and size."""
    axis.imshow(values, cmap=SHADES, vmin=-limit, vmax=limit, aspect="auto", alpha=0.85)
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            axis.text(
                column,
                row,
                points(value),
                ha="center",
                va="center",
                fontsize=11.5,
                color="white" if abs(value) > 0.75 * limit else INK,
                in_layout=False,
            )
    axis.xaxis.tick_top()
    _bare(axis)


def _bare(axis: Any) -> None:
    axis.tick_params(length=0)
    axis.grid(visible=False)
    for spine in axis.spines.values():
        spine.set_visible(False)


def choices(gains: Outcomes, country: str, titles: Mapping[str, str], caption: str) -> Chart:
    """What each choice gives and risks for a country: score, regret, thresholds met."""
    rows = decision.rows(gains, country)
    every, single = decision.satisficing(gains, country)
    first, safest = rows[0]["scenario"], min(rows, key=lambda row: row["regret_p95"])["scenario"]
    also = "also with the least regret" if safest == first else f"least regret: {_title(titles, safest)}"
    return Chart(
        "choices",
        f"Best for {_listed([country])}: {_title(titles, first)}, {also}",
        reading=f"Left: score against {_title(titles, gains.reference)}; marker: mean, bar: 80 % of futures. Middle: "
        "points "
        "lost against the best option of the same future; marker: mean, bar: to the 95 % quantile, cross: largest."
        + (" Right: share of futures that meet what is declared good enough, in %." if single else ""),
        foot=f"{caption}. {FOOT}",
        rows=rows,
        paint=partial(_paint_choices, gains=gains, rows=rows, titles=titles, every=every, single=single),
        size=(13.5, 0.75 * len(rows) + 3.6),
        layout={
            "ncols": 3 if single else 2,
            "sharey": True,
            "gridspec_kw": {"width_ratios": (2.4, 2.4, 1.1 + 0.85 * len(single)) if single else (1, 1)},
        },
    )


def _paint_choices(
    sheet: Sheet,
    *,
    gains: Outcomes,
    rows: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
    every: np.ndarray,
    single: Sequence[tuple[str, np.ndarray]],
) -> None:
    axes, places = sheet.axes, range(len(rows))
    styles = scenario_styles(gains.scenarios)
    for position, row in zip(places, rows, strict=True):
        _choice(axes[0], axes[1], position, row, styles[row["scenario"]])
    axes[0].axvline(0, color=INK, linewidth=1.2)
    axes[0].set_yticks(places, [*_labels(titles, [str(row["scenario"]) for row in rows], 26).values()])
    axes[0].set_xlabel("score, points")
    axes[1].set_xlim(left=0)
    axes[1].set_xlabel("regret, points")
    for axis in axes[:2]:
        axis.grid(visible=True, axis="x")
        axis.grid(visible=False, axis="y")
    if single:
        called = {each.name: each.label for each in gains.objectives}
        order = [gains.scenarios.index(row["scenario"]) for row in rows]
        columns = {"all": every} | {called[name]: share for name, share in single}
        _thresholds(axes[2], {label: share[order] for label, share in columns.items()})
    axes[0].set_ylim(len(rows) - 0.4, -0.6)


def _choice(left: Any, middle: Any, position: float, row: Mapping[str, Any], look: Look) -> None:
    """Score and regret of one option."""
    for axis, low, high, mean in (
        (left, row["p10"], row["p90"], row["score"]),
        (middle, 0, row["regret_p95"], row["regret_mean"]),
    ):
        axis.plot([low, high], [position, position], color=look.color, linewidth=5, alpha=0.45, solid_capstyle="butt")
        axis.plot(mean, position, markersize=10, **look.dot)
    middle.plot(row["regret_max"], position, "x", color=look.color, markersize=9, markeredgewidth=2)


def _thresholds(axis: Any, columns: Mapping[str, np.ndarray]) -> None:
    """A table of shares of futures, darker where more of them are good enough."""
    values = 100 * np.stack(list(columns.values()), axis=1)
    axis.imshow(values, cmap="Blues", vmin=0, vmax=130, aspect="auto")
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            axis.text(
                column,
                row,
                percent(value / 100).removesuffix(" %"),
                ha="center",
                va="center",
                fontsize=11.5,
                color="white" if value > 80 else INK,
                in_layout=False,
            )
    axis.axvline(0.5, color="white", linewidth=5)
    _bare(axis)
    axis.set_xticks(range(len(columns)), [textwrap.fill(label, 11) for label in columns], fontsize=8.5)
    axis.set_xlabel("% of futures")
