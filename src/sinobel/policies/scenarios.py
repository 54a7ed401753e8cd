"""Scenarios: short TOML files of dated lever changes and events, each of which may extend another.

The reader checks everything a scenario can get wrong before anything runs, and reports all of it at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from sinobel.inputs.characters import unprintable
from sinobel.inputs.levers import Value
from sinobel.inputs.quantities import Named, label_alone, label_and_name
from sinobel.inputs.reading import (
    MOST_WRITTEN,
    InputError,
    Problem,
    as_file_name,
    digest,
    in_quotes,
    nearest,
    quoted,
    read_text,
    scenario_folder,
    shown,
)
from sinobel.inputs.toml_text import Lines, line_of, parse_toml
from sinobel.policies import events as dated_events
from sinobel.policies.changes import Change, Complain, clashes, conflicts, read_change, sentences
from sinobel.policies.event_reading import read_event
from sinobel.policies.events import Event
from sinobel.policies.packages import read_package

BASELINE = "baseline"
TABLES = ("change", "loan", "investment", "package")
EVENTS = ("loan", "investment")
TOP_KEYS = ("extends", "title", "question", *TABLES)
MOST_STEPS = 20  # scenarios that extend one another
LONGEST = {"title": 120, "question": 400}  # characters: they stand on charts and in tables

LONGEST_PATH = 10_000
_MISSING, _ODD = "no such scenario file", "this is no ordinary file; name a scenario file"
_REASONS = ("why", "source")  # no number rests on them
LONGEST_WRITTEN = 10_000  # the same in a manifest, where titles of stacked scenarios stand together


@dataclass(frozen=True, repr=False)
class Scenario:
    """A named set of dated changes and events. Make one with `sinobel.scenario`, or from another with `with_change`.

    Attributes
    ----------
    name : str
        By which results and charts call it.
    title : str
        A few words for charts.
    question : str
        What it asks.
    changes : tuple[Change, ...]
        Which lever is set to what, from when until when, and why.
    events : tuple[Event, ...]
        Which loans are signed and which investments made, when, and why.
    """

    name: str
    title: str = ""
    question: str = ""
    changes: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()

    def __repr__(self) -> str:
        lines = [f"<scenario {self.name}: {self.title or 'no title'}>"]
        return "\n".join(lines + [f"  {each}" for each in in_sentences(self, label_and_name)])

    def _repr_html_(self) -> str:
        changes = "".join(f"<li>{escape(each)}</li>" for each in in_sentences(self, label_and_name))
        head = f"<b>{escape(self.name)}</b>: {escape(self.title or 'no title')}"
        question = f"<p>{escape(self.question)}</p>" if self.question else ""
        return f"<div>{head}{question}<ul>{changes}</ul></div>"

    def with_change(
        self,
        lever: str,
        value: Value | None = None,
        *,
        start: str,
        until: str | None = None,
        scale: float | None = None,
        when: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
        why: str = "",
        name: str | None = None,
    ) -> Scenario:
        """The scenario with one more change.

        Parameters
        ----------
        lever : str
            For example "china.tied_share".
        value : Value | None
            Replaces the lever in every draw; or give `scale`.
        start : str
            First month, "2018-01".
        until : str | None
            Last month, included; without one the change stays.
        scale : float | None
            Multiplies the lever instead of replacing it.
        when : Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
            A rule of state, {"indicator": "debt_to_gdp", "above": 0.4}, or a list of conditions that must all hold: the
            change holds in those draws and months in which they held the month before.
        why : str
            The reason, as results tell it.
        name : str | None
            Of the new scenario; that of the old one and the lever.

        Returns
        -------
        Scenario
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            With what is allowed when it does not fit.

        Examples
        --------
        >>> import sinobel
        >>> sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01").name
        'baseline + china.tied_share'
        """
        entry: dict[str, Any] = {"lever": lever, "from": start, "why": why or None, "until": until}
        rule = dict(when) if isinstance(when, Mapping) else list(when) if isinstance(when, tuple) else when
        entry |= {"value": value, "scale": scale, "when": rule}
        entry = {key: content for key, content in entry.items() if content is not None}
        change, problems = read_change(entry, "", Lines(0), ("change", 0))
        if change:
            problems += clashes([*self.changes, change])
        if problems or change is None:  # what a file calls "from" is called start here
            raise InputError([replace(each, message=each.message.replace('"from"', "start")) for each in problems])
        return replace(self, name=name or f"{self.name} + {lever}", changes=(*self.changes, change))

    def with_changes_of(self, *others: Scenario) -> Scenario:
        """The scenario and others stacked on it.

        Parameters
        ----------
        others : Scenario
            Scenarios whose changes are added, in order.

        Returns
        -------
        Scenario
            A new one, its name joined with +.

        Raises
        ------
        InputError
            Where two set the same lever in the same months.
        """
        stacked = (self, *others)
        changes = tuple(dict.fromkeys(change for each in stacked for change in each.changes))
        events = tuple(dict.fromkeys(event for each in stacked for event in each.events))
        problems = conflicts([(each.name, each.changes) for each in stacked]) or clashes(changes)
        if problems := [*problems, *dated_events.clashes(events)]:
            raise InputError(problems)
        titles = " + ".join(each.title or each.name for each in stacked)
        questions = dict.fromkeys(each.question for each in stacked if each.question and each.name != BASELINE)
        return Scenario(" + ".join(each.name for each in stacked), titles, " ".join(questions), changes, events)

    def check_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Problems of changes and events that start or end outside the months that are simulated.

        Parameters
        ----------
        origin : int
            Number of the month that opens the books.
        horizon : int
            Number of the last month.

        Returns
        -------
        list[Problem]
            Nothing when all is well.
        """
        dated = (*self.changes, *self.events)
        return [problem for each in dated for problem in each.refuse_dates(origin, horizon)]

    def refuse_texts(self) -> list[str]:
        """Why its texts cannot stand on charts and in tables; files are checked when they are read.

        Returns
        -------
        list[str]
            A sentence for each reason; nothing when all is well.
        """
        texts = {"name": self.name, "title": self.title, "question": self.question}
        found = [
            f'"{key}" of a scenario {why}' for key, text in texts.items() if (why := unprintable(text, LONGEST_WRITTEN))
        ]
        return found + ["the name of a scenario has several lines"] * ("\n" in self.name)

    @property
    def folder_name(self) -> str:
        """Its name as part of the name of a results folder."""
        return as_file_name(self.name.replace(" + ", "-with-"))

    def as_written(self) -> dict[str, Any]:
        """Everything that identifies the scenario, ready for JSON.

        Returns
        -------
        dict[str, Any]
            What a manifest holds of it.
        """
        written: dict[str, Any] = {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "change": [change.as_written() for change in self.changes],
        }
        for kind in EVENTS:
            if entries := [event.as_written() for event in self.events if event.kind == kind]:
                written[kind] = entries
        return written

    @property
    def digest(self) -> str:
        """Hash of the changes and events: two scenarios with the same have the same."""
        ordered = sorted(self.changes, key=lambda change: (change.lever, change.start, bool(change.when)))
        dated = [*ordered, *sorted(self.events, key=lambda event: event.name)]
        content = [{k: v for k, v in each.as_written().items() if k not in _REASONS} for each in dated]
        return digest(json.dumps(content, sort_keys=True))


