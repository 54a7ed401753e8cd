"""Titles in any script are readable in every kind of file, on a machine without fonts, and nothing is warned about."""

import io
import pathlib
import re
import subprocess
import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from sinobel.reporting import fonts
from sinobel.reporting.charts.chart import Chart

READABLE = {
    "chinese": "中国减少贷款",
    "traditional": "讓步貸款",
    "japanese": "カタカナとひらがな",
    "korean": "벨라루스 칼륨",
    "russian": "Сценарий «развязка», 40 %",
    "arabic": "قروض الصين",
    "hebrew": "הלוואות סין",
    "emoji": "🚀 📉 👨‍👩‍👧 🇧🇾 ❤️ 👍🏽",
    "greek": "Τι θα γινόταν αν",
}
NO_FONT = "ไทย"


@pytest.fixture(autouse=True)
def strict():
    """Every warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def chart(title):
    def paint(sheet):
        sheet.axes.set_yticks([0, 1], [title, "other"])
        sheet.axes.set_title(title)

    return Chart("any", title, title, "foot", (), paint).draw()


def picture(fig):
    stream = io.BytesIO()
    fig.savefig(stream, format="png", dpi=60)
    return np.asarray(Image.open(stream).convert("L"))


def drawing(fig):
    stream = io.StringIO()
    fig.savefig(stream, format="svg")
    return stream.getvalue()


@pytest.mark.parametrize("script", READABLE)
def test_each_sign_has_a_font_and_no_line_is_said(script, caplog):
    title = READABLE[script]
    assert fonts.drawable(title) == title
    fig = chart(title)
    assert picture(fig).min() < 128
    drawing(fig)
    assert not caplog.records
    assert fig.texts[0].get_text() == title, "the figure is as it was"
    assert fig.texts[0].get_fontfamily() == plt.rcParams["font.family"]


def test_signs_are_drawn_each_in_its_own_shape():
    """The box for a missing sign looks the same for all."""
    one, other, missing = (picture(chart(title)) for title in ("中国减少", "比较借款", "\U00020000" * 4))
    assert (one != other).any()
    assert one.shape == other.shape
    assert (one != missing).any() or one.shape != missing.shape


def test_what_no_font_has_is_told_by_its_number(monkeypatch):
    monkeypatch.setattr(fonts, "_on_this_machine", lambda sign: "")
    assert fonts.drawable(NO_FONT) == "U+0E44·0E17·0E22"
    assert fonts.drawable("a " + NO_FONT * 3 + " b") == "a U+0E44·0E17·0E22·0E44… b"
    assert fonts.drawable("tag\U000e0100\U000e0001") == "tag", "what has no look of its own is left out"
    picture(chart(NO_FONT))
    assert NO_FONT in drawing(chart(NO_FONT)), "a reader of a vector file may have the font"


def test_a_vector_file_holds_outlines_of_what_its_reader_may_lack_and_text_for_the_rest():
    assert ">Сценарий<" in drawing(chart("Сценарий"))
    text = drawing(chart("中国"))
    assert ">中国<" not in text
    assert "DroidSansFallback" in text


@pytest.mark.parametrize("title", ["dollar $a$ b", "$5 to $10 and \\alpha", "$x^2$ _under_ {curly} %s", "$"])
def test_dollars_are_no_formula_even_where_somebody_reset_the_settings(title):
    with plt.rc_context({"text.parse_math": True}):
        fig = chart(title)
        assert f">{title}<" in drawing(fig)


def test_a_name_that_begins_with_an_underscore_stands_in_the_legend():
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], label="_mine"), Line2D([], [], label="other")]
    fig = Chart("any", "x", "x", "x", (), lambda sheet: sheet.legend(handles, 2), legend_rows=1).draw()
    drawing(fig)
    assert [text.get_text() for text in fig.legends[0].get_texts()] == ["_mine", "other"]


def test_a_page_brings_the_signs_that_it_needs_and_no_more():
    assert fonts.faces("plain «текст» ≤ 40 %", "x") == ""
    css = fonts.faces("中国 🚀", "mine")
    assert css.count("@font-face") == 2
    assert re.findall(r"unicode-range: ([^;]*);", css) == ["U+4E2D, U+56FD", "U+1F680"]
    assert len(css) < 10_000


def test_importing_registers_no_font():
    code = (
        "from matplotlib import font_manager as fm; before = len(fm.fontManager.ttflist)\n"
        "from sinobel.reporting import fonts\nfrom sinobel.reporting.charts import style\nassert len(fm.fontManager.ttflist) == before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_typeface_of_pages_is_small_and_licensed():
    folder = pathlib.Path(fonts.__file__).parent
    faces = sorted(folder.glob("SinobelText-*.woff2"))
    assert sorted(fonts.TEXT.values()) == faces
    assert all(face.stat().st_size < 60_000 for face in faces)
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL-SourceSans.txt").read_text()
    css = fonts.text_faces("a name")
    assert css.count('font-family: "a name"') == css.count("data:font/woff2;base64,") == len(faces)
