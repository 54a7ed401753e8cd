"""Rules of waiting for and settling a contract with China, against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import potash_contract


def test_settlement_gap_compares_the_price_of_today_with_the_old_one():
    """300 less 5 % is 285; over an old 228 it is 1.25, ln 0.223144; a fall of 0.2 with weight 0.6 takes 0.12 off."""
    assert potash_contract.settlement_gap(
        spot=300.0, old_contract=228.0, discount=0.05, price_rise=0.0, momentum=0.6
    ) == pytest.approx(0.223144, abs=1e-6)
    assert potash_contract.settlement_gap(
        spot=300.0, old_contract=228.0, discount=0.05, price_rise=-0.2, momentum=0.6
    ) == pytest.approx(0.103144, abs=1e-6)
    assert potash_contract.settlement_gap(
        spot=300.0, old_contract=285.0, discount=0.05, price_rise=0.0, momentum=0.6
    ) == pytest.approx(0.0)


def wait(gap, stock_ratio=1.0, patience=1.0):
    """Months of waiting: 6 in a falling market, 1 in a rising one, over a width of 0.08."""
    return potash_contract.expected_wait(
        gap=gap,
        wait_falling=6.0,
        wait_rising=1.0,
        width=0.08,
        stock_ratio=stock_ratio,
        wait_stock=0.25,
        emptiest_ports=0.5,
        fullest_ports=2.0,
        shortest=0.25,
        patience=patience,
    )


def test_expected_wait_is_long_when_the_price_falls_and_short_when_it_rises():
    """Even: (6 + 1) / 2 = 3.5. One width up: 6 - 5 x 0.731059 = 2.344707; one down 4.655293; far off 1 or 6."""
    gap = np.array([0.0, 0.08, -0.08, 800.0, -800.0])
    assert wait(gap) == pytest.approx([3.5, 2.344707, 4.655293, 1.0, 6.0], abs=1e-6)


def test_expected_wait_is_longer_with_full_ports_and_patient_buyers():
    """Stock 16/10 of target: 1.6 ** 0.25 = 1.124683; counted from half (0.840896) to twice (1.189207); patience scales."""
    assert wait(0.0, stock_ratio=np.array([1.6, 2.0, 9.0, 0.5, 0.1])) == pytest.approx(
        3.5 * np.array([1.124683, 1.189207, 1.189207, 0.840896, 0.840896]), abs=1e-5
    )
    assert wait(0.0, patience=2.0) == pytest.approx(7.0)


def test_expected_wait_is_a_week_at_least():
    """Without any patience buyers still need a quarter of a month to sign."""
    assert wait(0.0, patience=0.0) == pytest.approx(0.25)


def test_chance_to_settle_by_hand():
    """A wait of 0.886227 is a scale of 1: month m has hazard m ** 2 - (m - 1) ** 2 = 1, 3, 5 and chance 1 - exp(-hazard)."""
    chance = potash_contract.chance_to_settle(
        months_waited=np.array([1.0, 2.0, 3.0]), wait=0.886227, closed=False, seller_accepts=1.0
    )
    assert chance == pytest.approx([0.632121, 0.950213, 0.993262], abs=1e-6)
    assert potash_contract.chance_to_settle(
        months_waited=1.0, wait=2 * 0.886227, closed=False, seller_accepts=1.0
    ) == pytest.approx(0.221199, abs=1e-6)  # 1 - exp(-1/4)


def test_chance_to_settle_needs_a_seller_and_an_open_market():
    """A seller who takes half of offers halves the chance; a closed market never signs."""
    assert potash_contract.chance_to_settle(
        months_waited=1.0, wait=0.886227, closed=np.array([False, True]), seller_accepts=0.5
    ) == pytest.approx([0.31606, 0.0], abs=1e-5)


@pytest.mark.parametrize("months", [1.0, 4.0, 9.0])
def test_chance_to_settle_makes_waits_last_as_long_as_expected(months):
    """Mean of whole months, which lie half a month above the time itself."""
    chance = potash_contract.chance_to_settle(
        months_waited=np.arange(1.0, 200.0), wait=months, closed=False, seller_accepts=1.0
    )
    assert 1 + np.cumprod(1 - chance).sum() - 0.5 == pytest.approx(months, abs=0.1)


def test_seller_accepts_more_above_cost_and_when_it_must():
    """At its cash cost with neither need nor stake the log odds are 4, so 98.2 % of offers are taken; half the cost above
    adds 2, half a need 2, half a stake 2; 1.5 times the cost below takes 6 and leaves odds of exp(-2), 11.9 %.
    """

    def odds(offer, cash_cost, cash_need, share_at_stake):
        share = potash_contract.seller_accepts(
            offer=offer, cash_cost=cash_cost, cash_need=cash_need, share_at_stake=share_at_stake, readiness=4.0
        )
        return np.log(share / (1 - share))

    assert potash_contract.seller_accepts(
        offer=100.0, cash_cost=100.0, cash_need=0.0, share_at_stake=0.0, readiness=4.0
    ) == pytest.approx(0.982014, abs=1e-6)
    assert odds(150.0, 100.0, 0.0, 0.0) == pytest.approx(6.0)
    assert odds(100.0, 100.0, 0.5, 0.0) == pytest.approx(6.0)
    assert odds(100.0, 100.0, 0.0, 0.5) == pytest.approx(6.0)
    assert odds(-50.0, 100.0, 0.0, 0.0) == pytest.approx(-2.0)
    assert potash_contract.seller_accepts(
        offer=np.array([-1e5, 1e5]), cash_cost=100.0, cash_need=0.0, share_at_stake=0.0, readiness=4.0
    ) == pytest.approx([0.0, 1.0], abs=1e-12)


def test_contract_price_ratifies_spot_less_its_discounts():
    """300 less 6 % is 282; another 4 % 270; noise of 2 % 288."""
    assert potash_contract.contract_price(
        spot=300.0,
        discount=0.06,
        extra_discount=0.0,
        noise=0.0,
        cash_cost=100.0,
        freight=35.0,
        least_of_spot=0.3,
        largest_of_spot=1.2,
    ) == pytest.approx(282.0)
    assert potash_contract.contract_price(
        spot=300.0,
        discount=0.06,
        extra_discount=0.04,
        noise=0.0,
        cash_cost=100.0,
        freight=35.0,
        least_of_spot=0.3,
        largest_of_spot=1.2,
    ) == pytest.approx(270.0)
    assert potash_contract.contract_price(
        spot=300.0,
        discount=0.06,
        extra_discount=0.0,
        noise=0.02,
        cash_cost=100.0,
        freight=35.0,
        least_of_spot=0.3,
        largest_of_spot=1.2,
    ) == pytest.approx(288.0)


def test_contract_price_never_falls_below_what_delivery_costs():
    """Spot of 100 less 6 % is 94, but cash cost 100 and freight 35 make 135."""
    assert (
        potash_contract.contract_price(
            spot=100.0,
            discount=0.06,
            extra_discount=0.0,
            noise=0.0,
            cash_cost=100.0,
            freight=35.0,
            least_of_spot=0.3,
            largest_of_spot=1.2,
        )
        == 135.0
    )


def test_contract_price_lies_between_three_tenths_of_spot_and_a_fifth_above_it():
    """1,000 less 94 % would be 60, and 94 % more 1,940: 300 and 1,200."""
    assert potash_contract.contract_price(
        spot=1000.0,
        discount=0.0,
        extra_discount=0.0,
        noise=np.array([-0.94, 0.94]),
        cash_cost=100.0,
        freight=35.0,
        least_of_spot=0.3,
        largest_of_spot=1.2,
    ) == pytest.approx([300.0, 1200.0])


def discount(stake=0.0, china_share=0.2, cash_need=0.0):
    """Discount beyond the usual: 0.1 per stake, 0.2 per share of sales above the usual 0.2, 0.03 at the greatest need."""
    return potash_contract.extra_discount(
        stake=stake,
        stake_weight=0.1,
        china_share=china_share,
        usual_share=0.2,
        least_outlet=-0.3,
        largest_outlet=0.5,
        outlet_weight=0.2,
        cash_need=cash_need,
        need_weight=0.03,
    )


def test_extra_discount_grows_with_stake_few_outlets_and_need():
    """Half a stake 0.05; share 0.3 x 0.2 = 0.02 for 0.1 above usual; half a need 0.015; together 0.085."""
    assert discount() == pytest.approx(0.0)
    assert discount(stake=0.5) == pytest.approx(0.05)
    assert discount(china_share=0.3) == pytest.approx(0.02)
    assert discount(cash_need=0.5) == pytest.approx(0.015)
    assert discount(0.5, 0.3, 0.5) == pytest.approx(0.085)


def test_extra_discount_counts_outlets_between_bounds():
    """A share 0.8 above usual counts as 0.5, one 0.7 below as -0.3."""
    assert discount(china_share=np.array([1.0, -0.5])) == pytest.approx([0.1, -0.06])


def test_cash_cost_follows_the_rouble_by_what_is_paid_in_roubles():
    """A real rate 0.2 lower than in 2016 with half the cost in roubles: 100 exp(-0.1) = 90.4837."""
    assert potash_contract.cash_cost(
        base=100.0, real_exchange_rate=0.1, base_exchange_rate=0.3, pass_through=0.5
    ) == pytest.approx(90.4837, abs=1e-4)
    assert potash_contract.cash_cost(
        base=100.0, real_exchange_rate=0.3, base_exchange_rate=0.3, pass_through=0.5
    ) == pytest.approx(100.0)
