"""Books and run say the same of the same thing: interest, service, burden, spare reserves, income over GDP."""

import numpy as np
import pytest

from sinobel.world import ledger
from sinobel.world.opening.finance import debt_by_creditor, service_of_debts
from sinobel.world.rules import economy, external_accounts
from tests.world.paired.worlds import make

FREE = {"finance.largest_outflow": 0.3}  # no bound on what leaves, so that a part is a part


def books(origin="2016-12", **rates):
    """Opening of the accounts with some parameters of finance."""
    world = make(draws=50, origin=origin, horizon="2017-12", off=FREE | {f"finance.{n}": v for n, v in rates.items()})
    return world, world.opening.finance


@pytest.mark.parametrize(("rate", "claim"), [("other_rate", ledger.OTHER), ("multilateral_rate", ledger.MULTI)])
def test_private_money_finances_what_the_run_takes_for_private(rate, claim):
    """Each dollar of interest the state pays is none that banks and firms spent: they financed a part of one less.

    So with dearer debt the rest of capital that came in is larger by that part; debts count midway in a year.
    """
    (world, cheap), (_, dear) = books(**{rate: 0.0}), books(**{rate: 0.1})
    stocks = [debt_by_creditor(world.known, year)[claim] for year in (2014, 2015, 2016)]
    interest = 0.1 * (stocks[0] + 2 * stocks[1] + stocks[2]) / 4
    part = world.parameters.finance.private_finance
    assert interest > 20
    assert 12 * (dear.other_capital - cheap.other_capital) == pytest.approx(part * interest)
    assert 12 * (dear.income - cheap.income) == pytest.approx(interest)


def test_books_finance_a_deficit_as_the_run_does():
    """With nothing financed the rest is what came in; a deficit in reach of no bound, nothing to spare, leaves less."""
    (world, none), (_, some) = (books(private_finance=part, reserve_target=12.0) for part in (0.0, 0.5))
    known, p = world.known, world.parameters
    financed = []
    for year in (2015, 2016):
        debts = [debt_by_creditor(known, end) for end in (year - 1, year)]
        rates = {
            ledger.TIED: p.loans.effective_interest,
            ledger.RUSSIAN: p.finance.russia_rate,
            ledger.MULTI: p.finance.multilateral_rate,
            ledger.BONDS: p.finance.bond_rate,
            ledger.OTHER: p.finance.other_rate,
        }
        interest = sum(rate * (debts[0][claim] + debts[1][claim]) / 2 for claim, rate in rates.items())
        lent = p.loans.tied_share * known.value("loan_disbursements.CHN", year)
        tied = np.minimum(lent, p.trade.largest_tied_imports * known.value("imports.BLR.CHN", year))
        financed.append(-0.5 * (known.value("current_account.BLR", year) + interest + tied))
    assert 12 * (none.other_capital - some.other_capital) == pytest.approx(np.mean(financed, axis=0))


def test_the_bound_on_what_leaves_holds_in_the_books():
    """A surplus beyond the bound: no more than it was taken to leave in a recorded year, as in a simulated one."""
    off = {"finance.private_finance": 1.0, "finance.bond_rate": 0.25, "finance.russia_rate": 0.15}
    opened = []
    for most in (0.0, 0.3):
        world = make(draws=50, horizon="2017-12", off=off | {"finance.largest_outflow": most})
        opened.append(world.opening.finance.other_capital)
    assert (opened[1] >= opened[0]).all()
    assert (opened[1] > opened[0]).mean() > 0.9


def test_service_opens_with_interest_on_all_debts():
    (world, cheap), (_, dear) = books(other_rate=0.0), books(other_rate=0.1)
    assert 12 * (dear.service - cheap.service) == pytest.approx(0.1 * world.money.claims[ledger.OTHER])


def test_service_remembers_bonds_that_were_repaid():
    """A billion of August 2015 in an average over twelve months: 1,000 / 12 then, times 11 / 12 in each month since.

    So are earlier bonds, little as it is, and the billion still at the end of 2016.
    """
    world, opened = make(draws=5, origin="2015-12", horizon="2016-12"), None
    opened = (
        world.belarus.government.service_average - service_of_debts(world.opening.finance.debts, world.parameters) / 12
    )
    ahead = make(draws=5, origin="2014-12", horizon="2015-12").belarus.government.treasury.bonds_due
    assert float(ahead[7][0]) == 1000.0
    assert opened == pytest.approx(1000 / 12 * (11 / 12) ** 4, rel=1e-3)
    later = make(draws=5, origin="2016-12", horizon="2017-12")
    steady = service_of_debts(later.opening.finance.debts, later.parameters) / 12
    assert later.belarus.government.service_average - steady == pytest.approx(1000 / 12 * (11 / 12) ** 16, rel=1e-3)


