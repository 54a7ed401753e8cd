"""What agents decide, what they see and want, how they choose and on what evidence: `model/decisions.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sinobel.inputs.reading import InputError, Problem, model_folder, read_text, shown
from sinobel.inputs.toml_text import line_of, parse_toml

FILE = "decisions.toml"

GRADES = {
    "fitted": "set to the record it is compared with, so that it is no evidence for itself",
    "record": "measured on the record, outside of what is compared",
    "literature": "sizes from elsewhere",
    "paper": "the paper says that they do so, not how strongly",
    "assumption": "nothing says how they choose",
}
"""How good the evidence for a decision is, best last known first."""


class Decision(BaseModel):
    """One decision, told as the protocol ODD+D asks.

    Attributes
    ----------
    name : str
        Short, of the decision.
    who : str
        Who decides.
    does : tuple[str, ...]
        Methods that carry the decision out, by their places in the world.
    question : str
        What is decided.
    sees : tuple[str, ...]
        What it looks at: places of state and readings in the world, and levers.
    wants : str
        What it is after.
    chooses : str
        How it chooses.
    evidence : tuple[str, ...]
        Figures, mechanisms and series.
    grade : Literal
        How good that evidence is; a key of `GRADES`.
    alternative : str
        Another way that was considered, and why it was not taken.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    who: str = Field(min_length=1)
    does: tuple[str, ...] = Field(min_length=1)
    question: str = Field(min_length=1)
    sees: tuple[str, ...] = Field(min_length=1)
    wants: str = Field(min_length=1)
    chooses: str = Field(min_length=1)
    evidence: tuple[str, ...] = Field(min_length=1)
    grade: Literal["fitted", "record", "literature", "paper", "assumption"]
    alternative: str = Field(min_length=1)


def read_decisions(path: Path) -> dict[str, Decision]:
    """Decisions of a file by name.

    Raises
    ------
    InputError
        With every problem found, file and line.
    """
    content, lines = parse_toml(read_text(path), path)
    found: dict[str, Decision] = {}
    problems: list[Problem] = []
    for name, entry in content.items():
        try:
            found[name] = Decision(name=name, **entry)
        except ValidationError as error:
            problems += [
                Problem(f"{name}: {detail['msg']}", shown(path), line_of(lines, (name, *detail["loc"])))
                for detail in error.errors()
            ]
    if problems:
        raise InputError(problems)
    return found


@cache
def all_decisions() -> dict[str, Decision]:
    """The decisions of the model."""
    return read_decisions(model_folder() / FILE)
