"""A dozen options and more in one chart: no two look the same, and the legend has all of them."""

import numpy as np
import pytest

from sinobel import store
from sinobel.analysis.question import question_of
from sinobel.policies import scenarios
from sinobel.reporting.charts import decision, style
from sinobel.reporting.charts import options as option_charts
from sinobel.reporting.charts.lettering import titles_of
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.page.keys import sign
from sinobel.reporting.workbook.charts import DASHES, MARKERS
from sinobel.runs.request import Request

NAMES = ["baseline", *[name for name in scenarios.shipped_names() if name != "baseline"][:11]]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    request = Request(tuple(scenarios.load(name) for name in NAMES), 8, 1, horizon="2025-12")
    with store.Run(request, tmp_path_factory.mktemp("dozen") / "r") as run:
        return run.simulate()


def look_of(line):
    return line.get_color(), line.get_marker(), line.get_linestyle(), line.get_markerfacecolor()


def test_no_two_of_many_scenarios_share_a_look():
    looks = style.scenario_styles([str(place) for place in range(56)]).values()
    assert len({(look.color, look.marker, look.dash) for look in looks}) == 56
    for start in range(42):  # those next to each other differ in color and marker
        near = list(looks)[start : start + 7]
        assert len({look.color for look in near}) == 7
    assert style.RECORD not in {look.color for look in looks}
    assert {look.dash for look in looks} <= set(DASHES)
    assert {look.marker for look in looks} <= set(MARKERS)
    assert len({str(sign(look)) for look in looks}) == 56


def test_lines_of_a_dozen_options_differ_and_the_legend_names_each(results):
    titles = titles_of(results.manifest)
    fig = option_charts.options(results.summary, "baseline", titles, Footer("caption"), told={}).draw()
    [legend] = fig.legends
    assert {text.get_text() for text in legend.get_texts()} == {titles[name] for name in NAMES[1:]}
    assert len({look_of(line) for line in legend.get_lines()}) == len(NAMES) - 1
    for axis in fig.axes[:2]:
        medians = [look_of(line) for line in axis.lines if len(line.get_xdata()) > 2 and line.get_marker() != "None"]
        assert len(set(medians)) == len(medians) == len(NAMES) - 1
    fig.canvas.draw()
    box = legend.get_window_extent()
    assert box.x1 <= fig.bbox.x1
    assert box.y0 >= max(axis.get_window_extent().y1 for axis in fig.axes[:2])


def boxes(labels):
    """Corners of turned or level labels as they stand on the chart."""
    return [np.round(label.get_window_extent().get_points()) for label in labels if label.get_text()]


def test_names_over_the_columns_of_a_dozen_options_do_not_cover_each_other(results):
    found = question_of(results.manifest).counted(results.annual)
    fig = decision.gains_by_objective(found, titles_of(results.manifest), "caption").draw()
    fig.canvas.draw()
    axis = fig.axes[0]
    labels = axis.get_xticklabels()
    assert len({label.get_text() for label in labels}) == len(NAMES) - 1
    assert all(label.get_rotation() > 30 for label in labels), "level names would cover each other"
    assert all(box[1][0] <= fig.bbox.x1 + 1 and box[1][1] <= fig.bbox.y1 for box in boxes(labels))


@pytest.mark.parametrize("chart", ["who_gains", "choices"])
def test_each_row_is_named_on_its_own(results, chart):
    found = question_of(results.manifest).counted(results.annual)
    titles = {name: "A long beginning that all of the names of these scenarios share, " + name for name in NAMES}
    more = ("belarus",) if chart == "choices" else ()
    fig = getattr(decision, chart)(found, *more, titles, "caption").draw()
    labels = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert len(set(labels)) == len(labels) == len(NAMES) - (chart == "who_gains")
