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


def test_growth_reaction_follows_russia():
    """Russia 3 points below its usual 1 % x 0.6 = -1.8; as usual nothing."""
    found = economy.growth_reaction(russia=np.array([-2.0, 1.0]), usual_russia=1.0, russia_weight=0.6)
    assert found == pytest.approx([-1.8, 0.0])


def test_carried_by_income_is_a_multiple_of_what_is_lost_over_gdp():
    """USD 280 mn of 4,000 lost are 7 %: x 0.5 = 3.5 % of output, log(0.965) = -0.035627; beyond 15 % nothing more."""
    found = economy.carried_by_income(
        change=np.array([-280.0, 280.0, -4000.0, 4000.0]), gdp=4000.0, multiplier=0.5, largest=0.15
    )
    assert found == pytest.approx([-0.035627, 0.034401, np.log(0.925), np.log(1.075)], abs=1e-6)


def test_next_reform_gain_comes_with_time_and_ends():
    """Reform 0.8 above usual x 0.25 = 0.2 in the end; after eight years 63 % of it; without reform the gain goes again."""
    gain = np.array(0.0)
    for _ in range(96):
        gain = economy.next_reform_gain(gain=gain, whole=0.25, reform=1.0, usual_reform=0.2, years=8.0)
    assert gain == pytest.approx(0.2 * (1 - np.exp(-1)))
    assert economy.next_reform_gain(gain=0.2, whole=0.25, reform=1.0, usual_reform=0.2, years=8.0) == pytest.approx(0.2)
    assert economy.next_reform_gain(gain=0.2, whole=0.25, reform=0.2, usual_reform=0.2, years=8.0) < 0.2


def test_next_jobs_between_are_shed_at_once_and_found_again_in_time():
    """Reform of 0.4 x 0.1 sheds 4 % of jobs; after three years exp(-1) of them are left."""
    between = economy.next_jobs_between(between=0.0, search_years=3.0, new_reform=0.4, shed=0.1)
    assert between == pytest.approx(0.04)
    for _ in range(36):
        between = economy.next_jobs_between(between=between, search_years=3.0, new_reform=0.0, shed=0.1)
    assert between == pytest.approx(0.04 * np.exp(-1))


def test_months_of_a_year_grow_evenly_around_their_mean():
    """12 % a year is a step of ln 1.12 / 12 = 0.009444 a month; at no growth all months are the mean."""
    found = np.array(economy.months_of_a_year(rate=np.array([12.0, 0.0])))
    assert found.mean(axis=0) == pytest.approx(1.0)
    assert np.diff(np.log(found), axis=0)[:, 0] == pytest.approx(0.009444, abs=1e-6)
    assert found[:, 1] == pytest.approx(1.0)


def test_yearly_growth_of_a_month_and_of_twelve():
    """1.02 after 1 is 2 %; a year of 12.36 after one of 12 is 3 %, whatever its months were."""
    assert economy.yearly_growth(output=1.02, year_before=1.0) == pytest.approx(2.0)
    assert economy.yearly_growth(output=12.36, year_before=12.0) == pytest.approx(3.0)


def rate(gap=0.0, oil_gap=0.0, oil_change=0.0, cover_gap=0.0, devaluation=0.0, noise=0.0, speed=0.19, catching_up=0.0):
    """Gap of the real rate next month; oil pulls by 0.2, reserves by 0.12 a year."""
    return rate_and_rest(**locals())[0]


