"""Rules of imports, exports and transit against values by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import trade


def test_import_propensity_returns_to_its_mean():
    """From 0.4 to 0.6 at 19 % a year: 81 % of the log gap is left after twelve months, 0.6 x (0.4/0.6) ** 0.81 = 0.432031."""
    propensity = 0.4
    for _ in range(12):
        propensity = trade.import_propensity(
            propensity=propensity, mean=0.6, ease=0.1, cover_gap=0.0, largest_cover_gap=2.0, speed=0.19, noise=0.0
        )
    assert propensity == pytest.approx(0.6 * (2 / 3) ** 0.81)
    assert propensity == pytest.approx(0.432, abs=1e-3)


def test_import_propensity_is_drawn_up_by_ample_reserves_up_to_two_months_of_cover():
    """With the gap closed at once (speed 1) it is 0.6 exp(0.1 x cover): one month 0.663103; beyond two months no more."""
    cover = np.array([1.0, 2.0, 5.0, -2.0, -5.0])
    wanted = 0.6 * np.exp([0.1, 0.2, 0.2, -0.2, -0.2])
    assert trade.import_propensity(
        propensity=0.4, mean=0.6, ease=0.1, cover_gap=cover, largest_cover_gap=2.0, speed=1.0, noise=0.0
    ) == pytest.approx(wanted)
    assert wanted[0] == pytest.approx(0.663103, abs=1e-6)


def test_import_propensity_takes_the_noise_of_the_month_whole():
    assert trade.import_propensity(
        propensity=0.6, mean=0.6, ease=0.1, cover_gap=0.0, largest_cover_gap=2.0, speed=0.19, noise=-0.05
    ) == pytest.approx(0.6 * np.exp(-0.05))


def imports(gdp=4000.0, exports=2400.0, import_content=0.5, rate=0.0):
    """Imports but energy with a propensity of 0.6, a quarter of it energy, and exports usually 0.6 of GDP."""
    return trade.imports_but_energy(
        propensity=0.6,
        energy_share=0.25,
        gdp=gdp,
        exports=exports,
        usual_export_ratio=0.6,
        import_content=import_content,
        real_exchange_rate=rate,
        price_response=0.8,
    )


def test_imports_but_energy_are_the_propensity_less_energy_times_gdp_at_usual_exports():
    """0.6 x 0.75 x 4,000 = 1,800."""
    assert imports() == pytest.approx(1800.0)


def test_imports_but_energy_rise_with_exports_by_their_import_content():
    """Exports up by 21 %: 1.21 ** 0.5 = 1.1, so imports are 1,980; fully of imported parts they rise by all 21 %, to 2,178.

    Without import content exports do not matter.
    """
    found = [imports(exports=2904.0, import_content=content) for content in (0.0, 0.5, 1.0)]
    assert found == pytest.approx([1800.0, 1980.0, 2178.0])


def test_imports_but_energy_rise_with_gdp_by_the_rest():
    """GDP up by 21 % at the same exports: 1.21 ** (1 - 0.5) = 1.1, so 1,980."""
    assert imports(gdp=4840.0) == pytest.approx(1980.0)


def test_imports_but_energy_fall_after_a_devaluation():
    """A real rate 0.1 lower: exp(-0.08) = 0.923116, so 1,661.61."""
    assert imports(rate=-0.1) == pytest.approx(1661.61, abs=0.01)


@settings(max_examples=25)
@given(gap=st.floats(-1, 1), content=st.floats(0, 1))
def test_exchange_rate_effect_is_what_imports_but_energy_do(gap, content):
    """A real exchange rate moves dollar GDP one for one and the price of imports: both rules must agree on the sum."""
    moved = imports(gdp=4000.0 * np.exp(gap), import_content=content, rate=gap)
    effect = trade.exchange_rate_effect(gap=gap, import_content=content, price_response=0.8)
    assert np.log(moved / imports(import_content=content)) == pytest.approx(effect, abs=1e-9)


def test_exchange_rate_effect_by_hand():
    """Import content 0.3, response 0.8: (1 - 0.3 + 0.8) x -0.2 = -0.3."""
    assert trade.exchange_rate_effect(gap=-0.2, import_content=0.3, price_response=0.8) == pytest.approx(-0.3)


def test_energy_market_value_follows_oil_and_output():
    """Oil from 5 to 80 with elasticity 0.25 doubles 300 to 600, as 16 ** 0.25 = 2; output up by 0.2 x 0.5: exp(0.1) more."""
    assert trade.energy_market_value(
        base=300.0, oil=80.0, base_oil=5.0, oil_elasticity=0.25, real_growth=0.0, income_elasticity=0.5
    ) == pytest.approx(600.0)
    assert trade.energy_market_value(
        base=300.0, oil=80.0, base_oil=5.0, oil_elasticity=0.25, real_growth=0.2, income_elasticity=0.5
    ) == pytest.approx(663.103, abs=1e-3)


def test_energy_bill_takes_back_what_is_passed_through_of_a_lost_subsidy():
    """500 less 200 is 300 with the whole subsidy; of 100 lost, 60 % is paid: 360; all lost is 300 + 120 = 420."""
    bill = trade.energy_bill(
        market_value=500.0, subsidy=np.array([200.0, 100.0, 0.0]), full_subsidy=200.0, pass_through=0.6
    )
    assert bill == pytest.approx([300.0, 360.0, 420.0])


def test_energy_bill_is_never_negative():
    """Worth 100 with a subsidy of 200: nothing is paid, and Russia pays nobody for taking gas."""
    assert trade.energy_bill(market_value=100.0, subsidy=200.0, full_subsidy=200.0, pass_through=0.6) == 0.0


def test_china_share_goes_part_of_the_way_to_its_ceiling():
    """From 0.06 at a twelfth of 6 % a month towards 0.12: 0.06 + 0.06 x 0.005 = 0.0603; from 0.2 back by 0.0004."""
    share = np.array([0.06, 0.12, 0.20])
    assert trade.china_share(
        share=share, ceiling=0.12, speed=0.06, speed_up=0.0, noise=0.0, largest=0.6
    ) == pytest.approx([0.0603, 0.12, 0.1996])


def test_china_share_rises_faster_under_an_agreement_that_keeps_nothing_out():
    """A speed-up of 1 doubles the step up to 0.0606 and leaves the step down at 0.1996."""
    share = np.array([0.06, 0.12, 0.20])
    assert trade.china_share(
        share=share, ceiling=0.12, speed=0.06, speed_up=1.0, noise=0.0, largest=0.6
    ) == pytest.approx([0.0606, 0.12, 0.1996])


def test_china_share_is_a_share_of_at_most_three_fifths_whatever_the_noise():
    """0.0603 exp(0.1) = 0.066642; a huge shock ends at 0.6; a negative share ends at 0."""
    assert trade.china_share(
        share=0.06, ceiling=0.12, speed=0.06, speed_up=0.0, noise=np.array([0.1, 5.0]), largest=0.6
    ) == pytest.approx([0.066642, 0.6], abs=1e-6)
    assert trade.china_share(share=-0.3, ceiling=0.12, speed=0.06, speed_up=0.0, noise=0.0, largest=0.6) == 0.0


def test_displaced_is_what_is_not_additional_up_to_what_would_have_been_bought():
    """Additionality 0.4: of 10 tied 6 replace others; of 100 tied 60 would, but only 20 would have been bought."""
    assert trade.displaced(
        tied_imports=np.array([10.0, 100.0]), additionality=0.4, ordinary=np.array([20.0, 20.0])
    ) == pytest.approx([6.0, 20.0])
    assert trade.displaced(tied_imports=10.0, additionality=np.array([0.0, 1.0]), ordinary=20.0) == pytest.approx(
        [10.0, 0.0]
    )


@settings(max_examples=25)
@given(tied=st.floats(0, 500), additionality=st.floats(0, 1), ordinary=st.floats(0, 500))
def test_displaced_leaves_imports_no_lower_than_without_tied_goods(tied, additionality, ordinary):
    """Tied goods come on top of what they do not replace: imports rise by at least the additional part, at most by all."""
    rise = tied - trade.displaced(tied_imports=tied, additionality=additionality, ordinary=ordinary)
    assert additionality * tied - 1e-9 <= rise <= tied + 1e-9


def test_common_factor_adds_oil_and_what_has_no_other_name():
    """Oil twice that of the year with elasticity 0.5 is 0.346574; with -0.1 besides, 0.246574."""
    found = trade.common_factor(oil=80.0, base_oil=40.0, oil_elasticity=0.5, own=-0.1)
    assert found == pytest.approx(0.246574, abs=1e-6)


def test_pull_of_income_is_what_growth_off_its_mean_adds_in_a_month():
    """Two points above the mean x 1.5 is 0.03 a year; at the mean nothing."""
    assert 12 * trade.pull_of_income(growth=3.5, usual_growth=1.5, elasticity=1.5) == pytest.approx(0.03)
    assert trade.pull_of_income(growth=1.5, usual_growth=1.5, elasticity=1.5) == 0.0


def test_next_swing_keeps_a_part_and_is_hit_anew():
    """0.9 of 0.2, and 0.05: 0.23."""
    assert trade.next_swing(swing=0.2, kept=0.9, noise=0.05) == pytest.approx(0.23)


def test_swing_of_share_is_no_longer_than_what_is_not_anchored():
    """A share of 0.2 that was 0.4: ln 0.5 = -0.693147, half of it with an anchor of 0.5, none where all is new."""
    found = [trade.swing_of_share(share=0.2, usual=0.4, anchor=np.array(anchor)) for anchor in (0.0, 0.5, 1.0)]
    assert found == pytest.approx([-0.693147, -0.346574, 0.0], abs=1e-6)


def test_next_export_path_grows_by_income_and_trend_of_a_year():
    """Income elasticity 1.5 x 4 % + 0.6 % trend = 6.6 % a year in logs; policy counts in the month."""
    path = 0.0
    for _ in range(12):
        path = trade.next_export_path(path=path, growth=4.0, income_elasticity=1.5, trend=0.006, policy=-0.001)
    assert path == pytest.approx(0.066 - 0.012)


def test_exports_to_partner_multiply_path_factor_and_share():
    """exp(0.1 - 0.05 + 0.03) = exp(0.08) = 1.083287."""
    found = trade.exports_to_partner(base=100.0, path=0.1, common=-0.05, swing=0.03)
    assert found == pytest.approx(108.3287, abs=1e-4)


def test_by_the_rouble_adds_up_what_it_does_by_itself_and_with_oil():
    """0.7 of a fall by 0.1, and 0.2 of a rise of oil by 0.3."""
    found = trade.by_the_rouble(rate=-0.1, elasticity=0.7, oil_change=0.3, with_oil=0.2)
    assert found == pytest.approx(-0.07 + 0.06)


def test_part_of_departure_goes_to_what_swings_most_and_adds_up():
    """10 less, by what moves 60 with 0.2 and what moves 40 with 0.1: squares of 12 and 4, so 9 and 1 of 10."""
    causes = ((60.0, 0.2), (40.0, 0.1))
    parts = [
        trade.part_of_departure(departure=-10.0, moved=moved, spread=spread, variance=160.0) for moved, spread in causes
    ]
    assert parts == pytest.approx([-9 / 60, -1 / 40])


def test_export_growth_follows_the_partner_and_prices():
    """A partner's 2 % at an elasticity of 1.5 and prices that rise by 1 %: 4 % a year."""
    assert trade.export_growth(growth=2.0, income_elasticity=1.5, trend=0.01) == pytest.approx(0.04)


