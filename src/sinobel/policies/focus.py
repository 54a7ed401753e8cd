"""What a question is about: indicators and years that answers tell first, written in a scenario or asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sinobel.inputs import indicators, pairs
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.quantities import Named, label_alone
from sinobel.inputs.reading import InputError, Problem, nearest, quoted
from sinobel.inputs.toml_text import Lines, line_of
from sinobel.inputs.values import names as listed

MOST = 12
"""Indicators or years that may be told first; who asks for more wants the tables."""
KEYS = ("about", "years")


@dataclass(frozen=True)
class Focus:
    """Indicators and years that are told first, in this order; what is empty the program finds.

    Attributes
    ----------
    of : tuple[str, ...]
        Names of indicators.
    file, line : str, int | None
        Where the years stand; of a question that was not read from a file nothing.
    """

    of: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    file: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return bool(self.of or self.years)

    def as_written(self) -> Any:
        """As it would stand in a scenario; nothing where nothing is asked."""
        return {key: list(each) for key, each in zip(KEYS, (self.of, self.years), strict=True) if each}

    def in_words(self, named: Named = label_alone) -> str:
        """`Potash revenue of Belarus, at the border; 2018, 2019`."""
        called = ", ".join(named(name, all_indicators()[name].label) for name in self.of)
        return "; ".join(filter(None, (called, ", ".join(map(str, self.years)))))

    def refuse_dates(self, first: int, last: int) -> list[Problem]:
        """Why its years do not fit a run of some years."""
        return [
            Problem(f'"years": {year} is not simulated (allowed: {first} to {last})', self.file, self.line)
            for year in self.years
            if not first <= year <= last
        ]


def read(content: Mapping[str, Any], file: str, lines: Lines) -> tuple[Focus, list[Problem]]:
    """What a scenario says that it is about, with what is wrong with it."""
    about, strange = _indicators(content.get("about", []))
    years, odd = _years(content.get("years", []))
    places = [line_of(lines, (key,)) for key in KEYS]
    problems = [Problem(f'"about": {why}', file, places[0], hint=hint) for why, hint in strange]
    problems += [Problem(f'"years": {why}', file, places[1]) for why in odd]
    return Focus(about, years, file, places[1]), problems


def schema() -> dict[str, Any]:
    """JSON Schema of the keys of a scenario file."""
    listed_as = {"type": "array", "maxItems": MOST}
    about = listed_as | {
        "items": {"enum": list(all_indicators())},
        "description": "indicators that answers tell first; without it, what moves most",
    }
    years = listed_as | {
        "items": {"type": "integer"},
        "description": "years that answers tell; without it, those in which most moves",
    }
    return {"about": about, "years": years}


def asked(
    of: str | Iterable[str] | None,
    years: str | int | Iterable[str | int] | None,
    span: tuple[int, int],
    held: Sequence[str] | None = None,
) -> Focus:
    """What somebody asks for in words: names and years, several with commas.

    Parameters
    ----------
    span : tuple[int, int]
        First and last year that there is.
    held : Sequence[str] | None
        Indicators that there are; all of them for None.

    Raises
    ------
    InputError
        For a name nobody knows, with the nearest, and for a year that there is not, with those there are.
    """
    about, strange = _indicators(_parted(of), held)
    told, odd = _years([_whole(each) for each in _parted(years)])
    problems = [Problem(f": {why}", argument="of", hint=hint) for why, hint in strange]
    problems += [Problem(f": {why}", argument="year") for why in odd]
    first, last = span
    problems += [
        Problem(f": {year} is not simulated (allowed: {first} to {last})", argument="year")
        for year in told
        if not first <= year <= last
    ]
    if problems:
        raise InputError(problems)
    return Focus(about, told)


def of_manifest(manifest: Mapping[str, Any]) -> Focus:
    """What results are asked about: what was asked of them, else what their scenarios say, in their order."""
    written = [manifest["focus"]] if "focus" in manifest else manifest["request"]["scenarios"]
    return together(Focus(tuple(each.get("about", ())), tuple(each.get("years", ()))) for each in written)


def together(each: Iterable[Focus]) -> Focus:
    """Several questions as one, without repetition."""
    found = list(each)
    of = dict.fromkeys(name for focus in found for name in focus.of)
    years = dict.fromkeys(year for focus in found for year in focus.years)
    return Focus(tuple(of), tuple(years))


def below(own: Focus, above: Focus | None) -> Focus:
    """What a scenario is about that extends another: what it leaves open is as there."""
    if above is None:
        return own
    years, source = (own.years, own) if own.years else (above.years, above)
    return Focus(own.of or above.of, years, source.file, source.line)


def _parted(given: Any) -> list[Any]:
    """What is named in words with commas, or in a list."""
    if given is None:
        return []
    if isinstance(given, str):
        return [part.strip() for part in given.split(",")]
    return list(listed(given))


def _whole(value: Any) -> Any:
    """A text of digits as a number."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 else value


def _indicators(given: Any, held: Sequence[str] | None = None) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Names of a list, and of each that is none why, with a hint."""
    if not isinstance(given, list | tuple):
        return (), [('must be a list of indicators, for example ["potash_revenue"]', "")]
    if len(given) > MOST:
        return (), [(f"at most {MOST} indicators are told first, not {len(given)}", "")]
    problems = [found for name in given if any(found := indicators.strange(name))]
    fine = (pairs.written(name) for name in given if not any(indicators.strange(name)))
    names = tuple(dict.fromkeys(fine))
    problems += [
        (f"these results do not hold {quoted(name)}{nearest(name, held)}", "")
        for name in names
        if held is not None and not all(part in held for part in pairs.parts([name]))
    ]
    return names, problems


def _years(given: Any) -> tuple[tuple[int, ...], list[str]]:
    """Years of a list, and of each that is none why."""
    if not isinstance(given, list | tuple):
        return (), ["must be a list of years, for example [2018, 2019]"]
    if len(given) > MOST:
        return (), [f"at most {MOST} years are told first, not {len(given)}"]
    whole = [isinstance(year, int) and not isinstance(year, bool) for year in given]
    odd = [
        f"{quoted(year)} is no year; write for example 2018"
        for year, fine in zip(given, whole, strict=True)
        if not fine
    ]
    return tuple(dict.fromkeys(year for year, fine in zip(given, whole, strict=True) if fine)), odd
