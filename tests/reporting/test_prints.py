"""Charts that one would print: in every chart of the registry nothing is struck through, covered or cut off.

Also its title and its axes tell one unit, options are told apart by their differences, and the record stands beside the
months without a contract.
"""

import itertools
import re

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.transforms import Bbox

from sinobel import store
from sinobel.analysis import settlements
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.settlements import settlements as settled
from sinobel.policies import focus, scenarios
from sinobel.reporting.charts import levels, projections, registry
from sinobel.reporting.charts import solve as solve_charts
from sinobel.reporting.charts.chart import PAGE, SLIDE, _settle
from sinobel.reporting.charts.lettering import balanced
from sinobel.reporting.words.wording import scale_of, scale_of_change, scaled
from sinobel.results import contents
from sinobel.runs.request import Request

OPTIONS = ("baseline", "untied-finance", "market-closure-every-weak-year", "fdi-instead-of-loans", "russian-squeeze")
MANY = (*OPTIONS, "oil-slump", "cartel-restored")
ASKED = ["debt_to_china / gdp", "market_closed", "balance_with_china"]


def simulated(names, folder):
    request = Request(tuple(scenarios.load(name) for name in names), 40, 1, horizon="2020-12")
    with store.Run(request, folder) as run:
        found = run.simulate()
    found.manifest["focus"] = focus.asked(ASKED, None, (2017, 2020), request.shown).as_written()
    return contents.data_of(found)


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    return simulated(OPTIONS, tmp_path_factory.mktemp("prints") / "r")


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return simulated(["market-closure-every-weak-year"], tmp_path_factory.mktemp("prints") / "r")


def texts_of(figure):
    """Texts that are seen, with what they belong to."""
    found = [(text, None) for text in figure.texts]
    for legend in figure.legends:
        found += [(text, None) for text in legend.get_texts()]
    for axis in figure.axes:
        if axis.get_visible():
            inside = [axis.title, axis._left_title, axis._right_title, axis.xaxis.label, axis.yaxis.label, *axis.texts]
            inside += axis.get_legend().get_texts() if axis.get_legend() else []
            found += [(text, axis) for text in inside]
            axes = (axis.xaxis, axis.yaxis) if axis.axison else ()
            found += [(label, None) for each in axes for label in ticks_of(each)]
    return [(text, axis) for text, axis in found if text.get_visible() and text.get_text().strip()]


def ticks_of(axis):
    """Numbers of an axis that are drawn."""
    return [label for tick in axis._update_ticks() for label in (tick.label1, tick.label2) if label.get_visible()]


def box(text, shrink=1.5):
    found = text.get_window_extent()
    return Bbox.from_extents(found.x0 + shrink, found.y0 + shrink, found.x1 - shrink, found.y1 - shrink)


def strikes(axis, text):
    """Lines of an axis that go through a text which has no ground of its own."""
    legend = axis.get_legend()
    own_ground = text.get_bbox_patch() or (legend and legend.get_frame_on() and text in legend.get_texts())
    if own_ground or text.get_rotation() % 360 not in (0, 90):
        return []
    through = []
    for line in axis.lines:
        if line.get_linestyle() not in ("None", "none", "") and len(line.get_xdata()) > 1:
            path = line.get_transform().transform_path(line.get_path())
            clipped = path.clip_to_bbox(axis.bbox, inside=False) if line.get_clip_on() else path
            if (
                len(clipped.vertices)
                and np.isfinite(clipped.vertices).all()
                and clipped.intersects_bbox(box(text), False)
            ):
                through.append(line)
    return through


def mistakes(chart, medium=SLIDE):
    """What a reader would not want printed, in words."""
    figure = chart.draw(medium)
    _settle(figure)  # as its files are made
    figure.canvas.draw()
    found, seen = [], texts_of(figure)
    for text, axis in seen:
        said, where = text.get_text()[:50], text.get_window_extent()
        if where.x0 < -1 or where.y0 < -1 or where.x1 > figure.bbox.x1 + 1 or where.y1 > figure.bbox.y1 + 1:
            found.append(f"cut off: {said!r}")
        if axis is not None and strikes(axis, text):
            found.append(f"struck through: {said!r}")
        if medium.headed and text.get_fontsize() < 9:
            found.append(f"too small: {said!r}")
    level = [(text.get_text()[:40], box(text)) for text, _ in seen if text.get_rotation() % 90 == 0]
    for (one, place), (other, beside) in itertools.combinations(level, 2):
        if place.overlaps(beside):
            found.append(f"{one!r} lies on {other!r}")
    return found


