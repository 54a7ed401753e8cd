"""Packages: changes and events that belong together, dated from the month in which the package begins.

A package is expanded into ordinary changes and events while a scenario file is read, so nothing else knows of packages.
One that ships stands in `scenarios/packages`; another may stand in the scenario file itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sinobel.inputs import months, values
from sinobel.inputs.characters import unprintable
from sinobel.inputs.reading import (
    MOST_WRITTEN,
    InputError,
    Problem,
    in_quotes,
    nearest,
    quoted,
    read_text,
    scenario_folder,
    shown,
)
from sinobel.inputs.toml_text import Lines, line_of, parse_toml
from sinobel.policies.changes import LONGEST_WHY, Change, Complain, read_change
from sinobel.policies.event_reading import read_event
from sinobel.policies.events import LONGEST_NAME, Event

KEYS = ("name", "from", "until", "why", "change", "loan", "investment")
CONTENT = ("change", "loan", "investment")
FILE_KEYS = ("title", "why", *CONTENT)
MOST_MONTHS = 12 * 60
UNDATED = (months.january(months.LAST_ORIGIN_YEAR + 1), None)
"""Where a package is read that does not say when it begins: any month does."""


@dataclass(frozen=True)
class Content:
    """What a package holds, as written, with its file."""

    entries: dict[str, Any]
    file: str
    lines: Lines
    where: tuple[str | int, ...]


@dataclass(frozen=True)
class Expanded:
    """What a package comes to."""

    changes: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()


def folder() -> Path:
    """Folder of the packages that ship with the project."""
    return scenario_folder() / "packages"


def shipped_names() -> list[str]:
    """Names of the packages that ship with the project."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def is_file_of_one(path: str) -> bool:
    """True for the path of a package that ships, which is no scenario by itself."""
    return path.endswith(".toml") and Path(path).stem in shipped_names() and _lies_in(Path(path), folder())


def _lies_in(path: Path, place: Path) -> bool:
    try:
        return path.resolve().parent == place.resolve()
    except (OSError, ValueError):  # no name for the file system
        return False


def read_package(entry: Any, file: str, lines: Lines, where: tuple[str | int, ...]) -> tuple[Expanded, list[Problem]]:
    """The changes and events of one [[package]] table, with what is wrong with it."""
    problems: list[Problem] = []

    def complain(message: str, *keys: str | int, hint: str = "") -> None:
        problems.append(Problem(message, file, line_of(lines, (*where, *keys)), hint=hint))

    if not isinstance(entry, dict):
        complain("packages are written as [[package]] tables")
        return Expanded(), problems
    name, dates = _head(entry, complain)
    own = any(key in entry for key in CONTENT)
    content: Content | None = Content(entry, file, lines, where)
    if not own and name is not None:
        content = _shipped(name, complain, problems)
    if content is None or (name is None and not own):
        return Expanded(), problems
    changes, events = _expand(content, dates or UNDATED, problems)
    if name is None or dates is None:
        return Expanded(), problems  # what stands inside is read for its errors alone
    line, from_line = line_of(lines, where), line_of(lines, (*where, "from"))
    if not own:  # what does not fit the dates of a run is told where the user wrote the date
        changes = [replace(each, file=file, line=line, from_line=from_line, until_line=from_line) for each in changes]
        events = [replace(each, file=file, line=line, dated=from_line) for each in events]
    told = f"package {in_quotes(name)}"
    reasons = (each.get("why") for each in (entry, content.entries))
    reason = next((each for each in reasons if isinstance(each, str)), "")
    bare = next((each for each in (*changes, *events) if not each.why), None)  # the reason of all stands once
    changes = [replace(each, why=_why(reason if each is bare else each.why, told)) for each in changes]
    events = [
        replace(each, name=f"{name}: {each.name}", why=_why(reason if each is bare else each.why, told))
        for each in events
    ]
    for each in events:
        if len(each.name) > LONGEST_NAME:
            complain(f"{quoted(each.name)} is too long a name: at most {LONGEST_NAME} characters with its package")
    return Expanded(tuple(changes), tuple(events)), problems


def _why(why: str, told: str) -> str:
    """A reason with the package it belongs to, no longer than reasons may be."""
    return f"{why[: LONGEST_WHY - len(told) - 3]} ({told})" if why else told


