"""What studies found: what it takes, what uncertainty rests on, where a policy fails, how past forecasts did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sinobel.plot.docstrings import of_finding
from sinobel.results import drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sinobel.results.findings import FailureFindings, SensitivityFindings, Solution
    from sinobel.results.past_forecasts import Backtest


@of_finding("solve")
def tradeoff(found: Solution) -> Figure:
    """The trade-off that `sinobel.solve` found.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.solve("loan_disbursements[2018] <= 100", "china.lending_volume", draws=20)
    >>> figure = sinobel.plot.tradeoff(found)
    """
    from sinobel.results.findings import Solution

    return drawing.drawn(drawing.found(found, Solution, "plot.tradeoff", "sinobel.solve"))


@of_finding("sensitivity")
def sensitivity(found: SensitivityFindings) -> Figure:
    """The shares that `sinobel.sensitivity` found.

    Examples
    --------
    >>> import sinobel
    >>> figure = sinobel.plot.sensitivity(sinobel.sensitivity("reserves", 2020))  # doctest: +SKIP
    """
    from sinobel.results.findings import SensitivityFindings

    return drawing.drawn(drawing.found(found, SensitivityFindings, "plot.sensitivity", "sinobel.sensitivity"))


@of_finding("discover")
def failures(found: FailureFindings) -> Figure:
    """The boxes that `sinobel.discover` found.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.discover("untied-finance", fails="reserves[2025] < 3000")  # doctest: +SKIP
    >>> figure = sinobel.plot.failures(found)  # doctest: +SKIP
    """
    from sinobel.results.findings import FailureFindings

    return drawing.drawn(drawing.found(found, FailureFindings, "plot.failures", "sinobel.discover"))


@of_finding("backtest")
def track_record(found: Backtest, *, forecasts: bool = False, next_year: bool = False) -> Figure:
    """How past forecasts did, of what `sinobel.backtest` found.

    Parameters
    ----------
    forecasts : bool
        The forecasts themselves instead of their skill.
    next_year : bool
        All recorded series a year ahead instead of the headline series over five.

    Examples
    --------
    >>> import sinobel
    >>> figure = sinobel.plot.track_record(sinobel.backtest(quick=True))  # doctest: +SKIP
    """
    from sinobel.results.past_forecasts import Backtest

    charts: Sequence[Any] = drawing.found(found, Backtest, "plot.track_record", "sinobel.backtest").charts()
    return charts[2 if next_year else 1 if forecasts else 0].draw()  # type: ignore[no-any-return]
