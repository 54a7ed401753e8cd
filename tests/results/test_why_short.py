"""The year that a split of a finished folder explains where none is asked for, and its sentence."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from sinobel.analysis import attribution
from sinobel.analysis.moving import moved_most
from sinobel.reporting.tables import flows
from sinobel.results import why

YEARS = [2017, 2018, 2019]


def yearly(*changes):
    """A reference of zero and options with the given changes by year, in three futures."""
    values = np.array([np.zeros((3, 3)), *(np.tile(each, (3, 1)) for each in changes)])
    coordinates = {"scenario": ["base", *"ab"[: len(changes)]], "year": YEARS}
    return xr.DataArray(values, dims=("scenario", "draw", "year"), coords=coordinates)


def test_the_year_is_that_in_which_any_of_the_options_moves_most_either_way():
    assert moved_most(yearly([0.0, -5.0, 3.0]), ["a"], against="base") == 2018
    assert moved_most(yearly([0.0, -5.0, 3.0], [0.0, 0.0, 7.0]), ["a", "b"], against="base") == 2019
    assert moved_most(yearly([np.nan, np.nan, 1.0]), ["a"], against="base") == 2019


def test_a_change_in_time_is_counted_from_its_year_on():
    """Not from zero: 2018 lies furthest from 2017, and of the later years 2019 furthest from 2018."""
    assert moved_most(yearly([9.0, -5.0, 8.0]), ["a"], since=2017) == 2018
    assert moved_most(yearly([9.0, -5.0, 8.0]), ["a"], since=2018) == 2019


def test_where_nothing_moves_there_is_no_such_year_and_it_is_said():
    assert moved_most(yearly([0.0, 0.0, 0.0]), ["a"], against="base") is None
    found = why.year_explained({"gdp": yearly([0.0, 0.0, 0.0])}, "gdp", ["a"], [], against="base")
    assert found == why.Year(2019, "In no year is there a median change of GDP at current dollars; 2019 is told.")


def test_the_reason_of_a_year_is_told():
    annual = {"gdp": yearly([1.0, -5.0, 3.0], [0.0, 0.0, 2.0])}
    called = "GDP at current dollars"
    assert why.year_explained(annual, "gdp", ["a"], [], against="base") == why.Year(
        2018, f"2018 is the year in which the change of {called} against base is largest."
    )
    both = why.year_explained(annual, "gdp", ["a", "b"], [], against="base").reason
    assert (
        both
        == f"2018 is the year in which the change of {called} against base is largest under any of these scenarios."
    )
    assert why.year_explained(annual, "gdp", ["b"], [], since=2017) == why.Year(
        2019, f"2019 is the year in which the change of {called} since 2017 is largest."
    )
    assert why.year_explained(annual, "gdp", ["a"], [2016, 2019], against="base") == why.Year(
        2019, "2019 is the first year that was asked about."
    )
    assert why.year_explained(annual, "gdp", ["a"], [2017, 2019], since=2017).value == 2019


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


def test_a_split_is_told_by_the_channels_that_carry_most_of_it_and_by_what_offsets_them(split):
    assert why.in_short(split) == (
        "Lower by 172 mn USD in the mean, mostly through potash price (−200 mn USD) and income (−20 mn USD), "
        "partly offset by tied imports (+50 mn USD)."
    )


def test_a_small_sum_of_large_causes_names_the_largest_of_either_sign(split):
    means = {"services": 20.0, "ordinary imports": 1400.0, "tied imports": -3900.0, "public borrowing": 5500.0}
    means |= {"the rest": -2978.0, "income": -1.0}
    channels = {name: np.array([mean, mean]) for name, mean in means.items()}
    told = why.in_short(replace(split, channels=channels, total=sum(channels.values())))
    assert told == (
        "Higher by 41 mn USD in the mean, mostly through public borrowing (+5.5 bn USD) and ordinary imports "
        "(+1.4 bn USD), partly offset by tied imports (−3.9 bn USD) and the rest (−3.0 bn USD)."
    )


def test_what_offsets_little_is_not_named(split):
    channels = {"potash price": np.array([-200.0, -200.0]), "tied imports": np.array([19.0, 19.0])}
    told = why.in_short(replace(split, channels=channels, total=sum(channels.values())))
    assert told == "Lower by 181 mn USD in the mean, mostly through potash price (−200 mn USD)."


def test_causes_that_move_nothing_in_any_future_are_counted_not_listed(split):
    """What rounding leaves of differences of large numbers is nothing as well; what moves in one future is told."""
    noise, rare = np.array([0.0, 1e-10]), np.array([0.0, 1e-3])
    more = replace(split, channels={**split.channels, "noise": noise, "rare": rare})
    told = [row[0] for row in flows.channel_rows(more)]
    assert told == ["potash price", "tied imports", "income", "services", "rare", "total"]
    assert flows.still_in_words(more) == "1 cause moves nothing in any future."
    both = replace(more, channels=more.channels | {"none": np.zeros(2)})
    assert flows.still_in_words(both) == "2 causes move nothing in any future."
    assert flows.still_in_words(split) == ""
    assert [row[0] for row in flows.channel_numbers(both)][-4:] == ["noise", "rare", "none", "total"], "data keep all"
    still = replace(split, channels={"a": np.zeros(2), "b": np.zeros(2)}, total=np.zeros(2))
    assert flows.still_in_words(still) == "2 causes move nothing in any future."
    assert why.in_short(still) == ""


def test_a_channel_of_less_than_a_hundredth_is_not_named(split):
    small = {"potash price": np.array([-200.0, -200.0]), "income": np.array([-1.0, -1.0])}
    told = why.in_short(replace(split, channels=small, total=sum(small.values())))
    assert told == "Lower by 201 mn USD in the mean, mostly through potash price (−200 mn USD)."


def test_numbers_for_programs_are_numbers(split):
    first, *_, last = flows.channel_numbers(split)
    assert len(first) == len(flows.CHANNEL_NUMBERS)
    assert first[:4] == ["potash price", 2018, "USD mn a year", -200.0]
    assert last[0] == "total"
    assert last[3] == -172.0
    assert all(isinstance(each, float) for each in first[3:])


def test_money_for_programs_has_none_where_there_is_no_number():
    row = {"stage": "terms", "item": "cost", "unit": "percent", "mean": 6.54321987, "p10": "", "p90": float("nan")}
    assert flows.story_numbers([row]) == [["terms", "cost", "percent", 6.54322, None, None, None, None]]
