"""Rules by which tied loans are offered, accepted and priced, against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import loan_offers


def test_passing_share_is_whole_for_transport_and_the_filter_for_others():
    share = loan_offers.passing_share(sector=np.array([0.0, 2.0, 4.0]), open_to=(2, 4), filter_share=0.1)
    assert share == pytest.approx([0.1, 1.0, 1.0])


def test_chosen_adds_up_what_is_chosen_and_shares_it():
    """Of 0.6 a tenth is chosen, of 0.4 all: 0.46 together, of which 0.06 and 0.40; of nothing nothing."""
    together, shares = loan_offers.chosen(weights=(0.6, 0.4), parts=(np.array([0.1, 0.0]), np.array([1.0, 0.0])))
    assert together == pytest.approx([0.46, 0.0])
    assert shares[0] == pytest.approx([0.06 / 0.46, 0.0])
    assert shares[1] == pytest.approx([0.40 / 0.46, 0.0])


def appetite(risk=0.2, competition=0.5, proximity=0.0, capture=0.0):
    """Appetite with usual risk 0.2, weight 3, and rivals usually at 0.5 with weight 2."""
    return loan_offers.appetite(
        risk=risk,
        usual_risk=0.2,
        risk_weight=3.0,
        competition=competition,
        usual_competition=0.5,
        proximity=proximity,
        rival_weight=2.0,
        capture=capture,
        capture_weight=0.5,
    )


def test_appetite_is_one_in_usual_conditions_and_falls_with_risk():
    """Risk 0.2 above usual x 3: exp(-0.6) = 0.548812."""
    assert appetite() == pytest.approx(1.0)
    assert appetite(risk=0.4) == pytest.approx(0.548812, abs=1e-6)


def test_appetite_rises_with_proximity_and_falls_with_rivals_and_capture():
    """Proximity 0.1 x 2 = +0.2; rivals 0.2 stronger x 2 = -0.4; capture 0.4 counts half: -0.4; together -0.6."""
    assert np.log(appetite(proximity=0.1)) == pytest.approx(0.2)
    assert np.log(appetite(competition=0.7)) == pytest.approx(-0.4)
    assert np.log(appetite(capture=0.4)) == pytest.approx(-0.4)
    assert np.log(appetite(risk=0.4, competition=0.7, proximity=0.1, capture=0.4)) == pytest.approx(-1.2)


def test_deference_cap_holds_back_above_a_level_of_tension():
    """Level 0.6, deference 0.5: tension 0.8 is half way to 1 and costs a quarter; 1 costs a half and so does more."""
    cap = loan_offers.deference_cap(tension=np.array([0.2, 0.6, 0.8, 1.0, 1.3]), level=0.6, deference=0.5)
    assert cap == pytest.approx([1.0, 1.0, 0.75, 0.5, 0.5])


def test_commitment_offered_by_hand():
    """600 x 0.5 willing x 2 volume = 600; spread 0.5, shock 1: exp(0.5 - 0.125) = 1.454991; over 0.75: 1,163.993.

    A quarter of years sign nothing; a chance of none loses no year.
    """
    offered = loan_offers.commitment_offered(
        mean=600.0, willing=0.5, volume=2.0, spread=0.5, shock=1.0, none_chance=0.25, luck=np.array([0.2, 0.25, 0.9])
    )
    assert offered == pytest.approx([0.0, 1163.993, 1163.993], abs=1e-3)
    assert loan_offers.commitment_offered(
        mean=600.0, willing=0.5, volume=2.0, spread=0.0, shock=1.0, none_chance=0.0, luck=0.0
    ) == pytest.approx(600.0)


def test_commitment_offered_has_the_mean_that_was_meant():
    random = np.random.default_rng(1)
    offered = loan_offers.commitment_offered(
        mean=500.0,
        willing=1.0,
        volume=1.0,
        spread=0.8,
        shock=random.normal(size=40_000),
        none_chance=0.25,
        luck=random.random(40_000),
    )
    assert offered.mean() == pytest.approx(500.0, rel=0.03)
    assert (offered == 0).mean() == pytest.approx(0.25, abs=0.01)


def accepted(limit, tied_share=0.5, guarantee_stop=0.0, debt_ratio=0.1):
    """Share signed with a spread of tied shares of 0.1, 40 % guaranteed loans and a ceiling of 0.6 over 0.2."""
    return loan_offers.share_accepted(
        tied_share=tied_share,
        limit=limit,
        spread=0.1,
        guarantee_stop=guarantee_stop,
        guaranteed_share=0.4,
        debt_ratio=debt_ratio,
        ceiling=0.6,
        ceiling_width=0.2,
    )


def test_share_accepted_is_larger_the_further_the_limit_lies_above_the_tied_share():
    """Limit 0.6 over 0.5 is one spread: 1 / (1 + exp(-1)) = 0.731059; at the tied share half; one below 0.268941."""
    assert accepted(np.array([0.6, 0.5, 0.4])) == pytest.approx([0.731059, 0.5, 0.268941], abs=1e-6)
    assert accepted(0.0, tied_share=np.array([-1e4, 1e4])) == pytest.approx([1.0, 0.0], abs=1e-12)


def test_share_accepted_is_all_when_the_limit_is_the_whole():
    """A limit of 1 asks nothing, even of loans that are tied whole; at 0.99 it would refuse half of loans tied by 0.99."""
    assert accepted(1.0, tied_share=1.0) == 1.0
    assert accepted(1.5, tied_share=2.0) == 1.0
    assert accepted(0.99, tied_share=0.99) == pytest.approx(0.5)


def test_share_accepted_is_cut_by_a_stop_of_guarantees_and_by_the_debt_ceiling():
    """A stop of half of guarantees refuses 0.5 x 0.4 = 0.2; debt of 0.5 under 0.6 leaves half the room; both 0.4."""
    assert accepted(1.0, guarantee_stop=0.5) == pytest.approx(0.8)
    assert accepted(1.0, debt_ratio=0.5) == pytest.approx(0.5)
    assert accepted(0.5, guarantee_stop=0.5, debt_ratio=0.5) == pytest.approx(0.2)


def test_room_under_ceiling_falls_to_nothing_at_the_ceiling():
    """Ceiling 0.6 over 0.2: all below 0.4, half at 0.5, none at 0.6 and above."""
    assert loan_offers.room_under_ceiling(
        debt_ratio=np.array([0.1, 0.4, 0.5, 0.6, 0.9]), ceiling=0.6, width=0.2
    ) == pytest.approx([1, 1, 0.5, 0, 0])


def test_picked_is_the_kind_on_which_a_chance_falls():
    """Of kinds with chances 0.2, 0.5 and 0.3 the first reaches to 0.2, the second to 0.7."""
    luck = np.array([0.0, 0.19, 0.2, 0.69, 0.7, 0.999])
    assert loan_offers.picked(luck=luck, shares=(0.2, 0.5, 0.3)).tolist() == [0, 0, 1, 1, 2, 2]


def test_split_among_projects_shares_the_whole_among_those_signed():
    """Minus logs of exp(-1) and exp(-3) are 1 and 3: a quarter and three quarters; one project gets all of it."""
    lucks = (np.full(3, np.exp(-1.0)), np.full(3, np.exp(-3.0)), np.full(3, np.exp(-4.0)))
    found = np.stack(loan_offers.split_among_projects(lucks=lucks, count=np.array([1.0, 2.0, 3.0])))
    np.testing.assert_allclose(found.T, [[1.0, 0.0, 0.0], [0.25, 0.75, 0.0], [0.125, 0.375, 0.5]])
    ends = (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert sum(loan_offers.split_among_projects(lucks=ends, count=2.0)) == pytest.approx(1.0)


def test_tied_shares_keep_their_mean():
    """A fifth in lines of which a quarter less is tied: 0.57 / 0.95 = 0.6 and 0.45; nothing is tied beyond the whole."""
    line, project = loan_offers.tied_shares(mean=0.57, gap=0.25, lines=0.2)
    assert (line, project) == pytest.approx((0.45, 0.6))
    assert 0.2 * line + 0.8 * project == pytest.approx(0.57)
    assert loan_offers.tied_shares(mean=0.99, gap=0.5, lines=0.2) == pytest.approx((0.5, 1.0))


def test_new_loan_rate_by_the_mix_of_instruments():
    """60 % at 3 % and 40 % at 5 %: 3.8 %; risk 0.2 above usual x 0.1 = 2 points; the filter half a point: 6.3 %."""
    assert loan_offers.new_loan_rate(
        concessional_share=0.6,
        preferential=0.03,
        commercial=0.05,
        risk=0.3,
        usual_risk=0.3,
        risk_spread=0.1,
        filter_spread=0.0,
    ) == pytest.approx(0.038)
    assert loan_offers.new_loan_rate(
        concessional_share=0.6,
        preferential=0.03,
        commercial=0.05,
        risk=0.5,
        usual_risk=0.3,
        risk_spread=0.1,
        filter_spread=0.005,
    ) == pytest.approx(0.063)


def test_new_loan_rate_is_never_negative():
    """3.8 % less 0.8 x 0.1 of risk below usual would be -4.2 %."""
    assert (
        loan_offers.new_loan_rate(
            concessional_share=0.6,
            preferential=0.03,
            commercial=0.05,
            risk=0.1,
            usual_risk=0.9,
            risk_spread=0.1,
            filter_spread=0.0,
        )
        == 0.0
    )


def test_pledged_by_hand():
    """900 expected, 30 % of pledges realized: 3,000; swell 0.5 x partnership 0.6: x 1.3; exp(0.4 - 0.08) = 1.377128."""
    assert loan_offers.pledged(
        commitments=900.0, realization=0.3, swell=0.5, partnership=0.6, spread=0.0, noise=1.0
    ) == pytest.approx(3900.0)
    assert loan_offers.pledged(
        commitments=900.0, realization=0.3, swell=0.5, partnership=0.6, spread=0.4, noise=1.0
    ) == pytest.approx(5370.798, abs=1e-3)


@pytest.mark.parametrize("spread", [0.0, 0.8, 1.2])
def test_pledged_has_the_same_mean_whatever_its_spread(spread):
    noise = np.random.default_rng(1).standard_normal(100_000)
    assert loan_offers.pledged(
        commitments=900.0, realization=0.3, swell=0.5, partnership=0.6, spread=spread, noise=noise
    ).mean() == pytest.approx(3900.0, rel=0.02)
