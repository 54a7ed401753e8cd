"""Heads of the tables behind charts are names that every program takes."""

import re

import pytest

from sinobel import store
from sinobel.policies import scenarios
from sinobel.reporting.charts.creditors import LOOKS
from sinobel.reporting.charts.service import COLOR
from sinobel.reporting.tables.tables import head_of
from sinobel.results import contents
from sinobel.results.run_folder import question_for
from sinobel.runs.request import Request


@pytest.fixture(scope="module")
def charts(tmp_path_factory):
    request = Request(tuple(scenarios.load_all(("baseline", "untied-finance"))), 12, 5, horizon="2019-12")
    with store.Run(request, tmp_path_factory.mktemp("heads") / "r") as run:
        results = run.simulate()
        results.manifest["comparison"] = question_for("baseline").as_written()
        return contents.charts_of(contents.data_of(results))


def test_heads_are_lower_case_words_with_underscores(charts):
    heads = {name: list(chart().rows[0]) for name, chart in charts.items()}
    assert {"creditor-mix", "service-calendar", "balance-by-channel"} <= set(heads)
    odd = {
        name: [head for head in found if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", head)]
        for name, found in heads.items()
    }
    assert {name: found for name, found in odd.items() if found} == {}
    assert "russia_efsd_mean" in heads["creditor-mix"]
    assert head_of("Russia, EFSD principal mean") == "russia_efsd_principal_mean"


def test_a_lender_has_one_color(charts):
    assert {lender: look[0] for lender, look in LOOKS.items()} == COLOR
