"""A scenario as the text of a scenario file, so that what was put together in Python can be kept and sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sinobel.inputs.reading import InputError, Problem, shown

ENDING = ".toml"
LONGEST = {"title": 120, "question": 400}
"""Characters of the texts of a file, as the reader of files has them; those of stacked scenarios may be longer."""
TABLES = ("change", "loan", "investment")
Write = Callable[[Path, str], None]
_writers: list[Write] = []


def write_with(write: Write) -> None:
    """Let what writes files write those of scenarios too: this wing writes nothing by itself."""
    _writers[:] = [write]


def save(written: Mapping[str, Any], path: Path) -> Path:
    """Write a scenario, as a manifest has it, into a new file.

    Raises
    ------
    InputError
        Where something else is there already, or for another ending.
    """
    refuse_ending(path)
    if not _writers:
        raise RuntimeError("nothing here writes files; import sinobel.api first")
    _writers[0](path, text_of(written))
    return path


def refuse_ending(path: Path) -> None:
    """Raise InputError for a path that no scenario file has."""
    if path.suffix != ENDING or not path.stem.strip():
        raise InputError(Problem(f"a scenario file has a name that ends with {ENDING}", shown(path)))


def text_of(written: Mapping[str, Any]) -> str:
    """The text of a file that gives the same policy: every change and event with its dates, rules and reasons.

    What the scenario has from another, or from a package, stands in it by itself, so the file needs no other.
    """
    head = {key: value for key, value in written.items() if key not in ("name", *TABLES)}
    head |= {key: shortened(written[key], key) for key in LONGEST}
    head["title"] = head["title"] or shortened(written["name"], "title")
    tables = [table_of(kind, entry) for kind in TABLES for entry in written.get(kind, [])]
    return "\n".join([lines_of({key: value for key, value in head.items() if value not in ("", [], ())}), *tables])


def table_of(kind: str, entry: Mapping[str, Any]) -> str:
    """One table of a file: [[change]] with its keys below."""
    return f"[[{kind}]]\n{lines_of(entry)}"


def lines_of(entry: Mapping[str, Any]) -> str:
    """Keys and values, one a line, with the equals signs below one another."""
    width = max(map(len, entry), default=0)
    return "".join(f"{key:<{width}} = {value_of(value)}\n" for key, value in entry.items())


def value_of(value: Any) -> str:
    """A value of TOML; tables and lists stand on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {value_of(each)}" for key, each in value.items()) + " }"
    if isinstance(value, Iterable):
        return "[" + ", ".join(map(value_of, value)) + "]"
    return repr(value)


def shortened(text: str, key: str) -> str:
    """A title or question on one line, no longer than a file may have it."""
    line, most = " ".join(text.split()), LONGEST[key]
    return line if len(line) <= most else f"{line[: most - 1]}…"
