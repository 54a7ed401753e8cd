"""Results of format 1, in which two levers of growth stood in % a year, are read, told and made again."""

import json

import pytest

from sinobel import cli, store
from sinobel.policies import scenarios
from sinobel.reporting.words import telling
from sinobel.runs import manifest
from sinobel.runs.request import Request


def of_version_0_2(written):
    """A manifest as version 0.2 wrote it, by hand."""
    old = json.loads(json.dumps(written)) | {"format": 1}
    old["versions"]["sinobel"], old["hashes"]["levers"] = "0.2.0", "2aca5749e9573794"
    del old["generator"]
    for change in (change for entry in old["request"]["scenarios"] for change in entry["change"]):
        if change["lever"] in ("russia.growth_shock", "world.china_growth"):
            change["value"] = {-0.02: -2.0, 0.045: 4.5, -0.001: -0.1}[change["value"]]
    old["scenarios"] = old["request"]["scenarios"]
    return old


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """A results folder whose manifest is of version 0.2."""
    slow = scenarios.load("baseline").with_change("world.china_growth", 0.045, start="2018-01", name="slow-china")
    small = slow.with_change("russia.growth_shock", -0.001, start="2018-01", name="small")
    request = Request((scenarios.load("russian-squeeze"), slow, small), 20, 5, horizon="2020-12")
    folder = tmp_path_factory.mktemp("old") / "r"
    with store.Run(request, folder) as run:
        run.simulate()
        run.finish()
    path = folder / "manifest.json"
    path.write_text(json.dumps(of_version_0_2(json.loads(path.read_text()))))
    return folder


def call(*arguments):
    with pytest.raises(SystemExit) as stop:
        cli.main([*map(str, arguments)])
    return stop.value.code or 0


def test_values_in_percent_become_fractions_and_nothing_else_moves(old):
    read = store.read_manifest(old)
    written = json.loads((old / "manifest.json").read_text())
    assert read["format"] == manifest.FORMAT == 2
    request = manifest.request_of(read)
    assert [change.value for change in request.scenarios[0].changes] == [0.5, 0.4, -0.02]
    assert [change.value for change in request.scenarios[1].changes] == [0.045]
    assert read["scenarios"] == read["request"]["scenarios"]
    same = set(written) - {"format", "request", "scenarios"}
    assert {key: read[key] for key in same} == {key: written[key] for key in same}


def test_a_tenth_of_a_point_is_told_as_one(old):
    """-0.1 lies in the range of today as well, where it would be 10 % a year."""
    assert "Added to Russian growth: -0.1 % a year from 2018-01" in telling.lines(store.read_manifest(old))["small"]
    assert "Chinese growth: 4.5 % a year" in " ".join(telling.lines(store.read_manifest(old))["slow-china"])


def test_scales_and_rules_of_format_1_stay():
    when = {"indicator": "gdp_growth", "below": -2.0}
    changes = [
        {"lever": "world.china_growth", "from": "2018-01", "scale": 1.5},
        {"lever": "russia.growth_shock", "from": "2018-02", "value": 2, "when": when},
        {"lever": "belarus.reform", "from": "2018-01", "value": 0.6},
    ]
    request = Request((scenarios.load("baseline"),), 20, 5, horizon="2020-12")
    written = manifest.manifest_of(request) | {"format": 1}
    written["request"]["scenarios"][0]["change"] = changes
    written["arguments"] = {"lever": ["russia.growth_shock=-5:2", "world.china_growth=4 %:8 %", "belarus.reform=0:1"]}
    read = manifest.parse_manifest(json.dumps(written), "m.json")
    found = read["request"]["scenarios"][0]["change"]
    assert found == [changes[0], changes[1] | {"value": 0.02}, changes[2]]
    asked = ["russia.growth_shock=-0.05:0.02", "world.china_growth=4 %:8 %", "belarus.reform=0:1"]
    assert read["arguments"]["lever"] == asked
    again = manifest.parse_manifest(json.dumps(read), "m.json")
    assert again == read  # what is of format 2 stays


def test_an_old_folder_is_reported_and_explained(old, capsys):
    assert call("explain", old) == 0
    assert "Added to Russian growth (russia.growth_shock): -2 % a year" in " ".join(capsys.readouterr().out.split())
    assert call("report", old) == 0
    page = next(old.glob("*.html")).read_text(encoding="utf-8")
    assert "-2 % a year" in page or "−2 % a year" in page


@pytest.mark.parametrize("generator", [None, "SFC64"])
def test_a_folder_of_other_random_numbers_is_not_made_again_and_says_why(old, tmp_path, capsys, generator):
    written = json.loads((old / "manifest.json").read_text())
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(written | ({} if generator is None else {"generator": generator})))
    assert call("rerun", path, "--out", tmp_path / "again") == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"its random numbers came from {generator or 'an earlier generator'}" in said.replace("'", "")
    assert "today's come from Philox4x64-10" in said
    assert not (tmp_path / "again").exists()
    assert call("explain", path) == 0
    assert "random numbers come from Philox4x64-10, they came from" in " ".join(capsys.readouterr().out.split())


def test_a_manifest_names_its_generator_and_what_it_makes_again_has_the_same_numbers(tmp_path, capsys):
    assert call("run", "--draws", 4, "--horizon", "2017-12", "--out", tmp_path / "r") == 0
    assert json.loads((tmp_path / "r" / "manifest.json").read_text())["generator"] == "Philox4x64-10"
    assert call("rerun", tmp_path / "r") == 0
    assert "bit for bit" in capsys.readouterr().out


@pytest.mark.parametrize("form", [0, 3, "1", True, None, [1]])
def test_another_format_is_refused_by_name(old, form, tmp_path, capsys):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(json.loads((old / "manifest.json").read_text()) | {"format": form}))
    assert call("explain", path) == 2
    assert "is not 1 or 2; another version of sinobel made this" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("value", ["2", True, 1e400, 10**400, None, [2.0], {}])
def test_a_damaged_value_of_format_1_is_a_clear_message(old, value, tmp_path, capsys):
    written = json.loads((old / "manifest.json").read_text())
    written["request"]["scenarios"][2]["change"][1]["value"] = value
    written["arguments"] = {"lever": [3, "world.china_growth", "world.china_growth=::x", None]}
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(written))
    assert call("explain", path) == 2
    assert "Traceback" not in capsys.readouterr().err
