"""What makes Belarus poorer leads under no position in Belarus: criteria do not reward a smaller economy.

Expected before any option was compared by them: absorption falls in nine futures of ten under the squeeze, the oil slump
and extended sanctions, and where Russia stops its subsidy; none of these leads, alone against the baseline or among all.
Found: to 2025 absorption falls in 85 % of futures only under the oil slump, since energy gets cheaper as well; the others
are as expected, with two dozen more.

What lowers absorption in nine futures of ten is ruled out by every position, since the paper's social contract binds them
all. That came after it was seen that weights alone do not hold what was asked: to 2030 no Russian loans led in a choice of
two for the autonomy that they buy, and a debt ceiling for the interest that it saves. A test that such options never lead
would hold by that rule alone; the one below also asks that they would not stand first of all without it, which weights
decide. Living standards are net national income beside it, since absorption counts money borrowed and spent as a gain,
whatever it builds: projects that all fail lower it in nine futures of ten, with or without a new loan. Half of Belaruskali
sold lowers income alone and beats the baseline, for the reserves that it buys: what those may cost was added to the rule
after that was seen.
"""

import numpy as np
import pytest

import sinobel
from sinobel.analysis import outcomes
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objectives import all_objectives
from sinobel.policies import scenarios
from sinobel.runs import trajectories

DRAWS, HORIZONS, SURE = 60, ("2025-12", "2030-12"), 0.9
LIVING, ABSORBED = ("belarus.income", "belarus.absorption"), "absorption_per_head"
PRICES = {
    "belarus.autonomy_from_russia": 0.05 / 0.1,
    "belarus.reserves": 0.02 / 3250,
    "belarus.interest": 0.03 / 0.05,
}
SMALL = 0.005
"""Part of income that is paid at most: SMALL, or for a tenth of the index of dependence, as positions say, for a swing of reserves."""


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


def wanted():
    """Indicators of what Belarus weighs."""
    return sorted({each.indicator for each in all_objectives().weighing if each.country == "belarus"})


@pytest.fixture(scope="module", params=HORIZONS)
def options(request):
    """What Belarus wants and absorbs under everything that ships and every extreme."""
    names = [*(name for name in scenarios.shipped_names() if name != "baseline"), *extremes()]
    return sinobel.compare(
        ["baseline", *names], draws=DRAWS, seed=7, horizon=request.param, keep="years", indicators=wanted()
    )


@pytest.fixture(scope="module")
def counted(options):
    """The same, counted by criteria."""
    return outcomes.outcomes(trajectories.columns_of(options), all_objectives(), "baseline")


def poorer(found):
    """Options that lower income in nine futures of ten or more."""
    place = [each.name for each in found.objectives].index(LIVING[0])
    lower = (found.points[place] < 0).mean(axis=-1)
    return {name for name, share in zip(found.scenarios, lower, strict=True) if share >= SURE}


def absorbing_less(options):
    """Options that lower absorption in nine futures of ten or more."""
    absorbed = sinobel.annual(options)[ABSORBED].mean("year")
    lower = (absorbed < absorbed.isel(scenario=0)).mean("draw")
    return {str(name) for name in options["scenario"].values[(lower >= SURE).values]}


def test_what_impoverishes_is_found(options, counted):
    sure = {"russian-squeeze", "eu-sanctions-extended", "only-russia-energy-subsidy-0-0"}
    assert sure <= poorer(counted) & absorbing_less(options)


def test_projects_that_fail_lower_income(counted):
    assert "only-world-project-failure-1-0" in poorer(counted)


