"""No allowed setting of one lever leads out of this world: every lever at both ends, from the first month to 2030."""

import numpy as np
import pytest

from sinobel.inputs.levers import all_levers
from sinobel.policies import scenarios
from sinobel.runs import ensemble
from sinobel.runs.request import Request
from tests.world.paired.worlds import make

DRAWS = 24
LARGEST_SHARE = 0.20
"""Exports to China over GDP in the median future: a fifth."""
LARGEST_GDP = 3.0
"""GDP in 95 % of futures over that of the baseline."""


def ends(lever):
    """Every extreme value that a scenario may set."""
    return {"number": lever.range, "switch": (True, False), "choice": lever.options}[lever.kind]


@pytest.fixture(scope="module")
def last_year():
    """Scenario -> exports to China and GDP of the last year, (draws,)."""
    base = scenarios.load("baseline")
    several = [base]
    for name, lever in all_levers().items():
        several += [base.with_change(name, end, start="2017-01", name=f"{name} = {end}") for end in ends(lever)]
    request = Request(tuple(several), DRAWS, 2017, horizon="2030-12", indicators=("exports_to_china", "gdp"))
    years = ensemble.gather(request, ("years",)).years
    places = [request.shown.index(name) for name in ("exports_to_china", "gdp")]
    return {each.name: years[place, places, -1] for place, each in enumerate(several)}


def test_exports_to_china_stay_below_a_fifth_of_gdp(last_year):
    shares = {name: float(np.median(exports / gdp)) for name, (exports, gdp) in last_year.items()}
    assert 0.005 < shares["baseline"] < 0.1
    assert {name: share for name, share in shares.items() if share > LARGEST_SHARE} == {}


def test_gdp_stays_below_three_times_the_baselines_95_percent(last_year):
    most = {name: float(np.quantile(gdp, 0.95)) for name, (_, gdp) in last_year.items()}
    assert {name: gdp for name, gdp in most.items() if gdp > LARGEST_GDP * most["baseline"]} == {}


def test_exports_to_china_stay_below_a_fifth_of_gdp_in_nearly_every_future():
    """China that grows by 14.3 % a year, the most that was seen, to the horizon: in 99 of 100 futures."""
    world = make([("world.china_growth", 0.143, "2017-01")], draws=400, horizon="2030-12")
    goods = gdp = 0.0
    while world.running:
        world.step()
        late = world.month > world.horizon - 12
        goods, gdp = goods + late * world.belarus.exporters.china, gdp + late * world.belarus.gdp
    assert (goods / gdp < 0.2).mean() > 0.99
