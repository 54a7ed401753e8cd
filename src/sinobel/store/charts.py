"""Writing charts: a picture, a drawing that scales, and the numbers that are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from sinobel.store.files import write_atomically


class Drawable(Protocol):
    """What can be written as a chart: its files as bytes, by their ending."""

    def files(self) -> Mapping[str, bytes]:
        """The files, such as ".png"."""


def draw_chart(make: Callable[[], Drawable], path: Path) -> None:
    """Make a chart and write it; `path` is without an ending."""
    write_chart(path, make())


def write_chart(path: Path, chart: Drawable) -> None:
    """Write the files of a chart.

    Parameters
    ----------
    path : Path
        Without an ending.
    """
    for ending, content in chart.files().items():
        write_atomically(path.with_suffix(ending), partial(_write, content))


def _write(content: bytes, file: Path) -> None:
    file.write_bytes(content)
