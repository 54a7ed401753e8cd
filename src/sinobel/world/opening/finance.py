"""Opening of output, exchange rate and external accounts of Belarus. Flows are USD mn a month, stocks USD mn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import KnownRecord
from sinobel.world import ledger
from sinobel.world.constants import (
    DECEMBER_AFTER_MEAN,
    MONTHS_PER_YEAR,
    PERCENT,
)
from sinobel.world.draws import ParameterDraws
from sinobel.world.elementary import exp, log, log1p, power
from sinobel.world.opening.loans import LoansOpening
from sinobel.world.opening.trade import tied_goods
from sinobel.world.opening.within_a_year import of_december
from sinobel.world.rules import external_accounts, projects

RECENT = 2  # years whose mean is the level of flows that only close the accounts
EXCHANGE_RATE_YEARS = 10  # over which the real exchange rate is taken to be balanced on average
FIRST_INVESTMENT = 1992  # of the record
FIRST_LOANS = 2000  # year from which multilateral debt and bonds are summed


def exchange_rate_jump(known: KnownRecord, dollar_inflation: np.ndarray) -> np.ndarray:
    """Log of the real exchange rate of December over that of the origin's year.

    The nominal rate is known by month; consumer prices are known against December a year before, and are taken to have
    risen evenly.
    """
    year = range(1, MONTHS_PER_YEAR + 1)
    january = months.parse(f"{known.year}-01")
    rates = [known.at_month("exchange_rate_byn_per_usd_month", january + each - 1) for each in year]
    rise = log1p(known.at_month("cpi_yoy.BLR_month") / PERCENT)
    prices = rise - log(np.mean([exp(rise * month / MONTHS_PER_YEAR) for month in year]))
    abroad = dollar_inflation * DECEMBER_AFTER_MEAN
    result: np.ndarray = prices - log(rates[-1] / np.mean(rates)) - abroad
    return result


@dataclass
class FinanceOpening:
    """Output and external accounts at an origin."""

    gdp: Annotated[float, "USD mn a month"]
    growth: Annotated[float, "% a year"]
    growth_before: Annotated[float, "% a year"]  # of the year before
    exchange_rate_gap: Annotated[np.ndarray, "log"]
    exchange_rate_jump: Annotated[np.ndarray, "log"]  # of December against the year
    rouble_catching_up: Annotated[np.ndarray, "log"]  # the part of the jump that oil does not explain
    reserves: Annotated[float, "USD mn"]
    debts: Annotated[dict[str, float], "USD mn"]
    income: Annotated[np.ndarray, "USD mn a month"]  # income and other current items, interest and profits apart
    other_capital: Annotated[np.ndarray, "USD mn a month"]  # beyond what trade calls for
    other_fdi: Annotated[np.ndarray, "USD mn a month"]
    revenue_ratio: Annotated[float, "fraction"]  # revenue of general government over GDP
    service: Annotated[np.ndarray, "USD mn a month"]  # moving average, bonds repaid in the year included
    burden: Annotated[np.ndarray, "USD mn a month"]  # interest and called guarantees that the budget pays
    bonds_due: Annotated[dict[int, float], "USD mn"]  # by months from the origin
    fdi_stock: Annotated[np.ndarray, "USD mn"]  # of direct investment


def exchange_rate_gap(known: KnownRecord, dollar_inflation: np.ndarray, anchor: np.ndarray) -> np.ndarray:
    """Log gap of the real exchange rate at the origin: dollar GDP per unit of output over what it returns to.

    Parameters
    ----------
    anchor : np.ndarray
        Weight of the current level in that; the rest is the mean of ten years.
    """
    level: np.ndarray | float = 0.0
    series = []
    for year in range(known.year - EXCHANGE_RATE_YEARS + 1, known.year + 1):
        level += log1p(known.value("gdp_growth.BLR", year) / PERCENT)
        ago = year - known.year
        series.append(log(known.value("gdp_usd.BLR", year)) - level - dollar_inflation * ago)
    mean: np.ndarray | float = 0.0
    for value in series:
        mean = mean + value / len(series)
    result: np.ndarray = (1 - anchor) * (series[-1] - mean)
    return result


def debt_by_creditor(known: KnownRecord, at: int | None = None) -> dict[str, float]:
    """Public and publicly guaranteed external debt by creditor; what no creditor's record explains is `other`.

    It stands at the end of a year, of the origin's by default.

    Multilateral debt and bonds are summed from flows since 2000; the opening multilateral balance is the smallest that
    never turns negative. EFSD credit is taken out of the multilateral flows and put beside Russia's.
    """

    def flow(name: str, year: int) -> float:
        return known.value(name, year, otherwise=0.0)

    at = known.year if at is None else at
    efsd, bonds, multilateral = [0.0], [0.0], [0.0]
    for year in range(FIRST_LOANS, known.year + 1):
        drawn, repaid = "loan_disbursements.", "principal_repayments."
        efsd_change = flow(drawn + "EFSD", year) - flow(repaid + "EFSD", year)
        efsd.append(efsd[-1] + efsd_change)
        bonds.append(bonds[-1] + flow(drawn + "bonds", year) - flow(repaid + "bonds", year))
        change = flow(drawn + "multilateral", year) - flow(repaid + "multilateral", year) - efsd_change
        multilateral.append(multilateral[-1] + change)
    years = max(at - FIRST_LOANS + 1, 0)
    debts = {
        ledger.TIED: known.value("debt_stock.CHN", at),
        ledger.UNTIED: 0.0,
        ledger.RUSSIAN: known.value("debt_stock.RUS", at) + efsd[years],
        ledger.MULTI: multilateral[years] - min(multilateral),
        ledger.BONDS: bonds[years],
        ledger.ARREARS: 0.0,
    }
    total = known.value("external_debt_public_guaranteed.BLR", at)
    return debts | {ledger.OTHER: max(total - sum(debts.values()), 0.0)}


def bonds_by_month(known: KnownRecord, at: int | None = None) -> dict[int, float]:
    """Bonds that are out, by months to the one in which they fall due at once; recorded ones alone.

    They are out at the end of a year, of the origin's by default.
    """
    at = known.year if at is None else at
    due: dict[int, float] = {}
    for year in range(FIRST_LOANS, at + 1):
        issued = known.value("loan_disbursements.bonds", year, otherwise=0.0)
        if issued:
            first, term = _term_of_bonds(known, year)
            ahead = first + round(term) - months.december(at)
            if ahead > 0:
                due[ahead] = due.get(ahead, 0.0) + issued
    return due


def _term_of_bonds(known: KnownRecord, year: int) -> tuple[int, float]:
    """Month in which the bonds of a year were issued, and months to their redemption."""
    january = months.parse(f"{year}-01")
    december = january + MONTHS_PER_YEAR - 1
    month = next(iter(known.months_of("bond_term", january, december)), december)
    return month, known.at_month("bond_term", month)


def _interest_of_year(known: KnownRecord, year: int, parameters: ParameterDraws) -> np.ndarray:
    """Interest of a recorded year as the run reckons it: on all debts, midway between its ends, at the drawn rates."""
    first, last = (interest_of_debts(debt_by_creditor(known, end), parameters) for end in (year - 1, year))
    result: np.ndarray = (first + last) / 2
    return result


def _profits_of_year(known: KnownRecord, year: int, parameters: ParameterDraws) -> np.ndarray:
    """Profits of direct investment in a recorded year, reckoned likewise."""
    p = parameters.finance
    first, last = (investment_stock(known, p.fdi_wear, end) for end in (year - 1, year))
    result: np.ndarray = p.fdi_return * (first + last) / 2
    return result


def _private_balance(known: KnownRecord, year: int, parameters: ParameterDraws) -> np.ndarray:
    """Current account of a recorded year without what the state pays: interest and tied goods."""
    paid = _interest_of_year(known, year, parameters) + tied_goods(known, year, parameters)
    result: np.ndarray = known.value("current_account.BLR", year) + paid
    return result


def _spare_reserves(known: KnownRecord, year: int, target: np.ndarray) -> np.ndarray:
    """Reserves of a recorded year beyond their target, months of imports and the bonds of the next; USD mn a month."""
    imports = known.value("imports.BLR.WLD", year) / MONTHS_PER_YEAR
    spare: np.ndarray = 0.0 * target
    for end in (year - 1, year):
        bonds = sum(amount for ahead, amount in bonds_by_month(known, end).items() if ahead <= MONTHS_PER_YEAR)
        reserves = known.value("reserves_incl_gold.BLR", end) + 0.0 * target
        spare = spare + external_accounts.spare_reserves(reserves=reserves, target=target * imports + bonds) / 2
    return spare


def _private_finance(known: KnownRecord, year: int, parameters: ParameterDraws) -> np.ndarray:
    """What banks and firms borrowed abroad in a recorded year by the rule of the run, nobody in flight, USD mn."""
    p, still = parameters.finance, 0.0 * parameters.finance.private_finance
    monthly = external_accounts.private_finance(
        balance=_private_balance(known, year, parameters) / MONTHS_PER_YEAR,
        usual_part=p.private_finance,
        spare=_spare_reserves(known, year, p.reserve_target),
        largest_outflow=p.largest_outflow * known.value("gdp_usd.BLR", year) / MONTHS_PER_YEAR,
        not_renewed=still,
    )
    return MONTHS_PER_YEAR * monthly


def _capital_residual(known: KnownRecord, year: int) -> float:
    """Other capital of a recorded year: change of reserves less current account, investment and net borrowing."""
    change = known.value("reserves_incl_gold.BLR", year) - known.value("reserves_incl_gold.BLR", year - 1)
    net = 0.0
    for creditor in ("CHN", "RUS", "multilateral", "bonds"):  # the multilateral flows hold those of the EFSD
        net += known.value(f"loan_disbursements.{creditor}", year, otherwise=0.0)
        net -= known.value(f"principal_repayments.{creditor}", year, otherwise=0.0)
    return change - known.value("current_account.BLR", year) - known.value("fdi_inflow.BLR.WLD", year) - net


def _income_residual(known: KnownRecord, year: int) -> float:
    """Income and other of a recorded year but the oil duty: current account less goods and services."""
    goods = known.value("exports.BLR.WLD", year) - known.value("imports.BLR.WLD", year)
    residual = known.value("current_account.BLR", year) - goods - known.value("services_balance.BLR.WLD", year)
    return residual + known.value("oil_duty_transfer", year, otherwise=0.0)


def investment_stock(known: KnownRecord, wear: np.ndarray, at: int | None = None) -> np.ndarray:
    """Direct investment at the end of a year: what came in since the record begins, less wear.

    Parameters
    ----------
    wear : np.ndarray
        Share that goes in a year.
    at : int | None
        The year; the origin's by default.
    """
    stock: np.ndarray = np.zeros_like(wear)
    for year in range(FIRST_INVESTMENT, (known.year if at is None else at) + 1):
        stock = stock * (1 - wear) + known.value("fdi_inflow.BLR.WLD", year)
    return stock


def interest_of_debts(debts: dict[str, float], parameters: ParameterDraws) -> np.ndarray:
    """Interest of a year on debts at the drawn rates, USD mn."""
    p = parameters.finance
    result: np.ndarray = (
        debts[ledger.TIED] * parameters.loans.effective_interest
        + debts[ledger.RUSSIAN] * p.russia_rate
        + debts[ledger.MULTI] * p.multilateral_rate
        + debts[ledger.BONDS] * p.bond_rate
        + debts[ledger.OTHER] * p.other_rate
    )
    return result


def service_of_debts(debts: dict[str, float], parameters: ParameterDraws) -> np.ndarray:
    """Interest and steady repayment of a year on debts, USD mn; bonds fall due at once and are no part of it."""
    p = parameters.finance
    principal = debts[ledger.RUSSIAN] * p.russia_amortization + debts[ledger.MULTI] * p.multilateral_amortization
    result: np.ndarray = principal + _steady_repayment(debts, parameters) + interest_of_debts(debts, parameters)
    return result


def _steady_repayment(debts: dict[str, float], parameters: ParameterDraws) -> np.ndarray:
    """Principal of a year on tied loans, over their whole life, USD mn."""
    result: np.ndarray = debts[ledger.TIED] / (parameters.loans.grace + parameters.loans.repayment)
    return result


def _bonds_remembered(known: KnownRecord, memory: np.ndarray) -> np.ndarray:
    """What bonds that were repaid before the origin are of average service at its end, USD mn a month.

    Parameters
    ----------
    memory : np.ndarray
        Months of the moving average; finance.service_memory.
    """
    kept, remembered = 1 - 1 / memory, 0.0 * memory
    for year in range(FIRST_LOANS, known.year + 1):
        issued = known.value("loan_disbursements.bonds", year, otherwise=0.0)
        if issued:
            first, term = _term_of_bonds(known, year)
            ago = known.origin - first - round(term)
            if ago >= 0:
                remembered = remembered + issued / memory * power(kept, ago)
    return remembered


def burden_of_budget(debts: dict[str, float], parameters: ParameterDraws, loans: LoansOpening) -> np.ndarray:
    """What interest and called guarantees of a year take of the budget, USD mn; as the treasury reckons it.

    Parameters
    ----------
    loans : LoansOpening
        Tied loans that the state answers for and projects pay for as far as they earn; it owes the rest itself.
    """
    tied = debts[ledger.TIED] * parameters.loans.effective_interest
    answered = loans.guaranteed_share * (tied + _steady_repayment(debts, parameters))
    called = answered * projects.share_unearned(fails=loans.failing, cover=parameters.loans.project_cover)
    result: np.ndarray = interest_of_debts(debts, parameters) - loans.guaranteed_share * tied + called
    return result


def open_finance(known: KnownRecord, parameters: ParameterDraws, loans: LoansOpening) -> FinanceOpening:
    """Output, exchange rate, debts and the flows that close the accounts, at the end of the origin.

    Parameters
    ----------
    loans : LoansOpening
        The loan book.
    """
    years = range(known.year - RECENT + 1, known.year + 1)
    debts, p = debt_by_creditor(known), parameters.finance
    capital = income = 0.0 * p.private_finance
    for year in years:
        capital = capital + (_capital_residual(known, year) - _private_finance(known, year, parameters)) / len(years)
        paid = _interest_of_year(known, year, parameters) + _profits_of_year(known, year, parameters)
        income = income + (_income_residual(known, year) + paid) / len(years)
    fdi = np.mean([known.value("fdi_inflow.BLR.WLD", year) for year in years])
    jump = exchange_rate_jump(known, p.dollar_inflation)
    return FinanceOpening(
        gdp=known.value("gdp_usd.BLR") / MONTHS_PER_YEAR,
        growth=known.value("gdp_growth.BLR"),
        growth_before=known.value("gdp_growth.BLR", known.year - 1),
        exchange_rate_gap=exchange_rate_gap(known, p.dollar_inflation, p.exchange_rate_anchor),
        exchange_rate_jump=jump,
        rouble_catching_up=jump - p.exchange_rate_oil * of_december(known, "oil_price_brent_month"),
        reserves=known.value("reserves_incl_gold.BLR"),
        debts=debts,
        income=income / MONTHS_PER_YEAR,
        other_capital=capital / MONTHS_PER_YEAR,
        other_fdi=np.maximum(fdi - p.china_fdi, p.least_other_fdi * fdi) / MONTHS_PER_YEAR,
        revenue_ratio=known.value("government_revenue.BLR") / PERCENT,
        service=service_of_debts(debts, parameters) / MONTHS_PER_YEAR + _bonds_remembered(known, p.service_memory),
        burden=burden_of_budget(debts, parameters, loans) / MONTHS_PER_YEAR,
        bonds_due=bonds_by_month(known),
        fdi_stock=investment_stock(known, p.fdi_wear),
    )
