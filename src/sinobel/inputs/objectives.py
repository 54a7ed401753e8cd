"""What each country wants: objectives with direction, scale and threshold, and positions that weigh them.

They stand in `model/objectives.toml`. A file of a user stands alone, or starts with `extends = "default"` and says only
what it changes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sinobel.inputs.countries import COUNTRIES, nearest_country
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.objective import CHOICES, Objective
from sinobel.inputs.positions import DECLARED, Position, read_positions
from sinobel.inputs.reading import (
    MOST_WRITTEN,
    InputError,
    Problem,
    by_line,
    in_quotes,
    model_folder,
    nearest,
    quoted,
    read_text,
    shown,
)
from sinobel.inputs.toml_text import line_of, parse_toml
from sinobel.inputs.values import in_fraction, in_percent, number, plain

DEFAULT = "default"


@dataclass(frozen=True)
class Objectives(Mapping[str, Objective]):
    """Objectives by name, country by country, and the positions that weigh them.

    Attributes
    ----------
    entries : Mapping[str, Objective]
        By name.
    declared : Mapping[str, Position]
        Positions by name, as a file has them.
    """

    entries: Mapping[str, Objective]
    declared: Mapping[str, Position] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Objective:
        return self.entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def positions(self, country: str) -> list[Position]:
        """Positions of a country with the weights they give; one, as declared, where a country names none."""
        mine = [each for each in self.declared.values() if each.country == country]
        set_to = {each.short: (each.weight,) * 3 for each in of(self, country) if each.weight is not None}
        if not mine:
            return [Position(name=f"{country}.declared", label="As declared", weights=set_to)]
        return [each.model_copy(update={"weights": dict(each.weights) | set_to}) for each in mine]

    @property
    def weighing(self) -> list[Objective]:
        """Objectives that some position of their country gives a weight."""
        heavy = {
            f"{country}.{short}"
            for country in countries_of(self)
            for position in self.positions(country)
            for short, (_, _, most) in position.weights.items()
            if most > 0
        }
        return [each for each in self.values() if each.name in heavy]


def read_objectives(path: Path) -> Objectives:
    """Objectives of a file by name, in its order, and its positions.

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
    tables: dict[str, dict[str, Any]] = {}
    shipped = all_objectives() if extends is not None else Objectives({})
    found = {name: each.model_dump() for name, each in shipped.items()}
    written = content.pop("position", {})
    for name, entry in _tables(content, complain):
        tables[name] = entry
        found[name] = changed = _changed(found.get(name, {}), entry, file)
        known = all_indicators().get(str(changed.get("indicator")))
        for key in ("scale", "threshold"):
            if known and (why := in_fraction(entry.get(key), known.yearly_unit)):
                complain(f"{name}: {key}: {why}", *name.split(".", 1), key)
    objectives = _made(found, tables, shipped, complain)
    positions = read_positions(written, shipped.declared, list(found), complain)
    for name in objectives if not problems else ():
        if objectives[name].weight is None and not _weighs(positions.values(), objectives[name]):
            complain(f"{name}: {_unweighed(objectives[name], positions)}", *name.split(".", 1))
    if problems:
        raise InputError(by_line(problems))
    return _weighed(Objectives(objectives, positions), file)


def _made(
    found: Mapping[str, Any],
    tables: Mapping[str, dict[str, Any]],
    shipped: Objectives,
    complain: Callable[..., None],
) -> dict[str, Objective]:
    """Objectives from their keys; what is none, or cannot be defended, is complained of."""
    objectives: dict[str, Objective] = {}
    for name, entry in found.items():
        country, _, short = name.partition(".")
        try:
            objectives[name] = Objective(**(entry | {"name": name}))
        except ValidationError as error:
            details = error.errors()
            if shipped and name not in shipped and any(each["type"] == "missing" for each in details):
                complain(_not_shipped(name, details, shipped), country, short)
                details = [each for each in details if each["type"] != "missing"]
            for detail in details:
                place = tuple(part for part in detail["loc"] if isinstance(part, str))
                complain(f"{name}: {_in_words(detail, alone=not shipped)}", country, short, *place)
            continue
        for key, message in objectives[name].reasons_against(written=tables.get(name, {})):
            complain(f"{name}: {message}", country, short, *([key] if key else []))
    return objectives


def _weighs(positions: Iterable[Position], objective: Objective) -> bool:
    return any(each.country == objective.country and objective.short in each.weights for each in positions)


def _unweighed(objective: Objective, positions: Mapping[str, Position]) -> str:
    """What is missing of an objective without a weight."""
    others = [name for name, each in positions.items() if each.country == objective.country]
    if not others:
        return f"'weight' is missing, and no position of {objective.country} weighs it"
    return f"no position weighs it ({', '.join(others)}); name it in [position.{others[0]}.weights], or set its weight"


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
    if "veto" in entry:
        result["veto"] = number(entry["veto"], "fraction")
    elif any(entry.get(key, shipped.get(key)) != shipped.get(key) for key in ("indicator", "direction", "counts")):
        result["veto"], result["veto_from"] = 0.0, ""  # of another criterion
    for key in ("scale", "threshold", "veto"):
        if shipped and key in entry and f"{key}_from" not in entry:
            result[f"{key}_from"] = f"set in {file}"
    return result


