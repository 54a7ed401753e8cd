"""Whether the record can open the books of an origin: what `readiness` finds when worlds are opened on it."""

from __future__ import annotations

from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import Evidence
from sinobel.inputs.reading import Problem
from sinobel.world.opening import readiness
from sinobel.world.opening.readiness import Opening


def _books(origin: int) -> None:
    """The world and all it needs is read only when books are opened, so that a request alone is checked at once."""
    from sinobel.world.world import open_once

    open_once(origin)


def opened(evidence: Evidence, origin: int) -> Opening:
    """What opening the books of an origin on some evidence takes."""
    return readiness.opened(evidence, origin, _books)


def why_closed(added: AddedRecord | None, origin: int) -> list[Problem]:
    """Why the books of an origin after the shipped record cannot be opened; nothing where they can."""
    return readiness.why_closed(added, origin, _books)


def last_origin(added: AddedRecord | None) -> int:
    """The last December whose books can be opened, without added rows the last that ships."""
    return readiness.last_origin(added, _books)
