"""What pages tell of works outside of record and paper: which there are, who leans on them, how each was checked."""

from __future__ import annotations

import textwrap
from collections import Counter

from sinobel.inputs import literature
from sinobel.inputs.levers import all_levers
from sinobel.reporting.documents.trust import markdown

_TOLD = {"claim": "what is said of it", "title": "its title", "memory": "no"}


def table() -> str:
    """Every work, with who leans on it and what was found of it."""
    rows = [
        [
            each.work,
            _TOLD[each.checked],
            each.found,
            ", ".join(name if " " in name else f"`{name}`" for name in literature.users(each)),
        ]
        for each in literature.all_works()
    ]
    return f"{_counted()}\n\n" + markdown(["work", "found", "what was found", "used by"], rows)


def in_short() -> str:
    """How many works were found, and how many parameters and levers lean on memory."""
    return textwrap.fill(f"{_counted()} {_marked()}", 124) + "\n"


def _counted() -> str:
    counts = Counter(each.checked for each in literature.all_works())
    return (
        f"{counts.total()} works are named: of {counts['claim']} what is said of them was found in an abstract or "
        f"text, of {counts['title']} the title alone, {counts['memory']} are cited from memory."
    )


def _marked() -> str:
    marked = literature.marked()
    levers = sum(name in all_levers() for name in marked)
    return (
        f"{len(marked) - levers} parameters and {levers} levers lean on something that is cited from memory, and say "
        "so where they stand."
    )
