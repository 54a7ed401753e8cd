"""Scenarios: short TOML files of dated lever changes, each of which may extend another.

The reader checks everything a scenario can get wrong before anything runs, and reports all of it at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from sinobel import months
from sinobel.levers import Value, all_levers
from sinobel.reading import (
    InputError,
    Problem,
    digest,
    line_of,
    nearest,
    parse_toml,
    read_text,
    scenario_folder,
    shown,
    toml_lines,
)

BASELINE = "baseline"
_TOP_KEYS = ("extends", "title", "question", "change")
_CHANGE_KEYS = ("lever", "from", "until", "value", "scale", "why")


@dataclass(frozen=True)
class Change:
    """One dated change of one lever: a value that replaces, or a scale that multiplies.

    start, until  month numbers, both included; without `until` it lasts until the next change of the lever
    """

    lever: str
    start: int
    value: Value | None = None
    scale: float | None = None
    until: int | None = None
    why: str = ""
    file: str = ""
    line: int | None = None

    def as_written(self) -> dict[str, Any]:
        """The change as it would stand in a file, for manifests and hashes."""
        written: dict[str, Any] = {"lever": self.lever, "from": months.label(self.start)}
        if self.until is not None:
            written["until"] = months.label(self.until)
        written["value" if self.value is not None else "scale"] = self.value if self.value is not None else self.scale
        if self.why:
            written["why"] = self.why
        return written


@dataclass(frozen=True)
class Scenario:
    """A named set of dated lever changes. Make one with `load`, or from another with `with_change`."""

    name: str
    title: str = ""
    question: str = ""
    changes: tuple[Change, ...] = ()

    def with_change(
        self,
        lever: str,
        value: Value | None = None,
        *,
        start: str,
        until: str | None = None,
        scale: float | None = None,
        why: str = "",
        name: str | None = None,
    ) -> Scenario:
        """The scenario with one more change. Raises InputError with what is allowed when it does not fit.

        lever  for example "china.tied_share"
        value  replaces the lever in every draw; or give scale, which multiplies it
        start  first month, "2018-01"; until is the last one, included
        """
        entry: dict[str, Any] = {"lever": lever, "from": start, "why": why or None, "until": until}
        entry |= {"value": value, "scale": scale}
        entry = {key: content for key, content in entry.items() if content is not None}
        change, problems = _read_change(entry, "", {}, ("change", 0))
        if change:
            problems += _clashes([*self.changes, change])
        if problems or change is None:
            raise InputError(problems)
        return replace(self, name=name or f"{self.name} + {lever}", changes=(*self.changes, change))

    def with_changes_of(self, *others: Scenario) -> Scenario:
        """The scenario and the changes of others on top. Raises InputError where two set the same lever at once."""
        changes = list(self.changes)
        for other in others:
            changes += [change for change in other.changes if change not in changes]
        if problems := _clashes(changes):
            raise InputError(problems)
        name = " + ".join([self.name, *(other.name for other in others)])
        return replace(self, name=name, changes=tuple(changes))

    def check_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Problems of changes that start or end outside the months that are simulated."""
        problems = []
        span = f"the simulated months run from {months.label(origin + 1)} to {months.label(horizon)}"
        for change in self.changes:
            for key, month in (("from", change.start), ("until", change.until)):
                if month is not None and not origin < month <= horizon:
                    message = f'{change.lever}: "{key}" {months.label(month)} is outside origin and horizon; {span}'
                    problems.append(Problem(message, change.file, change.line))
        return problems

    def as_written(self) -> dict[str, Any]:
        """Everything that identifies the scenario, ready for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "change": [change.as_written() for change in self.changes],
        }

    @property
    def digest(self) -> str:
        """Hash of the changes: two scenarios with the same changes have the same."""
        ordered = sorted(self.changes, key=lambda change: (change.lever, change.start))
        content = [{k: v for k, v in change.as_written().items() if k != "why"} for change in ordered]
        return digest(json.dumps(content, sort_keys=True))


def from_written(written: dict[str, Any]) -> Scenario:
    """The scenario of a manifest, checked as a file would be. Raises InputError."""
    changes, problems = [], []
    for place, entry in enumerate(written.get("change", [])):
        change, found = _read_change(entry, "manifest", {}, ("change", place))
        problems += found
        changes += [change] if change else []
    problems += _clashes(changes)
    if problems:
        raise InputError(problems)
    name, title, question = (str(written.get(key, "")) for key in ("name", "title", "question"))
    return Scenario(name, title, question, tuple(changes))


# --- files -----------------------------------------------------------------------------------------------------------


def shipped_names() -> list[str]:
    """Names of the scenarios that ship with the project, baseline first."""
    names = sorted(path.stem for path in scenario_folder().glob("*.toml"))
    return sorted(names, key=lambda name: name != BASELINE)


def load(scenario: str | Path | Scenario) -> Scenario:
    """A scenario by the name of one that ships, by the path of a file, or as it is. Raises InputError."""
    if isinstance(scenario, Scenario):
        return scenario
    return read_scenario(find(scenario))


def find(scenario: str | Path, beside: Path | None = None) -> Path:
    """File of a scenario: a path to a .toml file, or the name of a scenario beside it or shipped. Raises InputError."""
    text = str(scenario)
    if not text.strip() or "\0" in text:
        raise InputError("a scenario has an empty name; " + _available())
    if text.endswith(".toml") or isinstance(scenario, Path):
        path = Path(text) if beside is None or Path(text).is_absolute() else beside / text
        if not path.is_file():
            raise InputError(Problem("no such scenario file", shown(path)))
        return path
    for folder in filter(None, (beside, scenario_folder())):
        path = folder / f"{text}.toml"
        if path.parent == folder and _is_file(path):
            return path
    raise InputError(f'there is no scenario "{text}"{nearest(text, shipped_names())} ({_available()})')


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for the file system
        return False


def _available() -> str:
    return "available: " + ", ".join(shipped_names()) + ", or the path of a .toml file"


def read_scenario(path: Path, _below: tuple[Path, ...] = ()) -> Scenario:
    """Scenario of a file together with what it extends. Raises InputError with every problem, file and line.

    A lever that a file sets starts anew there: what the extended scenario does with that lever no longer counts.
    """
    text = read_text(path)
    content = parse_toml(text, path)
    lines = toml_lines(text)
    file = shown(path)
    problems: list[Problem] = []

    def complain(message: str, *where: str | int) -> None:
        problems.append(Problem(message, file, line_of(lines, where)))

    for key in content:
        if key not in _TOP_KEYS:
            complain(f'unknown key "{key}"{nearest(key, _TOP_KEYS)} (allowed: {", ".join(_TOP_KEYS)})', key)
    if not text.strip():
        complain("the file is empty; a scenario needs at least a question, or changes in [[change]] tables")
    for key in ("extends", "title", "question"):
        if key in content and not isinstance(content[key], str):
            complain(f'"{key}" must be a text in quotes', key)

    parent: Scenario | None = None
    extends = content.get("extends")
    if isinstance(extends, str):
        try:
            source = find(extends, beside=path.parent).resolve()
            if source in (*_below, path.resolve()):
                chain = " -> ".join(step.stem for step in (*_below, path, source))
                complain(f"the scenarios extend each other in a circle: {chain}", "extends")
            else:
                parent = read_scenario(source, (*_below, path.resolve()))
        except InputError as error:
            for problem in error.problems:
                if problem.file and problem.file != file and "no such scenario" not in problem.message:
                    problems.append(problem)
                else:
                    complain(f'"extends" leads nowhere: {problem.message}', "extends")

    entries = content.get("change", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        complain("changes are written as [[change]] tables", "change")
        entries = []
    changes: list[Change] = []
    for place, entry in enumerate(entries):
        change, found = _read_change(entry, file, lines, ("change", place))
        problems += found
        changes += [change] if change else []
    problems += _clashes(changes)
    if problems:
        raise InputError(_ordered(problems))

    own = {change.lever for change in changes}
    inherited = tuple(change for change in parent.changes if change.lever not in own) if parent else ()
    return Scenario(
        name=path.stem,
        title=content.get("title") or path.stem.replace("-", " ").capitalize(),
        question=content.get("question", ""),
        changes=(*inherited, *changes),
    )


def _ordered(problems: Iterable[Problem]) -> list[Problem]:
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line or 0))


def _read_change(
    entry: dict[str, Any], file: str, lines: Any, where: tuple[str | int, ...]
) -> tuple[Change | None, list[Problem]]:
    """One change from its table, with what is wrong with it."""
    problems: list[Problem] = []

    def complain(message: str, key: str = "") -> None:
        problems.append(Problem(message, file, line_of(lines, (*where, key) if key else where)))

    for key in entry:
        if key not in _CHANGE_KEYS:
            complain(f'unknown key "{key}" in a change{nearest(key, _CHANGE_KEYS)} ({", ".join(_CHANGE_KEYS)})', key)
    levers = all_levers()
    name = entry.get("lever")
    lever = levers.get(name) if isinstance(name, str) else None
    if name is None:
        complain('a change needs "lever", for example lever = "china.tied_share"')
    elif lever is None:
        complain(f"there is no lever {name!r}{nearest(name, levers)} (`sinobel levers` lists them)", "lever")

    dates: dict[str, int | None] = {"from": None, "until": None}
    for key in dates:
        if key in entry:
            try:
                dates[key] = months.parse(entry[key])
            except ValueError as error:
                complain(f'"{key}": {error}', key)
    if "from" not in entry:
        complain('a change needs "from", the month it starts, for example from = "2018-01"')
    start, until = dates["from"], dates["until"]
    if start is not None and until is not None and until < start:
        complain(f'"until" {months.label(until)} lies before "from" {months.label(start)}', "until")

    value, scale = entry.get("value"), entry.get("scale")
    if ("value" in entry) == ("scale" in entry):
        complain('a change needs either "value" or "scale"' + (", not both" if "value" in entry else ""))
    elif lever:
        why = lever.refuse(value) if "value" in entry else lever.refuse_scale(scale)
        if why:
            complain(f"{lever.name}: {why}", "value" if "value" in entry else "scale")
    if not isinstance(entry.get("why", ""), str):
        complain('"why" must be a text in quotes', "why")
    if problems or lever is None or start is None:
        return None, problems
    line = line_of(lines, where)
    return Change(lever.name, start, value, scale, until, entry.get("why", ""), file, line), []


def _clashes(changes: Sequence[Change]) -> list[Problem]:
    """Changes of one lever that start together or whose stated windows overlap."""
    problems = []
    by_lever: dict[str, list[Change]] = {}
    for change in changes:
        by_lever.setdefault(change.lever, []).append(change)
    for lever, group in by_lever.items():
        group.sort(key=lambda change: change.start)
        for first, second in pairwise(group):
            start = months.label(second.start)
            if first.start == second.start:
                problems.append(Problem(f"{lever}: two changes start in {start}", second.file, second.line))
            elif first.until is not None and first.until >= second.start:
                message = (
                    f"{lever}: the change from {start} begins before the one "
                    f"from {months.label(first.start)} ends ({months.label(first.until)})"
                )
                problems.append(Problem(message, second.file, second.line))
    return problems


@cache
def schema() -> dict[str, Any]:
    """JSON Schema of a scenario file, generated from the levers, for editors that complete and check as one types."""
    month = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$", "description": "a month, YYYY-MM"}
    rules = []
    for lever in all_levers().values():
        value: dict[str, Any] = {"description": f"{lever.label}: {lever.allowed}. {lever.acts}."}
        if lever.kind == "switch":
            value["type"] = "boolean"
        elif lever.kind == "choice":
            value["enum"] = list(lever.options)
        else:
            assert lever.range is not None
            value |= {"type": "number", "minimum": lever.range[0], "maximum": lever.range[1]}
        then: dict[str, Any] = {"properties": {"value": value}}
        if lever.kind != "number":
            then["properties"]["scale"] = False
        rules.append({"if": {"properties": {"lever": {"const": lever.name}}}, "then": then})
    change = {
        "type": "object",
        "additionalProperties": False,
        "required": ["lever", "from"],
        "oneOf": [{"required": ["value"]}, {"required": ["scale"]}],
        "properties": {
            "lever": {"enum": list(all_levers()), "description": "what is changed; `sinobel levers` lists them"},
            "from": month | {"description": "first month of the change"},
            "until": month | {"description": "last month of the change, included; without it, until the next change"},
            "value": {"description": "replaces the lever in every draw"},
            "scale": {"type": "number", "minimum": 0, "maximum": 100, "description": "multiplies the lever"},
            "why": {"type": "string", "description": "the sentence or reason behind the change"},
        },
        "allOf": rules,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sinobel scenario",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "extends": {"type": "string", "description": "name or file of the scenario this one builds on"},
            "title": {"type": "string", "description": "name in charts and tables"},
            "question": {"type": "string", "description": "what the scenario asks"},
            "change": {"type": "array", "items": change},
        },
    }
