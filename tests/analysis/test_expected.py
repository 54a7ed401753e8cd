"""The word for a measured size, by hand."""

import pytest

from sinobel.analysis.expected import VERDICTS, verdict
from sinobel.inputs.magnitudes import Expectation


@pytest.mark.parametrize(
    ("sign", "low", "high", "median", "word"),
    [
        ("+", 10, 50, 10, "inside"),
        ("+", 10, 50, 50, "inside"),
        ("+", 10, 50, 9.9, "too small"),
        ("+", 10, 50, 50.1, "too large"),
        ("+", 10, 50, -20, "wrong sign"),
        ("+", 10, 50, -5000, "wrong sign"),
        ("+", 10, 50, 0, "no effect"),
        ("+", 0, 400, -0.7, "no effect"),
        ("+", 0, 400, -0.9, "wrong sign"),
        ("+", 0, 50, 0, "inside"),
        ("+", 0, 50, -1, "wrong sign"),
        ("-", -50, -10, -30, "inside"),
        ("-", -50, -10, -5, "too small"),
        ("-", -50, -10, -60, "too large"),
        ("-", -50, -10, 30, "wrong sign"),
        ("-", -50, -10, 0, "no effect"),
        ("?", -20, 50, 0, "inside"),
        ("?", -20, 50, -21, "too large"),
        ("?", -20, 50, 51, "too large"),
        ("0", -5, 5, 4, "inside"),
        ("0", -5, 5, 6, "too large"),
    ],
)
def test_verdict(sign, low, high, median, word):
    assert word in VERDICTS
    assert verdict(Expectation("gdp", sign, low, high, "a reason"), median) == word