@pytest.mark.parametrize("origin", ["2012-12", "2014-12", "2016-12"])
def test_the_burden_of_the_budget_goes_on_as_it_opens(origin):
    """The first months take of the budget what the books say that a year does, a twelfth each: within a tenth."""
    world = make(draws=300, origin=origin, horizon="2017-12", off={"finance.contingent_chance": 0.0})
    treasury = world.belarus.government.treasury
    opened, seen = treasury.burden_average, []
    for _ in range(6):
        before = treasury.burden_average
        world.step()
        seen.append(before + 12 * (treasury.burden_average - before))
    assert np.median(np.mean(seen, axis=0) / opened) == pytest.approx(1.0, abs=0.1)


def test_spare_reserves_are_counted_once_and_leave_bonds_of_the_year_alone(monkeypatch):
    """Bonds of 800 mn fall due in January 2018; reserves of twelve billion are to spare without them, for all alike."""
    told, counted = [], []
    finance, count = external_accounts.private_finance, external_accounts.spare_reserves

    def listening(**given):
        told.append(given["spare"])
        return finance(**given)

    def counting(**given):
        counted.append(given)
        return count(**given)

    world = make(draws=20, horizon="2017-12")
    monkeypatch.setattr(external_accounts, "private_finance", listening)
    monkeypatch.setattr(external_accounts, "spare_reserves", counting)
    world.step()
    world.step()
    government = world.belarus.government
    government.last_reserves = world.full(12_000.0)
    bonds = government.treasury.bonds_of_year
    assert float(bonds.min()) >= 800.0
    world.step()
    assert len(counted) == 3  # once a month
    target = world.parameters.finance.reserve_target * world.belarus.importers.planned + bonds
    assert told[-1] == pytest.approx((12_000.0 - target) / 12)
    assert told[-1] is government.spare


def test_income_is_set_against_gdp_of_its_month(monkeypatch):
    """What output answers: income over GDP of the month, both in dollars of it, at the real exchange rate of the origin.

    GDP of a year stands in the middle of it; by the end of the third year after the origin prices are those of 41.5
    months later, and output is that of December 2019.
    """
    seen, rule = [], economy.carried_by_income

    def listening(**given):
        seen.append(given)
        return rule(**given)

    world = make(draws=50, horizon="2019-12", off={"finance.dollar_inflation": 0.05})
    monkeypatch.setattr(economy, "carried_by_income", listening)
    while world.running:
        output, carried = world.belarus.output, world.belarus.carried
        world.step()
    gdp = world.belarus.base_gdp * np.exp(output - carried + 0.05 * 41.5 / 12)
    assert len(seen) == 7 * 36  # potash, subsidy, exports, gaps, lost finance, and money for projects in two kinds
    for given in seen[-7:]:
        assert given["gdp"] == pytest.approx(gdp)
    potash = world.belarus.belaruskali.expected_revenue - world.belarus.base_potash * np.exp(0.05 * 3)
    assert seen[-7]["change"] == pytest.approx(potash)


REAL_PULLS = {
    "trade.competitiveness": 0.0,
    "finance.fdi_reform": 0.0,
    "finance.fdi_risk": 0.0,
    "finance.income_spread": 0.0,
    "trade.other_exports_drive": 0.0,
}
"""Off, so that what debts and reserves do with inflation stays out of what is asked."""


def worth(inflation, origin="2016-12"):
    """Flows after eight years at prices of the origin, with some inflation of dollar prices.

    Exports to Russia, the EU and the rest open with ordinary growth since the middle of the year, prices included.
    """
    world = make(draws=50, origin=origin, horizon="2024-12", off=REAL_PULLS | {"finance.dollar_inflation": inflation})
    while world.running:
        world.step()
    exporters, firms = world.belarus.exporters, world.belarus.banks_and_firms
    flows = {
        "Russia": exporters.russia,
        "EU": exporters.eu_goods,
        "rest": exporters.rest_goods,
        "China": exporters.china_goods,
        "services": exporters.services,
        "Chinese investment": world.china.investors.fdi,
        "refining margin": world.belarus.refineries.margin,
        "income": firms.income,
        "subsidy": world.russia.government.full_subsidy,
    }
    since = {name: 11 / 24 if name in ("Russia", "EU", "rest") else 0.0 for name in flows}  # years before the origin
    return {
        name: flow / world.environment.price_level / np.exp(inflation * since[name]) for name, flow in flows.items()
    }


def test_inflation_of_dollar_prices_moves_no_real_flow():
    """With 1 and 2.5 % a year the same goods are sold eight years later, but for income, which follows with a lag.

    Residents of Great Stone invest in a year at prices of its January: at the end of it a year's difference is left.

    The old potash contract is remembered in dollars, so in a few futures it is settled in another month.
    """
    low, high = worth(0.01), worth(0.025)
    assert np.isclose(high["China"], low["China"], rtol=4e-3, atol=1e-3).mean() >= 0.95
    for name in ("Russia", "EU", "rest", "services", "refining margin", "subsidy"):
        assert high[name] == pytest.approx(low[name], rel=4e-3, abs=1e-3), name
    assert high["Chinese investment"] == pytest.approx(low["Chinese investment"], rel=0.015)
    assert high["income"] == pytest.approx(low["income"], rel=0.04)
