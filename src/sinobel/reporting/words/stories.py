"""Story lines in words: a name made of what a future is like, and a sentence with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinobel.analysis.stories import Story
from sinobel.reporting.words.wording import about, amount, listed
from sinobel.runs.trajectories import Yearly

PRICE, BALANCE, DEBT = "potash_contract_price", "balance_with_china", "debt_to_china"
CALLED: Mapping[str, tuple[str, str]] = {
    PRICE: ("cheap potash", "dear potash"),
    BALANCE: ("wide trade gap", "narrow trade gap"),
    DEBT: ("low debt", "high debt"),
}
"""What the lowest and the highest third of futures are called."""
MIDDLING = "middling in all"


@dataclass(frozen=True)
class NamedStory:
    """A story line with its name and its sentence, which may hold named pieces (`wording.about`)."""

    name: str
    sentence: str
    draw: int


def told(found: Sequence[Story], yearly: Yearly, year: int) -> list[NamedStory]:
    """Story lines by name; those of one name are numbered."""
    names = [_name(story) for story in found]
    return [
        NamedStory(
            name if names.count(name) == 1 else f"{name} ({names[:place].count(name) + 1})",
            _sentence(story, yearly, year),
            story.draw,
        )
        for place, (story, name) in enumerate(zip(found, names, strict=True))
    ]


def _name(story: Story) -> str:
    sides = [CALLED[name][side > 0] for name, side in story.sides.items() if side and name in CALLED]
    text = ", ".join(sides) or MIDDLING
    return text[:1].upper() + text[1:]


def _sentence(story: Story, yearly: Yearly, year: int) -> str:
    """What the numbers of a future are in a year."""
    units = {name: yearly[name].attrs["units"] for name in story.values}
    parts = []
    if PRICE in units:
        parts.append(f"{about(PRICE, 'potash')} at {amount(story.values[PRICE], units[PRICE])}")
    if BALANCE in units:
        value = story.values[BALANCE]
        side = "deficit" if value < 0 else "surplus"
        parts.append(f"a {about(BALANCE, f'trade {side}')} of {amount(abs(value), units[BALANCE])}")
    if DEBT in units:
        parts.append(f"{about(DEBT, 'debt')} of {amount(story.values[DEBT], units[DEBT])}")
    return f"{year}: {listed(parts)}."
