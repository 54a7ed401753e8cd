"""Two versions compared: known ratios, pairs, chance."""

import numpy as np
import pytest

from sinobel.analysis.acceptance import compare

SERIES, ORIGINS = ("gdp", "reserves", "debt_to_china"), range(2008, 2016)


def table(of, series=SERIES, origins=ORIGINS):
    return [
        {"series": name, "origin": origin, "crps": of(name, origin), "pit": 0.5}
        for name in series
        for origin in origins
    ]


def base(name, origin):
    """Scores of very different sizes; some years are hard for all series."""
    return {"gdp": 5000.0, "reserves": 600.0, "debt_to_china": 40.0}.get(name, 1.0) * (
        3.0 if origin in (2008, 2014) else 1.0
    )


def test_a_version_against_itself_is_one_without_doubt():
    found = compare(table(base), table(base), 1)
    assert (found.mean, found.low, found.high, found.alone) == (1, 1, 1, 0)
    assert not found.worse


def test_ratios_are_of_series_whatever_their_size_and_their_mean_is_geometric():
    better = {"gdp": 0.5, "reserves": 2.0, "debt_to_china": 0.125}
    found = compare(table(lambda name, origin: better[name] * base(name, origin)), table(base), 1)
    assert {row.series: row.ratio for row in found.rows} == pytest.approx(better)
    assert found.mean == pytest.approx(0.5)
    assert found.low == pytest.approx(0.5)  # hard years are hard for both
    assert found.worst.series == "reserves"
    assert [row.series for row in found.worse] == ["reserves"]
    assert "worst reserves 2.000; 1 series worse" in found.lines[0]


def test_one_lucky_year_is_not_beyond_chance_and_gains_in_all_years_are():
    def lucky(name, origin):
        return base(name, origin) * (0.5 if origin == 2014 else 1.02)

    def steady(name, origin):
        return base(name, origin) * np.random.default_rng(origin).uniform(0.6, 0.95)

    assert compare(table(lucky), table(base), 1).high > 1
    assert compare(table(steady), table(base), 1).high < 1


def test_only_forecasts_that_both_made_are_compared():
    mine, theirs = table(base), table(base, series=("gdp", "other"), origins=range(2010, 2016))
    found = compare(mine, theirs, 1)
    assert [(row.series, row.forecasts) for row in found.rows] == [("gdp", 6)]
    assert found.alone == 3 * 8 - 6 + 6
    assert compare(mine, table(base, series=("other",), origins=[]), 1) is None


def test_a_series_that_few_origins_have_does_not_stop_the_comparison():
    rows = table(base, series=("gdp",)) + table(base, series=("reserves",), origins=[2015])
    found = compare([{**row, "crps": row["crps"] / 2} for row in rows], rows, 1)
    assert found.mean == found.high == pytest.approx(0.5)
