"""Events of scenario files: what they come to month by month, how they are told, stacked, inherited and hashed."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sinobel
from sinobel.inputs import months
from sinobel.inputs.reading import InputError
from sinobel.policies import packages, scenarios
from sinobel.policies import schema as scenario_schema
from sinobel.policies.event_path import EventBoard, EventPath
from sinobel.policies.events import LENDERS, MOST_PROJECTS, Investment, Loan, rows_of_projects
from sinobel.policies.lever_path import LeverPath
from sinobel.reporting.tables.event_rows import told_events
from sinobel.reporting.words.explain import explain
from sinobel.reporting.words.telling import events_of
from sinobel.results import lookups

ORIGIN, HORIZON = months.parse("2016-12"), months.parse("2030-12")
TEXT = """question = "What if?"
[[loan]]
name = "IMF"
lender = "imf"
amount = 300
signed = "2018-04"
interest = "2.5 %"
maturity = 5
grace = 3
why = "because"
source = "F001"
[[loan]]
name = "Mine"
lender = "china"
amount = 1000
signed = "2018-06"
sector = "mining"
project = "the Nezhinsky mine"
instrument = "commercial"
[[investment]]
name = "Park"
from = "2018-01"
until = "2018-12"
amount = 240
investor = "china"
"""


def written(folder, text, name="any"):
    path = folder / f"{name}.toml"
    path.write_text(text)
    return path


def read(folder, text=TEXT, name="any"):
    return scenarios.read_scenario(written(folder, text, name))


def test_events_are_read_and_told(tmp_path):
    policy = read(tmp_path)
    park, imf, mine = scenarios.in_sentences(policy)
    assert imf == (
        "IMF: loan of USD 300 mn from the IMF, signed in 2018-04 "
        "(2.5 % interest, 3 years of grace, to be repaid within 5 years)"
    )
    assert mine == "Mine: commercial loan of USD 1,000 mn from China for the Nezhinsky mine, signed in 2018-06"
    assert park == "Park: direct investment from China, USD 240 mn in all, from 2018-01 until 2018-12"
    assert imf in repr(policy)


def test_a_manifest_gives_the_same_events_back(tmp_path):
    policy = read(tmp_path)
    again = scenarios.from_written(json.loads(json.dumps(policy.as_written())))
    assert again.as_written() == policy.as_written()
    assert again.digest == policy.digest


def test_a_hash_is_of_numbers_and_not_of_reasons(tmp_path):
    policy = read(tmp_path)
    assert read(tmp_path, TEXT.replace("because", "for another reason")).digest == policy.digest
    for old, new in (("amount = 300", "amount = 301"), ("2018-06", "2018-07"), ('"commercial"', '"preferential"')):
        assert read(tmp_path, TEXT.replace(old, new)).digest != policy.digest
    assert scenarios.load("baseline").digest == scenarios.Scenario("without").digest
    assert "loan" not in scenarios.load("baseline").as_written()


def test_an_event_of_the_same_name_takes_the_place_of_the_one_above(tmp_path):
    written(tmp_path, TEXT, "above")
    below = 'extends = "above"\n[[loan]]\nname = "IMF"\nlender = "imf"\namount = 900\nsigned = "2019-01"\n'
    found = {event.name: event.amount for event in read(tmp_path, below, "below").events}
    assert found == {"Mine": 1000, "Park": 240, "IMF": 900}


def test_stacked_scenarios_keep_all_events_and_tell_both_places_of_a_clash(tmp_path):
    one, other = read(tmp_path, TEXT, "one"), read(tmp_path, TEXT.replace('"IMF"', '"Fund"'), "other")
    with pytest.raises(InputError) as clash:
        one.with_changes_of(other)
    assert [problem.line for problem in clash.value.problems] == [12, 20]
    assert all("one.toml" in problem.message and "other.toml" in problem.file for problem in clash.value.problems)
    fund = scenarios.Scenario("fund", events=other.events[:1])
    assert [event.name for event in one.with_changes_of(fund).events] == ["IMF", "Mine", "Park", "Fund"]


def test_a_scenario_is_not_stacked_on_itself(tmp_path):
    path = written(tmp_path, TEXT, "one")
    for stack in (f"{path}+{path}", "baseline+baseline", "fifteen-billion-arrive+oil-slump+fifteen-billion-arrive"):
        with pytest.raises(InputError, match="is stacked on itself"):
            scenarios.load(stack)
    child = read(tmp_path, 'extends = "one"\n', "child")
    assert child.with_changes_of(read(tmp_path, TEXT, "one")).events == child.events, "what both inherit counts once"


def test_a_stack_may_not_hold_more_projects_than_the_book_has_rows(tmp_path):
    def project(number):
        return Loan(
            name=f"P{number}",
            lender="china",
            amount=1.0,
            signed=ORIGIN + 5,
            sector="energy",
            instrument="commercial",
        )

    full = scenarios.Scenario("full", events=tuple(project(number) for number in range(MOST_PROJECTS)))
    with pytest.raises(InputError, match="Chinese loan number 9"):
        full.with_changes_of(scenarios.Scenario("more", events=(project(99),)))
    untied = Loan(name="untied", lender="china", amount=1.0, signed=ORIGIN + 5, instrument="untied")
    assert len(full.with_changes_of(scenarios.Scenario("more", events=(untied,))).events) == MOST_PROJECTS + 1


def test_a_package_is_the_same_as_what_stands_in_it(tmp_path):
    package = """question = "What if?"
