"""The command that asks for a folder again, from what its maker was asked in either face."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from sinobel.policies.scenarios import Scenario, load, shipped_names
from sinobel.runs.request import Request

ANEW = "sinobel rerun manifest.json"
"""The command for results that no other asks for: of a scenario made in Python, of some indicators or later draws."""


def names_of(given: Sequence[Any], policies: Sequence[Scenario]) -> list[str] | None:
    """What scenarios are called on the command line; None where one was made in Python and has no name there.

    Parameters
    ----------
    given : Sequence[Any]
        The scenarios as the caller named them: names, paths or a `Scenario`.
    policies : Sequence[Scenario]
        What was read of each.
    """
    if any(isinstance(each, Scenario) and not is_shipped(policy) for each, policy in zip(given, policies, strict=True)):
        return None
    return [each.name if isinstance(each, Scenario) else str(each) for each in given]


def is_shipped(scenario: Scenario) -> bool:
    """Whether a scenario is one that ships, unchanged."""
    if scenario.name not in shipped_names():
        return False
    shipped = load(scenario.name)
    return (shipped.digest, shipped.focus) == (scenario.digest, scenario.focus)


def words_of(request: Request) -> str:
    """Draws, seed, months and source of parameters of a request as options."""
    told = f"--draws {request.draws} --seed {request.seed} --origin {request.origin} --horizon {request.horizon}"
    told += " --prior" * (request.parameters == "prior")
    return told + (f" --record {shlex.quote(request.record.place)}" if request.record else "")


def command(verb: str, names: Sequence[str] | None, request: Request, asked: Sequence[str] = ()) -> str:
    """The command for a verb; ANEW where no words ask for the request.

    Parameters
    ----------
    names : Sequence[str] | None
        Of `names_of`.
    asked : Sequence[str]
        More words.
    """
    if names is None or request.indicators is not None or request.first_draw:
        return ANEW
    if request.record is not None and not request.record.place:
        return ANEW
    if request.parameters not in ("posterior", "prior"):
        return ANEW
    return " ".join(["sinobel", verb, shlex.join(names), words_of(request), *map(shlex.quote, asked)])
