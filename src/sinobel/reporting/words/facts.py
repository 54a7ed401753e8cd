"""What options move most, in words: one sentence for each, or that nothing is to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinobel.analysis.answering import OF_FIVE_YEARS, OF_LEVEL, Fact
from sinobel.inputs.indicators import all_indicators
from sinobel.reporting.words.wording import about, amount, in_text, percent, scaled, several

MOST = 4
"""Options that are told one by one."""


def sentences(facts: Mapping[str, Sequence[Fact]], titles: Mapping[str, str]) -> list[str]:
    """One of each option, those that move most first; empty without options.

    Parameters
    ----------
    facts : Mapping[str, Sequence[Fact]]
        By option, the weightiest first; from `answering.find`.
    titles : Mapping[str, str]
        Scenario -> what people call it.
    """
    moving = sorted((option for option in facts if facts[option]), key=lambda option: -facts[option][0].weight)
    count = 2 if len(facts) == 1 else 1
    told = [_moves(facts[option][:count], titles[option]) for option in moving[:MOST]]
    if len(moving) > MOST:
        told.append(f"{several(len(moving) - MOST, 'other option')} that move less are told below.")
    still = [f"“{titles[option]}”" for option in facts if not facts[option]]
    if still:
        verb = "changes" if len(still) == 1 else "change"
        least = (
            f"{percent(OF_FIVE_YEARS)} of what the record changed by in five years and {percent(OF_LEVEL)} of its level"
        )
        told.append(
            f"{_listed(still)} {verb} nothing worth telling: no headline number moves by {least}, the same way in two "
            f"futures of three."
        )
    return told


def _moves(facts: Sequence[Fact], title: str) -> str:
    first, *others = (_change(fact) for fact in facts)
    text = f"“{title}” {first}"
    return f"{text}; it also {others[0]}." if others else f"{text}."


def _change(fact: Fact) -> str:
    """Which way, how much and when: `lowers exports to China by 371 mn USD in 2018`; and when it turns around."""
    indicator = all_indicators()[fact.indicator]
    unit, name = indicator.yearly_unit, about(fact.indicator, in_text(indicator.label))
    verb, sign = ("raises", 1) if fact.middle > 0 else ("lowers", -1)
    near, far = sorted((sign * fact.low, sign * fact.high))
    (low, middle, high), word = scaled((near, sign * fact.middle, far), unit, max(abs(near), abs(far)))
    text = f"{verb} {name} by {middle} {word} in {fact.year} at the median ({low} to {high} in 80 % of futures)"
    if fact.back is None:
        return text
    year, turned = fact.back
    return f"{text}, and by {amount(abs(turned), unit)} the other way in {year}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
