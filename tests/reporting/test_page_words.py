"""What a reader of a comparison of four scenarios is asked to read before opening anything: few words, none of jargon."""

import re

import pytest

import sinobel
from sinobel import store
from sinobel.reporting.page import page
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request

from .seen import seen

FOUR = ("baseline", "untied-finance", "market-closure-every-weak-year", "fdi-instead-of-loans")
MOST = 2_000
JARGON = (
    "posterior",
    "prior",
    "rank correlation",
    "log",
    "draw 0",
    "the origin",
    "quantile",
    "percentile",
    "p10",
    "p90",
)


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    request = Request(tuple(map(sinobel.scenario, FOUR)), 60, 1)
    with store.Run(request, tmp_path_factory.mktemp("four") / "r") as run:
        return page(page_data_of(run.simulate()))


def test_a_reader_of_four_scenarios_sees_at_most_two_thousand_words_before_the_annex(text):
    words = {section: len(told.split()) for section, told in seen(text).items()}
    assert {"answer", "projections", "options", "gains", "why", "money", "potash", "loans", "changes"} <= {*words}
    assert sum(words.values()) <= MOST, words


def test_the_main_text_has_no_jargon_of_statistics_or_of_the_program(text):
    told = " ".join(seen(text).values()).lower()
    assert [word for word in JARGON if re.search(rf"\b{re.escape(word)}\b", told)] == []
    assert "sinobel sensitivity" not in told


def test_what_moved_behind_a_line_is_still_there(text):
    every = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    for part in ("rank correlation", "What it wants", "Paired differences in", "Words for shares", "Potash volume"):
        assert part in every
