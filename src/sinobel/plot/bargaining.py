"""The potash bargain with China: its prices month by month, and its settlements against the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinobel.inputs.reading import InputError
from sinobel.plot.docstrings import of_results
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


@of_results
def potash(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """Contract and spot price of potash, month by month; needs months.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with its months.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12")
    >>> figure = sinobel.plot.potash(base)
    """
    from sinobel.reporting.charts import potash as charts

    bands, examples, data, name = drawing.of_months(results, charts.NEEDED, "plot.potash", scenario)
    return charts.contract(bands, examples, name, data.footer_of(name), title=data.titles[name], year=data.year).draw()


@of_results
def settlements(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The potash bargain against the record: price over spot, waits, refusals, closures, and who settles first.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is, and where too few settle to tell.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, keep="years")
    >>> figure = sinobel.plot.settlements(base)
    """
    from sinobel.reporting.charts import settlements as charts

    data, name = drawing.of_one(results, "plot.settlements", scenario)
    drawing.require(data, charts.NEEDED, "plot.settlements")
    if not charts.can(data.annual, data.basis, data.origin):
        raise InputError("plot.settlements needs futures in which a contract is settled after spot has fallen, and not")
    title = data.titles[name]
    return charts.bargain(data.annual, name, data.basis, data.footer_of(name), title=title, origin=data.origin).draw()
