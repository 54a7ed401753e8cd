"""Whatever a user wrote, it is no formula in a table, no markup in a page and no second command: in every writer."""

import csv
import io
import itertools
import json
import re
import shlex
import time
import zipfile
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sinobel import store
from sinobel.cli.reporting import text_of
from sinobel.inputs import inert
from sinobel.inputs.recorded import recorded_values
from sinobel.policies import scenarios
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.tables import iamc, read_back, tables
from sinobel.reporting.words import wording
from sinobel.reporting.workbook import book as workbook
from sinobel.results import contents, provenance, readme, study_readme
from sinobel.results.formats import FORMATS, export
from sinobel.runs.request import Request
from sinobel.store import tables as long_tables

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")

TEXTS = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","see")',
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "+1+1",
    "-2+3",
    "-1-cmd|x",
    "@SUM(1)",
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1+1",
    "''=1",
    "'plain",
    "=> see, half-way (40 %)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "<!-- x -->",
    "--> x",
    "[x](javascript:alert(1))",
    "![x](http://example.invalid/x.png)",
    "[x]: http://example.invalid",
    "<http://example.invalid>",
    "http://example.invalid",
    "www.example.invalid",
    "mailto:a@example.invalid",
    "external:c:\\x",
    "internal:Charts!A1",
    "a|b*c",
    "`code`",
    "```",
    "~~x~~",
    "**x** _y_ __z__",
    "&lt;b&gt; &#60;b&#62;",
    "\\",
    "x\\|y",
    "$5 and $x^2$",
    "{{ 7*7 }}",
    "{% raw %}",
    "%s %d {0} {curly}",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    'a, "b"; c',
    "[red]x[/red]",
    "# x",
    "#",
    "###### x",
    "> x",
    ">x",
    "1. x",
    "1) x",
    "2020.",
    "- x",
    "-",
    "+ x",
    "+",
    "---",
    "- - -",
    "===",
    "=",
    "    x",
    "#5 x",
    "x #",
    "x ##",
    "C#",
    "-5 % or less",
    "1.5 % more",
    "[[gdp|free]]",
    "../../etc/passwd",
    "; rm -rf ~",
    "$(reboot)",
    "`reboot`",
    "_x0041_",
    "2020",
    "-2",
    "1e5",
    "nan",
    "inf",
    "Growth;=cmd|' /C calc'!A0",
    "a; =1+1;b",
    "a;+1",
    ";-1",
    "a;\u00a0@x",
    "a;'=1",
    'a;"=1"',
    'a, b;"=1',
    'a;" =1+1,"";=1',
    "a;;=1",
    "a;＝1",
    "a; b",
    "a;-5",
    "-5;6",
    "TRUE",
    "🚀 up & <b>away</b>",
    "中国减少贷款",
    "Сценарий «развязка», 40 %",
    "ünïcødé",
]
LIVE = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")


def cells(text, end=","):
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=end) for cell in row]


def no_formula(text):
    """No cell of a CSV file is what a spreadsheet would compute, whatever ends a cell where it is opened."""
    for end in (",", ";", "\t"):
        found = [cell for cell in cells(text, end) if LIVE.match(cell) and not NUMBER.fullmatch(cell)]
        assert found == [], end


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
    start = time.process_time()
    assert inert.from_csv(inert.csv_text(text)) == text
    inert.markdown(text)
    inert.command(f"sinobel {text}")
    wording.plain(text)
    Terms().text(text)
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
    assert "href" not in made.replace(_escaped(text), "")
    words = re.search(r"<h1>(.*?)</h1>", made, re.DOTALL)
    item = re.search(r"<ul>\n<li>(.*?)</li>\n</ul>", made, re.DOTALL)
    row = re.search(r"<tbody>\n<tr>\n<td>(.*?)</td>\n<td>end</td>", made, re.DOTALL)
    assert row is not None
    assert item is not None
    for each in (words, row, item):
        assert _read(each[1]) == text.strip()
    assert not re.search(r"https?://|www\.", inert.markdown(text))


