"""Tied loans once signed: what is paid out and lapses, what falls due and who pays. Money is USD mn a month.

Arrays of a loan book have one row per loan: shape (loans, draws).
"""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp, power
from sinobel.world.rules.rates import share_a_month


def quality(*, reform: Draws, usual_reform: Draws, weight: Draws, sanctions_cut: Number) -> Draws:
    """Speed-up of disbursement by reform, 1 at the usual reform; sanctions on state banks slow it (M04).

    Parameters
    ----------
    reform : Draws
        Index, 0 to 1.
    usual_reform : Draws
        0 to 1; politics.usual_reform.
    weight : Draws
        Of reform on the logarithm; loans.reform_quality.
    sanctions_cut : Number
        Share lost while extended sanctions stop payments; loans.sanctions_cut.
    """
    return exp(weight * (reform - usual_reform)) * (1 - sanctions_cut)


def share_paid_out(*, pace: Draws, largest: Draws, quality: Draws) -> Draws:
    """Share of undrawn commitments that is paid out this month, below one.

    Parameters
    ----------
    pace : Draws
        Share paid out in a year; loans.draw_pace.
    largest : Draws
        Pace that nothing exceeds, below one; loans.largest_pace.
    quality : Draws
        Of the projects, from `quality`; M04, F062.
    """
    return 1 - power(1 - np.clip(pace, 0.0, largest), quality / MONTHS_PER_YEAR)


def share_lapsing(rate: Draws) -> Draws:
    """Share of undrawn commitments that lapses this month because nobody draws them.

    Parameters
    ----------
    rate : Draws
        Share in a year; loans.lapse_rate.
    """
    return share_a_month(rate)


def share_repaid(*, age: Number, grace: Draws, repayment: Draws) -> Draws:
    """Share of a year's drawing that is repaid by the end of the year in which it is `age` years old.

    The year's drawing is taken as even over the year; principal is paid in equal parts after grace.

    Parameters
    ----------
    age : Number
        Whole years since the year of drawing, 0 in that year.
    grace : Draws
        Years from drawing to the first payment, at least 1; loans.grace.
    repayment : Draws
        Years of payments; loans.repayment.

    Returns
    -------
    Draws
        0 to 1, of the shape of the arguments together; F094, L09, L10.
    """

    def area(span: Number) -> Draws:
        inside = np.clip(span, 0.0, repayment)
        return inside**2 / 2 + repayment * np.maximum(span - repayment, 0.0)

    return (area(age + 1 - grace) - area(age - grace)) / repayment


def share_due(*, age: Number, grace: Draws, repayment: Draws) -> Draws:
    """Share of a year's drawing that falls due in the year in which it is `age` years old; see `share_repaid`.

    Parameters
    ----------
    age : Number
        Years since the drawing.
    grace : Draws
        Years without repayment; loans.grace.
    repayment : Draws
        Years of repayment after grace; loans.repayment.
    """
    return share_repaid(age=age, grace=grace, repayment=repayment) - share_repaid(
        age=age - 1, grace=grace, repayment=repayment
    )


def interest_due(*, outstanding: Draws, monthly_rate: Draws) -> Draws:
    """Interest of a month on what is owed.

    Parameters
    ----------
    outstanding : Draws
        Owed, USD mn.
    monthly_rate : Draws
        A twelfth of the yearly rate; loans.effective_interest.
    """
    return outstanding * monthly_rate


def share_rescheduled(*, policy: Draws, distress: Draws, willingness: Draws) -> Draws:
    """Share of due principal that China draws out: by policy, or when Belarus is in arrears.

    Parameters
    ----------
    policy : Draws
        Lever china.rescheduling.
    distress : Draws
        Arrears over a year's debt service, 0 to 1.
    willingness : Draws
        Of the banks; loans.rescheduling_willingness.
    """
    return np.clip(np.maximum(policy, willingness * distress), 0.0, 1.0)
