"""Chinese projects work or fail, employ while they are built, yield, save gas and call guarantees: each can be cut."""

from dataclasses import replace

import numpy as np
import pytest

from sinobel.inputs.loans_and_contracts import MINE, SECTORS
from sinobel.policies import scenarios
from sinobel.policies.events import Loan
from sinobel.world.agents.loan_lives import lives
from tests.world.paired.test_finance import watched
from tests.world.paired.worlds import BASE, effect, mostly, simulate, taking_all_candidates

WORDS = ("energy", "industry", "transport", "telecom", "park", "mining", "multisector")
NONE_FAILS = {f"loans.failure_{word}": 0.0 for word in WORDS}
START = "2017-01"


def signed(amount, sector="industry", start=12 * 2017, **terms):
    """The baseline with one loan for a project, with a guarantee on all of it unless terms say else."""
    loan = Loan(
        name="project",
        lender="china",
        amount=amount,
        signed=start,
        sector=sector,
        instrument="commercial",
        **({"guaranteed": 1.0} | terms),
    )
    return scenarios.Scenario("signed", changes=BASE.changes, events=(loan,))


def level(world):
    """Output that projects carry and yield against the usual, and their capital."""
    projects = world.belarus.projects
    return projects.carried, projects.gained, projects.capital


# --- output ---


def test_projects_of_usual_lending_leave_the_baseline_where_it_is():
    """Trend growth holds them: in the mean of futures output moves by less than a fifth of a percent in fourteen years."""
    carried, gained, _ = watched(level, horizon="2030-12")[-1]
    assert abs(carried.mean() + gained.mean()) < 0.002
    assert np.abs(gained).max() > 0.0005


def test_lending_of_800_mn_a_year_adds_a_tenth_of_a_percent_of_growth():
    """0.05 to 0.12 points a year at the mean over ten years: 0.8 bn drawn a year beyond the usual (two thirds tied)."""

    def more(world):
        book = world.china.policy_banks.book
        honest, works = book.draw, [0.0]

        def draw(share, lapsing, tied_shares):
            paid, tied, gone = honest(share, lapsing, tied_shares)
            return paid + 800 / 12, tied + 800 / 12 * 0.67, gone

        def working():
            works[0] += 800 / 12
            return tuple(mean * works[0] + own for mean, own in zip(usual, honest_working(), strict=True))

        usual, honest_working = world.china.policy_banks.usual_lending()[0][1:], book.working
        book.draw, book.working = draw, working

    both = [watched(level, shock=shock, horizon="2026-12") for shock in (more, None)]
    carried, gained, _ = (both[0] - both[1])[-1]
    assert 0.05 < 100 * (carried + gained).mean() / 10 < 0.12


def test_tied_goods_carry_less_output_than_works_at_home():
    """A tied share of 0.9 instead of 0.5 lowers demand; without a difference of multipliers nothing moves."""

    def carried(share, off=None):
        changes = [("china.tied_share", share, START)]
        return watched(lambda world: world.belarus.projects.carried, changes, off=off, horizon="2019-12")[-1]

    mostly(carried(0.9) - carried(0.5), -1, strictly=0.95)
    alike = {"loans.tied_multiplier": 0.4, "loans.untied_multiplier": 0.4}
    with taking_all_candidates():
        left = np.abs(carried(0.9, alike) - carried(0.5, alike)).mean()
        assert left < 0.05 * np.abs(carried(0.9) - carried(0.5)).mean()


def test_no_lending_lowers_capital_and_output_and_later_debt():
    """Lending at an end: less capital and output from the third year on, less debt; nothing yields, nothing moves."""

    def ended(off=None):
        return [
            simulate(changes, draws=200, horizon="2026-12", off=off)
            for changes in ([("china.lending_volume", 0.0, START)], [])
        ]

    none, usual = ended()
    for name in ("project_capital", "output_gained_by_projects", "output_carried_by_projects", "debt_to_china"):
        for year in (3, 10):
            mostly(effect(name, none, usual, year), -1, share=0.85, strictly=0.85)
    assert (
        effect("output_gained_by_projects", none, usual, 10) < effect("output_gained_by_projects", none, usual, 3)
    ).mean() > 0.9
    barren = {f"loans.return_{word}": 0.0 for word in WORDS}
    none, usual = ended(barren)
    assert np.abs(effect("output_gained_by_projects", none, usual, 10)).max() < 1e-12


