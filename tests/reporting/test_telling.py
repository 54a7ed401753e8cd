"""Scenarios are told in one way everywhere: every key of every change can be read wherever scenarios are told."""

import html
import io
import math
import pathlib
import re
from decimal import Decimal

import openpyxl
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

import sinobel
from sinobel import cli, store
from sinobel.cli import reporting, running
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.quantities import label_and_name, with_unit
from sinobel.policies import changes, conditions, scenarios
from sinobel.policies.changes import Change
from sinobel.reporting.words import telling
from sinobel.reporting.workbook import book as workbook
from sinobel.results import provenance, study_readme
from sinobel.results.readme import folder_readme
from sinobel.runs.held import Held
from sinobel.runs.request import Request
from sinobel.runs.trajectories import described

SOURCE = pathlib.Path(sinobel.__file__).parent
SHIPPED = (
    "guarantees-stop-when-debt-is-high",
    "market-closure-every-weak-year",
    "export-drive-while-reserves-are-short",
)
ODD = """
title    = "Odd"
question = "Which keys are told?"
[[change]]
lever = "china.tied_share"
from  = "2018-02"
until = "2019-03"
value = 0.405
why   = "a plain reason"
[[change]]
lever = "world.oil_price"
from  = "2018-05"
until = "2019-07"
scale = 1.37
why   = "a reason for a scale"
[[change]]
lever = "belarus.guarantee_stop"
from  = "2018-06"
until = "2019-08"
value = true
why   = "a reason for a rule"
when  = [
    { indicator = "potash_spot_price", below = 0.93, of = "potash_contract_price", for = 4, until_above = 1.07 },
    { indicator = "debt_to_gdp", above = 0.31, until_below = 0.23 },
]
[[change]]
lever = "eu.sanctions"
from  = "2018-09"
value = "extended"
"""
SAID = {
    "lever": [
        "Share of Chinese loan money that must buy Chinese goods",
        "Oil price, Brent",
        "No new state guarantees for Chinese loans",
        "EU sanctions on Belarus",
    ],
    "from": ["from 2018-02", "from 2018-05", "from 2018-06", "from 2018-09"],
    "until": ["until 2019-03", "until 2019-07", "until 2019-08"],
    "value": ["40.5 % of disbursement", "on from", "extended from"],
    "scale": ["× 1.37"],
    "why": ["a plain reason", "a reason for a scale", "a reason for a rule"],
    "when": ["while"],
    "indicator": ["“Potash spot price, Asia”", "“Public external debt over GDP”"],
    "below": ["is below 0.93 times"],
    "above": ["is above 31 %"],
    "of": ["“Potash contract price with China, last settled”"],
    "for": ["for 4 months in a row"],
    "until_above": ["until it is above 1.07 times"],
    "until_below": ["until it is below 23 %"],
}
"""Key of a change or of a condition -> what must be read of the odd scenario."""


def test_the_odd_scenario_uses_every_key():
    assert set(SAID) == {*changes.KEYS, *conditions.KEYS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("scenarios")
    (made / "odd.toml").write_text(ODD)
    return made


@pytest.fixture(scope="module")
def results(folder, tmp_path_factory):
    policies = [scenarios.load(name) for name in ("baseline", folder / "odd.toml", *SHIPPED)]
    with store.Run(Request(tuple(policies), 12, 9, horizon="2019-12"), tmp_path_factory.mktemp("results") / "r") as run:
        yield run.simulate()


def call(*arguments):
    code = 0
    try:
        cli.main([*arguments])
    except SystemExit as stop:
        code = stop.code or 0
    assert code == 0


# --- the places ------------------------------------------------------------------------------------------------------


def the_page(results, folder, capsys):
    return html.unescape(re.sub(r"</?a[^>]*>", "", reporting.text_of(results)))


def the_workbook(results, folder, capsys):
    book = openpyxl.load_workbook(io.BytesIO(workbook.build(results.annual, results.manifest, {})))
    return " ".join(str(cell) for row in book["Scenarios"].values for cell in row if cell is not None)


def readme(results, folder, capsys):
    return folder_readme(results.manifest, {}, "")


def readme_of_a_study(results, folder, capsys):
    return study_readme.readme("", [], "", {}, {}, results.manifest | {"command": ""}, "")


def explain_scenario(results, folder, capsys):
    call(*["explain", str(folder / "odd.toml")])
    told = capsys.readouterr().out
    for name in SHIPPED:
        call(*["explain", name])
        told += capsys.readouterr().out
    return told


def explain_results(results, folder, capsys):
    return " ".join(text for _, text in provenance.of_results(results.manifest, {}, "r"))


def validate(results, folder, capsys):
    call(*["validate", str(folder / "odd.toml"), *SHIPPED])
    return capsys.readouterr().out


def the_list(results, folder, capsys, form="json"):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenarios, "shipped_names", lambda: ["baseline", str(folder / "odd.toml"), *SHIPPED])
        call(*["scenarios", "--format", form])
    return capsys.readouterr().out


