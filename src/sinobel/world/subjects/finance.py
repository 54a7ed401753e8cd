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
    export_multiplier: Draws
    """Output that goes with exports of goods made at home beyond the usual (fraction of GDP of the same months per
    fraction).
    """
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
    """Profits that foreign owners take on the stock of direct investment: average of plants that work and fail
    (fraction of the stock a year).
    """
    owners_part: Draws
    """Part of what plants of residents, of events and in the place of loans yield that their owners take (fraction)."""
    fdi_wear: Draws
    """Share of the stock of direct investment that is worn or withdrawn in a year (fraction a year)."""
    squeeze_multiplier: Draws
    """Output that goes with a gap nobody fills (fraction of GDP of the same months per fraction)."""
    finance_multiplier: Draws
    """Output that goes with finance from abroad that budget and firms get (fraction of GDP of the same months per
    fraction).
    """
    usual_unfunded: Draws
    """What the budget looks for abroad and is not lent as usual (fraction of GDP of the same months)."""
    growth_noise: Draws
    """Shocks to Belarusian growth (% a year, spread of the pace around what is expected)."""
    dollar_inflation: Draws
    """Inflation of dollar prices (fraction a year)."""
    recorded_inflation: Draws
    """Inflation of dollar prices that trends measured in dollars hold (fraction a year)."""
    population: Draws
    """Population of Belarus (mn heads)."""
    exchange_rate_speed: Draws
    """Share of the real exchange rate gap closed in a year, what prices catch up with apart (fraction a year)."""
    price_catch_up: Draws
    """Share of a devaluation that prices at home catch up with in a year (fraction a year)."""
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
    """Smallest devaluation, when next to nothing is short (fraction)."""
    devaluation_largest: Draws
    """Devaluation that the largest shortages near (fraction)."""
    devaluation_halfway: Draws
    """Part of a month's imports that is short when a devaluation lies in the middle of its range (fraction)."""
    devaluation_pause: Draws
    """Months between two devaluations (months)."""
    income_spread: Draws
    """Swings of income and other current items around their recent level (USD mn a year, standard deviation)."""
    other_capital_spread: Draws
    """Swings of other capital flows around what trade calls for (USD mn a year, standard deviation)."""
    flow_persistence: Draws
    """Persistence of income and other capital around their level (share of a gap left after a year)."""
    other_debt_spread: Draws
    """Swings of public debt to other creditors, offset by private flows (USD mn per square root of a year, standard
    deviation).
    """
    other_capital_fade: Draws
    """Share of the recent level of other capital that fades in a year (fraction a year)."""
    private_finance: Draws
    """Part of the private balance that capital from abroad finances (fraction)."""
    usual_balance: Draws
    """Private balance that households and firms let be (fraction of GDP of the same months)."""
    spending_speed: Draws
    """Share of the gap of the private balance that spending closes in a year (fraction a year)."""
    caution: Draws
    """Rise of the private balance that households and firms let be when lenders doubt the country (fraction of GDP of
    the same months per unit of the index).
    """
    caution_memory: Draws
    """Time in which households and firms get used to 63 % of a change of the country's risk (years)."""
    largest_spending: Draws
    """Most that easy or tight money adds to imports or takes away (log)."""
    largest_outflow: Draws
    """Most that a surplus of trade moves abroad (fraction of GDP of the same months)."""
    capital_flight: Draws
    """Private finance from abroad that is not renewed when the country's risk rises (fraction of GDP per unit of the
    index).
    """
    works_import_content: Draws
    """Imports in works at home for Chinese projects (fraction)."""
    china_fdi: Draws
    """Chinese direct investment in usual conditions (USD mn a year)."""
    china_fdi_growth: Draws
    """Growth of Chinese direct investment in dollars at recorded inflation (fraction a year)."""
    china_fdi_spread: Draws
    """Shocks to Chinese direct investment: it comes in single projects (log, standard deviation of a year)."""
    residents_a_year: Draws
    """Residents that join the Great Stone park in a usual year (number a year)."""
    residents_spread: Draws
    """Spread of residents that join in single years (log, standard deviation of a year)."""
    residents_part: Draws
    """Part of Chinese direct investment of usual years that residents of the park bring (fraction)."""
    residents_priority: Draws
    """Share by which more residents come where China lends for transport and logistics alone (fraction)."""
    residents_exports: Draws
    """Sales abroad a year per dollar of capital of the park that works (fraction a year)."""
    residents_eu: Draws
    """Part of residents' sales abroad that goes to the European Union, the rest to Russia and its neighbors (fraction).
    """
    zone_protection: Draws
    """Share of what Belarus lacks to full reform that the decree of 2012 makes good within the park (fraction)."""
    fdi_spread: Draws
    """Shocks to direct investment from elsewhere (log, standard deviation of a year)."""
    fdi_reform: Draws
    """Response of direct investment to reform (log per unit of the index)."""
    fdi_risk: Draws
    """Fall of direct investment with solvency risk (log per unit of the index)."""
    fdi_proximity: Draws
    """Pull of EU access and of rivals on direct investment (log per unit of the index)."""
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
    quota_months: Draws
    """Months of lending that a lender who was not asked keeps on offer (fraction of a month's limit)."""
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
    lending_stretch: Draws
    """How much more lenders give, at a higher price, when more is needed than they offer (fraction per log of need over
    what is offered).
    """
    bond_long_share: Draws
    """Share of new bonds that fall due after seven years, the others after five (fraction)."""
    other_rate: Draws
    """Rate of other public external debt (fraction a year)."""
    default_chance: Draws
    """Chance of a default that lenders price, per unit of solvency risk (fraction a year per unit of the index)."""
    loss_of_preferred: Draws
    """Part of a loan that the IMF and development banks lose in a default (fraction)."""
    loss_of_states: Draws
    """Part of a loan that Russia, its fund and Chinese banks lose in a default (fraction)."""
    loss_of_bonds: Draws
    """Part of a bond that its holders lose in a default (fraction)."""
    safe_rate: Draws
    """Rate below which nobody lends (fraction a year)."""
    exposure_care: Draws
    """Share of the most that a lender holds from which it lends less (fraction)."""
    russia_exposure: Draws
    """Most that Russia and the EFSD hold (fraction of GDP)."""
    multilateral_exposure: Draws
    """What the IMF and development banks hold together at which the IMF lends no more (fraction of GDP)."""
    bond_exposure: Draws
    """Most that bond markets hold (fraction of GDP)."""
    china_exposure: Draws
    """Most that Chinese banks hold, tied and untied, before they give no untied credit (fraction of GDP)."""
    china_strain: Draws
    """Need over what is offered from which Chinese banks lend without ties (log, against the usual)."""
    china_limit: Draws
    """Untied credit of Chinese banks in a year, for strain beyond that (USD mn a year per log of need over what is
    offered).
    """
    scarcity_spread: Draws
    """Extra interest on untied borrowing when few lenders are left (fraction a year per log of need over what is
    offered).
    """
    reform_threshold: Draws
    """Reform index at which the IMF pays (index 0-1)."""
    alternative_limit: Draws
    """Widening of Russian lending by an alternative (fraction at rivals who would take its whole place)."""
    alternative_rate: Draws
    """Softening of Russian terms by an alternative (fraction a year at rivals who would take its whole place)."""
    price_of_integration: Draws
    """Political price of Russian money at full dependence and tension (fraction a year)."""
    price_of_reform: Draws
    """Political price of IMF money without reform (fraction a year)."""
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
    risk_rollover: Draws
    """Weight in solvency risk of what is needed over what lenders offer (log odds per log of need over what is
    offered).
    """
    usual_rollover: Draws
    """Money needed over what lenders offer at which solvency risk is at its usual level (fraction)."""
    largest_strain: Draws
    """Strain of refinancing beyond which lenders are not frightened or calmed further (log)."""
    risk_burden: Draws
    """Weight in solvency risk of what the budget pays for interest and for others, over revenue (log odds per
    fraction).
    """
    usual_burden: Draws
    """Interest and called guarantees over revenue at which solvency risk is at its usual level (fraction)."""
    risk_rescheduling: Draws
    """Weight in solvency risk of principal put off, over what fell due (log odds per fraction)."""
    rescheduling_fee: Draws
    """Price of putting off principal, paid at once (fraction)."""
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
    import_memory: Draws
    """Time over which lenders take imports for the usual ones (months)."""
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
    largest_export_cycle: Draws
    """Largest income gained or lost in exports beyond the usual that output answers (fraction of GDP of the same
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
    revenue_ratio: Draws
    """Revenue of general government (fraction of GDP of the same months)."""
    revenue_persistence: Draws
    """Persistence of revenue over GDP around its level (share of a gap left after a year)."""
    revenue_spread: Draws
    """Swings of revenue over GDP around its level (fraction of GDP of the same months)."""
    primary_balance: Draws
    """Primary balance of general government at usual debt and growth (fraction of GDP of the same months)."""
    primary_spread: Draws
    """Swings of the primary balance (fraction of GDP of the same months)."""
    fiscal_reaction: Draws
    """Response of the primary balance to public external debt (fraction of GDP of the same months per fraction of GDP).
    """
    fiscal_cycle: Draws
    """Response of the primary balance to growth above trend (share of GDP per unit of yearly growth)."""
    financed_abroad: Draws
    """Part of its deficit and of what falls due abroad that the budget looks for abroad, where reserves are not ample
    (fraction).
    """
    local_cost: Draws
    """What the budget pays at home beside a Chinese loan (fraction of disbursement)."""
    contingent_chance: Draws
    """Chance of a year that state banks or enterprises must be taken over by the budget (fraction a year)."""
    contingent_slump: Draws
    """How much likelier that is per unit of growth a year below trend (share per unit of yearly growth)."""
    contingent_size: Draws
    """Size of such a claim, half of them are smaller (fraction of GDP)."""
    contingent_spread: Draws
    """Spread of the size of such claims (log)."""
    contingent_abroad: Draws
    """Part of such a claim that is owed abroad (fraction)."""
    contingent_pace: Draws
    """Share of what is left of such a claim that the budget pays at home in a year (fraction a year)."""
