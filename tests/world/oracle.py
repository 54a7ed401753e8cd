"""The same world on plain floats: every agent and rule as it is, with Python's `math` in the place of numpy.

One future, no arrays. Branches that are masks on arrays are ordinary conditions here, so a mask that leaks from one draw
to another, or a rule that only works on arrays, shows as a difference. It is also the yardstick of what arrays are worth
(`benchmarks/`).
"""

import contextlib
import importlib
import math
import pkgutil
from dataclasses import fields, is_dataclass, replace
from types import SimpleNamespace

import numpy

import sinobel.world.agents
import sinobel.world.rules
from sinobel.inputs import months
from sinobel.inputs.loans_and_contracts import SECTORS, SLOTS
from sinobel.world import elementary
from sinobel.world.agents.loan_book import LoanBook
from sinobel.world.chance import ModelOfChance
from sinobel.world.opening.loans import FIRST_YEAR
from sinobel.world.rules import loan_service
from sinobel.world.state import Pipeline
from sinobel.world.subjects import SUBJECTS
from sinobel.world.world import World
from tests.world.rows import Row, on_rows


@on_rows
def clip(value, low, high):
    return low if value < low else high if value > high else value


ELEMENTARY = {
    "exp": on_rows(math.exp),
    "expm1": on_rows(math.expm1),
    "log": on_rows(math.log),
    "log1p": on_rows(math.log1p),
    "power": on_rows(lambda base, exponent: base**exponent),
}
MATH = SimpleNamespace(
    sqrt=math.sqrt,
    floor=math.floor,
    ceil=math.ceil,
    abs=abs,
    clip=clip,
    maximum=on_rows(lambda a, b: a if a > b else b),
    minimum=on_rows(lambda a, b: a if a < b else b),
    where=on_rows(lambda condition, a, b: a if condition else b),
    logical_not=on_rows(lambda value: not value),
    asarray=lambda value: value,
    stack=Row,
    any=bool,
    less=lambda a, b: a < b,
    greater_equal=on_rows(lambda a, b: a >= b),
    zeros_like=on_rows(lambda value: 0.0),
    ndarray=numpy.ndarray,
)


def split_among_lenders(need, limits, costs, scale):
    """The rule of that name for one future; its arrays have a row per lender."""
    lowest = min(costs)
    weight = [math.exp(-clip((cost - lowest) / scale, 0.0, 40.0)) for cost in costs]
    taken = [0.0] * len(limits)
    for _ in limits:
        missing = need
        for row in taken:
            missing = missing - row
        open_weight = [w * (t < limit) for w, t, limit in zip(weight, taken, limits, strict=True)]
        total = open_weight[0]
        for row in open_weight[1:]:
            total = total + row
        total = total if total > 0 else 1.0
        taken = [
            min(t + w / total * max(missing, 0.0), limit)
            for t, w, limit in zip(taken, open_weight, limits, strict=True)
        ]
    return Row(taken)


