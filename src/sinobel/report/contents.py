"""What a results folder holds besides data: which charts and tables belong to a run or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sinobel import months
from sinobel.analysis import balance, differences, summary
from sinobel.manifest import caption
from sinobel.report import charts, tables
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


def titles(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Title of each scenario of a manifest by name."""
    return {entry["name"]: entry["title"] or entry["name"] for entry in manifest["request"]["scenarios"]}


def of_scenario(
    annual: Yearly, bands: xr.Dataset, examples: xr.Dataset | None, manifest: Mapping[str, Any],
    recorded: charts.RecordOf, scenario: str,
) -> Figures:  # fmt: skip
    """Charts of one scenario: overview, fans, contract against spot, the balance taken apart."""
    title, foot = titles(manifest)[scenario], caption(manifest)
    origin = months.year(months.parse(manifest["request"]["origin"]))
    figures: Figures = {}
    if any(name in annual for name in charts.HEADLINES):
        figures["overview"] = lambda: charts.small_multiples(annual, scenario, recorded, origin, foot, title=title)
    for name in FANS:
        if name in annual:
            figures[name.replace("_", "-")] = partial(charts.fan, annual, name, scenario, recorded, origin, foot, title)
    if examples is not None and all(name in examples for name in CONTRACT_NEEDS):
        figures["contract-and-spot"] = lambda: charts.contract(bands, examples, scenario, foot, title)
    if all(name in annual for name in balance.NEEDED):
        figures["balance-by-channel"] = lambda: charts.balance_by_channel(annual, scenario, foot, title)
    return figures


def of_comparison(annual: Yearly, manifest: Mapping[str, Any], reference: str) -> Figures:
    """Charts of a comparison: what each option changes against the reference."""
    foot = caption(manifest)
    if not any(name in annual for name in charts.OPTION_INDICATORS):
        return {}
    return {"options": lambda: charts.options(annual, reference, titles(manifest), foot)}


def summary_table(annual: Yearly) -> str:
    """Bands of every indicator by scenario and year, as CSV."""
    return tables.to_csv(summary.rows(annual))


def difference_table(annual: Yearly, reference: str) -> str:
    """Bands of paired differences by scenario, indicator and year, as CSV."""
    return tables.to_csv(differences.rows(annual, reference))
