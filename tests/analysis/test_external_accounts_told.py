"""Creditor mix, service calendar, who pays whom, thresholds: hand-made numbers, and sums that hold in every draw."""

import numpy as np
import pytest
import xarray as xr

import sinobel
from sinobel.analysis import creditors, payments, service, thresholds
from sinobel.analysis.creditors import CHINA, OTHERS, RUSSIA
from sinobel.analysis.payments import BY_BELARUS, EU, GOODS, LOANS, NET, POTASH, PRINCIPAL, REST, TO_BELARUS
from sinobel.analysis.service import INTEREST, NEW, OLD
from sinobel.inputs.objectives import all_objectives

NAMES = ["baseline", "stake-sale", "chinese-rescheduling"]


def yearly(**values):
    """Indicator -> one scenario, draws by years."""
    return {
        name: xr.DataArray(
            np.asarray([each], float),
            dims=("scenario", "draw", "year"),
            coords={"scenario": ["base"], "year": 2017 + np.arange(np.shape(each)[-1])},
        )
        for name, each in values.items()
    }


@pytest.fixture(scope="module")
def simulated():
    return sinobel.compare(NAMES, draws=60, horizon="2023-12", keep="years")


# --- creditors -------------------------------------------------------------------------------------------------------

DEBTS = {
    "external_public_debt": [[100.0, 200.0], [50.0, 0.0]],
    "debt_to_china": [[20.0, 50.0], [25.0, 0.0]],
    "debt_to_russia": [[60.0, 90.0], [15.0, 0.0]],
    "debt_to_multilaterals": [[10.0, 20.0], [5.0, 0.0]],
    "bonds": [[5.0, 30.0], [5.0, 0.0]],
    "other_public_debt": [[4.0, 8.0], [0.0, 0.0]],
    "arrears": [[1.0, 2.0], [0.0, 0.0]],
}


def test_shares_of_lenders_are_of_the_debt_of_each_future():
    found = creditors.shares(yearly(**DEBTS), "base")
    assert found[CHINA][0].tolist() == [0.2, 0.25]
    assert found[CHINA][1, 0] == 0.5
    assert found[OTHERS][0].tolist() == [0.05, 0.05]
    assert np.isnan(found[RUSSIA][1, 1]), "nothing is owed, so nobody has a share of it"
    assert found[CHINA][:, 0].mean() == 0.35  # the share of means would be 45 / 150
    assert np.allclose(sum(found.values())[:, 0], 1.0)


def test_of_the_record_years_to_the_origin_count_that_tell_both():
    record = {"debt_to_china": {2014: 30.0, 2016: 40.0, 2018: 1.0}, "external_public_debt": {2015: 90.0, 2016: 160.0}}
    assert creditors.recorded(record, 2016) == {2016: (40.0, 160.0)}
    assert creditors.recorded({}, 2016) == {}


# --- service ---------------------------------------------------------------------------------------------------------

SERVICE = {
    "debt_service": [[100.0]],
    "interest_on_public_debt": [[40.0]],
    "old_principal_to_china": [[8.0]],
    "loan_disbursements": [[50.0]],
    "principal_to_china": [[12.0]],
    "interest_to_china": [[5.0]],
    "net_transfer_from_china": [[32.0]],  # 50 - 12 - 5 - 1 of fees
    "principal_to_russia": [[20.0]],
    "interest_to_russia": [[18.0]],
    "principal_to_multilaterals": [[7.0]],
    "interest_to_multilaterals": [[3.0]],
    "principal_on_bonds": [[15.0]],
    "interest_on_bonds": [[9.0]],
}


def test_service_is_parted_by_lender_and_by_what_it_is_for():
    found = {part: values[0, 0] for part, values in service.parts(yearly(**SERVICE), "base").items()}
    assert found[CHINA, OLD] == 8.0
    assert found[CHINA, NEW] == 4.0
    assert found[CHINA, INTEREST] == 6.0
    assert found[RUSSIA, "principal"] == 20.0
    assert found[OTHERS, INTEREST] == 40.0 - 6.0 - 18.0 - 3.0 - 9.0
    assert found[OTHERS, "principal"] == 60.0 - 12.0 - 20.0 - 7.0 - 15.0
    assert sum(found.values()) == 100.0


def test_the_peak_is_that_of_the_mean_and_tells_how_often_it_is_the_dearest():
    peak = service.peak(np.array([[1.0, 5.0, 2.0], [1.0, 2.0, 4.0], [1.0, 4.0, 3.0], [9.0, 4.0, 4.0]]))
    assert peak == service.Peak(place=1, dearest=0.5)


def test_parts_of_the_service_add_up_in_every_draw_and_none_is_negative(simulated):
    for name in NAMES:
        parts = service.parts(simulated, name)
        whole = simulated["debt_service"].sel(scenario=name).values
        assert np.allclose(sum(parts.values()), whole, rtol=1e-9, atol=1e-6)
        for part, values in parts.items():
            assert values.min() > -1e-6 * whole.max(), part
        untied = simulated["untied_loans_from_china"].sel(scenario=name).values
        early = parts[CHINA, NEW][:, 0] - untied[:, 0]
        assert early.max() < 1e-6, "of loans signed since the origin, untied credit alone is repaid in its first year"


