"""What an option states by itself: the debt of whoever lends more or less, and nothing that both sides have."""

from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.policies import scenarios
from sinobel.policies.stated import INVESTED, OWED, stated

BASE = scenarios.load("baseline")


def states(option, base=BASE):
    return stated([base, option], base.name)[option.name]


def test_what_levers_and_events_set_can_be_told():
    named = {name for lever in all_levers().values() for name in lever.sets} | {*OWED.values(), *INVESTED.values()}
    assert len(named) >= 4
    assert all(all_indicators()[name].told for name in named)


def test_a_lever_states_what_it_sets_whichever_side_has_it():
    less = BASE.with_change("russia.lending", 0.0, start="2018-01", name="less")
    assert states(less) == {"debt_to_russia"}
    assert states(BASE, less) == {"debt_to_russia"}
    both = less.with_change("china.tied_share", 0.4, start="2018-01", name="both")
    assert states(both, less) == frozenset(), "what both have alike neither states"
    later = BASE.with_change("russia.lending", 0.0, start="2019-01", name="later")
    assert states(later, less) == {"debt_to_russia"}


def test_what_fixes_no_sum_states_none():
    """A lender of last resort has not said how much is drawn, nor a ceiling how far debt falls."""
    when = {"indicator": "reserve_cover", "below": 2.0}
    rescue = BASE.with_change("russia.lending", 2.0, start="2018-01", when=when, name="rescue")
    assert states(rescue) == frozenset()
    assert states(BASE, rescue) == frozenset()
    always = rescue.with_change("russia.lending", 0.5, start="2018-01", name="always")
    assert states(always) == {"debt_to_russia"}, "what holds always is stated all the same"
    assert states(BASE.with_change("belarus.debt_ceiling", 0.25, start="2018-01", name="ceiling")) == frozenset()


def test_events_state_whose_money_they_are():
    loan = BASE.with_loan("plant", lender="china", amount=1000, signed="2018-05", name="loan")
    assert states(loan) == {"debt_to_china"}
    assert states(BASE.with_loan("program", lender="imf", amount=1000, signed="2018-05", name="imf")) == frozenset()
    park = BASE.with_investment("park", investor="china", start="2018-01", amount_a_year=100, name="park")
    assert states(park) == {"fdi_from_china"}
    assert stated([loan], "baseline") == {}