class PlainLoanBook:
    """The loan book with a list of numbers for each column of the real one."""

    def __init__(self, book):
        for name in (
            "committed",
            "undrawn",
            "drawn",
            "outstanding",
            "monthly_rate",
            "tied_limit",
            "grace",
            "repayment",
            "guaranteed",
            "lines",
        ):
            setattr(self, name, [float(row[0]) for row in getattr(book, name)])
        self.opening = book.opening
        self._open_projects(book)
        self.tied_shares = book.tied_shares[:, 0]  # which a scenario may replace
        self.old, self.first, self.first_new_year = book.old, book.first_candidate, book.first_new_year
        self.total_undrawn = sum(self.undrawn)
        self.due_old = [float(row[0]) for row in book._due_old]
        self.recorded = [[float(value) for value in row] for row in book._recorded]
        self.survivors = float(book._survivors[0])
        self.due_new, self.tranches = {}, []
        self.before, self.deferred = list(self.drawn), [0.0] * len(self.drawn)
        self.current, self.installment = self.first, [0.0] * len(self.drawn)

    def _open_projects(self, book):
        plans = book.projects
        self.luck = [float(row[0]) for row in plans.luck]
        self.for_mine = [float(row[0]) for row in plans.for_mine]
        self.sector = [float(row[0]) for row in book.sector]
        self.built, self.fresh = [float(row[0]) for row in plans.built], [0.0] * len(self.luck)
        self.has_to_earn = [False] * len(self.luck)

    def plan(self, weights, lucks, sectors, fates):
        (self.weights, self.restricted), self.lucks, self.sectors = weights, lucks, sectors
        self.luck[self.current : self.current + len(SLOTS)] = fates

    def fails(self, row):
        return self.sector[row] >= 0 and self.luck[row] < self.odds.failure[int(self.sector[row])]

    def drawn_for_mine(self):
        return sum(drawn for row, drawn in enumerate(self.drawn) if self.is_for_mine(row) and not self.fails(row))

    def is_for_mine(self, row):
        return self.for_mine[row] > 0 and self.sector[row] == SECTORS.index("mining")

    def capital(self):
        return self.sums()[0]

    def working(self):
        return self.sums()[1:]

    @property
    def due_before(self):
        return sum(self.installment[: self.old])

    @property
    def projects(self):
        return self

    def expected(self, amounts):
        works = [amount * (1 - chance) for amount, chance in zip(amounts, self.odds.failure, strict=True)]
        gives = sum(capital * rate for capital, rate in zip(works, self.odds.returns, strict=True))
        return sum(works), gives, works[SECTORS.index("energy")]

    def sums(self):
        capital = gives = energy = 0.0
        for row, old in enumerate(self.built):
            built = old + (self.fresh[row] if row < self.current else 0.0)  # of the year's own loans from January on
            if self.sector[row] >= 0 and not self.fails(row):
                capital += built
                gives += built * self.odds.returns[int(self.sector[row])] * (not self.is_for_mine(row))
                energy += built * (SECTORS[int(self.sector[row])] == "energy")
        return capital, gives, energy

    def sign(self, amount, terms):
        for slot, (weight, luck) in enumerate(
            zip(self.restricted if terms.restricted > 0 else self.weights, self.lucks, strict=True)
        ):
            part, row = amount * weight, self.current + slot
            if part > 0:
                preferential = luck < terms.concessional
                self.sector[row] = self.sectors[slot]
                self.committed[row] += part
                self.undrawn[row] += part
                self.total_undrawn += part
                self.guaranteed[row] = terms.guaranteed
                self.lines[row] = float(luck >= 1 - (1 - terms.concessional) * terms.lines)
                self.tied_limit[row] = terms.tied_limit
                self.monthly_rate[row] = (terms.preferential if preferential else terms.commercial) / 12
                self.grace[row - self.old], self.repayment[row - self.old] = terms.grace, terms.repayment

    def open_year(self, year, odds):
        self.odds = odds
        self.built = [built + fresh for built, fresh in zip(self.built, self.fresh, strict=True)]
        self.fresh = [0.0] * len(self.fresh)
        signed = year - self.first_new_year
        self.current = self.first + len(SLOTS) * signed
        if signed:
            for row in range(self.current - len(SLOTS), self.current):
                place = row - self.old
                self.due_new[row] = [
                    loan_service.share_due(age=age, grace=self.grace[place], repayment=self.repayment[place])
                    for age in range(len(self.due_old))
                ]
            self.tranches.append(
                [now - then + put for now, then, put in zip(self.drawn, self.before, self.deferred, strict=True)]
            )
        self.before, self.deferred = list(self.drawn), [0.0] * len(self.drawn)
        due = [0.0] * len(self.drawn)
        for place, recorded in enumerate(self.recorded):
            share = self.survivors * self.due_old[year - (FIRST_YEAR + place)]
            for row in range(self.old):
                due[row] += recorded[row] * share
        for place, drawn in enumerate(self.tranches):
            age = year - (self.first_new_year + place)
            for row in range(self.old):
                due[row] += drawn[row] * self.due_old[age]
            for row, shares in self.due_new.items():
                due[row] += drawn[row] * shares[age]
        self.installment = [value / 12 for value in due]
        self.has_to_earn = [min(value, owed) > 0 for value, owed in zip(due, self.outstanding, strict=True)]

    def draw(self, share, lapsing, tied_shares):
        line, project = (float(value) for value in tied_shares[:2])
        paid = tied = left = 0.0
        for row in range(len(self.drawn)):
            release = self.undrawn[row] * share
            self.built[row] *= self.odds.left  # what is drawn within the year wears from the next one on
            self.fresh[row] += release
            self.drawn[row] += release
            self.outstanding[row] += release
            self.undrawn[row] -= release
            left += self.undrawn[row]
            self.undrawn[row] *= 1 - lapsing
            paid += release
            own = self.lines[row] * line + (1 - self.lines[row]) * project
            tied += release * min(own, self.tied_limit[row])
        self.total_undrawn = left * (1 - lapsing)
        return paid, tied, left * lapsing

    def serve(self, rescheduled):
        interest = principal = put_off = guaranteed = called = 0.0
        for row in range(len(self.drawn)):
            due = loan_service.interest_due(outstanding=self.outstanding[row], monthly_rate=self.monthly_rate[row])
            paid = min(self.installment[row], self.outstanding[row])
            self.deferred[row] += paid * rescheduled
            put_off += paid * rescheduled
            paid *= 1 - rescheduled
            self.outstanding[row] -= paid
            interest, principal = interest + due, principal + paid
            answered = (due + paid) * self.guaranteed[row]
            earns = 0.0 if self.has_to_earn[row] and self.fails(row) else self.odds.cover
            guaranteed, called = guaranteed + answered, called + answered * (1 - earns)
        return interest, principal, put_off, guaranteed, called


