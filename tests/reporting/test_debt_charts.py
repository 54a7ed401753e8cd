"""Charts of lenders, service, payments and thresholds: rows are what is drawn, titles follow, letters stay apart."""

import re
from dataclasses import replace

import numpy as np
import pytest

import sinobel
from sinobel.analysis import payments as flows
from sinobel.analysis import thresholds as levels
from sinobel.reporting.charts import creditors, payments, registry, service, thresholds
from sinobel.reporting.charts.chart import PAGE, PHONE, SLIDE, svg_text
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.theme import THEME
from sinobel.results import drawing

NAMES = ["baseline", "untied-finance", "market-closure-every-weak-year", "fdi-instead-of-loans"]
KINDS = ("creditor-mix", "service-calendar", "who-pays-whom", "thresholds")


@pytest.fixture(scope="module")
def dataset():
    return sinobel.compare(NAMES, draws=60, horizon="2024-12", keep="years")


@pytest.fixture(scope="module")
def data(dataset):
    return drawing.data_of(dataset, "a test")


@pytest.fixture(scope="module")
def charts(data):
    return {kind.name: kind.make(data) for kind in registry.shown(data, registry.FOLDER) if kind.name in KINDS}


def test_a_run_and_a_comparison_have_them(dataset, charts):
    assert tuple(charts) == KINDS
    one = drawing.data_of(dataset.isel(scenario=[0]), "a test")
    assert set(KINDS) <= {kind.name for kind in registry.shown(one, registry.FOLDER)}
    old = drawing.data_of(dataset.drop_vars("interest_to_russia"), "a test")
    assert {"creditor-mix", "thresholds"} == set(KINDS) & {kind.name for kind in registry.shown(old, registry.FOLDER)}


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_drawn_in_colors_that_turn_with_the_page(charts, kind):
    for medium in (PAGE, PHONE):
        drawn = charts[kind].draw(medium)
        found = {color.lower() for color in re.findall(r"#[0-9a-fA-F]{6}\b", svg_text(drawn))}
        assert found <= {color.lower() for color in THEME}, found
        black = [patch for axis in drawn.axes for patch in axis.patches if patch.get_facecolor() == (0, 0, 0, 1)]
        assert not black, "black fills are not written into a drawing, so they stay black on a dark page"


@pytest.mark.parametrize("kind", KINDS)
def test_title_and_reading_tell_a_number_the_range_and_the_unit(charts, kind):
    chart = charts[kind]
    assert re.search(r"\d", chart.title)
    assert "Sources:" in chart.foot
    assert "of futures" in chart.reading or "80 % range" in chart.reading
    assert "bn USD" in chart.reading or "the unit of each row" in chart.reading


@pytest.mark.parametrize("medium", [SLIDE, PAGE, PHONE], ids=lambda medium: medium.name)
@pytest.mark.parametrize("kind", ["who-pays-whom", "thresholds"])
def test_no_letter_of_a_table_lies_on_another_or_leaves_the_picture(charts, kind, medium):
    figure = charts[kind].draw(medium)
    figure.canvas.draw()
    (axis,) = figure.axes
    boxes = [(text.get_text(), text.get_window_extent()) for text in axis.texts]
    assert len(boxes) > 50
    width, height = figure.canvas.get_width_height()
    for name, box in boxes:
        assert box.x0 >= -1, name
        assert box.x1 <= width + 1, name
        assert box.y0 >= -1, name
        assert box.y1 <= height + 1, name
    for place, (one, box) in enumerate(boxes):
        for other, next_to in boxes[place + 1 :]:
            over = min(box.x1, next_to.x1) - max(box.x0, next_to.x0)
            deep = min(box.y1, next_to.y1) - max(box.y0, next_to.y0)
            assert over <= 0.5 or deep <= 3.0, (
                f"{one!r} lies on {other!r}"
            )  # boxes hold room for letters below the line


# --- creditors -------------------------------------------------------------------------------------------------------


def test_bars_of_lenders_stand_on_each_other_up_to_the_mean_debt(charts, data):
    rows = [row for row in charts["creditor-mix"].rows if row["part"] == "futures"]
    for row in rows:
        parts = sum(row[creditors._column(lender)] for lender in creditors.LOOKS)
        assert parts == pytest.approx(row["whole_mean"])
    figure = charts["creditor-mix"].draw()
    tops = [bar.get_path().vertices[:, 1].max() for bar in figure.axes[0].patches]
    assert max(tops) == pytest.approx(max(row["whole_mean"] for row in rows) / 1000)


def test_the_record_of_china_comes_before_and_the_fan_starts_at_it(charts, data):
    told = {row["year"]: row for row in charts["creditor-mix"].rows if row["part"] == "record"}
    assert max(told) == 2016
    china, whole = (data.recorded[name][2016] for name in ("debt_to_china", "external_public_debt"))
    assert told[2016]["china_share_percent_p50"] == pytest.approx(100 * china / whole)
    median = charts["creditor-mix"].draw().axes[1].lines[0]
    assert median.get_xdata()[0] == 2016
    assert median.get_ydata()[0] == pytest.approx(100 * china / whole)


