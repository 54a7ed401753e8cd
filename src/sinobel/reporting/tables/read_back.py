"""Tables of results and studies as the report reads them back: what a person has changed in them is found here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from sinobel.inputs import inert
from sinobel.inputs.reading import InputError, Problem, in_quotes, quoted, read_csv, shown
from sinobel.runs.trajectories import BANDS

Row = dict[str, float | str]

_SHARES = (
    "year",
    *(f"{of}{end}" for of in ("first", "total") for end in ("", "_low", "_high")),
    "other_first",
    "other_total",
)
_OF_SHARES = ("scenario", "against", "indicator", "factor", "kind", "label", "measure", "other_measure")
TEXTS: Mapping[str, tuple[str, ...]] = {
    "money": ("scenario", "loan", "stage", "item", "unit"),
    "sensitivity": _OF_SHARES,
    "sensitivity-groups": _OF_SHARES,
    "screening": ("parameter", "label", "parameter_unit"),
    "failure-boxes": ("scenario", "against", "failure", "rule", "factor", "label", "unit"),
}
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "money": (*BANDS, "to_origin", "usd_mn", "signed_usd_mn", "signed_in"),
    "sensitivity": _SHARES,
    "sensitivity-groups": _SHARES,
    "screening": ("effect", "size", "size_low", "size_high", "spread"),
    "failure-boxes": (
        "failing",
        "box",
        "coverage",
        "density",
        "density_low",
        "density_high",
        "futures",
        "failures",
        "low",
        "high",
        "low_percentile",
        "high_percentile",
        "least",
        "most",
    ),
}
NEEDED: Mapping[str, tuple[str, ...]] = {"sensitivity": ("parameter",), "sensitivity-groups": ("chance",)}
"""Kinds of rows that a picture of the table starts from."""
OPEN = {"low", "high", "usd_mn"}  # a side that is open, a sum that has no meaning


def table(file: Path, kind: str) -> list[Row]:
    """Rows of a table with numbers as numbers.

    Parameters
    ----------
    kind : str
        One of TEXTS: which columns it has.

    Raises
    ------
    InputError
        With file and line of what is damaged.
    """
    rows, problems = read_csv(file), []
    missing = [name for name in (*TEXTS[kind], *NUMBERS[kind]) if rows and name not in rows[0]]
    if missing:
        raise InputError(Problem(f"this table has no column {in_quotes(missing[0])}; make it again", shown(file), 1))
    entries: list[Row] = []
    for row in rows:
        entry: Row = {name: inert.from_csv(text) for name, text in row.items() if name}
        for name in NUMBERS[kind]:
            try:
                entry[name] = "" if not row[name] and name in OPEN else _number(row[name], name)
            except ValueError:
                message = f"{name} {quoted(row[name])} is not a number; make this table again"
                problems.append(Problem(message, shown(file), int(row[""])))
        entries.append(entry)
    for needed in NEEDED.get(kind, ()):
        if entries and needed not in {row["kind"] for row in entries}:
            message = f"this table has no row of the kind {in_quotes(needed)}; make it again"
            problems.append(Problem(message, shown(file)))
    if problems:
        raise InputError(problems)
    return entries


def _number(text: str, name: str) -> float:
    """A number of a table; only what may be open may be none. Raises ValueError."""
    value = float(text)
    if not abs(value) < 1e15 and not (name in OPEN and math.isnan(value)):
        raise ValueError(text)
    return value
