"""What a decision is said to see is what moves it: all else is changed one by one, and what is told, too.

A month is stopped where the decision is due, one number of the world is changed at a time, state or lever, up and down, and
the decision is made. What moves its outcome must be told, or move a reading that is told; and what is told must move it.
Two readings sum up a tender: how strained it is, and what rivals would cost. Where a lender is said to look at one of them,
lenders answer nothing to it while all else is tried, so that it hides nothing.

Not changed are single loans of the loan book, whose amounts must add up to each other, so that how much there is to draw or
to put off is left out; what an origin sets for good; numbers that no draw tells apart, as the calendar; and chance. What an
agent itself has carried over from the month before, a swing or where it stood (`own`), is nothing that it looks at.
"""

from operator import attrgetter
from typing import NamedTuple

import numpy as np
import pytest

from sinobel.inputs.decisions import all_decisions
from sinobel.inputs.months import parse
from sinobel.policies.lever_path import LeverBoard
from sinobel.world.agents.untied_offers import CHINA, DEVELOPMENT, FUND, MARKETS, RUSSIA, open_now
from sinobel.world.places import PLACES
from sinobel.world.rules import potash_cartel
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


def done(method, *places):
    """A method of the month is called, and what these places come to."""

    def look(world):
        attrgetter(method)(world)()
        return np.stack([np.asarray(attrgetter(place)(world), dtype=float) for place in places])

    return look


def offered_by_buyers(world):
    """The price above which buyers of potash do not go, and what they offer each seller, whatever it answers."""
    buyers, offers = world.china.potash_buyers, []
    buyers.talks._sign = lambda accepted, price, following: offers.append(price)
    buyers.settle()
    del buyers.talks._sign
    return np.vstack([*offers, buyers.talks.highest])


def limits_of_sellers(world):
    """The price below which each seller does not settle."""
    buyers = world.china.potash_buyers
    buyers.settle()
    return buyers.talks.least


def odds_of_a_flood(world):
    """The chance that each house floods, and how far the cartel stands."""
    chances, chance_of_flooding = [], potash_cartel.chance_of_flooding
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            potash_cartel,
            "chance_of_flooding",
            lambda **worths: chances.append(chance_of_flooding(**worths)) or chances[-1],
        )
        world.russia.uralkali.choose_output()
    return np.vstack([*chances, world.russia.uralkali.cartel])


def offered_by_banks(world):
    """What the banks lend for of the year's candidates, and how much they offer when Minsk takes all."""
    banks = world.china.policy_banks
    banks.open_year()
    banks.consent = (world.full(1.0), world.full(1.0))
    banks.willing = banks._willingness()
    return np.stack([*banks.eligible, banks.willing, banks._offer()])


def signed_by_minsk(world):
    """What Minsk signs of the year's candidates, and what its limits let pass."""
    banks = world.china.policy_banks
    banks.open_year()
    return np.stack([*banks.consent, world.full(1.0) * world.belarus.government.accept(banks._tied_share())])


def joined(world):
    """Residents that join."""
    before = world.china.residents.count
    world.china.residents.open_year()
    return world.china.residents.count - before


CEILING = (("belarus.debt_ceiling", 0.6, "2017-01"),)
"""Minsk keeps a ceiling, so that it matters."""
STANDING = (("russia.cartel", 1.0, "2018-01"), ("china.market_closure", True, "2018-01"))
"""The cartel stands, and China shuts its market."""
FAILING = (("world.project_failure", 0.5, "2017-01"), ("world.failure_foreseen", 0.5, "2017-01"))
"""Projects fail that would work, and half of that is foreseen."""
HALF_BROKEN = (("russia.cartel", 1.0, "2017-06"), ("russia.cartel", 0.5, "2018-01"), STANDING[1])
"""The houses keep half of their cartel and chase as much."""
LOST = (("russia.energy_subsidy", 0.0, "2019-01"), ("russia.lending", 0.0, "2019-01"))
"""Money is short."""
CUT_OFF = (("eu.sanctions", "extended", "2017-01"), ("china.disburse_under_sanctions", False, "2017-01"))


