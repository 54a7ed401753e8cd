"""Expectations of sizes: complete, with a source each, and refused when they contradict themselves."""

import re

import pytest

from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.magnitudes import COLUMNS, FILE, Expectation, all_magnitudes, measured, read_magnitudes
from sinobel.inputs.reading import InputError, model_folder
from sinobel.policies import scenarios


def test_twenty_five_settings_are_looked_at_through_eight_indicators():
    asked = all_magnitudes()
    assert len(asked.experiments) == 25
    assert len(asked.looks) == 8
    assert set(asked.looks) <= set(all_indicators())
    for name, each in asked.experiments.items():
        assert list(each.expectations) == list(asked.looks), name
        for expectation in each.expectations.values():
            assert expectation.why, (name, expectation.indicator)


def test_every_experiment_is_one_the_model_can_make_and_has_a_source():
    for name, each in all_magnitudes().experiments.items():
        if "lever" in each.setting:
            assert all_levers()[each.setting["lever"]].refuse(each.setting["value"]) is None, name
        else:
            assert each.setting["scenario"] in scenarios.shipped_names()
        assert re.search(r"record|M\d\d|F\d\d\d", each.source), f"{name}: neither the record nor the paper"
        assert re.search(r"\d", each.reason), f"{name}: a chain of arithmetic has figures"


def test_what_was_measured_is_of_these_expectations():
    asked, found = all_magnitudes(), measured()
    if not found:
        pytest.skip("not measured yet")
    assert set(found) == {(name, look) for name in asked.experiments for look in asked.looks}
    assert {row["expectations"] for row in found.values()} == {asked.digest}, "expectations changed after the run"
    assert all(set(COLUMNS) <= set(row) for row in found.values())
    assert all(float(row["p10"]) <= float(row["p50"]) <= float(row["p90"]) for row in found.values())


@pytest.mark.parametrize(
    ("sign", "low", "high", "says"),
    [
        ("+", 1, 5, None),
        ("+", 0, 5, None),
        ("-", -5, 0, None),
        ("?", -5, 5, None),
        ("0", -5, 5, None),
        ("+", -1, 5, "side of its sign"),
        ("-", -5, 1, "side of its sign"),
        ("?", 1, 5, "holds no zero"),
        ("0", -5, -1, "holds no zero"),
        ("+", 5, 1, "not below"),
        ("up", 1, 5, "one of"),
    ],
)
def test_a_range_lies_on_the_side_of_its_sign(sign, low, high, says):
    found = Expectation("gdp", sign, low, high, "a reason").inconsistency
    assert found is None if says is None else says in found


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        (r"^source  = .*$", 'source  = ""', "source is empty"),
        (r"^reason  = .*$", 'reason  = " "', "reason is empty"),
        (r"^gdp_growth +=.*$", "", "nothing is expected of gdp_growth"),
        (r'^reserves +=\s*\["\+", 0, 800.*$', 'reserves = ["+", 0, 800]', "[sign, low, high, why]"),
        (r'^potash_revenue +=\s*\["0", -20.*$', 'potash_revenue = ["0", -20, 20, ""]', "says why"),
        (r"^setting = .*$", 'setting = { lever = "china.tied_share" }', "a lever with a value, or a scenario"),
        (r"^setting = .*$", "other = 1", "setting Field required"),
    ],
)
def test_what_is_missing_is_told_with_its_line(tmp_path, written, instead, says):
    text = (model_folder() / FILE).read_text()
    start = text.index("[experiments.untied]")
    changed = text[:start] + re.sub(written, lambda _: instead, text[start:], count=1, flags=re.MULTILINE)
    assert changed != text
    (tmp_path / FILE).write_text(changed)
    with pytest.raises(InputError) as refused:
        read_magnitudes(tmp_path / FILE)
    told = str(refused.value)
    assert says in told
    assert re.search(r"magnitudes\.toml:\d+: untied: ", told)
