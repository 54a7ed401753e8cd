"""The classes that drawn parameters are read through, made of the names in `model/parameters`.

`sinobel docs` writes them into `world/subjects`, a file for each subject, so that a misspelled parameter is an error of
types before anything runs, and an editor shows what a parameter means where it is used.
"""

from __future__ import annotations

import textwrap

from sinobel.inputs.parameters import Parameter, all_parameters

_WIDTH = 120
_INDENT = "    "
_TITLE = '"""Drawn parameters of {subject}, written by `sinobel docs` from `model/parameters`: change it there."""\n'
_HEAD = """from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws
"""
_TABLE = '''"""Drawn parameters by subject, written by `sinobel docs` from `model/parameters`: change them there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
'''


def sources() -> dict[str, str]:
    """Text of each module of the package by its name: a frozen class for each subject, and the table of all of them."""
    subjects: dict[str, list[Parameter]] = {}
    for each in all_parameters().values():
        subjects.setdefault(each.subject, []).append(each)
    return {"__init__": _table(sorted(subjects))} | {
        subject: "\n".join([_TITLE.format(subject=subject), _HEAD, "", _class(subject, parameters)])
        for subject, parameters in subjects.items()
    }


def _table(subjects: list[str]) -> str:
    imports = [f"from sinobel.world.subjects.{subject} import {class_of(subject)}" for subject in subjects]
    together = ["class Subjects:", f'{_INDENT}"""All of them."""', ""]
    together += [f"{_INDENT}{subject}: {class_of(subject)}" for subject in subjects]
    table = ["SUBJECTS: Mapping[str, type[Any]] = {"]
    table += [f'{_INDENT}"{subject}": {class_of(subject)},' for subject in subjects]
    parts = ["\n".join([_TABLE, *imports]), "\n".join(together), "\n".join([*table, "}"])]
    return "\n\n\n".join(parts) + "\n"


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