def test_a_loan_whose_projects_all_fail_is_no_gain():
    """Two billion, spent and lost: absorbed in the years of building, and less income in nine futures of ten."""
    fails = sinobel.scenario("baseline").with_change("world.project_failure", 1.0, start="2018-01", name="fails")
    terms = {"lender": "china", "amount": 2000, "signed": "2018-03", "sector": "industry", "guaranteed": 1.0}
    lent = fails.with_loan("two billion", **terms, name="lent")
    found = sinobel.compare((fails, lent), draws=100, seed=3, horizon=HORIZONS[0], keep="years", indicators=wanted())
    more = sinobel.annual(found).diff("scenario").isel(scenario=0)
    assert float(more[ABSORBED].sel(year=slice(2018, 2020)).sum("year").mean()) > 50
    assert float((more["income_per_head"].sum("year") < 0).mean()) >= SURE
    weighed = outcomes.outcomes(trajectories.columns_of(found), all_objectives(), "fails")
    for position in all_objectives().positions("belarus"):
        assert not leads(weighed, position, "lent"), position.label


def leads(found, position, name):
    """Whether an option comes before the reference, by what the product calls a gain in the mean or in half of futures."""
    place, order = found.scenarios.index(name), found.order(position)
    ahead = order[place] - order[found.scenarios.index(found.reference)]
    return ahead >= outcomes.NOTICEABLE or (ahead > 0 and found.standing(position).better[place] >= 0.5)


def test_less_that_is_borrowed_is_no_loss_by_itself(options, counted):
    assert "only-china-lending-volume-0-0" in absorbing_less(options) - poorer(counted)


@pytest.mark.parametrize("position", all_objectives().positions("belarus"), ids=lambda each: each.short)
def test_what_impoverishes_leads_under_no_position(options, counted, position):
    less, scores = absorbing_less(options), counted.score(position).mean(axis=-1)
    losing = poorer(counted) | less
    assert counted.scenarios[int(np.argmax(counted.order(position)))] not in losing, "first of all"
    assert counted.scenarios[int(np.argmax(counted.standing(position).leads))] not in losing, "leads most often of all"
    assert counted.scenarios[int(np.argmax(scores))] not in losing, "first of all by weights alone"
    assert set(counted.ruled_out("belarus")) == less, "worse than today in nine futures of ten"
    assert not {name for name in less if leads(counted, position, name)}, "in a choice of two"


@pytest.mark.parametrize("position", all_objectives().positions("belarus"), ids=lambda each: each.short)
def test_what_lowers_income_alone_beats_the_baseline_only_by_what_is_worth_its_price(options, counted, position):
    names = [each.name for each in counted.objectives]
    before = counted.values[:, counted.scenarios.index("baseline")]
    for name in sorted(poorer(counted) - absorbing_less(options)):
        if not leads(counted, position, name):
            continue
        place = counted.scenarios.index(name)
        lost = np.mean([1 - counted.values[row, place].mean() / before[row].mean() for row in map(names.index, LIVING)])
        rows = {names.index(criterion): price for criterion, price in PRICES.items()}
        sure = [(counted.points[row, place] > 0).mean() >= SURE for row in rows]
        gains = {
            row: np.mean(np.sign(counted.points[row, place]) * np.abs(counted.values[row, place] - before[row]))
            for row in rows
        }
        paid = sum(price * max(gains[row], 0.0) for row, price in rows.items())
        assert any(sure), f"{name} buys neither autonomy nor reserves nor interest"
        assert lost <= max(paid, SMALL), f"{name} is too dear"


BY_WEIGHTS = {
    "2025": {"only-china-technology-transfer-3-0"},
    "2030": {
        "only-china-technology-transfer-3-0",
        "only-russia-lending-0-0",
        "only-belarus-debt-ceiling-0-1",
        "china-second-lender",
    },
}
"""What would lead in a choice of two without the rule, for autonomy or for interest: seen, and held where it is."""


def test_what_the_rule_is_for(options, counted):
    """Weights alone would take few of the options that lower absorption: they do not reward a smaller economy."""
    places = {name: counted.scenarios.index(name) for name in absorbing_less(options)}
    wanted = {
        name
        for name, place in places.items()
        for each in counted.positions_of("belarus")
        if counted.score(each)[place].mean() >= outcomes.NOTICEABLE
    }
    assert wanted, "the veto has nothing to do: take it out, or find what it is for"
    assert wanted <= BY_WEIGHTS[str(counted.years[1])]
