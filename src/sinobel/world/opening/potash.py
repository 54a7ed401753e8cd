"""Opening of the potash market: demand, price level, contract, shares. Volumes kt KCl a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import Evidence, KnownRecord
from sinobel.inputs.loans_and_contracts import Contract
from sinobel.inputs.settlements import settlements
from sinobel.world.arrays import Number
from sinobel.world.constants import HALF, MONTHS_PER_QUARTER, MONTHS_PER_YEAR, PERCENT
from sinobel.world.elementary import exp, log, power
from sinobel.world.opening.potash_capacity import belarus_capacity, monthly_path, world_capacity
from sinobel.world.opening.potash_record import (
    BREAK,
    cartel_of_year,
    chinese_imports,
    chinese_output,
    contract_of_year,
    crop_index,
    fitted_years,
    flood_at,
    flood_of_year,
    kcl,
    used_outside_china,
)
from sinobel.world.rules import potash_cartel, potash_market, potash_shipments
from sinobel.world.subjects.potash import PotashParameters

SHARED_YEARS = 2  # last trusted years from which Belarus's share of demand outside China is taken
YEARS_LOOKED_BACK = 3  # in which those are looked for: figures come late
FIRST_ALONE = 2014  # first whole year in which Belaruskali sold by itself
TURNS = 6  # after which the price level and what was held up at it stand still
CROP_LAG: Annotated[int, "months"] = 6  # half a year from crop prices to demand


@dataclass
class PotashOpening:
    """State of the potash market at an origin; arrays over draws unless noted."""

    demand_level: Annotated[np.ndarray, "kt KCl a month"]
    use_level: Annotated[np.ndarray, "kt KCl a month"]
    own_output: Annotated[np.ndarray, "kt KCl a month"]
    chinese_stock: Annotated[np.ndarray, "kt KCl"]
    cost_level: Annotated[np.ndarray, "log of USD per tonne"]
    tightness: Annotated[np.ndarray, "fraction"]  # mean of the last recorded years
    capacity: Annotated[np.ndarray, "kt KCl a month"]  # (months, draws), outside China, without the Nezhinsky mine
    belarus_capacity: Annotated[np.ndarray, "kt KCl a month"]  # (months, draws), without the Nezhinsky mine
    log_spot: Annotated[np.ndarray, "log of USD per tonne"]
    rise: Annotated[np.ndarray, "log"]  # change of log spot a month, last three months
    contract: Annotated[float, "USD per tonne"]
    contract_end: Annotated[int, "month number"]
    settled_spot: Annotated[float, "USD per tonne"]  # when it was settled
    wait_before: Annotated[int, "months"]  # without a contract, before it was
    first_settlers: tuple[str, ...]  # of the last round
    china_share: Annotated[np.ndarray, "fraction"]
    rest_share: Annotated[np.ndarray, "fraction"]
    shipped: Annotated[np.ndarray, "kt KCl a month"]  # normal shipment to China
    sold_elsewhere: Annotated[np.ndarray, "kt KCl a month"]
    china_exports: Annotated[np.ndarray, "USD mn a year"]  # of the origin's year
    china_volume: Annotated[np.ndarray, "kt KCl a year"]  # that those exports paid for, at the contract of that year
    rest_volume: Annotated[np.ndarray, "kt KCl a year"]  # sold outside China in that year
    rest_exports: Annotated[np.ndarray, "USD mn a year"]


def tight_in(known: KnownRecord, p: PotashParameters, capacity: np.ndarray, year: int) -> np.ndarray:
    """How much of what mines could deliver the record of a year used."""
    demand = (known.value("k2o_production.WLD", year) - known.value("k2o_production.CHN", year)) / p.k2o_content
    return potash_market.tightness(demand=demand, capacity=capacity, usable=p.usable_capacity, largest=p.largest_use)


def warranted(p: PotashParameters, tight: np.ndarray, year: int) -> np.ndarray:
    """What scarcity and the cartel's standing added to the price level of a recorded year (log)."""
    result: np.ndarray = p.cartel_premium * cartel_of_year(year) + p.tightness_slope * potash_market.scarcity(tight)
    return result


