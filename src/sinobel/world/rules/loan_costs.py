"""What a tied loan costs: worth of what is received, present value, effective rate, grant element."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp, expm1, log, log1p
from sinobel.world.guards import NO_FORCE

NEWTON_STEPS = 6  # from a loan's own rate to its effective cost; the last digit stands after five


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
        force=log1p(cost) / payments, interest=rate / payments, waiting=waiting, installments=installments
    )[0]


def _value_and_slope(*, force: Draws, interest: Draws, waiting: Draws, installments: Draws) -> tuple[Draws, Draws]:
    """Present value of service per dollar lent, and how fast it falls with the force of discount.

    force         logarithm of one plus the discount rate of a period
    interest      of a period
    waiting       payments of interest alone, before `installments` of principal and interest
    returns       value, and its derivative by `force`; the closed form of the two sums over dates
    """
    force = np.where(abs(force) < NO_FORCE, NO_FORCE, force)
    discount = expm1(force)
    begins = exp(-force * waiting)
    ends = exp(-force * (waiting + installments))
    principal = begins * -expm1(-force * installments) / (discount * installments)
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
    force = log1p(interest) + 0.0 * worth
    for _ in range(NEWTON_STEPS):
        value, slope = _value_and_slope(force=force, interest=interest, waiting=waiting, installments=installments)
        force = force - value / slope * log(value / worth)
    return expm1(payments * force)


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


def contractor_rents(*, tied_goods: Draws, markup: Draws) -> Draws:
    """What Chinese suppliers of tied goods earn above the world price, USD mn a month.

    Parameters
    ----------
    tied_goods : Draws
        Delivered, [USD mn a month].
    markup : Draws
        Of tied goods over the world price; loans.markup.
    """
    return tied_goods * markup / (1 + markup)


def return_net_of_loss(
    *, interest: Draws, owed: Draws, risk: Draws, default: Draws, loss: Draws, money: Draws
) -> Draws:
    """Interest a lender receives less what money costs it and what it must expect to lose, USD mn a month (M09).

    Parameters
    ----------
    interest : Draws
        Received, [USD mn a month].
    owed : Draws
        Outstanding, [USD mn].
    risk : Draws
        Risk of insolvency as lenders see it, index.
    default : Draws
        Chance of a default where that index is 1, [fraction a year]; finance.default_chance.
    loss : Draws
        Part of what is owed that a default costs, fraction; finance.loss_of_states.
    money : Draws
        What a dollar costs the lender, [fraction a year]; loans.money_cost.
    """
    return interest - owed * (money + risk * default * loss) / MONTHS_PER_YEAR
