"""Draws from a posterior whose prior is standard normal, by many chains at once.

Preconditioned Crank-Nicolson steps around a normal reference that is learned in a warm-up: a step leaves the reference
alone and is accepted by what the posterior says beyond it, so it moves as freely in eighty dimensions as in eight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

LogLikelihood = Callable[[np.ndarray], np.ndarray]
"""Log-likelihood of points, (points, parameters) -> (points,)."""


@dataclass(frozen=True)
class Chains:
    """What the chains saw after the warm-up.

    Attributes
    ----------
    points : np.ndarray
        (chains, kept steps, parameters)
    acceptance : float
        Share of steps taken.
    """

    points: np.ndarray
    acceptance: float


@dataclass(frozen=True)
class Effort:
    """How long to sample: number of chains, rounds and steps of the warm-up, kept steps and how many lie between."""

    chains: int = 512
    rounds: int = 5
    warm_up: int = 60
    kept: int = 32
    apart: int = 30


USUAL = Effort()
QUICK = Effort(chains=128, rounds=4, warm_up=40, kept=4, apart=12)


def sample(log_likelihood: LogLikelihood, parameters: int, seed: int | Sequence[int], effort: Effort = USUAL) -> Chains:
    """Draws of the posterior under a standard normal prior, the same for the same seed."""
    random = np.random.default_rng(seed)
    reference = _Reference(np.zeros(parameters), np.eye(parameters), np.eye(parameters))
    points = random.standard_normal((effort.chains, parameters))
    likely = log_likelihood(points)
    step = 0.25

    def move(heat: float) -> float:
        """One step of all chains; returns the share that moved."""
        nonlocal points, likely
        new = reference.near(points, step, random)
        new_likely = log_likelihood(new)
        gain = heat * (new_likely - likely) + reference.behind(new) - reference.behind(points)
        moved = np.log(random.random(len(points))) < gain
        points, likely = np.where(moved[:, None], new, points), np.where(moved, new_likely, likely)
        return float(moved.mean())

    for turn in range(effort.rounds):
        seen = []
        heat = min(1.0, 0.1 * 3.2**turn)  # the likelihood sets in by and by
        for place in range(effort.warm_up):
            step = float(np.clip(step * np.exp(0.3 * (move(heat) - 0.3)), 0.02, 0.9))
            if place >= effort.warm_up // 2:
                seen.append(points)
        reference = _reference(np.concatenate(seen))
    kept, taken = [], []
    for turn in range(effort.kept * effort.apart):
        taken.append(move(1.0))
        if (turn + 1) % effort.apart == 0:
            kept.append(points)
    return Chains(np.stack(kept, axis=1), float(np.mean(taken)))


@dataclass(frozen=True)
class _Reference:
    """A normal law; `factor` times its transpose is the covariance, `inverse` undoes it."""

    center: np.ndarray
    factor: np.ndarray
    inverse: np.ndarray

    def near(self, points: np.ndarray, step: float, random: np.random.Generator) -> np.ndarray:
        """Points a step away, in a way that leaves this law as it is."""
        fresh = random.standard_normal(points.shape) @ self.factor.T
        result: np.ndarray = self.center + np.sqrt(1 - step**2) * (points - self.center) + step * fresh
        return result

    def behind(self, points: np.ndarray) -> np.ndarray:
        """Log density of the prior less that of this law, up to a constant."""
        inner = (points - self.center) @ self.inverse.T
        result: np.ndarray = 0.5 * np.sum(inner**2, axis=1) - 0.5 * np.sum(points**2, axis=1)
        return result


def _reference(points: np.ndarray) -> _Reference:
    """A normal law near the points, with correlations drawn towards none where points are few."""
    center = points.mean(axis=0)
    covariance = np.cov(points, rowvar=False).reshape(len(center), len(center))
    doubt = min(0.5, len(center) / (len(points) / 20 + len(center)))
    covariance = (1 - doubt) * covariance + doubt * np.diag(np.diag(covariance)) + 1e-6 * np.eye(len(center))
    factor = np.linalg.cholesky(covariance)
    return _Reference(center, factor, np.linalg.inv(factor))
