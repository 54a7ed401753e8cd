"""Scenarios: short TOML files of dated lever changes and events, each of which may extend another.

The reader checks everything a scenario can get wrong before anything runs, and reports all of it at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sinobel.inputs.characters import unprintable
from sinobel.inputs.quantities import label_and_name
from sinobel.inputs.reading import (
    MOST_WRITTEN,
    InputError,
    Problem,
    by_line,
    in_quotes,
    nearest,
    quoted,
    read_text,
    scenario_folder,
    shown,
)
from sinobel.inputs.toml_text import Lines, line_of, parse_toml
from sinobel.policies import events as dated_events
from sinobel.policies import focus, packages
from sinobel.policies.changes import Change, Complain, clashes, read_change
from sinobel.policies.event_reading import clashes_of_unread, read_event
from sinobel.policies.events import Event
from sinobel.policies.packages import read_package
from sinobel.policies.scenario import BASELINE, EVENTS, LONGEST_WRITTEN, Scenario, in_sentences

__all__ = [
    "BASELINE",
    "Scenario",
    "find",
    "from_written",
    "in_sentences",
    "load",
    "load_all",
    "problems_with",
    "read_scenario",
    "shipped_names",
    "tried",
    "tried_stack",
]


class Unfit(InputError):
    """A scenario that cannot run, with what could be read of it, which is held against the dates of a run.

    Attributes
    ----------
    draft : Scenario
        What could be read; nothing may run with it.
    """

    def __init__(self, problems: Iterable[Problem], draft: Scenario):
        super().__init__(problems)
        self.draft = draft

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems, self.draft)


@dataclass(frozen=True)
class Tried:
    """Scenarios as far as they can be read, and all that is wrong in their files.

    Attributes
    ----------
    drafts : tuple[Scenario, ...]
        In their order, without those of which nothing could be read; they may run where there are no problems.
    problems : tuple[Problem, ...]
        Each once.
    """

    drafts: tuple[Scenario, ...]
    problems: tuple[Problem, ...]

    def against(self, origin: int, horizon: int) -> list[Problem]:
        """What is wrong in files together with what does not fit the dates of a run, in the order of lines."""
        dates = (problem for draft in self.drafts for problem in draft.check_dates(origin, horizon))
        return by_line([*self.problems, *dates])

    def whole(self) -> list[Scenario]:
        """The scenarios, where nothing is wrong. Raises InputError else."""
        if self.problems:
            raise InputError(self.problems)
        return list(self.drafts)


TABLES = ("change", "loan", "investment", "package")
TOP_KEYS = ("extends", "title", "question", *focus.KEYS, *TABLES)
MOST_STEPS = 20  # scenarios that extend one another
LONGEST = {"title": 120, "question": 400}  # characters: they stand on charts and in tables

LONGEST_PATH = 10_000  # characters
_MISSING, _ODD = "no such scenario file", "this is no ordinary file; name a scenario file"


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
    told_first, found = focus.read(written, "manifest", Lines(0))
    problems += found
    if problems:
        raise InputError(problems)
    return Scenario(**texts, changes=tuple(changes), events=tuple(events), focus=told_first)


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
    if parts := _parts(scenario):
        return tried_stack(parts).whole()[0]
    return read_scenario(find(scenario))


def _parts(scenario: Any) -> list[str]:
    """The names of what is stacked with plus signs; none for anything else, such as a file with one in its name."""
    parts = scenario.split("+") if isinstance(scenario, str) else []
    return [part.strip() for part in parts] if len(parts) > 1 and not _is_file(Path(scenario)) else []


def problems_with(scenario: str | Path | Scenario, origin: int, horizon: int) -> list[Problem]:
    """All that keeps a scenario from a run from an origin to a horizon; nothing when all is well.

    What is wrong in a file and what does not fit the dates come together, in the order of lines.
    """
    return tried([scenario]).against(origin, horizon)


def load_all(names: Iterable[str | Path | Scenario]) -> list[Scenario]:
    """Several scenarios.

    Raises
    ------
    InputError
        With the problems of all of them at once.
    """
    return tried(names).whole()


def tried(names: Iterable[str | Path | Scenario]) -> Tried:
    """Several scenarios as far as they can be read, and what is wrong with any of them."""
    drafts: list[Scenario] = []
    problems: list[Problem] = []
    for name in names:
        parts = _parts(name)
        try:
            whole = tried_stack(parts) if parts else Tried((load(name),), ())
        except Unfit as error:
            whole = Tried((error.draft,), tuple(error.problems))
        except InputError as error:
            whole = Tried((), tuple(error.problems))
        drafts += whole.drafts
        problems += whole.problems
    return Tried(tuple(drafts), tuple(dict.fromkeys(at_once(problems))))


def tried_stack(names: Iterable[str | Path | Scenario]) -> Tried:
    """Scenarios stacked on the first of them as far as they can be read, and what is wrong with any or between them."""
    parts = tried(names)
    if len(parts.drafts) < 2:
        return parts
    first, *others = parts.drafts
    try:
        return Tried((first.with_changes_of(*others),), parts.problems)
    except InputError as error:
        drafts = {each.name: each for each in parts.drafts}
        return Tried(tuple(drafts.values()), tuple(dict.fromkeys([*parts.problems, *error.problems])))


@dataclass(frozen=True)
class _NoSuch(Problem):
    """Names that no scenario has, with the nearest of each; what there is stands once behind all of them."""

    names: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Sequence[str], near: Sequence[str]) -> _NoSuch:
        """The message of some names in quotes, each with its `nearest`."""
        if len(names) == 1:
            told = f"there is no scenario {names[0]}{near[0]}"
        else:
            each = [name + (f" ({hint[2:]})" if hint else "") for name, hint in zip(names, near, strict=True)]
            told = f"there are no scenarios {', '.join(each[:-1])} and {each[-1]}"
        return cls(f"{told} ({_available()})", names=tuple(names), near=tuple(near))


def at_once(problems: Sequence[Problem]) -> list[Problem]:
    """Problems, in which names that no scenario has are told together where the first of them stood."""
    strange = [each for each in problems if isinstance(each, _NoSuch)]
    hints = {name: hint for each in strange for name, hint in zip(each.names, each.near, strict=True)}
    if len(strange) < 2:
        return list(problems)
    whole = _NoSuch.of(tuple(hints), tuple(hints.values()))
    return [whole if each is strange[0] else each for each in problems if each is strange[0] or each not in strange]


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
        if packages.is_file_of_one(str(path)):
            raise InputError(Problem(_no_scenario(path.stem), shown(path)))
        return path
    for folder in filter(None, (beside, scenario_folder())):
        path = folder / f"{text}.toml"
        if path.parent == folder and _is_file(path):
            return path
    if text in packages.shipped_names():
        raise InputError(_no_scenario(text))
    if os.path.isdir(text):  # says no to names no file can have
        raise InputError(Problem("this is a folder; name the .toml files in it", shown(Path(text))))
    raise InputError(_NoSuch.of((in_quotes(text),), (nearest(text, shipped_names()),)))


def _no_scenario(package: str) -> str:
    return (
        f"{in_quotes(package)} is a package, not a scenario: a scenario file takes it up with [[package]], "
        f'name = "{package}" and from, its first month'
    )


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
    told_first, found = focus.read(content, file, lines)
    problems += found
    if problems:
        draft = Scenario(path.stem, changes=tuple(changes), events=tuple(events), focus=told_first)
        raise Unfit(by_line(problems), draft)
    return Scenario(
        name=path.stem,
        title=content.get("title") or path.stem.replace("-", " ").capitalize(),
        question=content.get("question", ""),
        changes=(*_inherited(parent, changes), *changes),
        events=tuple(events),
        focus=focus.below(told_first, parent.focus if parent else None),
        replaced=tuple(_replaced(parent, _inherited(parent, changes), events)),
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
    return changes, events, problems + clashes_of_unread(content, events, file, lines)


def _events_above(parent: Scenario | None, events: Sequence[Event]) -> list[Event]:
    """The events of an extended scenario; one that the file sets anew under its name no longer counts."""
    named = {event.name for event in events}
    return [event for event in (parent.events if parent else ()) if event.name not in named]


def _refuse_keys(content: Mapping[str, Any], complain: Complain) -> None:
    """Complain of keys that a scenario does not have, and of texts that are none or cannot be printed."""
    for key, given in content.items():
        if key not in TOP_KEYS:
            meant = nearest(key, TOP_KEYS if isinstance(given, str) else (*focus.KEYS, *TABLES))
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


def _replaced(parent: Scenario | None, changes: Sequence[Change], events: Sequence[Event]) -> Iterator[str]:
    """What of an extended scenario no longer counts, in words, given what is left of it."""
    if parent is None:
        return
    kept = {id(each) for each in (*changes, *events)}
    for each in (*parent.changes, *parent.events):
        if id(each) not in kept:
            how = "this file sets its lever anew" if isinstance(each, Change) else "this file has one of that name"
            yield f"{parent.name} has {each.in_words(label_and_name)}; that no longer counts, for {how}"
