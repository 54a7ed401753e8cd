"""Dated events of a scenario: a loan that is signed, an investment that is made. What they are, and how they are read.

Unlike a change of a lever, an event is a sum of money with a name: it comes on top of what lenders and investors decide
in the model, in every draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sinobel.inputs import months, values
from sinobel.inputs.characters import unprintable
from sinobel.inputs.levers import all_levers
from sinobel.inputs.quantities import Named, digits, label_alone, with_unit
from sinobel.inputs.reading import Problem, in_quotes, nearest, quoted
from sinobel.inputs.toml_text import Lines, line_of
from sinobel.policies.changes import LONGEST_WHY, Complain

CHINA, RUSSIA, IMF, MULTILATERAL, BONDS = LENDERS = ("china", "russia", "imf", "multilateral", "bonds")
LENDERS_IN_WORDS = {
    CHINA: "China",
    RUSSIA: "Russia",
    IMF: "the IMF",
    MULTILATERAL: "development banks",
    BONDS: "bond markets",
}
ELSEWHERE = "elsewhere"
INVESTORS = (CHINA, ELSEWHERE)
UNTIED = "untied"
INSTRUMENTS = ("preferential", "commercial", "bank line", UNTIED)
SECTORS = ("energy", "industry", "transport", "telecom", "industrial park", "mining", "multisector")
MOST_PROJECTS = 8
"""Chinese loans for projects in one scenario: the loan book keeps so many rows for them."""

LOAN_KEYS = (
    *("name", "lender", "amount", "signed", "project", "sector", "instrument", "tied_share", "interest", "grace"),
    *("maturity", "guaranteed", "why", "source"),
)
INVESTMENT_KEYS = ("name", "from", "until", "amount", "amount_a_year", "investor", "sector", "why", "source")
OF_PROJECTS = ("project", "sector", "instrument", "tied_share", "guaranteed")
"""Keys of a loan that only one of China can have."""
LONGEST_NAME = 80
LONGEST_LOAN = 12 * 60  # months

SPANS = {
    "amount": ("USD mn", 0.1, 100_000.0),
    "amount_a_year": ("USD mn a year", 0.1, 20_000.0),
    "tied_share": ("fraction", 0.0, 1.0),
    "guaranteed": ("fraction", 0.0, 1.0),
    "interest": ("fraction a year", 0.0, 0.15),
    "grace": ("years", 0.0, 10.0),
    "maturity": ("years", 1.0, 40.0),
}
"""Unit, least and largest of each number."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Loan:
    """A loan that a lender signs in a month, whatever the model's lenders decide.

    Attributes
    ----------
    amount : float
        USD mn; of a project it is drawn as its work goes on, all others are paid out in the month.
    signed : int
        Month number.
    instrument : str
        Of a Chinese loan; "untied" is paid out at once and buys what Belarus likes.
    tied_share, interest, grace, maturity, guaranteed : float | None
        Terms; None for what the lender usually asks.
    """

    name: str
    lender: str
    amount: float
    signed: int
    project: str = ""
    sector: str = ""
    instrument: str = ""
    tied_share: float | None = None
    interest: float | None = None
    grace: float | None = None
    maturity: float | None = None
    guaranteed: float | None = None
    why: str = ""
    source: str = ""
    file: str = ""
    line: int | None = None
    dated: int | None = None

    kind = "loan"

    @property
    def is_project(self) -> bool:
        """True for a Chinese loan that stands in the loan book."""
        return self.lender == CHINA and self.instrument != UNTIED

    @property
    def start(self) -> int:
        """Month in which it begins to matter."""
        return self.signed

    @property
    def until(self) -> int | None:
        """It has no last month of its own."""
        return None

    @property
    def has_terms(self) -> bool:
        """True where its own interest and maturity are stated."""
        return self.interest is not None and self.maturity is not None

    def as_written(self) -> dict[str, Any]:
        """The loan as it would stand in a file."""
        written = {key: getattr(self, key) for key in LOAN_KEYS if key != "signed"}
        written = {key: value for key, value in written.items() if value not in (None, "")}
        return written | {"signed": months.label(self.signed)}

    def in_words(self, named: Named = label_alone) -> str:
        """The loan in one sentence.

        Parameters
        ----------
        named : Named
            As of a change; a loan has no name but its own.
        """
        what = f"{self.instrument} loan" if self.instrument else "loan"
        aim = f" for {self.project or self.sector}" if self.project or self.sector else ""
        terms = [
            "" if self.interest is None else f"{with_unit(self.interest, 'fraction')} interest",
            "" if self.grace is None else f"{with_unit(self.grace, 'years')} of grace",
            "" if self.maturity is None else f"to be repaid within {with_unit(self.maturity, 'years')}",
            "" if self.tied_share is None else f"{with_unit(self.tied_share, 'fraction')} tied",
            "" if self.guaranteed is None else f"{with_unit(self.guaranteed, 'fraction')} guaranteed",
        ]
        told = f" ({', '.join(filter(None, terms))})" if any(terms) else ""
        much = f"USD {digits(self.amount)} mn from {LENDERS_IN_WORDS[self.lender]}"
        return f"{self.name}: {what} of {much}{aim}, signed in {months.label(self.signed)}{told}"

    def refuse_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Why its month does not fit a run from an origin to a horizon."""
        return _refuse_dates(self, {"signed": self.signed}, origin, horizon)


@dataclass(frozen=True, kw_only=True, repr=False)
class Investment:
    """Direct investment that comes in some months, whatever investors decide in the model.

    Attributes
    ----------
    start, until
        Month numbers, both included; without `until` it goes on to the horizon.
    amount : float
        USD mn in all, or in a year where `yearly`.
    investor : str
        "china" or "elsewhere".
    """

    name: str
    start: int
    until: int | None = None
    amount: float
    yearly: bool
    investor: str
    sector: str = ""
    why: str = ""
    source: str = ""
    file: str = ""
    line: int | None = None
    dated: int | None = None

    kind = "investment"

    @property
    def a_month(self) -> float:
        """USD mn in each of its months."""
        if self.yearly or self.until is None:
            return self.amount / 12
        return self.amount / (self.until - self.start + 1)

    def as_written(self) -> dict[str, Any]:
        """The investment as it would stand in a file."""
        written: dict[str, Any] = {"name": self.name, "from": months.label(self.start)}
        if self.until is not None:
            written["until"] = months.label(self.until)
        written |= {"amount_a_year" if self.yearly else "amount": self.amount, "investor": self.investor}
        return written | {key: text for key in ("sector", "why", "source") if (text := getattr(self, key))}

    def in_words(self, named: Named = label_alone) -> str:
        """The investment in one sentence; `named` as of a change."""
        until = f" until {months.label(self.until)}" if self.until is not None else " on"
        who = "China" if self.investor == CHINA else "elsewhere"
        aim = f" in {self.sector}" if self.sector else ""
        much = f"USD {digits(self.amount)} mn{' a year' if self.yearly else ' in all'}"
        return f"{self.name}: direct investment from {who}{aim}, {much}, from {months.label(self.start)}{until}"

    def refuse_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Why its months do not fit a run from an origin to a horizon."""
        return _refuse_dates(self, {"from": self.start, "until": self.until}, origin, horizon)


