"""Rules of state: a change holds in those draws and months in which its condition held the month before."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.reading import InputError
from sinobel.policies import changes, scenarios
from sinobel.policies.conditions import Condition
from sinobel.policies.lever_path import LeverPath, Memory, Rule
from sinobel.runs import ensemble
from sinobel.runs.request import Block, Request
from sinobel.world.readings import observe, read
from sinobel.world.world import World
from tests.world.identities.test_identities import ends_of, run_checked

BASE = scenarios.load("baseline")
HORIZON = "2018-12"
ALWAYS = {"indicator": "potash_spot_price", "above": 0.0}
NEVER = {"indicator": "potash_spot_price", "below": 0.0}
SHORT = {"indicator": "reserve_cover", "below": 1.8}


def request(policies, draws=96):
    return Request(tuple(policies), draws, 9, horizon=HORIZON)


def ruled(lever, value, when, start="2017-06", policy=BASE, **more):
    return policy.with_change(lever, value, start=start, when=when, name=more.pop("name", "ruled"), **more)


# --- against plain changes -------------------------------------------------------------------------------------------

LEVERS = st.sampled_from(list(all_levers().values())).flatmap(
    lambda lever: st.tuples(st.just(lever.name), st.sampled_from(ends_of(lever)))
)


@given(LEVERS)
@settings(max_examples=10)
def test_a_rule_that_always_holds_is_the_plain_change_and_one_that_never_holds_the_baseline(change):
    lever, value = change
    plain = BASE.with_change(lever, value, start="2017-06", name="plain")
    policies = (BASE, plain, ruled(lever, value, ALWAYS, name="always"), ruled(lever, value, NEVER, name="never"))
    base, expected, always, never = ensemble.run_in_memory(request(policies, 24))
    assert np.array_equal(always, expected)
    assert np.array_equal(never, base)


@pytest.mark.parametrize("lever", ["china.tied_share", "china.lending_volume", "world.oil_price"])
def test_a_scale_under_a_rule_is_the_plain_scale_where_it_holds(lever):
    plain = BASE.with_change(lever, scale=0.5, start="2017-06", name="plain")
    always = BASE.with_change(lever, scale=0.5, start="2017-06", when=ALWAYS, name="always")
    never = BASE.with_change(lever, scale=0.5, start="2017-06", when=NEVER, name="never")
    base, expected, holds, fails = ensemble.run_in_memory(request((BASE, plain, always, never), 24))
    assert np.array_equal(holds, expected)
    assert np.array_equal(fails, base)


def test_a_rule_stands_on_top_of_a_plain_change():
    plain = BASE.with_change("china.tied_share", 0.5, start="2017-03", name="plain")
    both = ruled("china.tied_share", 0.9, SHORT, policy=plain)
    world = World(both, 64, 3, horizon="2018-12", collect=False)
    seen = set()
    while world.running:
        before = read(world, "reserve_cover")
        world.step()
        drawn = np.full(64, 0.7)
        shares = world.board.over("china.tied_share", drawn)
        if world.month < months.parse("2017-03"):
            assert (shares == 0.7).all()
        elif world.month < months.parse("2017-06"):
            assert (shares == 0.5).all()
        else:
            assert np.array_equal(shares, np.where(before < 1.8, 0.9, 0.5))
            seen |= set(shares)
    assert seen == {0.5, 0.9}, "the rule must hold in some futures and not in others"


# --- what a condition means ------------------------------------------------------------------------------------------


def followed(condition, values, other=None):
    """For each month, whether a condition holds in the month after it, along one path of an indicator."""
    memory, rule, found = Memory(), Rule(0, (condition,), 1.0, 1.0), []
    for place, value in enumerate(values):
        paths = {condition.indicator: value, condition.of: None if other is None else other[place]}
        memory.look(rule.watched, lambda name, paths=paths: np.array([paths[name]]))
        found.append(int(memory.holds(rule)[0]))
    return found


def test_a_condition_compares_strictly_and_what_is_undefined_does_not_hold():
    values = [0.3, 0.4, 0.5, np.nan, 0.5]
    assert followed(Condition("debt_to_gdp", "above", 0.4), values) == [0, 0, 1, 0, 1]
    assert followed(Condition("debt_to_gdp", "below", 0.4), values) == [1, 0, 0, 0, 0]


def test_a_condition_may_compare_with_a_multiple_of_another_indicator():
    condition = Condition("potash_spot_price", "below", 0.9, of="potash_contract_price")
    assert followed(condition, [185.0, 179.0, 179.0], other=[200.0, 200.0, 150.0]) == [0, 1, 0]


def test_months_in_a_row_start_anew_after_a_break():
    assert followed(Condition("gdp_growth", "below", 0.0, months=3), [-1, -1, 1, -1, -1, -1, -1, 1]) == [
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        0,
    ]


def test_a_condition_with_a_release_holds_until_it_is_passed():
    short = Condition("reserve_cover", "below", 1.5, months=2, release=2.5)
    assert followed(short, [1.4, 1.4, 2.0, 2.5, 2.6, 2.0, 1.4, np.nan, 1.4]) == [0, 1, 1, 1, 0, 0, 0, 0, 0]
    indebted = Condition("debt_to_gdp", "above", 0.4, release=0.3)
    assert followed(indebted, [0.41, 0.35, 0.3, 0.29, 0.35]) == [1, 1, 1, 0, 0]


@given(path=st.lists(st.floats(0, 5), min_size=1, max_size=40), level=st.floats(0.5, 4), gap=st.floats(0, 1))
def test_a_release_on_the_threshold_changes_nothing_and_a_wider_one_only_adds_months(path, level, gap):
    bare = followed(Condition("reserve_cover", "below", level), path)
    wider = followed(Condition("reserve_cover", "below", level, release=level + gap), path)
    assert all(one <= other for one, other in zip(bare, wider, strict=True))
    if level not in path:
        assert followed(Condition("reserve_cover", "below", level, release=level), path) == bare


def test_several_conditions_must_all_hold():
    rule = [SHORT, {"indicator": "gdp_growth", "below": 1.0}]
    world = World(ruled("russia.lending", 3.0, rule), 100, 3, horizon="2018-12", collect=False)
    while world.running:
        holds = (read(world, "reserve_cover") < 1.8) & (read(world, "gdp_growth") < 1.0)
        world.step()
        if world.month >= months.parse("2017-06"):
            assert np.array_equal(world.board["russia.lending"], np.where(holds, 3.0, 1.0))
    assert 0 < holds.mean() < 1


@pytest.mark.parametrize("name", all_indicators())
def test_every_indicator_can_be_asked_for(name):
    world = World("baseline", 5, 3, horizon="2017-12", collect=False)
    world.step()
    value = read(world, name)
    assert value.shape == (5,)
    if all_indicators()[name].ratio is None:
        assert np.array_equal(value, observe(world)[name])


# --- any rule on any lever -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def typical():
    """Median of every indicator over 60 draws in mid 2018: a threshold that some futures pass and others do not."""
    world = World("baseline", 60, 5, horizon="2018-12", collect=False)
    while world.month < months.parse("2018-06"):
        world.step()
    return {name: float(np.nanmedian(read(world, name))) for name in all_indicators()}


@pytest.mark.parametrize("lever", all_levers(), ids=str)
def test_identities_hold_under_a_rule_on_every_lever(lever, typical):
    names = sorted(typical)
    for place, end in enumerate(ends_of(all_levers()[lever])):
        name = names[(7 * len(lever) + 31 * place) % len(names)]
        when = {"indicator": name, "above" if place else "below": inside(name, typical[name])}
        run_checked(World(ruled(lever, end, when, start="2017-03"), 20, 5, horizon="2018-12", collect=False))


@given(
    rules=st.lists(
        st.tuples(
            LEVERS,
            st.sampled_from(list(all_indicators())),
            st.sampled_from(["above", "below"]),
            st.floats(0.7, 1.3),
            st.integers(1, 3),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda rule: rule[0][0],
    )
)
@settings(max_examples=12)
def test_identities_hold_under_any_rules(rules, typical):
    policy = BASE
    for (lever, value), name, side, factor, count, sticky in rules:
        level = inside(name, typical[name] * factor)
        release = inside(name, level - 0.1 * abs(level) if side == "above" else level + 0.1 * abs(level))
        until = {"until_below" if side == "above" else "until_above": release} if sticky else {}
        when = {"indicator": name, side: level, "for": count} | until
        policy = ruled(lever, value, when, start="2017-04", policy=policy)
    run_checked(World(policy, 12, 8, horizon="2018-12", collect=False))


def inside(name, level):
    low, high = all_indicators()[name].thresholds
    return min(max(level, low), high)


# --- checkpoints, draws, blocks --------------------------------------------------------------------------------------

STICKY = {"indicator": "reserve_cover", "below": 1.8, "until_above": 2.0, "for": 2}


def test_a_scenario_with_a_rule_departs_at_its_first_month():
    origin, horizon = months.parse("2016-12"), months.parse(HORIZON)
    base = LeverPath(BASE, origin, horizon)
    one = LeverPath(ruled("russia.lending", 3.0, STICKY, start="2018-03"), origin, horizon)
    other = LeverPath(ruled("russia.lending", 3.0, STICKY | {"for": 3}, start="2018-03"), origin, horizon)
    shorter = LeverPath(ruled("russia.lending", 3.0, STICKY, start="2018-03", until="2018-09"), origin, horizon)
    assert base.first_difference(one) == one.first_difference(base) == months.parse("2018-03")
    assert one.first_difference(other) == months.parse("2018-03")
    assert one.first_difference(shorter) == months.parse("2018-10")
    assert one.first_difference(one) == horizon + 1


def test_running_on_from_a_checkpoint_is_the_same_with_rules_and_when_two_scenarios_share_one():
    shared = ruled("russia.lending", 3.0, STICKY, start="2017-04", name="shared")
    more = shared.with_change("china.tied_share", 0.2, start="2018-02", name="more")
    again = ruled("belarus.export_drive", 5.0, STICKY, start="2018-05", policy=shared, name="again")
    shorter = ruled("russia.lending", 3.0, STICKY, start="2017-04", until="2018-06", name="shorter")
    policies = (shared, more, again, shorter, BASE)
    together = ensemble.run_in_memory(request(policies))
    for place, policy in enumerate(policies):
        alone = ensemble.run_in_memory(request((policy,)))[0]
        assert np.array_equal(together[place], alone), policy.name
    assert len({values.tobytes() for values in together}) == len(policies), "every scenario must differ"


@pytest.fixture(scope="module")
def policies():
    rule = ruled("eu.sanctions", "extended", {"indicator": "tension_with_russia", "below": 0.45}, start="2017-03")
    rule = ruled("china.tied_share", 0.0, STICKY, policy=rule)
    return BASE, ruled("belarus.tied_share_limit", 0.3, {"indicator": "debt_to_gdp", "above": 0.38}, policy=rule)


def test_draws_do_not_depend_on_blocks_jobs_or_each_other_under_rules(policies):
    whole = ensemble.run_in_memory(request(policies, 300), jobs=2)[1]
    one_job = ensemble.simulate(request(policies, 300), Block(0, 0, 300))[1]
    assert np.array_equal(whole, one_job)
    for first, count in ((0, 1), (255, 3), (299, 1)):
        part = ensemble.simulate(request(policies, 300), Block(0, first, count))[1]
        assert np.array_equal(part, whole[:, :, first : first + count])


def test_two_scenarios_with_a_rule_differ_only_after_its_first_month(policies):
    base, other = ensemble.run_in_memory(request(policies, 64))
    assert np.array_equal(base[:, :2], other[:, :2])
    assert not np.array_equal(base[:, 2:], other[:, 2:])


# --- files, Python, manifests ----------------------------------------------------------------------------------------


def test_a_rule_can_be_written_in_every_form_of_toml(tmp_path):
    head = '[[change]]\nlever = "china.market_closure"\nfrom = "2018-01"\nvalue = true\n'
    forms = [
        'when = { indicator = "potash_spot_price", below = 0.93, of = "potash_contract_price" }\n',
        '[change.when]\nindicator = "potash_spot_price"\nbelow = 0.93\nof = "potash_contract_price"\n',
        'when.indicator = "potash_spot_price"\nwhen.below = 0.93\nwhen.of = "potash_contract_price"\n',
        'when = [\n{ indicator = "potash_spot_price", below = 0.93, of = "potash_contract_price" },\n]\n',
        '[[change.when]]\nindicator = "potash_spot_price"\nbelow = 0.93\nof = "potash_contract_price"\n',
    ]
    digests = set()
    for form in forms:
        (tmp_path / "mine.toml").write_text(head + form)
        policy = scenarios.read_scenario(tmp_path / "mine.toml")
        assert policy.changes[0].when == (Condition("potash_spot_price", "below", 0.93, "potash_contract_price"),)
        digests.add(policy.digest)
        again = scenarios.from_written(json.loads(json.dumps(policy.as_written())))
        assert again.digest == policy.digest
        assert again.changes[0].when == policy.changes[0].when
    assert digests == {ruled("china.market_closure", True, policy.changes[0].when[0].as_written(), "2018-01").digest}


def test_lines_of_conditions_are_found(tmp_path):
    change = '[[change]]\nlever = "china.market_closure"\nfrom = "2018-01"\nvalue = true\n'
    (tmp_path / "mine.toml").write_text(
        change
        + change.replace("china.market_closure", "china.fta_with_eeu")
        + '[[change.when]]\nindicator = "gdp"\nabove = 1\n[[change.when]]\nindicator = "gd"\nabove = 1\n'
    )
    with pytest.raises(InputError) as error:
        scenarios.read_scenario(tmp_path / "mine.toml")
    assert [problem.line for problem in error.value.problems] == [13]


def test_the_digest_knows_the_rule():
    one, other = (ruled("china.market_closure", True, SHORT | {"below": level}) for level in (1.8, 1.9))
    plain = BASE.with_change("china.market_closure", True, start="2017-06", name="plain")
    assert len({one.digest, other.digest, plain.digest}) == 3


def test_rules_of_one_lever_must_not_overlap_but_may_follow_each_other():
    one = ruled("russia.lending", 2.0, SHORT, until="2018-06")
    assert len(ruled("russia.lending", 3.0, SHORT, start="2018-07", policy=one).changes) == 2
    with pytest.raises(InputError, match="two rules start"):
        ruled("russia.lending", 3.0, SHORT, policy=one)
    with pytest.raises(InputError, match="the rule from 2018-01 begins before"):
        ruled("russia.lending", 3.0, SHORT, start="2018-01", policy=one)


def test_a_rule_needs_a_month_to_look_at():
    early = ruled("russia.lending", 2.0, SHORT, start="2017-01")
    with pytest.raises(InputError, match="begin in 2017-02 or later"):
        request((early,))


def test_what_an_extending_file_keeps(tmp_path):
    (tmp_path / "one.toml").write_text(
        '[[change]]\nlever = "russia.lending"\nfrom = "2018-01"\nvalue = 0.5\n[[change]]\nlever = "russia.lending"\n'
        'from = "2018-01"\nvalue = 2.0\nwhen = { indicator = "reserve_cover", below = 1.0 }\n'
    )
    child = 'extends = "one"\n[[change]]\nlever = "russia.lending"\nfrom = "2019-01"\nvalue = 3.0\n'
    (tmp_path / "plain.toml").write_text(child)
    (tmp_path / "rule.toml").write_text(child + 'when = { indicator = "gdp_growth", below = 0 }\n')
    plain, rule = (scenarios.read_scenario(tmp_path / f"{name}.toml") for name in ("plain", "rule"))
    assert [change.value for change in plain.changes] == [3.0]
    assert [(change.value, bool(change.when)) for change in rule.changes] == [(0.5, False), (3.0, True)]


def test_words_say_what_a_rule_does():
    (change,) = ruled("russia.lending", 2.0, STICKY).changes
    assert change.in_words() == (
        "Russian and EFSD lending to Belarus: 2 times the baseline limit from 2017-06 while “Reserves in months of "
        "goods imports” is below 1.8 months for 2 months in a row, from then on until it is above 2 months"
    )
    assert changes.KEYS.index("when") > 0
