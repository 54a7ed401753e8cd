"""A what-if in a few words, without a file: "china.tied_share=0.4@2018-01..2022-12" set on a scenario.

Each becomes a change as a file has it, read by the same reader, and stands on a scenario as the changes of a file stand
on the one that it extends: a lever that is set starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sinobel.inputs import months
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.levers import Lever, all_levers
from sinobel.inputs.quantities import digits, label_and_name
from sinobel.inputs.reading import InputError, Problem, as_file_name, digest, quoted
from sinobel.inputs.toml_text import Lines
from sinobel.inputs.values import FACTOR
from sinobel.policies.changes import Change, by_kind, clashes, read_change
from sinobel.policies.scenario import Scenario
from sinobel.policies.scenarios import Tried

NAME = "what-if"
"""What a scenario is called that was made so."""
ARGUMENT = "set"
EXAMPLE = "china.tied_share=0.4@2018-01..2022-12"
LONGEST_TITLE = 120
NAMES = {word.lower(): word for word in ("EBRD", "EEU", "EU", "FDI", "FTA", "Moscow", "OBOR", "Ukraine")}
"""What of a lever's name is a name."""
_TIMES = re.compile(r"[x×]\s*([0-9.]+(?:e-?[0-9]+)?)", re.IGNORECASE)
_TRUTHS = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}


def what_if(scenario: Scenario, settings: Sequence[str], origin: Any = months.DEFAULT_ORIGIN) -> Scenario:
    """A scenario with levers set as texts say; the scenario itself where there are none.

    Parameters
    ----------
    settings : Sequence[str]
        "NAME=VALUE", with dates "NAME=VALUE@2018-01..2022-12"; without a first month from the first simulated one.
        A value is as in a file, "40%" for a share, on or off for a switch, "x0.5" for half of what the lever would be.
    origin : Any
        Month before the first simulated one.

    Raises
    ------
    InputError
        With everything that is wrong with any of them.
    """
    if not settings:
        return scenario
    changes, problems = _read(settings, _first_month(origin))
    if problems := [*problems, *(_said_here(each) for each in clashes(changes))]:
        raise InputError(problems)
    anew = {change.lever for change in changes}
    return replace(
        scenario,
        name=NAME,
        title=_title(scenario, changes),
        question=_question(scenario, changes),
        changes=(*(each for each in scenario.changes if each.lever not in anew), *changes),
        replaced=tuple(
            f"{scenario.name} has {each.in_words(label_and_name)}; that no longer counts, for its lever is set anew"
            for each in scenario.changes
            if each.lever in anew
        ),
    )


def tried(found: Tried, settings: Sequence[str], origin: Any, *, beside: bool = False) -> Tried:
    """Scenarios as far as they can be read, with the settings on the first of them, and all that is wrong.

    Parameters
    ----------
    beside : bool
        As one more scenario behind the others, which stay as they are.
    """
    if not settings:
        return found
    try:
        made = what_if(found.drafts[0] if found.drafts else Scenario("baseline"), settings, origin)
    except InputError as error:
        return Tried(found.drafts, (*found.problems, *error.problems))
    return Tried((*found.drafts, made) if beside else (made, *found.drafts[1:]), found.problems)


def folder_name(scenario: Scenario, settings: Sequence[str]) -> str:
    """Name of the results folder of a what-if, by what it sets on which scenario."""
    told = "-".join([NAME, *([] if scenario.name == "baseline" else [scenario.folder_name]), *settings])
    name = re.sub(r"[^\w.-]+", "-", told)
    return as_file_name(name if len(name) <= 60 else f"{name[:52]}-{digest(told)[:6]}")


def _read(settings: Iterable[str], first: str) -> tuple[list[Change], list[Problem]]:
    changes: list[Change] = []
    problems: list[Problem] = []
    for text in settings:
        entry = _entry(text, first)
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        change, found = read_change(entry, "", Lines(0), ("change", 0))
        problems += [_said_here(_hinted(each, text)) for each in found]
        changes += [change] if change and not found else []
    return changes, problems


def _hinted(problem: Problem, text: str) -> Problem:
    """With the word meant where the value is the beginning of one: `as` of "as drawn"."""
    name, _, rest = text.partition("=")
    lever, value = all_levers().get(name.strip()), rest.partition("@")[0].strip()
    word = lever.baseline if lever is not None and lever.is_left_alone else None
    if not isinstance(word, str) or not value or not word.startswith(value):
        return problem
    return replace(
        problem, message=f"{problem.message}; {word!r} is what it is where nothing is set: leave the setting out"
    )