Event = Loan | Investment


def _refuse_dates(event: Event, dates: dict[str, int | None], origin: int, horizon: int) -> list[Problem]:
    span = f"the simulated months run from {months.label(origin + 1)} to {months.label(horizon)}"
    return [
        Problem(
            f'{event.name}: "{key}" {months.label(month)} is outside origin and horizon; {span}',
            event.file,
            event.dated or event.line,
        )
        for key, month in dates.items()
        if month is not None and not origin < month <= horizon
    ]


# --- reading ---------------------------------------------------------------------------------------------------------


def read_event(
    kind: str, entry: Any, file: str, lines: Lines, where: tuple[str | int, ...]
) -> tuple[Event | None, list[Problem]]:
    """One event from its table, with what is wrong with it.

    Parameters
    ----------
    kind : str
        "loan" or "investment".
    """
    problems: list[Problem] = []

    def complain(message: str, *keys: str | int, hint: str = "") -> None:
        problems.append(Problem(message, file, line_of(lines, (*where, *keys)), hint=hint))

    if not isinstance(entry, dict):
        complain(f"{kind}s are written as [[{kind}]] tables")
        return None, problems
    reader = _read_loan if kind == "loan" else _read_investment
    dated = "signed" if kind == "loan" else "from"
    place = {"file": file, "line": line_of(lines, where), "dated": line_of(lines, (*where, dated))}
    event = reader(entry, complain)
    if problems or event is None:
        return None, problems
    return event(place), []