def the_end_of_a_run(results, folder, capsys):
    running.tell_changes(results)
    return capsys.readouterr().out


def rules_in_python(results, folder, capsys):
    return " ".join(sinobel.rules_held(xr.Dataset(attrs=described(results.manifest)))["rule"])


def reprs(results, folder, capsys):
    return " ".join(repr(scenarios.load(name)) for name in (folder / "odd.toml", *SHIPPED))


WHOLE = (the_page, the_workbook, readme, readme_of_a_study, explain_scenario, explain_results, validate, the_list)
WITHOUT_REASONS = (reprs,)
ONLY_RULES = (the_end_of_a_run, rules_in_python)
TOLD_IN = {
    "reporting/page/evidence_sections.py": the_page,
    "reporting/page/__init__.py": the_page,
    "reporting/workbook/book.py": the_workbook,
    "results/readme.py": readme,
    "results/study_readme.py": readme_of_a_study,
    "reporting/words/explain.py": explain_scenario,
    "results/provenance.py": explain_results,
    "cli/asking.py": validate,
    "cli/running.py": the_end_of_a_run,
    "runs/held.py": rules_in_python,
    "policies/scenarios.py": reprs,
    "policies/changes.py": reprs,
}
"""Modules that tell changes -> the place above that stands for them: a new one must join."""
BELOW = {"reporting/words/telling.py", "cli/comparing.py"}  # what the others rest on; what calls the end of a run
OWNERS_ALONE = {"reporting/tables/comparison.py", "reporting/words/telling.py"}  # `set_by` reads whose levers they are


def without_names(text):
    return re.sub(r" \([a-z_]+(\.[a-z_]+)?\)", "", " ".join(text.split()))


@pytest.mark.parametrize("place", [*WHOLE, *WITHOUT_REASONS, *ONLY_RULES], ids=lambda place: place.__name__)
def test_every_key_of_every_change_is_told(place, results, folder, capsys):
    told = without_names(place(results, folder, capsys))
    policies = [scenarios.load(folder / "odd.toml"), *map(scenarios.load, SHIPPED)]
    for policy in policies:
        for change in policy.changes:
            if change.when or place not in ONLY_RULES:
                assert change.in_words() in told
                if place in WHOLE:
                    assert " ".join(change.why.split()).replace('"', '\\"' if place is the_list else '"') in told
    assert "{'" not in told
    assert '{"indicator' not in re.sub(r"<pre>.*?</pre>", "", told), "a rule as it stands in a file is no sentence"
    if place in WHOLE:
        for key, pieces in SAID.items():
            for piece in pieces:
                assert piece in told, key


def test_the_list_on_a_terminal_tells_all_but_the_reasons(results, folder, capsys):
    told = the_list(results, folder, capsys, "table")
    assert "sinobel explain" in told
    letters = "".join(told.split())
    for piece in ("40.5%", "×1.37", "extended", "0.93", "31%"):
        assert piece in letters


def test_a_new_place_that_tells_changes_must_join():
    uses = re.compile(r"\btelling\.|words\.telling\b|\bchange\.in_words|\bimport .*\bsentences\b")
    raw = re.compile(r"""\["change"\]|\bchange\["|change\.(when|scale|until)\b|all_in_words""")
    for path in sorted(SOURCE.rglob("*.py")):
        name, text = path.relative_to(SOURCE).as_posix(), path.read_text()
        if uses.search(text) and name not in BELOW:
            assert name in TOLD_IN, f"{name} tells changes: give it a row in TOLD_IN and a place that is tested"
        if name.startswith(("reporting/", "results/", "cli/")) and name not in OWNERS_ALONE:
            assert not raw.search(text.replace("each.change.when", "")), f"{name} tells a change in words of its own"


