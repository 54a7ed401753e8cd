"""Fixtures of the tests of studies."""

import pytest

from sinobel.studies.solve import roots
from sinobel.studies.solve import search as solving


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def coarse(monkeypatch):
    """Fewer values on the way, so that a real run is quick."""
    monkeypatch.setattr(roots, "GRID", 3)
    monkeypatch.setattr(solving, "MAP", (3, 3))