def answered(p: PotashParameters, tight: np.ndarray) -> np.ndarray:
    """A step of spot over what is left of it once demand has answered."""
    return 1 + potash_market.answer_of_demand(
        slope=p.tightness_slope, demand_elasticity=p.demand_price_elasticity, tight=tight
    )


@dataclass(frozen=True)
class Past:
    """What recorded years are read with: use of capacity by year, and the log price of an idle market."""

    contracts: tuple[Contract, ...]
    tight: dict[int, np.ndarray]
    level: np.ndarray

    def held(self, p: PotashParameters, year: int, spot: float) -> np.ndarray:
        """How much of the spot price of a recorded year, (log), stood on what houses of the cartel gave up or added.

        Demand that a higher price keeps away is missing in the record, so that more was held than spot shows.
        """
        result: np.ndarray = support(p) * answered(p, self.tight[year]) * self.withheld(p, year, spot)
        return result

    def withheld(self, p: PotashParameters, year: int, spot: float | np.ndarray) -> np.ndarray:
        """Part of sales that both houses gave up in a recorded year; below zero what they added as they parted."""
        result: np.ndarray = self.given_up(p, year, spot) - self.chased(p, year, flood_of_year(year, p))
        return result

    def chased(self, p: PotashParameters, year: int, flood: np.ndarray) -> np.ndarray:
        """What they added in a recorded year by a flood of some height."""
        result: np.ndarray = potash_cartel.chased(
            flood=flood, most=p.flood_discount / support(p), tight=self.tight[year]
        )
        return result

    def given_up(
        self, p: PotashParameters, year: int, spot: float | np.ndarray, contract: float | None = None
    ) -> np.ndarray:
        """What they gave up in a recorded year, by the rule of the months ahead.

        They remember the contract that was there when it began, or the one that is given.
        """
        remembered = last_contract(self.contracts, months.january(year) - 1).price if contract is None else contract
        tight, spot = self.tight[year], np.asarray(spot)
        result: np.ndarray = potash_cartel.held_back(
            remembered=np.asarray(remembered),
            spot=spot,
            ahead=(self.level + warranted(p, tight, year) - log(spot)) / answered(p, tight),
            effort=p.cartel_defense / support(p),
            largest=p.largest_restraint,
            cartel=cartel_of_year(year),
        )
        return result


def support(p: PotashParameters) -> np.ndarray:
    """Of spot for each part of their sales that the houses of the cartel give up (log)."""
    return potash_cartel.support(share=p.houses_share, elasticity=p.demand_price_elasticity)


def price_level(
    known: KnownRecord, p: PotashParameters, tight: dict[int, np.ndarray], held: dict[int, np.ndarray]
) -> np.ndarray:
    """Log price of an idle market that fits the recorded years, given a draw's slope, cartel premium and capacity.

    What the houses of the cartel held spot up by in a year is no part of it.
    """
    total: np.ndarray | float = 0.0
    weights: np.ndarray | float = 0.0
    for year in fitted_years(known):
        spot = log(known.value("potash_spot_year_average", year))
        weight = power(HALF, (known.year - year) / p.fit_half_life)
        total = total + weight * (spot - warranted(p, tight[year], year) - held.get(year, 0.0))
        weights = weights + weight
    result: np.ndarray = total / weights + p.price_level_error
    return result


def read_past(
    known: KnownRecord, contracts: tuple[Contract, ...], p: PotashParameters, capacity: dict[int, np.ndarray]
) -> Past:
    """The price level and what was held up at it, in turns: each follows from the other."""
    tight = {year: tight_in(known, p, capacity[year], year) for year in {*fitted_years(known), known.year}}
    first = months.year(contracts[0].settled) + 1
    held: dict[int, np.ndarray] = {}
    for _ in range(TURNS):
        past = Past(contracts, tight, price_level(known, p, tight, held))
        held = {
            year: past.held(p, year, known.value("potash_spot_year_average", year)) for year in tight if year >= first
        }
    return past