def _not_shipped(name: str, details: Iterable[Any], shipped: Objectives) -> str:
    """What is missing of an objective that does not ship."""
    missing = ", ".join(str(each["loc"][0]) for each in details if each["type"] == "missing")
    return f"there is no objective {quoted(name)} that ships{nearest(name, shipped)}; one of your own needs {missing}"


def _in_words(detail: Any, *, alone: bool) -> str:
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
        return f"{key} = {value!r} is not allowed{nearest(value, CHOICES[key])}; {_allowed(CHOICES[key])}"
    if key == "veto" and kind in ("greater_than_equal", "less_than_equal"):
        return f"veto = {value!r} is not allowed; it must be a share of futures, 0 to 1 (0.9 for 90 %)"
    if kind in ("greater_than", "greater_than_equal"):
        return f"{key} = {value!r} is not allowed; it must be {'above 0' if kind == 'greater_than' else '0 or more'}"
    if kind == "finite_number":
        return f"{key} = {value!r} is not a finite number"
    return f"{key} = {value!r}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _allowed(names: Iterable[str]) -> str:
    return f"choose from {', '.join(names)}"


def _weighed(objectives: Objectives, file: str) -> Objectives:
    """The objectives; refused when a position gives no weight to anything, or when there are none."""
    if not objectives:
        raise InputError(Problem("holds no objective; write for example [belarus.income]", file))
    idle = []
    for country in countries_of(objectives):
        mine = {each.short for each in of(objectives, country)}
        for position in objectives.positions(country):
            if not any(most > 0 for short, (_, _, most) in position.weights.items() if short in mine):
                whose = position.name if position.short != DECLARED else country
                idle.append(Problem(f"every weight of {whose} is 0; give one of its objectives a weight", file))
    if idle:
        raise InputError(idle)
    return objectives


@cache
def all_objectives() -> Objectives:
    """The objectives of the model by name, in the order of `model/objectives.toml`."""
    return read_objectives(model_folder() / "objectives.toml")


def chosen_objectives(file: str | Path | None = None, weights: Mapping[str, float] | None = None) -> Objectives:
    """The shipped objectives or those of a file, with some weights replaced.

    Parameters
    ----------
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 20}; 0 takes an
        objective out.

    Raises
    ------
    InputError
        For an unknown objective, with the nearest, or for a weight that is not 0 or more.
    """
    chosen = all_objectives() if file is None else read_objectives(Path(file))
    objectives, problems = dict(chosen), []
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
    return _weighed(Objectives(objectives, chosen.declared), "weights" if file is None else shown(Path(file)))


def countries_of(objectives: Mapping[str, Objective]) -> list[str]:
    """Countries that have objectives, in the order of COUNTRIES."""
    present = {each.country for each in objectives.values()}
    return [country for country in COUNTRIES if country in present]


def of(objectives: Mapping[str, Objective], country: str) -> list[Objective]:
    """Objectives of a country."""
    return [each for each in objectives.values() if each.country == country]


def weights_in_words(objective: Objective, objectives: Objectives) -> str:
    """Who weighs an objective, and in which range: "reformers 40 to 65"; one number alone where no position does."""
    told = []
    for position in objectives.positions(objective.country):
        least, _, most = position.weights.get(objective.short, (0.0, 0.0, 0.0))
        if most:
            span = f"{most:g}" if least == most else f"{least:g} to {most:g}"
            told.append(span if position.short == DECLARED else f"{position.label} {span}")
    return ", ".join(told)


def country(text: str, objectives: Mapping[str, Objective]) -> str:
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


def as_written(declared: Mapping[str, Objective] | Mapping[str, Position]) -> list[dict[str, Any]]:
    """Objectives or positions ready for JSON, for a manifest."""
    return [each.model_dump(mode="json", exclude_defaults=True) for each in declared.values()]


def from_written(entries: Any, positions: Any = ()) -> Objectives:
    """Objectives of `as_written` and the positions of a manifest; one older than positions has weights instead.

    Raises
    ------
    InputError
        When they are damaged.
    """
    try:
        found = {entry["name"]: Objective(**entry) for entry in entries}
        declared = {entry["name"]: Position(**entry) for entry in positions}
    except (ValidationError, TypeError, KeyError) as error:
        raise InputError(f"these are no complete objectives ({str(error).splitlines()[0]})") from None
    for name, each in found.items():
        if each.country not in COUNTRIES or each.reasons_against(ran=True):
            raise InputError(f"{in_quotes(str(name))} is no objective that can be counted")
    if wrong := [name for name, each in declared.items() if each.reasons_against(found)]:
        raise InputError(f"{in_quotes(str(wrong[0]))} is no position that can be taken")
    return _weighed(Objectives(found, declared), "manifest")
