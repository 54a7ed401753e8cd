"""Data files of a results folder beside netCDF: long tables, the IAMC layout, an Excel book."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sinobel.inputs.reading import InputError, Problem, quoted

if TYPE_CHECKING:
    from sinobel import store
    from sinobel.reporting.result_data import ResultData

FORMATS = ("nc", "csv", "parquet", "iamc", "xlsx")
NEEDS = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}


def formats_of(text: str) -> list[str]:
    """Formats of a text such as "nc,csv".

    Raises
    ------
    InputError
        For an unknown one, or one whose library is not installed.
    """
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    wrong = [part for part in chosen if part not in FORMATS]
    if wrong or not chosen:
        raise InputError(
            Problem(
                f" {quoted(text)} is not allowed; choose from {', '.join(FORMATS)}, several with commas",
                argument="format",
            )
        )
    for form in chosen:
        if form in NEEDS and find_spec(NEEDS[form]) is None:
            message = f" {form} needs the extra `export`: pip install 'sinobel[export]'"
            raise InputError(Problem(message, argument="format"))
    return list(dict.fromkeys(chosen))


def export(run: store.Run, data: ResultData, formats: Sequence[str]) -> dict[str, str]:
    """Add the chosen formats to a folder; returns what each new file holds."""
    from sinobel.reporting.tables import iamc, tables

    files = {}
    for form in formats:
        if form in ("csv", "parquet"):
            run.add_long(data.annual, form)
            files[f"annual.{form}"] = "every indicator per scenario, draw and year as a long table"
        elif form == "iamc":
            run.add("iamc.csv", lambda: tables.to_csv(iamc.rows(data)))
            files["iamc.csv"] = "mean and quantiles in the IAMC layout: `pyam.IamDataFrame('iamc.csv')` reads it"
        elif form == "xlsx":
            from sinobel.reporting.workbook import book

            run.add("results.xlsx", partial(book.build, data))
            files["results.xlsx"] = "Excel workbook: charts, summary, differences, scenarios, dictionary, manifest"
    return files
