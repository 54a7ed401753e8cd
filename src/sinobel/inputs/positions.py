"""Named positions in a country: who weighs its objectives how, as ranges of weights with the paper's sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sinobel.inputs.characters import unprintable
from sinobel.inputs.countries import COUNTRIES, nearest_country
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.reading import nearest, quoted

DECLARED = "declared"
"""The position of a country that names none: the weights of its objectives."""
LONGEST_TEXT = 2000  # characters
POSSESSIVE = {"belarus": "Belarus's", "china": "China's", "russia": "Russia's", "eu": "the EU's"}
Range = tuple[float, float, float]
Complain = Callable[..., None]


class Position(BaseModel):
    """Who weighs the objectives of a country how: of each the least, the middle and the most, a triangular range."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
    name: str
    label: str
    weights: Mapping[str, Range]
    sentence: str = ""
    evidence: tuple[str, ...] = ()
    assumption: str = ""

    @property
    def country(self) -> str:
        """Whose it is: belarus, china, russia or eu."""
        return self.name.partition(".")[0]

    @property
    def short(self) -> str:
        """Its name without that of the country."""
        return self.name.partition(".")[2]

    @property
    def called(self) -> str:
        """As sentences call it: "Belarus's security bloc"; a country that names none is called by its name."""
        if self.short == DECLARED:
            return "the EU" if self.country == "eu" else COUNTRIES[self.country]
        return f"{POSSESSIVE[self.country]} {self.label}"

    @property
    def title(self) -> str:
        """As tables call it."""
        return self.label[:1].upper() + self.label[1:]

    def reasons_against(self, objectives: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
        """What keeps it from being defensible, as (keys, message).

        Parameters
        ----------
        objectives : Iterable[str]
            Names of the objectives it may weigh.
        """
        mine = [each.partition(".")[2] for each in objectives if each.partition(".")[0] == self.country]
        texts = {key: value for key, value in self.model_dump().items() if isinstance(value, str)}
        found: list[tuple[tuple[str, ...], str]] = [
            ((key,), f"{key} {told}") for key, text in texts.items() if (told := unprintable(text, LONGEST_TEXT))
        ]
        for short, (least, middle, most) in self.weights.items():
            if short not in mine:
                allowed = f"choose from {', '.join(mine)}"
                message = f"{self.country} has no objective {quoted(short)}{nearest(short, mine)}; {allowed}"
                found.append((("weights", short), message))
            elif not 0 <= least <= middle <= most:
                found.append(
                    (("weights", short), f"{short} = [{least:g}, {middle:g}, {most:g}] is not allowed; {RANGE}")
                )
        found += [
            (("evidence",), f"there is no evidence {cited!r}{nearest(cited, all_evidence().ids)}")
            for cited in self.evidence
            if cited not in all_evidence()
        ]
        if not self.evidence and len(self.assumption) < 10:
            found.append(((), "names no evidence, and gives no assumption with a reason"))
        return found


RANGE = "write [least, middle, most], from 0 up in this order, or one number"
KEYS = tuple(name for name in Position.model_fields if name != "name")


def read_positions(
    written: Any, shipped: Mapping[str, Position], objectives: Iterable[str], complain: Complain
) -> dict[str, Position]:
    """Positions by name: those that ship, with what a file changes or adds.

    Parameters
    ----------
    written : Any
        The table `position` of a file.
    shipped : Mapping[str, Position]
        Those the file extends.
    objectives : Iterable[str]
        Names of the objectives of the file.
    complain : Complain
        Takes a message and the keys it is about.
    """
    found, names = dict(shipped), list(objectives)
    for name, entry in _tables(written, complain):
        place = ("position", *name.split(".", 1))
        position = _position(name, entry, shipped, lambda message, *keys, at=place: complain(message, *at, *keys))
        if position is None:
            continue
        found[name] = position
        for keys, message in position.reasons_against(names):
            complain(f"{name}: {message}", *place, *keys)
    return found


def _tables(written: Any, complain: Complain) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of a file by the names of their positions; what is none is complained of."""
    if not isinstance(written, dict):
        complain("position holds no positions; write [position.belarus.name] and its keys under it", "position")
        return
    for country, entries in written.items():
        if country not in COUNTRIES:
            allowed = f"choose from {', '.join(COUNTRIES)}"
            hint = nearest_country(country, COUNTRIES)
            complain(f"there is no country {quoted(country)}{hint}; {allowed}", "position", country)
        elif not isinstance(entries, dict):
            complain(f"write [position.{country}.name] and its keys under it", "position", country)
        else:
            for short, entry in entries.items():
                if not isinstance(entry, dict):
                    write = f"write [position.{country}.{short}]"
                    complain(f"position.{country}.{short} is not a table; {write}", "position", country, short)
                elif short == DECLARED:
                    complain(f"{short} is the position of a country that names none; call it otherwise", "position")
                else:
                    yield f"{country}.{short}", entry


def _position(name: str, entry: dict[str, Any], shipped: Mapping[str, Position], complain: Complain) -> Position | None:
    """A position from its table; None where it is none, which is complained of."""
    usual = shipped[name].model_dump() if name in shipped else {}
    weights = entry.get("weights", {})
    if not isinstance(weights, dict):
        complain(f"{name}: weights are a table; write [position.{name}.weights] and one line per objective", "weights")
        return None
    ranges: dict[str, Range] = {}
    for short, value in weights.items():
        if (told := _range(value)) is None:
            complain(f"{name}: {short} = {quoted(value)} is not allowed; {RANGE}", "weights", short)
            return None
        ranges[short] = told
    changed = usual | entry | {"name": name, "weights": dict(usual.get("weights", {})) | ranges}
    try:
        position = Position(**changed)
    except ValidationError as error:
        for detail in error.errors():
            key = str(detail["loc"][0])
            complain(f"{name}: {_in_words(detail, key, name, shipped)}", *([key] if key in entry else []))
        return None
    if not position.weights:
        complain(f"{name}: weighs nothing; write [position.{name}.weights] and one line per objective")
        return None
    return position


def _range(value: Any) -> Range | None:
    """Least, middle and most of a weight, from three numbers or one; None for what is none."""
    three = [value] * 3 if isinstance(value, int | float) else value
    if not isinstance(three, list) or len(three) != 3:
        return None
    for each in three:
        if isinstance(each, bool) or not isinstance(each, int | float) or not -1e300 < each < 1e300 or math.isnan(each):
            return None
    least, middle, most = map(float, three)
    return least, middle, most


def _in_words(detail: Any, key: str, name: str, shipped: Mapping[str, Position]) -> str:
    """A message of pydantic in the words of this project."""
    if detail["type"] == "extra_forbidden":
        return f"there is no key {key!r}{nearest(key, KEYS)}; choose from {', '.join(KEYS)}"
    if detail["type"] == "missing":
        hint = f"; it is no position that ships{nearest(name, shipped)}" if shipped else ""
        return f"{key!r} is missing{hint}"
    return f"{key} = {quoted(detail.get('input'))}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
