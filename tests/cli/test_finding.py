"""Search by word: every kind of thing is found, the nearest first, in lines that a terminal has room for."""

import csv
import io
import json
import re

import pytest

from sinobel.reporting.words.explain import explain
from sinobel.reporting.words.finding import entries, find
from tests.cli.test_cli import call

KINDS = {
    "lever": ("tied share", "china.tied_share"),
    "indicator": ("transit", "transit_income"),
    "scenario": ("oil slump", "oil-slump"),
    "package": ("imf program", "imf-program"),
    "objective": ("transit", "russia.transit"),
    "position": ("kremlin", "russia.kremlin"),
    "decision": ("loans accepted", "loans-accepted"),
    "parameter": ("tied share spread", "loans.tied_share_spread"),
    "figure": ("yingkou", "F118"),
    "mechanism": ("transit captures", "M35"),
    "Chinese loan": ("svetlogorsk pulp", "L13"),
    "series of the record": ("gdp usd", "record:gdp_usd.BLR"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found(kind):
    words, name = KINDS[kind]
    assert (kind, name) in {(each.kind, each.name) for each in find(words)}


def test_names_come_before_meanings_and_those_before_the_rest():
    found = [each.rank(["transit"]) for each in find("transit")]
    assert found == sorted(found)
    assert set(found) == {0, 1, 2}


def test_the_command_that_is_told_explains_every_kind():
    for kind in KINDS:
        first = next(each for each in entries() if each.kind == kind)
        assert explain(first.name, code=False)[1], first


def test_every_hit_stands_whole_within_a_terminal(capsys):
    assert call("find", "transit") == 0
    told = capsys.readouterr().out.splitlines()
    assert max(map(len, told)) <= 100
    assert len([line for line in told if line.strip()]) >= len(find("transit")) + 3
    assert "…" not in "".join(told), "what is long is wrapped, not cut"
    assert told[-1] == "More of each: sinobel explain NAME"
    assert call("find", "a") == 0
    assert "more: say more words" in capsys.readouterr().out


def test_tables_for_machines_have_all_hits(capsys):
    assert call("find", "transit", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len(find("transit"))
    assert rows[0]["more"] == f"sinobel explain {rows[0]['name']}"
    assert call("find", "transit", "--format", "csv") == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == len(rows)


def test_what_is_not_there_is_told(capsys):
    assert call("find", "exports_to_chna") == 2
    assert 'did you mean "exports_to_china"?' in capsys.readouterr().err
    assert call("find", " ") == 2
    assert "is no word" in capsys.readouterr().err


def test_explain_lists_what_holds_a_word_that_is_no_name(capsys):
    assert call("explain", "tied") == 2
    told = capsys.readouterr()
    assert "china.tied_share" in told.out
    assert "nothing is called 'tied'" in told.err
    assert call("explain", "nowhere/tied.json") == 2
    assert "tied_share" not in capsys.readouterr().out


def test_no_unit_is_doubled_in_any_explanation():
    doubled = re.compile(r"\b(a (?:year|month)),? a (?:year|month)\b|(USD mn|%) \2")
    for each in entries():
        for _, text in explain(each.name, code=False)[1]:
            assert not doubled.search(text), (each.name, text)
