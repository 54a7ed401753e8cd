"""Sizes are measured on paired futures, in the years and units that the expectations ask for."""

import numpy as np
import pytest

from sinobel.inputs import magnitudes as expectations
from sinobel.inputs.magnitudes import COLUMNS, Look, all_magnitudes
from sinobel.studies import magnitudes


def look(**what):
    return Look(
        **{"indicator": "gdp", "unit": "USD mn", "years": (2, 3), "read": "mean", "amount": "amount", "why": "w"} | what
    )


YEARS = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])


@pytest.mark.parametrize(
    ("what", "sees"),
    [
        ({}, [3, 30]),
        ({"years": (1, 3)}, [7 / 3, 70 / 3]),
        ({"read": "end"}, [4, 40]),
        ({"read": "end", "years": (2, 2)}, [2, 20]),
    ],
)
def test_seen(what, sees):
    np.testing.assert_allclose(magnitudes.seen(look(**what), YEARS), sees)


def test_difference_is_paired_and_rounding_is_none():
    changed = YEARS + np.array([[0, 0], [1, 0], [1, 1e-7]])
    np.testing.assert_array_equal(magnitudes.difference(look(), changed, YEARS), [1, 0])
    np.testing.assert_allclose(magnitudes.difference(look(amount="percent"), changed, YEARS), [100 / 3, 0])


def test_every_experiment_is_measured_against_the_baseline(monkeypatch):
    asked = all_magnitudes()
    some = {name: asked.experiments[name] for name in ("untied", "reform_with_eu")}
    few = expectations.Magnitudes(asked.looks, some, asked.digest)
    monkeypatch.setattr(magnitudes, "all_magnitudes", lambda: few)
    rows = magnitudes.measure(draws=8)
    assert [(row["experiment"], row["indicator"]) for row in rows] == [
        (name, seen) for name in some for seen in asked.looks
    ]
    assert all(list(row) == list(COLUMNS) for row in rows)
    balance = {row["experiment"]: float(row["p50"]) for row in rows if row["indicator"] == "balance_with_china"}
    assert balance["untied"] > 0, "goods that need not be bought in China improve the balance with it"
    assert {row["expectations"] for row in rows} == {asked.digest}
