"""Opening of the potash market: demand, capacity, price level, contract, shares. Volumes kt KCl a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import Contract, Evidence, KnownRecord
from sinobel.inputs.levers import all_levers
from sinobel.world.constants import HALF, MONTHS_PER_QUARTER, MONTHS_PER_YEAR, PERCENT, QUARTERS_PER_YEAR
from sinobel.world.rules import potash as rules
from sinobel.world.subjects import PotashParameters

FITTED_YEARS = 5  # last years of the record the levels are fitted to
HALF_LIFE: Annotated[float, "years"] = 2.0  # later years weigh more in the price level, because costs drift
SHARED_YEARS = 2  # last trusted years from which Belarus's share of demand outside China is taken
YEARS_LOOKED_BACK = 3  # in which those are looked for: figures come late
PRODUCED_YEARS = 5  # whose largest output shows what the mines can do at least
FIRST_YEAR = 2003  # of the record of potash
PLANS_KNOWN = 2015  # year from which the projects of all producers are known
LAST_PLAN = 2021  # year after which no project is announced
FIRST_ALONE = 2014  # first whole year in which Belaruskali sold by itself
CROP_LAG: Annotated[int, "months"] = 6  # half a year from crop prices to demand
CROP_QUARTERS: Annotated[int, "months"] = 4  # before January of the year begins the first of the four quarters
BREAK = months.parse("2013-08")  # first month after the cartel broke

# Where two series of the record contradict each other, a part of the larger one is kept; assumptions.
LEAST_SOLD_ELSEWHERE: Annotated[float, "fraction"] = 0.3  # of all potash sold
LEAST_POTASH: Annotated[float, "fraction"] = 0.05  # of exports to China
MOST_POTASH: Annotated[float, "fraction"] = 0.85
BELARUS_OF_GROWTH: Annotated[float, "fraction"] = 0.5  # its mines grow half as fast as those of the world, unannounced


@dataclass
class PotashOpening:
    """State of the potash market at an origin; arrays over draws unless noted."""

    demand_level: Annotated[np.ndarray, "kt KCl a month"]
    use_level: Annotated[np.ndarray, "kt KCl a month"]
    own_output: Annotated[np.ndarray, "kt KCl a month"]
    chinese_stock: Annotated[np.ndarray, "kt KCl"]
    cost_level: Annotated[np.ndarray, "log of USD per tonne"]
    capacity: Annotated[np.ndarray, "kt KCl a month"]  # (months, draws), outside China, without the Nezhinsky mine
    belarus_capacity: Annotated[np.ndarray, "kt KCl a month"]  # (months, draws), without the Nezhinsky mine
    log_spot: Annotated[np.ndarray, "log of USD per tonne"]
    rise: Annotated[np.ndarray, "log"]  # change of log spot a month, last three months
    contract: Annotated[float, "USD per tonne"]
    contract_end: Annotated[int, "month number"]
    china_share: Annotated[np.ndarray, "fraction"]
    rest_share: Annotated[np.ndarray, "fraction"]
    shipped: Annotated[np.ndarray, "kt KCl a month"]  # normal shipment to China
    sold_elsewhere: Annotated[np.ndarray, "kt KCl a month"]
    china_exports: Annotated[np.ndarray, "USD mn a year"]  # of the origin's year
    rest_exports: Annotated[np.ndarray, "USD mn a year"]


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
    return float(np.mean([lever.baseline_at(months.january(year) + month) for month in range(MONTHS_PER_YEAR)]))


def world_capacity(known: KnownRecord, evidence: Evidence, p: PotashParameters, last: int) -> dict[int, np.ndarray]:
    """Nameplate capacity outside China at mid-year, kt KCl a year, from 2003 to `last`, without the Nezhinsky mine.

    Recorded world totals, then the total planned for 2018 and the named projects after it (known from 2015 on); for
    earlier origins, growth that nobody announced in our sources. Chinese capacity is taken out.
    """
    content = p.k2o_content
    world_rows = [row for row in evidence.capacity if row["supplier"] == "world"]
    first = min(world_rows, key=lambda row: int(row["year"]))  # the nearest count for earlier years as well
    known_points = {int(first["year"]): float(first["capacity_kt"])}
    for row in world_rows:
        year = int(row["year"])
        planned = row["kind"] != "record"
        if year <= known.year or (planned and known.year >= PLANS_KNOWN):
            known_points[year] = float(row["capacity_kt"])
    growth = 1 + p.capacity_growth_unknown
    first_known, last_known = min(known_points), max(known_points)
    world: dict[int, np.ndarray] = {}
    for year in range(FIRST_YEAR, last + 1):
        if year <= first_known:
            world[year] = known_points[first_known] / content * growth ** (year - first_known)
        elif year <= last_known:
            before = max(point for point in known_points if point <= year)
            after = min(point for point in known_points if point >= year)
            weight = 0.0 if after == before else (year - before) / (after - before)
            level = known_points[before] ** (1 - weight) * known_points[after] ** weight
            world[year] = level / content
        elif known.year < PLANS_KNOWN:
            world[year] = world[year - 1] * growth
        else:
            world[year] = world[last_known] + projects(evidence, p, last_known, year)
            world[year] = world[year] * (1 + p.capacity_growth_after_plans) ** max(year - LAST_PLAN, 0)
    own = {year: chinese_output(known, p, year) for year in range(FIRST_YEAR, known.year + 1)}
    outside = {}
    for year, level in world.items():
        domestic = own[min(year, known.year)] * (1 + p.own_output_growth) ** max(year - known.year, 0)
        outside[year] = level - p.chinese_capacity_ratio * domestic
    return outside


def projects(evidence: Evidence, p: PotashParameters, after: int, year: int, supplier: str = "") -> np.ndarray:
    """Capacity that named projects have added by mid-year, kt KCl a year, without the Nezhinsky mine."""
    added = 0.0 * p.project_completion
    for row in evidence.capacity:
        start = int(row["year"])
        is_project = row["unit"].endswith("added") and "Nezhinsky" not in row["project"]
        if is_project and start > after and supplier in ("", row["supplier"]):
            ramp = np.clip((year + HALF - start) / p.project_ramp, 0.0, 1.0)
            added = added + float(row["capacity_kt"]) * p.project_completion * ramp
    result: np.ndarray = added
    return result


def belarus_capacity(known: KnownRecord, evidence: Evidence, p: PotashParameters, last: int) -> dict[int, np.ndarray]:
    """Capacity of Belaruskali at mid-year, kt KCl a year, without the Nezhinsky mine."""
    recorded = known.years("belaruskali_capacity", FIRST_YEAR)
    produced = max(known.years("k2o_production.BLR", known.year - PRODUCED_YEARS).values()) / p.k2o_content
    base = np.maximum(produced, max(recorded.values(), default=0.0))
    path = {}
    for year in range(known.year, last + 1):
        if known.year < PLANS_KNOWN:
            path[year] = base * (1 + BELARUS_OF_GROWTH * p.capacity_growth_unknown) ** (year - known.year)
        else:
            path[year] = base + projects(evidence, p, known.year, year, supplier="Belarus")
    return path


def monthly_path(yearly: dict[int, np.ndarray], origin: int, horizon: int) -> np.ndarray:
    """A yearly path at mid-years as monthly rates, one row per month from the origin to the horizon."""
    rows = []
    for month in range(origin, horizon + 1):
        middle = (month + HALF) / MONTHS_PER_YEAR - HALF  # position among mid-years
        year = int(np.floor(middle))
        part = middle - year
        before = yearly[max(year, min(yearly))]
        after = yearly[min(year + 1, max(yearly))]
        rows.append((before + part * (after - before)) / MONTHS_PER_YEAR)
    return np.stack(rows)


def price_level(
    known: KnownRecord, p: PotashParameters, capacity: dict[int, np.ndarray], years: list[int]
) -> np.ndarray:
    """Log price of an idle market that fits the recorded years, given a draw's slope, cartel premium and capacity."""
    total: np.ndarray | float = 0.0
    weights = 0.0
    for year in years:
        demand = (known.value("k2o_production.WLD", year) - known.value("k2o_production.CHN", year)) / p.k2o_content
        tight = rules.tightness(demand=demand, capacity=capacity[year], usable=p.usable_capacity)
        spot = np.log(known.value("potash_spot_year_average", year))
        residual = spot - p.cartel_premium * cartel_of_year(year) - p.tightness_slope * rules.scarcity(tight)
        weight = HALF ** ((known.year - year) / HALF_LIFE)
        total = total + weight * residual
        weights += weight
    result: np.ndarray = total / weights + p.price_level_error
    return result


