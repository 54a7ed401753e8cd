"""What a decision is said to see is what moves it: all else is changed one by one, and what is told, too.

Held for lenders of untied money, whose five decisions are made in one tender, for who draws on their offers, and for what
Russia pays for energy. A month is stopped where the decision is due, one number of the world is changed at a time, state or
lever, up and down, and the decision is made. What moves its outcome must be told, or move a reading that is told; and what
is told must move it. Two readings sum up a tender: how strained it is, and what rivals would cost. Where a lender is said
to look at one of them, lenders answer nothing to it while all else is tried, so that it hides nothing.
"""

from operator import attrgetter

import numpy as np
import pytest

from sinobel.inputs.decisions import all_decisions
from sinobel.inputs.months import parse
from sinobel.policies.lever_path import LeverBoard
from sinobel.world.agents.untied_offers import CHINA, DEVELOPMENT, FUND, MARKETS, RUSSIA, open_now
from sinobel.world.places import PLACES
from sinobel.world.state import mapped
from tests.world.paired.worlds import make

OFFICE = "belarus.government.debt_office"

SUMMED_UP = {
    f"{OFFICE}.strain": {"finance.scarcity_spread": 0.0, "finance.lending_stretch": 0.0, "finance.china_strain": 1e9},
    f"{OFFICE}.costs": {"finance.alternative_limit": 0.0, "finance.alternative_rate": 0.0},
}
"""Readings that a whole tender moves, and the parameters at which lenders do not answer them."""


def offer_of(bidder):
    """The tender of the year, and what comes of it for one bidder."""

    def look(world):
        office = world.belarus.government.debt_office
        office._hold_tender()
        opened = open_now(world, office.agreed)
        return np.stack(
            [office.agreed[bidder], office.rates_agreed[bidder], opened[bidder], office._on_offer()[bidder]]
        )

    return look


def choice(world):
    """What is borrowed of whom, and what each would cost today."""
    government = world.belarus.government
    costs = government.debt_office._costs()
    government.close_the_gap()
    return np.stack([*government.borrowed.values(), *costs.values()])


def energy_support(world):
    government = world.russia.government
    government.decide_support()
    return government.subsidy


GAP = "belarus.government.close_the_gap"

OFFERS = {
    "russian-loans": RUSSIA,
    "development-loans": DEVELOPMENT,
    "fund-program": FUND,
    "bonds": MARKETS,
    "chinese-untied-credit": CHINA,
}

MADE = {name: (GAP, "2020-01", offer_of(bidder)) for name, bidder in OFFERS.items()} | {
    "energy-support": ("russia.government.decide_support", "2020-01", energy_support),
    "choice-of-lenders": (GAP, "2020-07", choice),
}
"""Decision -> the method of the month that makes it, a month in which it is made, and its outcome."""


def shaken(value):
    """A number far above what it was, and one far below."""
    return [mapped(value, lambda array: 3 * array + 0.1), mapped(value, lambda array: 0.3 * array)]


def places_of_state(world):
    """Numbers that move, by place; claims one by one."""
    for place in PLACES:
        part = attrgetter(place)(world)
        for name, declaration in part.declared.items():
            value = getattr(part, name)
            if declaration.kind == "moves" and isinstance(value, dict):
                yield from ((f"{place}.{name}", part, name, key) for key in value)
            elif declaration.kind == "moves" and isinstance(value, np.ndarray) and value.dtype == float:
                yield f"{place}.{name}", part, name, None


class Reached(Exception):
    """A month has come to a decision."""


def just_before(method, month, off):
    """A world in the middle of a month, where a method is about to be called; Minsk keeps a ceiling, so that it matters."""
    world = make([("belarus.debt_ceiling", 0.6, "2017-01")], draws=30, horizon="2020-12", off=off)
    while world.month < parse(month) - 1:
        world.step()
    place, name = method.rsplit(".", 1)
    owner = attrgetter(place)(world)

    def stop():
        raise Reached

    setattr(owner, name, stop)
    with pytest.raises(Reached):
        world.step()
    delattr(owner, name)
    return world


class Shaker:
    """Changes one number of a world at a time and looks at it; leaves it as it was."""

    def __init__(self, world):
        self.world = world
        self.kept = {place: part.state() for place, part in self.world.parts().items()}
        self.board = self.world.board

    def seen(self, look):
        """What it comes to; the world is as before."""
        found = np.array(look(self.world), dtype=float)
        for place, part in self.world.parts().items():
            part.load_state(self.kept[place])
        self.world.board = self.board
        return found

    def moved_by(self, looks):
        """Names of numbers by which each of these moves."""
        usual = [self.seen(look) for look in looks]
        moved = [set() for _ in looks]
        for name, change in [*self._states(), *self._levers()]:
            for way in (0, 1):
                for place, (look, before) in enumerate(zip(looks, usual, strict=True)):
                    change(way)
                    now = self.seen(look)
                    if not np.allclose(now, before, rtol=1e-9, atol=1e-12, equal_nan=True):
                        moved[place].add(name)
        return moved

    def _states(self):
        def change(part, name, key):
            def shake(way):
                value = getattr(part, name)
                new = shaken(value if key is None else value[key])[way]
                setattr(part, name, new if key is None else dict(value) | {key: new})

            return shake

        for place, part, name, key in places_of_state(self.world):
            yield (place if key is None else f"{place} {key}"), change(part, name, key)

    def _levers(self):
        board = self.board

        def change(name):
            def shake(way):
                values, scales = dict(board._values), dict(board._scales)
                values[name] = [3 * values[name] + 0.1, 0.3 * values[name]][way]
                self.world.board = LeverBoard(board._levers, values, scales, board.events)

            return shake

        for name in board._levers:
            yield f"lever {name}", change(name)


def told_reading(name):
    """A place that a decision tells, as something to look at."""
    if name.startswith("lever "):
        return lambda world: np.array(world.board._values[name.removeprefix("lever ")], dtype=float)

    def look(world):
        value = attrgetter(name)(world)
        return np.stack(list(value.values())) if isinstance(value, dict) else np.asarray(value)

    return look


@pytest.mark.parametrize("name", MADE)
def test_a_decision_sees_what_is_told_and_nothing_else(name):
    told = all_decisions()[name].sees
    summed = [each for each in told if each in SUMMED_UP and name in OFFERS]
    off = {parameter: value for each in summed for parameter, value in SUMMED_UP[each].items()}
    plain = [each for each in told if each not in summed]
    method, month, made = MADE[name]
    shaker = Shaker(just_before(method, month, off))
    moved, *by_reading = shaker.moved_by([made, *map(told_reading, plain)])
    untold = moved - set().union(*by_reading)
    assert not untold, f"{name} answers what is not told: {sorted(untold)}"
    idle = [reading for reading, by in zip(plain, by_reading, strict=True) if not by & moved]
    assert not idle, f"{name} does not answer {idle}"
    for each in summed:
        rest = {parameter: value for parameter, value in off.items() if parameter not in SUMMED_UP[each]}
        (more,) = Shaker(just_before(method, month, rest)).moved_by([made])
        assert more - moved, f"{name} does not answer {each}"
