"""Scenarios are told in one way everywhere: every key of every change can be read wherever scenarios are told."""

import html
import io
import pathlib
import re

import openpyxl
import pytest
import xarray as xr

import sinobel
from sinobel import cli, store
from sinobel.cli import running
from sinobel.policies import changes, conditions, scenarios
from sinobel.reporting.words import telling
from sinobel.reporting.workbook import book as workbook
from sinobel.results import contents, provenance, study_readme
from sinobel.results.readme import folder_readme
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
    return html.unescape(re.sub(r"</?a[^>]*>", "", contents.report_text(results)))


def the_workbook(results, folder, capsys):
    book = openpyxl.load_workbook(io.BytesIO(workbook.build(contents.data_of(results))))
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
    "results/basis.py": the_page,
    "results/readme.py": readme,
    "results/study_readme.py": readme_of_a_study,
    "results/study_folder.py": readme_of_a_study,
    "reporting/words/explain.py": explain_scenario,
    "results/provenance.py": explain_results,
    "cli/asking.py": validate,
    "cli/running.py": the_end_of_a_run,
    "analysis/rule_shares.py": rules_in_python,
    "policies/scenario.py": reprs,
    "policies/changes.py": reprs,
    "policies/what_if.py": reprs,
}
"""Modules that tell changes -> the place above that stands for them: a new one must join."""
BELOW = {"reporting/words/telling.py", "cli/comparing.py", "results/lookups.py"}
"""What the others rest on; what calls the end of a run; the list of what ships."""
OWNERS_ALONE = {"reporting/tables/comparison.py", "reporting/words/telling.py", "results/kept_basis.py"}
"""What reads whose levers they are, and what counts them."""


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
    uses = re.compile(r"\btelling\.\w|words\.telling\b|\bchange\.in_words|\bimport .*\bsentences\b")
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
    "place",
    [the_page, the_workbook, readme, readme_of_a_study, explain_results, the_end_of_a_run],
    ids=lambda place: place.__name__,
)
def test_where_rules_held_is_told_with_the_results(place, results, folder, capsys):
    told = " ".join(place(results, folder, capsys).split())
    shares = [
        telling.held_in_words(each.held)
        for found in telling.changes_of_manifest(results.manifest).values()
        for each in found
        if each.change.when
    ]
    assert len(shares) == 4
    for share in shares:
        assert share
        assert share in told
