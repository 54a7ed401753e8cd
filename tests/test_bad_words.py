"""Odd calls of the Python face end in words of Python that say what would do."""

import numpy as np
import pytest

import sinobel

SHORT = {"draws": 4, "horizon": "2018-12"}


@pytest.fixture(scope="module")
def gdp():
    return sinobel.run(**SHORT, indicators=["gdp"], keep="years")


@pytest.fixture(scope="module")
def bands():
    return sinobel.compare(["baseline", "untied-finance"], **SHORT, keep="bands")


def said(call):
    with pytest.raises(sinobel.InputError) as told:
        call()
    return str(told.value)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: sinobel.run(["baseline", "oil-slump"], **SHORT),
            "several scenarios where one belongs; sinobel.compare() takes several",
        ),
        (lambda: sinobel.run(3, **SHORT), "3 is no scenario: a name, a path or a Scenario is"),
        (lambda: sinobel.run(None, **SHORT), "None is no scenario"),
        (lambda: sinobel.report(5), "report takes the dataset"),
        (lambda: sinobel.sensitivity("debt_to_china", 2020, draws=60), "draws must be a power of two"),
        (
            lambda: sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-13"),
            "start: '2018-13' is not a month",
        ),
        (
            lambda: sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-05", until="2018-01"),
            "lies before start 2018-05",
        ),
    ],
)
def test_a_wrong_value_is_told_in_words(call, words):
    assert words in said(call)


@pytest.mark.parametrize("seed", ["x", -1])
def test_one_wrong_value_is_one_complaint(seed):
    assert said(lambda: sinobel.run(draws=2, seed=seed)).count("whole number") == 1


def test_charts_of_what_is_not_there(gdp):
    assert "plot.overview needs" in said(lambda: sinobel.plot.overview(gdp))
    assert "indicator must be one name" in said(lambda: sinobel.plot.fan(gdp, ["debt_to_china", "gdp"]))
    assert "a choice needs several" in said(lambda: sinobel.decide(gdp))


def test_a_variable_of_ones_own_is_not_told_as_missing(gdp):
    told = said(lambda: sinobel.plot.fan(gdp.assign(ratio=gdp.gdp / 2), "ratio"))
    assert "a variable of your own" in told
    assert "there is no indicator" in said(lambda: sinobel.plot.fan(gdp, "ratio"))


def test_a_study_that_found_nothing_says_so_instead_of_a_chart():
    found = sinobel.discover("untied-finance", fails="reserves[2018] < 0", draws=60)
    told = said(lambda: sinobel.plot.failures(found))
    assert "there is nothing to draw" in told
    assert "0 of 60 futures: too few" in told


@pytest.mark.parametrize("ask", [sinobel.plot.options, sinobel.plot.overview, sinobel.decide, sinobel.who_gains])
def test_what_needs_draws_says_what_to_keep(bands, ask):
    assert 'simulate again with keep="years"' in said(lambda: ask(bands))


@pytest.mark.parametrize("number", [np.float32(0.4), np.float16(0.4), np.float64(0.4), 0.4])
def test_a_number_is_the_decimal_that_was_meant(number):
    changed = sinobel.scenario("baseline").with_change("china.tied_share", number, start="2018-01")
    assert changed.changes[0].value == 0.4
