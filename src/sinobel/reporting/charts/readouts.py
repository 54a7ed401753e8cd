"""Parts of a chart that a page can name, and values that can be read off it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Reading:
    """What can be read off a chart at each place of its horizontal axis.

    Attributes
    ----------
    axis : Any
        The matplotlib axis.
    places : Sequence[float]
        Along it, in its units.
    names : list[str]
        Of the places, for people: years or months.
    years : list[int]
        Calendar year of each place, by which charts are linked.
    series : list[dict[str, Any]]
        Rows of {"scenario", "label", "texts"}: a text for each place.
    unit : str
        Of the texts, for people; empty where rows tell their own.
    """

    axis: Any
    places: Sequence[float]
    names: list[str]
    years: list[int]
    series: list[dict[str, Any]]
    unit: str = ""


def mark(artist: Any, scenario: str, part: str) -> Any:
    """Name a part of a chart so that a page can show and hide it with its scenario, whatever that is called."""
    artist.set_gid(f"mark|{quote(scenario, safe='')}|{part}")
    return artist


def read_by(fig: Figure, reading: Reading) -> None:
    """Keep with a figure what can be read off it."""
    fig.reading = reading  # type: ignore[attr-defined]
