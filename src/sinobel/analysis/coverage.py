"""What followed an origin, held against the ranges that were simulated from it."""

from __future__ import annotations

from collections.abc import Mapping

from sinobel.analysis.summary import INTERVALS, by_year
from sinobel.runs.trajectories import Yearly

HEADLINES = (
    "exports_to_china",
    "imports_from_china",
    "balance_with_china",
    "potash_contract_price",
    "debt_to_china",
    "loan_disbursements",
)


def rows(yearly: Yearly, recorded: Mapping[str, Mapping[int, float]], scenario: str) -> list[dict[str, object]]:
    """Each recorded value after the origin with the median and ranges simulated for it, and whether they hold it.

    Parameters
    ----------
    recorded : Mapping[str, Mapping[int, float]]
        Indicator -> year -> value; years that were not simulated are left out.
    """
    table = []
    for name, values in recorded.items():
        if name not in yearly:
            continue
        years, bands_of_year = by_year(yearly[name], scenario)
        for index, year in enumerate(years):
            if int(year) not in values:
                continue
            value = values[int(year)]
            entry: dict[str, object] = {
                "indicator": name,
                "year": int(year),
                "unit": yearly[name].attrs["units"],
                "recorded": float(value),
                "median": float(bands_of_year["p50"][index]),
            }
            for level, (low, high) in sorted(INTERVALS.items()):
                entry[f"low_{level}"], entry[f"high_{level}"] = (
                    float(bands_of_year[low][index]),
                    float(bands_of_year[high][index]),
                )
                entry[f"inside_{level}"] = bool(bands_of_year[low][index] <= value <= bands_of_year[high][index])
            table.append(entry)
    return table


def shares(table: list[dict[str, object]], names: tuple[str, ...] | None = None) -> dict[int, tuple[int, int]]:
    """Recorded values inside each range, and all of them: level -> (inside, all)."""
    chosen = [row for row in table if names is None or row["indicator"] in names]
    return {level: (sum(bool(row[f"inside_{level}"]) for row in chosen), len(chosen)) for level in sorted(INTERVALS)}
