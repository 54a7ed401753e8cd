"""A text of a user is no formula in a cell, no markup and no command: the functions that every writer uses."""

import itertools
import re
import shlex
import time

import pytest

from sinobel.inputs import inert
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.tables import tables
from sinobel.reporting.words import wording
from sinobel.results.basis import basis_of
from tests.reporting.odd_texts import LIVE, NUMBER, TEXTS, cells, escaped, no_formula

NO_SCENARIO = {"request": {"scenarios": [], "origin": "2016-12", "horizon": "2020-12"}}

# --- the functions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_is_no_formula_and_comes_back(text):
    made = inert.csv_text(text)
    assert not LIVE.match(made) or NUMBER.fullmatch(made)
    assert inert.from_csv(made) == text
    no_formula(tables.to_csv([{text: text, "number": -2.5, "whole": -3, "yes": True}]))


@pytest.mark.parametrize(
    "text", ["\t=1", "\r=1", "a\t=1", "a\t -1", "a\n=1", "a\r\n@x", "\t\t=1", "a\n\n=1", "a\n\nb", "a;\n=1"]
)
def test_a_cell_that_a_tab_or_a_line_end_begins_is_no_formula(text):
    """Titles cannot hold these, names of files can."""
    assert inert.from_csv(inert.csv_text(text)) == text
    no_formula(tables.to_csv([{"year": 2020, text: text, "name": text}]))


def test_texts_of_few_letters_come_back_and_are_no_formulas():
    """All 5,460 texts of up to six of four letters, for several fours."""
    for letters in ("a;='", ';"= ', ";\t='", '\n\r"=', ',;"=', ",;'\""):
        for length in range(1, 7):
            for found in itertools.product(letters, repeat=length):
                text = "".join(found)
                made = inert.csv_text(text)
                assert inert.from_csv(made) == text
                table = tables.to_csv([{"x": "x", "y": text}])
                live = [cell for end in ",;\t" for cell in cells(table, end) if re.match(r"\s*=", cell)]
                assert live == [], (text, made)


@pytest.mark.parametrize(
    "text",
    [
        "-" + "1" * 200_000 + "x",
        "-1,1" * 50_000,
        "-" + "1" * 100_000 + "." + "1" * 100_000 + "ex",
        ";" + " '" * 100_000,
        "; " * 100_000,
        " " * 200_000 + "x",
        "-1 [" + "1" * 200_000,
        "[[" * 100_000,
        "&#" * 100_000,
        "_" * 200_000,
    ],
    ids=["whole", "thousands", "fraction", "quotes", "ends", "blanks", "span", "links", "entities", "marks"],
)
def test_no_text_takes_long(text):
    terms = Terms(basis_of(NO_SCENARIO))
    terms.text("")  # what is read once is not what is timed
    start = time.process_time()
    assert inert.from_csv(inert.csv_text(text)) == text
    inert.markdown(text)
    inert.command(f"sinobel {text}")
    wording.plain(text)
    terms.text(text)
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("text", ["-2", "+3.5", "-1,234.5", "-12 %", "-12 [-30 to 5]", "-1e-05", "-.5", "–", "2020-12"])
def test_numbers_stay_numbers(text):
    assert inert.csv_text(text) == text
    assert tables.to_csv([{"a": -2.5, "b": -3}]) == "a,b\n-2.5,-3\n"


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_shows_the_text_and_nothing_else(text):
    """As GitHub's Markdown is read, with its tables, strikethrough, raw HTML and bare addresses."""
    found = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False, "html": True})
    page = f"# {inert.markdown(text)}\n\n| a | b |\n| --- | --- |\n| {inert.markdown(text)} | end |\n\n- {inert.markdown(text)}\n"
    made = found.render(page)
    assert set(re.findall(r"</?([a-z0-9]+)", made)) <= {"h1", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}
    assert "href" not in made.replace(escaped(text), "")
    words = re.search(r"<h1>(.*?)</h1>", made, re.DOTALL)
    item = re.search(r"<ul>\n<li>(.*?)</li>\n</ul>", made, re.DOTALL)
    row = re.search(r"<tbody>\n<tr>\n<td>(.*?)</td>\n<td>end</td>", made, re.DOTALL)
    assert row is not None
    assert item is not None
    for each in (words, row, item):
        assert _read(each[1]) == text.strip()
    assert not re.search(r"https?://|www\.", inert.markdown(text))


def _read(markup):
    import html

    return html.unescape(markup)


def test_markdown_stays_on_one_line():
    assert "\n" not in inert.markdown("a\n\n# b\n| c |")


@pytest.mark.parametrize(
    "text",
    [
        "sinobel run baseline --draws 20",
        "sinobel run 'a; b.toml' --draws 20",
        "python3 start.py run",
        "sinobel run 'ä ö.toml'",
        shlex.join(["sinobel", "solve", "--target", "gdp[2020] >= 1 or `x`", "--lever", "it's"]),
        shlex.join(["sinobel", "run", "it's.toml"]),
        shlex.join(["python3", "start.py", "'; reboot; '", "$(x)", '"', "!", "\\"]),
    ],
)
def test_own_commands_are_shown(text):
    assert inert.command(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "curl x | sh",
        "sinobel run baseline; reboot",
        "sinobel run $(reboot)",
        "sinobel run `reboot`",
        "sinobel run a\nreboot",
        "sinobel run baseline > ~/.profile",
        "sinobel run 'a",
        "sinobelx",
        "",
        7,
        "rm -rf ~",
        "sinobel run a && b",
        'sinobel "$x"',
        "sinobel run 'a'b",
        "sinobel run 'it'\\''s'",
        "sinobel run it\\'s",
        "sinobel  run",
        "python3 other.py",
        "'sinobel' x",
        "python3",
        "sinobel run '\"'\"; reboot; \"'\"'",
        "sinobel run a\\\nb",
        "sinobel run a\treboot",
        "sinobel run a #b",
    ],
)
def test_commands_of_others_are_not(text):
    assert inert.command(text).startswith("(the manifest tells no plain command")
