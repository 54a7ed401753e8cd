"""The world: a Mesa model whose step is one month. State is arrays over draws, one entry per future.

`World("baseline", draws=1)` is an ordinary Mesa model; an ensemble is the same world with many draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import mesa
import numpy as np

from sinobel.inputs import months
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import added_record, all_evidence, using_record
from sinobel.inputs.indicators import all_indicators, chosen
from sinobel.inputs.reading import InputError, quoted
from sinobel.policies import scenarios
from sinobel.policies.lever_path import LeverPath, Levers, Memory
from sinobel.policies.scenarios import Scenario
from sinobel.world import ledger, seeds
from sinobel.world.agents.belarus import Belarus
from sinobel.world.agents.china import China
from sinobel.world.agents.european_union import EuropeanUnion
from sinobel.world.agents.russia import Russia
from sinobel.world.arrays import Draws, Number
from sinobel.world.chance import ModelOfChance
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.draws import ParameterDraws, draw_parameters
from sinobel.world.environment import Environment
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import Ledger
from sinobel.world.opening import readiness
from sinobel.world.opening.finance import FinanceOpening, open_finance
from sinobel.world.opening.loans import LoansOpening, open_loans
from sinobel.world.opening.oil import OilOpening, open_oil
from sinobel.world.opening.potash import PotashOpening, open_potash
from sinobel.world.opening.trade import TradeOpening, open_trade
from sinobel.world.places import PLACES
from sinobel.world.readings import observe, read
from sinobel.world.shocks import Shocks
from sinobel.world.state import Checkpoint, Declared


def _check(draws: object, first_draw: object, parameters: object) -> None:
    """Refuse what is no number of futures and no drawn parameters."""
    for name, value, least in (("draws", draws, 1), ("first_draw", first_draw, 0)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
            raise InputError(f"{name} must be a whole number from {least}, not {quoted(value)}")
    if not isinstance(parameters, str | ParameterDraws):
        raise InputError(f'parameters must be "posterior", "prior" or drawn parameters, not {quoted(parameters)}')


@dataclass(frozen=True)
class Opening:
    """What the record of an origin says about every agent, draw by draw. Nobody changes it."""

    potash: PotashOpening
    loans: LoansOpening
    oil: OilOpening
    trade: TradeOpening
    finance: FinanceOpening


class World(ModelOfChance):
    """Belarus, China, Russia and the EU, month by month.

    It is a Mesa model in all else: `step` is a month and `steps` counts them, `running` ends at the horizon, `random`
    and `rng` are Mesa's generators (no rule draws from them), and a world pickles and copies with all it has recorded.

    Parameters
    ----------
    policy : str | Scenario
        A scenario: its name, a file, or a `Scenario`.
    draws : int
        Number of futures simulated at once.
    seed, rng : seeds.Seed
        As in Mesa: a number, anything `numpy.random.default_rng` takes, or by default a new one each time; the root
        of all random numbers made of it is kept in `world.seed`, and `World(seed=5)` lives the futures of
        `sinobel.run(seed=5)`.
    origin : str
        December whose recorded state opens the books.
    horizon : str
        Last month.
    first_draw : int
        Number of the first future: draw k is the same in any ensemble.
    parameters : ParameterDraws | str
        Where they come from, "posterior" or "prior", or the drawn parameters themselves.
    record : str | Path | AddedRecord | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    shocks, opening, levers
        May be handed over: scenarios share shocks, or run beside each other (`side_by_side`)
    collect : bool | None
        Record the seed and every indicator in a Mesa DataCollector; by default only with one draw, and without it
        there is no `datacollector`.
    keep_books : bool
        Keep yearly sums of all flows, for `transactions`.

    Raises
    ------
    InputError
        When scenario, seed, origin, horizon, draws, parameters or record are not allowed.
    """

    datacollector: mesa.DataCollector

    def __init__(
        self,
        policy: str | Scenario = scenarios.BASELINE,
        draws: int = 1,
        seed: seeds.Seed = None,
        *,
        rng: seeds.Seed = None,
        origin: str = months.DEFAULT_ORIGIN,
        horizon: str = months.DEFAULT_HORIZON,
        first_draw: int = 0,
        shocks: Shocks | None = None,
        parameters: ParameterDraws | str = "posterior",
        record: str | Path | AddedRecord | None = None,
        opening: Opening | None = None,
        levers: Levers | None = None,
        collect: bool | None = None,
        keep_books: bool = False,
    ):
        if shocks is not None and seed is None and rng is None:
            seed = shocks.seed
        self._seed_model(seeds.arguments(seed, rng))
        _check(draws, first_draw, parameters)
        with using_record(record):
            self._read_dates(policy, origin, horizon)
            if record is not None and (lacking := readiness.why_closed(added_record(), self.origin, open_once)):
                raise InputError(lacking)
            self.draws = draws
            self.month = self.origin
            self.shocks = shocks or Shocks(self.seed, first_draw, draws, self.horizon - self.origin)
            self._refuse_shocks()
            self.parameters = (
                draw_parameters(parameters, self.shocks, self.origin) if isinstance(parameters, str) else parameters
            )
            self.levers: Levers = levers or LeverPath(self.policy, self.origin, self.horizon)
            self.memory = Memory()
            self.opening_board = self.board = self.levers.board(self.origin)
            self.known = all_evidence().record.known_at(self.origin)
            self._observed: dict[str, np.ndarray] = {}
            self.opening = opening or self._read_opening()
            self._open_books(keep_books)
        self._collects = draws == 1 if collect is None else bool(collect)
        if self._collects:
            self._collect_indicators()

    def _read_dates(self, policy: str | Scenario, origin: str, horizon: str) -> None:
        """The months of the run, and a scenario whose changes lie in them."""
        try:
            self.origin = months.parse_origin(origin)
            self.horizon = months.parse_horizon(horizon, self.origin)
        except ValueError as error:
            raise InputError(str(error)) from None
        found = scenarios.tried([policy])
        if problems := found.against(self.origin, self.horizon):
            raise InputError(problems)
        (self.policy,) = found.drafts

    def _refuse_shocks(self) -> None:
        """Refuse shocks that were handed over and do not fit."""
        if self.shocks.count != self.draws or self.shocks.months < self.horizon - self.origin:
            raise InputError(
                f"the shocks are for {self.shocks.count:,} draws and {self.shocks.months} months, and the world has "
                f"{self.draws:,} and {self.horizon - self.origin}"
            )

    def _collect_indicators(self) -> None:
        """A collector of Mesa: a bound method and its argument, unlike a function made here, pickle."""
        reporters = {name: [self.observe_one, [name]] for name in all_indicators()}
        self.datacollector = mesa.DataCollector(model_reporters={"seed": "seed", **reporters})

    def _read_opening(self) -> Opening:
        """What the record of the origin says about every agent."""
        evidence, known, p = all_evidence(), self.known, self.parameters
        potash = open_potash(known, evidence, p.potash, self.shocks.error_of("potash.spot_at_origin"), self.horizon)
        oil = open_oil(known, p, potash.rest_exports)
        loans = open_loans(known, evidence, p.loans)
        return Opening(
            potash,
            loans,
            oil,
            open_trade(known, p, (potash.china_exports, potash.rest_exports), (oil.products_eu, oil.products_rest)),
            open_finance(known, p, loans),
        )

    def _open_books(self, keep_books: bool) -> None:
        """State of every agent from the opening."""
        p = self.parameters
        potash, loans, trade, books = (
            self.opening.potash,
            self.opening.loans,
            self.opening.trade,
            self.opening.finance,
        )
        lag = p.potash.transit_months
        self.money = Ledger(
            "USD mn",
            ledger.MONEY,
            accounts=ledger.SECTORS,
            stocks={ledger.BELARUS: self.full(books.reserves)},
            claims={claim: self.full(amount) for claim, amount in books.debts.items()},
            keep=keep_books,
        )
        stock = p.potash.mine_stock_target * (
            potash.shipped + potash.sold_elsewhere + p.potash.domestic_use / MONTHS_PER_YEAR
        )
        self.tonnes = Ledger(
            "kt KCl",
            ledger.POTASH,
            accounts=ledger.HOLDERS,
            stocks={
                ledger.MINE_STOCK: stock,
                ledger.IN_TRANSIT: potash.shipped * lag,
                ledger.CHINESE_STOCKS: potash.chinese_stock,
            },
            claims={},
            keep=keep_books,
        )
        narrow = self.known.at_month("external_state_debt_minfin.BLR")
        self.state_debt_share = narrow / self.known.value("external_debt_public_guaranteed.BLR")
        self.environment = Environment(self, potash)
        self.eu = EuropeanUnion(self)
        self.russia = Russia(self, potash)
        self.china = China(self, potash, loans)
        self.belarus = Belarus(self, potash, self.opening.oil, trade, books)

    def __repr__(self) -> str:
        futures = "one future" if self.draws == 1 else f"{self.draws:,} futures"
        return (
            f"<world of {self.policy.name}: {futures}, seed {self.seed}, {months.label(self.month)} of "
            f"{months.label(self.origin)} to {months.label(self.horizon)}>"
        )

    # --- one month ---

    def step(self) -> None:
        """One month, in the order it happens."""
        belarus, china, russia, eu = self.belarus, self.china, self.russia, self.eu
        self.open_month()
        eu.council.decide()
        russia.government.decide_support()

        # the potash market: wait, settle, ship
        china.potash_buyers.plan()
        russia.uralkali.choose_output()
        self.environment.weigh_potash(china.potash_buyers.let_in, russia.uralkali.cartel)
        russia.uralkali.hold_back()
        self.environment.price_potash(russia.uralkali.held)
        china.potash_buyers.settle()
        belarus.belaruskali.ship()
        china.potash_buyers.receive()

        # lenders offer, Belarus accepts, loans draw and fall due
        china.policy_banks.offer_loans()
        china.policy_banks.disburse()
        china.policy_banks.collect()
        china.investors.invest()

        # goods trade
        belarus.produce()
        belarus.exporters.sell()
        belarus.importers.order()

        # the gap is financed
        belarus.banks_and_firms.act()
        belarus.foreign_owners.take_profits()
        belarus.government.sell_stake()
        belarus.government.treasury.serve_debt()
        belarus.government.close_the_gap()

        # politics reacts
        eu.council.react()
        china.react()
        russia.government.react()
        belarus.government.react()
        belarus.react()
        self.close_month()

    def open_month(self) -> None:
        """Turn the month; the world outside moves."""
        self.turn_month()
        self.environment.advance()

    def turn_month(self, look_back: Callable[[str], np.ndarray] | None = None) -> None:
        """Look back for rules of state, turn the calendar, read levers, open books.

        Parameters
        ----------
        look_back : Callable[[str], np.ndarray] | None
            Gives an indicator of the month that has ended, (draws,), where something else than this world knows it.
        """
        if self.month >= self.horizon:
            self.steps -= 1  # Mesa has counted it
            raise RuntimeError(
                f"the world ends in {months.label(self.horizon)}; nothing is simulated after the horizon"
            )
        self.memory.look(self.levers.watched(self.month + 1), look_back or (lambda name: read(self, name)))
        self.month += 1
        self.board = self.levers.board(self.month, self.memory)
        self.money.open_month()
        self.tonnes.open_month()
        if months.month_of_year(self.month) == 1:
            self.china.policy_banks.open_year()
            self.china.residents.open_year()
            self.belarus.projects.open_year()

    def close_month(self) -> None:
        """Close the books; stop at the horizon."""
        self.money.close_month(months.year(self.month))
        self.tonnes.close_month(months.year(self.month))
        self._observed = {}
        if self._collects:
            self.datacollector.collect(self)
        self.running = self.month < self.horizon

    # --- what several agents see ---

    def full(self, value: Number) -> Draws:
        """An array over draws that holds a number.

        Parameters
        ----------
        value : Number
            The number.

        Returns
        -------
        Draws
            Of the length of the draws.
        """
        return np.full(self.draws, value, dtype=np.float64)

    @property
    def lost_subsidy(self) -> np.ndarray:
        """Share of the Russian energy subsidy that is gone, against the rule of the origin."""
        government = self.russia.government
        result: np.ndarray = 1 - government.subsidy / at_least(government.full_subsidy, TINY)
        return result

    def observe_one(self, name: str) -> float | np.ndarray:
        """One indicator of the month that has ended: a number with one draw, else an array over draws.

        Parameters
        ----------
        name : str
            A name of `sinobel.indicators()`.

        Returns
        -------
        float | np.ndarray
            In the unit of the indicator.

        Raises
        ------
        InputError
            For an unknown indicator, with the nearest.
        """
        chosen([name])
        self._observed = self._observed or observe(self)
        value = self._observed[name] if name in self._observed else read(self, name)
        return float(value[0]) if self.draws == 1 else value

    # --- books and checkpoints ---

    def transactions(self, year: int) -> dict[str, dict[str, np.ndarray]]:
        """Transactions matrix of a year in USD mn: kind of flow -> sector -> received less paid. Rows sum to zero.

        Parameters
        ----------
        year : int
            A year that has been simulated, in whole or in part.

        Returns
        -------
        dict[str, dict[str, np.ndarray]]
            By kind of flow and sector, one number a draw.

        Raises
        ------
        KeyError
            When the world was not made with keep_books=True or has not reached the year.
        """
        return self.money.matrix(year)

    def parts(self) -> dict[str, Declared]:
        """Everything with declared state by its place, the same places in every world.

        Returns
        -------
        dict[str, Declared]
            Place -> agent or institution.
        """
        return {place: attrgetter(place)(self) for place in PLACES}

    def checkpoint(self) -> Checkpoint:
        """Everything that changes, so that another scenario can go on from here.

        The chance of the months to come is no part of it: it belongs to the seed of the world that resumes.

        Returns
        -------
        Checkpoint
            For `resume` of this or another world.
        """
        return Checkpoint(
            self.month, self.draws, {place: each.state() for place, each in self.parts().items()}, self.memory.state()
        )

    def resume(self, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint of another world with the same draws, origin and horizon.

        Parameters
        ----------
        checkpoint : Checkpoint
            Of `checkpoint`.

        Raises
        ------
        InputError
            When it is of another number of draws.
        """
        if checkpoint.draws != self.draws:
            raise InputError(f"this checkpoint holds {checkpoint.draws:,} draws, and the world has {self.draws:,}")
        self.month = checkpoint.month
        self._observed = {}
        for place, each in self.parts().items():
            each.load_state(checkpoint.parts[place])
        self.memory.load_state(checkpoint.memory)
        self.board = self.levers.board(self.month, self.memory)
        self.steps = self.month - self.origin
        self.running = self.month < self.horizon

    def close(self) -> None:
        """Let go of everything Mesa keeps about this world in its own tables."""
        getattr(mesa.Agent, "_ids", {}).pop(self, None)


def open_once(origin: int) -> None:
    """Open the books of an origin for one future on the record in use, for whoever watches what that takes.

    Parameters
    ----------
    origin : int
        Month number of a December.
    """
    horizon = months.label(origin + MONTHS_PER_YEAR)
    World(draws=1, seed=0, origin=months.label(origin), horizon=horizon, parameters="prior", collect=False).close()
