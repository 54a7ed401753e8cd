"""How often what was asked for lies beyond a threshold, told under each scenario."""

import numpy as np
import xarray as xr

from sinobel.inputs.objectives import all_objectives
from sinobel.reporting.words.crossing import crossings

TITLES = {"baseline": "Baseline", "option": "Option"}


def covered(base, option):
    """Reserve cover of ten futures in two years: as many below three months as said."""
    values = [[[2.9, 3.1] if draw < short else [3.0, 3.1] for draw in range(10)] for short in (base, option)]
    coordinates = {"scenario": [*TITLES], "year": [2018, 2019]}
    return {"reserve_cover": xr.DataArray(np.array(values), dims=("scenario", "draw", "year"), coords=coordinates)}


def test_the_share_of_futures_beyond_a_threshold_is_told_for_each_scenario():
    (text,) = crossings(covered(2, 5), ["reserve_cover"], [2018, 2019], TITLES, all_objectives())
    assert text == (
        "Reserves below 3 months of imports (rule of thumb), share of futures: 20 % under Baseline and 50 % under "
        "Option in 2018; 0 % and 0 % in 2019."
    )


def test_nothing_is_told_of_what_was_not_asked_for_or_simulated():
    assert crossings(covered(2, 5), ["gdp"], [2018], TITLES, all_objectives()) == []
    assert crossings(covered(2, 5), ["reserve_cover"], [2031], TITLES, all_objectives()) == []