# --- payments --------------------------------------------------------------------------------------------------------


def test_flows_of_a_year_close_with_reserves_in_every_draw(simulated):
    for name in NAMES:
        for year in (2018, 2021):
            flows = payments.payments(simulated, name, year)
            total = sum(payments.balances(flows).values())
            change = simulated["reserves"].sel(scenario=name).diff("year").sel(year=year).values
            size = simulated["total_imports"].sel(scenario=name, year=year).values
            assert np.abs(total - change).max() < 1e-6 * size.max()
            for (side, kind), amounts in flows.items():
                if side != NET and kind != LOANS:
                    for partner, values in amounts.items():
                        assert values.min() > -1e-6 * size.max(), f"{partner} gives less than nothing of {kind}"


def test_goods_by_partner_are_what_customs_count(simulated):
    flows, annual = payments.payments(simulated, "baseline", 2019), simulated
    of = lambda name: annual[name].sel(scenario="baseline", year=2019).values  # noqa: E731
    sold = sum(flows[TO_BELARUS, GOODS].values()) + sum(flows[TO_BELARUS, POTASH].values())
    assert np.allclose(sold, of("total_exports"))
    bought = sum(flows[BY_BELARUS, GOODS].values()) + sum(flows[BY_BELARUS, payments.TIED].values())
    assert np.allclose(bought, of("total_imports"))
    assert np.array_equal(flows[BY_BELARUS, GOODS][EU], of("imports_from_eu"))


def test_loans_follow_from_what_is_owed_and_repaid():
    names = {name: [[0.0, 0.0]] for name in payments.NEEDED}
    names |= {
        "debt_to_russia": [[100.0, 130.0]],
        "debt_to_china": [[50.0, 55.0]],
        "external_public_debt": [[200.0, 245.0]],
        "loan_disbursements": [[0.0, 15.0]],
        "principal_to_china": [[0.0, 10.0]],
        "net_transfer_from_china": [[0.0, 2.0]],
        "interest_to_china": [[0.0, 3.0]],
        "principal_to_russia": [[0.0, 20.0]],
        "interest_to_russia": [[0.0, 6.0]],
        "interest_on_public_debt": [[0.0, 11.0]],
        "debt_service": [[0.0, 48.0]],
    }
    flows = payments.payments(yearly(**names), "base", 2018)
    assert {who: values.tolist() for who, values in flows[TO_BELARUS, LOANS].items()} == {
        CHINA: [15.0],
        "Russia": [50.0],  # 30 more is owed although 20 were repaid
        REST: [17.0],  # 10 more, and 48 - 11 - 10 - 20 = 7 were repaid
    }
    assert flows[BY_BELARUS, PRINCIPAL][REST].tolist() == [7.0]
    assert {who: values.tolist() for who, values in flows[BY_BELARUS, payments.INTEREST].items()} == {
        CHINA: [3.0],
        "Russia": [6.0],
        REST: [2.0],
    }


def test_the_first_year_has_no_payments_to_tell():
    flat = yearly(**{name: [[1.0, 1.0]] for name in payments.NEEDED})
    assert payments.years(flat) == [2018]
    for year in (2017, 2019):
        with pytest.raises(KeyError):
            payments.payments(flat, "base", year)


# --- thresholds ------------------------------------------------------------------------------------------------------


def test_crossing_counts_futures_in_which_there_is_a_number():
    values = yearly(debt_to_gdp=[[0.3, 0.5], [0.4, 0.41], [0.7, np.nan], [0.1, 0.2]])
    above, reached = (
        thresholds.Threshold("debt_to_gdp", "debt", 0.4, "fraction", relation=relation, source="a test")
        for relation in (">", ">=")
    )
    assert thresholds.crossing(values, above, "base").tolist() == [0.25, pytest.approx(2 / 3)]
    assert thresholds.crossing(values, reached, "base")[0] == 0.5
    below = thresholds.Threshold("debt_to_gdp", "debt", 0.25, "fraction", relation="<", source="a test")
    assert thresholds.crossing(values, below, "base").tolist() == [0.25, pytest.approx(1 / 3)]
    nothing = yearly(debt_to_gdp=[[np.nan]])
    assert np.isnan(thresholds.crossing(nothing, below, "base")).all()


def test_every_threshold_has_a_source_or_is_an_assumption_and_those_of_belarus_come_from_its_objectives():
    found = thresholds.thresholds(all_objectives())
    assert all(each.source for each in found)
    own = {each.indicator: each for each in found if each.source.startswith("objective")}
    assert own["reserves"].level == all_objectives()["belarus.reserves"].threshold
    assert own["reserves"].relation == "<"
    assert own["interest_to_revenue"].relation == ">"
    assert own["interest_to_revenue"].assumed
    assert found[0].words == "debt over GDP above 40 %"
    assert thresholds.held(yearly(reserves=[[1.0]]), found) == [own["reserves"]]
