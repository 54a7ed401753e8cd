"""Seeds and generators of a world behave as in any Mesa model, and a world pickles and copies with all it holds."""

import copy
import pickle

import mesa
import numpy as np
import pytest

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.policies.scenarios import Scenario
from sinobel.world.shocks import Shocks
from sinobel.world.world import World

SHORT = "2017-12"


def gdp(world):
    world.run_model()
    return world.observe_one("gdp")


def kinds():
    """Seeds of every kind that Mesa takes, made anew so that generators begin where they begin."""
    return {
        "int": 5,
        "numpy int": np.int64(5),
        "large": 2**100,
        "float": 1.5,
        "text": "five",
        "list": [1, 2, 3],
        "sequence": np.random.SeedSequence(5),
        "generator": np.random.default_rng(5),
        "bit generator": np.random.Philox(5),
    }


NAMES = [("seed", kind) for kind in kinds()] + [("rng", kind) for kind in kinds() if kind not in ("float", "text")]


@pytest.mark.filterwarnings("ignore:The use of the `seed` keyword")
@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_a_seed_of_any_kind_gives_one_future(name, kind):
    one, two = (World(**{name: kinds()[kind]}, horizon=SHORT) for _ in range(2))
    assert one.seed == two.seed
    assert gdp(one) == gdp(two) == gdp(World(seed=one.seed, horizon=SHORT))


@pytest.mark.parametrize("name", ["seed", "rng"])
def test_a_number_is_the_seed_of_a_run_under_either_name(name):
    world = World(**{name: np.int64(11)}, horizon=SHORT)
    assert world.seed == 11
    assert gdp(world) == sinobel.run(draws=1, seed=11, horizon=SHORT)["gdp"].values[0, -1]


def test_without_a_seed_every_world_is_another_future_and_says_which():
    one, two = World(horizon=SHORT), World(draws=3, horizon=SHORT, rng=None)
    assert one.seed != two.seed
    assert gdp(one) == gdp(World(seed=one.seed, horizon=SHORT))
    two.run_model()
    assert len(set(two.observe_one("gdp"))) == 3


def test_one_generator_gives_world_after_world_another_future():
    generator = np.random.default_rng(3)
    seeds = [World(rng=generator, horizon=SHORT, collect=False).seed for _ in range(3)]
    assert len(set(seeds)) == 3
    generator = np.random.default_rng(3)
    assert seeds == [World(rng=generator, horizon=SHORT, collect=False).seed for _ in range(3)]


@pytest.mark.parametrize("given", [5, [1, 2, 3], np.random.SeedSequence(7)])
def test_random_and_rng_are_those_of_any_mesa_model(given):
    world, plain = World(rng=copy.deepcopy(given), horizon=SHORT), mesa.Model(rng=copy.deepcopy(given))
    for model in (world, plain):
        if model is world:
            model.step()  # no rule draws from them
    assert [world.random.random(), world.rng.random()] == [plain.random.random(), plain.rng.random()]


@pytest.mark.filterwarnings("ignore:The use of the `seed` keyword")
def test_generators_are_reset_as_in_mesa():
    world, plain = World(rng=5, horizon=SHORT), mesa.Model(seed=5)
    for model in (world, plain):
        model.random.random(), model.rng.random()
        model.reset_randomizer()
        first = model.random.random()
        model.reset_randomizer(8)
        model.reset_rng(9)
        model.told = [first, model.random.random(), model.rng.random()]
    assert world.told == plain.told


@pytest.mark.filterwarnings("ignore:The use of the `seed` keyword")
@pytest.mark.parametrize("how", ["reset_rng", "reset_randomizer"])
def test_a_reset_changes_the_chance_of_the_months_to_come_and_nothing_before(how):
    def run(*resets):
        world = World(seed=5, horizon="2018-12")
        for month in range(24):
            if month == 6:
                for seed in resets:
                    getattr(world, how)(seed)
            world.step()
        return world.datacollector.get_model_vars_dataframe()["oil_price"].to_numpy()

    plain, other, again, back = run(), run(8), run(8), run(8, 5)
    assert np.array_equal(plain[:6], other[:6])
    assert not (plain[6:] == other[6:]).any()
    assert np.array_equal(other, again)
    assert np.array_equal(plain, back)
    assert np.array_equal(plain, run(None))


def test_seeds_that_no_generator_can_be_made_of_are_told():
    for wrong in (-1, True, np.True_, {"seed": 3}, [1, -2]):
        with pytest.raises(InputError, match="seed must be a whole number from 0, or what"):
            World(seed=wrong)
    with pytest.raises(InputError, match="seed must be"):
        World(rng="five")
    with pytest.raises(InputError, match="either seed or rng, not both"):
        World(seed=1, rng=1)


# --- pickling and copying ---


def ways():
    return [lambda world: pickle.loads(pickle.dumps(world)), copy.deepcopy]


@pytest.mark.parametrize("way", ways(), ids=["pickle", "deepcopy"])
@pytest.mark.parametrize("month", [0, 7, 24])
def test_a_copied_world_goes_on_with_the_same_numbers(way, month):
    world = World(ruled(), seed=4, horizon="2018-12")
    for _ in range(month):
        world.step()
    twin = way(world)
    assert twin.datacollector is not world.datacollector
    assert {agent.model for agent in twin.agents} == {twin}
    twin.run_model()
    assert world.steps == month
    assert len(world.datacollector.model_vars["gdp"]) == month
    world.run_model()
    told = [each.datacollector.get_model_vars_dataframe() for each in (world, twin)]
    assert told[0].equals(told[1])
    assert len(told[1]) == twin.steps == 24


def test_worlds_of_many_draws_pickle_too():
    world = World(ruled(), draws=20, seed=4, horizon="2018-12", keep_books=True)
    for _ in range(12):
        world.step()
    twin = pickle.loads(pickle.dumps(world))
    assert not twin.parameters.loans.grace.flags.writeable
    assert len(pickle.dumps(world.shocks)) < 1000  # keyed numbers are made again, not sent
    for each in (world, twin):
        each.run_model()
    for name in ("gdp", "debt_to_china", "grant_element"):
        assert np.array_equal(world.observe_one(name), twin.observe_one(name))
    there, here = world.transactions(2018), twin.transactions(2018)
    assert all(np.array_equal(there[flow][who], here[flow][who]) for flow in there for who in there[flow])


def ruled() -> Scenario:
    return sinobel.scenario("baseline").with_change(
        "russia.lending", 0.5, start="2017-03", when={"indicator": "debt_to_gdp", "above": 0.1}
    )


def test_an_array_is_a_seed_as_it_is_for_numpy():
    assert World(rng=np.array([1, 2]), horizon="2017-12").seed == World(rng=[1, 2], horizon="2017-12").seed


@pytest.mark.parametrize("shocks", [Shocks(1, 0, 1, 24), Shocks(1, 0, 2, 11)])
def test_shocks_of_other_draws_or_fewer_months_are_refused(shocks):
    with pytest.raises(InputError, match="the shocks are for"):
        World(draws=2, horizon="2017-12", shocks=shocks)


def test_a_checkpoint_of_other_draws_is_refused():
    taken = World(draws=2, horizon="2017-12").checkpoint()
    with pytest.raises(InputError, match="this checkpoint holds 2 draws, and the world has 3"):
        World(draws=3, horizon="2017-12").resume(taken)
