"""Years of datasets people have changed: right numbers, or a message; never a wrong number without a word."""

import warnings

import numpy as np
import pytest
import xarray as xr

import sinobel
from sinobel import store
from sinobel.policies import scenarios
from sinobel.runs.request import Request

NAMES = [
    "gdp",
    "external_public_debt",
    "debt_to_gdp",
    "exports_to_china",
    "potash_spot_price",
    "months_without_contract",
]


@pytest.fixture(scope="module")
def run():
    return sinobel.run("baseline", draws=12, horizon="2019-12", indicators=NAMES)


@pytest.fixture(scope="module")
def years(run):
    return sinobel.annual(run)


@pytest.fixture(scope="module")
def pair():
    mine = sinobel.scenario("baseline").with_change("china.tied_share", 0.2, start="2018-01")
    return sinobel.compare(["baseline", mine], draws=12, horizon="2019-12")


def same(found, expected):
    """The same variables with the same bits, whatever the order of dims."""
    assert set(found.data_vars) == set(expected.data_vars)
    for name, variable in expected.data_vars.items():
        assert set(found[name].dims) == set(variable.dims)
        assert np.array_equal(found[name].transpose(*variable.dims).values, variable.values, equal_nan=True), name
        assert found[name].attrs == variable.attrs


def assigned(run, **attributes):
    """A run with a variable of the user's own, which says only what is given."""
    made = run.assign(mine=run["exports_to_china"] / 1000)
    made["mine"].attrs = attributes
    return made


# --- what gives the same years ---


