"""Events in scenario files: all errors at once, names that are taken, and what a file replaces of another."""

import pytest

from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.reporting.words.explain import explain
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
