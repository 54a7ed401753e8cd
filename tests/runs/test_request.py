"""What a request takes, and that its manifest holds all of it."""

import pytest

from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.runs import manifest
from sinobel.runs.request import Request

BASE = (scenarios.load("baseline"),)


@pytest.mark.parametrize("seed", [-1, 2**63, True, "a"])
def test_a_root_of_parameters_is_a_whole_number(seed):
    with pytest.raises(InputError, match="parameter_seed must be a whole number from 0"):
        Request(BASE, 2, 1, parameter_seed=seed)


def test_requests_that_differ_in_the_root_of_parameters_are_told_apart_and_read_back():
    plain, other = Request(BASE, 2, 1), Request(BASE, 2, 1, parameter_seed=7)
    assert plain.digest != other.digest
    for each in (plain, other):
        assert manifest.request_of(manifest.manifest_of(each)) == each
