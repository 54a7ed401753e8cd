"""What the change of an indicator is made of: channels that add up to it in every draw, by indicator.

What is a product (price and volume; China's share of what income and the exchange rate call for; output, exchange rate
and prices) is split by the Shapley value of its factors, so that no order of the factors is preferred; what is a sum is
split term by term.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial, prod

import numpy as np

Values = Mapping[str, np.ndarray]
"""Values of indicators by name, arrays of one shape."""


# --- products --------------------------------------------------------------------------------------------------------


def shapley(now: Sequence[np.ndarray], before: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Change of a product by factor: the mean over all orders in which the factors may change one after another.

    Parameters
    ----------
    now, before : Sequence[np.ndarray]
        The factors on both sides, arrays of one shape.

    Returns
    -------
    list[np.ndarray]
        One array a factor; they add up to prod(now) - prod(before) (Shapley 1953; for two factors each change
        counts at the mean of the other factor).
    """
    places = range(len(now))
    contributions = []
    for place in places:
        others = [other for other in places if other != place]
        part = np.zeros_like(np.asarray(now[place], dtype=float))
        for size in range(len(now)):
            weight = factorial(size) * factorial(len(now) - size - 1) / factorial(len(now))
            for changed in combinations(others, size):
                part = part + weight * prod((now if other in changed else before)[other] for other in others)
        contributions.append(part * (now[place] - before[place]))
    return contributions


