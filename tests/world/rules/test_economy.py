"""Rules of output and the exchange rate against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import economy


def test_next_growth_rate_closes_its_gap_to_trend_and_reaction_at_its_persistence():
    """Trend 2 and reaction 1 draw growth to 3; from 8, with half left after a year: 3 + 5 x 0.5 = 5.5."""
    growth = np.array(8.0)
    for _ in range(12):
        growth = economy.next_growth_rate(growth=growth, persistence=0.5, trend=2.0, reaction=1.0, noise=0.0)
    assert growth == pytest.approx(5.5)
    assert economy.next_growth_rate(growth=3.0, persistence=0.5, trend=2.0, reaction=1.0, noise=-0.4) == pytest.approx(
        2.6
    )


def test_percent_of_gdp_meets_the_gdp_of_a_year():
    """USD 450 mn a year less is 1 % of a GDP of 45 bn a year, which is 3,750 mn a month."""
    assert economy.percent_of_gdp(amount_a_year=np.array([-450.0]), monthly_gdp=np.array([3750.0]))[0] == pytest.approx(
        -1.0
    )


def reaction(russia=1.0, potash=0.0, reform=0.3, unfilled=0.0):
    """Points of growth a year; Russia usually grows by 1 %, reform usually stands at 0.3."""
    return economy.growth_reaction(
        russia=russia,
        usual_russia=1.0,
        russia_weight=0.6,
        potash_change=potash,
        largest_potash_change=5.0,
        potash_weight=0.3,
        reform=reform,
        usual_reform=0.3,
        reform_weight=2.0,
        unfilled=unfilled,
        largest_unfilled=30.0,
        squeeze_weight=0.1,
    )


def test_growth_reaction_is_the_sum_of_russia_potash_reform_and_squeeze():
    """Russia 3 points down x 0.6 = -1.8; potash +2 % of GDP x 0.3 = 0.6; reform +0.5 x 2 = 1; 4 % unfilled x 0.1 = -0.4."""
    assert reaction() == 0.0
    assert reaction(russia=-2.0) == pytest.approx(-1.8)
    assert reaction(potash=2.0) == pytest.approx(0.6)
    assert reaction(reform=0.8) == pytest.approx(1.0)
    assert reaction(unfilled=4.0) == pytest.approx(-0.4)
    assert reaction(-2.0, 2.0, 0.8, 4.0) == pytest.approx(-0.6)


def test_growth_reaction_caps_potash_at_five_percent_of_gdp_and_the_squeeze_at_thirty():
    """5 x 0.3 = 1.5 points either way; 30 x 0.1 = 3 points lost at most."""
    assert reaction(potash=np.array([9.0, -9.0])) == pytest.approx([1.5, -1.5])
    assert reaction(unfilled=np.array([30.0, 80.0])) == pytest.approx([-3.0, -3.0])


def rate(gap=0.0, oil_gap=0.0, oil_change=0.0, cover_gap=0.0, devaluation=0.0, noise=0.0, speed=0.19):
    """Gap of the real rate next month; oil pulls by 0.2, reserves by 0.12 a year."""
    return economy.next_real_exchange_rate(
        gap=gap,
        target=economy.exchange_rate_target(oil_pull=0.2, oil_gap=oil_gap),
        speed=speed,
        reserves=economy.reserve_pull(pull=0.12, cover_gap=cover_gap, largest_cover_gap=2.0),
        oil=0.2 * oil_change,
        devaluation=devaluation,
        noise=noise,
        weakest=-1.5,
        strongest=1.0,
    )


def test_exchange_rate_target_is_where_oil_puts_it():
    """Oil 0.5 above its mean x 0.2 = 0.1."""
    assert economy.exchange_rate_target(oil_pull=0.2, oil_gap=np.array([0.5, -0.5])) == pytest.approx([0.1, -0.1])


def test_reserve_pull_counts_two_months_of_cover_at_most():
    """1 month above target x 0.12 a year = 0.01 a month; beyond two months 0.02, either way."""
    pull = economy.reserve_pull(pull=0.12, cover_gap=np.array([0.0, 1.0, 2.0, 5.0, -5.0]), largest_cover_gap=2.0)
    assert pull == pytest.approx([0.0, 0.01, 0.02, 0.02, -0.02])


def test_next_real_exchange_rate_closes_its_gap_over_the_years():
    """19 % a year: 81 % of a gap of 0.5 is left after twelve months, 0.405."""
    gap = 0.5
    for _ in range(12):
        gap = rate(gap)
    assert gap == pytest.approx(0.405)


def test_next_real_exchange_rate_is_drawn_to_where_oil_puts_it():
    """At speed 1 it is there at once: oil 0.5 above its mean x 0.2 = 0.1."""
    assert rate(speed=1.0, oil_gap=0.5) == pytest.approx(0.1)


def test_next_real_exchange_rate_moves_with_oil_and_reserves_in_the_month():
    """Oil 0.3 up x 0.2 = 0.06. Cover 1 month above target x 0.12 a year = 0.01 a month; beyond two months no more."""
    assert rate(oil_change=0.3) == pytest.approx(0.06)
    assert rate(cover_gap=np.array([1.0, 2.0, 5.0, -5.0])) == pytest.approx([0.01, 0.02, 0.02, -0.02])
    assert rate(noise=0.05) == pytest.approx(0.05)


def test_next_real_exchange_rate_falls_by_a_devaluation():
    """36 % off leaves 64 %: ln 0.64 = -0.446287."""
    assert rate(devaluation=0.36) == pytest.approx(-0.446287, abs=1e-6)


def test_next_real_exchange_rate_stays_within_its_bounds():
    """The rouble is never worth less than exp(-1.5) = 22 % nor more than exp(1) = 2.7 times its usual value."""
    assert rate(noise=np.array([-9.0, 9.0])) == pytest.approx([-1.5, 1.0])


def test_gdp_in_dollars_follows_output_prices_and_the_exchange_rate():
    """4,000 a month; output +0.1, five years of 2 % inflation +0.1, the rate from 0.3 to 0.1 -0.2: they cancel."""
    assert economy.gdp_in_dollars(
        base=4000.0, real_growth=0.1, years=5.0, dollar_inflation=0.02, exchange_rate=0.1, base_exchange_rate=0.3
    ) == pytest.approx(4000.0)
    assert economy.gdp_in_dollars(
        base=4000.0, real_growth=0.1, years=0.0, dollar_inflation=0.02, exchange_rate=0.3, base_exchange_rate=0.3
    ) == pytest.approx(4420.684, abs=1e-3)
    assert economy.gdp_in_dollars(
        base=4000.0, real_growth=0.0, years=5.0, dollar_inflation=0.02, exchange_rate=0.3, base_exchange_rate=0.3
    ) == pytest.approx(4420.684, abs=1e-3)