def rate_and_rest(*, gap, oil_gap, oil_change, cover_gap, devaluation, noise, speed, catching_up):
    """The same, and what prices have yet to catch up with."""
    return economy.next_real_exchange_rate(
        gap=gap,
        catching_up=catching_up,
        still_to_catch_up=economy.next_catch_up(left=catching_up, pace=0.5, devaluation=devaluation),
        target=economy.exchange_rate_target(oil_pull=0.2, oil_gap=oil_gap),
        speed=speed,
        reserves=economy.reserve_pull(pull=0.12, cover_gap=cover_gap, largest_cover_gap=2.0),
        oil=0.2 * oil_change,
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


def test_devaluation_by_shortage_grows_from_the_smallest_to_the_largest():
    """At 3 % of imports of 1,000 it lies halfway between 10 and 45 %; at 9 %, three quarters of the way."""

    def size(shortage):
        return economy.devaluation_by_shortage(
            shortage=np.array(shortage), imports=1000.0, smallest=0.10, largest=0.45, halfway=0.03
        )

    assert size([0.0, 30.0, 90.0]) == pytest.approx([0.10, 0.275, 0.3625])
    assert (np.diff(size([0.0, 1.0, 100.0, 1e6])) > 0).all()
    assert size([1e9]) == pytest.approx(0.45, abs=1e-4)


def test_next_catch_up_halves_in_a_year_and_grows_by_a_devaluation():
    """Half a year's share: of -0.4 a half is left after twelve months; 20 % off adds ln 0.8 = -0.223144."""
    left = -0.4
    for _ in range(12):
        left = economy.next_catch_up(left=left, pace=0.5, devaluation=0.0)
    assert left == pytest.approx(-0.2)
    assert economy.next_catch_up(left=0.0, pace=0.5, devaluation=0.2) == pytest.approx(-0.223144, abs=1e-6)


def test_prices_catch_up_with_a_devaluation_while_the_rest_of_the_gap_takes_its_time():
    """Of -0.6 a devaluation made 0.4: it halves in a year, and of the other 0.2 81 % are left, -0.2 - 0.162."""
    gap, left = -0.6, -0.4
    for _ in range(12):
        gap, left = rate(gap, catching_up=left), economy.next_catch_up(left=left, pace=0.5, devaluation=0.0)
    assert gap == pytest.approx(-0.362)


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


def test_next_real_exchange_rate_leaves_nothing_to_catch_up_with_beyond_its_bound():
    """A gap of -1.4, all of it to catch up with, and a third off: cut at -1.5, of which prices catch up with all.

    Where half of the cut gap is no matter of prices, -0.9 of -1.5, they catch up with the other -0.6; a rise cut at 1
    works likewise, and a fall with nothing to catch up with leaves nothing.
    """
    still = {"oil_gap": 0.0, "oil_change": 0.0, "cover_gap": 0.0, "speed": 0.0}
    gap, left = rate_and_rest(gap=-1.4, catching_up=-1.4, devaluation=1 / 3, noise=0.0, **still)
    assert (gap, left) == pytest.approx((-1.5, -1.5))
    gap, left = rate_and_rest(gap=-1.4, catching_up=-0.5, devaluation=0.5, noise=0.0, **still)
    assert (gap, left) == pytest.approx((-1.5, -0.6))
    gap, left = rate_and_rest(gap=0.9, catching_up=0.9, devaluation=0.0, noise=0.3, **still)
    assert (gap, left) == pytest.approx((1.0, 0.7))
    gap, left = rate_and_rest(gap=-1.4, catching_up=0.0, devaluation=0.0, noise=-0.9, **still)
    assert (gap, left) == pytest.approx((-1.5, 0.0))


def test_trading_gain():
    """Potash at 500 that was worth 400, energy at 330 that was worth 300: 100 less 30; prices that doubled halve it."""
    assert economy.trading_gain(
        exports=500.0, exports_then=400.0, energy=330.0, energy_then=300.0, price_level=1.0
    ) == pytest.approx(70.0)
    assert economy.trading_gain(
        exports=800.0, exports_then=400.0, energy=600.0, energy_then=300.0, price_level=2.0
    ) == pytest.approx(0.0), "everything is dearer alike"


def test_absorption():
    """4,000 produced, 200 of it abroad on balance; of those 200, 50 are a better price and no goods."""
    assert economy.absorption(output=4000.0, net_exports=200.0, gain=0.0, price_level=1.0) == pytest.approx(3800.0)
    assert economy.absorption(output=4000.0, net_exports=200.0, gain=50.0, price_level=1.0) == pytest.approx(3850.0)
    assert economy.absorption(output=4000.0, net_exports=-200.0, gain=0.0, price_level=2.0) == pytest.approx(4100.0)


def test_net_income():
    """100 borrowed and built with lasts; the same for what fails is lost, and so is what it is owed for."""
    still = {"output": 4000.0, "gain": 50.0, "price_level": 2.0}
    assert economy.net_income(income=-200.0, built=0.0, spent=0.0, **still) == pytest.approx(3950.0)
    assert economy.net_income(income=-200.0, built=100.0, spent=100.0, **still) == pytest.approx(3950.0)
    assert economy.net_income(income=-200.0, built=0.0, spent=100.0, **still) == pytest.approx(3900.0)
