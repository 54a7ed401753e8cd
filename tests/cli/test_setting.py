"""What-ifs at the command line: --set stands wherever a command takes a scenario, and its results can be made again."""

import json

import pytest

from tests.cli.test_cli import QUICK, call, here

__all__ = ["here"]
SET = "china.tied_share=40%@2018-01..2018-12"


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_a_run_with_a_setting_is_made_again_from_its_manifest(here, capsys):
    assert call("run", "--set", SET, *QUICK) == 0
    folder = here / "results" / "what-if-china.tied_share-40-2018-01..2018-12"
    (scenario,) = manifest_of(folder)["scenarios"]
    assert scenario["change"] == [
        {"lever": "china.tied_share", "from": "2018-01", "until": "2018-12", "value": 0.4}
    ]  # the effective scenario, whatever was typed
    assert f"--set {SET}" in manifest_of(folder)["command"]
    assert call("rerun", folder) == 0
    assert "bit for bit" in capsys.readouterr().out


def test_a_file_with_the_same_change_gives_the_same_numbers(here, capsys):
    head = 'title = "x"\n[[change]]\nlever = "china.tied_share"\nfrom = "2018-01"\nuntil = "2018-12"\nvalue = 0.4\n'
    (here / "mine.toml").write_text(head)
    assert call("run", "mine.toml", *QUICK, "--out", "file") == 0
    assert call("run", "--set", SET, *QUICK, "--out", "words") == 0
    one, other = ((here / name / "summary.csv").read_text() for name in ("file", "words"))
    assert one.replace("mine,", "what-if,") == other


@pytest.mark.parametrize(
    ("names", "compared"),
    [
        ([], ["baseline", "what-if"]),
        (["untied-finance"], ["untied-finance", "what-if"]),
        (["oil-slump", "baseline", "--baseline", "baseline"], ["baseline", "oil-slump", "what-if"]),
    ],
)
def test_compare_adds_a_what_if_on_the_reference(here, capsys, names, compared):
    assert call("compare", *names, "--set", SET, *QUICK) == 0
    (folder,) = (here / "results").iterdir()
    assert [each["name"] for each in manifest_of(folder)["scenarios"]] == compared
    told = capsys.readouterr()
    assert "what-if" in told.out
    assert ("untied-finance has " in told.err) == (names == ["untied-finance"])


def test_studies_take_a_setting(here, capsys):
    target = ("--target", "exports_to_china[2018] >= 1", "--lever", "belarus.export_drive")
    assert call("solve", *target, "--set", SET, "--draws", 20, "--jobs", 1) == 0
    (folder,) = (here / "results").iterdir()
    assert manifest_of(folder)["scenarios"][0]["change"][0]["value"] == 0.4
    assert call("rerun", folder) == 0
    capsys.readouterr()
    assert call("attribute", "baseline", "baseline", "--set", SET, "--year", 2018, *QUICK) == 0
    assert "what-if against baseline" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            "china.tied_shar=0.4",
            "error: --set: there is no lever 'china.tied_shar'; did you mean \"china.tied_share\"?",
        ),
        ("china.tied_share=4", "error: --set: china.tied_share: 4 is outside its range"),
        ("china.tied_share", "error: --set 'china.tied_share' is not allowed; write for example"),
        ("china.tied_share=0.4@2035-01", "2035-01 is outside origin and horizon"),
    ],
)
@pytest.mark.parametrize("command", ["run", "compare"])
def test_bad_settings_end_with_code_2_and_nothing_written(here, capsys, command, setting, told):
    assert call(command, "--set", setting) == 2
    assert told in capsys.readouterr().err
    assert not list(here.iterdir())


def test_what_looks_things_up_takes_a_setting(here, capsys):
    assert call("validate", "--set", SET) == 0
    told = capsys.readouterr().out
    assert told.startswith("baseline: valid, 1 change of levers")
    assert "40 % of disbursement from 2018-01 until 2018-12" in " ".join(told.split())
    quick = ("--year", "2018", "--draws", "20", "--format", "csv")
    assert call("ledger", *quick, "--set", "china.lending_volume=0") == 0
    without = capsys.readouterr().out
    assert call("ledger", *quick) == 0
    assert without != capsys.readouterr().out
    assert call("loans", "--set", SET) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("validate",), "name a scenario"),
        (("validate", "baseline", "untied-finance", "--set", SET), "2 are named"),
        (("validate", "--set", "china.tied_share=40"), "40 % is written 0.40"),
        (("loans", "--set", "china.tied_shar=0.4"), "china.tied_share"),
    ],
)
def test_bad_settings_of_lookups_end_with_code_2(here, capsys, words, says):
    assert call(*words) == 2
    assert says in capsys.readouterr().err


def test_a_limit_at_zero_says_what_it_does(here, capsys):
    assert call("validate", "--set", "russia.lending=0@2019-01..") == 0
    assert "no new loans from Russia and the EFSD" in " ".join(capsys.readouterr().out.split())
    assert call("validate", "--set", "russia.lending=0.5@2019-01..") == 0
    assert "no new loans" not in capsys.readouterr().out