# --- guarantees ---


def budget(world):
    """What the budget pays of guarantees, risk, and what the budget seeks abroad."""
    government = world.belarus.government
    return world.china.policy_banks.called, government.risk, government.treasury.sought


def test_a_project_that_fails_calls_its_guarantee_and_raises_risk():
    """A guaranteed loan of 2 bn with a year of grace."""
    terms = {"grace": 1.0, "maturity": 12.0}

    def failing(chance, **others):
        off = {"loans.failure_transport": chance, "loans.draw_pace": 0.5}
        return watched(budget, signed(2000.0, "transport", **terms, **others), off=off, horizon="2022-12")[-1]

    (called, risk, sought), (earned, safe, less) = failing(1.0), failing(0.0)
    mostly(called - earned, +1, strictly=0.99)
    mostly(risk - safe, +1, share=0.9, strictly=0.9)
    mostly(sought - less, +1, share=0.95, strictly=0.9)


@pytest.mark.parametrize(("guaranteed", "called"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_what_fails_calls_what_is_guaranteed_of_it(guaranteed, called):
    """From the end of grace all service of a loan whose project fails, as far as it has a guarantee."""
    seen = []

    def look(world):
        row, life = world.china.policy_banks.book.old, lives(world.china.policy_banks)
        seen.append((life["interest"][row] + life["principal"][row], life["called"][row]))
        return life["fails"][row]

    event = signed(2000.0, "transport", grace=1.0, maturity=12.0, guaranteed=guaranteed)
    off = {"loans.failure_transport": 1.0, "loans.draw_pace": 0.5}
    assert (watched(look, event, off=off, horizon="2022-12")[-1] == 1.0).all()
    service, paid = np.diff(np.array(seen)[[-13, -1]], axis=0)[0]
    assert (service > 50.0).all()
    assert paid == pytest.approx(called * service)


def test_a_failing_project_earns_until_principal_falls_due():
    """In grace its service is paid as that of one that works; from the first installment on all of it is called."""

    def row(grace):
        def look(world):
            book = world.china.policy_banks.book
            return book.projects.unearned[book.old].copy()  # which is written in place

        off = NONE_FAILS | {"loans.failure_energy": 1.0, "loans.project_cover": 0.75}
        return watched(look, signed(500.0, "energy", grace=grace, maturity=14.0), off=off, horizon="2021-12")

    late, soon = row(6.0), row(2.0)
    assert np.allclose(late, 0.25)
    assert np.allclose(soon[23], 0.25)
    assert np.allclose(soon[-1], 1.0)


def test_guarantees_are_called_loan_by_loan():
    """What is called of all loans is the sum of what each calls, with some that fail and some that work."""
    told = []

    def look(world):
        told.append(lives(world.china.policy_banks)["called"].sum(0))
        return world.china.policy_banks.called

    called = watched(look, horizon="2024-12")
    assert np.cumsum(called, axis=0) == pytest.approx(np.array(told), rel=1e-6)


# --- all fail ---


def fate_of(sector, chance):
    """A world in which the projects of a sector fail with some chance, while usual lending is what it was."""

    def shock(world):
        book = world.china.policy_banks.book
        honest = book.open_year

        def open_year(year, odds):
            failure = [world.full(chance) if place == sector else each for place, each in enumerate(odds.failure)]
            honest(year, replace(odds, failure=tuple(failure)))

        book.open_year = open_year

    return shock


@pytest.mark.parametrize("sector", range(len(SECTORS)), ids=WORDS)
def test_when_all_projects_of_a_sector_fail(sector):
    """Guarantees called and risk rise, debt moves, capital and output fall; only loans of that sector call more.

    In the park plants of foreign owners fail as well and send no profits abroad: risk hardly moves, either way (T138).
    """

    def ends(chance):
        kept = {}

        def look(world):
            kept["lives"] = lives(world.china.policy_banks)
            government, projects = world.belarus.government, world.belarus.projects
            called = world.china.policy_banks.called
            return called, government.risk, government.debt, projects.capital, world.belarus.output

        return watched(look, shock=fate_of(sector, chance), horizon="2026-12")[-1], kept["lives"]

    (failed, lost), (worked, kept) = ends(1.0), ends(0.0)
    called, risk, debt, capital, output = failed - worked
    assert called.mean() > 0
    assert risk.mean() > (-1e-3 if SECTORS[sector] == "industrial park" else 0)
    assert np.abs(debt).max() > 0
    mostly(capital, -1, share=0.95, strictly=0.3)
    mostly(output, -1, share=0.8, strictly=0.3)
    more = lost["called"] - kept["called"]
    same = (lost["sector"] != sector) & (lost["sector"] == kept["sector"])
    for paid in ("interest", "principal"):  # a debtor in distress puts off more of it
        same = same & (lost[paid] == kept[paid])
    assert np.abs(more[same]).max() < 1e-9
    assert more[lost["sector"] == sector].sum() > 0


def test_stress_makes_all_projects_fail_from_the_next_january():
    """The lever does what chances of one do; before its January nothing moves."""
    base = simulate(draws=100, horizon="2022-12")
    stressed = simulate([("world.project_failure", 1.0, "2019-06")], draws=100, horizon="2022-12")
    assert np.array_equal(stressed["guarantees_called"][:3], base["guarantees_called"][:3])
    mostly(effect("guarantees_called", stressed, base, 4), +1, strictly=0.95)
    assert stressed["project_capital"][3:].max() == 0.0
    mostly(effect("solvency_risk", stressed, base, 6), +1, strictly=0.9)


@pytest.mark.parametrize(("origin", "known"), [("2014-12", False), ("2016-12", True)])
def test_what_the_record_knows_to_have_failed_fails_in_every_future(origin, known):
    """The cement works were overdue by January 2015: before that chance decides, after it no odds bring them back."""
    fails = {}

    def look(world):
        book = world.china.policy_banks.book
        fails.update(zip(book.names, book.projects.fails(book.sector), strict=True))
        return world.month

    def cement(off=None):
        watched(look, off=off, origin=origin, horizon=f"{int(origin[:4]) + 1}-12")
        return [fails[name].mean() for name in ("L04", "L05", "L06", "L07")], fails["L17"].mean()

    works, soda = cement(NONE_FAILS)
    assert works == [float(known)] * 4
    assert soda == 0.0
    usual, soda = cement()
    assert all(share == 1.0 if known else 0.3 < share < 0.75 for share in usual)
    assert 0.3 < soda < 0.75


# --- gas ---


def test_a_power_plant_that_is_built_lowers_the_gas_bill():
    """1 bn for power plants: less gas for as much output; one that fails saves none, nor one that saves nothing."""

    def gas(amount, off):
        def look(world):
            importers = world.belarus.importers
            return importers.energy - world.belarus.refineries.crude_bill

        return watched(look, signed(amount, "energy"), off=off, horizon="2024-12")[-1]

    works = {"loans.failure_energy": 0.0, "loans.return_energy": 0.0}
    less = gas(1000.0, works) - gas(1.0, works)
    mostly(less, -1, share=0.95, strictly=0.9)
    blind = gas(1000.0, works | {"loans.gas_saving": 0.0}) - gas(1.0, works | {"loans.gas_saving": 0.0})
    assert less.mean() < -1.0
    assert abs(blind.mean()) < 0.2 * abs(less.mean())
    fails = works | {"loans.failure_energy": 1.0}
    assert abs((gas(1000.0, fails) - gas(1.0, fails)).mean()) < 0.2 * abs(less.mean())


# --- the mine ---


def ore(changes=(), **off):
    """Capacity of the mines at the end of 2026, kt a month, draw by draw."""
    off = {f"loans.{name}": value for name, value in off.items()}
    return watched(lambda world: world.belarus.belaruskali.mine_capacity, changes, off=off, horizon="2026-12")[-1]


WORKS = {"failure_mining": 0.0}


def test_a_mine_whose_loan_is_not_drawn_does_not_come():
    """Drawn at a crawl the loan pays for a part of the mine; a mine that needs no money comes all the same."""
    none = ore([("belarus.new_mine", 0.0, START)])
    mostly(ore(**WORKS) - none, +1, strictly=0.99)
    mostly(ore(**WORKS, draw_pace=0.02) - ore(**WORKS), -1, strictly=0.99)
    free = {"mine_money": 100.0}
    assert np.allclose(ore(**WORKS, draw_pace=0.02, **free), ore(**WORKS, **free))


def test_a_mine_that_fails_brings_no_tonnes():
    """Not one in any future where all mines fail, by their odds or by the lever; else where the loan for it works."""
    none = ore([("belarus.new_mine", 0.0, START)])
    assert np.array_equal(ore(failure_mining=1.0), none)
    assert np.array_equal(ore([("world.project_failure", 1.0, START)]), none)
    fails = []

    def mine(world):
        book = world.china.policy_banks.book
        fails[:] = [book.projects.fails(book.sector)[book.names.index(MINE)]]
        return world.belarus.belaruskali.mine_capacity

    comes = watched(mine, horizon="2026-12")[-1] > none
    assert np.array_equal(comes, fails[0] == 0.0)
    assert 0.1 < fails[0].mean() < 0.5


def test_a_loan_for_mining_of_a_scenario_pays_for_the_mine():
    """A billion more lets a mine that is planned whole come whole; one for transport does not, nor one that fails."""
    whole = [("belarus.new_mine", 1.0, START)]

    def with_loan(sector, **off):
        loans = signed(1000.0, sector).events
        changed = BASE.with_change("belarus.new_mine", 1.0, start=START, name="whole")
        return ore(scenarios.Scenario("more", changes=changed.changes, events=loans), **off)

    alone = ore(whole, **WORKS)
    mostly(with_loan("mining", **WORKS) - alone, +1, strictly=0.9)
    assert np.allclose(with_loan("transport", **WORKS), alone, rtol=0.001)
    assert np.array_equal(with_loan("mining", failure_mining=1.0), ore(whole, failure_mining=1.0))


def test_the_shipped_billion_for_the_mine_does_more_than_its_lever():
    """Its loan brings a third to two thirds more tonnes than the plan alone, where the plan waits for money."""
    shipped = scenarios.load("one-billion-for-the-mine")
    lever = scenarios.Scenario("plan", changes=shipped.changes)
    none, plan, both = (ore(each) for each in ([("belarus.new_mine", 0.0, START)], lever, shipped))
    mostly(both - plan, +1, strictly=0.6)
    assert 4 / 3 < (both - none).mean() / (plan - none).mean() < 5 / 3


@pytest.mark.parametrize(("origin", "counts"), [("2016-12", False), ("2015-12", True)])
def test_a_loan_for_the_mine_yields_tonnes_or_output_and_never_both(origin, counts):
    """Like industry's it yields output where the record knows no loan for the mine, and none where it is paid in ore."""
    off = {f"loans.return_{word}": 0.15 for word in WORDS} | NONE_FAILS | {"loans.appetite_risk": 0.0}
    start = 12 * (int(origin[:4]) + 1)

    def yields(amount, sector):
        def look(world):
            return world.china.policy_banks.working[0]

        return watched(look, signed(amount, sector, start), off=off, origin=origin, horizon="2021-12")[-1]

    usual = yields(0.001, "industry").mean()
    of_industry, of_mining = (yields(1000.0, sector).mean() - usual for sector in ("industry", "mining"))
    assert of_industry > 2.0
    assert of_mining == pytest.approx(of_industry if counts else 0.0, abs=0.02 * of_industry)


# --- what a restriction lets pass ---


def test_a_restriction_passes_transport_and_the_park_whole():
    """Nothing else is signed where the filter lets nothing pass, and those as much as before."""

    def by_sector(*changes):
        kept = {}

        def look(world):
            book = world.china.policy_banks.book
            kept["rows"] = book.committed[book.first_candidate :].copy(), book.sector[book.first_candidate :].copy()
            return world.china.policy_banks.release

        off = {"loans.obor_filter": 0.0, "loans.appetite_risk": 0.0}
        watched(look, changes, off=off, horizon="2021-12")
        committed, sector = kept["rows"]
        return [(committed * (sector == place)).sum() for place in range(len(SECTORS))]

    with taking_all_candidates():
        restricted, usual = by_sector(("china.obor_restriction", True, START)), by_sector()
    for place, name in enumerate(SECTORS):
        passing = name in ("transport", "industrial park")
        assert restricted[place] == pytest.approx(usual[place] if passing else 0.0, rel=0.01)
    assert min(usual) > 0
