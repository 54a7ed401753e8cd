"""What a results folder holds besides data: which charts and tables belong to a run or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sinobel.analysis import balance, summary
from sinobel.analysis.question import Question
from sinobel.inputs import months
from sinobel.reporting.charts import balance as balance_charts
from sinobel.reporting.charts import decision, loans, potash, projections, shared
from sinobel.reporting.charts import options as option_charts
from sinobel.reporting.charts.lettering import titles_of
from sinobel.reporting.tables import tables
from sinobel.runs.manifest import caption
from sinobel.runs.trajectories import Yearly

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

Figures = dict[str, Callable[[], "Figure"]]
Texts = dict[str, str]

FANS = (
    "exports_to_china",
    "imports_from_china",
    "balance_with_china",
    "potash_contract_price",
    "debt_to_china",
    "loan_disbursements",
)
CONTRACT_NEEDS = ("potash_spot_price", "potash_contract_price", "without_contract", "market_closed")


def of_scenario(
    annual: Yearly,
    bands: xr.Dataset,
    examples: xr.Dataset | None,
    manifest: Mapping[str, Any],
    recorded: shared.RecordOf,
    scenario: str,
) -> Figures:
    """Charts of one scenario: overview, fans, contract against spot, the balance taken apart, the loan book."""
    title, foot = titles_of(manifest)[scenario], caption(manifest)
    origin = months.year(months.parse(manifest["request"]["origin"]))
    figures: Figures = {}
    if any(name in annual for name in shared.HEADLINES):
        figures["overview"] = lambda: projections.small_multiples(annual, scenario, recorded, origin, foot, title=title)
    for name in FANS:
        if name in annual:
            figures[name.replace("_", "-")] = partial(
                projections.fan, annual, name, scenario, recorded, origin, foot, title
            )
    if examples is not None and all(name in examples for name in CONTRACT_NEEDS):
        figures["contract-and-spot"] = lambda: potash.contract(bands, examples, scenario, foot, title)
    if all(name in annual for name in balance.NEEDED):
        figures["balance-by-channel"] = lambda: balance_charts.balance_by_channel(annual, scenario, foot, title)
    if all(name in annual for name in loans.NEEDED):
        figures["loan-book"] = lambda: loans.loan_book(annual, scenario, foot, title)
    return figures


def of_comparison(annual: Yearly, manifest: Mapping[str, Any], question: Question) -> Figures:
    """Charts of a comparison: what each option changes against the reference, who gains, what a choice risks."""
    foot, named = caption(manifest), titles_of(manifest)
    figures: Figures = {}
    if any(name in annual for name in shared.OPTION_INDICATORS):
        figures["options"] = lambda: option_charts.options(annual, question.reference, named, foot)
    found = question.counted(annual)
    if found is not None:
        figures["who-gains"] = lambda: decision.who_gains(found, named, foot)
        figures["gains-by-objective"] = lambda: decision.gains_by_objective(found, named, foot)
        if question.country in found.countries:
            figures["choices"] = lambda: decision.choices(found, question.country, named, foot)
    return figures


def summary_table(annual: Yearly) -> str:
    """Bands of every indicator by scenario and year, as CSV."""
    return tables.to_csv(summary.rows(annual))
