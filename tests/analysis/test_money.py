"""Every 100 dollars signed are somewhere, in every draw; the loans add up to the book, and the book to the ledger."""

import numpy as np
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import money as m
from sinobel.inputs.loans_and_contracts import INSTRUMENTS, SECTORS
from sinobel.policies import scenarios
from sinobel.reporting.tables import loan_words
from sinobel.runs.request import Request
from sinobel.runs.trajectories import LOAN_MEASURES, UNTIED
from sinobel.world.agents.loan_lives import lives
from sinobel.world.world import World
from tests.world.paired.worlds import sign_event

TOLERANCE = 1e-6


def with_changes(*changes):
    policy = scenarios.load("baseline")
    for lever, value in changes:
        policy = policy.with_change(lever, value, start="2018-03", name="changed")
    return policy


POLICIES = {
    "baseline": with_changes(),
    "rescheduling": scenarios.load("chinese-rescheduling"),
    "tied share limited": with_changes(("belarus.tied_share_limit", 0.4)),
    "half untied": with_changes(("belarus.untied_share_requested", 0.5)),
    "tied share falls": with_changes(("china.tied_share", 0.2), ("china.interest_rate", 0.0)),
}


def run(policy, horizon="2024-12", draws=60, origin="2016-12"):
    """Lives of the loans at the horizon, and the sums of what the world reported every month."""
    world = World(policy, draws, 3, origin=origin, horizon=horizon, collect=False)
    flows = {}
    banks = world.china.policy_banks
    while world.running:
        world.step()
        for name in (
            "loan_disbursements",
            "principal_to_china",
            "interest_to_china",
            "guarantees_called",
            "loan_commitments",
            "lapsed_commitments",
        ):
            flows[name] = flows.get(name, 0.0) + world.observe_one(name)
        flows["tied"] = flows.get("tied", 0.0) + banks.deliveries[-1]  # what was drawn for tied goods this month
    return lives(banks), flows, world


@pytest.mark.parametrize("name", POLICIES)
def test_loans_add_up_to_the_book_and_the_ledger_in_every_draw(name):
    found, flows, world = run(POLICIES[name])
    total = {measure: values.sum(axis=0) for measure, values in found.items()}
    for measure, flow in (
        ("drawn", "loan_disbursements"),
        ("principal", "principal_to_china"),
        ("interest", "interest_to_china"),
        ("called", "guarantees_called"),
        ("tied", "tied"),
    ):
        error = np.abs(total[measure] - flows[flow]) / np.maximum(flows[flow], 1.0)
        assert error.max() <= TOLERANCE, measure
    lapsed = total["signed"] - total["drawn_before"] - total["drawn"] - total["undrawn"]
    np.testing.assert_allclose(lapsed, flows["lapsed_commitments"], rtol=TOLERANCE)
    np.testing.assert_allclose(
        total["signed"], world.opening.loans.committed.sum() + flows["loan_commitments"], rtol=TOLERANCE
    )
    np.testing.assert_allclose(total["outstanding"], world.observe_one("debt_to_china"), rtol=TOLERANCE)
    np.testing.assert_allclose(total["undrawn"], world.observe_one("undrawn_commitments"), rtol=TOLERANCE)


@pytest.mark.parametrize("origin", ["2008-12", "2012-12", "2016-12"])
def test_what_came_before_the_origin_is_the_record(origin):
    found, _, world = run("baseline", f"{int(origin[:4]) + 1}-12", 30, origin)
    known = world.known
    for measure, series in (("drawn_before", "loan_disbursements.CHN"), ("interest_before", "interest_payments.CHN")):
        recorded = sum(known.years(series, 2005).values())
        np.testing.assert_allclose(found[measure].sum(axis=0), recorded, rtol=1e-6)
    assert (found["principal_before"] >= -1e-9).all()
    assert (found["tied_before"] <= found["drawn_before"] + 1e-9).all()


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    request = Request(
        (scenarios.load("baseline"), scenarios.load("untied-finance"), POLICIES["half untied"]),
        300,
        1,
        horizon="2022-12",
    )
    with store.Run(request, tmp_path_factory.mktemp("results") / "r") as run_:
        yield run_.simulate()


