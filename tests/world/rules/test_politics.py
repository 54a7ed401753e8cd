"""Rules of politics against values by hand: indices from 0 to 1 and the support that hangs on them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.world.rules import politics

INDEX = st.floats(0, 1)


def test_toward_closes_its_speed_of_the_gap_in_a_year():
    """From 0.2 to 0.6 at 36 % a year: 0.6 - 0.4 x 0.64 = 0.344 after twelve months."""
    level = 0.2
    for _ in range(12):
        level = politics.toward(level=level, target=0.6, speed=0.36)
    assert level == pytest.approx(0.344)


def test_toward_stays_an_index():
    """A target far outside draws the index to its end and no further."""
    assert politics.toward(level=0.9, target=np.array([9.0, -90.0]), speed=0.36) == pytest.approx([1.0, 0.0])


def quiet(level=0.4, eu_turn=0.0, china_turn=0.0, technology=0.0, noise=0.0):
    """Tension with a resting level of 0.4 that decays over two years."""
    return politics.tension(
        level=level,
        resting=0.4,
        years=2.0,
        eu_turn=eu_turn,
        eu_weight=0.5,
        china_turn=china_turn,
        china_weight=0.25,
        technology=technology,
        technology_weight=0.3,
        noise=noise,
    )


def test_tension_decays_from_both_sides():
    """After 24 months exp(-1) of the gap is left: 0.4 + 0.4 x 0.367879 = 0.547152 and 0.4 - 0.3 x 0.367879 = 0.289636."""
    level = np.array([0.8, 0.1])
    for _ in range(24):
        level = quiet(level)
    assert level == pytest.approx([0.547152, 0.289636], abs=1e-6)


def test_tension_rises_with_turns_away_from_moscow_and_more_with_the_european_one():
    """A turn of 0.2: to the EU 0.5 x 0.2 = 0.1, to China 0.25 x 0.2 = 0.05, both 0.15; turning back soothes nobody."""
    assert quiet(eu_turn=0.2) == pytest.approx(0.5)
    assert quiet(china_turn=0.2) == pytest.approx(0.45)
    assert quiet(eu_turn=0.2, china_turn=0.2) == pytest.approx(0.55)
    assert quiet(eu_turn=-0.2, china_turn=-0.2) == pytest.approx(0.4)


def test_tension_counts_technology_by_the_year():
    """0.8 more military transfer for a year with weight 0.3: 0.24 a year, 0.02 this month; noise comes on top."""
    assert quiet(technology=0.8) == pytest.approx(0.42)
    assert quiet(technology=0.8, noise=-0.05) == pytest.approx(0.37)


def test_tension_stays_an_index():
    assert quiet(noise=np.array([5.0, -5.0])) == pytest.approx([1.0, 0.0])


def test_support_retaliation_sharpens_losses_and_rewards_nothing():
    """Reaction 1: 0.2 below usual gives 1.2 whatever the retaliation, 0.2 above loses 0.2, three times that when hard."""
    tension = np.array([0.2, 0.4, 0.6])
    mild, hard = (
        politics.support(tension=tension, usual_tension=0.4, reaction=1.0, retaliation=retaliation, largest=1.5)
        for retaliation in (1.0, 3.0)
    )
    assert mild == pytest.approx([1.2, 1.0, 0.8])
    assert hard == pytest.approx([1.2, 1.0, 0.4])


def test_support_lies_between_nothing_and_half_as_much_again():
    """Reaction 2 with retaliation 2: 1 - 2 x 2 x 0.6 is below 0; 1 + 2 x 0.4 = 1.8 is above the cap of 1.5."""
    assert politics.support(
        tension=np.array([1.0, 0.0]), usual_tension=0.4, reaction=2.0, retaliation=2.0, largest=1.5
    ) == pytest.approx([0.0, 1.5])


def test_eu_access_target_falls_with_each_degree_of_sanctions():
    """Open 0.5 + 0.3 x 0.5 offered + 0.1 x 1 effort = 0.75; political sanctions hold 0.2; extended ones shut everything."""
    access = politics.eu_access_target(
        sanctions=np.array([0, 1, 2]),
        closed_level=0.2,
        open_level=0.5,
        market_access=0.5,
        access_gain=0.3,
        rapprochement=1.0,
        effort_gain=0.1,
    )
    assert access == pytest.approx([0.75, 0.2, 0.0])


def test_eu_access_target_stays_an_index():
    """0.5 + 0.3 x 3 = 1.4 is full access, 0.5 - 0.3 x 3 is none."""
    assert politics.eu_access_target(
        sanctions=0,
        closed_level=0.2,
        open_level=0.5,
        market_access=np.array([3.0, -3.0]),
        access_gain=0.3,
        rapprochement=0.0,
        effort_gain=0.1,
    ) == pytest.approx([1.0, 0.0])


def test_partnership_target_rests_on_technology_and_money():
    """0.4 + 0.2 x 0.5 + 0.3 x 0.6 = 0.68; never beyond an index."""
    assert politics.partnership_target(
        resting=0.4, technology=0.5, technology_gain=0.2, tied_money=0.6, money_gain=0.3
    ) == pytest.approx(0.68)
    assert politics.partnership_target(
        resting=0.4, technology=np.array([9.0, -9.0]), technology_gain=0.2, tied_money=0.0, money_gain=0.3
    ) == pytest.approx([1.0, 0.0])


def test_reform_target_slips_in_a_recession_alone():
    """Stance 0.8, slip 0.05: a fall of 4 % leaves 0.8 x (1 - 0.2) = 0.64; growth adds nothing; a fall of 30 % leaves none."""
    target = politics.reform_target(stance=0.8, growth=np.array([4.0, 0.0, -4.0, -30.0]), slip=0.05)
    assert target == pytest.approx([0.8, 0.8, 0.64, 0.0])
    assert politics.reform_target(stance=1.2, growth=4.0, slip=0.05) == 1.0


def test_dependence_is_the_mean_of_three_shares_less_autonomy():
    """(0.3 + 0.6 + 0.9) / 3 = 0.6, less 0.1 is 0.5."""
    assert politics.dependence(trade_share=0.3, debt_share=0.6, special_share=0.9, autonomy=0.1) == pytest.approx(0.5)


def test_dependence_counts_the_special_share_from_nothing_to_whole():
    """A subsidy of twice a tenth of GDP counts as 1: (0.3 + 0.6 + 1) / 3 = 0.6333; a negative one as 0: 0.3."""
    assert politics.dependence(
        trade_share=0.3, debt_share=0.6, special_share=np.array([2.0, -1.0]), autonomy=0.0
    ) == pytest.approx([1.9 / 3, 0.3])


def test_dependence_stays_an_index():
    assert politics.dependence(trade_share=0.1, debt_share=0.1, special_share=0.1, autonomy=0.4) == 0.0
    assert politics.dependence(trade_share=1.0, debt_share=1.0, special_share=1.0, autonomy=-0.1) == 1.0


@settings(max_examples=25)
@given(trade=INDEX, debt=INDEX, special=INDEX, more=st.floats(0, 0.5))
def test_dependence_rises_with_every_share(trade, debt, special, more):
    before = politics.dependence(trade_share=trade, debt_share=debt, special_share=special, autonomy=0.1)
    for shares in ((trade + more, debt, special), (trade, debt + more, special), (trade, debt, special + more)):
        assert (
            politics.dependence(
                **dict(zip(("trade_share", "debt_share", "special_share"), shares, strict=True)), autonomy=0.1
            )
            >= before
        )


def test_sanctions_after_crackdown_start_anew_and_run_out():
    """Two years are 24 months; without a crackdown a month passes, and never below none."""
    left = politics.sanctions_after_crackdown(
        months_left=np.array([0.0, 0.5, 5.0, 5.0]), crackdown=np.array([False, False, False, True]), years=2.0
    )
    assert left == pytest.approx([0.0, 0.0, 4.0, 24.0])