# --- the sentence ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            SHIPPED[0],
            "No new state guarantees for Chinese loans: on from 2018-01 while “Public external debt over GDP” is "
            "above 40 %",
        ),
        (
            SHIPPED[1],
            "China keeps its potash market closed: on from 2018-01 while “Potash spot price, Asia” is below "
            "“Potash contract price with China, last settled”, and “Months without a potash contract with China” "
            "is below 9 months",
        ),
        (
            SHIPPED[2],
            "Drive for exports to China, in multiples of the directive of August 2015: 2 (1 = the measures of the "
            "directive, carried out) from 2018-01 while “Reserves in months of goods imports” is below 2 months "
            "for 3 months in a row, from then on until it is above 3 months",
        ),
    ],
)
def test_shipped_rules(name, sentence):
    assert scenarios.load(name).changes[0].in_words() == sentence


TWICE = """
title    = "Twice"
question = "When does the first of two changes end?"
[[change]]
lever = "belarus.reform"
from  = "2018-01"
value = 0.5
[[change]]
lever = "china.tied_share"
from  = "2018-02"
value = 0.3
when  = { indicator = "debt_to_gdp", above = 0.4 }
[[change]]
lever = "china.tied_share"
from  = "2018-08"
value = 0.4
when  = { indicator = "debt_to_gdp", above = 0.5 }
[[change]]
lever = "belarus.reform"
from  = "2019-01"
until = "2019-06"
value = 0.9
[[change]]
lever = "china.tied_share"
from  = "2019-03"
value = 0.6
"""
ENDS = (
    "0.5 (index 0-1) from 2018-01 until 2018-12 (its next change begins in 2019-01)",
    "30 % of disbursement from 2018-02 until 2018-07 (its next rule begins in 2018-08) while “Public",
    "40 % of disbursement from 2018-08 while “Public",
    "0.9 (index 0-1) from 2019-01 until 2019-06",
    "60 % of disbursement from 2019-03",
)


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twice")
    (folder / "odd.toml").write_text(TWICE)
    request = Request((scenarios.load("baseline"), scenarios.load(folder / "odd.toml")), 4, 9, horizon="2019-12")
    with store.Run(request, folder / "r") as run:
        yield folder, run.simulate()


@pytest.mark.parametrize("place", [*WHOLE, *WITHOUT_REASONS, *ONLY_RULES], ids=lambda place: place.__name__)
def test_a_change_that_the_next_one_ends_is_told_with_its_end(place, twice, capsys):
    folder, results = twice
    told = without_names(place(results, folder, capsys))
    for end in ENDS:
        if "while" in end or place not in ONLY_RULES:
            assert end in told
    assert re.search(r"disbursement from 2018-02 while", told) is None


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.4, "fraction of GDP", "40 % of GDP"),
        (0.07, "fraction", "7 %"),
        (0.3333, "fraction per year", "33.33 % a year"),
        (0.025, "fraction a year", "2.5 % a year"),
        (6.0, "percent a year", "6 % a year"),
        (-1.5, "% a year", "-1.5 % a year"),
        (0.5, "index 0-1", "0.5 (index 0-1)"),
        (3.0, "1 = as since 2013", "3 (1 = as since 2013)"),
        (1500.0, "USD mn a month", "1,500 USD mn a month"),
        (1.0, "months", "1 month"),
        (2.0, "months", "2 months"),
        (-0.0, "log", "0 (log)"),
        (1.0, "level", "1"),
        (20.0, "years from drawing to the last payment", "20 years from drawing to the last payment"),
    ],
)
def test_numbers_with_units(value, unit, said):
    assert with_unit(value, unit) == said


