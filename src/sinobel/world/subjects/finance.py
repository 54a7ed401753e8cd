"""Drawn parameters of finance, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class FinanceParameters:
    """Parameters of `model/parameters/finance.toml`, one number for every future."""

    trend_growth: Draws
    """Trend growth of Belarus without reform (% a year)."""
    growth_persistence: Draws
    """Persistence of Belarusian growth (share of a gap left after a year)."""
    growth_russia: Draws
    """Response of Belarusian growth to Russian growth (percent per percent)."""
    potash_multiplier: Draws
    """Output that goes with potash revenue (fraction of GDP of the same months per fraction)."""
    subsidy_multiplier: Draws
    """Output that goes with the Russian energy subsidy (fraction of GDP of the same months per fraction)."""
    income_speed: Draws
    """Share of the gap between output and what subsidy and gaps carry closed in a year (fraction a year)."""
    reform_gain: Draws
    """Output gained by full reform in the end (log per unit of the index)."""
    reform_years: Draws
    """Time in which 63 % of what reform gains has come (years)."""
    reform_jobs: Draws
    """Jobs in state industry that full reform sheds (fraction of all jobs per unit of the index)."""
    reform_job_output: Draws
    """Output of a job that reform sheds (fraction of the output of a job)."""
    reform_search: Draws
    """Time in which 63 % of those let go have found other work (years)."""
    fdi_return: Draws
    """Profits that foreign owners take on the stock of direct investment (fraction of the stock a year)."""
    fdi_wear: Draws
    """Share of the stock of direct investment that is worn or withdrawn in a year (fraction a year)."""
    squeeze_multiplier: Draws
    """Output that goes with a gap nobody fills (fraction of GDP of the same months per fraction)."""
    growth_noise: Draws
    """Shocks to Belarusian growth (% a year, spread around what is expected)."""
    dollar_inflation: Draws
    """Inflation of dollar prices (fraction a year)."""
    exchange_rate_speed: Draws
    """Share of the real exchange rate gap closed in a year (fraction a year)."""
    exchange_rate_anchor: Draws
    """Weight of the current real exchange rate in the level it returns to (fraction, the rest is the mean of ten
    years).
    """
    exchange_rate_noise: Draws
    """Noise of the real exchange rate (log per square root of a year)."""
    exchange_rate_oil: Draws
    """Pull of oil on the real exchange rate, through the Russian rouble (log gap per log oil)."""
    exchange_rate_reserves: Draws
    """Pull of reserves above or below target on the real exchange rate (log a year per month of imports)."""
    devaluation_smallest: Draws
    """Smallest devaluation (fraction)."""
    devaluation_largest: Draws
    """Largest devaluation (fraction)."""
    devaluation_pause: Draws
    """Months between two devaluations (months)."""
    income_spread: Draws
    """Swings of income and other current items around their recent level (USD mn a year, standard deviation)."""
    other_capital_spread: Draws
    """Swings of other capital flows around their recent level (USD mn a year, standard deviation)."""
    flow_persistence: Draws
    """Persistence of income and other capital around their level (share of a gap left after a year)."""
    other_debt_spread: Draws
    """Swings of public debt to other creditors, offset by private flows (USD mn per square root of a year, standard
    deviation).
    """
    other_capital_fade: Draws
    """Share of the recent level of other capital that fades in a year (fraction a year)."""
    china_fdi: Draws
    """Chinese direct investment in usual conditions (USD mn a year)."""
    china_fdi_growth: Draws
    """Growth of Chinese direct investment (fraction a year)."""
    china_fdi_spread: Draws
    """Shocks to Chinese direct investment: it comes in single projects (log, standard deviation of a year)."""
    fdi_spread: Draws
    """Shocks to direct investment from elsewhere (log, standard deviation of a year)."""
    fdi_reform: Draws
    """Response of direct investment to reform (log per unit of the index)."""
    fdi_risk: Draws
    """Fall of direct investment with solvency risk (log per unit of the index)."""
    fdi_proximity: Draws
    """Pull of EU access and of rivals on direct investment (log per unit of the index)."""
    surplus_outflow: Draws
    """Share of surplus reserves that banks and firms move abroad in a year (fraction a year of what lies above the
    target).
    """
    reserve_target: Draws
    """Reserves the government aims at (months of goods imports)."""
    reserve_floor: Draws
    """Reserves that are not spent (months of goods imports)."""
    reserve_speed: Draws
    """Share of the gap of reserves to target closed in a year (fraction a year)."""
    largest_import_cut: Draws
    """Largest cut of ordinary imports in a month (fraction)."""
    ceiling_width: Draws
    """Distance to the debt ceiling at which borrowing is held back (fraction of GDP)."""
    lender_scale: Draws
    """Difference in cost that shifts the choice of lender (fraction a year)."""
    russia_limit: Draws
    """What Russia and the EFSD lend at most in usual conditions (USD mn a year)."""
    russia_rate: Draws
    """Rate of Russian and EFSD loans (fraction a year)."""
    russia_amortization: Draws
    """Share of the debt to Russia and the EFSD repaid in a year (fraction a year)."""
    multilateral_limit: Draws
    """What EBRD, EIB and World Bank lend at most without reform (USD mn a year)."""
    imf_limit: Draws
    """What the IMF and others add for a reform program (USD mn a year)."""
    multilateral_rate: Draws
    """Rate of multilateral loans (fraction a year)."""
    multilateral_amortization: Draws
    """Share of the multilateral debt repaid in a year (fraction a year)."""
    bond_limit: Draws
    """What bond markets lend at most in usual conditions (USD mn a year)."""
    bond_rate: Draws
    """Rate of Eurobonds (fraction a year)."""
    bond_amortization: Draws
    """Share of bonds repaid in a year (fraction a year)."""
    other_rate: Draws
    """Rate of other public external debt (fraction a year)."""
    new_debt_spread: Draws
    """Extra interest on untied borrowing per unit of solvency risk (fraction a year)."""
    reform_threshold: Draws
    """Reform index at which the IMF pays (index 0-1)."""
    alternative_limit: Draws
    """Widening of Russian lending by a Chinese alternative (fraction at Chinese money of 2 % of GDP)."""
    alternative_rate: Draws
    """Softening of Russian terms by a Chinese alternative (fraction a year at Chinese money of 2 % of GDP)."""
    price_of_integration: Draws
    """Political price of Russian money at full dependence and tension (fraction a year)."""
    price_of_reform: Draws
    """Political price of multilateral money without reform (fraction a year)."""
    price_of_dependence: Draws
    """Political price of untied Chinese money at full dependence on China (fraction a year)."""
    preference_weight: Draws
    """Political price that the lever belarus.borrowing_preference adds (fraction a year)."""
    risk_level: Draws
    """Level of the solvency index in usual conditions (log odds)."""
    risk_service: Draws
    """Weight of debt service over exports in solvency risk (log odds per fraction of exports of goods)."""
    risk_cover: Draws
    """Weight of reserve cover in solvency risk (log odds per month of imports)."""
    risk_subsidy: Draws
    """Weight of a lost Russian subsidy in solvency risk (log odds for the whole subsidy)."""
    risk_debt: Draws
    """Weight of public external debt over GDP in solvency risk (log odds per fraction of GDP)."""
    stake_value: Draws
    """Value of Belaruskali in years of potash revenue (years)."""
    stake_debt_share: Draws
    """Share of the receipts from a stake sale that retires debt (fraction)."""
    stake_profit: Draws
    """Share of potash revenue that is profit paid to owners (fraction)."""
    usual_service: Draws
    """Debt service over exports at which solvency risk is at its usual level (fraction of exports of goods)."""
    usual_cover: Draws
    """Reserve cover at which solvency risk is at its usual level (months of imports)."""
    usual_debt: Draws
    """Public external debt at which solvency risk is at its usual level (fraction of GDP)."""
    risk_arrears: Draws
    """Weight of arrears over GDP in solvency risk (log odds per fraction of GDP)."""
    bond_risk: Draws
    """Solvency risk from which bond markets lend less (index 0-1)."""
    bond_retreat: Draws
    """Share of bond lending lost per unit of solvency risk above that (fraction per unit of the index)."""
    reform_gate_width: Draws
    """Width of the passage around the reform index at which the IMF pays (index 0-1)."""
    lending_oil: Draws
    """Elasticity of what Russia lends to the oil price (log per log)."""
    service_memory: Draws
    """Months of debt service that lenders look at (months)."""
    arrears_memory: Draws
    """Months in which arrears are cleared (months)."""
    risk_speed: Draws
    """Speed at which lenders' view of solvency follows the facts (fraction a year)."""
    largest_income_change: Draws
    """Largest income gained or lost, or gap that nobody fills, that output answers (fraction of GDP of the same
    months).
    """
    largest_cover_gap: Draws
    """Largest departure of reserves from their target that the exchange rate answers (months of imports)."""
    weakest_rouble: Draws
    """Weakest real exchange rate (log)."""
    strongest_rouble: Draws
    """Strongest real exchange rate (log)."""
    largest_cover: Draws
    """Reserves above which lenders are not calmed further (months of imports)."""
    largest_arrears: Draws
    """Arrears above which lenders are not frightened further (fraction of a year's GDP)."""
    least_investment: Draws
    """Least direct investment over the usual (log)."""
    largest_investment: Draws
    """Largest direct investment over the usual (log)."""
    deepest_fall: Draws
    """Deepest fall of output (% a year)."""
    since_devaluation: Draws
    """Time since the last devaluation at the origin (months)."""
    cheapest_oil: Draws
    """Oil against the price of the origin below which Moscow's lending falls no further (fraction)."""
    dearest_oil: Draws
    """Oil against the price of the origin above which Moscow's lending rises no further (fraction)."""
    least_other_fdi: Draws
    """Least part of direct investment at the origin that is not Chinese (fraction)."""