def _said_here(problem: Problem) -> Problem:
    """A problem of a change, told as one of the argument and in its words."""
    message = problem.message
    for key, said in (('"from"', "the first month"), ('"until"', "the last month"), ('"value"', "the value")):
        message = message.replace(key, said)
    return replace(problem, message=f": {message}", argument=ARGUMENT)


def _entry(text: str, first: str) -> dict[str, Any] | Problem:
    """A text as the table of a file, "from" the first simulated month where it names none."""
    name, equals, rest = text.partition("=")
    written, at, dates = rest.partition("@")
    start, dots, until = dates.partition("..")
    if not name.strip() or not equals or not written.strip() or (at and not dates.strip(" .")):
        return Problem(f" {quoted(text)} is not allowed; write for example {EXAMPLE}", argument=ARGUMENT)
    entry: dict[str, Any] = {"lever": name.strip(), "from": start.strip() or first}
    if dots and until.strip():
        entry["until"] = until.strip()
    times, lever = _TIMES.fullmatch(written.strip()), all_levers().get(name.strip())
    if times and (lever is None or lever.kind == "number"):
        return entry | {"scale": _number(times[1])}
    return entry | {"value": _value(written.strip(), lever)}


def _value(text: str, lever: Lever | None) -> Any:
    """A value as a file would have it: a switch is on or off, a number a number, all else the text."""
    if lever is not None and lever.kind == "switch":
        return _TRUTHS.get(text.lower(), text)
    return text if lever is not None and lever.kind == "choice" else _number(text)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _first_month(origin: Any) -> str:
    """The first simulated month; that of the usual origin where this is none, which the run itself refuses."""
    try:
        return months.label(months.parse_origin(origin) + 1)
    except ValueError:
        return months.label(months.parse_origin(months.DEFAULT_ORIGIN) + 1)


def _title(scenario: Scenario, changes: Sequence[Change]) -> str:
    """What is set, short enough to stand on charts: "China: tied share 40 % of disbursement in 2018"."""
    above = "" if scenario.name == "baseline" else f"{scenario.title or scenario.name}, with "
    told = ", ".join(f"{_called(lever)} {_set_to(group)}" for (lever, _), group in by_kind(changes).items())
    title = f"{above}{told}"
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def _question(scenario: Scenario, changes: Sequence[Change]) -> str:
    """What is asked with some settings: "What changes if “China's potash market is closed” is on from 2018-01?"."""
    settings = [_asked(each) for each in changes]
    told = settings[0] if len(settings) == 1 else f"{', '.join(settings[:-1])} and {settings[-1]}"
    above = "" if scenario.name == "baseline" else f" under “{scenario.title or scenario.name}”"
    return f"What changes{above} if {told}?"


def _asked(change: Change) -> str:
    lever, value = all_levers()[change.lever], _value_in_words(change)
    ends = "" if change.until is None else f" until {months.label(change.until)}"
    return f"“{lever.label}” is {value} from {months.label(change.start)}{ends}"


def _set_to(group: Sequence[Change]) -> str:
    values = [_value_in_words(each) for each in group]
    return " then ".join(
        _when(each) if each.value is True else f"{value} {_when(each)}"
        for value, each in zip(values, group, strict=True)
    )


def _value_in_words(change: Change) -> str:
    """A value short enough for a title: what is told in multiples of something else is so many times it."""
    lever = all_levers()[change.lever]
    if change.value is None or (lever.kind == "number" and lever.unit.startswith(FACTOR)):
        return f"× {digits(float(change.scale or change.value or 0.0))}"
    return lever.in_words(change.value)


def _called(lever: str) -> str:
    """A lever in words, with who pulls it: "China: tied share"."""
    owner, _, name = lever.partition(".")
    who = COUNTRIES.get(owner, owner.capitalize())
    return f"{who}: {' '.join(NAMES.get(word, word) for word in name.split('_'))}"


def _when(change: Change) -> str:
    """The months of a change, as years where they are whole ones."""
    first, last = change.start, change.until
    begins = str(months.year(first)) if first % 12 == 0 else months.label(first)
    if last is None:
        return f"from {begins}"
    ends = str(months.year(last)) if last % 12 == 11 else months.label(last)
    return f"in {begins}" if begins == ends else f"{begins} to {ends}"
