"""What the values of a recorded series may be, by its kind: `model/series.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sinobel.inputs.reading import InputError, Problem, model_folder, nearest, read_text, shown

WORDS, NUMBERS = ("about", "why"), ("above", "least", "most", "step")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What values of some series may be.

    Attributes
    ----------
    about : str
        What they measure.
    why : str
        Why they may be no other.
    above, least, most : float | None
        Ends of what is allowed, the first without the end itself; None where there is none.
    step : float | None
        Largest ratio to the last reading, either way; None where anything goes.
    """

    about: str
    why: str
    above: float | None = None
    least: float | None = None
    most: float | None = None
    step: float | None = None

    def holds(self, value: float) -> bool:
        """Whether a value is one of this kind."""
        above = self.above is None or value > self.above
        return above and (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.above is not None:
            return f"a number above {self.above:g}"
        if self.most is None:
            return f"at least {self.least:g}"
        return f"a number from {self.least:g} to {self.most:g}"


def kind_of(series: str) -> Kind | None:
    """The kind of a series: by its whole name, or by what stands before its first dot."""
    known = _by_name()
    return known.get(series) or known.get(series.partition(".")[0])


@cache
def _by_name() -> Mapping[str, Kind]:
    return read_kinds(model_folder() / "series.toml")


def read_kinds(file: Path) -> Mapping[str, Kind]:
    """Kinds by the names of series.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    try:
        content = tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise InputError(Problem(f"this is no TOML: {error}", shown(file))) from None
    if faults := [Problem(f"[{name}] {why}", shown(file)) for name, why in _faults(content)]:
        raise InputError(faults)
    return {
        series: Kind(**{key: value for key, value in kind.items() if key != "series"})
        for kind in content.values()
        for series in kind["series"]
    }


def _faults(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for name, kind in content.items():
        if not isinstance(kind, dict):
            yield name, "is no table"
            continue
        for key in kind:
            if key not in (*WORDS, *NUMBERS, "series"):
                yield name, f"{key!r} is not known{nearest(key, (*WORDS, *NUMBERS, 'series'))}"
        yield from ((name, f"{key!r} is missing") for key in WORDS if not str(kind.get(key, "")).strip())
        for key in NUMBERS:
            if key in kind and (isinstance(kind[key], bool) or not isinstance(kind[key], int | float)):
                yield name, f"{key!r} is no number"
        if "most" in kind and "least" not in kind:
            yield name, "'most' stands without 'least'"
        series = kind.get("series")
        if not isinstance(series, list) or not series or not all(isinstance(each, str) for each in series):
            yield name, "'series' is no list of names"
            continue
        for each in series:
            if each in first:
                yield name, f"{each!r} stands in [{first[each]}] already"
            first.setdefault(each, name)
