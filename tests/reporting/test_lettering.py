"""Names on charts: broken by how wide they look, shortened in the middle, told apart as long as they differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sinobel.reporting.charts.lettering import distinct, labels, lines_of, shortened, titles_of, told_apart, wrapped

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
        [
            COMMON + "end in 2020 and never again after that day whatever comes",
            COMMON + "end in 2021 and never again after that day whatever comes",
        ],
        ["中国减少对白俄罗斯的贷款并且要求更多的商品出口" + end for end in "一二三"],
        [COMMON, COMMON + "x"],
    ],
)
def test_names_that_differ_look_different(titles):
    named = {str(place): title for place, title in enumerate(titles)}
    assert len(set(told_apart(named, 30).values())) == len(titles)
    short = labels(named, 26)
    assert len(set(short.values())) == len(titles)
    assert all(cell_len(line) <= 26 for label in short.values() for line in label.split("\n"))
    assert all(label.count("\n") <= 1 for label in short.values())


OIL = "until 2025, reform as in the baseline"
IN_GROUPS = [
    f"Chinese credit untied, Russia lends half and oil stays at 40 dollars a barrel {OIL}",
    f"Chinese credit untied, Russia lends half and oil stays at 60 dollars a barrel {OIL}",
    f"Chinese credit untied, Russia lends as before and oil stays at 40 dollars a barrel {OIL}",
    f"Chinese credit untied and Russia quarrels over gas, oil stays at 40 dollars a barrel {OIL}",
]
PIECES = st.sampled_from(
    [
        "China lends half as much as it did before",
        "Russia lends more",
        "and the potash market",
        "stays closed",
        "until 2025",
        "",
        "中国减少对白俄罗斯的贷款并且要求更多的商品",
        "from 2018 on",
        "x" * 50,
        "oil at 40 dollars",
        "oil at 60 dollars",
        " ",
    ]
)


@st.composite
def groups_in_groups(draw):
    """Titles that begin alike, in groups, in which some go on alike, and end alike; names as long as files may have."""
    titles = [""]
    for _ in range(draw(st.integers(1, 4))):
        titles = [f"{title} {piece}" for title in titles for piece in draw(st.lists(PIECES, min_size=1, max_size=3))]
    end = draw(PIECES)
    start = draw(st.sampled_from(["", "a-scenario-with-a-very-long-name-that-goes-on-and-on-"]))
    return {f"{start}{place}": f"{title} {end}" for place, title in enumerate(titles[:20])}


def different(titles, most, width, rows):
    looks = told_apart(titles, most)
    assert len(set(looks.values())) == len(titles), looks
    assert all(cell_len(look) <= most for look in looks.values())
    broken = labels(titles, width, rows)
    assert len(set(broken.values())) == len(titles), broken
    assert all(cell_len(line) <= width for label in broken.values() for line in label.split("\n"))
    assert all(label.count("\n") < rows for label in broken.values())


@pytest.mark.parametrize("most", range(16, 90))
def test_titles_in_groups_look_different_however_much_room_there_is(most):
    different(dict(zip("abcd", IN_GROUPS, strict=True)), most, max(12, most // 2), 2)


@given(groups_in_groups(), st.integers(16, 90), st.integers(16, 40), st.integers(1, 3))
def test_no_two_options_look_the_same(titles, most, width, rows):
    different(titles, most, width, rows)


def test_what_no_beginning_tells_apart_has_its_name_behind_it():
    long = "A ceiling on public external debt from 2018 on that holds"
    assert told_apart({"a": long, "b": long}, 30) == {
        "a": "A ceiling on pu…that holds (a)",
        "b": "A ceiling on pu…that holds (b)",
    }
    names = ["a-name-longer-than-half-of-the-room-1", "a-name-longer-than-half-of-the-room-2"]
    looks = told_apart(dict.fromkeys(names, long), 30)
    assert [look[-4:] for look in looks.values()] == [" (2)", " (3)"]


def test_the_same_title_twice_is_told_apart_by_names():
    assert distinct({"a": "Loans", "b": "Loans", "c": "Other"}) == {"a": "Loans (a)", "b": "Loans (b)", "c": "Other"}
    assert distinct({"a": "L", "b": "L", "c": "L (b)"}) == {"a": "L (a)", "b": "L (b) (b)", "c": "L (b) (c)"}
    entries = [{"name": "a", "title": "Loans"}, {"name": "b", "title": "Loans"}, {"name": "c", "title": ""}]
    assert titles_of({"request": {"scenarios": entries}}) == {"a": "Loans (a)", "b": "Loans (b)", "c": "c"}
