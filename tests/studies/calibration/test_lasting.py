"""The lasting error of a series: years of the same series are no independent witnesses."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from sinobel.studies.calibration import emulator, learning, sampler, settings, study
from sinobel.studies.calibration.targets import Target

YEARS = 7
FUTURES, TRUTHS = 3000, 60
EFFORT = sampler.Effort(96, rounds=4, warm_up=30, kept=4, apart=10)
SMALL = dataclasses.replace(settings.QUICK, futures=FUTURES, truths=TRUTHS, check_effort=EFFORT)


def stand_ins(points, series=1):
    """A stand-in a year for as many series, each the parameter and noise of half its size."""
    random = np.random.default_rng(4)
    found = []
    for year in range(YEARS):
        made = points[:, [0] * series] + 0.5 * random.standard_normal((len(points), series))
        found.append(emulator.fit(points, made, np.zeros(series), np.zeros(series), year))
    return found


@pytest.fixture(scope="module")
def points():
    return np.random.default_rng(3).standard_normal((FUTURES, 2))


def spread(joint, observed):
    chains = sampler.sample(
        lambda at: joint.log_likelihood(at, observed), joint.dimensions, 1, sampler.Effort(128, kept=12, apart=15)
    )
    return chains.points[:, :, 0].std()


def test_a_lasting_error_widens_what_many_years_leave(points, monkeypatch):
    found = stand_ins(points)
    widths = []
    for lasting in (0.0, 0.25, 0.5, 1.0):
        monkeypatch.setattr(emulator, "LASTING", lasting)
        widths.append(spread(emulator.Joint(found, [["same"]] * YEARS), np.zeros(YEARS)))
    assert all(after > 1.05 * before for before, after in pairwise(widths)), widths
    without = spread(emulator.Joint(found), np.zeros(YEARS))
    assert widths[0] == pytest.approx(without, rel=0.1)


def test_years_of_several_series_tell_more_than_years_of_one(points):
    found = stand_ins(points)
    one = spread(emulator.Joint(found, [["same"]] * YEARS), np.zeros(YEARS))
    several = spread(emulator.Joint(found, [[f"series {year}"] for year in range(YEARS)]), np.zeros(YEARS))
    assert several < 0.9 * one


def test_with_endless_years_a_lasting_error_keeps_its_share_of_the_spread(points, monkeypatch):
    """Normal years: the variance left is that of the prior and the lasting error seen once, whatever the years."""
    monkeypatch.setattr(emulator, "FREEDOM", 1e6)
    found = stand_ins(points) * 12
    width = spread(emulator.Joint(found, [["same"]] * len(found)), np.zeros(len(found)))
    slope = np.mean([each.weights[1, 0] for each in found])
    noise = np.exp(np.mean([each.noise[0, 0] for each in found])) / len(found)
    error = emulator.LASTING**2 + noise
    assert width == pytest.approx(np.sqrt(error / (error + slope**2)), rel=0.06)


def learned(points):
    """A module with a parameter of its own and one of others, both of which move its only series."""
    target = Target("gdp", 2009, 0.0, 0.0, "finance")
    names = tuple(learning.uncertain()[:2])
    part = learning.Part(
        "finance",
        names,
        names[:1],
        np.array([0, 1]),
        emulators=tuple(stand_ins(points)),
        targets=((target,),) * YEARS,
    )
    return learning.Learned((part,), 2008)


@pytest.fixture
def simulated(monkeypatch):
    """Futures of seven years with known parameters, behind those that stand-ins are fitted on."""
    monkeypatch.setattr(study.targets, "targets_after", lambda origin: [Target("gdp", 2009, 0.0, 0.0, "finance")])
    points = learning.standing(SMALL)[:, :2]
    random = np.random.default_rng(9)
    made = [points[:, :1] + 0.5 * random.standard_normal((len(points), 1)) for _ in range(YEARS)]
    return learned(points[:FUTURES]), made


def ranks(found, made):
    return study.ranks_of_truth(found, made, range(YEARS), SMALL, first=0, count=TRUTHS)["ranks"][:, 0]


def test_known_parameters_are_found_again(simulated):
    found = ranks(*simulated)
    assert 0.38 < found.mean() < 0.62
    assert 0.65 < np.mean(np.abs(found - 0.5) < 0.4) < 0.95


def test_a_likelihood_without_the_lasting_error_is_too_sure_of_known_parameters(simulated, monkeypatch):
    honest = ranks(*simulated)
    monkeypatch.setattr(study, "part_chains", without_lasting)
    sure = ranks(*simulated)
    assert np.mean(np.abs(sure - 0.5) < 0.4) < np.mean(np.abs(honest - 0.5) < 0.4) - 0.1


def without_lasting(part, observed, seed, effort):
    joint = emulator.Joint(part.emulators)
    seen = np.concatenate(observed)
    return sampler.sample(lambda at: joint.log_likelihood(at, seen), joint.dimensions, seed, effort)
