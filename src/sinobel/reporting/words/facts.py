"""What options move, in words: what was asked for first, then what moves most, or that nothing is to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sinobel.analysis import answering, worth
from sinobel.analysis.answering import NONE as NOT_STATED
from sinobel.analysis.answering import Stated
from sinobel.analysis.summary import quantiles
from sinobel.analysis.worth import NOTHING, OF_FIVE_YEARS, OF_LEVEL, OF_OUTPUT, OF_OUTPUT_LEAST, Fact, Recorded
from sinobel.inputs.indicators import all_indicators
from sinobel.policies.focus import Focus
from sinobel.reporting.words.came import Came
from sinobel.reporting.words.wording import about, amount, in_text, listed, percent, scaled, several, unit_of_change
from sinobel.runs.trajectories import Yearly

MOST = 4
"""Options that are told one by one, where nothing was asked for."""
ALONE = 2
"""Changes that are told of an option that stands alone."""
SMALL = "little beside its usual moves"
"""Of a change that was asked for and would not be told otherwise (`worth.worth_telling`)."""
STILL = 0.01
"""Of what is worth telling: below it numbers are left away also of what was asked for."""
SOME = 0.10
"""Share of futures from which on it is said that what is nothing at the median is something in them."""


NONE: Mapping[str, Sequence[Came]] = {}


@dataclass(frozen=True)
class Told:
    """What is told of one option.

    Attributes
    ----------
    asked : Sequence[Fact]
        Of what was asked for, in that order.
    found : Sequence[Fact]
        What it moves, the weightiest first.
    seldom : Fact | None
        What it moves in some futures, where it moves little in most.
    """

    asked: Sequence[Fact]
    found: Sequence[Fact]
    seldom: Fact | None = None

    @property
    def moves(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.found) or any(fact.material for fact in self.asked)

    @property
    def weight(self) -> float:
        """What options are ordered by."""
        return max((fact.weight for fact in (*self.asked, *self.found)), default=0.0)


def told(
    annual: Yearly, reference: str, recorded: Recorded, origin: int, focus: Focus, stated: Stated = NOT_STATED
) -> dict[str, Told]:
    """What is told of every option against a reference.

    Parameters
    ----------
    origin : int
        Last recorded year.
    focus : Focus
        What is told first.
    stated : Stated
        What each option sets by definition, told after what comes of it.
    """
    asked = answering.asked(annual, reference, recorded, origin, focus.of, years=focus.years)
    found = answering.of_headlines(annual, reference, recorded, origin, focus.years, stated=stated)
    some = answering.seldom(annual, reference, recorded, origin, found, years=focus.years, stated=stated)
    return {option: Told(asked.get(option, ()), each, some.get(option)) for option, each in found.items()}


def sentences(
    facts: Mapping[str, Told], titles: Mapping[str, str], came: Mapping[str, Sequence[Came]] = NONE
) -> list[str]:
    """One of each option, those that move most first; empty without options.

    Parameters
    ----------
    facts : Mapping[str, Told]
        By option; from `told`.
    titles : Mapping[str, str]
        Scenario -> what people call it.
    came : Mapping[str, Sequence[Came]]
        Scenario -> its changes of which nothing can come, and its rules.
    """
    named = [option for option, of in facts.items() if of.moves or ((of.asked or of.seldom) and not came.get(option))]
    order = sorted(named, key=lambda option: -facts[option].weight)
    most = len(order) if any(facts[option].asked for option in order) else MOST
    count = ALONE if len(facts) == 1 else 1
    said = [_of_option(facts[option], titles[option], count) for option in order[:most]]
    if len(order) > most:
        said.append(f"{_less(len(order) - most)} told below.")
    others = [option for option in facts if option not in named]
    still = [f"“{titles[option]}”" for option in others if not came.get(option)]
    if still:
        verb = "changes" if len(still) == 1 else "change"
        said.append(f"{listed(still)} {verb} nothing worth telling: no headline number moves by {_least()}.")
    return [*said, *(_nothing(came[option], titles[option]) for option in others if came.get(option))]


def leading(facts: Mapping[str, Told], focus: Focus) -> list[str]:
    """Indicators that the answer tells first, in its order: what was asked for, then what each option moves most."""
    order = sorted(facts.values(), key=lambda each: -each.weight)
    count = ALONE if len(facts) == 1 else 1
    return list(dict.fromkeys([*focus.of, *(fact.indicator for each in order for fact in each.found[:count])]))


def year_of(facts: Mapping[str, Told], focus: Focus) -> int | None:
    """The year that tables and charts tell: the first that was asked for, else that of the weightiest fact."""
    if focus.years:
        return focus.years[0]
    every = [
        fact
        for each in facts.values()
        for fact in each.asked or each.found
        if fact.material and fact.sure and fact.since is None
    ]
    return max(every, key=lambda fact: fact.weight).year if every else None


def year_of_one(facts: Mapping[str, Told], indicator: str) -> int | None:
    """The year in which an indicator is told, that of the option that moves it most; None where it is not told."""
    every = [
        fact
        for each in facts.values()
        for fact in (*each.asked, *each.found)
        if fact.indicator == indicator and fact.since is None
    ]
    return max(every, key=lambda fact: fact.weight).year if every else None


def levels(annual: Yearly, scenario: str, recorded: Recorded, origin: int, focus: Focus) -> list[str]:
    """What was asked for of a single scenario: a sentence for each indicator; none where no indicator was."""
    said = []
    for name in focus.of:
        if name in annual:
            values = annual[name].sel(scenario=scenario)
            years = [year for year in focus.years if year in values["year"]] or [int(values["year"][-1])]
            parts = [_level(name, year, values.sel(year=year).values) for year in years]
            before = recorded.get(name, {}).get(origin)
            was = f"; {amount(before, all_indicators()[name].yearly_unit)} were recorded for {origin}" if before else ""
            if worth.held(all_indicators()[name], values.values):
                was = f"; it was so in {origin}" if before else ""
            said.append(f"{about(name, all_indicators()[name].label)}: {', '.join(parts)}{was}.")
    return said


# --- pieces ----------------------------------------------------------------------------------------------------------


def _less(options: int) -> str:
    return f"{several(options, 'other option')} that {'moves less is' if options == 1 else 'move less are'}"


def _least() -> str:
    flow = f"by {100 * OF_OUTPUT:.2f} % of GDP, and by {100 * OF_OUTPUT_LEAST:.2f} % in any case"
    return (
        f"{percent(OF_FIVE_YEARS)} of what its record changes by in five years (a sum of money a year: or {flow}) and "
        f"{percent(OF_LEVEL)} of its level, the same way in two futures of three"
    )


def _nothing(came: Sequence[Came], title: str) -> str:
    """An option that moves nothing, with what came of its changes."""
    idle = all(each.held is None or each.held[0] == 0 for each in came)
    what = "changes nothing" if idle else "changes nothing worth telling"
    return f"“{title}” {what}: {listed([each.in_words() for each in came])}."


def _level(name: str, year: int, values: np.ndarray) -> str:
    if shares := worth.held(all_indicators()[name], values):
        return f"so in {percent(shares[0])} of futures in {year}"
    low, middle, high = quantiles(values, (0.1, 0.5, 0.9))
    (least, told_as, most), word = scaled(
        (low, middle, high), all_indicators()[name].yearly_unit, max(abs(low), abs(high))
    )
    return f"{_with(told_as, word)} in {year} at the median ({least} to {most} in 80 % of futures)"


def change_in_words(fact: Fact, title: str) -> str:
    """One change of an option, for the head of a chart."""
    return f"{title} {_change(fact, _name(fact))}"


def _of_option(of: Told, title: str, count: int) -> str:
    """What was asked for and then what moves most, in one or two sentences."""
    names = dict.fromkeys(fact.indicator for fact in of.asked)
    others = [_change(fact, _name_and_caution(fact)) for fact in of.found if fact.indicator not in names]
    some = of.seldom if of.seldom and of.seldom.indicator not in names else None
    if not of.asked and not others:
        assert some
        return f"“{title}” changes nothing worth telling in most futures; {_seldom(some)}."
    if not of.asked:
        first, *more = others[:count]
        return f"“{title}” {'; it also '.join([first, *more])}{f'; {_seldom(some)}' if some else ''}."
    asked = {name: [fact for fact in of.asked if fact.indicator == name] for name in names}
    still = [name for name in names if not any(map(_moved_at_all, asked[name]))]
    said = [_asked(asked[name]) for name in names if name not in still]
    if still:
        said.append(f"does not move {_still([asked[name] for name in still])}")
    besides = f" Besides, it {others[0]}." if others else f" Besides, {_seldom(some)}." if some else ""
    return f"“{title}” {'. It '.join(said)}.{besides}"


def _seldom(fact: Fact) -> str:
    """`in 34 % of them it raises …`: the change in those futures in which it is worth telling, and their range."""
    factor, unit = unit_of_change(unit_of(fact))
    verb, sign = ("raises", factor) if fact.middle > 0 else ("lowers", -factor)
    near, far = sorted((sign * fact.low, sign * fact.high))
    (low, middle, high), word = scaled((near, sign * fact.middle, far), unit, max(abs(near), abs(far)))
    text = f"in {percent(fact.often)} of futures it {verb} {_name(fact)} by {_with(middle, word)} {when(fact)}"
    return f"{text} at their median ({low} to {high} in 80 % of these)"


def _moved_at_all(fact: Fact) -> bool:
    """Whether there is a number to tell."""
    if fact.held:
        return fact.often > 0
    return max(abs(fact.low), abs(fact.middle), abs(fact.high)) > max(STILL * fact.least, NOTHING)


def _still(asked: Sequence[Sequence[Fact]]) -> str:
    """Indicators of which nothing is told, with their years: once where they are the same for all."""
    years = [listed([str(fact.year) for fact in facts]) for facts in asked]
    names = [_name(facts[0]) for facts in asked]
    if len(set(years)) == 1:
        return f"{listed(names)} in {years[0]}"
    return listed([f"{name} in {year}" for name, year in zip(names, years, strict=True)])


def _asked(facts: Sequence[Fact]) -> str:
    """What was asked for of one indicator: always with its number, and with a word where that is small."""
    name = _name_and_caution(facts[0])
    said: list[str] = []
    still: list[str] = []
    for fact in facts:
        called = "it" if said else name
        if fact.material and fact.sure:
            said.append(_change(fact, called))
        elif fact.held and fact.often >= SOME:
            said.append(
                f"changes {called} in {percent(fact.often)} of futures in {fact.year}, yet it is so in about as many: "
                f"{percent(fact.held[1])}, {percent(fact.held[0])} before"
            )
        elif fact.material:
            said.append(f"may move {called} either way in {fact.year} ({_range(fact)})")
        elif not _moved_at_all(fact):
            still.append(str(fact.year))
        elif fact.held or (fact.sure and fact.middle != 0):
            said.append(f"{_change(replace(fact, back=None), called)}, {SMALL}{of_level(fact)}")
        else:
            yet = f", yet by what is told of it in {percent(fact.often)} of futures" if fact.often >= SOME else ""
            said.append(f"hardly moves {called} in {fact.year} at the median{yet} ({_range(fact)})")
    if still:
        said.append(f"does not move {'it' if said else name} in {listed(still)}")
    return "; ".join(said)


def of_level(fact: Fact) -> str:
    """Which part of what it changes a change is, in brackets; empty for what is told in percent anyway."""
    if fact.held or not fact.level or unit_of(fact).startswith(("fraction", "%", "index")):
        return ""
    part = 100 * abs(fact.middle) / fact.level
    return f" ({part:.{0 if part >= 10 else 1}f} % of it)"


def _name(fact: Fact) -> str:
    """What an indicator is called within a sentence; what its label says behind a comma stands in the tables."""
    return about(fact.indicator, in_text(all_indicators()[fact.indicator].label.partition(",")[0]))


def _name_and_caution(fact: Fact) -> str:
    """What an indicator is called, with what its label says of it behind a comma where that is a caution, `which …`.

    Money that moves inside the country is neither won nor lost by it, and a sum that the model books nowhere shows in
    no balance: whoever reads that a duty brings a billion would look for it in the budget.
    """
    caution = all_indicators()[fact.indicator].label.partition(", ")[2]
    return f"{_name(fact)} ({caution})" if caution.startswith("which ") else _name(fact)


def unit_of(fact: Fact) -> str:
    """Unit of a change: of a year, or of a sum over years."""
    known = all_indicators()[fact.indicator]
    return known.yearly_unit if fact.since is None else known.unit


def when(fact: Fact) -> str:
    """The year of a change, or the years that it is the sum of."""
    return f"in {fact.year}" if fact.since is None else f"over {fact.since} to {fact.year} together"


def _range(fact: Fact) -> str:
    factor, unit = unit_of_change(unit_of(fact))
    ends = factor * fact.low, factor * fact.high
    (low, high), word = scaled(ends, unit, max(map(abs, ends)), sign=True)
    return f"{low} to {_with(high, word)} in 80 %"


def _with(number: str, word: str) -> str:
    """A number with the word of its unit; an index has none."""
    return f"{number} {word}" if word else number


def _change(fact: Fact, name: str) -> str:
    """Which way, how much and when: `lowers exports to China by 371 mn USD in 2018`; whether it lasts or turns."""
    if fact.held:
        before, now = fact.held
        verb = "raises" if now > before else "lowers"
        return f"{verb} {name} to {percent(now)} of futures in {fact.year}, {percent(before)} before"
    factor, unit = unit_of_change(unit_of(fact))
    verb, sign = ("raises", factor) if fact.middle > 0 else ("lowers", -factor)
    near, far = sorted((sign * fact.low, sign * fact.high))
    (low, middle, high), word = scaled((near, sign * fact.middle, far), unit, max(abs(near), abs(far)))
    text = f"{verb} {name} by {_with(middle, word)} {when(fact)} at the median "
    text += f"({low} to {high} in 80 % of futures)" if near >= 0 else f"({_range(fact)} of futures)"
    if fact.since is not None:
        way = "lower" if fact.middle < 0 else "higher"
        return f"{text}; it is {way} in {percent(fact.share)} of them, though no single year shows it"
    if fact.lasts:
        last, there = fact.lasts
        return f"{text}, and it lasts ({amount(factor * abs(there), unit)} in {last})"
    if fact.back is None:
        return text
    year, turned = fact.back
    mark = "+" if turned > 0 else "−"
    return f"{text}, and the reverse in {year} ({mark}{amount(factor * abs(turned), unit)})"
