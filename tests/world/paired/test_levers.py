"""Every lever moves what `acts` in model/levers.toml says it moves, with the sign it should, at both ends of its range."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from tests.world.paired.worlds import effect, mostly, simulate

START, HORIZON, DRAWS = "2018-01", "2022-12", 100
MOVES = {
    "belarus.reform": {
        0.0: [("gdp", -1), ("other_exports_to_china", -1), ("loan_disbursements", -1), ("fdi_from_china", -1)],
        1.0: [("gdp", +1), ("other_exports_to_china", +1), ("loan_disbursements", +1), ("fdi_from_china", +1)],
    },
    "belarus.export_drive": {5.0: [("other_exports_to_china", +1)]},
    "belarus.tied_share_limit": {0.0: [("loan_commitments", -1), ("tied_imports", -1)]},
    "belarus.untied_share_requested": {0.5: [("tied_debt_to_china", -1), ("untied_loans_from_china", +1)]},
    "belarus.potash_market_diversification": {0.5: [("potash_volume_to_china", -1), ("potash_volume_elsewhere", +1)]},
    "belarus.export_diversification": {1.0: [("other_exports_to_china", +1), ("exports_to_rest", +1)]},
    "belarus.debt_ceiling": {0.1: [("tied_debt_to_china", -1), ("untied_borrowing", -1)]},
    "belarus.guarantee_stop": {True: [("loan_commitments", -1), ("guarantees_called", -1)]},
    "belarus.stake_sale": {0.5: [("potash_contract_price", -1), ("income_and_other", -1)]},
    "belarus.borrowing_preference": {
        -1.0: [("bonds", -1)],  # Moscow, near its ceiling, is owed more in two futures of three
        1.0: [("debt_to_russia", -1), ("bonds", +1)],
    },
    "belarus.eu_rapprochement": {1.0: [("eu_access", +1), ("tension_with_russia", +1), ("exports_to_eu", +1)]},
    "belarus.transit_push": {1.0: [("services_balance", +1)]},
    "belarus.zone_law": {
        0.0: [("great_stone_residents", -1), ("fdi_from_china", -1)],
        2.0: [("great_stone_residents", +1), ("fdi_from_china", +1)],
    },
    "belarus.new_mine": {0.0: [("potash_output", -1)], 1.0: [("potash_output", +1)]},
    "belarus.potash_export_duty": {120.0: [("potash_contract_price", +1), ("months_without_contract", +1)]},
    "china.tied_share": {0.0: [("tied_imports", -1)], 1.0: [("tied_imports", +1)]},
    "china.lending_volume": {0.0: [("loan_commitments", -1)], 4.0: [("loan_commitments", +1)]},
    "china.interest_rate": {  # dear loans are signed less, so that what they cost in all may go either way
        0.0: [("interest_to_china", -1), ("effective_loan_cost", -1)],
        0.15: [("effective_loan_cost", +1), ("loan_commitments", -1)],
    },
    "china.concessional_share": {0.0: [("interest_to_china", +1)], 1.0: [("interest_to_china", -1)]},
    "china.maturity": {3.0: [("principal_to_china", +1)], 40.0: [("principal_to_china", -1)]},
    "china.grace": {1.0: [("principal_to_china", +1)], 10.0: [("principal_to_china", -1)]},
    "china.obor_restriction": {True: [("loan_commitments", -1), ("effective_loan_cost", +1)]},
    "china.fdi_instead_of_loans": {1.0: [("loan_commitments", -1), ("fdi_from_china", +1)]},
    "china.market_closure": {True: [("potash_volume_to_china", -1)]},
    "china.contract_timing": {0.2: [("months_without_contract", -1)], 4.0: [("months_without_contract", +1)]},
    "china.fta_with_eeu": {True: [("ordinary_imports_from_china", +1), ("other_exports_to_china", +1)]},
    "china.technology_transfer": {
        0.0: [("partnership_with_china", -1), ("dependence_on_russia", +1)],
        3.0: [("partnership_with_china", +1), ("dependence_on_russia", -1), ("tension_with_russia", +1)],
    },
    "china.deference_to_moscow": {0.0: [("loan_commitments", +1)], 1.0: [("loan_commitments", -1)]},
    "china.rescheduling": {1.0: [("principal_to_china", -1), ("debt_to_china", +1)]},
    "china.disburse_under_sanctions": {False: [("loan_disbursements", -1)]},
    "russia.energy_subsidy": {
        0.0: [("oil_product_exports", -1), ("gdp", -1), ("solvency_risk", +1), ("reserves", -1)],
        2.0: [("oil_product_exports", +1), ("gdp", +1), ("solvency_risk", -1), ("reserves", +1)],
    },
    "russia.lending": {0.0: [("debt_to_russia", -1)], 4.0: [("debt_to_russia", +1)]},
    "russia.cartel": {1.0: [("potash_spot_price", +1), ("potash_volume_to_china", -1)]},
    "russia.transit_capture": {
        0.0: [("services_balance", +1), ("loan_commitments", +1)],
        1.0: [("services_balance", -1), ("loan_commitments", -1)],
    },
    "russia.retaliation": {0.0: [("russian_energy_subsidy", +1)], 4.0: [("russian_energy_subsidy", -1)]},
    "russia.growth_shock": {
        -0.10: [("growth_russia", -1), ("gdp_growth", -1), ("exports_to_russia", -1)],
        0.06: [("growth_russia", +1), ("gdp_growth", +1), ("exports_to_russia", +1)],
    },
    "eu.sanctions": {
        "off": [("debt_to_multilaterals", +1), ("bonds", +1)],
        "political": [("debt_to_multilaterals", -1), ("bonds", -1)],
        "extended": [("potash_revenue", -1), ("potash_volume_to_china", -1)],
    },
    "eu.market_access": {1.0: [("eu_access", +1), ("exports_to_eu", +1), ("fdi_from_china", +1)]},
    "eu.ebrd_finance": {0.0: [("debt_to_multilaterals", -1)], 6.0: [("debt_to_multilaterals", +1)]},
    "eu.ukraine_competition": {
        0.0: [("loan_commitments", +1), ("fdi_from_china", +1)],
        1.0: [("loan_commitments", -1), ("fdi_from_china", -1)],
    },
    "eu.sanctions_on_russia": {0.0: [("growth_russia", +1)], 3.0: [("growth_russia", -1)]},
    "eu.transit_demand": {0.0: [("services_balance", -1)], 2.0: [("services_balance", +1)]},
    "world.oil_price": {
        5.0: [("growth_russia", -1), ("imports_from_russia", -1), ("exports_to_russia", -1)],
        200.0: [("growth_russia", +1), ("imports_from_russia", +1), ("exports_to_russia", +1)],
    },
    "world.crop_prices": {0.3: [("potash_spot_price", -1)], 3.0: [("potash_spot_price", +1)]},
    "world.potash_demand": {0.5: [("potash_spot_price", -1)], 1.5: [("potash_spot_price", +1)]},
    "world.potash_supply_shock": {1.2: [("potash_spot_price", +1)]},
    "world.china_growth": {
        -0.10: [("other_exports_to_china", -1), ("exports_to_rest", -1)],
        0.15: [("other_exports_to_china", +1), ("exports_to_rest", +1)],
    },
    "world.project_failure": {
        1.0: [("guarantees_called", +1), ("project_capital", -1), ("output_gained_by_projects", -1), ("gdp", -1)]
    },
    "world.failure_foreseen": {1.0: [("loan_commitments", -1)]},
}
"""Lever -> extreme value -> indicators that move over the simulated years together, and the sign."""

BESIDE = {
    "china.disburse_under_sanctions": [("eu.sanctions", "extended", START)],
    "world.failure_foreseen": [("world.project_failure", 1.0, START)],
}
"""Levers that act only beside another one."""


def total(name, changed, base):
    """Effect on an indicator added up over all years, draw by draw."""
    return sum(effect(name, changed, base, year + 1) for year in range(len(base[name])))


@pytest.fixture(scope="module")
def base():
    return simulate(draws=DRAWS, horizon=HORIZON)


def test_every_lever_is_tested_at_each_end_that_differs_from_its_baseline():
    """What is as simulated and begins at an end, as the broken cartel of 2016 does, is moved by the other end."""
    assert set(MOVES) == set(all_levers())
    for name, lever in all_levers().items():
        ends = {"number": lever.range, "switch": (True, False), "choice": lever.options}[lever.kind]
        simulated = lever.baseline == "as simulated"
        begins = lever.recorded_at(months.parse_origin(months.DEFAULT_ORIGIN)) if simulated else lever.baseline
        wanted = {end for end in ends if end not in (lever.baseline, begins)}
        assert set(MOVES[name]) == wanted, name


@pytest.mark.parametrize("lever", MOVES)
def test_a_lever_moves_what_it_says(lever, base):
    beside = BESIDE.get(lever, [])
    before = simulate(beside, draws=DRAWS, horizon=HORIZON) if beside else base
    for value, expected in MOVES[lever].items():
        changed = simulate([*beside, (lever, value, START)], draws=DRAWS, horizon=HORIZON)
        for name, sign in expected:
            difference = total(name, changed, before)
            assert np.abs(difference).max() > 0, f"{lever} = {value} does not move {name}"
            mostly(difference, sign, share=0.7, strictly=0.1)
