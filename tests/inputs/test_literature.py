"""Works outside of record and paper are listed with how they were checked; texts say what they cite from memory."""

import calendar
import re

import pytest

from sinobel.inputs import literature
from sinobel.inputs.reading import InputError, model_folder
from sinobel.reporting.documents import literature as told
from sinobel.reporting.documents import magnitudes

NAMES = r"[A-Z][a-z][\w-]+(?:(?: and|,| De) [A-Z][\w-]+)*(?: and others)?"
CITED = re.compile(rf"{NAMES},? (?:(?:Journal of [A-Z][\w ]+|Disorganization, QJE) )?(?:19|20)\d\d\b")
MONTHS = tuple(calendar.month_name)[1:]
NO_WORKS = {*MONTHS, "Serbia", "Russia", "Iran", "Vietnam"}


@pytest.mark.parametrize("work", literature.all_works(), ids=lambda work: work.cited_as)
def test_every_work_is_named_by_a_text(work):
    assert literature.users(work)
    assert work.found or work.checked == "memory"


@pytest.mark.parametrize("name", literature.texts())
def test_a_text_says_what_it_cites_from_memory(name):
    """Sizes cannot: their file is as it was before they were measured, so their page says it."""
    text = literature.texts()[name]
    works = literature.named_in(text)
    if any(work.from_memory for work in works) and not name.startswith("size "):
        assert literature.FROM_MEMORY in text
    for cited in CITED.findall(text):
        known = any(cited in work.cited_as or work.cited_as in cited or cited in work.work for work in works)
        assert known or cited.split()[0].rstrip(",") in NO_WORKS, f"{cited} is not in {literature.FILE}"


def test_the_page_of_sizes_says_what_is_from_memory():
    page = magnitudes.page()
    lines = [line for line in page.splitlines() if line.startswith("Source: ")]
    reform = next(line for line in lines if "Falcetti" in line)
    assert "Cited from memory: EBRD Transition Report 2013, Falcetti, Lysenko and Sanfey 2006" in reform
    assert not any("Baier" in line.partition("Cited from memory: ")[2] for line in lines)


def test_counts_are_those_of_the_texts():
    marked = literature.marked()
    short = " ".join(told.in_short().split())
    assert f"{len(literature.all_works())} works are named" in short
    numbers = [int(number) for number in re.findall(r"(\d+) (?:parameters|levers)", short)]
    assert sum(numbers) == len(marked) > 50


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("Rose 2007,Rose 2007,seen,", "checked is one of claim, title, memory"),
        ("Rose 2007,Rose 2007,memory,\nRose 2007,Rose 2007,memory,", "stands here twice"),
        ("Rose 2007,Rose 2007,claim,", "what was found is not told"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(tmp_path, rows, says):
    path = tmp_path / literature.FILE
    path.write_text(f"cited_as,work,checked,found\n{rows}\n")
    with pytest.raises(InputError, match=says):
        literature.read_literature(path)


def test_the_shipped_list_is_read():
    assert literature.read_literature(model_folder() / literature.FILE) == literature.all_works()


def test_limits_of_debt_and_of_chains_are_listed_as_cited_from_memory():
    """What results are held against and record and paper do not hold."""
    from sinobel.analysis.thresholds import SOURCED

    listed = {work.cited_as: work for work in literature.all_works()}
    outside = {each.source for each in SOURCED}
    assert outside == {literature.FRAMEWORK, literature.OF_DEBT, literature.OF_RESERVES}
    for text in (*outside, literature.OF_CHAINS):
        (work,) = literature.named_in(text)
        assert listed[work.cited_as].from_memory
        assert "cited from general knowledge and not from the evidence folder" in work.found
        assert literature.users(work)
    assert not set(literature.LIMITS) & set(literature.marked())
