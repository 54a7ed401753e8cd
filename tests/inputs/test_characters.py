"""What may stand in a title: every script and emoji, and nothing that hides or turns what is seen."""

import json
import time
import unicodedata

import pytest

from sinobel import cli
from sinobel.inputs import objectives
from sinobel.inputs.characters import lines, printable, unprintable
from sinobel.inputs.reading import InputError, shown
from sinobel.policies import scenarios
from sinobel.runs.manifest import parse_manifest
from sinobel.runs.request import Request

SEEN = [
    "Untied loans, 40 %",
    "中国减少贷款",
    "Сценарий «развязка», 40 %",
    "Мінск і Пекін",
    "ประเทศไทย",
    "اُردُو",
    "नमस्ते",
    "می\u200cخواهم",
    "क्\u200dष",
    "ശ്രീ\u200d".rstrip("\u200d"),
    "한국어",
    "日本語の題",
    "½ × 3 ≤ 4 €",
    "a\u00a0b",
    "٤٠",
    "ＷＩＤＥ",
    "🚀 up",
    "👨\u200d👩\u200d👧",
    "🏳\ufe0f\u200d🌈",
    "👩🏽\u200d⚕\ufe0f",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "葛\U000e0100城",
    "🫨",
    "\u0601٣",
    "e\u0301",
    "x\u20d7",
    "\ue000",
]
HIDING = [
    chr(code)
    for code in (
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0x200E,
        0x200F,
        0x61C,
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0x2061,
        0xFEFF,
        0xAD,
        0x180E,
        0xFFF9,
        0x206A,
        0x3164,
        0x115F,
        0x2800,
        0x34F,
        0xE0001,
        0xE0041,
        0xE007F,
        0xFE0F,
        0x1D173,
        0xFFFE,
        0xFDD0,
    )
]
CONTROLS = ["\0", "\a", "\x1b", "\t", "\r", "\x7f", "\x85", "\u2028", "\u2029", "\ud800"]


@pytest.mark.parametrize("text", SEEN)
def test_every_script_stays(text):
    assert unprintable(text, 100) is None
    assert printable(text) == text


def test_letters_marks_digits_and_signs_of_all_scripts_stay():
    """Nothing outside formats, controls and the few blanks is refused."""
    wrong = [
        hex(code)
        for code in range(0x110000)
        if unicodedata.category(letter := chr(code))[0] in "LMNPS" and unprintable(f"a{letter}", 9)
    ]
    assert wrong == ["0x34f", "0x115f", "0x1160", "0x17b4", "0x17b5", "0x2800", "0x3164", "0xffa0"]


@pytest.mark.parametrize("letter", HIDING, ids=ascii)
def test_what_hides_or_turns_is_named(letter):
    text = f"Loans {letter}reversed"
    assert f"U+{ord(letter):04X}" in unprintable(text, 100)
    assert letter not in printable(text)
    assert printable(text) == f"Loans {ascii(letter)[1:-1]}reversed"
    assert shown(f"/x/a {letter}.toml").endswith(f"{ascii(letter)[1:-1]}.toml")


@pytest.mark.parametrize("letter", CONTROLS, ids=ascii)
def test_controls_are_named(letter):
    assert f"control character U+{ord(letter):04X}" in unprintable(f"a{letter}b", 100)
    assert letter not in printable(f"a{letter}b")


@pytest.mark.parametrize(
    "text",
    [
        "a\u200db",
        "北\u200d京",
        "🚀\u200d",
        "\u200d🚀",
        "a\ufe0f\ufe0f",
        "🏴\U000e0067",
        "x\U000e0067\U000e007f",
        "A\u200cB",
    ],
)
def test_joiners_and_tags_stay_only_where_they_belong(text):
    assert unprintable(text, 100)


@pytest.mark.parametrize("letter", ["\u200d", "\U000e0041", "\u0301", "\ufe0f"])
def test_long_texts_are_answered_at_once(letter):
    began = time.perf_counter()
    unprintable(f"🏴{letter}" + letter * 50_000 + "🏴" * 50_000 + f"🚀{letter}" * 50_000, 10_000_000)
    printable(letter * 50_000)
    assert time.perf_counter() - began < 5


def test_lines_keep_their_ends():
    assert lines("a\n\tb\x1b[2J\u202e") == "a\n\tb\\x1b[2J\\u202e"
    assert unprintable("two\nlines", 100) is None
    assert printable("two\nlines") == "two\\nlines"


TURNING = "a\u202eb"


def test_they_are_refused_wherever_a_person_writes_a_text(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        f'title = "{TURNING}"\nquestion = "{TURNING}"\n[[change]]\nlever = "china.tied_share"\nfrom = "2018-01"\n'
        f'value = 0.4\nwhy = "{TURNING}"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as error:
        scenarios.load(own)
    assert [problem.line for problem in error.value.problems] == [1, 2, 7]
    assert all("U+202E (right-to-left override)" in problem.message for problem in error.value.problems)
    with pytest.raises(InputError, match=r"U\+202E"):
        scenarios.load(f"{TURNING}.toml")
    mine = scenarios.load("baseline").with_change("china.tied_share", 0.4, start="2018-01", name=TURNING)
    with pytest.raises(InputError, match=r'"name" of a scenario holds U\+202E'):
        Request((mine,), 2, 1)
    with pytest.raises(InputError, match="several lines"):
        Request((scenarios.Scenario("a\nb"),), 2, 1)


def test_they_are_refused_in_objectives(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(f'extends = "default"\n[belarus.income]\nlabel = "{TURNING}"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"own.toml:3: belarus.income: label holds U\+202E"):
        objectives.read_objectives(own)


@pytest.mark.parametrize("key", ["name", "title", "question", "why", "command", "vintage", "\u202e"])
def test_they_are_refused_anywhere_in_a_manifest(key):
    with pytest.raises(InputError, match=r"m.json: this is no manifest: it holds"):
        parse_manifest(json.dumps({"request": {"scenarios": [{key: TURNING}]}}), "m.json")
    with pytest.raises(InputError, match="no manifest"):
        parse_manifest(json.dumps({"request": {"scenarios": [{key: "\x1b[2J"}]}}), "m.json")


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a": NaN}', '{"a": ' + "9" * 5000 + "}", '"' + "x" * 17_000_000 + '"']
)
def test_manifests_nobody_writes_are_one_message(text):
    with pytest.raises(InputError) as error:
        parse_manifest(text, "m.json")
    assert len(error.value.problems) == 1
    assert len(str(error.value)) < 300


def test_names_of_files_cannot_reach_the_terminal_as_they_are(tmp_path, capsys, monkeypatch):
    """A folder of results with a file whose name clears the screen."""
    from sinobel.cli import terminal

    terminal.say("holds \x1b[2J\u202etxt.exe\nnext")
    terminal.show_table(["name"], [["\x1b[2J[red]:warning:[/red]"]])
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "[red]:warning:[/red]" in said
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        cli.main(["validate", "x\u202e.toml"])
    assert "\u202e" not in capsys.readouterr().err
