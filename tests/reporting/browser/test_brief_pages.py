"""The brief as it is printed: two pages of either paper, without much room left, whatever it has to tell."""

import re

import pytest

import sinobel
from sinobel.reporting.brief import paper
from sinobel.results.brief_of_folder import content, masthead

SEVERAL = (
    "baseline",
    "fdi-instead-of-loans",
    "imf-program-with-conditions",
    "export-drive-while-reserves-are-short",
    "guarantees-stop-when-debt-is-high",
    "transit-sanctions-rerouted",
)
"""With long titles, which take the room of keys and tables."""


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    place, head = tmp_path_factory.mktemp("printed"), masthead("", "", "", None, "en")
    for count in (1, 2, 6):
        draws = {"draws": 20, "keep": "years"}
        some = sinobel.run(SEVERAL[0], **draws) if count == 1 else sinobel.compare(SEVERAL[:count], **draws)
        some.sinobel.save(place / str(count), charts=False)
    return {count: paper.html(content(place / str(count), head)) for count in (1, 2, 6)}


@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("kind", ["A4", "Letter"])
def test_it_prints_on_two_pages(browser, briefs, count, kind):
    tab = browser.new_page()
    tab.set_content(briefs[count])
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format=kind))) == 2
    tab.close()
