"""A quick stand-in for a choice of the world: the odds of its options, given the parameters.

Each option is worth something that is linear in the parameters, and what else moves the choice is noise of the kind
that makes odds exponential in it (multinomial logit). What the model leaves out enters as for numbers: an error of a
year and a lasting one, as shares of that noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

SPREAD = float(np.pi / np.sqrt(6))  # standard deviation of that noise
CERTAIN = 3.5  # standard errors from zero; what lies nearer is taken as nothing
LEAST_TAKEN = 100  # futures in which an option was taken, or chance alone looks certain
RIDGE = 1e-4  # keeps an option that no future took at finite odds


@dataclass(frozen=True)
class Odds:
    """Options of one origin.

    Attributes
    ----------
    weights : np.ndarray
        Worth of each option: constant and weights of the parameters, (1 + parameters, options)
    taken : np.ndarray
        Parts of the options in the record, (options,)
    doubt : float
        Chance that the record names the wrong one.
    """

    weights: np.ndarray
    taken: np.ndarray
    doubt: float

    def log_chances(self, points: np.ndarray, errors: np.ndarray | float = 0.0, blur: float = 0.0) -> np.ndarray:
        """Log of the chance of each option at points, (points, options).

        Parameters
        ----------
        errors : np.ndarray | float
            Lasting errors (points, options), as shares of the noise.
        blur : float
            Size of the error of a year, as a share of the noise.
        """
        worth = self.weights[0] + points @ self.weights[1:] + SPREAD * errors
        chances = np.exp(log_softmax(worth / np.sqrt(1 + blur**2), axis=-1))
        result: np.ndarray = np.log((1 - self.doubt) * chances + self.doubt / chances.shape[-1])
        return result

    @property
    def effects(self) -> np.ndarray:
        """How far a parameter moves the worth of an option against the others, as a share of the noise."""
        moved: np.ndarray = self.weights[1:] / SPREAD
        return moved

    @property
    def information(self) -> np.ndarray:
        """What an option says about each parameter, taken alone; (parameters, options)."""
        chances = np.exp(log_softmax(self.weights[0]))
        told: np.ndarray = self.weights[1:] ** 2 * chances * (1 - chances)
        return told


def fit(points: np.ndarray, taken: np.ndarray, recorded: np.ndarray, doubt: float) -> Odds:
    """Odds of a simulated choice.

    Futures in which nothing was chosen say nothing, so the odds are those given that something was.

    Parameters
    ----------
    points : np.ndarray
        (draws, parameters), standard normal.
    taken : np.ndarray
        (draws, options), parts of the options as simulated; zeros where nothing was chosen.
    recorded : np.ndarray
        (options,)
    """
    count, options = points.shape[1], taken.shape[1]
    weights, chosen = np.zeros((1 + count, options)), taken.sum(axis=1) > 0
    if chosen.any():
        columns = _telling(points[chosen], taken[chosen])
        features = np.column_stack([np.ones(int(chosen.sum())), points[chosen][:, columns]])
        found = _most_likely(features, taken[chosen])
        weights[0], weights[1 + columns] = found[0], found[1:]
    return Odds(weights, recorded, doubt)


def _telling(points: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Places of the parameters, independent of each other, with which the part of some option goes for certain."""
    slopes = points.T @ (taken - taken.mean(axis=0)) / len(points)
    errors = taken.std(axis=0) / np.sqrt(len(points))
    common = np.count_nonzero(taken, axis=0) >= LEAST_TAKEN
    return np.flatnonzero(((np.abs(slopes) > CERTAIN * errors) & common).any(axis=1))


def _most_likely(features: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Weights (features, options) under which what was taken is most likely; they add up to zero over options."""
    shape = features.shape[1], taken.shape[1]
    total = taken.sum(axis=1, keepdims=True)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        logs = log_softmax(features @ weights, axis=1)
        slope = features.T @ (total * np.exp(logs) - taken) / len(taken) + 2 * RIDGE * weights
        return float(-np.sum(taken * logs) / len(taken) + RIDGE * np.sum(weights**2)), slope.ravel()

    found: np.ndarray = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B").x.reshape(shape)
    centered: np.ndarray = found - found.mean(axis=1, keepdims=True)
    return centered
