"""The command line as a user meets it: what it prints, what it leaves, how it ends."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

import sinobel
from sinobel import cli

DRAWN = False

SOURCE = pathlib.Path(sinobel.__file__).parent.parent


def call(*arguments):
    """Exit code of a command run in this process."""
    with pytest.raises(SystemExit) as stop:
        cli.main([str(argument) for argument in arguments])
    return stop.value.code or 0


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


QUICK = ("--draws", 60, "--horizon", "2019-12", "--jobs", 1)


def test_run_leaves_data_charts_and_manifest(here, capsys):
    assert call("run", "untied-finance", *QUICK, "--format", "nc,csv,iamc,xlsx") == 0
    folder = here / "results" / "untied-finance"
    told = (folder / "README.md").read_text()
    for path in folder.rglob("*"):
        name = path.name if path.parent == folder else f"charts/{path.stem}.png"
        assert path.is_dir() or path.name == "README.md" or name in told, path
    for path in folder.glob("*.csv"):
        for column in path.read_text().partition("\n")[0].split(","):
            known = f"| {column} |" in told or f"{column}," in told or f", {column}" in told
            assert known or column[0] == "p" or column.isdigit() or column.startswith(("low_", "high_")), column
    charts = {path.name for path in (folder / "charts").iterdir()}
    for name in (
        "overview",
        "exports-to-china",
        "potash-contract-price",
        "debt-to-china",
        "contract-and-spot",
        "balance-by-channel",
    ):
        assert {f"{name}.png", f"{name}.svg"} <= charts
    table = (folder / "summary.csv").read_text().splitlines()
    assert table[0] == "scenario,indicator,year,unit,mean,p05,p10,p25,p50,p75,p90,p95,beyond_record,beyond_levers"
    assert len(table) == 1 + 3 * len(list(sinobel.inputs.indicators.all_indicators()))
    long = (folder / "annual.csv").read_text().splitlines()
    assert long[0] == "scenario,draw,year,indicator,unit,value"
    out = capsys.readouterr()
    assert "Exports to China" in out.out
    assert "results/untied-finance" in out.out
    assert out.err == ""


def test_a_run_of_a_scenario_with_events_tells_what_they_did(here, capsys):
    plant = 'name = "plant"\nlender = "china"\nsigned = "2017-03"\namount = 900\nsector = "energy"'
    (here / "mine.toml").write_text(f'[[loan]]\n{plant}\ninstrument = "preferential"\n')
    assert call("run", "mine.toml", *QUICK) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "What its events did: Chinese loan “plant”: of 900 mn USD signed " in told
    assert "untied; interest and principal paid for it come to " in told


def test_scenarios_stack_and_conflicts_are_told(here, capsys):
    assert call("run", "untied-finance", "--with", "cartel-restored", *QUICK) == 0
    assert "russia.cartel" in (here / "results" / "untied-finance-with-cartel-restored" / "manifest.json").read_text()
    capsys.readouterr()
    assert call("run", "untied-finance", "--with", "two-thirds-rule-half", *QUICK) == 2
    told = capsys.readouterr().err
    assert "china.tied_share: untied-finance sets it from 2018-01 on (scenarios/untied-finance.toml:6)" in told
    assert "two-thirds-rule-half from 2018-01 on (scenarios/two-thirds-rule-half.toml:6)" in told
    assert not (here / "results" / "untied-finance-with-two-thirds-rule-half").exists()


def test_compare_is_paired_and_says_what_changes(here, capsys):
    assert call("compare", "cartel-restored", "baseline", "--baseline", "baseline", *QUICK) == 0
    folder = here / "results" / "cartel-restored-against-baseline"
    table = (folder / "differences.csv").read_text().splitlines()
    assert table[0].startswith("scenario,against,indicator,year,unit,mean")
    first = [row for row in table if ",potash_spot_price,2017," in row][0].split(",")
    assert [float(cell) for cell in first[5:13]] == [0.0] * 8, "nothing may differ before the first change"
    assert (folder / "charts" / "options.png").is_file()
    assert "cartel-restored" in capsys.readouterr().out


def test_compare_takes_stacked_scenarios(here, capsys):
    assert call("compare", "oil-slump", "oil-slump+untied-finance", *QUICK) == 0
    folder = here / "results" / "oil-slump-with-untied-finance-against-oil-slump"
    table = (folder / "differences.csv").read_text()
    assert "\noil-slump + untied-finance,oil-slump,tied_imports,2019," in table
    capsys.readouterr()
    assert call("compare", "baseline", "untied-finance+two-thirds-rule-half", *QUICK) == 2
    assert "may not set one lever in the same months" in capsys.readouterr().err


def test_an_open_change_is_not_cut_short_by_one_stacked_on_it(here, capsys):
    """Both are valid in one file, where the second follows the first; stacked, one would silently end the other."""
    change = '[[change]]\nlever = "russia.lending"\nfrom = "{}-01"\nvalue = {}\n'
    (here / "one.toml").write_text(change.format(2018, 0.5))
    (here / "two.toml").write_text(change.format(2019, 2.0))
    rule = 'when = { indicator = "reserve_cover", below = 1.0 }\n'
    (here / "rule.toml").write_text(change.format(2018, 3.0) + rule)
    for other in ("two.toml", "rule.toml"):
        assert call("validate", f"one.toml+{other}") == 2
        told = capsys.readouterr().err
        assert "one.toml:1" in told
        assert f"{other}:1" in told
    assert call("validate", "one.toml+cartel-restored") == 0


def test_rules_are_shown_in_words(capsys):
    assert call("scenarios", "--format", "csv") == 0
    words = (
        "No new state guarantees for Chinese loans: on from 2018-01 while “Public external debt over GDP” is above 40 %"
    )
    assert words in capsys.readouterr().out
    assert call("explain", "guarantees-stop-when-debt-is-high") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert words in told.replace(" (belarus.guarantee_stop)", "").replace(" (debt_to_gdp)", "")


def test_a_run_with_a_rule_is_rerun_bit_for_bit(here, capsys):
    assert call("run", "export-drive-while-reserves-are-short", *QUICK) == 0
    folder = here / "results" / "export-drive-while-reserves-are-short"
    assert '"until_above": 3.0' in (folder / "manifest.json").read_text()
    assert call("rerun", folder) == 0
    assert "bit for bit" in capsys.readouterr().out


def test_rerun_makes_the_same_numbers(here, capsys):
    call("run", "baseline", *QUICK)
    assert call("rerun", here / "results" / "baseline" / "manifest.json") == 0
    assert "bit for bit" in capsys.readouterr().out
    assert call("rerun", here / "results" / "baseline", "--out", here / "again", "--jobs", 2) == 0
    assert (here / "again" / "manifest.json").is_file()


def test_rerun_notices_other_numbers(here, capsys):
    call("run", "baseline", *QUICK)
    path = here / "results" / "baseline" / "manifest.json"
    path.write_text(path.read_text().replace('"seed": 2017', '"seed": 2018'))
    assert call("rerun", path) == 1
    assert "differ" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["scenarios", "levers", "indicators"])
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_lists(capsys, name, form):
    assert call(name, "--format", form) == 0
    text = capsys.readouterr().out
    known = {"scenarios": "untied-finance", "levers": "china.tied_share", "indicators": "exports_to_china"}
    assert known[name] in text


def test_explain_shows_the_sentence_of_the_paper(capsys):
    assert call("explain", "loans.tied_share") == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "at least two-thirds of the funds allocated eventually return to China" in text
    assert "PolicyBanks" in text


def test_ledger_prints_rows_that_sum_to_zero(capsys):
    assert call("ledger", "--year", 2018, "--draws", 20, "--format", "csv") == 0
    rows = [line.rsplit(",", 1) for line in capsys.readouterr().out.splitlines()[1:]]
    assert len(rows) > 10
    assert all(abs(float(total.strip('"'))) < 0.05 for _, total in rows)


BAD_CALLS = [
    (["run", "baselin"], 'did you mean "baseline"?'),
    (["run", "--draws", "0"], "draws must be a whole number from 1"),
    (["run", "--draws", "-5"], "draws must be a whole number from 1"),
    (["run", "--draws", "many"], "--draws takes a whole number such as 2000, in digits alone, not 'many'"),
    (["run", "--draws", "1e3"], "--draws takes a whole number"),
    (["run", "--draws", "20.5"], "--draws takes a whole number"),
    (["run", "--jobs=two"], "--jobs takes a whole number"),
    (["run", "--seed", "-1"], "seed must be a whole number"),
    (["run", "--origin", "2016-11"], "an origin is a December from 2008-12 to 2016-12"),
    (["run", "--origin", "2017-12"], "an origin is a December from 2008-12 to 2016-12"),
    (["run", "--horizon", "2016-12"], "a horizon is a December after the origin"),
    (["run", "--horizon", "soon"], "is not a month"),
    (["run", "--out", "."], "a folder of their own"),
    (["run", "--out", ""], "a folder of their own"),
    (["run", "--format", "xls"], "choose from nc, csv, parquet, iamc, xlsx"),
    (["run", "--keep", "all"], "choose from bands, years, months"),
    (["run", "--jobs", "-1"], "--jobs must be from 0 to 1000, not -1"),
    (["run", "--jobs", "1001"], "--jobs must be from 0 to 1000, not 1001"),
    (["run", "--jobs", str(10**40)], "--jobs must be from 0 to 1000, not "),
    (["run", "-2.toml"], "write './-2.toml'"),
    (["compare", "baseline", "--mine.toml"], "write './--mine.toml'"),
    (["run", "-2"], "o such option"),
    (["run", "missing.toml"], "no such scenario file"),
    (["run", ""], "empty name"),
    (["validate", "/"], "this is a folder; name the .toml files in it"),
    (["compare", "baseline"], "at least two scenarios"),
    (["compare", "baseline", "baseline"], "two scenarios are called"),
    (["compare", "baseline", "russian-squeeze", "--baseline", "russian-squeez"], 'did you mean "russian-squeeze"?'),
    (["explain", "exports_to_chna"], 'did you mean "exports_to_china"?'),
    (["rerun", "nowhere.json"], "no such file"),
    (["levers", "--format", "xml"], "choose table, csv or json"),
    (["ledger", "--year", "2010"], "is not simulated"),
    (["frobnicate"], "frobnicate"),
    (["run", "--frobnicate"], "frobnicate"),
]


@pytest.mark.parametrize(
    ("arguments", "message"), BAD_CALLS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_bad_calls_end_with_a_message_and_code_2(here, capsys, arguments, message):
    assert call(*arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said
    assert not list(here.iterdir()), "something half-written is left"


def test_validate_tells_all_problems_of_all_files(here, capsys):
    (here / "one.toml").write_text('[[change]]\nlever = "x"\nfrom = "2018-01"\nvalue = 1\n')
    (here / "two.toml").write_text('question = "fine?"\n')
    (here / "three.toml").write_text('[[change]]\nlever = "china.tied_share"\nfrom = "2035-01"\nvalue = 1.0\n')
    assert call("validate", "one.toml", "two.toml", "three.toml") == 2
    said = capsys.readouterr()
    assert "two.toml: valid" in said.out
    assert "one.toml:2:" in said.err
    assert "three.toml:3:" in said.err


def test_a_damaged_manifest_is_a_clear_message(here, capsys):
    call("run", "baseline", *QUICK)
    whole = json.loads((here / "results" / "baseline" / "manifest.json").read_text())
    capsys.readouterr()
    broken = [
        whole | {"hashes": [1]},
        whole | {"versions": "x"},
        whole | {"request": whole["request"] | {"scenarios": []}},
        whole | {"request": whole["request"] | {"indicators": []}},
        whole | {"request": whole["request"] | {"seed": 2**63}},
    ]
    texts = ["{", "[]", '{"format": 1}', '{"format": 99}', '{"format": 1, "request": {"scenarios": 3}}']
    for text in (*texts, *map(json.dumps, broken)):
        (here / "manifest.json").write_text(text)
        assert call("rerun", "manifest.json") == 2
        said = capsys.readouterr().err
        assert said.startswith("error: ")
        assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user without all rights")
def test_an_unwritable_folder_is_a_clear_message(here, capsys):
    (here / "locked").mkdir(mode=0o500)
    assert call("run", *QUICK, "--out", here / "locked" / "r") == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "baseline"]])
def test_quick_answers_import_nothing_heavy(arguments):
    """Help and validation are instant because they import neither Mesa nor numpy, xarray or matplotlib."""
    script = (
        "import sys\nfrom sinobel import cli\ntry:\n    cli.main(sys.argv[1:])\nexcept SystemExit as stop:\n"
        "    assert not stop.code\n"
        "heavy = {'mesa', 'numpy', 'pandas', 'xarray', 'matplotlib', 'scipy'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    environment = dict(os.environ, PYTHONPATH=str(SOURCE))
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("stage", ["simulate", "add_figures", "finish"])
def test_ctrl_c_leaves_a_message_and_code_1(here, capsys, monkeypatch, stage):
    from sinobel import store

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(store.Run, stage, interrupted)
    assert call("run", *QUICK) == 1
    assert "interrupted" in capsys.readouterr().err
