"""Nothing that is dated after an origin enters a world that opens there, whatever the record says of later."""

import csv
import shutil

import numpy as np
import pytest

from sinobel.inputs import evidence, months
from sinobel.inputs.reading import model_folder
from sinobel.world.readings import observe
from sinobel.world.world import World

TABLES = {
    "loans": ("signed", "book_usd_mn"),
    "potash_contracts": ("settled", "price"),
    "potash_capacity": ("year", "capacity_kt"),
    "outlooks": ("vintage", "value"),
}
"""Tables of the record besides its series: which column dates a row, and which is its number."""


def ends_after(period, origin):
    """True where a period, a year, quarter or month, ends after a December."""
    return int(period[:4]) > months.year(origin)


def changed(table, row, origin):
    """A row with another number where it is dated after the origin; plans that were public are none."""
    when, number = TABLES.get(table, ("period", "value"))
    if (
        row[when]
        and ends_after(row[when], origin)
        and row[number]
        and not row.get("kind", "").startswith(("plan", "projection"))
    ):
        return row | {number: repr(1.7 * float(row[number]))}
    return row


@pytest.fixture
def other_future(tmp_path, monkeypatch):
    """Puts a record in place of the shipped one in which every number after an origin is another."""

    def put(origin):
        shutil.copytree(model_folder(), tmp_path / "model")
        count = 0
        for path in (tmp_path / "model" / "record").glob("*.csv"):
            with open(path, newline="") as stream:
                reader = csv.DictReader(stream)
                rows = list(reader)
            new = [changed(path.stem, row, origin) for row in rows]
            count += sum(a != b for a, b in zip(rows, new, strict=True))
            with open(path, "w", newline="") as stream:
                writer = csv.DictWriter(stream, reader.fieldnames)
                writer.writeheader()
                writer.writerows(new)
        assert count > 100
        monkeypatch.setattr(evidence, "model_folder", lambda: tmp_path / "model")
        forget()

    def forget():
        evidence.shipped_evidence.cache_clear()

    yield put
    monkeypatch.undo()
    forget()


def lived(origin):
    """All indicators of two years."""
    world = World(
        draws=20,
        seed=3,
        origin=months.label(origin),
        horizon=f"{months.year(origin) + 2}-12",
        parameters="prior",
        collect=False,
    )
    seen = []
    while world.running:
        world.step()
        seen.append(observe(world))
    world.close()
    return seen


@pytest.mark.parametrize("year", [2009, 2012, 2014])
def test_a_world_knows_nothing_that_is_dated_after_its_origin(year, other_future):
    origin = months.parse(f"{year}-12")
    before = lived(origin)
    other_future(origin)
    after = lived(origin)
    for month, (one, other) in enumerate(zip(before, after, strict=True)):
        for name in one:
            assert np.array_equal(one[name], other[name]), (name, month)


def test_the_check_finds_what_enters(other_future):
    """A world that opens a year later does read what was changed."""
    origin = months.parse("2013-12")
    before = lived(origin)
    other_future(months.parse("2012-12"))
    after = lived(origin)
    assert any(not np.array_equal(before[0][name], after[0][name]) for name in before[0])
