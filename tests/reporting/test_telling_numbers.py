"""Numbers, levers and indicators in sentences: to the last digit, and two that differ never read the same."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.quantities import label_and_name, with_unit
from sinobel.policies import conditions
from sinobel.policies.changes import Change
from sinobel.reporting.words import telling
from sinobel.runs.held import Held


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.4, "fraction of GDP", "40 % of GDP"),
        (0.07, "fraction", "7 %"),
        (0.3333, "fraction per year", "33.33 % a year"),
        (0.025, "fraction a year", "2.5 % a year"),
        (6.0, "percent a year", "6 % a year"),
        (-1.5, "% a year", "-1.5 % a year"),
        (0.5, "index 0-1", "0.5 (index 0-1)"),
        (3.0, "1 = as since 2013", "3 (1 = as since 2013)"),
        (1500.0, "USD mn a month", "1,500 USD mn a month"),
        (1.0, "months", "1 month"),
        (2.0, "months", "2 months"),
        (-0.0, "log", "0 (log)"),
        (1.0, "level", "1"),
        (20.0, "years from drawing to the last payment", "20 years from drawing to the last payment"),
    ],
)
def test_numbers_with_units(value, unit, said):
    assert with_unit(value, unit) == said


@given(
    st.floats(-1e9, 1e9) | st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["fraction of GDP", "percent a year", "index 0-1", "log", "level", "", "USD mn", "times the baseline"]
    ),
)
def test_two_different_numbers_never_read_the_same(value, unit):
    near = [math.nextafter(value, way) for way in (-math.inf, math.inf)]
    assert len({with_unit(each, unit) for each in (value, *near) if math.isfinite(each)}) == sum(
        map(math.isfinite, [value, *near])
    )
    read = with_unit(value, unit).split(" ")[0].replace(",", "")
    factor = 100 if unit.startswith("fraction") else 1
    assert float(Decimal(read) / factor) == value, "read back it is the very number"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1 / 3, "33.33333333333333 %"),
        (0.07, "7 %"),
        (0.29, "29 %"),
        (1.1, "110 %"),
        (0.1 + 0.2, "30.000000000000004 %"),
        (1e-7, "0.00001 %"),
        (1e-20, "1e-18 %"),
        (1e22, "1e+24 %"),
        (123456.789, "12,345,678.9 %"),
        (1000.0, "100,000 %"),
    ],
)
def test_numbers_are_told_to_their_last_digit(value, said):
    assert with_unit(value, "fraction") == said


def test_changes_that_differ_are_told_differently():
    one, other = (Change(lever="belarus.reform", start=24216, scale=scale) for scale in (1 / 3, 0.33333333333))
    assert one.in_words() != other.in_words()
    one, other = (Change(lever="belarus.reform", start=24216, value=value) for value in (1 / 3, 0.33333333333))
    assert one.in_words() != other.in_words()


@pytest.mark.parametrize("lever", all_levers().values(), ids=lambda lever: lever.name)
def test_every_lever_can_be_told(lever):
    value = True if lever.kind == "switch" else lever.options[-1] if lever.kind == "choice" else lever.range[1]
    said = Change(lever=lever.name, start=24216, value=value).in_words(label_and_name)
    assert said.startswith(f"{lever.label} ({lever.name}): ")
    assert "fraction" not in said
    assert "True" not in said


@pytest.mark.parametrize("indicator", all_indicators().values(), ids=lambda each: each.name)
def test_every_indicator_can_be_told(indicator):
    said = conditions.Condition(indicator.name, "above", 0.25).in_words(label_and_name)
    assert said.startswith(f"“{indicator.label}” ({indicator.name}) is above ")
    assert (" 25 %" in said) == indicator.unit.startswith("fraction")


# --- what came of it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("futures", "share", "said"),
    [
        (0.63, 0.21, "held in 63 % of futures, 21 % of all months from 2018-01 to 2030-12"),
        (0.0, 0.0, "never held: in no future and no month"),
        (1.0, 1.0, "held in every future and every month from 2018-01 to 2030-12"),
        (1.0, 0.9999, "held in 100 % of futures, over 99 % of all months from 2018-01 to 2030-12"),
        (0.001, 0.0001, "held in under 1 % of futures, under 1 % of all months from 2018-01 to 2030-12"),
    ],
)
def test_shares_in_words(futures, share, said):
    assert telling.held_in_words(Held("2018-01", "2030-12", futures, share, ())) == said
