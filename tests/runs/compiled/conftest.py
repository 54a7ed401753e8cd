"""The months of the default span, traced and compiled once for all tests of this folder."""

import pytest

pytest.importorskip("llvmlite", reason="months are compiled where llvmlite is installed")

from sinobel.runs.compiled import making


@pytest.fixture(scope="session")
def traced():
    """Program and span from the default origin to the default horizon."""
    return making.traced("2016-12", "2030-12")


@pytest.fixture(scope="session")
def code(traced):
    """Machine code of them for this processor."""
    program, span = traced
    return making.compiled(program, span.layout)
