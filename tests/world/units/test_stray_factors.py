"""A stray factor of twelve is noticed; `benchmarks/stray_factors.py` draws as many places as wanted."""

import os
import pathlib
import subprocess
import sys

import pytest

SCRIPT = pathlib.Path(__file__).parents[3] / "benchmarks" / "stray_factors.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_a_few_stray_factors_are_noticed():
    command = [sys.executable, str(SCRIPT), "--places", "5", "--seed", "11"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for factor in ("12", "MONTHS_PER_YEAR"):
        assert f"{factor} *: 5 of 5 noticed" in done.stdout, done.stderr
