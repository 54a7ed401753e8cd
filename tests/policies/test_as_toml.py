"""A scenario that is saved is the same policy when it is read again, whatever it holds."""

import pytest

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.policies.as_toml import text_of
from sinobel.policies.scenarios import load, shipped_names


def read_again(scenario, folder, name="again"):
    return load(scenario.save(folder / f"{name}.toml"))


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_comes_back(tmp_path, name):
    scenario = sinobel.scenario(name)
    again = read_again(scenario, tmp_path, name)
    assert again.as_written() == scenario.as_written()
    assert again.digest == scenario.digest
    assert text_of(again.as_written()) == text_of(scenario.as_written())


def test_loans_packages_rules_and_dates_come_back(tmp_path):
    mine = (
        sinobel.scenario("russian-squeeze")
        .with_change("china.tied_share", 0.1 + 0.2, start="2018-01", until="2019-06", why='he said "no";\nshe agreed')
        .with_change("china.lending_volume", scale=1 / 3, start="2021-01")
        .with_change(
            "belarus.guarantee_stop",
            True,
            start="2018-02",
            when=[{"indicator": "debt_to_gdp", "above": 0.4, "until_below": 0.3}, {"indicator": "reserves", "below": 3e3}],
        )
        .with_loan("plant", lender="china", amount=1e3, signed="2018-05", sector="energy", instrument="preferential")
        .with_loan("credit", lender="china", amount=77.125, signed="2018-05", instrument="untied", interest=0.031, maturity=7)
        .with_investment("park", investor="china", start="2018-01", amount_a_year=100, why="café, 北京")
        .with_package("imf-program", start="2018-03")
    )  # fmt: skip
    again = read_again(mine, tmp_path, "mine")
    assert again.digest == mine.digest
    assert [each.as_written() for each in again.changes] == [each.as_written() for each in mine.changes]
    assert again.check_dates(24203, 24371) == []


def test_long_texts_of_stacked_scenarios_are_shortened(tmp_path):
    stacked = load("+".join(["oil-slump", "untied-finance", "russian-recovery", "new-mine-on-stream", "stake-sale"]))
    again = read_again(stacked, tmp_path)
    assert again.digest == stacked.digest
    assert len(again.title) <= 120
    assert len(again.question) <= 400


def test_nothing_that_is_there_is_lost(tmp_path):
    mine = sinobel.scenario("untied-finance")
    file = mine.save(tmp_path / "mine.toml")
    assert mine.save(str(file)) == file  # the same again is no news
    with pytest.raises(InputError, match="something is there already, and stays"):
        sinobel.scenario("oil-slump").save(file)
    assert load(file).digest == mine.digest
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(InputError, match="something is there already"):
        mine.save(tmp_path / "folder.toml")
    for name in ("mine", "mine.json", ".toml"):
        with pytest.raises(InputError, match=r"ends with \.toml"):
            mine.save(tmp_path / name)