def test_every_dollar_signed_is_somewhere_in_every_draw(results):
    for scenario, loans in results.loans.items():
        for story in m.every_story(loans, scenario):
            per_100 = {key: story.per_100(key)[story.signed > 0] for key in story.items}
            spent = sum(value for (stage, _), value in per_100.items() if stage == m.SPENT)
            assert (np.abs(spent - 100) <= 100 * TOLERANCE).all(), (scenario, story.loan)
            drawn = sum(per_100[m.SPENT, item] for item in m.PAID_OUT)
            after = sum(value for (stage, _), value in per_100.items() if stage == m.DRAWN)
            assert (np.abs(after - drawn) <= 100 * TOLERANCE).all(), (scenario, story.loan)
            assert (
                per_100[m.BUDGET, m.CALLED]
                <= sum(per_100[m.RETURNED, item] for item in (m.PRINCIPAL, m.INTEREST)) * (1 + TOLERANCE) + 1e-4
            ).all()
            for key, value in per_100.items():
                if key[0] != m.TERMS and key[1] != m.REVALUED:
                    assert (value >= -1e-4).all(), key


def test_groups_are_the_sums_of_their_loans(results):
    loans = results.loans["changed"]
    book, before, new = (m.money(loans, "changed", group) for group in m.GROUPS)
    for key in book.items:
        if key[0] != m.TERMS:
            np.testing.assert_allclose(book.items[key], before.items[key] + new.items[key], rtol=1e-6, atol=1e-6)
    one_by_one = sum(m.money(loans, "changed", name).items[m.SPENT, m.GOODS] for name in loans)
    np.testing.assert_allclose(book.items[m.SPENT, m.GOODS], one_by_one, rtol=1e-6)
    assert m.money(loans, "changed", UNTIED).signed.max() > 0
    assert (m.money(loans, "changed", UNTIED).items[m.SPENT, m.GOODS] == 0).all()


def test_untied_money_has_a_line_of_its_own_and_no_part_in_what_projects_are():
    """200 for a project that fails, half of it tied, beside 600 untied: all projects fail, not a quarter of the money."""
    project, untied = np.zeros((2, len(LOAN_MEASURES), 3))
    told = {"signed": 200.0, "drawn": 150.0, "undrawn": 50.0, "tied": 100.0, "fails": 1.0, "outstanding": 150.0}
    for measure, value in told.items():
        project[LOAN_MEASURES.index(measure)] = value
    for measure in ("signed", "drawn", "outstanding"):
        untied[LOAN_MEASURES.index(measure)] = 600.0
    untied[LOAN_MEASURES.index("signed"), 2] = 0.0  # in a future without it
    untied[LOAN_MEASURES.index("drawn"), 2] = 0.0
    book = m.money({"N2018a": project, UNTIED: untied}, "any")
    by = {(row["stage"], row["item"]): row for row in m.rows(book)}
    np.testing.assert_allclose(book.items[m.SPENT, m.LOCAL], 50)
    np.testing.assert_allclose(book.items[m.SPENT, m.ANYTHING], [600, 600, 0])
    np.testing.assert_allclose(book.per_100((m.SPENT, m.ANYTHING)), [75, 75, 0])
    np.testing.assert_allclose(book.per_100((m.FATE, m.FAILED)), 100)
    assert by[m.FATE, m.FAILED]["unit"] == m.OF_PROJECTS
    assert "of each 100 dollars signed, untied ones among them, as guarantor" in loan_words.fate_in_words(by.values())
    assert loan_words.fate_in_words(by.values()).startswith(
        "Projects behind 100 of 100 dollars signed for projects fail"
    )
    alone = m.money({"N2018a": project, UNTIED: untied}, "any", UNTIED)
    assert (m.FATE, m.FAILED) not in alone.items
    np.testing.assert_allclose(alone.items[m.SPENT, m.LOCAL], 0)


