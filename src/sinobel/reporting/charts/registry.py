"""Every chart of results: folder, page and workbook choose from this list what they show.

A chart of another kind is added here and in a module beside this one, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sinobel.analysis import balance as balance_parts
from sinobel.analysis import money
from sinobel.analysis import payments as payment_flows
from sinobel.analysis import thresholds as limits
from sinobel.analysis.channels import WAYS
from sinobel.inputs import pairs
from sinobel.reporting.charts import (
    balance,
    creditors,
    decision,
    flows,
    levels,
    loans,
    options,
    panels,
    payments,
    potash,
    projections,
    service,
    settlements,
    thresholds,
    waterfalls,
)
from sinobel.reporting.charts.chart import Chart
from sinobel.reporting.charts.shared import HEADLINES, OPTION_INDICATORS
from sinobel.reporting.result_data import ResultData

FOLDER, PAGE, WORKBOOK = "folder", "page", "workbook"
FANS = (
    "exports_to_china",
    "imports_from_china",
    "balance_with_china",
    "potash_contract_price",
    "debt_to_china",
    "loan_disbursements",
    "months_without_contract",
)
"""Indicators with a chart of their own in a folder."""


@dataclass(frozen=True)
class Kind:
    """A kind of chart.

    Attributes
    ----------
    name : str
        Of its files in a folder.
    shown_in : frozenset[str]
        Where it is shown: FOLDER, PAGE, WORKBOOK (which has Excel draw the same numbers).
    can : Callable[[ResultData], bool]
        Whether results hold what it shows.
    make : Callable[[ResultData], Chart]
        Makes it.
    section : str
        Of the page, where the chart stands under the address `address`, by default its name.
    indicator : str
        That it shows, empty where it shows several.
    has_phone : bool
        Whether it has a form for a phone, which otherwise scrolls it sideways or shows the same.
    each : Callable[[ResultData, str], Chart] | None
        Makes it of a scenario by name, where it shows one and a page can show another in its place.
    """

    name: str
    shown_in: frozenset[str]
    can: Callable[[ResultData], bool]
    make: Callable[[ResultData], Chart]
    section: str = ""
    address: str = ""
    indicator: str = ""
    has_phone: bool = True
    each: Callable[[ResultData, str], Chart] | None = None


def shown(data: ResultData, where: str, section: str = "") -> Iterator[Kind]:
    """Kinds of charts of some results that a folder, page or workbook shows, in their order.

    Parameters
    ----------
    section : str
        Of a page; empty for all.
    """
    for kind in (*_of_the_answer(data), *KINDS):
        if where in kind.shown_in and (not section or kind.section == section) and kind.can(data):
            yield kind


def _of_the_answer(data: ResultData) -> Iterator[Kind]:
    """Charts of indicators that the answer tells first, beside those that every page and folder has."""
    for name in data.leading:
        dashed = pairs.dashed(name)
        if data.compared and name not in OPTION_INDICATORS:
            yield _change(name, f"change-{dashed}")
        if name in data.focus.of and name not in HEADLINES:
            yield _projection(name, f"fan-{dashed}")
        if name in data.focus.of and name not in FANS:
            yield Kind(dashed, frozenset({FOLDER}), _holds(name), partial(_fan, name), indicator=name)


def _projection(indicator: str, name: str) -> Kind:
    make = partial(panels.projection, indicator=indicator)
    shown_in = frozenset({PAGE, WORKBOOK})
    return Kind(name, shown_in, _holds(indicator), make, "projections", indicator=indicator, has_phone=False)


def _change(indicator: str, name: str) -> Kind:
    make = partial(panels.change, indicator=indicator)
    can = _compared_with(indicator)
    return Kind(name, frozenset({PAGE}), can, make, "options", indicator=indicator, has_phone=False)


def _holds(*names: str) -> Callable[[ResultData], bool]:
    return lambda data: all(name in data.summary for name in names)


def _compared_with(*names: str) -> Callable[[ResultData], bool]:
    return lambda data: data.compared and any(name in data.summary for name in names)


def _has_contract(data: ResultData) -> bool:
    examples = data.examples
    return examples is not None and all(name in examples and name in data.bands for name in potash.NEEDED)


def _counts(data: ResultData) -> bool:
    return data.compared and data.outcomes is not None


def _chooses(data: ResultData) -> bool:
    return _counts(data) and data.outcomes is not None and data.question.country in data.outcomes.countries


def _splits(of: str) -> Callable[[ResultData], bool]:
    return lambda data: data.compared and of in data.splits


def _first(data: ResultData) -> tuple[str, str]:
    """Name and title of the scenario that charts of one scenario show in a folder."""
    return next(iter(data.titles.items()))


def _overview(data: ResultData) -> Chart:
    name, title = _first(data)
    return projections.small_multiples(
        data.summary, name, data.drawn, data.origin, data.footer_of(name), title=title, focus=data.focus
    )


def _fan(indicator: str, data: ResultData) -> Chart:
    """The indicator alone, or with what options change of it."""
    if data.compared:
        return levels.level_and_change(data, indicator)
    name, title = _first(data)
    return projections.fan(
        data.summary,
        indicator,
        scenario=name,
        recorded=data.drawn,
        origin=data.origin,
        footer=data.footer_of(name),
        title=title,
        year=data.focus.years[0] if data.focus.years else None,
    )


def _contract(data: ResultData) -> Chart:
    assert data.examples is not None
    name = data.bargains
    return potash.contract(
        data.bands, data.examples, name, data.footer_of(name), title=data.titles[name], year=data.year
    )


def _has_settlements(data: ResultData) -> bool:
    """Whether both the model's talks and the record's are there, and something was settled in either."""
    return settlements.can(data.summary.yearly, data.basis, data.origin)


def _settlements(data: ResultData) -> Chart:
    name = data.bargains
    return settlements.bargain(
        data.annual, name, data.basis, data.footer_of(name), title=data.titles[name], origin=data.origin
    )


def _balance(data: ResultData) -> Chart:
    name, title = _first(data)
    return balance.balance_by_channel(data.summary, name, data.footer_of(name), title)


def _loan_book(data: ResultData, name: str) -> Chart:
    return loans.loan_book(data.summary, name, data.footer_of(name), data.titles[name])


def _creditor_mix(data: ResultData, name: str) -> Chart:
    footer, title = data.footer_of(name), data.titles[name]
    return creditors.creditor_mix(data.summary, name, data.recorded, data.origin, footer, title=title, year=data.year)


def titles_by_year(data: ResultData, name: str) -> dict[str, list[str]]:
    """Kind of chart -> its title in every simulated year, where that tells a year of a scenario."""
    found = {}
    if _holds(*creditors.NEEDED)(data):
        mix = creditors.mix_of(data.summary, name, data.recorded, data.origin)
        found["creditor-mix"] = [creditors.finding(mix, year) for year in data.years]
    if name == data.bargains and _has_contract(data):
        found["contract-and-spot"] = [potash.finding(data.bands, name, year) for year in data.years]
    return found


def _service_calendar(data: ResultData, name: str) -> Chart:
    return service.service_calendar(data.summary, name, data.footer_of(name), data.titles[name])


def _one_of_each(name: str, shown_in: frozenset[str], can: Callable[[ResultData], bool], **more: Any) -> Kind:
    """A kind that shows one scenario, the reference where nobody chooses another."""
    each: Callable[[ResultData, str], Chart] = more["each"]
    return Kind(name, shown_in, can, lambda data: each(data, data.reference), **more)


def _has_payments(data: ResultData) -> bool:
    return len(data.years) > 1 and _holds(*payments.NEEDED)(data)


PAYMENTS = "who-pays-whom"
"""The table of payments, of which a page can show every scenario and year."""


def year_of_payments(data: ResultData) -> int:
    """The year that is told, or the last one of which payments can be."""
    told = payment_flows.years(data.annual)
    return data.year if data.year in told else told[-1]


def _who_pays_whom(data: ResultData) -> Chart:
    name = data.reference
    return payments.who_pays_whom(
        data.summary, name, year_of_payments(data), data.footer_of(name), title=data.titles[name]
    )


THRESHOLDS = "thresholds"
"""The heat map, which the page has as a table."""


def _has_thresholds(data: ResultData) -> bool:
    return bool(limits.held(data.annual, limits.thresholds(data.question.objectives)))


def _thresholds(data: ResultData) -> Chart:
    among = limits.thresholds(data.question.objectives)
    return thresholds.crossings(data.summary, among, data.reference, data.titles, data.footer)


def _options(data: ResultData) -> Chart:
    shown = [*dict.fromkeys([*data.leading, *OPTION_INDICATORS])][: len(OPTION_INDICATORS)]
    return options.options(data.summary, data.reference, data.titles, data.footer, data.told, indicators=shown)


def _who_gains(data: ResultData) -> Chart:
    assert data.outcomes is not None
    return decision.who_gains(data.outcomes, data.titles, data.caption)


def _gains_by_objective(data: ResultData) -> Chart:
    assert data.outcomes is not None
    return decision.gains_by_objective(data.outcomes, data.titles, data.caption)


def _choices(data: ResultData) -> Chart:
    assert data.outcomes is not None
    return decision.choices(data.outcomes, data.question.country, data.titles, data.caption)


def _attribution(of: str, data: ResultData) -> Chart:
    tables = data.splits[of]
    if len(tables) == 1:
        return waterfalls.waterfall(tables[0], data.footer, data.titles, least=data.least_told(of))
    return waterfalls.side_by_side(tables, data.footer, data.titles, least=data.least_told(of))


def _why(data: ResultData) -> Chart:
    return _attribution(next(iter(data.splits)), data)


def _money(data: ResultData) -> Chart:
    title, name = money.GROUPS[money.BOOK], data.reference
    return flows.sankey(data.book, title, data.footer_of(name), data.horizon, data.origin)


def _money_on_page(data: ResultData, name: str) -> Chart:
    title, rows = f"All Chinese loans, {data.titles[name]}", data.money_of(name, money.BOOK)
    return flows.sankey(rows, title, data.footer_of(name), data.horizon, data.origin)


def _has_money(data: ResultData) -> bool:
    return any(float(row["signed_in"]) > 0 for row in data.book)


EVERYWHERE = frozenset({FOLDER, PAGE})
KINDS: tuple[Kind, ...] = (
    Kind("options", frozenset({FOLDER}), _compared_with(*OPTION_INDICATORS), _options),
    Kind("who-gains", EVERYWHERE, _counts, _who_gains, "gains"),
    Kind("gains-by-objective", frozenset({FOLDER}), _counts, _gains_by_objective),
    Kind("choices", frozenset({FOLDER}), _chooses, _choices),
    Kind("overview", frozenset({FOLDER}), lambda data: any(name in data.summary for name in HEADLINES), _overview),
    *(
        Kind(name.replace("_", "-"), frozenset({FOLDER}), _holds(name), partial(_fan, name), indicator=name)
        for name in FANS
    ),
    *(_projection(name, f"fan-{name.replace('_', '-')}") for name in HEADLINES),
    *(_change(name, f"change-{name.replace('_', '-')}") for name in OPTION_INDICATORS),
    Kind("contract-and-spot", EVERYWHERE, can=_has_contract, make=_contract, section="potash", address="contract"),
    Kind("potash-settlements", EVERYWHERE, _has_settlements, _settlements, "potash", address="settlements"),
    Kind("balance-by-channel", frozenset({FOLDER}), _holds(*balance_parts.NEEDED), _balance),
    _one_of_each("loan-book", EVERYWHERE, _holds(*loans.NEEDED), section="loans", each=_loan_book),
    _one_of_each("creditor-mix", EVERYWHERE, _holds(*creditors.NEEDED), section="loans", each=_creditor_mix),
    _one_of_each("service-calendar", EVERYWHERE, _holds(*service.NEEDED), section="loans", each=_service_calendar),
    Kind(PAYMENTS, EVERYWHERE, _has_payments, _who_pays_whom, "loans", has_phone=False),
    Kind(THRESHOLDS, frozenset({FOLDER}), _has_thresholds, _thresholds),
    *(
        Kind(f"attribution-{of.replace('_', '-')}", frozenset({FOLDER}), _splits(of), partial(_attribution, of))
        for of in dict.fromkeys(of for of, _ in WAYS)
    ),
    Kind("why", frozenset({PAGE}), lambda data: bool(data.splits), _why, "why", address="waterfall"),
    Kind("money-book", frozenset({FOLDER}), _has_money, _money),
    _one_of_each("money-flows", frozenset({PAGE}), lambda data: bool(data.book), section="money", each=_money_on_page),
)
