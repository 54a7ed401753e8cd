"""Drawn parameters of politics, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class PoliticsParameters:
    """Parameters of `model/parameters/politics.toml`, one number for every future."""

    energy_subsidy: Draws
    """Russian energy subsidy per dollar of the oil price (USD mn a year per USD a barrel)."""
    tension_resting: Draws
    """Tension with Russia without turns to others (index 0-1)."""
    usual_tension: Draws
    """Tension at which Russian support is as usual (index 0-1)."""
    tension_decay: Draws
    """Time in which a rise of tension decays (years)."""
    tension_eu: Draws
    """Rise of tension with EU access (v_eu) (index per unit of the index)."""
    tension_china: Draws
    """Rise of tension with the Chinese partnership over that with EU access (v_chn / v_eu) (ratio below one)."""
    tension_technology: Draws
    """Rise of tension with military technology beyond the usual (index a year)."""
    tension_noise: Draws
    """Quarrels that come from elsewhere (index per square root of a year)."""
    support_reaction: Draws
    """Russian lending lost with tension (fraction per unit of the index)."""
    subsidy_reaction: Draws
    """Energy subsidy lost with tension (fraction per unit of the index)."""
    partnership_resting: Draws
    """Partnership with China without technology and money (index 0-1)."""
    partnership_technology: Draws
    """Gain of partnership from military technology at its usual level (index)."""
    partnership_money: Draws
    """Gain of partnership from Chinese money of 2 % of GDP a year (index)."""
    partnership_speed: Draws
    """Share of the gap of partnership closed in a year (fraction a year)."""
    technology_autonomy: Draws
    """Autonomy from Russia gained by military technology at its usual level (index)."""
    access_without_sanctions: Draws
    """EU access without sanctions and without an agreement (index 0-1)."""
    access_under_sanctions: Draws
    """EU access under political sanctions (index 0-1)."""
    access_agreement: Draws
    """EU access gained by a partnership and trade agreement (index)."""
    access_effort: Draws
    """EU access gained by the effort of Minsk alone (index)."""
    access_speed: Draws
    """Share of the gap of EU access closed in a year (fraction a year)."""
    crackdown_hazard: Draws
    """Chance of a crackdown that brings political sanctions (per year)."""
    sanction_years: Draws
    """Years political sanctions last (years)."""
    reform_speed: Draws
    """Share of the gap between reform and the government's stance closed in a year (fraction a year)."""
    usual_reform: Draws
    """Reform index of the record (index 0-1)."""
    reform_slip: Draws
    """Reform lost in a recession (fraction per percent a year of fall of output)."""
    dependence_speed: Draws
    """Share of the gap of dependence closed in a year (fraction a year)."""
    full_chinese_money: Draws
    """Chinese money of a year at which it counts in full as an alternative (fraction of GDP of the same months)."""
    money_memory: Draws
    """Months of Chinese money that Moscow and Minsk see (months)."""
    whole_subsidy: Draws
    """Energy subsidy that makes Minsk wholly dependent on Moscow (fraction of GDP of the same months)."""
    largest_support: Draws
    """Largest support of Russia against the usual (ratio)."""
    least_sanctions_left: Draws
    """Least time that sanctions in force at the origin still last (months)."""
