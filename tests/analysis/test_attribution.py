"""The channels of a change add up to it in every draw, whatever the scenario, the year and the order of factors."""

import itertools

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

import sinobel
from sinobel.analysis import attribution as a
from sinobel.analysis import channels
from sinobel.runs.trajectories import columns_of

TOLERANCE = 1e-6


@pytest.fixture(scope="module")
def yearly():
    """Six scenarios that move every channel there is, on the same futures."""
    untied_line = sinobel.scenario("baseline").with_change(
        "belarus.untied_share_requested", 0.5, start="2018-01", name="line"
    )
    policies = [
        untied_line,
        sinobel.scenario("baseline"),
        sinobel.scenario("untied-finance"),
        sinobel.scenario("fdi-instead-of-loans"),
        sinobel.scenario("chinese-rescheduling"),
        sinobel.scenario("market-closure-every-weak-year"),
        sinobel.scenario("baseline").with_change("belarus.stake_sale", 0.5, start="2018-01", name="stake"),
        sinobel.scenario("baseline").with_change("russia.energy_subsidy", 0.0, start="2018-01", name="no subsidy"),
    ]
    return columns_of(sinobel.annual(sinobel.compare(policies, draws=150, horizon="2023-12")))


def factors(count):
    numbers = st.floats(0.0, 1e4, allow_nan=False)
    row = st.lists(numbers, min_size=count, max_size=count)
    return st.tuples(row, row)


@given(st.integers(1, 5).flatmap(factors))
@settings(max_examples=200)
def test_a_product_is_split_exactly_and_without_an_order(sides):
    now, before = ([np.array([value]) for value in side] for side in sides)
    parts = channels.shapley(now, before)
    scale = max(1.0, np.prod(np.maximum(now, before).astype(float)))
    assert abs(sum(parts) - (np.prod(now) - np.prod(before))).max() <= 1e-9 * scale
    back = channels.shapley(before, now)
    assert all(abs(one + other).max() <= 1e-9 * scale for one, other in zip(parts, back, strict=True))
    order = np.random.default_rng(len(now)).permutation(len(now))
    turned = channels.shapley([now[place] for place in order], [before[place] for place in order])
    for place, part in zip(order, turned, strict=True):
        assert abs(part - parts[place]).max() <= 1e-9 * scale
    for one, other, part in zip(now, before, parts, strict=True):
        assert one != other or part == 0, "a factor that does not change explains nothing"


def test_the_value_of_a_factor_is_its_mean_over_all_orders():
    now, before = [3.0, 5.0, 0.5], [2.0, 7.0, 0.0]
    by_hand = np.zeros(3)
    for order in itertools.permutations(range(3)):
        state = list(before)
        for place in order:
            was = np.prod(state)
            state[place] = now[place]
            by_hand[place] += (np.prod(state) - was) / 6
    parts = channels.shapley([np.array([v]) for v in now], [np.array([v]) for v in before])
    np.testing.assert_allclose(np.concatenate(parts), by_hand, atol=1e-12)


amounts = st.floats(0.0, 5e4)
logs = st.floats(-1.5, 1.0)


@st.composite
def year_of_trade(draw):
    """Any year the model can record: nothing shipped, nothing tied, nothing wanted from China among them."""
    potash = draw(st.one_of(st.just((0.0, 0.0)), st.tuples(st.floats(1.0, 900.0), st.floats(0.1, 5e3))))
    other, tied, wanted = draw(amounts), draw(amounts), draw(st.floats(1.0, 9e4))
    chinese = wanted * draw(st.floats(0.0, 0.6))
    displaced, equipment = min(draw(amounts), chinese), draw(amounts)
    ordinary = (chinese - displaced + equipment) * draw(st.floats(0.4, 1.0))
    exports = potash[0] * potash[1] / 1e3 + other
    return {
        "balance_with_china": exports - tied - ordinary,
        "potash_exports_to_china": potash[0] * potash[1] / 1e3,
        "potash_volume_to_china": potash[1],
        "other_exports_to_china": other,
        "tied_imports": tied,
        "ordinary_imports_from_china": ordinary,
        "imports_wanted": wanted,
        "chinese_goods_wanted": chinese,
        "displaced_chinese_goods": displaced,
        "investment_goods_from_china": equipment,
        "gdp": draw(st.floats(1.0, 2e5)),
        "real_exchange_rate_gap": draw(logs),
        "exchange_rate_effect_on_imports": draw(logs),
        "exchange_rate_effect_on_other_exports": draw(logs),
    }


def as_arrays(year):
    return {name: np.array([value]) for name, value in year.items()}


@given(year_of_trade(), year_of_trade())
@settings(max_examples=200)
def test_any_two_years_of_trade_are_split_exactly(one, other):
    now, before = as_arrays(one), as_arrays(other)
    parts = channels.balance_channels(now, before)
    size = sum(abs(value) for value in parts.values()) + 1
    assert abs(sum(parts.values()) - (one["balance_with_china"] - other["balance_with_china"])) <= TOLERANCE * size
    back = channels.balance_channels(before, now)
    for name, value in parts.items():
        assert abs(value + back[name]) <= TOLERANCE * size, f"{name} depends on which side is called first"
    if one["potash_volume_to_china"] == 0 or other["potash_volume_to_china"] == 0:
        assert parts["potash price"] == 0, "nothing shipped has no price"


