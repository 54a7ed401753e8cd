"""Tied loans: commitment, disbursement, tied imports, service. Money is USD mn a month unless said otherwise.

Arrays of a loan book have one row per loan: shape (loans, draws). Mechanisms M01-M07.
"""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.guards import NO_FORCE, logistic
from sinobel.world.rules.rates import middle_of, share_a_month

NEWTON_STEPS = 6  # from a loan's own rate to its effective cost; the last digit stands after five


def eligible_share(*, restricted: Draws, transport_share: Draws, filter_share: Draws) -> Draws:
    """Share of the project pipeline that Chinese credit may finance.

    Parameters
    ----------
    restricted : Draws
        Lever china.obor_restriction.
    transport_share : Draws
        Of the pipeline in transport and logistics; loans.transport_share.
    filter_share : Draws
        Of the rest that still passes; loans.obor_filter.
    """
    return np.where(restricted > 0, transport_share + (1 - transport_share) * filter_share, 1.0)


def appetite(
    *,
    risk: Draws,
    usual_risk: Draws,
    risk_weight: Draws,
    competition: Draws,
    usual_competition: Draws,
    proximity: Draws,
    rival_weight: Draws,
    capture: Draws,
    capture_weight: Draws,
) -> Draws:
    """Willingness of the policy banks to commit, 1 in usual conditions: it falls with risk and with rivals (M09, M25).

    Parameters
    ----------
    risk : Draws
        Of default, 0 to 1.
    usual_risk : Draws
        As in 2009-2016; loans.usual_risk.
    risk_weight : Draws
        Fall of the logarithm per unit of risk; loans.appetite_risk.
    competition : Draws
        Of Ukraine and central Europe, 0 to 1; lever eu.ukraine_competition.
    usual_competition : Draws
        The lever at the origin.
    proximity : Draws
        Institutional proximity of Belarus to the EU, 0 to 1, less its usual value.
    rival_weight : Draws
        Change of the logarithm per unit of pull; loans.appetite_rivals.
    capture : Draws
        Of the dialogue by Russia, less its usual value; lever russia.transit_capture.
    capture_weight : Draws
        Of it in the pull; [1]; loans.capture_weight.
    """
    pull = proximity - (competition - usual_competition) - capture_weight * capture
    return np.exp(-risk_weight * (risk - usual_risk) + rival_weight * pull)


def deference_cap(*, tension: Draws, level: Draws, deference: Draws) -> Draws:
    """Share of its plans China carries out when Minsk and Moscow quarrel: all below a level of tension (M33).

    Parameters
    ----------
    tension : Draws
        Of Minsk with Moscow, 0 to 1.
    level : Draws
        Of tension where China starts to hold back; loans.deference_level.
    deference : Draws
        0 to 1; lever china.deference_to_moscow.
    """
    return 1 - deference * np.clip((tension - level) / (1 - level), 0.0, 1.0)


def commitment_offered(
    *, mean: Draws, willing: Draws, volume: Draws, spread: Draws, shock: Draws, none_chance: Draws, luck: Draws
) -> Draws:
    """Amount signed in a year in which the banks are willing: lognormal around a mean, nothing in some years.

    Parameters
    ----------
    mean : Draws
        USD mn a year; loans.commitments_a_year.
    willing : Draws
        Appetite, eligibility and deference together.
    volume : Draws
        Lever china.lending_volume.
    spread : Draws
        Of the logarithm; loans.commitment_spread.
    shock : Draws
        Standard normal.
    none_chance : Draws
        Of a year without signature; loans.no_commitment_chance.
    luck : Draws
        uniform.
    """
    amount = mean * willing * volume * np.exp(spread * shock - middle_of(spread))
    return np.where(luck < none_chance, 0.0, amount / (1 - none_chance))


