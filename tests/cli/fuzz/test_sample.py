"""A small sample of the fuzz: every case ends with a code, a message, in time. By hand: tests/cli/fuzz/command_line.py."""

import pytest

from tests.cli.fuzz.command_line import fuzz


@pytest.mark.parametrize(("kind", "count"), [("files", 150), ("manifests", 6), ("bases", 3)])
def test_hostile_input_ends_well(kind, count):
    found = fuzz(kind, count, seed=7, patience=20)
    assert not [each for each in found if each.fault]
    assert len(found) == count
