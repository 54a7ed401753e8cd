"""Boxes of factors in which failure is common, found by a decision tree and checked on draws it has not seen.

Rules are found on one half of the draws and scored on the other: a rule that only describes luck does not survive that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DEPTH = 3
LEAST_FAILURES = 40  # in both halves together; with fewer a rule would be luck
LEAST_ODDS = 1.5  # of failure in a box, times those of all futures
LEAST_SHARE = 0.03  # of the futures a box is found in
FOLDS = 5
MOST_BOXES = 4


@dataclass(frozen=True)
class Side:
    """One edge of a box: a factor above `low` and up to `high`, either may be infinite."""

    factor: str
    low: float
    high: float

    def holds(self, features: Mapping[str, np.ndarray]) -> np.ndarray:
        """Where it holds, (draws,)."""
        values = features[self.factor]
        return (values > self.low) & (values <= self.high)


@dataclass(frozen=True, kw_only=True)
class Box:
    """Futures in which failure is more common than elsewhere.

    Attributes
    ----------
    coverage : float
        Share of all failures that lie in it.
    density : float
        Share of its futures that fail, with a 90 % interval; both on draws that the tree has not seen.
    futures, failures : int
        Counts among those draws; `density_found` is the density where it was found.
    """

    sides: tuple[Side, ...]
    coverage: float
    density: float
    density_low: float
    density_high: float
    futures: int
    failures: int
    density_found: float

    def holds(self, features: Mapping[str, np.ndarray]) -> np.ndarray:
        """Futures inside, (draws,)."""
        result: np.ndarray = np.logical_and.reduce([side.holds(features) for side in self.sides])
        return result


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What explains failure.

    Attributes
    ----------
    boxes : tuple[Box, ...]
        That hold on unseen draws, the one in which most futures fail first.
    dropped : int
        Number of boxes that were found and did not hold.
    failing : float
        Share of all futures that fail.
    checked, checked_failing : int
        Unseen draws and those of them that fail.
    verdict : str
        What was found in a sentence.
    features, failed
        What the rules were looked for in, (draws,) each.
    year : int | None
        The latest year that was judged; features of the world are means up to it.
    moves : bool
        False where a year was looked for in which the policy moves what is judged, and there is none.
    """

    boxes: tuple[Box, ...]
    dropped: int
    failing: float
    checked: int
    checked_failing: int
    verdict: str
    features: Mapping[str, np.ndarray]
    failed: np.ndarray
    year: int | None = None
    moves: bool = True


def explain(features: Mapping[str, np.ndarray], failed: np.ndarray, seed: int = 0) -> Findings:
    """Boxes of features in which failure is common, each checked on draws that were not used to find it.

    Parameters
    ----------
    features : Mapping[str, np.ndarray]
        Name -> (draws,), the same draws as failed; draws are independent, so their order carries nothing.
    failed : np.ndarray
        (draws,) true where the policy fails.
    """
    half = len(failed) // 2
    count = int(failed.sum())
    failing = float(failed.mean())
    rest = failed[half:]

    def result(boxes: Sequence[Box], dropped: int, verdict: str) -> Findings:
        return Findings(
            boxes=tuple(boxes),
            dropped=dropped,
            failing=failing,
            checked=len(rest),
            checked_failing=int(rest.sum()),
            verdict=verdict,
            features=features,
            failed=failed,
        )

    if min(count, len(failed) - count) < LEAST_FAILURES:
        kind = "fails" if count < LEAST_FAILURES else "does not fail"
        number = count if count < LEAST_FAILURES else len(failed) - count
        short = f"The policy {kind} in only {number:,} of {len(failed):,} futures: too few to look for rules"
        more = f"; at least {LEAST_FAILURES} are needed, which more draws may give." if number else "."
        return result([], 0, short + more)
    leaves = _leaves({name: values[:half] for name, values in features.items()}, failed[:half], seed)
    seen = {name: values[half:] for name, values in features.items()}
    boxes = [box for sides, density in leaves if (box := _scored(sides, density, seen, rest)) is not None]
    held = [box for box in boxes if box.density_low > rest.mean()]
    held = sorted(held, key=lambda box: -box.density)[:MOST_BOXES]
    dropped = len(leaves) - sum(box.density_low > rest.mean() for box in boxes)
    if not held:
        return result([], dropped, "No parameter or world condition explains failure: no rule held on unseen futures.")
    together = np.logical_or.reduce([box.holds(seen) for box in held])
    verdict = (
        f"{plural(len(held), 'box', 'boxes')} with {100 * together.mean():.0f} % of unseen futures "
        f"{'holds' if len(held) == 1 else 'hold'} {100 * rest[together].sum() / rest.sum():.0f} % of failures; in them "
        f"{100 * rest[together].mean():.0f} % of futures fail, outside {100 * _mean(rest[~together]):.0f} %."
    )
    return result(held, dropped, verdict)


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else 0.0


