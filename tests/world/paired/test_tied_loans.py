"""A tied loan finances its own imports; the need for untied money comes later (M02)."""

import numpy as np

from sinobel.inputs.loans_and_contracts import EVENTS
from tests.world.paired.test_finance import watched
from tests.world.paired.worlds import sign_event


def with_drawn(sums, on_drawn, on_undrawn):
    """Sums of interest when money that was entered as undrawn is drawn at once."""
    owed, undrawn, installment = sums
    return owed + on_drawn, undrawn - on_undrawn, installment


def lend_at_once(amount, months):
    """A world in which a tied loan is drawn in equal parts over the first months, beside all others."""

    def shock(world):
        banks = world.china.policy_banks
        book, honest = banks.book, banks.book.draw

        def draw(share, lapsing, tied_shares):
            paid, tied, gone = honest(share, lapsing, tied_shares)
            if world.month - world.origin > months or not amount:
                return paid, tied, gone
            drawn, event, terms = world.full(amount / months), book.old, banks._terms()
            sign_event(book, 0, drawn, terms.commercial, terms.grace, terms.repayment, guaranteed=terms.guaranteed)
            in_january = drawn / book._left
            book._undrawn[event] -= in_january  # what is signed is drawn at once
            book._by_tie[-EVENTS] -= in_january
            book._ahead[event] -= drawn + in_january * book._paid_out
            book.total_undrawn = book.total_undrawn - drawn
            moved = (
                book.monthly_rate[event] * (drawn + in_january * book._paid_out),
                book.monthly_rate[event] * in_january,
            )
            book._interest = with_drawn(book._interest, *moved)
            for sums, weight in (
                ("_guaranteed_interest", terms.guaranteed),
                ("_called_interest", terms.guaranteed * book.projects.unearned[event]),
            ):
                setattr(book, sums, with_drawn(getattr(book, sums), *(weight * each for each in moved)))
            return paid + drawn, tied + drawn * banks._tied_share(), gone

        book.draw = draw

    return shock


def untied_money_for_a_loan(changes=(), off=None):
    """Untied borrowing of ten years that a tied loan of 1 bn, drawn in the first two, adds; (draws,)."""
    both = [
        watched(
            lambda world: world.belarus.government.untied_borrowing,
            changes,
            shock=lend_at_once(amount, 24),
            horizon="2026-12",
            draws=400,
            off=off,
        ).sum(0)
        for amount in (1000.0, 0.0)
    ]
    return both[0] - both[1]


def test_a_tied_loan_calls_for_untied_ones():
    """M02: service, local cost and called guarantees are refinanced; 0.3 to 1.1 bn a bn within ten years."""
    assert 300 < np.median(untied_money_for_a_loan()) < 1100


def test_a_loan_without_service_and_works_calls_for_less():
    """One that bears no interest, is repaid later and calls for no works of the budget leaves less than half of it."""
    middle = np.median(untied_money_for_a_loan())
    assert 0 < middle < 1100
    gift = [("china.grace", 10.0, "2017-01"), ("china.interest_rate", 0.0, "2017-01")]
    assert np.median(untied_money_for_a_loan(gift, {"finance.local_cost": 0.0})) < 0.5 * middle
