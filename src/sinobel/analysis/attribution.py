"""Why an indicator changes: the change split exactly into channels, draw by draw.

A change is taken between two scenarios on the same draws, or between two years of one scenario. Its channels
(`analysis.channels`) add up to it in every draw. They account for it; they do not say what would have happened without
one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinobel.analysis.channels import WAYS
from sinobel.analysis.differences import share
from sinobel.analysis.rows import Row, column
from sinobel.analysis.summary import bands
from sinobel.runs.trajectories import BANDS, Yearly

TOTAL = "total"
ROUNDING = 1e-9
"""Part of the largest channel that is none."""


@dataclass(frozen=True)
class Split:
    """A change and what it is made of; each channel is positive when it raises the indicator.

    Attributes
    ----------
    of : str
        Indicator; by is the kind of split, a key of WAYS.
    scenario : str
        Where the change is found, in `year`.
    against : str | None
        The other scenario, or None when the change is one since an earlier year.
    since : int | None
        The earlier year, or None when the change is one between scenarios.
    channels : dict[str, np.ndarray]
        Name -> (draws,), in the unit of the indicator.
    total : np.ndarray
        (draws,)
    """

    of: str
    by: str
    unit: str
    scenario: str
    year: int
    against: str | None
    since: int | None
    channels: dict[str, np.ndarray]
    total: np.ndarray

    @property
    def residual(self) -> np.ndarray:
        """What the channels miss, in the unit of the indicator; (draws,)."""
        return self.total - sum(self.channels.values())


def still(split: Split) -> list[str]:
    """Channels that move nothing in any future, but for what rounding leaves of differences of large numbers."""
    most = {name: float(np.max(np.abs(values))) for name, values in split.channels.items()}
    return [name for name, size in most.items() if size <= ROUNDING * max(most.values())]


def possible(yearly: Yearly) -> list[tuple[str, str]]:
    """The splits for which results hold everything they need."""
    return [key for key, way in WAYS.items() if all(name in yearly for name in way.needs)]


def attribution(
    yearly: Yearly, of: str, by: str, scenario: str, year: int, *, against: str | None = None, since: int | None = None
) -> Split:
    """Split the change of an indicator into channels that add up to it in every draw.

    Parameters
    ----------
    of, by : str
        A key of WAYS.
    year : int
        The change of a flow is that of this year; of a stock that at its end.
    against : str | None
        Another scenario of the same draws, or.
    since : int | None
        An earlier year of the same scenario.

    Raises
    ------
    KeyError
        For what is not among WAYS or in the results, ValueError unless one of against and since is given.
    """
    if (against is None) == (since is None):
        raise ValueError("a change is either against another scenario or since another year")
    way, years = WAYS[of, by], list(yearly[of]["year"].values)
    place = years.index(year)
    start = -1 if since is None else years.index(since)
    other, other_place = (scenario, start) if against is None else (against, place)
    if way.debt is None:
        sides = [
            {name: _values(yearly, name, where)[:, at] for name in way.needs}
            for where, at in ((scenario, place), (other, other_place))
        ]
        channels = way.flow(*sides)
        total = sides[0][of] - sides[1][of]
    else:
        changes = {
            name: _change(yearly, name, scenario=scenario, against=against, start=start, place=place)
            for name in way.needs
        }
        channels, total = way.debt(changes.__getitem__), changes[of]
    return Split(
        of,
        by,
        unit=yearly[of].attrs["units"],
        scenario=scenario,
        year=year,
        against=against,
        since=since,
        channels=channels,
        total=total,
    )


def _values(yearly: Yearly, name: str, scenario: str) -> np.ndarray:
    variable = yearly[name]
    place = list(variable["scenario"].values).index(scenario)
    values: np.ndarray = variable.variable.transpose("scenario", "draw", "year").values[place].astype(float)
    return values


def _change(yearly: Yearly, name: str, *, scenario: str, against: str | None, start: int, place: int) -> np.ndarray:
    """Change of a stock to the end of a year, or of the sum of a flow over the years after `start` to it."""
    span = slice(start + 1, place + 1)
    here = _values(yearly, name, scenario)
    if yearly[name].attrs["kind"] != "stock":
        ours = here[:, span].sum(axis=1)
        flow: np.ndarray = ours if against is None else ours - _values(yearly, name, against)[:, span].sum(axis=1)
        return flow
    before = here[:, start] if against is None else _values(yearly, name, against)[:, place]
    result: np.ndarray = here[:, place] - before
    return result


@dataclass(frozen=True, eq=False)
class AttributionRow(Row):
    """A channel of a change, or its total."""

    scenario: str = column("name of the scenario")
    against: str = column("scenario it is compared with, draw by draw")
    since: int | str = column(
        "earlier year of the same scenario that a change is counted from, empty between scenarios"
    )
    indicator: str = column("what is reported; `sinobel explain NAME` tells what it means and where it comes from")
    year: int = column("calendar year; flows are summed over it, stocks are its end, prices are its mean, as declared")
    unit: str = column("unit of the numbers of the row")
    by: str = column(
        "kind of split, and the part of the change; the means of all channels add up to that of the total",
        listed="by, channel",
    )
    channel: str = column()
    mean: float = column("mean over draws")
    p05: float = column("quantiles over draws: 5, 10, 25, 50, 75, 90 and 95 %", listed="p05 … p95")
    p10: float = column()
    p25: float = column()
    p50: float = column()
    p75: float = column()
    p90: float = column()
    p95: float = column()
    share_higher: float = column(
        "share of draws in which the scenario raises or lowers it; the rest is unchanged",
        listed="share_higher, share_lower",
    )
    share_lower: float = column()


def rows(split: Split) -> list[AttributionRow]:
    """The channels and their total as a tidy table: mean and quantiles over draws; the means add up, medians do not."""
    table = []
    for channel, values in (*split.channels.items(), (TOTAL, split.total)):
        quantiles: dict[str, float] = dict(zip(BANDS, map(float, bands(values)), strict=True))
        row = AttributionRow(
            scenario=split.scenario,
            against=split.against or "",
            since=split.since or "",
            indicator=split.of,
            year=split.year,
            unit=split.unit,
            by=split.by,
            channel=channel,
            share_higher=float(share(values > 0)),
            share_lower=float(share(values < 0)),
            **quantiles,
        )
        table.append(row)
    return table
