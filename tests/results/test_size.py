"""What a folder will hold is told before anything is written, and is about what it then holds."""

import pytest

from sinobel.policies.scenarios import tried
from sinobel.results import run_folder, size
from sinobel.runs.request import request_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A finished run with months and every long table."""
    request = request_for(tried(["baseline"]), 400, 1, "2016-12", "2026-12")
    out = tmp_path_factory.mktemp("sizes") / "r"
    run_folder.produce(request, out, formats=("nc", "csv", "parquet"), keep="months", charts=False)
    return request, out


def test_the_estimate_is_about_what_is_written(folder):
    request, out = folder
    found = size.expected(request, "months", ("nc", "csv", "parquet"))
    for name, what in (
        ("annual.nc", f"{size.YEARS} (nc)"),
        ("annual.csv", f"{size.YEARS} (csv)"),
        ("annual.parquet", f"{size.YEARS} (parquet)"),
        ("monthly-0-baseline.nc", size.MONTHS),
    ):
        assert found[what] == pytest.approx((out / name).stat().st_size, rel=0.35), name


def test_only_what_is_large_is_told():
    few = request_for(tried(["baseline"]), 200, 1, "2016-12", "2020-12")
    many = request_for(tried(["baseline", "untied-finance"]), 100_000, 1, "2016-12", "2030-12")
    assert not size.in_words(few, "months", ("nc", "csv"))
    assert not size.in_words(many, "bands", ("nc",))
    told = size.in_words(many, "months", ("nc", "csv"))
    assert told.startswith("About ")
    assert told.index("(csv)") < told.index("months of every future") < told.index("(nc)"), "the largest first"
