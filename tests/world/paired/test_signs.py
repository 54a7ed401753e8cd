"""What must come out, not be put in (model.md, section 8): signs of effects on the same futures."""

import numpy as np
import pytest

from tests.world.paired.worlds import effect, mostly, simulate, taking_all_candidates


@pytest.fixture(scope="module")
def base():
    return simulate()


def test_a_higher_tied_share_brings_imports_a_deficit_and_a_higher_cost():
    """Of the same projects in nearly all futures; where Minsk signs fewer of those that are tied more, in most.

    In seven of ten since it counts what the budget pays beside a loan (T174), in eight before.
    """

    def both():
        return [simulate([("china.tied_share", share, "2018-01")]) for share in (0.5, 0.9)]

    with taking_all_candidates():
        low, high = both()
    for year in (2, 4, 6):
        mostly(effect("imports_from_china", high, low, year), +1)
        mostly(effect("balance_with_china", high, low, year), -1)
    mostly(effect("effective_loan_cost", high, low, 3), +1, share=1.0, strictly=1.0)
    low, high = both()
    for year in (2, 4, 6):
        mostly(effect("imports_from_china", high, low, year), +1, share=0.7)
        mostly(effect("balance_with_china", high, low, year), -1, share=0.7)
    assert sum(effect("loan_commitments", high, low, year).mean() for year in (2, 3, 4)) < 0


def test_reform_brings_disbursement_investment_and_other_exports(base):
    reformed = simulate([("belarus.reform", 0.8, "2018-01")])
    for name in ("loan_disbursements", "fdi_from_china", "other_exports_to_china"):
        mostly(effect(name, reformed, base, 6), +1)


def test_a_subsidy_cut_raises_risk_and_lowers_commitments_and_reserves(base):
    cut = simulate([("russia.energy_subsidy", 0.3, "2018-01")])
    mostly(effect("solvency_risk", cut, base, 3), +1)
    mostly(sum(effect("loan_commitments", cut, base, year) for year in (2, 3, 4)), -1)
    mostly(effect("reserves", cut, base, 2), -1, share=0.75)
    mostly(effect("imports_from_russia", cut, base, 2), +1)


def test_an_eu_turn_costs_more_russian_support_than_an_equal_turn_to_china(base):
    to_eu = simulate([("belarus.eu_rapprochement", 1.0, "2017-01"), ("eu.sanctions", "off", "2017-01")])
    calm = simulate([("eu.sanctions", "off", "2017-01")])
    to_china = simulate([("china.technology_transfer", 3.0, "2017-01")])
    eu_turn = effect("eu_access", to_eu, calm, 2)
    china_turn = effect("partnership_with_china", to_china, base, 2)
    eu_cost = effect("russian_energy_subsidy", to_eu, calm, 2) / eu_turn
    china_cost = effect("russian_energy_subsidy", to_china, base, 2) / china_turn
    assert (eu_turn > 0.01).all()
    assert (china_turn > 0.01).all()
    assert eu_cost.mean() < 0
    assert eu_cost.mean() < china_cost.mean()


@pytest.fixture(scope="module")
def closure(base):
    return simulate([("china.market_closure", True, "2018-01", "2018-12")])


def test_a_closure_empties_exports_lowers_the_next_contract_and_part_of_the_volume_returns(base, closure):
    mostly(effect("potash_volume_to_china", closure, base, 2), -1)
    mostly(effect("exports_to_china", closure, base, 2), -1)
    mostly(effect("potash_contract_price", closure, base, 3), -1, share=0.55, strictly=0.5)
    mostly(effect("potash_spot_price", closure, base, 2), -1)
    back = effect("potash_volume_to_china", closure, base, 3)
    lost = -effect("potash_volume_to_china", closure, base, 2)
    mostly(back, +1, share=0.8)
    assert back.mean() < lost.mean(), "more came back than was lost"


def test_tonnes_of_a_closure_come_back_once(base, closure):
    """What is made up for is an advance on the share of what fills Chinese stores: 0.92 came back when it was not."""
    lost = -effect("potash_volume_to_china", closure, base, 2)
    later = sum(effect("potash_volume_to_china", closure, base, year).mean() for year in range(3, 8))
    assert later < 0.75 * lost.mean(), "made up for, and shipped once more to fill the stores"


