"""Events in scenario files: all errors at once, names that are taken, and what a file replaces of another."""

import pytest

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.reporting.words.explain import explain
from sinobel.world.world import World
from tests.cli.test_cli import call
from tests.policies.test_events import HORIZON, ORIGIN, TEXT, read, written

MANY = """[[loan]]
name = "plant"
lender = "china"
signed = "2012-05"
[[loan]]
name = "Plant "
lender = "chine"
amount = 10
signed = "2018-05"
[[package]]
name = "mine"
[[package.change]]
lever = "belarus.refrom"
after = -1
value = 0.5
[[change]]
lever = "belarus.reform"
from = "2018-01"
value = 7
[[change]]
lever = "belarus.reform"
from = "2018-01"
value = 0.5
why = 3
"""


def test_what_is_wrong_with_dates_names_and_values_does_not_wait_for_what_is_missing(tmp_path):
    found = scenarios.problems_with(written(tmp_path, MANY), ORIGIN, HORIZON)
    told = "\n".join(map(str, found))
    for part in (
        'any.toml:1: a loan needs "amount"',
        'any.toml:4: plant: "signed" 2012-05 is outside origin and horizon',
        'any.toml:5: two events are called "Plant " (the other: ',
        "any.toml:7: \"lender\": 'chine' is not one of",
        'any.toml:10: a package needs "from"',
        "any.toml:13: there is no lever 'belarus.refrom'",
        'any.toml:14: "after" is a whole number',
        "any.toml:19: belarus.reform: 7 is outside its range",
        "any.toml:20: belarus.reform: two changes start in 2018-01",
        'any.toml:24: "why" must be a text',
    ):
        assert part in told, part
    assert len(found) == 10
    assert [each.line for each in found] == sorted(each.line for each in found)
    assert len(scenarios.problems_with("baseline", ORIGIN, HORIZON)) == 0


MISSHAPEN = """[[change]]
lever = "belarus.reform"
from = "2012-01"
value = 0.5
[[change]]
lever = "belarus.reform"
from = "2018-01"
value = 7
"""
EARLY = '[[change]]\nlever = "belarus.reform"\nfrom = "2013-01"\nvalue = 0.5\n'
WRONG = (
    'misshapen.toml:3: belarus.reform: "from" 2012-01 is outside origin and horizon',
    "misshapen.toml:8: belarus.reform: 7 is outside its range",
    'early.toml:3: belarus.reform: "from" 2013-01 is outside origin and horizon',
)


@pytest.fixture
def two(tmp_path, monkeypatch):
    """A file with a value and a date that are wrong, and one in which only a date is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "misshapen.toml").write_text(MISSHAPEN)
    (tmp_path / "early.toml").write_text(EARLY)


@pytest.mark.parametrize(
    "words",
    [
        ("validate", "misshapen.toml", "early.toml"),
        ("compare", "misshapen.toml", "early.toml"),
        ("run", "misshapen.toml", "--with", "early.toml"),
        ("run", "misshapen.toml+early.toml"),
        ("compare", "baseline", "early.toml+misshapen.toml"),
        ("attribute", "misshapen.toml", "early.toml"),
        ("money", "misshapen.toml+early.toml"),
    ],
)
def test_dates_do_not_wait_until_the_rest_of_the_files_is_mended(two, capsys, words):
    assert call(*words) == 2
    told = capsys.readouterr().err
    for part in WRONG:
        assert told.count(part) == 1, part


def test_in_python_too_dates_do_not_wait_nor_do_draws_or_an_origin(two):
    def refused(verb, *arguments, **options):
        with pytest.raises(InputError) as error:
            verb(*arguments, **options)
        return "\n".join(map(str, error.value.problems))

    for told in (
        refused(sinobel.run, "misshapen.toml+early.toml"),
        refused(sinobel.compare, ["misshapen.toml", "early.toml"]),
        refused(World, "misshapen.toml+early.toml", 3, 1),
    ):
        assert all(told.count(part) == 1 for part in WRONG), told
    told = refused(sinobel.run, "misshapen.toml", draws=0, horizon="2019-11")
    assert "draws must be a whole number from 1" in told
    assert "2019-11" in told
    assert WRONG[1] in told
    told = refused(sinobel.run, "no-such-scenario", draws=0)
    assert "there is no scenario" in told
    assert "draws must be a whole number from 1" in told


def test_what_clashes_between_scenarios_of_a_stack_is_told_beside_what_is_wrong_in_each(two):
    found = scenarios.problems_with("misshapen.toml+early.toml", ORIGIN, HORIZON)
    told = "\n".join(map(str, found))
    assert all(part in told for part in WRONG)
    assert "belarus.reform: misshapen sets it from 2012-01" in told
    assert scenarios.tried(["early.toml+untied-finance"]).problems == ()


def test_a_name_that_two_loans_share_is_told_beside_all_else_even_where_a_month_is_missing(tmp_path):
    text = """[[loan]]
