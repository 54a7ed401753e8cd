"""Machine code is kept between runs, and nothing depends on what is kept."""

import numpy as np
import pytest

from sinobel.policies import scenarios
from sinobel.runs import engines, ensemble
from sinobel.runs.compiled import keeping, making
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
    assert len(list(cache.glob("*.zip"))) == 1
    monkeypatch.setattr(making, "traced", None)  # nothing may be traced again
    again = years(asked(), monkeypatch, "")
    np.testing.assert_array_equal(first.years, again.years)


def test_small_runs_do_not_compile(cache, monkeypatch):
    years(asked(), monkeypatch, "")
    assert not cache.exists()


def test_a_damaged_file_is_made_anew(cache, monkeypatch):
    first = years(asked(), monkeypatch, "compiled")
    (kept,) = cache.glob("*.zip")
    kept.write_bytes(kept.read_bytes()[:2000])
    again = years(asked(), monkeypatch, "compiled")
    np.testing.assert_array_equal(first.years, again.years)
    assert keeping.read(kept.stem) is not None


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
        (cache / f"{number}.zip").write_text("")
    years(asked(), monkeypatch, "compiled")
    assert len(list(cache.glob("*.zip"))) == keeping.MOST


def test_processes_share_the_code(cache, monkeypatch):
    request = asked(draws=600)
    one = years(request, monkeypatch, "compiled")
    two = years(request, monkeypatch, "compiled", jobs=2)
    np.testing.assert_array_equal(one.years, two.years)
