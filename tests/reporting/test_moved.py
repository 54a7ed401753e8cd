"""What options do, as charts, titles and tables ask for it: once, and by one limit."""

from dataclasses import replace

import pytest

from sinobel import store
from sinobel.analysis import answering
from sinobel.policies import scenarios
from sinobel.results import contents
from sinobel.results.run_folder import question_for
from sinobel.runs.request import Request


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    request = Request(tuple(scenarios.load_all(("baseline", "untied-finance"))), 20, 5, horizon="2021-12")
    with store.Run(request, tmp_path_factory.mktemp("moved") / "r") as run:
        results = run.simulate()
        results.manifest["comparison"] = question_for("baseline").as_written()
        return contents.data_of(results)


def test_what_an_option_does_is_worked_out_once(data, monkeypatch):
    """Charts, titles and tables ask for the same; with 8 options of 10,000 futures each time takes seconds."""
    calls, asked = [], answering.asked
    monkeypatch.setattr(answering, "asked", lambda *given, **more: calls.append(given[4]) or asked(*given, **more))
    fresh = replace(data)
    first = fresh.moved("gdp", 2020)
    assert fresh.moved("gdp", 2020) == first
    assert calls == [["gdp"]]
    assert fresh.moved("gdp", 2021) != first
    assert fresh.moved("exports_to_china", 2020) != first
    assert len(calls) == 3


def test_titles_of_splits_go_by_what_the_answer_goes_by(data):
    for name in data.splits:
        told = [fact.least for (fact,) in data.moved(name, data.year).values()]
        assert data.least_told(name) == pytest.approx(told[0])
