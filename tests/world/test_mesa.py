"""With one draw the world is an ordinary Mesa model: stepping, collecting, batch runs, agent sets."""

import inspect

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.world.agents.country import Country
from sinobel.world.agents.government import Government
from sinobel.world.agents.policy_banks import PolicyBanks
from sinobel.world.agents.potash_buyers import PotashBuyers
from sinobel.world.world import World


def test_the_world_is_a_mesa_model_whose_step_is_a_month():
    world = sinobel.World("baseline", draws=1, horizon="2017-12")
    assert isinstance(world, mesa.Model)
    for _ in range(3):
        world.step()
    assert world.steps == 3
    world.run_model()
    assert not world.running
    with pytest.raises(RuntimeError, match="nothing is simulated after"):
        world.step()
    assert world.steps == 12


def test_four_countries_and_their_institutions_are_agents():
    world = World(draws=2, horizon="2017-12")
    countries = [agent for agent in world.agents if isinstance(agent, Country)]
    assert {type(agent).__name__ for agent in countries} == {"Belarus", "China", "Russia", "EuropeanUnion"}
    institutions = {type(agent).__name__ for agent in world.agents} - {type(agent).__name__ for agent in countries}
    assert institutions == {
        "Government",
        "DebtOffice",
        "Treasury",
        "Projects",
        "BanksAndFirms",
        "ForeignOwners",
        "Refineries",
        "Belaruskali",
        "Exporters",
        "Importers",
        "PolicyBanks",
        "PotashBuyers",
        "PotashTalks",
        "Investors",
        "Residents",
        "RussianGovernment",
        "Uralkali",
        "Council",
    }


def test_agent_sets_work():
    world = World(draws=3, horizon="2017-12")
    world.step()
    reserves = world.agents_by_type[Government].get("reserves")[0]
    assert reserves.shape == (3,)
    world.agents_by_type[PotashBuyers].do("plan")
    assert world.agents.select(agent_type=PolicyBanks)[0].release.shape == (3,)


def test_the_data_collector_holds_the_seed_and_every_indicator_every_month():
    world = World(draws=1, seed=2017, horizon="2018-12")
    world.run_model()
    frame = world.datacollector.get_model_vars_dataframe()
    assert len(frame) == world.steps == 24
    run = sinobel.run(draws=1, horizon="2018-12")
    assert list(frame) == ["seed", *run.data_vars]
    assert set(frame["seed"]) == {2017}
    for name in run.data_vars:
        assert np.array_equal(frame[name].to_numpy(dtype=float), run[name].values[0], equal_nan=True), name


def test_batch_run_works():
    rows = batch_run(
        World,
        {"policy": ["baseline", "untied-finance"], "draws": 1, "horizon": "2018-12", "seed": 2017},
        number_processes=1,
        max_steps=200,
        data_collection_period=1,
        display_progress=False,
    )
    assert len(rows) == 2 * 24
    last = {row["policy"]: row["tied_imports"] for row in rows if row["Step"] == max(row["Step"] for row in rows)}
    assert last["untied-finance"] < last["baseline"]


@pytest.mark.filterwarnings("ignore:The `iterations` keyword")
def test_ten_replications_are_ten_futures_and_each_can_be_had_again():
    rows = batch_run(
        World,
        {"policy": "baseline", "horizon": "2017-12"},
        iterations=10,
        number_processes=1,
        max_steps=12,
        display_progress=False,
    )
    assert len({row["gdp"] for row in rows}) == len({row["seed"] for row in rows}) == 10
    again = World(horizon="2017-12", seed=rows[7]["seed"])
    again.run_model()
    assert rows[7]["gdp"] in again.datacollector.model_vars["gdp"]  # Mesa 3.4.2 gives the month before the last


def test_batches_in_two_processes_give_what_one_gives():
    policy = sinobel.scenario().with_change("china.tied_share", 0.2, start="2017-03")
    settings, seed = {"policy": policy, "horizon": "2017-12", "first_draw": [0, 1, 2]}, {"rng": [5]}
    if "rng" not in inspect.signature(batch_run).parameters:  # later versions of Mesa take it from their own argument
        settings, seed = settings | {"seed": 5}, {}
    batches = [
        batch_run(World, settings, number_processes=jobs, max_steps=12, display_progress=False, **seed)
        for jobs in (1, 2)
    ]
    found = [sorted((row["first_draw"], row["gdp"]) for row in rows) for rows in batches]
    assert found[0] == found[1]
    assert len(set(found[0])) == 3


def test_a_batch_of_worlds_that_collect_nothing_is_told_so_by_mesa():
    with pytest.raises(AttributeError, match="does not have a datacollector"):
        batch_run(World, {"draws": 2, "horizon": "2017-12"}, display_progress=False)


def test_what_a_world_cannot_be_made_of_is_told():
    for draws in (0, 1.5, 2.5, True, "10", None):
        with pytest.raises(InputError, match="draws must be a whole number from 1"):
            World(draws=draws)
    for first in (-1, 1.5, True, "3"):
        with pytest.raises(InputError, match="first_draw must be a whole number from 0"):
            World(first_draw=first)
    with pytest.raises(InputError, match="parameters come from"):
        World(parameters="priors")
    with pytest.raises(InputError, match="parameters must be"):
        World(parameters={"loans.grace": 3})


def test_one_indicator_is_a_number_a_ratio_too_and_an_unknown_one_is_told_with_the_nearest():
    world = World(seed=2017, horizon="2017-12")
    world.run_model()
    run = sinobel.run(draws=1, horizon="2017-12")
    for name in ("gdp", "debt_to_gdp"):
        assert world.observe_one(name) == run[name].values[0, -1]
    with pytest.raises(InputError, match="no indicator 'gdpp'; did you mean \"gdp\""):
        world.observe_one("gdpp")


def test_a_closed_world_leaves_nothing_behind():
    world = World(draws=1, horizon="2017-12")
    world.close()
    assert world not in getattr(mesa.Agent, "_ids", {})
