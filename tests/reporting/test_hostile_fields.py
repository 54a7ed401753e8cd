"""Hostile words in every field that a user fills: in workbook, brief and page they stay the text they are."""

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import pytest

from sinobel import store
from sinobel.policies import scenarios
from sinobel.reporting.workbook import book as workbook
from sinobel.results import brief_of_folder, contents, page_of_folder, workbook_of_folder
from sinobel.results.run_folder import produce, question_for
from sinobel.runs.request import Request

DRAWN = False
HOSTILE = {
    "formula": "=1+1",
    "macro": "=cmd|' /C calc'!A0",
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "template": "{{ 7 * 7 }}{% raw %}",
    "right to left": "سيناريو قروض = ١+١",
    "long": "x=" * 300,
}
FIELDS = ("title", "question", "name", "project", "why", "source")
"""Of a scenario and its events."""
LONGEST = {"question": 400, "name": 80, "project": 80, "why": 600}


def field(name, text):
    """A text of a field, as long as is allowed there, which says of which."""
    room = LONGEST.get(name, 110) - len(name) - 1
    return f"{text[:room]} {name}"


def written(folder, text):
    """A scenario file in which every free text is hostile."""
    words = {name: toml(field(name, text)) for name in FIELDS}
    file = folder / "mine.toml"
    file.write_text(
        f"""extends = "baseline"
title = {words["title"]}
question = {words["question"]}

[[loan]]
name = {words["name"]}
lender = "china"
amount = 1000
signed = "2018-06"
project = {words["project"]}
sector = "mining"
source = {words["source"]}
why = {words["why"]}

[[change]]
lever = "china.tied_share"
from = "2018-01"
value = 0.5
why = {words["why"]}
""",
        encoding="utf-8",
    )
    return file


def toml(text):
    """A basic string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture(scope="module", params=HOSTILE)
def folder(request, tmp_path_factory):
    """Results of a hostile scenario beside the baseline, and its text."""
    place, text = tmp_path_factory.mktemp("hostile"), HOSTILE[request.param]
    policies = scenarios.load_all(["baseline", written(place, text)])
    asked = Request(tuple(policies), 6, 5, horizon="2019-12")
    produce(asked, place / "r", question=question_for("baseline"), charts=False, draw=False)
    return place / "r", text


def test_no_cell_of_the_workbook_computes_and_every_field_is_told(folder):
    place, text = folder
    made = workbook.build(workbook_of_folder.data_of(place)[0])
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.hyperlink is None for cell in cells)
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", each) for each in formulas)
    said = "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    for name in FIELDS:
        assert field(name, text) in said, name
    with zipfile.ZipFile(io.BytesIO(made)) as content:
        for name in content.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(content.read(name))
                assert b"<hyperlink " not in content.read(name)


class Markup(HTMLParser):
    """Tags, attributes and texts of a page; what stands in scripts and styles apart."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.names, self.texts, self.within = [], set(), [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}
        self.within = tag

    def handle_endtag(self, tag):
        self.within = ""

    def handle_data(self, data):
        if self.within not in ("script", "style"):
            self.texts.append(data)


def harmless(page, text, fields):
    """The page has no script and no handler of a text, and tells each field."""
    found = Markup(page)
    assert found.tags.count("script") <= 4
    assert not {name for name in found.names if name.startswith("on")}
    said = " ".join("".join(found.texts).split())
    for name in fields:
        assert " ".join(field(name, text).split()) in said, name
    assert "<script>alert(1)" not in page


def test_the_page_holds_no_markup_of_any_field(folder):
    place, text = folder
    made = page_of_folder.write_page(place)
    harmless(made.file.read_text(encoding="utf-8"), text, ("title", "question", "name", "why"))


@pytest.mark.parametrize("form", ["html", "docx", "pptx"])
def test_the_brief_holds_no_markup_of_any_field(folder, tmp_path, form):
    place, text = folder
    head = {"title": field("headline", text), "author": text[:60], "date": text[:20]}
    file = tmp_path / f"b.{form}"
    brief_of_folder.write_brief(place, file, **head)
    if form == "html":
        harmless(file.read_text(encoding="utf-8"), text, ("headline", "title"))
        return
    with zipfile.ZipFile(file) as content:
        names = [name for name in content.namelist() if name.endswith(".xml") and "/embeddings/" not in name]
        trees = [ElementTree.fromstring(content.read(name)) for name in names]
        books = [name for name in content.namelist() if name.endswith(".xlsx")]
        for name in books:
            inner = openpyxl.load_workbook(io.BytesIO(content.read(name)))
            assert not [cell for sheet in inner for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    said = "".join(each.text or "" for tree in trees for each in tree.iter())
    assert field("headline", text) in said
    assert field("title", text) in said


def test_the_page_made_at_once_is_as_harmless(folder):
    place, text = folder
    harmless(contents.report_text(store.read_results(place)), text, ("title", "question"))
