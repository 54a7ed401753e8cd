"""Follow the money: where each 100 dollars of a Chinese loan, or of the whole book, went and what was paid for them.

What happened to the origin is the record's, allocated to loans, and partly assumed; what came after is simulated. Both
are added, and the part to the origin is told beside each sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.analysis.rows import Row, column
from sinobel.analysis.summary import bands
from sinobel.inputs import loans_and_contracts
from sinobel.inputs.loans_and_contracts import INSTRUMENTS, SECTORS, is_new, year_of_new
from sinobel.runs.trajectories import BANDS, LOAN_MEASURES, UNTIED, Loans

BOOK, BEFORE, NEW = loans_and_contracts.GROUPS
GROUPS = {
    BOOK: "All Chinese loans",
    BEFORE: "Loans signed before the origin",
    NEW: "Loans signed since the origin",
}
"""Groups of loans that can be asked for besides each loan by its name; those of a year go by "N2018" and so on."""
KINDS = {sector: f"Loans for projects of {sector}" for sector in SECTORS} | {
    "industrial park": "Loans for the industrial park and logistics",
    "mining": "Loans for mining",
    "multisector": "Loans for several sectors or unknown ones",
    "preferential": "Preferential and concessional credit",
    "commercial": "Commercial buyer's credit",
    "bank line": "Lines of bank credit",
}
"""Groups of loans by sector and by instrument; a loan to come has another of each in every future."""
SPENT, DRAWN, RETURNED, BUDGET, FATE, TERMS = "signed", "paid out", "paid back", "guarantees", "projects", "terms"
GIVES = "yields"
KINDS_TOLD = {"sector": SECTORS, "instrument": INSTRUMENTS}
UNGUARANTEED = (
    "of what no guarantee covers the budget pays all service, whether the project works or fails: an assumption, which "
    "counts it as debt of the state, as nearly all of the record without a guarantee is"
)
"""Who pays for a project that fails where nobody guarantees its loan."""
STAGES = {
    SPENT: "where the money signed went; adds up to 100",
    DRAWN: "what became of the principal; adds up to what was paid out",
    RETURNED: "what was paid to China for it",
    BUDGET: "service of guaranteed loans since the origin that the budget paid; a part of what was paid back. "
    "All of it where the project fails, and where it works the part that the project does not earn; interest counts, "
    "so it can pass what was signed. "
    f"Not in it: {UNGUARANTEED}",
    FATE: "of what was signed for projects, the part for those that fail; of one loan, the percent of futures in which "
    "its project does",
    GIVES: "output, and gas at the price of the origin, of what stands in the last year; the mine's tonnes apart",
    TERMS: "over the whole life of the loan, weighted by amount for several loans",
}
GOODS, TOO_DEAR, LOCAL, ANYTHING, LAPSED, UNDRAWN = (
    "Chinese goods, at their worth",
    "Chinese goods, paid too much",
    "other costs",
    "untied, buys anything",
    "lapsed",
    "not yet drawn",
)
PAID_OUT = (GOODS, TOO_DEAR, LOCAL, ANYTHING)
"""What is paid out goes to one of these."""
REPAID, OWED, REVALUED = "repaid", "still owed", "revalued in the record"
PRINCIPAL, INTEREST, CALLED = "principal", "interest", "called guarantees"
FAILED, OF_FUTURES, OF_PROJECTS = "projects that fail", "percent of futures", "USD per 100 signed for projects"
COST, GIFT = "effective cost", "grant element"
OUTPUT = "output and gas saved in the last year"


@dataclass(frozen=True)
class Money:
    """What became of the money of a loan or a group of loans, draw by draw, in USD mn.

    Attributes
    ----------
    signed, for_projects : np.ndarray
        (draws,); all of it, and without what is untied.
    items : Mapping[tuple[str, str], np.ndarray]
        (stage, item) -> (draws,), whole life to the horizon; `terms` are fractions.
    before : Mapping[tuple[str, str], np.ndarray]
        The same to the origin, for items that may have begun before it.
    sector, instrument : str
        Of one loan, with the share of futures each where they differ; nothing for groups.
    """

    scenario: str
    loan: str
    signed: np.ndarray
    for_projects: np.ndarray
    items: Mapping[tuple[str, str], np.ndarray]
    before: Mapping[tuple[str, str], np.ndarray]
    sector: str = ""
    instrument: str = ""

    def per_100(self, key: tuple[str, str]) -> np.ndarray:
        """USD per 100 USD signed, or percent of a fraction; not a number where nothing was signed. (draws,)

        What fails is told of what was signed for projects: untied money has none.
        """
        if key[0] == TERMS:
            return 100 * self.items[key]
        whole = self.for_projects if key[0] == FATE else self.signed
        signed = whole > 0
        result: np.ndarray = np.divide(100 * self.items[key], whole, out=np.full(len(signed), np.nan), where=signed)
        return result


def members(loans: Loans, which: str) -> list[str]:
    """Names of the loans of a group, or the one loan.

    Raises
    ------
    KeyError
        For a name that is neither.
    """
    new = [name for name in loans if name == UNTIED or is_new(name)]
    groups = {BOOK: list(loans), BEFORE: [name for name in loans if name not in new], NEW: new}
    groups |= {kind: [name for name in loans if name != UNTIED] for kind in KINDS}
    groups |= {year: [name for name in loans if year_of_new(name) == year] for year in years_of(loans)}
    if which in groups:
        return groups[which]
    if which not in loans:
        raise KeyError(which)
    return [which]


def years_of(loans: Iterable[str]) -> list[str]:
    """Groups of the loans signed in each year to come."""
    return list(dict.fromkeys(year for name in loans if (year := year_of_new(name))))


def _life(loans: Loans, name: str, which: str) -> np.ndarray:
    """The life of a loan, (measures, draws); of a sector or instrument, nothing in futures in which it has another."""
    life = loans[name]
    for measure, kinds in KINDS_TOLD.items():
        if which in kinds:
            life = np.where(life[LOAN_MEASURES.index(measure)] == kinds.index(which), life, 0.0)
    return life


def money(loans: Loans, scenario: str, which: str = BOOK) -> Money:
    """Where the money of a loan or of a group of loans went.

    Parameters
    ----------
    loans : Loans
        Lives of the loans of a scenario by name.
    scenario : str
        Its name.
    which : str
        "book", "before", "new", a sector, an instrument, the loans of a year as "N2018", or the name of a loan.

    Raises
    ------
    KeyError
        For an unknown loan.
    """
    names = members(loans, which)
    lives = [_life(loans, name, which) for name in names]
    untied = loans[UNTIED] if UNTIED in names else np.zeros_like(lives[0])
    sums, terms = _sums(lives)
    get = dict(zip(LOAN_MEASURES, sums, strict=True))
    drawn = get["drawn_before"] + get["drawn"]
    tied = get["tied_before"] + get["tied"]
    anything = untied[LOAN_MEASURES.index("drawn")]
    dear = np.divide(get["overpaid"], tied, out=np.zeros_like(tied), where=tied > 0)
    items = {
        (SPENT, GOODS): tied * (1 - dear),
        (SPENT, TOO_DEAR): tied * dear,
        (SPENT, LOCAL): drawn - tied - anything,
        (SPENT, ANYTHING): anything,
        (SPENT, LAPSED): get["signed"] - drawn - get["undrawn"],
        (SPENT, UNDRAWN): get["undrawn"],
        (DRAWN, REPAID): get["principal_before"] + get["principal"],
        (DRAWN, OWED): get["outstanding"],
        (DRAWN, REVALUED): get["revalued"],
        (RETURNED, PRINCIPAL): get["principal_before"] + get["principal"],
        (RETURNED, INTEREST): get["interest_before"] + get["interest"],
        (BUDGET, CALLED): get["called"],
        (TERMS, COST): terms[0],
        (TERMS, GIFT): terms[1],
    }
    before = {
        (SPENT, GOODS): get["tied_before"] * (1 - dear),
        (SPENT, TOO_DEAR): get["tied_before"] * dear,
        (SPENT, LOCAL): get["drawn_before"] - get["tied_before"],
        (DRAWN, REPAID): get["principal_before"],
        (DRAWN, REVALUED): get["revalued"],
        (RETURNED, PRINCIPAL): get["principal_before"],
        (RETURNED, INTEREST): get["interest_before"],
    }
    if which != UNTIED:  # has no project
        items[FATE, FAILED] = _for_failing(lives)
        items[GIVES, OUTPUT] = get["yields"]
    kinds = {measure: _kinds(loans[which], measure) for measure in KINDS_TOLD if which in loans}
    for_projects = get["signed"] - untied[LOAN_MEASURES.index("signed")]
    return Money(scenario, which, get["signed"], for_projects, items=items, before=before, **kinds)


def _for_failing(lives: list[np.ndarray]) -> np.ndarray:
    """Signed for projects that fail."""
    signed, fails = LOAN_MEASURES.index("signed"), LOAN_MEASURES.index("fails")
    return np.asarray(sum(life[signed] * life[fails] for life in lives))


def _kinds(life: np.ndarray, measure: str) -> str:
    """Sector or instrument of one loan in words, the most frequent first, over the futures in which it is signed."""
    places = life[LOAN_MEASURES.index(measure)][life[LOAN_MEASURES.index("signed")] > 0]
    signed = max(len(places), 1)
    share = {kind: np.count_nonzero(places == place) / signed for place, kind in enumerate(KINDS_TOLD[measure])}
    told = sorted((kind for kind in share if share[kind]), key=lambda kind: -share[kind])
    if len(told) == 1:
        return told[0]
    return ", ".join(f"{kind} {max(100 * share[kind], 1):.0f} %" for kind in told)


def _sums(lives: list[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Measures summed over loans, (measures, draws), and effective cost and grant element weighted by amount."""
    total: np.ndarray | float = 0.0
    weighted, weights = np.zeros(()), np.zeros(())
    for life in lives:
        known = ~np.isnan(life[-2:]) & (life[0] > 0)
        weighted = weighted + np.where(known, life[-2:] * life[0], 0.0)
        weights = weights + np.where(known, life[0], 0.0)
        total = total + life
    terms = np.divide(weighted, weights, out=np.full_like(weighted, np.nan), where=weights > 0)
    return np.asarray(total), list(terms)


