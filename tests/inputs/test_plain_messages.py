"""Messages in the words of this project where a library or the system would speak, and the line that is to be mended."""

import datetime
import json
import os

import pytest

import sinobel
from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError
from sinobel.policies.scenarios import find, load, read_scenario
from sinobel.runs import manifest
from sinobel.runs.request import Request
from sinobel.store.netcdf import read_dataset
from sinobel.store.tables import manifest_inside

NESTED = "[" * 100_000 + "]" * 100_000
NO_MANIFESTS = {
    '{\n "format": 2,\n}': "m.json:3: this is no manifest: it is not valid JSON",
    '{"format": ': "m.json:1: this is no manifest: it is not valid JSON",
    NESTED: "m.json: this is no manifest: its lists and tables are nested too deeply",
    '{"format": ' + "9" * 5000 + "}": "m.json: this is no manifest: it holds a number of thousands of digits",
}


@pytest.mark.parametrize("text", NO_MANIFESTS, ids=lambda text: text[:16])
def test_what_is_no_manifest_is_told_plainly(text):
    with pytest.raises(InputError) as refused:
        manifest.parse_manifest(text, "m.json")
    assert str(refused.value) == NO_MANIFESTS[text]


@pytest.mark.parametrize("kept", [0, 3000, 0.5])
def test_a_results_file_that_is_cut_off_says_so(tmp_path, kept):
    file = tmp_path / "years.nc"
    made = sinobel.run(draws=2, horizon="2018-12", indicators="gdp")
    made.to_netcdf(file, engine="h5netcdf")
    content = file.read_bytes()
    file.write_bytes(content[: kept if isinstance(kept, int) else int(kept * len(content))])
    with pytest.raises(InputError, match="this results file is cut off or damaged; make it again"):
        read_dataset(file, {"draw": 2, "time": 24})
    with pytest.raises(InputError, match=r"carries no manifest \(it is cut off, or another kind of file\)"):
        manifest_inside(file)


def test_dates_outside_the_run_name_their_own_line(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text(
        '[[change]]\nlever = "china.tied_share"\nvalue = 0.5\nfrom = "2016-06"\nwhy = "w"\nuntil = "2031-06"\n'
    )
    with pytest.raises(InputError) as refused:
        Request((read_scenario(file),), 2, 1)
    assert [(each.line, each.message.partition(" is outside")[0]) for each in refused.value.problems] == [
        (4, 'china.tied_share: "from" 2016-06'),
        (6, 'china.tied_share: "until" 2031-06'),
    ]


def test_a_rule_that_begins_too_early_names_its_line(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text(
        '[[change]]\nlever = "belarus.guarantee_stop"\nvalue = true\n'
        'when = { indicator = "reserves", below = 3000 }\nfrom = "2017-01"\n'
    )
    with pytest.raises(InputError, match="too early for a rule") as refused:
        Request((read_scenario(file),), 2, 1)
    assert [each.line for each in refused.value.problems] == [5]


@pytest.mark.parametrize("day", [1, 15, 31])
def test_a_day_in_december_is_a_horizon_or_an_origin(day):
    made = Request((load("baseline"),), 2, 1, datetime.date(2015, 12, day), datetime.date(2017, 12, day))
    assert (made.origin, made.horizon) == ("2015-12", "2017-12")
    assert months.parse_horizon(datetime.datetime(2017, 12, day, 12), made.months[0]) == 12 * 2017 + 11


def test_a_day_of_another_month_is_told_what_a_horizon_is():
    with pytest.raises(InputError, match=r"horizon 2017-06 is not available: .* a horizon is a December after"):
        sinobel.run(draws=2, horizon=datetime.date(2017, 6, 30))
    with pytest.raises(InputError, match="a change begins and ends with months"):
        sinobel.scenario().with_change("china.maturity", 10, start=datetime.date(2018, 1, 15))


@pytest.mark.parametrize("given", [5, 2.5, [5], [["gdp"]], [None]])
def test_indicators_that_are_no_names(given):
    with pytest.raises(InputError, match="there is no indicator"):
        sinobel.run(draws=2, indicators=given)
    with pytest.raises(InputError, match="there is no indicator"):
        sinobel.compare(["baseline", "untied-finance"], draws=2, indicators=given)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_a_pipe_or_a_device_is_no_scenario_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    for name in ("pipe", "zero"):
        with pytest.raises(InputError, match=f"{name}.toml: this is no ordinary file"):
            find(str(tmp_path / f"{name}.toml"))
        (tmp_path / "child.toml").write_text(f'extends = "./{name}.toml"\nquestion = "q"\n')
        with pytest.raises(
            InputError, match=rf'child.toml:1: "extends" leads nowhere: .*{name}.toml: this is no ordin'
        ):
            read_scenario(tmp_path / "child.toml")
    with pytest.raises(InputError, match="no such scenario file"):
        find(str(tmp_path / "gone.toml"))


def test_a_missing_file_that_is_extended_is_named(tmp_path):
    file = tmp_path / "child.toml"
    file.write_text('question = "q"\nextends = "./self2.toml"\n')
    with pytest.raises(InputError, match=r'child.toml:2: "extends" leads nowhere: .*self2.toml: no such scenario file'):
        read_scenario(file)


def test_a_manifest_that_is_whole_is_still_read():
    whole = manifest.manifest_of(Request((load("baseline"),), 2, 1))
    assert manifest.parse_manifest(json.dumps(whole), "m.json")["request"]["draws"] == 2


def test_a_truth_is_shown_as_files_have_it(tmp_path):
    file = tmp_path / "s.toml"
    file.write_text('[[change]]\nlever = "china.tied_share"\nfrom = "2018-01"\nvalue = true\n')
    with pytest.raises(InputError, match=r"china\.tied_share: true is not a number from 0 to 1"):
        read_scenario(file)


@pytest.mark.parametrize(("name", "unit"), [("grant_element", "fraction"), ("gdp", "USD mn a month; USD mn a year")])
def test_a_unit_is_told_once(name, unit):
    from sinobel.reporting.words import explain

    assert ("unit", unit) in list(explain._indicator(all_indicators()[name]))
