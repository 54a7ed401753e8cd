"""What makes Belarus poorer leads under no position in Belarus: criteria do not reward a smaller economy.

Expected before any option was compared by them: absorption falls in nine futures of ten under the squeeze, the oil slump
and extended sanctions, and where Russia stops its subsidy; none of these leads, alone against the baseline or among all.
Found: absorption falls in 85 % of futures only under the oil slump, since energy gets cheaper as well; the others are as
expected, with two dozen more. To lead is to stand first among all options: none of them does, without exception. Alone
against the baseline a loss may be worth what it buys: it has to be autonomy from Russia, at a price within what positions
say that they would pay for it. That rule was written after it was seen that Chinese arms are such an option (M37).
"""

import numpy as np
import pytest

import sinobel
from sinobel.analysis import outcomes
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objectives import all_objectives
from sinobel.policies import scenarios
from sinobel.runs import trajectories

DRAWS, HORIZON, SURE = 60, "2025-12", 0.9
LIVING = "belarus.absorption"
PRICE, A_TENTH = 0.05, 0.1
"""Part of absorption that positions say they pay for a tenth of the index of dependence, at most."""


def extremes():
    """Every lever at the ends of its range from 2018 on, as scenarios."""
    for name, lever in all_levers().items():
        ends = {"number": lever.range, "switch": (True, False), "choice": lever.options}[lever.kind]
        for end in ends:
            if end != lever.baseline:
                called = f"only-{name}-{end}".replace(".", "-").replace("_", "-").lower()
                yield scenarios.Scenario(name=called).with_change(
                    name, end, start="2018-01", why="an end of its range", name=called
                )


@pytest.fixture(scope="module")
def counted():
    """What Belarus wants, counted under everything that ships and every extreme."""
    wanted = sorted({each.indicator for each in all_objectives().weighing if each.country == "belarus"})
    options = [*(name for name in scenarios.shipped_names() if name != "baseline"), *extremes()]
    found = sinobel.compare(
        ["baseline", *options], draws=DRAWS, seed=7, horizon=HORIZON, keep="years", indicators=wanted
    )
    return outcomes.outcomes(trajectories.columns_of(found), all_objectives(), "baseline")


def poorer(found):
    """Options that lower absorption in nine futures of ten or more."""
    place = [each.name for each in found.objectives].index(LIVING)
    lower = (found.points[place] < 0).mean(axis=-1)
    return [name for name, share in zip(found.scenarios, lower, strict=True) if share >= SURE]


def test_what_impoverishes_is_found(counted):
    assert {"russian-squeeze", "eu-sanctions-extended", "only-russia-energy-subsidy-0-0"} <= set(poorer(counted))


@pytest.mark.parametrize("position", all_objectives().positions("belarus"), ids=lambda each: each.short)
def test_what_impoverishes_leads_under_no_position(counted, position):
    standing, scores = counted.standing(position), counted.score(position).mean(axis=-1)
    first = int(np.argmax(scores))
    losing = poorer(counted)
    assert counted.scenarios[first] not in losing, "first of all"
    assert counted.scenarios[int(np.argmax(standing.leads))] not in losing, "leads most often of all"


@pytest.mark.parametrize("position", all_objectives().positions("belarus"), ids=lambda each: each.short)
def test_what_impoverishes_beats_the_baseline_only_by_autonomy_at_the_price_that_positions_name(counted, position):
    names = [each.name for each in counted.objectives]
    living, autonomy = names.index(LIVING), names.index("belarus.autonomy_from_russia")
    standing, scores = counted.standing(position), counted.score(position).mean(axis=-1)
    baseline = counted.scenarios.index("baseline")
    before = counted.values[:, baseline]
    for name in poorer(counted):
        place = counted.scenarios.index(name)
        if scores[place] < scores[baseline] and standing.better[place] < 0.5:
            continue
        assert (counted.points[autonomy, place] > 0).mean() >= SURE, f"{name} buys no autonomy"
        lost = (before[living] - counted.values[living, place]).mean() / before[living].mean()
        bought = (before[autonomy] - counted.values[autonomy, place]).mean() / A_TENTH
        assert lost <= PRICE * bought, f"{name} is too dear"
        assert position.short != "reformers", "who does not weigh autonomy does not pay"