class Made(NamedTuple):
    """The method of the month before which it stops, a month in which a decision is made, its outcome, in which world."""

    method: str
    month: str
    look: object
    own: tuple = ()
    changes: tuple = CEILING
    off: dict = {}  # noqa: RUF012, never changed
    draws: int = 30
    origin: str = "2016-12"


def plain(method, month, *places, **rest):
    """A decision that is a method of the month and what some places come to."""
    return Made(method, month, done(method, *places), **rest)


EXPORTERS, FIRMS, IMPORTERS = "belarus.exporters", "belarus.banks_and_firms", "belarus.importers"
MINE = "belarus.belaruskali"
BUYERS, BANKS, REFINERIES = "china.potash_buyers", "china.policy_banks", "belarus.refineries"
YEAR = f"{BANKS}.open_year"


def all_of(place, *names):
    return tuple(f"{place}.{name}" for name in names)


OWN_BOOKS = all_of(MINE, *("backlog", "made_up", "bunching", "market_share", "share_swing", "expected_sales"))

MADE = {name: Made(GAP, "2020-01", offer_of(bidder)) for name, bidder in OFFERS.items()} | {
    "energy-support": Made("russia.government.decide_support", "2020-01", energy_support),
    "choice-of-lenders": Made(GAP, "2020-07", choice),
    "sanctions": plain(
        "eu.council.decide",
        "2020-01",
        "eu.council.sanctions",
        own=("eu.council.months_left",),
        draws=300,
        off={"politics.sanction_years": 1.5},
    ),
    "access": plain("eu.council.react", "2020-01", "eu.council.access"),
    "direct-investment-from-china": plain("china.investors.invest", "2020-01", "china.investors.fdi"),
    "residents": Made("china.residents.open_year", "2020-01", joined, draws=300),
    "potash-closure": plain(f"{BUYERS}._close_or_open", "2017-04", f"{BUYERS}.closed", draws=300),
    "potash-offer": Made(f"{BUYERS}.settle", "2017-04", offered_by_buyers),
    "potash-cartel": Made(
        "russia.uralkali.choose_output",
        "2012-07",
        odds_of_a_flood,
        own=("russia.uralkali.stands", "russia.uralkali.lasting"),
        draws=300,
        origin="2011-12",
    ),
    "potash-settlement": Made(f"{BUYERS}.settle", "2018-03", limits_of_sellers, changes=STANDING),
    "potash-restraint": plain(
        "russia.uralkali.hold_back", "2018-03", "russia.uralkali.withheld", changes=HALF_BROKEN, draws=100
    ),
    "potash-shipments": plain(
        f"{MINE}.ship",
        "2018-03",
        *all_of(MINE, "shipped", "sold_elsewhere", "output", "backlog"),
        own=OWN_BOOKS,
        changes=STANDING,
    ),
    "loans-for-projects": Made(YEAR, "2020-01", offered_by_banks),
    "loans-accepted": Made(YEAR, "2020-01", signed_by_minsk, changes=(*CEILING, *FAILING)),
    "loans-paid-out": plain(
        f"{BANKS}.disburse", "2020-01", f"{BANKS}.release", own=(f"{BANKS}.pace_swing",), changes=CUT_OFF
    ),
    "loans-put-off": plain(f"{BANKS}.collect", "2020-01", f"{BANKS}.rescheduled", changes=LOST),
    "reform": plain(
        "belarus.government.react",
        "2020-01",
        "belarus.government.reform",
        own=("belarus.government.reform",),
        changes=(("russia.growth_shock", -0.08, "2019-01"),),
    ),
    "devaluation": plain("belarus.government._devalue", "2019-06", "belarus.devaluation", changes=LOST, draws=100),
    "private-spending": plain(
        f"{FIRMS}.act",
        "2020-01",
        *all_of(FIRMS, "spending", "other_capital"),
        own=all_of(FIRMS, "spending", "used_to", "other_capital_level", "swing_of_capital"),
    ),
    "imports": plain(
        f"{IMPORTERS}.order",
        "2020-01",
        *all_of(IMPORTERS, "china", "russia", "eu", "rest"),
        own=all_of(IMPORTERS, "china_share", "propensity"),
    ),
    "exports": plain(
        f"{EXPORTERS}.sell",
        "2020-01",
        *all_of(EXPORTERS, "china_goods", "russia", "eu_goods", "rest_goods", "services"),
        own=all_of(
            EXPORTERS,
            *("china_goods", "russia_path", "eu_path", "rest_path", "russia_swing", "eu_swing", "rest_swing", "swing"),
            *("eu_orders", "common_own", "rouble", "reform_gain", "variety", "drive", "past_exchange_rate"),
        ),
        changes=(("belarus.export_drive", 1.0, "2017-01"),),
    ),
    "refining": plain(
        f"{REFINERIES}.refine",
        "2020-01",
        *all_of(REFINERIES, "crude", "runs"),
        own=all_of(REFINERIES, "runs", "swing"),
    ),
}
"""How each decision is made, by name."""


