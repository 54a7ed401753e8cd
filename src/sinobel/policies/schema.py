"""The JSON Schema of scenario files, made from the tables of levers and indicators."""

from __future__ import annotations

from functools import cache
from typing import Any

from sinobel.inputs.levers import Lever, all_levers
from sinobel.policies import conditions, event_reading, focus, packages
from sinobel.policies.scenarios import LONGEST


@cache
def schema() -> dict[str, Any]:
    """JSON Schema of a scenario file, generated from the levers, for editors that complete and check as one types."""
    month = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$", "description": "a month, YYYY-MM"}
    change = {
        "type": "object",
        "additionalProperties": False,
        "required": ["lever", "from"],
        "oneOf": [{"required": ["value"]}, {"required": ["scale"]}],
        "properties": {
            "lever": {"enum": list(all_levers()), "description": "what is changed; `sinobel levers` lists them"},
            "from": month | {"description": "first month of the change"},
            "until": month | {"description": "last month of the change, included; without it, until the next change"},
            "value": {"description": "replaces the lever in every draw"},
            "scale": {"type": "number", "minimum": 0, "maximum": 100, "description": "multiplies the lever"},
            "when": conditions.schema(),
            "why": {"type": "string", "description": "the sentence or reason behind the change"},
        },
        "allOf": [_rule(lever) for lever in all_levers().values()],
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sinobel scenario",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "extends": {"type": "string", "description": "name or file of the scenario this one builds on"},
            "title": {"type": "string", "maxLength": LONGEST["title"], "description": "name in charts and tables"},
            "question": {"type": "string", "maxLength": LONGEST["question"], "description": "what the scenario asks"},
            **focus.schema(),
            "change": {"type": "array", "items": change},
            **{kind: {"type": "array", "items": table} for kind, table in event_reading.schema().items()},
            "package": {"type": "array", "items": _package(change, month)},
        },
    }


def _package(change: dict[str, Any], month: dict[str, Any]) -> dict[str, Any]:
    """A package: one that ships, or tables inside it, whose dates count from its first month."""
    whole = {"type": "integer", "minimum": 0, "maximum": packages.MOST_MONTHS}
    after = whole | {"description": "months after the package begins; 0 when left out"}
    lasting = whole | {"minimum": 1, "description": "months it lasts; to the end of the package when left out"}
    inside = {"change": change, **event_reading.schema()}
    tables = {}
    for kind, table in inside.items():
        properties = {key: each for key, each in table["properties"].items() if key not in _DATES}
        properties |= {"after": after} | ({} if kind == "loan" else {"for": lasting})
        needed = [key for key in table["required"] if key not in _DATES]
        entry = table | {"properties": properties, "required": needed}
        if kind == "investment":
            entry["oneOf"] = [{"required": ["amount"]}, {"required": ["amount_a_year"]}]
        tables[kind] = {"type": "array", "items": entry}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "from"],
        "properties": {
            "name": {
                "type": "string",
                "description": f"one that ships ({', '.join(packages.shipped_names())}), or of the tables inside",
            },
            "from": month | {"description": "month in which it begins"},
            "until": month | {"description": "last month, included"},
            "why": {"type": "string", "description": "the sentence or reason behind it"},
            **tables,
        },
    }


_DATES = ("signed", "from", "until")


def _rule(lever: Lever) -> dict[str, Any]:
    """What a change of a lever may set it to."""
    value: dict[str, Any] = {"description": f"{lever.label}: {lever.allowed}; seen: {lever.experienced}. {lever.acts}."}
    if lever.kind == "switch":
        value["type"] = "boolean"
    elif lever.kind == "choice":
        value["enum"] = list(lever.options)
    else:
        assert lever.range is not None
        value |= {"type": "number", "minimum": lever.range[0], "maximum": lever.range[1]}
    then: dict[str, Any] = {"properties": {"value": value}}
    if lever.kind != "number":
        then["properties"]["scale"] = False
    return {"if": {"properties": {"lever": {"const": lever.name}}}, "then": then}
