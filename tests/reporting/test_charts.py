"""Charts carry what a reader needs: units, draws, vintage, source, and they do not fail on odd data."""

import csv
import io
import re

import numpy as np
import pytest

from sinobel import store
from sinobel.analysis import balance, differences, summary
from sinobel.policies import scenarios
from sinobel.reporting.charts import projections, style
from sinobel.reporting.charts.shared import Footer
from sinobel.results import contents
from sinobel.runs.request import Request


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    request = Request(
        tuple(scenarios.load(name) for name in ("baseline", "cartel-restored", "untied-finance")),
        200,
        1,
        horizon="2021-12",
    )
    out = tmp_path_factory.mktemp("results") / "r"
    with store.Run(request, out) as run:
        return run.simulate()


FOOT = Footer("caption")
RECORD = {"exports_to_china": {year: 400.0 + year - 2000 for year in range(2000, 2017)}}


def words(figure):
    found = [text.get_text() for text in figure.texts]
    for axis in figure.axes:
        found += [axis.get_title(), axis.get_title(loc="left"), axis.get_xlabel(), axis.get_ylabel()]
    return "\n".join(found)


def test_every_chart_of_a_folder_names_draws_vintage_and_sources(results):
    charts = contents.charts_of(contents.data_of(results))
    assert {
        "overview",
        "options",
        "who-gains",
        "gains-by-objective",
        "choices",
        "contract-and-spot",
        "balance-by-channel",
        "exports-to-china",
    } <= set(charts)
    for name, make in charts.items():
        text = " ".join(words(make().draw()).split())  # footers are broken into lines
        for part in ("200 futures from 2016-12 on", "record: shipped, to 2016-12", "Sources:"):
            assert part in text, f"{name} does not say {part!r}"
        told = ("USD", "weights, %", "the unit of each row", "months")
        assert any(unit in " ".join(text.split()) for unit in told), f"{name} says no unit"


def test_a_fan_starts_at_the_record_and_shows_what_followed(results):
    later = {"exports_to_china": RECORD["exports_to_china"] | {2017: 500.0}}
    figure = projections.fan(results.summary, "exports_to_china", "baseline", later, 2016, FOOT).draw()
    axis = figure.axes[0]
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert {"record", "median", "50 % of futures", "80 % of futures", "90 % of futures", "what followed"} <= set(labels)
    fan = [line for line in axis.lines if len(line.get_xdata()) == 6][0]
    assert fan.get_xdata()[0] == 2016
    assert fan.get_ydata()[0] == pytest.approx(416.0)


def test_channels_add_up_to_the_change_of_the_balance_in_every_draw(results):
    parts = balance.change_by_channel(results.annual, "baseline")
    total = results.annual["balance_with_china"].sel(scenario="baseline").values
    change = total - total[:, :1]
    flow = results.annual["imports_from_china"].sel(scenario="baseline").values
    assert np.abs(sum(parts.values()) - change).max() <= 1e-6 * flow.min()


def test_a_year_without_shipments_is_all_volume():
    price, volume = balance.split_value(np.array([50.0]), np.array([2.0]), np.array([0.0]), np.array([0.0]))
    assert price[0] == 0
    assert volume[0] == 50.0
    price, volume = balance.split_value(np.array([60.0]), np.array([2.0]), np.array([50.0]), np.array([2.0]))
    assert price[0] == pytest.approx(10.0)
    assert volume[0] == pytest.approx(0.0)


def test_bands_are_quantiles_and_leave_out_what_is_no_number():
    values = np.random.default_rng(1).normal(size=(3, 501))
    found = summary.bands(values)
    for place, level in enumerate((0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95), start=1):
        assert np.allclose(found[:, place], np.quantile(values, level, axis=1))
    values[0, :100] = np.nan
    assert np.allclose(summary.bands(values)[0, 4], np.nanmedian(values[0]))
    values[1] = np.nan
    assert np.isnan(summary.bands(values)[1]).all()


def test_paired_differences_are_draw_by_draw(results):
    difference = differences.paired(results.annual["debt_to_china"], "baseline")
    assert list(difference["scenario"].values) == ["cartel-restored", "untied-finance"]
    assert (difference.sel(year=2017) == 0).all()
    rows = differences.rows({"debt_to_china": results.annual["debt_to_china"]}, "baseline")
    assert all(0 <= row["share_higher"] <= 1 for row in rows)


def test_colors_differ_for_color_blind_readers():
    """Neighbors of the palette keep apart when red and green look alike (a simple model of deuteranopia)."""
    import matplotlib.colors as mcolors

    mix = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])
    seen = [mix @ np.array(mcolors.to_rgb(color)) for color in style.COLORS]
    for place, one in enumerate(seen):
        for other in seen[place + 1 :]:
            assert np.linalg.norm(one - other) > 0.12
    assert len(set(style.MARKERS)) == len(style.MARKERS)


def test_every_chart_of_a_folder_keeps_the_numbers_it_draws_and_says_what_it_finds(results):
    charts = contents.charts_of(contents.data_of(results))
    for name, make in charts.items():
        chart = make()
        assert len(chart.rows) >= 2, name
        assert len(list(csv.DictReader(io.StringIO(chart.csv)))) == len(chart.rows), name
        assert " ".join(chart.draw().texts[0].get_text().split()) == chart.title
        assert re.search(r"\d|none|nobody|likely|Best for|Largest", chart.title), f"{name}: no finding in its title"


def test_the_rows_of_a_fan_are_the_lines_it_draws(results):
    chart = projections.fan(results.summary, "exports_to_china", "baseline", RECORD, 2016, FOOT)
    figure = chart.draw()
    told = {int(row["year"]): float(row["p50"]) for row in chart.rows if row["part"] == "futures"}
    line = next(line for line in figure.axes[0].lines if len(line.get_xdata()) == 6)
    assert dict(zip(map(int, line.get_xdata()[1:]), line.get_ydata()[1:], strict=True)) == pytest.approx(told)
    assert "80 % of futures" in figure.texts[0].get_text()


def test_titles_turn_around_with_the_numbers(results):
    values = results.annual["exports_to_china"]
    years, many = summary.by_year(values.copy(data=4 * values.values), "baseline")
    _, few = summary.by_year(values.copy(data=0.25 * values.values), "baseline")
    one, other = (projections.finding("Exports", "USD mn a year", years, bands) for bands in (many, few))
    assert f"median {many['p50'][-2] / 1000:.1f} bn USD in 2020" in one
    assert f"median {few['p50'][-2]:.0f} mn USD in 2020" in other


def test_an_option_has_one_color_in_every_chart(results):
    from sinobel.reporting.charts import options as option_charts

    names = [str(name) for name in results.annual["gdp"]["scenario"].values]
    styles = style.scenario_styles(names)
    figure = option_charts.options(results.summary, "baseline", {}, FOOT, told={}).draw()
    handles = figure.legends[0].get_texts(), figure.legends[0].get_lines()
    drawn = {text.get_text(): line.get_color() for text, line in zip(*handles, strict=True)}
    assert drawn == {name: styles[name].color for name in names[1:]}
    assert styles["baseline"].color == style.COLORS[0]
