"""The books: every flow has a payer and a receiver and is booked once; stocks change only here.

There are two ledgers of the same kind, one of money (USD mn) and one of potash (kt KCl). Some accounts hold a stock
(Belarus's reserves, the mine stock, Chinese stocks); the others are the rest of the world around them. A kind of flow
may also change a claim, such as the debt to a creditor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.world.arrays import Draws
from sinobel.world.state import Declared, passing, state

BELARUS, CHINA, RUSSIA, EU, REST = "Belarus", "China", "Russia", "European Union", "Rest of world"
MULTILATERAL, BONDHOLDERS, OTHER_CREDITORS = "Multilateral lenders", "Bondholders", "Other creditors"
SECTORS = (BELARUS, CHINA, RUSSIA, EU, REST, MULTILATERAL, BONDHOLDERS, OTHER_CREDITORS)

TIED, UNTIED, RUSSIAN, MULTI, BONDS, OTHER, ARREARS = (
    "China, tied",
    "China, untied",
    "Russia and EFSD",
    "multilateral",
    "bonds",
    "other creditors",
    "arrears",
)
CLAIMS = (TIED, UNTIED, RUSSIAN, MULTI, BONDS, OTHER, ARREARS)
CREDITOR = {
    TIED: CHINA,
    UNTIED: CHINA,
    RUSSIAN: RUSSIA,
    MULTI: MULTILATERAL,
    BONDS: BONDHOLDERS,
    OTHER: OTHER_CREDITORS,
    ARREARS: OTHER_CREDITORS,
}

MINES, MINE_STOCK, IN_TRANSIT, CHINESE_STOCKS = "mines of Belarus", "mine stock", "in transit", "Chinese stocks"
CHINESE_MINES, CHINESE_FARMS, OTHER_PRODUCERS, OTHER_USERS, HOME = (
    "mines of China",
    "farms of China",
    "other producers",
    "other users",
    "users in Belarus",
)
HOLDERS = (
    MINES,
    MINE_STOCK,
    IN_TRANSIT,
    CHINESE_STOCKS,
    CHINESE_MINES,
    CHINESE_FARMS,
    OTHER_PRODUCERS,
    OTHER_USERS,
    HOME,
)


@dataclass(frozen=True)
class Kind:
    """A kind of flow: the part of the external accounts it belongs to, and the claim it raises (+1) or lowers (-1)."""

    part: str
    effect: int = 0


MONEY = {
    "potash": Kind("goods"),
    "other goods": Kind("goods"),
    "oil products": Kind("goods"),
    "energy": Kind("goods"),
    "tied goods": Kind("goods"),
    "services": Kind("services"),
    "interest": Kind("income"),
    "profits": Kind("income"),
    "oil duty": Kind("income"),
    "income and other": Kind("income"),
    "direct investment": Kind("capital"),
    "stake in Belaruskali": Kind("capital"),
    "other capital": Kind("capital"),
    "loan": Kind("debt", +1),
    "principal": Kind("debt", -1),
    "arrears": Kind("debt", +1),
    "arrears cleared": Kind("debt", -1),
}

POTASH = {
    "mined": Kind("output"),
    "shipped to China": Kind("trade"),
    "landed in China": Kind("trade"),
    "sold elsewhere": Kind("trade"),
    "sold at home": Kind("use"),
    "used": Kind("use"),
}


class Ledger(Declared):
    """Entries of the month, the stocks that accounts hold, the claims among them.

    Parameters
    ----------
    unit : str
        Of every amount.
    kinds : Mapping[str, Kind]
        Kinds of flow that may be booked.
    accounts : tuple[str, ...]
        Names that may pay or receive.
    stocks : dict[str, np.ndarray]
        Account -> what it holds, arrays over draws.
    claims : dict[str, np.ndarray]
        Claim -> what is owed, arrays over draws.
    keep : bool
        True to keep the sums of each year for the transactions matrix.
    """

    stocks: dict[str, Draws] = state("unit of the ledger", "what each account holds")
    claims: dict[str, Draws] = state("unit of the ledger", "what is owed, claim by claim")
    entries: list[tuple[str, str, str, Draws]] = passing("unit of the ledger", "flows of the month")
    sums: dict[tuple[int, str, str, str], Draws] = state(
        "unit of the ledger", "flows by year, kind, payer and payee, where they are kept"
    )

    def __init__(
        self,
        unit: str,
        kinds: Mapping[str, Kind],
        accounts: tuple[str, ...],
        stocks: dict[str, Draws],
        claims: dict[str, Draws],
        keep: bool = False,
    ):
        self.unit, self.kinds, self.accounts, self.keep = unit, kinds, accounts, keep
        self.stocks, self.claims = stocks, claims
        self.entries, self.sums = [], {}

    def pay(self, kind: str, payer: str, payee: str, amount: np.ndarray, claim: str | None = None) -> None:
        """Book a flow once: the payer gives, the receiver gets, a claim changes if the kind says so.

        Parameters
        ----------
        amount : np.ndarray
            Array over draws, not negative, in the unit of the ledger.
        claim : str | None
            The claim that a loan raises or a repayment lowers.

        Raises
        ------
        KeyError
            For a kind, account or claim the ledger does not know.
        """
        effect = self.kinds[kind].effect
        if payer not in self.accounts or payee not in self.accounts:
            raise KeyError(f"{payer!r} or {payee!r} is no account; accounts: {', '.join(self.accounts)}")
        if (effect != 0) != (claim is not None):
            raise KeyError(f"a flow of kind {kind!r} {'needs' if effect else 'changes no'} claim")
        if payer in self.stocks:
            self.stocks[payer] = self.stocks[payer] - amount
        if payee in self.stocks:
            self.stocks[payee] = self.stocks[payee] + amount
        if claim is not None:
            owed = self.claims[claim]
            self.claims[claim] = owed + amount if effect > 0 else owed - amount
        self.entries.append((kind, payer, payee, amount))

    def pay_net(self, kind: str, one: str, other: str, amount: np.ndarray) -> None:
        """Book a flow whose direction may change: positive from `one` to `other`, negative the other way."""
        there = np.maximum(amount, 0.0)
        self.pay(kind, one, other, there)
        self.pay(kind, other, one, there - amount)

    def total(self, account: str, *, part: str | None = None, kind: str | None = None) -> np.ndarray:
        """What an account received less what it paid this month, of one part or kind of the accounts or of all."""
        net: np.ndarray | float = 0.0
        for entry, payer, payee, amount in self.entries:
            if kind in (None, entry) and part in (None, self.kinds[entry].part):
                if payee == account:
                    net = net + amount
                if payer == account:
                    net = net - amount
        return np.asarray(net)

    def open_month(self) -> None:
        """Begin a month with no entries."""
        self.entries = []

    def close_month(self, year: int) -> None:
        """Add the month to the year's sums when they are kept."""
        if not self.keep:
            return
        for kind, payer, payee, amount in self.entries:
            key = (year, kind, payer, payee)
            self.sums[key] = self.sums[key] + amount if key in self.sums else amount

    def matrix(self, year: int) -> dict[str, dict[str, np.ndarray]]:
        """Transactions matrix of a year: kind -> account -> received less paid, arrays over draws. Rows sum to zero.

        Raises
        ------
        KeyError
            When the sums of that year were not kept.
        """
        of_year = {key[1:]: amount for key, amount in self.sums.items() if key[0] == year}
        if not of_year:
            raise KeyError(f"the sums of {year} were not kept; run the world with keep_books=True over that year")
        table: dict[str, dict[str, np.ndarray]] = {}
        for (kind, payer, payee), amount in of_year.items():
            row = table.setdefault(kind, {account: np.zeros_like(amount) for account in self.accounts})
            row[payer] = row[payer] - amount
            row[payee] = row[payee] + amount
        return table
