"""A scenario says what its answer is about; a question asked of a run takes its place."""

import json

import pytest

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.policies import focus, scenarios
from sinobel.policies.focus import Focus
from sinobel.policies.schema import schema
from sinobel.reporting.words.explain import explain
from sinobel.runs.request import Request

ABOUT = 'about = ["potash_revenue", "reserves"]\nyears = [2018, 2019]\n'


def written(folder, text, name="mine"):
    (folder / f"{name}.toml").write_text(text)
    return scenarios.load(folder / f"{name}.toml")


def test_a_file_says_what_it_is_about(tmp_path):
    found = written(tmp_path, ABOUT)
    assert found.focus == Focus(("potash_revenue", "reserves"), (2018, 2019))
    entry = json.loads(json.dumps(found.as_written()))
    assert entry["about"] == ["potash_revenue", "reserves"]
    assert scenarios.from_written(entry).focus == found.focus
    assert "about" not in scenarios.load("baseline").as_written()
    _, lines = explain(str(tmp_path / "mine.toml"))
    assert any(label == "told first" and "potash_revenue" in text and "2018, 2019" in text for label, text in lines)


def test_what_is_extended_keeps_what_it_is_about_and_what_is_stacked_adds_to_it(tmp_path):
    written(tmp_path, ABOUT, "above")
    assert written(tmp_path, 'extends = "above"\nyears = [2020]\n').focus == Focus(
        ("potash_revenue", "reserves"), (2020,)
    )
    one = sinobel.scenario("baseline").with_focus("reserves", years=2018)
    other = sinobel.scenario("russian-squeeze").with_focus(["debt_to_russia", "reserves"])
    assert one.with_changes_of(other).focus == Focus(("reserves", "debt_to_russia"), (2018,))
    assert one.with_change("belarus.reform", 0.4, start="2018-01").focus == one.focus


def test_no_number_depends_on_it():
    plain = sinobel.scenario("baseline")
    assert plain.with_focus("reserves").digest == plain.digest


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('title = "A"\nabout = ["potash_revenu"]\n', 2, 'did you mean "potash_revenue"?'),
        ('about = "potash_revenue"\n', 1, "must be a list of indicators"),
        ('\n\nyears = ["2018"]\n', 3, "'2018' is no year; write for example 2018"),
        ("years = 2018\n", 1, "must be a list of years"),
        ("years = [2018, 2031]\n", 1, "2031 is not simulated (allowed: 2017 to 2030)"),
        ("abaut = []\n", 1, 'did you mean "about"?'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, line, says):
    (tmp_path / "mine.toml").write_text(text)
    problems = scenarios.problems_with(tmp_path / "mine.toml", 12 * 2016 + 11, 12 * 2030 + 11)
    assert [problem.line for problem in problems] == [line]
    assert says in str(problems[0])


def test_years_outside_a_request_are_refused():
    policy = sinobel.scenario("baseline").with_focus(years=[2025])
    with pytest.raises(InputError, match="2025 is not simulated"):
        Request((policy,), 4, 1, horizon="2020-12")


def test_what_is_asked_in_words():
    assert focus.asked("reserves, gdp", "2018,2020", (2017, 2030)) == Focus(("reserves", "gdp"), (2018, 2020))
    assert not focus.asked(None, None, (2017, 2030))
    with pytest.raises(InputError) as error:
        focus.asked("reservs", "2031,x", (2017, 2030))
    first, second, third = map(str, error.value.problems)
    assert first.startswith("of: there is no indicator 'reservs'; did you mean \"reserves\"?")
    assert {second, third} == {
        "year: 2031 is not simulated (allowed: 2017 to 2030)",
        "year: 'x' is no year; write for example 2018",
    }
    with pytest.raises(InputError, match="do not hold 'gdp'"):
        focus.asked("gdp", None, (2017, 2030), ["reserves"])


def test_a_question_takes_the_place_of_what_scenarios_say():
    entries = [{"about": ["reserves"], "years": [2018]}, {}, {"about": ["gdp", "reserves"]}]
    assert focus.of_manifest({"request": {"scenarios": entries}}) == Focus(("reserves", "gdp"), (2018,))
    asked = {"request": {"scenarios": entries}, "focus": {"about": ["exports_to_china"]}}
    assert focus.of_manifest(asked) == Focus(("exports_to_china",))


def test_editors_know_the_keys():
    properties = schema()["properties"]
    assert "potash_revenue" in properties["about"]["items"]["enum"]
    assert properties["years"]["items"] == {"type": "integer"}