def ways_by_year():
    return [key for key, way in channels.WAYS.items() if way.debt is None and key[0] in ("gdp", "debt_to_gdp")]


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_any_two_years_of_gdp_and_debt_ratio_are_split_exactly(seed):
    rng = np.random.default_rng(seed)
    for key in ways_by_year():
        sides = [{name: rng.uniform(0.1, 1e4, 5) for name in channels.WAYS[key].needs} for _ in range(2)]
        for side in sides:
            side["real_exchange_rate_gap"] = rng.uniform(-1, 1, 5)
            if key[0] == "debt_to_gdp":
                owed = ("debt_to_china", "debt_to_russia", "debt_to_multilaterals", "bonds", "other_public_debt")
                side["external_public_debt"] = sum(side[name] for name in (*owed, "arrears"))
                side["debt_to_gdp"] = side["external_public_debt"] / side["gdp"]
        parts = channels.WAYS[key].flow(*sides).values()
        change = sides[0][key[0]] - sides[1][key[0]]
        size = sum(np.abs(part) for part in parts)
        assert (np.abs(sum(parts) - change) <= 1e-9 * size).all(), key


KEYS = list(channels.WAYS)


@pytest.mark.parametrize("key", KEYS, ids=" by ".join)
def test_channels_add_up_in_every_draw_of_real_runs(yearly, key):
    moved = set()
    for scenario in yearly[key[0]]["scenario"].values:
        changes = [{"since": since} for since in (2017, 2020)]
        changes += [{"against": against} for against in ("baseline", "untied-finance") if against != scenario]
        for change, year in itertools.product(changes, (2021, 2023)):
            split = a.attribution(yearly, *key, scenario, year, **change)
            assert split.total.shape == (150,)
            size = sum(np.abs(value) for value in split.channels.values())
            assert (np.abs(split.residual) <= TOLERANCE * np.maximum(size, 1.0)).all(), (scenario, change, year)
            moved |= {name for name, value in split.channels.items() if np.any(value != 0)}
    expected = set(split.channels) - {"imports that could not be paid"}
    assert expected <= moved, f"nothing ever moves {sorted(expected - moved)}"


@pytest.mark.parametrize("key", KEYS, ids=" by ".join)
def test_the_other_way_round_every_channel_changes_its_sign(yearly, key):
    there = a.attribution(yearly, *key, "untied-finance", 2022, against="baseline")
    back = a.attribution(yearly, *key, "baseline", 2022, against="untied-finance")
    for name, value in there.channels.items():
        np.testing.assert_allclose(value, -back.channels[name], rtol=1e-9, atol=1e-6, err_msg=name)


def test_untied_money_improves_the_balance_through_tied_imports(yearly):
    parts = a.attribution(yearly, "balance_with_china", "channel", "untied-finance", 2022, against="baseline").channels
    assert np.median(parts["tied imports"]) > 0
    assert (parts["ordinary goods that tied goods displace"] <= 1e-9).mean() > 0.95, "what is not tied is bought anyway"
    assert np.median(np.abs(parts["potash price"])) < np.median(np.abs(parts["tied imports"]))


def test_a_devaluation_counts_as_exchange_rate(yearly):
    """Without the Russian subsidy the rouble is weak: the rate lowers imports and raises other exports."""
    parts = a.attribution(yearly, "balance_with_china", "channel", "no subsidy", 2022, against="baseline").channels
    rate = (
        yearly["real_exchange_rate_gap"].sel(scenario="no subsidy", year=2022)
        - yearly["real_exchange_rate_gap"].sel(scenario="baseline", year=2022)
    ).values
    assert (rate < 0).mean() > 0.8
    for name in ("exchange rate, imports", "exchange rate, other exports"):
        assert (parts[name][rate < -0.01] > 0).all(), name


def test_rescheduling_shows_as_principal_put_off(yearly):
    parts = a.attribution(yearly, "debt_to_china", "loan flow", "chinese-rescheduling", 2021, against="baseline")
    assert np.median(parts.channels["principal put off"]) > 0
    assert np.median(parts.total) > 0


def test_single_precision_results_still_add_up(yearly):
    stored = {name: variable.astype(np.float32) for name, variable in yearly.items()}
    flows = {"balance_with_china": "imports_from_china", "debt_to_china": "debt_to_china"}
    for key in KEYS:
        split = a.attribution(stored, *key, "untied-finance", 2023, against="baseline")
        flow = yearly[flows.get(key[0], "total_imports")].sel(scenario="baseline", year=2023).values
        assert (np.abs(split.residual) <= TOLERANCE * flow).all(), key


def test_the_table_adds_up_in_the_mean(yearly):
    table = a.rows(a.attribution(yearly, "debt_to_china", "loan flow", "untied-finance", 2023, against="baseline"))
    assert table[-1]["channel"] == a.TOTAL
    assert sum(row["mean"] for row in table[:-1]) == pytest.approx(table[-1]["mean"], abs=1e-6)
    assert {"scenario", "against", "since", "indicator", "year", "unit", "by", "p10", "p50", "p90"} <= set(table[0])


def test_what_cannot_be_asked_is_refused(yearly):
    ask = (yearly, "balance_with_china", "channel", "untied-finance", 2022)
    with pytest.raises(ValueError, match="either"):
        a.attribution(*ask)
    with pytest.raises(ValueError, match="either"):
        a.attribution(*ask, against="baseline", since=2018)
    with pytest.raises(KeyError):
        a.attribution(yearly, "oil_price", "channel", "untied-finance", 2022, against="baseline")
    few = {"balance_with_china": yearly["balance_with_china"]}
    assert a.possible(few) == []
    assert a.possible(yearly) == KEYS
    assert isinstance(yearly["gdp"], xr.DataArray)