Made = Callable[[dict[str, Any]], Event]


def _read_loan(entry: dict[str, Any], complain: Complain) -> Made | None:
    """A loan, but for its place in the file."""
    texts = _texts("loan", LOAN_KEYS, entry, complain)
    lender = _one_of("lender", LENDERS, entry, complain, needed="a loan")
    amount = _number("amount", entry, complain, needed="a loan")
    signed = _month("signed", entry, complain, needed="a loan")
    sector = _one_of("sector", SECTORS, entry, complain)
    instrument = _one_of("instrument", INSTRUMENTS, entry, complain)
    project = lender == CHINA and instrument != UNTIED
    terms = {key: _number(key, entry, complain, tied=project) for key in SPANS if key in LOAN_KEYS and key != "amount"}
    if lender is not None:
        _refuse_terms(lender, instrument, entry, complain)
    grace, maturity = terms["grace"], terms["maturity"]
    if grace is not None and maturity is not None and grace >= maturity:
        complain(f'"grace" {grace:g} is not shorter than "maturity" {maturity:g} (both in years from signing)', "grace")
    if None in (lender, amount, signed) or not texts.get("name"):
        return None
    read = texts | terms | {"lender": lender, "amount": amount, "signed": signed}
    read |= {"sector": sector or "", "instrument": instrument or ""}
    return lambda place: Loan(**read, **place)


def _refuse_terms(lender: str, instrument: str | None, entry: dict[str, Any], complain: Complain) -> None:
    """Complain of terms that the lender's loans do not have, or that say too little."""
    if lender != CHINA:
        for key in OF_PROJECTS:
            if key in entry and key != "project":
                complain(f'"{key}" is only for loans of china, and this one is of {lender}', key)
    elif instrument == UNTIED:
        for key in ("tied_share", "guaranteed"):
            if key in entry:
                complain(f'"{key}" does not go with instrument = "{UNTIED}"', key)
    if lender == CHINA and instrument != UNTIED:
        return
    if ("interest" in entry) != ("maturity" in entry):
        key, other = ("interest", "maturity") if "interest" in entry else ("maturity", "interest")
        complain(f'"{key}" needs "{other}" beside it; leave both out for the usual terms of the lender', key)
    elif "grace" in entry and "maturity" not in entry:
        complain('"grace" needs "maturity" and "interest" beside it', "grace")