def share_accepted(
    *,
    tied_share: Draws,
    limit: Draws,
    spread: Draws,
    guarantee_stop: Draws,
    guaranteed_share: Draws,
    debt_ratio: Draws,
    ceiling: Draws,
    ceiling_width: Draws,
) -> Draws:
    """Share of an offer the government signs.

    Parameters
    ----------
    tied_share : Draws
        Offered, 0 to 1.
    limit : Draws
        Largest tied share the government signs, 1 for none; lever belarus.tied_share_limit.
    spread : Draws
        Of tied shares among projects; loans.tied_share_spread.
    guarantee_stop : Draws
        Lever belarus.guarantee_stop.
    guaranteed_share : Draws
        Of loans that need a guarantee; loans.guaranteed_share.
    debt_ratio : Draws
        Public external debt over GDP, a fraction.
    ceiling : Draws
        Of that ratio; lever belarus.debt_ceiling.
    ceiling_width : Draws
        Over which refusal sets in; finance.ceiling_width.
    """
    within = np.where(limit >= 1, 1.0, logistic((limit - tied_share) / spread))
    return (
        within
        * (1 - guarantee_stop * guaranteed_share)
        * room_under_ceiling(debt_ratio=debt_ratio, ceiling=ceiling, width=ceiling_width)
    )


def room_under_ceiling(*, debt_ratio: Draws, ceiling: Draws, width: Draws) -> Draws:
    """Share of new borrowing that a debt ceiling still allows, falling smoothly to nothing at the ceiling.

    Parameters
    ----------
    debt_ratio : Draws
        Public external debt over GDP, a fraction.
    ceiling : Draws
        Of that ratio; lever belarus.debt_ceiling.
    width : Draws
        Over which it falls; finance.ceiling_width.
    """
    return np.clip((ceiling - debt_ratio) / width, 0.0, 1.0)


def new_loan_rate(
    *,
    concessional_share: Draws,
    preferential: Draws,
    commercial: Draws,
    risk: Draws,
    usual_risk: Draws,
    risk_spread: Draws,
    filter_spread: Draws,
) -> Draws:
    """Interest rate on a year's new loans, by the mix of instruments, fraction a year.

    Parameters
    ----------
    concessional_share : Draws
        Of new loans; loans.concessional_share.
    preferential : Draws
        Rate, fraction a year; loans.preferential_rate.
    commercial : Draws
        Rate, fraction a year; loans.commercial_rate.
    risk : Draws
        Of default, 0 to 1.
    usual_risk : Draws
        As in 2009-2016; loans.usual_risk.
    risk_spread : Draws
        Per unit of risk; loans.risk_spread.
    filter_spread : Draws
        Added while credit is restricted; loans.obor_spread.
    """
    mix = concessional_share * preferential + (1 - concessional_share) * commercial
    return np.maximum(mix + risk_spread * (risk - usual_risk) + filter_spread, 0.0)


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
    return np.exp(weight * (reform - usual_reform)) * (1 - sanctions_cut)


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
    return 1 - (1 - np.clip(pace, 0.0, largest)) ** (quality / MONTHS_PER_YEAR)


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


def value_received(*, tied_share: Draws, markup: Draws) -> Draws:
    """Worth of a dollar of tied credit, when tied goods cost too much.

    Parameters
    ----------
    tied_share : Draws
        loans.tied_share.
    markup : Draws
        Of tied goods over the world price; loans.markup.
    """
    return 1 - tied_share * markup / (1 + markup)


def present_value_of_service(*, cost: Draws, rate: Draws, grace: Draws, repayment: Draws, payments: Draws) -> Draws:
    """Present value of interest and principal per dollar lent, to the day of the loan.

    Principal is paid in equal parts from `grace` to `grace + repayment`, both dates included, and interest on what is
    owed at every date of payment from the first one on: the schedule of the DAC, the IMF and the World Bank.

    Parameters
    ----------
    cost : Draws
        Discount rate, fraction a year, compounded once a year.
    rate : Draws
        Nominal, fraction a year, paid in `payments` equal parts.
    grace : Draws
        Years to the first payment of principal; loans.grace.
    repayment : Draws
        Years from the first to the last one; loans.repayment.
    payments : Draws
        Dates a year; loans.payments_a_year.
    """
    waiting, installments = grace * payments - 1, repayment * payments + 1
    return _value_and_slope(
        force=np.log1p(cost) / payments, interest=rate / payments, waiting=waiting, installments=installments
    )[0]