def _head(entry: dict[str, Any], complain: Complain) -> tuple[str | None, tuple[int, int | None] | None]:
    """Name, first and last month of a package, as far as they can be read."""
    for key in entry:
        if key not in KEYS:
            complain(f"unknown key {in_quotes(key)} in a package{nearest(key, KEYS)} ({', '.join(KEYS)})", key)
    name = values.plain(entry.get("name"))
    if name is None:
        complain('a package needs "name": one that ships, or a name for the tables inside')
    elif not isinstance(name, str) or not name.strip() or "\n" in name or unprintable(name, LONGEST_NAME):
        complain(f'"name": {quoted(name)} is no name of a package', "name")
        name = None
    if not isinstance(entry.get("why", ""), str) or unprintable(entry.get("why"), LONGEST_WHY):
        complain(f'"why" must be a text in quotes of at most {LONGEST_WHY:,} characters', "why")
    dates: dict[str, int | None] = {"from": None, "until": None}
    wrong = "from" not in entry
    if wrong:
        complain('a package needs "from", the month it begins, for example from = "2018-01"')
    for key in dates:
        if key in entry:
            try:
                dates[key] = months.parse(entry[key])
            except ValueError as error:
                complain(f'"{key}": {error}', key)
                wrong = True
    start, until = dates["from"], dates["until"]
    if start is not None and until is not None and until < start:
        complain(f'"until" {months.label(until)} lies before "from" {months.label(start)}', "until")
        wrong = True
    return name, None if wrong or start is None else (start, until)


def _shipped(name: str, complain: Complain, problems: list[Problem]) -> Content | None:
    """A package that ships, read from its file."""
    known = shipped_names()
    if name not in known:
        listed = f"available: {', '.join(known)}; or write its changes below it as [[package.change]]"
        complain(f"there is no package {in_quotes(name)}{nearest(name, known)} ({listed})", "name")
        return None
    path = folder() / f"{name}.toml"
    try:
        content, lines = parse_toml(read_text(path, MOST_WRITTEN), path)
    except InputError as error:
        problems += error.problems
        return None
    file = shown(path)
    problems += [
        Problem(f"unknown key {in_quotes(key)} in the file of a package", file, line_of(lines, (key,)))
        for key in content
        if key not in FILE_KEYS
    ]
    return Content(content, file, lines, ())


def _expand(
    content: Content, dates: tuple[int, int | None], problems: list[Problem]
) -> tuple[list[Change], list[Event]]:
    """Entries of a package as changes and events, dated from its first month."""
    changes: list[Change] = []
    events: list[Event] = []
    for kind in CONTENT:
        entries = content.entries.get(kind, [])
        if not isinstance(entries, list):
            place = line_of(content.lines, (*content.where, kind))
            problems.append(Problem(f"a package holds {kind}s as [[package.{kind}]] tables", content.file, place))
            continue
        for number, entry in enumerate(entries):
            where = (*content.where, kind, number)
            before = len(problems)
            dated = _dated(kind, entry, dates, _complaint(content, where, problems))
            sure = len(problems) == before
            if kind == "change":
                change, found = read_change(dated, content.file, content.lines, where)
                changes += [change] if change and sure else []
            else:
                event, found = read_event(kind, dated, content.file, content.lines, where)
                events += [event] if event and sure else []
            problems += found
    return changes, events


def _complaint(content: Content, where: tuple[str | int, ...], problems: list[Problem]) -> Complain:
    def complain(message: str, *keys: str | int, hint: str = "") -> None:
        problems.append(Problem(message, content.file, line_of(content.lines, (*where, *keys)), hint=hint))

    return complain


def _dated(kind: str, entry: Any, dates: tuple[int, int | None], complain: Complain) -> Any:
    """An entry with months in place of `after` and `for`; where these are wrong it begins with the package."""
    if not isinstance(entry, dict):
        return entry
    for key in ("signed", "from", "until"):
        if key in entry:
            complain(f'inside a package a date is "after", in months from its beginning, and not "{key}"', key)
    after, lasting = _months("after", 0, entry, complain), _months("for", 1, entry, complain)
    if kind == "loan" and "for" in entry:
        complain('a loan has no "for"; it is signed in one month', "for")
    start, until = dates[0] + (after or 0), dates[1]
    if until is not None and start > until:
        complain(f'"after" {after} lies beyond the last month of the package, {months.label(until)}', "after")
        start = dates[0]
    if lasting is not None:
        until = start + lasting - 1 if until is None else min(until, start + lasting - 1)
    plain = {key: value for key, value in entry.items() if key not in ("after", "for", "signed", "from", "until")}
    if kind == "loan":
        return plain | {"signed": months.label(start)}
    return plain | {"from": months.label(start)} | ({} if until is None else {"until": months.label(until)})


def _months(key: str, least: int, entry: dict[str, Any], complain: Complain) -> int | None:
    """A whole number of months."""
    value = values.plain(entry.get(key))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST_MONTHS:
        complain(f'"{key}" is a whole number of months from {least} to {MOST_MONTHS}, not {quoted(value)}', key)
        return None
    return value
