"""Budget, debt and what closes the external accounts: each mechanism shows, and goes when it is cut."""

import numpy as np
import pytest

from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.months import parse
from sinobel.world.agents.untied_offers import MARKETS
from sinobel.world.ledger import BELARUS
from sinobel.world.opening.finance import bonds_by_month
from tests.world.paired.worlds import effect, make, mostly, simulate

RECORDED = (-0.0543, 0.1115)
"""Least and most other capital over GDP in 1995-2016: 1999 and 2009; changes of reserves less current account, direct
investment and borrowing from named creditors."""


def watched(measure, changes=(), *, shock=None, **arguments):
    """A measure of the world at the end of each month, (months, draws); `shock` acts on the new world."""
    world = make(changes, **{"draws": 200} | arguments)
    if shock:
        shock(world)
    rows = []
    while world.running:
        world.step()
        rows.append(np.asarray(measure(world)))
    world.close()
    return np.array(rows)


# --- what closes the accounts ---


def outside_of_experience(off=None):
    """Share of years in which other capital over GDP lies beyond the least and the most of the record."""
    seen = simulate(horizon="2030-12", draws=200, off=off)
    ratio = seen["other_capital"] / seen["gdp"]
    return ((ratio < RECORDED[0]) | (ratio > RECORDED[1])).mean()


def test_other_capital_stays_near_what_was_recorded():
    """Few years lie beyond the extremes of 22 recorded ones; where nothing limits what leaves, twice as many do."""
    usual = outside_of_experience()
    assert usual < 0.16
    assert outside_of_experience({"finance.largest_outflow": 0.3, "finance.private_finance": 1.0}) > 2 * usual


def test_a_lasting_gain_of_income_is_spent():
    """600 mn more a year from abroad: in years three to five imports are higher by most of it, reserves' own pull shut.

    Three years together, since a devaluation that comes later instead falls into one of them. Without spending of what
    comes in, nothing to speak of moves.
    """
    shut = {"trade.propensity_reserves": 0.0, "finance.exchange_rate_reserves": 0.0, "finance.caution": 0.0}

    def imports(gain, off):
        def richer(world):
            firms = world.belarus.banks_and_firms
            firms.income_level = firms.income_level + gain / 12
            firms.income = firms.income_level

        total = watched(lambda world: world.belarus.importers.planned, shock=richer, horizon="2021-12", off=off)
        return total[24:].sum(0) / 3

    gained = imports(600.0, shut) - imports(0.0, shut)
    mostly(gained, +1, strictly=0.9)
    assert 300 < np.median(gained) < 800
    without = shut | {"finance.spending_speed": 0.0}
    assert np.median(imports(600.0, without) - imports(0.0, without)) < 0.2 * np.median(gained)


def test_a_rise_of_risk_drives_capital_out():
    """Doubt of 0.2 more in one month takes `capital_flight` x 0.2 of a year's GDP, and nothing where nothing flees."""

    def outflow(flight):
        world = make(draws=50, horizon="2017-12", off={"finance.capital_flight": flight})
        world.belarus.government.last_risk = world.belarus.government.risk - 0.2
        world.step()
        return world.belarus.banks_and_firms.other_capital, world.belarus.gdp

    (calm, gdp), (flown, _) = outflow(0.0), outflow(0.1)
    assert flown - calm == pytest.approx(-0.1 * 12 * gdp * 0.2)


def test_caution_improves_the_balance_and_wears_off():
    """A risk that lenders see 1.5 log odds higher for good: caution betters the balance for some years.

    All against firms and households that do not mind; where nobody gets used to the risk, the gain stays.
    """

    def balance(off, level):
        def used_to_less(world):
            firms = world.belarus.banks_and_firms
            firms.used_to = world.full(0.4)

        ratio = watched(
            lambda world: world.belarus.banks_and_firms.balance / world.belarus.gdp,
            shock=used_to_less,
            horizon="2028-12",
            off={"finance.capital_flight": 0.0, "finance.finance_multiplier": 0.0, "finance.risk_level": level} | off,
        )
        return ratio[12:24].mean(0), ratio[-24:].mean(0)

    def gain(off):
        return [np.median(more - less) for more, less in zip(balance(off, 2.5), balance(off, 1.0), strict=True)]

    nobody_minds = gain({"finance.caution": 0.0})
    wears_off, stays = (np.subtract(gain(off), nobody_minds) for off in ({}, {"finance.caution_memory": 50.0}))
    assert wears_off[0] > 0.002
    assert abs(wears_off[1]) < 0.3 * wears_off[0]
    assert stays[0] > 0.002
    assert stays[1] > 0.7 * stays[0]


ENDS_OF_LENDING = {
    "a ceiling on debt": [("belarus.debt_ceiling", 0.3, "2017-01")],
    "no Russian loans": [("russia.lending", 0.0, "2017-01")],
}