def _value_and_slope(*, force: Draws, interest: Draws, waiting: Draws, installments: Draws) -> tuple[Draws, Draws]:
    """Present value of service per dollar lent, and how fast it falls with the force of discount.

    force         logarithm of one plus the discount rate of a period
    interest      of a period
    waiting       payments of interest alone, before `installments` of principal and interest
    returns       value, and its derivative by `force`; the closed form of the two sums over dates
    """
    force = np.where(abs(force) < NO_FORCE, NO_FORCE, force)
    discount = np.expm1(force)
    begins = np.exp(-force * waiting)
    ends = np.exp(-force * (waiting + installments))
    principal = begins * -np.expm1(-force * installments) / (discount * installments)
    value = principal + interest * (1 - principal) / discount
    to_come = principal * (waiting + (1 + discount) / discount) - ends / discount
    slope = interest / discount * (to_come - (1 - principal) * (1 + discount) / discount) - to_come
    return value, slope


def effective_cost(*, rate: Draws, grace: Draws, repayment: Draws, worth: Draws, payments: Draws) -> Draws:
    """The rate at which service is worth what the borrower really received: i_eff of a tied loan, fraction a year.

    The logarithm of the present value falls with the force of discount and is convex, whatever the terms, so Newton's
    method finds the only solution from anywhere; it starts where the service is worth a dollar, at the loan's own rate.

    Parameters
    ----------
    rate : Draws
        Interest of the loan, fraction a year.
    grace : Draws
        Years; loans.grace.
    repayment : Draws
        Years; loans.repayment.
    worth : Draws
        What a dollar of loan is worth to the borrower, above 0; from `value_received`.
    payments : Draws
        Dates a year; loans.payments_a_year.

    Returns
    -------
    Draws
        Compounded once a year, as discount rates are: 2 % paid twice a year cost 2.01 %.
    """
    interest, waiting, installments = rate / payments, grace * payments - 1, repayment * payments + 1
    force = np.log1p(interest) + 0.0 * worth
    for _ in range(NEWTON_STEPS):
        value, slope = _value_and_slope(force=force, interest=interest, waiting=waiting, installments=installments)
        force = force - value / slope * np.log(value / worth)
    return np.expm1(payments * force)


def grant_element(*, rate: Draws, grace: Draws, repayment: Draws, discount_rate: Draws, payments: Draws) -> Draws:
    """Share of a loan that is a gift at a discount rate of usually 5 %; below 0 where the loan is dearer than that.

    The discrete formula of the DAC, which the calculators of the IMF and the World Bank use; terms as in
    `present_value_of_service`.

    Parameters
    ----------
    rate : Draws
        Interest of the loan, fraction a year.
    grace : Draws
        Years; loans.grace.
    repayment : Draws
        Years; loans.repayment.
    discount_rate : Draws
        Fraction a year; loans.grant_discount_rate.
    payments : Draws
        Dates a year; loans.payments_a_year.
    """
    return 1 - present_value_of_service(
        cost=discount_rate, rate=rate, grace=grace, repayment=repayment, payments=payments
    )


def pledged(
    *, commitments: Draws, realization: Draws, swell: Draws, partnership: Draws, spread: Draws, noise: Draws
) -> Draws:
    """Announcements of a year: summits make them, not signatures, and they move no money (M05, M36).

    The visit of May 2015 alone was announced as 15 billion, of which 3.5 were signed (inconsistency 1).

    Parameters
    ----------
    commitments : Draws
        To be expected in usual years, USD mn a year; loans.commitments_a_year.
    realization : Draws
        Commitments over pledges; loans.realization.
    swell : Draws
        Growth of pledges with partnership; loans.pledge_swell.
    partnership : Draws
        With China, 0 to 1.
    spread : Draws
        Of the log around their mean; loans.pledge_spread.
    noise : Draws
        Standard normal, one a year.
    """
    return commitments / realization * (1 + swell * partnership) * np.exp(spread * noise - middle_of(spread))


def guarantee_called(*, guaranteed_service: Draws, project_cover: Draws) -> Draws:
    """Service of guaranteed loans that projects do not earn and the budget pays (M07).

    Parameters
    ----------
    guaranteed_service : Draws
        USD mn this month.
    project_cover : Draws
        Share of its service a project earns; loans.project_cover.
    """
    return guaranteed_service * (1 - project_cover)


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
