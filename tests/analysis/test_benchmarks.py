"""Naive forecasts that start from what was known: against those that know years alone, and on series with known ends."""

import numpy as np
import pytest

from sinobel.analysis import scores
from sinobel.analysis.benchmarks import GROWING, LAST_PRICE, STILL, Walk, season

RANDOM = np.random.default_rng(7)
YEARS = dict(zip(range(1995, 2016), 100 * np.exp(np.cumsum(RANDOM.normal(0.05, 0.1, 21))), strict=True))


@pytest.mark.parametrize(
    ("walk", "kind"),
    [
        (GROWING, "random walk with drift in logs"),
        (STILL, "random walk"),
        (LAST_PRICE, "random walk in logs"),
        (Walk(drift=True, logs=False, words=""), "random walk with drift"),
    ],
)
@pytest.mark.parametrize("horizon", [1, 3])
def test_with_nothing_known_but_years_it_is_the_naive_forecast_of_years(walk, kind, horizon):
    assert walk.forecast(YEARS, YEARS, 2015, horizon) == pytest.approx(scores.naive(kind, YEARS, horizon), rel=1e-9)


def test_it_starts_where_the_year_ended_and_errs_as_it_erred_from_there():
    """Each year is worth what December before it said, within a thousandth: so is the next one."""
    values = {year: value for year, value in YEARS.items() if year <= 2014}
    starts = {year: YEARS[year + 1] * (1.001 if year % 2 else 0.999) for year in range(1995, 2015)}
    found = STILL.forecast(values, starts, 2014, 1)
    assert scores.crps(found, YEARS[2015]) < 0.001 * YEARS[2015]
    assert scores.crps(STILL.forecast(values, values, 2014, 1), YEARS[2015]) > 0.01 * YEARS[2015]


def test_further_years_add_the_changes_of_years():
    calm = {year: YEARS[year + 1] for year in range(1995, 2015)}
    one, three = (np.log(LAST_PRICE.forecast(YEARS, calm, 2014, horizon)) for horizon in (1, 3))
    yearly = np.diff(np.log([YEARS[year] for year in range(1995, 2016)]))
    assert one.std() < 1e-9
    assert three.std() == pytest.approx(np.sqrt(2 * np.mean(yearly**2)), rel=0.1)


@pytest.mark.parametrize(
    "years", [{2013: 1.0, 2014: 2.0, 2015: 3.0}, {2011: 1.0, 2012: 2.0, 2013: 2.0, 2014: 3.0, 2016: 4.0}]
)
def test_with_too_short_a_past_or_none_at_the_origin_there_is_none(years):
    assert GROWING.forecast(years, {year: value for year, value in years.items() if year <= 2015}, 2015, 1) is None


def test_a_jump_across_a_gap_is_no_change_of_a_year():
    whole = {year: (100.0 if year < 2006 else 900.0) + year % 2 for year in range(2000, 2016)}
    gap = {year: value for year, value in whole.items() if year != 2006}
    assert np.ptp(STILL.forecast(whole, whole, 2015, 1)) > 1000
    assert np.ptp(STILL.forecast(gap, gap, 2015, 1)) < 30


def test_the_season_of_a_quarter_is_its_level_over_that_of_its_time():
    """Three in the last quarter and one else, 1.5 on average of any twelve months: 2 and 2/3; growth is no season."""
    every = [(year, month) for year in range(2009, 2013) for month in range(1, 13)]
    seasonal = {(year, month): 1.0 + 2.0 * (month > 9) for year, month in every}
    assert season(seasonal, 2011, 10, 12, 2) == pytest.approx(2.0)
    assert season(seasonal, 2011, 1, 3, 2) == pytest.approx(2 / 3)
    growing = {(year, month): 100.0 + 12 * year + month for year, month in every}
    assert season(growing, 2011, 10, 12, 2) == pytest.approx(1.0)
    assert season(seasonal, 2012, 10, 12, 2) is None  # the year around its December ends in 2013
