"""Tied loans until they are signed: appetite, pledges, offers, terms, consent of Minsk. Money is USD mn a year."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.elementary import exp, log
from sinobel.world.guards import TINY, at_least, logistic
from sinobel.world.rules.rates import middle_of


def passing_share(*, sector: Draws, open_to: tuple[int, ...], filter_share: Draws) -> Draws:
    """Part of a project that passes a restriction of Chinese credit to transport and logistics (M06).

    Parameters
    ----------
    sector : Draws
        Its place in the list of sectors, [row].
    open_to : tuple[int, ...]
        Places of sectors that pass whole.
    filter_share : Draws
        Of the others that still passes; loans.obor_filter.
    """
    whole = sector == open_to[0]
    for place in open_to[1:]:
        whole = whole | (sector == place)
    return np.where(whole, 1.0, filter_share)


def chosen(*, weights: tuple[Draws, ...], parts: tuple[Draws, ...]) -> tuple[Draws, tuple[Draws, ...]]:
    """What is chosen of a year's projects together, and how that is shared among them.

    Parameters
    ----------
    weights : tuple[Draws, ...]
        Shares of the amount that go to each, fraction; from `split_among_projects`.
    parts : tuple[Draws, ...]
        Of each that is chosen, fraction; from `part_chosen` and `passing_share`.
    """
    amounts = [weight * part for weight, part in zip(weights, parts, strict=True)]
    together = amounts[0]
    for amount in amounts[1:]:
        together = together + amount
    return together, tuple(amount / at_least(together, TINY) for amount in amounts)


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
    return exp(-risk_weight * (risk - usual_risk) + rival_weight * pull)


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
    return commitments / realization * (1 + swell * partnership) * exp(spread * noise - middle_of(spread))


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
    amount = mean * willing * volume * exp(spread * shock - middle_of(spread))
    return np.where(luck < none_chance, 0.0, amount / (1 - none_chance))


def picked(*, luck: Draws, shares: tuple[Number, ...]) -> Draws:
    """Which of several kinds a chance falls on, as its place: 0 for the first.

    Parameters
    ----------
    luck : Draws
        uniform.
    shares : tuple[Number, ...]
        Chances of the kinds, together 1.
    """
    place, below = luck * 0.0, luck * 0.0
    for share in shares[:-1]:
        below = below + share
        place = place + (luck >= below)
    return place


def split_among_projects(*, lucks: tuple[Draws, ...], count: Draws) -> tuple[Draws, ...]:
    """Shares of a year's amount that go to each of the projects signed, all ways to split it being alike.

    Parameters
    ----------
    lucks : tuple[Draws, ...]
        uniform, one a slot.
    count : Draws
        Projects signed, the first slots; the others get nothing.
    """
    weights = [
        np.where(place < count, at_least(-log(at_least(luck, TINY)), TINY), 0.0) for place, luck in enumerate(lucks)
    ]
    total = weights[0]
    for weight in weights[1:]:
        total = total + weight
    return tuple(weight / total for weight in weights)


def tied_shares(*, mean: Draws, gap: Draws, lines: Number) -> tuple[Draws, Draws]:
    """Tied share of bank lines, and of credit for one contract; their mean by amount is the given one (F054, F056).

    Credit for a contract with one Chinese firm buys little else; a line asks for a Chinese part of each project.

    Parameters
    ----------
    mean : Draws
        Of all loans, 0 to 1; loans.tied_share.
    gap : Draws
        By how much less of a line is tied, 0 to 1; loans.tied_gap.
    lines : Number
        Part of the amount that is in lines, 0 to 1.
    """
    project = np.minimum(mean / (1 - lines * gap), 1.0)
    return project * (1 - gap), project


def new_loan_rate(
    *,
    concessional_share: Number,
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
    concessional_share : Number
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
        Of loans that firms owe under a guarantee; loans.guaranteed_share.
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
