"""Rules of crude oil and its products against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import oil

BARRELS = 7.33  # a tonne


def test_money_worth_counts_the_barrels_of_a_kilotonne():
    """1,000 kt are 7.33 million barrels: at 50 dollars USD 366.5 mn."""
    assert oil.money_worth(volume=np.array([1000.0]), price=50.0) == pytest.approx([1000 * BARRELS * 50 / 1000])


def test_volume_worth_is_what_money_worth_undoes():
    """USD 366.5 mn at 50 dollars a barrel are 1,000 kt."""
    assert oil.volume_worth(money=np.array([366.5]), price=50.0) == pytest.approx([1000.0])


def test_discount_is_the_part_of_the_subsidy_that_falls_on_a_barrel():
    """60 % of USD 250 mn over 1,500 kt, 10.995 million barrels: 13.64 dollars; never more than the barrel costs."""
    found = oil.discount(subsidy=np.array([250.0, 0.0]), share=0.6, volume=1500.0, oil=50.0)
    assert found == pytest.approx([150 / (1.5 * BARRELS), 0.0])
    assert oil.discount(subsidy=250.0, share=0.6, volume=1500.0, oil=10.0) == pytest.approx(10.0)


def test_refining_margin_is_products_less_crude_and_cost():
    """Products at 1.02 of Brent at 50, crude at 50 less 14, cost of 3: 51 - 36 - 3 = 12; without discount -2."""
    assert oil.refining_margin(oil=50.0, product_value=1.02, discount=14.0, processing_cost=3.0) == pytest.approx(12.0)
    assert oil.refining_margin(oil=50.0, product_value=1.02, discount=0.0, processing_cost=3.0) == pytest.approx(-2.0)


def runs(margin, response=0.4):
    """With a usual margin of 12 dollars, 14 of them a discount."""
    return oil.wanted_runs(margin=np.array(margin), usual_margin=12.0, usual_discount=14.0, response=response)


def test_wanted_runs_fall_with_the_part_of_the_discount_that_is_lost():
    """As usual: 1. Without the discount of 14 the margin is -2 and 40 % go; with half of it 20 %; with twice it 40 % come."""
    assert runs([12.0, -2.0, 5.0, 26.0]) == pytest.approx([1.0, 0.6, 0.8, 1.4])
    assert runs([-100.0], response=1.0) == pytest.approx([0.0])


def test_wanted_runs_without_any_discount_to_lose_are_the_usual_ones():
    assert oil.wanted_runs(margin=-2.0, usual_margin=-2.0, usual_discount=0.0, response=0.4) == pytest.approx(1.0)


def test_crude_for_export_is_bounded_by_what_home_leaves_of_capacity():
    """1,000 x 0.6 x exp(0.1) = 663.1; 1,000 x 1.4 meets 1,900 - 600 = 1,300; no room, no export."""
    found = oil.crude_for_export(
        base=1000.0, runs=np.array([0.6, 1.4]), swing=np.array([0.1, 0.0]), home=600.0, capacity=1900.0
    )
    assert found == pytest.approx([663.10, 1300.0], abs=0.01)
    assert oil.crude_for_export(base=1000.0, runs=1.0, swing=0.0, home=2000.0, capacity=1900.0) == 0.0
