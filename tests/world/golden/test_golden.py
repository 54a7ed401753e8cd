"""The baseline gives the numbers it gave when it was last looked at.

A change of the model shows here first. When it is meant, `python -m tests.world.golden.test_golden` writes the table anew, and
the difference belongs into the commit.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

import sinobel

TABLE = Path(__file__).with_name("baseline.csv")
YEARS = (2017, 2020, 2025, 2030)
NAMES = (
    "exports_to_china",
    "imports_from_china",
    "tied_imports",
    "potash_contract_price",
    "potash_volume_to_china",
    "loan_disbursements",
    "debt_to_china",
    "net_transfer_from_china",
    "reserves",
    "external_public_debt",
    "gdp",
    "exports_to_russia",
    "russian_energy_subsidy",
    "debt_to_gdp",
)


def rows():
    yearly = sinobel.annual(sinobel.run("baseline", draws=200, seed=2017, indicators=NAMES))
    for name in NAMES:
        for year in YEARS:
            low, middle, high = np.quantile(yearly[name].sel(year=year), (0.1, 0.5, 0.9))
            yield {"indicator": name, "year": year, "p10": low, "p50": middle, "p90": high}


def test_the_baseline_is_what_it_was():
    with open(TABLE, newline="") as stream:
        expected = list(csv.DictReader(stream))
    found = list(rows())
    assert len(found) == len(expected)
    for mine, theirs in zip(found, expected, strict=True):
        assert (mine["indicator"], str(mine["year"])) == (theirs["indicator"], theirs["year"])
        for level in ("p10", "p50", "p90"):
            assert mine[level] == pytest.approx(float(theirs[level]), rel=2e-5, abs=2e-5), mine


if __name__ == "__main__":
    with open(TABLE, "w", newline="") as stream:
        writer = csv.DictWriter(stream, ["indicator", "year", "p10", "p50", "p90"])
        writer.writeheader()
        writer.writerows({**row, **{level: f"{row[level]:.7g}" for level in ("p10", "p50", "p90")}} for row in rows())
