"""Drawn parameters by subject. `sinobel docs` writes this from `model/parameters`: change it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    oil_speed: Draws
    """Share of the gap of oil to its level closed in a year (fraction a year)."""
    oil_volatility: Draws
    """Volatility of oil (log per square root of a year)."""
    crop_anchor_weight: Draws
    """Weight of current crop prices in the level they return to (fraction, the rest is the mean of ten years)."""
    crop_speed: Draws
    """Share of the gap of crop prices to their level closed in a year (fraction a year)."""
    crop_volatility: Draws
    """Volatility of crop prices (log per square root of a year)."""
    sanctions_growth_loss: Draws
    """Russian growth lost to Western sanctions at their level since 2014 (% a year)."""


@dataclass(frozen=True, eq=False, repr=False)
class FinanceParameters:
    """Parameters of `model/parameters/finance.toml`, one number for every future."""

    trend_growth: Draws
    """Trend growth of Belarus without reform (% a year)."""
    growth_persistence: Draws
    """Persistence of Belarusian growth (share of a gap left after a year)."""
    growth_russia: Draws
    """Response of Belarusian growth to Russian growth (percent per percent)."""
    growth_potash: Draws
    """Response of growth to potash revenue (% a year per % of GDP of change in revenue)."""
    growth_reform: Draws
    """Growth from full reform (% a year per unit of the index)."""
    growth_squeeze: Draws
    """Growth lost to a gap nobody fills (% a year per % of GDP)."""
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
    exchange_rate_exports: Draws
    """Pull of exports over GDP on the real exchange rate (log gap per log of exports over GDP)."""
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
    largest_potash_change: Draws
    """Largest yearly change of potash revenue that growth answers, up or down (% of GDP)."""
    largest_unfilled: Draws
    """Largest gap without a lender that growth answers (% of GDP)."""
    largest_export_gap: Draws
    """Largest departure of exports over GDP from the usual that the exchange rate answers (log)."""
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


@dataclass(frozen=True, eq=False, repr=False)
class LoansParameters:
    """Parameters of `model/parameters/loans.toml`, one number for every future."""

    tied_share: Draws
    """Share of Chinese loan money that must buy Chinese goods (fraction of disbursement)."""
    tied_share_spread: Draws
    """Spread of tied shares among projects (fraction)."""
    additionality: Draws
    """Share of tied imports that would not have been bought anyway (fraction)."""
    tied_import_months: Draws
    """Months over which tied goods arrive after the loan is paid out (months)."""
    draw_pace: Draws
    """Share of undrawn commitments paid out in a year (fraction a year)."""
    pace_swing: Draws
    """Swings of the pace of drawing from year to year (log, standard deviation)."""
    pace_persistence: Draws
    """Persistence of a swing of the pace of drawing (share left after a year)."""
    lapse_rate: Draws
    """Share of undrawn commitments that lapses in a year (fraction a year)."""
    commitments_a_year: Draws
    """Mean of new Chinese commitments in usual conditions (USD mn a year)."""
    commitment_spread: Draws
    """Spread of commitments from year to year (log, standard deviation)."""
    no_commitment_chance: Draws
    """Chance of a year without any new loan (fraction of years)."""
    grace: Draws
    """Grace period of Chinese loans, from drawing (years)."""
    repayment: Draws
    """Years of equal repayments after grace (years)."""
    effective_interest: Draws
    """Average interest on the Chinese debt of the origin (fraction a year of the stock)."""
    concessional_share: Draws
    """Share of new Chinese loans on concessional or preferential terms (fraction)."""
    preferential_rate: Draws
    """Rate of concessional loans and preferential buyer's credits (fraction a year)."""
    commercial_rate: Draws
    """Rate of commercial buyer's credits and bank lines (fraction a year)."""
    untied_line_rate: Draws
    """Rate of untied Chinese credit lines (fraction a year)."""
    untied_granted: Draws
    """Share of the untied credit Belarus asks for that China grants (fraction)."""
    untied_line_share: Draws
    """Share of an untied line that can be drawn in a year (fraction a year)."""
    risk_spread: Draws
    """Extra interest per unit of solvency risk (fraction a year)."""
    usual_risk: Draws
    """Solvency risk in the usual conditions of 2009-2016 (index 0-1)."""
    appetite_risk: Draws
    """Fall of Chinese appetite with solvency risk (log per unit of the index)."""
    appetite_rivals: Draws
    """Pull of institutional proximity and rivals on Chinese appetite (log per unit of the index)."""
    deference_level: Draws
    """Tension with Russia above which China holds back (index 0-1)."""
    transport_share: Draws
    """Share of transport, logistics and the park in the project pipeline (fraction)."""
    obor_filter: Draws
    """Share of other projects that still pass a restriction to transport and logistics (fraction)."""
    obor_spread: Draws
    """Extra interest while credit is restricted (fraction a year)."""
    guaranteed_share: Draws
    """Share of new Chinese loans that need a guarantee (fraction)."""
    reform_quality: Draws
    """Speed-up of disbursement by reform (log per unit of the reform index)."""
    sanctions_cut: Draws
    """Disbursement lost when China stops paying out under extended sanctions (fraction)."""
    markup: Draws
    """Price of tied goods above the world price (fraction)."""
    grant_discount_rate: Draws
    """Discount rate of the grant element (fraction a year)."""
    payments_a_year: Draws
    """Dates of payment a year in the grant element and the effective cost (payments a year)."""
    realization: Draws
    """Commitments over pledges (fraction)."""
    pledge_swell: Draws
    """Growth of pledges with the partnership (fraction per unit of the index)."""
    pledge_spread: Draws
    """Spread of what a year's summits announce (log, standard deviation)."""
    project_cover: Draws
    """Share of its debt service a project earns (fraction)."""
    rescheduling_willingness: Draws
    """Share of principal China reschedules when Belarus cannot pay (fraction)."""
    largest_pace: Draws
    """Largest share of undrawn money that is paid out in a year (fraction a year)."""
    capture_weight: Draws
    """Weight of Russia's capture of the dialogue with the EU against nearness and rivals (fraction)."""
    shortest_repayment: Draws
    """Shortest time of repayment after grace, whatever maturity a scenario sets (years)."""


