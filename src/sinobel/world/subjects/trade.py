"""Drawn parameters of trade, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class TradeParameters:
    """Parameters of `model/parameters/trade.toml`, one number for every future."""

    import_propensity: Draws
    """Long-run goods imports over GDP (fraction)."""
    import_content: Draws
    """Weight of exports, against GDP, in what moves imports (elasticity)."""
    propensity_reserves: Draws
    """Imports that easy policy adds while reserves stand above target (log imports over GDP per month of imports)."""
    propensity_speed: Draws
    """Share of the gap of the import propensity closed in a year (fraction a year)."""
    propensity_noise: Draws
    """Noise of the import propensity (log per square root of a year)."""
    devaluation_response: Draws
    """Fall of imports, beyond that of dollar GDP, with the real exchange rate (log imports per log of the gap)."""
    energy_share: Draws
    """Share of Russian oil and gas in imports from Russia at the origin (fraction)."""
    china_share_speed: Draws
    """Speed of China's share towards its ceiling (fraction a year)."""
    fta_speed: Draws
    """Speed-up of China's share by a free trade agreement (multiple added)."""
    fta_exports: Draws
    """Growth of other exports to China with a free trade agreement (fraction a year)."""
    other_exports_growth: Draws
    """Drift of non-potash exports to China at the origin, in dollars at recorded inflation (fraction a year)."""
    other_exports_trend: Draws
    """Long-run growth of non-potash exports to China in dollars at recorded inflation (fraction a year)."""
    other_exports_fade: Draws
    """Time in which the drift of the origin fades (years)."""
    other_exports_spread: Draws
    """Shocks to non-potash exports to China (log per square root of a year)."""
    reform_exports: Draws
    """Other exports gained by full reform in the end, Russia apart (log per unit of the index)."""
    other_exports_drive: Draws
    """Growth of non-potash exports to China from the measures of the directive (fraction a year)."""
    other_exports_diversification: Draws
    """Growth of other exports under full diversification at first (fraction a year)."""
    drive_halfway: Draws
    """Drive for exports to China at which more of it does half as much (level of the lever belarus.export_drive)."""
    drive_years: Draws
    """Time in which 63 % of a drive for exports is in place (years)."""
    drive_cost: Draws
    """Cost abroad of the drive for exports (USD mn a year per level of the lever)."""
    china_export_capacity: Draws
    """Exports to China besides potash that no drive, diversification or agreement passes (fraction of GDP of the same
    months).
    """
    largest_china_exports: Draws
    """Exports to China besides potash that nothing passes (fraction of GDP of the same months)."""
    diversification_limit: Draws
    """What full diversification adds to other exports in the end (log)."""
    china_growth_elasticity: Draws
    """Elasticity of non-potash exports to Chinese growth (percent per percent)."""
    export_price_trend: Draws
    """Trend of export prices in dollars at recorded inflation (fraction a year)."""
    eu_income: Draws
    """Income elasticity of exports to the EU (percent per percent)."""
    eu_access_effect: Draws
    """Effect of EU access on exports to the EU (log per unit of the index)."""
    rest_income: Draws
    """Income elasticity of other exports to the rest of the world (percent per percent)."""
    competitiveness: Draws
    """Rise of exports after a real depreciation (log exports per log of the gap)."""
    services_growth: Draws
    """Growth of the services balance in dollars at recorded inflation (fraction a year)."""
    services_spread: Draws
    """Shocks to the services balance (log per square root of a year)."""
    transit_share: Draws
    """Transit income over the services balance at the origin (fraction)."""
    transit_push: Draws
    """Gain of transit income from full investment in logistics (fraction)."""
    transit_capture: Draws
    """Loss of transit income when Russia captures it fully (fraction per unit of the index)."""
    fdi_import_content: Draws
    """Equipment bought abroad with direct investment that replaces loans or that events bring (fraction of investment).
    """
    services_persistence: Draws
    """Persistence of swings of services exports (share of a gap left after a year)."""
    energy_income_elasticity: Draws
    """Elasticity of energy use to output (log per log)."""
    largest_cover_gap: Draws
    """Largest departure of reserves from their target that import policy answers (months of imports)."""
    largest_trend_share: Draws
    """Largest share of Chinese goods in imports but energy, tied ones apart (fraction)."""
    least_other_exports: Draws
    """Least part of exports to the rest of the world at the origin that is not potash (fraction)."""
    largest_tied_imports: Draws
    """Largest part of imports from China at the origin that is tied (fraction)."""
    china_share_ceiling: Draws
    """Ceiling of China's ordinary share of imports other than energy (fraction of goods imports without Russian
    energy).
    """
    china_share_noise: Draws
    """Lasting noise of China's ordinary share (log per square root of a year)."""
    common_oil: Draws
    """Elasticity of the common factor of exports, oil products apart, to oil (log per log)."""
    common_income: Draws
    """Income elasticity of exports to Russian growth (percent per percent)."""
    common_spread: Draws
    """Shocks to the common factor of exports (log per square root of a year)."""
    common_persistence: Draws
    """Persistence of the common factor of exports, oil apart (share of a gap left after a year)."""
    rouble_oil: Draws
    """Elasticity of exports to Russia to oil through the rouble, beyond the common factor; it fades (log per log)."""
    rouble_exports: Draws
    """Elasticity of exports to Russia to the dollar value of the Russian rouble beside oil; it fades (log per log)."""
    rouble_spread: Draws
    """Changes of the Russian rouble that oil does not make (log per square root of a year)."""
    rouble_inflation: Draws
    """Rise of Russian prices beyond dollar ones, which the rouble's rate follows for long (fraction a year)."""
    rest_loading: Draws
    """Weight of the common factor in exports to the rest of the world (log per log)."""
    eu_loading: Draws
    """Weight of the own part of the common factor, oil apart, in exports to the EU (log per log)."""
    share_speed: Draws
    """Share of a gap of a partner's share in exports closed in a year (fraction a year)."""
    share_anchor: Draws
    """Weight of the current share of a partner in exports in the level it returns to (fraction, the rest is the mean of
    ten years).
    """
    russia_share_spread: Draws
    """Shocks to Russia's share in exports (log per square root of a year)."""
    eu_share_spread: Draws
    """Shocks to the share of the EU in exports (log per square root of a year)."""
    eu_orders_spread: Draws
    """Swings of what the EU orders besides oil products, which come and go (log, standard deviation)."""
    eu_orders_persistence: Draws
    """Persistence of these swings (share of a swing left after a year)."""
    rest_share_spread: Draws
    """Shocks to the share of the rest of the world in exports (log per square root of a year)."""
    momentum: Draws
    """Part of the last quarter's departure from the usual that trade keeps (fraction)."""
    least_goods: Draws
    """Least imports but energy at the opening, against those of the origin's year (fraction)."""
