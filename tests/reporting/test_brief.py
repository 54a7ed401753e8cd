"""The brief: the same content in three formats, two pages each, and nothing of a user's is markup or a formula."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.reporting.brief import drawing, natural, paper
from sinobel.reporting.brief.strings import LANGUAGES, STRINGS
from sinobel.reporting.result_data import ResultData
from sinobel.results import brief_of_folder
from sinobel.results.brief_of_folder import content, masthead, write_brief
from tests.cli.test_cli import call

DRAWN = False
HOSTILE = '=HYPERLINK("x") <script>alert(1)</script>'


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("brief")
    several = ["baseline", "untied-finance", "russian-squeeze", "cartel-restored", "oil-slump", "stake-sale"]
    for name, results in (
        ("one", sinobel.run("baseline", draws=20, horizon="2020-12")),
        ("two", sinobel.compare(several[:2], draws=20, horizon="2020-12")),
        ("six", sinobel.compare(several, draws=20, horizon="2020-12")),
    ):
        results.sinobel.save(place / name, charts=False)
    return place


def plain_head(**words):
    return masthead(words.get("title", ""), words.get("author", ""), "", None, words.get("language", "en"))


@pytest.mark.parametrize("name", ["one", "two", "six"])
def test_it_has_one_answer_four_pictures_a_table_and_doubts(folders, name):
    made = content(folders / name, plain_head())
    assert made.sentence.endswith(".")
    assert len(made.pictures) == 4
    assert len({picture.title for picture in made.pictures}) == 4
    assert all(picture.unit for picture in made.pictures)
    assert all(len(line.values) == len(picture.years) for picture in made.pictures for line in picture.lines)
    assert all(len(row) == len(made.table.header) for row in made.table.rows)
    measured = [row[0] for row in made.table.rows]
    assert len(measured) == len({*measured}), "nothing stands twice"
    assert [each for each in measured if "% of GDP" in each or "months" in each] == measured[-5:], "the measures last"
    assert 6 <= len(measured) <= 6 + natural.LEADING
    assert ("; 1 more option stands in the report" in made.table.caption) == (name == "six")
    assert made.changes
    assert "missed a year ahead" in made.before[0]
    assert all(word in made.footer for word in ("seed 2017", "code", "evidence", "sinobel"))
    assert len(made.others) <= 5


def test_the_page_has_two_pages_and_one_picture_before_the_rest(folders):
    text = paper.html(content(folders / "six", plain_head()))
    assert text.count('<section class="page') == 2
    assert text.count("break-before: page") == 1
    assert text.index('class="answer"') < text.index("<figure>") < text.index("<table>")
    assert not re.search(r'(src|href)="(?!data:)', text)


def test_what_a_user_writes_is_no_markup(folders):
    text = paper.html(content(folders / "two", plain_head(title=HOSTILE, author=HOSTILE)))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_three_formats_say_the_same(folders, tmp_path):
    docx, pptx = pytest.importorskip("docx"), pytest.importorskip("pptx")
    made = content(folders / "two", plain_head(title=HOSTILE))
    for ending in ("docx", "pptx"):
        write_brief(folders / "two", tmp_path / f"b.{ending}", title=HOSTILE)
        write_brief(folders / "two", tmp_path / f"b.{ending}", title=HOSTILE)  # its own file it may replace
    document = docx.Document(str(tmp_path / "b.docx"))
    tables = [cell for table in document.tables for row in table.rows for cell in row.cells]
    written = "\n".join([each.text for each in document.paragraphs] + [cell.text for cell in tables])
    deck = pptx.Presentation(str(tmp_path / "b.pptx"))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    shown = "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    shown += "\n".join(cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells())
    said = [HOSTILE, made.sentence, *made.others, *made.changes, *made.before, *made.sources, *made.notes, made.footer]
    said += [picture.title for picture in made.pictures] + [cell for row in made.table.rows for cell in row]
    for text in [*said, made.why.sentence]:
        assert text in written
        assert text in shown
    for text in [made.why.table.caption, *(cell for row in made.why.table.rows for cell in row)]:
        assert text in written
    assert len(deck.slides) == 2
    assert written.count("\x0c") + document.element.xml.count('w:br w:type="page"') >= 1
    assert sum(shape.has_chart for shape in shapes) == 4


@pytest.mark.parametrize("name", ["one", "two", "six"])
def test_it_says_why_with_causes_that_add_up(folders, name):
    why = content(folders / name, plain_head()).why
    assert " in the mean, mostly through " in why.sentence
    numbers = [[float(cell.replace("−", "-").replace(",", "")) for cell in row[1:]] for row in why.table.rows]
    assert [row[0] for row in why.table.rows[-2:]] == ["All other causes", "Sum"]
    for *parts, whole in zip(*numbers, strict=True):
        assert sum(parts) == pytest.approx(whole, abs=2.5 if abs(whole) >= 10 else 0.25), "but for rounding"
    text = paper.html(content(folders / name, plain_head()))
    assert text.count(">Why</h2>") == 1


def test_where_no_change_can_be_split_nothing_is_lost_beside(folders, monkeypatch):
    told = content(folders / "two", plain_head())
    monkeypatch.setattr(ResultData, "splits", {})
    bare = content(folders / "two", plain_head())
    assert bare == replace(told, why=None)
    assert ">Why</h2>" not in paper.html(bare)


def test_word_finds_its_headings_and_lists(folders, tmp_path):
    docx = pytest.importorskip("docx")
    write_brief(folders / "two", tmp_path / "b.docx", title="A title")
    document, made = docx.Document(str(tmp_path / "b.docx")), content(folders / "two", plain_head())
    by = {}
    for each in document.paragraphs:
        by.setdefault(each.style.name, []).append(each.text)
    assert by["Title"] == ["A title"]
    assert [each for each in by["Heading 1"] if each != "Also"] == [
        "Why",
        "In numbers",
        "Three more pictures",
        "What would change the conclusion",
        "How wrong the model was before",
        "Sources",
    ]
    cells = [each for row in document.tables[-1].rows for cell in row.cells for each in cell.paragraphs]
    titles = [each.text for each in cells if each.style.name == "Heading 2"]
    assert [*by["Heading 2"], *titles] == [picture.title for picture in made.pictures]
    assert [*made.others, *made.changes] == by["List Bullet"][: len(made.others) + len(made.changes)]
    assert by["List Bullet 2"] == list(made.sources)
    assert not any(each.text.startswith("•") for each in document.paragraphs)


def test_charts_are_native_and_their_workbooks_hold_no_formula(folders, tmp_path):
    pytest.importorskip("pptx")
    for ending in ("docx", "pptx"):
        write_brief(folders / "two", tmp_path / f"b.{ending}")
        with zipfile.ZipFile(tmp_path / f"b.{ending}") as parts:
            charts = [name for name in parts.namelist() if re.search(r"charts/chart[^/]*\.xml$", name)]
            books = [name for name in parts.namelist() if name.endswith(".xlsx")]
            assert len(charts) == len(books) == 4
            for book in books:
                with zipfile.ZipFile(io.BytesIO(parts.read(book))) as inner:
                    assert b"<f>" not in inner.read("xl/worksheets/sheet1.xml")


def test_a_file_that_somebody_changed_stays(folders, tmp_path):
    pytest.importorskip("pptx")
    for ending in ("html", "docx"):
        file = tmp_path / f"mine.{ending}"
        file.write_text("mine")
        with pytest.raises(InputError, match=r"none of this program's pages|was not made by this program"):
            write_brief(folders / "two", file)
        assert write_brief(folders / "two", file, replace=True).aside.read_text() == "mine"


def test_every_language_has_every_heading_and_falls_back(folders):
    for key, words in STRINGS.items():
        assert set(words) == set(LANGUAGES), key
    made = content(folders / "two", plain_head(language="be"))
    assert "па-англійску" in " ".join(made.notes)
    assert any(row[0].startswith("Чысты") for row in made.table.rows)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"language": "rus"}, "did you mean"),
        ({"title": "a\nb"}, "several lines"),
        ({"author": "x" * 81}, "at most 80"),
        ({"date": "\x1b[2J"}, "control character"),
    ],
)
def test_words_that_do_not_fit_are_refused(folders, words, message):
    with pytest.raises(InputError, match=message):
        write_brief(folders / "two", **words)


def test_a_logo_is_a_small_whole_picture(tmp_path):
    from PIL import Image

    good = tmp_path / "good.png"
    Image.new("RGB", (40, 20)).save(good)
    assert masthead("", "", "", good, "en").logo.shape == 2
    cut, svg, big = tmp_path / "cut.png", tmp_path / "logo.svg", tmp_path / "big.png"
    cut.write_bytes(good.read_bytes()[:40])
    svg.write_text("<svg/>")
    big.write_bytes(b"\0" * 500_001)
    for file, why in (
        (cut, "no whole"),
        (svg, "save it as PNG"),
        (big, "at most 500,000"),
        (tmp_path / "no", "no file"),
    ):
        with pytest.raises(InputError, match=why):
            masthead("", "", "", file, "en")


def test_places_that_hold_no_results_are_told(folders, tmp_path):
    with pytest.raises(InputError, match="no such results folder"):
        write_brief(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no results folder"):
        write_brief(tmp_path / "empty")
    with pytest.raises(InputError, match=r"must end in \.html"):
        write_brief(folders / "two", tmp_path / "b.pdf")


def test_without_the_extra_the_message_says_how_to_get_it(folders, tmp_path, monkeypatch):
    monkeypatch.setattr(brief_of_folder, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"sinobel\[brief\].*\.html works without"):
        write_brief(folders / "two", tmp_path / "b.docx")
    assert write_brief(folders / "two", tmp_path / "b.html").file.stat().st_size > 5000


def test_axes_have_round_numbers():
    assert drawing.ticks(0, 100) == [0, 20, 40, 60, 80, 100]
    assert drawing.ticks(-3, 7)[0] <= -3
    assert len(drawing.ticks(0, 0)) >= 2


def test_a_ratio_that_was_asked_for_is_told_and_drawn(tmp_path):
    asked = ["--of", "debt_to_china / gdp", "--draws", "20", "--horizon", "2019-12", "--quick"]
    assert call("compare", "baseline", "untied-finance", *asked, "--out", tmp_path / "ratio") == 0
    made = content(tmp_path / "ratio", plain_head())
    assert any("Debt to China over GDP" in picture.title for picture in made.pictures)
    assert "<script" not in paper.html(made)


def test_it_tells_first_what_is_asked_for(folders, tmp_path, capsys):
    asked = ("--of", "transit_income", "--year", 2019)
    assert call("brief", folders / "two", "--out", tmp_path / "asked.html", *asked) == 0
    capsys.readouterr()
    made = content(folders / "two", plain_head(), "transit_income", "2019")
    called = "Income from transit"
    assert called.casefold() in made.sentence.casefold()
    assert "2019" in made.sentence
    assert "2019" in made.table.caption
    assert made.table.rows[0][0].startswith(called)
    assert called in made.pictures[1].title
    assert (tmp_path / "asked.html").read_text(encoding="utf-8").startswith(paper.html(made))
    by_python = sinobel.brief(folders / "two", tmp_path / "python.html", of=["transit_income"], year=2019)
    assert by_python.read_text(encoding="utf-8").startswith(paper.html(made))


def test_what_results_do_not_hold_cannot_be_asked_of_it(folders, tmp_path, capsys):
    asked = ("brief", folders / "two", "--out", tmp_path / "no.html", "--of", "debt_to_chin", "--year", 2035)
    assert call(*asked) == 2
    told = capsys.readouterr().err
    assert "debt_to_china" in told
    assert "2035 is not simulated" in told
    assert not (tmp_path / "no.html").exists()