@pytest.mark.parametrize("name", ENDS_OF_LENDING)
def test_an_end_of_lending_costs_output(name):
    """Half a percent to four of it in the third year in the middle future, and a fifth of that where none answers."""

    def cost(off):
        changed, base = (simulate(changes, draws=200, horizon="2019-12", off=off) for changes in (changes_of, ()))
        names = ("output_carried_by_finance", "output_lost_to_gaps")
        return np.median(sum(changed[each][-1] - base[each][-1] for each in names))

    changes_of = ENDS_OF_LENDING[name]
    found = cost({})
    assert -0.04 < found < -0.005
    assert cost({"finance.finance_multiplier": 0.0}) > found / 5


def test_a_collapse_of_imports_calms_no_lender():
    """Imports of one month at half, reserves the same: no less risk, though the month's cover doubles."""
    world = make(draws=20)
    for _ in range(6):
        world.step()
    government, importers = world.belarus.government, world.belarus.importers
    risk, cover = government._risk(), government.cover
    importers.total = importers.total / 2
    assert government.cover == pytest.approx(2 * cover)
    assert government._risk() == pytest.approx(risk)
    importers.usual = importers.usual / 2  # as after years
    assert (government._risk() < risk).mean() > 0.5


def test_a_lost_subsidy_is_booked_once():
    """Lost finance takes no more than two fifths of what the subsidy does at first, and a tenth when spending has followed.

    At first the deficit is deeper as well, and part of what it asks for nobody lends.
    """
    gone, base = (
        simulate(changes, draws=200, horizon="2024-12") for changes in ([("russia.energy_subsidy", 0.0, "2017-01")], ())
    )

    def lost(name, year):
        return (gone[name][year - 1] - base[name][year - 1]).mean()

    assert lost("output_carried_by_subsidy", 8) < -0.03
    for year, share in ((1, 0.4), (2, 0.3), (3, 0.2), (8, 0.1)):
        assert abs(lost("output_carried_by_finance", year)) < share * abs(lost("output_carried_by_subsidy", year)), year


def test_own_reserves_used_are_no_lost_finance():
    """5 bn of reserves that are given in 2018 take the place of loans and do not lower output over five years."""

    def output(gift):
        world = make(draws=100, horizon="2022-12")
        seen = []
        while world.running:
            if world.month == parse("2017-12") and gift:
                world.money.stocks[BELARUS] = world.money.stocks[BELARUS] + gift
                world.belarus.government.last_reserves = world.belarus.government.last_reserves + gift
            world.step()
            seen.append(world.belarus.output)
        return np.array(seen)[12:].mean(axis=0)

    assert np.mean(output(5000.0) - output(0.0)) > 0


def test_finance_that_is_missed_is_what_lenders_and_firms_did_not_give():
    """A month by hand: sought less own reserves, loans and what was felt as a shortage; firms' part and the usual beside."""
    world = make(draws=200)
    government, firms, p = world.belarus.government, world.belarus.banks_and_firms, world.parameters.finance
    for _ in range(30):
        before = government.unfunded
        world.step()
    assert (firms.not_renewed != 0).all()
    gap = government.treasury.sought - (1 - p.private_finance) * government.spare - government.untied_borrowing
    felt = np.clip(gap, 0.0, government.shortage)
    unfunded = before + (gap - felt - before) / p.service_memory
    assert government.unfunded == pytest.approx(unfunded)
    usual, rest = p.usual_unfunded * world.belarus.gdp, np.clip(firms.not_renewed, 0.0, government.shortage - felt)
    assert government.lost_finance == pytest.approx(np.maximum(unfunded, 0.0) - usual + firms.not_renewed - rest)


# --- guarantees, claims, rescheduling ---


def test_a_called_guarantee_costs_the_budget_and_raises_risk():
    """Projects that earn nothing against projects that earn all: called, paid by the budget, seen by lenders (M07)."""

    def world(cover, off):
        def look(world):
            treasury = world.belarus.government.treasury
            return treasury.balance, world.belarus.government.risk, treasury.sought

        return watched(look, horizon="2018-12", off=off | {"loans.project_cover": cover})[-1]

    (poor, risky, seeks), (rich, safe, sought) = (world(cover, {}) for cover in (0.0, 1.0))
    mostly(poor - rich, -1, strictly=0.95)
    mostly(risky - safe, +1, share=0.95, strictly=0.95)
    mostly(seeks - sought, +1, share=0.95, strictly=0.9)
    blind = {"finance.risk_burden": 0.0, "finance.financed_abroad": 0.0}
    (_, risky, _), (_, safe, _) = (world(cover, blind) for cover in (0.0, 1.0))
    assert np.abs(risky - safe).max() < 1e-12


def test_debts_of_state_banks_arrive():
    """With claims debt and its risk are higher and the budget is lower; without any chance of them none comes."""
    never, often = (
        simulate(
            draws=200, horizon="2021-12", off={"finance.contingent_chance": chance, "finance.contingent_slump": 10.0}
        )
        for chance in (0.0, 0.5)
    )
    assert not never["debts_taken_over"].any()
    mostly(sum(effect("debts_taken_over", often, never, year) for year in range(1, 6)), +1, strictly=0.85)
    mostly(effect("debt_to_gdp" if "debt_to_gdp" in often else "external_public_debt", often, never, 5), +1, share=0.8)
    mostly(sum(effect("budget_balance", often, never, year) for year in range(1, 6)), -1, share=0.85)


