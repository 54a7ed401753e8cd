"""Charts of a comparison: who gains, what changes of everything that is wanted, and what each choice is for whom."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D

from sinobel.analysis import decision, gains
from sinobel.analysis.outcomes import Outcomes
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.charts.chart import Chart, Sheet, told
from sinobel.reporting.charts.lettering import labels, told_apart
from sinobel.reporting.charts.style import COUNTRY_COLORS, INK, scenario_styles
from sinobel.reporting.tables.comparison import natural, percent, unit_of
from sinobel.reporting.words.wording import in_text, minus

FOOT = (
    "Sources: criteria, positions and ranges of weights from model/objectives.toml or the file asked for (weights are "
    "assumptions, open to change); numbers in objectives.csv, who-gains.csv, positions.csv and decision.csv."
)
LIKELY = 0.66
"""Share of futures and weights above which a gain or a loss is called likely."""
SHADES = "RdBu"  # red is worse, blue is better; safe for color-blind readers
MARKS = ("o", "s", "^", "D", "v", "P")
"""Marks of the positions of a country."""
APART = 0.2
"""Between their lanes, so that marks on one spot are all seen."""


def who_gains(found: Outcomes, titles: Mapping[str, str], caption: str) -> Chart:
    """In which share of futures and weights each position is better or worse off, one panel per country."""
    options, countries = found.options, found.countries
    rows = -(-len(countries) // 2)
    return Chart(
        "who-gains",
        _headline(found, titles),
        reading="Share of futures and weights, %, in which a position is better off (bar to the right) and worse off "
        f"(pale bar to the left) than under {_title(titles, found.reference)}, same futures; what a bar lacks of 100 "
        "is unchanged. Each mark is a position in the country, which weighs the same criteria by weights of its own, "
        "and stands where better less worse comes to.",
        foot=f"{caption}. {FOOT}",
        rows=gains.who_gains(found),
        paint=partial(_paint_gains, found, titles),
        size=(13.5, rows * (0.62 * len(options) + 1.7) + 1.9),
        layout={"nrows": rows, "ncols": min(2, len(countries)), "squeeze": False, "sharey": True},
    )


def _paint_gains(found: Outcomes, titles: Mapping[str, str], sheet: Sheet) -> None:
    options, countries, axes = found.options, found.countries, sheet.axes
    places = np.arange(len(options))[::-1]
    for axis, country in zip(axes.flat, countries, strict=False):
        positions, color = found.positions_of(country), COUNTRY_COLORS[COUNTRIES[country]]
        handles = _stand(axis, found, country, titles)
        axis.axvline(0, color=INK, linewidth=1.2)
        axis.set_title("EU" if country == "eu" and sheet.narrow else COUNTRIES[country], color=color, pad=26)
        legend = axis.legend(
            handles=handles,
            loc="lower right" if sheet.narrow else "lower left",
            bbox_to_anchor=(1.0 if sheet.narrow else -0.01, 1.0),
            ncols=len(positions),
            fontsize=10,
            borderpad=0,
            handletextpad=0.1,
            columnspacing=0.4 if sheet.narrow else 2.0,
        )
        legend.set_in_layout(False)
        axis.set_yticks(places, [*_labels(titles, options, 30).values()])
        axis.set_ylim(-0.6, len(options) - 0.4)
        axis.set_xlim(-103, 103)
        axis.set_xticks(range(-100, 101, 50), ["100", "50", "0", "50", "100"])
        axis.grid(visible=True, axis="x")
        axis.grid(visible=False, axis="y")
        axis.set_xlabel("worse off | better off, %", fontsize=11)
    for axis in axes.flat[len(countries) :]:
        axis.set_visible(False)


def _stand(axis: Any, found: Outcomes, country: str, titles: Mapping[str, str]) -> list[Any]:
    """Bars and marks of the positions in a country, each in its lane; returns the handles of their legend."""
    positions, options, color = found.positions_of(country), found.options, COUNTRY_COLORS[COUNTRIES[country]]
    columns, places = [found.scenarios.index(name) for name in options], np.arange(len(options))[::-1]
    lanes = APART * (np.arange(len(positions))[::-1] - (len(positions) - 1) / 2)
    dots: dict[str, Any] = {"color": color, "markersize": 8, "markeredgecolor": "white", "clip_on": False}
    handles: list[Any] = []
    for position, mark, lane in zip(positions, itertools.cycle(MARKS), lanes, strict=False):
        standing = found.standing(position)
        better, worse = 100 * standing.better[columns], 100 * standing.worse[columns]
        axis.barh(places + lane, better, height=0.6 * APART, color=color, alpha=0.6, linewidth=0)
        axis.barh(places + lane, -worse, height=0.6 * APART, color=color, alpha=0.25, linewidth=0)
        handles.append(Line2D([], [], marker=mark, linestyle="none", label=position.title, **dots))
        for place, up, down, option in zip(places, better, worse, options, strict=True):
            dot = axis.plot(up - down, place + lane, mark, **dots)[0]
            shares = f"better off in {up:.0f} %, worse off in {down:.0f} % of futures and weights"
            told(dot, f"{position.title}, {_title(titles, option)}: {shares}")
    return handles


NO_CHANGE = 1e-9
"""Mean difference that is told as none."""
MOST_LEVEL = 3
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


def _headline(found: Outcomes, titles: Mapping[str, str]) -> str:
    """The option that most is at stake with, and who is likely to gain or lose by it."""
    rows = [row for row in gains.who_gains(found) if row["country"] != "all"]
    moved = {
        name: sum(abs(row["share_better"] - row["share_worse"]) for row in rows if row["scenario"] == name)
        for name in found.options
    }
    widest = max(moved, key=lambda name: moved[name])
    called = {(each.country, each.short): each.called for each in found.all_positions}
    verdicts = []
    for share, verb in (("share_better", "gain"), ("share_worse", "lose")):
        mine = [row for row in rows if row["scenario"] == widest and row[share] > LIKELY]
        whole = [
            country
            for country in found.countries
            if sum(row["country"] == country for row in mine) == len(found.positions_of(country))
        ]
        names = [_listed([country]) for country in whole]
        names += [called[row["country"], row["position"]] for row in mine if row["country"] not in whole]
        if names:
            verdicts.append(f"{_joined(names)} likely {verb}{'' if len(names) > 1 else 's'}")
    return f"{_title(titles, widest)}: {', '.join(verdicts) or 'nobody is likely to gain or to lose'}"


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _listed(countries: Sequence[str]) -> str:
    return _joined(["the EU" if country == "eu" else COUNTRIES[country] for country in countries])


def gains_by_objective(found: Outcomes, titles: Mapping[str, str], caption: str) -> Chart:
    """What changes of everything that countries want, in natural units: every criterion against every option."""
    options = found.options
    rows = [row for country in found.countries for row in found.rows_of(country)]
    columns = [found.scenarios.index(name) for name in options]
    values = found.points[rows][:, columns].mean(axis=-1)
    base = found.values[rows][:, [found.scenarios.index(found.reference)]]
    differences = (found.values[rows][:, columns] - base).mean(axis=-1)
    units = [found.objectives[row].unit for row in rows]
    texts = [[_told(each, unit) for each in line] for line, unit in zip(differences, units, strict=True)]
    limit = float(np.quantile(np.abs(values), 0.9)) or 1.0
    row, column = np.unravel_index(np.argmax(np.abs(values)), values.shape)
    most = found.objectives[rows[int(row)]]
    what = "gain" if values[row, column] > 0 else "loss"
    return Chart(
        "gains-by-objective",
        f"Largest single {what}: {_listed([most.country])} in {in_text(most.label)}, under "
        f"“{_title(titles, options[int(column)])}”",
        reading=f"Mean change against {_title(titles, found.reference)}, same futures, in the unit of each row. Blue "
        "is better for the country, red worse; full color is a large change as the file of criteria has "
        "it; a dash is no change.",
        foot=f"{caption}. {FOOT}",
        rows=gains.parts(found),
        paint=partial(_paint_objectives, found, titles, values=values, texts=texts, limit=limit),
        size=(13.5, 0.36 * len(rows) + (2.6 if len(options) <= MOST_LEVEL else 4.0)),
    )


def _told(difference: float, unit: str) -> str:
    """A difference; a dash where there is none, and what rounds to nothing as such."""
    if abs(difference) < NO_CHANGE:
        return "–"
    text = natural(difference, unit)
    return "≈ 0" if float(text.replace(",", "")) == 0 else minus(text)


def _paint_objectives(
    found: Outcomes,
    titles: Mapping[str, str],
    sheet: Sheet,
    *,
    values: np.ndarray,
    texts: Sequence[Sequence[str]],
    limit: float,
) -> None:
    axis, options = sheet.axes, found.options
    _shade(axis, values, texts, limit)
    _name_columns(axis, titles, options)
    start, names, colors = 0, [], []
    for country in found.countries:
        color = COUNTRY_COLORS[COUNTRIES[country]]
        mine = [found.objectives[place] for place in found.rows_of(country)]
        names += [f"{each.label}, {unit_of(each)}" for each in mine]
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


def _shade(axis: Any, values: np.ndarray, texts: Sequence[Sequence[str]], limit: float) -> None:
    """A table of texts, each cell shaded by the sign and size of its value."""
    axis.imshow(values, cmap=SHADES, vmin=-limit, vmax=limit, aspect="auto", alpha=0.85)
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            axis.text(
                column,
                row,
                texts[row][column],
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


def choices(found: Outcomes, country: str, titles: Mapping[str, str], caption: str) -> Chart:
    """What each choice is for a country: with whom it leads, whether another beats it in everything, thresholds met."""
    rows = decision.rows(found, country)
    every, single = decision.satisficing(found, country)
    order = _by_leads(rows)
    return Chart(
        "choices",
        _first_with(found, country, rows, titles),
        reading="Left: share of futures and weights, %, in which an option is the best for a position, of those that "
        "are not ruled out. Middle: share of futures in which no other option is as good in everything the country "
        "wants and better in something; "
        "hollow: another one beats it so in expectation."
        + _why_ruled_out(found, country)
        + (" Right: share of futures that meet what is declared good enough, in %." if single else ""),
        foot=f"{caption}. {FOOT}",
        rows=rows,
        paint=partial(
            _paint_choices, found=found, country=country, order=order, rows=rows, titles=titles, met=(every, single)
        ),
        size=(13.5, 0.75 * len(order) + 3.6),
        layout={
            "ncols": 3 if single else 2,
            "sharey": True,
            "gridspec_kw": {"width_ratios": (2.2, 1.6, 1.1 + 0.85 * len(single)) if single else (1.4, 1)},
        },
    )


def _why_ruled_out(found: Outcomes, country: str) -> str:
    """In which criteria what is ruled out is worse, for the reading of a chart; empty where nothing is."""
    labels = dict.fromkeys(in_text(veto.objective.label) for veto in found.ruled_out(country).values())
    return f" Ruled out: all but surely worse in {_joined([*labels])}, so that no position takes it." if labels else ""


def _by_leads(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Scenarios, those that lead most with all positions together first."""
    leads: dict[str, float] = {}
    for row in rows:
        leads[row["scenario"]] = leads.get(row["scenario"], 0.0) + row["share_leads"]
    return sorted(leads, key=lambda name: -leads[name])


