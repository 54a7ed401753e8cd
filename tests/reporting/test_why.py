"""Why something moves: the page splits what its answer tells first, a folder whatever it tells, in the year it tells."""

import dataclasses
import re

import pytest

import sinobel
from sinobel import store
from sinobel.analysis import attribution
from sinobel.analysis.channels import WAYS
from sinobel.inputs.indicators import all_indicators
from sinobel.reporting.charts import registry, waterfalls
from sinobel.reporting.charts.chart import PAGE
from sinobel.reporting.page import cause_sections
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.result_data import ALWAYS_SPLIT
from sinobel.reporting.words import facts
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request
from tests.reporting.test_inside import HALF_A_PIXEL, texts_of

ONE, SEVERAL = ("baseline", "russian-squeeze"), ("baseline", "russian-squeeze", "untied-finance")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    made = {}
    for names in (("baseline",), ONE, SEVERAL):
        request = Request(tuple(map(sinobel.scenario, names)), 40, 1, horizon="2020-12")
        with store.Run(request, tmp_path_factory.mktemp("why") / "r") as run:
            made[names] = run.simulate()
    return made


def asked(results, names, *of, years=()):
    """What a page is made of where somebody asks for indicators and years."""
    focus = {"about": list(of)} | ({"years": list(years)} if years else {})
    found = results[names]
    return page_data_of(dataclasses.replace(found, manifest=found.manifest | {"focus": focus}))


def section(data):
    return cause_sections.why(data, Terms(data.basis))


@pytest.mark.parametrize("of", dict.fromkeys(of for of, _ in WAYS))
@pytest.mark.parametrize("names", [("baseline",), ONE, SEVERAL], ids=len)
def test_the_page_splits_what_was_asked_for(results, names, of, monkeypatch):
    data = asked(results, names, of, years=[2019])
    told = section(data)
    assert told.title == f"What moves {waterfalls.CALLED[of]}"
    (table,) = told.folds[0].tables
    assert "in 2019" in table.caption
    for column, scenario in enumerate(data.options or data.titles, 1):
        change = {"against": "baseline"} if data.options else {"since": 2017}
        by = next(kind for name, kind in WAYS if name == of)
        split = attribution.attribution(data.annual, of, by, scenario, 2019, **change)
        assert [row[0].lower() for row in table.rows] == [*(name.lower() for name in split.channels), "sum"]
        mean = float(split.total.mean()) * (100 if of == "debt_to_gdp" else 1)
        number, digit = read(table.rows[-1][column])
        assert number == pytest.approx(mean, abs=0.51 * digit)
    (kind,) = registry.shown(data, registry.PAGE, "why")
    figure = kind.make(data).draw(PAGE)
    assert not [text for text in texts_of(figure, monkeypatch) if text[1] > HALF_A_PIXEL]


def read(cell):
    """The first number of a cell, in millions or points, and what its last digit counts."""
    number, unit = re.match(r"([+−]?[\d.,]+) (\w+)", cell).groups()
    counts = {"bn": 1000.0, "mn": 1.0, "percentage": 1.0}[unit]
    decimals = len(number.partition(".")[2])
    return float(number.replace("−", "-").replace(",", "")) * counts, counts * 10.0**-decimals


def test_where_nothing_that_is_told_can_be_split_the_balance_is(results):
    data = asked(results, ("baseline",), "oil_price")
    assert data.leading == ["oil_price"]
    assert section(data).title == "What moves the balance with China"
    assert list(data.splits) == list(ALWAYS_SPLIT)


def test_what_is_split_is_told_in_the_year_of_the_answer(results):
    data = asked(results, SEVERAL, "total_exports")
    year = facts.year_of_one(data.told, "total_exports")
    assert {row["year"] for rows in data.splits["total_exports"] for row in rows} == {year}
    assert f"in {year}" in section(data).folds[0].tables[0].caption
    assert facts.year_of_one(data.told, "oil_price") is None
    for of in set(data.splits) - {*data.leading}:
        assert {row["year"] for rows in data.splits[of] for row in rows} == {data.year}, (
            "as all else that does not lead"
        )


def test_a_folder_draws_the_splits_of_what_is_told(results):
    drawn = {kind.name for kind in registry.shown(asked(results, ONE, "reserves"), registry.FOLDER)}
    data = asked(results, ONE)
    others = {kind.name for kind in registry.shown(data, registry.FOLDER)}
    always = {f"attribution-{of.replace('_', '-')}" for of in ALWAYS_SPLIT}
    assert always | {"attribution-reserves"} <= drawn
    split = {of for of, _ in WAYS} & {*data.leading, *ALWAYS_SPLIT}
    assert {name for name in others if name.startswith("attribution")} == {
        f"attribution-{of.replace('_', '-')}" for of in split
    }


def test_what_can_be_split_has_a_name_for_sentences():
    assert {of for of, _ in WAYS} == {*waterfalls.CALLED}
    labels = {of: all_indicators()[of].label.lower() for of in waterfalls.CALLED}
    for of in ("reserves", "total_exports", "gdp", "debt_to_gdp"):
        assert waterfalls.CALLED[of].lower() == labels[of], "as the answer calls it"
