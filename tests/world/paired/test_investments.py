"""Investment that events bring builds in its sector, wherever the money is from: each expectation stands in a docstring."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.policies import scenarios
from sinobel.policies.events import SECTORS, Investment, Loan
from tests.world.paired.test_finance import watched
from tests.world.paired.worlds import effect, mostly, simulate

DRAWS = 100
FROM, UNTIL = months.parse("2018-01"), months.parse("2018-12")
WORDS = ("energy", "industry", "transport", "telecom", "park", "mining", "multisector")
NAMED = {"loans.project_efficiency": 0.7, "loans.project_wear": 0.05}
ALIKE = NAMED | {f"loans.failure_{word}": 0.25 for word in WORDS} | {f"loans.return_{word}": 0.12 for word in WORDS}


def invested(sector="", investor="elsewhere", amount=1000.0):
    """A scenario in which so much is invested in 2018."""
    event = Investment(
        name="plant", start=FROM, until=UNTIL, amount=amount, yearly=False, investor=investor, sector=sector
    )
    return scenarios.Scenario("invested", events=(event,))


def lived(changes=(), off=None):
    return simulate(changes, draws=DRAWS, horizon="2024-12", off=off)


@pytest.fixture(scope="module")
def base():
    return lived(off=ALIKE)


@pytest.mark.parametrize("investor", ["china", "elsewhere"])
@pytest.mark.parametrize("sector", ["", *SECTORS])
def test_an_investment_builds_and_yields_in_its_sector(base, sector, investor):
    """1 bn of which a quarter fails: 750 mn of capital in the year after, which yields 12 % a year, own money being well spent.

    Output gained over GDP by 2019 is 0.12 x 750 / GDP of about 50 bn, 0.18 %; the sum over months within a twentieth.
    """
    own = f"loans.return_{WORDS[SECTORS.index(sector or 'multisector')]}"
    changed = lived(invested(sector, investor), off=ALIKE)
    np.testing.assert_allclose(effect("project_capital", changed, base, 3), 750.0, atol=15.0)
    np.testing.assert_allclose(effect("project_capital", changed, base, 2), 0.0, atol=5.0)
    yielded = 0.12 * 750 / base["gdp"][2]
    gained = effect("output_gained_by_projects", changed, base, 3)
    assert gained.mean() / yielded.mean() == pytest.approx(1.0, abs=0.15)
    barren = ALIKE | {own: 0.0}
    nothing = effect("output_gained_by_projects", lived(invested(sector, investor), barren), lived(off=barren), 3)
    assert np.abs(nothing.mean()) < 0.05 * gained.mean()


def test_power_plants_of_investors_save_gas_and_nothing_else_does():
    """Power plants save gas from the January after; a works of as much saves none, nor plants that save nothing."""

    def saved(changes, off):
        return watched(lambda world: world.belarus.projects.gas_saved, changes, off=off, horizon="2020-12")[-1]

    nothing = saved((), ALIKE)
    mostly(saved(invested("energy"), ALIKE) - nothing, +1, share=0.99, strictly=0.95)
    assert np.abs(saved(invested("industry"), ALIKE) - nothing).max() < 0.005
    blind = ALIKE | {"loans.gas_saving": 0.0}
    assert np.abs(saved(invested("energy"), blind)).max() == 0.0


def test_it_is_no_debt_has_no_guarantee_and_takes_profits_later(base):
    """No row of the loan book and no guarantee; its owners' profits stay.

    0.65 to 0.9 of 12 % of the 750 mn that work, less two years of wear, is 53 to 73 mn in the fourth year; lower risk
    draws others, who take some more.
    """

    def rows(world):
        book = world.china.policy_banks.book
        return book.committed[book.events].max(), book.guaranteed[book.events].max()

    signed = watched(rows, invested("industry"), off=ALIKE, horizon="2019-12")
    assert np.abs(signed[-1]).max() == 0.0
    changed = lived(invested("industry"), off=ALIKE)
    for year in (3, 5, 7):
        mostly(effect("fdi_profits", changed, base, year), +1, share=0.99, strictly=0.99)
    assert 50 < effect("fdi_profits", changed, base, 4).mean() < 85


def test_it_buys_equipment_where_it_comes_from(base):
    """From 0.2 to 0.6 of it: from elsewhere in the Union, from China in China, and none of it where content is nought."""
    for investor, here, there in (("elsewhere", "eu", "china"), ("china", "china", "eu")):
        more = lived(invested("industry", investor), off=ALIKE)
        assert 200 < effect(f"imports_from_{here}", more, base, 2).mean() < 700
        assert np.abs(effect(f"imports_from_{there}", more, base, 2)).mean() < 100
    bare = ALIKE | {"trade.fdi_import_content": 0.0}
    none = effect("imports_from_eu", lived(invested("industry"), bare), lived(off=bare), 2)
    assert none.mean() < 100


def test_works_carry_output_while_it_is_built_and_none_works_where_all_fail(base):
    """Works of a billion less equipment carry output in 2018; where every project fails nothing is built by it."""
    changed = lived(invested("transport"), off=ALIKE)
    mostly(effect("output_carried_by_projects", changed, base, 2), +1, share=0.99, strictly=0.99)
    failing = ALIKE | {"loans.failure_transport": 1.0}
    built = effect("project_capital", lived(invested("transport"), failing), lived(off=failing), 3)
    np.testing.assert_allclose(built, 0.0, atol=15.0)
    stress = [("world.project_failure", 1.0, "2017-01")]
    harsh = scenarios.load("baseline").with_change(*stress[0][:2], start=stress[0][2])
    both = scenarios.Scenario("both", changes=harsh.changes, events=invested("transport").events)
    np.testing.assert_allclose(lived(both, off=ALIKE)["project_capital"][3], 0.0)


def test_a_loan_and_an_investment_of_as_much_build_alike():
    """Where all works and nothing is overpaid it builds what a loan drawn at once does; other lending is less with that."""
    off = NAMED | {
        "loans.project_efficiency": 1.0,
        "loans.failure_energy": 0.0,
        "loans.draw_pace": 5.0,
        "loans.largest_pace": 0.99,
    }
    base = lived(off=off)
    loan = Loan(name="plant", lender="china", amount=1000.0, signed=FROM, sector="energy", instrument="commercial")
    lent = lived(scenarios.Scenario("lent", events=(loan,)), off=off)
    owned = lived(invested("energy"), off=off)
    for name in ("project_capital", "output_gained_by_projects"):
        both = [effect(name, each, base, 5).mean() for each in (lent, owned)]
        assert both[1] == pytest.approx(both[0], rel=0.25)


def test_what_a_loan_pays_too_much_for_yields_less_than_an_investment():
    """0.7 of what is paid for is in place with a loan, all of it with money of the owner's own."""
    off = NAMED | {"loans.failure_energy": 0.0, "loans.draw_pace": 5.0, "loans.largest_pace": 0.99}
    base = lived(off=off)
    loan = Loan(name="plant", lender="china", amount=1000.0, signed=FROM, sector="energy", instrument="commercial")
    lent, owned = (
        effect("output_gained_by_projects", lived(changes, off=off), base, 5).mean()
        for changes in (scenarios.Scenario("lent", events=(loan,)), invested("energy"))
    )
    assert lent / owned == pytest.approx(0.7, abs=0.15)
