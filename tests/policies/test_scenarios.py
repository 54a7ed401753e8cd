"""Scenario files: each kind of error gives its promised message, all errors come at once, no text makes a traceback."""

import json
import pathlib
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.policies import schema as scenario_schema
from sinobel.policies.changes import conflicts
from sinobel.policies.lever_path import LeverPath

BAD = pathlib.Path(__file__).parent / "bad_files"
MESSAGES = dict(line.split("\t") for line in (BAD / "messages.tsv").read_text().splitlines()[1:])
ORIGIN, HORIZON = months.parse("2016-12"), months.parse("2030-12")


def problems_of(path):
    try:
        return scenarios.read_scenario(path).check_dates(ORIGIN, HORIZON)
    except InputError as error:
        return error.problems


def test_every_bad_file_has_its_message():
    assert set(MESSAGES) == {path.name for path in BAD.glob("*.toml")}


@pytest.mark.parametrize("name", MESSAGES)
def test_bad_file(name):
    found = "\n".join(map(str, problems_of(BAD / name)))
    assert MESSAGES[name] in found


def test_all_errors_come_at_once_in_the_order_of_lines(tmp_path):
    path = tmp_path / "many.toml"
    path.write_text(
        'extends = "nowhere"\nquestin = "x"\n[[change]]\nlever = "a.b"\nfrom = "2018"\n\n'
        '[[change]]\nlever = "china.tied_share"\nfrom = "2018-01"\nvalue = 7\n'
    )
    lines = [problem.line for problem in problems_of(path)]
    assert lines == sorted(lines)
    assert len(lines) >= 5


@pytest.mark.parametrize("name", scenarios.shipped_names())
def test_every_shipped_scenario_is_valid_and_says_why(name):
    policy = scenarios.load(name)
    assert policy.question.endswith("?")
    assert not policy.check_dates(ORIGIN, HORIZON)
    for change in policy.changes:
        assert len(change.why) > 20


def test_required_scenarios_ship():
    wanted = {
        "baseline",
        "untied-finance",
        "reform-with-eu-agreement",
        "russian-squeeze",
        "cartel-restored",
        "fdi-instead-of-loans",
        "eu-sanctions-extended",
        "market-closure-every-weak-year",
    }
    assert wanted <= set(scenarios.shipped_names())


TEXTS = st.text(alphabet=string.printable, max_size=200)
LINES = st.lists(
    st.one_of(
        st.just("[[change]]"),
        st.builds(
            lambda key, value: f"{key} = {value}",
            st.sampled_from(["lever", "from", "until", "value", "scale", "why", "extends", "question", "change", "x"]),
            st.one_of(
                st.sampled_from(
                    [
                        '"china.tied_share"',
                        '"eu.sanctions"',
                        '"2018-01"',
                        '"baseline"',
                        "true",
                        "nan",
                        "inf",
                        "-1e400",
                        "[]",
                        "{}",
                        '"\\u0000"',
                        "2018-01-01",
                        "99999999999999999999999",
                        '"extended"',
                    ]
                ),
                st.floats().map(str),
                st.integers().map(str),
                TEXTS.map(json.dumps),
            ),
        ),
        TEXTS,
    ),
    max_size=12,
).map("\n".join)


