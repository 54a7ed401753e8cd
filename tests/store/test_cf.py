"""Every netCDF file we write obeys the CF conventions 1.8 and is read back as it was, bit for bit."""

import json

import numpy as np
import pytest
import xarray as xr

from sinobel import store
from sinobel.inputs import units
from sinobel.inputs.indicators import all_indicators
from sinobel.policies import scenarios
from sinobel.runs.request import Request
from sinobel.store import cf

NAME = "fünf % 北京 <tel>"
OF_EACH_UNIT = list({each.unit + each.kind: name for name, each in all_indicators().items()}.values())
"""One indicator of each unit and kind."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A comparison with every month, two scenarios with names that are no ASCII, and what was written of it."""
    own = scenarios.load("baseline").with_change("china.tied_share", 0.4, start="2017-06", name=NAME)
    request = Request(
        (scenarios.load("baseline"), own), 6, 5, horizon="2018-12", indicators=(*OF_EACH_UNIT, "reserves", "gdp")
    )
    out = tmp_path_factory.mktemp("cf") / "r"
    with store.Run(request, out) as run:
        results = run.simulate(keep="months")
        run.manifest["command"] = "sinobel compare baseline own"
        years = {name: results.annual[name] for name in results.annual}
        run.finish()
    return out, results, years


def names(folder):
    return sorted(path.name for path in folder.glob("*.nc"))


@pytest.fixture(scope="module", params=range(5))
def file(request, made):
    return made[0] / names(made[0])[request.param]


def test_five_kinds_of_files_are_written(made):
    assert len(names(made[0])) == 5


def test_the_checker_finds_nothing(file, tmp_path):
    """Neither an error nor a warning nor a recommendation, and the checker itself stumbles over nothing."""
    pytest.importorskip("compliance_checker")
    from compliance_checker.runner import CheckSuite, ComplianceChecker

    CheckSuite.load_all_available_checkers()
    said = tmp_path / "said.json"
    _, errors = ComplianceChecker.run_checker(
        str(file), ["cf:1.8"], 0, "normal", output_filename=str(said), output_format="json"
    )
    found = json.loads(said.read_text())["cf:1.8"]
    messages = [text for each in found["all_priorities"] for text in each["msgs"]]
    assert messages == []
    assert found["scored_points"] == found["possible_points"] > 30
    assert not errors


def test_every_unit_is_known_and_means_what_the_words_say():
    cf_units = pytest.importorskip("cf_units")
    for each in all_indicators().values():
        for words in (each.yearly_unit, each.monthly_unit):
            assert cf_units.Unit(units.udunits(words)).is_unknown() is False
    told = {
        "USD mn a year": ("1 year-1", 1e6),
        "USD mn a month": ("1 year-1", 12e6),
        "kt KCl a year": ("kg year-1", 1e6),
        "USD/t CFR": ("kg-1", 1e-3),
        "fraction a year": ("year-1", 1.0),
        "% a year": ("year-1", 0.01),
        "USD/barrel": ("m-3", 1 / 0.158987294928),
        "months": ("year", 1 / 12),
        "index 0-1": ("1", 1.0),
    }
    for words, (other, factor) in told.items():
        assert cf_units.Unit(units.udunits(words)).convert(1.0, other) == pytest.approx(factor), words
    with pytest.raises(KeyError):
        units.udunits("bushels")


def test_a_file_says_what_it_is_to_any_program(file):
    with xr.open_dataset(file, engine="h5netcdf", decode_cf=False) as raw:
        assert raw.attrs["Conventions"] == "CF-1.8"
        assert all(raw.attrs[key] for key in ("title", "institution", "source", "history", "references", "comment"))
        kinds = {name: raw[name].dtype for name in raw.coords | raw.data_vars}
        assert {kind for name, kind in kinds.items() if name in all_indicators()} == {np.dtype("float32")}
        assert {kinds[name] for name in ("draw", "year", "time") if name in kinds} <= {np.dtype("int32")}
        assert raw["gdp"].attrs["unit"].startswith("USD mn a ") if "gdp" in raw else True
    with xr.open_dataset(file, engine="h5netcdf") as content:
        if "scenario" in content.dims:
            assert list(content["scenario"].values) == ["baseline", NAME]
            assert "scenario" not in content.sel(scenario=NAME).dims


def test_results_are_read_back_as_they_were(made):
    out, results, years = made
    again = store.read_results(out)
    for name, variable in years.items():
        xr.testing.assert_identical(again.annual[name], variable.astype(np.float32).rename(name))
        assert again.annual[name].attrs["units"] == all_indicators()[name].yearly_unit
    xr.testing.assert_identical(again.bands, results.bands.astype(np.float32).assign_attrs(again.bands.attrs))
    assert again.bands["gdp"].dims == ("scenario", "time", "band")
    assert list(again.bands.attrs) == ["title", "vintage", "manifest"]
    assert again.examples["reserves"].dims == ("scenario", "draw", "time")
    assert again.examples["draw"].dtype == np.int64


def test_what_was_written_before_is_still_read(made, tmp_path):
    """Files of earlier versions have our units, 64-bit integers and no conventions."""
    results = made[1]
    old = tmp_path / "old.nc"
    results.bands.to_netcdf(old, engine="h5netcdf")
    from sinobel.store.netcdf import read_dataset

    most = {"scenario": 2, "time": 24, "band": 8}
    xr.testing.assert_identical(read_dataset(old, most), results.bands)


def test_datasets_in_memory_are_left_as_they_are(made):
    bands = made[1].bands
    before = bands.copy(deep=True)
    cf.conforming(bands)
    xr.testing.assert_identical(bands, before)
    assert bands["gdp"].attrs["units"] == "USD mn a month"


def test_a_folder_is_read_as_xarray_itself_would(made):
    from sinobel.store.netcdf import read_dataset

    most = {"scenario": 2, "draw": 100, "time": 240, "band": 8, "year": 20}
    for name in ("annual", "monthly-bands", "monthly-examples"):
        file = made[0] / f"{name}.nc"
        with xr.open_dataset(file, engine="h5netcdf") as content:
            theirs = cf.restored(content.load())
        ours = read_dataset(file, most)
        xr.testing.assert_identical(ours, theirs)
        assert {key: (each.dims, each.dtype) for key, each in ours.variables.items()} == {
            key: (each.dims, each.dtype) for key, each in theirs.variables.items()
        }
