"""What is to be said of the events of a scenario before a run: sums never seen, and terms that no limit of it moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.levers import Value, all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.quantities import digits
from sinobel.policies.changes import Change, by_kind, settings, windows
from sinobel.policies.events import BONDS, CHINA, ELSEWHERE, IMF, MULTILATERAL, RUSSIA, Event, Investment, Loan

SIGNED, INVESTED = "signed", "invested"
MOST_SEEN = {
    (SIGNED, CHINA): "loan_commitments.CHN",
    (SIGNED, RUSSIA): "loan_disbursements.RUS",
    (SIGNED, MULTILATERAL): "loan_disbursements.multilateral",
    (SIGNED, IMF): "loan_disbursements.multilateral",
    (SIGNED, BONDS): "loan_disbursements.bonds",
    (INVESTED, CHINA): "fdi_inflow.BLR.CHN",
    (INVESTED, ELSEWHERE): "fdi_inflow.BLR.WLD",
}
"""Series of the record whose largest year a year of events is held against; it has none of the IMF alone."""
POLITICAL = "political"  # the first step of sanctions that closes markets and development banks
FROM_THE_WEST = (IMF, MULTILATERAL, BONDS)
CEILING, STOP, LIMIT, TIED, SANCTIONS = (
    "belarus.debt_ceiling",
    "belarus.guarantee_stop",
    "belarus.tied_share_limit",
    "china.tied_share",
    "eu.sanctions",
)
LENT = {CHINA: "china.lending_volume", RUSSIA: "russia.lending", MULTILATERAL: "eu.ebrd_finance"}
"""Levers of what a lender decides to lend."""
REFORM, THRESHOLD = "belarus.reform", "finance.reform_threshold"
PROGRAM = 12
"""Months after an installment within which the reform may begin that it is paid for."""
MINING, MINE = "mining", "belarus.new_mine"
WHILE_RULED = "where a rule of the scenario holds"


def beyond(events: Sequence[Event], horizon: int) -> list[str]:
    """For each event how its year lies beyond the record, an empty text where as much has been seen.

    Events of one lender or investor count together, and the first of them tells it for all.
    """
    told = [
        _in_words(event, found) if found else "" for event, found in zip(events, _beyond(events, horizon), strict=True)
    ]
    return ["" if text in told[:place] else text for place, text in enumerate(told)]


def first_years(events: Sequence[Event], horizon: int) -> dict[str, int]:
    """Event -> first year in which it lies beyond the record; none for what has been seen."""
    found = zip(events, _beyond(events, horizon), strict=True)
    return {event.name: first[0] for event, first in found if first}


def _beyond(events: Sequence[Event], horizon: int) -> list[tuple[int, float] | None]:
    """For each event the first year that lies beyond the record, with what all events of its source bring in it."""
    years: dict[tuple[str, str, int], float] = defaultdict(float)
    for event in events:
        for whose, year, amount in _by_year(event, horizon):
            years[(*whose, year)] += amount
    return [
        next(
            (
                (year, years[(*whose, year)])
                for whose, year, _ in _by_year(event, horizon)
                if years[(*whose, year)] > _most_seen(event)[1]
            ),
            None,
        )
        for event in events
    ]


def against_limits(events: Sequence[Event], changes: Sequence[Change]) -> list[str]:
    """For each event which limits of its scenario it does not obey, an empty text for most.

    What is arranged is a given, and so is what is stated of it; limits hold for all that is not.
    """
    return ["; ".join(_against(event, changes)) if isinstance(event, Loan) else "" for event in events]


def _by_year(event: Event, horizon: int) -> Iterator[tuple[tuple[str, str], int, float]]:
    """What an event brings, by kind and source, year and USD mn."""
    if isinstance(event, Loan):
        yield (SIGNED, event.lender), months.year(event.signed), event.amount
        return
    last = horizon if event.until is None else min(event.until, horizon)
    for month in range(event.start, last + 1):
        yield (INVESTED, event.investor), months.year(month), event.a_month


def _series(event: Event) -> str:
    return MOST_SEEN[INVESTED, event.investor] if isinstance(event, Investment) else MOST_SEEN[SIGNED, event.lender]


def _most_seen(event: Event) -> tuple[int, float]:
    """Largest year of the record of what an event brings."""
    seen = all_evidence().record.yearly(_series(event))
    most = max(seen, key=lambda year: seen[year].value)
    return most, seen[most].value


def _in_words(event: Event, found: tuple[int, float]) -> str:
    (year, amount), (most, seen) = found, _most_seen(event)
    return (
        f"beyond what has been seen: events bring USD {_short(amount)} mn in {year}, and the largest year of the "
        f"record is {most} with USD {_short(seen)} mn ({_series(event)})"
    )


def _short(amount: float) -> str:
    """USD mn to a tenth: a sum of months has more digits than anyone wrote."""
    return digits(round(amount, 1))


def _against(loan: Loan, changes: Sequence[Change]) -> Iterator[str]:
    if _may_be_below(CEILING, all_levers()[CEILING].number(all_levers()[CEILING].baseline), loan.signed, changes):
        yield "comes whatever the debt ceiling says, which holds back all other borrowing"
    if loan.lender in FROM_THE_WEST and _may_reach(SANCTIONS, POLITICAL, loan.signed, changes):
        yield "comes although sanctions close its lenders"
    lever = LENT.get(loan.lender)
    if lever and _may_be_below(lever, all_levers()[lever].number(all_levers()[lever].baseline), loan.signed, changes):
        yield f"comes whole whatever {lever} leaves of what its lender decides"
    asked = all_parameters()[THRESHOLD].middle
    if loan.lender == IMF and (reform := _most(REFORM, loan.signed, loan.signed + PROGRAM, changes)) < asked:
        yield (
            f"comes although reform is not what the IMF of this model asks for its money: {REFORM} is {digits(reform)} "
            f"at most within a year of it, and {THRESHOLD} about {digits(asked)}"
        )
    if not loan.is_project:
        if loan.lender == CHINA and loan.sector:
            yield "buys anything, so that its sector says nothing"
        return
    if loan.guaranteed and _may_reach(STOP, True, loan.signed, changes):
        yield "is guaranteed as it states, though no new guarantees are given"
    yield from _usual_terms(loan, changes)
    usual_mine = all_levers()[MINE].number(all_levers()[MINE].baseline)
    if loan.sector == MINING and not _is_set_above(MINE, usual_mine, changes):
        yield (
            f"opens no more of the mine than the {digits(usual_mine)} that {MINE} has in the baseline, which the "
            "scenario does not raise: it brings tonnes only as far as other loans do not pay for that part"
        )
    if loan.tied_share is not None:
        if _may_be_below(LIMIT, loan.tied_share, loan.signed, changes):
            yield "is tied as it states, though the government accepts less of others"
        if any(change.lever == TIED and change.value is not None for change in changes):
            yield f"is tied as it states only where {TIED} is not set, which holds for all Chinese loans"


def _usual_terms(loan: Loan, changes: Sequence[Change]) -> Iterator[str]:
    """What limits make of terms that a loan leaves open: it comes whole, without what they refuse."""
    how = guarantees_end(loan, changes)
    if loan.guaranteed is None and how is not None:
        yield f"comes without a guarantee{how}, for {STOP} ends them and it states none of its own"
    values = _values(LIMIT, loan.signed, changes) if loan.tied_share is None else [1.0]
    if min(values) < 1:
        when = "" if values[0] < 1 else f" {WHILE_RULED}"
        yield (
            f"is tied by {digits(round(100 * min(values), 1))} % at most{when}, for {LIMIT} lets no more be tied "
            "and it states no share of its own"
        )


def guarantees_end(loan: Loan, changes: Sequence[Change]) -> str | None:
    """When a loan that leaves its guarantee open has none any more: nothing more to say, or that a rule decides.

    None where it is guaranteed as usual.
    """
    plain, *ruled = _values(STOP, loan.signed, changes)
    if plain >= 1:
        return ""
    return f" {WHILE_RULED}" if max(ruled, default=0.0) >= 1 else None


def _values(lever: str, month: int, changes: Sequence[Change]) -> list[float]:
    """What a lever may be in a month: as plain changes leave it, and as each rule of state would set it."""
    groups = by_kind(change for change in changes if change.lever == lever)
    known = all_levers()[lever]
    plain = settings(known, groups.get((lever, False), []), month, month)[0][0]
    rules = [change for change, start, end in windows(groups.get((lever, True), []), month) if start <= month <= end]
    ruled = [plain * float(each.scale or 0.0) if each.value is None else known.number(each.value) for each in rules]
    return [plain, *ruled]


def _is_set_above(lever: str, usual: float, changes: Sequence[Change]) -> bool:
    """True where a scenario has a change that sets a lever above its baseline, always or by a rule."""
    set_to = (
        usual * float(each.scale or 0.0) if each.value is None else all_levers()[lever].number(each.value)
        for each in changes
        if each.lever == lever
    )
    return any(value > usual for value in set_to)


def _most(lever: str, first: int, last: int, changes: Sequence[Change]) -> float:
    """The largest value that a lever may have in some months."""
    return max(max(_values(lever, month, changes)) for month in range(first, last + 1))


def _may_be_below(lever: str, value: float, month: int, changes: Sequence[Change]) -> bool:
    return min(_values(lever, month, changes)) < value


def _may_reach(lever: str, least: Value, month: int, changes: Sequence[Change]) -> bool:
    return any(value >= all_levers()[lever].number(least) for value in _values(lever, month, changes))
