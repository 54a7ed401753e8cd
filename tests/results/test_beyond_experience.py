"""What lies beyond experience is marked wherever results are told: terminal, chart, tables, report, solve."""

import csv
import json
import re

import pytest

from sinobel import cli
from sinobel.inputs.levers import all_levers

FAR = """
extends = "baseline"
title = "Dear oil"
question = "What if oil cost 180 dollars?"

[[change]]
lever = "world.oil_price"
from = "2017-01"
value = VALUE
why = "nobody has seen it"
"""
MARK = "beyond what has been seen: 10 to 135 (oil_price_brent_month"
FOOT = "Beyond what has been seen: “Dear oil”: Oil price, Brent (seen: 10 to 135)."


def call(*arguments):
    code = 0
    try:
        cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code or 0
    assert code == 0, arguments


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Folders of a run that has been seen and of one that has not."""
    place = tmp_path_factory.mktemp("far")
    for name, value in (("far", 180.0), ("near", 100.0)):
        (place / f"{name}.toml").write_text(FAR.replace("VALUE", str(value)))
        words = ("--draws", 4, "--horizon", "2017-12", "--jobs", 1, "--format", "nc,xlsx", "--out", place / name)
        call("run", place / f"{name}.toml", *words)
        call("report", place / name)
    return place


def words_of(svg):
    """What a chart says, its lines joined."""
    return " ".join(re.sub(r"<[^>]+>", " ", svg.read_text()).split())


def test_every_chart_has_it_at_its_foot(runs):
    for svg in (runs / "far" / "charts").glob("*.svg"):
        assert "Beyond what has been seen: “Dear oil”" in words_of(svg), svg.name
    for svg in (runs / "near" / "charts").glob("*.svg"):
        assert "Beyond what has been seen" not in words_of(svg), svg.name


def test_the_note_beside_the_tables_the_report_and_the_kept_basis_have_it(runs):
    assert MARK in (runs / "far" / "README.md").read_text().replace("\\", "")
    page = (runs / "far" / "report.html").read_text()
    assert FOOT in page
    assert MARK in re.sub(r"<[^>]+>", "", page)
    assert json.loads((runs / "far" / "basis.json").read_text())["sentences"]["beyond"] == FOOT
    near = [runs / "near" / name for name in ("README.md", "report.html", "basis.json")]
    assert not any("beyond what has been seen: 10" in each.read_text() or FOOT in each.read_text() for each in near)


def rows_of(file, **wanted):
    rows = csv.DictReader(file.read_text().splitlines())
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_every_row_of_a_table_has_the_levers_and_levels_beyond_experience(runs):
    for name, lever, share in (("far", "world.oil_price", "1"), ("near", "", "0")):
        rows = rows_of(runs / name / "summary.csv", year="2017")
        assert {row["beyond_levers"] for row in rows} == {lever}
        shares = {row["indicator"]: row["beyond_record"] for row in rows}
        assert shares["oil_price"] == share  # the record has 10 to 112 as means of years
        assert shares["months_without_contract"] == "", "of what has no record nothing is said"
        assert all(0 <= float(each) <= 1 for each in shares.values() if each)
        assert "| beyond_levers |" in (runs / name / "README.md").read_text()


def test_tables_of_a_comparison_have_them_from_the_year_they_are_set(tmp_path):
    text = FAR.replace("VALUE", "180.0").replace("2017-01", "2018-01")
    (tmp_path / "later.toml").write_text(text)
    words = ("--draws", 4, "--horizon", "2019-12", "--jobs", 1, "--format", "nc", "--out", tmp_path / "r")
    call("compare", "baseline", tmp_path / "later.toml", *words)
    for table in ("differences.csv", "summary.csv"):
        set_by = {
            year: rows_of(tmp_path / "r" / table, scenario="later", year=year) for year in ("2017", "2018", "2019")
        }
        assert {year: {row["beyond_levers"] for row in rows} for year, rows in set_by.items()} == {
            "2017": {""},
            "2018": {"world.oil_price"},
            "2019": {"world.oil_price"},
        }
    assert {row["beyond_levers"] for row in rows_of(tmp_path / "r" / "summary.csv", scenario="baseline")} == {""}
    assert {row["beyond_levers"] for row in rows_of(tmp_path / "r" / "effects.csv")} == {"world.oil_price"}


def test_the_workbook_has_it(runs):
    openpyxl = pytest.importorskip("openpyxl")
    told = {
        name: [cell for row in openpyxl.load_workbook(runs / name / "results.xlsx")["Scenarios"].values for cell in row]
        for name in ("far", "near")
    }
    assert any(MARK in str(cell) for cell in told["far"])
    assert not any("beyond what" in str(cell) for cell in told["near"])


@pytest.mark.parametrize(("name", "marked"), [("far", True), ("near", False)])
def test_the_terminal_has_it(runs, tmp_path, monkeypatch, capsys, name, marked):
    monkeypatch.chdir(tmp_path)
    call("run", runs / f"{name}.toml", "--draws", 4, "--horizon", "2017-12", "--jobs", 1, "--keep", "bands")
    said = " ".join(capsys.readouterr().out.split())
    assert (MARK in said) is marked


def test_solve_says_so_before_it_answers(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ("--draws", 8, "--jobs", 1, "--from", "2017-01", "--probability", 0.5, "--out", tmp_path / "found")
    call("solve", "--target", "exports_to_china[2017] >= 100000", "--lever", "belarus.export_drive", *words)
    said = capsys.readouterr().out
    told = "Beyond what has been seen: belarus.export_drive: seen is 0 to 1 ("
    assert (
        said.index(told)
        < said.index("probability")
        < said.index("[90 %]")
        < said.index("No value of belarus.export_drive")
    )
    assert told in (tmp_path / "found" / "README.md").read_text().replace("\\", "")
    rows = list(csv.DictReader((tmp_path / "found" / "trade-off.csv").read_text().splitlines()))
    assert {row["seen"] for row in rows if float(row["lever"]) > 1} == {"no"}
    assert {row["seen"] for row in rows if float(row["lever"]) <= 1} == {"yes"}
    call("solve", "--target", "gdp[2017] >= 1", "--lever", "belarus.export_drive=0:1", *words[:-2], "--out", "seen")
    assert "Beyond what has been seen" not in capsys.readouterr().out


def test_levers_and_explain_show_what_has_been_seen(capsys):
    call("levers", "--format", "json")
    rows = {row["lever"]: row for row in json.loads(capsys.readouterr().out)}
    assert {name: row["seen"] for name, row in rows.items()} == {
        name: lever.experienced for name, lever in all_levers().items()
    }
    call("explain", "world.oil_price")
    assert "10 to 135: oil_price_brent_month" in " ".join(capsys.readouterr().out.split())
