"""Banks and Minsk choose among candidate projects by what they bring: each side's choice can be cut.

Expected before the runs: where all projects are known to fail Minsk signs less than half, and the banks, to whom the state
owes or guarantees all of it, lend as before; a dearer loan is signed less by Minsk and liked better by the banks; all goods tied likewise; lost subsidies make power plants worth more than before
beside other projects; and nobody knows which projects fail, so that those signed fail as often as their sectors do.
"""

import numpy as np
import pytest

from sinobel.inputs.loans_and_contracts import SECTORS
from sinobel.world.agents import project_choice
from sinobel.world.world import World
from tests.world.paired.worlds import make, simulate

ENERGY = SECTORS.index("energy")
SIGNED = project_choice.signed
YEAR = 3  # the third January, with changes since the one before


def parts(changes=(), draws=200):
    """Sector of each candidate of a January, the part lent for, and the part signed of that; (slots, draws)."""
    told = {"lent": [], "signed": []}
    with pytest.MonkeyPatch.context() as patch:
        for side, kept in told.items():
            honest = getattr(project_choice, side)

            def watch(parameters, offer, *, honest=honest, kept=kept, **prices):
                kept.append((offer.sectors, honest(parameters, offer, **prices)))
                return kept[-1][1]

            patch.setattr(project_choice, side, watch)
        world = make(changes, draws=draws, horizon="2019-12")
        while world.running:
            world.step()
    (sector, lent), (_, signed) = told["lent"][YEAR - 1], told["signed"][YEAR - 1]
    return sector, lent, signed


@pytest.fixture(scope="module")
def usual():
    return parts()


def changed(lever, value):
    return parts([(lever, value, "2018-06")])


FORESEEN = ("world.failure_foreseen", 1.0, "2018-06")


def test_usual_conditions_leave_what_the_record_has(usual):
    _, lent, signed = usual
    assert np.allclose(lent, 1.0)
    assert abs(signed.mean() - 1.0) < 0.1


def test_what_is_known_to_fail_is_not_signed(usual):
    _, lent, signed = parts([("world.project_failure", 1.0, "2018-06"), FORESEEN])
    assert (lent == usual[1]).all()
    assert signed.mean() < 0.5 * usual[2].mean()


def test_what_nobody_foresees_is_signed():
    """In the January after, before any guarantee is called; and half a foresight signs less than none, more than all."""
    fails = ("world.project_failure", 1.0, "2018-06")
    *_, known = parts([fails, FORESEEN])
    *_, half = parts([fails, ("world.failure_foreseen", 0.5, "2018-06")])
    *_, unseen = parts([fails])
    assert unseen.mean() > half.mean() > known.mean()
    assert unseen.mean() > 0.8 * parts()[-1].mean()


@pytest.mark.parametrize(("lever", "value"), [("china.interest_rate", 0.08), ("china.tied_share", 1.0)])
def test_what_the_banks_gain_minsk_loses(usual, lever, value):
    _, lent, signed = changed(lever, value)
    assert (lent > usual[1]).mean() > 0.9
    assert (signed < usual[2]).mean() > 0.9


def test_where_no_credit_is_concessional_the_banks_gain_and_minsk_loses(usual):
    """Projects that would have had preferential credit are lent for more and signed less.

    The others are lent for as before or a little less, as more of them come as bank lines, which tie less.
    """
    _, lent, signed = changed("china.concessional_share", 0.0)
    dearer = lent > usual[1]
    assert 0.2 < dearer.mean() < 0.95
    assert lent[~dearer].min() > 0.9
    assert lent[~dearer].mean() == pytest.approx(1.0, abs=0.02)
    assert (signed[dearer] < usual[2][dearer]).mean() > 0.9


def test_dear_gas_makes_power_plants_worth_more(usual):
    sector, _, signed = changed("russia.energy_subsidy", 0.0)
    gain = signed / usual[2]
    assert gain[sector == ENERGY].mean() > 1.05 * gain[sector != ENERGY].mean()


def parts_with_fates(turned, signs=SIGNED):
    """The parts lent for and signed, with every candidate's fate `turned` into its opposite or not.

    `signs` stands for Minsk; told it is, besides what Minsk sees, which candidates will fail.
    """
    fates = {}
    honest = World.yearly_chance

    def drawn(world, name):
        chance = honest(world, name)
        if not name.endswith(", fate"):
            return chance
        fates[name] = 1 - chance if turned else chance
        return fates[name]

    def knowing(parameters, offer, **prices):
        failing = np.stack(list(fates.values())) < offer.of_sector(offer.now.odds.failure)
        return signs(parameters, offer, **prices, **({} if signs is SIGNED else {"failing": failing}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(World, "yearly_chance", drawn)
        patch.setattr(project_choice, "signed", knowing)
        _, lent, signed = parts(draws=50)
    return lent, signed


def nobody_knows(signs=SIGNED):
    """Another fate of every candidate changes nothing of what is chosen, but for what failed works cost all Belarus."""
    (lent, signed), (others_lent, others_signed) = (parts_with_fates(turned, signs) for turned in (False, True))
    assert np.array_equal(lent, others_lent)
    assert np.allclose(signed, others_signed, rtol=1e-3)


def test_nobody_knows_which_projects_fail():
    nobody_knows()


@pytest.mark.parametrize("less", [0.1, 0.01])
def test_a_minsk_that_knew_them_would_be_noticed(less):
    """It signs a little less of those that will fail, and no less of all others."""

    def knows(parameters, offer, *, failing, **prices):
        return SIGNED(parameters, offer, **prices) * (1 - less * failing)

    with pytest.raises(AssertionError):
        nobody_knows(knows)


@pytest.mark.parametrize(
    ("side", "lever", "value"),
    [("lent", "china.interest_rate", 0.001), ("signed", "world.project_failure", 1.0)],
    ids=["nearly free", "known to fail"],
)
def test_less_is_lent_because_each_side_chooses(side, lever, value):
    """With one side that takes all, what the other shuns is lent for more than with both."""
    failing = [(lever, value, "2018-06"), FORESEEN]
    both = simulate(failing, draws=200, horizon="2021-12")["loan_commitments"][2:].sum(axis=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_choice, side, lambda parameters, offer, **prices: np.ones_like(offer.sectors))
        one = simulate(failing, draws=200, horizon="2021-12")["loan_commitments"][2:].sum(axis=0)
    assert (one >= both).mean() > 0.9
    assert one.mean() > 1.1 * both.mean()
