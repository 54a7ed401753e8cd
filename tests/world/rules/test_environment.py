"""Rules of world prices and growth against values by hand."""

import numpy as np
import pytest

from sinobel.world.rules import environment


def test_around_mean_leaves_its_persistence_of_a_gap_after_a_year():
    """Growth of 7 around 3 with a quarter left: 3 + 4 x 0.25 = 4 after twelve quiet months."""
    level = 7.0
    for _ in range(12):
        level = environment.around_mean(level=level, mean=3.0, persistence=0.25, spread=2.0, shock=0.0)
    assert level == pytest.approx(4.0)


def test_around_mean_adds_the_fresh_part_of_the_spread():
    """At the mean of 3 a shock of 1.5 with spread 2 adds 2 x 0.454202 x 1.5 = 1.362606 (fresh part of persistence 0.25)."""
    assert environment.around_mean(level=3.0, mean=3.0, persistence=0.25, spread=2.0, shock=1.5) == pytest.approx(
        4.362606, abs=1e-5
    )


def test_around_zero_is_around_a_mean_of_nothing():
    """A swing of 0.4 with a quarter left is 0.1 after twelve quiet months; a shock adds the fresh part of the spread."""
    level = 0.4
    for _ in range(12):
        level = environment.around_zero(level=level, persistence=0.25, spread=0.2, shock=0.0)
    assert level == pytest.approx(0.1)
    given = {"level": 0.3, "persistence": 0.25, "spread": 0.2, "shock": 1.5}
    assert environment.around_zero(**given) == pytest.approx(environment.around_mean(mean=0.0, **given))
    assert environment.around_zero(**given | {"level": 0.0}) == pytest.approx(0.1362606, abs=1e-6)


def test_at_origin_spreads_december_around_the_mean_of_the_year():
    """Last value less mean of a random walk: variance 1 - 2 x 1/2 + 1/3 = 1/3 of the year's; 0.3 / sqrt(3) x 2 = 0.34641."""
    assert environment.at_origin(spread=0.3, error=2.0) == pytest.approx(0.34641, abs=1e-5)
    assert environment.at_origin(spread=0.3, error=-2.0) == pytest.approx(-0.34641, abs=1e-5)


def test_at_origin_of_swing_by_hand():
    """Decay 1 (persistence 1/e): covariance 1 - 1/e = 0.632121, variance of the mean 2/e = 0.735759.

    Slope 0.859141; unknown sqrt(1 - 0.632121 ** 2 / 0.735759) = 0.675957. A year of 5 around 3 with spread 2 and error
    1: 3 + 0.859141 x 2 + 2 x 0.675957 = 6.070196.
    """
    assert environment.at_origin_of_swing(
        yearly=5.0, mean=3.0, persistence=np.exp(-1), spread=2.0, error=1.0
    ) == pytest.approx(6.070196, abs=1e-5)
    assert environment.at_origin_of_swing(
        yearly=5.0, mean=3.0, persistence=np.exp(-1), spread=2.0, error=0.0
    ) == pytest.approx(4.718282, abs=1e-5)


def test_at_origin_of_swing_knows_more_from_a_last_quarter():
    """Decay 1 a year is 1/4 in a quarter: covariance (1 - e^-0.25) / 0.25 = 0.884797,

    variance 2 (0.25 - 0.221199) / 0.0625 = 0.921625; slope 0.960040; unknown sqrt(1 - 0.884797**2 / 0.921625) = 0.388020.
    """
    asked = {"yearly": 5.0, "mean": 3.0, "persistence": np.exp(-1), "spread": 2.0}
    quiet = environment.at_origin_of_swing(**asked, error=0.0, span=0.25)
    assert quiet == pytest.approx(3 + 2 * 0.960040, abs=1e-4)
    assert environment.at_origin_of_swing(**asked, error=1.0, span=0.25) - quiet == pytest.approx(
        2 * 0.388020, abs=1e-4
    )