@pytest.mark.parametrize("results", ["compared", "alone"])
def test_no_chart_of_a_folder_has_texts_struck_covered_or_cut_off(results, request):
    data = request.getfixturevalue(results)
    found = {kind.name: mistakes(kind.make(data)) for kind in registry.shown(data, registry.FOLDER)}
    assert not {name: wrong for name, wrong in found.items() if wrong}
    assert len(found) > 10


@pytest.mark.parametrize("results", ["compared", "alone"])
def test_no_chart_of_a_page_has_texts_struck_or_covered(results, request):
    data = request.getfixturevalue(results)
    found = {kind.name: mistakes(kind.make(data), PAGE) for kind in registry.shown(data, registry.PAGE)}
    assert not {name: wrong for name, wrong in found.items() if wrong}


MONEY = re.compile(r"\b(bn|mn) USD")


def test_title_and_axis_tell_one_unit(compared, alone):
    for data in (compared, alone):
        for kind in registry.shown(data, registry.FOLDER):
            chart = kind.make(data)
            told = set(MONEY.findall(chart.title))
            figure = chart.draw()
            axes = "\n".join(f"{axis.get_ylabel()} {axis.get_xlabel()}" for axis in figure.axes)
            assert told <= set(MONEY.findall(axes)) or kind.name in ("money-book", "who-pays-whom"), (
                kind.name,
                chart.title,
                axes,
            )
            assert "USD mn" not in axes, kind.name
            assert "fraction" not in axes, kind.name


@pytest.mark.parametrize(
    ("unit", "size", "told"),
    [
        ("USD mn a year", 999, (1.0, "mn USD a year")),
        ("USD mn", 1000, (0.001, "bn USD")),
        ("fraction", 0.3, (100.0, "%")),
        ("fraction a year", 0.3, (100.0, "% a year")),
        ("kt KCl a year", 5000, (0.001, "mn t KCl a year")),
        ("kt KCl per USD mn", 5000, (1.0, "kt KCl per USD mn")),
        ("months", 3, (1.0, "months")),
    ],
)
def test_an_axis_is_scaled_as_sentences_are(unit, size, told):
    assert scale_of(unit, size) == told
    number, word = scaled([size], unit, size)
    assert float(number[0].replace(",", "")) == pytest.approx(told[0] * size, rel=0.01)
    assert all(part in told[1] or part == "thousand" for part in word.split())
    assert scale_of_change("fraction", 0.3) == (100.0, "percentage points")


def test_a_title_ends_in_no_lone_word_and_keeps_numbers_with_their_units():
    lines = balanced("Chinese loans paid out: median 0.5 bn USD in 2025, 80 % of futures 0.2 to 1.1", 74)
    assert len(lines) == 2
    assert min(map(len, lines)) > 30
    for width in range(20, 74):
        lines = balanced("Balance 2.0 bn USD worse, 80 % of futures below 3 months", width)
        assert not any(
            re.search(r"(\d|bn)$", line) and re.match("bn|USD|%|months", after)
            for line, after in itertools.pairwise(lines)
        )


def test_options_are_told_apart_by_their_paired_differences(compared):
    chart = levels.level_and_change(compared, "debt_to_china")
    figure = chart.draw()
    level, change = figure.axes[:2]
    expected = compared.summary.change("debt_to_china", "untied-finance", "baseline")
    medians = [line.get_ydata() for line in change.lines if len(line.get_xdata()) == len(compared.years)]
    assert any(np.allclose(each, expected["p50"]) for each in medians)
    assert len(change.collections) == len(OPTIONS) - 1, "each option has its range"
    rows = [row for row in chart.rows if row["scenario"] == "untied-finance"]
    assert [float(row["p90"]) for row in rows] == pytest.approx(list(expected["p90"]))
    assert level.get_title(loc="left") == "Debt to China"


