"""--quick: no charts, and what is finished already is not made anew."""

import csv

import pytest

from sinobel import store
from tests.cli.test_cli import QUICK, call, here

__all__ = ["here"]


@pytest.fixture
def simulated(monkeypatch):
    """How often something is simulated."""
    count, real = [], store.Run.simulate

    def counted(*arguments, **how):
        count.append(1)
        return real(*arguments, **how)

    monkeypatch.setattr(store.Run, "simulate", counted)
    return count


@pytest.mark.parametrize("words", [("run",), ("compare", "baseline", "untied-finance")])
def test_a_quick_run_has_no_charts_and_the_same_tables(here, capsys, simulated, words):
    assert call(*words, *QUICK, "--quick") == 0
    first = capsys.readouterr().out
    (folder,) = (here / "results").iterdir()
    assert not (folder / "charts").exists()
    assert "Tables: results/" in first
    command = store.read_manifest(folder)["command"]
    assert command.endswith(" --quick")
    assert f"    {command}\n" in (folder / "README.md").read_text(encoding="utf-8")
    assert "start with" not in first
    assert call(*words, *QUICK, "--quick") == 0
    assert len(simulated) == 1, "what is finished is read"
    assert capsys.readouterr().out == first
    assert call(*words, *QUICK, "--quick", "--seed", 3) == 0
    assert len(simulated) == 2, "another request is another result"
    assert call(*words, *QUICK, "--out", "full") == 0
    assert (here / "full" / "charts").is_dir()
    assert "--quick" not in (here / "full" / "README.md").read_text(encoding="utf-8")
    assert call(*words, *QUICK, "--out", "full", "--quick") == 0
    assert (here / "full" / "charts").is_dir(), "charts that are there stay"
    assert len(simulated) == 3
    (here / "full" / "summary.csv").unlink()
    assert call(*words, *QUICK, "--out", "full", "--quick") == 0
    assert len(simulated) == 3, "a table that is missing is made anew of the same numbers"
    assert (here / "full" / "summary.csv").is_file()
    (here / "full" / "annual.nc").unlink()
    assert call(*words, *QUICK, "--out", "full", "--quick") == 0
    assert len(simulated) == 4, "numbers that are not whole are made anew"


def test_what_is_asked_besides_counts(here, capsys, simulated):
    pair = ("compare", "baseline", "untied-finance", *QUICK, "--quick", "--out", "pair")
    for count, more in (
        (1, ()),
        (1, ("--for", "china")),
        (1, ("--for", "china", "--format", "nc,csv")),
        (2, ("--keep", "months")),
    ):
        assert call(*pair, *more) == 0
        assert len(simulated) == count, more


def contents_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".sinobel.json"
    }


@pytest.mark.parametrize("words", [("run",), ("compare", "baseline", "untied-finance")])
def test_another_question_of_the_same_numbers_is_told_without_simulating(here, capsys, simulated, words):
    assert call(*words, *QUICK, "--out", "told") == 0
    before = contents_of(here / "told")
    first = capsys.readouterr().out
    assert call(*words, *QUICK, "--out", "told") == 0
    assert capsys.readouterr().out == first
    assert len(simulated) == 1, "the same command is read"
    assert contents_of(here / "told") == before
    asked = ("--of", "transit_income", "--year", 2018)
    assert call(*words, *QUICK, "--out", "told", *asked) == 0
    assert len(simulated) == 1, "another focus is told of what is there"
    assert "Income from transit" in capsys.readouterr().out
    assert call(*words, *QUICK, "--out", "fresh", *asked) == 0
    assert len(simulated) == 2
    told, fresh = contents_of(here / "told"), contents_of(here / "fresh")
    assert sorted(told) == sorted(fresh)
    for name in ("annual.nc", "money.csv", "README.md", "manifest.json"):
        assert told[name] == fresh[name], name
    rows, others = (list(csv.reader(each["summary.csv"].decode("utf-8").splitlines())) for each in (told, fresh))
    for row, other in zip(rows, others, strict=True):  # the folder keeps single precision, memory has double
        for cell, same in zip(row, other, strict=True):
            assert cell == same or float(cell) == pytest.approx(float(same), rel=1e-4, abs=1e-4)


def test_changed_data_are_not_told_again(here, capsys, simulated):
    pair = ("run", *QUICK, "--out", "told")
    assert call(*pair) == 0
    file = here / "told" / "annual.nc"
    file.write_bytes(file.read_bytes() + b" ")
    assert call(*pair, "--year", 2018, "--replace") == 0
    assert len(simulated) == 2


def test_charts_of_the_same_numbers_stay_and_lost_ones_are_told(here, capsys, simulated):
    pair = ("run", *QUICK, "--out", "told")
    assert call(*pair) == 0
    charts = {name: content for name, content in contents_of(here / "told").items() if name.startswith("charts/")}
    assert call(*pair, "--quick", "--year", 2018) == 0
    assert len(simulated) == 1
    after = contents_of(here / "told")
    assert {name: after.get(name) for name in charts} == charts
    assert "of the same numbers" in (here / "told" / "README.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert call(*pair, "--quick", "--seed", 5) == 0
    assert "the charts in told were of other numbers and are gone" in capsys.readouterr().err
    assert not (here / "told" / "charts").exists()