@pytest.mark.parametrize("persistence", [0.1, 0.9])
def test_at_origin_of_swing_agrees_with_simulated_years(persistence):
    """Regressing the last month on the mean of its year gives the rule's slope and what stays unknown."""
    random = np.random.default_rng(3)
    monthly = persistence ** (1 / 120)  # ten steps a month come near to continuous time
    value = random.standard_normal(10_000)
    total = np.zeros_like(value)
    for _ in range(120):
        value = monthly * value + np.sqrt(1 - monthly**2) * random.standard_normal(len(value))
        total += value / 120
    slope = np.cov(value, total)[0, 1] / total.var()
    unknown = (value - slope * total).std()
    rule = environment.at_origin_of_swing(
        yearly=np.array([2.0, 1.0]), mean=1.0, persistence=persistence, spread=1.0, error=0.0
    )
    assert rule[0] - rule[1] == pytest.approx(slope, abs=0.03)
    spread = environment.at_origin_of_swing(yearly=1.0, mean=1.0, persistence=persistence, spread=1.0, error=1.0) - 1.0
    assert spread == pytest.approx(unknown, abs=0.03)


@pytest.mark.parametrize("persistence", [0.1, 0.6])
def test_december_of_growth_agrees_with_simulated_years(persistence):
    """Thousands of two years of output, month by month: regressions on growth of the year over the year before."""
    random = np.random.default_rng(7)
    monthly = persistence ** (1 / 12)
    pace, level, levels = random.standard_normal(40_000), np.zeros(40_000), []
    for _ in range(24):
        pace = monthly * pace + np.sqrt(1 - monthly**2) * random.standard_normal(len(pace))
        level = level + pace / 12
        levels.append(level)
    growth = np.mean(levels[12:], axis=0) - np.mean(levels[:12], axis=0)
    within = (level - np.mean(levels[12:], axis=0)) / (5.5 / 12)
    slopes = [np.cov(each, growth)[0, 1] / growth.var() for each in (pace, within)]
    unknown = np.cov([pace - slopes[0] * growth, within - slopes[1] * growth])

    asked = {"mean": 1.0, "persistence": persistence, "spread": 1.0}
    quiet = np.array(environment.december_of_growth(yearly=2.0, error=0.0, error_within=0.0, **asked))
    assert quiet - 1 == pytest.approx(slopes, abs=0.02)
    one, other = (
        np.array(environment.december_of_growth(yearly=2.0, error=each, error_within=1 - each, **asked)) - quiet
        for each in (1.0, 0.0)
    )
    assert other[0] == 0
    assert np.outer(one, one) + np.outer(other, other) == pytest.approx(unknown, abs=0.02)


def test_december_of_growth_by_hand():
    """Paces that never change are the year's growth; without persistence (1e-6 a year, a third of a gap in a month)

    hardly anything of it is in the last pace: least weight of 24, 1 against a mean square of 8.
    """
    asked = {"yearly": 5.0, "mean": 3.0, "spread": 0.0, "error": 0.0, "error_within": 0.0}
    assert environment.december_of_growth(persistence=1.0, **asked) == pytest.approx((5.0, 5.0), abs=1e-3)
    pace, within = environment.december_of_growth(persistence=0.0, **asked)
    assert 3.0 < pace < 3.6
    assert pace < within < 5.0
    whole = environment.december_of_growth(**asked | {"persistence": 1.0, "spread": 4.0, "error": 1.0})
    assert whole == pytest.approx((5.0, 5.0), abs=0.3)


def test_at_origin_of_swing_takes_any_persistence_from_none_to_all():
    """No persistence counts as 1e-6, decay 6 ln 10 = 13.815511; all as 0.999, decay 0.0010005, where December is the year.

    Covariance (1 - 1e-6) / 13.815511 = 0.0723823; variance 2 (13.815511 - 0.999999) / 190.868 = 0.134287; slope 0.539011.
    """
    none, whole = (
        environment.at_origin_of_swing(yearly=1.0, mean=0.0, persistence=persistence, spread=1.0, error=0.0)
        for persistence in (0.0, 1.0)
    )
    decay = 6 * np.log(10)
    covariance, variance = (1 - 1e-6) / decay, 2 * (decay - (1 - 1e-6)) / decay**2
    assert none == pytest.approx(covariance / variance)
    assert none == pytest.approx(0.539011, abs=1e-5)
    assert whole == pytest.approx(1 - 0.0010005 / 6, abs=1e-6)  # (1 - k/2) / (1 - k/3) for a small decay k


