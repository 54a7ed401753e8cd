"""The chart of scores a year ahead: what its title counts, and the intervals that it draws."""

import numpy as np
import pytest

from sinobel.reporting.charts import track_record
from sinobel.reporting.charts.chart import SLIDE


def row(name, skill, low, high):
    return {
        "series": name,
        "skill": skill,
        "skill_low": low,
        "skill_high": high,
        "hindsight_skill": skill - 0.3,
        "ideal_skill": 0.3,
        "ideal_skill_low": 0.1,
        "ideal_skill_high": 0.5,
        "inside_80": 0.7,
        "ideal_inside_80_low": 0.6,
        "ideal_inside_80_high": 0.9,
    }


ROWS = [row("a", 0.5, 0.2, 0.7), row("b", 0.2, -0.1, 0.4), row("c", -0.3, -2.5, 0.1), row("d", np.nan, np.nan, np.nan)]


@pytest.fixture(scope="module")
def chart():
    return track_record.next_year_chart(ROWS, {name: name for name in "abcd"})


def test_the_title_tells_in_how_many_the_whole_interval_is_above_nothing(chart):
    assert "in 2 of 3 series (in 1 the whole 90 % interval)" in chart.title


def test_intervals_are_drawn_and_end_at_the_edge(chart):
    left = chart.draw(SLIDE).axes[0]
    drawn = [list(line.get_xdata()) for line in left.lines if len(line.get_xdata()) == 2]
    for ends in ([0.2, 0.7], [-0.1, 0.4], [track_record.LEAST_SHOWN, 0.1]):
        assert ends in drawn