@dataclass(frozen=True, eq=False, repr=False)
class PoliticsParameters:
    """Parameters of `model/parameters/politics.toml`, one number for every future."""

    energy_subsidy: Draws
    """Russian energy subsidy per dollar of the oil price (USD mn a year per USD a barrel)."""
    tension_resting: Draws
    """Tension with Russia without turns to others (index 0-1)."""
    usual_tension: Draws
    """Tension at which Russian support is as usual (index 0-1)."""
    tension_decay: Draws
    """Time in which a rise of tension decays (years)."""
    tension_eu: Draws
    """Rise of tension with EU access (v_eu) (index per unit of the index)."""
    tension_china: Draws
    """Rise of tension with the Chinese partnership over that with EU access (v_chn / v_eu) (ratio below one)."""
    tension_technology: Draws
    """Rise of tension with military technology beyond the usual (index a year)."""
    tension_noise: Draws
    """Quarrels that come from elsewhere (index per square root of a year)."""
    support_reaction: Draws
    """Russian lending lost with tension (fraction per unit of the index)."""
    subsidy_reaction: Draws
    """Energy subsidy lost with tension (fraction per unit of the index)."""
    partnership_resting: Draws
    """Partnership with China without technology and money (index 0-1)."""
    partnership_technology: Draws
    """Gain of partnership from military technology at its usual level (index)."""
    partnership_money: Draws
    """Gain of partnership from Chinese money of 2 % of GDP a year (index)."""
    partnership_speed: Draws
    """Share of the gap of partnership closed in a year (fraction a year)."""
    technology_autonomy: Draws
    """Autonomy from Russia gained by military technology at its usual level (index)."""
    access_without_sanctions: Draws
    """EU access without sanctions and without an agreement (index 0-1)."""
    access_under_sanctions: Draws
    """EU access under political sanctions (index 0-1)."""
    access_agreement: Draws
    """EU access gained by a partnership and trade agreement (index)."""
    access_effort: Draws
    """EU access gained by the effort of Minsk alone (index)."""
    access_speed: Draws
    """Share of the gap of EU access closed in a year (fraction a year)."""
    crackdown_hazard: Draws
    """Chance of a crackdown that brings political sanctions (per year)."""
    sanction_years: Draws
    """Years political sanctions last (years)."""
    reform_speed: Draws
    """Share of the gap between reform and the government's stance closed in a year (fraction a year)."""
    usual_reform: Draws
    """Reform index of the record (index 0-1)."""
    reform_slip: Draws
    """Reform lost in a recession (fraction per percent a year of fall of output)."""
    dependence_speed: Draws
    """Share of the gap of dependence closed in a year (fraction a year)."""
    full_chinese_money: Draws
    """Chinese money of a year at which it counts in full as an alternative (fraction of GDP of the same months)."""
    money_memory: Draws
    """Months of Chinese money that Moscow and Minsk see (months)."""
    whole_subsidy: Draws
    """Energy subsidy that makes Minsk wholly dependent on Moscow (fraction of GDP of the same months)."""
    largest_support: Draws
    """Largest support of Russia against the usual (ratio)."""
    least_sanctions_left: Draws
    """Least time that sanctions in force at the origin still last (months)."""


