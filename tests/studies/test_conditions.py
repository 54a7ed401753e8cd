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


def test_conditions_of_two_indicators():
    """A ratio, a difference, and one against another, which is a difference against nothing."""
    ratio = targets.parse("debt_to_china / external_public_debt [2025] <= 20 %")
    assert (ratio.value, ratio.unit, ratio.names) == (0.2, "fraction", ("debt_to_china", "external_public_debt"))
    against = targets.parse("debt_to_china >= debt_to_russia [2025]")
    assert against == targets.parse("debt_to_china - debt_to_russia[2025] >= 0")
    assert against.words.startswith("Debt to China less ")
    assert targets.parse("debt_to_china / gdp [2025] <= 10 %").value == 0.1
    assert (
        targets.parse("debt_to_china + debt_to_russia [2025] < 9000").label
        == "Debt to China plus debt to Russia and the EFSD"
    )
    for each in (ratio, against):
        assert targets.parse(str(each)) == each
    yearly = {
        "debt_to_china": np.array([[4.0, 9.0, 1.0]]),
        "debt_to_russia": np.array([[5.0, 5.0, 1.0]]),
        "external_public_debt": np.array([[40.0, 30.0, 0.0]]),
    }
    assert against.holds(against.of(yearly, 0)).tolist() == [False, True, True]
    assert ratio.holds(ratio.of(yearly, 0)).tolist() == [True, False, False], "nothing is divided by nothing"


BAD_CONDITIONS = [
    ("debt_to_china - oil_price [2025] >= 0", "they have no difference"),
    ("debt_to_china >= oil_price [2025]", "they have no difference"),
    ("debt_to_china / debt_to_rusia [2025] >= 1", 'did you mean "debt_to_russia"?'),
    ("debt_to_china / potash_contract_price [2025] >= 30 %", "a percentage is for shares and rates"),
    ("debt_to_china / gdp [2025] <= 30", "for 30 % write 0.3 or 30 %, for 30 times 3000 %"),
    ("debt_to_china + oil_price [2025] >= 0", "they have no sum"),
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
