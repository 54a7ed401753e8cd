"""Tension, partnership, access and dependence: indices from 0 to 1 that move dollar flows (M22, M29-M39)."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Flags, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.rules.rates import decay_a_month, share_a_month

POLITICAL, EXTENDED = 1, 2  # levels of EU sanctions
SHARES_OF_DEPENDENCE: Annotated[int, "fraction"] = 3  # trade, debt and what is special, each with the same weight


def toward(*, level: Draws, target: Draws, speed: Number) -> Draws:
    """An index next month, part of the way to its target.

    Parameters
    ----------
    level : Draws
        Index now, 0 to 1.
    target : Draws
        0 to 1.
    speed : Number
        Share of the gap closed in a year.
    """
    return np.clip(level + share_a_month(speed) * (target - level), 0.0, 1.0)


def tension(
    *,
    level: Draws,
    resting: Draws,
    years: Draws,
    eu_turn: Draws,
    eu_weight: Draws,
    china_turn: Draws,
    china_weight: Draws,
    technology: Draws,
    technology_weight: Draws,
    noise: Draws,
) -> Draws:
    """Tension of Minsk with Moscow next month: up with turns to the EU and, less, to China; gone in about two years.

    Parameters
    ----------
    level : Draws
        Now, 0 to 1.
    resting : Draws
        Level without turns; politics.tension_resting.
    years : Draws
        In which 63 % of a gap close, all but 1/e; politics.tension_decay.
    eu_turn : Draws
        Change of EU access this month.
    eu_weight : Draws
        Tension per unit of it; politics.tension_eu (v_eu).
    china_turn : Draws
        Change of the partnership this month.
    china_weight : Draws
        Tension per unit of it; politics.tension_china of v_eu (v_chn below v_eu).
    technology : Draws
        Military transfer beyond the usual, 0 to 1.
    technology_weight : Draws
        Tension a year per unit of it; politics.tension_technology.
    noise : Draws
        This month; politics.tension_noise.

    Returns
    -------
    Draws
        0 to 1; M32, M38.
    """
    decay = (resting - level) * decay_a_month(years)
    turns = eu_weight * np.maximum(eu_turn, 0.0) + china_weight * np.maximum(china_turn, 0.0)
    return np.clip(level + decay + turns + technology_weight * technology / MONTHS_PER_YEAR + noise, 0.0, 1.0)


def support(*, tension: Draws, usual_tension: Draws, reaction: Draws, retaliation: Draws, largest: Draws) -> Draws:
    """What Russia leaves of its support, 1 at the usual tension, never less than none (M29, M32).

    Parameters
    ----------
    tension : Draws
        Of Minsk with Moscow, 0 to 1.
    usual_tension : Draws
        The same in usual conditions, 0 to 1.
    reaction : Draws
        Share lost per unit of tension; politics.support_reaction, politics.subsidy_reaction.
    retaliation : Draws
        Lever russia.retaliation, sharpens what is lost above the usual tension, not what is gained below it.
    largest : Draws
        Of usual support; politics.largest_support.
    """
    gap = tension - usual_tension
    felt = np.where(gap > 0, retaliation * gap, gap)
    return np.clip(1 - reaction * felt, 0.0, largest)


def eu_access_target(
    *,
    sanctions: Draws,
    closed_level: Draws,
    open_level: Draws,
    market_access: Draws,
    access_gain: Draws,
    rapprochement: Draws,
    effort_gain: Draws,
) -> Draws:
    """EU access that sanctions, offers and efforts support.

    Parameters
    ----------
    sanctions : Draws
        0 none, 1 political, 2 extended.
    closed_level : Draws
        Under political sanctions; politics.access_under_sanctions.
    open_level : Draws
        Without; politics.access_without_sanctions.
    market_access : Draws
        0 to 1; lever eu.market_access.
    access_gain : Draws
        Of access at full market access; politics.access_agreement.
    rapprochement : Draws
        0 to 1; lever belarus.eu_rapprochement.
    effort_gain : Draws
        Of access at full rapprochement; politics.access_effort.
    """
    open_to = open_level + access_gain * market_access + effort_gain * rapprochement
    return np.clip(
        np.where(sanctions >= EXTENDED, 0.0, np.where(sanctions >= POLITICAL, closed_level, open_to)), 0.0, 1.0
    )


def partnership_target(
    *, resting: Draws, technology: Draws, technology_gain: Draws, tied_money: Draws, money_gain: Draws
) -> Draws:
    """Partnership with China that technology and money support (M36, M37).

    Parameters
    ----------
    resting : Draws
        Level without either; politics.partnership_resting.
    technology : Draws
        0 to 1; lever china.technology_transfer.
    technology_gain : Draws
        Of partnership at full transfer; politics.partnership_technology.
    tied_money : Draws
        Disbursements and investment of a year over GDP, 1 at 2 %.
    money_gain : Draws
        Of partnership at 1; politics.partnership_money.
    """
    return np.clip(resting + technology_gain * technology + money_gain * tied_money, 0.0, 1.0)


def reform_target(*, stance: Draws, growth: Draws, slip: Draws) -> Draws:
    """Reform the government really carries out: less than its stance when output falls (M22).

    Parameters
    ----------
    stance : Draws
        Lever belarus.reform.
    growth : Draws
        % a year.
    slip : Draws
        Loss per percent of recession; politics.reform_slip.
    """
    return np.clip(stance * (1 - slip * np.maximum(-growth, 0.0)), 0.0, 1.0)


def dependence(*, trade_share: Draws, debt_share: Draws, special_share: Draws, autonomy: Number) -> Draws:
    """Dependence on a partner: mean of three shares, less autonomy.

    Parameters
    ----------
    trade_share : Draws
        Of the partner in goods trade, 0 to 1.
    debt_share : Draws
        Of the partner in external public debt, 0 to 1.
    special_share : Draws
        Energy subsidy over a tenth of GDP for Russia, potash sales for China, 0 to 1.
    autonomy : Number
        From military technology (M37); politics.technology_autonomy.
    """
    mean = (trade_share + debt_share + np.clip(special_share, 0.0, 1.0)) / SHARES_OF_DEPENDENCE
    return np.clip(mean - autonomy, 0.0, 1.0)


def sanctions_after_crackdown(*, months_left: Draws, crackdown: Flags, years: Draws) -> Draws:
    """Months of political sanctions left: a crackdown starts them anew, else they run out.

    Parameters
    ----------
    months_left : Draws
        Of sanctions in force, 0 without.
    crackdown : Flags
        True in the month of one; politics.crackdown_hazard.
    years : Draws
        They last; politics.sanction_years.
    """
    return np.where(crackdown, MONTHS_PER_YEAR * years, np.maximum(months_left - 1, 0.0))
