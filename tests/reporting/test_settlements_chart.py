"""The chart of settlements shows the model's talks as they were and every settlement of the record at its place."""

import dataclasses
import re

import numpy as np
import pytest
import xarray as xr

import sinobel
from sinobel.analysis import settlements as talks
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.settlements import closures, settlements
from sinobel.reporting.charts import settlements as chart
from sinobel.reporting.charts.chart import PAGE, PHONE, svg_text
from sinobel.reporting.charts.shared import Footer
from sinobel.results import drawing

RECORD = settlements(all_evidence().contracts)


def yearly(**values):
    """Two futures of three years, in which nothing happens but what is told."""
    calm = dict.fromkeys(talks.NEEDED, 0.0) | {name: 300.0 for name in talks.NEEDED if name.endswith("price")}
    coordinates = {"scenario": ["baseline"], "draw": [0, 1], "year": [2017, 2018, 2019]}
    return {
        name: xr.DataArray(np.broadcast_to(value, (2, 3))[None] * 1.0, coordinates, ("scenario", "draw", "year"))
        for name, value in (calm | values).items()
    }


def test_settlements_of_futures_are_counted_by_what_spot_has_done():
    """One future settles twice, after a fall in 2018 and a rise in 2019; the other is closed in 2018 and refuses once."""
    found = talks.talks(
        yearly(
            potash_contract_price=[[300, 200, 250], [300, 300, 300]],
            potash_contract_over_spot=[[1, 0.8, 0.9], [1, 1, 1]],
            potash_spot_at_settlement=[[300, 250, 280], [300, 300, 300]],
            potash_spot_price=[[300, 250, 280], [300, 290, 280]],
            potash_wait=[[0, 9, 1], [0, 0, 0]],
            potash_offers=[[0, 1 / 12, 1 / 12], [0, 2 / 12, 0]],
            potash_refusals=[[0, 0, 0], [0, 2 / 12, 0]],
            market_closed=[[0, 0, 0], [0, 0.25, 0]],
            potash_first_price=[[300, 200, 250], [300, 300, 310]],
            potash_led_by_belaruskali=[[0, 1, 1], [0, 0, 0]],
            potash_led_by_uralkali=[[0, 1, 0], [0, 0, 0]],
            potash_led_by_canpotex=[[0, 1, 0], [0, 0, 1]],
            potash_cartel=[[0, 1, 0], [0, 0, 0]],
        ),
        "baseline",
        contract=300.0,
        spot=300.0,
    )
    assert sorted(found.over_spot) == [0.8, 0.9]
    assert (found.fallen.tolist(), found.risen.tolist()) == ([9], [1])
    assert found.refused.share == pytest.approx(0.5)
    assert found.refused.high == pytest.approx(0.9)  # between a future that refuses nothing and one that refuses all
    assert found.closed.share == pytest.approx(1 / 3)  # 2018 of both, and 2019 of the second
    assert {name: each.share for name, each in found.led_by.items()} == pytest.approx(
        {"belaruskali": 0.5, "uralkali": 0.0, "canpotex": 0.5}
    )


def test_the_record_is_told_as_it_stands():
    assert [each.year for each in talks.with_spot(RECORD)] == [2008, 2009, 2011, 2011, 2012, 2012, 2014, 2015, 2016]
    assert [each.year for each in talks.with_spot(RECORD) if talks.fell(each)] == [2009, 2012, 2014, 2016]
    spot = sinobel.inputs.recorded.recorded_values()["potash_spot_price"]
    assert talks.weak_years(spot, RECORD) == [2009, 2010, 2013, 2014, 2015, 2016]
    assert closures(all_evidence()) == (2009,)
    assert talks.leaders(RECORD) == (pytest.approx({"belaruskali": 7 / 11, "uralkali": 1 / 11, "canpotex": 3 / 11}), 11)


@pytest.fixture(scope="module")
def data():
    return drawing.data_of(sinobel.run("baseline", draws=60, horizon="2026-12", keep="years"), "a test")


@pytest.fixture(scope="module")
def made(data):
    return chart.bargain(data.annual, "baseline", data.basis, Footer("caption"), title="Baseline", origin=2016)


def test_bars_are_shares_of_all_settlements(made):
    for measure in (
        "contract over spot",
        "months waited, spot below the old contract",
        "months waited, spot not below it",
    ):
        shares = [row["model_share"] for row in made.rows if row["measure"] == measure and row["model_share"] != ""]
        assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize("medium", ["slide", "phone"])
def test_every_settlement_of_the_record_stands_at_its_place(made, medium):
    price, waits, *_ = np.ravel((made.draw(PHONE) if medium == "phone" else made.draw()).axes)
    shown = sorted(
        (round(text.get_position()[0], 2), text.get_text())
        for text in price.texts
        if re.fullmatch(r"\d\d", text.get_text())
    )
    places = [(0.88, "09"), (0.92, "11"), (0.96, "11"), (0.96, "12"), (0.88, "12"), (0.96, "14"), (0.96, "15")]
    assert shown == sorted([*places, (1.0, "16"), (1.04, "08")])
    above = {(round(x), text.get_text()) for text in waits.texts for x, y in [text.get_position()] if y > 0}
    assert above == {(12, "09"), (0, "12"), (7, "14"), (7, "16")}
    assert len(waits.texts) == len(talks.with_spot(RECORD))


def test_its_foot_names_the_sources_and_its_axes_the_units(made):
    assert "potash_contracts.csv" in made.foot
    assert "F037" in made.foot
    assert "USD/t" in made.draw().axes[0].get_xlabel()
    assert all(axis.get_xlabel() for axis in made.draw().axes)


def test_without_a_record_of_settlements_there_is_no_chart(data):
    assert chart.can(data.annual, data.basis, 2016)
    assert not chart.can(data.annual, dataclasses.replace(data.basis, settlements=()), 2016)
    assert not chart.can({"gdp": data.annual["gdp"]}, data.basis, 2016)


def test_the_record_can_be_recolored_on_a_dark_page(made):
    """A drawing leaves out what is filled with pure black, so that a page would draw it in black on black."""
    drawn = svg_text(made.draw(PAGE))
    assert drawn.count(f"fill: {chart.MARK}") >= 2 * len(talks.with_spot(RECORD))
