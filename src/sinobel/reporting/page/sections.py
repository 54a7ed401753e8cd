"""Sections of the page that every run has: the answer, projections, options, potash, loans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from sinobel.analysis import differences, summary
from sinobel.analysis.stories import WEIGHTS
from sinobel.reporting.charts import panels, registry, shared
from sinobel.reporting.charts.chart import Chart
from sinobel.reporting.charts.registry import THRESHOLDS
from sinobel.reporting.page import paying, redrawn, story_lines
from sinobel.reporting.page.page_data import Fold, PageData, Section, Table
from sinobel.reporting.page.pictures import Picture, few_words, picture
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.words.wording import about, in_text, likelihood, middle_and_span, percent


def pictures(data: PageData, section: str) -> list[Picture]:
    """The charts that the registry has for a section of the page."""
    return [_picture(kind, data) for kind in registry.shown(data, registry.PAGE, section)]


STAY_SCENARIO = "Always this scenario: "
STAYS = {
    "contract-and-spot": STAY_SCENARIO,
    "potash-settlements": STAY_SCENARIO,
    "why": "Every option at once, always this year. ",
    "who-gains": "Always over all years. ",
    "money-flows": "Always over whole lives of loans. ",
}
"""What is said first of a chart that a choice on the page leaves as it is: months of each option would take a tenth of
the page, and lives of loans are not kept by year."""


def _picture(kind: registry.Kind, data: PageData) -> Picture:
    if kind.indicator:
        return _panel(data, kind.indicator, kind.make(data), kind.name)
    if kind.name == registry.PAYMENTS:
        return paying.picture_of(data, kind.name, registry.year_of_payments(data))
    key = kind.address or kind.name
    if kind.each and data.options:
        names = dict.fromkeys((data.detailed, *data.titles))
        made = redrawn.picture_of_each({name: _staying(kind, kind.each(data, name)) for name in names}, key)
    else:
        made = picture(
            _staying(kind, kind.make(data)) if data.options else kind.make(data), key, has_phone=kind.has_phone
        )
    made.titles = _titles(kind, data)
    return made


def _titles(kind: registry.Kind, data: PageData) -> dict[str, list[str]]:
    """Scenario -> title in every year, of a chart whose title tells one; without a name where it is always the same."""
    if kind.each:
        every = {name: registry.titles_by_year(data, name) for name in data.titles}
    else:
        every = {"": registry.titles_by_year(data, data.bargains)}
    return {name: told[kind.name] for name, told in every.items() if kind.name in told}


def _staying(kind: registry.Kind, chart: Chart) -> Chart:
    """A chart that also says what of it no choice on the page moves."""
    return replace(chart, reading=STAYS.get(kind.name, "") + chart.reading)


def _panel(data: PageData, name: str, chart: Chart, key: str) -> Picture:
    """A small chart of one indicator, under that indicator's name."""
    topic = of_year(data, data.summary[name].attrs["long_name"])
    over = [] if chart.name.startswith("change-") else story_lines.lines(data, name, data.stories)
    made = picture(chart, key, has_phone=False, panel=True, name=name, topic=topic, lines=over)
    made.unit = data.summary[name].attrs["units"]
    made.finds = chart.name.startswith("change-") and not _moved(data, name)  # else the values below it tell it
    return made


def of_year(data: PageData, text: str) -> str:
    """A text that speaks of the origin of the results, with the year that it is."""
    return text.replace("the origin's year", str(data.origin)).replace("after the origin", f"after {data.origin}")


TOLD_ALONE = ("balance_with_china", "debt_to_china", "potash_contract_price")
"""What the answer of a single scenario tells where nothing else was asked for."""
MOST_SMALL = 6
"""Small charts of a section that stand open; the others are behind a line that names them."""
BESIDE_OPTIONS = 3
"""The same of projections beside options, which tell what changes: levels of what changes are enough."""


def first_picture(data: PageData) -> Picture | None:
    """What the answer tells first: of options the change of it, of a single scenario where it goes."""
    found = _first(data)
    if not found:
        return None
    chart = (panels.change if data.options else panels.projection)(data, found)
    return _panel(data, found, chart, chart.name)


def _first(data: PageData) -> str:
    names = data.leading if data.options else [*data.focus.of, *TOLD_ALONE]
    return next((name for name in dict.fromkeys(names) if name in data.summary), "")