def modules():
    """Every module that holds rules or agents, and those around them that compute."""
    for package in (sinobel.world.rules, sinobel.world.agents):
        for each in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{each.name}")
    for name in (
        "sinobel.world.environment",
        "sinobel.world.guards",
        "sinobel.world.ledger",
        "sinobel.world.world",
        "sinobel.runs.recorder",
    ):
        yield importlib.import_module(name)


def swap(library, by, functions):
    """Put another library in the place of one in all modules, and of some functions, by name (from, to)."""
    for module in modules():
        for name, (one, other) in {"np": (library, by), **functions}.items():
            if getattr(module, name, None) is one:
                setattr(module, name, other)


@contextlib.contextmanager
def plain_numbers():
    """Inside, agents and rules compute with Python floats."""
    lenders = importlib.import_module("sinobel.world.rules.lenders")
    honest, shock, chance, full = lenders.split_among_lenders, ModelOfChance.shock, ModelOfChance.chance, World.full
    normal, uniform = ModelOfChance.yearly_normal, ModelOfChance.yearly_chance
    swap(numpy, MATH, {name: (getattr(elementary, name), plain) for name, plain in ELEMENTARY.items()})
    talks = importlib.import_module("sinobel.world.agents.potash_talks")
    partner, talks.PARTNER = talks.PARTNER, Row(bool(each) for each in talks.PARTNER[:, 0])
    lenders.split_among_lenders = split_among_lenders
    World.full = lambda self, value: value
    ModelOfChance.shock = lambda self, name: float(shock(self, name)[0])
    ModelOfChance.chance = lambda self, name: float(chance(self, name)[0])
    ModelOfChance.yearly_normal = lambda self, name: float(normal(self, name)[0])
    ModelOfChance.yearly_chance = lambda self, name: float(uniform(self, name)[0])
    try:
        yield
    finally:
        swap(MATH, numpy, {name: (plain, getattr(elementary, name)) for name, plain in ELEMENTARY.items()})
        lenders.split_among_lenders, talks.PARTNER = honest, partner
        World.full = full
        ModelOfChance.shock, ModelOfChance.chance = shock, chance
        ModelOfChance.yearly_normal, ModelOfChance.yearly_chance = normal, uniform


def plain(value):
    """A piece of state of one future without arrays."""
    if isinstance(value, LoanBook):
        return PlainLoanBook(value)
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, Pipeline):
        return Pipeline(map(plain, value))
    if type(value) is tuple:
        return tuple(map(plain, value))
    if is_dataclass(value):
        return replace(value, **{each.name: plain(getattr(value, each.name)) for each in fields(value)})
    if isinstance(value, numpy.ndarray):
        if value.size == 1:
            return value.reshape(-1)[0].item()
        return Row(plain(row) for row in value)
    return value


class _Row:
    """A series of shocks of one future, read as the world reads it."""

    def __init__(self, values):
        self.values = values

    def __getitem__(self, place):
        return float(self.values[place][0])


def plain_world(policy="baseline", **arguments):
    """A world of one future whose state is Python floats; step it inside `plain_numbers`."""
    world = World(policy, 1, collect=False, **arguments)
    for thing in world.parts().values():
        for name in thing.declared:
            setattr(thing, name, plain(getattr(thing, name)))
    opening = world.opening
    world.opening = SimpleNamespace(potash=plain(opening.potash), trade=plain(opening.trade))
    subjects = {
        subject: SimpleNamespace(
            **{name: float(value[0]) for name, value in vars(getattr(world.parameters, subject)).items()}
        )
        for subject in SUBJECTS
    }
    world.parameters = SimpleNamespace(**subjects)
    shocks = world.shocks
    world.shocks = SimpleNamespace(
        normal=shocks.normal,
        uniform=shocks.uniform,
        yearly_normal=shocks.yearly_normal,
        yearly_uniform=shocks.yearly_uniform,
        heavy=lambda name: _Row(shocks.heavy(name)),
    )
    return world


def run_plain(policy="baseline", observe=None, **arguments):
    """Run a future on plain floats; returns what `observe` says every month."""
    world = plain_world(policy, **arguments)
    seen = []
    with plain_numbers():
        while world.running:
            world.step()
            if observe:
                seen.append(observe(world))
    world.close()
    return seen


__all__ = ["months", "plain_numbers", "plain_world", "run_plain"]
