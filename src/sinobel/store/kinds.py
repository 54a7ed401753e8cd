"""What kind of result a folder of ours holds, so that one kind never takes the place of another unasked.

It is read off the files that the marker lists and off the manifest, so folders of earlier versions are told apart too.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

RUN, COMPARISON, BACKTEST, ENVIRONMENT, POSTERIOR = "run", "comparison", "backtest", "environment", "posterior"
WORDS = {
    RUN: "the results of a run",
    COMPARISON: "the results of a comparison",
    BACKTEST: "past forecasts and their scores",
    ENVIRONMENT: "scores of the world outside",
    POSTERIOR: "a posterior",
}
"""Kinds as messages name them; those of studies are called by their verb."""
_MANIFEST = "manifest.json"
_BY_FILES = {
    BACKTEST: {"forecasts.csv", "scores.csv", "skill.svg"},
    ENVIRONMENT: {"forecasts.csv", "scores.csv", "coverage.svg"},
    POSTERIOR: {"parameters.csv", "correlations.csv"},
}


def in_words(kind: str) -> str:
    """A kind as a message names it."""
    return WORDS.get(kind, f"a study of the kind {kind}")


def of_request(scenarios: int) -> str:
    """Kind of a simulation of so many scenarios."""
    return RUN if scenarios == 1 else COMPARISON


def kind_of(folder: Path, names: Collection[str]) -> str:
    """Kind of the result that some files of a folder are; empty where they do not tell.

    Parameters
    ----------
    names : Collection[str]
        Files that we made there, as paths below it.
    """
    if _MANIFEST in names:
        return _of_manifest(folder / _MANIFEST)
    return next((kind for kind, files in _BY_FILES.items() if files <= set(names)), "")


def _of_manifest(file: Path) -> str:
    try:
        manifest: Any = json.loads(file.read_bytes())
        if "study" in manifest:
            return str(manifest["study"])
        return of_request(len(manifest["hashes"]["scenarios"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ""
