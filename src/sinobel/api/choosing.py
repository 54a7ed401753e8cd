"""What Python users call to judge options: who gains, and what to choose."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel.analysis import years
from sinobel.inputs.reading import InputError, nearest
from sinobel.runs import trajectories

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sinobel.analysis.outcomes import Outcomes
    from sinobel.inputs.objectives import Objectives


def who_gains(
    results: xr.Dataset,
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> pd.DataFrame:
    """Who is better off under each scenario of a comparison: one row per named position of a country and scenario.

    A position weighs what its country wants by weights that are drawn from its ranges, the same ones each time; shares
    are of all pairs of a future and such weights. Objectives whose indicator is missing are left out with a warning.
    The rows of the country "all" count futures in which every position gains, or one of them loses. The attributes of
    the dataset, its manifest among them, stand in `.attrs`.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values from `annual`; dims in any order, any draws of it.
    reference : str | None
        Scenario the others are compared with; the first.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.

    Returns
    -------
    pd.DataFrame
        Columns country, position, scenario, against, share_better, share_same and share_worse of futures and weights,
        and the objectives most of it comes from (most_from, least_from).

    Raises
    ------
    InputError
        For anything that is not allowed, with what is; for what is no longer draws, as `annual` does.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> gains = sinobel.who_gains(pair)
    >>> sorted(set(gains["country"]))
    ['all', 'belarus', 'china', 'eu', 'russia']
    """
    import pandas as pd

    from sinobel.analysis import gains

    found, _ = _counted("who_gains", results, reference=reference, file=objectives, weights=weights, rate=discount)
    return _table(pd.DataFrame(gains.who_gains(found)), results)


def decide(
    results: xr.Dataset,
    country: str = "belarus",
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> pd.DataFrame:
    """Every scenario of a comparison as a choice for each position of a country, best first.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values from `annual`; dims in any order, any draws of it.
    country : str
        "belarus", "china", "russia" or "eu", or its name.
    reference : str | None
        Scenario the others are compared with; the first.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.

    Returns
    -------
    pd.DataFrame
        One row per position and scenario: its rank, the share of futures and weights in which it leads, whether and in
        which share of futures no other scenario beats it in everything the country wants, and the share in which it
        meets all thresholds; then, in points, the expected score with its Monte-Carlo error, and regret (mean, 95 %
        quantile, largest). `.attrs["convergence"]` says of each position whether more draws would change the order.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> sorted(set(sinobel.decide(pair, "belarus")["scenario"]))
    ['baseline', 'untied-finance']
    """
    import pandas as pd

    from sinobel.analysis import decision
    from sinobel.inputs.objectives import country as country_of

    found, chosen = _counted("decide", results, reference=reference, file=objectives, weights=weights, rate=discount)
    name = country_of(country, chosen)
    if name not in found.countries:
        needed = ", ".join(each.indicator for each in found.left_out if each.country == name)
        raise InputError(f"nothing that {name} wants is in the dataset; keep one of the indicators {needed}")
    table = _table(pd.DataFrame(decision.rows(found, name)), results)
    table.attrs["convergence"] = {
        position.short: decision.convergence(found, position) for position in found.positions_of(name)
    }
    return table


def _counted(
    asking: str,
    results: xr.Dataset,
    reference: str | None,
    file: str | Path | None,
    weights: Mapping[str, float] | None,
    rate: float,
) -> tuple[Outcomes, Objectives]:
    """Objectives counted on the yearly values of a comparison, and the objectives."""
    from sinobel.analysis import outcomes
    from sinobel.inputs.objectives import chosen_objectives, discount_rate

    yearly = years.comparison(results, asking)
    names = [str(name) for name in yearly["scenario"].values]
    against = names[0] if reference is None else reference
    if against not in names:
        raise InputError(f"there is no scenario {against!r} in the dataset{nearest(against, names)}")
    rate = discount_rate(rate)
    chosen = chosen_objectives(file, weights)
    try:
        found = outcomes.outcomes(trajectories.columns_of(yearly), chosen, against, float(rate))
    except ValueError as error:
        raise InputError(str(error)) from None
    if told := outcomes.missing(found):
        warnings.warn(told, stacklevel=3)
    return found, chosen


def _table(table: pd.DataFrame, results: xr.Dataset) -> pd.DataFrame:
    table.attrs.update({str(key): value for key, value in results.attrs.items()})
    return table
