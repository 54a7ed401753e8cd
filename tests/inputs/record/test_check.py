"""What `record check` tells: periods as a row may write them, and years without a contract or a loan."""

import pytest

import sinobel
from sinobel.inputs.added import read_added
from sinobel.inputs.reading import InputError
from sinobel.results import record_check
from tests.inputs.record.cut import invented
from tests.inputs.record.test_refusals import CONTRACT, HEADER, LOAN, folder_of, head

SERIES = "crop_price_index"


def row_of(period):
    return f"{SERIES},{period},0.7,ratio,a source,high,\n"


def without_crops(place):
    """A year of rows without the crop prices, which the record has by quarter."""
    for file in invented(place).iterdir():
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if not line.startswith(f"{SERIES},")), encoding="utf-8")
    return place


def test_a_period_that_is_missing_is_written_as_a_row_may_have_it(tmp_path):
    found = sinobel.record(without_crops(tmp_path / "mine"))
    periods = found.table().loc[SERIES, "missing"].split(", ")
    assert periods
    assert all("-Q" in period for period in periods)
    unit = found.table().loc[SERIES, "unit"]
    for period in periods:
        place = tmp_path / period
        place.mkdir()
        folder_of(place, economy=HEADER + row_of(period).replace("ratio", unit))
        assert read_added(place)
    folder_of(place, economy=HEADER + row_of("2017-03").replace("ratio", unit))
    with pytest.raises(InputError, match="is month, and the record has it by quarter"):
        read_added(place)


def test_years_without_a_contract_or_a_loan_are_told(tmp_path):
    place = invented(tmp_path / "mine")
    table = sinobel.record(place).table()
    for name in ("potash_contracts", "loans"):
        assert table.loc[name, "state"] == record_check.NONE_TAKEN
        assert table.loc[name, "missing"] == "2017, 2018"
    told = "\n".join(sinobel.record(place).verdicts)
    assert "No potash contract with China is in force in 2017 and 2018: taken as none" in told
    assert "No Chinese loan is signed in 2017 and 2018: taken as none" in told


def test_a_contract_and_a_loan_that_are_there_are_not_missed(tmp_path):
    place = invented(tmp_path / "mine")
    later = CONTRACT.replace("2017", "2018")
    contracts = f"{head('potash_contracts.csv')}{CONTRACT}\n{later}\n"
    folder_of(place, potash_contracts=contracts, loans=f"{head('loans.csv')}{LOAN}\n")
    found = sinobel.record(place)
    table = found.table()
    assert list(table.loc["potash_contracts", ["yours to", "rows", "state", "missing"]]) == ["2018-07", 2, "there", ""]
    assert list(table.loc["loans", ["yours to", "rows", "missing"]]) == ["2017-02", 1, "2018"]
    assert not any("potash contract" in line for line in found.verdicts)
