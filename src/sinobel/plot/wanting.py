"""What countries want: who gains, by which objective, and which option is best for whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel.inputs.reading import InputError
from sinobel.plot.docstrings import of_comparison
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure


@of_comparison
def gains(
    results: xr.Dataset,
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> Figure:
    """What each country gains under each option.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.gains(pair)
    """
    from sinobel.reporting.charts import decision

    data = drawing.asked(
        results,
        "plot.gains",
        reference=reference,
        country=None,
        objectives=objectives,
        weights=weights,
        discount=discount,
    )
    return decision.who_gains(drawing.counted(data), data.titles, data.caption).draw()


@of_comparison
def objectives(
    results: xr.Dataset,
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> Figure:
    """What each option does for each objective.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.objectives(pair)
    """
    from sinobel.reporting.charts import decision

    data = drawing.asked(
        results,
        "plot.objectives",
        reference=reference,
        country=None,
        objectives=objectives,
        weights=weights,
        discount=discount,
    )
    return decision.gains_by_objective(drawing.counted(data), data.titles, data.caption).draw()


@of_comparison
def decide(
    results: xr.Dataset,
    country: str = "belarus",
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> Figure:
    """Every option as a choice for a country.

    Parameters
    ----------
    country : str
        "belarus", "china", "russia" or "eu", or its name.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.decide(pair, "belarus")
    """
    from sinobel.reporting.charts import decision

    data = drawing.asked(
        results,
        "plot.decide",
        reference=reference,
        country=country,
        objectives=objectives,
        weights=weights,
        discount=discount,
    )
    found = drawing.counted(data)
    if data.question.country not in found.countries:
        raise InputError(f"nothing that {data.question.country} wants is in the dataset")
    return decision.choices(found, data.question.country, data.titles, data.caption).draw()
