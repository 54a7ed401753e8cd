"""What a sensitivity study found, as rows of tables and in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinobel.analysis.rows import Row, column, meanings
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.parameters import all_parameters
from sinobel.runs import designs
from sinobel.studies.sensitivity.plan import CHANCE, OTHERS, PERCENTILES, SUBJECTS, VALUES, Findings, Plan, by_subject
from sinobel.studies.sensitivity.sobol import Share


def label_of(factor: str, members: Mapping[str, tuple[str, ...]]) -> str:
    """A factor in words."""
    if factor == CHANCE:
        return "Chance: shocks and errors of the opening books"
    if factor == OTHERS:
        return f"The other {len(members[factor])} parameters together"
    if factor in SUBJECTS:
        return f"{factor.capitalize()}: {len(members[factor])} parameters together"
    known = all_parameters()
    first, *tied = (known[name].label for name in members[factor])
    return ", with ".join([first, *(label[:1].lower() + label[1:] for label in tied)])


@dataclass(frozen=True, eq=False, kw_only=True)
class ShareRow(Row):
    """The shares of a factor in the variance of a result."""

    scenario: str = column("name of the scenario")
    against: str = column("scenario whose indicator is subtracted, future by future; empty for none")
    indicator: str = column("what is reported; `sinobel explain NAME` tells what it means and where it comes from")
    year: int = column("calendar year; flows are summed over it, stocks are its end, prices are its mean")
    factor: str = column("a parameter, parameters that calibration ties together, all other parameters, or chance")
    kind: str = column("parameter, other parameters, subject, or chance")
    label: str = column("the factor in words")
    subject: str = column("file of `model/parameters` it stands in")
    measure: str = column(
        "what the variance is of: values, or percentiles in the ordinary ensemble where the most extreme 1 % of "
        "futures carry more than a quarter of the variance of values"
    )
    first: float = column(
        "share of the variance that knowing this factor alone would take away, and its 90 % bootstrap interval; "
        "estimates near zero may fall below it",
        listed="first, first_low, first_high",
    )
    first_low: float = column()
    first_high: float = column()
    total: float = column(
        "share that would be left if all other factors were known: `first` and all that the factor does together with "
        "others; totals add up to more than 1",
        listed="total, total_low, total_high",
    )
    total_low: float = column()
    total_high: float = column()
    other_measure: str = column(
        "the same shares in the other measure", listed="other_measure, other_first, other_total"
    )
    other_first: float = column()
    other_total: float = column()


@dataclass(frozen=True, eq=False, kw_only=True)
class ScreeningRow(Row):
    """The effect of an uncertain parameter."""

    parameter: str = column("the parameter, in words, and its unit", listed="parameter, label, parameter_unit")
    label: str = column()
    parameter_unit: str = column()
    effect: float = column(
        "mean change of the indicator when the parameter moves from its 5th to its 95th percentile and all else, "
        "chance included, stays"
    )
    size: float = column(
        "mean of the absolute changes and its 90 % interval: what the screening ranks by",
        listed="size, size_low, size_high",
    )
    size_low: float = column()
    size_high: float = column()
    spread: float = column("standard deviation of the changes: large where the effect depends on everything else")


COLUMNS = meanings(ShareRow, ScreeningRow)
"""Columns of the tables of this study."""


def share_rows(found: Findings) -> list[ShareRow]:
    """Rows of `sensitivity.csv`: factors of the study by total share, the largest first."""
    return _rows(found, found.shares, found.members)


def group_rows(found: Findings) -> list[ShareRow]:
    """Rows of `sensitivity-groups.csv`: subjects and chance by total share, the largest first."""
    return _rows(found, found.groups, by_subject(designs.uncertain()))


def _rows(
    findings: Findings, shares: Mapping[str, list[Share]], members: Mapping[str, tuple[str, ...]]
) -> list[ShareRow]:
    plan, rows = findings.plan, []
    other = PERCENTILES if findings.measure == VALUES else VALUES
    pairs = zip(shares[findings.measure], shares[other], strict=True)
    for each, beside in sorted(pairs, key=lambda pair: -pair[0].total):
        group, name = members.get(each.name, ()), each.name
        kind = name if name in {CHANCE, OTHERS} else "subject" if name in SUBJECTS else "parameter"
        rows.append(
            ShareRow(
                scenario=plan.scenario.name,
                against=plan.against.name if plan.against else "",
                indicator=plan.indicator,
                year=plan.year,
                factor=name,
                kind=kind,
                label=label_of(name, members),
                subject=group[0].partition(".")[0] if kind == "parameter" else "",
                measure=findings.measure,
                first=each.first,
                first_low=each.first - each.first_error,
                first_high=each.first + each.first_error,
                total=each.total,
                total_low=each.total - each.total_error,
                total_high=each.total + each.total_error,
                other_measure=other,
                other_first=beside.first,
                other_total=beside.total,
            )
        )
    return rows


def screening_rows(findings: Findings) -> list[ScreeningRow]:
    """Rows of `screening.csv`: every uncertain parameter, the largest effect first."""
    parameters = all_parameters()
    return [
        ScreeningRow(
            parameter=each.name,
            label=parameters[each.name].label,
            parameter_unit=parameters[each.name].unit,
            effect=each.mean,
            size=each.size,
            size_low=max(each.size - each.size_error, 0.0),
            size_high=each.size + each.size_error,
            spread=each.spread,
        )
        for each in findings.screening
    ]


def subject_of(plan: Plan) -> str:
    """What is explained, in words: "Exports to China in 2025"."""
    what = f"{all_indicators()[plan.indicator].label} in {plan.year}"
    return what if plan.against is None else f"{what}, {plan.scenario.name} less {plan.against.name}"


METHOD = (
    "Screening by Morris's method over all uncertain parameters, each future kept; then first and total order by "
    "Saltelli's scheme on a scrambled Sobol' sequence (SALib). Chance is a factor like the others. Factors are drawn "
    "independently, each from its own distribution; parameters that calibration ties together form one factor."
)


def verdicts(findings: Findings) -> list[str]:
    """What was found, in sentences."""
    unit = all_indicators()[findings.plan.indicator].yearly_unit
    shares, groups = findings.shares[findings.measure], findings.groups[findings.measure]
    chance = findings.chance
    parameters = sorted((each for each in shares if each.name not in {CHANCE, OTHERS}), key=lambda each: -each.total)
    leading = "; ".join(f"{label_of(each.name, findings.members)} {_percent(each.total)}" for each in parameters[:3])
    subjects = sorted((each for each in groups if each.name != CHANCE), key=lambda each: -each.first)
    of_subjects = ", ".join(f"{each.name} {_percent(each.first)}" for each in subjects[:3])
    mean, deviation = findings.ensemble.mean(), findings.ensemble.std()
    lines = [f"{subject_of(findings.plan)}: mean {mean:,.4g} {unit}, standard deviation {deviation:,.4g}."]
    if findings.measure == PERCENTILES:
        lines.append(
            f"The most extreme 1 % of futures carry {_percent(findings.extremes)} of the variance, so the shares are "
            "those of each future's percentile; the shares of values stand beside them in the table."
        )
    lines += [
        f"Chance alone is {_percent(chance.first)} of the variance [{_percent(chance.first - chance.first_error)} to "
        f"{_percent(chance.first + chance.first_error)}], {_percent(chance.total)} with all it does together with "
        f"parameters. The parameters of a subject alone: {of_subjects}.",
        f"Parameters with the largest shares, with all they do together with others: {leading}. "
        "What several do together counts for each of them, so these shares may add up to more than 100 %.",
        f"Factors are drawn independently here, which gives {findings.variances[findings.measure]:.2f} times the "
        f"variance of the ordinary ensemble; sampling alone would give {max(1 - findings.ratio_error, 0):.2f} to "
        f"{1 + findings.ratio_error:.2f}.",
    ]
    return lines


def _percent(share: float) -> str:
    """A share in words; estimates outside 0 to 100 % are errors of sampling, which the table shows."""
    return f"{100 * min(max(share, 0.0), 1.0):.0f} %"
