"""The pages of docs/api, made of the docstrings of the public face: `python docs/make_api.py` writes them.

Plain Markdown that reads without a browser or a network; a test makes the pages anew and compares.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "api"

RUNNING = ("scenario", "run", "compare", "annual", "rules_held")
ANALYSIS = ("who_gains", "decide", "attribute", "money")
STUDIES = ("solve", "sensitivity", "discover", "calibrate", "backtest", "score")
RESULTS = (
    "save",
    "report",
    "brief",
    "workbook",
    "rerun",
    "explain",
    "find",
    "scenarios",
    "levers",
    "indicators",
    "objectives",
    "loans",
    "ledger",
    "record",
)

CLASSES = {
    "Scenario": "sinobel.policies.scenarios",
    "World": "sinobel.world.world",
    "InputError": "sinobel.inputs.reading",
    "Accessor": "sinobel.results.accessor",
    "Answered": "sinobel.results.answered",
    "Attribution": "sinobel.results.why",
    "Money": "sinobel.results.following",
    "Solution": "sinobel.results.findings",
    "SensitivityFindings": "sinobel.results.findings",
    "FailureFindings": "sinobel.results.findings",
    "Calibration": "sinobel.results.judging",
    "Backtest": "sinobel.results.past_forecasts",
    "Rerun": "sinobel.results.again",
    "RecordCheck": "sinobel.results.record_check",
    "Scores": "sinobel.results.scoring",
}
"""What users hold, and where it is defined."""

PAGES = {
    "running": ("Running and comparing", "simulate scenarios, and make years of months"),
    "analysis": ("Analysis", "who gains, what to choose, why something changes, where the money went"),
    "studies": ("Studies", "questions that need many runs, and how good the model was"),
    "results": ("Results and reports", "write results, tell them, make them again, look things up"),
    "plot": ("Charts", "a chart in one line, as a matplotlib figure"),
    "classes": ("Classes", "scenarios, worlds, and what the verbs give back"),
}

SECTIONS = ("Parameters", "Attributes", "Returns", "Yields", "Raises", "Warns", "Notes", "Examples")
LISTED = {"Parameters", "Attributes", "Returns", "Yields", "Raises", "Warns"}


@dataclass
class Entry:
    """One entry of a section: names (or a type), what stands after the colon, and the description."""

    names: list[str]
    kind: str
    words: str


@dataclass
class Docstring:
    """A NumPy docstring taken apart: the text before the first section, entries of lists, text of the rest."""

    text: str = ""
    listed: dict[str, list[Entry]] = field(default_factory=dict)
    prose: dict[str, str] = field(default_factory=dict)

    def has(self, section: str) -> bool:
        """Whether a section is there and says something."""
        return bool(self.listed.get(section) or self.prose.get(section))

    def described(self, section: str = "Parameters") -> dict[str, str]:
        """Name -> description of a list."""
        return {name: entry.words for entry in self.listed.get(section, []) for name in entry.names}


def parse(docstring: str | None) -> Docstring:
    """Take a docstring apart.

    Raises
    ------
    ValueError
        For a section that is not one of NumPy's that the project uses.
    """
    lines = inspect.cleandoc(docstring or "").splitlines()
    heads = [i for i in range(len(lines) - 1) if lines[i].strip() and re.fullmatch(r"-{3,}", lines[i + 1])]
    made = Docstring("\n".join(lines[: heads[0] if heads else None]).strip())
    for start, end in zip(heads, [*heads, len(lines)][1:], strict=True):
        title, body = lines[start], lines[start + 2 : end]
        if title not in SECTIONS:
            raise ValueError(f"no section is called {title!r}")
        if title in LISTED:
            made.listed[title] = list(_entries(body))
        else:
            made.prose[title] = "\n".join(body).strip("\n")
    return made


def _entries(lines: list[str]) -> Iterator[Entry]:
    current: Entry | None = None
    for line in lines:
        if not line.strip():
            continue
        if not line.startswith(" "):
            if current:
                yield current
            names, _, kind = line.partition(" : ")
            several = kind or "[" not in names  # `a, b : int`, but not the type `tuple[bool, int]`
            current = Entry([name.strip(" *") for name in (names.split(",") if several else [names])], kind, "")
        elif current:
            current.words = f"{current.words} {line.strip()}".strip()
    if current:
        yield current


def public_methods(kind: type) -> dict[str, Any]:
    """Public methods and properties that the project itself defines, by name, in the order of the source."""
    found: dict[str, Any] = {}
    for base in kind.__mro__:
        if base.__module__.startswith("sinobel."):
            found = {**{k: v for k, v in vars(base).items() if k not in found and _is_method(k, v)}, **found}
    return found


def _is_method(name: str, value: Any) -> bool:
    kinds = (property, classmethod, staticmethod, cached_property)
    return not name.startswith("_") and (inspect.isfunction(value) or isinstance(value, kinds))


def plain(method: Any) -> Callable[..., Any]:
    """The function behind a property or class method."""
    for name in ("fget", "func", "__func__"):
        if isinstance(inner := getattr(method, name, None), Callable):  # type: ignore[arg-type]
            return inner  # type: ignore[no-any-return]
    return method  # type: ignore[no-any-return]


def is_property(method: Any) -> bool:
    """Whether it is read without a call."""
    return isinstance(method, property | cached_property)


def class_named(name: str) -> type:
    """A class of the public face."""
    from importlib import import_module

    found: type = getattr(import_module(CLASSES[name]), name)
    return found


def verbs() -> dict[str, Callable[..., Any]]:
    """Every function of `sinobel`, by name."""
    import sinobel

    return {name: getattr(sinobel, name) for name in (*RUNNING, *ANALYSIS, *STUDIES, *RESULTS)}


def charts() -> dict[str, Callable[..., Any]]:
    """Every function of `sinobel.plot`, by name."""
    import sinobel

    return {name: getattr(sinobel.plot, name) for name in sinobel.plot.__all__}


def arguments(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Arguments of a function but for `self`."""
    return [each for name, each in inspect.signature(function).parameters.items() if name not in ("self", "cls")]


