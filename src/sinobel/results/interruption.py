"""How work ends that its user interrupts: as an interruption, which says what is kept of it."""

from __future__ import annotations


class Interrupted(KeyboardInterrupt):
    """An interruption of work that knows whether the same request goes on from what is finished."""

    def __init__(self, *, goes_on: bool):
        self.goes_on = goes_on
        kept = "finished work is kept, and the same command goes on from there" if goes_on else "nothing was written"
        super().__init__(f"interrupted; {kept}")
