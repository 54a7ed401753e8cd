"""The modules of the posterior: which parameters learn from which targets, as `model/targets.toml` declares it.

A posterior that lets every parameter explain every target is only as good as its worst equation: what one rule gets
wrong bends parameters that have nothing to do with it. Cut by module, a loan learns from loans, and whatever other
modules do to its targets counts as a disturbance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.reading import Problem, nearest

TABLES = ("module", "left_out", "choice")
"""Names in `model/targets.toml` that are no figures of the paper."""


class Module(BaseModel):
    """Parameters that learn together, and what they learn from."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    parameters: tuple[str, ...]  # files of model/parameters
    targets: tuple[str, ...]
    why: str

    def owns(self, parameter: str) -> bool:
        """True for a parameter that learns with this module."""
        return parameter.partition(".")[0] in self.parameters


class LeftOut(BaseModel):
    """Recorded indicators that nothing learns from."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    targets: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Modules:
    """All modules by name, and the recorded indicators that belong to none."""

    by_name: Mapping[str, Module]
    left_out: Mapping[str, LeftOut]

    def of_target(self, target: str) -> str | None:
        """Name of the module that learns from a target, if any does."""
        return next((name for name, module in self.by_name.items() if target in module.targets), None)

    def of_parameter(self, parameter: str) -> str | None:
        """Name of the module that a parameter belongs to, if to any."""
        return next((name for name, module in self.by_name.items() if module.owns(parameter)), None)


@dataclass(frozen=True)
class Known:
    """What modules may name: recorded indicators, and figures that are fitted or choices."""

    indicators: Collection[str]
    figures: Collection[str]


def read(content: Mapping[str, Any], known: Known) -> tuple[Modules, list[Problem]]:
    """Modules of a parsed `model/targets.toml`, and what is wrong with them, without file and line."""
    by_name: dict[str, Module] = {}
    left_out: dict[str, LeftOut] = {}
    problems: list[Problem] = []
    for name, entry in content.get("module", {}).items():
        try:
            by_name[name] = Module(name=name, **entry)
        except (ValidationError, TypeError) as error:
            problems.append(Problem(f"module {name}: {error}"))
    for name, entry in content.get("left_out", {}).items():
        try:
            left_out[name] = LeftOut(**entry)
        except (ValidationError, TypeError) as error:
            problems.append(Problem(f"left_out {name}: {error}"))
    found = Modules(by_name, left_out)
    return found, problems + list(_wrong(found, known))


def _wrong(modules: Modules, known: Known) -> Iterator[Problem]:
    """Names that do not exist, belong to two modules, or to none."""
    files = {each.subject for each in all_parameters().values()}
    targets = {*known.indicators, *known.figures}
    owners: dict[str, list[str]] = {}
    for name, module in modules.by_name.items():
        for file in module.parameters:
            owners.setdefault(f"parameters {file}", []).append(name)
            if file not in files:
                yield Problem(f"module {name}: there are no parameters {file!r}{nearest(file, files)}")
    named = {name: each.targets for name, each in modules.by_name.items()}
    for name, listed in (named | {name: each.targets for name, each in modules.left_out.items()}).items():
        for target in listed:
            owners.setdefault(target, []).append(name)
            if target not in targets:
                yield Problem(
                    f"{name}: {target!r} is no recorded indicator or fitted figure or choice{nearest(target, targets)}"
                )
    for what, several in owners.items():
        if len(several) > 1:
            yield Problem(f"{what} belongs to {' and '.join(several)}, where each belongs to one")
    for what in sorted(targets - set(owners)):
        yield Problem(f"{what} belongs to no module; name the one that learns from it, or leave it out with a reason")
    for file in sorted(files):
        if f"parameters {file}" not in owners:
            yield Problem(f"parameters {file} belong to no module; one without targets keeps their priors")
