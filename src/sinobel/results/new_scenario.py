"""A scenario file to begin with: it validates as it stands, and its comments say what else it may hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sinobel.inputs import months
from sinobel.inputs.characters import unprintable
from sinobel.inputs.reading import InputError, Problem, shown
from sinobel.policies import as_toml, what_if
from sinobel.policies.scenario import BASELINE, Scenario
from sinobel.policies.scenarios import find, load
from sinobel.store.scenario_files import write_new

QUESTION = "What if China ties only 40 % of its credit from 2018?"
EXAMPLE = {
    "lever": "china.tied_share",
    "from": "2018-01",
    "value": 0.4,
    "why": "the sentence of the paper that it rests on, or why one asks",
}
ABOVE = """\
# Each [[change]] sets one lever from a month on. `sinobel levers` lists what can be set, `sinobel validate` says what
# this file does, or every mistake at once, and `sinobel compare baseline` with its path simulates it.
"""
MORE = """\
# What else a change may have:
#   until = "2022-12"    its last month; without one it stays, or lasts until the next change of its lever
#   scale = 0.5          in place of a value: half of what the lever would be
#   when  = { indicator = "debt_to_gdp", above = 0.40 }
#                        only in those futures and months that begin so (also below, of, for, until_below, until_above)
#
# Take away "#:" to use what follows. A loan is signed, an investment made, in every future, whatever lenders decide:
#
#: [[loan]]
#: name       = "a power plant"
#: lender     = "china"         # or russia, imf, multilateral, bonds
#: amount     = 1000            # USD mn
#: signed     = "2018-05"
#: sector     = "energy"
#: instrument = "preferential"  # "untied" is paid out at once; others are drawn as work goes on
#
#: [[investment]]
#: name     = "Great Stone"
#: from     = "2018-01"
#: until    = "2022-12"
#: amount   = 500               # in all; amount_a_year needs no last month
#: investor = "china"           # or elsewhere
#: sector   = "industrial park"
#
# Changes and loans that belong together ship as packages, dated from their first month:
#
#: [[package]]
#: name = "imf-program"
#: from = "2018-01"
"""


def write(path: Path, *, extends: str = BASELINE, title: str | None = None, settings: Sequence[str] = ()) -> Path:
    """Write a new scenario file and return its path.

    Parameters
    ----------
    extends : str
        The scenario that it builds on, a shipped one or a file.
    title : str | None
        A few words for charts; made of the name of the file unless given.
    settings : Sequence[str]
        What-ifs as `what_if` reads them, written as changes in the place of the example.

    Raises
    ------
    InputError
        For what no scenario can have, and where something has the name of the file already.
    """
    as_toml.refuse_ending(path)
    problems = []
    if path.exists() or path.is_symlink():
        problems.append(Problem("something is there already, and stays; choose another name", shown(path)))
    if title is not None and (why := _refused(title)):
        problems.append(Problem(f" {why}", argument="title"))
    above = BASELINE
    try:
        above = _as_written(extends, path)
    except InputError as error:
        problems += error.problems
    try:
        made = what_if.what_if(Scenario(BASELINE), settings)
        problems += made.check_dates(months.parse(months.DEFAULT_ORIGIN), months.parse(months.DEFAULT_HORIZON))
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    write_new(path, text_of(above, title or _called(path), made))
    return path


def text_of(extends: str, title: str, made: Scenario) -> str:
    """The text of the file.

    Parameters
    ----------
    made : Scenario
        Of what is set; where that is nothing an example stands there.
    """
    question = as_toml.shortened(made.question, "question") or QUESTION
    head = {"extends": extends, "title": title, "question": question}
    changes = [change.as_written() for change in made.changes] or [EXAMPLE]
    tables = [as_toml.table_of("change", entry) for entry in changes]
    return "\n".join([as_toml.lines_of(head), ABOVE, *tables, MORE])


def _as_written(extends: str, path: Path) -> str:
    """How the new file calls the scenario that it extends: by name, or by the path from where the file lies."""
    load(extends)
    if not extends.endswith(as_toml.ENDING):
        find(extends)
        return extends
    try:
        return Path(os.path.relpath(extends, path.parent)).as_posix()
    except ValueError:  # another drive
        return Path(os.path.abspath(extends)).as_posix()


def _refused(title: str) -> str | None:
    if not title.strip():
        return "is empty"
    return "has several lines; write it on one" if "\n" in title else unprintable(title, as_toml.LONGEST["title"])


def _called(path: Path) -> str:
    return as_toml.shortened(path.stem.replace("-", " ").replace("_", " ").capitalize(), "title")
