"""Tables of `model/TRUST.md`: what calibration and backtest found, from the files of `model/posterior`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping

from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.parameters import P90, all_parameters
from sinobel.inputs.posterior import folder, next_year, past_forecasts, posterior_at, table
from sinobel.inputs.reading import read_text
from sinobel.inputs.words import all_words
from sinobel.reporting.words import scored

MOST_TOLD = 30  # parameters in the table of what the data moved


def figures() -> str:
    """The paper's figures that are targets against the posterior, each from the latest December before it."""
    rows = []
    for row in table("figures"):
        least, most = float(row["least"]), float(row["most"])
        if most == float("inf"):
            says = f"at least {_short(least)}"
        elif float(row["paper"]) and abs(most - least) < 1e-9:
            says = _short(least)
        else:
            says = f"{_short(least)} to {_short(most)}"
        rows.append(
            [
                row["figure"],
                row["label"],
                row["unit"],
                _short(float(row["paper"])),
                says,
                row["origin"],
                _short(float(row["median"])),
                f"{_short(float(row['low_90']))} to {_short(float(row['high_90']))}",
                f"{_short(float(row['prior_low_90']))} to {_short(float(row['prior_high_90']))}",
                "yes" if row["inside_90"] == "yes" else "**no**",
                row["note"],
            ]
        )
    inside = sum(row["inside_90"] == "yes" for row in table("figures"))
    head = f"{inside} of {len(rows)} figures meet the 90 % range.\n\n"
    return head + markdown(
        ["id", "figure", "unit", "paper", "read as", "from", "median", "90 % posterior", "90 % prior", "meets", "note"],
        rows,
    )


def together() -> str:
    """What all past forecasts say together."""
    return "".join(f"{textwrap.fill(line, 124, initial_indent='- ', subsequent_indent='  ')}\n" for line in _lines())


def _lines() -> list[str]:
    return scored.lines(past_forecasts()) or ["Not made yet."]


def in_short() -> str:
    """The same as a paragraph, with the paper's figures."""
    rows = table("figures")
    inside = sum(row["inside_90"] == "yes" for row in rows)
    met = f"Of the paper's {len(rows)} figures that the model can produce, {inside} meet its 90 % ranges."
    return textwrap.fill(f"{scored.short(past_forecasts())} {met}", 124) + "\n"


def series() -> str:
    """Scores of the next year, every recorded series, the macro block first."""
    indicators = all_indicators()
    rows = [
        [
            row["block"],
            indicators[row["series"]].label,
            row["forecasts"] if row["forecasts"] == row["compared"] else f"{row['forecasts']} ({row['compared']})",
            f"{scored.signed(row['skill'])} ({scored.between(row['skill_low'], row['skill_high'])})",
            f"{scored.signed(row['ideal_skill'])} ({scored.between(row['ideal_skill_low'], row['ideal_skill_high'])})",
            scored.signed(row["deflated_skill"]),
            f"{row['benchmark']}, from {row['starts']}",
            scored.signed(row["published_skill"]),
            f"{scored.signed(row['hindsight_skill'])} ({row['hindsight']})" if row["hindsight"] else "–",
            " / ".join(f"{100 * float(row[f'inside_{level}']):.0f}" for level in (50, 80, 90)),
            scored.between(row["ideal_inside_80_low"], row["ideal_inside_80_high"], percent=True),
        ]
        for row in next_year().values()
    ]
    return markdown(
        [
            "block",
            "series",
            "forecasts",
            "CRPS skill (90 % interval)",
            "a right model (5 to 95 %)",
            "less luck of trials",
            "against, fixed beforehand",
            "against the same as published by then",
            "against the best in hindsight",
            "% inside the 50 / 80 / 90 % ranges",
            "80 % range of a right model, %",
        ],
        rows,
    )


def backtest() -> str:
    """Scores of past forecasts by series."""
    indicators = all_indicators()
    rows = [
        [
            indicators[row["series"]].label,
            row["forecasts"],
            f"{float(row['skill']):+.2f} ({float(row['skill_low']):+.2f} to {float(row['skill_high']):+.2f})",
            f"{scored.signed(row['ideal_skill'])} ({scored.between(row['ideal_skill_low'], row['ideal_skill_high'])})",
            scored.signed(row["deflated_skill"]),
            row["benchmark"],
            f"{scored.signed(row['fixed_skill'])} ({row['fixed_benchmark']})",
            f"{float(row['skill_a_year_ahead']):+.2f}",
            f"{float(row['conditional_skill']):+.2f}",
            " / ".join(f"{100 * float(row[f'inside_{level}']):.0f}" for level in (50, 80, 90)),
            scored.between(row["ideal_inside_80_low"], row["ideal_inside_80_high"], percent=True),
            f"{float(row['miss_a_year_ahead_percent']):.0f} %",
        ]
        for row in table("track-record")
    ]
    return markdown(
        [
            "series",
            "forecasts",
            "CRPS skill (90 % interval)",
            "a right model (5 to 95 %)",
            "less luck of trials",
            "best naive forecast in hindsight",
            "against the one fixed beforehand",
            "a year ahead",
            "told what the world brought",
            "% inside the 50 / 80 / 90 % ranges",
            "80 % range of a right model, %",
            "median miss a year ahead",
        ],
        rows,
    )