def test_without_a_record_the_mix_has_futures_alone(data):
    chart = creditors.creditor_mix(data.summary, "baseline", {}, 2016, Footer("caption"))
    assert {row["part"] for row in chart.rows} == {"futures"}
    assert "after" not in chart.title
    assert "record" not in chart.reading
    assert chart.draw().axes[1].lines[0].get_xdata()[0] == 2017


# --- service ---------------------------------------------------------------------------------------------------------


def test_the_title_of_the_calendar_turns_with_its_peak(data):
    whole = {band: np.array([1000.0, 3000.0, 2000.0]) for band in ("mean", "p10", "p90")}
    burden = {"p50": np.array([5.0, 12.4, 8.0])}
    years = np.array([2017, 2018, 2019])
    title = service.finding(years, whole, burden, service.Peak(1, 0.4))
    assert title.startswith("Debt service peaks in 2018: 3.0 bn USD on average")
    assert "12 % of revenue" in title
    assert "highest at the end of the run, in 2019" in service.finding(years, whole, burden, service.Peak(2, 0.4))


def test_rows_of_the_calendar_add_up_and_are_the_bars(charts):
    chart = charts["service-calendar"]
    for row in chart.rows:
        parts = [value for name, value in row.items() if name.endswith("_mean") and name != "service_mean"]
        assert sum(parts) == pytest.approx(row["service_mean"])
    corners = np.concatenate([bar.get_path().vertices for bar in chart.draw().axes[0].patches])
    tops = {row["year"]: corners[np.round(corners[:, 0]) == row["year"], 1].max() for row in chart.rows}
    assert tops == pytest.approx({row["year"]: row["service_mean"] / 1000 for row in chart.rows})


# --- payments --------------------------------------------------------------------------------------------------------


def test_rows_of_payments_net_to_the_balances_and_the_subsidy_is_in_none(charts):
    rows = charts["who-pays-whom"].rows
    for partner in (*flows.PARTNERS, payments.ALL):
        mine = {(row["side"], row["kind"]): row["mean"] for row in rows if row["partner"] == partner}
        net = mine.pop((payments.BALANCE, payments.BALANCE))
        mine.pop(("no payment", payments.SUBSIDY), None)
        assert net == pytest.approx(
            sum(-each if side == flows.BY_BELARUS else each for (side, _), each in mine.items())
        )
    assert any(row["kind"] == payments.SUBSIDY for row in rows)


def test_the_title_of_payments_names_who_takes_most():
    cell = {
        flows.CHINA: (-2000.0, -3000.0, -500.0),
        flows.RUSSIA: (-1000.0, -2000.0, 0.0),
        flows.EU: (10.0, 0.0, 1.0),
        flows.REST: (2500.0, 1.0, 1.0),
    }
    title = payments.finding({(payments.BALANCE, payments.BALANCE): cell}, 2020)
    assert (
        title
        == "Belarus 2020: goods, loans and their service leave 2.0 bn USD net with China (0.5 to 3.0 bn USD, 80 %)"
    )
    none = {name: (abs(mean), low, high) for name, (mean, low, high) in cell.items()}
    assert "no partner takes more than it pays" in payments.finding({(payments.BALANCE, payments.BALANCE): none}, 2020)


def test_a_year_without_payments_is_refused_in_words(dataset):
    for year in (2017, 2031, "soon"):
        with pytest.raises(sinobel.InputError, match="no payments to tell; choose 2018 to 2024"):
            sinobel.plot.payments(dataset, year)
    with pytest.raises(sinobel.InputError, match="needs two years"):
        sinobel.plot.payments(dataset.isel(year=[0]))


# --- thresholds ------------------------------------------------------------------------------------------------------


def test_cells_are_the_shares_of_the_rows_and_blocks_the_scenarios(charts, data):
    chart = charts["thresholds"]
    found = {
        (row["scenario"], row["threshold"], year): row[f"share_of_futures_{year}"]
        for row in chart.rows
        for year in range(2017, 2025)
    }
    among = levels.thresholds(data.question.objectives)
    assert len(found) == len(NAMES) * len(among) * 8
    share = (data.annual["debt_to_gdp"].sel(scenario="untied-finance", year=2024) > 0.4).mean().item()
    assert found["untied-finance", "debt over GDP above 40 %", 2024] == pytest.approx(share)
    assert len(chart.draw().axes[0].patches) == sum(share > 0 for share in found.values())
    texts = {text.get_text() for text in chart.draw().axes[0].texts}
    assert {data.titles[name] for name in NAMES} <= texts
    assert "* debt over GDP above 60 %" in texts
    assert all(each.source in chart.foot for each in among)