def test_beyond_ordinary_sets_aside_four_and_a_half_months_of_growth():
    """The middle of the last quarter is 9/24 of a year after that of the year: 0.10 less 0.375 x 0.08 leave 0.07."""
    assert trade.beyond_ordinary(momentum=0.10, growth=0.08) == pytest.approx(0.07)


def other_growth(years=0.0, drive=0.0, china_growth=6.0, extra=0.0, room=1.0):
    """Growth of other exports to China: -10 % at the origin, 2 % in the long run, China at 6 %."""
    return trade.other_exports_growth(
        own=-0.10,
        trend=0.02,
        fade_years=3.0,
        years=years,
        drive_effect=0.04,
        drive=drive,
        elasticity=1.5,
        china_growth=china_growth,
        usual_china_growth=6.0,
        extra=extra,
        room=room,
    )


def test_other_exports_growth_fades_from_its_own_into_the_trend():
    """-10 % now; after three years exp(-1) of the gap of -12 points is left: 0.02 - 0.044146 = -0.024146; 2 % in the end."""
    found = other_growth(years=np.array([0.0, 3.0, 300.0]))
    assert found == pytest.approx([-0.10, -0.024146, 0.02], abs=1e-6)


def test_other_exports_growth_adds_drive_agreements_and_chinese_growth():
    """Drive 0.5 x 0.04 = 0.02; 0.03 extra; 2 points more in China x 1.5 = 0.03; with room for half of policy 0.025."""
    assert other_growth(drive=0.5) == pytest.approx(-0.08)
    assert other_growth(extra=0.03) == pytest.approx(-0.07)
    assert other_growth(china_growth=8.0) == pytest.approx(-0.07)
    assert other_growth(china_growth=8.0, drive=0.5, extra=0.03) == pytest.approx(-0.02)
    assert other_growth(drive=0.5, extra=0.03, room=0.5) == pytest.approx(-0.075)


