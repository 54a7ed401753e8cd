"""The Python interface: datasets with units and manifest, years as declared, errors that say what is allowed."""

import json

import numpy as np
import pytest

import sinobel
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError


def test_a_run_is_a_labeled_dataset():
    run = sinobel.run("baseline", draws=30, horizon="2018-12")
    assert run.sizes == {"draw": 30, "time": 24}
    assert set(run.data_vars) == set(all_indicators())
    for name, variable in run.data_vars.items():
        for field in ("units", "long_name", "kind", "source"):
            assert variable.attrs[field], f"{name} carries no {field}"
    manifest = json.loads(run.attrs["manifest"])
    assert manifest["request"]["draws"] == 30
    assert manifest["versions"]["sinobel"] == sinobel.__version__
    assert set(manifest["hashes"]) >= {"scenarios", "evidence", "parameters", "levers", "code"}


def test_it_opens_as_netcdf(tmp_path):
    import xarray as xr

    run = sinobel.run(draws=10, horizon="2017-12")
    run.to_netcdf(tmp_path / "run.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "run.nc", engine="h5netcdf") as again:
        assert np.allclose(again["gdp"], run["gdp"])


def test_years_are_made_as_declared():
    run = sinobel.run(draws=25, horizon="2019-12")
    yearly = sinobel.annual(run)
    assert list(yearly["year"].values) == [2017, 2018, 2019]
    months = run.sel(time="2018")
    assert np.allclose(yearly["exports_to_china"].sel(year=2018), months["exports_to_china"].sum("time"))
    assert np.allclose(yearly["debt_to_china"].sel(year=2018), months["debt_to_china"].isel(time=-1))
    assert np.allclose(yearly["potash_spot_price"].sel(year=2018), months["potash_spot_price"].mean("time"))
    assert np.allclose(yearly["months_without_contract"].sel(year=2018), months["months_without_contract"].max("time"))
    expected = months["external_public_debt"].isel(time=-1) / months["gdp"].sum("time")
    assert np.allclose(yearly["debt_to_gdp"].sel(year=2018), expected)
    assert yearly["exports_to_china"].attrs["units"] == "USD mn a year"


def test_years_of_a_part_of_a_year_are_refused():
    run = sinobel.run(draws=5, horizon="2018-12")
    with pytest.raises(sinobel.InputError, match="whole calendar years"):
        sinobel.annual(run.isel(time=slice(0, 20)))


def test_compare_has_the_same_futures_in_every_scenario(small):
    assert small.sizes["scenario"] == 2
    before = small.sel(time="2017")
    assert np.array_equal(before["gdp"][0], before["gdp"][1])
    assert not np.array_equal(small["tied_imports"][0], small["tied_imports"][1])
    assert np.array_equal(small["oil_price"][0], small["oil_price"][1])


def test_a_changed_scenario_runs_and_keeps_its_name():
    mine = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01")
    pair = sinobel.compare(["baseline", mine], draws=20, horizon="2018-12", indicators=["tied_imports"])
    assert list(pair["scenario"].values) == ["baseline", "baseline + china.tied_share"]
    assert list(pair.data_vars) == ["tied_imports"]


def test_chosen_indicators_bring_their_parts_only_where_needed():
    run = sinobel.run(draws=5, horizon="2017-12", indicators=["debt_to_gdp"])
    assert list(run.data_vars) == ["debt_to_gdp"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"draws": 0}, "draws must be"),
        ({"draws": 2.5}, "draws must be"),
        ({"draws": True}, "draws must be"),
        ({"seed": -3}, "seed must be"),
        ({"origin": "2020-12"}, "an origin is a December"),
        ({"horizon": "2010-12"}, "after the origin"),
        ({"indicators": ["gpd"]}, 'did you mean "gdp"'),
        ({"policy": "nothing"}, "there is no scenario"),
    ],
)
def test_bad_arguments_say_what_is_allowed(arguments, message):
    with pytest.raises(sinobel.InputError, match=message):
        sinobel.run(**{"draws": 5, "horizon": "2017-12"} | arguments)


def test_origins_of_the_record_open_and_run():
    for year in range(2008, 2017):
        run = sinobel.run(draws=20, origin=f"{year}-12", horizon=f"{year + 2}-12")
        assert np.isfinite(run["exports_to_china"]).all()


def test_importing_is_instant():
    import subprocess
    import sys

    script = "import sys, sinobel; assert not {'mesa', 'numpy', 'xarray'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_compare_of_one_name_asks_for_a_list():
    with pytest.raises(sinobel.InputError, match="takes a list of scenarios"):
        sinobel.compare("baseline")


@pytest.mark.parametrize("year", [2010, "2018", 2018.5, True, 3000])
def test_the_ledger_is_of_a_simulated_year(year):
    with pytest.raises(InputError, match=r"year .* is not simulated; choose 2017 to"):
        sinobel.ledger(year, draws=2)


def test_the_ledger_of_python_is_that_of_the_command_line(capsys):
    from sinobel import cli

    matrix = sinobel.ledger(2018, draws=20)
    with pytest.raises(SystemExit):
        cli.main(["ledger", "--year", "2018", "--draws", "20", "--format", "csv"])
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 1 + len(matrix)
    assert all(line.startswith((name, f'"{name}')) for line, name in zip(printed[1:], matrix.index, strict=True))
    assert matrix["sum"].abs().max() < 1e-6