def test_of_many_scenarios_the_first_blocks_are_drawn_and_all_are_rows(data):
    few = levels.SOURCED[:1]
    names = [f"option {place}" for place in range(8)]
    many = drawing.Summary(
        {"debt_to_gdp": data.annual["debt_to_gdp"].isel(scenario=[0] * 8).assign_coords(scenario=names)}
    )
    chart = thresholds.crossings(many, few, names[0], {}, Footer("caption"))
    assert "The first 6 of 8 scenarios" in chart.reading
    assert len({row["scenario"] for row in chart.rows}) == 8
    assert "option 7" not in {text.get_text() for text in chart.draw().axes[0].texts}


def test_the_title_of_thresholds_tells_what_rises_most_and_who_does_best():
    rises, falls, own = (
        levels.Threshold("debt_to_gdp", name, 0.4, "fraction", relation=">", source="a test", assumed=assumed)
        for name, assumed in (("debt", False), ("service", False), ("interest", True))
    )
    years = np.array([2017, 2018])
    shares = {
        "base": {rises: np.array([0.1, 0.5]), falls: np.array([0.9, 0.8]), own: np.array([0.0, 0.9])},
        "other": {rises: np.array([0.1, 0.3]), falls: np.array([0.9, 0.8]), own: np.array([0.0, 0.9])},
    }
    title = thresholds.finding(shares, years, {"other": "Another way"}, "base")
    assert title == "Debt above 40 % in 50 % of futures in 2018, after 10 % in 2017; fewest under another way, 30 %"
    calm = {"base": {rises: np.array([0.0, 0.0])}}
    assert "None of the thresholds" in thresholds.finding(calm, years, {}, "base")


def test_the_title_of_a_threshold_of_one_year_tells_that_year():
    one = levels.Threshold("reserves", "reserves", 4e3, "USD mn", relation="<", source="a test", year=2018)
    nan, years = np.nan, np.array([2017, 2018, 2019])
    shares = {"base": {one: np.array([nan, 0.5, nan])}, "other": {one: np.array([nan, 0.2, nan])}}
    title = thresholds.finding(shares, years, {"other": "Another way"}, "base")
    assert title == "Reserves below 4,000 USD mn in 2018 in 50 % of futures; fewest under another way, 20 %"


def test_thresholds_of_a_user_take_the_place_of_those_that_ship(dataset):
    figure = sinobel.plot.thresholds(dataset, "reserves[2020] <= 4000 or debt_to_gdp[2024] > 0.5")
    texts = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "International reserves at most 4,000 USD mn in 2020" in texts.replace("\n", " ")
    assert "above 50 %" in texts
    assert "service over exports" not in texts
    dated = levels.Threshold("reserves", "reserves", 4e3, "USD mn", relation="<", source="a test", year=2020)
    years, every = dataset["year"].values, replace(dated, year=None)
    data = drawing.data_of(dataset, "a test")
    assert drawing.thresholds(data, "reserves[2020] < 4000")[0].year == 2020
    assert drawing.thresholds(data, ["reserves < 4000"])[0].year is None
    for name in data.titles:
        own, whole = (levels.crossing(data.annual, each, name) for each in (dated, every))
        assert np.isnan(own[years != 2020]).all(), "it counts in its year alone"
        assert own[years == 2020] == whole[years == 2020]
        assert not np.isnan(whole).any()
    with pytest.raises(sinobel.InputError, match="choose a year from"):
        sinobel.plot.thresholds(dataset, "reserves[2055] < 4000")
    with pytest.raises(sinobel.InputError, match="of one indicator"):
        sinobel.plot.thresholds(dataset, "debt_to_china / external_public_debt [2020] > 20 %")
    with pytest.raises(sinobel.InputError, match="needs reserves"):
        sinobel.plot.thresholds(dataset[["gdp"]], "reserves[2020] < 4000")


def test_thresholds_of_a_user_are_read_as_conditions_of_studies_are(data):
    """None at all is refused, one told twice counts once, and all mistakes are told in the words they were made in."""
    with pytest.raises(sinobel.InputError, match="is missing"):
        drawing.thresholds(data, [])
    twice = ["reserves < 4000", "reserves  <  4,000 or reserves[2020] < 4000", "reserves < 4000"]
    assert [each.year for each in drawing.thresholds(data, twice)] == [None, 2020]
    with pytest.raises(sinobel.InputError) as wrong:
        drawing.thresholds(data, ["gdp < many or", "reservs < 4000", "reserves[0000] < 1 or debt_to_gdp == 0.5"])
    told = str(wrong.value)
    assert "'gdp < many' is no condition" in told
    assert "a year in brackets if you like" in told
    assert 'did you mean "reserves"' in told
    assert "'==' is no condition here" in told
    assert f"{data.years[0]}]" not in told
    with pytest.raises(sinobel.InputError, match="choose a year from"):
        drawing.thresholds(data, "reserves[0000] < 4000")
    with pytest.raises(sinobel.InputError, match=r"debt_to_china / gdp. is of two"):
        drawing.thresholds(data, "debt_to_china / gdp > 20 %")
