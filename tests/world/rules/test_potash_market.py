"""Rules of potash demand, tightness and spot against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import potash_market


def rest(years=0.0, crop=1.0, spot=250.0, rise=0.0):
    """Demand outside China: 1,000 kt, growth 3 % a year, crop elasticity 0.5, price elasticity 0.25, momentum 0.4."""
    return potash_market.rest_of_world_demand(
        level=1000.0,
        growth=0.03,
        years=years,
        crop_index=crop,
        crop_elasticity=0.5,
        spot=spot,
        price_elasticity=0.25,
        price_rise=rise,
        largest_price_rise=0.5,
        momentum_demand=0.4,
    )


def test_rest_of_world_demand_grows_and_follows_crops_and_price():
    """Ten years exp(0.3) = 1.349859; crops x 1.44 -> 1.2; a price x 16 -> 1 / 2, since demand falls with it."""
    assert rest() == pytest.approx(1000.0)
    assert rest(years=10.0) == pytest.approx(1349.859, abs=1e-3)
    assert rest(crop=1.44) == pytest.approx(1200.0)
    assert rest(spot=4000.0) == pytest.approx(500.0)
    assert rest(crop=1.44, spot=4000.0) == pytest.approx(600.0)


def test_rest_of_world_demand_buys_ahead_of_a_rise_of_at_most_half_a_log_point():
    """0.25 x 0.4 = 0.1: exp(0.1) = 1.105171; beyond 0.5 no more than exp(0.2), either way."""
    assert rest(rise=0.25) == pytest.approx(1105.171, abs=1e-3)
    assert rest(rise=np.array([0.5, 2.0, -2.0])) == pytest.approx(1000 * np.exp([0.2, 0.2, -0.2]))


def use(years=0.0, crop=1.0, contract=250.0):
    """Use in China: 900 kt, growth 2 % a year, crop elasticity 0.5 of which half is felt, price elasticity 0.25."""
    return potash_market.chinese_use(
        level=900.0,
        growth=0.02,
        years=years,
        crop_index=crop,
        crop_elasticity=0.5,
        contract_price=contract,
        price_elasticity=0.25,
    )


def test_chinese_use_feels_crops_by_half_and_the_contract_price():
    """Ten years exp(0.2) = 1.221403; crops x 16 -> 16 ** 0.25 = 2; a contract at 4,000 -> 1 / 2."""
    assert use() == pytest.approx(900.0)
    assert use(years=10.0) == pytest.approx(1099.2625, abs=1e-3)
    assert use(crop=16.0) == pytest.approx(1800.0)
    assert use(contract=4000.0) == pytest.approx(450.0)


def test_wanted_imports_are_use_less_own_output_and_part_of_the_stock_gap():
    """Use 900, own 400: 500. A target of 0.25 years of use is 2,700; 600 short, a fifth of it a year is 10 a month."""
    assert potash_market.wanted_imports(
        use=900.0, own_output=400.0, stock=2700.0, stock_target=0.25, adjustment=0.2
    ) == pytest.approx(500.0)
    assert potash_market.wanted_imports(
        use=900.0, own_output=400.0, stock=2100.0, stock_target=0.25, adjustment=0.2
    ) == pytest.approx(510.0)
    assert potash_market.wanted_imports(
        use=900.0, own_output=400.0, stock=3300.0, stock_target=0.25, adjustment=0.2
    ) == pytest.approx(490.0)


def test_wanted_imports_are_never_negative():
    """Own output above use and full ports: China does not export."""
    assert (
        potash_market.wanted_imports(use=900.0, own_output=1400.0, stock=2700.0, stock_target=0.25, adjustment=0.2)
        == 0.0
    )


def test_open_factor_by_contract_and_closure():
    """All with every seller under contract, half of what is without one, 0.5, with half of them; 0.25 in a closure."""
    covered, closed = np.array([1.0, 0.5, 0.0, 0.0]), np.array([False, False, False, True])
    assert potash_market.open_factor(
        covered=covered, closed=closed, without_contract=0.5, in_closure=0.25
    ) == pytest.approx([1.0, 0.75, 0.5, 0.25])


def test_tightness_is_demand_over_usable_capacity_below_one():
    """3,600 of 0.9 x 5,000 = 4,500 is 0.8; more than there is counts as 0.985."""
    assert potash_market.tightness(
        demand=np.array([3600.0, 6000.0]), capacity=5000.0, usable=0.9, largest=0.985
    ) == pytest.approx([0.8, 0.985])


def test_scarcity_grows_without_end_as_capacity_runs_out():
    """A fifth left: ln 5 = 1.609438; an idle world: 0."""
    assert potash_market.scarcity(np.array([0.0, 0.8])) == pytest.approx([0.0, 1.609438], abs=1e-6)


def gap(log_spot, cartel=0.0, tight=0.0):
    """Gap of spot: cost level 5, premium 0.2, slope 0.25."""
    return potash_market.spot_gap(
        log_spot=log_spot,
        cost_level=5.0,
        cartel=cartel,
        cartel_premium=0.2,
        slope=0.25,
        tight=tight,
    )


def change(log_spot, tight=0.0, held=0.0, noise=0.0):
    """A month of spot with that gap and a demand elasticity of 0.4; a fifth of a gap a month."""
    answer = potash_market.answer_of_demand(slope=0.25, demand_elasticity=0.4, tight=tight)
    return potash_market.spot_change(gap=gap(log_spot, tight=tight), held=held, answer=answer, speed=0.488, noise=noise)


def test_spot_gap_leads_to_where_cartel_and_tightness_put_it():
    """Half a cartel +0.1, tight 0.8: 0.25 x 1.609438 = +0.402359; there spot rests."""
    assert gap(5.0, cartel=0.5) == pytest.approx(0.1)
    assert gap(5.1, tight=0.8) == pytest.approx(0.302359, abs=1e-6)


def test_answer_of_demand_is_what_a_higher_price_takes_off_the_target():
    """Tight 0.8: 0.25 x 0.4 x 0.8 / 0.2 = 0.4: a hundredth on the price lowers what tightness warrants by 0.004."""
    assert potash_market.answer_of_demand(
        slope=0.25, demand_elasticity=0.4, tight=np.array([0.0, 0.8])
    ) == pytest.approx([0.0, 0.4])
    tight = 0.8 * np.exp(np.array([0.0, -0.4 * 1e-6]))
    warranted = 0.25 * potash_market.scarcity(tight)
    assert (warranted[0] - warranted[1]) / 1e-6 == pytest.approx(0.4, rel=1e-4)


def test_spot_change_closes_a_fifth_of_the_gap_in_an_idle_market():
    """48.8 % a quarter is a fifth a month: 0.5 below -> +0.1, 0.5 above -> -0.1; noise comes on top."""
    assert change(np.array([4.5, 5.0, 5.5])) == pytest.approx([0.1, 0.0, -0.1])
    assert change(4.5, noise=0.03) == pytest.approx(0.13)


def test_spot_change_is_damped_because_a_higher_price_frees_capacity():
    """Tight 0.8: feedback 0.25 x 0.4 x 0.8 / 0.2 = 0.4, so a gap of 0.5 closes by 0.2 x 0.5 / (1 + 0.2 x 0.4) = 0.092593."""
    assert change(4.5 + 0.25 * np.log(5.0), tight=0.8) == pytest.approx(0.092593, abs=1e-6)


def test_spot_change_is_nothing_where_what_sellers_hold_up_has_been_reached():
    """Idle, 0.3 above the level of cost and 0.3 held up. Tight 0.8: a gap of -0.42 comes to rest 0.42 / 1.4 = 0.3 lower."""
    assert change(np.array([5.3, 5.0]), held=0.3) == pytest.approx([0.0, 0.06])
    assert change(5.0 + 0.25 * np.log(5.0) + 0.42, tight=0.8, held=0.3) == pytest.approx(0.0)


def test_spot_change_comes_to_rest_where_tightness_puts_it():
    log_spot = np.log(500.0)
    for _ in range(300):
        log_spot += change(log_spot, tight=0.85)
    assert log_spot == pytest.approx(5.0 + 0.25 * -np.log(0.15))


@pytest.mark.parametrize("held", [0.0, 0.3])
def test_spot_comes_to_rest_higher_by_what_is_held_up_with_demand_that_answers(held):
    """With demand of 0.7 of capacity at a log price of 5.3, elasticity 0.4; solved by bisection for what is not held up."""
    tight_at = lambda log_spot: 0.7 * np.exp(-0.4 * (log_spot - 5.3))  # noqa: E731
    low, high = 4.0, 6.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if gap(middle, tight=tight_at(middle)) > 0 else (low, middle)
    log_spot = 6.0
    for _ in range(400):
        log_spot += change(log_spot, tight=tight_at(log_spot), held=held)
    assert log_spot == pytest.approx(low + held, abs=0.01)


def cost(**changed):
    return potash_market.cost_to_farms(**{"use": 1000.0, "missing": 0.0, "price": 219.0, "elasticity": 0.25} | changed)


def test_cost_to_farms():
    """A thousand kt at 219 dollars a tonne are 219 million; a fifth missing is worth its price and 0.4 of it beyond."""
    assert cost() == pytest.approx(219.0)
    assert cost(use=800.0, missing=200.0) == pytest.approx(219.0 + 0.4 * 200.0 * 0.219)


def test_hunger_saves_farms_nothing():
    for missing in (1.0, 100.0, 999.0):
        assert cost(use=1000.0 - missing, missing=missing) > cost()
    assert np.isfinite(cost(elasticity=0.0, missing=0.0))


def test_worth_of_closing_is_half_the_fall_less_delay_and_effort():
    """A fall of 0.4, half of which is gained, less a delay of 0.06 and an effort of 0.05: 0.09; a rise of 0.2: -0.21."""
    worth = potash_market.worth_of_closing(outlook=np.array([-0.4, 0.2]), delay=0.06, effort=0.05)
    assert worth == pytest.approx([0.09, -0.21])


def test_what_a_closure_gains_is_what_is_bought_at_its_end_instead_of_on_the_way():
    """Six months' purchases, spot falling evenly by 0.3 in all: at the end they cost half of it less, delay apart."""
    months, fall = 6, 0.3
    on_the_way = sum(-fall * (month + 0.5) / months for month in range(months)) / months
    gain = potash_market.worth_of_closing(outlook=-fall, delay=0.0, effort=0.0)
    assert on_the_way - -fall == pytest.approx(gain)
