"""Results of Python as folders and pages: what the command line makes of the same request, to the byte."""

import hashlib
import io
import json
import sys

import numpy as np
import pytest

import sinobel
from sinobel.cli import main

SMALL = {"draws": 24, "horizon": "2018-12"}
WORDS = ["--draws", "24", "--horizon", "2018-12", "--jobs", "1"]


def call(*words):
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    assert not end.value.code, words


def hashes(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def run():
    return sinobel.run("baseline", **SMALL)


@pytest.fixture(scope="module")
def pair():
    return sinobel.compare(["baseline", "untied-finance"], **SMALL, keep="years")


@pytest.fixture(scope="module")
def folders(run, pair, tmp_path_factory):
    """Two folders of each request: what the command line made, and what Python made."""
    place = tmp_path_factory.mktemp("both")
    call("run", "baseline", *WORDS, "--out", place / "typed-run")
    call("compare", "baseline", "untied-finance", *WORDS, "--for", "china", "--out", place / "typed-pair")
    run.sinobel.save(place / "saved-run")
    sinobel.save(pair, place / "saved-pair", country="china")
    return place


@pytest.mark.parametrize("kind", ["run", "pair"])
def test_a_saved_folder_is_that_of_the_command_line_to_the_byte(folders, kind):
    typed, saved = hashes(folders / f"typed-{kind}"), hashes(folders / f"saved-{kind}")
    assert len(typed) > 20
    assert saved == typed


def test_the_manifest_in_memory_has_the_result_of_the_folder(folders, run, pair):
    for kind, results in (("run", run), ("pair", pair)):
        written = json.loads((folders / f"saved-{kind}" / "manifest.json").read_text())
        assert results.sinobel.manifest["result"] == written["result"]
        assert written["command"].startswith(results.sinobel.manifest["command"])


def test_a_report_is_that_of_the_command_line_to_the_byte(folders, run, tmp_path):
    call("report", folders / "typed-run", "--out", tmp_path / "typed.html")
    assert run.sinobel.report(tmp_path / "memory.html") == tmp_path / "memory.html"
    sinobel.report(str(folders / "saved-run"), tmp_path / "folder.html")
    pages = [(tmp_path / f"{name}.html").read_bytes() for name in ("typed", "memory", "folder")]
    assert len(pages[0]) > 100_000
    assert pages[1] == pages[0]
    assert pages[2] == pages[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run.isel(draw=slice(0, 5)),
        lambda run: run.drop_vars("gdp"),
        lambda run: run.assign(gdp=run["gdp"] * 1.01),
        lambda run: run.mean("draw", keep_attrs=True),
    ],
)
def test_numbers_that_are_not_those_of_the_run_are_not_saved_as_if_they_were(run, tmp_path, change):
    with pytest.raises(sinobel.InputError, match="not the numbers of the run any more"):
        sinobel.save(change(run), tmp_path / "changed")
    assert list(tmp_path.iterdir()) == []


def test_the_order_of_dims_and_years_made_of_months_do_not_matter(run, tmp_path):
    assert sinobel.annual(run.transpose()).sinobel.manifest["result"]
    saved = sinobel.save(sinobel.annual(run.transpose()), tmp_path / "again", charts=False)
    assert sinobel.rerun(saved)


def test_a_scenario_made_in_python_is_rebuilt_from_its_manifest(tmp_path):
    mine = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01")
    results = sinobel.run(mine, draws=np.int64(6), horizon=np.datetime64("2018-12"), keep="years")
    folder = sinobel.save(results, tmp_path / "mine", charts=False)
    assert json.loads((folder / "manifest.json").read_text())["command"] == "sinobel rerun manifest.json"
    assert sinobel.rerun(folder).same


def test_what_is_in_the_way_is_told_in_the_words_of_python(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(sinobel.InputError, match="choose another folder, or replace=True, which moves") as told:
        sinobel.save(run, tmp_path / "mine", charts=False)
    assert "--" not in str(told.value)
    with pytest.warns(UserWarning, match=r"is now in .*mine\.replaced-1"):
        sinobel.save(run, tmp_path / "mine", charts=False, replace=True)


def test_a_rerun_tells_that_numbers_differ(folders, tmp_path):
    manifest = json.loads((folders / "saved-run" / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"result": "0" * 64}))
    found = sinobel.rerun(tmp_path / "manifest.json")
    assert not found
    assert "differ" in repr(found)


@pytest.mark.parametrize(
    ("verb", "words", "find"),
    [
        (
            "attribute",
            ("untied-finance", "baseline", "--year", "2018", "--horizon", "2018-12"),
            lambda: sinobel.attribute("untied-finance", "baseline", year=np.int64(2018), horizon="2018-12", draws=24),
        ),
        ("money", ("baseline", "--horizon", "2018-12"), lambda: sinobel.money(horizon="2018-12", draws=24)),
        (
            "solve",
            ("--target", "debt_to_china[2018] <= 9000", "--lever", "china.lending_volume=0:2"),
            lambda: sinobel.solve("debt_to_china[2018] <= 9000", "china.lending_volume=0:2", draws=24),
        ),
    ],
)
def test_a_finding_saves_the_folder_of_its_command(tmp_path, verb, words, find):
    call(verb, *words, "--draws", "24", "--out", tmp_path / "typed")
    found = find()
    saved = found.save(tmp_path / "saved")
    assert hashes(saved) == hashes(tmp_path / "typed")
    assert len(found.table()) == len(found.rows()) > 0
    assert "<table" in found._repr_html_()
    assert len(repr(found).splitlines()) > 1


def test_findings_in_memory_are_those_of_the_folder(tmp_path):
    asked = {"year": 2018, "horizon": "2018-12", "draws": 24}
    found = sinobel.attribute("untied-finance", "baseline", **asked)
    import pandas as pd

    table = pd.read_csv(found.save(tmp_path / "saved") / "attribution.csv")
    table = table[(table["by"] == "channel") & (table["indicator"] == "balance_with_china")]
    assert np.allclose(table["mean"], [row["mean"] for row in found.rows()], rtol=1e-6)
    story = sinobel.money(horizon="2018-12", draws=24)
    table = pd.read_csv(story.save(tmp_path / "money") / "money.csv")
    book = table[table["loan"] == "book"]
    assert np.allclose(book["mean"], [row["mean"] for row in story.rows()], rtol=1e-6)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_saving_says_what_it_does_to_whoever_watches(tmp_path, monkeypatch):
    run = sinobel.run("baseline", draws=4, horizon="2017-12", keep="years")
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    run.sinobel.save(tmp_path / "watched", charts=False)
    assert "writing tables …" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r"), "nothing is left on the line"
    monkeypatch.setattr("sys.stderr", other := Terminal())
    steps = []
    sinobel.save(run, tmp_path / "asked", charts=False, progress=lambda done, total: steps.append((done, total)))
    assert other.getvalue() == ""
    assert steps[-1] == (4, 4)
    monkeypatch.setattr("sys.stderr", nobody := io.StringIO())
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    sinobel.save(run, tmp_path / "nobody", charts=False)
    assert nobody.getvalue() == ""
    assert not (tmp_path / "nobody" / "charts").exists()
    assert (tmp_path / "nobody" / "summary.csv").is_file()
