"""What the record says about potash: tonnes of KCl by year, crop prices, contracts, the cartel."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import KnownRecord
from sinobel.inputs.levers import all_levers
from sinobel.inputs.loans_and_contracts import Contract
from sinobel.world.constants import MONTHS_PER_QUARTER, MONTHS_PER_YEAR, QUARTERS_PER_YEAR
from sinobel.world.subjects.potash import PotashParameters

FIRST_YEAR = 2003  # of the record of potash
BREAK = months.parse("2013-08")  # first month after the cartel broke
FITTED_YEARS = 5  # last years of the record the levels are fitted to
CROP_QUARTERS: Annotated[int, "months"] = 4  # before January of the year begins the first of the four quarters


def kcl(known: KnownRecord, p: PotashParameters, series: str, year: int) -> np.ndarray:
    """A K2O series of the record as kt KCl in a year."""
    result: np.ndarray = known.value(series, year) / p.k2o_content
    return result


def chinese_output(known: KnownRecord, p: PotashParameters, year: int) -> np.ndarray:
    """Chinese output of KCl in a year, from the trade press where it reports, else a share of the FAO figure."""
    try:
        result: np.ndarray = known.value("kcl_output.CHN", year) + 0.0 * p.k2o_content
        return result
    except KeyError:
        share: np.ndarray = p.chinese_kcl_share * kcl(known, p, "k2o_production.CHN", year)
        return share


def chinese_imports(known: KnownRecord, p: PotashParameters, year: int) -> np.ndarray:
    """Chinese imports of potash in a year, from customs where known, else FAO."""
    try:
        result: np.ndarray = known.value("potash_imports_tonnes.CHN.WLD", year) + 0.0 * p.k2o_content
        return result
    except KeyError:
        return kcl(known, p, "k2o_imports.CHN", year)


def used_outside_china(known: KnownRecord, p: PotashParameters, year: int) -> np.ndarray:
    """Potash used outside China in a year, kt KCl: what the world made less what China made and imported."""
    result: np.ndarray = (
        kcl(known, p, "k2o_production.WLD", year)
        - kcl(known, p, "k2o_production.CHN", year)
        - kcl(known, p, "k2o_imports.CHN", year)
    )
    return result


def fitted_years(known: KnownRecord) -> list[int]:
    """The last years whose FAO figures can be trusted."""
    trusted = known.years("k2o_production.WLD", FIRST_YEAR, trusted=True)
    priced = known.years("potash_spot_year_average", FIRST_YEAR)
    return sorted(set(trusted) & set(priced))[-FITTED_YEARS:]


def crop_index(known: KnownRecord, year: int) -> float:
    """Crop price index that bears on demand of a year: the mean of the four quarters to its middle."""
    first = months.january(year) - CROP_QUARTERS
    quarters = [first + MONTHS_PER_QUARTER * step for step in range(QUARTERS_PER_YEAR)]
    return float(np.mean([known.at_month("crop_price_index", month) for month in quarters]))


def contract_of_year(contracts: tuple[Contract, ...], year: int, origin: int) -> float | None:
    """Price of the last contract in force in a year and known at the origin, or None."""
    prices = [
        contract.price
        for contract in contracts
        if contract.settled <= origin
        and contract.valid_from <= months.december(year)
        and contract.valid_until >= months.january(year)
    ]
    return prices[-1] if prices else None


def cartel_of_year(year: int) -> float:
    """Share of a year in which the cartel stood, from the lever's history."""
    lever = all_levers()["russia.cartel"]
    return float(np.mean([lever.recorded_at(months.january(year) + month) for month in range(MONTHS_PER_YEAR)]))


def flood_at(month: int, p: PotashParameters) -> np.ndarray:
    """How hard the houses chased volume in a month after their cartel had broken: wholly at first, less each month."""
    left = 1 - (month - BREAK) / p.flood_months
    result: np.ndarray = np.clip(left, 0.0, 1.0) * (month >= BREAK)
    return result


def flood_of_year(year: int, p: PotashParameters) -> np.ndarray:
    """The mean of that over the months of a year."""
    result: np.ndarray = np.mean(
        [flood_at(months.january(year) + month, p) for month in range(MONTHS_PER_YEAR)], axis=0
    )
    return result
