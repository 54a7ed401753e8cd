"""Choices as targets: who settles the price of potash first, in the record, in simulated futures, and how likely it is."""

import numpy as np
import pytest

from sinobel.inputs import settlements
from sinobel.inputs.evidence import all_evidence
from sinobel.studies.calibration import emulator, learning, odds, sampler, settings, targets

CHOICE = targets.all_choices()["first_settler"]
B, U, C = (CHOICE.among[each] for each in ("belaruskali", "uralkali", "canpotex"))
LATE = 12 * 2015 + 11


def test_the_record_names_who_settled_first_and_how_long_it_took():
    found = {each.year: each for each in settlements.settlements(all_evidence().contracts)}
    assert found[2009].waited == 12
    assert found[2009].price / found[2009].spot == pytest.approx(350 / 402)
    assert found[2012].waited == 0  # the second of that year, settled before the first had ended
    assert found[2016].before == 315
    assert found[2007].led_by == {}
    assert settlements.led_by("BPC/Canpotex same day") == {"belaruskali": 0.5, "canpotex": 0.5}


def test_years_without_a_known_leader_are_no_targets():
    told = {year: CHOICE.recorded(year) for year in range(2009, 2017)}
    assert [year for year, each in told.items() if each is None] == [2010, 2013]
    parts, doubt = told[2012]
    assert parts == {"belaruskali": 0.25, "uralkali": 0.0, "canpotex": 0.75}
    assert doubt == 0.05
    assert told[2014][0]["uralkali"] == 1.0
    years = [year + 1 for year in range(2008, 2016) if "first_settler" in named(12 * year + 11)]
    assert years == [2009, 2011, 2012, 2014, 2015, 2016]


def named(origin):
    return [each.name for each in targets.targets_after(origin) if each.option]


def monthly(prices, led, together):
    """Months of one future."""
    rows = {CHOICE.turns: prices, CHOICE.partnership: together} | dict(zip((B, U, C), led, strict=True))
    return {name: np.array(values, float)[:, None] * np.ones((1, 2)) for name, values in rows.items()}


def test_a_future_tells_who_led_where_a_round_began():
    """Opened with a contract at 315: who had led it is nobody's first settlement of the year after."""
    none = CHOICE.simulated(monthly([315] * 3, [[1] * 3, [0] * 3, [0] * 3], [0] * 3), LATE)
    assert {option: part[0] for option, part in none.items()} == {"belaruskali": 0, "uralkali": 0, "canpotex": 0}
    late = CHOICE.simulated(monthly([315, 219, 219], [[1, 0, 0], [0, 0, 0], [0, 1, 1]], [0] * 3), LATE)
    assert (late["canpotex"] == 1).all()
    assert (late["belaruskali"] == 0).all()


def test_two_on_one_day_share_and_a_cartel_counts_once():
    led = [[1, 1], [1, 1], [1, 1]]
    alone = CHOICE.simulated(monthly([219, 219], led, [0, 0]), LATE)
    assert [part[0] for part in alone.values()] == pytest.approx([1 / 3] * 3)
    together = CHOICE.simulated(monthly([219, 219], led, [1, 1]), LATE)
    assert {option: part[0] for option, part in together.items()} == {
        "belaruskali": 0.5,
        "uralkali": 0,
        "canpotex": 0.5,
    }


@pytest.fixture(scope="module")
def chosen():
    """A choice of three that hangs on the first of four parameters, in which a third of futures chooses nothing."""
    random = np.random.default_rng(8)
    points = random.standard_normal((12_000, 4))
    worth = np.array([0.5, -0.5, 0.0]) + points[:, :1] * np.array([0.8, -0.8, 0.0])
    best = (worth + random.gumbel(size=worth.shape)).argmax(axis=1)
    taken = np.eye(3)[best] * (random.random(len(points)) < 2 / 3)[:, None]
    return points, taken


def test_odds_find_what_moves_a_choice(chosen):
    found = odds.fit(*chosen, np.array([1.0, 0.0, 0.0]), 0.0)
    assert found.weights[0] == pytest.approx([0.5, -0.5, 0.0], abs=0.08)
    assert found.weights[1] == pytest.approx([0.8, -0.8, 0.0], abs=0.08)
    assert np.count_nonzero(found.weights[2:]) == 0
    chances = np.exp(found.log_chances(np.zeros((1, 4))))
    assert chances.sum() == pytest.approx(1)
    blurred = np.exp(found.log_chances(np.array([[2.0, 0, 0, 0]]), blur=3.0))[0]
    sharp = np.exp(found.log_chances(np.array([[2.0, 0, 0, 0]])))[0]
    assert blurred[0] < sharp[0]
    doubted = odds.fit(*chosen, np.array([1.0, 0.0, 0.0]), 0.3)
    assert np.exp(doubted.log_chances(np.array([[9.0, 0, 0, 0]])))[0] == pytest.approx([0.8, 0.1, 0.1], abs=0.01)
    assert odds.fit(chosen[0], 0 * chosen[1], np.zeros(3), 0.0).weights.any() == False  # noqa: E712 nobody chose


def test_the_posterior_moves_to_where_the_record_is_likely(chosen):
    """Beside a number that hangs on the third parameter; a choice of nothing teaches nothing."""
    points, taken = chosen
    number = points[:, 2:3] + 0.5 * np.random.default_rng(2).standard_normal((len(points), 1))
    made, effort = np.hstack([number, taken]), sampler.Effort(128, rounds=4, warm_up=40, kept=8, apart=10)
    means = {}
    for name, record in {"first": [1.0, 0, 0], "second": [0, 1.0, 0], "none": [0, 0, 0]}.items():
        found = [emulator.fit(points, made, np.array([1.0, *record]), np.array([0.1] * 4), 1, options=(3,))] * 4
        joint = emulator.Joint(found, [["number", "a", "b", "c"]] * 4)
        seen = np.concatenate([each.observed for each in found])
        drawn = sampler.sample(
            lambda at, joint=joint, seen=seen: joint.log_likelihood(at, seen), joint.dimensions, 1, effort
        )
        means[name] = drawn.points[:, :, :4].mean(axis=(0, 1))
    assert means["first"][0] > 0.4
    assert means["second"][0] < -0.4
    assert abs(means["none"][0]) < 0.15
    assert all(each[2] > 0.2 for each in means.values())
    assert emulator.informed(found, 0.06).tolist() == [True, False, True, False]


def test_a_year_of_the_world_gives_parts_that_add_up():
    """On a small sample of the prior: some futures have a settlement, each whole, and Canpotex is told apart."""
    quick = settings.Settings(futures=150, truths=10)
    found = learning.year_after(LATE, quick, wide=False, jobs=1)["targets"]
    places = [place for place, each in enumerate(targets.targets_after(LATE)) if each.option]
    parts = found[:, places]
    total = parts.sum(axis=1)
    assert np.isin(np.round(total, 12), (0.0, 1.0)).all()
    assert 0.2 < total.mean() <= 1
    assert (parts.mean(axis=0) > 0).all()