def per_unit(
    value: np.ndarray, amount: np.ndarray, base_value: np.ndarray, base_amount: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Value for a unit on both sides. Where one side has no amount it has no price of its own and takes the other's."""
    here, there = amount > 0, base_amount > 0
    now = np.divide(value, amount, out=np.zeros_like(value), where=here)
    before = np.divide(base_value, base_amount, out=np.zeros_like(base_value), where=there)
    return np.where(here, now, before), np.where(there, before, now)


def split_value(
    value: np.ndarray, volume: np.ndarray, base_value: np.ndarray, base_volume: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Change of a value split into price and volume, each at the mean of the other: exact and symmetric.

    Where nothing was shipped on one of the two sides there is no price to compare, and all of it is volume.
    """
    price, base_price = per_unit(value, volume, base_value, base_volume)
    by_price, _ = shapley([price, volume], [base_price, base_volume])
    return by_price, (value - base_value) - by_price


# --- the balance with China ------------------------------------------------------------------------------------------

BALANCE_NEEDS = (
    "balance_with_china",
    "potash_exports_to_china",
    "potash_volume_to_china",
    "other_exports_to_china",
    "tied_imports",
    "ordinary_imports_from_china",
    "imports_wanted",
    "chinese_goods_wanted",
    "displaced_chinese_goods",
    "investment_goods_from_china",
    "gdp",
    "real_exchange_rate_gap",
    "exchange_rate_effect_on_imports",
    "exchange_rate_effect_on_other_exports",
)
WANTED = ("China's share of imports", "imports per income", "exchange rate, imports", "income")
"""What ordinary goods from China that are wanted are the product of."""


def balance_channels(now: Values, before: Values) -> dict[str, np.ndarray]:
    """Change of the balance with China by channel; each is positive when it improves the balance.

    Parameters
    ----------
    now, before : Values
        Values of BALANCE_NEEDS on both sides, arrays of one shape.
    """
    potash = split_value(*(side[name] for side in (now, before) for name in BALANCE_NEEDS[1:3]))
    push = (np.exp(side["exchange_rate_effect_on_other_exports"]) for side in (now, before))
    others = [side["other_exports_to_china"] for side in (now, before)]
    by_rate, by_demand = _by_factor(others, list(push))
    wanted = shapley(*_wanted(now, before))
    change = {name: now[name] - before[name] for name in BALANCE_NEEDS}
    displaced, equipment = change["displaced_chinese_goods"], change["investment_goods_from_china"]
    unpaid = change["chinese_goods_wanted"] - displaced + equipment - change["ordinary_imports_from_china"]
    return {
        "potash price": potash[0],
        "potash volume": potash[1],
        "other exports, own growth": by_demand,
        "exchange rate, other exports": by_rate,
        "tied imports": -change["tied_imports"],
        "ordinary goods that tied goods displace": displaced,
        **{name: -part for name, part in zip(WANTED, wanted, strict=True)},
        "equipment for Chinese investment": -equipment,
        "imports that could not be paid": unpaid,
    }


def _by_factor(value: Sequence[np.ndarray], factor: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Change of a value by a factor that is known, and by everything else in it."""
    rest = [each / known for each, known in zip(value, factor, strict=True)]
    by_factor, by_rest = shapley(*([known, other] for known, other in zip(factor, rest, strict=True)))
    return by_factor, by_rest


def _wanted(now: Values, before: Values) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Factors of the Chinese goods that are wanted, on both sides, in the order of WANTED."""

    def of(name: str) -> tuple[np.ndarray, np.ndarray]:
        return now[name], before[name]

    rate = [np.exp(gap) for gap in of("real_exchange_rate_gap")]
    effect = [np.exp(log) for log in of("exchange_rate_effect_on_imports")]
    income = [gdp / level for gdp, level in zip(of("gdp"), rate, strict=True)]  # at one real exchange rate
    called_for = [level * size for level, size in zip(effect, income, strict=True)]
    imports = of("imports_wanted")
    shares = per_unit(now["chinese_goods_wanted"], imports[0], before["chinese_goods_wanted"], imports[1])
    intensity = per_unit(imports[0], called_for[0], imports[1], called_for[1])
    sides = tuple(zip(shares, intensity, effect, income, strict=True))
    return list(sides[0]), list(sides[1])


# --- debts -----------------------------------------------------------------------------------------------------------

Change = Callable[[str], np.ndarray]
"""Change of an indicator by name: the difference of a stock, the difference of sums of a flow; (draws,)."""


def debt_to_china_channels(change: Change) -> dict[str, np.ndarray]:
    """Change of the debt to China by what happened to its loans; each is positive when it raises the debt."""
    untied_signed, untied_out = change("untied_loans_signed"), change("untied_loans_from_china")
    untied_principal = untied_out - (change("debt_to_china") - change("tied_debt_to_china"))
    put_off = change("principal_put_off")
    tied_due = change("principal_to_china") - untied_principal + put_off
    return {
        "tied loans signed": change("loan_commitments") - untied_signed,
        "tied commitments that lapsed": -change("lapsed_commitments"),
        "tied commitments not yet drawn": untied_signed - untied_out - change("undrawn_commitments"),
        "untied loans paid out": untied_out,
        "principal due on tied loans": -tied_due,
        "principal put off": put_off,
        "principal on untied loans": -untied_principal,
    }


def debt_by_need_channels(change: Change) -> dict[str, np.ndarray]:
    """Change of public external debt by what had to be financed; each is positive when it raises the debt."""

    def deficit(partner: str) -> np.ndarray:
        return change(f"imports_from_{partner}") - change(f"exports_to_{partner}")

    interest = change("interest_to_china")
    return {
        "exports to China": -change("exports_to_china"),
        "tied imports from China": change("tied_imports"),
        "ordinary imports from China": change("ordinary_imports_from_china"),
        "trade with Russia": deficit("russia"),
        "trade with the EU": deficit("eu"),
        "trade with the rest of the world": deficit("rest"),
        "services": -change("services_balance"),
        "interest to China": interest,
        "other income and interest": -change("income_and_other") - interest,
        "direct investment from China": -change("fdi_from_china"),
        "direct investment from elsewhere": -change("fdi_from_elsewhere"),
        "sale of Belaruskali": -change("stake_receipts"),
        "other capital": -change("other_capital"),
        "reserves": change("reserves"),
    }


def debt_by_creditor_channels(change: Change) -> dict[str, np.ndarray]:
    """Change of public external debt by creditor."""
    tied = change("tied_debt_to_china")
    return {
        "China, project loans": tied,
        "China, untied loans": change("debt_to_china") - tied,
        "Russia and the EFSD": change("debt_to_russia"),
        "multilateral lenders": change("debt_to_multilaterals"),
        "bonds": change("bonds"),
        "other creditors": change("other_public_debt"),
        "arrears": change("arrears"),
    }


def reserves_channels(change: Change) -> dict[str, np.ndarray]:
    """Change of reserves by the flows of the balance of payments; each is positive when it raises reserves."""
    needs = debt_by_need_channels(change)
    paid = {name: -part for name, part in needs.items() if name != "reserves"}
    return {**paid, "public borrowing abroad, less repayment": change("external_public_debt")}


# --- goods exports and GDP -------------------------------------------------------------------------------------------

PARTNERS = ("exports_to_china", "exports_to_russia", "exports_to_eu", "exports_to_rest")
PRODUCTS = (
    "total_exports",
    "potash_exports_to_china",
    "potash_volume_to_china",
    "potash_revenue",
    "potash_volume_elsewhere",
    "oil_product_exports",
)
OUTPUT = ("gdp", "real_gdp", "real_exchange_rate_gap")


def exports_by_partner_channels(now: Values, before: Values) -> dict[str, np.ndarray]:
    """Change of goods exports by partner."""
    names = ("China", "Russia", "EU", "rest of the world")
    return {name: now[of] - before[of] for name, of in zip(names, PARTNERS, strict=True)}


def exports_by_product_channels(now: Values, before: Values) -> dict[str, np.ndarray]:
    """Change of goods exports by product, that of potash by price and volume."""
    sides = (now, before)
    china = split_value(*(side[name] for side in sides for name in PRODUCTS[1:3]))
    elsewhere = [side["potash_revenue"] - side["potash_exports_to_china"] for side in sides]
    volumes = [side["potash_volume_elsewhere"] for side in sides]
    others = split_value(elsewhere[0], volumes[0], elsewhere[1], volumes[1])
    oil = now["oil_product_exports"] - before["oil_product_exports"]
    potash = now["potash_revenue"] - before["potash_revenue"]
    return {
        "potash to China, price": china[0],
        "potash to China, volume": china[1],
        "potash elsewhere, price": others[0],
        "potash elsewhere, volume": others[1],
        "oil products": oil,
        "other goods": now["total_exports"] - before["total_exports"] - potash - oil,
    }


def gdp_channels(now: Values, before: Values) -> dict[str, np.ndarray]:
    """Change of GDP at current dollars: more output, a dearer currency, or dearer goods."""
    sides = []
    for side in (now, before):
        rate = np.exp(side["real_exchange_rate_gap"])
        sides.append([side["real_gdp"], rate, side["gdp"] / (side["real_gdp"] * rate)])
    real, rate, prices = shapley(*sides)
    return {"real growth": real, "real exchange rate": rate, "dollar prices": prices}


# --- debt over GDP ---------------------------------------------------------------------------------------------------


def debt_ratio_channels(now: Values, before: Values) -> dict[str, np.ndarray]:
    """Change of debt over GDP: debt itself by creditor, and what GDP does to the ratio by real growth, rate, prices."""
    sides = []
    for side in (now, before):
        rate = np.exp(side["real_exchange_rate_gap"])
        rest = side["gdp"] / (side["real_gdp"] * rate)
        sides.append([side["external_public_debt"], 1 / side["real_gdp"], 1 / rate, 1 / rest])
    unit = [np.ones_like(side[0]) for side in sides]
    _, growth, rate, prices = shapley(*sides)
    weight = shapley([unit[0], *sides[0][1:]], [unit[1] - 1, *sides[1][1:]])[0]  # of a dollar of debt
    creditors = debt_by_creditor_channels(lambda name: now[name] - before[name])
    by_creditor = {f"debt, {name}": part * weight for name, part in creditors.items()}
    return {**by_creditor, "real growth": growth, "real exchange rate": rate, "dollar prices": prices}


# --- what can be asked -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """A way to split an indicator: `debt` finds the channels of a stock, `flow` those of the flow of a year."""

    of: str
    needs: tuple[str, ...]
    debt: Callable[[Change], dict[str, np.ndarray]] | None = None
    flow: Callable[[Values, Values], dict[str, np.ndarray]] = balance_channels


DEBT_NEEDS = (
    "external_public_debt",
    "exports_to_china",
    "tied_imports",
    "ordinary_imports_from_china",
    *(f"{way}_{partner}" for partner in ("russia", "eu", "rest") for way in ("exports_to", "imports_from")),
    "services_balance",
    "interest_to_china",
    "income_and_other",
    "fdi_from_china",
    "fdi_from_elsewhere",
    "stake_receipts",
    "other_capital",
    "reserves",
)
CREDITORS = (
    "external_public_debt",
    "tied_debt_to_china",
    "debt_to_china",
    "debt_to_russia",
    "debt_to_multilaterals",
    "bonds",
    "other_public_debt",
    "arrears",
)
WAYS = {
    ("balance_with_china", "channel"): Way("balance_with_china", BALANCE_NEEDS),
    ("debt_to_china", "loan flow"): Way(
        "debt_to_china",
        (
            "debt_to_china",
            "tied_debt_to_china",
            "untied_loans_signed",
            "untied_loans_from_china",
            "principal_to_china",
            "principal_put_off",
            "loan_commitments",
            "lapsed_commitments",
            "undrawn_commitments",
        ),
        debt_to_china_channels,
    ),
    ("external_public_debt", "need"): Way("external_public_debt", DEBT_NEEDS, debt_by_need_channels),
    ("external_public_debt", "creditor"): Way("external_public_debt", CREDITORS, debt_by_creditor_channels),
    ("reserves", "payment"): Way("reserves", DEBT_NEEDS, reserves_channels),
    ("total_exports", "partner"): Way("total_exports", ("total_exports", *PARTNERS), flow=exports_by_partner_channels),
    ("total_exports", "product"): Way("total_exports", PRODUCTS, flow=exports_by_product_channels),
    ("gdp", "growth and prices"): Way("gdp", OUTPUT, flow=gdp_channels),
    ("debt_to_gdp", "debt and growth"): Way(
        "debt_to_gdp", ("debt_to_gdp", *CREDITORS, *OUTPUT), flow=debt_ratio_channels
    ),
}
"""What can be split, and how: (indicator, kind of split) -> what it needs and how it is done."""
