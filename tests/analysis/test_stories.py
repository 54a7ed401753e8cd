"""Story lines: real futures, one near each corner of the fans, whatever their units and order."""

import numpy as np
import pytest
import xarray as xr

from sinobel.analysis.stories import CORNERS, LEAST, WEIGHTS, stories
from sinobel.reporting.words import stories as words
from sinobel.reporting.words.wording import plain

UNITS = {"potash_contract_price": "USD/t CFR", "balance_with_china": "USD mn a year", "debt_to_china": "USD mn"}


def yearly(values):
    """Indicator -> (scenario, draw, year) of one scenario and year."""
    return {
        name: xr.DataArray(
            np.asarray(each, float)[None, :, None],
            dims=("scenario", "draw", "year"),
            coords={"scenario": ["a"], "year": [2030]},
            attrs={"units": UNITS[name]},
        )
        for name, each in values.items()
    }


def cube(steps=5):
    """Futures on a grid: every place of one indicator with every place of the others."""
    grid = np.stack([each.ravel() for each in np.meshgrid(*[np.arange(steps)] * 3, indexing="ij")])
    return dict(zip(WEIGHTS, grid, strict=True))


def test_each_story_is_the_future_at_a_corner():
    values = cube()
    found = stories(yearly(values), "a", 2030)
    sides = [tuple(1 if place > 0.5 else -1 for place in corner) for corner in CORNERS]
    assert [tuple(story.sides.values()) for story in found] == sides
    for story in found:
        assert story.values == {name: float(each[story.draw]) for name, each in values.items()}


def test_units_and_the_order_of_draws_do_not_matter():
    values = cube()
    first = [story.draw for story in stories(yearly(values), "a", 2030)]
    scaled = {name: 1000.0 * np.exp(each) for name, each in values.items()}
    assert [story.draw for story in stories(yearly(scaled), "a", 2030)] == first
    order = np.random.default_rng(3).permutation(125)
    moved = {name: each[order] for name, each in values.items()}
    told = stories(yearly(moved), "a", 2030)
    assert [tuple(story.sides.values()) for story in told] == [
        tuple(story.sides.values()) for story in stories(yearly(values), "a", 2030)
    ]


def test_a_heavier_indicator_is_met_more_closely():
    rng = np.random.default_rng(1)
    values = dict(zip(WEIGHTS, rng.normal(size=(3, 60)), strict=True))
    heavy = {**WEIGHTS, "debt_to_china": 100.0}
    ranks = values["debt_to_china"].argsort().argsort() / 59

    def miss(weights):
        found = stories(yearly(values), "a", 2030, weights)
        return sum(abs(ranks[story.draw] - corner[2]) for story, corner in zip(found, CORNERS, strict=True))

    assert miss(heavy) < miss(WEIGHTS)


def test_no_future_is_told_twice_and_what_is_no_number_is_none():
    values = cube(4)
    values["debt_to_china"] = np.where(values["debt_to_china"] == 3, np.nan, values["debt_to_china"])
    found = stories(yearly(values), "a", 2030)
    assert len({story.draw for story in found}) == len(found) == 4
    assert not any(np.isnan(list(story.values.values())).any() for story in found)


@pytest.mark.parametrize(
    "values", [{"debt_to_china": np.arange(50.0)}, {name: np.arange(LEAST - 1) for name in WEIGHTS}]
)
def test_where_there_is_too_little_no_story_is_told(values):
    assert stories(yearly(values), "a", 2030) == []


def test_two_indicators_have_four_corners():
    values = {name: each for name, each in cube().items() if name != "debt_to_china"}
    assert {tuple(story.sides.values()) for story in stories(yearly(values), "a", 2030)} == {
        (1, 1),
        (1, -1),
        (-1, 1),
        (-1, -1),
    }


def test_a_story_is_named_by_what_it_is_with_its_numbers():
    data = yearly({name: 100.0 * (each - 2) for name, each in cube().items()})
    first, *others = words.told(stories(data, "a", 2030), data, 2030)
    assert first.name == "Dear potash, narrow trade gap, low debt"
    assert plain(first.sentence).startswith("2030: potash at ")
    assert "a trade surplus of" in plain(first.sentence)
    assert len({each.name for each in (first, *others)}) == 4
