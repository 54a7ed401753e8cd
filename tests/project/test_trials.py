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


def test_trials_are_numbered_and_say_what_was_expected():
    rows = trials()
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"T\d{2,3}", row["id"]) for row in rows)  # several people number in ranges of their own
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["date"])
        for column in set(COLUMNS) - OUTCOME:
            assert row[column], (row["id"], column)


def test_only_trials_of_the_last_day_may_be_announced_and_not_yet_run():
    """What came of every earlier one stands there; one of the last day has both or neither."""
    assert not unfinished(trials()), "trials without their outcome"


def unfinished(rows):
    """Ids of the rows that are only half told, or not told although a later day has its trials."""
    last = max(row["date"] for row in rows)
    told = [(row, {bool(row[column]) for column in OUTCOME}) for row in rows]
    return [row["id"] for row, found in told if len(found) > 1 or (found == {False} and row["date"] < last)]


@pytest.mark.parametrize(
    ("outcomes", "wrong"),
    [
        ("++ ++ ++", []),
        ("++ ++ --", []),
        ("++ ++ +-", ["2"]),
        ("++ ++ -+", ["2"]),
        ("++ -- ++", []),
        ("-- ++ --", ["0"]),
        ("++ +- --", ["1"]),
    ],
)
def test_a_trial_without_its_outcome_is_found(outcomes, wrong):
    cells = [{"+": "told", "-": ""}[sign] for sign in outcomes.replace(" ", "")]
    days = ["2016-11-01", "2016-11-02", "2016-11-02"]
    rows = [
        {"id": str(place), "date": day, "result": cells[2 * place], "adopted": cells[2 * place + 1]}
        for place, day in enumerate(days)
    ]
    assert unfinished(rows) == wrong
