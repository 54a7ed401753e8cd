"""Levers as something to move: which values may be tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinobel.inputs.levers import LISTED, Lever, Value, all_levers
from sinobel.inputs.reading import InputError, Problem, nearest, quoted

NEVER = "has never been seen"
LONGEST = 300  # characters of a lever and its range


@dataclass(frozen=True)
class Handle:
    """A lever and the values of it that may be tried: a range, or options."""

    lever: Lever
    low: float = 0.0
    high: float = 0.0

    @property
    def name(self) -> str:
        """Name of the lever."""
        return self.lever.name

    @property
    def is_number(self) -> bool:
        """False for a switch or a choice."""
        return self.lever.kind == "number"

    @property
    def options(self) -> tuple[Value, ...]:
        """What a switch or a choice may be."""
        return (False, True) if self.lever.kind == "switch" else tuple(self.lever.options)

    @property
    def beyond(self) -> str:
        """Which of the values that may be tried have never been seen, in words; empty where all have."""
        if not self.is_number:
            unseen = [self.lever.in_words(value) for value in self.options if self.lever.beyond(value)]
            return f"{self.name}: {' and '.join(unseen)} {NEVER} ({self.lever.seen})" if unseen else ""
        if not self.lever.beyond(self.low) and not self.lever.beyond(self.high):
            return ""
        low, high = (float(end) for end in self.lever.experience)
        if self.high < low or self.low > high:
            tried = "nothing that is tried has been seen"
        else:
            tried = f"tried is {self.low:g} to {self.high:g}"
        return f"{self.name}: seen is {low:g} to {high:g} ({self.lever.seen}); {tried}"

    def grid(self, count: int) -> list[Value]:
        """Values across the range, or all options."""
        return (
            [float(value) for value in np.linspace(self.low, self.high, count)] if self.is_number else [*self.options]
        )


def parse_lever(text: str) -> Handle:
    """A lever from "belarus.export_drive", with its whole range, or "belarus.export_drive=0:5".

    Raises
    ------
    InputError
        See above.
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InputError(Problem(f" {quoted(text)} is no lever; write NAME, or NAME=LOW:HIGH", argument="lever"))
    name, given, span = text.strip().partition("=")
    name = name.strip()
    levers = all_levers()
    if name not in levers:
        message = f": there is no lever {quoted(name)}{nearest(name, levers)}"
        raise InputError(Problem(message, argument="lever", hint=LISTED))
    lever = levers[name]
    if lever.kind != "number":
        if given:
            raise InputError(
                Problem(f": {name} is a {lever.kind} and has no range; allowed is {lever.allowed}", argument="lever")
            )
        return Handle(lever)
    assert lever.range is not None
    if not given:
        return Handle(lever, *lever.range)
    ends = span.split(":")
    try:
        low, high = (float(lever.taken(end)) for end in ends)
    except ValueError:
        raise InputError(
            Problem(f" {quoted(text)}: write a range as LOW:HIGH, for example {name}=0:1", argument="lever")
        ) from None
    for end, written in zip((low, high), ends, strict=True):
        if why := lever.refuse(end, written):
            raise InputError(Problem(f": {name}: {why}", argument="lever"))
    if not low < high:
        raise InputError(Problem(f": {name}: the range {span} does not rise", argument="lever"))
    return Handle(lever, low, high)
