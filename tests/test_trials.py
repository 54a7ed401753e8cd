"""The log of trials: every look at a score stands in `model/trials.csv`, announced before it was taken."""

import csv
import re

from sinobel.reading import model_folder

COLUMNS = [
    "id", "date", "commit", "hypothesis", "mechanism", "source", "data_allowed", "primary_score", "acceptance_rule",
    "result", "adopted",
]  # fmt: skip


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
        for column in set(COLUMNS) - {"result"}:  # empty while a trial is announced and not yet run
            assert row[column], (row["id"], column)
