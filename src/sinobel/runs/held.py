"""Where rules of state held: in which share of futures and of months, counted while the worlds run.

A world tells every month in which draws its rules hold; the recorder adds that up to months a year in each draw, and
the draws of all blocks are counted here. What comes out stands in the manifest of the results as `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.reading import InputError
from sinobel.policies.changes import Change, by_kind, windows
from sinobel.policies.scenarios import Scenario

if TYPE_CHECKING:
    import numpy as np


def rules_of(scenario: Scenario) -> list[Change]:
    """The changes of a scenario that hold under conditions, in its order."""
    return [change for change in scenario.changes if change.when]


def shape(scenarios: Sequence[Scenario], origin: int, horizon: int, draws: int) -> tuple[int, int, int]:
    """Shape of the months in which the rules of all scenarios held: (rules, years, draws)."""
    return sum(len(rules_of(each)) for each in scenarios), months.year(horizon) - months.year(origin), draws


def by_scenario(sheet: np.ndarray, scenarios: Sequence[Scenario]) -> list[np.ndarray]:
    """The rows of each scenario of a sheet (rules, years, draws), as views."""
    ends = list(accumulate(len(rules_of(each)) for each in scenarios))
    return [sheet[start:end] for start, end in pairwise([0, *ends])]


def counted(
    sheets: Iterable[np.ndarray], scenarios: Sequence[Scenario], origin: int, horizon: int
) -> list[dict[str, Any]]:
    """Shares of futures and months in which each rule held, ready for JSON; empty without rules.

    Parameters
    ----------
    sheets : Iterable[np.ndarray]
        Months of each year in which each rule held in each draw, (rules, years, draws), one sheet a block.

    Returns
    -------
    list[dict[str, Any]]
        Per rule its scenario, its place among the changes there, the months it looked at, and shares in all of them
        and by year; whole numbers are counted, so they do not depend on blocks.
    """
    import numpy as np  # here, because commands that look things up are to answer at once

    count, years, draws = shape(scenarios, origin, horizon, 0)
    ever = np.zeros(count, np.int64)
    futures, held = np.zeros((2, count, years), np.int64)
    for sheet in sheets:
        draws += sheet.shape[-1]
        ever += sheet.any(axis=1).sum(axis=-1)
        futures += (sheet > 0).sum(axis=-1)
        held += sheet.sum(axis=-1, dtype=np.int64)
    rows: list[dict[str, Any]] = []
    for scenario in scenarios:
        for change in rules_of(scenario):
            row = len(rows)
            start, end = _window(scenario, change, horizon)
            first = months.year(origin) + 1
            rows.append(
                {
                    "scenario": scenario.name,
                    "change": scenario.changes.index(change),
                    "from": months.label(start),
                    "until": months.label(end),
                    "futures": int(ever[row]) / draws,
                    "months": int(held[row].sum()) / (draws * (end - start + 1)),
                    "years": [
                        {
                            "year": year,
                            "futures": int(futures[row, year - first]) / draws,
                            "months": int(held[row, year - first]) / (draws * _months_in(year, start, end)),
                        }
                        for year in range(months.year(start), months.year(end) + 1)
                    ],
                }
            )
    return rows


def _window(scenario: Scenario, change: Change, horizon: int) -> tuple[int, int]:
    """First and last month that a rule may hold: until the next rule of its lever, or the horizon."""
    group = by_kind(scenario.changes)[change.lever, True]
    return next((start, end) for each, start, end in windows(group, horizon) if each is change)


def _months_in(year: int, start: int, end: int) -> int:
    return min(end, 12 * year + 11) - max(start, 12 * year) + 1


# --- read back -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """Shares in which a rule held between two months: of futures in which it ever did, of all their months.

    Attributes
    ----------
    years : tuple[tuple[int, float, float], ...]
        The same of each year: (year, share of futures, share of months)
    """

    start: str
    until: str
    futures: float
    months: float
    years: tuple[tuple[int, float, float], ...]


def of_manifest(manifest: Mapping[str, Any]) -> dict[tuple[str, int], Held]:
    """What a manifest says of its rules, by scenario and place of the change there.

    Empty for results without rules, or of a version that did not count. Raises InputError when it is damaged.
    """
    found = {}
    try:
        for row in manifest.get("rules", ()):
            years = tuple((int(y["year"]), _share(y["futures"]), _share(y["months"])) for y in row["years"])
            start, until = (months.label(months.parse(row[key])) for key in ("from", "until"))
            held = Held(start, until, _share(row["futures"]), _share(row["months"]), years)
            found[str(row["scenario"]), int(row["change"])] = held
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f'"rules" in this manifest is damaged ({error})') from None
    return found


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"{value!r} is no share")
    return float(value)