def shaken(value, unit):
    """A number far above what it was, and one far below; yes and no; an index at its end turns."""
    if isinstance(value, np.ndarray) and value.dtype == bool:
        return [np.ones_like(value), np.zeros_like(value)]
    turned = (0, 1) if unit == "index 0-1" else ()
    below = mapped(value, lambda array: np.where(np.isin(array, turned), 1 - array, 0.3 * array))
    return [mapped(value, lambda array: 3 * array + 0.1), below]


def places_of_state(world):
    """Numbers that move, by place; claims one by one."""
    for place in PLACES:
        part = attrgetter(place)(world)
        for name, declaration in part.declared.items():
            value = getattr(part, name)
            if declaration.kind == "moves" and isinstance(value, dict):
                yield from ((f"{place}.{name}", part, name, key) for key in value)
            elif declaration.kind == "moves" and (isinstance(value, tuple) or value.dtype in (float, bool)):
                yield f"{place}.{name}", part, name, None


class Reached(Exception):
    """A month has come to a decision."""


def just_before(made, off=None):
    """A world in the middle of a month, where a method is about to be called; `off` overrides parameters."""
    world = make(made.changes, draws=made.draws, origin=made.origin, horizon="2020-12", off={**made.off, **(off or {})})
    while world.month < parse(made.month) - 1:
        world.step()
    place, name = made.method.rsplit(".", 1)
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
                new = shaken(value if key is None else value[key], part.declared[name].unit)[way]
                setattr(part, name, new if key is None else dict(value) | {key: new})

            return shake

        for place, part, name, key in places_of_state(self.world):
            yield (place if key is None else f"{place} {key}"), change(part, name, key)

    def _levers(self):
        board = self.board

        def change(name):
            def shake(way):
                values, scales = dict(board._values), dict(board._scales)
                if np.isnan(values[name]).any():  # left alone: the world says what it is
                    values[name] = float(board._levers[name].limits[way])
                else:
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
    made, told = MADE[name], all_decisions()[name].sees
    summed = [each for each in told if each in SUMMED_UP and name in OFFERS]
    off = {parameter: value for each in summed for parameter, value in SUMMED_UP[each].items()}
    single = [each for each in told if each not in summed]
    moved, *by_reading = Shaker(just_before(made, off)).moved_by([made.look, *map(told_reading, single)])
    untold = moved - set().union(*by_reading, made.own)
    assert not untold, f"{name} answers what is not told: {sorted(untold)}"
    idle = [reading for reading, by in zip(single, by_reading, strict=True) if not by & moved]
    assert not idle, f"{name} does not answer {idle}"
    for each in summed:
        rest = {parameter: value for parameter, value in off.items() if parameter not in SUMMED_UP[each]}
        (more,) = Shaker(just_before(made, rest)).moved_by([made.look])
        assert more - moved, f"{name} does not answer {each}"
    assert set(made.own) <= moved
    assert all(each.rpartition(".")[0] == made.method.rpartition(".")[0] for each in made.own)


def test_every_decision_is_held_to_what_it_sees():
    assert set(MADE) == set(all_decisions())
