"""The indicators: what is reported, read from `model/indicators.toml` and frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sinobel.inputs import pairs
from sinobel.inputs.pairs import Pair
from sinobel.inputs.quantities import in_text
from sinobel.inputs.reading import InputError, Problem, in_quotes, model_folder, nearest, quoted, read_text, shown
from sinobel.inputs.toml_text import line_of, parse_toml
from sinobel.inputs.units import KNOWN, UNITS
from sinobel.inputs.values import is_share
from sinobel.inputs.values import names as listed

if TYPE_CHECKING:
    import numpy as np

_NAME = "[A-Z][A-Za-z -]*[a-z]"  # a side, or a step of the hierarchy: words without signs

LISTED = "({indicators()} lists them)"
"""Hint for whoever named one that is not there."""

LARGEST = 1e9  # no indicator comes near, in its unit
BOUNDS = {
    "share": (0.0, 1.0),
    "index": (0.0, 1.0),
    "rate": (-1.0, 1.0),  # interest; none of a loan comes near 100 % a year
    "ratio": (0.0, 2.0),  # debt over GDP is 0.02 to 0.38 in the record and up to 1.6 in the worst of 2,000 futures
}
"""What somebody may ask of a fraction, by its kind; wide enough for any future, and too narrow for most percentages."""
GROWTH = (-100.0, 100.0)  # % a year; the record lies between -15 and 15


class Indicator(BaseModel):
    """One thing that is reported: label, unit, kind, how a year is made of its months, the series it continues.

    Attributes
    ----------
    region, variable : str
        Its name in the IAMC layout: `Belarus>China`, `Trade|Goods|Potash`.
    told : bool
        Whether an answer may lead with it: what an adviser would tell of an option, and no lever's own echo.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    label: str
    region: str = Field(pattern=f"^{_NAME}(>{_NAME})?$")
    variable: str = Field(pattern=rf"^{_NAME}(\|{_NAME})*$")
    unit: str
    kind: Literal["flow", "stock", "price", "share", "ratio", "rate", "index", "duration"]
    annual: Literal["sum", "last", "mean", "max", "ratio"]
    ratio: tuple[str, str] | None = None
    record: str | None = None
    bounds: tuple[float, float] | None = None
    sign: str = ""
    identity: str = ""
    told: bool = False
    evidence: tuple[str, ...]

    @property
    def yearly_unit(self) -> str:
        """Unit of a year's value: flows are per year."""
        return f"{self.unit} a year" if self.kind == "flow" else self.unit

    @property
    def monthly_unit(self) -> str:
        """Unit of a month's value: flows are per month."""
        return f"{self.unit} a month" if self.kind == "flow" else self.unit

    @property
    def thresholds(self) -> tuple[float, float]:
        """Smallest and largest number it may be compared with: an index ends at 1, 40 % of GDP is 0.40."""
        if self.bounds:
            return self.bounds
        if self.unit == "index 0-1":
            return 0.0, 1.0
        if is_share(self.unit):
            return BOUNDS.get(self.kind, (-LARGEST, LARGEST))
        return GROWTH if self.unit.startswith("%") else (-LARGEST, LARGEST)


def read_indicators(path: Path) -> dict[str, Indicator]:
    """Indicators of a file by name.

    Raises
    ------
    InputError
        With every problem found, file and line.
    """
    content, lines = parse_toml(read_text(path), path)
    indicators: dict[str, Indicator] = {}
    problems: list[Problem] = []
    for name, entry in content.items():
        try:
            indicators[name] = Indicator(name=name, **entry)
        except ValidationError as error:
            problems += [
                Problem(f"{name}: {detail['msg']}", shown(path), line_of(lines, (name, *detail["loc"])))
                for detail in error.errors()
            ]
    named: dict[tuple[str, str], str] = {}
    for name, indicator in indicators.items():
        line = line_of(lines, (name,))
        if why := _unfit(indicator):
            problems.append(Problem(f"{name}: {why}", shown(path), line_of(lines, (name, "unit"))))
        first = named.setdefault((indicator.region, indicator.variable), name)
        if first != name:
            problems.append(Problem(f"{name}: {first} has the same region and variable", shown(path), line))
        if (indicator.annual == "ratio") != (indicator.ratio is not None):
            problems.append(Problem(f'{name}: "ratio" and annual = "ratio" go together', shown(path), line))
        for part in indicator.ratio or ():
            if part not in indicators:
                problems.append(Problem(f"{name}: there is no indicator {part!r}", shown(path), line))
        if not indicator.evidence:
            problems.append(Problem(f"{name}: an indicator names its evidence", shown(path), line))
    if problems:
        raise InputError(problems)
    return indicators


