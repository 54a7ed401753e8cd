"""Results folders in a list: what each was asked, and whether it is complete."""

import csv
import io
import json

import pytest

from sinobel.cli import terminal
from tests.cli.test_cli import call, here

__all__ = ["here"]
FEW = ("--draws", 20, "--horizon", "2018-12", "--jobs", 1)


def test_folders_are_listed_with_what_they_hold(here, capsys):
    assert call("results") == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert call("run", *FEW) == 0
    assert call("compare", "baseline", "untied-finance", *FEW, "--out", "results/pair") == 0
    (here / "results" / "pair" / "deeper").mkdir()
    (here / "results" / "stopped.unfinished").mkdir()
    (here / "results" / "mine").mkdir()
    (here / "results" / "broken").mkdir()
    (here / "results" / "broken" / "manifest.json").write_text("{")
    (here / "results" / "loop").symlink_to(here)
    capsys.readouterr()
    assert call("results", "--format", "json") == 0
    rows = {row["folder"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(rows) == {f"results/{name}" for name in ("baseline", "pair", "stopped.unfinished", "broken")}
    pair = rows["results/pair"]
    assert (pair["command"], pair["scenarios"], pair["draws"]) == ("compare", "baseline, untied-finance", 20)
    assert pair["MB"] > 0.1
    assert [rows[f"results/{name}"]["state"] for name in ("pair", "baseline", "broken")] == [
        "complete", "complete", "damaged"
    ]  # fmt: skip
    assert "stopped before it had begun" in rows["results/stopped.unfinished"]["state"]
    assert call("results", "results", "--format", "csv") == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 4
    assert call("results") == 0
    assert "sinobel explain FOLDER" in capsys.readouterr().out
    assert call("results", "results/mine") == 0
    assert "There are no results in results/mine." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cell", "number"),
    [("2,486.7", 2486.7), ("-508.5", -508.5), ("−3", -3), ("2016", 2016), ("0", 0), ("1,234,567", 1234567)],
)
def test_numbers_of_csv_and_json_are_numbers(cell, number):
    assert terminal.as_number(cell) == number
    assert type(terminal.as_number(cell)) is type(number)


@pytest.mark.parametrize("cell", ["", "–", "12 %", "3 [1 to 5]", "2018-01", "N2018", "1,23", "L13", "1.2.3", "12,3456"])
def test_what_is_no_number_stays_text(cell):
    assert terminal.as_number(cell) == cell


def test_tables_fit_a_hundred_columns_and_keep_ranges_whole(capsys):
    names = [f"an-option-with-a-long-name-{number}" for number in range(3)]
    rows = [["Net national income a head", "USD per head a year", *["25.6 [-1,234 to 71.7]"] * 3]]
    terminal.show_table(["indicator", "unit", *names], rows)
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) <= 100
    assert told.count("[-1,234 to 71.7]") == 3
