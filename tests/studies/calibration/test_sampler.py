"""The sampler and the stand-in on problems whose answer is known."""

import numpy as np
import pytest

from sinobel.studies.calibration import emulator, sampler


def test_the_sampler_finds_a_posterior_that_is_known_in_closed_form():
    random = np.random.default_rng(3)
    design = random.normal(size=(12, 20)) / 2
    observed = random.normal(size=12) * 2

    def log_likelihood(points):
        return -0.5 * np.sum((observed - points @ design.T) ** 2, axis=1) / 0.5

    covariance = np.linalg.inv(np.eye(20) + design.T @ design / 0.5)
    mean = covariance @ design.T @ observed / 0.5
    chains = sampler.sample(log_likelihood, 20, 1, sampler.Effort(chains=256, kept=20, apart=15))
    points = chains.points.reshape(-1, 20)
    assert points.mean(axis=0) == pytest.approx(mean, abs=0.08)
    assert points.std(axis=0) == pytest.approx(np.sqrt(np.diag(covariance)), rel=0.08)
    again = sampler.sample(log_likelihood, 20, 1, sampler.Effort(chains=256, kept=20, apart=15))
    assert np.array_equal(chains.points, again.points)


def test_without_data_the_posterior_is_the_prior():
    chains = sampler.sample(lambda points: np.zeros(len(points)), 5, 1, sampler.QUICK)
    points = chains.points.reshape(-1, 5)
    assert points.mean(axis=0) == pytest.approx(np.zeros(5), abs=0.15)
    assert points.std(axis=0) == pytest.approx(np.ones(5), abs=0.12)


@pytest.fixture(scope="module")
def fitted():
    random = np.random.default_rng(5)
    points = random.standard_normal((8000, 6))
    noise = random.standard_normal((8000, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]])
    first = 2 * points[:, 0] + noise[:, 0]
    second = np.exp(points[:, 1] + 0.5 * noise[:, 1] * np.exp(0.5 * points[:, 2]))
    targets = np.column_stack([first, second])
    return points, targets, emulator.fit(points, targets, np.array([1.0, 1.0]), np.array([0.0, 0.0]), 1)


def test_the_stand_in_finds_what_moves_a_target_and_its_noise(fitted):
    _, _, found = fitted
    slopes = np.abs(found.weights[1:7])
    assert slopes[:, 0].argmax() == 0
    assert slopes[:, 1].argmax() == 1
    assert np.count_nonzero(slopes[3:]) == 0
    assert found.noise[3, 1] > 0.3
    assert emulator.informed([found], 0.1).tolist() == [True, True, True, False, False, False]


def test_a_target_is_brought_to_a_normal_shape(fitted):
    _, targets, found = fitted
    shaped = found.shaped(targets)
    assert shaped.mean(axis=0) == pytest.approx([0, 0], abs=0.02)
    assert shaped.std(axis=0) == pytest.approx([1, 1], abs=0.05)
    assert (np.diff(found.shapes[1](np.linspace(0.01, 50, 500))) >= 0).all()
    assert found.shaped(np.array([1e9, -1e9])).tolist() == [emulator.FARTHEST, -emulator.FARTHEST]


def test_the_likelihood_is_highest_where_the_data_came_from(fitted):
    _, _, found = fitted
    joint = emulator.Joint([found, found])
    at = np.zeros((41, 6))
    at[:, 0] = np.linspace(-2, 2, 41)
    observed = found.shaped(np.array([1.6, 1.0]))
    best = at[joint.log_likelihood(at, np.concatenate([observed, observed])).argmax(), 0]
    assert best == pytest.approx(0.8, abs=0.25)
