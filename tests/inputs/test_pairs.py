"""Ratios, differences and sums of two indicators: one reading for conditions, questions, charts and tables."""

import math

import numpy as np
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import differences
from sinobel.inputs import indicators, pairs
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.pairs import with_pairs
from sinobel.inputs.reading import InputError
from sinobel.inputs.recorded import recorded_values
from sinobel.policies import focus, scenarios
from sinobel.reporting.tables import comparison, tables
from sinobel.results import contents
from sinobel.runs.request import Request

OVER, LESS = "debt_to_china / gdp", "debt_to_china - debt_to_russia"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    request = Request(tuple(scenarios.load(name) for name in ("baseline", "untied-finance")), 20, 1, horizon="2018-12")
    with store.Run(request, tmp_path_factory.mktemp("pairs") / "r") as run:
        found = run.simulate()
    found.manifest["focus"] = focus.asked([OVER, LESS], [2018], (2017, 2018), request.shown).as_written()
    return found


@pytest.fixture(scope="module")
def pair():
    return sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2018-12", keep="years")


def test_a_pair_is_read_and_written_in_one_way():
    assert pairs.written("debt_to_china/gdp") == OVER == str(pairs.parse(f" {OVER} "))
    assert pairs.parse("gdp") is pairs.parse("gdp / gdp / gdp") is pairs.parse("gdp * 2") is pairs.parse(7) is None
    assert pairs.dashed(OVER) == "debt-to-china-over-gdp"
    assert pairs.parts([OVER, "gdp", LESS]) == ["debt_to_china", "gdp", "debt_to_russia"]
    assert pairs.among(["gdp", OVER]) == [OVER]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        (OVER, "fraction"),
        (LESS, "USD mn"),
        ("exports_to_china + imports_from_china", "USD mn a year"),
        ("exports_to_china / imports_from_china", "fraction"),
        ("interest_to_china / debt_to_china", "fraction a year"),
        ("potash_exports_to_china / potash_volume_to_china", "USD mn per kt KCl"),
        ("reserves / oil_price", "USD mn per USD/barrel"),
    ],
)
def test_the_unit_follows_from_those_of_the_two(name, unit):
    known = all_indicators()
    assert known[name].yearly_unit == unit
    assert name not in list(known), "a pair is asked for and not listed"
    assert indicators.strange(name) == ("", "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("debt_to_china / gpd", "there is no indicator 'gpd'; did you mean \"gdp\"?"),
        ("debt_to_chna - gdp", 'did you mean "debt_to_china"?'),
        ("debt_to_china + potash_volume_to_china", "kt KCl a year: they have no sum, only a ratio"),
        ("debt_to_china - gdp", "is in USD mn and gdp in USD mn a year: they have no difference"),
        ("gdp * 2", "there is no indicator"),
    ],
)
def test_what_does_not_go_together_is_told(name, why, pair):
    assert why in indicators.strange(name)[0]
    with pytest.raises(InputError) as error:
        focus.asked(f"reserves, {name}", None, (2017, 2020))
    assert why in str(error.value)
    with pytest.raises(InputError):
        sinobel.plot.fan(pair, name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("potash-revenue", "potash_revenue"),
        ("potash - revenue", "potash_revenue"),
        ("potash-revenu", "potash_revenue"),
        ("debt-to-china", "debt_to_china"),
        ("debt-to-china / gdp", OVER),
        ("debt-to-china - debt-to-russia", LESS),
        ("real-gdp", "real_gdp"),  # though "gdp" is an indicator, and "real" is none
    ],
)
def test_a_name_with_hyphens_is_taken_for_the_name_and_for_no_difference(name, meant):
    """As names of files have them; a difference of what is known stays one."""
    why, _ = indicators.strange(name)
    assert f'did you mean "{meant}"?' in why, why
    assert "there is no indicator 'rserves'; did you mean \"reserves\"?" in indicators.strange("gdp - rserves")[0]
    assert indicators.strange("debt_to_china-debt_to_russia") == ("", "")
    assert focus.asked("debt_to_china-debt_to_russia", None, (2017, 2020)).of == (LESS,)


def test_a_ratio_is_that_of_every_draw_and_no_number_over_nothing(results):
    found = results.annual[OVER]
    assert np.allclose(found, results.annual["debt_to_china"] / results.annual["gdp"])
    assert (found.attrs["units"], found.attrs["long_name"]) == ("fraction", "Debt to China over GDP at current dollars")
    made = pairs.parse(OVER).of(np.array([1.0, 4.0]), np.array([0.0, 2.0]))
    assert math.isnan(made[0])
    assert made[1] == 2.0
    assert OVER in results.annual
    assert OVER not in list(results.annual)
    assert "debt_to_china / nothing" not in results.annual


def test_the_record_of_a_pair_has_the_years_of_both():
    known = with_pairs(recorded_values())
    both = set(known["debt_to_china"]) & set(known["gdp"])
    assert set(known[OVER]) == both
    assert known[OVER][2016] == pytest.approx(known["debt_to_china"][2016] / known["gdp"][2016])
    assert known.get("debt_to_china / nothing") is None


def test_tables_and_charts_of_a_comparison_tell_what_was_asked(results):
    data = contents.data_of(results)
    charts = contents.charts_of(data)
    assert {"debt-to-china-over-gdp", "debt-to-china-less-debt-to-russia"} <= set(charts)
    assert charts["debt-to-china-over-gdp"]().title.startswith("Debt to China over GDP")
    table = contents.summary_table(results.summary, also=[OVER])
    assert f"baseline,{OVER},2018,fraction," in table
    header = tables.headline_rows(results.annual, "baseline", [2018], [OVER])[0]
    assert header[1] == "%", "as its sentence has it"
    values = results.annual[OVER].sel(scenario="baseline", year=2018)
    assert float(header[2].split(" [")[0]) == pytest.approx(100 * float(values.median()), rel=0.01)
    rows = differences.rows({OVER: results.annual[OVER]}, "baseline")
    (changed,) = comparison.change_table(rows, 2018)[1]
    assert changed[1] == "percentage points"
    middle = next(row["p50"] for row in rows if row["year"] == 2018)
    assert float(changed[2].split(" [")[0]) == pytest.approx(100 * middle, rel=0.02, abs=0.01)


def test_a_fan_of_a_pair_and_why_there_is_none_of_bands(pair):
    figure = sinobel.plot.fan(pair, "debt_to_china/gdp")
    assert "Debt to China over GDP" in figure.texts[0].get_text()
    bands = sinobel.run("baseline", draws=20, horizon="2017-12", keep="bands")
    with pytest.raises(InputError, match="do not follow from those of its two"):
        sinobel.plot.fan(bands, OVER)
