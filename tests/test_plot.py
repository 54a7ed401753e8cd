"""Charts of results in memory: one line each, any order of dims, nothing global changed."""

import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure

import sinobel

UNTOUCHED = """
import sys
from matplotlib import rcParams
settings = lambda: {key: rcParams[key] for key in rcParams if key != "backend"}  # which is looked for when it is read
before, backend = settings(), rcParams._get_backend_or_none()
import sinobel
run = sinobel.run("baseline", draws=4, horizon="2018-12", keep="years")
sinobel.plot.fan(run, "debt_to_china").canvas.draw()
assert settings() == before
assert rcParams._get_backend_or_none() == backend
assert "matplotlib.pyplot" not in sys.modules
"""


@pytest.fixture(scope="module")
def pair():
    return sinobel.compare(["baseline", "untied-finance", "russian-squeeze"], draws=12, horizon="2019-12")


CHARTS = {
    "fan": lambda given: sinobel.plot.fan(given, "debt_to_china"),
    "fan of another": lambda given: sinobel.plot.fan(given, "gdp", "untied-finance"),
    "overview": sinobel.plot.overview,
    "balance": sinobel.plot.balance,
    "loans": sinobel.plot.loans,
    "creditors": sinobel.plot.creditors,
    "service": sinobel.plot.service,
    "payments": sinobel.plot.payments,
    "payments of another": lambda given: sinobel.plot.payments(given, 2018, "untied-finance"),
    "thresholds": sinobel.plot.thresholds,
    "thresholds of a user": lambda given: sinobel.plot.thresholds(given, "reserves[2019] < 4000"),
    "options": sinobel.plot.options,
    "options against another": lambda given: sinobel.plot.options(given, "untied-finance"),
    "gains": sinobel.plot.gains,
    "objectives": sinobel.plot.objectives,
    "decide": lambda given: sinobel.plot.decide(given, "china"),
    "attribution": sinobel.plot.attribution,
    "attribution in time": lambda given: sinobel.plot.attribution(given, "baseline", year=2019, since=2017),
}


def drawn(figure):
    """Numbers that are drawn, and the texts."""
    assert isinstance(figure, Figure)
    lines = [line.get_xydata().tolist() for axis in figure.axes for line in axis.lines]
    bars = [
        bar.get_path().get_extents(bar.get_patch_transform()).bounds for axis in figure.axes for bar in axis.patches
    ]
    texts = [text.get_text() for text in figure.texts] + [axis.get_title() for axis in figure.axes]
    assert lines or bars
    return repr((lines, bars, texts))


def test_a_notebook_that_knows_nothing_of_pyplot_shows_a_chart(pair):
    """Figures of pyplot have a formatter in notebooks once it is imported; these bring their picture along."""
    picture = sinobel.plot.balance(pair)._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_is_the_same_for_months_and_years_in_any_order(pair, kind):
    chart = CHARTS[kind]
    told = drawn(chart(pair))
    assert drawn(chart(pair.transpose("time", "draw", "scenario"))) == told
    assert drawn(chart(sinobel.annual(pair).transpose("draw", "year", "scenario"))) == told


def test_a_single_scenario_and_some_draws_are_drawn_as_they_are(pair):
    one = pair.sel(scenario="untied-finance")
    assert drawn(sinobel.plot.fan(one, "gdp")) == drawn(sinobel.plot.fan(pair, "gdp", "untied-finance"))
    few = " ".join(text.get_text() for text in sinobel.plot.fan(pair.isel(draw=slice(0, 5)), "gdp").texts)
    assert "5 futures" in few


def test_settlements_need_futures_that_settle(pair):
    several = sinobel.run("baseline", draws=40, horizon="2022-12", keep="years")
    figure = sinobel.plot.settlements(several)
    assert [axis.get_title(loc="left") for axis in figure.axes][-1] == "Who settles first"
    with pytest.raises(sinobel.InputError, match="settled after spot has fallen"):
        sinobel.plot.settlements(several.assign(potash_spot_at_settlement=10 * several["potash_spot_at_settlement"]))


def test_months_of_potash_are_drawn_in_any_order_and_years_are_refused(pair):
    told = drawn(sinobel.plot.potash(pair))
    assert drawn(sinobel.plot.potash(pair.transpose("draw", "time", "scenario"))) == told
    with pytest.raises(sinobel.InputError, match="draws months, and the dataset holds years"):
        sinobel.plot.potash(sinobel.annual(pair))


