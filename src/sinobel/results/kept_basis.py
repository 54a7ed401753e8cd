"""The file in which a folder keeps what its results rest on: written with them, read back and checked for a report."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from sinobel.inputs.characters import unprintable
from sinobel.inputs.reading import InputError, Problem, digest, quoted, read_text, shown
from sinobel.inputs.settlements import Settlement
from sinobel.reporting.basis import Basis, ChangeBasis
from sinobel.reporting.words.wording import plain, several
from sinobel.runs.manifest import Manifest

if TYPE_CHECKING:
    from sinobel import store

FILE = "basis.json"
HOLDS = "what the results rest on: priors, posterior, past forecasts, evidence, words; a report tells these"
_ADAPTER = TypeAdapter(Basis)

_TODAY = "priors, evidence, past forecasts and words on this page are those of today's program."
NOT_KEPT = f"These results were made before folders kept what they rest on: {_TODAY}"
GONE = f"{FILE}, which these results were made with, is gone: {_TODAY}"
EDITED = (
    f"{FILE} was edited after these results were made: priors, evidence, past forecasts and words on this page are "
    "those of the edited file."
)
_REMEDY = (
    "put back the file as it was, or make the results again; without it a report tells today's program and says so"
)


@dataclass(frozen=True)
class Kept:
    """What the results of a folder rest on; `basis` is None where that is not kept, `notice` says what a page must."""

    basis: Basis | None
    notice: str = ""


def keep(run: store.Run, basis: Basis) -> dict[str, str]:
    """Write what results rest on into their folder, and its hash into their manifest; returns what the file holds."""
    text = text_of(basis)
    run.write(FILE, text)
    run.manifest["basis"] = digest(text)
    return {FILE: HOLDS}


def text_of(basis: Basis) -> str:
    """A basis as JSON."""
    return _ADAPTER.dump_json(basis).decode() + "\n"


def parsed(text: str) -> Basis:
    """A basis from its JSON, as it is written there.

    Raises
    ------
    ValidationError
        Where something is missing or of another kind.
    """
    return _ADAPTER.validate_json(text, strict=True)


def read_kept(folder: Path, manifest: Manifest, names: Iterable[str] = ()) -> Kept:
    """What the results of a folder rest on.

    Parameters
    ----------
    manifest : Manifest
        Of the folder.
    names : Iterable[str]
        Indicators of which values are told: each must be declared.

    Raises
    ------
    InputError
        When the file is damaged, lacks something, or belongs to another manifest.
    """
    file = folder / FILE
    if not file.exists():
        return Kept(None, GONE if "basis" in manifest else NOT_KEPT)
    text = read_text(file)
    try:
        basis = parsed(text)
    except ValidationError as error:
        raise _refused(file, _why(error)) from None
    if wrong := next(chain(_problems(basis, manifest), _undeclared(basis, names)), ""):
        raise _refused(file, wrong)
    written = manifest.get("basis", "")
    edited = bool(written) and digest(text.replace("\r\n", "\n")) != written
    return Kept(basis, EDITED if edited else "")


def _refused(file: Path, why: str) -> InputError:
    return InputError(Problem(f"this is no basis of results ({why})", shown(file), hint=_REMEDY))


def _why(error: ValidationError) -> str:
    """What a file lacks, all its missing tables at once, or the first thing in it that is wrong."""
    errors = error.errors(include_input=False, include_url=False)
    if missing := [quoted(each["loc"][0]) for each in errors if each["type"] == "missing" and len(each["loc"]) == 1]:
        return f"it lacks the table{'s' * (len(missing) > 1)} {', '.join(missing)}"
    where = ".".join(quoted(step)[1:-1] if isinstance(step, str) else str(step) for step in errors[0]["loc"])
    return f"{where or 'the file'}: {errors[0]['msg'][:1].lower()}{errors[0]['msg'][1:200]}"


# --- what a page cannot tell -----------------------------------------------------------------------------------------

LONGEST = 100_000
"""Characters of a text; the longest that we write has about a fiftieth of it."""
LARGEST = 1e15
"""Of a number, either way; the largest on record is under a millionth of it."""
MONTHS = 12 * 1800, 12 * 2200
LONGEST_WAIT = 1200  # months
_SCORES = ("miss_a_year_ahead_percent", "skill", "skill_low", "skill_high", "conditional_skill", "forecasts")
_SHARES = ("inside_50", "inside_80", "inside_90")
_NEXT_YEAR = (
    *("skill", "skill_low", "skill_high", "ideal_skill", "ideal_skill_low", "ideal_skill_high", "hindsight_skill"),
    *("ideal_inside_80_low", "ideal_inside_80_high"),
)
_TOGETHER = ("value", "ideal", "ideal_low", "ideal_high", "deflated", "forecasts", "series", "trials")
_OF_FIGURES = ("figure", "label", "paper", "unit", "inside_90")


def _problems(basis: Basis, manifest: Manifest) -> Iterator[str]:
    yield from _unfit(_ADAPTER.dump_python(basis), ())
    yield from _of_parameters(basis)
    yield from _of_changes(basis.changes, manifest)
    yield from _of_settlements(basis.settlements)
    for row in basis.figures:
        yield from (f"a figure has no {key}" for key in _OF_FIGURES if key not in row)
    for series, row in basis.track_record.items():
        yield from (f"the scores of {quoted(series)} {wrong}" for wrong in _of_scores(row))
    if len({frozenset(row) for row in basis.track_record.values()}) > 1:
        yield "its scores do not all have the same columns"
    for series, row in basis.next_year.items():
        yield from (f"the scores of {quoted(series)} a year ahead {wrong}" for wrong in _of_next_year(row))
        if row.get("series") != series:
            yield f"the scores of {quoted(series)} a year ahead stand under another name"
    for row in basis.past_forecasts:
        yield from (f"the scores together have no {key}" for key in ("measure", *_TOGETHER) if key not in row)
        if wrong := [key for key in _TOGETHER if not _is_score(row.get(key, ""), empty=key == "deflated")]:
            yield f"the scores together have no number {wrong[0]}"


def _unfit(content: Any, path: tuple[Any, ...]) -> Iterator[str]:
    """Texts that cannot be shown, and numbers that are none or larger than any there is."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _unfit(key, path)
            yield from _unfit(value, (*path, key))
    elif isinstance(content, list | tuple):
        for index, value in enumerate(content):
            yield from _unfit(value, (*path, index))
    elif isinstance(content, str):
        if why := _why_unfit(content):
            yield f"{_named(path)} {why}"
    elif isinstance(content, int | float) and not abs(content) <= LARGEST:  # true of what is no number, too
        yield f"{_named(path)} holds {quoted(content)}"


