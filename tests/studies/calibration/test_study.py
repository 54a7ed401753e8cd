"""A whole calibration and backtest at the smallest size, and what stands in `model/posterior`."""

import dataclasses
import json

import numpy as np
import pytest

import sinobel
from sinobel import cli
from sinobel.inputs import posterior
from sinobel.inputs.reading import InputError
from sinobel.reporting.documents import trust
from sinobel.store.checkpoints import Steps
from sinobel.store.work_area import WorkArea
from sinobel.studies.calibration import emulator, settings, study, targets

LATEST = 12 * 2016 + 11


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Steps of a quick calibration that was interrupted twice, and what it found."""
    folder = tmp_path_factory.mktemp("calibration") / "work"
    made = []

    def keep_until(last):
        def keep(name, make):
            with WorkArea(folder, "same") as area:
                if len(made) >= last and not (area.folder / "steps" / f"{name}.npz").is_file():
                    raise KeyboardInterrupt
                return Steps(area).keep(name, lambda: made.append(name) or make())

        return keep

    for last in (3, 8):  # in the middle of the priors' runs, and of what comes after them
        with pytest.raises(KeyboardInterrupt):
            study.calibrate(settings.QUICK, keep_until(last), lambda text: None)
    return made, study.calibrate(settings.QUICK, keep_until(1000), lambda text: None)


def test_an_interrupted_calibration_goes_on_and_makes_nothing_twice(kept):
    made, outcome = kept
    assert len(made) == len(set(made)) == 2 * 3 + 2 + len(range(0, settings.QUICK.truths, study.BATCH))
    assert set(outcome.values) == {2014, 2016}


def test_values_stay_inside_bounds_and_ranks_are_ranks(kept):
    _, outcome = kept
    for values in outcome.values.values():
        for name, drawn in values.items():
            low, high = sinobel.inputs.parameters.all_parameters()[name].bounds
            assert ((drawn >= low) & (drawn <= high)).all(), name
    assert outcome.ranks.shape == (settings.QUICK.truths, len(outcome.names[2016]))
    assert 0.3 < outcome.ranks.mean() < 0.7


def test_calibrated_parameters_belong_to_modules_that_have_targets(kept):
    _, outcome = kept
    declared = targets.all_modules()
    found = {declared.of_parameter(name) for name in outcome.names[2016]}
    assert found == {name for name, module in declared.by_name.items() if module.targets}
    for name, labels in outcome.moved_by[2016].items():
        module = declared.by_name[declared.of_parameter(name)]
        assert {label.partition(" ")[0] for label in labels} <= set(module.targets), name


def test_lasting_errors_are_told_of_every_series_that_was_seen(kept):
    _, outcome = kept
    seen = {target.series for year in (2013, 2014, 2015) for target in targets.targets_after(12 * year + 11)}
    assert set(outcome.lasting[2016]) == seen
    for told in outcome.lasting[2016].values():
        assert 0 < told["spread"] < 1.2 * emulator.LASTING


def test_calibrate_and_backtest_run_from_the_command_line(tmp_path, capsys):
    for words in (
        ["calibrate", "--quick", "--out", str(tmp_path / "p")],
        ["backtest", "--quick", "--out", str(tmp_path / "b")],
    ):
        with pytest.raises(SystemExit) as stop:
            cli.main([*words, "--jobs", "1"])
        assert not stop.value.code
    found = posterior.read_posterior(tmp_path / "p" / "2016-12.nc")
    assert found.draws == settings.QUICK.draws
    import xarray as xr

    for group in ("posterior", "prior"):
        with xr.open_dataset(tmp_path / "p" / "2016-12.nc", group=group, engine="h5netcdf") as content:
            assert dict(content.sizes) == {"chain": 1, "draw": settings.QUICK.draws}
    header = (tmp_path / "b" / "scores.csv").read_text().splitlines()[0]
    assert "skill" in header
    assert {"skill.png", "forecasts.png"} <= {path.name for path in (tmp_path / "b").iterdir()}
    assert "Headline series over five years: mean skill" in capsys.readouterr().out


def test_a_quick_calibration_does_not_replace_the_real_one(capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["calibrate", "--quick"])
    assert stop.value.code == 2
    assert "--out" in capsys.readouterr().err


def test_runs_draw_whole_rows_of_the_posterior_and_the_prior_on_request():
    found = posterior.posterior_at(LATEST)
    world = sinobel.World(draws=6, seed=2017, horizon="2017-12")
    rows = (np.arange(6) + 7919 * 2017) % found.draws
    for name, values in found.values.items():
        assert np.array_equal(world.parameters.values[name], values[rows]), name
    from_prior = sinobel.World(draws=6, seed=2017, horizon="2017-12", parameters="prior")
    assert not np.array_equal(from_prior.parameters.loans.draw_pace, world.parameters.loans.draw_pace)
    early = sinobel.World(draws=6, seed=2017, origin="2008-12", horizon="2009-12")  # nothing to calibrate on yet
    prior = sinobel.World(draws=6, seed=2017, origin="2008-12", horizon="2009-12", parameters="wide prior")
    assert np.array_equal(early.parameters.loans.draw_pace, prior.parameters.loans.draw_pace)


def test_the_stored_posterior_is_large_enough_and_its_sampler_passed():
    for year in range(2009, 2017):
        found = posterior.posterior_at(12 * year + 11)
        assert found.draws >= (2000 if year == 2016 else 1000)
        assert str(year) in found.notes["vintage"]
        assert min(each["ess"] for each in found.notes["diagnostics"].values()) > 1000
    check = json.loads((posterior.folder() / "sampler-check.json").read_text())
    assert check["truths"] >= 100
    assert check["share_below_5_percent"] < 0.15


@pytest.mark.parametrize("damage", ["cut", "text", "foreign"])
def test_a_damaged_posterior_is_a_clear_message(tmp_path, damage):
    import h5py

    whole = posterior.file_of(LATEST).read_bytes()
    file = tmp_path / "2016-12.nc"
    file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"no posterior" if damage == "text" else whole)
    if damage == "foreign":
        with h5py.File(file, "a") as content:
            content["posterior"].attrs["notes"] = json.dumps({"parameters": ["loans.nonsense"]})
    with pytest.raises(InputError, match=r"sinobel\.calibrate\(\)"):
        posterior.read_posterior(file)


@pytest.mark.parametrize("seed", [-1, "a", 1.5, True, settings.LARGEST_SEED + 1])
def test_a_seed_is_checked_before_anything_is_made_of_it(tmp_path, seed):
    with pytest.raises(InputError, match=r"seed must be a whole number from 0 to .*, not "):
        sinobel.calibrate(out=tmp_path / "p", quick=True, seed=seed)
    assert not list(tmp_path.iterdir())


def test_trust_tells_where_a_lasting_error_is_clear(monkeypatch):
    """One that lies further from none than half its spread, with its sign; others are counted alone."""
    told = {"gdp": {"mean": 0.4, "spread": 0.3}, "reserves": {"mean": -0.1, "spread": 0.3}}
    made = posterior.Posterior({"loans.grace": np.ones(2)}, {"lasting": told})
    monkeypatch.setattr(trust, "posterior_at", lambda origin: made)
    text = trust.lasting()
    assert text.startswith("Of 2 series 1 lie")
    assert "+0.40 | +0.02 to +0.78" in text
    assert "-0.10" not in text
    monkeypatch.setattr(trust, "posterior_at", lambda origin: dataclasses.replace(made, notes={}))
    assert trust.lasting() == "Not made yet.\n"
