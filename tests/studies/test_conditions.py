"""Conditions on results are read as written; bad ones say what is wrong."""

import numpy as np
import pytest

from sinobel.inputs.reading import InputError
from sinobel.studies import targets


def test_conditions_are_read_as_written():
    found = targets.parse_all(["exports_to_china[2020] >= 1,500 and reserves [2025]<3e3"])
    assert found == (
        targets.Target("exports_to_china", 2020, ">=", 1500.0),
        targets.Target("reserves", 2025, "<", 3000.0),
    )
    assert targets.parse(str(found[0])) == found[0]
    assert found[0].holds(np.array([1499.0, 1500.0])).tolist() == [False, True]
    assert found[1].margin(np.array([2900.0, 3100.0])).tolist() == [100.0, -100.0]


BAD_CONDITIONS = [
    ("exports_to_chna[2020] >= 1500", 'did you mean "exports_to_china"?'),
    ("exports_to_china >= 1500", "is no condition"),
    ("exports_to_china[20] >= 1500", "is no condition"),
    ("exports_to_china[2020] => 1500", "is no condition"),
    ("exports_to_china[2020] == 1500", "use >=, <=, > or <"),
    ("exports_to_china[2020] >= many", "is no condition"),
    ("exports_to_china[2020] >= 1e999", "is not a finite number"),
    ("exports_to_china[2020] >= 1500 and", "is no condition"),
    ("", "is no condition"),
]


@pytest.mark.parametrize(("text", "message"), BAD_CONDITIONS)
def test_bad_conditions_say_what_is_wrong(text, message):
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        targets.parse_all([text])
