"""How far something has come that takes a while, for people at a terminal or in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sinobel.runs.request import Progress

PATIENCE = 2.0
"""Seconds before anything is shown."""


def progress_bar(label: str, counted: str = "futures") -> tuple[Progress | None, Callable[[], None]]:
    """A progress bar with time left, shown on a terminal only once two seconds have passed; and how to end it."""
    if not sys.stderr.isatty():
        return None, lambda: None
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(label), BarColumn(), TextColumn(f"{{task.completed:,.0f}} of {{task.total:,.0f}} {counted}"))
    bar = Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True, auto_refresh=False)
    began = time.monotonic()
    state: dict[str, Any] = {}

    def step(done: int, total: int) -> None:
        if "task" not in state:
            state["task"] = bar.add_task(label, total=total)
        bar.update(state["task"], completed=done)
        if time.monotonic() - began > PATIENCE or "shown" in state:
            if "shown" not in state:
                bar.start()
                state["shown"] = True
            bar.refresh()
        if done >= total and "shown" in state:
            bar.stop()

    return step, lambda: bar.stop() if "shown" in state else None


def is_watched() -> bool:
    """True at a terminal and in a notebook, whose output is no terminal."""
    return sys.stderr.isatty() or "ipykernel" in sys.modules


@contextmanager
def saving(asked: Progress | None, *, charts: bool) -> Iterator[Progress | None]:
    """Words while a folder is made: a bar or a line for the futures, and then what is being written.

    Parameters
    ----------
    asked : Progress | None
        What the caller watches with, who is told nothing else.
    charts : bool
        They are drawn as well, which takes longest for few futures.
    """
    if asked is not None or not is_watched():
        yield asked
        return
    bar, end = progress_bar("simulating again")
    told = ""

    def say(text: str) -> None:
        nonlocal told
        sys.stderr.write(f"\r{text:<{len(told)}}")
        sys.stderr.flush()
        told = text

    def step(done: int, total: int) -> None:
        if bar is not None:
            bar(done, total)
        elif done < total:
            say(f"simulating again: {done:,} of {total:,} futures")
        if done >= total:
            say(f"writing tables{' and drawing charts' * charts} …")

    try:
        yield step
    finally:
        end()
        if told:
            sys.stderr.write(f"\r{'':<{len(told)}}\r")
            sys.stderr.flush()
