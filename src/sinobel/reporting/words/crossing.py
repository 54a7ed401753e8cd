"""How often what was asked for lies beyond a threshold of debt or reserves, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sinobel.analysis import thresholds
from sinobel.inputs.objective import Objective
from sinobel.reporting.words.wording import listed, percent
from sinobel.runs.trajectories import Yearly


def crossings(
    annual: Yearly,
    asked: Iterable[str],
    years: Sequence[int],
    titles: Mapping[str, str],
    wants: Mapping[str, Objective],
) -> list[str]:
    """A sentence for each threshold of an indicator that was asked for: share of futures beyond it by scenario.

    Parameters
    ----------
    annual : Yearly
        Indicator -> values, dims (scenario, draw, year).
    asked : Iterable[str]
        Indicators; those without a threshold are passed over.
    years : Sequence[int]
        Years that are told; those that were not simulated are passed over.
    titles : Mapping[str, str]
        Scenario -> what people call it, in the order in which they are told.
    wants : Mapping[str, Objective]
        Objectives, some of which set a threshold.
    """
    names = set(asked)
    told = []
    for each in thresholds.held(annual, thresholds.thresholds(wants)):
        if each.indicator not in names:
            continue
        held = [int(year) for year in annual[each.indicator]["year"].values]
        shares = {name: thresholds.crossing(annual, each, name) for name in titles}
        parts: list[str] = []
        for year in [year for year in years if year in held]:
            found = {name: percent(float(shares[name][held.index(year)])) for name in titles}
            under = [f"{share} under {titles[name]}" for name, share in found.items()] if not parts else found.values()
            parts.append(f"{listed(list(under))} in {year}")
        if parts:
            whose = re.split(r",|:| \(", each.source, maxsplit=1)[0]
            told.append(f"{each.words[0].upper()}{each.words[1:]} ({whose}), share of futures: {'; '.join(parts)}.")
    return told