def test_promotion_counts_the_first_drive_in_full_and_each_more_for_less():
    """Halfway at 3: none 0, one 1, three 3 x 4 / 6 = 2, twenty 20 x 4 / 23 = 3.478."""
    found = trade.promotion(drive=np.array([0.0, 1.0, 3.0, 20.0]), halfway=3.0)
    assert found == pytest.approx([0.0, 1.0, 2.0, 3.478261])


def test_room_is_what_exports_leave_of_capacity():
    """3 % of 4,000 are 120: with 30 sold three quarters are left, with 120 or more nothing."""
    found = trade.room(exports=np.array([0.0, 30.0, 120.0, 500.0]), capacity=0.03, gdp=4000.0)
    assert found == pytest.approx([1.0, 0.75, 0.0, 0.0])


def test_variety_gain_slows_as_it_nears_its_end():
    """6 % a year are 0.5 % a month at first; at half of the limit of 0.6 half of it; at the limit nothing; then back."""
    at = {"growth": 0.06, "limit": 0.6}
    found = trade.variety_gain(gain=np.array([0.0, 0.3, 0.6]), diversification=1.0, **at)
    assert found == pytest.approx([0.005, 0.0025, 0.0])
    assert trade.variety_gain(gain=0.3, diversification=0.0, **at) == pytest.approx(-0.0025)


