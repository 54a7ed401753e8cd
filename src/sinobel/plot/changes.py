"""What options change against a reference, and what a change is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinobel.plot.docstrings import of_comparison, of_results
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sinobel.results.why import Attribution


@of_comparison
def options(results: xr.Dataset, reference: str | None = None) -> Figure:
    """What each option of a comparison changes against the reference.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.options(pair)
    """
    from sinobel.reporting.charts import options as charts
    from sinobel.reporting.charts.shared import OPTION_INDICATORS

    data = drawing.of_comparison(results, "plot.options", reference)
    drawing.require(data, OPTION_INDICATORS, "plot.options", every=False)
    return charts.options(data.summary, data.reference, data.titles, data.footer, data.told).draw()


@of_results
def attribution(
    results: xr.Dataset | Attribution,
    scenario: str | None = None,
    *,
    against: str | None = None,
    year: int | None = None,
    since: int | None = None,
    of: str = "balance_with_china",
    by: str | None = None,
) -> Figure:
    """What a change is made of, as a waterfall: of what `sinobel.attribute` found, or of results in memory.

    Parameters
    ----------
    results : xr.Dataset | Attribution
        What `sinobel.attribute` found, or a dataset of `run` or `compare`.
    scenario : str | None
        Of a comparison: whose change it is; the second.
    against : str | None
        Of a comparison: what it is held against; the first.
    year : int | None
        The year that is explained; that in which the indicator moves most.
    since : int | None
        Of a single scenario: the year it is held against.
    of : str
        "balance_with_china", "debt_to_china", "external_public_debt", "debt_to_gdp", "reserves", "total_exports"
        or "gdp".
    by : str | None
        Kind of split, where there are several: "need" or "creditor" of debt, "partner" or "product" of exports.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.attribution(pair, year=2019)
    """
    from sinobel.results.why import Attribution

    if isinstance(results, Attribution):
        return results.figure()
    return drawing.waterfall(results, scenario, against=against, year=year, since=since, of=of, by=by).draw()
