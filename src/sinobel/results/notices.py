"""What is said on top of whatever tells a folder, where the program is no longer the one that made it."""

from __future__ import annotations

from typing import Any

from sinobel.results.kept_basis import Kept
from sinobel.runs.manifest import changes_since, request_of

CHANGED = (
    "The program has changed since these results were made: this page tells the numbers, priors, evidence and words of "
    "then, and the program of today may give others."
)


def notice(manifest: Any, kept: Kept) -> str:
    """What a report says on top where the program or the folder is not as it was when the results were made."""
    if kept.basis is None or not changes_since(manifest, request_of(manifest)):
        return kept.notice
    return f"{CHANGED} {kept.notice}".rstrip()