def test_a_chart_of_a_dataset_is_that_of_the_folder(pair, tmp_path):
    folder = sinobel.save(pair, tmp_path / "pair")
    import pandas as pd

    table = pd.read_csv(folder / "summary.csv")
    row = table[(table.scenario == "baseline") & (table.indicator == "debt_to_china") & (table.year == 2019)]
    figure = sinobel.plot.fan(pair, "debt_to_china")
    ends = [line.get_ydata()[-1] for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
    assert any(np.isclose(end, row["p50"].iloc[0], rtol=1e-6) for end in ends)


@pytest.fixture(scope="module")
def bands():
    return sinobel.compare(["baseline", "untied-finance"], draws=12, horizon="2019-12", keep="bands")


def line_at(axis, position):
    """Values that lines of futures have at a position."""
    return [
        float(line.get_ydata()[list(line.get_xdata()).index(position)])
        for line in axis.lines
        if position in list(line.get_xdata())
    ]


def test_a_fan_of_several_scenarios_shows_the_median_of_each_and_names_them(pair):
    figure = sinobel.plot.fan(pair, "debt_to_china")
    median = sinobel.annual(pair)["debt_to_china"].median("draw").sel(year=2019)
    ends = line_at(figure.axes[0], 2019.0)
    for value in median.values:
        assert any(np.isclose(end, value, rtol=1e-6) for end in ends)
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert {"Baseline", "Untied Chinese finance", "record"} < set(legend)
    assert len(figure.axes[0].collections) == 3  # a range each
    assert len(sinobel.plot.fan(pair, "debt_to_china", "baseline").axes[0].collections) == 3  # 50, 80 and 90 %
    two = sinobel.plot.fan(pair, "debt_to_china", ["russian-squeeze", "baseline"])
    assert "Untied Chinese finance" not in [text.get_text() for text in two.legends[0].get_texts()]


def test_of_many_scenarios_the_first_alone_has_a_range(pair):
    more = sinobel.compare(list(sinobel.scenarios().index[:5]), draws=4, horizon="2024-12", keep="years")
    figure = sinobel.plot.fan(more, "gdp")
    assert len(figure.axes[0].collections) == 1
    assert "medians of 5 scenarios" in " ".join(figure.texts[0].get_text().split())


def test_a_fan_of_bands_shows_their_months(bands):
    figure = sinobel.plot.fan(bands, "debt_to_china")
    for median in bands["debt_to_china"].sel(band="p50").isel(time=-1).values:
        assert any(np.isclose(end, median) for end in line_at(figure.axes[0], 2019 + 11.5 / 12))
    one = sinobel.plot.fan(bands.isel(scenario=1), "debt_to_china")
    assert drawn(one) == drawn(
        sinobel.plot.fan(bands.transpose("band", "time", "scenario"), "debt_to_china", "untied-finance")
    )
    legend = [text.get_text() for text in one.legends[0].get_texts()]
    assert legend[:2] == ["record", "median"]
    flow = sinobel.plot.fan(bands, "exports_to_china", "baseline")
    assert "record" not in [text.get_text() for text in flow.legends[0].get_texts()]  # it has years, and no months


def test_a_chart_looks_the_same_whatever_style_its_user_has(pair):
    import io

    from matplotlib import style

    def picture():
        buffer = io.BytesIO()
        sinobel.plot.fan(pair, "debt_to_china").savefig(buffer, dpi=40)
        return buffer.getvalue()

    light = picture()
    with style.context("dark_background"):
        assert picture() == light


def test_a_fan_of_what_is_not_in_bands_is_refused(bands):
    for asked, message in (
        (("debt",), "there is no indicator 'debt' in the results"),
        (("gdp", "basline"), 'did you mean "baseline"'),
        (("gdp", []), "at least one scenario"),
    ):
        with pytest.raises(sinobel.InputError, match=message):
            sinobel.plot.fan(bands, *asked)


@pytest.mark.parametrize(
    ("chart", "message"),
    [
        (lambda pair: sinobel.plot.fan(pair, "debt"), "there is no indicator 'debt' in the results"),
        (lambda pair: sinobel.plot.fan(pair, "gdp", "basline"), 'did you mean "baseline"'),
        (lambda pair: sinobel.plot.options(pair.sel(scenario="baseline")), "this dataset holds one"),
        (lambda pair: sinobel.plot.loans(pair[["gdp"]]), "plot.loans needs"),
        (lambda pair: sinobel.plot.fan(pair.mean("draw", keep_attrs=True), "gdp"), "holds no draws any more"),
        (lambda pair: sinobel.plot.fan(pair.drop_attrs(), "gdp"), "has no manifest"),
        (lambda pair: sinobel.plot.attribution(pair, of="oil_price"), "cannot be split"),
        (lambda pair: sinobel.plot.attribution(pair, year=2031), "is not simulated; choose 2017 to 2019"),
    ],
)
def test_what_cannot_be_drawn_is_told(pair, chart, message):
    with pytest.raises(sinobel.InputError, match=message):
        chart(pair)


def test_findings_are_drawn():
    split = sinobel.attribute("untied-finance", "baseline", year=2018, horizon="2018-12", draws=6)
    assert drawn(sinobel.plot.attribution(split))
    assert isinstance(sinobel.plot.money(sinobel.money(horizon="2018-12", draws=6)), Figure)
    found = sinobel.solve("debt_to_china[2018] <= 9000", "china.lending_volume=0:2", draws=6)
    assert drawn(sinobel.plot.tradeoff(found))


@pytest.mark.parametrize("chart", ["money", "tradeoff", "sensitivity", "failures", "track_record"])
def test_a_chart_of_a_study_wants_what_that_study_found(pair, chart):
    split = sinobel.attribute("untied-finance", "baseline", year=2018, horizon="2018-12", draws=6)
    for given, name in ((pair, "a Dataset"), (split, "an Attribution"), (3, "an int")):
        with pytest.raises(sinobel.InputError, match=rf"plot.{chart} takes what sinobel\.\w+ found, not {name}"):
            getattr(sinobel.plot, chart)(given)
    with pytest.raises(sinobel.InputError, match="takes the dataset"):
        sinobel.plot.attribution(sinobel.money(horizon="2018-12", draws=6))


def test_an_editor_offers_charts_alone():
    assert dir(sinobel.plot) == sorted(sinobel.plot.__all__)


def test_charts_work_where_python_keeps_no_docstrings():
    asked = "import sinobel; assert sinobel.plot.fan.__doc__ is None; print(callable(sinobel.plot.decide))"
    done = subprocess.run([sys.executable, "-OO", "-c", asked], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr


def test_nothing_of_matplotlib_is_changed():
    done = subprocess.run([sys.executable, "-c", UNTOUCHED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_dataset_in_the_place_of_a_finding_is_told_the_line_that_works(pair):
    with pytest.raises(sinobel.InputError, match=r'write sinobel\.plot\.money\(sinobel\.money\("baseline"\)\)'):
        sinobel.plot.money(pair)
