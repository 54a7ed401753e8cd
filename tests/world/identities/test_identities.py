"""Money and tonnes are conserved in every draw and month, for any parameters in bounds and any lever at its ends."""

import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from sinobel.inputs.loans_and_contracts import EVENTS
from sinobel.inputs.parameters import all_parameters
from sinobel.policies import scenarios
from sinobel.policies.events import INSTRUMENTS, INVESTORS, LENDERS, SECTORS, Investment, Loan
from sinobel.world.agents.loan_book import total
from sinobel.world.agents.loan_lives import lives
from sinobel.world.draws import ParameterDraws
from sinobel.world.world import World
from tests.world.identities.books import Before, check_month, near
from tests.world.paired.worlds import sign_event

DRAWS = 6


def ends_of(lever):
    """The extreme values a scenario may give a lever."""
    if lever.kind == "number":
        return list(lever.range)
    return [True, False] if lever.kind == "switch" else list(lever.options)


def run_checked(world):
    while world.running:
        before = Before(world)
        world.step()
        check_month(world, before)
    world.close()


def arbitrary_parameters(seed, extreme):
    """Every parameter anywhere within its bounds; a share of them right at an end."""
    values = {}
    for name, parameter in all_parameters().items():
        low, high = parameter.bounds
        generator = np.random.default_rng([seed, zlib.crc32(name.encode())])
        place = generator.random(DRAWS)
        place = np.where(generator.random(DRAWS) < extreme, np.round(place), place)
        values[name] = low + (high - low) * place
    return ParameterDraws(values)


waits = st.integers(0, 30)
loans = st.builds(
    lambda lender, amount, wait, instrument, terms, end: Loan(
        name=f"{lender} {wait} {amount}",
        lender=lender,
        amount=amount,
        signed=wait,
        instrument=instrument if lender == "china" else "",
        sector="energy" if lender == "china" else "",
        **dict(zip(("interest", "grace", "maturity"), terms, strict=False)),
        **(dict.fromkeys(("tied_share", "guaranteed"), end) if lender == "china" else {}),
    ),
    st.sampled_from(LENDERS),
    st.sampled_from([0.1, 300.0, 20_000.0]),
    waits,
    st.sampled_from(INSTRUMENTS),
    st.sampled_from([(), (0.0, 1.0, 3.0), (0.15, 1.0, 40.0)]),
    st.sampled_from([None, 0.0, 1.0]),
)
investments = st.builds(
    lambda investor, sector, amount, wait, lasting: Investment(
        name=f"park {investor} {wait} {amount}",
        investor=investor,
        sector=sector,
        amount=amount,
        start=wait,
        until=None if lasting is None else wait + lasting,
        yearly=lasting is None,
    ),
    st.sampled_from(INVESTORS),
    st.sampled_from(["", *SECTORS]),
    st.sampled_from([0.1, 500.0, 20_000.0]),
    waits,
    st.sampled_from([None, 0, 5]),
)


@given(
    seed=st.integers(0, 2**32 - 1),
    extreme=st.sampled_from([0.0, 1.0]),
    events=st.lists(loans | investments, min_size=1, max_size=8, unique_by=lambda event: event.name),
)
@settings(max_examples=25)
def test_identities_for_arbitrary_events(seed, extreme, events):
    first = months.parse("2017-01")
    dated = [
        replace(event, signed=first + event.signed)
        if isinstance(event, Loan)
        else replace(event, start=first + event.start, until=None if event.until is None else first + event.until)
        for event in events
    ]
    world = World(
        scenarios.Scenario("any", events=tuple(dated)),
        DRAWS,
        seed,
        horizon="2021-12",
        collect=False,
        parameters=arbitrary_parameters(seed, extreme),
    )
    run_checked(world)


@given(
    seed=st.integers(0, 2**32 - 1),
    extreme=st.sampled_from([0.0, 0.3, 1.0]),
    origin=st.integers(2008, 2016),
    changes=st.lists(
        st.sampled_from(list(all_levers().values())).flatmap(
            lambda lever: st.tuples(st.just(lever.name), st.sampled_from(ends_of(lever)), st.integers(0, 20))
        ),
        max_size=6,
        unique_by=lambda change: change[0],
    ),
)
@settings(max_examples=25)
def test_identities_for_arbitrary_parameters_and_levers(seed, extreme, origin, changes):
    policy = scenarios.load("baseline")
    for lever, value, wait in changes:
        month = f"{origin + 1 + wait // 12}-{wait % 12 + 1:02d}"
        policy = policy.with_change(lever, value, start=month, name="any")
    world = World(
        policy,
        DRAWS,
        seed,
        origin=f"{origin}-12",
        horizon=f"{origin + 3}-12",
        collect=False,
        parameters=arbitrary_parameters(seed, extreme),
    )
    run_checked(world)


