"""What is said of events before a run: sums never seen, limits, and what a loan does not do by itself."""

import pytest

from sinobel.policies import scenarios
from sinobel.reporting.words.telling import events_of
from sinobel.results import lookups


def remarks_of(scenario):
    return ["; ".join(filter(None, (each.remark, each.beyond))) for each in events_of(scenario, "2030-12")]


def test_events_of_one_lender_in_a_year_beyond_the_record_are_told():
    base = scenarios.load("baseline").with_loan("first", lender="china", amount=1000, signed="2018-05")
    assert remarks_of(base) == [""]
    both = base.with_loan("second", lender="china", amount=700, signed="2018-07", instrument="untied")
    first, second = remarks_of(both)
    assert "USD 1,700 mn in 2018" in first
    assert "2015 with USD 1,604.6 mn" in first
    assert second == "", "the first tells it for all"
    other = base.with_loan("second", lender="russia", amount=700, signed="2018-07")
    assert remarks_of(other) == ["", ""]
    park = scenarios.load("baseline").with_investment("park", investor="china", start="2018-07", amount_a_year=180)
    assert "USD 180 mn in 2019" in remarks_of(park)[0], "90 in the first half-year is less than the record's 100"


@pytest.mark.parametrize(
    ("lever", "value", "terms", "told"),
    [
        ("belarus.debt_ceiling", 0.4, {}, "whatever the debt ceiling says"),
        ("belarus.guarantee_stop", True, {"guaranteed": 0.5}, "guaranteed as it states"),
        ("belarus.guarantee_stop", True, {}, "comes without a guarantee"),
        ("belarus.guarantee_stop", True, {"guaranteed": 0.0}, ""),
        ("belarus.guarantee_stop", True, {"instrument": "untied"}, ""),
        ("belarus.tied_share_limit", 0.5, {"tied_share": 0.8}, "tied as it states"),
        ("belarus.tied_share_limit", 0.5, {"tied_share": 0.4}, ""),
        ("belarus.tied_share_limit", 0.5, {}, "tied by 50 % at most"),
        ("belarus.tied_share_limit", 0.5, {"instrument": "untied"}, ""),
        ("china.tied_share", 0.5, {"tied_share": 0.8}, "only where china.tied_share is not set"),
        ("eu.sanctions", "political", {}, ""),
        ("eu.sanctions", "off", {"lender": "bonds"}, ""),
        ("eu.sanctions", "political", {"lender": "bonds"}, "although sanctions close its lenders"),
        ("belarus.debt_ceiling", 0.4, {"lender": "russia"}, "whatever the debt ceiling says"),
    ],
)
def test_limits_that_a_loan_does_not_obey_are_told(lever, value, terms, told):
    base = scenarios.load("baseline").with_loan("x", **{"lender": "china", "amount": 10, "signed": "2018-05"} | terms)
    for start, until in (("2018-01", None), ("2018-05", "2018-05")):
        (remark,) = remarks_of(base.with_change(lever, value, start=start, until=until))
        assert told in remark
        assert bool(told) == bool(remark)
    if lever != "china.tied_share":
        assert remarks_of(base.with_change(lever, value, start="2018-06")) == [""]
        rule = {"indicator": "debt_to_gdp", "above": 0.4}
        (ruled,) = remarks_of(base.with_change(lever, value, start="2018-01", when=rule))
        assert told in ruled
        assert ("where a rule of the scenario holds" in ruled) == ("comes without" in told or "at most" in told)


@pytest.mark.parametrize(
    ("sector", "change", "told"),
    [
        ("mining", None, True),
        ("industry", None, False),
        ("mining", {"value": 1.0}, False),
        ("mining", {"scale": 2}, False),
        ("mining", {"value": 0.4}, True),
        ("mining", {"value": 1.0, "when": {"indicator": "debt_to_gdp", "above": 0.4}}, False),
    ],
)
def test_a_loan_for_mining_without_the_lever_that_opens_the_mine_is_told(sector, change, told):
    plan = scenarios.load("baseline").with_loan("x", lender="china", amount=10, signed="2018-05", sector=sector)
    if change is not None:
        plan = plan.with_change("belarus.new_mine", start="2018-06", **change)
    (remark,) = remarks_of(plan)
    assert ("opens no more of the mine than the 0.5" in remark) == told
    assert "mine" not in "".join(remarks_of(scenarios.load("one-billion-for-the-mine")))


@pytest.mark.parametrize(
    ("lender", "change", "told"),
    [
        ("imf", None, True),
        ("multilateral", None, False),
        ("imf", {"value": 0.6, "start": "2018-01"}, False),
        ("imf", {"value": 0.45, "start": "2018-01"}, True),
        ("imf", {"value": 0.6, "start": "2018-09"}, False),
        ("imf", {"value": 0.6, "start": "2019-09"}, True),
        ("imf", {"value": 0.6, "start": "2017-01", "until": "2018-01"}, True),
        ("imf", {"value": 0.6, "start": "2018-01", "when": {"indicator": "debt_to_gdp", "above": 0.4}}, False),
    ],
)
def test_money_of_the_imf_without_the_reform_it_asks_for_is_told(lender, change, told):
    plan = scenarios.load("baseline").with_loan("x", lender=lender, amount=10, signed="2018-05")
    if change is not None:
        plan = plan.with_change("belarus.reform", **change)
    (remark,) = remarks_of(plan)
    assert ("although reform is not what the IMF of this model asks for" in remark) == told


def test_the_program_that_ships_comes_with_the_reform_it_asks_for():
    assert "although" not in "".join(remarks_of(scenarios.load("imf-program-with-conditions")))


def test_the_list_of_loans_says_where_no_guarantee_is_given_any_more():
    plain = scenarios.load("baseline").with_loan("x", lender="china", amount=10, signed="2018-05")
    ended = plain.with_change("belarus.guarantee_stop", True, start="2018-01")
    rule = {"indicator": "debt_to_gdp", "above": 0.4}
    ruled = plain.with_change("belarus.guarantee_stop", True, start="2018-01", when=rule)
    backing = [
        dict(zip(found.columns, found.rows[-1], strict=True))["backing"]
        for found in (lookups.loans("2016-12", each) for each in (plain, ended, ruled))
    ]
    assert backing == ["as usual", "no guarantee", "no guarantee where a rule of the scenario holds"]
