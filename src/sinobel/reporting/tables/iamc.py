"""The IAMC layout, which pyam and the scenario explorers of integrated-assessment models read.

One row per model, scenario, region, variable and unit, one column per year. Region and variable of an indicator are
declared in `model/indicators.toml`; mean and quantiles over draws follow as the last step of the variable's name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sinobel.analysis.rows import Row, column
from sinobel.reporting.result_data import ResultData

STATISTICS = {
    "mean": "Mean",
    "p05": "5th Percentile",
    "p10": "10th Percentile",
    "p25": "25th Percentile",
    "p50": "Median",
    "p75": "75th Percentile",
    "p90": "90th Percentile",
    "p95": "95th Percentile",
}
UNITS = (("USD mn", "million USD"), (" a year", "/yr"))
"""Our words and those of the layout."""


def unit(ours: str) -> str:
    """A unit as the layout writes it: "million USD/yr"."""
    for before, after in UNITS:
        ours = ours.replace(before, after)
    return ours


@dataclass(frozen=True, eq=False, kw_only=True)
class IamcRow(Row):
    """A statistic of an indicator in a scenario, year by year."""

    model: str = column("program and version")
    scenario: str = column()
    region: str = column("country, or A>B for what goes from A to B; declared in model/indicators.toml")
    variable: str = column("name from broad to narrow; its last step is the mean or a quantile over draws")
    unit: str = column()
    years: Mapping[str, float | None] = column(
        "values by year, empty where there is none", listed="2017, 2018 …", each="{}"
    )


def rows(data: ResultData) -> list[IamcRow]:
    """Mean and quantiles of every indicator and scenario, one column per year.

    Years without a number are empty; a row without any is left out. Dollars are those of the year.
    """
    summary, indicators = data.summary, data.basis.indicators
    model = f"sinobel {data.manifest['versions']['sinobel']}"
    table = []
    for name in summary:
        variable, years = summary[name], summary[name]["year"].values
        for scenario in variable["scenario"].values:
            for band, values in summary.bands(name, str(scenario)).items():
                cells = {str(year): _cell(value) for year, value in zip(years, values, strict=True)}
                if all(cell is None for cell in cells.values()):
                    continue
                table.append(
                    IamcRow(
                        model=model,
                        scenario=str(scenario),
                        region=indicators[name].region,
                        variable=f"{indicators[name].variable}|{STATISTICS[band]}",
                        unit=unit(variable.attrs["units"]),
                        years=cells,
                    )
                )
    return table


def _cell(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
