"""Rows that a user adds to the public record: a folder in the layout of `model/record`, checked against what ships.

A row adds what the record does not have. It never revises: a value that ships stays, and another one for the same
period is refused with both told. What is added is kept as text, so that a manifest can hold it and a worker be sent it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sinobel.inputs.reading import (
    InputError,
    Problem,
    digest,
    in_quotes,
    model_folder,
    names_in,
    nearest,
    read_csv,
    read_text,
    rows_of,
    shown,
)
from sinobel.inputs.record_checks import OPTIONAL, Rows, of_series, of_tables

ASIDE = re.compile(r"\..*|(?:readme|license|licence|notes?)(?:\..*)?", re.IGNORECASE)
"""Names of files that may lie beside the rows and are not read."""
MOST = 10_000_000
"""Bytes of one file: a century of every monthly series has a tenth of it."""


@dataclass(frozen=True)
class AddedRecord:
    """Rows that a user adds, as they are written.

    Attributes
    ----------
    files : tuple[tuple[str, str], ...]
        Name and text of each file, by name.
    place : str
        Where they were read, for messages and commands; empty where a manifest held them.
    """

    files: tuple[tuple[str, str], ...]
    place: str = field(default="", compare=False)

    def rows(self, name: str) -> Rows:
        """Rows of a file, none where it is not there; the line of each stands under the key ""."""
        return [row for known, text in self.files if known == name for row in rows_of(text, self.file(name))]

    def file(self, name: str) -> str:
        """A file as a message names it."""
        return f"{self.place or 'the added record'}/{name}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the rows come from, as they say; each once, in their order."""
        every = (" ".join(row["source"].split()) for name, _ in self.files for row in self.rows(name))
        return tuple(dict.fromkeys(filter(None, every)))

    @property
    def digest(self) -> str:
        """Hash of names and texts."""
        return digest(*(part for file in self.files for part in file))

    def as_written(self) -> dict[str, Any]:
        """What a manifest holds: the rows themselves, so that they are there when the numbers are made again."""
        return {"files": {name: text.split("\n") for name, text in self.files}}

    def __repr__(self) -> str:
        return f"AddedRecord({self.place!r}, {self.digest})"


def from_written(written: Any) -> AddedRecord | None:
    """What a manifest holds of it; None where nothing was added.

    Raises
    ------
    InputError
        For anything else.
    """
    if written is None:
        return None
    files = written.get("files") if isinstance(written, dict) else None
    if not isinstance(files, dict) or not all(
        isinstance(lines, list) and all(isinstance(line, str) for line in lines) for lines in files.values()
    ):
        raise InputError("this is no complete manifest (request.record: the rows that were added are not there)")
    return checked(AddedRecord(tuple(sorted((name, "\n".join(lines)) for name, lines in files.items()))))


def read_added(folder: str | Path) -> AddedRecord:
    """The rows of a folder in the layout of `model/record`, checked.

    Raises
    ------
    InputError
        With every fault: file, line, and what is allowed.
    """
    place, texts, problems = Path(folder), [], []
    allowed = names()
    try:
        found = names_in(place)
    except OSError as error:
        what = "no such folder" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        if isinstance(error, NotADirectoryError):
            what = f"this is a file, and a record is a folder with files such as {allowed[0]}"
        raise InputError(Problem(what, shown(place))) from None
    for name in found:
        if ASIDE.fullmatch(name):
            continue
        if name not in allowed:
            what = f"this is no file of a record{nearest(name, allowed)}; it may hold {', '.join(allowed)}"
            problems.append(Problem(what, shown(place / name)))
            continue
        try:
            texts.append((name, re.sub(r"\r\n?", "\n", read_text(place / name, MOST))))
        except InputError as error:
            problems += error.problems
    if not found or not (texts or problems):
        what = f"this folder adds nothing: it has none of {', '.join(allowed)}"
        raise InputError(Problem(what, shown(place)))
    if problems:
        raise InputError(problems)
    return _news(checked(AddedRecord(tuple(sorted(texts)), shown(place))))


def _news(added: AddedRecord) -> AddedRecord:
    """The same without the rows that ship word by word, as in a copy of the record that somebody went on with."""
    files = []
    for name, text in added.files:
        mine = added.rows(name)
        if rows := [row for row in mine if not _ships(row, name)]:
            files.append((name, text if len(rows) == len(mine) else _text_of(rows)))
    if not files:
        raise InputError(Problem("this record adds no rows to those that ship", added.place))
    return AddedRecord(tuple(files), added.place)


def _text_of(rows: Rows) -> str:
    """Rows as a file."""
    columns = [column for column in rows[0] if column]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@lru_cache(maxsize=32)
def _known(name: str) -> frozenset[frozenset[tuple[str, str]]]:
    return frozenset(frozenset(row.items()) - {("", row[""])} for row in _shipped(name))


def _ships(row: Mapping[str, str], name: str) -> bool:
    """Whether a row stands in the shipped file word by word."""
    return frozenset(row.items()) - {("", row[""])} in _known(name)


def names() -> list[str]:
    """Names of the files of the record."""
    return sorted(path.name for path in _folder().glob("*.csv"))


def _folder() -> Path:
    return model_folder() / "record"


@lru_cache(maxsize=32)
def _shipped(name: str) -> Rows:
    return read_csv(_folder() / name)


# --- checks ----------------------------------------------------------------------------------------------------------


def checked(added: AddedRecord) -> AddedRecord:
    """The same, once every row of it can stand beside what ships.

    Raises
    ------
    InputError
        With every fault.
    """
    _check(added)
    return added


@lru_cache(maxsize=8)
def _check(added: AddedRecord) -> None:
    """Raises InputError; what has passed is not looked at again."""
    problems: list[Problem] = []
    tables: dict[str, Rows] = {}
    for name, _ in added.files:
        if name not in names():
            problems.append(Problem(f"this is no file of a record{nearest(name, names())}", added.file(name)))
            continue
        try:
            tables[name] = added.rows(name)
        except InputError as error:
            problems += error.problems
            continue
        problems += _of_header(added, name)
    if problems:
        raise InputError(problems)
    if not any(tables.values()):
        raise InputError(Problem("this record adds no rows", added.place or "the added record"))
    news = {name: [row for row in rows if not _ships(row, name)] for name, rows in tables.items()}
    faults = [*of_series(news, _shipped, names()), *of_tables(news, _shipped)]
    if faults:
        raise InputError([Problem(message, added.file(name), line) for name, line, message in faults])


def _of_header(added: AddedRecord, name: str) -> Iterator[Problem]:
    columns = list(_shipped(name)[0])[:-1]  # the last is the line
    text = dict(added.files)[name]
    header = next(csv.reader(text.splitlines()), [])
    for column in columns:
        if column not in header and column not in OPTIONAL:
            near = nearest(column, set(header) - set(columns)).replace("did you mean", "is it")
            yield Problem(f"the column {in_quotes(column)} is missing{near}", added.file(name), 1)
    for column in header:
        if column not in columns:
            yield Problem(
                f"{in_quotes(column)} is no column of this file; it has {', '.join(columns)}", added.file(name), 1
            )
        elif header.count(column) > 1:
            yield Problem(f"the column {in_quotes(column)} stands twice", added.file(name), 1)
            return
