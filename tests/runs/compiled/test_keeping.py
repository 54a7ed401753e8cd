"""Machine code is kept between runs, and nothing depends on what is kept."""

import os
import shutil

import numpy as np
import pytest

from sinobel.policies import scenarios
from sinobel.runs import engines, ensemble
from sinobel.runs.compiled import keeping, machine, making
from sinobel.runs.request import Request
from sinobel.world.elementary.native import ENGINE


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv(keeping.CACHE, str(tmp_path / "kept"))
    engines._engine.cache_clear()
    yield tmp_path / "kept"
    engines._engine.cache_clear()


def asked(*names, draws=70, horizon="2018-12"):
    return Request(tuple(scenarios.load(name) for name in names or ("baseline",)), draws, 11, horizon=horizon)


def years(request, monkeypatch, engine, **more):
    monkeypatch.setenv(ENGINE, engine)
    engines._engine.cache_clear()
    return ensemble.gather(request, ("years", "loans"), **more)


def test_both_engines_give_the_same_ensemble(cache, monkeypatch):
    request = asked("baseline", "untied-finance", "two-thirds-rule-half")
    found = {engine: years(request, monkeypatch, engine) for engine in ("numpy", "compiled")}
    for what in ("years", "loans", "rules"):
        np.testing.assert_array_equal(getattr(found["numpy"], what), getattr(found["compiled"], what))


def test_what_is_kept_is_used_again_with_the_same_bits(cache, monkeypatch):
    first = years(asked(), monkeypatch, "compiled")
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(making, "traced", None)  # nothing may be traced again
    again = years(asked(), monkeypatch, "")
    np.testing.assert_array_equal(first.years, again.years)


def test_small_runs_do_not_compile(cache, monkeypatch):
    years(asked(), monkeypatch, "")
    assert not cache.exists()


def test_a_damaged_file_is_made_anew(cache, monkeypatch):
    first = years(asked(), monkeypatch, "compiled")
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:2000])
    again = years(asked(), monkeypatch, "compiled")
    np.testing.assert_array_equal(first.years, again.years)
    key = kept.name.removesuffix(keeping.ENDING)
    assert keeping.read(key) is not None
    for place in np.random.default_rng(3).integers(0, len(whole), 120):
        spoiled = bytearray(whole)
        spoiled[place] ^= 0x55
        kept.write_bytes(spoiled)
        keeping.read(key)  # nothing, or what was kept where the byte does not count


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no owners here")
def test_what_others_may_write_is_left_alone(cache, monkeypatch):
    years(asked(), monkeypatch, "compiled")
    (kept,) = cache.iterdir()
    key = kept.name.removesuffix(keeping.ENDING)
    assert keeping.read(key) is not None
    for path in (kept, cache):
        path.chmod(path.stat().st_mode | 0o002)
        assert keeping.read(key) is None
        path.chmod(path.stat().st_mode & ~0o002)
    assert keeping.read(key) is not None


def test_users_without_a_home_keep_nothing(monkeypatch):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv(keeping.CACHE)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(keeping.Path, "home", nobody)
    assert keeping.folder() is None
    assert keeping.read("0" * 16) is None


@pytest.mark.parametrize("file", ["levers.toml", "indicators.toml"])
def test_another_model_has_another_key(file, monkeypatch, tmp_path):
    """Limits of levers and the list of indicators stand in the code as numbers."""
    model = shutil.copytree(
        engines.model_folder(), tmp_path / "model", ignore=shutil.ignore_patterns("record", "evidence")
    )
    monkeypatch.setattr(engines, "model_folder", lambda: model)
    keys = []
    for more in ("", "# another\n"):
        (model / file).write_text((model / file).read_text() + more)
        engines._code.cache_clear()
        keys.append(engines._rests_on(asked()))
    engines._code.cache_clear()
    assert keys[0] != keys[1]


@pytest.mark.parametrize("error", [ImportError, OSError, RuntimeError, AttributeError])
def test_a_compiler_that_does_not_work_is_done_without(error, cache, monkeypatch):
    def broken(*_, **__):
        raise error("no compiler")

    first = years(asked(), monkeypatch, "numpy")
    for place, name in ((machine, "processor"), (making, "compiled")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, broken)
            again = years(asked(), patch, "compiled")
        np.testing.assert_array_equal(first.years, again.years)


def test_nothing_is_kept_where_that_is_said_or_not_possible(cache, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for place in ("", str(tmp_path / "file")):
        monkeypatch.setenv(keeping.CACHE, place)
        years(asked(), monkeypatch, "compiled")
    assert not cache.exists()
    assert (tmp_path / "file").read_text() == "in the way"


def test_only_the_newest_stay(cache, monkeypatch):
    cache.mkdir(parents=True)
    for number in range(keeping.MOST + 3):
        (cache / f"{number:016x}{keeping.ENDING}").write_text("")
    theirs = [cache / "holiday.zip", cache / f"notes{keeping.ENDING}"]
    for each in theirs:
        each.write_text("mine")
    years(asked(), monkeypatch, "compiled")
    assert len(list(cache.iterdir())) == keeping.MOST + len(theirs)
    assert [each.read_text() for each in theirs] == ["mine", "mine"]


def test_processes_share_the_code(cache, monkeypatch):
    request = asked(draws=600)
    one = years(request, monkeypatch, "compiled")
    two = years(request, monkeypatch, "compiled", jobs=2)
    np.testing.assert_array_equal(one.years, two.years)