def demand_outside(
    p: PotashParameters, *, level: Number, growth: Number, years: float, crops: float, spot: Number
) -> np.ndarray:
    """Demand outside China at a price and crop index, whichever way prices have gone."""
    return potash_market.rest_of_world_demand(
        level=level,
        growth=growth,
        years=years,
        crop_index=crops,
        crop_elasticity=p.crop_price_elasticity,
        spot=spot,
        price_elasticity=p.demand_price_elasticity,
        price_rise=0.0,
        largest_price_rise=p.largest_price_rise,
        momentum_demand=0.0,
    )


def use_in_china(
    p: PotashParameters, *, level: Number, growth: Number, years: float, crops: float, contract: Number
) -> np.ndarray:
    """Use in China at a contract price and crop index."""
    return potash_market.chinese_use(
        level=level,
        growth=growth,
        years=years,
        crop_index=crops,
        crop_elasticity=p.crop_price_elasticity,
        contract_price=contract,
        price_elasticity=p.chinese_demand_price_elasticity,
    )


def demand_level(known: KnownRecord, p: PotashParameters, years: list[int]) -> np.ndarray:
    """Demand outside China at the origin, at the reference price and crop index 1, kt a month."""
    demand: np.ndarray | float = 0.0
    for year in years:
        unit = demand_outside(
            p,
            level=1.0,
            growth=p.demand_growth,
            years=year - known.year,
            crops=crop_index(known, year),
            spot=known.value("potash_spot_year_average", year),
        )
        demand = demand + used_outside_china(known, p, year) / unit / len(years)
    result: np.ndarray = demand / MONTHS_PER_YEAR * exp(p.demand_level_error)
    return result


def use_level(known: KnownRecord, evidence: Evidence, p: PotashParameters, years: list[int]) -> np.ndarray:
    """Use in China at the origin, at the reference price and crop index 1, kt a month."""
    use: np.ndarray | float = 0.0
    for year in years:
        spot = known.value("potash_spot_year_average", year)
        unit = use_in_china(
            p,
            level=1.0,
            growth=p.chinese_demand_growth,
            years=year - known.year,
            crops=crop_index(known, year),
            contract=contract_of_year(evidence.contracts, year, known.origin) or spot,
        )
        apparent = chinese_output(known, p, year) + chinese_imports(known, p, year)
        use = use + apparent / unit / len(years)
    result: np.ndarray = use / MONTHS_PER_YEAR * exp(p.chinese_demand_level_error)
    return result


def shares(known: KnownRecord, p: PotashParameters, past: Past) -> tuple[np.ndarray, np.ndarray]:
    """Belarus's share of Chinese imports, and of demand outside China in the last trusted years, restraint apart."""
    since = known.origin - BREAK + 1
    passage = exp(-max(since, 0) / p.share_adjustment)
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
        elsewhere = np.maximum(sold - to_china, p.least_sold_elsewhere * sold)
        usual = elsewhere / (1 - past.withheld(p, year, known.value("potash_spot_year_average", year)))
        ratios = ratios + usual / used_outside_china(known, p, year) / len(years)
    return china_share, ratios * exp(p.rest_share_error)


def china_exports_of_year(known: KnownRecord, p: PotashParameters, contract: float) -> np.ndarray:
    """Potash exports to China in the origin's year, USD mn: the recorded share of exports, else tonnes times price."""
    total = known.value("exports.BLR.CHN")
    try:
        result: np.ndarray = known.value("potash_share_of_exports.BLR.CHN") / PERCENT * total + 0.0 * p.freight
        return result
    except KeyError:
        tonnes = p.share_with_partner * chinese_imports(known, p, known.year)
        return np.clip(
            potash_shipments.export_value(volume=tonnes, price=contract, freight=p.freight),
            p.least_of_exports * total,
            p.largest_of_exports * total,
        )


def china_of_year(
    known: KnownRecord, evidence: Evidence, p: PotashParameters, last: Contract
) -> tuple[np.ndarray, np.ndarray]:
    """Potash that exports to China of the origin's year paid for, kt KCl, and USD mn, by the contract of that year.

    Where the year had none in force, by the last one before it.
    """
    price = contract_of_year(evidence.contracts, known.year, known.origin) or last.price
    value = china_exports_of_year(known, p, price)
    return potash_shipments.volume_of_value(value=value, price=price, freight=p.freight), value


