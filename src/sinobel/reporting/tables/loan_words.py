"""What a loan or a group of loans is called, what it is for, and whether that fails, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sinobel.analysis import money
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.loans_and_contracts import SLOTS, is_new, year_of_new
from sinobel.runs.trajectories import UNTIED

PLACES = dict(zip(SLOTS, ("First", "Second", "Third"), strict=True))


def title(loan: str, named: Mapping[str, str] = {}) -> str:
    """What a loan or group of loans is called."""
    if loan in named:
        return named[loan]
    groups = money.GROUPS | money.KINDS
    if loan in groups:
        return groups[loan]
    if loan == UNTIED:
        return "Untied Chinese credit"
    for each in all_evidence().loans:
        if each.id == loan:
            return each.project
    if year := year_of_new(loan):
        return f"{PLACES[loan[-1]]} loan signed in {year.removeprefix('N')}"
    if is_new(loan):
        return f"Loan {loan.removeprefix('E')} that a scenario sets"
    return f"Loans signed in {loan.removeprefix('N')}"


def fate_in_words(rows: Iterable[Mapping[str, Any]]) -> str:
    """What a loan is for and whether that fails; of a group, what part of it does; nothing for untied credit.

    Parameters
    ----------
    rows : Iterable[Mapping[str, Any]]
        Of `analysis.money` of one loan or group, fresh or read back.
    """
    by = {(str(row["stage"]), str(row["item"])): row for row in rows}
    fate = by.get((money.FATE, money.FAILED))
    if fate is None:
        return ""
    called = float(by[money.BUDGET, money.CALLED]["mean"])
    budget = f"the budget pays {called:.0f} of each 100 dollars signed as guarantor"
    if not fate["sector"]:
        return f"Projects behind {float(fate['mean']):.0f} of 100 dollars signed fail; {budget}"
    kind = "; ".join(str(fate[name]) for name in ("sector", "instrument") if fate[name])
    return f"{kind[0].upper()}{kind[1:]}. Its project fails in {float(fate['mean']):.0f} % of futures; {budget}"
