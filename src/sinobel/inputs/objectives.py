"""What each country wants: objectives with direction, scale, weight and threshold, from `model/objectives.toml`.

A file of a user stands alone, or starts with `extends = "default"` and says only what it changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sinobel.inputs.characters import unprintable
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import (
    MOST_WRITTEN,
    InputError,
    Problem,
    in_quotes,
    model_folder,
    nearest,
    quoted,
    read_text,
    shown,
)
from sinobel.inputs.toml_text import line_of, parse_toml
from sinobel.inputs.values import in_fraction, in_percent, number, plain

COUNTRIES = {"belarus": "Belarus", "china": "China", "russia": "Russia", "eu": "European Union"}
"""Countries that have objectives, as files write them and as people read them; the names are those of the ledger."""
DEFAULT = "default"
LONGEST_TEXT = 2000  # characters
Counts = Literal["last year", "mean", "worst year", "cumulative"]
Direction = Literal["higher", "lower"]
_CHOICES = {"counts": get_args(Counts), "direction": get_args(Direction)}


class Objective(BaseModel):
    """One thing a country wants: an indicator, which way is better, how it counts, what a point is, how it weighs."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
    name: str
    label: str
    indicator: str
    direction: Direction
    counts: Counts
    scale: float = Field(gt=0)
    scale_from: str
    weight: float = Field(ge=0)
    threshold: float | None = None
    threshold_from: str = ""
    sentence: str = ""
    evidence: tuple[str, ...] = ()
    assumption: str = ""

    @property
    def country(self) -> str:
        """Whose it is: belarus, china, russia or eu."""
        return self.name.partition(".")[0]

    @property
    def sign(self) -> float:
        """1 where more is better for the country, -1 where less is."""
        return 1.0 if self.direction == "higher" else -1.0

    @property
    def unit(self) -> str:
        """Unit of its scale, its threshold and what is counted."""
        return all_indicators()[self.indicator].yearly_unit

    @property
    def good_enough(self) -> str:
        """The threshold in words; empty without one."""
        if self.threshold is None:
            return ""
        return f"{'at least' if self.direction == 'higher' else 'at most'} {self.threshold:,.6g} {self.unit}"

    def _beyond(self, written: Mapping[str, Any]) -> tuple[str, str] | None:
        """A number of it that the indicator cannot have, with why; None when there is none."""
        known = all_indicators()[self.indicator]
        low, high = known.thresholds
        for key, value, least in (("scale", self.scale, 0.0), ("threshold", self.threshold, low)):
            if value is not None and not least <= value <= high:
                hint = in_percent(value, known.unit, least, high, written.get(key))
                allowed = f"allowed is {least:g} to {high:g} ({self.unit}{hint})"
                return key, f"{key} = {value:g} is outside what {self.indicator} can be; {allowed}"
        return None

    def reasons_against(
        self, *, ran: bool = False, written: Mapping[str, Any] = MappingProxyType({})
    ) -> list[tuple[str, str]]:
        """What keeps it from being defensible, as (key, message).

        Parameters
        ----------
        ran : bool
            It is one of a manifest, perhaps of an older version: its numbers are read whatever they ask for.
        written : Mapping[str, Any]
            Its table as it stands in a file, if it does.
        """
        known = all_indicators()
        texts = {key: value for key, value in self.model_dump().items() if isinstance(value, str)}
        found = [(key, f"{key} {told}") for key, text in texts.items() if (told := unprintable(text, LONGEST_TEXT))]
        if self.indicator not in known:
            message = f"there is no indicator {self.indicator!r}{nearest(self.indicator, known)}"
            found.append(("indicator", message))
        elif self.counts == "cumulative" and known[self.indicator].kind != "flow":
            kind = known[self.indicator].kind
            found.append(("counts", f'"cumulative" is for flows, and {self.indicator} is a {kind}; take "mean"'))
        elif not ran and (why := self._beyond(written)):
            found.append(why)
        found += [
            ("evidence", f"there is no evidence {cited!r}{nearest(cited, all_evidence().ids)}")
            for cited in self.evidence
            if cited not in all_evidence()
        ]
        if not self.evidence and len(self.assumption) < 10:
            found.append(("", "names no evidence, and gives no assumption with a reason"))
        if (self.threshold is None) != (not self.threshold_from):
            found.append(("threshold", '"threshold" and "threshold_from" (where it comes from) go together'))
        return found


Objectives = Mapping[str, Objective]
"""Objectives by name, country by country."""


