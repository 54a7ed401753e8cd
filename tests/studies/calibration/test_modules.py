"""Which parameters learn from which targets, and that they learn from nothing else."""

import dataclasses

import numpy as np
import pytest

from sinobel.inputs.parameters import all_parameters
from sinobel.studies.calibration import learning, modules, sampler, settings, study, targets

SMALL = dataclasses.replace(
    settings.QUICK, futures=500, truths=4, draws=64, effort=sampler.Effort(32, rounds=3, warm_up=20, kept=4, apart=5)
)
ORIGINS = [12 * year + 11 for year in (2013, 2014)]


def world(origin, hangs_on=4):
    """Targets (draws, targets) of an origin that hang on the first parameters of their own module, and on oil."""
    points, names = learning.standing(SMALL), learning.uncertain()
    columns = []
    for place, target in enumerate(targets.targets_after(origin)):
        own = [index for index, name in enumerate(names) if name.startswith(f"{target.module}.")][:hangs_on]
        noise = np.random.default_rng([origin, place]).standard_normal(len(points))
        shift = points[:, own].sum(axis=1) + points[:, names.index("environment.oil_speed")]
        columns.append(target.value * np.exp(0.1 * (shift + noise)))
    return np.column_stack(columns)


def worlds():
    """Such targets by origin."""
    return [world(origin) for origin in ORIGINS]


def posterior(made):
    learned = learning.learn(made, ORIGINS, SMALL)
    drawn = study.vintage_draws(learned, 2015, SMALL)
    return {name: drawn["points"][:, :, place] for place, name in enumerate(learned.names)}


@pytest.fixture(scope="module")
def before():
    return posterior(worlds())


@pytest.mark.parametrize("changed", ["trade", "loans"])
def test_parameters_of_a_module_do_not_move_with_the_targets_of_another(before, monkeypatch, changed):
    """Not by a digit, whether another target has another value, another error, or is gone."""
    as_recorded, made = targets.targets_after, worlds()
    gone = next(target.name for target in as_recorded(ORIGINS[0]) if target.module == changed)

    def otherwise(origin):
        return [
            dataclasses.replace(target, value=1.2 * target.value, error=2 * target.error)
            if target.module == changed
            else target
            for target in as_recorded(origin)
            if target.name != gone
        ]

    kept = [[target.name != gone for target in as_recorded(origin)] for origin in ORIGINS]
    monkeypatch.setattr(targets, "targets_after", otherwise)
    after = posterior([each[:, chosen] for each, chosen in zip(made, kept, strict=True)])
    belongs = targets.all_modules().of_parameter
    moved = {belongs(name) for name, drawn in after.items() if not np.array_equal(drawn, before.get(name))}
    assert moved == {changed}
    assert len({belongs(name) for name in after}) == 4


def test_the_environment_never_learns_although_it_moves_every_target(before):
    assert before
    assert not [name for name in before if name.startswith(("environment.", "politics."))]
    for name, drawn in before.items():
        assert drawn.std() < 1.3, name  # 64 draws of short chains


def test_other_modules_count_as_disturbances_that_last():
    """What oil explains of every target is not taken for noise of single years: the stand-in knows it."""
    learned = learning.learn(worlds(), ORIGINS, SMALL)
    for part in learned.parts:
        assert "environment.oil_speed" in part.names
        assert "environment.oil_speed" not in part.own
        joint = part.joint(2)
        assert joint.dimensions == len(part.names) + len(joint.lasting)


def test_the_same_seed_gives_the_same_posterior_and_another_seed_another(before):
    assert all(np.array_equal(drawn, before[name]) for name, drawn in posterior(worlds()).items())
    learned = learning.learn(worlds(), ORIGINS, SMALL)
    other = study.vintage_draws(learned, 2015, dataclasses.replace(SMALL, seed=SMALL.seed + 1))
    assert not np.array_equal(other["points"][:, :, 0], before[learned.names[0]])


def part(module, own):
    return learning.Part(module, own, own, np.arange(len(own)), emulators=(), targets=())


