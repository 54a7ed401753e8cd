"""The classes that drawn parameters are read through, made of the names in `model/parameters`.

`sinobel docs` writes them into `world/subjects.py`, so that a misspelled parameter is an error of types before anything
runs, and an editor shows what a parameter means where it is used.
"""

from __future__ import annotations

import textwrap

from sinobel.inputs.parameters import Parameter, all_parameters

_WIDTH = 120
_INDENT = "    "
_HEAD = '''"""Drawn parameters by subject. `sinobel docs` writes this from `model/parameters`: change it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sinobel.world.arrays import Draws
'''


def source() -> str:
    """Text of the module with a frozen class for each subject."""
    subjects: dict[str, list[Parameter]] = {}
    for each in all_parameters().values():
        subjects.setdefault(each.subject, []).append(each)
    together = ["class Subjects:", f'{_INDENT}"""All of them."""', ""]
    together += [f"{_INDENT}{subject}: {class_of(subject)}" for subject in subjects]
    table = ["SUBJECTS: Mapping[str, type[Any]] = {"]
    table += [f'{_INDENT}"{subject}": {class_of(subject)},' for subject in subjects]
    classes = [_class(subject, parameters) for subject, parameters in subjects.items()]
    return "\n\n".join([_HEAD, *classes, "\n".join(together) + "\n", "\n".join([*table, "}"]) + "\n"])


def class_of(subject: str) -> str:
    """Name of the class of a subject."""
    return f"{subject.capitalize()}Parameters"


def _class(subject: str, parameters: list[Parameter]) -> str:
    lines = [
        "@dataclass(frozen=True, eq=False, repr=False)",
        f"class {class_of(subject)}:",
        f'{_INDENT}"""Parameters of `model/parameters/{subject}.toml`, one number for every future."""',
        "",
    ]
    for each in parameters:
        lines += [f"{_INDENT}{each.name.partition('.')[2]}: Draws", *_words(f"{each.label} ({each.unit}).")]
    return "\n".join(lines) + "\n"


def _words(text: str) -> list[str]:
    """A text under an attribute, on one line where it fits."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    one = f'{_INDENT}"""{text}"""'
    if len(one) <= _WIDTH:
        return [one]
    first, *rest = textwrap.wrap(text, _WIDTH - len(_INDENT) - len('"""'))
    return [f'{_INDENT}"""{first}', *(f"{_INDENT}{line}" for line in rest), f'{_INDENT}"""']