HARMLESS = {
    "transposed": lambda run: run.transpose("time", "draw"),
    "one variable transposed": lambda run: run.assign(gdp=run["gdp"].transpose("time", "draw")),
    "months backward": lambda run: run.isel(time=slice(None, None, -1)),
    "months in any order": lambda run: run.isel(time=np.random.default_rng(1).permutation(36)),
    "draws without their numbers": lambda run: run.drop_vars("draw"),
    "copied": lambda run: run.copy(deep=True),
    "from a file": lambda run: xr.load_dataset(run.to_netcdf(engine="h5netcdf"), engine="h5netcdf"),
    "resampled to the same months": lambda run: run.resample(time="MS").mean(),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_is_still_a_run_gives_the_same_years(run, years, change):
    same(sinobel.annual(change(run)), years)


PARTS = {
    "some draws": {"draw": slice(2, 7)},
    "draws again and again": {"draw": [3, 3, 0]},
    "one draw": {"draw": 4},
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_any_draws_are_draws(run, years, part):
    same(sinobel.annual(run.isel(part)), years.isel(part))


@pytest.mark.parametrize("chosen", [[2017], [2018, 2019], [2017, 2019]])
def test_any_whole_years_are_years(run, years, chosen):
    same(sinobel.annual(run.sel(time=run["time"].dt.year.isin(chosen))), years.sel(year=chosen))


def test_dims_and_coordinates_of_ones_own_are_carried_along(run, years):
    made = xr.concat([run, run], "seed").assign_coords(group=("draw", list("abcdefghijkl")))
    found = sinobel.annual(made)
    assert found["gdp"].dims == ("seed", "draw", "year")
    assert list(found["group"].values) == list("abcdefghijkl")
    same(found.isel(seed=1).drop_vars("group"), years)


def test_a_comparison_keeps_the_order_of_its_dims(pair):
    plain = sinobel.annual(pair)
    assert plain["gdp"].dims == ("scenario", "draw", "year")
    turned = sinobel.annual(pair.transpose("time", "scenario", "draw"))
    assert turned["gdp"].dims == ("year", "scenario", "draw")
    same(turned, plain)
    same(sinobel.annual(pair.isel(scenario=1)), plain.isel(scenario=1))


# --- variables of one's own ---


@pytest.mark.parametrize("attributes", [{}, {"annual": "ratio", "long_name": "Mine"}, {"annual": "sum"}])
def test_a_variable_that_says_nothing_is_left_out_with_a_word(run, years, attributes):
    with pytest.warns(UserWarning, match=r"left out .*: mine; say it, for example dataset\['mine'\].attrs = .*\"sum\""):
        same(sinobel.annual(assigned(run, **attributes)), years)


def test_attributes_that_xarray_copied_are_no_word(run, years):
    made = run.assign(billions=run["exports_to_china"] / 1000, share=run["exports_to_china"] / run["gdp"])
    with xr.set_options(keep_attrs=True), pytest.warns(UserWarning, match="billions, share, twice"):
        same(sinobel.annual(made.assign(twice=2 * run["gdp"])), years)


@pytest.mark.parametrize("how", ["sum", "mean", "last", "max"])
def test_a_variable_that_says_how_becomes_years(run, how):
    about = {"annual": how, "long_name": "Mine", "units": "USD bn a month"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sinobel.annual(assigned(run, **about))["mine"]
    by_year = (run["exports_to_china"] / 1000).groupby("time.year")
    expected = {"sum": by_year.sum(), "mean": by_year.mean(), "last": by_year.last(), "max": by_year.max()}[how]
    np.testing.assert_allclose(found.transpose("year", "draw"), expected.transpose("year", "draw"), rtol=1e-12)
    assert found.attrs == {"annual": how, "long_name": "Mine", "units": "USD bn a year"}


def test_nothing_but_what_says_nothing_is_refused(run):
    with pytest.raises(sinobel.InputError, match=r"no variable of the dataset says how .*: mine"):
        sinobel.annual(assigned(run)[["mine"]])


# --- what is refused ---


NO_DRAWS = {
    "quantiles": lambda run: run.quantile([0.1, 0.9], dim="draw"),
    "quantiles with attributes": lambda run: run.quantile([0.1, 0.9], dim="draw", keep_attrs=True),
    "one quantile": lambda run: run.quantile(0.5, dim="draw", keep_attrs=True),
    "quantiles over something else": lambda run: xr.concat([run, run], "seed").quantile(0.5, dim="seed"),
    "mean": lambda run: run.mean("draw", keep_attrs=True),
    "median": lambda run: run.median("draw"),
    "spread": lambda run: run.std("draw"),
    "one draw that no longer says which": lambda run: run.isel(draw=0, drop=True),
    "bins": lambda run: run.groupby_bins("draw", 3).mean(),
}


@pytest.mark.parametrize("change", NO_DRAWS.values(), ids=NO_DRAWS)
def test_statistics_over_draws_are_refused(run, change):
    with pytest.raises(sinobel.InputError, match=r"holds no draws any more.*take years first.*quantile"):
        sinobel.annual(change(run))


def kept(operation):
    """An operation whose result carries the attributes of the run, as it does in later versions of xarray."""

    def change(run):
        with xr.set_options(keep_attrs=True):
            return operation(run)

    return change


RECKONED = {
    "running mean": kept(lambda run: run.rolling(time=3).mean()),
    "running mean from the first month": kept(lambda run: run.rolling(time=3, min_periods=1).mean()),
    "running sum": kept(lambda run: run.cumsum("time").assign_coords(time=run["time"])),
    "difference": kept(lambda run: run - run.isel(draw=0)),
    "means of three draws": kept(lambda run: run.coarsen(draw=3).mean()),
    "logarithm": kept(np.log1p),
    "another indicator": kept(lambda run: run.assign(gdp=run["gdp"] / 1000)),
}


@pytest.mark.parametrize("change", RECKONED.values(), ids=RECKONED)
def test_what_was_reckoned_from_months_is_refused_by_its_ratio(run, change):
    with pytest.raises(
        sinobel.InputError, match="debt_to_gdp is not the ratio of external_public_debt and gdp any more"
    ):
        sinobel.annual(change(run))


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run.to_dataframe().to_xarray(),
        lambda run: xr.Dataset({"gdp": (run["gdp"].dims, run["gdp"].values)}, run.coords),
    ],
    ids=["pandas", "by hand"],
)
def test_an_indicator_without_its_attributes_is_refused(run, change):
    with pytest.raises(sinobel.InputError, match=r"does not say of itself what sinobel.run says of it, annual 'sum'"):
        sinobel.annual(change(run)[["gdp"]])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda run: run.diff("time"), "2017 has 11 of its 12 months"),
        (lambda run: run.isel(time=slice(0, 20)), "whole calendar years, January to December; 2018 has 8"),
        (lambda run: run.isel(time=slice(0, 0)), "there are no months"),
        (lambda run: run.resample(time="YS").sum(), "2017 has 1 of its 12 months"),
        (lambda run: run.resample(time="QS").sum(), "2017 has 4 of its 12 months"),
        (lambda run: xr.concat([run, run.isel(time=[5])], "time"), "month 2017-06 stands 2 times"),
        (lambda run: run.groupby("time.year").sum(), "these are years already"),
        (lambda run: run.groupby("time.month").mean(), "needs months along the dim time; the dataset has"),
        (lambda run: run.isel(time=0), "needs months along the dim time; the dataset has draw"),
        (lambda run: run.drop_vars("time"), "time must hold dates"),
        (lambda run: run.assign_coords(time=np.arange(36)), "time must hold dates"),
        (lambda run: run.coarsen(draw=2).mean(), "draw 0.5 is no draw of a run"),
        (lambda run: run.isel(draw=slice(0, 0)), "holds no draw"),
        (lambda run: run.assign(gdp=run["gdp"].mean("draw", keep_attrs=True)), "gdp has no dim draw"),
        (lambda run: run.assign(gdp=run["gdp"].isel(time=0, drop=True)), "gdp has no dim time"),
        (lambda run: run[["debt_to_gdp"]], "debt_to_gdp needs external_public_debt and gdp in the dataset"),
        (lambda run: run.assign(gdp=xr.concat([run["gdp"]] * 2, "seed")), "its part gdp has seed, draw, year"),
        (lambda run: run["gdp"], r"takes a dataset, not one variable; keep it one: run\[\['gdp'\]\]"),
        (lambda run: run["gdp"].rename(None), "takes a dataset, not one variable"),
        (lambda run: run.to_dataframe(), "takes the dataset of sinobel.run or sinobel.compare, not a DataFrame"),
        (lambda run: "baseline", "takes the dataset of sinobel.run or sinobel.compare, not a str"),
    ],
)
def test_what_cannot_be_years_is_told_in_one_message(run, change, message):
    with pytest.raises(sinobel.InputError, match=message) as told:
        sinobel.annual(change(run))
    assert len(told.value.problems) == 1


