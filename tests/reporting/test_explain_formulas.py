"""What an indicator is made of: told by name, and true of every future."""

import re

import numpy as np
import pytest

from sinobel import store
from sinobel.cli import main
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.reporting.words.explain import explain, is_known
from sinobel.reporting.words.explain_formulas import lines
from sinobel.runs.request import Request

NAME = re.compile(r"[a-z]+(_[a-z]+)+|reserves|bonds|gdp")


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("balance_with_china", "exports_to_china - imports_from_china"),
        ("debt_to_gdp", "external_public_debt / gdp"),
        ("debt_to_china", "tied_debt_to_china + claims (untied)"),
        ("debt_to_china - debt_to_russia", "debt_to_china - debt_to_russia"),
        ("debt_to_china/gdp", "debt_to_china / gdp"),
    ],
)
def test_ratios_sums_and_differences_tell_their_formula(name, formula):
    assert dict(explain(name)[1])["formula"] == formula
    assert is_known(name)


def test_what_a_function_works_out_is_told_in_its_words():
    told = dict(explain("income_per_head")[1])
    assert told["definition"].startswith("Real net national income, USD a head a month")
    assert "formula" not in told
    assert not {"formula", "definition"} & set(dict(explain("oil_price")[1]))


def test_every_formula_of_names_alone_holds_in_every_future(tmp_path):
    with store.Run(Request((scenarios.load("baseline"),), 8, 3, horizon="2018-12"), tmp_path / "r") as run:
        annual = run.simulate().annual
    checked = []
    for name, indicator in all_indicators().items():
        for label, text in lines(indicator):
            if label == "formula" and not indicator.ratio and all(map(NAME.fullmatch, re.split(r" [-+] ", text))):
                known = {each: annual[each].values for each in NAME_ALONE.findall(text)}
                assert np.allclose(eval(text, {}, known), annual[name].values, rtol=1e-4, atol=1e-2), name
                checked.append(name)
    assert "balance_with_china" in checked


NAME_ALONE = re.compile(r"[a-z_]+")


def test_two_that_do_not_go_together_are_refused(capsys):
    with pytest.raises(InputError, match="they have no difference, only a ratio"):
        explain("debt_to_china - gdp")
    with pytest.raises(SystemExit) as stop:
        main(["explain", "debt_to_china - gdp"])
    assert stop.value.code == 2
    assert capsys.readouterr().err.count("error:") == 1