def levels(
    known: KnownRecord, evidence: Evidence, p: PotashParameters, years: list[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Demand outside China and use in China at the origin, at the reference price and crop index 1, kt a month."""
    demand: np.ndarray | float = 0.0
    use: np.ndarray | float = 0.0
    for year in years:
        ago = known.year - year
        price = known.value("potash_spot_year_average", year)
        crops = crop_index(known, year)
        outside = (
            kcl(known, p, "k2o_production.WLD", year)
            - kcl(known, p, "k2o_production.CHN", year)
            - kcl(known, p, "k2o_imports.CHN", year)
        )
        unit = rules.rest_of_world_demand(
            level=1.0,
            growth=p.demand_growth,
            years=-ago,
            crop_index=crops,
            crop_elasticity=p.crop_price_elasticity,
            spot=price,
            price_elasticity=p.demand_price_elasticity,
            price_rise=0.0,
            momentum_demand=0.0,
        )
        demand = demand + outside / unit / len(years)
        paid = contract_of_year(evidence.contracts, year, known.origin) or price * (1 - p.discount)
        apparent = chinese_output(known, p, year) + chinese_imports(known, p, year)
        unit = rules.chinese_use(
            level=1.0,
            growth=p.chinese_demand_growth,
            years=-ago,
            crop_index=crops,
            crop_elasticity=p.crop_price_elasticity,
            contract_price=paid,
            price_elasticity=p.chinese_demand_price_elasticity,
        )
        use = use + apparent / unit / len(years)
    return demand / MONTHS_PER_YEAR * np.exp(p.demand_level_error), use / MONTHS_PER_YEAR * np.exp(
        p.chinese_demand_level_error
    )


def shares(known: KnownRecord, p: PotashParameters) -> tuple[np.ndarray, np.ndarray]:
    """Belarus's share of Chinese imports, and of demand outside China in the last trusted years."""
    since = known.origin - BREAK + 1
    passage = np.exp(-max(since, 0) / p.share_adjustment)
    china_share = p.share_alone + (p.share_with_partner - p.share_alone) * passage

    ratios: np.ndarray | float = 0.0
    years = sorted(known.years("k2o_production.WLD", known.year - YEARS_LOOKED_BACK, trusted=True))[-SHARED_YEARS:]
    exports = known.years("k2o_exports.BLR", known.year - YEARS_LOOKED_BACK, trusted=True)
    for year in years:
        sold = (
            exports[year] / p.k2o_content
            if year in exports
            else kcl(known, p, "k2o_production.BLR", year) - p.domestic_use
        )
        try:
            to_china = known.value("potash_imports_tonnes.CHN.BLR", year) + 0.0 * p.share_alone
        except KeyError:
            to_china = (p.share_with_partner if year < FIRST_ALONE else china_share) * chinese_imports(known, p, year)
        outside = (
            kcl(known, p, "k2o_production.WLD", year)
            - kcl(known, p, "k2o_production.CHN", year)
            - kcl(known, p, "k2o_imports.CHN", year)
        )
        ratios = ratios + np.maximum(sold - to_china, LEAST_SOLD_ELSEWHERE * sold) / outside / len(years)
    return china_share, ratios * np.exp(p.rest_share_error)


def china_exports_of_year(known: KnownRecord, p: PotashParameters, contract: float) -> np.ndarray:
    """Potash exports to China in the origin's year, USD mn: the recorded share of exports, else tonnes times price."""
    total = known.value("exports.BLR.CHN")
    try:
        result: np.ndarray = known.value("potash_share_of_exports.BLR.CHN") / PERCENT * total + 0.0 * p.freight
        return result
    except KeyError:
        tonnes = p.share_with_partner * chinese_imports(known, p, known.year)
        return np.clip(
            rules.export_value(volume=tonnes, price=contract, freight=p.freight),
            LEAST_POTASH * total,
            MOST_POTASH * total,
        )


def open_potash(
    known: KnownRecord, evidence: Evidence, p: PotashParameters, spot_error: np.ndarray, horizon: int
) -> PotashOpening:
    """State of the potash market at the end of the origin.

    Parameters
    ----------
    known : KnownRecord
        The record at the origin.
    p : PotashParameters
        Drawn parameters of the subject potash.
    spot_error : np.ndarray
        Standard normal, the error of the spot price at the origin.
    horizon : int
        Month number of the last month.
    """
    years = fitted_years(known)
    last = months.year(horizon) + 1
    capacity = world_capacity(known, evidence, p, last)
    demand_level, use_level = levels(known, evidence, p, years)
    log_spot = np.log(known.at_month("potash_spot_at_origin")) + known.at_month("potash_spot_sd") * spot_error
    spot = np.exp(log_spot)
    contract = [row for row in evidence.contracts if row.settled <= known.origin][-1]
    china_share, rest_share = shares(known, p)

    crops = known.at_month("crop_price_index", known.origin - CROP_LAG)
    demand = rules.rest_of_world_demand(
        level=demand_level,
        growth=0.0,
        years=0.0,
        crop_index=crops,
        crop_elasticity=p.crop_price_elasticity,
        spot=spot,
        price_elasticity=p.demand_price_elasticity,
        price_rise=0.0,
        momentum_demand=0.0,
    )
    use = rules.chinese_use(
        level=use_level,
        growth=0.0,
        years=0.0,
        crop_index=crops,
        crop_elasticity=p.crop_price_elasticity,
        contract_price=contract.price,
        price_elasticity=p.chinese_demand_price_elasticity,
    )
    own = chinese_output(known, p, known.year) / MONTHS_PER_YEAR
    stock = p.stock_at_origin * MONTHS_PER_YEAR * use
    wanted = rules.wanted_imports(
        use=use, own_output=own, stock=stock, stock_target=p.stock_target, adjustment=p.stock_adjustment
    )
    elsewhere = rest_share * demand
    year_price = known.value("potash_spot_year_average")
    rest_exports = rules.export_value(volume=MONTHS_PER_YEAR * elsewhere, price=year_price, freight=p.freight_elsewhere)
    return PotashOpening(
        demand_level=demand_level,
        use_level=use_level,
        own_output=own,
        chinese_stock=stock,
        cost_level=price_level(known, p, capacity, years),
        capacity=monthly_path(capacity, known.origin, horizon),
        belarus_capacity=monthly_path(belarus_capacity(known, evidence, p, last), known.origin, horizon),
        log_spot=log_spot,
        rise=known.at_month("potash_spot_change_3m") / MONTHS_PER_QUARTER + 0.0 * spot,
        contract=contract.price,
        contract_end=contract.valid_until,
        china_share=china_share,
        rest_share=rest_share,
        shipped=china_share * wanted,
        sold_elsewhere=elsewhere,
        china_exports=china_exports_of_year(known, p, contract.price),
        rest_exports=rest_exports,
    )
