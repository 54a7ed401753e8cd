"""Money between countries: the balance with China, who pays whom, and what became of loans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinobel.plot.docstrings import of_finding, of_results
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sinobel.results.following import Money


@of_results
def balance(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The balance with China taken apart, year by year.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.balance(base)
    """
    from sinobel.analysis.balance import NEEDED
    from sinobel.reporting.charts import balance as charts

    data, name = drawing.of_one(results, "plot.balance", scenario)
    drawing.require(data, NEEDED, "plot.balance")
    return charts.balance_by_channel(data.summary, name, data.footer_of(name), data.titles[name]).draw()


@of_results
def payments(results: xr.Dataset, year: int | None = None, scenario: str | None = None) -> Figure:
    """Who pays whom in a year: the money between Belarus and its partners, and the net balance of each.

    Parameters
    ----------
    year : int | None
        Any simulated one but the first; a round one in the middle.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.payments(base, 2018)
    """
    from sinobel.reporting.charts import payments as charts

    data, name = drawing.of_one(results, "plot.payments", scenario)
    drawing.require(data, charts.NEEDED, "plot.payments")
    told = drawing.year_of_payments(data, year)
    return charts.who_pays_whom(data.summary, name, told, data.footer_of(name), data.titles[name]).draw()


@of_finding("money")
def money(results: Money) -> Figure:
    """Where the money of Chinese loans went and what came back, of what `sinobel.money` found.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.money("baseline", horizon="2018-12", draws=20)
    >>> figure = sinobel.plot.money(found)
    """
    from sinobel.results.following import Money

    return drawing.drawn(drawing.found(results, Money, "plot.money", "sinobel.money", of_scenario=True))