def _escaped(text):
    from markupsafe import escape

    return str(escape(text))


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


# --- the writers -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """A small run, whose scenario takes every text in turn."""
    out = tmp_path_factory.mktemp("inert") / "r"
    request = Request(
        (scenarios.load("baseline"), scenarios.load("untied-finance")),
        4,
        5,
        horizon="2018-12",
        indicators=("gdp", "exports_to_china", "debt_to_china"),
    )
    with store.Run(request, out) as run:
        run.simulate()
        run.finish()
    return store.read_results(out)


def named(results, text):
    """The results with the second scenario called, titled, asked and reasoned like a text."""
    manifest = json.loads(json.dumps(dict(results.manifest)))
    entry = manifest["request"]["scenarios"][1]
    entry |= {"name": text, "title": text, "question": text}
    entry["change"][0]["why"] = text
    manifest["command"] = f"sinobel run {text}"
    annual = {name: each.assign_coords(scenario=["baseline", text]) for name, each in results.annual.items()}
    return manifest, annual


@pytest.mark.parametrize("text", TEXTS)
def test_every_table_is_inert(results, tmp_path, text):
    manifest, annual = named(results, text)
    long_tables.write_csv(tmp_path / "annual.csv", annual)
    made = [
        (tmp_path / "annual.csv").read_text(encoding="utf-8"),
        contents.summary_table(annual),
        tables.to_csv(iamc.rows(annual, manifest)),
    ]
    for table in made:
        no_formula(table)
        assert {inert.csv_text(text), inert.csv_text(text, first=True)} & set(cells(table))
    table = pd.read_csv(io.StringIO(made[0]), keep_default_na=False, dtype={"scenario": str})
    assert set(map(inert.from_csv, table["scenario"])) == {"baseline", text}


@pytest.mark.parametrize("text", TEXTS)
def test_the_workbook_computes_nothing_of_a_text(results, text):
    manifest, annual = named(results, text)
    made = workbook.build(annual, manifest, recorded_values(), "baseline")
    book = openpyxl.load_workbook(io.BytesIO(made))
    seen = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert sheet.title == "Chart data"
                    assert re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", cell.value)
                elif isinstance(cell.value, str):
                    seen.add(cell.value)
    assert text in seen
    with zipfile.ZipFile(io.BytesIO(made)) as content:
        for name in content.namelist():
            formulas = re.findall(rb"<(?:c:)?f>(.*?)</(?:c:)?f>", content.read(name))
            ours = rb"[A-Z]+\d+-[A-Z]+\d+|'Chart data'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?"
            assert all(re.fullmatch(ours, each) for each in formulas), name
            assert b"<hyperlink " not in content.read(name), name


@pytest.mark.parametrize("text", TEXTS)
def test_pages_of_folders_hold_no_markup_of_a_text(results, text):
    manifest, _ = named(results, text)
    pages = [
        readme.folder_readme(manifest, {"annual.nc": "values"}, manifest["command"]),
        study_readme.readme(text, [text], "method", {"a.csv": "b"}, {}, manifest, "4 runs"),
    ]
    for page in pages:
        made = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(page)
        assert not re.search(r"<(script|img|svg|a|iframe|b|!--|del)\b", made)
        assert not re.search(r"(?m)^    (?!sinobel [^;`$|<>&]*$|\(the manifest tells)", page)


