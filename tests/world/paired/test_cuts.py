"""Every decision matters: taken away, what must come of it elsewhere no longer does.

Two ways to take a choice away. A decision is **held** to what was decided in the same futures under the other policy, so
that it no longer answers what has changed; all else does, and what is looked at is somebody else's. Or a method gives way to
a **constant**, which is indifference. With the choice the row holds, without it the row fails: a test that passed both ways
would test nothing.
"""

from contextlib import contextmanager
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import pytest

from sinobel.inputs.decisions import all_decisions
from sinobel.world.agents import untied_offers
from sinobel.world.agents.government import Government
from sinobel.world.agents.potash_buyers import PotashBuyers
from sinobel.world.agents.potash_talks import SELLERS, PotashTalks
from sinobel.world.agents.untied_offers import CHINA, DEVELOPMENT, FUND, MARKETS, Offers
from sinobel.world.agents.uralkali import Uralkali
from sinobel.world.ledger import BONDS, MULTI, RUSSIAN, UNTIED
from sinobel.world.places import PLACES
from sinobel.world.rules import potash_contract
from tests.world.paired.test_bargain import cartel_at, settlements
from tests.world.paired.worlds import make, mostly

DECISIONS = all_decisions()
THAW = ("eu.sanctions", "off", "2017-01")
TURN = ("eu.market_access", 1.0, "2017-01")
LOST = ("russia.energy_subsidy", 0.0, "2017-01")
CARTEL = ("russia.cartel", 1.0, "2017-01")
FEW_BUY = ("world.potash_demand", 0.7, "2017-07")  # three tenths of demand, of which houses hold back one to three
REFORM = ("belarus.reform", 1.0, "2017-01")


RIVAL = ("eu.ukraine_competition", 1.0, "2017-01")
EXTENDED = ("eu.sanctions", "extended", "2017-01")
POLITICAL = ("eu.sanctions", "political", "2017-01")
SLUMP = ("russia.growth_shock", -0.05, "2017-01")


SHARE = 0.3
"""Part of an effect that must be due to the decision, or that it must take away, at least."""


class Row(NamedTuple):
    """What must come out: a measure goes one way in nearly all futures when a policy replaces another."""

    changed: list
    base: list
    place: str
    sign: int
    horizon: str = "2018-12"
    held: tuple = ()  # methods in place of those that the decision names, where these do more than decide
    bidder: str = ""  # in place of methods: the lender whose offers are held
    share: float = SHARE

    def measure(self, world):
        place, _, key = self.place.partition(" ")
        value = attrgetter(place)(world)
        return np.asarray(value[key] if key else value)