def read_objectives(path: Path) -> dict[str, Objective]:
    """Objectives of a file by name, in its order.

    Raises
    ------
    InputError
        With every problem, file and line.
    """
    (content, lines), file = parse_toml(read_text(path, MOST_WRITTEN), path), shown(path)
    problems: list[Problem] = []

    def complain(message: str, *place: str) -> None:
        problems.append(Problem(message, file, line_of(lines, place)))

    extends = content.pop("extends", None)
    if extends not in (None, DEFAULT):
        complain(f'extends = {extends!r} is not allowed; write extends = "{DEFAULT}" or leave it out', "extends")
    found: dict[str, Any] = {}
    tables: dict[str, dict[str, Any]] = {}
    if extends is not None:
        found = {name: each.model_dump() for name, each in all_objectives().items()}
    for name, entry in _tables(content, complain):
        tables[name] = entry
        found[name] = changed = _changed(found.get(name, {}), entry, file)
        known = all_indicators().get(str(changed.get("indicator")))
        for key in ("scale", "threshold"):
            if known and (why := in_fraction(entry.get(key), known.yearly_unit)):
                complain(f"{name}: {key}: {why}", *name.split(".", 1), key)
    objectives = {}
    for name, entry in found.items():
        country, _, short = name.partition(".")
        try:
            objectives[name] = Objective(**(entry | {"name": name}))
        except ValidationError as error:
            for detail in error.errors():
                place = tuple(part for part in detail["loc"] if isinstance(part, str))
                complain(f"{name}: {_in_words(detail, extends is None)}", country, short, *place)
            continue
        for key, message in objectives[name].reasons_against(written=tables.get(name, {})):
            complain(f"{name}: {message}", country, short, *([key] if key else []))
    if problems:
        raise InputError(problems)
    return _weighed(objectives, file)


