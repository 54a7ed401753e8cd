"""Rows of tables are typed: they declare what their columns mean, and read as mappings wherever a table is written."""

import csv
import dataclasses
import importlib
import io
import pkgutil
from collections.abc import Mapping

import numpy as np
import pytest
import xarray as xr

from sinobel import analysis, studies
from sinobel.analysis import differences, summary
from sinobel.analysis.rows import Row, column, meanings
from sinobel.analysis.summary import Summary
from sinobel.reporting import tables as reporting_tables
from sinobel.reporting.tables import comparison, flows, tables
from sinobel.runs.trajectories import attributes


@dataclasses.dataclass(frozen=True, eq=False)
class Example(Row):
    """A row with a column for each country."""

    name: str = column("what it is called")
    low: float = column("its ends", listed="low, high")
    high: float = column()
    by: Mapping[str, float] = column("by country", listed="by_COUNTRY", each="by_{}")


ROW = Example("a", 1.0, 2.0, {"china": 3.0, "eu": 4.0})


def kinds(kind=Row):
    for wing in (analysis, studies, reporting_tables):
        for each in pkgutil.walk_packages(wing.__path__, f"{wing.__name__}."):
            importlib.import_module(each.name)
    return [each for each in kind.__subclasses__() if each is not Example]


def yearly():
    values = np.random.default_rng(1).normal(size=(2, 50, 3))
    coordinates = {"scenario": ["base", "other"], "draw": np.arange(50), "year": [2017, 2018, 2019]}
    dims = ("scenario", "draw", "year")
    return {
        name: xr.DataArray(values, coordinates, dims, attrs=attributes(name, yearly=True))
        for name in ("gdp", "exports_to_china")
    }


def test_a_row_reads_as_a_mapping_with_a_column_for_each_key():
    assert list(ROW) == ["name", "low", "high", "by_china", "by_eu"]
    assert (ROW["by_eu"], ROW["low"], ROW.high) == (4.0, 1.0, 2.0)
    assert ROW == {"name": "a", "low": 1.0, "high": 2.0, "by_china": 3.0, "by_eu": 4.0}
    assert (ROW | {"low": 0.0})["low"] == 0.0
    assert ({"low": 0.0} | ROW)["low"] == 1.0
    with pytest.raises(KeyError):
        ROW["by"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        ROW.low = 3.0


def test_a_dictionary_of_columns_is_what_the_kinds_declare():
    assert meanings(Example) == {"name": "what it is called", "low, high": "its ends", "by_COUNTRY": "by country"}


def test_every_column_is_told_in_a_dictionary():
    told = tables.COLUMNS | flows.COLUMNS | comparison.COLUMNS
    names = {name for listed in told for name in listed.replace(" … ", ", ").split(", ")}
    spans = {"p05", "p95"}
    assert spans <= names
    for kind in kinds():
        together = [each for each in kinds() if each.__module__ == kind.__module__]  # one study, one README
        own = {name for listed in meanings(*together) for name in listed.split(", ")}
        for field in dataclasses.fields(kind):
            listed = field.metadata["listed"] or field.metadata["name"] or field.name
            in_a_span = field.name[-3:] in {"p10", "p25", "p50", "p75", "p90", "_50", "_80", "_90"}
            assert in_a_span or (names | own) & {field.metadata["name"] or field.name, *listed.split(", ")}, (
                f"{kind.__name__}: {field.name}"
            )


def test_the_main_tables_are_typed():
    assert {kind.__name__ for kind in kinds()} >= {
        "SummaryRow",
        "DifferenceRow",
        "EffectRow",
        "GainRow",
        "ObjectiveRow",
        "DecisionRow",
        "DominanceRow",
        "ConvergenceRow",
        "AttributionRow",
        "MoneyRow",
    }
    assert all(dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen for kind in kinds())


def test_a_table_has_the_columns_of_its_rows():
    rows = differences.rows(yearly(), "base")
    head = next(csv.reader(io.StringIO(tables.to_csv(rows))))
    assert head == list(rows[0])
    assert head[:5] == ["scenario", "against", "indicator", "year", "unit"]


def test_bands_are_made_once_for_all_who_tell_them(monkeypatch):
    made = []
    bands = summary.bands
    monkeypatch.setattr(summary, "bands", lambda values: made.append(1) or bands(values))
    found = Summary(yearly())
    for _ in range(3):
        summary.rows(found)
        found.bands("gdp", "other")
        found.change("gdp", "other", "base")
    assert len(made) == 2 * 2 + 1


def test_a_column_that_holds_one_is_found_before_those_of_keys_and_a_row_without_keys_has_none():
    twice = dataclasses.replace(ROW, by={"china": 3.0})
    assert twice["by_china"] == 3.0
    with pytest.raises(KeyError):
        twice["by_eu"]


def test_a_table_has_the_columns_of_its_first_row_and_refuses_others():
    assert tables.to_csv([{"a": 1.5, "b": True}, {"a": 2, "b": None}, {"a": "=x"}]) == "a,b\n1.5,yes\n2,\n'=x,\n"
    with pytest.raises(ValueError, match="no column c"):
        tables.to_csv([{"a": 1}, {"a": 1, "c": 2}])


def test_a_summary_does_not_hang_on_the_order_of_the_axes_of_its_values():
    turned = {name: each.transpose("year", "scenario", "draw") for name, each in yearly().items()}
    assert tables.to_csv(summary.rows(Summary(turned))) == tables.to_csv(summary.rows(Summary(yearly())))
