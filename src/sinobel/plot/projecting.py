"""Indicators over time: the record, and the range of futures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sinobel.plot.docstrings import of_results
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


@of_results
def fan(results: xr.Dataset, indicator: str, scenario: str | Sequence[str] | None = None) -> Figure:
    """An indicator over time: the recorded past, the median, and the ranges of futures.

    Years are drawn where single draws were kept, and months where only bands were: the quantiles of years are not
    those of months. Several scenarios stand in one picture, up to three with their ranges, more with that of the first.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, whatever was kept.
    indicator : str
        A name of `sinobel.indicators()`, or what two of them make: "debt_to_china / gdp", "reserves - debt_to_china".
    scenario : str | Sequence[str] | None
        Which one of a comparison, or which ones; all of them.

    Raises
    ------
    InputError
        For an indicator or a scenario that the results do not hold, and for two indicators whose units do not fit.

    Examples
    --------
    >>> import sinobel
    >>> run = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> sinobel.plot.fan(run, "debt_to_china").savefig("debt.png")  # doctest: +SKIP
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="bands")
    >>> figure = sinobel.plot.fan(pair, "debt_to_china")
    """
    return drawing.fan(results, indicator, scenario).draw()


@of_results
def overview(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The headline indicators of a scenario side by side.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.overview(base)
    """
    from sinobel.reporting.charts import projections
    from sinobel.reporting.charts.shared import HEADLINES

    data, name = drawing.of_one(results, "plot.overview", scenario)
    drawing.require(data, HEADLINES, "plot.overview", every=False)
    return projections.small_multiples(
        data.summary, name, data.drawn, data.origin, data.footer_of(name), title=data.titles[name], focus=data.focus
    ).draw()
