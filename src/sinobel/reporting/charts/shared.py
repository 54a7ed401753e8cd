"""What charts of projections share: their foot with track record and sources, and which indicators they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.posterior import track_record
from sinobel.runs.trajectories import Yearly

RecordOf = Mapping[str, Mapping[int, float]]
"""Recorded yearly values by indicator."""

SOURCES = (
    "Sources: IMF Direction of Trade (reporter Belarus), World Bank (debt, national accounts, commodity prices), FAO, "
    "customs of China, press on potash settlements, Marin (Ifri, 2017); list in model/record."
)
HEADLINES = (
    "exports_to_china",
    "imports_from_china",
    "balance_with_china",
    "potash_contract_price",
    "debt_to_china",
    "loan_disbursements",
    "debt_to_gdp",
    "reserve_cover",
    "months_without_contract",
)
OPTION_INDICATORS = (
    "balance_with_china",
    "debt_to_china",
    "potash_revenue",
    "reserves",
    "external_public_debt",
    "gdp",
)
PREFERRED_YEAR = 2025


def foot(caption: str, indicators: Sequence[str] = ()) -> str:
    """The foot of a chart: how it was made, how past forecasts of what it shows fared, and the sources."""
    return " ".join(part for part in (f"{caption}.", track(indicators), SOURCES) if part)


def track(indicators: Sequence[str]) -> str:
    """How past forecasts of some indicators fared, in a sentence; empty where none was scored."""
    scored = [track_record()[name] for name in indicators if name in track_record()]
    if not scored:
        return ""
    known = all_indicators()
    misses = [f"{known[row['series']].label} {float(row['miss_a_year_ahead_percent']):.0f} %" for row in scored]
    held = sum(float(row["inside_80"]) * float(row["forecasts"]) for row in scored)
    made = sum(float(row["forecasts"]) for row in scored)
    return (
        f"Track record from 2009-2015: median miss a year ahead: {'; '.join(misses)}. The 80 % range held "
        f"{100 * held / made:.0f} % of what came within five years."
    )


def label(yearly: Yearly, indicator: str) -> tuple[str, str]:
    """Name and unit of an indicator, as its values carry them."""
    attributes = yearly[indicator].attrs
    return attributes["long_name"], attributes["units"]


def told_year(years: Sequence[int]) -> int:
    """The year that titles tell: 2025, or the last one where that is not simulated."""
    return PREFERRED_YEAR if PREFERRED_YEAR in years else int(years[-1])
