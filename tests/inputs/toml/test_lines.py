"""The line of each part of a TOML text, in documents that know it, in time proportional to their length."""

import pathlib
import re
import time
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinobel.inputs.toml_lines import DEEPEST, line_of, scan
from tests.inputs.toml.documents import documents

SAMPLES = sorted((pathlib.Path(__file__).parent / "samples").glob("*.toml"))


def paths(content, path=()):
    """Every path of a parsed text: keys of tables and entries of lists."""
    entries = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for name, value in entries:
        yield (*path, name)
        yield from paths(value, (*path, name))


def exact(lines, path):
    """Line of a path itself; entries of a list that are plain values stand where their list does unless told."""
    for name in path:
        if name not in lines.below:
            return lines.line if isinstance(name, int) else None
        lines = lines.below[name]
    return lines.line


@given(documents())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_part_of_a_random_document_stands_where_it_was_written(document):
    text, expected = document
    assert set(paths(tomllib.loads(text))) == set(expected)
    lines = scan(text).lines
    assert {path: exact(lines, path) for path in expected} == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_keys_of_a_stored_sample_tell_their_own_line(path):
    """In the samples each key ends with the number of its line, and so does each text in a list."""
    text = path.read_text(encoding="utf-8")
    found, lines = 0, scan(text).lines
    for place in paths(tomllib.loads(text)):
        if isinstance(place[-1], str):
            assert exact(lines, place) == int(re.search(r"\d+$", place[-1])[0]), place
            found += 1
    assert found >= 8


def test_an_unknown_path_stands_where_the_table_around_it_does():
    lines = scan("a = 1\n[[change]]\nlever = 'x'\n[change.when]\nabove = 1\n").lines
    assert line_of(lines, ("change", 0, "lever")) == 3
    assert line_of(lines, ("change", 0, "when", "above")) == 5
    assert line_of(lines, ("change", 0, "when", "below")) == 4
    assert line_of(lines, ("change", 0, "value")) == 2
    assert line_of(lines, ("nothing",)) is None


@given(st.text(alphabet="\n\r\t ab.=,#'\"[]{}\\019é", max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_strange(text):
    def all_lines(place):
        yield place.line
        for below in place.below.values():
            yield from all_lines(below)

    assert all(0 <= line <= text.count("\n") + 1 for line in all_lines(scan(text).lines))


MILLION = 1_000_000
LONG = {
    "statements": "a=1\n" * 250_000,
    "keys": "\n".join(f"k{number}=1" for number in range(100_000)),
    "list-of-lines": "a=[\n" + "1,\n" * 330_000 + "]",
    "list": "a=[" + "1," * 500_000 + "]",
    "lists": "a=[" + "[]," * 330_000 + "]",
    "tables": "a=[\n" + "{b=1},\n" * 140_000 + "]",
    "headers": "[[a]]\n" * 170_000,
    "nested": "x=" + "[" * MILLION,
    "braces": "a={" * 330_000,
    "dots": "a." * 500_000 + "b=1",
    "escapes": '"\\u0041"=1\n' * 90_000,
    "open-block": '"""\\' * 250_000,
    "quotes": '"' * MILLION,
    "apostrophes": "'" * MILLION,
    "backslashes": 'a="' + "\\" * MILLION,
    "spaces": " " * MILLION,
    "word": "x" * MILLION,
    "equals": "=" * MILLION,
    "remarks": "#\n" * 500_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_time_grows_with_length_alone(kind):
    text = LONG[kind]
    tenth = text[: len(text) // 10]
    times = []
    for part in (tenth, text):
        start = time.process_time()
        scan(part)
        times.append(time.process_time() - start)
    assert times[1] < max(30 * times[0], 0.1), times
    assert times[1] < 5, "a megabyte takes under a second on an idle machine"


def test_what_never_ends_and_what_is_too_deep_are_told_with_their_line():
    assert scan('a = 1\nb = """\ntext\n').unclosed == 2
    assert scan("a = 1\nb = [\n1,\n").unclosed == 2
    assert scan("a = [1]\nb = {c = 1}\n").unclosed is None
    assert scan("\n" + "a = " + "[" * DEEPEST + "]" * DEEPEST).too_deep is None
    assert scan("\n" + "a = " + "[" * (DEEPEST + 1)).too_deep == 2
    assert scan("\n" + "a." * DEEPEST + "a = 1").too_deep == 2
    assert scan("a = 1\nb = 123456\n").longest == (6, 2)
