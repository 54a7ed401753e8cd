"""What an indicator is made of, read from what states it: its ratio, or the sum by which a world is read.

Indicators stand by name; what is none is told by the words of the program for it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from sinobel.inputs.indicators import Indicator
from sinobel.inputs.pairs import RATIO, parse

_READINGS, _PLACES = "sinobel.world.readings", "sinobel.world.places"
_SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def lines(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """What an indicator is made of: "exports_to_china - imports_from_china"; nothing of what is counted as it is."""
    if parse(indicator.name):
        yield "formula", indicator.name
    elif indicator.ratio:
        yield "formula", f" {RATIO} ".join(indicator.ratio)
    elif found := _formulas().get(indicator.name):
        yield found


@cache
def _formulas() -> dict[str, tuple[str, str]]:
    """By indicator, of all that a world is asked for by more than one number."""
    tree = ast.parse(inspect.getsource(import_module(_READINGS)))
    short = dict(_short_names(tree))
    bodies = dict(_bodies(tree))
    known = {f"world.{place}.{name}": each.indicator for place, name, each in _declarations() if each.indicator}
    known |= {
        _full(body, short): name for name, body in bodies.items() if isinstance(body, ast.Attribute | ast.Subscript)
    }
    return {name: told for name, body in bodies.items() if (told := _told(body, short, known))}


def _declarations() -> Iterator[tuple[str, str, Any]]:
    yield from import_module(_PLACES).declarations()


def _bodies(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Indicator -> the expression that reads it from a world."""
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Lambda):
                    yield str(key.value), value.body


def _short_names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Short name -> what it stands for: "see.mine" is "see.belarus.belaruskali"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            yield f"see.{node.targets[0].attr}", ast.unparse(node.value).replace("self.", "see.", 1)


def _full(body: ast.expr, short: Mapping[str, str]) -> str:
    """An expression with every short name written out, from the world on."""
    text = ast.unparse(body)
    for _ in range(len(short)):
        first = next((name for name in short if text == name or text.startswith((f"{name}.", f"{name}["))), None)
        if first is None or short[first] == first:
            break
        text = short[first] + text.removeprefix(first)
    return text


def _told(body: ast.expr, short: Mapping[str, str], known: Mapping[str, str]) -> tuple[str, str] | None:
    """An expression in names of indicators and words, or what its function says of itself; None for a single number."""
    if isinstance(body, ast.Call):
        return "definition", _first_line(body)
    if not isinstance(body, ast.BinOp) or ast.unparse(body).endswith("* 1.0"):  # true and false as 1 and 0
        return None
    return "formula", _sum(body, short, known)


def _sum(body: ast.expr, short: Mapping[str, str], known: Mapping[str, str]) -> str:
    if isinstance(body, ast.BinOp):
        left, right = (_sum(side, short, known) for side in (body.left, body.right))
        return f"{left} {_SIGNS[type(body.op)]} {right}"
    if isinstance(body, ast.Constant):
        return f"{float(ast.unparse(body)):g}"
    return known.get(_full(body, short)) or _words(body)


def _words(body: ast.expr) -> str:
    """Words for what is no indicator: "principal (policy banks)", "claims (untied)"."""
    *_, owner, last = ast.unparse(body).replace("[", ".").rstrip("]").split(".")
    called = {"banks": "policy banks", "mine": "Belaruskali"}.get(owner, owner.replace("_", " "))
    if isinstance(body, ast.Subscript):
        return f"{called} ({last.lower()})"
    return f"{last.replace('_', ' ')} ({called})"


def _first_line(call: ast.Call) -> str:
    """What a function of the world says it works out."""
    module, _, name = ast.unparse(call.func).rpartition(".")
    function = getattr(getattr(import_module(_READINGS), module), name)
    return (inspect.getdoc(function) or "").partition("\n")[0].rstrip(".")
