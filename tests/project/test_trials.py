"""The log of trials: every look at a score stands in `model/trials.csv`, announced before it was taken."""

import csv
import re

import pytest

from sinobel.inputs.reading import model_folder

COLUMNS = [
    "id",
    "date",
    "commit",
    "hypothesis",
    "mechanism",
    "source",
    "data_allowed",
    "primary_score",
    "acceptance_rule",
    "result",
    "adopted",
]
OUTCOME = {"result", "adopted"}  # empty while a trial is announced and not yet run


def trials():
    with open(model_folder() / "trials.csv", newline="", encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert reader.fieldnames == COLUMNS
    return rows


def test_trials_are_numbered_in_order_and_say_what_was_expected():
    rows = trials()
    assert [row["id"] for row in rows] == [f"T{number:02d}" for number in range(1, len(rows) + 1)]
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date"])
        for column in set(COLUMNS) - OUTCOME:
            assert row[column], (row["id"], column)


def test_only_the_last_trial_may_be_announced_and_not_yet_run():
    """What came of every earlier one stands there; the last one has both or neither."""
    assert not unfinished(trials()), "trials without their outcome"


def unfinished(rows):
    """Ids of the rows that are only half told, or not told although another trial follows."""
    told = [{bool(row[column]) for column in OUTCOME} for row in rows]
    wrong = [row["id"] for row, found in zip(rows[:-1], told, strict=False) if found != {True}]
    return wrong + [row["id"] for row, found in zip(rows[-1:], told[-1:], strict=True) if len(found) > 1]


@pytest.mark.parametrize(
    ("outcomes", "wrong"),
    [
        ("++ ++ ++", []),
        ("++ ++ --", []),
        ("++ ++ +-", ["2"]),
        ("++ ++ -+", ["2"]),
        ("++ -- ++", ["1"]),
        ("-- ++ --", ["0"]),
        ("++ +- --", ["1"]),
    ],
)
def test_a_trial_without_its_outcome_is_found(outcomes, wrong):
    cells = [{"+": "told", "-": ""}[sign] for sign in outcomes.replace(" ", "")]
    rows = [{"id": str(place), "result": cells[2 * place], "adopted": cells[2 * place + 1]} for place in range(3)]
    assert unfinished(rows) == wrong
