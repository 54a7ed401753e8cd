"""In which order changes are told: balances behind what moves them, stated things last, the sooner of near ones first."""

import numpy as np

from sinobel.analysis import leads
from sinobel.analysis.worth import Fact

DRAWS = 50


def fact(indicator, middle, weight, year=2020):
    low, high = sorted((0.5 * middle, 1.5 * middle))
    return Fact(
        "option", indicator, year, low=low, middle=middle, high=high, share=1.0, least=1.0, often=1.0, weight=weight
    )


def ordered(*facts, stated=(), alike=False):
    luck = np.random.default_rng(1).normal(size=(len(facts), DRAWS))
    told = leads.ordered([(each, luck[0 if alike else place]) for place, each in enumerate(facts)], stated)
    return [each.indicator for each in told], [each.weight for each in told]


def test_a_balance_stands_behind_the_side_that_moves_it():
    """In a crisis the current account improves since imports are cut; told by itself it reads as success."""
    account, imports = fact("current_account", 2500.0, 5.0), fact("total_imports", -1800.0, 1.0)
    assert ordered(account, imports, fact("reserves", -1000.0, 2.0))[0] == ["reserves", *ordered(account, imports)[0]]
    assert ordered(account, imports) == (["total_imports", "current_account"], [1.0, 1.0])
    assert ordered(account, imports, alike=True)[0] == ["total_imports"], "of one story the side is told"


def test_a_balance_that_neither_side_moves_keeps_its_weight():
    account = fact("current_account", -700.0, 5.0)
    for side in (fact("total_imports", -900.0, 1.0), fact("total_exports", -300.0, 1.0)):
        assert ordered(account, side)[0][0] == "current_account", "the other way, or less than half"


def test_of_what_weighs_nearly_the_same_the_first_in_time_leads():
    late = fact("debt_to_china", 900.0, 1.0, year=2030)
    assert ordered(late, fact("reserves", 70.0, 0.85, year=2018))[0] == ["reserves", "debt_to_china"]
    assert ordered(late, fact("reserves", 70.0, 0.75, year=2018))[0] == ["debt_to_china", "reserves"]


def test_what_an_option_states_follows_whatever_it_weighs_and_so_does_a_sum_that_it_moves():
    owed, total = fact("debt_to_russia", -15_000.0, 9.0), fact("external_public_debt", -14_000.0, 8.0)
    reserves = fact("reserves", -800.0, 1.0)
    names, weights = ordered(owed, total, reserves, stated={"debt_to_russia"})
    assert names == ["reserves", "debt_to_russia", "external_public_debt"]
    assert weights == [1.0, 1.0, 1.0], "none weighs more than what stands before it"
    assert ordered(owed, stated={"debt_to_russia"}) == (["debt_to_russia"], [9.0]), "alone it leads"
    other = fact("external_public_debt", 14_000.0, 8.0)
    assert ordered(owed, other, stated={"debt_to_russia"})[0] == ["external_public_debt", "debt_to_russia"]
