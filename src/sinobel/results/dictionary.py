"""The part of a folder's README that tells what stands in its datasets and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch

from sinobel.analysis.coverage import FollowedRow
from sinobel.analysis.rows import meanings
from sinobel.analysis.rule_shares import HeldRow
from sinobel.analysis.summary import SummaryRow
from sinobel.inputs.indicators import all_indicators
from sinobel.reporting.tables.iamc import IamcRow
from sinobel.runs.trajectories import BANDS

DIMENSIONS = {
    "annual.nc": "scenario, draw, year",
    "monthly-bands.nc": f"scenario, band ({', '.join(BANDS)}), time (first day of the month)",
    "monthly-examples.nc": "scenario, draw (the first ones), time (first day of the month)",
    "monthly-*.nc": "draw, time (first day of the month)",
}
COLUMNS_OF = {
    "summary.csv": meanings(SummaryRow),
    "annual.csv": {"draw": "number of the future; the same in every scenario", "value": "value in that future"},
    "annual.parquet": {"draw": "number of the future; the same in every scenario", "value": "value in that future"},
    "what-followed.csv": meanings(FollowedRow),
    "attribution.csv": {
        "since": "year whose values are compared with those of `year`, where scenarios are split in time",
        "by": "what the change is split by",
        "channel": "part of the change; parts add up to the total in every draw, so their means do and medians do not",
    },
    "money.csv": {
        "loan": "loan, or group of loans",
        "title": "what the loan paid for",
        "sector": "sector of one loan, with the share of futures of each where they differ",
        "instrument": "instrument of one loan, likewise",
        "stage": "stage in the life of a loan: where the money went, what came back, whose projects fail, its terms",
        "item": "what the money went to or came from",
        "to_origin": "part of the mean that lies before the origin and is of the record",
        "usd_mn": "mean over draws in million USD",
        "signed_usd_mn": "mean amount signed, million USD",
        "signed_in": "share of draws in which something was signed; the other columns are of those",
    },
    "rules-held.csv": meanings(HeldRow),
    "iamc.csv": meanings(IamcRow),
}


def columns_of(files: Iterable[str], common: Mapping[str, str]) -> dict[str, str]:
    """Meanings of the columns of all tables of a folder, in the order of first mention."""
    columns = dict(common)
    for name in files:
        columns.update(COLUMNS_OF.get(name, {}))
    return columns


def dataset_lines(files: Iterable[str]) -> list[str]:
    """Sections of the README on dimensions and variables of the datasets."""
    lines = [
        "",
        "Datasets (netCDF, CF conventions 1.8) have one variable per indicator, with `unit`, `units` (the same for "
        "programs: dollars are a number such as 1e6, as UDUNITS knows no currency), `long_name`, `kind`, `annual` and "
        "`source`; their attribute `manifest` tells what made them.",
        "",
        "| dataset | dimensions |",
        "| --- | --- |",
    ]
    for name in files:
        pattern = next((each for each in DIMENSIONS if fnmatch(name, each)), None)
        if pattern:
            lines.append(f"| `{name}` | {DIMENSIONS[pattern]} |")
    lines += ["", "Indicators, as variables of the datasets and in the column `indicator`:", ""]
    lines += [
        "| indicator | meaning | unit of a year | unit of a month | a year is |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {each.name} | {each.label} | {each.yearly_unit} | {each.monthly_unit} | {each.annual} |"
        for each in all_indicators().values()
    ]
    return lines
