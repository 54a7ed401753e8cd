"""Charts of results in memory, one line each: `sinobel.plot.fan(run, "debt_to_china")` returns a matplotlib figure.

Every function takes datasets of `sinobel.run` and `sinobel.compare`, their months or their years, dims in any order and
any draws; or what a study found. Nothing global of matplotlib is changed, and nothing is shown: a notebook shows what
the last line of a cell returns.
"""

from __future__ import annotations

from sinobel.plot.bargaining import potash, settlements
from sinobel.plot.borrowing import creditors, loans, service, thresholds
from sinobel.plot.changes import attribution, options
from sinobel.plot.paying import balance, money, payments
from sinobel.plot.projecting import fan, overview
from sinobel.plot.studying import failures, sensitivity, track_record, tradeoff
from sinobel.plot.wanting import decide, gains, objectives

__all__ = [
    "attribution",
    "balance",
    "creditors",
    "decide",
    "failures",
    "fan",
    "gains",
    "loans",
    "money",
    "objectives",
    "options",
    "overview",
    "payments",
    "potash",
    "sensitivity",
    "service",
    "settlements",
    "thresholds",
    "track_record",
    "tradeoff",
]


def __dir__() -> list[str]:
    """The charts, and nothing that they are made with."""
    return list(__all__)
