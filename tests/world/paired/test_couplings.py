"""The four countries against each other (model.md, section 3.6): each coupling shows, and goes when it is switched off.

The first parameter that is switched off is the coupling's own; the others shut other ways by which the effect could come.
Each test looks with those ways shut, so removing the coupling from the code fails it, and once more with the coupling's
own parameter at zero, where the effect must be gone.
"""

import numpy as np
import pytest

from sinobel.world.agents.untied_offers import BIDDERS, MARKETS
from tests.world.paired.test_finance import watched
from tests.world.paired.worlds import effect, make, mostly, simulate


def last_month(changes, measure, *, off=None, horizon="2021-12"):
    """A measure of the world at the horizon."""
    world = make(changes, draws=300, horizon=horizon, off=off)
    while world.running:
        world.step()
    return np.asarray(measure(world))


COUPLINGS = {
    "a Chinese offer improves Russia's terms (M29)": (
        [("china.lending_volume", 3.0, "2017-01")],
        [("china.lending_volume", 0.0, "2017-01")],
        lambda world: world.russia.government.rate,
        -1,
        {"finance.alternative_rate": 0.0},
    ),
    "a Chinese offer widens Russia's lending (M29)": (
        [("china.lending_volume", 3.0, "2017-01")],
        [("china.lending_volume", 0.0, "2017-01")],
        lambda world: world.russia.government.lending,
        +1,
        {"finance.alternative_limit": 0.0, "politics.partnership_money": 0.0},
    ),
    "an EU turn raises tension (M32)": (
        [("eu.market_access", 1.0, "2019-01"), ("eu.sanctions", "off", "2017-01")],
        [("eu.sanctions", "off", "2017-01")],
        lambda world: world.russia.government.tension,
        +1,
        {"politics.tension_eu": 0.0},
    ),
    "a turn to China raises tension (M32)": (
        [("china.technology_transfer", 3.0, "2018-01")],
        [],
        lambda world: world.russia.government.tension,
        +1,
        {"politics.tension_china": 0.0, "politics.tension_technology": 0.0},
    ),
    "military technology raises tension (M38)": (
        [("china.technology_transfer", 3.0, "2018-01")],
        [],
        lambda world: world.russia.government.tension,
        +1,
        {"politics.tension_technology": 0.0, "politics.tension_china": 0.0},
    ),
    "tension cuts Russian lending": (
        [("eu.market_access", 1.0, "2019-01"), ("eu.sanctions", "off", "2017-01")],
        [("eu.sanctions", "off", "2017-01")],
        lambda world: world.russia.government.lending,
        -1,
        {"politics.support_reaction": 0.0, "finance.alternative_limit": 0.0},
    ),
    "tension cuts the energy subsidy": (
        [("eu.market_access", 1.0, "2019-01"), ("eu.sanctions", "off", "2017-01")],
        [("eu.sanctions", "off", "2017-01")],
        lambda world: world.russia.government.subsidy,
        -1,
        {"politics.subsidy_reaction": 0.0},
    ),
    "a lost subsidy raises solvency risk (M09)": (
        [("russia.energy_subsidy", 0.0, "2021-01")],
        [],
        lambda world: world.belarus.government.risk,
        +1,
        {
            "finance.risk_subsidy": 0.0,
            "finance.risk_cover": 0.0,
            "finance.risk_service": 0.0,
            "finance.risk_debt": 0.0,
            "finance.risk_arrears": 0.0,
            "finance.risk_rollover": 0.0,
            "finance.risk_burden": 0.0,
        },
    ),
    "risk makes untied borrowing dearer (M09)": (
        [("russia.energy_subsidy", 0.0, "2020-01")],
        [],
        lambda world: world.belarus.government.debt_office.rates_agreed[MARKETS],
        +1,
        {"finance.default_chance": 0.0, "finance.scarcity_spread": 0.0},
    ),
    "risk keeps Chinese investors away (M09)": (
        [("russia.energy_subsidy", 0.0, "2020-01")],
        [],
        lambda world: world.china.investors.fdi,
        -1,
        {"finance.fdi_risk": 0.0},
    ),
    "risk keeps Chinese lenders away (M09)": (
        [("russia.energy_subsidy", 0.0, "2020-01")],
        [],
        lambda world: world.china.policy_banks.willing,
        -1,
        {"loans.appetite_risk": 0.0},
    ),
    "Ukraine competes for Chinese loans (M26)": (
        [("eu.ukraine_competition", 1.0, "2018-01")],
        [],
        lambda world: world.china.policy_banks.willing,
        -1,
        {"loans.appetite_rivals": 0.0, "loans.appetite_risk": 0.0},
    ),
    "Ukraine competes for Chinese investment (M26)": (
        [("eu.ukraine_competition", 1.0, "2018-01")],
        [],
        lambda world: world.china.investors.fdi,
        -1,
        {"finance.fdi_proximity": 0.0, "finance.fdi_risk": 0.0},
    ),
    "institutional proximity draws Chinese money (M25)": (
        [("eu.market_access", 1.0, "2017-01"), ("eu.sanctions", "off", "2017-01")],
        [("eu.sanctions", "off", "2017-01")],
        lambda world: world.china.investors.fdi,
        +1,
        {"finance.fdi_proximity": 0.0, "finance.fdi_risk": 0.0},
    ),
    "few outlets lower the price China pays (M14)": (
        [("belarus.potash_market_diversification", 0.4, "2017-01")],
        [],
        lambda world: world.china.potash_buyers.contract_price,
        +1,
        {"potash.outlet_weight": 0.0, "potash.need_weight": 0.0},
    ),
    "an owner has a say on both sides of the table and buys cheaper (M17)": (
        [("belarus.stake_sale", 0.3, "2018-01")],
        [],
        lambda world: world.china.potash_buyers.contract_price,
        -1,
        {"potash.stake_weight": 0.0, "potash.need_weight": 0.0, "potash.outlet_weight": 0.0},
    ),
    "military technology lowers dependence on Russia (M37)": (
        [("china.technology_transfer", 3.0, "2017-01")],
        [("china.technology_transfer", 0.0, "2017-01")],
        lambda world: world.belarus.dependence_on_russia,
        -1,
        {
            "politics.technology_autonomy": 0.0,
            "politics.partnership_technology": 0.0,
            "politics.tension_technology": 0.0,
        },
    ),
    "reform brings exports (M12)": (
        [("belarus.reform", 1.0, "2017-01")],
        [],
        lambda world: world.belarus.exporters.china_goods,
        +1,
        {"trade.reform_exports": 0.0, "trade.competitiveness": 0.0},
    ),
    "Russian growth carries Belarus (M20)": (
        [("russia.growth_shock", -0.05, "2020-01")],
        [],
        lambda world: world.belarus.growth,
        -1,
        {
            "finance.growth_russia": 0.0,
            "finance.squeeze_multiplier": 0.0,
            "finance.finance_multiplier": 0.0,
            "finance.potash_multiplier": 0.0,
            "finance.export_multiplier": 0.0,
            "politics.reform_slip": 0.0,
        },
    ),
}


