"""Recorded yearly values of indicators, as a world would have written them down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from sinobel.inputs import months
from sinobel.inputs.evidence import CONFIDENCE, Evidence, Reading, Record, all_evidence
from sinobel.inputs.indicators import all_indicators

DERIVED: Mapping[str, tuple[tuple[str, ...], Callable[..., float]]] = {
    "balance.BLR.CHN": (("exports.BLR.CHN", "imports.BLR.CHN"), lambda exports, imports: exports - imports),
    "net_transfer.CHN": (
        ("loan_disbursements.CHN", "principal_repayments.CHN", "interest_payments.CHN"),
        lambda drawn, repaid, interest: drawn - repaid - interest,
    ),
    "reserve_cover.BLR": (
        ("reserves_incl_gold.BLR", "imports.BLR.WLD"),
        lambda reserves, imports: MONTHS_PER_YEAR * reserves / imports,
    ),
    "public_external_debt_to_gdp.BLR": (
        ("external_debt_public_guaranteed.BLR", "gdp_usd.BLR"),
        lambda debt, output: debt / output,
    ),
}
"""Series that the record derives from others, and how: for years that its own rows do not reach."""

MONTHS_PER_YEAR = 12
CONTRACT = "potash_contract_price"
FIRST_CONTRACT_YEAR = 2005


def recorded() -> Mapping[str, Mapping[int, tuple[float, float]]]:
    """Indicator -> year -> (value, standard error), for the indicators that continue a series of the record.

    Series that rest on an assumption of ours are left out. The contract price of a year is the last one settled by its
    end, as indicators have it, not the one in force.
    """
    return _recorded(all_evidence())


@lru_cache(maxsize=8)
def _recorded(evidence: Evidence) -> Mapping[str, Mapping[int, tuple[float, float]]]:
    found: dict[str, dict[int, tuple[float, float]]] = {}
    for name, each in all_indicators().items():
        if not each.record:
            continue
        readings = evidence.record.yearly(each.record) | _derived(evidence.record, each.record)
        if not any(reading.source.startswith("assumption") for reading in readings.values()):
            found[name] = {
                year: (reading.value, CONFIDENCE[reading.confidence] * abs(reading.value))
                for year, reading in sorted(readings.items())
            }
    settled = sorted(evidence.contracts, key=lambda contract: contract.settled)
    for year in range(FIRST_CONTRACT_YEAR, months.year(settled[-1].settled) + 1):
        last = [contract for contract in settled if contract.settled <= 12 * year + 11][-1]
        found[CONTRACT][year] = (last.price, CONFIDENCE[last.confidence] * last.price)
    found[CONTRACT] = dict(sorted(found[CONTRACT].items()))
    return found


def _derived(record: Record, series: str) -> dict[int, Reading]:
    """Readings of a derived series after its last own one, as certain as the least certain of its parts."""
    if series not in DERIVED:
        return {}
    names, derive = DERIVED[series]
    own, parts = record.yearly(series), [record.yearly(name) for name in names]
    found = {}
    for year in sorted(set.intersection(*map(set, parts))):
        if year <= max(own):
            continue
        of_year = [part[year] for part in parts]
        least = max(of_year, key=lambda reading: CONFIDENCE[reading.confidence])
        value = derive(*(reading.value for reading in of_year))
        source = next((each.source for each in of_year if each.source.startswith("assumption")), "derived")
        found[year] = replace(own[max(own)], period=str(year), value=value, confidence=least.confidence, source=source)
    return found


def last_recorded_year() -> int:
    """The last year of which the record in use tells the yearly value of any indicator: what forecasts end with."""
    return max(year for years in recorded().values() for year in years)


def recorded_values() -> dict[str, dict[int, float]]:
    """Indicator -> year -> value."""
    return {name: {year: value for year, (value, _) in years.items()} for name, years in recorded().items()}