def test_years_sectors_and_instruments_are_the_sums_of_their_loans(results):
    loans = results.loans["baseline"]
    lives = {name: life for name, life in loans.items() if name.startswith("N2018")}
    assert len(lives) == 3
    year = m.money(loans, "baseline", "N2018").items
    for key in year:
        if key[0] != m.TERMS:
            parts = sum(m.money(loans, "baseline", name).items[key] for name in lives)
            np.testing.assert_allclose(year[key], parts, rtol=1e-6, atol=1e-6)
    signed = [m.money(loans, "baseline", sector).signed for sector in SECTORS]
    untied = m.money(loans, "baseline", UNTIED).signed  # for no project, in no sector
    np.testing.assert_allclose(sum(signed) + untied, m.money(loans, "baseline").signed, rtol=1e-6)
    assert min(each.mean() for each in signed) > 0
    by_instrument = {kind: m.money(loans, "baseline", kind) for kind in INSTRUMENTS}
    rates = {kind: np.nanmean(each.items[m.TERMS, m.COST]) for kind, each in by_instrument.items()}
    assert rates["preferential"] < rates["commercial"]
    tied = {
        kind: ((each.items[m.SPENT, m.GOODS] + each.items[m.SPENT, m.TOO_DEAR]) / each.signed).mean()
        for kind, each in by_instrument.items()
    }
    assert tied["bank line"] < tied["commercial"], "a line asks for less than credit for one contract"


def test_the_book_in_a_folder_is_that_of_the_yearly_indicators(results):
    for scenario, loans in results.loans.items():
        book = m.money(loans, scenario)
        flows = {
            name: results.annual[name].sel(scenario=scenario).sum("year").values
            for name in ("principal_to_china", "interest_to_china", "loan_disbursements")
        }
        since = {key: book.items[key] - book.before[key] for key in book.before}
        np.testing.assert_allclose(since[m.RETURNED, m.PRINCIPAL], flows["principal_to_china"], rtol=1e-5)
        np.testing.assert_allclose(since[m.RETURNED, m.INTEREST], flows["interest_to_china"], rtol=1e-5)
        drawn = sum(since.get((m.SPENT, item), book.items[m.SPENT, item]) for item in m.PAID_OUT)
        np.testing.assert_allclose(drawn, flows["loan_disbursements"], rtol=1e-5)


def test_the_same_loans_whatever_the_blocks_and_jobs(tmp_path):
    policies = tuple(scenarios.load(name) for name in ("baseline", "untied-finance"))
    request = Request(policies, 300, 1, horizon="2018-12")
    ways = []
    for jobs in (1, 2):
        with store.Run(request, tmp_path / f"r{jobs}") as run_:
            ways.append({name: np.stack(list(loans.values())) for name, loans in run_.simulate(jobs).loans.items()})
    for name in ways[0]:
        np.testing.assert_array_equal(ways[0][name], ways[1][name])
    assert not np.array_equal(ways[0]["baseline"], ways[0]["untied-finance"], equal_nan=True)


def test_untied_money_costs_what_it_says():
    """Without ties nothing is paid too much, so the effective cost is the rate itself, compounded twice a year."""
    found, _, world = run(with_changes(("china.tied_share", 0.0)), "2022-12")
    book = world.china.policy_banks.book
    place = book.names.index("N2020a")
    signed = book.committed[place] > 0
    assert signed.any()
    twice_a_year = (1 + 6 * book.monthly_rate[place][signed]) ** 2 - 1
    np.testing.assert_allclose(found["effective_cost"][place][signed], twice_a_year, atol=1e-12)
    tied, _, _ = run("baseline", "2022-12")
    assert (tied["effective_cost"][place][signed] > found["effective_cost"][place][signed]).all()