def _read_investment(entry: dict[str, Any], complain: Complain) -> Made | None:
    """An investment, but for its place in the file."""
    texts = _texts("investment", INVESTMENT_KEYS, entry, complain)
    investor = _one_of("investor", INVESTORS, entry, complain, needed="an investment")
    sector = _one_of("sector", SECTORS, entry, complain)
    start = _month("from", entry, complain, needed="an investment")
    until = _month("until", entry, complain)
    if start is not None and until is not None and until < start:
        complain(f'"until" {months.label(until)} lies before "from" {months.label(start)}', "until")
    yearly = "amount_a_year" in entry
    if yearly == ("amount" in entry):
        both = ", not both" if yearly else ""
        complain(f'an investment needs either "amount", in all, or "amount_a_year"{both} (USD mn)')
    elif not yearly and "until" not in entry:
        complain('"amount" in all needs "until", the last month; or give "amount_a_year"', "amount")
    amount = _number("amount_a_year" if yearly else "amount", entry, complain)
    if None in (investor, start, amount) or not texts.get("name"):
        return None
    read = texts | {"investor": investor, "start": start, "until": until, "amount": amount, "yearly": yearly}
    return lambda place: Investment(**read, sector=sector or "", **place)


def _texts(kind: str, keys: Sequence[str], entry: dict[str, Any], complain: Complain) -> dict[str, Any]:
    """Texts of an event, once its keys are known."""
    kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    for key in entry:
        if key not in keys:
            complain(f"unknown key {in_quotes(key)} in {kind}{nearest(key, keys)} ({', '.join(keys)})", key)
    if "name" not in entry:
        complain(f'{kind} needs "name", by which results call it')
    found = {}
    for key, most in (("name", LONGEST_NAME), ("project", LONGEST_NAME), ("why", LONGEST_WHY), ("source", LONGEST_WHY)):
        if key not in entry or key not in keys:
            continue
        text = values.plain(entry[key])
        if not isinstance(text, str):
            complain(f'"{key}" must be a text in quotes', key)
        elif why := unprintable(text, most):
            complain(f'"{key}" {why}', key)
        elif key in ("name", "project") and "\n" in text:
            complain(f'"{key}" has several lines; write it on one', key)
        elif not text.strip():
            complain(f'"{key}" is empty', key)
        else:
            found[key] = text
    return found


def _one_of(
    key: str, options: Sequence[str], entry: dict[str, Any], complain: Complain, *, needed: str = ""
) -> str | None:
    """A text that is one of several."""
    listed = ", ".join(f'"{option}"' for option in options)
    if key not in entry:
        if needed:
            complain(f'{needed} needs "{key}", one of {listed}')
        return None
    value = entry[key]
    if isinstance(value, str) and value in options:
        return value
    complain(f'"{key}": {quoted(value)} is not one of {listed}{nearest(value, options)}', key)
    return None


def _month(key: str, entry: dict[str, Any], complain: Complain, *, needed: str = "") -> int | None:
    """A month number."""
    if key not in entry:
        if needed:
            complain(f'{needed} needs "{key}", a month, for example {key} = "2018-05"')
        return None
    try:
        return months.parse(entry[key])
    except ValueError as error:
        complain(f'"{key}": {error}', key)
        return None


def span_of(key: str, *, tied: bool = False) -> tuple[str, float, float]:
    """Unit, least and largest of a number; loans of projects have the terms that the levers of Chinese loans allow."""
    lever = {"interest": "china.interest_rate", "grace": "china.grace", "maturity": "china.maturity"}.get(key)
    unit, low, high = SPANS[key]
    if tied and lever is not None:
        low, high = all_levers()[lever].limits
    return unit, low, high


def _number(
    key: str, entry: dict[str, Any], complain: Complain, *, tied: bool = False, needed: str = ""
) -> float | None:
    """A number of an event within what makes sense."""
    if key not in entry:
        if needed:
            complain(f'{needed} needs "{key}", a number (USD mn)')
        return None
    unit, low, high = span_of(key, tied=tied)
    value = values.number(entry[key], unit)
    allowed = f"allowed is a number from {digits(low)} to {digits(high)} ({unit})"
    if isinstance(value, bool) or not isinstance(value, int | float):
        complain(f'"{key}": {quoted(value)} is not a number; {allowed}', key)
    elif not abs(value) <= 1e300:
        complain(f'"{key}": {quoted(value)} is not a finite number; {allowed}', key)
    elif not low <= value <= high:
        hint = values.in_percent(value, unit, low, high, entry[key])
        if unit.startswith("USD mn") and low <= value / 1e6 <= high:
            hint = f"; USD {digits(value)} is written {digits(value / 1e6).replace(',', '')}"
        complain(f'"{key}": {digits(value)} is outside what makes sense; {allowed}{hint}', key)
    else:
        return float(value)
    return None


