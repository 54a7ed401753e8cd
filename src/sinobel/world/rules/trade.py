"""Goods and services of Belarus by partner. Money is USD mn a month unless said otherwise."""

import numpy as np

from sinobel.world.rules.rates import share_a_month


def import_propensity(propensity, mean, ease, cover_gap, speed, noise):
    """Goods imports over GDP next month: its logarithm returns to a mean, higher while reserves allow easy policy.

    mean       long-run                                               trade.import_propensity
    ease       log points per month of cover                          trade.propensity_reserves
    cover_gap  reserves above target, months of imports
    speed      share of the gap closed in a year                      trade.propensity_speed
    noise      log points this month                                  trade.propensity_noise
    """
    target = np.log(mean) + ease * np.clip(cover_gap, -2.0, 2.0)
    return propensity * np.exp(share_a_month(speed) * (target - np.log(propensity)) + noise)


def imports_but_energy(
    propensity, energy_share, gdp, exports, usual_export_ratio, import_content, real_exchange_rate, price_response
):
    """Imports other than Russian energy that income and production for export call for, before tied goods.

    propensity          all goods imports over GDP
    energy_share        of imports at the origin                      trade.energy_share
    gdp                 USD mn a month
    exports             USD mn a month; usual_export_ratio over GDP at the origin
    import_content      weight of exports against GDP                 trade.import_content
    real_exchange_rate  log gap since the origin, negative after a devaluation
    price_response      of the logarithm of imports to it             trade.devaluation_response
    """
    activity = gdp * (exports / gdp / usual_export_ratio) ** import_content
    return propensity * (1 - energy_share) * activity * np.exp(price_response * real_exchange_rate)


def exchange_rate_effect(gap, import_content, price_response):
    """Log of imports other than energy that a real exchange rate adds, through the dollar value of GDP and by price.

    gap             log, since the origin, negative after a devaluation
    import_content  weight of exports against GDP                     trade.import_content
    price_response  of the logarithm of imports to it                 trade.devaluation_response
    """
    return (1 - import_content + price_response) * gap


def energy_market_value(base, oil, base_oil, oil_elasticity, real_growth, income_elasticity):
    """What Russian energy would cost without subsidy.

    base            at the origin
    oil, base_oil   USD per barrel now and at the origin
    oil_elasticity                                                    trade.energy_oil_elasticity
    real_growth     of output since the origin, log
    income_elasticity  of energy use to output                        trade.energy_income_elasticity
    """
    return base * (oil / base_oil) ** oil_elasticity * np.exp(income_elasticity * real_growth)


def energy_bill(market_value, subsidy, full_subsidy, pass_through):
    """What Belarus pays Russia for energy.

    subsidy       granted; full_subsidy under the rule of the origin
    pass_through  share of a lost subsidy that is paid rather than imported less   trade.subsidy_pass_through
    """
    return np.maximum(market_value - full_subsidy + pass_through * (full_subsidy - subsidy), 0.0)


def china_share(share, ceiling, speed, speed_up, noise):
    """Share of China's ordinary goods in imports next month: part of the way to a ceiling each year (M18, M19).

    ceiling   anchored by the EEU average of trade with China         trade.china_share_ceiling
    speed     share of the gap closed in a year                       trade.china_share_speed
    speed_up  of a free trade agreement, 0 without; it lets goods in faster and keeps none out   trade.fta_speed
    noise     log points this month                                   trade.china_share_noise
    """
    room = ceiling - share
    step = speed / 12 * (room + speed_up * np.maximum(room, 0.0))
    return np.clip((share + step) * np.exp(noise), 0.0, 0.6)


def displaced(tied_imports, additionality, ordinary):
    """Ordinary Chinese imports that tied goods replace, because they would have been bought anyway.

    additionality                                                     loans.additionality
    ordinary       that would be bought without tied goods
    """
    return np.minimum((1 - additionality) * tied_imports, ordinary)


def next_exports(exports, growth, income_elasticity, trend, oil_change, oil_elasticity, competitiveness, noise):
    """Exports to a partner next month.

    growth             of the partner, % a year
    income_elasticity                                                 trade.*_income
    trend              price and other drift, fraction a year         trade.export_price_trend
    oil_change         of the log oil price this month
    oil_elasticity                                                    trade.*_oil
    competitiveness    log points this month, from access, diversification and the real exchange rate
    noise              log points this month                          trade.*_spread
    """
    drift = (income_elasticity * growth / 100 + trend) / 12
    return exports * np.exp(drift + oil_elasticity * oil_change + competitiveness + noise)


def other_exports_growth(
    own, trend, fade_years, years, reform_effect, reform, usual_reform, drive_effect, drive, elasticity, china_growth,
    usual_china_growth, extra,
):  # fmt: skip
    """Growth of non-potash exports to China, fraction a year.

    own          drift at the origin, which fades into trend          trade.other_exports_growth
    trend        long-run                                             trade.other_exports_trend
    fade_years   time in which 63 % of the gap have gone, all but 1/e  trade.other_exports_fade
    years        since the origin
    reform_effect  a year per unit of reform                          trade.other_exports_reform
    drive_effect   a year per unit of the lever belarus.export_drive  trade.other_exports_drive
    elasticity     to Chinese growth                                  trade.china_growth_elasticity
    extra          from diversification and trade agreements
    """
    drift = trend + (own - trend) * np.exp(-years / fade_years)
    policy = reform_effect * (reform - usual_reform) + drive_effect * drive + extra
    return drift + policy + elasticity * (china_growth - usual_china_growth) / 100


def transit_income(base, years, growth, push, push_effect, capture, usual_capture, capture_effect, demand):
    """Transit income, part of the services balance.

    base            at the origin
    growth          fraction a year                                   trade.services_growth
    push            lever belarus.transit_push                        effect trade.transit_push
    capture         lever russia.transit_capture                      effect trade.transit_capture
    demand          lever eu.transit_demand
    """
    policy = 1 + push_effect * push - capture_effect * (capture - usual_capture)
    return base * np.exp(growth * years) * np.maximum(policy, 0.0) * demand
