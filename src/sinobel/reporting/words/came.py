"""What came of a change of which nothing could come, or the rule of which seldom held."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.reporting.words.wording import percent


@dataclass(frozen=True)
class Came:
    """Why little may come of a change.

    Attributes
    ----------
    lever : str
        Its label.
    held : tuple[float, float] | None
        Shares of futures and of months in which its rule held; None for a change that sets what already is.
    """

    lever: str
    held: tuple[float, float] | None = None

    def in_words(self) -> str:
        """`its rule for “No new state guarantees” held in no future and no month`."""
        lever = f"“{self.lever}”"
        if self.held is None:
            return f"{lever} already is what it is set to"
        if self.held[0] == 0:
            return f"the rule for {lever} held in no future and no month"
        return f"the rule for {lever} held in {percent(self.held[0])} of futures and {percent(self.held[1])} of months"