@given(LINES)
@example("[[change]]\nlever = 'china.tied_share'\nfrom='2018-01'\nvalue = " + "9" * 400)
@example("a = " + "[" * 3000)
@example('extends = "' + "x" * 5000 + '"')
@example('extends = "../../../../etc/passwd"')
@settings(max_examples=300)
def test_no_text_makes_anything_but_a_clear_message(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    for problem in problems_of(path):
        assert problem.message


# --- what a valid file means -----------------------------------------------------------------------------------------


def path_of(*changes):
    policy = scenarios.load("baseline")
    for lever, value, start, until in changes:
        policy = policy.with_change(lever, value, start=start, until=until, name="x")
    return LeverPath(policy, ORIGIN, HORIZON)


def at(path, lever, month):
    return path.board(months.parse(month))[lever]


def test_a_change_lasts_until_the_next_one_and_until_is_included():
    path = path_of(("russia.lending", 0.5, "2018-01", None), ("russia.lending", 2.0, "2020-01", "2020-06"))
    assert at(path, "russia.lending", "2017-12") == 1.0
    assert at(path, "russia.lending", "2018-01") == 0.5
    assert at(path, "russia.lending", "2019-12") == 0.5
    assert at(path, "russia.lending", "2020-06") == 2.0
    assert at(path, "russia.lending", "2020-07") == 1.0


def test_recorded_history_stops_at_the_origin():
    base = scenarios.load("baseline")
    before = LeverPath(base, months.parse("2012-12"), months.parse("2016-12"))
    assert at(before, "eu.ukraine_competition", "2012-12") == 0.5
    assert at(before, "eu.ukraine_competition", "2016-12") == 0.5
    assert at(LeverPath(base, ORIGIN, HORIZON), "eu.ukraine_competition", "2017-01") == 0.3


def test_scale_multiplies_what_is_drawn_and_stays_in_range():
    import numpy as np

    policy = scenarios.load("baseline").with_change("china.tied_share", scale=1.5, start="2018-01", name="x")
    path = LeverPath(policy, ORIGIN, HORIZON)
    drawn = np.array([0.5, 0.6, 0.9])
    assert np.allclose(path.board(months.parse("2018-01")).over("china.tied_share", drawn), [0.75, 0.9, 1.0])
    assert path.board(months.parse("2017-06")).over("china.tied_share", drawn) is drawn


def test_extending_takes_over_changes_and_a_lever_set_again_starts_anew(tmp_path):
    (tmp_path / "one.toml").write_text(
        '[[change]]\nlever = "russia.lending"\nfrom = "2018-01"\nvalue = 0.5\n'
        '[[change]]\nlever = "russia.cartel"\nfrom = "2018-01"\nvalue = 1.0\n'
    )
    (tmp_path / "two.toml").write_text(
        'extends = "one"\n[[change]]\nlever = "russia.lending"\nfrom = "2020-01"\nvalue = 2.0\n'
    )
    two = scenarios.read_scenario(tmp_path / "two.toml")
    assert {change.lever: change.start for change in two.changes} == {
        "russia.cartel": months.parse("2018-01"),
        "russia.lending": months.parse("2020-01"),
    }


def test_python_changes_are_checked_like_files():
    base = scenarios.load("baseline")
    with pytest.raises(InputError, match="allowed is a number from 0 to 1"):
        base.with_change("china.tied_share", 2.0, start="2018-01")
    with pytest.raises(InputError, match="did you mean"):
        base.with_change("china.tiedshare", 0.5, start="2018-01")
    one = base.with_change("china.tied_share", 0.5, start="2018-01")
    with pytest.raises(InputError, match="two changes start"):
        one.with_change("china.tied_share", 0.6, start="2018-01")


def test_written_and_read_again_it_is_the_same_scenario():
    for name in scenarios.shipped_names():
        policy = scenarios.load(name)
        again = scenarios.from_written(json.loads(json.dumps(policy.as_written())))
        assert again.digest == policy.digest
        assert again.name == policy.name


def test_schema_accepts_what_ships_and_lists_every_lever():
    schema = scenario_schema.schema()
    assert schema["properties"]["change"]["items"]["properties"]["lever"]["enum"] == list(all_levers())
    for path in scenarios.scenario_folder().glob("*.toml"):
        assert path.read_text().startswith("#:schema ./scenario.schema.json\n"), path.name


def test_scenarios_in_conflict_are_told_until_when_each_sets_the_lever():
    base = scenarios.load("baseline")
    one = base.with_change("belarus.reform", 0.5, start="2018-01", name="one")
    one = one.with_change("belarus.reform", 0.9, start="2019-01", until="2019-06", name="one")
    other = base.with_change("belarus.reform", 0.7, start="2018-06", name="other")
    told = [str(each) for each in conflicts([(each.name, each.changes) for each in (one, other)])]
    assert "one sets it from 2018-01 until 2018-12, other from 2018-06 on" in told[0]
    assert "one sets it from 2019-01 until 2019-06, other" in told[1]


def test_several_names_that_nobody_knows_are_told_at_once_and_the_list_once():
    names = ["untied-finanse", "baseline+bselin", "nonsens", "bselin"]
    with pytest.raises(InputError) as error:
        scenarios.load_all(names)
    told = str(error.value)
    assert told.startswith(
        'there are no scenarios "untied-finanse" (did you mean "untied-finance"?), "bselin" (did you mean "baseline"?) '
        'and "nonsens" (available: baseline, '
    )
    assert told.count("available") == 1
    assert len(error.value.problems) == 1
    with pytest.raises(InputError, match=r'^there is no scenario "bselin"; did you mean "baseline"\? \(available: '):
        scenarios.load_all(["bselin", "bselin"])


def test_another_fault_beside_unknown_names_is_still_told(tmp_path):
    (tmp_path / "odd.toml").write_text("x = 1\n")
    with pytest.raises(InputError) as error:
        scenarios.load_all(["bselin", tmp_path / "odd.toml", "nonsens"])
    first, second = error.value.problems
    assert "there are no scenarios" in first.message
    assert second.file.endswith("odd.toml")
