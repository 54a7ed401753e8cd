"""The section on past forecasts: how wrong the model was before, beside what a right model would have been."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinobel.reporting.charts import pit, track_record
from sinobel.reporting.charts.shared import Scored
from sinobel.reporting.page.page_data import PageData, Section, Table
from sinobel.reporting.page.pictures import picture
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.words import answer, scored
from sinobel.reporting.words.wording import minus

INSIDE = "% inside the 50 / 80 / 90 % ranges"


def track(data: PageData, terms: Terms) -> Section | None:
    """How past forecasts of the model fared."""
    headlines, ahead = data.basis.track_record, data.basis.next_year
    if not headlines:
        return None
    charts, tables = (
        [picture(track_record.skill_chart(*_drawn(headlines)), "past-forecasts")],
        [_headlines(headlines, terms)],
    )
    if ahead:
        charts.insert(
            0, picture(track_record.next_year_chart(*_drawn(ahead)), "past-forecasts-next-year", has_phone=False)
        )
        tables.insert(0, _next_year(ahead, terms))
    if placed := pit.of_summary(data.basis.past_forecasts):
        charts.append(picture(pit.pit_chart(placed, track_record.SHIPPED.foot_of_both), "past-forecasts-tenths"))
    lead = [answer.trust(headlines), *map(minus, scored.lines(data.basis.past_forecasts))]
    told = [terms.text(each) for each in lead]
    return Section("track-record", "How wrong it was before", told, charts, tables, annex=True)


def _headlines(rows: Scored, terms: Terms) -> Table:
    cells = [
        [
            terms.name(row["series"], row["label"]),
            f"{float(row['miss_a_year_ahead_percent']):.0f} %",
            minus(f"{scored.signed(row['skill'])} ({scored.between(row['skill_low'], row['skill_high'])})"),
            row["benchmark"],
            _inside(row),
        ]
        for row in rows.values()
    ]
    header = ["Series", "Median miss a year ahead", "Skill (90 % interval)", "Best naive forecast", INSIDE]
    caption = (
        "Forecasts from each December 2009 to 2015, one to five years ahead; above 0 the model beats the naive forecast"
    )
    return Table(caption, header, cells, "track-record")


def _next_year(rows: Scored, terms: Terms) -> Table:
    """Every recorded series a year ahead, the macro block first."""
    cells = [
        [
            row["block"],
            terms.name(row["series"], row["label"]),
            minus(f"{scored.signed(row['skill'])} ({scored.between(row['skill_low'], row['skill_high'])})"),
            minus(scored.between(row["ideal_skill_low"], row["ideal_skill_high"])),
            row["starts"],
            minus(scored.signed(row["hindsight_skill"])),
            _inside(row),
        ]
        for row in rows.values()
    ]
    header = [
        "Block",
        "Series",
        "Skill (90 % interval)",
        "A right model",
        "Naive one starts from",
        "Best naive",
        INSIDE,
    ]
    caption = "All recorded series a year ahead, each December 2008 to 2015, against naive forecasts fixed beforehand"
    return Table(caption, header, cells, "next-year", folded=True, words=2)


def _inside(row: Mapping[str, str]) -> str:
    return " / ".join(f"{100 * float(row[f'inside_{level}']):.0f}" for level in (50, 80, 90))


def _drawn(rows: Scored) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Rows of a table of scores as a chart takes them, and the labels of its series."""
    numbers = [{name: _number(value) for name, value in row.items() if name != "label"} for row in rows.values()]
    return numbers, {name: row["label"] for name, row in rows.items()}


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text
