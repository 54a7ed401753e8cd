"""The page without a browser: nothing in a scenario file breaks it, odd runs are told, colors and ids are the page's own."""

import dataclasses
import html
import io
import re

import openpyxl
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import money as money_story
from sinobel.policies import scenarios
from sinobel.reporting.page import Study, page, pictures
from sinobel.reporting.page.terms import Terms, slug
from sinobel.reporting.tables import loan_words
from sinobel.reporting.words.wording import about, scale
from sinobel.reporting.workbook import book
from sinobel.results.basis import basis_of
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request


def made(tmp_path, policies, draws=3, horizon="2018-12"):
    request = Request(tuple(policies), draws, 1, horizon=horizon)
    with store.Run(request, tmp_path / "r") as run:
        return run.simulate()


EVIL = "</script><script>alert(1)</script>]]\"'[[gdp|x]]{{ 7 * 7 }}"


def test_text_of_a_scenario_file_stays_text(tmp_path):
    policy = dataclasses.replace(sinobel.scenario("untied-finance"), title=EVIL, question=EVIL)
    text = page(page_data_of(made(tmp_path, [sinobel.scenario("baseline"), policy])))
    assert "<script>alert" not in text
    assert html.escape("</script><script>alert(1)</script>", quote=False) in text
    assert "{{ 7 * 7 }}" in text
    assert "[[gdp|x]]" in text
    assert ">x</a>" not in text
    assert [letter for letter in map(chr, range(32)) if letter in text] == ["\n"]
    assert text.count("</script>") == 2


def test_a_question_is_told_as_it_was_asked(tmp_path):
    """Only our own labels speak of the origin as a word; no shipped question does."""
    asked = "What comes in the origin's year, and after the origin?"
    policy = dataclasses.replace(sinobel.scenario("untied-finance"), title="Mine", question=asked)
    alone, both = (
        words_of(page(page_data_of(made(tmp_path / name, policies))))
        for name, policies in (("1", [policy]), ("2", [sinobel.scenario("baseline"), policy]))
    )
    assert asked in alone
    assert asked in both
    assert "at prices of 2016" in both
    assert not any("the origin" in each.question for each in map(sinobel.scenario, scenarios.shipped_names()))


@pytest.mark.parametrize("draws", [1, 3])
def test_one_future_of_one_year_is_told(tmp_path, draws):
    text = page(page_data_of(made(tmp_path, [sinobel.scenario("baseline")], draws, "2017-12")))
    assert 'id="projections"' in text
    assert "nan" not in re.sub(r"<[^>]*>", " ", text).lower().split()


def test_two_options_that_change_nothing_are_told(tmp_path):
    same = [dataclasses.replace(sinobel.scenario("baseline"), name=name, title=name) for name in ("a + b", "c")]
    text = page(page_data_of(made(tmp_path, [sinobel.scenario("baseline"), *same])))
    assert "no option moves net national income a head" in " ".join(re.sub(r"<[^>]*>", "", text).split())


def words_of(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_every_word_for_a_chance_is_defined_below_the_answer(tmp_path):
    text = words_of(page(page_data_of(made(tmp_path, [sinobel.scenario("baseline")]))))
    assert "every percentage is a share of them. What “likely” means" in text
    assert f"Definitions and sources {scale()}" in text


VERDICTS = ["Failure is <b>: 61.0 % of 400 futures.", "No rule held on unseen futures."]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            {"verdicts": VERDICTS, "arguments": {"scenario": "untied-finance"}},
            "When “Untied Chinese finance” fails. " + " ".join(VERDICTS),
        ),
        ({"arguments": {"scenario": "untied-finance"}}, "When “Untied Chinese finance” fails. The study found no rule"),
        ({"verdicts": "x", "arguments": 3}, "When it fails. The study found no rule"),
    ],
)
def test_a_study_without_a_rule_is_told_in_its_own_sentences_without_a_table(tmp_path, more, told):
    results = made(tmp_path, [sinobel.scenario("baseline"), sinobel.scenario("untied-finance")])
    text = page(page_data_of(results, [Study("failure-boxes", [], results.manifest | more)]))
    assert told in words_of(text)
    assert "boxes-1" not in text
    assert "“”" not in text
    assert "No study lies with these results" not in text


def test_evidence_named_in_a_sentence_is_a_link_once():
    terms = Terms(basis_of({"request": {"scenarios": [], "origin": "2016-12", "horizon": "2020-12"}}))
    text = terms.text(f"as {about('M01', 'M01')} says, and {about('F999', 'F999')} and M02 stay as they are")
    assert text.count("<a ") == 1
    assert 'href="#about-m01"' in text
    assert "F999 and M02 stay" in text
    assert "M01" in terms.entries