# --- several events --------------------------------------------------------------------------------------------------


def clashes(events: Iterable[Event]) -> list[Problem]:
    """Events that share a name, and Chinese loans for projects beyond what the loan book has rows for."""
    problems, known = [], dict[str, Event]()
    projects = 0
    for event in events:
        other = known.setdefault(event.name, event)
        if other is not event:
            place = Problem("", other.file, other.line).place
            message = (
                f"two events are called {in_quotes(event.name)}{f' (the other: {place})' if place else ''}; "
                "each needs a name of its own"
            )
            problems.append(Problem(message, event.file, event.line))
        projects += isinstance(event, Loan) and event.is_project
        if projects == MOST_PROJECTS + 1 and isinstance(event, Loan) and event.is_project:
            message = (
                f"{event.name} is Chinese loan number {projects} for a project; a scenario can have {MOST_PROJECTS} "
                f'(those with instrument = "{UNTIED}" do not count)'
            )
            problems.append(Problem(message, event.file, event.line))
    return problems


def schema() -> dict[str, dict[str, Any]]:
    """JSON Schema of the tables of loans and of investments, by their key."""
    month = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}
    numbers = {
        key: {"type": "number", "minimum": low, "maximum": high, "description": f"{DESCRIBED[key]}; {unit}"}
        for key, (unit, low, high) in SPANS.items()
    }
    texts: dict[str, dict[str, Any]] = {
        key: {"type": "string", "description": DESCRIBED[key]} for key in ("project", "why", "source")
    }
    texts["name"] = {"type": "string", "maxLength": LONGEST_NAME, "description": DESCRIBED["name"]}
    choices = {
        key: {"enum": list(options), "description": DESCRIBED[key]}
        for key, options in (
            ("lender", LENDERS),
            ("sector", SECTORS),
            ("instrument", INSTRUMENTS),
            ("investor", INVESTORS),
        )
    }
    dates = {key: month | {"description": DESCRIBED[key]} for key in ("signed", "from", "until")}
    every = numbers | texts | choices | dates

    def table(keys: Sequence[str], needed: Sequence[str]) -> dict[str, Any]:
        properties = {key: every[key] for key in keys}
        return {"type": "object", "additionalProperties": False, "required": list(needed), "properties": properties}

    investment = table(INVESTMENT_KEYS, ("name", "from", "investor"))
    investment["oneOf"] = [{"required": ["amount", "until"]}, {"required": ["amount_a_year"]}]
    return {"loan": table(LOAN_KEYS, ("name", "lender", "amount", "signed")), "investment": investment}


DESCRIBED = {
    "amount": "in all",
    "amount_a_year": "in each year",
    "tied_share": "share that must buy Chinese goods; without it as other Chinese loans",
    "guaranteed": "share the state answers for; without it as other Chinese loans",
    "interest": "without it as the lender usually asks",
    "grace": "from signing to the first payment of principal",
    "maturity": "from signing to the last payment",
    "project": "what it builds",
    "why": "the sentence or reason behind it",
    "source": "where the figure comes from",
    "name": "by which results call it; each event of a scenario has its own",
    "lender": "who lends",
    "sector": "of the project",
    "instrument": 'kind of Chinese loan; "untied" is paid out at once and buys anything',
    "investor": "where the money comes from",
    "signed": "month in which it is signed",
    "from": "first month",
    "until": "last month, included",
}
