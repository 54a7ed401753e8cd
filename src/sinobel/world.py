"""The world: a Mesa model whose step is one month. State is arrays over draws, one entry per future.

`World("baseline", draws=1)` is an ordinary Mesa model; an ensemble is the same world with many draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sinobel import ledger, months, scenarios
from sinobel.agents.belarus import Belarus
from sinobel.agents.china import China
from sinobel.agents.country import copied, is_state
from sinobel.agents.european_union import EuropeanUnion
from sinobel.agents.russia import Russia
from sinobel.environment import Environment
from sinobel.evidence import all_evidence
from sinobel.ledger import Ledger
from sinobel.lever_path import LeverPath, Memory
from sinobel.opening.economy import FinanceOpening, TradeOpening, open_finance, open_trade
from sinobel.opening.loans import LoansOpening, open_loans
from sinobel.opening.potash import PotashOpening, open_potash
from sinobel.parameters import ParameterDraws
from sinobel.posterior import draw_parameters
from sinobel.reading import InputError
from sinobel.recorder import observe, read
from sinobel.scenarios import Scenario
from sinobel.shocks import Shocks

if TYPE_CHECKING:
    from sinobel.side_by_side import SideBySideLevers

DEFAULT_SEED = 2017


@dataclass(frozen=True)
class Opening:
    """What the record of an origin says about every agent, draw by draw. Nobody changes it."""

    potash: PotashOpening
    loans: LoansOpening
    trade: TradeOpening
    finance: FinanceOpening


class World(mesa.Model):
    """Belarus, China, Russia and the EU, month by month.

    policy      a scenario: its name, a file, or a `Scenario`
    draws       number of futures simulated at once
    seed        root of all random numbers; `rng` is the same thing under Mesa's name
    origin      December whose recorded state opens the books
    horizon     last month
    first_draw  number of the first future: draw k is the same in any ensemble
    parameters  where they come from, "posterior" or "prior", or the drawn parameters themselves
    shocks, opening, levers  may be handed over: scenarios share shocks, or run beside each other (`side_by_side`)
    collect     record every indicator in a Mesa DataCollector; by default only with one draw
    keep_books  keep yearly sums of all flows, for `transactions`
    Raises InputError when scenario, origin, horizon or draws are not allowed.
    """

    def __init__(
        self,
        policy: str | Scenario = scenarios.BASELINE,
        draws: int = 1,
        seed: int | None = None,
        *,
        rng: Any = None,
        origin: str = months.DEFAULT_ORIGIN,
        horizon: str = months.DEFAULT_HORIZON,
        first_draw: int = 0,
        shocks: Shocks | None = None,
        parameters: ParameterDraws | str = "posterior",
        opening: Opening | None = None,
        levers: LeverPath | SideBySideLevers | None = None,
        collect: bool | None = None,
        keep_books: bool = False,
    ):
        root = _root_seed(seed, rng)
        super().__init__(rng=root)
        if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or draws < 1:
            raise InputError(f"draws must be a whole number from 1, not {draws!r}")
        try:
            self.origin = months.parse_origin(origin)
            self.horizon = months.parse_horizon(horizon, self.origin)
        except ValueError as error:
            raise InputError(str(error)) from None
        self.policy = scenarios.load(policy)
        if problems := self.policy.check_dates(self.origin, self.horizon):
            raise InputError(problems)
        self.draws = draws
        self.month = self.origin
        self.shocks = shocks or Shocks(root, first_draw, draws, self.horizon - self.origin)
        self.parameters = (
            draw_parameters(parameters, self.shocks, self.origin) if isinstance(parameters, str) else parameters
        )
        self.levers = levers or LeverPath(self.policy, self.origin, self.horizon)
        self.memory = Memory()
        self.opening_board = self.board = self.levers.board(self.origin)
        self.known = all_evidence().record.known_at(self.origin)
        self._observed: dict[str, np.ndarray] = {}
        self.opening = opening or self._read_opening()
        self._open_books(keep_books)
        self.datacollector: mesa.DataCollector | None = None
        if collect if collect is not None else draws == 1:
            reporters = {name: (lambda world, name=name: world.observe_one(name)) for name in observe(self)}
            self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def _read_opening(self) -> Opening:
        """What the record of the origin says about every agent."""
        evidence, known, p = all_evidence(), self.known, self.parameters
        potash = open_potash(known, evidence, p.potash, self.shocks.error_of("potash.spot_at_origin"), self.horizon)
        return Opening(
            potash,
            open_loans(known, evidence, p.loans),
            open_trade(known, p, potash.china_exports, potash.rest_exports),
            open_finance(known, p),
        )

    def _open_books(self, keep_books: bool) -> None:
        """State of every agent from the opening."""
        p = self.parameters
        potash, loans, trade, books = (
            self.opening.potash, self.opening.loans, self.opening.trade, self.opening.finance
        )  # fmt: skip
        like = 0.0 * p.finance.trend_growth
        lag = p.potash.transit_months
        self.money = Ledger(
            "USD mn", ledger.MONEY, ledger.SECTORS, {ledger.BELARUS: books.reserves + like},
            {claim: amount + like for claim, amount in books.debts.items()}, keep_books,
        )  # fmt: skip
        stock = p.potash.mine_stock_target * (potash.shipped + potash.sold_elsewhere + p.potash.domestic_use / 12)
        self.tonnes = Ledger(
            "kt KCl", ledger.POTASH, ledger.HOLDERS,
            {
                ledger.MINE_STOCK: stock, ledger.IN_TRANSIT: potash.shipped * lag,
                ledger.CHINESE_STOCKS: potash.chinese_stock,
            },
            {}, keep_books,
        )  # fmt: skip
        narrow = self.known.at_month("external_state_debt_minfin.BLR")
        self.state_debt_share = narrow / self.known.value("external_debt_public_guaranteed.BLR")
        self.environment = Environment(self, potash)
        self.eu = EuropeanUnion(self)
        self.russia = Russia(self)
        self.china = China(self, potash, loans)
        self.belarus = Belarus(self, potash, trade, books)
        self.belarus.importers.opening_subsidy = self.russia.government.base_subsidy
        self.belarus.settle_dependence()

    # --- one month ---

    def step(self) -> None:
        """One month, in the order it happens."""
        belarus, china, russia, eu = self.belarus, self.china, self.russia, self.eu
        government, banks, buyers = belarus.government, china.policy_banks, china.potash_buyers
        self._open_month()
        self.environment.advance()
        eu.council.decide()
        russia.government.decide_support()

        # the potash market: wait, settle, ship
        buyers.plan()
        russia.uralkali.choose_output()
        self.environment.price_potash(buyers.let_in, russia.uralkali.cartel, russia.uralkali.flood)
        buyers.settle()
        belarus.belaruskali.ship()
        buyers.receive()

        # lenders offer, Belarus accepts, loans draw and fall due
        banks.offer_loans()
        banks.disburse()
        banks.collect()
        china.investors.invest()

        # goods trade
        belarus.produce()
        belarus.exporters.sell()
        belarus.importers.order()

        # the gap is financed
        government.receive_other_income()
        government.sell_stake()
        government.serve_debt()
        government.close_the_gap()

        # politics reacts
        eu.council.react()
        china.react()
        russia.government.react()
        government.react()
        belarus.react()
        self._close_month()

    def _open_month(self) -> None:
        """Look back for rules of state, turn the calendar, read the levers, open empty books; loans fall due anew."""
        if self.month >= self.horizon:
            raise RuntimeError(
                f"the world ends in {months.label(self.horizon)}; nothing is simulated after the horizon"
            )
        self.memory.look(self.levers.watched(self.month + 1), lambda name: read(self, name))
        self.month += 1
        self.board = self.levers.board(self.month, self.memory)
        self.money.open_month()
        self.tonnes.open_month()
        if months.month_of_year(self.month) == 1:
            self.china.policy_banks.open_year()

    def _close_month(self) -> None:
        """Close the books; stop at the horizon."""
        self.money.close_month(months.year(self.month))
        self.tonnes.close_month(months.year(self.month))
        self._observed = {}
        if self.datacollector is not None:
            self.datacollector.collect(self)
        self.running = self.month < self.horizon

    # --- random numbers of the month ---

    @property
    def place(self) -> int:
        """Number of the month, 0 for the first simulated one."""
        return self.month - self.origin - 1

    def shock(self, name: str) -> np.ndarray:
        """Standard normal shock of a decision this month, (draws,)."""
        return self.shocks.normal(name)[self.place]

    def chance(self, name: str) -> np.ndarray:
        """Number between 0 and 1 of a decision this month, (draws,)."""
        return self.shocks.uniform(name)[self.place]

    def yearly_normal(self, name: str) -> np.ndarray:
        """Standard normal shock of a decision that is taken once a year, (draws,)."""
        return self.shocks.yearly_normal(name)[self.place // 12]

    def yearly_chance(self, name: str) -> np.ndarray:
        """Number between 0 and 1 of a decision that is taken once a year, (draws,)."""
        return self.shocks.yearly_uniform(name)[self.place // 12]

    # --- what several agents see ---

    @property
    def lost_subsidy(self) -> np.ndarray:
        """Share of the Russian energy subsidy that is gone, against the rule of the origin."""
        government = self.russia.government
        return 1 - government.subsidy / np.maximum(government.full_subsidy, 1e-9)

    def observe_one(self, name: str) -> float | np.ndarray:
        """One indicator of the month that has ended: a number with one draw, else an array over draws."""
        self._observed = self._observed or observe(self)
        value = self._observed[name]
        return float(value[0]) if self.draws == 1 else value

    # --- books and checkpoints ---

    def transactions(self, year: int) -> dict[str, dict[str, np.ndarray]]:
        """Transactions matrix of a year in USD mn: kind of flow -> sector -> received less paid. Rows sum to zero.

        Raises KeyError when the world was not made with keep_books=True or has not reached the year.
        """
        return self.money.matrix(year)

    def checkpoint(self) -> dict[str, Any]:
        """Everything that changes, copied, so that another scenario can go on from here."""
        agents = [agent.state() for agent in self._actors()]
        environment = {name: copied(value) for name, value in vars(self.environment).items() if is_state(value)}
        books = [(copied(book.stocks), copied(book.claims)) for book in (self.money, self.tonnes)]
        return {
            "month": self.month, "environment months": self.environment.months, "agents": agents,
            "environment": environment, "books": books, "memory": self.memory.state(),
        }  # fmt: skip

    def resume(self, checkpoint: dict[str, Any]) -> None:
        """Go on from a checkpoint of another world with the same draws, origin and horizon."""
        self.month = checkpoint["month"]
        self._observed = {}
        self.environment.months = checkpoint["environment months"]
        for agent, state in zip(self._actors(), checkpoint["agents"], strict=True):
            agent.load_state(state)
        for name, value in checkpoint["environment"].items():
            setattr(self.environment, name, copied(value))
        for book, (stocks, claims) in zip((self.money, self.tonnes), checkpoint["books"], strict=True):
            book.stocks, book.claims = copied(stocks), copied(claims)
        self.memory.load_state(checkpoint["memory"])
        self.board = self.levers.board(self.month, self.memory)
        self.running = self.month < self.horizon

    def _actors(self) -> list[Any]:
        belarus, china, russia = self.belarus, self.china, self.russia
        return [
            belarus, belarus.government, belarus.belaruskali, belarus.exporters, belarus.importers, china,
            china.policy_banks, china.potash_buyers, china.investors, russia.government, russia.uralkali,
            self.eu.council,
        ]  # fmt: skip

    def close(self) -> None:
        """Let go of everything Mesa keeps about this world in its own tables."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)


def _root_seed(seed: int | None, rng: Any) -> int:
    """The root of all random numbers from either name. Raises InputError unless it is a whole number from 0."""
    given = seed if seed is not None else rng
    if given is None:
        return DEFAULT_SEED
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or not 0 <= given < 2**63:
        raise InputError(f"seed must be a whole number from 0 to {2**63 - 1:,}, not {given!r}")
    return int(given)