HELD = {
    "sanctions": Row([EXTENDED], [THAW], "belarus.exporters.eu_goods", -1),
    "access": Row([TURN, THAW], [THAW], "russia.government.tension", +1),
    "energy-support": Row([LOST], [], "belarus.output", -1),
    "direct-investment-from-china": Row([RIVAL], [], "belarus.government.reserves", -1),
    "potash-shipments": Row(
        [("belarus.potash_market_diversification", 0.4, "2017-01")],
        [],
        "china.potash_buyers.landed",
        -1,
        "2017-12",
    ),
    "potash-restraint": Row([CARTEL, FEW_BUY], [CARTEL], "environment.spot", -1, "2017-12", share=0.2),
    "loans-for-projects": Row([RIVAL], [], "belarus.projects.works", -1),
    "loans-paid-out": Row(
        [EXTENDED, ("china.disburse_under_sanctions", False, "2017-01")],
        [EXTENDED],
        "belarus.government.debt",
        -1,
    ),
    "loans-put-off": Row([("china.rescheduling", 1.0, "2017-01")], [], "belarus.government.treasury.service", -1),
    "russian-loans": Row(
        [("china.lending_volume", 3.0, "2017-01")],
        [("china.lending_volume", 0.0, "2017-01")],
        f"belarus.government.treasury.rates {RUSSIAN}",
        -1,
        "2020-12",
        held=("russia.government.bid", "russia.government.bid_again"),
    ),
    "development-loans": Row([POLITICAL], [THAW], f"money.claims {MULTI}", -1, bidder=DEVELOPMENT),
    "fund-program": Row([REFORM], [], f"money.claims {MULTI}", +1, "2019-12", bidder=FUND),
    "bonds": Row([POLITICAL], [THAW], f"money.claims {BONDS}", -1, bidder=MARKETS),
    "choice-of-lenders": Row(
        [("russia.lending", 0.0, "2017-01")],
        [],
        f"money.claims {MULTI}",
        +1,
        held=("belarus.government.debt_office.draw",),
    ),
    "residents": Row([("belarus.zone_law", 0.0, "2017-01")], [], "china.investors.fdi", -1, "2020-12"),
    "reform": Row([("russia.growth_shock", -0.08, "2017-01"), REFORM], [REFORM], "china.investors.fdi", -1, "2019-12"),
    "devaluation": Row([LOST], [], "belarus.gdp", -1, held=("belarus.government._devalue",)),
    "private-spending": Row([("russia.lending", 0.0, "2017-01")], [], "belarus.output", -1),
    "imports": Row([SLUMP], [], "belarus.government.reserves", -1),
    "exports": Row([SLUMP], [], "belarus.importers.total", -1),
    "refining": Row([LOST], [], "belarus.importers.total", -1),
}
"""Decisions that are held, by name: what triggers them, and what they move elsewhere."""

LEDGERS = ("money", "tonnes")


def differences(row, held=(), bidder=""):
    """The measure under the policy less that under the other; `held` methods and a `bidder` do not answer it."""
    worlds = [make(changes, draws=60, horizon=row.horizon) for changes in (row.base, row.changed)]
    kept = {}
    for method in held:
        place, _, name = method.rpartition(".")
        for world, after in zip(worlds, (_keep, _hold), strict=True):
            agent = attrgetter(place)(world)
            setattr(agent, name, after(world, getattr(agent, name), agent, kept.setdefault(method, [])))
    with offers_held(worlds, bidder):
        while worlds[0].running:
            for world in worlds:
                world.step()
    usual, changed = (row.measure(world) for world in worlds)
    return changed - usual


def _values(world):
    """All state by place and name; what is paid is told apart."""
    return {
        (place, name): getattr(attrgetter(place)(world), name)
        for place, owner in PLACES.items()
        if place not in LEDGERS
        for name, each in owner.declared.items()
        if each.kind == "moves"
    }


@contextmanager
def _payments(world, enter):
    """Payments are told to `enter` instead of being made."""
    with pytest.MonkeyPatch.context() as patch:
        for ledger in LEDGERS:
            owner = getattr(world, ledger)
            patch.setattr(owner, "pay", enter(ledger, owner.pay))
        yield


def _keep(world, decide, agent, kept):
    """A decision whose outcome is kept: all that it changes, wherever it stands, and what it pays."""

    def decided(*given, **named):
        before, paid = _values(world), []

        def enter(ledger, pay):
            def enters(*amounts, **claim):
                paid.append((ledger, amounts, claim))
                pay(*amounts, **claim)

            return enters

        with _payments(world, enter):
            result = decide(*given, **named)
        made = {place: value for place, value in _values(world).items() if value is not before[place]}
        parts = {name: getattr(agent, name).state() for name, each in agent.declared.items() if each.kind == "part"}
        kept.append((made, parts, paid, result))
        return result

    return decided


def _hold(world, decide, agent, kept):
    """A decision that comes out as it was kept, whatever it sees."""

    def decided(*given, **named):
        with _payments(world, lambda ledger, pay: lambda *amounts, **claim: None):
            decide(*given, **named)
        made, parts, paid, result = kept.pop(0)
        for (place, name), value in made.items():
            setattr(attrgetter(place)(world), name, value)
        for name, state in parts.items():
            getattr(agent, name).load_state(state)
        for ledger, amounts, claim in paid:
            getattr(world, ledger).pay(*amounts, **claim)
        return result

    return decided


