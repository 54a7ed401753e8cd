"""Changes beyond experience are found without simulating: by value, by scale, by how long they last."""

import pytest

from sinobel.inputs import months
from sinobel.policies import beyond, scenarios

BASE = scenarios.load("baseline")
ORIGIN, HORIZON = months.parse("2016-12"), months.parse("2030-12")


def told(*changes, horizon=HORIZON):
    policy = BASE
    for lever, rest in changes:
        policy = policy.with_change(lever, **rest)
    return beyond.remarks(policy.changes, ORIGIN, horizon)


@pytest.mark.parametrize(
    ("lever", "change", "marked"),
    [
        ("belarus.reform", {"value": 0.6, "start": "2018-01"}, ""),
        ("belarus.reform", {"value": 0.7, "start": "2018-01"}, "beyond what has been seen: 0.2 to 0.6"),
        ("belarus.reform", {"scale": 3, "start": "2018-01"}, ""),
        ("belarus.reform", {"scale": 4, "start": "2018-01"}, "beyond what has been seen: 0.2 to 0.6"),
        ("russia.lending", {"scale": 100, "start": "2018-01"}, "beyond what has been seen: 0 to 2.8"),
        ("world.oil_price", {"scale": 5, "start": "2018-01"}, ""),
        ("china.market_closure", {"value": True, "start": "2018-01", "until": "2018-12"}, ""),
        ("china.market_closure", {"value": True, "start": "2018-01", "until": "2019-01"}, "longer than has been seen"),
        ("china.market_closure", {"value": True, "start": "2018-01"}, "longer than has been seen: 12 months"),
        (
            "china.market_closure",
            {"value": True, "start": "2018-01", "when": {"indicator": "reserves", "below": 3000}},
            "",
        ),
        ("russia.growth_shock", {"value": -0.09, "start": "2018-01"}, "beyond what has been seen: -0.08 to 0.05"),
    ],
)
def test_remarks(lever, change, marked):
    (found,) = told((lever, change))
    assert found.startswith(marked) if marked else found == ""


def test_a_change_ends_where_the_next_begins():
    on, off = {"value": True, "start": "2018-01"}, {"value": False, "start": "2018-10"}
    assert told(("china.market_closure", on), ("china.market_closure", off)) == ["", ""]
    assert told(("china.market_closure", on), horizon=months.parse("2018-12")) == [""]


def test_shipped_scenarios_are_valid_and_what_they_set_beyond_experience_is_known():
    marked = set()
    for name in scenarios.shipped_names():
        policy = scenarios.load(name)
        if any(beyond.remarks(policy.changes, ORIGIN, HORIZON)):
            marked.add(name)
    assert "baseline" not in marked
    assert "untied-finance" in marked, "no Chinese loan without any tie is in the record"
