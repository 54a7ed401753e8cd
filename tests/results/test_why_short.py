"""The year that a split of a finished folder explains where none is asked for, and its sentence."""

import numpy as np
import pytest
import xarray as xr

from sinobel.analysis import attribution
from sinobel.reporting.tables import flows
from sinobel.results import why

YEARS = [2017, 2018, 2019]


def yearly(*changes):
    """A reference of zero and options with the given changes by year, in three futures."""
    values = np.array([np.zeros((3, 3)), *(np.tile(each, (3, 1)) for each in changes)])
    coordinates = {"scenario": ["base", *"ab"[: len(changes)]], "year": YEARS}
    return xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)


def test_the_year_is_that_in_which_any_of_the_options_moves_most_either_way():
    assert why.moved_most(yearly([0.0, -5.0, 3.0]), "base", ["a"]) == 2018
    assert why.moved_most(yearly([0.0, -5.0, 3.0], [0.0, 0.0, 7.0]), "base", ["a", "b"]) == 2019
    assert why.moved_most(yearly([np.nan, np.nan, 1.0]), "base", ["a"]) == 2019


@pytest.fixture
def split():
    channels = {
        "potash price": np.array([-300.0, -100.0]),
        "tied imports": np.array([50.0, 50.0]),
        "income": np.array([-10.0, -30.0]),
        "services": np.array([-1.0, -3.0]),
    }
    total = sum(channels.values())
    return attribution.Split(
        of="balance_with_china",
        by="channel",
        scenario="a",
        year=2018,
        unit="USD mn a year",
        channels=channels,
        total=total,
        against="base",
        since=None,
    )


def test_a_split_is_told_by_the_two_channels_that_carry_most_of_it(split):
    assert why.in_short(split) == (
        "Lower by 172 mn USD in the mean, mostly through potash price (−200 mn USD) and income (−20 mn USD)."
    )


def test_numbers_for_programs_are_numbers(split):
    first, *_, last = flows.channel_numbers(split)
    assert len(first) == len(flows.CHANNEL_NUMBERS)
    assert first[:3] == ["potash price", "USD mn a year", -200.0]
    assert last[0] == "total"
    assert last[2] == -172.0
    assert all(isinstance(each, float) for each in first[2:])


def test_money_for_programs_has_none_where_there_is_no_number():
    row = {"stage": "terms", "item": "cost", "unit": "percent", "mean": 6.54321987, "p10": "", "p90": float("nan")}
    assert flows.story_numbers([row]) == [["terms", "cost", "percent", 6.54322, None, None, None, None]]
