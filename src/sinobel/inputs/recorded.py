"""Recorded yearly values of indicators, as a world would have written them down."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sinobel.inputs import months
from sinobel.inputs.evidence import CONFIDENCE, Evidence, all_evidence
from sinobel.inputs.indicators import all_indicators

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
        readings = evidence.record.yearly(each.record)
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


def last_recorded_year() -> int:
    """The last year of which the record in use tells the yearly value of any indicator: what forecasts end with."""
    return max(year for years in recorded().values() for year in years)


def recorded_values() -> dict[str, dict[int, float]]:
    """Indicator -> year -> value."""
    return {name: {year: value for year, (value, _) in years.items()} for name, years in recorded().items()}
