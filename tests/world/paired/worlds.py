"""Paired worlds: the same futures under two policies, or with one parameter switched off."""

import contextlib

import numpy as np
import pytest

from sinobel.inputs.loans_and_contracts import EVENTS
from sinobel.policies import scenarios
from sinobel.runs.trajectories import to_years
from sinobel.world.agents import project_choice
from sinobel.world.agents.loan_book import PROJECT
from sinobel.world.agents.loan_terms import Terms
from sinobel.world.draws import ParameterDraws, draw_from_prior
from sinobel.world.readings import observe
from sinobel.world.shocks import Shocks
from sinobel.world.world import World

BASE = scenarios.load("baseline")
SEED = 21


def policy(*changes):
    """Baseline with changes (lever, value, start) or (lever, value, start, until)."""
    result = BASE
    for lever, value, start, *until in changes:
        result = result.with_change(lever, value, start=start, until=until[0] if until else None, name="changed")
    return result


def simulate(changes=(), *, draws=400, origin="2016-12", horizon="2024-12", off=None, each_month=None):
    """Yearly values by indicator, (years, draws), under some changes of levers; `off` overrides parameters."""
    world = make(changes, draws=draws, origin=origin, horizon=horizon, off=off)
    names, rows = None, []
    while world.running:
        world.step()
        seen = observe(world)
        names = names or list(seen)
        rows.append([seen[name] for name in names])
        if each_month:
            each_month(world)
    world.close()
    return to_years(names, np.swapaxes(np.array(rows), 0, 1))


def make(changes=(), *, draws=400, origin="2016-12", horizon="2024-12", off=None):
    """A world under some changes of levers; `off` overrides parameters by name."""
    chosen = changes if isinstance(changes, scenarios.Scenario) else policy(*changes)
    count = 12 * (int(horizon[:4]) - int(origin[:4]))
    shocks = Shocks(SEED, 0, draws, count)
    values = dict(draw_from_prior(shocks).values)
    for name, value in (off or {}).items():
        assert name in values, name
        values[name] = np.full(draws, float(value))
    return World(
        chosen,
        draws,
        SEED,
        origin=origin,
        horizon=horizon,
        collect=False,
        shocks=shocks,
        parameters=ParameterDraws(values),
    )


def sign_event(book, event, amount, rate, grace, repayment, *, guaranteed, tied_share=None, kind=(-1.0, -1.0)):
    """Sign one loan in a row of the loan book that waits for events, as a scenario with this loan would; (draws,).

    Without a tied share it has that of credit for one contract.
    """

    def in_its_row(value, elsewhere=0.0):
        rows = np.full((EVENTS, len(amount)), elsewhere)
        rows[event] = value
        return rows

    tied = book.tied_shares[PROJECT] if tied_share is None else tied_share
    terms = Terms(
        preferential=in_its_row(rate),
        commercial=rate,
        concessional=1.0,
        lines=0.0,
        grace=in_its_row(grace),
        repayment=in_its_row(repayment, 1.0),
        guaranteed=in_its_row(guaranteed),
        tied_limit=1.0,
    )
    book.sign_events(
        in_its_row(amount),
        terms,
        in_its_row(tied),
        kind=tuple(in_its_row(each) for each in kind),
        fate=in_its_row(0.5),
    )


@contextlib.contextmanager
def taking_all_candidates():
    """Banks and Minsk take the year's candidate projects as they are drawn, whatever they are worth."""
    with pytest.MonkeyPatch.context() as patch:
        for side in ("lent", "signed"):
            patch.setattr(project_choice, side, lambda parameters, offer, **prices: np.ones_like(offer.sectors))
        yield


def effect(name, changed, base, year):
    """Difference of an indicator in a simulated year (1 is the first), draw by draw."""
    return changed[name][year - 1] - base[name][year - 1]


def mostly(values, sign, share=0.9, *, strictly=0.5):
    """In at least `share` of futures the effect does not go the wrong way, and in `strictly` it goes the right way."""
    right, wrong = (values * sign > 0).mean(), (values * sign < -1e-9).mean()
    assert right >= strictly, f"the effect has the expected sign in only {right:.0%} of futures"
    assert wrong <= 1 - share, f"the effect has the wrong sign in {wrong:.0%} of futures"
    assert values.mean() * sign > 0, f"mean effect {values.mean():.4g} has the wrong sign"
