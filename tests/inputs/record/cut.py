"""A project whose shipped record ends earlier, and the rest of the record as a folder that a user would add."""

import csv
import pathlib
import subprocess
import sys

from sinobel.inputs import months

ROOT = pathlib.Path(__file__).parents[3]
RECORD = ROOT / "model" / "record"
LAST = 2012


ENDED = [
    {
        "series": "oil_duty_transfer",
        "period": str(year),
        "value": "0",
        "unit": "USD mn",
        "source": "it ended in 2014",
        "confidence": "high",
        "note": "",
    }
    for year in (2015, 2016)
]
"""What a user writes of a series that was told every year and ended: its absence would not be taken for a zero."""


def end_of(row):
    """Year by which a row of the record was known."""
    if "vintage" in row:
        return int(row["vintage"][:4])
    if "series" in row:
        return months.year(months.span(row["period"])[1])
    if "signed" in row:
        return int(row["signed"][:4])
    if "settled" in row:
        return int(row["settled"][:4])
    return int(row["year"]) if row["kind"] == "record" else 9999


def words_of(row):
    """What later rows of a series must keep to: its name, unit and kind of period."""
    return (row["series"], row["unit"], months.kind_of_period(row["period"])) if "period" in row else None


def write(file, columns, rows):
    """Rows as a file of a record."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def cut(place, last=LAST):
    """A project below `place` that ships the record to a year; returns it and the folder of the rows after.

    A series that begins later stays where it is: no row can be added to what the record does not have.
    """
    project, added = place / "project", place / "added"
    (project / "model" / "record").mkdir(parents=True)
    added.mkdir()
    (project / "src").mkdir()
    (project / "src" / "sinobel").symlink_to(ROOT / "src" / "sinobel")
    (project / "scenarios").symlink_to(ROOT / "scenarios")
    for part in (ROOT / "model").iterdir():
        if part.name != "record":
            (project / "model" / part.name).symlink_to(part)
    for file in sorted(RECORD.glob("*.csv")):
        with file.open(newline="", encoding="utf-8") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
        known = {words_of(row) for row in rows if end_of(row) <= last}
        later = [row for row in rows if end_of(row) > last and (words_of(row) in known or words_of(row) is None)]
        write(project / "model" / "record" / file.name, reader.fieldnames, [row for row in rows if row not in later])
        later += [row for row in ENDED if file.name == "economy.csv"]
        if later:
            write(added / file.name, reader.fieldnames, later)
    return project, added


def python(project, code):
    """Output of some code that runs in a project."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(project / "src")},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def invented(place, last=2017):
    """Rows as if nothing changed after 2016, for tests alone: every reading of 2016 again in each later year."""
    place.mkdir(parents=True, exist_ok=True)
    for file in sorted(RECORD.glob("*.csv")):
        with file.open(newline="", encoding="utf-8") as stream:
            reader = csv.DictReader(stream)
            rows = [row for row in reader if "period" in row and end_of(row) == 2016 and "/" not in row["period"]]
        again = [
            row | {"period": row["period"].replace("2016", str(year)), "source": "invented for a test"}
            for year in range(2017, last + 1)
            for row in rows
        ]
        if again:
            write(place / file.name, reader.fieldnames, again)
    return place