@dataclass(frozen=True, eq=False)
class MoneyRow(Row):
    """What the money of a loan or group of loans went to, or came from."""

    scenario: str = column("name of the scenario")
    loan: str = column(
        "book, before (the origin), new (since then), a sector, an instrument, N with a year, or the id of a loan, "
        "with what it is called",
        listed="loan, title",
    )
    sector: str = column(
        "of one loan, with the share of futures of each where they differ", listed="sector, instrument"
    )
    instrument: str = column()
    stage: str = column(
        "signed: where the money went; paid out: what became of the principal; paid back; guarantees; projects: what "
        "of the money signed for projects was for some that fail; yields; terms",
        listed="stage, item",
    )
    item: str = column()
    unit: str = column("unit of the numbers of the row")
    mean: float = column("mean over draws")
    p05: float = column("quantiles over draws: 5, 10, 25, 50, 75, 90 and 95 %", listed="p05 … p95")
    p10: float = column()
    p25: float = column()
    p50: float = column()
    p75: float = column()
    p90: float = column()
    p95: float = column()
    to_origin: float = column("part of the mean that is of the record, allocated to loans")
    usd_mn: float = column("mean over draws of the item, and of what was signed", listed="usd_mn, signed_usd_mn")
    signed_usd_mn: float = column()
    signed_in: float = column("share of draws in which anything was signed; the other columns are over these")