def _small(data: PageData, section: str, *, beside: bool) -> list[Picture]:
    """The small charts of a section, without the one that stands beside the answer."""
    alone = _first(data) if beside else ""
    return [each for each in pictures(data, section) if each.name != alone]


def behind_findings(charts: Sequence[Picture]) -> list[Fold]:
    """Charts each behind the line that says what it finds."""
    return [Fold(few_words(each.title)[0] or each.title, pictures=[each], finds=True) for each in charts]


def _more(told: str, others: Sequence[Picture]) -> list[Fold]:
    """Small charts behind a line that names them."""
    names = ", ".join(in_text(each.topic) for each in others)
    return [Fold(f"{told}: {names}", pictures=others, small=True)] if others else []


def projections(data: PageData, terms: Terms) -> Section:
    """Headline indicators: the record, and fans of every scenario."""
    lines = "lines: medians of the scenarios" if data.options else "line: median"
    whose = " of one of them" if data.options else ""
    lead = terms.text(
        f"To {data.origin} the record, then {lines}; shaded: 50, 80 and 90 % of the futures{whose}. "
        "Numbers: median, and 80 % of futures."
    )
    charts = _small(data, "projections", beside=not data.options)
    if data.options:
        charts.sort(key=lambda each: (each.name not in data.focus.of, each.name not in WEIGHTS))
    most = BESIDE_OPTIONS if data.options else MOST_SMALL
    folds = _more("More", charts[most:])
    told = [(each.name, terms.text(each.sentence)) for each in data.stories]
    return Section("projections", "Where things go", [lead], charts[:most], small=True, folds=folds, stories=told)


def options(data: PageData, terms: Terms) -> Section | None:
    """What each option changes against the reference, on the same futures."""
    if not data.options:
        return None
    base = data.titles[data.reference]
    lead = terms.text(
        f"Options meet the same futures as “{base}”: a difference is the "
        "option's doing. Numbers: median difference, 80 % of futures."
    )
    charts = _small(data, "options", beside=True)
    still = [each for each in charts if each.name not in data.leading and not _moved(data, each.name)]
    moved = [each for each in charts if each not in still]
    table = _change_table(data, terms)
    folds = [
        *_more("Also changed", moved[MOST_SMALL:]),
        *_more(f"Moved little or not in {data.year}", still),
        Fold(table.caption, tables=[table]),
    ]
    return Section(
        "options",
        f"What each option changes against “{base}”",
        [lead],
        moved[:MOST_SMALL],
        small=True,
        folds=folds,
    )


def _moved(data: PageData, name: str) -> bool:
    """Whether an option moves an indicator by what is worth telling in the year that is told."""
    return any(fact.material and fact.sure for facts in data.moved(name, data.year).values() for fact in facts)


def _change_table(data: PageData, terms: Terms) -> Table:
    """Median and 80 % of differences in the year that is told, with the chance that it is higher."""
    year = data.year
    shown = [name for name in dict.fromkeys([*data.leading, *shared.OPTION_INDICATORS]) if name in data.annual]
    rows = []
    for name in shown:
        variable = data.annual[name]
        others, change = differences.changes(variable.sel(year=[year]), data.reference)
        mostly = f" ({shared.CHANGED_BY_MORE[name]})" if name in shared.CHANGED_BY_MORE else ""
        cells = [terms.name(name, of_year(data, f"{variable.attrs['long_name']}{mostly}"))]
        for option in data.options:
            values = change[others.index(option), 0]
            low, middle, high = (float(each) for each in summary.quantiles(values, (0.1, 0.5, 0.9)))
            unit = variable.attrs["units"]
            cells.append(two_lines(middle_and_span(low, middle, high, unit, sign=True), _direction(values)))
        rows.append(cells)
    header = [f"Change in {year}: median (80 %)", *(data.titles[name] for name in data.options)]
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


SETTLED = "settlements"
"""The chart that holds talks against the record, for whoever checks."""


def potash(data: PageData, terms: Terms) -> Section | None:
    """Contract, spot and waiting."""
    charts = pictures(data, "potash")
    if not charts:
        return None
    lead = terms.text(
        f"China buys potash under a yearly {about('potash_contract_price', 'contract price')} and can "
        f"{about('without_contract', 'wait')} when the {about('potash_spot_price', 'spot price')} falls."
    )
    past = [each for each in charts if each.key == SETTLED]
    folds = [Fold("How it settles beside the record: prices, waits, refusals, who comes first", pictures=past)]
    shown = [each for each in charts if each.key != SETTLED]
    return Section("potash", "Potash: contract, spot and waiting", [lead], shown, folds=folds if past else ())