def test_a_closure_does_not_pay_belarus(base, closure):
    revenue = sum(effect("potash_revenue", closure, base, year) for year in (2, 3, 4))
    mostly(revenue, -1, share=0.75)
    mostly(effect("potash_revenue", closure, base, 2), -1)


def test_a_closure_shows_within_two_quarters():
    """Exports of potash fall at once where China would have settled by the summer."""
    potash, settled = {}, {}
    for name, changes in {"open": [], "closed": [("china.market_closure", True, "2018-01", "2018-12")]}.items():
        months, contracts = [], []

        def watch(world, months=months, contracts=contracts):
            months.append(world.belarus.belaruskali.china_revenue)
            contracts.append(world.china.potash_buyers.has_contract)

        simulate(changes, horizon="2018-12", each_month=watch)
        potash[name], settled[name] = np.array(months), np.array(contracts)
    by_spring = settled["open"][12:15].any(axis=0) & ~settled["closed"][12]  # a contract in force is not broken
    assert by_spring.mean() > 0.3
    mostly((potash["closed"] - potash["open"])[12:18].sum(axis=0)[by_spring], -1, share=0.98, strictly=0.95)


def test_a_restored_cartel_lifts_spot_within_two_years(base):
    cartel = simulate([("russia.cartel", 1.0, "2018-01")])
    mostly(effect("potash_spot_price", cartel, base, 3), +1, share=0.95)
    mostly(effect("potash_revenue", cartel, base, 4), +1, share=0.85)


def test_a_loss_of_transit_costs_belarus_and_lifts_world_spot(base):
    lost = simulate([("eu.sanctions", "extended", "2018-01")])
    mostly(effect("potash_revenue", lost, base, 3), -1)
    mostly(effect("potash_spot_price", lost, base, 3), +1)


def test_untied_money_means_a_smaller_deficit_at_drawdown_and_the_same_debt(base):
    """The same debt, as long as the same projects are signed: Minsk likes those better whose goods it may choose."""
    mostly(effect("balance_with_china", simulate([("china.tied_share", 0.0, "2018-01")]), base, 2), +1)
    with taking_all_candidates():
        base, untied = simulate(), simulate([("china.tied_share", 0.0, "2018-01")])
    mostly(effect("balance_with_china", untied, base, 2), +1)
    difference = np.abs(effect("debt_to_china", untied, base, 2)) / base["debt_to_china"][1]
    assert difference.max() < 0.02  # what lenders see of Belarus moves a little, by works at home too


def test_investment_instead_of_loans_lowers_debt(base):
    invested = simulate([("china.fdi_instead_of_loans", 0.5, "2018-01")])
    mostly(effect("debt_to_china", invested, base, 6), -1, strictly=0.9)
    mostly(effect("external_public_debt", invested, base, 6), -1)
    mostly(effect("fdi_from_china", invested, base, 6), +1, strictly=0.9)


def test_a_stake_sale_lowers_debt_now_and_the_price_later(base):
    sold = simulate([("belarus.stake_sale", 0.25, "2018-01")])
    mostly(effect("external_public_debt", sold, base, 2), -1)
    mostly(
        sum(effect("potash_contract_price", sold, base, year) for year in range(3, 9)), -1
    )  # single years: timing too


def test_longer_grace_means_later_service(base):
    longer = simulate([("china.grace", 6.0, "2018-01")], horizon="2030-12")
    usual = simulate(horizon="2030-12")
    mostly(sum(effect("principal_to_china", longer, usual, year) for year in range(5, 10)), -1, share=0.95)
    mostly(effect("debt_to_china", longer, usual, 12), +1, share=0.95)


def test_rescheduling_draws_principal_out_and_forgives_nothing(base):
    rescheduled = simulate([("china.rescheduling", 0.5, "2018-01", "2020-12")])
    mostly(effect("principal_to_china", rescheduled, base, 3), -1, strictly=0.99)
    mostly(effect("debt_to_china", rescheduled, base, 4), +1, strictly=0.99)


def test_a_trade_agreement_lets_chinese_goods_in_faster(base):
    mostly(effect("imports_from_china", simulate([("china.fta_with_eeu", True, "2018-01")]), base, 6), +1)