name = "plant"
lender = "china"
amount = -10
signed = "2018-05"
[[loan]]
name = "Plant"
lender = "china"
amount = 10
[[loan]]
name = "mill"
lender = "china"
amount = 10
signed = "some day"
[[investment]]
name = "mill"
investor = "china"
amount_a_year = 10
[[loan]]
name = "alone"
lender = "china"
amount = 10
"""
    found = scenarios.problems_with(written(tmp_path, text), ORIGIN, HORIZON)
    told = [str(each) for each in found]
    assert sum("two events are called" in each for each in told) == 2
    assert any('any.toml:6: two events are called "Plant" (the other: ' in each for each in told)
    assert any('any.toml:15: two events are called "mill"; each' in each for each in told)
    assert len(told) == 7, told


def test_a_share_that_is_no_number_says_that_it_is_one(tmp_path):
    loan = '[[loan]]\nname = "a"\nlender = "china"\namount = 10\nsigned = "2018-05"\n'
    (told,) = scenarios.problems_with(written(tmp_path, f"{loan}guaranteed = true\n"), ORIGIN, HORIZON)
    assert "allowed is a number from 0 to 1 (fraction); it is a share: 1 for all of the loan" in str(told)
    (told,) = scenarios.problems_with(written(tmp_path, f"{loan}tied_share = false\n"), ORIGIN, HORIZON)
    assert "it is a share: 0 for none of the loan" in str(told)


@pytest.mark.parametrize("name", ["L13", "l13", "E1", "N2018", "n2018a", "book", "Energy", "untied", "bank line"])
def test_an_event_is_not_called_as_rows_of_the_loan_book_are(name):
    base = scenarios.load("baseline")
    with pytest.raises(InputError, match="already means"):
        base.with_loan(name, lender="china", amount=1, signed="2018-01")
    for near in (f"{name} of mine", f"my {name}"):
        assert base.with_loan(near, lender="china", amount=1, signed="2018-01").events


def test_what_a_file_replaces_of_the_one_it_extends_is_told(tmp_path, capsys):
    above = TEXT + '[[change]]\nlever = "belarus.reform"\nfrom = "2018-04"\nvalue = 0.5\n'
    written(tmp_path, above, "above")
    below = (
        'extends = "above"\n[[loan]]\nname = "Mine"\nlender = "china"\namount = 100\nsigned = "2019-01"\n'
        '[[change]]\nlever = "belarus.reform"\nfrom = "2019-01"\nvalue = 0.2\n'
    )
    child = read(tmp_path, below, "below")
    reform, mine = child.replaced
    assert "above has " in reform
    assert "(belarus.reform): 0.5" in reform
    assert "from 2018-04; that no longer counts" in reform
    assert "commercial loan of USD 1,000 mn" in mine
    assert not scenarios.load(tmp_path / "above.toml").replaced
    told = dict.fromkeys(text for label, text in explain(str(tmp_path / "below.toml"))[1] if label == "replaced")
    assert list(told) == [reform, mine]
    assert call("validate", tmp_path / "below.toml") == 0
    assert " ".join(capsys.readouterr().out.split()).count("that no longer counts") == 2
