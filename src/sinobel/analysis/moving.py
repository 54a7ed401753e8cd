"""The year in which an indicator moves most, which answers tell where nobody names one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis.worth import NOTHING

if TYPE_CHECKING:
    import xarray as xr


def moved_most(
    yearly: xr.DataArray, names: Sequence[str], *, against: str | None = None, since: int | None = None
) -> int | None:
    """The year in which the median change of an indicator is largest, up or down, of any of some scenarios.

    Parameters
    ----------
    yearly : xr.DataArray
        (scenario, draw, year) in any order.
    names : Sequence[str]
        Scenarios whose change it is.
    against : str | None
        Scenario of the same futures that they are held against, or.
    since : int | None
        Year of their own that they are held against; only later ones count.

    Returns
    -------
    int | None
        None where the median moves in no year.
    """
    yearly = yearly.transpose("scenario", "draw", "year")
    years = [int(year) for year in yearly["year"].values if since is None or year > since]
    medians = []
    for name in names:
        own = yearly.sel(scenario=name)
        before = own.sel(year=since) if against is None else yearly.sel(scenario=against)
        medians.append(np.asarray((own - before).sel(year=years).median("draw").values))
    size = np.max(np.abs(np.nan_to_num(medians)), axis=0)
    return years[int(np.argmax(size))] if size.max() > NOTHING else None