FIRST_ANSWERS = {"a Chinese offer widens Russia's lending (M29)": "2018-12", "tension cuts Russian lending": "2020-12"}
"""Until when a cut leaves less than a tenth of it: later what is owed to Russia differs, and its ceiling answers that."""

OF_PRICES = {
    "few outlets lower the price China pays (M14)",
    "an owner has a say on both sides of the table and buys cheaper (M17)",
}
"""A contract's price moves once a year, so the mean of five years is looked at."""


def over_years(changes, measure, *, off=None):
    """The mean of a measure over five years; (draws,)."""
    return watched(measure, changes, draws=300, horizon="2021-12", off=off).mean(0)


@pytest.mark.parametrize("name", COUPLINGS)
def test_coupling(name):
    changed, base, measure, sign, off = COUPLINGS[name]
    other_ways = dict(list(off.items())[1:])
    look = over_years if name in OF_PRICES else last_month

    def answer(off, **arguments):
        return look(changed, measure, off=off, **arguments) - look(base, measure, off=off, **arguments)

    mostly(answer(other_ways), sign, share=0.85)  # in some futures other couplings outweigh the one that is tested
    first = {"horizon": FIRST_ANSWERS[name]} if name in FIRST_ANSWERS else {}
    left = 0.1 if first else 0.05
    assert np.abs(answer(off, **first)).mean() < left * np.abs(answer(other_ways, **first)).mean(), (
        "something else moves it too: the test proves nothing"
    )


