"""What becomes of a Chinese loan for a project once it is signed: a part is paid out, a part lapses, a part waits.

The world draws pace and lapses anew in every future; here they are the middle of what the parameters say, so that a
scenario file is told without a run. The steps are those of `loan_service.share_paid_out` and `share_lapsing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.inputs import months
from sinobel.inputs.parameters import all_parameters
from sinobel.policies.events import Event, Loan

PACE, LAPSES = "loans.draw_pace", "loans.lapse_rate"
YEAR = 12


@dataclass(frozen=True)
class Fate:
    """Parts of a loan at the end of a run; they add up to 1.

    Attributes
    ----------
    paid, lapsed, waiting : float
        Paid out; lapsed undrawn; neither.
    """

    paid: float
    lapsed: float
    waiting: float


def at_the_usual_pace(count: int) -> Fate:
    """What becomes of a loan within some months at the usual pace.

    Parameters
    ----------
    count : int
        Months in which it can be drawn.
    """
    pace, rate = (all_parameters()[name].middle for name in (PACE, LAPSES))
    share, lapsing = (1 - (1 - a_year) ** (1 / YEAR) for a_year in (pace, rate))
    gone = share + (1 - share) * lapsing
    waiting = (1 - gone) ** count
    return Fate(share / gone * (1 - waiting), (1 - share) * lapsing / gone * (1 - waiting), waiting)


def in_words(event: Event, horizon: int) -> str:
    """What of a loan for a project is paid out to a last month and what lapses; an empty text for all other events."""
    if not isinstance(event, Loan) or not event.is_project:
        return ""
    fate = at_the_usual_pace(horizon - event.signed + 1)
    lapsed, waiting = round(100 * fate.lapsed), round(100 * fate.waiting)
    return (
        f"not all of it arrives: about {100 - lapsed - waiting} of each 100 are paid out to {months.label(horizon)}, "
        f"{lapsed} lapse undrawn and {waiting} are still to be drawn, at the usual pace ({PACE}, {LAPSES})"
    )