def _signature(name: str, function: Callable[..., Any]) -> str:
    parts, star = [], False
    for each in arguments(function):
        if each.kind is each.KEYWORD_ONLY and not star:
            parts, star = [*parts, "*"], True
        mark = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
        star = star or mark == "*"
        parts.append(f"{mark}{each.name}" + ("" if each.default is each.empty else f"={_default(each.default)}"))
    line = f"{name}({', '.join(parts)})"
    return line if len(line) <= 100 else f"{name}(\n    " + ",\n    ".join(parts) + ",\n)"


def _default(value: Any) -> str:
    if isinstance(value, Path):
        value = value.as_posix()
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(entries: list[Entry], head: str) -> list[str]:
    lines = [f"| {head} | type | meaning |", "| --- | --- | --- |"]
    for entry in entries:
        names = ", ".join(f"`{name}`" for name in entry.names)
        lines.append(f"| {names} | {f'`{_cell(entry.kind)}`' if entry.kind else ''} | {_cell(entry.words)} |")
    return [*lines, ""]


def _told(docstring: Docstring) -> list[str]:
    lines = [docstring.text, ""]
    for title, head in (("Parameters", "parameter"), ("Attributes", "attribute")):
        if docstring.listed.get(title):
            lines += _table(docstring.listed[title], head)
    for title in ("Returns", "Yields", "Raises", "Warns"):
        for entry in docstring.listed.get(title, []):
            name = ", ".join(entry.names) + (f" : {entry.kind}" if entry.kind else "")
            lines += [f"**{title}** `{name}`: {entry.words}".rstrip(": "), ""]
    if "Notes" in docstring.prose:
        lines += [docstring.prose["Notes"], ""]
    if "Examples" in docstring.prose:
        shown = re.sub(r" *# doctest: \+SKIP", "", docstring.prose["Examples"])
        lines += ["```python", shown, "```", ""]
    return lines


def _function(name: str, function: Callable[..., Any], level: str = "##") -> list[str]:
    short = name if level == "###" else name.rsplit(".", 1)[-1]
    return [f"{level} {short}", "", "```python", _signature(name, function), "```", "", *_told(parse(function.__doc__))]


def _class(name: str) -> list[str]:
    kind = class_named(name)
    lines = [f"## {name}", "", f"`{kind.__module__}.{name}`", "", *_told(parse(kind.__doc__))]
    for method, value in public_methods(kind).items():
        if is_property(value):
            lines += [f"### {name}.{method}", "", *_told(parse(value.__doc__))]
        else:
            lines += _function(f"{name}.{method}", plain(value), "###")
    return lines


def pages() -> dict[str, str]:
    """Every page by its file name."""
    import sinobel

    spoken = verbs()
    parts: dict[str, list[str]] = {}
    groups = {"running": RUNNING, "analysis": ANALYSIS, "studies": STUDIES, "results": RESULTS}
    for page, names in groups.items():
        parts[page] = [line for name in names for line in _function(f"sinobel.{name}", spoken[name])]
    drawn = (_function(f"sinobel.plot.{name}", function) for name, function in charts().items())
    parts["plot"] = [inspect.cleandoc(sinobel.plot.__doc__ or ""), "", *(line for lines in drawn for line in lines)]
    parts["classes"] = [line for name in CLASSES for line in _class(name)]
    made = {
        f"{page}.md": "\n".join([f"# {title}", "", "[All pages](README.md)", "", *parts[page]]).rstrip() + "\n"
        for page, (title, _) in PAGES.items()
    }
    rows = [f"| [{title}]({page}.md) | {words} |" for page, (title, words) in PAGES.items()]
    names = [f"| [{name}]({page}.md#{name}) | {_first(spoken[name])} |" for page in groups for name in groups[page]]
    index = ["# The Python face", "", "Made of the docstrings by `python docs/make_api.py`.", ""]
    index += ["| page | holds |", "| --- | --- |", *rows, "", "| verb | does |", "| --- | --- |", *names]
    return {"README.md": "\n".join(index) + "\n", **made}


def _first(function: Callable[..., Any]) -> str:
    return _cell(parse(function.__doc__).text.split("\n\n")[0].replace("\n", " "))


def main() -> int:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/api/{name}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
