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


def test_conditions_against_the_baseline_of_the_same_future():
    """Plus and less are changes, times is a ratio; each is held against the baseline future by future."""
    less = targets.parse("debt_to_china[2025] <= baseline - 500")
    times = targets.parse("gdp[2025] >= baseline*1.01")
    assert (less.value, less.against, less.unit) == (-500.0, targets.PLUS, "USD mn")
    assert (times.value, times.against, times.unit) == (1.01, targets.TIMES, "fraction")
    assert targets.parse("gdp[2025] ≥ baseline × 101 %") == times
    assert targets.parse("debt_to_gdp[2025] < baseline - 5 %").value == -0.05
    plain = targets.parse("debt_to_china / gdp [2025] > baseline")
    assert (plain.value, plain.against) == (0.0, targets.PLUS)
    for each in (less, times, plain):
        assert targets.parse(str(each)) == each
    now = {"debt_to_china": np.array([[400.0, 2000.0]]), "gdp": np.array([[102.0, 100.0]])}
    base = {"debt_to_china": np.array([[1000.0, 2400.0]]), "gdp": np.array([[100.0, 100.0]])}
    assert less.of(now, 0, base).tolist() == [-600.0, -400.0]
    assert less.holds(less.of(now, 0, base)).tolist() == [True, False]
    assert times.of(now, 0, base).tolist() == [1.02, 1.0]
    assert times.holds(times.of(now, 0, base)).tolist() == [True, False]
    assert plain.holds(plain.of(now, 0, base)).tolist() == [False, False]
    assert plain.of(now, 0, base) == pytest.approx([400 / 102 - 10, 20 - 24])


def test_conditions_against_the_baseline_in_words():
    words = {
        "debt_to_china[2025] <= baseline - 500": "at most that of the baseline less 500 USD mn",
        "debt_to_china[2025] > baseline": "above that of the baseline",
        "gdp[2025] >= baseline * 1.01": "at least 101 % of that of the baseline",
        "debt_to_gdp[2025] < baseline + 5 %": "below that of the baseline plus 5 percentage points",
    }
    for text, said in words.items():
        assert targets.parse(text).words.endswith(f" in 2025 {said}")


def test_times_a_baseline_below_zero_is_refused_and_times_zero_is_never_reached():
    times = targets.parse("balance_with_china[2025] >= baseline * 1.01")
    now, base = ({"balance_with_china": np.array([[each, 5.0]])} for each in (1.0, -2.0))
    with pytest.raises(InputError, match="is below zero in 50 % of futures of the baseline in 2025"):
        times.of(now, 0, base)
    nothing = {"balance_with_china": np.array([[0.0, 5.0]])}
    assert times.holds(times.of(now, 0, nothing)).tolist() == [False, False]


AGAINST = "baseline, baseline - 500, baseline \\+ 500 or baseline \\* 1.01"
BAD_CONDITIONS = [
    ("debt_to_china[2025] <= baseline 500", AGAINST),
    ("debt_to_china[2025] <= baseline / 2", AGAINST),
    ("debt_to_china[2025] <= 2 * baseline", AGAINST),
    ("debt_to_china <= baseline - 500", AGAINST),
    ("debt_to_china <= baseline [2025]", AGAINST),
    ("debt_to_chna[2025] <= baseline - 500", 'did you mean "debt_to_china"?'),
    ("debt_to_china[2025] <= baseline - 5 %", "for 5 % more than the baseline write baseline \\* 1.05"),
    ("potash_share_of_exports_to_china[2025] <= baseline - 5", "china changes by at most 1 .*; 5 % is written 0.05"),
    ("debt_to_china[2025] <= baseline * 0", "by a number above zero"),
    ("debt_to_china[2025] <= baseline + 1e999", "is not a finite number"),
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


def test_only_what_it_takes_is_asked_against_the_baseline():
    with pytest.raises(InputError, match="only what it takes is asked against the baseline"):
        targets.parse_all(["reserves[2025] < baseline - 500"], option="fails", word="or")
