"""What naive forecasts start from: nothing later than the origin, less where it had not been published."""

from types import SimpleNamespace

import numpy as np
import pytest

from sinobel.analysis.benchmarks import GROWING, LAST_PRICE, STILL
from sinobel.inputs.evidence import Record, all_evidence
from sinobel.inputs.recorded import recorded_values
from sinobel.studies import benchmarks, next_year

ORIGIN = 2011


@pytest.fixture
def until(monkeypatch):
    """The record as if nothing after a month had ever been written, and yearly values until a year."""

    def cut(month, year):
        whole = all_evidence().record
        yearly = {
            name: {at: value for at, value in years.items() if at <= year} for name, years in recorded_values().items()
        }
        record = Record(
            {name: tuple(each for each in whole.readings(name) if each.end <= month) for name in whole.names}
        )
        monkeypatch.setattr(benchmarks, "all_evidence", lambda: SimpleNamespace(record=record))
        monkeypatch.setattr(benchmarks, "recorded_values", lambda: yearly)
        forget()

    yield cut
    monkeypatch.undo()
    forget()


def forget():
    for kept in (benchmarks._start_on, benchmarks._monthly_on):
        kept.cache_clear()


def all_forecasts(*, published):
    return {
        (name, horizon): benchmarks.forecast(name, ORIGIN, horizon, published=published)
        for name in next_year.all_series()
        for horizon in (1, 3)
    }


def same(one, other):
    for name, forecast in one.items():
        assert (forecast is None) == (other[name] is None), name
        if forecast is not None:
            assert np.array_equal(forecast, other[name]), name


def test_nothing_after_the_origin_enters(until):
    before = all_forecasts(published=False)
    assert sum(forecast is not None for forecast in before.values()) > 50
    until(12 * ORIGIN + 11, ORIGIN)
    same(before, all_forecasts(published=False))


def test_nothing_that_was_not_published_by_the_middle_of_december_enters(until):
    """Prices and roubles to November, trade to October, years to the one before; prices of the day are known."""
    of_the_day = {"potash_contract_price", "potash_spot_price"}
    before = {key: each for key, each in all_forecasts(published=True).items() if key[0] not in of_the_day}
    until(12 * ORIGIN + 10, ORIGIN - 1)
    after = all_forecasts(published=True)
    same(before, {key: after[key] for key in before})


def test_what_is_known_in_december_is_used(until):
    """The exchange rate halved in 2011, oil fell in 2014: a start from the year would not know."""
    values = recorded_values()
    assert benchmarks._start("gdp", 2011, False) < 0.9 * values["gdp"][2011]
    assert benchmarks._start("oil_price", 2014, False) < 0.7 * values["oil_price"][2014]
    assert benchmarks._start("total_exports", 2008, False) < 0.75 * values["total_exports"][2008]
    assert benchmarks._start("reserves", 2014, False) == values["reserves"][2014]
    assert benchmarks._start("reserves", 2014, True) == values["reserves"][2013]


@pytest.mark.parametrize(
    ("indicator", "walk"),
    [
        ("gdp", GROWING),
        ("reserves", GROWING),
        ("debt_to_china", GROWING),
        ("oil_price", GROWING),
        ("potash_contract_price", LAST_PRICE),
        ("balance_with_china", STILL),
        ("services_balance", STILL),  # never negative in the record, and yet a balance
        ("current_account", STILL),
        ("gdp_growth", STILL),
        ("debt_to_gdp", STILL),
    ],
)
def test_the_naive_forecast_is_fixed_by_what_a_series_is(indicator, walk):
    assert benchmarks.walk_of(indicator) is walk


def test_the_pace_of_a_quarter_is_what_the_year_would_be_if_it_went_on():
    """A last quarter twice as high as usual doubles the year, by which its season, 2 over 1.25, is told."""
    monthly = {(year, month): 1.0 + (month > 9) for year in range(2005, 2012) for month in range(1, 13)}
    monthly |= {(2011, month): 4.0 for month in (10, 11, 12)}
    season = 2 / 1.25
    assert benchmarks.pace(monthly, 2011, 2011, 12) == pytest.approx(4 / (21 / 12) / season)
    assert benchmarks.pace(monthly, 2011, 2010, 12) == pytest.approx(4 / 1.25 / season)
    assert benchmarks.pace(monthly, 2009, 2009, 12) is None  # too few years tell the season


def test_the_pace_of_a_quarter_holds_growth_within_the_year():
    """Trade that grows by 1 % a month, with a high last quarter: 4.5 months after the middle of the year, 4.5 % more."""
    monthly = {(y, m): 1.01 ** (12 * y + m - 24000) * (1.0 + (m > 9)) for y in range(2004, 2012) for m in range(1, 13)}
    assert benchmarks.pace(monthly, 2011, 2011, 12) == pytest.approx(1.045, abs=0.01)
    assert benchmarks.pace(monthly, 2011, 2010, 10) == pytest.approx(1.01**14.5, abs=0.01)
