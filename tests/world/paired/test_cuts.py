"""Every decision matters: taken away, a row that must come out no longer does.

Two ways to take a choice away. An agent is **held** to what it decided in the same futures under the other policy, so
that it no longer answers what has changed; or its method gives way to a **constant**, which is indifference. With the
choice the row holds, without it the row fails: a test that passed both ways would test nothing.
"""

from operator import attrgetter
from typing import NamedTuple

import numpy as np
import pytest

from sinobel.inputs.decisions import all_decisions
from sinobel.world.agents import untied_offers
from sinobel.world.agents.government import Government
from sinobel.world.agents.potash_buyers import PotashBuyers
from sinobel.world.agents.potash_talks import SELLERS, PotashTalks
from sinobel.world.agents.untied_offers import CHINA, DEVELOPMENT, FUND, MARKETS
from sinobel.world.agents.uralkali import Uralkali
from sinobel.world.ledger import UNTIED
from sinobel.world.rules import potash_contract
from tests.world.paired.test_bargain import cartel_at, settlements
from tests.world.paired.worlds import make, mostly

DECISIONS = all_decisions()
THAW = ("eu.sanctions", "off", "2017-01")
TURN = ("eu.market_access", 1.0, "2017-01")
LOST = ("russia.energy_subsidy", 0.0, "2017-01")
CARTEL = ("russia.cartel", 1.0, "2017-01")
REFORM = ("belarus.reform", 1.0, "2017-01")


class Row(NamedTuple):
    """What must come out: a measure goes one way in nearly all futures when a policy replaces another."""

    changed: list
    base: list
    measure: object
    sign: int
    horizon: str = "2018-12"


HELD = {
    "sanctions": Row([("eu.sanctions", "extended", "2017-01")], [THAW], lambda world: world.eu.access, -1),
    "access": Row([TURN, THAW], [THAW], lambda world: world.china.investors.fdi, +1),
    "energy-support": Row([LOST], [], lambda world: world.belarus.refineries.exports, -1),
    "direct-investment-from-china": Row([REFORM], [], lambda world: world.china.investors.fdi, +1),
    "potash-shipments": Row(
        [("belarus.potash_market_diversification", 0.4, "2017-01")],
        [],
        lambda world: world.belarus.belaruskali.shipped,
        -1,
    ),
    "potash-restraint": Row(
        [CARTEL, ("world.potash_demand", 0.7, "2017-07")],
        [CARTEL],
        lambda world: world.belarus.belaruskali.sold_elsewhere / world.environment.demand,
        -1,
        "2017-12",
    ),
    "loans-for-projects": Row(
        [("eu.ukraine_competition", 1.0, "2017-01")], [], lambda world: world.china.policy_banks.willing, -1
    ),
    "loans-paid-out": Row(
        [("eu.sanctions", "extended", "2017-01"), ("china.disburse_under_sanctions", False, "2017-01")],
        [],
        lambda world: world.china.policy_banks.release,
        -1,
    ),
    "loans-put-off": Row(
        [("china.rescheduling", 1.0, "2017-01")], [], lambda world: world.china.policy_banks.principal, -1
    ),
    "russian-loans": Row(
        [("china.lending_volume", 3.0, "2017-01")],
        [("china.lending_volume", 0.0, "2017-01")],
        lambda world: world.russia.government.rate,
        -1,
        "2020-12",
    ),
    "development-loans": Row(
        [("eu.sanctions", "political", "2017-01")],
        [THAW],
        lambda world: world.belarus.government.debt_office.agreed[DEVELOPMENT],
        -1,
    ),
    "fund-program": Row([REFORM], [], lambda world: world.belarus.government.debt_office.agreed[FUND], +1, "2019-12"),
    "bonds": Row(
        [("eu.sanctions", "political", "2017-01")],
        [THAW],
        lambda world: world.belarus.government.debt_office.agreed[MARKETS],
        -1,
    ),
    "choice-of-lenders": Row(
        [("russia.lending", 0.0, "2017-01")],
        [],
        lambda world: world.belarus.government.borrowed["bonds"] + world.belarus.government.borrowed["multilateral"],
        +1,
    ),
    "residents": Row(
        [("belarus.zone_law", 0.0, "2017-01")], [], lambda world: world.china.residents.count, -1, "2020-12"
    ),
    "reform": Row(
        [("russia.growth_shock", -0.08, "2017-01"), REFORM],
        [REFORM],
        lambda world: world.belarus.government.reform,
        -1,
        "2019-12",
    ),
    "devaluation": Row([LOST], [], lambda world: world.belarus.government.months_since_devaluation, -1, "2019-12"),
    "private-spending": Row([LOST], [], lambda world: world.belarus.banks_and_firms.spending, -1),
    "imports": Row([("russia.growth_shock", -0.05, "2017-01")], [], lambda world: world.belarus.importers.china, -1),
    "exports": Row([REFORM], [], lambda world: world.belarus.exporters.china_goods, +1, "2019-12"),
    "refining": Row([LOST], [], lambda world: world.belarus.refineries.runs, -1),
}
"""Decisions whose agent is held, by name."""


def differences(row, held=()):
    """The measure under the policy less that under the other; `held` are methods whose agents do not answer it."""
    worlds = [make(changes, draws=80, horizon=row.horizon) for changes in (row.base, row.changed)]
    kept = {}
    for method in held:
        place, _, name = method.rpartition(".")
        for world, after in zip(worlds, (_keep, _hold), strict=True):
            agent = attrgetter(place)(world)
            setattr(agent, name, after(getattr(agent, name), agent, kept, method))
    while worlds[0].running:
        for world in worlds:
            world.step()
    usual, changed = (np.asarray(row.measure(world)) for world in worlds)
    return changed - usual


def _keep(decide, agent, kept, method):
    """A decision that is kept after it was made."""

    def decided(*given, **named):
        result = decide(*given, **named)
        kept[method] = (agent.state(), result)
        return result

    return decided


def _hold(decide, agent, kept, method):
    """A decision that is made as it was kept, whatever the agent sees."""

    def decided(*given, **named):
        decide(*given, **named)
        state, result = kept[method]
        agent.load_state(state)
        return result

    return decided


@pytest.mark.parametrize("name", HELD)
def test_an_agent_that_does_not_answer_breaks_the_row(name):
    row = HELD[name]
    mostly(differences(row), row.sign, share=0.8, strictly=0.3)
    with pytest.raises(AssertionError):
        mostly(differences(row, DECISIONS[name].does), row.sign, share=0.8, strictly=0.3)


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
    row = Row([("russia.lending", 0.0, "2017-01")], [], lambda world: world.belarus.government.borrowed[UNTIED], +1)
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
