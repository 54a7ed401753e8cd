"""Events of scenario files: reading loans and investments, and what an editor may know of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sinobel.inputs import months, values
from sinobel.inputs.characters import unprintable
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.levers import all_levers
from sinobel.inputs.loans_and_contracts import MULTISECTOR, is_taken
from sinobel.inputs.quantities import digits
from sinobel.inputs.reading import Problem, in_quotes, nearest, quoted
from sinobel.inputs.toml_text import Lines, line_of
from sinobel.policies.changes import LONGEST_WHY, Complain
from sinobel.policies.events import (
    CHINA,
    INSTRUMENTS,
    INVESTORS,
    LENDERS,
    LOAN_KEYS,
    LONGEST_NAME,
    SECTORS,
    UNTIED,
    Event,
    Investment,
    Loan,
    clash,
    plain_name,
)

INVESTMENT_KEYS = ("name", "from", "until", "amount", "amount_a_year", "investor", "sector", "why", "source")
COMMERCIAL = "commercial"
"""What a Chinese loan is that does not say it, and multisector."""
OF_PROJECTS = ("project", "sector", "instrument", "tied_share", "guaranteed")
"""Keys of a loan that only one of China can have."""

SHARE = "fraction"
SPANS = {
    "amount": ("USD mn", 0.1, 100_000.0),
    "amount_a_year": ("USD mn a year", 0.1, 20_000.0),
    "tied_share": (SHARE, 0.0, 1.0),
    "guaranteed": (SHARE, 0.0, 1.0),
    "interest": ("fraction a year", 0.0, 0.15),
    "grace": ("years", 0.0, 10.0),
    "maturity": ("years", 1.0, 40.0),
}
"""Unit, least and largest of each number."""


def read_event(
    kind: str, entry: Any, file: str, lines: Lines, where: tuple[str | int, ...]
) -> tuple[Event | None, list[Problem]]:
    """One event from its table, with what is wrong with it.

    One that is wrong is a draft where its name and first month can be read: nothing runs with it, but it can be held
    against the dates of a run and against other events, so that all errors come at once.

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
    return (None if event is None else event(place)), problems


def clashes_of_unread(content: Mapping[str, Any], events: Sequence[Event], file: str, lines: Lines) -> list[Problem]:
    """Names that are shared by loans and investments whose month cannot be read, so that they are no draft.

    Parameters
    ----------
    events : Sequence[Event]
        Of the file, as far as they could be read.
    """
    read = {event.line for event in events if event.file == file}
    known: dict[str, Event | None] = {plain_name(event.name): event for event in reversed(events)}
    problems = []
    for kind in ("loan", "investment"):
        entries = content.get(kind, [])
        for place, entry in enumerate(entries if isinstance(entries, list) else []):
            name, line = entry.get("name") if isinstance(entry, dict) else None, line_of(lines, (kind, place))
            if not isinstance(name, str) or not name.strip() or line in read:
                continue
            if plain_name(name) in known:
                problems.append(clash(name, Problem("", file, line), known[plain_name(name)]))
            known.setdefault(plain_name(name), None)
    return problems


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
    if signed is None or not texts.get("name"):
        return None
    read = texts | terms | {"lender": lender or "", "amount": amount or 0.0, "signed": signed}
    read |= {"sector": sector or MULTISECTOR * project, "instrument": instrument or COMMERCIAL * project}
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
    if start is None or not texts.get("name"):
        return None
    read = texts | {"investor": investor or "", "start": start, "until": until, "amount": amount or 0.0}
    read |= {"yearly": yearly}
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
        elif key == "name" and (means := _means_already(text.strip())):
            complain(f'"name": {in_quotes(text)} already means {means}; call it otherwise', key)
        else:
            found[key] = text
    return found


def _means_already(name: str) -> str:
    """What else goes by the name of an event where loans are followed; nothing for most."""
    for loan in all_evidence().loans:
        if loan.id.casefold() == name.casefold():
            return f"a loan of the record ({loan.project})"
    return "a row or a group of rows of the loan book" if is_taken(name) else ""


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
        share = f"; it is a share: {1 if value else 0} for {'all' if value else 'none'} of the loan"
        what = share if isinstance(value, bool) and unit == SHARE else ""
        complain(f'"{key}": {quoted(value)} is not a number; {allowed}{what}', key)
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
    "guaranteed": "share that a firm owes under a guarantee; the rest is debt of the state itself, which the budget "
    "serves whatever becomes of the project; without it as other Chinese loans",
    "interest": "without it as the lender usually asks",
    "grace": "from signing to the first payment of principal",
    "maturity": "from signing to the last payment",
    "project": "what it builds",
    "why": "the sentence or reason behind it",
    "source": "where the figure comes from",
    "name": "by which results call it; each event of a scenario has its own",
    "lender": "who lends",
    "sector": "of the project; multisector when left out",
    "instrument": 'kind of Chinese loan, commercial when left out; "untied" is paid out at once and buys anything',
    "investor": "where the money comes from",
    "signed": "month in which it is signed",
    "from": "first month",
    "until": "last month, included",
}
