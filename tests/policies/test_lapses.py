"""What of an event's loan arrives and what lapses: from the parameters, by the rules of the world, and told."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.parameters import all_parameters
from sinobel.policies import lapses, scenarios
from sinobel.reporting.words.explain import explain
from sinobel.reporting.words.telling import told_of
from sinobel.world.rules import loan_service
from tests.world.paired.worlds import make

HORIZON = months.parse("2030-12")
DRAWN = (lapses.PACE, lapses.LAPSES)


@pytest.mark.parametrize("name", sorted(all_parameters()))
def test_the_middle_is_the_median_of_the_prior(name):
    known = all_parameters()[name]
    assert known.middle == pytest.approx(float(known.quantile(np.array([0.5]))[0]), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("count", [1, 12, 150])
def test_parts_are_those_of_the_rules(count):
    """Month by month as the loan book draws and lets lapse."""
    pace, rate, largest = (np.array([all_parameters()[each].middle]) for each in (*DRAWN, "loans.largest_pace"))
    share = loan_service.share_paid_out(pace=pace, largest=largest, quality=np.ones(1))
    lapsing = loan_service.share_lapsing(rate)
    left, paid, lapsed = 1.0, 0.0, 0.0
    for _ in range(count):
        paid += float(left * share[0])
        lapsed += float(left * (1 - share[0]) * lapsing[0])
        left *= float((1 - share[0]) * (1 - lapsing[0]))
    fate = lapses.at_the_usual_pace(count)
    assert (fate.paid, fate.lapsed, fate.waiting) == pytest.approx((paid, lapsed, left))


def test_a_run_loses_what_is_told():
    """The middle of futures, with the wide prior, lies within three points of the sentence, for each of three loans."""
    policy = scenarios.load("fifteen-billion-arrive")
    world = make(policy, draws=200, horizon="2024-12")
    while world.running:
        world.step()
    book = world.china.policy_banks.book
    lapsed = [np.median(book.lapsed[book.events][row] / loan.amount) for row, loan in enumerate(policy.events)]
    last = months.parse("2024-12")
    told = [lapses.at_the_usual_pace(last - loan.signed + 1).lapsed for loan in policy.events]
    world.close()
    assert lapsed == pytest.approx(told, abs=0.03)


def test_every_place_tells_what_lapses():
    policy = scenarios.load("fifteen-billion-arrive")
    told = [each.text() for each in told_of(policy, "2016-12", "2030-12")]
    fate = lapses.at_the_usual_pace(HORIZON - policy.events[0].signed + 1)
    assert f"{round(100 * fate.lapsed)} lapse undrawn" in next(each for each in told if "energy and roads" in each)
    assert all("lapse undrawn" in each for each in told)
    explained = " ".join(text for _, text in explain("fifteen-billion-arrive")[1])
    assert explained.count("lapse undrawn") == len(policy.events)


def test_a_slower_run_is_told_with_more_that_waits():
    loan = scenarios.load("fifteen-billion-arrive").events[0]
    assert lapses.in_words(loan, HORIZON) != lapses.in_words(loan, HORIZON - 60)


def test_what_is_paid_out_at_once_has_nothing_to_tell():
    untied = scenarios.load("china-second-lender").events
    assert untied
    assert not any(lapses.in_words(each, HORIZON) for each in untied)
    assert not any(lapses.in_words(each, HORIZON) for each in scenarios.load("great-stone-two-billion").events)
