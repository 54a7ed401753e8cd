"""Percentages where people write them: factors and scales, and no hint about percent for whoever wrote the sign."""

import pytest

import sinobel
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objectives import discount_rate, read_objectives
from sinobel.inputs.reading import InputError
from sinobel.policies.scenarios import read_scenario
from sinobel.studies.solve.lever_ranges import parse_lever
from sinobel.studies.targets import parse

FACTORS = [name for name, lever in all_levers().items() if lever.unit.startswith("times")]


def written(tmp_path, lines):
    file = tmp_path / "p.toml"
    file.write_text(f"[[change]]\n{lines}\n")
    return read_scenario(file).changes[0]


def test_a_factor_may_be_a_percentage(tmp_path):
    assert "china.lending_volume" in FACTORS
    for name in FACTORS:
        assert written(tmp_path, f'lever = "{name}"\nfrom = "2018-01"\nvalue = "75 %"').value == 0.75
    assert parse_lever("china.lending_volume=50 %:150 %").high == 1.5


def test_a_scale_may_be_a_percentage(tmp_path):
    changed = written(tmp_path, 'lever = "china.lending_volume"\nfrom = "2018-01"\nscale = "50 %"')
    assert changed.scale == 0.5
    assert changed.as_written()["scale"] == 0.5
    assert sinobel.scenario().with_change("china.maturity", scale="150 %", start="2018-01").changes[0].scale == 1.5
    with pytest.raises(InputError, match=r"scale -0\.5 is not a finite number from 0 to 100"):
        written(tmp_path, 'lever = "china.lending_volume"\nfrom = "2018-01"\nscale = "-50 %"')


def test_a_multiple_of_an_indicator_may_be_a_percentage(tmp_path):
    rule = 'when = { indicator = "potash_spot_price", below = "90 %", of = "potash_contract_price" }'
    changed = written(tmp_path, f'lever = "belarus.guarantee_stop"\nfrom = "2018-01"\nvalue = true\n{rule}')
    assert changed.when[0].threshold == 0.9


def refusals(tmp_path):
    """Every door where a share of 140 or 250 percent is refused."""
    objectives = tmp_path / "o.toml"
    objectives.write_text(
        '[belarus.debt]\nlabel = "Debt"\nindicator = "debt_to_gdp"\ndirection = "lower"\ncounts = "last year"\n'
        'scale = 0.1\nscale_from = "s"\nweight = 1\nthreshold = "1500 %"\nthreshold_from = "t"\n'
        'assumption = "because it is so"\n'
    )
    rule = {"indicator": "debt_to_gdp", "above": "1500 %"}
    base = sinobel.scenario()
    return {
        "value": lambda: base.with_change("china.tied_share", "140 %", start="2018-01"),
        "range": lambda: parse_lever("china.tied_share=0 %:140 %"),
        "rule": lambda: base.with_change("belarus.guarantee_stop", True, start="2018-01", when=rule),
        "target": lambda: parse("debt_to_gdp[2025] <= 1500 %"),
        "objective": lambda: read_objectives(objectives),
        "discount": lambda: discount_rate("140 %"),
        "probability": lambda: sinobel.solve("gdp[2025] > 1", "belarus.reform", probability="140 %"),
    }


@pytest.mark.parametrize("door", ["value", "range", "rule", "target", "objective", "discount", "probability"])
def test_whoever_wrote_a_percent_sign_gets_no_hint_about_percent(door, tmp_path):
    with pytest.raises(InputError) as refused:
        refusals(tmp_path)[door]()
    assert any(number in str(refused.value) for number in ("15", "1500 %", "1.4", "140 %"))
    assert "is written" not in str(refused.value)
    if door in ("value", "range"):
        assert "'140 %' is outside its range; allowed is a number from 0 to 1" in str(refused.value)


def test_an_option_of_140_percent_is_told_as_it_was_written():
    from sinobel.cli.terminal import share

    with pytest.raises(InputError, match="--discount '140 %' is no share; write a percentage from 0 to 100 %"):
        share("--discount", "140 %")
    assert share("--discount", "5 %") == 0.05