def rest_of_year(
    known: KnownRecord, p: PotashParameters, past: Past, usual: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Potash sold elsewhere in the origin's year, kt KCl, and USD mn, of what is usually sold there in a month."""
    price = known.value("potash_spot_year_average")
    volume = MONTHS_PER_YEAR * (1 - past.withheld(p, known.year, price)) * usual
    return volume, potash_shipments.export_value(volume=volume, price=price, freight=p.freight_elsewhere)


@dataclass(frozen=True)
class ChineseMarket:
    """China at an origin: kt KCl a month, the stock in kt."""

    use_level: np.ndarray
    own_output: np.ndarray
    stock: np.ndarray
    wanted: np.ndarray  # imports


def open_china(
    known: KnownRecord, p: PotashParameters, *, level: np.ndarray, contract: float, crops: float
) -> ChineseMarket:
    """What China uses at the contract's price, makes, holds and wants to import."""
    use = use_in_china(p, level=level, growth=0.0, years=0.0, crops=crops, contract=contract)
    own = chinese_output(known, p, known.year) / MONTHS_PER_YEAR
    stock = p.stock_at_origin * MONTHS_PER_YEAR * use
    wanted = potash_market.wanted_imports(
        use=use, own_output=own, stock=stock, stock_target=p.stock_target, adjustment=p.stock_adjustment
    )
    return ChineseMarket(level, own, stock, wanted)


def last_contract(contracts: tuple[Contract, ...], origin: int) -> Contract:
    """The last contract with China that was settled by the origin."""
    return [contract for contract in contracts if contract.settled <= origin][-1]


def first_settlers(contract: Contract, origin: int) -> tuple[str, ...]:
    """Sellers that settled first: the Belarusian Potash Company sold for Uralkali as well while the cartel stood."""
    houses = {"BPC": ("belaruskali", "uralkali") if origin < BREAK else ("belaruskali",)}
    named = {"Canpotex": ("canpotex",), "Uralkali": ("uralkali",)} | houses
    return tuple(seller for house, sellers in named.items() if house in contract.first_settler for seller in sellers)


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
    years, last = fitted_years(known), months.year(horizon) + 1
    capacity = world_capacity(known, evidence, p, last)
    contract = last_contract(evidence.contracts, known.origin)
    crops = known.at_month("crop_price_index", known.origin - CROP_LAG)
    china = open_china(known, p, level=use_level(known, evidence, p, years), contract=contract.price, crops=crops)
    past = read_past(known, evidence.contracts, p, capacity)
    china_share, rest_share = shares(known, p, past)
    log_spot = log(known.at_month("potash_spot_at_origin")) + known.at_month("potash_spot_sd") * spot_error
    spot = exp(log_spot)
    level = demand_level(known, p, years)
    usual = rest_share * demand_outside(p, level=level, growth=0.0, years=0.0, crops=crops, spot=spot)
    china_volume, china_exports = china_of_year(known, evidence, p, contract)
    rest_volume, rest_exports = rest_of_year(known, p, past, usual)
    given_up = past.given_up(p, known.year, spot, contract.price)
    chased = past.chased(p, known.year, flood_at(known.origin, p))
    return PotashOpening(
        demand_level=level,
        use_level=china.use_level,
        own_output=china.own_output,
        chinese_stock=china.stock,
        cost_level=past.level,
        tightness=np.mean(list(past.tight.values()), axis=0),
        capacity=monthly_path(capacity, known.origin, horizon),
        belarus_capacity=monthly_path(belarus_capacity(known, evidence, p, last), known.origin, horizon),
        log_spot=log_spot,
        rise=known.at_month("potash_spot_change_3m") / MONTHS_PER_QUARTER + 0.0 * spot,
        contract=contract.price,
        contract_end=contract.valid_until,
        settled_spot=contract.price if contract.spot is None else contract.spot,
        wait_before=next(each.waited for each in settlements(evidence.contracts) if each.settled == contract.settled),
        first_settlers=first_settlers(contract, known.origin),
        china_share=china_share,
        rest_share=rest_share,
        shipped=china_share * china.wanted,
        sold_elsewhere=(1 - given_up + chased) * usual,
        china_exports=china_exports,
        china_volume=china_volume,
        rest_volume=rest_volume,
        rest_exports=rest_exports,
    )
