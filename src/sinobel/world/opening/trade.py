"""Opening of goods trade and services of Belarus by partner. USD mn a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import numpy as np

from sinobel.inputs.evidence import KnownRecord
from sinobel.world.constants import (
    DECEMBER_AFTER_MEAN,
    MONTHS_PER_YEAR,
    QUARTER_AFTER_MEAN,
)
from sinobel.world.draws import ParameterDraws
from sinobel.world.elementary import power
from sinobel.world.guards import TINY, at_least
from sinobel.world.opening.within_a_year import momentum, of_december, of_quarter
from sinobel.world.rules import trade
from sinobel.world.rules.rates import own_part

SHARE_YEARS = 10  # whose mean shares in exports may return to
USUAL_IMPORT_YEARS = 10  # after which what came before no longer counts in usual imports


@dataclass
class TradeOpening:
    """Goods trade by partner at an origin; arrays over draws where a parameter enters."""

    exports: Annotated[float, "USD mn a month"]  # all goods
    exports_russia: Annotated[float, "USD mn a month"]
    exports_eu: Annotated[np.ndarray, "USD mn a month"]  # without oil products
    exports_rest: Annotated[np.ndarray, "USD mn a month"]  # without potash and oil products
    exports_china: Annotated[np.ndarray, "USD mn a month"]  # without potash
    energy: Annotated[np.ndarray, "USD mn a month"]
    propensity: Annotated[np.ndarray, "fraction"]  # imports without tied goods, over GDP
    energy_share: Annotated[np.ndarray, "fraction"]  # of those imports
    china_share: Annotated[np.ndarray, "fraction"]  # ordinary Chinese goods over those without energy
    supplier_shares: Annotated[
        np.ndarray, "fraction"
    ]  # (3, draws): Russia without energy, EU, rest, of imports neither energy nor Chinese
    tied: Annotated[np.ndarray, "USD mn a month"]
    usual_imports: Annotated[np.ndarray, "USD mn a month"]  # moving average at the end of the year
    services: Annotated[float, "USD mn a month"]
    products_eu: Annotated[np.ndarray, "USD mn a month"]  # oil products
    products_rest: Annotated[np.ndarray, "USD mn a month"]
    shares: Annotated[dict[str, float], "fraction"]  # of Russia, the EU and the rest in exports
    usual_shares: Annotated[dict[str, float], "fraction"]  # the same, mean of ten years
    exports_momentum: Annotated[float, "log"]  # of the last quarter against the year, without the season
    imports_momentum: Annotated[float, "log"]
    oil_of_quarter: Annotated[float, "log"]  # of the last quarter against the year
    exports_growth: Annotated[dict[str, np.ndarray], "fraction a year"]  # ordinary, to Russia, the EU and the rest
    rouble: Annotated[dict[str, np.ndarray], "log"] = field(default_factory=dict)  # Russian, see `russian_rouble`
    departures: Annotated[dict[str, np.ndarray], "log"] = field(
        default_factory=dict
    )  # of exports, by what may have made them


def open_trade(
    known: KnownRecord,
    parameters: ParameterDraws,
    potash: tuple[np.ndarray, np.ndarray],
    products: tuple[np.ndarray, np.ndarray],
) -> TradeOpening:
    """Trade of the origin's year as monthly rates, split so that every draw adds up to the record.

    Parameters
    ----------
    potash : tuple[np.ndarray, np.ndarray]
        Potash exports to China and to the rest of the world in the year, USD mn.
    products : tuple[np.ndarray, np.ndarray]
        Oil products to the European Union and to the rest of the world, USD mn a month.
    """
    p, loans = parameters.trade, parameters.loans
    exports = {partner: known.value(f"exports.BLR.{partner}") for partner in ("WLD", "RUS", "EU", "CHN")}
    imports = {partner: known.value(f"imports.BLR.{partner}") for partner in ("WLD", "RUS", "EU", "CHN")}
    rest = exports["WLD"] - exports["RUS"] - exports["EU"] - exports["CHN"]
    other_rest = np.maximum(rest - potash[1], p.least_other_exports * rest)

    tied = tied_goods(known, known.year, parameters)
    replaced = (1 - loans.additionality) * tied
    wanted = imports["WLD"] - tied + replaced  # imports that income calls for, had there been no tied goods
    china = imports["CHN"] - tied + replaced
    energy = p.energy_share * imports["RUS"]
    suppliers = _goods_by_supplier(imports, energy)
    opening = TradeOpening(
        exports=exports["WLD"] / MONTHS_PER_YEAR,
        exports_russia=exports["RUS"] / MONTHS_PER_YEAR,
        exports_eu=exports["EU"] / MONTHS_PER_YEAR - products[0],
        exports_rest=other_rest / MONTHS_PER_YEAR - products[1],
        exports_china=(exports["CHN"] - potash[0]) / MONTHS_PER_YEAR,
        energy=energy / MONTHS_PER_YEAR,
        propensity=wanted / known.value("gdp_usd.BLR"),
        energy_share=energy / wanted,
        china_share=china / (wanted - energy),
        supplier_shares=suppliers / sum(suppliers),
        tied=tied / MONTHS_PER_YEAR,
        usual_imports=_usual_imports(known, parameters.finance.import_memory) / MONTHS_PER_YEAR,
        services=known.value("services_balance.BLR.WLD") / MONTHS_PER_YEAR,
        products_eu=products[0],
        products_rest=products[1],
        shares=export_shares(known, known.year),
        usual_shares=_usual_shares(known),
        exports_momentum=momentum(known, "exports_goods.BLR.WLD_month"),
        imports_momentum=momentum(known, "imports_goods.BLR.WLD_month"),
        oil_of_quarter=of_quarter(known, "oil_price_brent_month", known.year),
        exports_growth=ordinary_growth(parameters),
    )
    opening.rouble = russian_rouble(known, p.rouble_inflation)
    opening.departures = export_departures(opening, parameters)
    return opening


def _goods_by_supplier(imports: dict[str, float], energy: np.ndarray) -> np.ndarray:
    """Imports of the year neither energy nor Chinese, USD mn: from Russia, the Union and the rest."""
    return np.stack(
        [
            imports["RUS"] - energy,
            imports["EU"] + 0 * energy,
            imports["WLD"] - imports["RUS"] - imports["EU"] - imports["CHN"] + 0 * energy,
        ]
    )


def ordinary_growth(parameters: ParameterDraws) -> dict[str, np.ndarray]:
    """Growth of exports to Russia, the EU and the rest in a year in which partners grow as usual, fraction a year."""
    p, usual, prices = parameters.trade, parameters.environment, parameters.finance
    trend = trade.trend_in_dollars(
        trend=p.export_price_trend, inflation=prices.dollar_inflation, recorded=prices.recorded_inflation
    )
    partners = {
        "RUS": (usual.russia_growth, p.common_income),
        "EU": (usual.eu_growth, p.eu_income),
        "rest": ((usual.eu_growth + usual.china_growth) / 2, p.rest_income),
    }
    return {
        partner: trade.export_growth(growth=growth, income_elasticity=elasticity, trend=trend)
        for partner, (growth, elasticity) in partners.items()
    }


def export_departures(opening: TradeOpening, parameters: ParameterDraws) -> dict[str, np.ndarray]:
    """Logs by which the last quarter's exports depart, by cause: what oil and the rouble leave.

    Ordinary growth since the middle of the year is none. Nothing tells by month where goods went, so each cause gets as
    much as it usually makes of such a departure.
    """
    p, oil, growth = parameters.trade, parameters.oil, opening.exports_growth
    grown = opening.exports_russia * growth["RUS"] + opening.exports_eu * growth["EU"]
    grown = (grown + opening.exports_rest * growth["rest"]) / opening.exports
    beyond = trade.beyond_ordinary(momentum=opening.exports_momentum, growth=grown)
    russia, eu, rest = opening.exports_russia, opening.exports_eu, p.rest_loading * opening.exports_rest
    products = opening.products_eu + opening.products_rest
    by_oil = (products + p.common_oil * (russia + eu + rest)) * opening.oil_of_quarter
    by_rouble = russia * p.rouble_exports * opening.rouble["quarter"]
    causes = {
        "common": (russia + p.eu_loading * eu + rest, p.common_spread),
        "RUS": (russia, p.russia_share_spread),
        "EU": (eu, p.eu_share_spread),
        "rest": (opening.exports_rest, p.rest_share_spread),
        "orders": (eu, p.eu_orders_spread * own_part(p.eu_orders_persistence)),
        "products": (products, oil.runs_spread * own_part(oil.runs_persistence)),
    }
    variance = sum(((moved * spread) ** 2 for moved, spread in causes.values()), np.zeros_like(products))
    return {
        cause: trade.part_of_departure(
            departure=p.momentum * (beyond * opening.exports - by_oil - by_rouble),
            moved=moved,
            spread=spread,
            variance=at_least(variance, TINY),
        )
        for cause, (moved, spread) in causes.items()
    }


def tied_goods(known: KnownRecord, year: int, parameters: ParameterDraws) -> np.ndarray:
    """Goods that Chinese loans of a year brought, no more than the record of imports has room for, USD mn."""
    lent = parameters.loans.tied_share * known.value("loan_disbursements.CHN", year, otherwise=0.0)
    most = parameters.trade.largest_tied_imports * known.value("imports.BLR.CHN", year)
    return np.minimum(lent, most)


def export_shares(known: KnownRecord, year: int) -> dict[str, float]:
    """Shares of Russia, the EU and the rest of the world without China in goods exports of a year."""
    total = known.value("exports.BLR.WLD", year)
    shares = {partner: known.value(f"exports.BLR.{partner}", year) / total for partner in ("RUS", "EU", "CHN")}
    return {"RUS": shares["RUS"], "EU": shares["EU"], "rest": 1 - sum(shares.values())}


def _usual_shares(known: KnownRecord) -> dict[str, float]:
    """Means of `export_shares` over ten years."""
    years = [export_shares(known, year) for year in range(known.year - SHARE_YEARS + 1, known.year + 1)]
    return {partner: float(np.mean([shares[partner] for shares in years])) for partner in years[-1]}


def _usual_imports(known: KnownRecord, memory: np.ndarray) -> np.ndarray:
    """Goods imports as the moving average that a run keeps has them at the end of the year, USD mn a year.

    Parameters
    ----------
    memory : np.ndarray
        Months of the moving average; finance.import_memory.
    """
    kept = power(1 - 1 / memory, MONTHS_PER_YEAR)
    years = range(known.year - USUAL_IMPORT_YEARS + 1, known.year + 1)
    average: np.ndarray = known.value("imports.BLR.WLD", years[0]) + 0 * kept
    for year in years[1:]:
        average = kept * average + (1 - kept) * known.value("imports.BLR.WLD", year)
    return average


def russian_rouble(known: KnownRecord, inflation: np.ndarray) -> dict[str, np.ndarray]:
    """Log of the dollar value of the Russian rouble in the last quarter and in December, over that of the year.

    Parameters
    ----------
    inflation : np.ndarray
        Rise of Russian prices beyond dollar ones, a year: as much of a fall leaves it where it was.
    """
    series = "exchange_rate_rub_per_usd_month"
    return {
        "quarter": inflation * QUARTER_AFTER_MEAN - of_quarter(known, series, known.year),
        "december": inflation * DECEMBER_AFTER_MEAN - of_december(known, series),
    }