def _why_unfit(text: str) -> str | None:
    try:
        return unprintable(plain(text), LONGEST)
    except ValueError as error:
        return f"cannot be told: {error}"


def _named(path: Sequence[Any]) -> str:
    return ".".join(quoted(step)[1:-1] if isinstance(step, str) else str(step) for step in path)


def _of_parameters(basis: Basis) -> Iterator[str]:
    named = {*basis.moved, *(each.parameter for changes in basis.changes.values() for each in changes)} - {""}
    for name in sorted(named - set(basis.parameters)):
        yield f"there is no parameter {quoted(name)} among its parameters"


def _of_changes(changes: Mapping[str, Sequence[ChangeBasis]], manifest: Manifest) -> Iterator[str]:
    """Where it tells changes of other scenarios than the manifest has."""
    written = {
        each["name"]: len(each["change"]) + len(each.get("loan", ())) + len(each.get("investment", ()))
        for each in manifest["request"]["scenarios"]
    }
    for name in changes:
        if name not in written:
            yield f"it tells changes of {quoted(name)}, a scenario that manifest.json does not have"
    for name, count in written.items():
        if name not in changes:
            yield f"it tells no changes of {quoted(name)}, a scenario of manifest.json"
        elif len(changes[name]) != count:
            yield f"it tells {several(len(changes[name]), 'change')} of {quoted(name)}, manifest.json has {count}"


def _of_settlements(settlements: Sequence[Settlement]) -> Iterator[str]:
    for place, each in enumerate(settlements):
        if not MONTHS[0] <= each.settled < MONTHS[1]:
            yield f"settlements.{place} was settled in no month: {quoted(each.settled)}"
        if not 0 <= each.waited <= LONGEST_WAIT:
            yield f"settlements.{place} waited {quoted(each.waited)} months"


def _undeclared(basis: Basis, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name not in basis.indicators:
            yield f"there is no indicator {quoted(name)} among its indicators, and the results hold it"


def _of_scores(row: Mapping[str, str]) -> Iterator[str]:
    for key in ("series", "label", "benchmark"):
        if key not in row:
            yield f"have no {key}"
    numbers = {key: _number(row.get(key, "")) for key in (*_SCORES, *_SHARES)}
    for key, number in numbers.items():
        if not abs(number) <= LARGEST:  # nor is what is no number
            yield f"have no number {key}"
    if not all(0 <= numbers[key] <= 1 for key in _SHARES):
        yield "have what is no share"
    if not numbers["skill_low"] <= numbers["skill"] <= numbers["skill_high"]:
        yield "have a skill outside its interval"
    if not numbers["forecasts"] > 0:
        yield "rest on no forecasts"


def _of_next_year(row: Mapping[str, str]) -> Iterator[str]:
    """Where no naive forecast could be made, skills are empty."""
    yield from (f"have no {key}" for key in ("block", "series", "label", "starts") if key not in row)
    for key in _NEXT_YEAR:
        if not _is_score(row.get(key, ""), empty=True):
            yield f"have no number {key}"
    if not all(0 <= _number(row.get(key, "")) <= 1 for key in _SHARES):
        yield "have what is no share"
    for key in ("miss", "forecasts"):
        if not 0 <= _number(row.get(key, "")) <= LARGEST:
            yield f"have no number {key}"


def _is_score(text: str, *, empty: bool) -> bool:
    return (empty and text in ("", "nan")) or abs(_number(text)) <= LARGEST


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
