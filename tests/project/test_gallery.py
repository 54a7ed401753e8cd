"""The gallery of scenarios is of this project: every question, the posterior, and no number where nothing moves."""

import html
import importlib.util
import pathlib
import re
import sys

import pytest

from sinobel.inputs.posterior import posterior_digest
from sinobel.policies import scenarios

ROOT = pathlib.Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("make_gallery", ROOT / "docs" / "make_gallery.py")
make_gallery = importlib.util.module_from_spec(_spec)
sys.modules["make_gallery"] = make_gallery
_spec.loader.exec_module(make_gallery)

TEXT = make_gallery.FILE.read_text(encoding="utf-8")
OPTIONS = [name for name in scenarios.shipped_names() if name != "baseline"]


def test_it_is_made_with_the_posterior_of_the_project():
    assert f'name="sinobel-posterior" content="{posterior_digest()}"' in TEXT, "run `python docs/make_gallery.py`"


@pytest.mark.parametrize("name", OPTIONS)
def test_every_scenario_has_its_question_and_an_answer(name):
    card = re.search(rf'<article id="{name}">(.*?)</article>', TEXT, re.DOTALL)[1]
    scenario = scenarios.load(name)
    assert scenario.title in html.unescape(card)
    assert scenario.question in html.unescape(card)
    answer = re.search(r'<p class="answer">(.*?)</p>', card)[1]
    moves = re.search(
        r"(raises|lowers) .* by .*\d.* (in|over) 20\d\d.* at the median \(.* in 80 % of futures\)", answer
    )
    assert bool(moves) != ("nothing worth telling" in answer)
    assert bool(moves) == ("<svg" in card)


def test_it_holds_nothing_else_and_opens_offline():
    assert len(re.findall("<article ", TEXT)) == len(OPTIONS)
    assert not re.search(r"(src|href)=\"(?!#)", TEXT)
    assert len(TEXT) < 600_000


def test_every_class_of_its_drawings_has_a_style():
    styles = TEXT.partition("</style>")[0]
    for name in set(re.findall(r'class="(axis-[a-z]+)"', TEXT)):
        assert f".{name} {{" in styles, name


def test_who_acts_is_told_by_levers_and_lenders():
    assert make_gallery.owner_of(scenarios.load("russian-squeeze")) in {"russia", "several"}
    assert make_gallery.owner_of(scenarios.load("debt-ceiling")) == "belarus"
    assert make_gallery.owner_of(scenarios.load("one-billion-for-the-mine")) == "several"
    assert make_gallery.owner_of(scenarios.load("fifteen-billion-arrive")) == "china"
