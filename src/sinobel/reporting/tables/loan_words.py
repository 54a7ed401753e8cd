"""What a loan or a group of loans is called, what it is for, and whether that fails, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sinobel.analysis import money
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.loans_and_contracts import SLOTS, is_new, year_of_new
from sinobel.runs.trajectories import UNTIED

OWN_DEBT = "the budget owes all of it"
NO_GUARANTEE = "no guarantee; the budget pays all of it, as assumed"
PAID_BY_BUDGET = {
    "government": (
        OWN_DEBT,
        "the state owes it, so the budget pays all of its service whatever becomes of the project",
    ),
    "none": (
        NO_GUARANTEE,
        "the state guarantees none of it, and the budget is assumed to pay all of its service all the same",
    ),
}
"""Backing of the record -> what the budget pays where it pays as no guarantor, for a cell and for a sentence."""
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


@dataclass(frozen=True)
class Fate:
    """What becomes of the project of a loan, or of those of a group.

    Attributes
    ----------
    sector, instrument : str
        Nothing for a group.
    signed : float
        USD mn, mean over futures.
    fails : float
        Percent of futures; of a group, percent of the dollars signed for projects.
    called : float | str
        Called guarantees, of 100 dollars signed; words where the budget is no guarantor.
    """

    loan: str
    title: str
    sector: str
    instrument: str
    signed: float
    fails: float
    called: float | str

    @property
    def of_one(self) -> bool:
        """True for one loan, which has one project."""
        return bool(self.sector)


def fates(rows: Iterable[Mapping[str, Any]]) -> list[Fate]:
    """What becomes of projects, loan by loan; loans by themselves first, then those of years to come.

    Parameters
    ----------
    rows : Iterable[Mapping[str, Any]]
        Of `analysis.money` of several loans or groups with their titles, fresh or read back.
    """
    by: dict[str, dict[tuple[str, str], Mapping[str, Any]]] = {}
    for row in rows:
        by.setdefault(str(row["loan"]), {})[str(row["stage"]), str(row["item"])] = row
    found = [
        Fate(
            loan=loan,
            title=str(fate["title"]),
            sector=str(fate["sector"]),
            instrument=str(fate["instrument"]),
            signed=float(fate["signed_usd_mn"]),
            fails=float(fate["mean"]),
            called=_no_guarantor(loan, 0) or float(story[money.BUDGET, money.CALLED]["mean"]),
        )
        for loan, story in by.items()
        if (fate := story.get((money.FATE, money.FAILED))) is not None
    ]
    return sorted(found, key=lambda fate: not fate.of_one)


def _no_guarantor(loan: str, place: int) -> str:
    """What the budget pays of a loan of the record of which it is no guarantor; nothing for others."""
    backing = next((each.backing for each in all_evidence().loans if each.id == loan), "")
    return PAID_BY_BUDGET[backing][place] if backing in PAID_BY_BUDGET else ""


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
    untied = by.get((money.SPENT, money.ANYTHING))
    all_of_it = ", untied ones among them," if untied and float(untied["mean"]) > 0 else ""
    budget = (
        _no_guarantor(str(fate["loan"]), 1)
        or f"the budget pays {called:.0f} of each 100 dollars signed{all_of_it} as guarantor"
    )
    if not fate["sector"]:
        of = " for projects" if fate["unit"] == money.OF_PROJECTS else ""  # an older folder tells of all
        return f"Projects behind {float(fate['mean']):.0f} of 100 dollars signed{of} fail; {budget}"
    kind = "; ".join(str(fate[name]) for name in ("sector", "instrument") if fate[name])
    return f"{kind[0].upper()}{kind[1:]}. Its project fails in {float(fate['mean']):.0f} % of futures; {budget}"