def _unfit(indicator: Indicator) -> str:
    """Why a unit cannot be used, empty where it can."""
    allowed = UNITS if indicator.kind == "flow" else KNOWN
    if indicator.unit in allowed:
        return ""
    if indicator.unit in KNOWN:
        return f"the unit of a flow is written without its period, and {in_quotes(indicator.unit)} has one"
    known = ", ".join(map(in_quotes, allowed))
    return f"there is no unit {in_quotes(indicator.unit)}{nearest(indicator.unit, allowed)} (allowed: {known})"


@cache
def all_indicators() -> Mapping[str, Indicator]:
    """The indicators of the model by name, in the order of `model/indicators.toml`.

    What two of them make, such as "debt_to_china / gdp", is told when asked for by that name, and is not listed.
    """
    return _Indicators(read_indicators(model_folder() / "indicators.toml"), _made_of)


class _Indicators(pairs.WithPairs["Indicator"]):
    """What the world reports; a pair is told when asked for, yet is none of it, so that nothing simulates one."""

    def __contains__(self, name: object) -> bool:
        return name in self._plain


def _made_of(pair: Pair, first: Indicator, second: Indicator) -> Indicator:
    """A pair as an indicator of its own, of whose years alone anything is known."""
    unit = pair.unit(first.yearly_unit, second.yearly_unit)
    flows = pair.operation != pairs.RATIO and first.kind == "flow"
    return first.model_copy(
        update={
            "name": str(pair),
            "label": f"{first.label}{pairs.WORDS[pair.operation]}{in_text(second.label)}",
            "unit": unit.removesuffix(pairs.A_YEAR) if flows else unit,
            "kind": first.kind if pair.operation != pairs.RATIO else "ratio" if "fraction" in unit else "price",
            "annual": first.annual if pair.operation != pairs.RATIO else "ratio",
            "ratio": pair.names if pair.operation == pairs.RATIO else None,
            "record": None,
            "bounds": None,
            "sign": "",
            "identity": "",
            "told": False,
            "evidence": tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        }
    )


def strange(text: object) -> tuple[str, str]:
    """Why a text names no indicator and no pair of them whose units go together, with a hint; both empty where it does.

    A nearest name is told of the one that is wrong; where hyphens stand for underscores, of the whole.
    """
    known, pair = all_indicators(), pairs.parse(text)
    meant = _undashed(text)
    if meant is not None and meant != text and any(each not in known for each in (pair.names if pair else [text])):
        if not any(strange(meant)):
            return f'there is no indicator {quoted(text)}; did you mean "{meant}"?', LISTED
        if pair and not any(each in known for each in pair.names) and (near := nearest(meant, known)):
            return f"there is no indicator {quoted(text)}{near}", LISTED
    for name in pair.names if pair else (text,):
        if not isinstance(name, str) or name not in known:
            return f"there is no indicator {quoted(name)}{nearest(name, known)}", LISTED
    return (pair.misfit(*(known[name].yearly_unit for name in pair.names)), "") if pair else ("", "")


def _undashed(text: object) -> str | None:
    """A name with underscores where it has hyphens, as files have them: "potash-revenue" is no difference."""
    if not isinstance(text, str) or len(text) > pairs.LONGEST:
        return None
    pair = pairs.parse(text)
    if pair is None:
        return pairs.written(re.sub(r"(?<=\w)-(?=\w)", "_", text))
    return "_".join(pair.names) if pair.operation == pairs.DIFFERENCE else None


def chosen(names: str | Iterable[str] | None) -> list[str]:
    """Names of indicators, all of them for None.

    Raises
    ------
    InputError
        For an unknown one, with the nearest.
    """
    known = all_indicators()
    if names is None:
        return list(known)
    names = list(listed(names))
    if unknown := [name for name in names if not isinstance(name, str) or name not in known]:
        raise InputError(
            [Problem(f"there is no indicator {quoted(name)}{nearest(name, known)}", hint=LISTED) for name in unknown]
        )
    return names


def with_parts(names: Iterable[str]) -> list[str]:
    """The indicators and those their ratios are made of, without repetition."""
    known = all_indicators()
    result: dict[str, None] = {}
    for name in names:
        result[name] = None
        result.update(dict.fromkeys(known[name].ratio or ()))
    return list(result)


RECORDED_PER_YEAR = 12


def recorded_names(names: Sequence[str]) -> list[str]:
    """Indicators a world must record so that the named ones can be shown: ratios are made of two others."""
    known = all_indicators()
    return [name for name in with_parts(names) if known[name].ratio is None]


def ratios(name: str, parts: Mapping[str, np.ndarray], *, yearly: bool) -> np.ndarray:
    """A ratio indicator from the values of its two parts; a monthly flow under a stock counts for a year."""
    import numpy as np

    known = all_indicators()
    above, below = known[name].ratio or ("", "")
    stock_over_flow = known[above].kind == "stock" and known[below].kind == "flow"
    scale = RECORDED_PER_YEAR if stock_over_flow and not yearly else 1
    result: np.ndarray = parts[above] / (scale * np.where(parts[below] == 0, np.nan, parts[below]))
    return result
