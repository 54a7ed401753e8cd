"""The verbs of the command line as functions, with the same words: what `sinobel.X` is for every verb X
that asks something; `validate`, `new`, `docs` and `first-look` are of files and of the project.
"""

from __future__ import annotations

from sinobel.api.choosing import decide, who_gains
from sinobel.api.folders import backtest, brief, calibrate, report, rerun, save, score, workbook
from sinobel.api.looking_up import explain, find, indicators, ledger, levers, loans, objectives, record, scenarios
from sinobel.api.running import annual, compare, rules_held, run, scenario
from sinobel.api.studying import attribute, discover, money, sensitivity, solve

__all__ = [
    "annual",
    "attribute",
    "backtest",
    "brief",
    "calibrate",
    "compare",
    "decide",
    "discover",
    "explain",
    "find",
    "indicators",
    "ledger",
    "levers",
    "loans",
    "money",
    "objectives",
    "record",
    "report",
    "rerun",
    "rules_held",
    "run",
    "save",
    "scenario",
    "scenarios",
    "score",
    "sensitivity",
    "solve",
    "who_gains",
    "workbook",
]
