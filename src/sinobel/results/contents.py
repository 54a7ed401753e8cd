"""What a results folder holds besides data: which charts and tables belong to a run or a comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sinobel.analysis import summary
from sinobel.analysis.experience import NOTHING, Experience
from sinobel.analysis.summary import Summary
from sinobel.reporting.charts import registry
from sinobel.reporting.charts.chart import Chart
from sinobel.reporting.page.page_data import PageData, Study
from sinobel.reporting.result_data import ResultData, Rows
from sinobel.reporting.tables import tables
from sinobel.results.basis import basis_of
from sinobel.results.kept_basis import Kept
from sinobel.results.notices import notice

Charts = dict[str, Callable[[], Chart]]


def data_of(results: Any, money: Rows = ()) -> ResultData:
    """Results that this program has just made, as charts and tables take them.

    Parameters
    ----------
    money : Rows
        Rows of money.csv, of results that were read back; fresh ones hold the lives of their loans.
    """
    return ResultData(
        manifest=results.manifest,
        summary=results.summary,
        bands=results.bands,
        examples=results.examples,
        basis=basis_of(results.manifest),
        loans=results.loans,
        money=money,
    )


def page_data_of(
    results: Any,
    studies: Sequence[Study] = (),
    money: Rows = (),
    kept: Kept | None = None,
) -> PageData:
    """Results as the page takes them.

    Parameters
    ----------
    money : Rows
        Rows of money.csv, of results that were read back; fresh ones hold the lives of their loans.
    kept : Kept | None
        What their folder keeps of what they rest on; None for results that are fresh.
    """
    return PageData(
        manifest=results.manifest,
        summary=results.summary,
        bands=results.bands,
        examples=results.examples,
        basis=(kept and kept.basis) or basis_of(results.manifest),
        loans=results.loans,
        money=money,
        studies=tuple(studies),
        notice=notice(results.manifest, kept) if kept else "",
    )


def report_text(results: Any) -> str:
    """The report of results that are at hand."""
    from sinobel.reporting.page import page

    return page(page_data_of(results))


def charts_of(data: ResultData) -> Charts:
    """The charts of a folder, each still to be made."""
    return {kind.name: partial(kind.make, data) for kind in registry.shown(data, registry.FOLDER)}


def summary_table(found: Summary, seen: Experience = NOTHING, also: Sequence[str] = ()) -> str:
    """Bands of every indicator, and of pairs besides, by scenario and year with what lies beyond experience, as CSV."""
    return tables.to_csv(summary.rows(found, seen, also))