def test_china_defers_to_moscow_only_when_tension_is_high():
    """M33: the cap works above a level of tension and not below."""
    seen = {}
    for deference in (0.0, 1.0):
        world = make([("china.deference_to_moscow", deference, "2017-01")], draws=500, horizon="2017-12")
        world.russia.government.tension = np.linspace(0.0, 1.0, 500)
        world.step()
        seen[deference] = world.china.policy_banks.willing
    tension = np.linspace(0.0, 1.0, 500)
    level = world.parameters.loans.deference_level
    assert np.allclose(seen[0.0][tension < level], seen[1.0][tension < level])
    assert (seen[1.0] < seen[0.0])[tension > level + 0.02].all()


def test_political_sanctions_shut_development_banks_and_bonds():
    borrowed = {"multilateral": 0.0, "bonds": 0.0}

    def watch(world):
        for name in borrowed:
            borrowed[name] += world.belarus.government.borrowed[name].sum()

    simulate([("eu.sanctions", "political", "2017-01")], draws=200, horizon="2020-12", each_month=watch)
    assert borrowed == {"multilateral": 0.0, "bonds": 0.0}
    simulate([("eu.sanctions", "off", "2017-01")], draws=200, horizon="2020-12", each_month=watch)
    assert min(borrowed.values()) > 0


def test_extended_sanctions_stop_chinese_money_only_when_china_says_so():
    stop = [("eu.sanctions", "extended", "2018-01"), ("china.disburse_under_sanctions", False, "2018-01")]
    base, going_on, stopped = simulate(), simulate(stop[:1]), simulate(stop)
    mostly(effect("loan_disbursements", stopped, going_on, 3), -1, strictly=0.99)
    for_projects = effect("loan_disbursements", going_on, base, 2) - effect(
        "untied_loans_from_china", going_on, base, 2
    )
    assert np.abs(for_projects).max() < 0.2 * base["loan_disbursements"][1].mean()


def costs_of_borrowing(world):
    """The price of each lender, Russia's first."""
    costs = world.belarus.government.debt_office._costs()
    return np.array([costs[bidder] for bidder in BIDDERS])


def test_dependence_is_a_price_of_borrowing():
    world = make(draws=50, horizon="2017-12")
    world.step()
    world.belarus.dependence_on_russia = world.belarus.dependence_on_russia * 0.0
    free = costs_of_borrowing(world)
    world.belarus.dependence_on_russia = world.belarus.dependence_on_russia + 1.0
    bound = costs_of_borrowing(world)
    assert (bound[0] > free[0]).all()
    assert (bound[1:] == free[1:]).all()


def test_weak_growth_slows_reform():
    """Loop 3: a recession takes reform back (M22)."""
    slump = [("russia.growth_shock", -0.08, "2018-01"), ("belarus.reform", 0.8, "2018-01")]
    calm = [("belarus.reform", 0.8, "2018-01")]
    mostly(effect("reform", simulate(slump), simulate(calm), 4), -1, share=0.95)


def test_retaliation_sharpens_what_tension_costs():
    turn = [("eu.market_access", 1.0, "2019-01"), ("eu.sanctions", "off", "2017-01")]
    mild, hard = simulate(turn), simulate([*turn, ("russia.retaliation", 3.0, "2019-01")])
    tense = mild["tension_with_russia"][5] > 0.4
    difference = effect("russian_energy_subsidy", hard, mild, 6)
    assert tense.mean() > 0.2
    mostly(difference[tense], -1, share=0.9, strictly=0.9)


def test_need_of_cash_presses_the_seller():
    """M14: in futures in which a lost subsidy leaves Belarus short of cash a month's delay weighs more, and nowhere else.

    Outlets are shut as a way to it; with `potash.need_weight` at zero nothing moves. What it does to the price is
    in `test_bargain.py`.
    """
    shut = {"potash.outlet_weight": 0.0}
    lost = [("russia.energy_subsidy", 0.0, "2020-01")]

    def looked_at(world):
        return world.belarus.belaruskali.pressure, world.belarus.government.cash_need

    (pressure, need), (usual, usual_need) = (last_month(way, looked_at, off=shut) for way in (lost, []))
    short, calm = need > usual_need + 1e-9, np.abs(need - usual_need) < 1e-12
    assert short.mean() > 0.25
    assert (pressure > usual)[short].mean() > 0.95
    assert np.abs(pressure - usual)[calm].max() < 1e-12
    (pressure, _), (usual, _) = (
        last_month(way, looked_at, off=shut | {"potash.need_weight": 0.0}) for way in (lost, [])
    )
    assert np.abs(pressure - usual).max() < 1e-12
