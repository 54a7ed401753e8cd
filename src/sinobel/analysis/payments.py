"""Who pays whom: what Belarus and each partner pay each other in a year, from the balanced flows of the model.

All money of the model crosses the border of Belarus, so two sides and four partners are the whole matrix. What partners
pay less what they are paid is the change of reserves, in every draw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sinobel.analysis.creditors import sum_of
from sinobel.runs.trajectories import Yearly

CHINA, RUSSIA, EU, REST = "China", "Russia", "European Union", "rest of the world"
PARTNERS = (CHINA, RUSSIA, EU, REST)
TO_BELARUS, BY_BELARUS, NET = "paid to Belarus", "paid by Belarus", "net, positive comes in"
POTASH, GOODS, TIED, LOANS, INVESTMENT = "potash", "other goods", "goods tied to loans", "loans", "investment, stakes"
INTEREST, PRINCIPAL = "interest", "principal"
SERVICES, INCOME, CAPITAL = "services, transit", "other income", "other capital"
Flow = tuple[str, str]
"""Side and kind."""
Amounts = Mapping[str, np.ndarray]
"""Partner -> USD mn in each draw, and year where several are told."""

FLOWS = (
    "potash_exports_to_china",
    "potash_revenue",
    "exports_to_china",
    "exports_to_russia",
    "exports_to_eu",
    "exports_to_rest",
    "tied_imports",
    "imports_from_china",
    "imports_from_russia",
    "imports_from_eu",
    "imports_from_rest",
    "loan_disbursements",
    "principal_to_china",
    "interest_to_china",
    "net_transfer_from_china",
    "principal_to_russia",
    "interest_to_russia",
    "debt_service",
    "interest_on_public_debt",
    "income_and_other",
    "services_balance",
    "fdi_from_china",
    "fdi_from_elsewhere",
    "stake_receipts",
    "other_capital",
)
STOCKS = ("external_public_debt", "debt_to_china", "debt_to_russia", "reserves")
SUBSIDY = "russian_energy_subsidy"
NEEDED = (*FLOWS, *STOCKS, SUBSIDY)


def years(yearly: Yearly) -> list[int]:
    """Years that can be told: all but the first, since stocks must be known at both ends of one."""
    return [int(year) for year in yearly[FLOWS[0]]["year"].values[1:]]


def payments(yearly: Yearly, scenario: str, year: int) -> dict[Flow, Amounts]:
    """Money of a year by side, kind and partner, USD mn; each (draws,).

    Raises
    ------
    KeyError
        For a year that has no year before it.
    """
    told = years(yearly)
    if year not in told:
        raise KeyError(year)
    place = told.index(year)
    every = of_every_year(yearly, scenario)
    return {flow: {who: amount[:, place] for who, amount in amounts.items()} for flow, amounts in every.items()}


def of_every_year(yearly: Yearly, scenario: str) -> dict[Flow, Amounts]:
    """Money by side, kind and partner in every year that can be told, USD mn; each (draws, years).

    Lenders other than China and Russia, and what the model does not split by country (services, profits and other
    income, other capital), stand with the rest of the world. Loans are new ones, with arrears, less debt bought back.
    """
    get = {name: sum_of(yearly, (name,), scenario)[:, 1:] for name in FLOWS}
    change = {name: np.diff(sum_of(yearly, (name,), scenario), axis=1) for name in STOCKS}
    return {**_trade(get), **_debt(get, change), **_rest(get)}


def _trade(get: Amounts) -> dict[Flow, Amounts]:
    """Goods, potash and goods tied to loans apart."""
    elsewhere = get["potash_revenue"] - get["potash_exports_to_china"]
    return {
        (TO_BELARUS, POTASH): {CHINA: get["potash_exports_to_china"], REST: elsewhere},
        (TO_BELARUS, GOODS): {
            CHINA: get["exports_to_china"] - get["potash_exports_to_china"],
            RUSSIA: get["exports_to_russia"],
            EU: get["exports_to_eu"],
            REST: get["exports_to_rest"] - elsewhere,
        },
        (BY_BELARUS, TIED): {CHINA: get["tied_imports"]},
        (BY_BELARUS, GOODS): {
            CHINA: get["imports_from_china"] - get["tied_imports"],
            RUSSIA: get["imports_from_russia"],
            EU: get["imports_from_eu"],
            REST: get["imports_from_rest"],
        },
    }


def _debt(get: Amounts, change: Amounts) -> dict[Flow, Amounts]:
    """Loans drawn, interest and principal. What is lent follows from what is owed more and what is repaid."""
    china, drawn = get["principal_to_china"], get["loan_disbursements"]
    to_china = drawn - china - get["net_transfer_from_china"]  # interest, and fees for what is put off
    paid, russia = get["interest_on_public_debt"], get["principal_to_russia"]
    others = get["debt_service"] - paid - china - russia
    owed_others = change["external_public_debt"] - change["debt_to_china"] - change["debt_to_russia"]
    return {
        (TO_BELARUS, LOANS): {CHINA: drawn, RUSSIA: change["debt_to_russia"] + russia, REST: owed_others + others},
        (BY_BELARUS, INTEREST): {
            CHINA: to_china,
            RUSSIA: get["interest_to_russia"],
            REST: paid - to_china - get["interest_to_russia"],
        },
        (BY_BELARUS, PRINCIPAL): {CHINA: china, RUSSIA: russia, REST: others},
    }


def _rest(get: Amounts) -> dict[Flow, Amounts]:
    """Investment, and what is known on balance alone."""
    income = get["income_and_other"] + get["interest_on_public_debt"]
    return {
        (TO_BELARUS, INVESTMENT): {
            CHINA: get["fdi_from_china"] + get["stake_receipts"],
            REST: get["fdi_from_elsewhere"],
        },
        (NET, SERVICES): {REST: get["services_balance"]},
        (NET, INCOME): {REST: income},
        (NET, CAPITAL): {REST: get["other_capital"]},
    }


def balances(flows: Mapping[Flow, Amounts]) -> dict[str, np.ndarray]:
    """What each partner pays Belarus less what Belarus pays it, USD mn; partner -> as the flows."""
    signed = [
        (partner, -amount if side == BY_BELARUS else amount)
        for (side, _), amounts in flows.items()
        for partner, amount in amounts.items()
    ]
    return {partner: np.sum([amount for who, amount in signed if who == partner], axis=0) for partner in PARTNERS}


def subsidy(yearly: Yearly, scenario: str) -> np.ndarray:
    """What Russia forgoes on energy in the years that can be told, USD mn: a low price, no payment; (draws, years)."""
    return sum_of(yearly, (SUBSIDY,), scenario)[:, 1:]
