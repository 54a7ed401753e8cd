"""The histogram of where what came lies: its numbers, what it says, and its look on a page, dark, in print, on a phone."""

import dataclasses
import re

import numpy as np
import pytest
from matplotlib.patches import StepPatch

import sinobel
from sinobel import store
from sinobel.reporting.charts import pit, track_record
from sinobel.reporting.charts.chart import PHONE, SLIDE
from sinobel.reporting.page import page
from sinobel.reporting.page.pictures import picture
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request

COUNTS = [12, 4, 3, 5, 6, 4, 2, 4, 3, 7]


def summary():
    """Rows of a summary as files have them: texts."""
    return [
        {
            "measure": f"{name}_pit_{place + 1}",
            "label": "share in a tenth",
            "forecasts": "50",
            "series": "10",
            "value": str(count / 50),
            "ideal": "0.1",
            "ideal_low": "0.04",
            "ideal_high": "0.18",
            "deflated": "",
            "trials": "3",
        }
        for name in ("headline", "next_year", "macro")
        for place, count in enumerate(COUNTS)
    ]


@pytest.fixture(scope="module")
def chart():
    return pit.pit_chart(pit.of_summary(summary()), track_record.SHIPPED.foot_of_both)


def test_rows_are_the_counts_with_what_a_right_model_would_have(chart):
    titles = [title for _, title in pit.PANELS]
    assert [row["count"] for row in chart.rows] == COUNTS * 2
    assert list(dict.fromkeys(row["forecasts"] for row in chart.rows)) == titles
    assert {(row["right_low"], row["right_high"]) for row in chart.rows} == {(0.04, 0.18)}
    assert [row["above"] for row in chart.rows[:10]] == [place / 10 for place in range(10)]


def test_the_title_tells_the_outer_tenths(chart):
    assert "outer two tenths of the forecast in 38 % of 50 cases, where 20 % should" in chart.title
    assert "2008 to 2015" in chart.foot


RIGHT = [(0.0, 0.2)] * 10


@pytest.mark.parametrize(
    ("shares", "right", "sides", "says"),
    [
        ([0.4, 0.19, *[0.05] * 7, 0.06], RIGHT, (0.35, 0.35), "Forecasts lay too high: what came fell into their lowest"),
        ([0.06, *[0.05] * 7, 0.19, 0.4], RIGHT, (), "Forecasts lay too low: what came fell into their highest two tenths in 59"),
        ([0.4, 0.19, *[0.05] * 7, 0.06], RIGHT, (0.6, 0.6), "outer two tenths of the forecast in 46 % of 22 cases"),
        ([0.3, 0.15, *[0.01] * 6, 0.15, 0.34], RIGHT, (), "outer two tenths of the forecast in 64 % of 22 cases"),
        ([0.4, 0.19, *[0.05] * 7, 0.06], [], (), "the lowest two tenths of the forecast in 59 % of 22 cases and into the highest two in 11 %"),
    ],
)  # fmt: skip
def test_the_title_names_a_lean_that_right_forecasts_would_not_have(shares, right, sides, says):
    assert says in pit.pit_chart([pit.Placed("All", 22, shares, right, sides)], "foot").title


def test_one_case_is_told_in_the_singular():
    assert "of 1 case," in pit.pit_chart([pit.Placed("All", 1, [1.0] + [0.0] * 9, RIGHT, (1, 1))], "foot").title


def test_bars_are_the_rows(chart):
    for axis in chart.draw(SLIDE).axes:
        heights = [bar.get_height() for bar in axis.containers[0]]
        assert heights == pytest.approx(COUNTS)
        band = next(patch for patch in axis.patches if isinstance(patch, StepPatch)).get_data()
        assert list(band.values) == pytest.approx([9.0] * 10)
        assert list(band.baseline) == pytest.approx([2.0] * 10)


def test_without_futures_no_band_is_drawn_or_told():
    found = pit.pit_chart([pit.Placed("All", 50, [count / 50 for count in COUNTS])], "foot")
    assert "Gray" not in found.reading
    assert len(found.draw(SLIDE).axes[0].patches) == 10
    assert found.rows[0]["right_low"] == ""


def test_a_summary_of_before_has_no_such_chart():
    assert pit.of_summary([row for row in summary() if "_pit_" not in row["measure"]]) == []


def test_every_color_is_the_pages_so_it_turns_dark_and_prints(chart):
    drawn = picture(chart, "tenths")
    for svg in (drawn.wide, drawn.narrow):
        assert not re.findall(r"(?:fill|stroke): *#[0-9a-fA-F]{6}", svg)
        assert {"var(--blue)", "var(--grid)", "var(--quiet)"} <= set(re.findall(r"var\(--\w+\)", svg))


def test_panels_stand_below_each_other_on_a_phone(chart):
    left, below = chart.draw(PHONE).axes
    assert left.get_position().x0 == pytest.approx(below.get_position().x0, abs=0.03)
    assert left.get_position().y0 > below.get_position().y0
    assert np.diff(left.get_xlim()) == 1


@pytest.mark.parametrize("counted", [True, False])
def test_a_page_shows_it_where_it_was_counted(tmp_path, counted):
    with store.Run(Request((sinobel.scenario("baseline"),), 3, 1, horizon="2017-12"), tmp_path / "r") as run:
        data = page_data_of(run.simulate())
    rows = tuple(summary()) if counted else ()
    text = page(dataclasses.replace(data, basis=dataclasses.replace(data.basis, past_forecasts=rows)))
    assert ("past-forecasts-tenths" in text) is counted
