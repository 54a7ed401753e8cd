"""Goods and services of Belarus by partner. Money is USD mn a month unless said otherwise."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR, PERCENT, QUARTER_AFTER_MEAN
from sinobel.world.elementary import exp, log, power
from sinobel.world.rules.rates import share_a_month


def import_propensity(
    *,
    propensity: Draws,
    mean: Draws,
    ease: Draws,
    cover_gap: Draws,
    largest_cover_gap: Draws,
    speed: Draws,
    noise: Draws,
) -> Draws:
    """Goods imports over GDP next month: its logarithm returns to a mean, higher while reserves allow easy policy.

    Parameters
    ----------
    propensity : Draws
        This month, fraction of GDP.
    mean : Draws
        Long-run, fraction of GDP; trade.import_propensity.
    ease : Draws
        Log points per month of cover; trade.propensity_reserves.
    cover_gap : Draws
        Reserves above target, months of imports.
    largest_cover_gap : Draws
        Either way, that policy answers; trade.largest_cover_gap.
    speed : Draws
        Share of the gap closed in a year; trade.propensity_speed.
    noise : Draws
        Log points this month; trade.propensity_noise.
    """
    target = log(mean) + ease * np.clip(cover_gap, -largest_cover_gap, largest_cover_gap)
    return propensity * exp(share_a_month(speed) * (target - log(propensity)) + noise)


def imports_but_energy(
    *,
    propensity: Draws,
    energy_share: Draws,
    gdp: Draws,
    exports: Draws,
    usual_export_ratio: Draws,
    import_content: Draws,
    real_exchange_rate: Draws,
    price_response: Draws,
) -> Draws:
    """Imports other than Russian energy that income and production for export call for, before tied goods.

    Parameters
    ----------
    propensity : Draws
        All goods imports over GDP, a fraction.
    energy_share : Draws
        Of imports at the origin; trade.energy_share.
    gdp : Draws
        USD mn a month.
    exports : Draws
        Those that call for imported parts, USD mn a month.
    usual_export_ratio : Draws
        The same over GDP at the origin, a fraction.
    import_content : Draws
        Weight of exports against GDP; trade.import_content.
    real_exchange_rate : Draws
        Log gap since the origin, negative after a devaluation.
    price_response : Draws
        Of the logarithm of imports to it; trade.devaluation_response.
    """
    activity = gdp * power(exports / gdp / usual_export_ratio, import_content)
    return propensity * (1 - energy_share) * activity * exp(price_response * real_exchange_rate)


def exchange_rate_effect(*, gap: Draws, import_content: Draws, price_response: Draws) -> Draws:
    """Log of imports other than energy that a real exchange rate adds, through the dollar value of GDP and by price.

    Parameters
    ----------
    gap : Draws
        Log, since the origin, negative after a devaluation.
    import_content : Draws
        Weight of exports against GDP; trade.import_content.
    price_response : Draws
        Of the logarithm of imports to it; trade.devaluation_response.
    """
    return (1 - import_content + price_response) * gap


def energy_market_value(
    *, base: Draws, oil: Draws, base_oil: Draws, oil_elasticity: Draws, real_growth: Draws, income_elasticity: Draws
) -> Draws:
    """What Russian energy but crude would cost without subsidy.

    Parameters
    ----------
    base : Draws
        At the oil price of the origin, at prices of the month.
    oil, base_oil : Draws
        USD per barrel of the origin, now and then.
    oil_elasticity : Draws
        oil.gas_oil_elasticity.
    real_growth : Draws
        Of output since the origin, log.
    income_elasticity : Draws
        Of energy use to output; trade.energy_income_elasticity.
    """
    return base * power(oil / base_oil, oil_elasticity) * exp(income_elasticity * real_growth)


def energy_bill(*, market_value: Draws, subsidy: Draws, full_subsidy: Draws, pass_through: Draws) -> Draws:
    """What Belarus pays Russia for energy but crude.

    Parameters
    ----------
    market_value : Draws
        Of the energy at world prices, USD mn a month.
    subsidy : Draws
        Granted, USD mn a month.
    full_subsidy : Draws
        Under the rule of the origin, USD mn a month.
    pass_through : Draws
        Share of a lost subsidy that is paid rather than imported less; oil.gas_pass_through.
    """
    return np.maximum(market_value - full_subsidy + pass_through * (full_subsidy - subsidy), 0.0)


def china_share(*, share: Draws, ceiling: Draws, speed: Draws, speed_up: Draws, noise: Draws, largest: Draws) -> Draws:
    """Share of China's ordinary goods in imports next month: part of the way to a ceiling each year (M18, M19).

    Parameters
    ----------
    share : Draws
        This month, fraction of imports.
    ceiling : Draws
        Fraction, anchored by the EEU average of trade with China; trade.china_share_ceiling.
    speed : Draws
        Share of the gap closed in a year; trade.china_share_speed.
    speed_up : Draws
        Of a free trade agreement, 0 without; it lets goods in faster and keeps none out; trade.fta_speed.
    noise : Draws
        Log points this month; trade.china_share_noise.
    largest : Draws
        Share that no chance passes; trade.largest_trend_share.
    """
    room = ceiling - share
    step = speed / MONTHS_PER_YEAR * (room + speed_up * np.maximum(room, 0.0))
    return np.clip((share + step) * exp(noise), 0.0, largest)


def displaced(*, tied_imports: Draws, additionality: Draws, ordinary: Draws) -> Draws:
    """Ordinary Chinese imports that tied goods replace, because they would have been bought anyway.

    Parameters
    ----------
    tied_imports : Draws
        USD mn a month.
    additionality : Draws
        Share of tied goods that would not have been bought otherwise; loans.additionality.
    ordinary : Draws
        That would be bought without tied goods, USD mn a month.
    """
    return np.minimum((1 - additionality) * tied_imports, ordinary)


def common_factor(*, oil: Draws, base_oil: Draws, oil_elasticity: Draws, own: Draws) -> Draws:
    """Log of what moves exports to all partners together, 0 at the mean of the origin's year.

    Parameters
    ----------
    oil, base_oil : Draws
        USD per barrel, now and in the mean of the origin's year, at the prices of that year.
    oil_elasticity : Draws
        trade.common_oil.
    own : Draws
        Russian cycles and everything else, log.
    """
    return oil_elasticity * log(oil / base_oil) + own


def pull_of_income(*, growth: Draws, usual_growth: Draws, elasticity: Draws) -> Draws:
    """Log of what growth abroad off its mean adds to exports in a month.

    Parameters
    ----------
    growth : Draws
        Of the partner, % a year.
    usual_growth : Draws
        Its mean, % a year; environment.russia_growth, .eu_growth, .china_growth.
    elasticity : Draws
        % of exports per %; trade.common_income, .eu_income, .rest_income.
    """
    return elasticity * (growth - usual_growth) / PERCENT / MONTHS_PER_YEAR


def by_the_rouble(*, rate: Draws, elasticity: Draws, oil_change: Draws, with_oil: Draws) -> Draws:
    """Log of what the Russian rouble adds to exports to Russia in a month, by itself and with oil.

    Parameters
    ----------
    rate : Draws
        Change of its dollar value that oil does not make, log.
    elasticity : Draws
        Of exports to Russia to it; trade.rouble_exports.
    oil_change : Draws
        Of the oil price, log.
    with_oil : Draws
        What oil adds through the rouble, log per log; trade.rouble_oil.
    """
    return elasticity * rate + with_oil * oil_change


def next_swing(*, swing: Draws, kept: Draws, noise: Draws) -> Draws:
    """Log departure of a flow from its path, next month.

    Parameters
    ----------
    swing : Draws
        This month, log.
    kept : Draws
        Share of it left after a month.
    noise : Draws
        Log points this month.
    """
    return kept * swing + noise


def swing_of_share(*, share: Number, usual: Number, anchor: Draws) -> Draws:
    """Log distance of a share from the level it returns to, which lies between its present and its past.

    Parameters
    ----------
    share : Number
        At the origin, fraction.
    usual : Number
        Mean of ten years, fraction.
    anchor : Draws
        Weight of the present one; trade.share_anchor.
    """
    return (1 - anchor) * log(share / usual)


def export_growth(*, growth: Draws, income_elasticity: Draws, trend: Draws) -> Draws:
    """Growth of exports to a partner with its income and prices, fraction a year.

    Parameters
    ----------
    growth : Draws
        Of the partner, [% a year].
    income_elasticity : Draws
        % of exports per % of that; trade.common_income, .eu_income, .rest_income.
    trend : Draws
        Price and other drift, fraction a year; trade.export_price_trend.
    """
    return income_elasticity * growth / PERCENT + trend


def beyond_ordinary(*, momentum: Number, growth: Draws) -> Draws:
    """Log of what has moved the last quarter off its year besides ordinary growth since the middle of the year.

    Parameters
    ----------
    momentum : Number
        Of the last quarter against the year, without the season, log.
    growth : Draws
        Ordinary, fraction a year.
    """
    return momentum - QUARTER_AFTER_MEAN * growth


def trend_in_dollars(*, trend: Draws, inflation: Draws, recorded: Draws) -> Draws:
    """Yearly growth in dollars that was measured under one inflation of dollar prices, under another.

    Parameters
    ----------
    trend : Draws
        As measured, fraction a year.
    inflation : Draws
        Fraction a year; finance.dollar_inflation.
    recorded : Draws
        That it was measured under, fraction a year; finance.recorded_inflation.
    """
    return trend + inflation - recorded


def next_export_path(*, path: Draws, growth: Draws, income_elasticity: Draws, trend: Draws, policy: Draws) -> Draws:
    """Log of exports to a partner against the origin, next month, apart from the common factor and from swings.

    Parameters
    ----------
    path : Draws
        This month, log.
    growth : Draws
        Of the partner, % a year; of Russia the usual one, as its departures move the common factor.
    income_elasticity : Draws
        % of exports per % of the partner's growth; trade.common_income, .eu_income, .rest_income.
    trend : Draws
        Price and other drift, fraction a year; trade.export_price_trend, through `trend_in_dollars`.
    policy : Draws
        Log points this month, from access, diversification and the real exchange rate.
    """
    yearly = export_growth(growth=growth, income_elasticity=income_elasticity, trend=trend)
    return path + yearly / MONTHS_PER_YEAR + policy


def exports_to_partner(*, base: Draws, path: Draws, common: Draws, swing: Draws) -> Draws:
    """Exports to a partner.

    Parameters
    ----------
    base : Draws
        Of the origin's year at the partner's usual share, USD mn a month.
    path : Draws
        Growth and policy since, log.
    common : Draws
        Common factor, by its weight for the partner, log; trade.rest_loading, else 1.
    swing : Draws
        Of the partner's share, log.
    """
    result: Draws = base * exp(path + common + swing)
    return result


def added_by_departure(*, exports: Draws, departure: Draws) -> Draws:
    """Part of exports to a partner that is there for a cycle, or for what policy has gained; negative in a slump.

    Parameters
    ----------
    exports : Draws
        USD mn a month.
    departure : Draws
        From what they would be without it, log.
    """
    result: Draws = exports * (1 - exp(-departure))
    return result


def part_of_departure(*, departure: Draws, moved: Draws, spread: Draws, variance: Draws) -> Draws:
    """Log by which one cause departs when only the departure of all exports is known: its mean given the sum.

    Parameters
    ----------
    departure : Draws
        Of all exports from the usual, USD mn a month.
    moved : Draws
        Exports that the cause moves, each by its weight, USD mn a month.
    spread : Draws
        Of the cause in a year, log.
    variance : Draws
        What all causes make of exports in a year: the sum over them of the square of `moved` times `spread`.
    """
    result: Draws = departure * moved * spread**2 / variance
    return result


def promotion(*, drive: Draws, halfway: Draws) -> Draws:
    """What a drive for exports is worth in drives of size 1: each more adds less.

    Parameters
    ----------
    drive : Draws
        In place, in multiples of the directive.
    halfway : Draws
        At which more does half as much; trade.drive_halfway.
    """
    return drive * (1 + halfway) / (drive + halfway)


def room(*, exports: Draws, capacity: Draws, gdp: Draws) -> Draws:
    """Part of what policy wants that capacity at home and demand abroad leave room for, a fraction.

    Parameters
    ----------
    exports : Draws
        USD mn a month.
    capacity : Draws
        Fraction of GDP of the same months; trade.china_export_capacity.
    gdp : Draws
        USD mn a month.
    """
    return np.clip(1 - exports / (capacity * gdp), 0.0, 1.0)


def variety_gain(*, gain: Draws, growth: Draws, diversification: Draws, limit: Draws) -> Draws:
    """What diversification adds to exports this month, log: less and less as the gain nears its end.

    Parameters
    ----------
    gain : Draws
        So far, log.
    growth : Draws
        At first, fraction a year; trade.other_exports_diversification.
    diversification : Draws
        Index, 0 to 1; lever belarus.export_diversification.
    limit : Draws
        Of the gain, log; trade.diversification_limit.
    """
    return growth / MONTHS_PER_YEAR * (diversification - gain / limit)


def other_exports_growth(
    *,
    own: Draws,
    trend: Draws,
    fade_years: Draws,
    years: Number,
    drive_effect: Draws,
    drive: Draws,
    elasticity: Draws,
    china_growth: Draws,
    usual_china_growth: Draws,
    extra: Draws,
    room: Draws,
) -> Draws:
    """Growth of non-potash exports to China, fraction a year.

    Parameters
    ----------
    own : Draws
        Drift at the origin, fraction a year, which fades into trend; trade.other_exports_growth, in dollars.
    trend : Draws
        Long-run, fraction a year; trade.other_exports_trend, in dollars.
    fade_years : Draws
        Time in which 63 % of the gap have gone, all but 1/e; trade.other_exports_fade.
    years : Number
        Since the origin.
    drive_effect : Draws
        A year per unit of drive; trade.other_exports_drive.
    drive : Draws
        1 is the directive of 2015, carried out; from `promotion`.
    elasticity : Draws
        To Chinese growth; trade.china_growth_elasticity.
    china_growth : Draws
        % a year.
    usual_china_growth : Draws
        Its mean, % a year; environment.china_growth.
    extra : Draws
        From trade agreements, fraction a year.
    room : Draws
        Part of the two that there is room for, a fraction; from `room`.
    """
    drift = trend + (own - trend) * exp(-years / fade_years)
    policy = (drive_effect * drive + extra) * room
    return drift + policy + elasticity * (china_growth - usual_china_growth) / PERCENT


def transit_income(
    *,
    base: Draws,
    years: Number,
    growth: Draws,
    push: Draws,
    push_effect: Draws,
    capture: Draws,
    usual_capture: Draws,
    capture_effect: Draws,
    demand: Draws,
) -> Draws:
    """Transit income, part of the services balance.

    Parameters
    ----------
    base : Draws
        USD mn a month at the origin.
    years : Number
        Since the origin.
    growth : Draws
        Fraction a year; trade.services_growth, in dollars.
    push : Draws
        Lever belarus.transit_push.
    push_effect : Draws
        Share of income per unit of push; trade.transit_push.
    capture : Draws
        Lever russia.transit_capture.
    usual_capture : Draws
        The lever at the origin.
    capture_effect : Draws
        Share of income lost per unit of capture; trade.transit_capture.
    demand : Draws
        1 in usual conditions; lever eu.transit_demand.
    """
    policy = 1 + push_effect * push - capture_effect * (capture - usual_capture)
    return base * exp(growth * years) * np.maximum(policy, 0.0) * demand