def _first_with(found: Outcomes, country: str, rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> str:
    """Who in a country has which option first."""
    labels = {each.short: each.label for each in found.positions_of(country)}
    first: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["rank"] == 1:
            first.setdefault(str(row["scenario"]), {})[labels[row["position"]]] = row["share_leads"]
    if len(first) == 1:
        (name, shares) = next(iter(first.items()))
        every = " with every position" if len(labels) > 1 else ""
        least, most = percent(min(shares.values())), percent(max(shares.values()))
        leads = least if least == most else f"{least.removesuffix(' %')} to {most}"
        return f"{_listed([country])}: {_title(titles, name)} comes first{every} and leads in {leads}"
    told = [
        f"{_title(titles, name)} ({_joined([f'{label}, {percent(share)}' for label, share in shares.items()])})"
        for name, shares in first.items()
    ]
    return f"First in {_listed([country])}: {'; '.join(told)}"


def _paint_choices(
    sheet: Sheet,
    *,
    found: Outcomes,
    country: str,
    order: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    titles: Mapping[str, str],
    met: tuple[np.ndarray, Sequence[tuple[str, np.ndarray]]],
) -> None:
    axes, styles = sheet.axes, scenario_styles(found.scenarios)
    positions = found.positions_of(country)
    cells = {(row["position"], row["scenario"]): row for row in rows}
    leads = {each.title: np.array([cells[each.short, name]["share_leads"] for name in order]) for each in positions}
    _shares(axes[0], leads)
    axes[0].set_xlabel("leads in, %", fontsize=11)
    out = found.ruled_out(country)
    names = _labels(titles, order, 26)
    axes[0].set_yticks(
        range(len(order)), [f"{names[name]}\n(ruled out)" if name in out else names[name] for name in order]
    )
    for place, name in enumerate(order):
        row, look = cells[positions[0].short, name], styles[name]
        inside = {} if row["unbeaten"] else {"markerfacecolor": "none", "markeredgewidth": 2}
        axes[1].plot([0, 100 * row["share_unbeaten"]], [place, place], color=look.color, linewidth=5, alpha=0.45)
        axes[1].plot(100 * row["share_unbeaten"], place, **(look.dot | {"markersize": 10} | inside))
    axes[1].set_xlim(-6, 110)  # room for whole marks at 0 and 100
    axes[1].set_xticks(range(0, 101, 25))
    axes[1].set_xlabel("unbeaten in, %", fontsize=11)
    axes[1].grid(visible=True, axis="x")
    axes[1].grid(visible=False, axis="y")
    every, single = met
    if single:
        called = {each.name: each.label for each in found.objectives}
        places = [found.scenarios.index(name) for name in order]
        columns = {"all": every} | {called[name]: share for name, share in single}
        _shares(axes[2], {label: share[places] for label, share in columns.items()})
        axes[2].axvline(0.5, color="white", linewidth=5)
        axes[2].set_xlabel("good enough in, %", fontsize=11)
    axes[0].set_ylim(len(order) - 0.4, -0.6)


def _shares(axis: Any, columns: Mapping[str, np.ndarray]) -> None:
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
    _bare(axis)
    axis.set_xticks(range(len(columns)), [textwrap.fill(label, 11) for label in columns], fontsize=9)