def test_rows_keep_what_binds_a_module_together_and_nothing_between_modules():
    own = {
        module: tuple(name for name in learning.uncertain() if name.startswith(f"{module}."))[:2]
        for module in ("loans", "trade")
    }
    learned = learning.Learned(tuple(part(*each) for each in own.items()), 2008)
    drawn = np.random.default_rng(1).standard_normal(4000)
    points = np.stack([drawn, -drawn, drawn, drawn], axis=1).reshape(40, 100, 4)
    values = study.parameter_values(learned, points, dataclasses.replace(SMALL, draws=4000), early=None)
    assert list(values) == [*own["loans"], *own["trade"]]
    bound = np.corrcoef(list(values.values()))
    assert bound[0, 1] < -0.9
    assert bound[2, 3] > 0.9
    assert np.abs(bound[:2, 2:]).max() < 0.08
    for name, found in values.items():
        assert sorted(found) == pytest.approx(sorted(found)), name
        assert np.median(found) == pytest.approx(all_parameters()[name].quantile(np.array(0.5)), rel=0.03)


# --- the declaration ------------------------------------------------------------------------------------------------

WHOLE = {
    "module": {
        "money": {"parameters": ["finance", "loans"], "targets": ["gdp"], "why": "x"},
        "rest": {
            "parameters": sorted({each.subject for each in all_parameters().values()} - {"finance", "loans"}),
            "targets": ["F032"],
            "why": "y",
        },
    },
    "left_out": {"outside": {"targets": ["oil_price"], "why": "z"}},
}
KNOWN = modules.Known({"gdp", "oil_price"}, {"F032"})


def test_a_whole_declaration_is_read():
    found, problems = modules.read(WHOLE, KNOWN)
    assert not problems
    assert found.of_target("F032") == "rest"
    assert found.of_target("oil_price") is None
    assert found.of_parameter("loans.grace") == "money"


@pytest.mark.parametrize(
    ("table", "entry", "wrong"),
    [
        ("money", {"targets": ["gdp", "F032"]}, "F032 belongs to money and rest"),
        ("money", {"targets": []}, "gdp belongs to no module"),
        ("money", {"targets": ["gdb"]}, "'gdb' is no recorded indicator or fitted figure"),
        ("money", {"parameters": ["finance"]}, "parameters loans belong to no module"),
        ("money", {"parameters": ["finance", "loans", "trade"]}, "parameters trade belongs to money and rest"),
        ("money", {"parameters": ["finance", "loans", "weather"]}, "there are no parameters 'weather'"),
        ("money", {"target": ["gdp"]}, "module money"),
    ],
)
def test_what_a_declaration_lacks_is_told(table, entry, wrong):
    content = {**WHOLE, "module": {**WHOLE["module"], table: {**WHOLE["module"][table], **entry}}}
    _, problems = modules.read(content, KNOWN)
    assert any(wrong in problem.message for problem in problems), [problem.message for problem in problems]


def test_every_recorded_indicator_and_every_file_of_parameters_has_its_place():
    declared = targets.all_modules()
    assert {each.subject for each in all_parameters().values()} == {
        file for module in declared.by_name.values() for file in module.parameters
    }
    assert not declared.by_name["environment"].targets
    assert all(target.module for year in range(2008, 2016) for target in targets.targets_after(12 * year + 11))


def calibrated(hangs_on):
    """A calibration in which all targets after those of 2014 hang on so many parameters of their module."""

    def keep(name, make):
        step, _, year = name.partition("-")
        if step not in ("prior", "wide"):
            return make()
        return {"targets": world(12 * int(year) + 11, 4 if int(year) == SMALL.first_origin else hangs_on)}

    return study.calibrate(SMALL, keep, lambda text: None)


def test_a_vintage_does_not_know_what_matters_at_later_origins():
    """What the targets of 2015 and 2016 hang on moves the last posterior, and no digit or name of that of 2014."""
    few, more = calibrated(4), calibrated(6)
    assert few.names[2016] != more.names[2016]
    assert few.names[2014] == more.names[2014]
    for name in few.names[2014]:
        assert np.array_equal(few.values[2014][name], more.values[2014][name]), name


def test_stand_ins_are_fitted_once_for_all_vintages(monkeypatch):
    """A second vintage fits again only what its own choice of parameters makes new."""
    fits, made = {}, worlds()
    learning.learn(made, ORIGINS, SMALL, fits)
    known = len(fits)
    learning.learn(made, ORIGINS, SMALL, fits)
    assert len(fits) == known
    monkeypatch.setattr(learning.emulator, "fit", None)  # nothing is fitted any more
    assert learning.learn(made, ORIGINS, SMALL, fits).names
