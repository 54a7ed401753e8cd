"""Dated changes of levers: what a scenario is made of, how one is read and checked, and when two of them clash.

A change holds in every draw, or, with `when`, in those draws and months in which a condition on the state held at the
end of the month before. Such a rule stands on top of what the lever would be without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from sinobel.inputs import months
from sinobel.inputs.characters import unprintable
from sinobel.inputs.levers import LISTED, Lever, Value, all_levers
from sinobel.inputs.quantities import Named, digits, label_alone, label_and_name
from sinobel.inputs.reading import MOST_TOLD, Problem, in_quotes, nearest, quoted
from sinobel.inputs.toml_text import Lines, line_of
from sinobel.inputs.values import FACTOR, number
from sinobel.policies import conditions
from sinobel.policies.conditions import Condition

KEYS = ("lever", "from", "until", "value", "scale", "when", "why")
LONGEST_WHY = 2000  # characters
Complain = Callable[..., None]
"""Takes a message, and the keys below which what it is about stands."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Change:
    """One dated change of one lever: a value that replaces, or a scale that multiplies.

    Attributes
    ----------
    start, until
        Month numbers, both included; without `until` it lasts until the next change of its kind of the lever.
    when : tuple[Condition, ...]
        Conditions that must all have held at the end of the month before; none for a change that always holds.
    """

    lever: str
    start: int
    value: Value | None = None
    scale: float | None = None
    until: int | None = None
    when: tuple[Condition, ...] = ()
    why: str = ""
    file: str = ""
    line: int | None = None
    from_line: int | None = None
    until_line: int | None = None

    @property
    def place(self) -> str:
        """File and line, an empty text for a change made in Python."""
        return Problem("", self.file, self.line).place

    def as_written(self) -> dict[str, Any]:
        """The change as it would stand in a file, for manifests and hashes."""
        written: dict[str, Any] = {"lever": self.lever, "from": months.label(self.start)}
        if self.until is not None:
            written["until"] = months.label(self.until)
        written["value" if self.value is not None else "scale"] = self.value if self.value is not None else self.scale
        if self.when:
            written["when"] = conditions.as_written(self.when)
        if self.why:
            written["why"] = self.why
        return written

    def in_words(self, named: Named = label_alone, following: int | None = None) -> str:
        """The change in one sentence, the only one there is wherever scenarios are told; `why` stands beside it.

        "No new state guarantees for Chinese loans: on from 2018-01 while “Public external debt over GDP” is above 40 %"

        Parameters
        ----------
        named : Named
            How a lever or indicator is called.
        following : int | None
            Month in which the next change of its kind of the lever begins (`followers`), if one does.
        """
        lever = all_levers()[self.lever]
        what = f"× {digits(self.scale or 0.0)}" if self.value is None else lever.in_words(self.value)
        if lever.at_zero and not (self.scale if self.value is None else self.value):
            what += f" ({lever.at_zero})"
        until = ""
        if self.until is not None:
            until = f" until {months.label(self.until)}"
        elif following is not None:
            next_one = f"its next {'rule' if self.when else 'change'} begins in {months.label(following)}"
            until = f" until {months.label(following - 1)} ({next_one})"
        rule = f" {conditions.all_in_words(self.when, named)}" if self.when else ""
        return f"{named(self.lever, lever.label)}: {what} from {months.label(self.start)}{until}{rule}"

    def __repr__(self) -> str:
        return f"<change: {self.in_words(label_and_name)}>"

    def refuse_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Why its months do not fit a run from an origin to a horizon."""
        problems = []
        span = f"the simulated months run from {months.label(origin + 1)} to {months.label(horizon)}"
        for key, month in (("from", self.start), ("until", self.until)):
            line = self.from_line if key == "from" else self.until_line
            if month is not None and not origin < month <= horizon:
                message = f'{self.lever}: "{key}" {months.label(month)} is outside origin and horizon; {span}'
                problems.append(Problem(message, self.file, line))
        if self.when and self.start == origin + 1:
            message = (
                f'{self.lever}: "from" {months.label(self.start)} is too early for a rule, which looks at the month '
                f"before; the first one it can look at is {months.label(origin + 1)}, so begin in "
                f"{months.label(origin + 2)} or later"
            )
            problems.append(Problem(message, self.file, self.from_line))
        return problems


# --- reading ---------------------------------------------------------------------------------------------------------


def read_change(
    entry: Any, file: str, lines: Lines, where: tuple[str | int, ...], *, ran: bool = False
) -> tuple[Change | None, list[Problem]]:
    """One change from its table, with what is wrong with it.

    One that is wrong is a draft where lever and first month can be read: nothing runs with it, but it can be held
    against the dates of a run and against other changes, so that all errors come at once.

    Parameters
    ----------
    ran : bool
        It is one of a manifest, so that its rule is read whatever it asks for.
    """
    problems: list[Problem] = []

    def complain(message: str, *keys: str | int, hint: str = "") -> None:
        problems.append(Problem(message, file, line_of(lines, (*where, *keys)), hint=hint))

    if not isinstance(entry, dict):
        complain("changes are written as [[change]] tables")
        return None, problems
    lever = _lever(entry, complain)
    start, until = _dates(entry, complain)
    value, scale = _setting(entry, lever, complain)
    when: tuple[Condition, ...] = ()
    if "when" in entry:

        def refuse(message: str, *keys: str | int, hint: str = "") -> None:
            complain(message, "when", *keys, hint=hint)

        when = conditions.read_when(entry["when"], refuse, ran=ran)
    _refuse_why(entry, complain)
    if lever is None or start is None:
        return None, problems
    why = entry.get("why", "")
    change = Change(
        lever=lever.name,
        start=start,
        value=value,
        scale=scale,
        until=until,
        when=when,
        why=why if isinstance(why, str) else "",
        file=file,
        line=line_of(lines, where),
        from_line=line_of(lines, (*where, "from")),
        until_line=line_of(lines, (*where, "until")),
    )
    return change, problems


def _lever(entry: dict[str, Any], complain: Complain) -> Lever | None:
    """The lever of a change, once its keys are known; None for one there is not."""
    for key in entry:
        if key not in KEYS:
            complain(f"unknown key {in_quotes(key)} in a change{nearest(key, KEYS)} ({', '.join(KEYS)})", key)
    levers = all_levers()
    name = entry.get("lever")
    lever = levers.get(name) if isinstance(name, str) else None
    if name is None:
        complain('a change needs "lever", for example lever = "china.tied_share"')
    elif lever is None:
        complain(f"there is no lever {quoted(name)}{nearest(name, levers)}", "lever", hint=LISTED)
    return lever


def _setting(entry: dict[str, Any], lever: Lever | None, complain: Complain) -> tuple[Any, Any]:
    """The value and the scale of a change, one of them None; as written where there is no such lever."""
    value, scale = entry.get("value"), number(entry.get("scale"), FACTOR)
    if ("value" in entry) == ("scale" in entry):
        complain('a change needs either "value" or "scale"' + (", not both" if "value" in entry else ""))
    elif lever:
        value = lever.taken(value)
        why = lever.refuse(value, entry["value"]) if "value" in entry else lever.refuse_scale(scale)
        if why:
            complain(f"{lever.name}: {why}", "value" if "value" in entry else "scale")
    return value, scale


def _refuse_why(entry: dict[str, Any], complain: Complain) -> None:
    """Complain of a reason that is no text, or one that cannot be printed."""
    if not isinstance(entry.get("why", ""), str):
        complain('"why" must be a text in quotes', "why")
    elif why := unprintable(entry.get("why"), LONGEST_WHY):
        complain(f'"why" {why}', "why")


def _dates(entry: dict[str, Any], complain: Complain) -> tuple[int | None, int | None]:
    """First and last month of a change, as far as they can be read."""
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
    return start, until


# --- several changes of one lever -----------------------------------------------------------------------------------


def by_kind(changes: Iterable[Change]) -> dict[tuple[str, bool], list[Change]]:
    """Changes by lever, and those that always hold apart from rules of state, each in the order of their dates."""
    groups: dict[tuple[str, bool], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.lever, bool(change.when)), []).append(change)
    for group in groups.values():
        group.sort(key=lambda change: change.start)
    return groups


def followers(changes: Sequence[Change]) -> list[int | None]:
    """For each change the month in which the next of its kind of the lever begins, None for the last of them."""
    found: dict[int, int] = {}
    for group in by_kind(changes).values():
        found |= {id(change): following.start for change, following in pairwise(group)}
    return [found.get(id(change)) for change in changes]


def sentences(changes: Sequence[Change], named: Named = label_alone) -> list[str]:
    """The changes of one scenario in words, each with the month in which it ends."""
    return [change.in_words(named, following) for change, following in zip(changes, followers(changes), strict=True)]


def windows(group: Sequence[Change], last: int) -> list[tuple[Change, int, int]]:
    """First and last month in which each change of a sorted group holds; the last of them until `last`."""
    starts = [change.start for change in group]
    ends = [
        following - 1 if change.until is None else change.until
        for change, following in zip(group, [*starts[1:], last + 1][: len(group)], strict=True)
    ]
    return [(change, start, min(end, last)) for change, start, end in zip(group, starts, ends, strict=True)]


def settings(lever: Lever, changes: Sequence[Change], origin: int, horizon: int) -> tuple[list[float], list[float]]:
    """What changes that always hold make of a lever, from the origin to the horizon, month by month.

    Parameters
    ----------
    changes : Sequence[Change]
        Of the lever, in the order of their dates.

    Returns
    -------
    tuple[list[float], list[float]]
        Its value, NaN where it is left alone, and what scales that which is drawn or simulated there.
    """
    count = horizon - origin + 1
    value, scale = [lever.baseline_at(origin)] * count, [1.0] * count
    low, high = lever.limits
    for change, start, end in windows(changes, horizon):
        for place in range(max(start - origin, 0), end - origin + 1):
            if change.value is not None:
                value[place] = lever.number(change.value)
            elif lever.is_left_alone:
                scale[place] = float(change.scale or 0.0)
            else:
                value[place] = min(max(value[place] * float(change.scale or 0.0), low), high)
    return value, scale


def clashes(changes: Iterable[Change]) -> list[Problem]:
    """Changes of one lever that start together or whose stated windows overlap; a rule may stand on a plain change."""
    problems = []
    for (lever, ruled), group in by_kind(changes).items():
        two = "two rules" if ruled else "two changes"
        for first, second in pairwise(group):
            start = months.label(second.start)
            if first.start == second.start:
                problems.append(Problem(f"{lever}: {two} start in {start}", second.file, second.line))
            elif first.until is not None and first.until >= second.start:
                message = (
                    f"{lever}: the {'rule' if ruled else 'change'} from {start} begins before the one "
                    f"from {months.label(first.start)} ends ({months.label(first.until)})"
                )
                problems.append(Problem(message, second.file, second.line))
    return problems


def conflicts(stacked: Sequence[tuple[str, Sequence[Change]]]) -> list[Problem]:
    """Levers that two of several scenarios set in the same months, each in its own way; both places are named.

    Parameters
    ----------
    stacked : Sequence[tuple[str, Sequence[Change]]]
        Of each scenario its name and its changes.
    """
    problems = []
    held = [(name, _held(changes)) for name, changes in stacked]
    for (one, first), (other, second) in combinations(held, 2):
        for lever, mine_held in first.items():
            for mine, my_start, my_end in mine_held:
                for theirs, start, end in second.get(lever, []):
                    if mine == theirs or start > my_end or my_start > end:
                        continue
                    message = (
                        f"{lever}: {one} sets it {_span(mine, my_end)}, {other} {_span(theirs, end)}; "
                        "scenarios that are stacked may not set one lever in the same months"
                    )
                    problems.append(Problem(message, theirs.file, theirs.line))
                    if len(problems) > MOST_TOLD:
                        return problems
    return problems


_FOREVER = 12 * 10_000


def _held(changes: Iterable[Change]) -> dict[str, list[tuple[Change, int, int]]]:
    """The changes of a scenario by lever, with the first and last month in which each holds."""
    found: dict[str, list[tuple[Change, int, int]]] = {}
    for (lever, _), group in by_kind(changes).items():
        found.setdefault(lever, []).extend(windows(group, _FOREVER))
    return found


def _span(change: Change, end: int) -> str:
    until = " on" if end == _FOREVER else f" until {months.label(end)}"
    place = f" ({change.place})" if change.place else ""
    return f"{'by a rule ' if change.when else ''}from {months.label(change.start)}{until}{place}"