[[package]]
name = "turn"
from = "2018-03"
until = "2019-12"
why = "all of it"
[[package.change]]
lever = "belarus.reform"
after = 2
for = 6
value = 0.5
[[package.loan]]
name = "first"
lender = "russia"
after = 4
amount = 200
[[package.investment]]
name = "plant"
investor = "elsewhere"
amount_a_year = 12
"""
    policy = read(tmp_path, package)
    (change,) = policy.changes
    assert (months.label(change.start), months.label(change.until)) == ("2018-05", "2018-10")
    loan, plant = policy.events
    assert (loan.name, months.label(loan.signed)) == ("turn: first", "2018-07")
    assert (months.label(plant.start), months.label(plant.until)) == ("2018-03", "2019-12")
    assert change.why == 'all of it (package "turn")'
    assert {each.why for each in (loan, plant)} == {'package "turn"'}, "the reason of all of it stands once"
    assert [change.line, loan.line, plant.line] == [7, 12, 17]


@pytest.mark.parametrize("name", packages.shipped_names())
def test_every_shipped_package_is_valid_and_says_why(name, tmp_path):
    policy = read(tmp_path, f'question = "?"\n[[package]]\nname = "{name}"\nfrom = "2018-01"\nuntil = "2022-12"\n')
    assert not policy.check_dates(ORIGIN, HORIZON)
    assert policy.changes
    for each in (*policy.changes, *policy.events):
        assert f'package "{name}"' in each.why
        assert each.line == 2
    assert all(len(each.why) > 60 for each in policy.changes)


loans = st.builds(
    Loan,
    name=st.just("any"),
    lender=st.sampled_from([lender for lender in LENDERS if lender != "china"]),
    amount=st.floats(0.1, 100_000),
    signed=st.integers(ORIGIN + 1, HORIZON),
    interest=st.floats(0, 0.15),
    grace=st.floats(0, 10),
    maturity=st.floats(10.5, 40) | st.floats(1, 2),
).filter(lambda loan: loan.grace < loan.maturity)


@given(loan=loans)
def test_a_loan_with_terms_is_repaid_to_the_last_cent_and_owes_what_is_left(loan):
    path = EventPath([loan], ORIGIN, ORIGIN + 12 * 60)
    lender = "multilateral" if loan.lender == "imf" else loan.lender
    told = [path.month(month) for month in range(ORIGIN, ORIGIN + 12 * 60 + 1)]
    owed = 0.0
    for month in told:
        assert month("owed", lender) == pytest.approx(owed, abs=1e-6 * loan.amount)
        assert month("interest paid", lender) == pytest.approx(owed * loan.interest / 12, abs=1e-6 * loan.amount)
        assert month("principal paid", lender) <= owed * (1 + 1e-9) + 1e-9
        owed += month("own", lender) - month("principal paid", lender)
    assert owed == pytest.approx(0.0, abs=1e-6 * loan.amount)
    assert sum(month("principal paid", lender) for month in told) == pytest.approx(loan.amount)


def test_an_investment_comes_in_equal_parts_and_ends():
    given_in_all = Investment(
        name="x", start=ORIGIN + 1, until=ORIGIN + 24, amount=240.0, yearly=False, investor="china"
    )
    a_year = Investment(name="y", start=ORIGIN + 3, amount=12.0, yearly=True, investor="elsewhere")
    path = EventPath([given_in_all, a_year], ORIGIN, HORIZON)
    china = [path.month(month)("invested", "china") for month in range(ORIGIN, HORIZON + 1)]
    assert china == [0.0] + [10.0] * 24 + [0.0] * (HORIZON - ORIGIN - 24)
    elsewhere = [path.month(month)("invested", "elsewhere") for month in range(ORIGIN, HORIZON + 1)]
    assert elsewhere[:4] == [0.0, 0.0, 0.0, 1.0]
    assert elsewhere[-1] == 1.0


def test_events_beside_each_other_are_those_of_each():
    one = EventPath([Loan(name="x", lender="imf", amount=5.0, signed=ORIGIN + 1)], ORIGIN, HORIZON)
    none = EventPath([], ORIGIN, HORIZON)
    board = EventBoard.beside_each_other([none.month(ORIGIN + 1), one.month(ORIGIN + 1)], 2)
    np.testing.assert_array_equal(board("usual", "multilateral"), [0.0, 0.0, 5.0, 5.0])
    assert board("usual", "russia") == 0.0
    assert not board.signs
    np.testing.assert_array_equal(board.terms("grace", np.array([5.0])), np.full((MOST_PROJECTS, 1), 5.0))


def test_the_schema_knows_every_key_of_events():
    schema = scenario_schema.schema()["properties"]
    assert {"loan", "investment", "package"} <= set(schema)
    inside = schema["package"]["items"]["properties"]
    assert {"change", "loan", "investment", "from", "until", "name"} <= set(inside)
    change = inside["change"]["items"]["properties"]
    assert {"after", "for", "lever", "value"} <= set(change)
    assert "from" not in change


def loans_of_a_month():
    """Chinese loans for projects, and loans of another lender, all of one month."""
    china = {"lender": "china", "sector": "energy", "instrument": "commercial"}
    of_lenders = (("b", 0.1, china), ("a", 0.7, china), ("d", 0.1, {}), ("e", 0.2, {}), ("c", 0.3, {}))
    return [
        Loan(name=name, amount=amount, signed=ORIGIN + 3, **{"lender": "russia"} | terms)
        for name, amount, terms in of_lenders
    ]


def test_the_order_of_events_in_a_file_moves_no_bit_but_for_rows_of_the_loan_book():
    loans = loans_of_a_month()
    one, other = (EventPath(order, ORIGIN, HORIZON) for order in (loans, [*loans[:2], *loans[:1:-1]]))
    np.testing.assert_array_equal(one.numbers, other.numbers)


def test_loans_are_numbered_and_told_by_month_and_within_it_as_the_file_has_them():
    first, second, *others = loans_of_a_month()
    early = Loan(name="z", lender="china", amount=1.0, signed=ORIGIN + 1, sector="energy", instrument="commercial")
    for order, told in (((first, second, early), "zba"), ((second, early, first), "zab")):
        policy = scenarios.Scenario("mine", events=(*order, *others))
        assert rows_of_projects(policy.events) == dict(zip(("E1", "E2", "E3"), told, strict=True))
        board = EventPath(policy.events, ORIGIN, HORIZON).month(ORIGIN + 3)
        assert board.amounts.ravel()[:3].tolist() == [0.0, *(each.amount for each in order if each is not early)]
        names = [each.event.name for each in events_of(policy, "2030-12")]
        assert names == [*told, "d", "e", "c"]
        assert [each.partition(":")[0] for each in scenarios.in_sentences(policy)] == names
        assert [row.name for row in told_events(policy, lambda row: [])] == names
        assert [row[:2] for row in lookups.loans(scenario=policy).rows[-3:]] == list(
            rows_of_projects(policy.events).items()
        )


def test_the_digest_knows_which_loan_of_a_month_fills_which_row():
    first, second, *others = loans_of_a_month()
    swapped, by_name = (scenarios.Scenario("mine", events=each) for each in ((first, second), (second, first)))
    assert swapped.digest != by_name.digest
    again = scenarios.from_written(swapped.as_written())
    assert again.digest == swapped.digest
    assert rows_of_projects(again.events) == rows_of_projects(swapped.events) == {"E1": "b", "E2": "a"}
    one, other = (scenarios.Scenario("mine", events=tuple(each)) for each in (others, others[::-1]))
    assert one.digest == other.digest


# --- made in Python ---------------------------------------------------------------------------------------------------


def test_events_made_in_python_are_those_of_a_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[loan]]\nname = "plant"\nlender = "china"\namount = 1000\nsigned = "2018-05"\nsector = "energy"\ngrace = 2\n'
        '[[investment]]\nname = "park"\ninvestor = "china"\nfrom = "2018-01"\namount_a_year = 50\nwhy = "because"\n'
        '[[package]]\nname = "imf-program"\nfrom = "2019-01"\n'
    )
    made = (
        scenarios.load("baseline")
        .with_loan("plant", lender="china", amount=1000, signed="2018-05", sector="energy", grace=2)
        .with_investment("park", investor="china", start="2018-01", amount_a_year=50, why="another reason")
        .with_package("imf-program", start="2019-01")
    )
    assert made.name == "baseline + plant + park + imf-program"
    assert made.digest == scenarios.read_scenario(path).digest
    assert made.digest != made.with_loan("more", lender="imf", amount=1, signed="2020-01").digest


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda base: base.with_loan("x", lender="chine", amount=1, signed="2018-01"), 'did you mean "china"'),
        (lambda base: base.with_loan("", lender="china", amount=1, signed="2018-01"), 'needs "name"'),
        (lambda base: base.with_loan("x", lender="china", amount=-1, signed="2018-01"), "outside what makes sense"),
        (lambda base: base.with_investment("x", investor="china", start="2018-13", amount_a_year=1), "start: "),
        (
            lambda base: base.with_investment("x", investor="china", start="2018-02", until="2018-01", amount=1),
            "lies before start 2018-02",
        ),
        (lambda base: base.with_investment("x", investor="china", start="2018-01"), 'either "amount", in all'),
        (lambda base: base.with_package("imf", start="2018-01"), "available: imf-program"),
        (
            lambda base: base.with_package("imf-program", start="2018-01").with_package("imf-program", start="2018-01"),
            "belarus.reform: two changes start in 2018-04",
        ),
        (
            lambda base: base.with_loan("x", lender="imf", amount=1, signed="2018-01").with_loan(
                "x", lender="imf", amount=1, signed="2019-01"
            ),
            'two events are called "x"',
        ),
    ],
)
def test_what_is_wrong_with_an_event_made_in_python_is_told(make, told):
    with pytest.raises(InputError, match=re.escape(told)):
        make(scenarios.load("baseline"))


@pytest.mark.parametrize("name", packages.shipped_names())
def test_a_package_that_ships_is_explained(name):
    title, lines = explain(name)
    assert title == name
    kinds = {"change", "loan"} if name == "imf-program" else {"change"}
    assert kinds <= {label for label, _ in lines}
    assert "2018-01" in lines[0][1]


def test_a_run_beside_another_parts_from_it_in_the_month_of_its_first_event():
    signed = months.parse("2018-05")
    base = scenarios.load("baseline")
    changed = base.with_loan("help", lender="imf", amount=900, signed="2018-05")
    paths = [LeverPath(each, ORIGIN, HORIZON) for each in (base, changed)]
    assert paths[0].first_difference(paths[1]) == signed
    pair = sinobel.compare([base, changed], draws=4, horizon="2018-12", indicators=["external_public_debt"])
    debt = pair["external_public_debt"].to_numpy()
    parted = np.abs(debt[1] - debt[0]).max(axis=0) > 0
    assert parted.argmax() == signed - ORIGIN - 1
    assert parted[signed - ORIGIN - 1 :].all()
