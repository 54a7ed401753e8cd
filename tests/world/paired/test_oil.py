"""The oil complex, the reform, foreign owners and capacity: what they do to the same futures, and that it is they."""

import numpy as np
import pytest

from sinobel.inputs.levers import all_levers
from tests.world.paired.worlds import effect, make, mostly, simulate

START, HORIZON, DRAWS = "2018-01", "2024-12", 200
MOST_DRIVE = all_levers()["belarus.export_drive"].range[1]
NO_SUBSIDY = [("russia.energy_subsidy", 0.0, START)]
REFORM = [("belarus.reform", 1.0, START)]


@pytest.fixture(scope="module")
def base():
    return simulate(draws=DRAWS, horizon=HORIZON)


@pytest.fixture(scope="module")
def unsubsidized():
    return simulate(NO_SUBSIDY, draws=DRAWS, horizon=HORIZON)


def output(run):
    """Log of real output by year, 0 at the origin."""
    return np.cumsum(np.log1p(run["gdp_growth"] / 100), axis=0)


def test_a_lost_subsidy_costs_a_multiple_of_itself_in_output_within_three_years(base, unsubsidized):
    """35 to 90 % of the subsidy, so 2.5 to 6 % of output for 7 % of GDP, and most of it in the first two years."""
    lost = -(output(unsubsidized) - output(base))
    multiplier = np.mean(lost[3]) / np.mean(base["russian_energy_subsidy"][1:4] / base["gdp"][1:4])
    assert 0.35 <= multiplier <= 0.9
    assert 0.025 <= 0.07 * multiplier <= 0.06
    assert 0.025 <= np.mean(lost[3]) <= 0.065  # the whole subsidy is 9 % of GDP with oil at 60
    assert np.mean(lost[2]) > 0.7 * np.mean(lost[7])


def test_output_does_not_answer_the_subsidy_where_no_multiplier_carries_it():
    multipliers = dict.fromkeys((f"finance.{name}_multiplier" for name in ("subsidy", "squeeze", "finance")), 0.0)
    off = multipliers | {"politics.reform_slip": 0.0}
    with_it, without = (simulate(each, draws=50, horizon="2020-12", off=off) for each in ([], NO_SUBSIDY))
    assert np.abs(output(with_it) - output(without)).mean() < 0.0005


def test_a_lost_subsidy_lowers_refining_products_and_exports_to_the_union(base, unsubsidized):
    for name in ("refining_margin", "crude_refined", "oil_product_exports", "exports_to_eu", "exports_to_rest"):
        mostly(effect(name, unsubsidized, base, 4), -1, share=0.95, strictly=0.95)
    products = unsubsidized["oil_product_exports"][3] / base["oil_product_exports"][3] - 1
    assert -0.60 < products.mean() < -0.25
    mostly(effect("imports_from_russia", unsubsidized, base, 2), +1)  # what is left costs more


def test_refining_goes_on_as_before_where_it_does_not_answer_the_margin():
    off = {"oil.runs_response": 0.0}
    with_it, without = (simulate(each, draws=50, horizon="2020-12", off=off) for each in ([], NO_SUBSIDY))
    assert (effect("oil_product_exports", without, with_it, 3) > -1e-6).all()  # less at home leaves room for more


def test_reform_lowers_output_first_and_raises_it_later(base):
    reformed = simulate(REFORM, draws=DRAWS, horizon="2030-12")
    later = simulate(draws=DRAWS, horizon="2030-12")
    gain = output(reformed) - output(later)
    mostly(gain[1], -1, share=0.95, strictly=0.9)
    mostly(gain[13], +1, share=0.95, strictly=0.9)
    jobs = [effect("jobs_shed_by_reform", reformed, later, year) for year in (3, 14)]
    assert np.mean(jobs[0]) > 0.02
    assert np.mean(jobs[1]) < 0.01


def test_reform_costs_nothing_where_it_sheds_no_jobs():
    off = {"finance.reform_jobs": 0.0}
    plain, reformed = (simulate(each, draws=50, horizon="2018-12", off=off) for each in ([], REFORM))
    assert (output(reformed) - output(plain))[1].mean() > 0


def test_the_gains_of_reform_end_at_a_level():
    """In the end full reform has added what its parameters say, and no more: 0.8 of the index above the usual."""
    world = make(REFORM, draws=20, horizon="2024-12", off={"finance.reform_years": 0.5, "politics.reform_slip": 0.0})
    while world.running:
        world.step()
    p, reform = world.parameters, world.belarus.government.reform
    for gain, whole in (
        (world.belarus.reform_gain, p.finance.reform_gain),
        (world.belarus.exporters.reform_gain, p.trade.reform_exports),
    ):
        assert (gain > 0.05 * whole).all()
        assert (gain < whole * (reform - p.politics.usual_reform) + 1e-9).all()


def test_investment_raises_payments_of_profits_later(base):
    invested = simulate([("china.fdi_instead_of_loans", 1.0, START)], draws=DRAWS, horizon=HORIZON)
    more = [effect("fdi_profits", invested, base, year).mean() for year in (3, 5, 8)]
    mostly(effect("fdi_profits", invested, base, 8), +1, share=1.0, strictly=0.95)
    assert 0 < more[0] < more[1] < more[2]
    paid = effect("fdi_profits", invested, base, 8)
    assert effect("income_and_other", invested, base, 8).mean() > -2 * paid.mean()  # booked once, beside saved interest


def test_no_profits_are_paid_where_owners_take_none():
    run = simulate(draws=20, horizon="2019-12", off={"finance.fdi_return": 0.0, "finance.owners_part": 0.0})
    assert np.abs(run["fdi_profits"]).max() == 0.0


def test_the_largest_drive_for_exports_stays_within_capacity_and_costs_something(base):
    driven = simulate([("belarus.export_drive", MOST_DRIVE, START)], draws=DRAWS, horizon="2030-12")
    assert np.quantile(driven["exports_to_china"][13] / driven["gdp"][13], 0.95) < 0.2
    early = effect("other_exports_to_china", driven, base, 2) / base["other_exports_to_china"][1]
    late = effect("other_exports_to_china", driven, base, 8) / base["other_exports_to_china"][7]
    assert 0 < early.mean() < 0.5 * late.mean()
    mostly(effect("services_balance", driven, base, 4), -1, share=1.0, strictly=0.99)


def test_the_largest_drive_passes_all_bounds_where_capacity_has_none(monkeypatch):
    from sinobel.world.rules import trade

    drive = [("belarus.export_drive", MOST_DRIVE, START)]
    bounded = simulate(drive, draws=50, horizon=HORIZON)
    monkeypatch.setattr(trade, "room", lambda **given: 1.0)
    monkeypatch.setattr(trade, "promotion", lambda *, drive, halfway: drive)
    free = simulate(drive, draws=50, horizon=HORIZON)
    mostly(effect("other_exports_to_china", free, bounded, 8), +1, share=0.95, strictly=0.9)


def test_the_duty_on_products_ends_with_the_treaty():
    """Signed in May 2014: an origin before it passes duty on to Russia for good, one after it none."""
    paid = {}
    for origin in ("2012-12", "2014-12"):
        world = make(draws=20, origin=origin, horizon=f"{int(origin[:4]) + 1}-12")
        world.step()
        paid[origin] = world.belarus.refineries.duty / world.belarus.refineries.exports
        world.close()
    assert (paid["2012-12"] > 0.2).all()
    assert (paid["2014-12"] == 0.0).all()
