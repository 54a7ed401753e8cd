"""Scores of the world outside are written with their tables and charts, and are not taken for other work."""

import csv

import pytest

from sinobel.inputs.reading import InputError
from sinobel.results import outside


def test_scores_are_written_with_tables_and_charts(tmp_path):
    folder = tmp_path / "environment"
    found = outside.score_to(folder, outside.plan_of(2017, quick=True))
    assert {"scores.csv", "forecasts.csv", "oil.svg", "coverage.png"} <= {file.name for file in folder.iterdir()}
    with open(folder / "scores.csv", newline="", encoding="utf-8") as stream:
        written = list(csv.DictReader(stream))
    assert [row["series"] for row in written] == [row.series for row in found.scores]
    assert "of 5 processes hold as often" in found.verdicts[0]
    (folder / "scores.csv").write_text("mine")
    with pytest.raises(InputError):
        outside.score_to(folder, outside.plan_of(2017, quick=True))
