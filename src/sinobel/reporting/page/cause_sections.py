"""Sections on why: what moves what is told first, where the money of loans goes, what would change the conclusion."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from markupsafe import Markup

from sinobel.analysis import circumstances, differences
from sinobel.analysis import money as money_story
from sinobel.analysis.attribution import TOTAL
from sinobel.inputs.quantities import rounded
from sinobel.reporting.charts import studies as study_charts
from sinobel.reporting.charts.waterfalls import CALLED, as_told
from sinobel.reporting.page.page_data import Fold, PageData, Section, Study, Table
from sinobel.reporting.page.pictures import picture
from sinobel.reporting.page.sections import behind_findings, pictures, two_lines
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.result_data import Rows
from sinobel.reporting.tables import loan_words
from sinobel.reporting.tables.tables import number
from sinobel.reporting.words.answer import BALANCE
from sinobel.reporting.words.wording import about, middle_and_span, minus, percent, scaled

SHOWN = 12
FEW = 2
"""Rows of a table of events that stands open; longer ones are a click away."""
FIRST = 3
"""Circumstances that the main text tells; the annex has all."""
SEVERAL = "of several kinds"


def why(data: PageData, terms: Terms) -> Section | None:
    """What the change that the answer tells first is made of, by channel, for every option or since the first year.

    The first that can be split; that of the balance where none can.
    """
    charts = pictures(data, "why")
    if not charts:
        return None
    of, found = next(iter(data.splits.items()))
    tables = [as_told(rows) for rows in found]
    charts[0].rows = [
        {name: row[name] for name in ("scenario", "channel", "mean", "p10", "p50", "p90")}
        for rows in tables
        for row in rows
    ]
    lead = terms.text(
        f"Channels add up to the change of {about(of, CALLED[of])} in every future; they account for it, and "
        "say nothing of what would have happened without one. Means: medians do not add up."
    )
    table = _channels(tables, data, terms)
    fold = Fold("Every channel in numbers", tables=[table])
    return Section("why", f"What moves {CALLED[of]}", [lead], charts, folds=[fold])


def _channels(tables: Sequence[Rows], data: PageData, _: Terms) -> Table:
    rows = []
    for index, first in enumerate(tables[0]):
        cells: list[Markup | str] = ["Sum" if first["channel"] == TOTAL else _capital(str(first["channel"]))]
        for each in tables:
            row = each[index]
            told = middle_and_span(row["p10"], row["mean"], row["p90"], row["unit"], sign=True)
            cells.append(told if any(row[band] for band in ("p05", "mean", "p95")) else "0")
        rows.append(cells)
    header = ["Channel", *(data.titles[str(each[0]["scenario"])] for each in tables)]
    last = tables[0][-1]
    since = f"since {last['since']}" if last["since"] else f"against “{data.titles[data.reference]}”"
    return Table(f"Mean change in {last['year']} {since} (80 % of futures), by channel", header, rows, "channels")


def money(data: PageData, terms: Terms) -> Section | None:
    """Where each 100 dollars of Chinese loans went, and what became of the loans that scenarios bring."""
    charts = pictures(data, "money")
    if not charts:
        return None
    columns = ("scenario", "stage", "item", "unit", "mean", "p10", "p50", "p90", "to_origin")
    charts[0].rows = [{name: row[name] for name in columns[not data.options :]} for row in charts[0].rows]
    lead = terms.text(
        f"A tied loan is spent where it comes from: its {about('tied_imports', 'tied imports')} are Chinese goods, "
        "while Belarus keeps the debt. Numbers: means, 80 % of futures."
    )
    counted = terms.text(
        f"{about('effective_loan_cost', 'Effective cost')} counts the price of tied "
        f"goods too; the {about('grant_element', 'grant element')} is what a commercial lender would have had to give "
        f"away. {about('guarantees_called', 'Called guarantees')} are no measure of failure: the budget pays all "
        "service of a guaranteed project that fails, and of one that works what the project does not earn of it. "
        f"Not in them: {money_story.UNGUARANTEED}."
    )
    brought = _events(data)
    tables = [brought] if brought.rows else []
    books = [table for table in (_books(data), _fates(data)) if table.rows]
    fold = Fold("The whole loan book in numbers, loans one by one, and how costs are counted", [counted], tables=books)
    folds = [*behind_findings(charts[1:]), fold]
    return Section("money", "Follow the money", [lead], charts[:1], tables, folds=folds)


def _books(data: PageData) -> Table:
    """Where the money of the whole loan book went, one column a scenario."""
    books = {name: data.money_of(name, money_story.BOOK) for name in data.titles}
    by = {
        name: {(row["stage"], row["item"]): row for row in rows if not np.isnan(float(row["mean"]))}
        for name, rows in books.items()
    }
    keys = dict.fromkeys((key, str(row["unit"])) for rows in by.values() for key, row in rows.items())
    signed = [number(float(rows[0]["signed_usd_mn"])) if rows else "" for rows in books.values()]
    rows: list[list[Markup | str]] = [["Signed, mean over futures", "USD mn", *signed]] if keys else []
    for (stage, item), unit in keys:
        found = [each.get((stage, item)) for each in by.values()]
        told = [
            two_lines(minus(f"{row['mean']:z.1f}"), minus(f"{row['p10']:z.1f} to {row['p90']:z.1f}")) if row else ""
            for row in found
        ]
        rows.append([f"{_capital(str(stage))}: {item}", unit, *told])
    columns = list(data.titles.values()) if data.options else ["Mean, 80 %"]
    told_as = "Where the money went, whole loan book" + (" of each scenario: mean, 80 %" if data.options else "")
    return Table(told_as, ["Of each 100 dollars signed", "Unit", *columns], rows, "money", words=2)


def _events(data: PageData) -> Table:
    """The loans and investments of every scenario: who brings what, how much of it is paid out, and what fails."""
    rows: list[list[Markup | str]] = []
    for each in data.event_rows:
        much = f"{number(each.amount)}{' a year' if each.yearly else ''}"
        fate: list[Markup | str] = [each.paid, "", ""]
        if each.drawn is not None and each.lapsed is not None and each.undrawn is not None:
            rest = f"{each.lapsed:.0f} lapse, {each.undrawn:.0f} not yet drawn"
            fate = [
                two_lines(f"{each.drawn:.0f} of 100", rest),
                f"{each.fails:.0f} % of futures",
                f"{each.called:.0f} of 100",
            ]
        terms = f"{each.purpose}; {each.terms}" if each.purpose and each.terms else each.purpose or each.terms
        by = two_lines(f"{_capital(each.source)}, {each.dated}", terms)
        rows.append([data.titles[each.scenario], each.name, by, much, *fate])
    header = ["Scenario", "Loan or investment", "From whom, when, terms", "USD mn", "Paid out"]
    header += ["Project fails in", "Called guarantees"]
    told = f"Loans and investments of the scenarios to the end of {data.horizon}: means, of 100 dollars signed"
    return Table(told, header, rows, "events", folded=len(rows) > FEW, words=3)


def _fates(data: PageData) -> Table:
    """What every loan is for, in how many futures its project fails, and what the budget pays as guarantor."""
    rows: list[list[Markup | str]] = [
        [
            fate.title,
            two_lines(_capital(fate.sector), fate.instrument) if fate.of_one else SEVERAL,
            number(fate.signed),
            f"{fate.fails:.0f} % of " + ("futures" if fate.of_one else "dollars"),
            fate.called if isinstance(fate.called, str) else number(fate.called),
        ]
        for fate in loan_words.fates(data.loan_rows)
    ]
    header = ["Loan", "Sector, instrument", "Signed, USD mn", "Project fails in", "Called guarantees, of 100 signed"]
    told = f"Loans one by one to the end of {data.horizon}, “{data.titles[data.reference]}”"
    return Table(told, header, rows, "fates", words=2)


# --- what would change the conclusion --------------------------------------------------------------------------------


def changes(data: PageData, terms: Terms) -> Section | None:
    """Circumstances that go with another outcome, and studies that lie with the results."""
    if BALANCE not in data.annual:
        return None
    tables = [_circumstances(data, terms, annex=False)]
    charts = []
    lead = [terms.text("Each circumstance is its mean over the years. Going together is no cause.")]
    by_kind: dict[str, list[Study]] = {}
    for study in data.studies:
        by_kind.setdefault(study.kind, []).append(study)
    for index, study in enumerate(by_kind.get("sensitivity", ())):
        groups = by_kind.get("sensitivity-groups", [])
        if index < len(groups) and study.rows:
            chart = study_charts.sensitivity(study.rows, groups[index].rows, _subject(study, data), "")
            charts.append(picture(chart, f"sensitivity-{index + 1}"))
            charts[-1].rows = [
                {name: row[name] for name in ("label", "kind", "first", "total", "total_low", "total_high")}
                for row in study.rows
            ]
        tables.append(_shares(study, data, terms, index))
    discovered = by_kind.get("failure-boxes", [])
    tables += [_boxes(study, data, terms, index) for index, study in enumerate(discovered) if study.rows]
    after = [_without_boxes(study, data) for study in discovered if not study.rows]
    return Section("changes", "What would change the conclusion", lead, charts, tables, after=after)


def together(data: PageData, terms: Terms) -> Section | None:
    """All circumstances with how closely they go with the outcome, and which studies would tell more."""
    if BALANCE not in data.annual:
        return None
    lead = []
    if not data.studies:
        lead.append(
            terms.text(
                "No study lies with these results. "
                f"“sinobel sensitivity --of {BALANCE} --year {data.year} --out "
                "RESULTS” finds which parameters the uncertainty rests on, “sinobel discover” in which futures "
                "a policy fails; the next report of RESULTS tells them."
            )
        )
    table = _circumstances(data, terms, annex=True)
    return Section("together", "What goes with another outcome", lead, (), [table], annex=True)


def _circumstances(data: PageData, terms: Terms, *, annex: bool) -> Table:
    """The balance, and the effect of the option that improves it most, in the outer thirds of each circumstance."""
    year, reference = data.year, data.reference
    variable = data.annual[BALANCE]
    unit = variable.attrs["units"]
    outcomes = {f"Balance, “{data.titles[reference]}”": data.answer_data.values(BALANCE)}
    if data.options:
        names, change = differences.changes(variable.sel(year=[year]), reference)
        best = int(np.median(change[:, 0], axis=-1).argmax())
        outcomes[f"Change by “{data.titles[names[best]]}”"] = np.asarray(change[best, 0], dtype=float)
    rows: dict[str, list[Markup | str]] = {}
    for outcome in outcomes.values():
        for row in circumstances.rows(data.annual, outcome, reference, year):
            name = str(row["circumstance"])
            cells = rows.setdefault(
                name,
                [
                    terms.name(name, data.annual[name].attrs["long_name"]),
                    _edges(float(str(row["low"])), float(str(row["high"])), str(row["unit"])),
                ],
            )
            low, high = float(str(row["outcome_low"])), float(str(row["outcome_high"]))
            (below, above), word = scaled((low, high), unit, max(abs(low), abs(high)), sign=True)
            medians = f"{below} / {above} {word}"
            told = minus(f"rank correlation {row['rank_correlation']:+z.2f}")
            cells.append(two_lines(medians, told) if annex else medians)
    header = [f"To {year}", "Lowest third / highest third", *outcomes]
    which = "every" if annex else "each"  # two tables of a page bear two names
    caption = f"Median in {year} in the third of futures with the lowest and the highest of {which} circumstance"
    every = list(rows.values())
    key = "circumstances"
    return (
        Table(caption, header, every, f"all-{key}", words=2)
        if annex
        else Table(caption, header, every[:FIRST], key, words=2)
    )


def _edges(low: float, high: float, unit: str) -> str:
    """Between the thirds of a circumstance, in its natural unit."""
    if unit == "log":
        low, high, unit = 100 * (math.exp(low) - 1), 100 * (math.exp(high) - 1), "%"
    return minus(f"below {number(low)} / above {number(high)} {unit}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _subject(study: Study, data: PageData) -> str:
    """What a study explains, in words: indicator, year, scenario."""
    row: Mapping[str, Any] = study.rows[0]
    name = str(row.get("indicator", ""))
    label = data.annual[name].attrs["long_name"] if name in data.annual else name
    year = row.get("year", "")
    words = f"{label} in {year:.0f}" if isinstance(year, float) else f"{label} in {year}"
    scenario = str(row.get("scenario", ""))
    words += f", {data.titles.get(scenario, scenario)}" if scenario else ""
    return words + (f" against {row['against']}" if row.get("against") else "")


def _shares(study: Study, data: PageData, terms: Terms, place: int) -> Table:
    parameters = data.basis.parameters
    rows: Rows = study.rows[:SHOWN]
    cells: list[list[Markup | str]] = [
        [
            terms.name(str(row["factor"]), str(row["label"]))
            if str(row["factor"]) in parameters
            else str(row["label"]),
            _share_told(row, "first"),
            _share_told(row, "total"),
        ]
        for row in rows
    ]
    header = ["Factor", "Alone (90 % interval)", "With others (90 % interval)"]
    told = f"What the uncertainty of {_subject(study, data)} rests on: shares of its variance"
    return Table(told, header, cells, f"shares-{place + 1}")


def _share_told(row: Mapping[str, Any], name: str) -> str:
    """A share of a variance with its interval; estimates below 0 or above 1 are told as these."""
    share, low, high = (percent(min(max(float(row[f"{name}{end}"]), 0.0), 1.0)) for end in ("", "_low", "_high"))
    return f"{share} ({low} to {high})"


def _boxes(study: Study, data: PageData, terms: Terms, place: int) -> Table:
    """Boxes of futures in which a policy fails, one row a side."""
    parameters = data.basis.parameters
    cells: list[list[Markup | str]] = []
    for row in study.rows:
        factor = str(row["factor"])
        label = (
            terms.name(factor, str(row["label"]))
            if factor in parameters or factor in data.annual
            else str(row["label"])
        )
        sides = (("low", "above"), ("high", "up to"))
        unit = str(row["unit"])
        range_ = " and ".join(f"{word} {rounded(float(row[end]), unit)}" for end, word in sides if row[end] != "")
        density = f"{percent(float(row['density']))} of its futures fail"
        coverage = f"{percent(float(row['coverage']))} of all failures"
        cells.append([f"Box {row['box']:g}", label, range_, two_lines(density, coverage)])
    failure, scenario = (str(study.rows[0].get(name, "")) for name in ("failure", "scenario"))
    told = f"Where “{data.titles.get(scenario, scenario)}” fails ({failure})"
    return Table(told, ["Box", "When", "Lies", "Then"], cells, f"boxes-{place + 1}", words=3)


def _without_boxes(study: Study, data: PageData) -> Markup:
    """What a study tells that found no rule: its own sentences, which a study of an earlier program does not bring."""
    found: Any = study.manifest.get("verdicts")
    asked: Any = study.manifest.get("arguments")
    scenario = str(asked.get("scenario", "")) if isinstance(asked, Mapping) else ""
    told = found if isinstance(found, list) and found else ["The study found no rule that tells its failures."]
    heading = f"When “{data.titles.get(scenario, scenario)}” fails." if scenario else "When it fails."
    return Markup("<b>{}</b> {}").format(heading, " ".join(map(str, told)))