@given(
    st.floats(-1e9, 1e9) | st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["fraction of GDP", "percent a year", "index 0-1", "log", "level", "", "USD mn", "times the baseline"]
    ),
)
def test_two_different_numbers_never_read_the_same(value, unit):
    near = [math.nextafter(value, way) for way in (-math.inf, math.inf)]
    assert len({with_unit(each, unit) for each in (value, *near) if math.isfinite(each)}) == sum(
        map(math.isfinite, [value, *near])
    )
    read = with_unit(value, unit).split(" ")[0].replace(",", "")
    factor = 100 if unit.startswith("fraction") else 1
    assert float(Decimal(read) / factor) == value, "read back it is the very number"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 / 3, "33.33333333333333 %"),
        (0.07, "7 %"),
        (0.29, "29 %"),
        (1.1, "110 %"),
        (0.1 + 0.2, "30.000000000000004 %"),
        (1e-7, "0.00001 %"),
        (1e-20, "1e-18 %"),
        (1e22, "1e+24 %"),
        (123456.789, "12,345,678.9 %"),
        (1000.0, "100,000 %"),
    ],
)
def test_numbers_are_told_to_their_last_digit(value, said):
    assert with_unit(value, "fraction") == said


def test_changes_that_differ_are_told_differently():
    one, other = (Change("belarus.reform", 24216, scale=scale) for scale in (1 / 3, 0.33333333333))
    assert one.in_words() != other.in_words()
    one, other = (Change("belarus.reform", 24216, value) for value in (1 / 3, 0.33333333333))
    assert one.in_words() != other.in_words()


@pytest.mark.parametrize("lever", all_levers().values(), ids=lambda lever: lever.name)
def test_every_lever_can_be_told(lever):
    value = True if lever.kind == "switch" else lever.options[-1] if lever.kind == "choice" else lever.range[1]
    said = Change(lever.name, 24216, value).in_words(label_and_name)
    assert said.startswith(f"{lever.label} ({lever.name}): ")
    assert "fraction" not in said
    assert "True" not in said


@pytest.mark.parametrize("indicator", all_indicators().values(), ids=lambda each: each.name)
def test_every_indicator_can_be_told(indicator):
    said = conditions.Condition(indicator.name, "above", 0.25).in_words(label_and_name)
    assert said.startswith(f"“{indicator.label}” ({indicator.name}) is above ")
    assert (" 25 %" in said) == indicator.unit.startswith("fraction")


# --- what came of it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("futures", "share", "said"),
    [
        (0.63, 0.21, "held in 63 % of futures, 21 % of all months from 2018-01 to 2030-12"),
        (0.0, 0.0, "never held: in no future and no month"),
        (1.0, 1.0, "held in every future and every month from 2018-01 to 2030-12"),
        (1.0, 0.9999, "held in 100 % of futures, over 99 % of all months from 2018-01 to 2030-12"),
        (0.001, 0.0001, "held in under 1 % of futures, under 1 % of all months from 2018-01 to 2030-12"),
    ],
)
def test_shares_in_words(futures, share, said):
    assert telling.held_in_words(Held("2018-01", "2030-12", futures, share, ())) == said


@pytest.mark.parametrize(
    "place",
    [the_page, the_workbook, readme, readme_of_a_study, explain_results, the_end_of_a_run],
    ids=lambda place: place.__name__,
)
def test_where_rules_held_is_told_with_the_results(place, results, folder, capsys):
    told = " ".join(place(results, folder, capsys).split())
    shares = [
        telling.held_in_words(each.held)
        for found in telling.told(results.manifest).values()
        for each in found
        if each.change.when
    ]
    assert len(shares) == 4
    for share in shares:
        assert share
        assert share in told


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
    (found,) = telling.told_of(policy, "2016-12", "2030-12")
    assert found.remark.startswith(remark) if remark else not found.remark


def test_a_change_back_to_the_baseline_is_a_change():
    policy = BASE.with_change("belarus.reform", 0.5, start="2018-01").with_change(
        "belarus.reform", 0.2, start="2020-01"
    )
    assert [each.remark for each in telling.told_of(policy, "2016-12", "2030-12")] == ["", ""]
    under = policy.with_change("belarus.reform", 0.5, start="2018-01", when=RULE)
    assert [each.remark for each in telling.told_of(under, "2016-12", "2030-12")] == ["", "", ""]


@pytest.mark.parametrize(("start", "until"), [("2035-01", None), ("2010-01", "2012-12")])
def test_dates_outside_a_run_are_no_reason_to_say_that_nothing_changes(start, until, tmp_path, capsys):
    policy = BASE.with_change("belarus.reform", 0.9, start=start, until=until)
    assert not telling.told_of(policy, "2016-12", "2030-12")[0].remark
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
