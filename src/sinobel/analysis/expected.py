"""What was measured against what was expected of it: one word for each."""

from __future__ import annotations

from sinobel.inputs.magnitudes import Expectation

INSIDE, SMALL, LARGE, WRONG, NONE = "inside", "too small", "too large", "wrong sign", "no effect"
VERDICTS = (INSIDE, SMALL, LARGE, WRONG, NONE)
NEGLIGIBLE = 0.002
"""Share of the larger end of a range below which a median outside it is called no effect, whatever its sign."""


def verdict(expectation: Expectation, median: float) -> str:
    """The word for a measured median: inside the expected range, or how it lies outside.

    Parameters
    ----------
    median : float
        Of paired differences, in the unit of the expectation; exactly 0 where no more than rounding differs.
    """
    low, high = expectation.low, expectation.high
    if low <= median <= high:
        return INSIDE
    if abs(median) <= NEGLIGIBLE * max(abs(low), abs(high)):
        return NONE
    if expectation.sign in "0?":
        return LARGE
    if (median > 0) != (expectation.sign == "+"):
        return WRONG
    return SMALL if abs(median) < min(abs(low), abs(high)) else LARGE
