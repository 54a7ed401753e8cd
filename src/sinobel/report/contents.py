"""What a results folder holds besides data: which charts and tables belong to a run or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sinobel import months
from sinobel.analysis import balance, summary
from sinobel.manifest import caption
from sinobel.report import (
    balance_charts,
    charts,
    decision_charts,
    loan_charts,
    option_charts,
    potash_charts,
    projection_charts,
    tables,
)
from sinobel.report.comparison import Question
from sinobel.report.lettering import titles_of
from sinobel.trajectories import Yearly

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

Figures = dict[str, Callable[[], "Figure"]]
Texts = dict[str, str]

FANS = (
    "exports_to_china", "imports_from_china", "balance_with_china", "potash_contract_price", "debt_to_china",
    "loan_disbursements",
)  # fmt: skip
CONTRACT_NEEDS = ("potash_spot_price", "potash_contract_price", "without_contract", "market_closed")


def of_scenario(
    annual: Yearly, bands: xr.Dataset, examples: xr.Dataset | None, manifest: Mapping[str, Any],
    recorded: charts.RecordOf, scenario: str,
) -> Figures:  # fmt: skip
    """Charts of one scenario: overview, fans, contract against spot, the balance taken apart, the loan book."""
    title, foot = titles_of(manifest)[scenario], caption(manifest)
    origin = months.year(months.parse(manifest["request"]["origin"]))
    figures: Figures = {}
    if any(name in annual for name in charts.HEADLINES):
        figures["overview"] = lambda: projection_charts.small_multiples(
            annual, scenario, recorded, origin, foot, title=title
        )
    for name in FANS:
        if name in annual:
            figures[name.replace("_", "-")] = partial(
                projection_charts.fan, annual, name, scenario, recorded, origin, foot, title
            )
    if examples is not None and all(name in examples for name in CONTRACT_NEEDS):
        figures["contract-and-spot"] = lambda: potash_charts.contract(bands, examples, scenario, foot, title)
    if all(name in annual for name in balance.NEEDED):
        figures["balance-by-channel"] = lambda: balance_charts.balance_by_channel(annual, scenario, foot, title)
    if all(name in annual for name in loan_charts.NEEDED):
        figures["loan-book"] = lambda: loan_charts.loan_book(annual, scenario, foot, title)
    return figures


def of_comparison(annual: Yearly, manifest: Mapping[str, Any], question: Question) -> Figures:
    """Charts of a comparison: what each option changes against the reference, who gains, what a choice risks."""
    foot, named = caption(manifest), titles_of(manifest)
    figures: Figures = {}
    if any(name in annual for name in charts.OPTION_INDICATORS):
        figures["options"] = lambda: option_charts.options(annual, question.reference, named, foot)
    found = question.counted(annual)
    if found is not None:
        figures["who-gains"] = lambda: decision_charts.who_gains(found, named, foot)
        figures["gains-by-objective"] = lambda: decision_charts.gains_by_objective(found, named, foot)
        if question.country in found.countries:
            figures["choices"] = lambda: decision_charts.choices(found, question.country, named, foot)
    return figures


def summary_table(annual: Yearly) -> str:
    """Bands of every indicator by scenario and year, as CSV."""
    return tables.to_csv(summary.rows(annual))