def test_an_entry_tells_unit_prior_posterior_sentence_and_footnote():
    terms = Terms(basis_of({"request": {"scenarios": [], "origin": "2016-12", "horizon": "2020-12"}}))
    terms.name("loans.tied_share")
    told = " ".join(f"{label} {text}" for label, text in terms.entries["loans.tied_share"].lines)
    for part in ("unit", "prior", "posterior", "50% of the funds", "footnote 19"):
        assert part in told
    assert "F054" in terms.entries


def test_slugs_of_all_names_differ():
    from sinobel.inputs.evidence import all_evidence
    from sinobel.inputs.indicators import all_indicators
    from sinobel.inputs.levers import all_levers
    from sinobel.inputs.parameters import all_parameters

    names = {*all_parameters(), *all_indicators(), *all_levers(), *all_evidence().ids}
    assert len({slug(name) for name in names}) == len(names)


def test_drawings_take_the_colors_and_ids_of_the_page():
    svg = (
        '<?xml version="1.0"?><svg width="9pt" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><metadata>x</metadata>'
        '<g id="mark|base|fan off"><path id="a" style="fill: #0072b2" clip-path="url(#p1)"/></g>'
        '<clipPath id="p1"/><use xlink:href="#a" transform="rotate(-0 9 9)"/><g id="axes_1"/>'
        "<text style=\"font: 12px 'DejaVu Sans', sans-serif; text-anchor: middle\">5</text></svg>"
    )
    text = pictures.themed(svg, "k")
    assert 'class="fan off" data-scenario="base"' in text
    assert "fill: var(--blue)" in text
    assert 'id="k-1"' in text
    assert "url(#k-0)" in text
    assert '<clipPath id="k-0"/><use href="#k-1"/><g/>' in text
    assert "font-size: 12px" in text
    assert "DejaVu" not in text
    assert "metadata" not in text


def test_drawings_are_told_in_few_words():
    """Groups of one thing are that thing, styles of all axes are classes."""
    tick = "fill: #1a1a1a; stroke: #1a1a1a; stroke-width: 0.8"
    svg = f'<svg viewBox="0 0 9 9"><g id="t_1">\n<g>\n<use x="1" style="{tick}"/>\n</g>\n</g>\n<path d="M 0 1\nL 2 3\n"/></svg>'
    text = pictures.themed(svg, "k")
    assert '<use x="1" class="axis-tick"/><path d="M0 1l2 2"/>' in text
    assert "<g>" not in text


def test_fresh_results_tell_events_by_name_and_whose_debt_a_loan_is(tmp_path):
    """On the page and in the workbook: an event by its own name, the state's own debt as what the budget owes anyway."""
    plant = sinobel.scenario("baseline").with_loan(
        "A plant of its own", lender="china", amount=300.0, signed="2017-03", sector="industry", instrument="commercial"
    )
    data = page_data_of(made(tmp_path, [plant], draws=20))
    text = words_of(page(data))
    assert "A plant of its own Industry commercial 300" in text
    assert "that a scenario sets" not in text
    cells = list(openpyxl.load_workbook(io.BytesIO(book.build(data)))["Loans"].values)
    told = {row[0]: dict(zip(cells[0][1:], row[1:], strict=True)) for row in cells[1:]}
    fates = {(row["loan"], row["stage"]): row["mean"] for row in data.loan_rows}
    assert told["E1"]["what for"] == "A plant of its own"
    called = next(each for each in cells[0] if each.startswith("called guarantees"))
    for loan in ("E1", "L13", "L27"):
        assert told[loan]["project fails, share of futures"] == pytest.approx(fates[loan, "projects"] / 100)
        assert told[loan][called] == pytest.approx(fates[loan, "guarantees"])
    for loan in ("L04", "L12", "L16"):  # of the government
        assert fates[loan, "guarantees"] == 0.0
        assert told[loan][called] == loan_words.OWN_DEBT
    assert told["L19"][called] == loan_words.NO_GUARANTEE
    assert text.count(loan_words.OWN_DEBT) > 10
    assert money_story.UNGUARANTEED in text


def test_the_page_tells_loans_one_by_one_with_the_fate_of_their_projects(tmp_path):
    results = made(tmp_path, [sinobel.scenario("baseline")], draws=20)
    data = page_data_of(results)
    fate = next(row for row in data.loan_rows if row["loan"] == "L27" and row["stage"] == "projects")
    text = words_of(page(data))
    assert f"(Nezhinsky) potash mine and plant Mining commercial 1,400 {fate['mean']:.0f} % of futures" in text
    assert "Loans signed in 2017 of several kinds" in text