def transit(years=0.0, push=0.0, capture=0.2, demand=1.0):
    """Transit income of 100 that grows by 3 % a year, with the usual capture of 0.2."""
    return trade.transit_income(
        base=100.0,
        years=years,
        growth=0.03,
        push=push,
        push_effect=0.5,
        capture=capture,
        usual_capture=0.2,
        capture_effect=0.8,
        demand=demand,
    )


def test_transit_income_grows_and_follows_policy_and_demand():
    """Ten years: 100 exp(0.3) = 134.986; a push of 0.4 x 0.5 = +20 %; capture 0.5 above usual x 0.8 = -40 %; half the demand."""
    assert transit() == pytest.approx(100.0)
    assert transit(years=10.0) == pytest.approx(134.986, abs=1e-3)
    assert transit(push=0.4) == pytest.approx(120.0)
    assert transit(capture=0.7) == pytest.approx(60.0)
    assert transit(push=0.4, capture=0.7, demand=0.5) == pytest.approx(40.0)


def test_transit_income_is_never_negative():
    """Capture 1.8 above usual x 0.8 takes 144 %: nothing is left, and nobody pays for passage."""
    assert transit(capture=2.0) == 0.0


def test_added_by_departure_is_what_would_not_be_there_without_it():
    """Of 110 a month with a cycle of log 1.1 10 are its own; 90 with log 0.9 would be 100."""
    found = trade.added_by_departure(exports=np.array([110.0, 90.0, 100.0]), departure=np.log([1.1, 0.9, 1.0]))
    assert found == pytest.approx([10.0, -10.0, 0.0])


def test_trend_in_dollars_holds_the_inflation_of_the_draw():
    """3 % a year in dollars while prices rose by 1.75 %: 1.25 % beyond prices, so with 2.5 % of inflation 3.75 %."""
    found = trade.trend_in_dollars(trend=0.03, inflation=np.array([0.0175, 0.025]), recorded=0.0175)
    assert found == pytest.approx([0.03, 0.0375])