def _tables(content: Mapping[str, Any], complain: Callable[..., None]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of a file by the names of their objectives; what is none is complained of."""
    for country, entries in content.items():
        if country not in COUNTRIES:
            hint = nearest_country(country, COUNTRIES)
            complain(f"there is no country {quoted(country)}{hint}; {_allowed(COUNTRIES)}", country)
        elif not isinstance(entries, dict):
            complain(f"{country} holds no objectives; write [{country}.name] and its keys under it", country)
        else:
            for short, entry in entries.items():
                if not isinstance(entry, dict):
                    complain(f"{country}.{short} is not a table; write [{country}.{short}]", country, short)
                    continue
                if "name" in entry:
                    complain(f"{country}.{short}: its name is that of the table, no key", country, short, "name")
                yield f"{country}.{short}", entry


def _changed(shipped: dict[str, Any], entry: dict[str, Any], file: str) -> dict[str, Any]:
    """A shipped objective with what a file changes; the shipped reason for a number does not stay with another one."""
    result = shipped | entry
    known = all_indicators().get(str(result.get("indicator")))
    for key in ("scale", "threshold"):
        if known and key in entry:
            result[key] = number(entry[key], known.yearly_unit)
    for key in ("scale", "threshold"):
        if shipped and key in entry and f"{key}_from" not in entry:
            result[f"{key}_from"] = f"set in {file}"
    return result


def _in_words(detail: Any, alone: bool) -> str:
    """A message of pydantic in the words of this project."""
    key = ".".join(str(part) for part in detail["loc"])
    kind, value = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        keys = [name for name in Objective.model_fields if name != "name"]
        return f"there is no key {key!r}{nearest(key, keys)}; {_allowed(keys)}"
    if kind == "missing":
        hint = f'; to change shipped objectives only, start the file with extends = "{DEFAULT}"' if alone else ""
        return f"{key!r} is missing{hint}"
    if kind == "literal_error":
        return f"{key} = {value!r} is not allowed{nearest(value, _CHOICES[key])}; {_allowed(_CHOICES[key])}"
    if kind in ("greater_than", "greater_than_equal"):
        return f"{key} = {value!r} is not allowed; it must be {'above 0' if kind == 'greater_than' else '0 or more'}"
    if kind == "finite_number":
        return f"{key} = {value!r} is not a finite number"
    return f"{key} = {value!r}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _allowed(names: Iterable[str]) -> str:
    return f"choose from {', '.join(names)}"


def _weighed(objectives: dict[str, Objective], file: str) -> dict[str, Objective]:
    """The objectives; refused when a country gives no weight to any of its own, or when there are none."""
    if not objectives:
        raise InputError(Problem("holds no objective; write for example [belarus.output]", file))
    idle = [country for country in countries_of(objectives) if not any(each.weight for each in of(objectives, country))]
    if idle:
        raise InputError(
            [Problem(f"every weight of {country} is 0; give one of its objectives a weight", file) for country in idle]
        )
    return objectives


@cache
def all_objectives() -> Objectives:
    """The objectives of the model by name, in the order of `model/objectives.toml`."""
    return read_objectives(model_folder() / "objectives.toml")


def chosen_objectives(
    file: str | Path | None = None, weights: Mapping[str, float] | None = None
) -> dict[str, Objective]:
    """The shipped objectives or those of a file, with some weights replaced.

    Parameters
    ----------
    weights : Mapping[str, float] | None
        Objective -> weight, for example {"belarus.output": 20}; 0 takes an objective out.

    Raises
    ------
    InputError
        For an unknown objective, with the nearest, or for a weight that is not 0 or more.
    """
    objectives = dict(all_objectives()) if file is None else read_objectives(Path(file))
    problems = []
    for name, weight in (weights or {}).items():
        if name not in objectives:
            unknown = f"there is no objective {name!r}{nearest(name, objectives)}"
            problems.append(Problem(unknown, hint="({objectives()} lists them)"))
        elif (
            isinstance(weight := plain(weight), bool)
            or not isinstance(weight, int | float)
            or not 0 <= weight < math.inf
        ):
            problems.append(Problem(f"the weight of {name} must be a number from 0, not {weight!r}"))
        else:
            objectives[name] = objectives[name].model_copy(update={"weight": float(weight)})
    if problems:
        raise InputError(problems)
    return _weighed(objectives, "weights" if file is None else shown(Path(file)))


def countries_of(objectives: Objectives) -> list[str]:
    """Countries that have objectives, in the order of COUNTRIES."""
    present = {each.country for each in objectives.values()}
    return [country for country in COUNTRIES if country in present]


def of(objectives: Objectives, country: str) -> list[Objective]:
    """Objectives of a country."""
    return [each for each in objectives.values() if each.country == country]


def country(text: str, objectives: Objectives) -> str:
    """A country as files write it, from what a user wrote.

    Raises
    ------
    InputError
        When it has no objectives.
    """
    present = countries_of(objectives)
    written = {name.lower(): short for short, name in COUNTRIES.items()} | {short: short for short in COUNTRIES}
    found = written.get(text.strip().lower()) if isinstance(text, str) else None
    if found not in present:
        hint = nearest_country(text, present)
        raise InputError(f"there is no country {quoted(text)} with objectives{hint}; {_allowed(present)}")
    return str(found)


CALLED = {
    "belarus": (
        "belorussia",
        "byelorussia",
        "bielorussia",
        "belorus",
        "bielarus",
        "white russia",
        "republic of belarus",
        "rb",
        "by",
        "blr",
        "minsk",
        "беларусь",
        "белоруссия",
        "белорусь",
        "白俄罗斯",
    ),
    "china": (
        "prc",
        "pr china",
        "people's republic of china",
        "mainland china",
        "cn",
        "chn",
        "beijing",
        "китай",
        "中国",
    ),
    "russia": ("russian federation", "rf", "ru", "rus", "moscow", "kremlin", "россия", "俄罗斯"),
    "eu": ("eu27", "eu28", "eu-27", "eu-28", "e.u.", "eec", "europe", "european community", "brussels", "ес", "欧盟"),
}
"""What else countries are called by people and in data."""


def nearest_country(text: object, present: Iterable[str]) -> str:
    """The country that somebody means, as `nearest` says it: other spellings and codes first."""
    plain_name = text.strip().lower().strip("'’ʹ.") if isinstance(text, str) else ""
    for short, others in CALLED.items():
        if short in present and plain_name in (short, *others):
            return f'; did you mean "{short}"?'
    return nearest(text, present)


def discount_rate(rate: Any) -> float:
    """A discount rate a year as a fraction, from 0.05 or "5 %".

    Raises
    ------
    InputError
        For what is none.
    """
    value = number(rate, "fraction a year")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
        hint = in_percent(value, "fraction", 0.0, 0.999, rate)
        raise InputError(f"discount must be a share a year from 0, such as 0.05 for 5 %, not {quoted(value)}{hint}")
    return float(value)


def as_written(objectives: Objectives) -> list[dict[str, Any]]:
    """Objectives ready for JSON, for a manifest."""
    return [each.model_dump(mode="json", exclude_defaults=True) for each in objectives.values()]


def from_written(entries: Any) -> dict[str, Objective]:
    """Objectives of `as_written`.

    Raises
    ------
    InputError
        When they are damaged.
    """
    try:
        found = {entry["name"]: Objective(**entry) for entry in entries}
    except (ValidationError, TypeError, KeyError) as error:
        raise InputError(f"these are no complete objectives ({str(error).splitlines()[0]})") from None
    for name, each in found.items():
        if each.country not in COUNTRIES or each.reasons_against(ran=True):
            raise InputError(f"{in_quotes(str(name))} is no objective that can be counted")
    return dict(_weighed(found, "manifest"))
