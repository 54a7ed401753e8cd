"""The folder of a backtest: its tables and charts, and a note on what they are and which record they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel import store
from sinobel.analysis.rows import Row, meanings
from sinobel.inputs import inert
from sinobel.reporting.tables.tables import to_csv

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart

FORECASTS_OF_NEXT_YEAR = "next-year-forecasts.csv"
"""What versions are compared by."""
TABLES = {
    "forecasts.csv": "headline series from each origin, one to five years ahead, against what came",
    "scores.csv": "the same, one row a series: skill, ranges, beside a model that is exactly right",
    FORECASTS_OF_NEXT_YEAR: "every recorded series a year ahead from each origin",
    "next-year-scores.csv": "the same, one row a series, the macro block first",
    "summary.csv": "all of them together: skill, share inside ranges, share of what came in each tenth of the futures",
    "against.csv": "scores a year ahead over those of another version",
}
CHARTS = {
    "skill": "skill and ranges of the headline series",
    "forecasts": "every forecast of them beside what came",
    "next-year": "skill and ranges of every series a year ahead",
    "pit": "where what came lies among the futures, in tenths: level for forecasts that are right",
}


@dataclass(frozen=True)
class Told:
    """What the note of the folder says.

    Attributes
    ----------
    verdicts : Sequence[str]
        What came out.
    how : str
        How the forecasts were made.
    vintage : str
        Whose record they are held against, and how far it reaches.
    """

    verdicts: Sequence[str]
    how: str
    vintage: str


Tables = Mapping[str, Sequence[Row]]


def write(folder: Path, tables: Tables, charts: Sequence[Chart], told: Told) -> None:
    """Write tables, charts and the note."""
    from sinobel.store.charts import write_chart

    for name, rows in tables.items():
        store.write_text(folder / name, to_csv(rows))
    for name, chart in zip(CHARTS, charts, strict=True):
        write_chart(folder / name, chart)
    store.write_text(folder / "README.md", readme(tables, told))


def readme(tables: Tables, told: Told) -> str:
    """What the folder is: what came out, how forecasts were made and on which record, files and columns."""
    lines = ["# Past forecasts", "", *(f"- {inert.markdown(line)}" for line in told.verdicts)]
    lines += ["", inert.markdown(told.how), "", f"{inert.markdown(told.vintage.capitalize())}."]
    lines += ["", "| file | holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {TABLES[name]} |" for name in tables]
    lines += [f"| `{name}.png, .svg, .csv` | {holds} |" for name, holds in CHARTS.items()]
    lines += ["", "| table | column | meaning |", "| --- | --- | --- |"]
    for name, rows in tables.items():
        lines += [f"| `{name}` | {column} | {meaning} |" for column, meaning in meanings(*map(type, rows[:1])).items()]
    return "\n".join([*lines, ""])
