"""With one draw the world is an ordinary Mesa model: stepping, collecting, batch runs, agent sets."""

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

import sinobel
from sinobel.agents.belarus import Government
from sinobel.agents.china import PolicyBanks, PotashBuyers
from sinobel.agents.country import Country
from sinobel.reading import InputError
from sinobel.world import World


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


def test_four_countries_and_their_institutions_are_agents():
    world = World(draws=2, horizon="2017-12")
    countries = [agent for agent in world.agents if isinstance(agent, Country)]
    assert {type(agent).__name__ for agent in countries} == {"Belarus", "China", "Russia", "EuropeanUnion"}
    institutions = {type(agent).__name__ for agent in world.agents} - {type(agent).__name__ for agent in countries}
    assert institutions == {"Government", "Belaruskali", "Exporters", "Importers", "PolicyBanks", "PotashBuyers", "Investors",
                            "RussianGovernment", "Uralkali", "Council"}  # fmt: skip


def test_agent_sets_work():
    world = World(draws=3, horizon="2017-12")
    world.step()
    reserves = world.agents_by_type[Government].get("reserves")[0]
    assert reserves.shape == (3,)
    world.agents_by_type[PotashBuyers].do("plan")
    assert world.agents.select(agent_type=PolicyBanks)[0].release.shape == (3,)


def test_the_data_collector_holds_every_indicator_every_month():
    world = World(draws=1, horizon="2018-12")
    world.run_model()
    frame = world.datacollector.get_model_vars_dataframe()
    assert len(frame) == 24
    run = sinobel.run(draws=1, horizon="2018-12")
    for name in ("exports_to_china", "debt_to_china", "reserves"):
        assert np.array_equal(frame[name].to_numpy(dtype=float), run[name].values[0])


def test_batch_run_works():
    rows = batch_run(
        World, {"policy": ["baseline", "untied-finance"], "draws": 1, "horizon": "2018-12"}, number_processes=1,
        max_steps=200, data_collection_period=1, display_progress=False,
    )  # fmt: skip
    assert len(rows) == 2 * 24
    last = {row["policy"]: row["tied_imports"] for row in rows if row["Step"] == max(row["Step"] for row in rows)}
    assert last["untied-finance"] < last["baseline"]


def test_seed_comes_under_either_name():
    one, two = World(draws=1, seed=5, horizon="2017-12"), World(draws=1, rng=5, horizon="2017-12")
    for world in (one, two):
        world.run_model()
    assert one.belarus.gdp[0] == two.belarus.gdp[0]
    for seed in (-1, 2**63, 1.5):
        with pytest.raises(InputError, match="seed must be"):
            World(seed=seed)


def test_what_a_world_cannot_be_made_of_is_told():
    for draws in (0, 2.5, True, "10"):
        with pytest.raises(InputError, match="draws must be"):
            World(draws=draws)
    with pytest.raises(InputError, match="parameters come from"):
        World(parameters="priors")


def test_a_closed_world_leaves_nothing_behind():
    world = World(draws=1, horizon="2017-12")
    world.close()
    assert world not in getattr(mesa.Agent, "_ids", {})
