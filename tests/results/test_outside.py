"""Scores of the world outside are written with their tables and charts, and are not taken for other work."""

import csv

import pytest

from sinobel.inputs.reading import InputError
from sinobel.results import outside
from tests.results.edited_basis import ended


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


def test_a_quick_look_leaves_scores_of_the_model_alone():
    assert outside.usual_place(quick=True) not in (outside.usual_place(), outside.FOLDER_ADDED)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--prior",), "--prior goes not with --environment"),
        (("--refit", "--draws", 20), "--refit and --draws go not with --environment"),
        (("--against", "x"), "--against goes not with --environment"),
    ],
)
def test_what_means_nothing_to_the_world_outside_is_refused(asked, told, tmp_path, capsys):
    assert ended("backtest", "--environment", "--quick", *asked, "--out", tmp_path / "e") == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "e").exists()