def plural(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many}"


def _leaves(features: Mapping[str, np.ndarray], failed: np.ndarray, seed: int) -> list[tuple[tuple[Side, ...], float]]:
    """Leaves of a pruned tree in which failure is clearly more common than on average: their sides and density."""
    from sklearn.model_selection import GridSearchCV, StratifiedKFold
    from sklearn.tree import DecisionTreeClassifier

    names = list(features)
    table = np.column_stack([features[name] for name in names])
    tree = DecisionTreeClassifier(
        max_depth=DEPTH, min_samples_leaf=max(10, round(LEAST_SHARE * len(failed))), random_state=seed % 2**32
    )
    path = tree.cost_complexity_pruning_path(table, failed)
    choices = np.unique(np.concatenate([[0.0], np.sqrt(path.ccp_alphas[:-1] * path.ccp_alphas[1:])]))[-20:]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed % 2**32)
    search = GridSearchCV(tree, {"ccp_alpha": choices}, scoring="neg_brier_score", cv=folds)
    fitted = search.fit(table, failed).best_estimator_.tree_
    leaves: list[tuple[tuple[Side, ...], float]] = []

    def descend(node: int, sides: dict[str, tuple[float, float]]) -> None:
        left, right = fitted.children_left[node], fitted.children_right[node]
        if left < 0:
            density = float(fitted.value[node][0][1] / fitted.value[node][0].sum())
            odds = density * (1 - failed.mean()) / max((1 - density) * failed.mean(), 1e-9)
            if sides and odds >= LEAST_ODDS:
                leaves.append((tuple(Side(name, *ends) for name, ends in sides.items()), density))
            return
        name = names[fitted.feature[node]]
        cut = _tidy(float(fitted.threshold[node]), features[name])
        low, high = sides.get(name, (-np.inf, np.inf))
        descend(left, sides | {name: (low, min(high, cut))})
        descend(right, sides | {name: (max(low, cut), high)})

    descend(0, {})
    return leaves


def _tidy(cut: float, values: np.ndarray) -> float:
    """A cut rounded to as many digits as its factor deserves: about a hundredth of the middle half of its values."""
    width = float(np.subtract(*np.quantile(values, [0.75, 0.25])))
    if not width > 0:
        return cut
    digits = 1 - int(np.floor(np.log10(width)))
    return round(cut, digits)


def _scored(
    sides: tuple[Side, ...], density: float, features: Mapping[str, np.ndarray], failed: np.ndarray
) -> Box | None:
    """A box judged on unseen draws; None when none of them falls into it."""
    from scipy.stats import binomtest

    inside = np.logical_and.reduce([side.holds(features) for side in sides])
    futures, failures = int(inside.sum()), int(failed[inside].sum())
    if not futures:
        return None
    interval = binomtest(failures, futures).proportion_ci(0.90, method="exact")
    return Box(
        sides=sides,
        coverage=failures / max(int(failed.sum()), 1),
        density=failures / futures,
        density_low=float(interval.low),
        density_high=float(interval.high),
        futures=futures,
        failures=failures,
        density_found=density,
    )