@contextmanager
def offers_held(worlds, bidder):
    """One lender offers in the second world what it offers in the first, and opens its door where it does there."""
    of_year, open_now, kept = untied_offers.of_year, untied_offers.open_now, {"year": [], "now": []}

    def alike(world, offered, when):
        if not bidder or world not in worlds:
            return offered
        if world is worlds[0]:
            kept[when].append(offered[bidder])
            return offered
        return offered | {bidder: kept[when].pop(0)}

    def yearly(world, borrower):
        offers = of_year(world, borrower)
        return Offers(alike(world, offers.amounts, "year"), alike(world, offers.rates, "year"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(untied_offers, "of_year", yearly)
        patch.setattr(untied_offers, "open_now", lambda world, agreed: alike(world, open_now(world, agreed), "now"))
        yield


def answers(row, held=(), bidder=""):
    """The measure moves as it must, and a good part of it because of the decision that is held."""
    free, without = differences(row), differences(row, held, bidder)
    mostly(free, row.sign, share=0.8, strictly=0.7)
    assert abs(free.mean() - without.mean()) > row.share * abs(free.mean()), (
        f"{free.mean():.4g}, held {without.mean():.4g}"
    )


@pytest.mark.parametrize("name", HELD)
def test_what_is_decided_moves_somebody_else(name):
    row = HELD[name]
    answers(row, () if row.bidder else row.held or DECISIONS[name].does, row.bidder)


@pytest.mark.parametrize("idle", ["china.residents.open_year", "belarus.belaruskali.ship"])
def test_a_decision_that_answers_nothing_is_noticed(idle):
    """Residents and Belaruskali have no part in what dear energy does to output."""
    with pytest.raises(AssertionError, match="held"):
        answers(HELD["energy-support"], (idle,))


# --- the table of potash, side by side --------------------------------------------------------------------------------


def talks(cut=None, *, changes=(), off=None):
    """Settlements and months of five years, with a choice taken away; `cut` changes what the agents are made of."""
    with pytest.MonkeyPatch.context() as patch:
        if cut:
            cut(patch)
        return settlements(changes, draws=100, horizon="2021-12", off=off)


def never_closed(patch):
    """Buyers never shut the market."""
    patch.setattr(PotashBuyers, "_close_or_open", lambda buyers: setattr(buyers, "closed", buyers.full(0.0) > 1))


def price_of_the_day(patch):
    """Buyers offer spot to everybody and do not care for more or less."""
    patch.setattr(potash_contract, "highest_price", lambda *, spot, **_: spot * 1.0)
    patch.setattr(potash_contract, "offered_price", lambda *, highest, **_: highest * 1.0 + 0.0 * np.zeros((3, 1)))


def buyers_sign_anything(patch):
    """Buyers turn nobody away, whatever it costs."""
    patch.setattr(potash_contract, "highest_price", lambda *, spot, **_: 10.0 * spot)
    patch.setattr(potash_contract, "offered_price", lambda *, least, **_: least * 1.0)
    patch.setattr(PotashTalks, "_views", lambda table: np.zeros((3, 1)) - 1.0)


def seller(name, view):
    """A seller takes whatever is offered, or nothing, whatever it alone sees."""

    def cut(patch):
        views = PotashTalks._views

        def seen(table):
            found = views(table).copy()
            found[SELLERS.index(name)] = view
            return found

        patch.setattr(PotashTalks, "_views", seen)

    return cut


def closures_happen(cut=None):
    _, months = talks(cut)
    assert months["closed"].mean() > 0.0005


def patience_pays(cut=None):
    usual, patient = (talks(cut, changes=way)[0] for way in ((), [("china.contract_timing", 4.0, "2017-01")]))
    assert patient["ratio"].mean() < usual["ratio"].mean() - 0.01


def buyers_wait_where_spot_falls(cut=None):
    signed, _ = talks(cut)
    assert signed["wait"][signed["fall"] < 0.9].mean() > 2


def belaruskali_refuses(cut=None):
    _, months = talks(cut)
    weak = months["weak"]
    assert months["refused"][weak].sum() > 0.03 * months["offered"][weak].sum()


def led(name, cut=None):
    """Share of months in which a seller is the one who settled first in the last round."""
    with pytest.MonkeyPatch.context() as patch:
        if cut:
            cut(patch)
        world = make(draws=100, horizon="2020-12")
        while world.running:
            world.step()
        return world.china.potash_buyers.talks.led[SELLERS.index(name)].mean()


def uralkali_leads_at_times(cut=None):
    assert 0.1 < led("uralkali", cut) < 0.7


def canpotex_leads_at_times(cut=None):
    assert 0.1 < led("canpotex", cut) < 0.7


def the_cartel_may_break(cut=None):
    with pytest.MonkeyPatch.context() as patch:
        if cut:
            cut(patch)
        assert 0.05 < 1 - cartel_at("2014-12", draws=100).mean() < 0.5


def a_limit_on_ties_keeps_loans_away(cut=None):
    signed = []
    with pytest.MonkeyPatch.context() as patch:
        if cut:
            cut(patch)
        for limit in ([], [("belarus.tied_share_limit", 0.3, "2017-01")]):
            world = make(limit, draws=80, horizon="2018-12")
            signed.append(0.0)
            while world.running:
                world.step()
                signed[-1] = signed[-1] + world.china.policy_banks.committed
    mostly(signed[1] - signed[0], -1)


def minsk_signs_anything(patch):
    """Belarus signs whatever is offered."""
    patch.setattr(Government, "accept", lambda government, tied_share: np.ones_like(tied_share))


def china_comes_in_where_russia_leaves(cut=None):
    row = Row([("russia.lending", 0.0, "2017-01")], [], f"belarus.government.borrowed {UNTIED}", +1)
    with pytest.MonkeyPatch.context() as patch:
        if cut:
            cut(patch)
        mostly(differences(row), row.sign, strictly=0.3)


def china_lends_what_it_has_signed(patch):
    """Chinese banks offer no untied money for a strain."""
    asked = untied_offers.when_asked
    alone = lambda world, *given: asked(world, *given) | {CHINA: world.china.policy_banks.line_available()}  # noqa: E731
    patch.setattr(untied_offers, "when_asked", alone)


def nobody_chooses(patch):
    """Both houses keep what they have."""
    patch.setattr(Uralkali, "_choose", lambda house: None)


CONSTANT = {
    "potash-closure": [(closures_happen, never_closed)],
    "potash-offer": [(patience_pays, price_of_the_day), (buyers_wait_where_spot_falls, buyers_sign_anything)],
    "potash-settlement": [
        (belaruskali_refuses, seller("belaruskali", -10.0)),
        (uralkali_leads_at_times, seller("uralkali", 10.0)),
        (canpotex_leads_at_times, seller("canpotex", 10.0)),
    ],
    "potash-cartel": [(the_cartel_may_break, nobody_chooses)],
    "loans-accepted": [(a_limit_on_ties_keeps_loans_away, minsk_signs_anything)],
    "chinese-untied-credit": [(china_comes_in_where_russia_leaves, china_lends_what_it_has_signed)],
}
"""Decisions that give way to a constant: a row, and what takes the choice away."""
CASES = [(name, row, cut) for name, cuts in CONSTANT.items() for row, cut in cuts]


@pytest.mark.parametrize(("name", "row", "cut"), CASES, ids=[f"{name}, {row.__name__}" for name, row, _ in CASES])
def test_a_constant_in_place_of_a_choice_breaks_the_row(name, row, cut):
    assert name in DECISIONS
    row()
    with pytest.raises(AssertionError):
        row(cut)


def test_every_decision_is_taken_away_somewhere():
    assert {*HELD, *CONSTANT} == set(DECISIONS)
    assert not set(HELD) & set(CONSTANT)
