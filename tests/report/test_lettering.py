"""Names on charts: broken by how wide they look, shortened in the middle, told apart as long as they differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sinobel.report.lettering import distinct, labels, lines_of, shortened, told_apart, wrapped

COMMON = "China offers Belarus a new loan for the nuclear plant under conditions that "
TITLES = st.text(alphabet="ab 中国é-🚀", max_size=80)


def test_wide_letters_take_two_columns():
    assert lines_of("中国减少贷款", 6) == ["中国减", "少贷款"]
    assert lines_of("loan 中国减少贷款 x", 8) == ["loan 中", "国减少贷", "款 x"]
    assert lines_of("plain words stay whole", 12) == ["plain words", "stay whole"]
    assert lines_of("", 5) == []


@given(TITLES, st.integers(8, 40))
def test_no_line_is_too_wide_and_no_letter_is_lost(title, width):
    lines = lines_of(title, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")


@given(TITLES, st.integers(8, 40), st.integers(1, 3))
def test_a_title_fits_its_lines(title, width, rows):
    lines = wrapped(title, width, rows).split("\n")
    assert len(lines) <= rows
    assert all(cell_len(line) <= width for line in lines)


def test_a_long_name_loses_its_middle():
    assert shortened("A ceiling on public external debt from 2018", 24) == "A ceiling on p…from 2018"
    assert shortened("short", 24) == "short"


@pytest.mark.parametrize(
    "titles",
    [
        [COMMON + "change", COMMON + "stay"],
        [COMMON + "end in 2020 and never again after that day whatever comes", COMMON + "end in 2021 and never again after that day whatever comes"],
        ["中国减少对白俄罗斯的贷款并且要求更多的商品出口" + end for end in "一二三"],
        [COMMON, COMMON + "x"],
    ],
)  # fmt: skip
def test_names_that_differ_look_different(titles):
    named = {str(place): title for place, title in enumerate(titles)}
    assert len(set(told_apart(named, 30).values())) == len(titles)
    short = labels(named, 26)
    assert len(set(short.values())) == len(titles)
    assert all(cell_len(line) <= 26 for label in short.values() for line in label.split("\n"))
    assert all(label.count("\n") <= 1 for label in short.values())


def test_the_same_title_twice_is_told_apart_by_names():
    assert distinct({"a": "Loans", "b": "Loans", "c": "Other"}) == {"a": "Loans (a)", "b": "Loans (b)", "c": "Other"}
