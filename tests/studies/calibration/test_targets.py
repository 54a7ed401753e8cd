"""What the posterior must reproduce: figures as quantities of the model, and the record year by year."""

import csv
from pathlib import Path

import numpy as np
import pytest

import sinobel
from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.recorded import recorded_values
from sinobel.studies.calibration import targets

MODEL = Path(sinobel.__file__).parent.parent.parent / "model"


def test_every_figure_that_is_called_a_target_is_one_and_the_other_way_round():
    with open(MODEL / "evidence" / "figures.csv", newline="") as stream:
        called = {row["id"] for row in csv.DictReader(stream) if row["role"] == "target"}
    assert called == set(targets.all_figures())


def test_a_figure_is_made_of_its_windows():
    figure = targets.Figure(
        id="X",
        label="x",
        unit="%",
        value=50,
        error=0.1,
        scale=100,
        minus_one=True,
        top={"of": ["exports_to_china"], "period": "2016-01/2016-07"},
        bottom={"of": ["exports_to_china"], "less": ["tied_imports"], "period": "2015-01/2015-07"},
    )
    assert months.label(figure.origin) == "2014-12"
    exports = np.repeat(np.arange(1.0, 25.0)[:, None], 2, axis=1)
    found = figure.of({"exports_to_china": exports, "tied_imports": 0 * exports + 1}, figure.origin)
    assert found == pytest.approx([100 * (sum(range(13, 20)) / (sum(range(1, 8)) - 7) - 1)] * 2)
    assert figure.interval == pytest.approx((45, 55))


def test_a_window_adds_the_recorded_past_up_to_its_origin_and_no_further():
    figure = targets.all_figures()["F063"]
    nothing = {name: np.zeros((12, 1)) for name in figure.indicators}
    record = all_evidence().record
    expected = sum(
        reading.value
        for series in figure.top.recorded
        for year, reading in record.yearly(series).items()
        if 2005 <= year <= 2012
    )
    assert figure.of(nothing, figure.origin) == pytest.approx(expected / 1000)


def test_targets_of_an_origin_lie_in_the_year_after_it():
    for year in range(2008, 2016):
        found = targets.targets_after(12 * year + 11)
        assert {target.year for target in found} == {year + 1}
        assert {"exports_to_china", "imports_from_china", "loan_disbursements"} <= {target.name for target in found}
        assert all(target.error > 0 for target in found if target.value)


def test_the_contract_price_of_a_year_is_the_last_settled():
    prices = recorded_values()["potash_contract_price"]
    assert prices[2009] == 350
    assert prices[2012] == 400
    assert prices[2016] == 219
