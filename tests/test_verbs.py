"""The public face: names, examples, frames, what is kept of a run, and what it takes of other libraries."""

import datetime
import doctest
import html
import inspect
import subprocess
import sys
import types

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import sinobel
from sinobel.api import choosing, folders, looking_up, running, studying

EVERY_MODULE = """
import importlib, pkgutil, types
import sinobel
for each in pkgutil.walk_packages(sinobel.__path__, "sinobel."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
for name in sinobel.__all__:
    assert isinstance(getattr(sinobel, name), types.ModuleType) == (name == "plot"), name
print(len(sinobel.__all__))
"""


def test_a_public_name_is_the_verb_whatever_was_imported_before():
    done = subprocess.run([sys.executable, "-c", EVERY_MODULE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{len(sinobel.__all__)}\n"), done.stderr


def test_what_an_editor_offers_is_there():
    assert dir(sinobel) == sorted(sinobel.__all__)
    for name in sinobel.__all__:
        found = getattr(sinobel, name)
        assert isinstance(found, str | types.ModuleType) or found.__doc__, name


def test_every_command_is_a_verb_with_the_same_name():
    import typer

    from sinobel.cli.commands import app

    commands = set(typer.main.get_command(app).commands)
    not_questions = {
        "validate",
        "docs",
        "first-look",
        "seal",
        "new",
        "results",
        "completion",
    }  # of the project and its files
    assert commands - not_questions <= set(sinobel.__all__)


CHARTS = sorted({inspect.getmodule(getattr(sinobel.plot, name)) for name in sinobel.plot.__all__}, key=str)


@pytest.mark.parametrize("module", [running, choosing, studying, folders, looking_up, *CHARTS])
def test_examples_run(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_every_verb_has_an_example():
    for name in set(sinobel.__all__) - {"InputError", "World", "__version__", "plot"}:
        assert ">>> " in getattr(sinobel, name).__doc__, name


@pytest.mark.parametrize("verb", ["scenarios", "levers", "indicators", "objectives", "loans"])
def test_what_there_is_to_choose_from_is_a_frame(verb):
    frame = getattr(sinobel, verb)()
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) > 10
    assert frame.index.is_unique
    assert "<table" in frame._repr_html_()


def test_an_explanation_is_a_frame_and_an_unknown_name_is_told():
    frame = sinobel.explain("china.tied_share")
    assert list(frame.columns) == ["about", "text"]
    assert "Share of Chinese loan money" in " ".join(frame["text"])
    with pytest.raises(sinobel.InputError, match="reserves"):
        sinobel.explain("reservs")


def test_looking_up_shows_every_sentence_whole():
    for frame in (sinobel.explain("china.tied_share"), sinobel.scenarios()):
        longest = max(frame.iloc[:, -1], key=len)
        assert len(longest) > 80
        assert longest in repr(frame)
        assert html.escape(longest, quote=False) in frame._repr_html_()
    assert "…" not in repr(sinobel.levers())
    part = sinobel.levers().head(3)
    assert isinstance(part, pd.DataFrame)
    assert "…" not in repr(part), "a part of a table keeps its sentences"


def test_worlds_and_scenarios_tell_what_they_are():
    world = sinobel.World("untied-finance", draws=3, seed=7, horizon="2018-12")
    assert repr(world) == "<world of untied-finance: 3 futures, seed 7, 2016-12 of 2016-12 to 2018-12>"
    world.step()
    assert "2017-01 of" in repr(world)
    odd = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01", name="a <b>")
    assert "<b>a &lt;b&gt;</b>" in odd._repr_html_()
    assert "<li>" in odd._repr_html_()


def test_words_that_a_report_does_not_know_are_refused(tmp_path):
    with pytest.raises(TypeError, match="cuntry"):
        sinobel.report("results/first-look", tmp_path / "page.html", cuntry="x")
    with pytest.raises(sinobel.InputError, match="country go with results in memory"):
        sinobel.report("results/first-look", tmp_path / "page.html", country="china")


def test_what_is_no_executor_is_told():
    with pytest.raises(sinobel.InputError, match="not an int; jobs takes a number of processes"):
        sinobel.run(draws=6, horizon="2017-12", executor=3)


# --- what is kept ---


@pytest.fixture(scope="module")
def kept():
    asked = {"draws": 40, "horizon": "2019-12"}
    return {
        keep: sinobel.compare(["baseline", "untied-finance"], **asked, keep=keep)
        for keep in ("months", "years", "bands")
    }


def test_years_that_are_kept_are_those_of_the_months(kept):
    xr.testing.assert_identical(sinobel.annual(kept["months"]), kept["years"])
    assert sinobel.annual(kept["years"]) is kept["years"]


def test_bands_that_are_kept_are_those_of_the_months(kept):
    bands, months = kept["bands"], kept["months"]
    assert dict(bands.sizes) == {"scenario": 2, "time": 36, "band": 8}
    for name in ("gdp", "debt_to_china"):
        assert np.allclose(bands[name].sel(band="mean"), months[name].mean("draw"), rtol=1e-6)
        assert np.allclose(bands[name].sel(band="p90"), months[name].quantile(0.9, "draw"), rtol=1e-6)


def test_years_serve_who_gains_and_bands_are_refused_where_draws_are_needed(kept):
    pd.testing.assert_frame_equal(sinobel.who_gains(kept["years"]), sinobel.who_gains(kept["months"]))
    for verb in (sinobel.annual, sinobel.who_gains, sinobel.plot.options):
        with pytest.raises(sinobel.InputError, match="it was kept as bands; simulate again with keep="):
            verb(kept["bands"])


@pytest.mark.parametrize("keep", ["year", "", None, 3, ["years"]])
def test_another_word_for_what_is_kept_is_refused(keep):
    with pytest.raises(sinobel.InputError, match=r"^keep .* is not allowed; choose from bands, years, months$"):
        sinobel.run(draws=2, horizon="2017-12", keep=keep)


@pytest.mark.parametrize("keep", ["months", "years"])
def test_what_is_kept_does_not_depend_on_processes(keep):
    asked = {"draws": 600, "horizon": "2017-12", "indicators": ["gdp", "reserves"], "keep": keep}
    xr.testing.assert_identical(sinobel.run(**asked, jobs=2), sinobel.run(**asked))


# --- values of other libraries ---


def test_numbers_and_dates_of_other_libraries_are_taken_by_every_verb():
    asked = {"draws": np.int32(6), "seed": np.uint8(5), "horizon": pd.Timestamp("2018-12-31")}
    plain = {"draws": 6, "seed": 5, "horizon": "2018-12"}
    assert sinobel.run(**asked, jobs=np.int64(1)).equals(sinobel.run(**plain))
    assert sinobel.money(**asked).table().equals(sinobel.money(**plain).table())
    split = sinobel.attribute("untied-finance", since=np.int16(2017), year=np.int64(2018), **asked)
    assert split.rows() == sinobel.attribute("untied-finance", since=2017, year=2018, **plain).rows()
    found = sinobel.solve(
        ["debt_to_china[2018] <= 9000"],
        "china.lending_volume=0:2",
        probability=np.float32(0.5),
        start=datetime.date(2018, 1, 1),
        draws=np.int64(6),
        seed=np.int64(5),
    )
    told = sinobel.solve(
        "debt_to_china[2018] <= 9000", "china.lending_volume=0:2", probability=0.5, start="2018-01", draws=6, seed=5
    )
    assert found.rows() == told.rows()
    assert sinobel.loans(np.datetime64("2014-12")).equals(sinobel.loans("2014-12"))
    with pytest.raises(sinobel.InputError, match="jobs must be from 0 to 1000, not -1"):
        sinobel.run(draws=2, horizon="2017-12", jobs=-1)
