"""Opening of the refineries: crude, oil products by destination and the duty on them, so that they fit the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sinobel.inputs.evidence import KnownRecord
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.draws import ParameterDraws
from sinobel.world.guards import TINY, at_least
from sinobel.world.rules import oil
from sinobel.world.subjects.politics import PoliticsParameters

EEU_TREATY = 2014  # signed in May 2014: the oil duty stays in Belarus from 2015


@dataclass
class OilOpening:
    """Crude and oil products at an origin; arrays over draws."""

    crude: Annotated[np.ndarray, "kt a month"]
    crude_to_eu: Annotated[np.ndarray, "kt a month"]  # refined for export there
    crude_to_rest: Annotated[np.ndarray, "kt a month"]
    products_eu: Annotated[np.ndarray, "USD mn a month"]
    products_rest: Annotated[np.ndarray, "USD mn a month"]
    gas: Annotated[np.ndarray, "USD mn a month"]  # paid for all energy but crude
    duty_share: Annotated[np.ndarray, "fraction"]  # of exports of products that is passed on to Russia


def open_oil(known: KnownRecord, parameters: ParameterDraws, potash_rest: np.ndarray) -> OilOpening:
    """Crude from what is paid for energy and from the discount on it; exports of products no larger than the record.

    Parameters
    ----------
    potash_rest : np.ndarray
        Potash exports to the rest of the world in the year, USD mn.
    """
    p, trade, price = parameters.oil, parameters.trade, known.value("oil_price_brent")
    energy = trade.energy_share * known.value("imports.BLR.RUS") / MONTHS_PER_YEAR
    paid = p.crude_share * energy
    subsidy = p.subsidy_share * subsidy_at_origin(known, parameters.politics)
    crude = oil.volume_worth(money=paid + subsidy, price=price)

    exports = {partner: known.value(f"exports.BLR.{partner}") for partner in ("WLD", "RUS", "EU", "CHN")}
    rest = exports["WLD"] - exports["RUS"] - exports["EU"] - exports["CHN"]
    other_rest = np.maximum(rest - potash_rest, trade.least_other_exports * rest)
    products = oil.money_worth(volume=p.export_share * crude, price=price * p.product_value)
    to_eu = np.minimum(p.eu_share * products, p.largest_share * exports["EU"] / MONTHS_PER_YEAR)
    to_rest = np.minimum((1 - p.eu_share) * products, p.largest_share * other_rest / MONTHS_PER_YEAR)
    duty = 0.0 if known.year >= EEU_TREATY else known.value("oil_duty_transfer", otherwise=0.0)
    return OilOpening(
        crude=crude,
        crude_to_eu=oil.volume_worth(money=to_eu, price=price * p.product_value),
        crude_to_rest=oil.volume_worth(money=to_rest, price=price * p.product_value),
        products_eu=to_eu,
        products_rest=to_rest,
        gas=energy - paid,
        duty_share=np.minimum(duty / MONTHS_PER_YEAR / at_least(to_eu + to_rest, TINY), 1.0),
    )


def subsidy_at_origin(known: KnownRecord, p: PoliticsParameters) -> np.ndarray:
    """Russian energy subsidy at the origin, USD mn a month; it moves with the oil price."""
    result: np.ndarray = p.energy_subsidy * known.value("oil_price_brent") / MONTHS_PER_YEAR
    return result