# --- gains and decisions ---


@pytest.mark.parametrize(
    "change",
    [
        lambda pair: pair.transpose("time", "draw", "scenario"),
        sinobel.annual,
        lambda pair: sinobel.annual(pair).transpose("year", "draw", "scenario").isel(year=slice(None, None, -1)),
        lambda pair: pair.assign(mine=pair["gdp"] / 1000),
    ],
)
def test_gains_are_the_same_whatever_the_order(pair, change):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sinobel.who_gains(change(pair)).equals(sinobel.who_gains(pair))
        assert sinobel.decide(change(pair)).equals(sinobel.decide(pair))


def test_gains_of_some_draws_and_of_one(pair):
    one = sinobel.who_gains(sinobel.annual(pair).isel(draw=3))
    assert one.equals(sinobel.who_gains(sinobel.annual(pair).isel(draw=[3])))
    assert len(sinobel.who_gains(pair.isel(draw=slice(0, 5)))) == len(one)


def test_files_of_a_results_folder_can_be_asked(tmp_path):
    names = ("baseline", "untied-finance")
    request = Request(tuple(map(scenarios.load, names)), 12, 2017, horizon="2019-12")
    with store.Run(request, tmp_path / "results") as run:
        run.simulate()
        run.finish()
    yearly, examples, bands = (
        xr.load_dataset(tmp_path / "results" / f"{name}.nc", engine="h5netcdf")
        for name in ("annual", "monthly-examples", "monthly-bands")
    )
    pair = sinobel.compare(names, draws=12, horizon="2019-12")
    means = [sinobel.who_gains(each)["share_better"].astype(float) for each in (yearly, pair)]
    np.testing.assert_allclose(*means, rtol=1e-3, atol=0.01)  # the file keeps fewer digits
    expected = sinobel.annual(pair)["debt_to_china"].sel(draw=examples["draw"])
    np.testing.assert_allclose(sinobel.annual(examples)["debt_to_china"].transpose(*expected.dims), expected, rtol=1e-5)
    with pytest.raises(sinobel.InputError, match="holds no draws, as it was kept as bands"):
        sinobel.annual(bands)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda pair: pair.quantile([0.1, 0.9], dim="draw"), "no draws any more"),
        (lambda pair: sinobel.annual(pair).mean("draw"), "no draws any more"),
        (kept(lambda pair: pair.groupby("time.year").sum()), "make years with sinobel.annual"),
        (kept(lambda pair: pair - pair.isel(scenario=0)), "is not the ratio of"),
        (lambda pair: pair.isel(scenario=0), "holds one scenario"),
        (lambda pair: xr.concat([pair, pair], "scenario"), "scenario baseline stands 2 times"),
        (lambda pair: xr.concat([pair, pair], "seed"), "takes the dims scenario, draw, year; .* has seed, scenario"),
        (lambda pair: sinobel.annual(pair).drop_vars("year"), "which years"),
        (lambda pair: pair["gdp"], "takes a dataset, not one variable"),
        (lambda pair: pair.to_dataframe(), "not a DataFrame"),
    ],
)
def test_gains_of_what_is_no_comparison_are_refused(pair, change, message):
    for ask in (sinobel.who_gains, sinobel.decide):
        with pytest.raises(sinobel.InputError, match=message):
            ask(change(pair))
