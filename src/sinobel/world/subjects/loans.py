"""Drawn parameters of loans, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class LoansParameters:
    """Parameters of `model/parameters/loans.toml`, one number for every future."""

    tied_share: Draws
    """Share of Chinese loan money that must buy Chinese goods (fraction of disbursement)."""
    tied_gap: Draws
    """How much less of a bank line than of credit for one contract must buy Chinese goods (fraction)."""
    tied_share_spread: Draws
    """Spread of tied shares among projects (fraction)."""
    additionality: Draws
    """Share of tied imports that would not have been bought anyway (fraction)."""
    tied_import_months: Draws
    """Months over which tied goods arrive after the loan is paid out (months)."""
    draw_pace: Draws
    """Share of undrawn commitments paid out in a year (fraction a year)."""
    pace_swing: Draws
    """Swings of the pace of drawing from year to year (log, standard deviation)."""
    pace_persistence: Draws
    """Persistence of a swing of the pace of drawing (share left after a year)."""
    lapse_rate: Draws
    """Share of undrawn commitments that lapses in a year (fraction a year)."""
    commitments_a_year: Draws
    """Mean of new Chinese commitments in usual conditions (USD mn a year)."""
    commitment_spread: Draws
    """Spread of commitments from year to year (log, standard deviation)."""
    no_commitment_chance: Draws
    """Chance of a year without any new loan (fraction of years)."""
    grace: Draws
    """Grace period of Chinese loans, from drawing (years)."""
    repayment: Draws
    """Years of equal repayments after grace (years)."""
    effective_interest: Draws
    """Average interest on the Chinese debt of the origin (fraction a year of the stock)."""
    concessional_share: Draws
    """Share of new Chinese loans on concessional or preferential terms (fraction)."""
    preferential_rate: Draws
    """Rate of concessional loans and preferential buyer's credits (fraction a year)."""
    commercial_rate: Draws
    """Rate of commercial buyer's credits and bank lines (fraction a year)."""
    untied_line_rate: Draws
    """Rate of untied Chinese credit lines (fraction a year)."""
    untied_granted: Draws
    """Share of the untied credit Belarus asks for that China grants (fraction)."""
    untied_line_share: Draws
    """Share of an untied line that can be drawn in a year (fraction a year)."""
    risk_spread: Draws
    """Extra interest per unit of solvency risk (fraction a year)."""
    usual_risk: Draws
    """Solvency risk in the usual conditions of 2009-2016 (index 0-1)."""
    appetite_risk: Draws
    """Fall of Chinese appetite with solvency risk (log per unit of the index)."""
    appetite_rivals: Draws
    """Pull of institutional proximity and rivals on Chinese appetite (log per unit of the index)."""
    deference_level: Draws
    """Tension with Russia above which China holds back (index 0-1)."""
    obor_filter: Draws
    """Share of other projects that still pass a restriction to transport and logistics (fraction)."""
    obor_spread: Draws
    """Extra interest while credit is restricted (fraction a year)."""
    choice_spread: Draws
    """Spread of what is not seen in the worth of a single project, to banks and to Minsk (fraction of the loan)."""
    largest_choice: Draws
    """Projects of a kind that are chosen over those of usual years, at most (fraction)."""
    guaranteed_share: Draws
    """Share of new Chinese loans that firms and banks owe under a guarantee; the rest the state owes itself (fraction).
    """
    reform_quality: Draws
    """Speed-up of disbursement by reform (log per unit of the reform index)."""
    sanctions_cut: Draws
    """Disbursement lost when China stops paying out under extended sanctions (fraction)."""
    markup: Draws
    """Price of tied goods above the world price (fraction)."""
    grant_discount_rate: Draws
    """Discount rate of the grant element (fraction a year)."""
    money_cost: Draws
    """What a dollar costs the Chinese policy banks (fraction a year)."""
    payments_a_year: Draws
    """Dates of payment a year in the grant element and the effective cost (payments a year)."""
    realization: Draws
    """Commitments over pledges (fraction)."""
    pledge_swell: Draws
    """Growth of pledges with the partnership (fraction per unit of the index)."""
    pledge_spread: Draws
    """Spread of what a year's summits announce (log, standard deviation)."""
    project_cover: Draws
    """Share of its debt service that a project earns which works (fraction)."""
    failure_energy: Draws
    """Chance that a Chinese project in power fails: it earns nothing and adds nothing (fraction)."""
    failure_industry: Draws
    """Chance that a Chinese project in industry fails: it earns nothing and adds nothing (fraction)."""
    failure_transport: Draws
    """Chance that a Chinese project in transport fails: it earns nothing and adds nothing (fraction)."""
    failure_telecom: Draws
    """Chance that a Chinese project in telecommunications fails: it earns nothing and adds nothing (fraction)."""
    failure_park: Draws
    """Chance that a Chinese project in the industrial park and logistics fails: it earns nothing and adds nothing
    (fraction).
    """
    failure_mining: Draws
    """Chance that a Chinese project in mining fails: it earns nothing and adds nothing (fraction)."""
    failure_multisector: Draws
    """Chance that a Chinese project in several sectors fails: it earns nothing and adds nothing (fraction)."""
    return_energy: Draws
    """Output a year that a dollar of working capital in power yields, if all of it was well spent (fraction a year)."""
    return_industry: Draws
    """Output a year that a dollar of working capital in industry yields, if all of it was well spent (fraction a year).
    """
    return_transport: Draws
    """Output a year that a dollar of working capital in transport yields, if all of it was well spent (fraction a
    year).
    """
    return_telecom: Draws
    """Output a year that a dollar of working capital in telecommunications yields, if all of it was well spent
    (fraction a year).
    """
    return_park: Draws
    """Output a year that a dollar of working capital in the industrial park and logistics yields, if all of it was well
    spent (fraction a year).
    """
    return_mining: Draws
    """Output a year that a dollar of working capital in mining yields, if all of it was well spent (fraction a year).
    """
    return_multisector: Draws
    """Output a year that a dollar of working capital in several sectors yields, if all of it was well spent (fraction a
    year).
    """
    mine_money: Draws
    """Chinese money that the whole Nezhinsky mine needs (USD mn)."""
    project_efficiency: Draws
    """Capital in place per dollar paid for Chinese projects (fraction)."""
    project_wear: Draws
    """Share of the capital of projects, at cost, that is lost in a year (fraction a year)."""
    tied_multiplier: Draws
    """Output that a dollar paid out for tied goods calls forth at home (fraction)."""
    untied_multiplier: Draws
    """Output that a dollar paid out for works at home calls forth (fraction)."""
    gas_saving: Draws
    """Gas that a dollar in a new power plant saves in a year, at prices of the origin (fraction a year)."""
    largest_gas_saving: Draws
    """Largest share of gas, either way, that power plants may save against the usual (fraction)."""
    rescheduling_willingness: Draws
    """Share of principal China reschedules when Belarus cannot pay (fraction)."""
    largest_pace: Draws
    """Largest share of undrawn money that is paid out in a year (fraction a year)."""
    capture_weight: Draws
    """Weight of Russia's capture of the dialogue with the EU against nearness and rivals (fraction)."""
    shortest_repayment: Draws
    """Shortest time of repayment after grace, whatever maturity a scenario sets (years)."""
