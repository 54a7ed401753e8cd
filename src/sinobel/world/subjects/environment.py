"""Drawn parameters of environment, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class EnvironmentParameters:
    """Parameters of `model/parameters/environment.toml`, one number for every future."""

    russia_growth: Draws
    """Mean growth of Russia (% a year)."""
    russia_growth_persistence: Draws
    """Persistence of Russian growth (share of a gap left after a year)."""
    russia_growth_spread: Draws
    """Spread of Russian growth around its mean (% a year)."""
    china_growth: Draws
    """Mean growth of China (% a year)."""
    china_growth_persistence: Draws
    """Persistence of Chinese growth (share of a gap left after a year)."""
    china_growth_spread: Draws
    """Spread of Chinese growth around its mean (% a year)."""
    eu_growth: Draws
    """Mean growth of the EU (% a year)."""
    eu_growth_persistence: Draws
    """Persistence of EU growth (share of a gap left after a year)."""
    eu_growth_spread: Draws
    """Spread of EU growth around its mean (% a year)."""
    russia_oil_correlation: Draws
    """Correlation of the shocks to Russian growth and to oil (correlation)."""
    eu_oil_correlation: Draws
    """Correlation of the shocks to EU growth and to oil (correlation)."""
    crop_oil_correlation: Draws
    """Correlation of the shocks to crop prices and to oil (correlation)."""
    oil_anchor_weight: Draws
    """Weight of the current oil price in the level it returns to (fraction, the rest is the mean of ten years)."""
    oil_process: Draws
    """Which process oil follows: no change below the weight of no change, a slow return above (fraction, only its place
    beside that weight counts).
    """
    oil_no_change: Draws
    """Weight of no change of oil from December, in real terms; a slow return has the rest (fraction of futures)."""
    oil_speed: Draws
    """Share of the gap of oil to its level closed in a year, where it returns (fraction a year)."""
    oil_volatility: Draws
    """Volatility of oil (log per square root of a year)."""
    oil_low: Draws
    """Oil price below which it is drawn back (USD/barrel at prices of the origin)."""
    oil_high: Draws
    """Oil price above which it is drawn back (USD/barrel at prices of the origin)."""
    oil_return: Draws
    """Share of the excess of oil beyond what has been seen that goes in a year (fraction a year)."""
    crop_anchor_weight: Draws
    """Weight of current crop prices in the level they return to (fraction, the rest is the mean of ten years)."""
    crop_process: Draws
    """Which process crop prices follow: no change below the weight of no change, a return above (fraction, only its
    place beside that weight counts).
    """
    crop_no_change: Draws
    """Weight of no change of crop prices, in real terms; a return has the rest (fraction of futures)."""
    crop_speed: Draws
    """Share of the gap of crop prices to their level closed in a year, where they return (fraction a year)."""
    crop_volatility: Draws
    """Volatility of crop prices (log per square root of a year)."""
    sanctions_growth_loss: Draws
    """Russian growth lost to Western sanctions at their level since 2014 (% a year)."""
