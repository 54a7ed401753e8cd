"""Drawn parameters of oil, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class OilParameters:
    """Parameters of `model/parameters/oil.toml`, one number for every future."""

    crude_share: Draws
    """Share of crude oil in what is paid for Russian energy at the origin (fraction)."""
    subsidy_share: Draws
    """Share of the Russian energy subsidy that comes with crude oil (fraction)."""
    product_value: Draws
    """What the products of a barrel of crude fetch, against the price of Brent (ratio)."""
    processing_cost: Draws
    """Cost of refining (USD per barrel)."""
    export_share: Draws
    """Share of the crude that is refined for export at the origin (fraction)."""
    eu_share: Draws
    """Share of the European Union in exports of oil products at the origin (fraction)."""
    largest_share: Draws
    """Largest part of exports to a destination at the origin that is oil products (fraction)."""
    runs_response: Draws
    """Refining for export that is given up when oil comes without any discount (fraction)."""
    runs_speed: Draws
    """Share of the gap between refining for export and what the margin calls for closed in a year (fraction a year)."""
    runs_spread: Draws
    """Swings of refining for export around what the margin calls for (log, standard deviation)."""
    runs_persistence: Draws
    """Persistence of these swings (share of a swing left after a year)."""
    capacity: Draws
    """Crude the refineries can take (kt a month)."""
    gas_oil_elasticity: Draws
    """Elasticity of the value of Russian gas to the oil price (log per log)."""
    gas_pass_through: Draws
    """Part of a lost subsidy on gas that is paid rather than saved by burning less (fraction)."""