@given(
    seed=st.integers(0, 2**32 - 1),
    loans=st.lists(
        st.tuples(
            st.integers(0, EVENTS - 1),
            st.integers(0, 40),
            st.sampled_from([0.0, 1.0, 15000.0]),
            st.sampled_from([0.0, 0.06, 0.15]),
            st.sampled_from([(0.0, 1.0), (3.0, 10.0), (8.0, 20.0)]),
            st.sampled_from([0.0, 0.5, 1.0]),
            st.sampled_from([None, 0.0, 1.0]),
        ),
        max_size=6,
        unique_by=lambda loan: loan[0],
    ),
)
@settings(max_examples=12)
def test_identities_with_arbitrary_loans_that_are_set(seed, loans):
    """Loans of any amount and terms in any month, each in a row of its own."""
    world = World("chinese-rescheduling", DRAWS, seed, horizon="2022-12", collect=False)
    banks = world.china.policy_banks
    book = banks.book
    tied = interest = 0.0
    while world.running:
        before = Before(world)
        world.step()
        check_month(world, before)
        tied, interest = tied + banks.deliveries[-1], interest + banks.interest
        for event, month, amount, rate, (grace, repayment), guaranteed, share in loans:
            if month == world.place:
                terms = (world.full(value) for value in (amount, rate, grace, repayment))
                undrawn, drawn = total(book.undrawn) + amount, total(book.drawn)
                sign_event(book, event, *terms, guaranteed=guaranteed, tied_share=share)
                near(total(book.undrawn), undrawn, undrawn, "what is signed is undrawn")
                near(total(book.undrawn), book.total_undrawn, undrawn, "loan by loan and in all")
                near(total(book.drawn), drawn, drawn + amount, "nothing of it has been drawn")
    found = lives(banks)
    near(found["interest"][:-1].sum(axis=0), interest, interest, "interest, loan by loan")
    near(found["tied"][:-1].sum(axis=0), tied, tied, "tied goods, loan by loan")
    near(
        found["drawn"][:-1].sum(axis=0),
        total(book.drawn) - total(found["drawn_before"][:-1]),
        1.0,
        "drawings, loan by loan",
    )
    assert (found["interest"] >= -1e-6).all()
    assert (found["tied"] >= -1e-6).all()


@pytest.mark.parametrize("lever", all_levers(), ids=str)
def test_identities_with_every_lever_at_each_end(lever):
    for end in ends_of(all_levers()[lever]):
        policy = scenarios.load("baseline").with_change(lever, end, start="2017-03", until="2018-10", name="end")
        run_checked(World(policy, 40, 5, horizon="2019-12", collect=False))


def test_identities_over_the_whole_horizon():
    run_checked(World("baseline", 200, 11, collect=False))


def test_transactions_matrix_sums_to_zero():
    world = World("russian-squeeze", 50, 3, horizon="2019-12", collect=False, keep_books=True)
    while world.running:
        world.step()
    matrix = world.transactions(2019)
    assert {"tied goods", "loan", "principal", "interest", "potash", "energy"} <= set(matrix)
    for kind, row in matrix.items():
        size = max(np.abs(value).max() for value in row.values())
        assert np.abs(sum(row.values())).max() <= 1e-9 * max(size, 1), kind
    assert (matrix["tied goods"]["China"] > 0).all()
    with pytest.raises(KeyError, match="not kept"):
        world.transactions(2030)


def test_a_mutated_rule_is_caught():
    """The checks can fail: a loan that repays more than it records breaks them."""
    world = World("baseline", 10, 3, horizon="2018-12", collect=False)
    banks = world.china.policy_banks
    honest = banks.book.serve

    def dishonest(rescheduled):
        interest, principal, *others = honest(rescheduled)
        return interest, principal * 1.0001, *others

    banks.book.serve = dishonest
    with pytest.raises(AssertionError, match="repayments add up"):
        run_checked(world)
