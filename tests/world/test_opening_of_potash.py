"""Recorded years of potash are read net of what the houses of the cartel held back in them.

Signs were expected before the runs; sizes behind the first test had been measured by a reader of the code.
"""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.evidence import shipped_evidence
from sinobel.world.opening import potash, potash_record
from sinobel.world.opening.potash_capacity import world_capacity
from tests.world.paired.worlds import make


def past_at(origin, turns=None, draws=50):
    """What is known and drawn at an origin, and the past as it is read there."""
    month, evidence = months.parse(origin), shipped_evidence()
    known = evidence.record.known_at(month)
    p = make(draws=draws, origin=origin, horizon=f"{known.year + 1}-12").parameters.potash
    capacity = world_capacity(known, evidence, p, known.year + 1)
    with pytest.MonkeyPatch.context() as patch:
        if turns is not None:
            patch.setattr(potash, "TURNS", turns)
        return known, p, potash.read_past(known, evidence.contracts, p, capacity)


def test_houses_hold_back_less_where_spot_stood_higher_above_what_was_warranted():
    """In 2012 they remember 470; the dearer spot was, the more demand it kept away, and the less was to be held up."""
    _, p, past = past_at("2012-12")
    cheap, recorded, dear = (past.withheld(p, 2012, spot) for spot in (250.0, 485.0, 900.0))
    assert (cheap >= recorded).all()
    assert (recorded >= dear).all()
    assert cheap.mean() > recorded.mean() + 0.02 > dear.mean() + 0.02


def test_what_was_held_up_is_no_part_of_the_price_level():
    """From 2009 a market in which nobody could hold back reads as dearer, and Belarus as a smaller seller."""
    free = make(draws=50, origin="2009-12", horizon="2010-12", off={"potash.largest_restraint": 0.0})
    held = make(draws=50, origin="2009-12", horizon="2010-12")
    assert (held.environment.cost_level < free.environment.cost_level - 0.02).mean() > 0.9
    assert (held.belarus.belaruskali.rest_share > free.belarus.belaruskali.rest_share * 1.03).mean() > 0.9


def test_without_a_cartel_the_record_is_read_as_it_is():
    _, p, past = past_at("2016-12")
    for year in (2015, 2016):
        assert (past.withheld(p, year, 200.0) == 0).all()


def test_the_flood_after_the_break_is_read_as_what_they_added():
    """Five months of 2013 and seven of 2014, as it faded: spot of both years is read as lower by it."""
    _, p, past = past_at("2014-12")
    for year in (2013, 2014):
        chased = past.chased(p, year, potash_record.flood_of_year(year, p))
        assert (chased > 0).all()
        assert (past.withheld(p, year, 2000.0) == past.given_up(p, year, 2000.0) - chased).all()
        assert (past.held(p, year, 2000.0) < 0).mean() > 0.9, "in few futures they gave up more in those years"


@pytest.mark.parametrize("origin", ["2009-12", "2012-12"])
def test_the_level_and_what_was_held_up_at_it_stand_still(origin):
    (_, _, some), (_, _, more) = past_at(origin), past_at(origin, turns=potash.TURNS + 2)
    assert np.abs(some.level - more.level).max() < 0.01
