"""The JSON Schema of scenario files, made from the tables of levers and indicators."""

from __future__ import annotations

from functools import cache
from typing import Any

from sinobel.inputs.levers import Lever, all_levers
from sinobel.policies import conditions
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
            "change": {"type": "array", "items": change},
        },
    }


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
