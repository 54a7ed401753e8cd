"""Debt: the Chinese loan book, who is owed, what falls due, and thresholds that are crossed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sinobel.plot.docstrings import of_results
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


@of_results
def loans(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The Chinese loan book of a scenario, year by year.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.loans(base)
    """
    from sinobel.reporting.charts import loans as charts

    data, name = drawing.of_one(results, "plot.loans", scenario)
    drawing.require(data, charts.NEEDED, "plot.loans")
    return charts.loan_book(data.summary, name, data.footer_of(name), data.titles[name]).draw()


@of_results
def creditors(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """Who is owed how much of public external debt over time, and China's share with its range.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.creditors(base)
    """
    from sinobel.reporting.charts import creditors as charts

    data, name = drawing.of_one(results, "plot.creditors", scenario)
    drawing.require(data, charts.NEEDED, "plot.creditors")
    footer, title = data.footer_of(name), data.titles[name]
    return charts.creditor_mix(
        data.summary, name, data.recorded, data.origin, footer, title=title, year=data.year
    ).draw()


@of_results
def service(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """What falls due on public external debt each year, by lender, and what it takes of revenue.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.service(base)
    """
    from sinobel.reporting.charts import service as charts

    data, name = drawing.of_one(results, "plot.service", scenario)
    drawing.require(data, charts.NEEDED, "plot.service")
    return charts.service_calendar(data.summary, name, data.footer_of(name), data.titles[name]).draw()


@of_results
def thresholds(results: xr.Dataset, fails: str | Sequence[str] | None = None) -> Figure:
    """In how many futures debt, its service and reserves lie beyond thresholds, year by year, under every scenario.

    Parameters
    ----------
    fails : str | Sequence[str] | None
        Thresholds of your own in place of those that ship: "reserves < 4000" counts in every year, and
        "reserves[2019] < 4000" in that one alone; several, or joined with `or`.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.thresholds(base, "reserves[2019] < 4000")
    """
    from sinobel.reporting.charts import thresholds as charts

    data = drawing.data_of(results, "plot.thresholds")
    among = drawing.thresholds(data, fails)
    return charts.crossings(data.summary, among, data.reference, data.titles, data.footer).draw()
