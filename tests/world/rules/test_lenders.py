"""Rules of risk and lenders against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import lenders


def pressure(service=0.1, cover=2.0, lost=0.0, level=-1.0, strain=0.0):
    """Log odds by payments alone, with usual service 0.1 and cover of 2 months, of which 6 calm at most."""
    return lenders.payment_pressure(
        level=level,
        service_ratio=service,
        usual_service=0.1,
        service_weight=5.0,
        cover=cover,
        usual_cover=2.0,
        largest_cover=6.0,
        cover_weight=0.5,
        lost_subsidy=lost,
        subsidy_weight=0.8,
        strain=strain,
        strain_weight=0.6,
    )


def risk(pressure=-1.0, debt=0.4, arrears=0.0, budget=0.0):
    """Risk with debt usually 0.4 of GDP; arrears frighten up to half of GDP."""
    return lenders.solvency_risk(
        pressure=pressure,
        budget=budget,
        debt_ratio=debt,
        usual_debt=0.4,
        debt_weight=2.0,
        arrears_ratio=arrears,
        largest_arrears=0.5,
        arrears_weight=4.0,
    )


def odds(**given):
    """Log odds of the risk that cannot be paid."""
    chance = risk(**given)
    return np.log(chance / (1 - chance))


def test_payment_pressure_is_its_level_in_usual_conditions():
    assert pressure() == pytest.approx(-1.0)
    assert pressure(level=0.5) == pytest.approx(0.5)


def test_payment_pressure_rises_with_service_and_lost_support_and_falls_with_cover():
    """Service +0.1 x 5 = 0.5; a month less of cover x 0.5 = 0.5; half the subsidy lost x 0.8 = 0.4; together 1.4."""
    assert pressure(service=0.2) == pytest.approx(-0.5)
    assert pressure(cover=1.0) == pytest.approx(-0.5)
    assert pressure(lost=0.5) == pytest.approx(-0.6)
    assert pressure(0.2, 1.0, 0.5) == pytest.approx(0.4)


def test_payment_pressure_rises_when_few_lenders_are_left():
    """A strain of 1.5 at 0.6 per unit adds 0.9."""
    assert pressure(strain=1.5) == pytest.approx(-0.1)


def test_rollover_strain_is_the_log_of_need_over_offer_against_the_usual():
    """150 needed of 100 offered is 1.5, the usual: 0. Half the offer: log 2. A hundredth, or no offer: the limit of 2.5.

    Need of nothing calms as far as the limit.
    """
    offered = np.array([100.0, 50.0, 1.0, 0.0])
    found = lenders.rollover_strain(need=150.0, offered=offered, usual=1.5, largest=2.5)
    assert found == pytest.approx([0.0, np.log(2), 2.5, 2.5])
    assert lenders.rollover_strain(need=0.0, offered=100.0, usual=1.5, largest=2.5) == pytest.approx(-2.5)


def test_budget_strain_adds_what_the_budget_pays_and_what_was_put_off():
    """Burden 0.05 above the usual 0.04 x 8 = 0.4; a tenth put off x 3 = 0.3."""

    def strain(burden, put_off):
        return lenders.budget_strain(
            burden=burden, usual_burden=0.04, burden_weight=8.0, put_off=put_off, put_off_weight=3.0
        )

    assert strain(0.04, 0.0) == pytest.approx(0.0)
    assert strain(0.09, 0.0) == pytest.approx(0.4)
    assert strain(0.09, 0.1) == pytest.approx(0.7)


def test_payment_pressure_counts_cover_from_none_to_six_months():
    """Six months: -1 - 4 x 0.5 = -3, none: -1 + 2 x 0.5 = 0."""
    assert pressure(cover=np.array([6.0, 9.0, 0.0, -3.0])) == pytest.approx([-3.0, -3.0, 0.0, 0.0])


def test_solvency_risk_in_usual_conditions_is_the_chance_that_its_pressure_says():
    """Log odds of 0 are an even chance; of -1 they are 1 / (1 + e) = 0.268941."""
    assert risk(np.array([0.0, -1.0])) == pytest.approx([0.5, 0.268941], abs=1e-6)


def test_solvency_risk_rises_with_debt_and_arrears():
    """Debt +0.2 x 2 = 0.4; arrears 0.1 x 4 = 0.4; together 0.8 above the pressure of -1."""
    assert odds(debt=0.6) == pytest.approx(-0.6)
    assert odds(arrears=0.1) == pytest.approx(-0.6)
    assert odds(debt=0.6, arrears=0.1) == pytest.approx(-0.2)
    assert odds(budget=0.5) == pytest.approx(-0.5)


def test_solvency_risk_counts_arrears_up_to_half_of_gdp():
    """-1 + 0.5 x 4 = 1."""
    assert odds(arrears=np.array([0.5, 2.0])) == pytest.approx([1.0, 1.0])


def test_solvency_risk_is_a_chance_however_bad_things_are():
    assert risk(np.array([-1e4, 1e4])) == pytest.approx([0.0, 1.0], abs=1e-12)


AMOUNTS = st.floats(0, 1000)


FOUR = st.lists(AMOUNTS, min_size=4, max_size=4)


def test_lender_limit_is_a_twelfth_of_the_year_times_its_conditions():
    """600 a year are 50 a month; widened by 1.2 and cut to half: 30. A condition below nothing counts as nothing."""
    assert lenders.lender_limit(600.0) == pytest.approx(50.0)
    assert lenders.lender_limit(600.0, 1.2, 0.5) == pytest.approx(30.0)
    assert lenders.lender_limit(600.0, np.array([-0.5, 0.0, 2.0]), 1.0) == pytest.approx([0.0, 0.0, 100.0])


def test_bond_appetite_retreats_above_the_calm_risk():
    """0.2 above at 1.5 per unit loses 0.3; 0.8 above loses all; below, all is lent and no more than all."""
    assert lenders.bond_appetite(risk=np.array([0.1, 0.4, 0.6, 1.0, 1.2]), calm=0.4, retreat=1.5) == pytest.approx(
        [1, 1, 0.7, 0.1, 0]
    )


def test_room_to_lend_is_whole_up_to_the_care_and_none_at_the_ceiling():
    """A ceiling of 0.4 watched from 0.7 of it: all at 0.28, half at 0.34, nothing at 0.4 and beyond."""
    held = np.array([0.0, 0.28, 0.34, 0.4, 0.9])
    assert lenders.room_to_lend(held=held, ceiling=0.4, care=0.7) == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0])


def test_rate_asked_adds_what_may_be_lost_beyond_usual_risk():
    """0.2 above usual risk x 0.2 a year x a loss of 0.5 = two points on eight; a senior lender asks none of them.

    Far below usual risk nobody lends under the safe rate: 0.03 - 0.4 x 0.2 x 0.5 = -0.01 becomes 0.01.
    """

    def rate(recorded, risk, loss):
        return lenders.rate_asked(
            recorded=recorded, default_chance=0.2, risk=np.array(risk), usual_risk=0.4, loss=loss, safe=0.01
        )

    assert rate(0.08, [0.4, 0.6], 0.5) == pytest.approx([0.08, 0.10])
    assert rate(0.03, [0.6], 0.0) == pytest.approx([0.03])
    assert rate(0.03, [0.0], 0.5) == pytest.approx([0.01])


def test_best_rival_is_the_one_who_would_take_most_on_terms_as_good():
    """Of 100: one offers 40 as cheap (0.4), another 300 that are two scales dearer (exp(-2) = 0.135335).

    Dearer by one scale, the first is worth 0.147152; who is cheaper counts no more than his share; no need, all of it.
    """

    def rival(costs, need=100.0):
        found = lenders.best_rival(
            amounts=np.array([[40.0], [300.0]]),
            costs=np.array(costs)[:, None],
            own_cost=np.array([0.05]),
            need=np.array([need]),
            scale=0.01,
        )
        return found[0]

    assert rival([0.05, 0.07]) == pytest.approx(0.4)
    assert rival([0.06, 0.07]) == pytest.approx(0.147152, abs=1e-6)
    assert rival([0.06, 0.09]) == pytest.approx(0.147152, abs=1e-6)
    assert rival([0.09, 0.07]) == pytest.approx(0.135335, abs=1e-6)
    assert rival([0.01, 0.07]) == pytest.approx(0.4)
    assert rival([0.05, 0.07], need=0.0) == pytest.approx(1.0)


def test_either_counts_what_overlaps_once():
    """A half and a half of the rest: 0.75; nothing beside the whole."""
    assert lenders.either(one=np.array([0.5, 1.0, 0.0]), other=np.array([0.5, 0.3, 0.2])) == pytest.approx(
        [0.75, 1.0, 0.2]
    )


def test_softer_terms_widen_with_the_alternative():
    """Half an alternative x 0.4 = 20 % more; none, no more."""
    assert lenders.softer_terms(alternative=np.array([0.0, 0.5, 1.0]), weight=0.4) == pytest.approx([1.0, 1.2, 1.4])


def test_reform_gate_opens_around_its_threshold():
    """At the threshold half; one width above 1 / (1 + exp(-1)) = 0.731059, one below 0.268941; far off none or all."""
    gate = lenders.reform_gate(reform=np.array([0.5, 0.6, 0.4, 9000.0, -9000.0]), threshold=0.5, width=0.1)
    assert gate == pytest.approx([0.5, 0.731059, 0.268941, 1.0, 0.0], abs=1e-6)


def split(need, limits, costs, scale=0.01):
    """Borrowing of one future from lenders with these limits and costs."""
    return lenders.split_among_lenders(
        need=np.array([need]), limits=np.array(limits)[:, None], costs=np.array(costs)[:, None], scale=scale
    )[:, 0]


def test_split_among_lenders_by_cost():
    """Costs 3 % and 6 % with a scale of 1 %: odds exp(3) = 20.0855 to 1, so of 100 the cheaper lends 95.2574.

    Only the difference counts: at 53 % and 56 % the odds are the same.
    """
    assert split(100.0, [1000.0, 1000.0], [0.03, 0.06]) == pytest.approx([95.2574, 4.7426], abs=1e-4)
    assert split(100.0, [1000.0, 1000.0], [0.53, 0.56]) == pytest.approx([95.2574, 4.7426], abs=1e-4)
    assert split(100.0, [1000.0, 1000.0], [0.05, 0.05]) == pytest.approx([50.0, 50.0])


def test_split_among_lenders_passes_on_what_a_limit_holds_back():
    """Three alike share 90 as 30 each; a limit of 10 on the first passes 20 on, 10 to each: 10, 40, 40.

    A limit of 35 on the second then passes 5 on: 10, 35, 45.
    """
    assert split(90.0, [10.0, 900.0, 900.0], [0.05] * 3) == pytest.approx([10.0, 40.0, 40.0])
    assert split(90.0, [10.0, 35.0, 900.0], [0.05] * 3) == pytest.approx([10.0, 35.0, 45.0])


def test_split_among_lenders_takes_all_there_is_and_no_more():
    """Limits of 60 in all against a need of 100; a need of none or less borrows nothing; one who lends nothing is left."""
    assert split(100.0, [10.0, 20.0, 30.0], [0.03, 0.05, 0.09]) == pytest.approx([10.0, 20.0, 30.0])
    assert split(-50.0, [10.0, 20.0], [0.03, 0.05]) == pytest.approx([0.0, 0.0])
    assert split(5.0, [0.0, 20.0], [0.03, 0.05]) == pytest.approx([0.0, 5.0])


def test_split_among_lenders_reaches_even_the_dearest_when_others_are_full():
    """A lender a thousand times the scale dearer than the first is the last resort and still lends."""
    assert split(100.0, [40.0, 1000.0], [0.03, 10.03]) == pytest.approx([40.0, 60.0])


def test_split_among_lenders_counts_a_difference_of_cost_up_to_forty_scales():
    """The first is full with 40 of 100. The others are 39.5 and 60 scales dearer, the latter counted as 40.

    Odds exp(0.5) = 1.648721 to 1: of 60 the second lends 60 x 1.648721 / 2.648721 = 37.3475, the third 22.6525.
    """
    taken = split(100.0, [40.0, 1000.0, 1000.0], [0.03, 0.425, 0.63])
    assert taken == pytest.approx([40.0, 37.3475, 22.6525], abs=1e-4)


def test_split_among_lenders_does_each_future_by_itself():
    """First future: the first lender is cheap and short. Second: the other way round. Third: both alike and ample."""
    need = np.array([100.0, 30.0, 40.0])
    limits = np.array([[40.0, 1000.0, 1000.0], [1000.0, 10.0, 1000.0]])
    costs = np.array([[0.03, 0.60, 0.05], [0.60, 0.03, 0.05]])
    taken = lenders.split_among_lenders(need=need, limits=limits, costs=costs, scale=0.01)
    assert taken == pytest.approx(np.array([[40.0, 20.0, 20.0], [60.0, 10.0, 20.0]]))


@settings(max_examples=40)
@given(need=AMOUNTS, limits=FOUR, costs=st.lists(st.floats(0, 0.3), min_size=4, max_size=4))
def test_split_among_lenders_fills_the_need_as_far_as_lenders_go(need, limits, costs):
    taken = split(need, limits, costs)
    assert np.all(taken >= 0)
    assert np.all(taken <= np.array(limits) + 1e-9)
    assert taken.sum() == pytest.approx(min(need, sum(limits)), rel=1e-9, abs=1e-6)