def test_many_options_are_grouped_and_no_panel_has_more_than_four(tmp_path):
    data = simulated(MANY, tmp_path / "r")
    chart = levels.level_and_change(data, "reserves")
    figure = chart.draw()
    panels = [axis for axis in figure.axes[1:] if axis.get_visible()]
    assert [len(axis.collections) for axis in panels] == [2, 2, 2]
    assert len({axis.get_ylim() for axis in panels}) == 1, "one scale"
    assert len({to_rgba(each.get_facecolor()[0], 1) for axis in panels for each in axis.collections}) <= 8
    assert not mistakes(chart)


def test_what_changes_nothing_says_so(compared):
    figure = levels.level_and_change(compared, "months_without_contract").draw()
    said = [text.get_text() for text in figure.axes[1].get_legend().get_texts()]
    assert "Direct investment instead of loans (no change)" in said
    assert not any("weak year (no" in each for each in said)


def test_months_without_a_contract_stand_beside_those_of_the_record(compared, alone):
    known = settlements.months_without(settled(all_evidence().contracts))
    assert known[2016] == 6, "the contract of 2015 ended in December, the next was settled in July"
    assert known[2009] == 11
    assert known[2010] == known[2014] == 0
    assert settlements.months_without(()) == {}
    assert compared.drawn["months_without_contract"] == known
    assert "months_without_contract" not in compared.recorded, "no forecast is scored by it"
    charts = contents.charts_of(alone)
    figure = charts["months-without-contract"]().draw()
    record = next(line for line in figure.axes[0].lines if 2009 in list(line.get_xdata()))
    assert dict(zip(record.get_xdata(), record.get_ydata(), strict=True))[2009] == 11


def test_the_ends_of_a_flat_fan_do_not_cover_each_other(alone):
    values = alone.summary["market_closed"]
    assert not mistakes(
        projections.fan(alone.summary, "market_closed", str(values["scenario"].values[0]), {}, 2016, alone.footer)
    )


def solved(probability, answer):
    shares = np.linspace(*probability, 6)
    rows = [
        {
            "lever": each,
            "probability": share,
            "probability_low": max(share - 0.05, 0),
            "probability_high": min(share + 0.05, 1),
            "median": 700 + 10 * each,
            "p10": 400.0,
            "p90": 1100.0,
        }
        for each, share in zip(np.linspace(0, 1, 6), shares, strict=True)
    ]
    asked = solve_charts.Asked(
        title="Out of reach",
        subtitle="Exports to China in 2020 at least 1,500 USD mn a year",
        foot="Sources: the record.",
        lever="Share of loan money that must buy Chinese goods, % of disbursement",
        second="",
        indicator="Exports to China in 2020, USD mn a year",
        target=1500,
        wanted=0.5,
        factors=(100.0, 1.0),
    )
    stretches = [] if answer is None else [(answer.value, 1.0)]
    return solve_charts.trade_off(rows, asked, stretches, answer, (0.4, 0.3))


@pytest.mark.parametrize(
    ("probability", "answer"),
    [
        ((0.0, 0.0), None),
        ((0.2, 0.9), solve_charts.Answer(0.43, (0.35, 0.5))),
        ((0.2, 0.55), solve_charts.Answer(1.0, (0.8, None))),
    ],
)
def test_what_it_takes_is_legible_in_reach_and_out_of_it(probability, answer):
    chart = solved(probability, answer)
    assert not mistakes(chart)
    figure = chart.draw()
    figure.canvas.draw()
    assert "100" in [label.get_text() for label in figure.axes[0].get_xticklabels()], "in percent, as its label says"


@pytest.mark.parametrize("count", range(1, 40))
def test_options_stand_in_an_odd_number_of_panels_of_about_one_size(count):
    """The level takes a place, so that no row has one chart alone."""
    options = [str(each) for each in range(count)]
    groups = levels.grouped(options)
    sizes = [len(each) for each in groups]
    assert [*itertools.chain(*groups)] == options
    assert len(groups) % 2 == 1
    assert max(sizes) <= (levels.ALONE if len(groups) == 1 else levels.TOGETHER)
    assert max(sizes) - min(sizes) <= 1
