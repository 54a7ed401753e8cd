"""Worth of a candidate project to its lender and to who signs, against values worked out by hand."""

import numpy as np
import pytest

from sinobel.world.rules import project_choice


def test_worth_to_banks():
    """A quarter too dear: 0.8 of goods at 1.25 hold 0.16 of rent; 1.05 back is 0.05."""
    worth = project_choice.worth_to_banks(tied_share=0.8, markup=0.25, service=1.05)
    assert worth == pytest.approx(0.16 + 0.05)


def state(**changed):
    """Worth to Minsk of a loan half tied, at 10 % elsewhere and 5 % of wear."""
    usual = {
        "tied_share": 0.5,
        "tied_weight": 0.1,
        "untied_weight": 0.6,
        "yields": 0.12,
        "failure": 0.5,
        "rate": 0.10,
        "wear": 0.05,
        "service": 0.8,
        "local_cost": 0.0,
    }
    return project_choice.worth_to_state(**usual | changed)


def test_worth_to_state():
    """0.35 of work at home; 0.12 a year with even odds, over 15 %, are 0.4; less 0.8 of service."""
    assert state() == pytest.approx(0.35 + 0.4 - 0.8)
    assert state(failure=1.0) == pytest.approx(0.35 - 0.8)
    assert state(tied_share=1.0) == pytest.approx(0.1 + 0.4 - 0.8)
    assert state(local_cost=0.2) == pytest.approx(0.35 + 0.4 - 0.8 - 0.2)


def test_part_chosen_is_all_that_is_usual_in_usual_conditions():
    worth = np.array([-3.0, -0.2, 0.0, 5.0])
    assert project_choice.part_chosen(worth=worth, usual=worth, spread=0.2, largest=3.0) == pytest.approx(1.0)


def test_part_chosen_falls_with_worth_and_doubles_at_most_where_half_were_chosen():
    part = project_choice.part_chosen(worth=np.array([-9.0, -0.2, 0.0, 9.0]), usual=0.0, spread=0.2, largest=3.0)
    assert part == pytest.approx([0.0, 2 / (1 + np.e), 1.0, 2.0], abs=1e-12)


def test_part_chosen_is_bounded_where_next_to_nothing_was_chosen_before():
    assert project_choice.part_chosen(worth=np.array([0.0]), usual=-900.0, spread=0.2, largest=3.0) == 3.0
