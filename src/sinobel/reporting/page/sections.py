"""Sections of the page that every run has: the answer, projections, options, potash, loans."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from markupsafe import Markup

from sinobel.analysis import differences, summary
from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.reporting.charts import loans as loan_charts
from sinobel.reporting.charts import potash as potash_charts
from sinobel.reporting.charts import shared
from sinobel.reporting.charts.style import Page, drawn_for
from sinobel.reporting.page import panels
from sinobel.reporting.page.page_data import Material, Section, Table
from sinobel.reporting.page.pictures import Picture, inline
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.words.wording import about, amount, likelihood, middle_and_span, percent, scaled
from sinobel.runs.manifest import caption

NARROW = 4.6
CONTRACT_NEEDS = ("potash_spot_price", "potash_contract_price", "without_contract", "market_closed")


def both_widths(key: str, draw: Callable[[], Any], *, narrow: bool = True) -> Picture:
    """A chart of the pack for the page: wide, and once more for a phone with its panels below each other.

    Parameters
    ----------
    narrow : bool
        False for a chart that has no narrow form; a phone scrolls it sideways.
    """
    with drawn_for(Page()):
        fig = draw()
        title, reading, _ = fig.told
        rows = getattr(fig, "drawn", ())
        wide, hover = inline(fig, f"{key}-wide")
    if not narrow:
        return Picture(key, title, reading, wide, "", rows, {"wide": hover} if hover else {})
    with drawn_for(Page(NARROW, narrow=True)):
        small, narrow_hover = inline(draw(), f"{key}-narrow")
    return Picture(key, title, reading, wide, small, rows, {"wide": hover, "narrow": narrow_hover} if hover else {})


def projections(material: Material, terms: Terms) -> Section:
    """Headline indicators: the record, and fans of every scenario."""
    pictures = []
    for name in shared.HEADLINES:
        if name not in material.annual:
            continue
        variable = material.annual[name]
        fig = panels.projection(
            variable,
            material.reference,
            material.styles,
            material.titles,
            material.recorded.get(name, {}),
            material.origin,
        )
        key = f"fan-{name.replace('_', '-')}"
        rows = getattr(fig, "drawn", ())
        svg, hover = inline(fig, key)
        unit = variable.attrs["units"]
        reading = f"{unit}. {_level_reading(material)}"
        label = variable.attrs["long_name"]
        pictures.append(Picture(key, _level(material, name), reading, svg, "", rows, {"wide": hover}, name, label))
    lines = "Lines are the medians of the scenarios" if material.options else "The line is the median"
    whose = " of one scenario" if material.options else ""
    lead = terms.text(
        f"The black line is the record to {material.origin}; right of the dashed line everything is simulated. "
        f"{lines}, shaded are 50, 80 and 90 % of the futures{whose}."
    )
    return Section("projections", "Where things go", [lead], pictures, small=True)


def _level(material: Material, name: str) -> str:
    """What a fan shows, from its numbers: median and 80 % of the reference in the year that is told."""
    variable, year = material.annual[name], material.told.year
    years, found = summary.by_year(variable, material.reference)
    place = list(years).index(year)
    low, middle, high = (float(found[band][place]) for band in ("p10", "p50", "p90"))
    unit = variable.attrs["units"]
    (below, between, above), word = scaled((low, middle, high), unit, max(abs(low), abs(high)))
    return f"{between} {word} in {year} (80 %: {below} to {above})".replace("  ", " ")


def _level_reading(material: Material) -> str:
    before = f"record to {material.origin}, then " if material.recorded else ""
    return f"Chart: {before}median and ranges of “{material.titles[material.reference]}”" + (
        " and the medians of the other scenarios." if material.options else "."
    )


def options(material: Material, terms: Terms) -> Section | None:
    """What each option changes against the reference, on the same futures."""
    if not material.options:
        return None
    pictures = []
    for name in shared.OPTION_INDICATORS:
        if name not in material.annual:
            continue
        fig = panels.change(material.annual[name], material.reference, material.styles, material.titles)
        key = f"change-{name.replace('_', '-')}"
        rows = getattr(fig, "drawn", ())
        svg, hover = inline(fig, key)
        unit, label = material.annual[name].attrs["units"], material.annual[name].attrs["long_name"]
        reading = f"Change, {unit}. Chart: median and 80 % of paired differences; bars at the right are the last year."
        pictures.append(Picture(key, _most_moved(material, name), reading, svg, "", rows, {"wide": hover}, name, label))
    base = material.titles[material.reference]
    lead = terms.text(
        f"Each option meets the same futures as “{base}”: the same world prices, harvests and luck. So the difference "
        "in a future is the option's doing, and it is surer than either level."
    )
    return Section(
        "options",
        f"What each option changes against “{base}”",
        [lead],
        pictures,
        [_change_table(material, terms)],
        small=True,
    )


def _most_moved(material: Material, name: str) -> str:
    """The option that moves an indicator most, and by how much."""
    year, variable = material.told.year, material.annual[name]
    names, change = differences.changes(variable.sel(year=[year]), material.reference)
    bands = summary.quantiles(change[:, 0], (0.1, 0.5, 0.9))
    most = int(abs(bands[:, 1]).argmax())
    low, middle, high = (float(value) for value in bands[most])
    if low == high == 0:
        return f"no option moves it by {year}"
    unit = variable.attrs["units"]
    told = amount(middle, unit, sign=True, beside=max(abs(low), abs(high)))
    return f"Most from “{material.titles[names[most]]}”: {told} in {year}"


def _change_table(material: Material, terms: Terms) -> Table:
    """Median and 80 % of differences in the year that is told, with the chance that it is higher."""
    year = material.told.year
    shown = [name for name in shared.OPTION_INDICATORS if name in material.annual]
    rows = []
    for name in shown:
        variable = material.annual[name]
        others, change = differences.changes(variable.sel(year=[year]), material.reference)
        cells = [terms.name(name, variable.attrs["long_name"])]
        for option in material.options:
            values = change[others.index(option), 0]
            low, middle, high = (float(each) for each in summary.quantiles(values, (0.1, 0.5, 0.9)))
            unit = variable.attrs["units"]
            cells.append(two_lines(middle_and_span(low, middle, high, unit, sign=True), _direction(values)))
        rows.append(cells)
    header = [f"Change in {year}: median (80 %)", *(material.titles[name] for name in material.options)]
    return Table(f"Paired differences in {year}, and how likely they are", header, rows, "changes")


def _direction(values: Any) -> str:
    up, down = float((values > 0).mean()), float((values < 0).mean())
    if up + down < 0.5:
        return f"unchanged in {percent(1 - up - down)}"
    word, share = ("higher", up) if up >= down else ("lower", down)
    return f"{likelihood(share)} {word} ({percent(share)})"


def two_lines(number: str, words: str) -> Markup:
    """A cell with its number above and what it means below."""
    return Markup("<b>{}</b><br><span>{}</span>").format(number, words)


def potash(material: Material, terms: Terms) -> Section | None:
    """Contract, spot and waiting."""
    examples = material.examples
    if examples is None or not all(name in examples and name in material.bands for name in CONTRACT_NEEDS):
        return None
    title = material.titles[material.reference]
    foot = caption(material.manifest)
    draw = partial(potash_charts.contract, material.bands, examples, material.reference, foot, title)
    waiting = material.bands["without_contract"].sel(scenario=material.reference, band="mean").values
    lead = terms.text(
        f"China buys potash under a yearly {about('potash_contract_price', 'contract price')} and can wait when the "
        f"{about('potash_spot_price', 'spot price')} falls: under “{title}” "
        f"{percent(float(waiting.mean()))} of all months pass "
        f"{about('without_contract', 'without a contract')}."
    )
    return Section("potash", "Potash: contract, spot and waiting", [lead], [both_widths("contract", draw)])


def loans(material: Material, terms: Terms) -> Section | None:
    """The loan book of the reference, and what its loans are."""
    if not all(name in material.annual for name in loan_charts.NEEDED):
        return None
    title = material.titles[material.reference]
    foot = caption(material.manifest)
    draw = partial(loan_charts.loan_book, material.annual, material.reference, foot, title)
    lead = terms.text(
        f"What China {about('loan_disbursements', 'pays out')} and gets back as "
        f"{about('principal_to_china', 'principal')} and {about('interest_to_china', 'interest')}, what is "
        f"{about('debt_to_china', 'owed')} and {about('undrawn_commitments', 'still to draw')}. "
        "Means of flows add up; medians would not."
    )
    return Section("loans", "The loan book", [lead], [both_widths("loan-book", draw)], [_loans_on_record()])


def _loans_on_record() -> Table:
    rows = [
        [loan.project, months.label(loan.signed), f"{loan.committed:,.0f}", loan.instrument or "not known", loan.source]
        for loan in all_evidence().loans
        if loan.drawable
    ]
    header = ["Loan", "Signed", "USD mn", "Instrument", "Source"]
    return Table("Loans on record that the simulated book starts from", header, rows, "loans-on-record", folded=True)
