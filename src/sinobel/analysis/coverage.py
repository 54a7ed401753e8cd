"""What followed an origin, held against the ranges that were simulated from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinobel.analysis.rows import Row, column
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


@dataclass(frozen=True, eq=False, kw_only=True)
class FollowedRow(Row):
    """A recorded value against the ranges that were simulated for it."""

    indicator: str = column()
    year: int = column()
    unit: str = column()
    recorded: float = column("what the record says of the year, which the run did not know")
    median: float = column("median over draws")
    low_50: float = column(
        "ends of the central 50, 80 and 90 % range over draws", listed="low_50, high_50 … low_90, high_90"
    )
    high_50: float = column()
    inside_50: bool = column("whether the recorded value lies inside", listed="inside_50, inside_80, inside_90")
    low_80: float = column()
    high_80: float = column()
    inside_80: bool = column()
    low_90: float = column()
    high_90: float = column()
    inside_90: bool = column()


def rows(yearly: Yearly, recorded: Mapping[str, Mapping[int, float]], scenario: str) -> list[FollowedRow]:
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
            ranges = {level: [float(bands_of_year[end][index]) for end in ends] for level, ends in INTERVALS.items()}
            table.append(
                FollowedRow(
                    indicator=name,
                    year=int(year),
                    unit=yearly[name].attrs["units"],
                    recorded=float(value),
                    median=float(bands_of_year["p50"][index]),
                    low_50=ranges[50][0],
                    high_50=ranges[50][1],
                    inside_50=_inside(value, ranges[50]),
                    low_80=ranges[80][0],
                    high_80=ranges[80][1],
                    inside_80=_inside(value, ranges[80]),
                    low_90=ranges[90][0],
                    high_90=ranges[90][1],
                    inside_90=_inside(value, ranges[90]),
                )
            )
    return table


def _inside(value: float, ends: Sequence[float]) -> bool:
    return bool(ends[0] <= value <= ends[1])


def shares(table: Sequence[FollowedRow], names: tuple[str, ...] | None = None) -> dict[int, tuple[int, int]]:
    """Recorded values inside each range, and all of them: level -> (inside, all)."""
    chosen = [row for row in table if names is None or row.indicator in names]
    return {level: (sum(bool(row[f"inside_{level}"]) for row in chosen), len(chosen)) for level in sorted(INTERVALS)}
