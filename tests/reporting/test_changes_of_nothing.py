"""Changes of which nothing comes are told as such, and no others."""

import pytest

from sinobel import store
from sinobel.policies import scenarios
from sinobel.reporting.words import telling
from sinobel.results.readme import folder_readme
from sinobel.runs.request import Request
from tests.reporting.test_telling import call

BASE = scenarios.load("baseline")
RULE = {"indicator": "debt_to_gdp", "above": 0.4}
SAME, LAST = "sets what already is", "begins in the last month"


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"lever": "belarus.reform", "value": 0.2}, SAME),
        ({"lever": "belarus.reform", "value": 0.3}, ""),
        ({"lever": "belarus.guarantee_stop", "value": False}, SAME),
        ({"lever": "china.lending_volume", "scale": 1.0}, SAME),
        ({"lever": "world.oil_price", "scale": 1.0}, SAME),
        ({"lever": "world.oil_price", "scale": 1.1}, ""),
        ({"lever": "eu.sanctions", "value": "as events decide"}, SAME),
        ({"lever": "belarus.reform", "value": 0.2, "when": RULE}, SAME),
        ({"lever": "belarus.reform", "scale": 1.0, "when": RULE}, SAME),
        ({"lever": "belarus.reform", "value": 0.3, "when": RULE}, ""),
        ({"lever": "china.tied_share", "value": 0.1, "start": "2030-12"}, LAST),
        ({"lever": "belarus.reform", "value": 0.2, "start": "2030-12"}, SAME),
        ({"lever": "china.technology_transfer", "value": 1.0}, SAME),
    ],
)
def test_changes_of_which_nothing_comes(change, remark):
    policy = BASE.with_change(**({"start": "2018-01"} | change), name="mine")
    (found,) = telling.changes_of(policy, "2016-12", "2030-12")
    assert found.remark.startswith(remark) if remark else not found.remark


def test_a_change_back_to_the_baseline_is_a_change():
    policy = BASE.with_change("belarus.reform", 0.5, start="2018-01").with_change(
        "belarus.reform", 0.2, start="2020-01"
    )
    assert [each.remark for each in telling.changes_of(policy, "2016-12", "2030-12")] == ["", ""]
    under = policy.with_change("belarus.reform", 0.5, start="2018-01", when=RULE)
    assert [each.remark for each in telling.changes_of(under, "2016-12", "2030-12")] == ["", "", ""]


@pytest.mark.parametrize(("start", "until"), [("2035-01", None), ("2010-01", "2012-12")])
def test_dates_outside_a_run_are_no_reason_to_say_that_nothing_changes(start, until, tmp_path, capsys):
    policy = BASE.with_change("belarus.reform", 0.9, start=start, until=until)
    assert not telling.changes_of(policy, "2016-12", "2030-12")[0].remark
    (tmp_path / "mine.toml").write_text(
        f'[[change]]\nlever = "belarus.reform"\nfrom = "{start}"\nvalue = 0.2\n'
        + (f'until = "{until}"' if until else "")
    )
    call("explain", str(tmp_path / "mine.toml"))
    assert "nothing" not in capsys.readouterr().out


def test_scenarios_without_effect_are_named(tmp_path):
    never = BASE.with_change("belarus.guarantee_stop", True, start="2018-01", when=RULE | {"above": 2.0}, name="never")
    same = BASE.with_change("belarus.reform", 0.2, start="2018-01", name="same")
    both = same.with_change("china.tied_share", 0.1, start="2018-01", name="both")
    with store.Run(Request((BASE, never, same, both), 4, 9, horizon="2018-12"), tmp_path / "r") as run:
        results = run.simulate()
        assert telling.without_effect(results.manifest) == ["never", "same"]
        assert telling.NEVER in folder_readme(results.manifest, {}, "")
    assert telling.nothing_in_words([]) == ""
    assert telling.nothing_in_words(["A"]).startswith("“A” changes nothing: what it sets is so anyway")
    assert telling.nothing_in_words(["A", "B"]).startswith("“A” and “B” change nothing")


def test_validate_names_a_change_that_sets_what_already_is(tmp_path, capsys):
    (tmp_path / "mine.toml").write_text('[[change]]\nlever = "belarus.reform"\nfrom = "2018-01"\nvalue = 0.2\n')
    call(*["validate", str(tmp_path / "mine.toml")])
    assert telling.idle.SAME in " ".join(capsys.readouterr().out.split())
