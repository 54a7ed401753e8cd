"""Whatever a user wrote, it is no formula in a table, no markup in a page and no second command: in every writer."""

import io
import json
import re
import zipfile
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sinobel import store
from sinobel.analysis.summary import Summary
from sinobel.inputs import inert
from sinobel.policies import scenarios
from sinobel.reporting.tables import iamc, read_back, tables
from sinobel.reporting.workbook import book as workbook
from sinobel.results import contents, provenance, readme, study_readme
from sinobel.results.formats import FORMATS, export
from sinobel.runs.request import Request
from sinobel.store import tables as long_tables
from tests.reporting.odd_texts import TEXTS, cells, escaped, no_formula

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")


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
        contents.summary_table(Summary(annual)),
        tables.to_csv(iamc.rows(contents.data_of(store.Results(manifest, annual, results.bands, None)))),
    ]
    for table in made:
        no_formula(table)
        assert {inert.csv_text(text), inert.csv_text(text, first=True)} & set(cells(table))
    table = pd.read_csv(io.StringIO(made[0]), keep_default_na=False, dtype={"scenario": str})
    assert set(map(inert.from_csv, table["scenario"])) == {"baseline", text}


@pytest.mark.parametrize("text", TEXTS)
def test_the_workbook_computes_nothing_of_a_text(results, text):
    manifest, annual = named(results, text)
    made = workbook.build(contents.data_of(store.Results(manifest, annual, results.bands, None)))
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
    page = contents.report_text(store.Results(manifest, annual, bands, None, None))
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    reader.feed(page)
    assert [tag for tag, _ in found].count("script") == 2
    assert not {tag for tag, _ in found} & {"img", "iframe", "object", "embed", "link", "base", "form"}
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]
    assert all(each.get("href", "#").startswith("#") for _, each in found)
    assert escaped(text) in page


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
        run.add("summary.csv", lambda: contents.summary_table(made.summary))
        export(run, contents.data_of(made), FORMATS)
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