def outside() -> str:
    """Scores of the world outside on its own record, beside what a process that is right would show."""
    indicators = all_indicators()
    rows = [
        [
            indicators[row["series"]].label,
            f"{row['forecasts']}, from {row['first_origin']}",
            f"{float(row['skill']):+.2f}",
            f"{float(row['skill_a_year_ahead']):+.2f}",
            row["benchmark"],
            f"{float(row['skill_over_outlook']):+.2f}" if row["skill_over_outlook"] not in ("", "nan") else "",
            *(
                f"{100 * float(row[f'inside_{level}']):.0f} ({100 * float(row[f'right_{level}_low']):.0f} to "
                f"{100 * float(row[f'right_{level}_high']):.0f})"
                for level in (50, 80, 90)
            ),
        ]
        for row in table("environment-scores")
    ]
    header = ["process", "forecasts", "CRPS skill", "a year ahead", "naive forecast", "against the IMF's fall outlook"]
    return markdown([*header, *(f"% inside the {level} % range (a right one)" for level in (50, 80, 90))], rows)


def moved() -> str:
    """The parameters that the data moved most."""
    parameters = all_parameters()
    rows = [
        [
            f"`{row['parameter']}`",
            parameters[row["parameter"]].label,
            row["unit"],
            f"{_short(float(row['prior_p10']))} to {_short(float(row['prior_p90']))}",
            f"{_short(float(row['p10']))} to {_short(float(row['p90']))}",
            f"{100 * float(row['contraction']):.0f} %",
            row["moved_by"],
        ]
        for row in table("parameters")[:MOST_TOLD]
    ]
    header = ["parameter", "meaning", "unit", "prior 80 %", "posterior 80 %", "variance taken away", "moved most by"]
    return markdown(header, rows)


def unmoved() -> str:
    """How many parameters the data say little or nothing about."""
    calibrated = table("parameters")
    uncertain = [name for name, each in all_parameters().items() if each.role != "constant"]
    little = sum(float(row["contraction"]) < 0.1 for row in calibrated)
    return (
        f"Of {len(uncertain)} uncertain parameters {len(uncertain) - len(calibrated)} move no target of their module "
        f"by as much as the sampling threshold and keep their prior, and for {little} of the {len(calibrated)} "
        "calibrated ones the data take away less than a tenth of the prior's variance.\n"
    )


def unidentified() -> str:
    """What no data tell."""
    return textwrap.fill(all_words()["unidentified"], 124) + "\n"


def lasting() -> str:
    """Series whose next year came in the same direction from most origins, which their parameters do not explain."""
    posterior = posterior_at(12 * months.LAST_ORIGIN_YEAR + 11)
    told: Mapping[str, Mapping[str, float]] = posterior.notes.get("lasting", {}) if posterior else {}
    if not told:
        return "Not made yet.\n"
    indicators = all_indicators()
    clear = {name: each for name, each in told.items() if abs(each["mean"]) > each["spread"] / 2}
    rows = [
        [
            indicators[name].label if name in indicators else name,
            f"{each['mean']:+.2f}",
            f"{each['mean'] - P90 * each['spread']:+.2f} to {each['mean'] + P90 * each['spread']:+.2f}",
        ]
        for name, each in sorted(clear.items(), key=lambda item: -abs(item[1]["mean"]))
    ]
    head = (
        f"Of {len(told)} series {len(clear)} lie further from none than half of what is unsure of it; plus: the record "
        "came higher than the model expected. In standard deviations of a forecast of the next year.\n\n"
    )
    return head + markdown(["series", "lasting error", "80 %"], rows)


def sampler() -> str:
    """How the sampler did on known truths, and how well the posterior was sampled."""
    posterior = posterior_at(12 * months.LAST_ORIGIN_YEAR + 11)
    file = folder() / "sampler-check.json"
    if posterior is None or not file.is_file():
        return "Not made yet.\n"
    check = json.loads(read_text(file))
    about: Mapping[str, Mapping[str, float]] = posterior.notes["diagnostics"]
    ess, r_hat = min(each["ess"] for each in about.values()), max(each["r_hat"] for each in about.values())
    bins = ", ".join(f"{100 * share:.1f}" for share in check["histogram"])
    return (
        f"On {check['truths']} sets of parameters that were known because we had drawn them ourselves, the ranks of "
        f"the truth among posterior draws are uneven at the 5 % level for "
        f"{100 * check['share_below_5_percent']:.0f} % of parameters (5 % would be chance); smallest p "
        f"{check['smallest_p']:.3f} of {len(check['p'])}. All ranks together fall into tenths as {bins} %. Smallest "
        f"effective sample size of the posterior {ess:,.0f}, largest R-hat {r_hat:.3f}.\n"
    )


def markdown(header: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
