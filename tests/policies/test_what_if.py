"""A what-if in a few words: what each part of it means, and what is wrong with it."""

import pytest

from sinobel.inputs.levers import all_levers
from sinobel.inputs.reading import InputError
from sinobel.policies.scenarios import Scenario, from_written, load, tried
from sinobel.policies.what_if import folder_name, what_if
from sinobel.policies.what_if import tried as tried_with

BASE = load("baseline")


def change_of(*settings, on=BASE, origin="2016-12"):
    (change,) = (each for each in what_if(on, settings, origin).changes if each.lever == settings[0].partition("=")[0])
    return change.as_written()


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("china.tied_share=0.4", {"from": "2017-01", "value": 0.4}),
        ("china.tied_share=0.4@2018-01", {"from": "2018-01", "value": 0.4}),
        ("china.tied_share=0.4@2018-01..", {"from": "2018-01", "value": 0.4}),
        ("china.tied_share=0.4@2018-01..2022-12", {"from": "2018-01", "until": "2022-12", "value": 0.4}),
        ("china.tied_share=0.4@..2022-12", {"from": "2017-01", "until": "2022-12", "value": 0.4}),
        ("china.tied_share = 40 % @ 2018-01", {"from": "2018-01", "value": 0.4}),
        ("china.tied_share=40%", {"from": "2017-01", "value": 0.4}),
        ("china.lending_volume=x0.5", {"from": "2017-01", "scale": 0.5}),
        ("china.lending_volume=150%", {"from": "2017-01", "value": 1.5}),
        ("belarus.guarantee_stop=on", {"from": "2017-01", "value": True}),
        ("belarus.guarantee_stop=false", {"from": "2017-01", "value": False}),
    ],
)
def test_a_text_is_the_change_that_a_file_would_have(text, means):
    text = text.replace("china.tied_share =", "china.tied_share=")
    assert change_of(text) == {"lever": text.partition("=")[0], **means}


def test_without_a_date_it_holds_from_the_first_simulated_month():
    assert change_of("china.tied_share=0.4", origin="2012-12")["from"] == "2013-01"


def test_choices_take_their_options():
    from sinobel.inputs.levers import all_levers

    for lever in all_levers().values():
        if lever.kind == "choice":
            for option in lever.options:
                assert change_of(f"{lever.name}={option}")["value"] == option


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("china.tied_shar=0.4", 'set: there is no lever \'china.tied_shar\'; did you mean "china.tied_share"?'),
        ("china.tied_share", "write for example china.tied_share=0.4@2018-01..2022-12"),
        ("=0.4", "write for example"),
        ("china.tied_share=", "write for example"),
        ("china.tied_share=0.4@", "write for example"),
        ("china.tied_share=0.4@..", "write for example"),
        ("china.tied_share=40", "40 is outside its range; allowed is a number from 0 to 1 (fraction of disbursement); 40 %"),
        ("china.tied_share=much", "'much' is not a number from 0 to 1"),
        ("china.tied_share=nan", "nan is not a finite number"),
        ("china.tied_share=0.4@2018", "the first month: '2018' is not a month; write it as YYYY-MM, for example 2018-01"),
        ("china.tied_share=0.4@2019-01..2018-01", "the last month 2018-01 lies before the first month 2019-01"),
        ("belarus.guarantee_stop=0.3", "'0.3' is not true or false"),
        ("belarus.guarantee_stop=x2", "'x2' is not true or false"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_as_of_a_file(text, told):
    with pytest.raises(InputError) as refused:
        what_if(BASE, [text])
    (problem,) = refused.value.problems
    assert told in problem.told()


def test_all_that_is_wrong_comes_at_once():
    with pytest.raises(InputError) as refused:
        what_if(BASE, ["china.tied_share=2", "china.x=1", "nonsense"])
    assert len(refused.value.problems) == 3
    with pytest.raises(InputError, match="two changes start in 2017-01"):
        what_if(BASE, ["china.tied_share=0.2", "china.tied_share=0.3"])
    with pytest.raises(InputError, match="begins before the one from 2017-01 ends"):
        what_if(BASE, ["china.tied_share=0.2@..2018-12", "china.tied_share=0.3@2018-01"])


def test_a_lever_starts_anew_and_the_rest_stays():
    above = load("russian-squeeze").with_changes_of(load("untied-finance"))
    made = what_if(above, ["china.tied_share=0.4@2020-01"])
    assert [each.as_written() for each in made.changes if each.lever == "china.tied_share"] == [
        {"lever": "china.tied_share", "from": "2020-01", "value": 0.4}
    ]
    assert {each.lever for each in made.changes} == {each.lever for each in above.changes}
    (told,) = made.replaced
    assert "that no longer counts, for its lever is set anew" in told
    assert what_if(above, []) is above


def test_the_effective_scenario_stands_in_a_manifest():
    made = what_if(load("untied-finance"), ["china.lending_volume=x0.5@2019-01..2020-12", "belarus.guarantee_stop=on"])
    again = from_written(made.as_written())
    assert again.digest == made.digest
    assert (again.name, again.title) == ("what-if", made.title)
    assert len(made.title) <= 120


def test_problems_of_files_and_settings_come_together(tmp_path):
    (tmp_path / "bad.toml").write_text('[[change]]\nlever = "x"\nfrom = "2018-01"\nvalue = 1\n')
    found = tried_with(tried([tmp_path / "bad.toml"]), ["china.x=1"], "2016-12")
    assert len(found.problems) == 2
    beside = tried_with(tried(["baseline", "untied-finance"]), ["china.tied_share=0.4"], "2016-12", beside=True)
    assert [each.name for each in beside.drafts] == ["baseline", "untied-finance", "what-if"]
    assert [each.name for each in tried_with(tried(["baseline"]), ["china.tied_share=0.4"], "2016-12").drafts] == [
        "what-if"
    ]


def test_folders_are_called_by_what_is_set():
    one, other = ["china.tied_share=40%@2018-01..2022-12"], ["china.tied_share=0.5"]
    assert folder_name(BASE, other) == "what-if-china.tied_share-0.5"
    assert folder_name(BASE, one) != folder_name(BASE, other)
    long = [f"china.tied_share=0.{k}@20{k}-01" for k in range(20, 40)]
    assert len(folder_name(BASE, long)) <= 60
    assert "/" not in folder_name(Scenario("x"), ["../../etc=1"])


def test_its_question_reads_as_one():
    closed = what_if(load("baseline"), ["china.market_closure=on@2018-01..2018-12"])
    label = all_levers()["china.market_closure"].label
    assert closed.question == f"What changes if “{label}” is on from 2018-01 until 2018-12?"
    two = what_if(load("untied-finance"), ["china.market_closure=on", "world.oil_price=x0.5@2018-01"])
    assert two.question.startswith(f"What changes under “{load('untied-finance').title}” if “")
    assert " is on from 2017-01 and “" in two.question
    assert two.question.endswith("is × 0.5 from 2018-01?")


def test_the_beginning_of_as_drawn_is_told_from_a_number():
    with pytest.raises(InputError, match="'as drawn' is what it is where nothing is set"):
        what_if(load("baseline"), ["china.tied_share=as"])


def test_the_nearest_lever_of_the_same_owner_comes_first():
    with pytest.raises(InputError, match=r'did you mean "russia\.lending"'):
        what_if(load("baseline"), ["russia.lending_volume=1"])
    with pytest.raises(InputError, match=r'did you mean "china\.market_closure"'):
        what_if(load("baseline"), ["russia.market_closure=on"])
