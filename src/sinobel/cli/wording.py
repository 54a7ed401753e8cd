"""How the command line words what the library hints at: arguments are options there."""

from __future__ import annotations

import re

OPTIONS = {"start": "from", "country": "for"}
"""Arguments whose option has another name."""
_NAMED = re.compile(r"\{([a-z_]+)\}")


def at_the_terminal(hint: str) -> str:
    """A hint with options in the place of arguments: "{out}" is --out."""
    return _NAMED.sub(lambda found: f"--{OPTIONS.get(found[1], found[1]).replace('_', '-')}", hint)