def rows(money_of: Money) -> list[MoneyRow]:
    """The story as a tidy table: mean and quantiles over the draws in which something was signed; means add up.

    Terms that are known in no draw, as of untied credit alone, have no row.
    """
    signed = money_of.signed > 0
    if not signed.any():
        return []
    told = {key: money_of.per_100(key)[signed] for key in money_of.items}
    keys = [key for key in told if not np.isnan(told[key]).all()]
    values = bands(np.stack([told[key] for key in keys]))
    table = []
    for key, quantiles_of in zip(keys, values, strict=True):
        terms = key[0] == TERMS
        to_origin = money_of.before.get(key, np.zeros_like(money_of.signed))[signed]
        quantiles: dict[str, float] = dict(zip(BANDS, map(float, quantiles_of), strict=True))
        row = MoneyRow(
            scenario=money_of.scenario,
            loan=money_of.loan,
            sector=money_of.sector,
            instrument=money_of.instrument,
            stage=key[0],
            item=key[1],
            unit=_unit(key, one_loan=bool(money_of.sector)),
            to_origin=0.0 if terms else float(np.mean(100 * to_origin / money_of.signed[signed])),
            usd_mn=float("nan") if terms else float(money_of.items[key].mean()),
            signed_usd_mn=float(money_of.signed.mean()),
            signed_in=float(signed.mean()),
            **quantiles,
        )
        table.append(row)
    return table


def _unit(key: tuple[str, str], *, one_loan: bool) -> str:
    """Of the numbers of an item; the project of one loan fails or does not."""
    if key[0] == TERMS:
        return "percent a year" if key[1] == COST else "percent"
    if key[0] == FATE:
        return OF_FUTURES if one_loan else OF_PROJECTS
    if key[0] == GIVES:
        return "USD a year per 100 signed"
    return "USD per 100 signed"


def every_story(loans: Loans, scenario: str) -> Iterator[Money]:
    """The groups, then every loan by name."""
    for which in (*GROUPS, *KINDS, *years_of(loans), *loans):
        yield money(loans, scenario, which)
