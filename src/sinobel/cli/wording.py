"""How the command line words what the library hints at: arguments are options there, and verbs commands."""

from __future__ import annotations

import re

OPTIONS = {"start": "from", "country": "for", "weights": "weight"}
"""Arguments whose option has another name."""
VERBS = {"record": "record check FOLDER"}
"""Verbs whose command has more words."""
_NAMED = re.compile(r"\{([a-z_]+)(\(\))?\}")


def at_the_terminal(hint: str) -> str:
    """A hint with options in the place of arguments: "{out}" is --out, and "{levers()}" `sinobel levers`."""

    def worded(found: re.Match[str]) -> str:
        if found[2]:
            return f"`sinobel {VERBS.get(found[1], found[1])}`"
        return f"--{OPTIONS.get(found[1], found[1]).replace('_', '-')}"

    return _NAMED.sub(worded, hint)