@dataclass(frozen=True, eq=False, repr=False)
class PotashParameters:
    """Parameters of `model/parameters/potash.toml`, one number for every future."""

    demand_price_elasticity: Draws
    """Price elasticity of potash demand outside China (positive, log volume per log price)."""
    chinese_demand_price_elasticity: Draws
    """Price elasticity of potash use in China (positive, log volume per log price)."""
    crop_price_elasticity: Draws
    """Elasticity of potash demand to crop prices half a year before (log volume per log index)."""
    momentum_demand: Draws
    """Buying ahead while spot rises (log volume per log price over three months)."""
    demand_growth: Draws
    """Trend growth of potash demand outside China (fraction a year)."""
    chinese_demand_growth: Draws
    """Trend growth of potash use in China (fraction a year)."""
    demand_level_error: Draws
    """Error of the level of demand outside China at the origin (log)."""
    chinese_demand_level_error: Draws
    """Error of the level of Chinese use at the origin (log)."""
    own_output_growth: Draws
    """Growth of Chinese potash output (fraction a year)."""
    stock_target: Draws
    """Potash stock Chinese buyers want to hold (years of use)."""
    stock_at_origin: Draws
    """Potash stock in China at the origin (years of use)."""
    stock_adjustment: Draws
    """Share of the gap in Chinese stocks closed in a year by imports (fraction a year)."""
    open_without_contract: Draws
    """Chinese imports without a contract (fraction of what is wanted)."""
    open_in_closure: Draws
    """Chinese imports while the market is closed (fraction of what is wanted)."""
    usable_capacity: Draws
    """Capacity that can be used (fraction of nameplate)."""
    tightness_slope: Draws
    """Slope of the log price on scarcity of capacity (log price per unit of -log(1 - use))."""
    adjustment_speed: Draws
    """Share of the gap between spot and its target closed in a quarter (fraction a quarter)."""
    cartel_premium: Draws
    """Premium of the cartel on spot (log)."""
    cartel_defense: Draws
    """Part of a fall of spot that the cartel holds up by cutting output (fraction of the monthly adjustment)."""
    flood_discount: Draws
    """Discount on spot in the year after the cartel breaks, when former partners chase volume (log)."""
    flood_months: Draws
    """Months over which former cartel partners chase volume (months)."""
    price_level_error: Draws
    """Error of the price level of an idle market fitted to the record (log)."""
    spot_noise: Draws
    """Monthly noise of spot (log, scale of a t distribution with 4 degrees of freedom)."""
    supply_shock_hazard: Draws
    """Chance of a supply shock (per year)."""
    supply_shock_size: Draws
    """Size of a supply shock (log price)."""
    supply_shock_duration: Draws
    """Months until a supply shock is gone (months)."""
    project_completion: Draws
    """Share of the announced projects that come on stream (fraction of announced capacity)."""
    project_ramp: Draws
    """Years a new mine takes to reach capacity (years)."""
    capacity_growth_after_plans: Draws
    """Growth of world capacity once the announced projects have ended (fraction a year)."""
    capacity_growth_unknown: Draws
    """Growth of world capacity in years for which an origin holds no plans (fraction a year)."""
    k2o_content: Draws
    """K2O in a tonne of KCl (t per t)."""
    chinese_kcl_share: Draws
    """Share of KCl in Chinese K2O output as FAO counts it (fraction)."""
    chinese_capacity_ratio: Draws
    """Chinese potash capacity over output (ratio)."""
    discount: Draws
    """Usual discount of the Chinese contract on spot at settlement (fraction of spot)."""
    discount_noise: Draws
    """Noise of the discount at one settlement (fraction of spot, standard deviation)."""
    discount_stake: Draws
    """Extra discount when the buyer owns a stake (fraction of spot per share sold)."""
    discount_outlet: Draws
    """Extra discount as China's share of Belarus's potash sales grows (fraction of spot per share of sales)."""
    discount_need: Draws
    """Extra discount when Belarus is short of cash (fraction of spot at the greatest need)."""
    wait_falling: Draws
    """Expected wait for a contract when the price is falling (months)."""
    wait_rising: Draws
    """Expected wait for a contract when the price is rising (months)."""
    wait_width: Draws
    """Width of the passage from a short to a long wait (log of the price change on offer)."""
    momentum_weight: Draws
    """Weight of the trend of spot when buyers decide to wait (log of the price change per log of the three-month change
    of spot).
    """
    closing_stock: Draws
    """Chinese stock above which buyers can afford to close the market (multiple of the target)."""
    closing_fall: Draws
    """Fall of spot over three months that leads buyers to close the market (log, positive)."""
    carry_over: Draws
    """Months of old tonnage shipped after a contract lapses (months)."""
    floor_without_contract: Draws
    """Shipments of Belarus to China without a contract (fraction of normal)."""
    backlog_recovered: Draws
    """Part of what was not shipped while waiting that is shipped after the settlement (fraction)."""
    recovery_months: Draws
    """Months over which the backlog comes back (months)."""
    transit_months: Draws
    """Time from the Belarusian border to Chinese customs (months)."""
    share_alone: Draws
    """Belarus's share of Chinese potash imports when Belaruskali sells alone (fraction)."""
    share_with_partner: Draws
    """Belarus's share of Chinese potash imports when it sold with Uralkali (fraction)."""
    share_swing: Draws
    """Swings of Belarus's share of Chinese imports (log, standard deviation)."""
    shipment_bunching: Draws
    """Bunching of shipments to China within a year (log, standard deviation)."""
    bunching_persistence: Draws
    """Persistence of the bunching of shipments (share left after a year)."""
    chinese_use_swing: Draws
    """Swings of potash use in China (log, standard deviation)."""
    swing_persistence: Draws
    """Persistence of swings of share and use (share of a swing left after a year)."""
    share_adjustment: Draws
    """Months over which Belarus's share moves to a new selling regime (months)."""
    rest_share_error: Draws
    """Error of Belarus's share of potash demand outside China (log)."""
    diversion: Draws
    """Part of what China does not take that finds other buyers (fraction)."""
    diversified_sales: Draws
    """Part of tonnage moved to other markets on purpose that is sold there (fraction)."""
    domestic_use: Draws
    """Potash that stays in Belarus (kt KCl a year)."""
    mine_stock_target: Draws
    """Stock Belaruskali holds (months of sales)."""
    mine_stock_cap: Draws
    """Stock Belaruskali can store (months of capacity)."""
    cash_cost: Draws
    """Cash cost of Belarusian potash at the port in 2016 (USD per tonne)."""
    cost_before_devaluation: Draws
    """Cash cost before the devaluation of 2015 over that of 2016 (ratio)."""
    cost_pass_through: Draws
    """Share of cash cost that follows the real exchange rate (fraction)."""
    freight: Draws
    """Freight from the Baltic to China (USD per tonne)."""
    freight_elsewhere: Draws
    """Freight to other markets (USD per tonne)."""
    india_share: Draws
    """Share of India in Belarus's sales outside China (fraction)."""
    india_premium: Draws
    """Indian contract price over the Chinese one (fraction)."""
    transit_availability_loss: Draws
    """Part of Belarusian potash that cannot leave under extended sanctions (fraction)."""
    transit_freight_increase: Draws
    """Extra freight under extended sanctions (USD per tonne)."""
    new_mine_capacity: Draws
    """Planned capacity of the Nezhinsky mine (kt KCl a year)."""
    new_mine_year: Draws
    """Year in which the Nezhinsky mine starts (calendar year)."""
    sales_memory: Draws
    """Months of sales by which the mines set output (months)."""
    revenue_memory: Draws
    """Months over which Belaruskali sees revenue and China's share of sales (months)."""
    usual_memory: Draws
    """Months over which a revenue becomes the usual one (months)."""
    largest_share: Draws
    """Largest share of Chinese imports that one seller can have (fraction)."""
    readiness: Draws
    """Readiness of Belaruskali to settle at its cash cost, and what margin, need and stake each add (log odds)."""
    wait_stock: Draws
    """Elasticity of the wait for a contract to the Chinese stock (elasticity)."""
    restored_way: Draws
    """Part of the way back to the partner's share under a restored cartel (fraction)."""
    stock_rebuilding: Draws
    """Months in which the mines bring their stock to its target (months)."""
    largest_use: Draws
    """Largest use of the capacity that can be used (fraction)."""
    largest_price_rise: Draws
    """Largest change of spot over three months that buyers run ahead of, up or down (log)."""
    emptiest_ports: Draws
    """Chinese stock over its target below which nobody waits less (fraction)."""
    fullest_ports: Draws
    """Chinese stock over its target above which nobody waits more (fraction)."""
    shortest_wait: Draws
    """Shortest wait for a contract (months)."""
    least_of_spot: Draws
    """Lowest contract price against spot (fraction of spot)."""
    largest_of_spot: Draws
    """Highest contract price against spot (fraction of spot)."""
    least_outlet: Draws
    """Lowest change of China's share of sales since the origin that a discount answers (fraction)."""
    largest_outlet: Draws
    """Highest change of China's share of sales since the origin that a discount answers (fraction)."""
    fit_half_life: Draws
    """Years after which a recorded year weighs half as much in the price level (years)."""
    least_sold_elsewhere: Draws
    """Least part of potash sales in recorded years that goes elsewhere than to China (fraction)."""
    least_of_exports: Draws
    """Least part of exports to China at the origin that is potash, where no record tells (fraction)."""
    largest_of_exports: Draws
    """Largest part of exports to China at the origin that is potash, where no record tells (fraction)."""
    belarus_growth_share: Draws
    """Growth of Belarusian capacity against that of the world before plans are known (fraction)."""


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
    energy_oil_elasticity: Draws
    """Elasticity of the energy bill to the oil price (log per log)."""
    subsidy_pass_through: Draws
    """Part of a lost subsidy that is paid rather than saved by importing less (fraction)."""
    china_share_ceiling: Draws
    """Ceiling of China's ordinary share of imports (fraction of goods imports)."""
    china_share_speed: Draws
    """Speed of China's share towards its ceiling (fraction a year)."""
    china_share_noise: Draws
    """Lasting noise of China's ordinary share (log per square root of a year)."""
    china_share_swing: Draws
    """Swings of China's ordinary share around its path (log, standard deviation)."""
    china_swing_persistence: Draws
    """Persistence of the swings of China's ordinary share (share of a swing left after a year)."""
    fta_speed: Draws
    """Speed-up of China's share by a free trade agreement (multiple added)."""
    fta_exports: Draws
    """Growth of other exports to China with a free trade agreement (fraction a year)."""
    other_exports_growth: Draws
    """Drift of non-potash exports to China at the origin (fraction a year)."""
    other_exports_trend: Draws
    """Long-run growth of non-potash exports to China (fraction a year)."""
    other_exports_fade: Draws
    """Time in which the drift of the origin fades (years)."""
    other_exports_spread: Draws
    """Shocks to non-potash exports to China (log per square root of a year)."""
    other_exports_reform: Draws
    """Growth of non-potash exports per unit of reform (fraction a year)."""
    other_exports_drive: Draws
    """Growth of non-potash exports to China from the measures of the directive (fraction a year)."""
    other_exports_diversification: Draws
    """Growth of other exports under full diversification (fraction a year)."""
    china_growth_elasticity: Draws
    """Elasticity of non-potash exports to Chinese growth (percent per percent)."""
    export_price_trend: Draws
    """Trend of export prices in dollars (fraction a year)."""
    russia_income: Draws
    """Income elasticity of exports to Russia (percent per percent)."""
    russia_oil: Draws
    """Elasticity of exports to Russia to oil, through the rouble (log per log)."""
    russia_spread: Draws
    """Shocks to exports to Russia (log per square root of a year)."""
    eu_income: Draws
    """Income elasticity of exports to the EU (percent per percent)."""
    eu_oil: Draws
    """Elasticity of exports to the EU to oil (refined products) (log per log)."""
    eu_access_effect: Draws
    """Effect of EU access on exports to the EU (log per unit of the index)."""
    eu_spread: Draws
    """Shocks to exports to the EU (log per square root of a year)."""
    rest_income: Draws
    """Income elasticity of other exports to the rest of the world (percent per percent)."""
    rest_oil: Draws
    """Elasticity of other exports to the rest of the world to oil (log per log)."""
    rest_spread: Draws
    """Shocks to other exports to the rest of the world (log per square root of a year)."""
    competitiveness: Draws
    """Rise of exports after a real depreciation (log exports per log of the gap)."""
    services_growth: Draws
    """Growth of the services balance (fraction a year)."""
    services_spread: Draws
    """Shocks to the services balance (log per square root of a year)."""
    transit_share: Draws
    """Transit income over the services balance at the origin (fraction)."""
    transit_push: Draws
    """Gain of transit income from full investment in logistics (fraction)."""
    transit_capture: Draws
    """Loss of transit income when Russia captures it fully (fraction per unit of the index)."""
    fdi_import_content: Draws
    """Chinese goods bought with direct investment that replaces loans (fraction of investment)."""
    services_persistence: Draws
    """Persistence of swings of services exports (share of a gap left after a year)."""
    energy_income_elasticity: Draws
    """Elasticity of energy use to output (log per log)."""
    largest_china_share: Draws
    """Largest share of Chinese goods in imports other than energy (fraction)."""
    largest_cover_gap: Draws
    """Largest departure of reserves from their target that import policy answers (months of imports)."""
    largest_trend_share: Draws
    """Largest share of Chinese goods in imports, swings aside (fraction)."""
    least_other_exports: Draws
    """Least part of exports to the rest of the world at the origin that is not potash (fraction)."""
    largest_tied_imports: Draws
    """Largest part of imports from China at the origin that is tied (fraction)."""


class Subjects:
    """All of them."""

    environment: EnvironmentParameters
    finance: FinanceParameters
    loans: LoansParameters
    politics: PoliticsParameters
    potash: PotashParameters
    trade: TradeParameters


SUBJECTS: Mapping[str, type[Any]] = {
    "environment": EnvironmentParameters,
    "finance": FinanceParameters,
    "loans": LoansParameters,
    "politics": PoliticsParameters,
    "potash": PotashParameters,
    "trade": TradeParameters,
}
