"""Circumstances are sorted by how they go with an outcome, and thirds are thirds."""

import numpy as np
import pytest
import xarray as xr

from sinobel.analysis import circumstances


def variable(values):
    return xr.DataArray(
        np.stack([values, values])[None].transpose(0, 2, 1),
        {"scenario": ["base"], "draw": np.arange(len(values)), "year": [2017, 2018]},
        ("scenario", "draw", "year"),
        attrs={"units": "USD"},
    )


def test_the_strongest_circumstance_comes_first_and_thirds_hold_its_ends():
    random = np.random.default_rng(1)
    strong, weak = random.normal(size=900), random.normal(size=900)
    outcome = np.exp(2 * strong)  # far from linear: ranks do not mind
    rows = circumstances.rows(
        {"weak": variable(weak), "strong": variable(strong)}, outcome, "base", 2018, ["weak", "strong", "absent"]
    )
    assert [row["circumstance"] for row in rows] == ["strong", "weak"]
    assert rows[0]["rank_correlation"] == pytest.approx(1.0)
    assert abs(rows[1]["rank_correlation"]) < 0.1
    low = outcome[strong <= np.quantile(strong, 1 / 3)]
    assert rows[0]["outcome_low"] == pytest.approx(np.median(low))
    assert rows[0]["outcome_low"] < rows[0]["outcome_high"]


def test_what_does_not_vary_goes_with_nothing():
    assert circumstances.rank_correlation(np.zeros(5), np.arange(5.0)) == 0.0
