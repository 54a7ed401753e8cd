"""What a folder says it rests on is what its numbers are made with, also after a calibration in the same session."""

import csv
import shutil

from sinobel.inputs import posterior
from sinobel.policies import scenarios
from sinobel.results.basis import basis_of
from sinobel.runs.manifest import manifest_of
from sinobel.runs.request import Request


def told():
    request = Request((scenarios.load("baseline"),), 2, 1, horizon="2017-12")
    found = basis_of(manifest_of(request))
    return found.moved, found.figures


def drop_last_row(file):
    with file.open(newline="") as text:
        rows = list(csv.reader(text))
    with file.open("w", newline="") as text:
        csv.writer(text).writerows(rows[:-1])
    return rows[-1]


def test_tables_of_the_posterior_are_read_anew_when_they_are_written(tmp_path):
    place = tmp_path / "posterior"
    shutil.copytree(posterior.folder(), place)
    moved, figures = told()
    with posterior.read_from(place):
        assert told() == (moved, figures)
        last = drop_last_row(place / "parameters.csv")
        drop_last_row(place / "figures.csv")
        posterior.forget()
        assert told() == (moved[:-1], figures[:-1])
        assert last[0] == moved[-1]
    assert told() == (moved, figures)


def test_draws_are_read_from_the_folder_that_is_made(tmp_path):
    """The figures of a calibration are simulated before its posterior has its place."""
    place = tmp_path / "posterior"
    shutil.copytree(posterior.folder(), place)
    (place / "2015-12.nc").unlink()
    origin = 12 * 2015 + 11
    assert posterior.posterior_at(origin) is not None
    with posterior.read_from(place):
        assert posterior.posterior_at(origin) is None
        assert posterior.in_words("posterior", origin) == "the wide priors"
    assert posterior.posterior_at(origin) is not None