@pytest.mark.parametrize(("grace", "repayment"), [(1.0, 1.0), (8.0, 10.0)])
def test_a_loan_that_a_scenario_sets_is_repaid_on_its_own_terms(grace, repayment):
    """After a year's grace within a year, or not at all within six; its tied goods are as set, its name and kind told."""
    world = World("baseline", 30, 3, horizon="2022-12", collect=False)
    book = world.china.policy_banks.book
    while world.running:
        if world.place == 5:
            terms = map(world.full, (1000.0, 0.06, grace, repayment))
            sign_event(book, 0, *terms, guaranteed=1.0, tied_share=0.3, kind=(0, 1))
        world.step()
    told = {measure: rows[book.names.index("E1")] for measure, rows in lives(world.china.policy_banks).items()}
    assert told["signed"] == pytest.approx(1000.0)
    assert told["tied"] / told["drawn"] == pytest.approx(0.3)
    repaid = told["principal"] / told["drawn"]
    assert (repaid > 0.5).all() if grace < 2 else not repaid.any()
    assert (told["sector"] == 0).all()
    assert (told["instrument"] == 1).all()
    assert (told["called"] > 0).all()


def test_the_table_tells_terms_and_parts_to_the_origin(results):
    table = m.rows(m.money(results.loans["baseline"], "baseline", "L13"))
    by = {(row["stage"], row["item"]): row for row in table}
    assert sum(row["mean"] for (stage, _), row in by.items() if stage == m.SPENT) == pytest.approx(100, abs=1e-4)
    assert by[m.SPENT, m.GOODS]["mean"] > by[m.SPENT, m.GOODS]["to_origin"] > 0
    assert by[m.TERMS, m.COST]["unit"] == "percent a year"
    assert by[m.TERMS, m.COST]["mean"] > 3
    untied = m.rows(m.money(results.loans["baseline"], "baseline", UNTIED))
    assert all(row["signed_in"] < 0.5 for row in untied), "most futures of the baseline see no untied credit"
    assert not [row for row in untied if row["stage"] == m.TERMS], "its terms vary and are told nowhere"
    with pytest.raises(KeyError):
        m.money(results.loans["baseline"], "baseline", "L99")
    assert len(LOAN_MEASURES) == results.loans["baseline"]["L13"].shape[0]
    assert sinobel.scenario("baseline").name in results.loans


def test_each_loan_tells_its_sector_and_whether_its_project_fails(results):
    loans = results.loans["baseline"]
    story = m.money(loans, "baseline", "L27")
    fate = {(row["stage"], row["item"]): row for row in m.rows(story)}[m.FATE, m.FAILED]
    share = loans["L27"][LOAN_MEASURES.index("fails")].mean()
    assert 0.1 < share < 0.6
    assert (fate["unit"], fate["mean"]) == (m.OF_FUTURES, pytest.approx(100 * share, abs=1e-3))
    assert (fate["sector"], fate["instrument"]) == ("mining", "commercial")
    said = loan_words.fate_in_words(m.rows(story))
    assert said.startswith(f"Mining; commercial. Its project fails in {100 * share:.0f} % of futures")
    own = loan_words.fate_in_words(m.rows(m.money(loans, "baseline", "L12")))
    assert "the state owes it" in own
    assert "as guarantor" not in own
    assert "the budget is assumed to pay all of its service" in loan_words.fate_in_words(
        m.rows(m.money(loans, "baseline", "L19"))
    )
    to_come = m.money(loans, "baseline", "N2019a")
    assert 1 < to_come.sector.count("%") <= len(SECTORS), "another sector in every future"
    assert not loan_words.fate_in_words(m.rows(m.money(loans, "untied-finance", UNTIED))), (
        "untied credit has no project"
    )


def test_what_is_signed_for_failing_projects_adds_up(results):
    loans = results.loans["baseline"]
    of_loans = [m.money(loans, "baseline", name).items[m.FATE, m.FAILED] for name in loans if name != UNTIED]
    whole = m.money(loans, "baseline").items[m.FATE, m.FAILED]
    np.testing.assert_allclose(whole, sum(of_loans), rtol=1e-6)
    rows = m.rows(m.money(loans, "baseline"))
    assert loan_words.fate_in_words(rows).startswith("Projects behind ")