def test_next_price_goes_a_share_of_the_log_gap_in_a_year():
    """50 towards 80 at 19 % a year: 81 % of the log gap is left after twelve months, 80 x (50/80) ** 0.81 = 80 exp(-0.380703) = 54.6705."""
    price = 50.0
    for _ in range(12):
        price = environment.next_price(price=price, mean=80.0, speed=0.19, volatility=0.3, shock=0.0)
    assert price == pytest.approx(54.6705, abs=1e-3)


def test_next_price_moves_by_a_month_of_its_volatility():
    """0.3 a root year is 0.0866025 a root month; at its mean a shock of 2 makes 80 exp(0.173205) = 95.1285."""
    assert environment.next_price(price=80.0, mean=80.0, speed=0.19, volatility=0.3, shock=2.0) == pytest.approx(
        95.1285, abs=1e-3
    )


def test_back_to_experience_leaves_alone_what_has_been_seen():
    """Half of the log excess in a year: 300 above 150 is 150 x 2 ** 0.5 = 212.132 after twelve months, 6 below 12 is 8.48528."""
    price = np.array([6.0, 12.0, 50.0, 150.0, 300.0])
    for _ in range(12):
        price = environment.back_to_experience(price=price, low=12.0, high=150.0, speed=0.5)
    assert price == pytest.approx([8.48528, 12.0, 50.0, 150.0, 212.132], abs=1e-3)


def test_speed_of_process_is_none_for_the_futures_of_no_change():
    """With a weight of 0.4 the futures at 0.1 and 0.39 stay, those at 0.4 and 0.9 return by their own speed."""
    process, speed = np.array([0.1, 0.39, 0.4, 0.9]), np.array([0.1, 0.2, 0.05, 0.15])
    found = environment.speed_of_process(process=process, no_change=0.4, speed=speed)
    assert found == pytest.approx([0.0, 0.0, 0.05, 0.15])


def test_anchor_is_a_geometric_mean():
    """A quarter of 16 and three quarters of 81: 16 ** 0.25 x 81 ** 0.75 = 2 x 27 = 54."""
    assert environment.anchor(current=16.0, past_mean=81.0, weight=0.25) == pytest.approx(54.0)
    assert environment.anchor(current=16.0, past_mean=81.0, weight=np.array([0.0, 1.0])) == pytest.approx([81.0, 16.0])


def test_correlated_shares_a_part_and_keeps_its_variance():
    """Correlation 0.6: 0.6 x 1 + 0.8 x (-2) = -1."""
    assert environment.correlated(common=1.0, own=-2.0, correlation=0.6) == pytest.approx(-1.0)
    assert environment.correlated(common=1.0, own=-2.0, correlation=-0.6) == pytest.approx(-2.2)


def test_surprise_counts_a_set_price_as_a_shock():
    """Volatility 0.3 a root year: a month's standard deviation is 0.0866025."""
    month = 0.3 / np.sqrt(12)
    assert environment.surprise(departure=np.array([0.0, month, -2 * month]), volatility=0.3) == pytest.approx(
        [0.0, 1.0, -2.0]
    )


def test_premium_of_supply_shock_rises_and_falls_in_straight_lines():
    """0.8 log points: an eighth a month over four months, then gone after eight more, none long after."""
    age = np.array([1.0, 2.0, 4.0, 8.0, 12.0, 13.0, 1200.0])
    assert environment.premium_of_supply_shock(age=age, size=0.8, rise=4.0, duration=12.0) == pytest.approx(
        [0.2, 0.4, 0.8, 0.4, 0.0, 0.0, 0.0]
    )
    at_once = environment.premium_of_supply_shock(age=np.array([1.0, 3.0]), size=0.8, rise=4.0, duration=2.0)
    assert at_once == pytest.approx([0.2, 0.0]), "gone before it has risen"
