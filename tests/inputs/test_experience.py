"""Every lever declares what has been seen of it and where; what lies beyond is told."""

import re

import pytest

from sinobel.inputs.levers import all_levers, read_levers
from sinobel.inputs.reading import InputError, model_folder


@pytest.mark.parametrize("name", list(all_levers()))
def test_every_lever_says_what_has_been_seen_and_where(name):
    lever = all_levers()[name]
    assert len(lever.seen) > 20, "a source, not a word"
    for value in lever.experience:
        assert lever.refuse(value) is None
        assert lever.beyond(value) == ""
    if not lever.is_left_alone:
        assert lever.beyond(lever.baseline) == "", "the baseline is something that has been seen"
    if lever.kind == "number":
        low, high = lever.range
        assert low <= lever.experience[0] < lever.experience[1] <= high


def test_most_numbers_may_be_set_beyond_experience_and_are_marked_then():
    numbers = [each for each in all_levers().values() if each.kind == "number"]
    wider = [each for each in numbers if any(each.beyond(end) for end in each.range)]
    assert len(wider) > len(numbers) / 2


@pytest.mark.parametrize(
    ("lever", "value", "months", "told"),
    [
        ("world.oil_price", 135.0, 0, ""),
        ("world.oil_price", 135.1, 0, "beyond what has been seen: 10 to 135 (oil_price_brent_month"),
        ("world.oil_price", 9.0, 500, "beyond what has been seen: 10 to 135 ("),
        ("china.market_closure", True, 12, ""),
        ("china.market_closure", True, 13, "longer than has been seen: 12 months ("),
        ("china.market_closure", False, 168, ""),
        ("russia.growth_shock", -0.02, 120, ""),
        ("russia.growth_shock", -0.02, 121, "longer than has been seen: 120 months ("),
        ("russia.growth_shock", -0.09, 1, "beyond what has been seen: -0.08 to 0.05, for 120 months in a row"),
    ],
)
def test_beyond(lever, value, months, told):
    found = all_levers()[lever].beyond(value, months)
    assert found.startswith(told) if told else found == ""


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        (r"^experience = .*\n", "", "experience"),
        (r"^seen       = .*\n", "", "seen"),
        (r"^seen       = .*$", 'seen       = " "', "says where its experience comes from"),
        (r"^experience = .*$", "experience = [0.6, 0.2]", "does not rise"),
        (r"^experience = .*$", "experience = [0.2]", "its smallest and largest value"),
        (r"^experience = .*$", 'experience = ["little", "much"]', "its smallest and largest value"),
        (r"^experience = .*$", "experience = [0.2, 1.6]", "experience 1.6 is outside its range"),
        (r"^experience = .*$", "experience = [0.3, 0.6]", "its baseline lies beyond its experience"),
        (r"^(experience = .*)$", r"\1\nlongest    = 0", "a month or more"),
    ],
)
def test_a_lever_without_experience_is_refused(tmp_path, written, instead, says):
    text = (model_folder() / "levers.toml").read_text()
    changed = re.sub(written, instead, text, count=1, flags=re.MULTILINE)
    assert changed != text
    path = tmp_path / "levers.toml"
    path.write_text(changed)
    with pytest.raises(InputError, match=rf"levers\.toml:\d+: belarus\.reform: .*{re.escape(says)}"):
        read_levers(path)