def test_numbers_in_names_stay_names_when_a_table_is_read_back(tmp_path):
    words, numbers = read_back.TEXTS["money"], read_back.NUMBERS["money"]
    texts = ("2020", "-2", "nan", "=1", "1e5", "'=y", "a;=1", "'")
    rows = [dict.fromkeys(words, text) | dict.fromkeys(numbers, -2.5) for text in texts]
    (tmp_path / "money.csv").write_text(tables.to_csv(rows), encoding="utf-8")
    assert read_back.table(tmp_path / "money.csv", "money") == rows


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", '" onclick="x', "a|b*c"]
)
def test_the_report_holds_no_markup_of_a_text(results, text):
    manifest, annual = named(results, text)
    bands = results.bands.assign_coords(scenario=["baseline", text])
    page = text_of(store.Results(manifest, annual, bands, None, None))
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    reader.feed(page)
    assert [tag for tag, _ in found].count("script") == 2
    assert not {tag for tag, _ in found} & {"img", "iframe", "object", "embed", "link", "base", "form"}
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]
    assert all(each.get("href", "#").startswith("#") for _, each in found)
    assert _escaped(text) in page


@pytest.mark.parametrize("text", TEXTS)
def test_explain_shows_no_command_of_a_text(results, text):
    manifest, _ = named(results, text)
    lines = provenance.of_results(manifest, {}, "results/x; reboot")
    told = [words for label, words in lines if label in ("check", "rebuild")]
    assert told[0] == "sinobel rerun 'results/x; reboot'"
    assert all(inert.command(words) == words or words.startswith("(the manifest") for words in told)


# --- the files people brought -----------------------------------------------------------------------------------------

BROUGHT = {
    "-2.toml": "-2+3",
    "[x].toml": "[Brackets]: a/b\\c?",
    "a|b*c.toml": "Pipe | star *",
    "=1+1.toml": "=1+1",
    "dollar $a$ b.toml": "$5 to $10 and \\alpha",
    "emoji 🚀.toml": "🚀 up & <b>away</b> $x^2$ _under_ {curly} %s",
    'quote"inside.toml': 'Quote " inside, and, commas',
    "Что если, 40 %.toml": "Сценарий «развязка», 40 %",
    "中国减贷.toml": "中国减少贷款",
    f"{'x' * 60} with a very long name.toml": "Long name",
}


def test_a_comparison_of_odd_files_gives_inert_files_with_their_names(tmp_path, monkeypatch):
    """All of them in one comparison, in every format, with the charts left out: they take most of the time."""
    monkeypatch.chdir(tmp_path)
    for place, (name, title) in enumerate(BROUGHT.items()):
        why = '=HYPERLINK("http://example.invalid","see")'
        (tmp_path / name).write_text(
            f"title = {json.dumps(title, ensure_ascii=False)}\nquestion = '=1+1'\n[[change]]\nlever = 'china.tied_share'\n"
            f"from = '2017-06'\nvalue = {0.1 + place / 20}\nwhy = {json.dumps(why)}\n",
            encoding="utf-8",
        )
    policies = scenarios.load_all(["baseline", *BROUGHT])
    request = Request(tuple(policies), 3, 5, horizon="2018-12", indicators=("gdp", "debt_to_china"))
    with store.Run(request, tmp_path / "out") as run:
        made = run.simulate()
        run.add("summary.csv", lambda: contents.summary_table(made.annual))
        export(run, made, FORMATS, "baseline")
        run.finish()
    stems = ["baseline", *(name.removesuffix(".toml") for name in BROUGHT)]
    again = store.read_results(tmp_path / "out")
    assert list(again.annual["gdp"]["scenario"].values) == stems
    xr.testing.assert_allclose(again.annual["gdp"], made.annual["gdp"].astype(np.float32))
    for table in (tmp_path / "out").glob("*.csv"):
        no_formula(table.read_text(encoding="utf-8"))
        assert set(stems) <= set(map(inert.from_csv, cells(table.read_text(encoding="utf-8")))), table.name
    assert set(pd.read_parquet(tmp_path / "out" / "annual.parquet")["scenario"]) == set(stems)
    book = openpyxl.load_workbook(tmp_path / "out" / "results.xlsx")
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", each) for each in formulas)
    assert {row[0] for row in book["Scenarios"].values} >= set(stems)