def test_rescheduling_is_not_free():
    """All principal put off for years: a fee is paid and lenders see more risk; both go with their parameters."""
    put_off = [("china.rescheduling", 1.0, "2017-01")]

    def look(world):
        return world.belarus.government.risk, world.belarus.government.treasury.rescheduling_fee

    (risk, fee), (usual, _) = (watched(look, changes, horizon="2019-12")[-1] for changes in (put_off, []))
    mostly(risk - usual, +1, share=0.9, strictly=0.9)
    assert (fee > 0).all()
    free = {"finance.risk_rescheduling": 0.0, "finance.rescheduling_fee": 0.0}
    (risk, fee), (usual, _) = (watched(look, changes, horizon="2019-12", off=free)[-1] for changes in (put_off, []))
    assert not fee.any()
    assert np.median(risk - usual) < 0


# --- a debt ceiling ---


def test_a_debt_ceiling_binds_from_its_first_month():
    """What lenders kept on offer from the months before is held back too: nothing is borrowed above the ceiling."""
    look = lambda world: (world.belarus.government.untied_borrowing, world.belarus.government.debt_ratio)  # noqa: E731
    usual, held = (
        watched(look, horizon="2019-12"),
        watched(look, [("belarus.debt_ceiling", 0.1, "2019-01")], horizon="2019-12"),
    )
    assert np.array_equal(usual[:24], held[:24])
    above = held[23, 1] > 0.1
    assert above.mean() > 0.9
    assert usual[24, 0][above].mean() > 50
    assert not held[24, 0][above].any()


# --- lenders that leave, bonds that fall due ---

STOP = [("russia.lending", 0.0, "2018-01")]


def test_a_lenders_stop_raises_the_price_of_the_next_loan_and_the_risk():
    """Where neither strain nor risk has a price, nothing changes; and without the strain, risk would fall with debt."""

    def bond_rate(world):
        return world.belarus.government.debt_office.rates_agreed[MARKETS]

    def raised(measure, off=None):
        return (watched(measure, STOP, horizon="2020-12", off=off) - watched(measure, horizon="2020-12", off=off))[-1]

    mostly(raised(bond_rate), +1, share=0.95, strictly=0.95)
    no_price = {"finance.scarcity_spread": 0.0, "finance.default_chance": 0.0}
    assert np.abs(raised(bond_rate, no_price)).max() < 1e-12
    mostly(raised(lambda world: world.belarus.government.risk), +1, share=0.9, strictly=0.9)
    blind = raised(lambda world: world.belarus.government.risk, {"finance.risk_rollover": 0.0})
    assert np.median(blind) < 0.5 * np.median(raised(lambda world: world.belarus.government.risk))


def test_others_lend_more_when_one_leaves():
    def others(world):
        borrowed = world.belarus.government.borrowed
        return borrowed["multilateral"] + borrowed["bonds"]

    def gained(off=None):
        return np.mean(watched(others, STOP, off=off)[12:] - watched(others, off=off)[12:])

    assert gained() > 0
    assert gained({"finance.lending_stretch": 0.0}) < 0.7 * gained()


@pytest.mark.parametrize(
    ("origin", "due"),
    [
        ("2009-12", {18: 19.4}),
        ("2010-12", {6: 19.4, 56: 1000.0}),
        ("2014-12", {8: 1000.0, 37: 800.0}),
        ("2016-12", {13: 800.0}),
    ],
)
def test_recorded_bonds_fall_due_at_once(origin, due):
    assert bonds_by_month(all_evidence().record.known_at(parse(origin))) == pytest.approx(due)


def test_the_bond_of_2011_is_repaid_in_january_2018():
    bonds = watched(
        lambda world: world.money.claims["bonds"], [("eu.sanctions", "political", "2017-01")], horizon="2018-12"
    )
    assert bonds[11] == pytest.approx(800.0)
    assert bonds[12] == pytest.approx(0.0)
    service = watched(lambda world: world.belarus.government.treasury.service, horizon="2018-12")
    mostly(service[12] - service[11], +1, share=1.0, strictly=1.0)
    assert (service[12] - service[11] > 700).all()


def test_a_devaluation_makes_service_weigh_more():
    """Revenue is in roubles, service in dollars: a fall of the rouble by a quarter raises one over the other by a third."""

    def weight(size):
        world = make(draws=50, horizon="2017-12")
        world.belarus.devaluation = world.full(size)
        world.step()
        treasury = world.belarus.government.treasury
        return treasury.interest_paid / treasury.revenue

    assert weight(0.25) / weight(0.0) == pytest.approx(4 / 3, rel=0.02)
