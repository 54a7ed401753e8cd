"""Where the brief says why and how high its pictures are: as much as the words of a page leave."""

from dataclasses import replace

import pytest

from sinobel.reporting.brief import room
from sinobel.reporting.brief.content import Brief, Graph, Line, Masthead, Table, Why

CAUSES = Table(["Cause, mn USD", "Δ One"], [[f"Cause {number}", "+1"] for number in range(5)], "Means.")


def brief(others=1, rows=4, changes=2, why=True):
    lines = [Line(f"Option {number}", [1.0, 2.0], "#000000", "option") for number in range(2)]
    graph = Graph("A finding", "mn USD a year", [2017, 2018], lines)
    sentence = "What an option does to what matters, by how much and when. "
    return Brief(
        masthead=Masthead("A title"),
        question="What does it change?",
        sentence=sentence,
        others=[2 * sentence] * others,
        pictures=[graph] * 4,
        table=Table(["Measure", "Record", "Baseline"], [["A measure", "1", "2"]] * rows, "Medians."),
        changes=[2 * sentence] * changes,
        before=[3 * sentence],
        sources=[sentence],
        footer=sentence,
        notes=[],
        why=Why(sentence, CAUSES) if why else None,
    )


def test_a_page_with_few_words_has_high_pictures_and_says_why_at_once():
    assert room.layout(brief(others=0, rows=3, changes=1)) == (room.MOST, room.MOST_THIRD, 1, True)
    assert room.layout(brief(rows=14)).first < room.layout(brief(rows=10)).first < room.MOST
    assert room.layout(brief(rows=14, why=False)).first == room.MOST, "what says why takes room as well"


def test_why_goes_to_the_second_page_and_then_its_table_gives_way():
    assert room.layout(brief(rows=18))[2:] == (2, True)
    assert room.layout(brief(rows=21, changes=16))[2:] == (1, False), "the sentence alone still fits the first"
    crowded = room.layout(brief(rows=40, changes=40))
    assert crowded == (room.LEAST, room.LEAST_THIRD, 2, False)


def test_without_causes_nothing_says_why():
    assert room.layout(brief(why=False)).why == 0


@pytest.mark.parametrize("more", [{"others": 7}, {"rows": 24}, {"changes": 15}])
def test_more_words_leave_less_room(more):
    crowded = {"rows": 20, "changes": 13, "why": False}
    few, many = room.layout(brief(**crowded)), room.layout(brief(**(crowded | more)))
    assert many.first + many.third < few.first + few.third


def test_long_names_take_their_lines():
    made = brief(why=False, rows=18)
    long = [["A measure with a name of two lines, in units", "1", "2"]] * 5 + [*made.table.rows[5:]]
    fewer = room.layout(replace(made, table=replace(made.table, rows=long)))
    assert room.layout(made).first - fewer.first == pytest.approx(5 * 4.0)
