"""In which order changes are told: by weight, and of changes that are one story the first alone."""

from __future__ import annotations

import numpy as np

from sinobel.analysis.worth import Fact

ALIKE = 0.9
"""Correlation over futures above which two changes are one story."""


def ordered(facts: list[tuple[Fact, np.ndarray]]) -> list[Fact]:
    """By weight, without those that go with one before them in nearly all futures."""
    kept: list[tuple[Fact, np.ndarray]] = []
    for fact, change in sorted(facts, key=lambda each: -each[0].weight):
        if not any(abs(_correlation(change, other)) > ALIKE for _, other in kept):
            kept.append((fact, change))
    return [fact for fact, _ in kept]


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Of two changes over futures; 0 where one of them is the same in all."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