def in_sentences(scenario: Scenario, named: Named = label_alone) -> list[str]:
    """What a scenario changes and what happens in it, a sentence each; changes first, then events.

    Parameters
    ----------
    named : Named
        How a lever or indicator is called.
    """
    return [*sentences(scenario.changes, named), *(each.in_words(named) for each in scenario.events)]


def from_written(written: Mapping[str, Any]) -> Scenario:
    """The scenario of a manifest, checked as a file would be.

    Raises
    ------
    InputError
        See above.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    for place, entry in enumerate(written.get("change", [])):
        change, found = read_change(entry, "manifest", Lines(0), ("change", place), ran=True)
        problems += found
        changes += [change] if change else []
    events: list[Event] = []
    for kind in EVENTS:
        for place, entry in enumerate(written.get(kind, [])):
            event, found = read_event(kind, entry, "manifest", Lines(0), (kind, place))
            problems += found
            events += [event] if event else []
    problems += clashes(changes) + dated_events.clashes(events)
    texts = {key: written.get(key, "") for key in ("name", "title", "question")}
    for key, text in texts.items():
        if not isinstance(text, str):
            problems.append(Problem(f'"{key}" must be a text', "manifest"))
        elif why := unprintable(text, LONGEST_WRITTEN):
            problems.append(Problem(f'"{key}" {why}', "manifest"))
    if problems:
        raise InputError(problems)
    return Scenario(**texts, changes=tuple(changes), events=tuple(events))


# --- files -----------------------------------------------------------------------------------------------------------


def shipped_names() -> list[str]:
    """Names of the scenarios that ship with the project, baseline first."""
    names = sorted(path.stem for path in scenario_folder().glob("*.toml"))
    return sorted(names, key=lambda name: name != BASELINE)


def load(scenario: str | Path | Scenario) -> Scenario:
    """A scenario by the name of one that ships, by the path of a file, or as it is.

    Several of them with plus signs in between, "russian-squeeze+untied-finance", are stacked.

    Raises
    ------
    InputError
        See above.
    """
    if isinstance(scenario, Scenario):
        return scenario
    if not isinstance(scenario, str | Path):
        if isinstance(scenario, list | tuple | set):
            raise InputError(Problem("these are several scenarios where one belongs", hint="{compare()} takes several"))
        raise InputError(f"{quoted(scenario)} is no scenario: a name, a path or a Scenario is")
    parts = str(scenario).split("+")
    if isinstance(scenario, str) and len(parts) > 1 and not _is_file(Path(scenario)):
        first, *others = load_all([part.strip() for part in parts])
        return first.with_changes_of(*others)
    return read_scenario(find(scenario))


def load_all(names: Iterable[str | Path | Scenario]) -> list[Scenario]:
    """Several scenarios.

    Raises
    ------
    InputError
        With the problems of all of them at once.
    """
    found, problems = [], []
    for name in names:
        try:
            found.append(load(name))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found


def find(scenario: str | Path, beside: Path | None = None) -> Path:
    """File of a scenario: a path to a .toml file, or the name of a scenario beside it or shipped.

    Raises
    ------
    InputError
        See above.
    """
    text = str(scenario)
    if not text.strip():
        raise InputError("a scenario has an empty name; " + _available())
    if (why := unprintable(text, LONGEST_PATH)) or "\n" in text:
        raise InputError(f"{quoted(text)} cannot be the name of a scenario: it {why or 'has several lines'}")
    if text.endswith(".toml") or isinstance(scenario, Path):
        path = Path(text) if beside is None or Path(text).is_absolute() else beside / text
        if not _is_file(path):
            if _is_odd(path):
                raise InputError(Problem(_ODD, shown(path)))
            raise InputError(Problem(_MISSING, shown(path)))
        return path
    for folder in filter(None, (beside, scenario_folder())):
        path = folder / f"{text}.toml"
        if path.parent == folder and _is_file(path):
            return path
    if os.path.isdir(text):  # says no to names no file can have
        raise InputError(Problem("this is a folder; name the .toml files in it", shown(Path(text))))
    raise InputError(f"there is no scenario {in_quotes(text)}{nearest(text, shipped_names())} ({_available()})")


def _is_odd(path: Path) -> bool:
    """True for what is there and no file: a pipe, a device, or a link to one."""
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or not one, for the file system
        return False


def _available() -> str:
    return "available: " + ", ".join(shipped_names()) + ", or the path of a .toml file"


def read_scenario(path: Path, _below: tuple[Path, ...] = ()) -> Scenario:
    """Scenario of a file together with what it extends.

    A lever that a file sets starts anew there: what the extended scenario does with that lever no longer counts. Where
    the file sets it by rules of state alone, they stand on the plain changes of the extended scenario. An event takes
    the place of one of the same name there.

    Raises
    ------
    InputError
        With every problem, file and line.
    """
    text = read_text(path, MOST_WRITTEN)
    content, lines = parse_toml(text, path)
    file = shown(path)
    problems: list[Problem] = []

    def complain(message: str, *where: str | int) -> None:
        problems.append(Problem(message, file, line_of(lines, where)))

    if not text.strip():
        complain("the file is empty; a scenario needs at least a question, or changes in [[change]] tables")
    _refuse_keys(content, complain)
    parent, found = _extended(content.get("extends"), path, _below, complain)
    problems += found
    changes, events, found = _tables(content, file, lines)
    problems += found + clashes(changes)
    events = [*_events_above(parent, events), *events]
    problems += dated_events.clashes(events)
    if problems:
        raise InputError(_ordered(problems))
    return Scenario(
        name=path.stem,
        title=content.get("title") or path.stem.replace("-", " ").capitalize(),
        question=content.get("question", ""),
        changes=(*_inherited(parent, changes), *changes),
        events=tuple(events),
    )


def _tables(content: Mapping[str, Any], file: str, lines: Lines) -> tuple[list[Change], list[Event], list[Problem]]:
    """The changes and events of a file, those of its packages included, and what is wrong with them."""
    changes: list[Change] = []
    events: list[Event] = []
    problems: list[Problem] = []
    for kind in TABLES:
        entries = content.get(kind, [])
        if not isinstance(entries, list):
            message = f"{kind}s are written as [[{kind}]] tables, with two brackets on either side"
            problems.append(Problem(message, file, line_of(lines, (kind,))))
            continue
        for place, entry in enumerate(entries):
            where = (kind, place)
            if kind == "change":
                change, found = read_change(entry, file, lines, where)
                changes += [change] if change else []
            elif kind == "package":
                package, found = read_package(entry, file, lines, where)
                changes += package.changes
                events += package.events
            else:
                event, found = read_event(kind, entry, file, lines, where)
                events += [event] if event else []
            problems += found
    return changes, events, problems


def _events_above(parent: Scenario | None, events: Sequence[Event]) -> list[Event]:
    """The events of an extended scenario; one that the file sets anew under its name no longer counts."""
    named = {event.name for event in events}
    return [event for event in (parent.events if parent else ()) if event.name not in named]


def _refuse_keys(content: Mapping[str, Any], complain: Complain) -> None:
    """Complain of keys that a scenario does not have, and of texts that are none or cannot be printed."""
    for key, given in content.items():
        if key not in TOP_KEYS:
            meant = nearest(key, TOP_KEYS) if isinstance(given, str) else nearest(key, TABLES)
            for table in TABLES:
                meant = meant.replace(f'"{table}"', f"[[{table}]]")
            complain(f"unknown key {in_quotes(key)}{meant} (allowed: {', '.join(TOP_KEYS)})", key)
    for key in ("extends", "title", "question"):
        if key in content and not isinstance(content[key], str):
            complain(f'"{key}" must be a text in quotes', key)
    for key, most in LONGEST.items():
        given = content.get(key)
        why = unprintable(given, most)
        if why is None and key == "title" and isinstance(given, str) and "\n" in given:
            why = "has several lines; write it on one"
        if why:
            complain(f'"{key}" {why}', key)


def _extended(
    extends: Any, path: Path, below: tuple[Path, ...], complain: Complain
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario that the one of a file extends, and what is wrong in the files of those above it."""
    if not isinstance(extends, str):
        return None, []
    elsewhere: list[Problem] = []
    try:
        source = find(extends, beside=path.parent).resolve()
        if source in (*below, path.resolve()):
            chain = " -> ".join(step.stem for step in (*below, path, source))
            complain(f"the scenarios extend each other in a circle: {chain}", "extends")
        elif len(below) >= MOST_STEPS:
            raise InputError(f"more than {MOST_STEPS} scenarios extend one another")
        else:
            return read_scenario(source, (*below, path.resolve())), []
    except InputError as error:
        file = shown(path)
        for problem in error.problems:
            if problem.file and problem.file != file and not problem.message.startswith((_MISSING, _ODD)):
                elsewhere.append(problem)
            else:
                missing = f"{problem.file}: " if problem.file and problem.file != file else ""
                complain(f'"extends" leads nowhere: {missing}{problem.message}', "extends")
    return None, elsewhere


def _inherited(parent: Scenario | None, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes of an extended scenario that stand beside those of the file."""
    plain, ruled = ({change.lever for change in changes if bool(change.when) is kind} for kind in (False, True))
    return tuple(
        change
        for change in (parent.changes if parent else ())
        if change.lever not in plain and not (change.when and change.lever in ruled)
    )


def _ordered(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line or 0))