SHARE = "share_of_futures_"
"""What the columns of the heat map of thresholds are called before their year."""


def loans(data: PageData, terms: Terms) -> Section | None:
    """The loan book of the reference, what its loans are, all debt by lender, payments, and thresholds."""
    charts = pictures(data, "loans")
    if not charts:
        return None
    lead = terms.text(
        f"What is {about('loan_disbursements', 'lent')}, {about('debt_to_china', 'owed')} and "
        f"{about('principal_to_china', 'paid back')}, to China and to others."
    )
    most = 0 if data.options else 1  # beside options the reference's own book is a detail
    record = _loans_on_record(data)
    folds = [*behind_findings(charts[most:]), *_crossings(data, terms), Fold(record.caption, tables=[record])]
    return Section("loans", "Debt and who pays whom", [lead], charts[:most], folds=folds)


def _crossings(data: PageData, terms: Terms) -> list[Fold]:
    """The heat map of thresholds as a table, behind the line that says what it finds."""
    chart = next((each.make(data) for each in registry.shown(data, registry.FOLDER) if each.name == THRESHOLDS), None)
    if chart is None:
        return []
    years = [key for key in chart.rows[0] if key.startswith(SHARE)]
    rows: list[list[Markup | str]] = []
    shades = {}
    for row in chart.rows:
        for place, year in enumerate(years, start=2):
            shades[len(rows), place] = float(row[year])
        assumed = " *" if row["assumption"] == "yes" else ""
        told = [percent(float(row[year])).removesuffix(" %") if row[year] else "" for year in years]
        rows.append([data.titles[str(row["scenario"])], f"{row['threshold']}{assumed}", *told])
    header = ["Scenario", "Threshold", *(year.removeprefix(SHARE) for year in years)]
    caption = "Percent of futures beyond each threshold, by year"
    table = Table(caption, header, rows, THRESHOLDS, words=2, shades=shades, heat=True)
    return [Fold(chart.title, [Markup("<small>{}</small>").format(terms.text(chart.foot))], tables=[table], finds=True)]


RESIDENTS, INVESTED, SOLD = "great_stone_residents", "fdi_of_residents", "exports_of_residents"


def park(data: PageData, terms: Terms) -> Section | None:
    """Who joins Great Stone, what they invest, and what the park sells abroad, under every scenario."""
    names = [name for name in (RESIDENTS, INVESTED, SOLD) if name in data.annual]
    if RESIDENTS not in names:
        return None
    rows: list[list[Markup | str]] = []
    for name in names:
        variable = data.annual[name]
        unit = "" if name == RESIDENTS else variable.attrs["units"]
        cells: list[Markup | str] = [terms.name(name, variable.attrs["long_name"])]
        for scenario in data.titles:
            values = variable.sel(scenario=scenario, year=data.year).values
            low, middle, high = (float(each) for each in summary.quantiles(values, (0.1, 0.5, 0.9)))
            if name == RESIDENTS:
                cells.append(two_lines(f"{middle:.0f}", f"{low:.0f} to {high:.0f}"))
            else:
                cells.append(middle_and_span(low, middle, high, unit, sign=False))
        rows.append(cells)
    lead = terms.text(
        f"Each January firms decide whether to {about(RESIDENTS, 'join the park')}, for its law, reform, access to the "
        f"Union and the Silk Road. They bring a part of Chinese {about('fdi_from_china', 'direct investment')}, and "
        f"what they build sells abroad. Of that {about(SOLD, 'only what differs from usual years')} is told, since "
        "trends of exports hold the rest: below nothing where less is built than usual. What a scenario invests in the "
        "park itself comes on top, and sells likewise, but counts no resident. Eight had come by the end of 2016, too "
        "few to tell what draws them: what residents do rests on assumptions."
    )
    header = [f"In {data.year}: median (80 %)", *data.titles.values()]
    table = Table("Residents of Great Stone", header, rows, "residents")
    return Section("park", "Great Stone", [lead], (), [table], annex=True)


def _loans_on_record(data: PageData) -> Table:
    rows = [
        [loan.project, loan.signed, loan.committed, loan.instrument or "not known", loan.source]
        for loan in data.basis.loans
    ]
    header = ["Loan", "Signed", "USD mn", "Instrument", "Source"]
    return Table("Loans on record that the simulated book starts from", header, rows, "loans-on-record")
