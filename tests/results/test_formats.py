"""Results that people can open: every format holds the same numbers, with units and what made them."""

import io
import json
import re
import zipfile

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sinobel import store
from sinobel.inputs.indicators import all_indicators, read_indicators
from sinobel.inputs.reading import InputError, model_folder
from sinobel.inputs.recorded import recorded_values
from sinobel.policies import scenarios
from sinobel.reporting.tables import iamc
from sinobel.reporting.workbook import book as workbook
from sinobel.reporting.workbook import sheets
from sinobel.results import contents
from sinobel.results.formats import FORMATS, export
from sinobel.runs.request import Request
from sinobel.store import tables as long_tables

DRAWN = False

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")

OPTION = scenarios.load("russian-squeeze")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A comparison in every format, to 2019."""
    out = tmp_path_factory.mktemp("formats") / "r"
    request = Request((scenarios.load("baseline"), OPTION), 80, 5, horizon="2019-12")
    with store.Run(request, out) as run:
        results = run.simulate()
        export(run, contents.data_of(results), FORMATS)
        run.finish()
    return out


@pytest.fixture(scope="module")
def yearly(folder):
    return store.read_results(folder).annual


def in_rows(yearly):
    """Every value as netCDF has it, indexed as a long table is."""
    parts = {name: variable.to_series() for name, variable in yearly.items()}
    return pd.concat(parts, names=["indicator"]).rename("value")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_long_tables_hold_the_numbers_of_the_dataset(folder, yearly, form):
    table = pd.read_csv(folder / "annual.csv") if form == "csv" else pd.read_parquet(folder / "annual.parquet")
    assert list(table.columns) == list(long_tables.COLUMNS)
    for name in ("draw", "year"):
        assert pd.api.types.is_integer_dtype(table[name])
    assert table["value"].dtype == np.float64
    units = {name: each.yearly_unit for name, each in all_indicators().items()}
    assert dict(table.groupby("indicator", observed=True)["unit"].first()) == units
    keys = ["indicator", "scenario", "draw", "year"]
    for key in ("indicator", "scenario"):
        table[key] = table[key].astype(str)
    found = table.set_index(keys)["value"]
    assert found.index.is_unique
    expected = in_rows(yearly).reset_index().astype({"scenario": str}).set_index(keys)["value"]
    assert len(found) == len(expected)
    assert np.allclose(found.reindex(expected.index), expected, rtol=2e-6, atol=1e-30, equal_nan=True)


def test_parquet_is_read_piece_by_piece_and_says_what_made_it(folder):
    import pyarrow.parquet as pq

    file = pq.ParquetFile(folder / "annual.parquet")
    assert file.num_row_groups == 2 * len(all_indicators())
    assert file.metadata.row_group(0).num_rows == 80 * 3
    assert json.loads(file.schema_arrow.metadata[b"manifest"]) == store.read_manifest(folder)
    some = pd.read_parquet(
        folder / "annual.parquet", filters=[("indicator", "==", "gdp"), ("scenario", "==", OPTION.name)]
    )
    assert len(some) == 80 * 3


def test_what_is_no_number_is_empty_and_names_are_quoted(tmp_path):
    """A ratio without a denominator is an empty cell, not a zero; commas, quotes and per cent signs survive."""
    odd = 'mine, "100 %"'
    values = np.array([[[1.5, np.nan], [2.25e-9, -3e12]]])
    where = {"scenario": [odd], "draw": [7, 8], "year": [2017, 2018]}
    units = {"units": "% a year"}
    annual = {"gdp_growth": xr.DataArray(values, where, ("scenario", "draw", "year"), attrs=units)}
    long_tables.write_csv(tmp_path / "a.csv", annual)
    long_tables.write_parquet(tmp_path / "a.parquet", annual, {"scenarios": []})
    for table in (pd.read_csv(tmp_path / "a.csv"), pd.read_parquet(tmp_path / "a.parquet")):
        assert list(table["scenario"]) == [odd] * 4
        assert list(table["unit"]) == ["% a year"] * 4
        assert list(table["draw"]) == [7, 7, 8, 8]
        assert np.allclose(table["value"], values.ravel(), rtol=1e-6, atol=0, equal_nan=True)
    assert ",\n" in (tmp_path / "a.csv").read_text()


def test_memory_of_long_tables_is_that_of_a_piece(yearly):
    """One indicator of one scenario is in hand at a time."""
    asked = []

    class Watched(dict):
        def __getitem__(self, name):
            asked.append(name)
            return super().__getitem__(name)

    watched = Watched(yearly)
    for count, piece in enumerate(long_tables.pieces(watched)):
        assert len(piece[-1]) == 80 * 3
        assert len(asked) == 1 + count // 2


# --- the IAMC layout -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def layout(folder):
    return pd.read_csv(folder / "iamc.csv")


def test_iamc_obeys_the_rules_of_pyam(layout):
    """What pyam refuses: missing columns, columns that are neither known nor years, gaps in texts, duplicates."""
    words = ["model", "scenario", "region", "variable", "unit"]
    assert list(layout.columns) == [*words, "2017", "2018", "2019"]
    assert not layout[words].isna().any().any()
    assert not (layout[words].map(str.strip) != layout[words]).any().any()
    assert not layout.duplicated(["model", "scenario", "region", "variable"]).any()
    assert not layout[["2017", "2018", "2019"]].isna().all(axis=1).any()
    assert all(layout[year].dtype == np.float64 for year in ("2017", "2018", "2019"))
    assert layout.groupby(["region", "variable"])["unit"].nunique().max() == 1


def test_iamc_holds_the_quantiles_of_the_dataset(layout, yearly):
    names = layout.set_index(["scenario", "region", "variable"])
    for name, each in all_indicators().items():
        for level, word in ((0.05, "5th Percentile"), (0.5, "Median"), (0.9, "90th Percentile")):
            expected = yearly[name].sel(scenario=OPTION.name).quantile(level, "draw")
            row = names.loc[(OPTION.name, each.region, f"{each.variable}|{word}")]
            assert np.allclose(row[["2017", "2018", "2019"]].astype(float), expected, rtol=1e-5, atol=1e-9), name


def test_iamc_units_are_those_of_the_layout():
    assert iamc.unit("USD mn a year") == "million USD/yr"
    assert iamc.unit("kt KCl a year") == "kt KCl/yr"
    assert iamc.unit("fraction") == "fraction"


def test_every_indicator_has_its_own_name_in_full_words(tmp_path):
    named = {(each.region, each.variable) for each in all_indicators().values()}
    assert len(named) == len(all_indicators())
    text = (model_folder() / "indicators.toml").read_text()
    wrong = {
        'variable = "Trade|Goods|Potash"': (
            'variable = "Trade|Goods"',
            "exports_to_china has the same region and variable",
        ),
        'variable = "Price|Potash|Spot"': ('variable = "price|spot"', "should match pattern"),
        'region   = "Asia"': ('region   = "Asia>"', "should match pattern"),
    }
    for before, (after, message) in wrong.items():
        (tmp_path / "indicators.toml").write_text(text.replace(before, after, 1))
        with pytest.raises(InputError, match=rf"indicators.toml:\d+: .*{message}"):
            read_indicators(tmp_path / "indicators.toml")


# --- the workbook ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(folder):
    return openpyxl.load_workbook(folder / "results.xlsx")


def table_of(sheet):
    rows = list(sheet.values)
    return pd.DataFrame(rows[1:], columns=rows[0])


def test_the_workbook_has_its_sheets_and_native_charts(book):
    assert book.sheetnames == [
        "Read me",
        "Charts",
        "Chart data",
        "Differences",
        "Who gains",
        "Loan book",
        "Rules and events",
        "Summary",
        "All differences",
        "Wants",
        "Positions",
        "Choices",
        "Loans",
        "Scenarios",
        "Data dictionary",
        "Manifest",
    ]
    assert len(book["Charts"]._charts) == 9
    for name in ("Summary", "Differences", "All differences", "Loans", "Scenarios", "Data dictionary", "Chart data"):
        assert book[name].freeze_panes, name
    said = " ".join(str(cell) for row in book["Read me"].values for cell in row if cell)
    for words in (OPTION.question, "80 draws", "seed", "eight of ten futures", "World Bank", "bit for bit"):
        assert words.lower() in said.lower()


def test_the_summary_holds_the_numbers_of_the_dataset(book, yearly):
    table = table_of(book["Summary"])
    assert len(table) == 2 * 3 * len(all_indicators())
    rows = table.set_index(["scenario", "indicator", "statistic"])
    for name, each in all_indicators().items():
        for band, level in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
            row = rows.loc[("baseline", name, workbook.SHOWN[band])]
            expected = yearly[name].sel(scenario="baseline").quantile(level, "draw")
            assert row["unit"] == each.yearly_unit
            assert np.allclose(row[["2017", "2018", "2019"]].astype(float), expected, rtol=1e-5, atol=1e-9), name


def test_the_differences_are_paired(book, yearly):
    rows = table_of(book["All differences"]).set_index(["scenario", "indicator", "year"])
    change = yearly["gdp"].sel(scenario=OPTION.name) - yearly["gdp"].sel(scenario="baseline")
    row = rows.loc[(OPTION.name, "gdp", 2019)]
    assert np.isclose(row["median difference"], change.sel(year=2019).median(), rtol=1e-3)
    assert np.isclose(row["in which it is lower"], (change.sel(year=2019) < 0).mean())


def test_the_scenarios_say_why(book):
    table = table_of(book["Scenarios"])
    asked = table[table["scenario"] == OPTION.name]
    assert list(asked["lever"]) == [change.lever for change in OPTION.changes]
    assert asked["why"].str.len().min() > 10
    assert list(asked["what it changes"]) == [change.in_words() for change in OPTION.changes]
    assert list(asked["value"]) == [change.value for change in OPTION.changes], "numbers stay numbers"


def test_the_manifest_in_the_workbook_is_that_of_the_folder(book, folder):
    text = "\n".join(str(row[0]) for row in book["Manifest"].values)
    assert json.loads(text) == store.read_manifest(folder)


def test_charts_point_at_their_numbers_and_ranges_open_where_the_record_ends(book, yearly):
    table = table_of(book["Chart data"])
    shown = table[table["indicator"] == "debt_to_china"].set_index("year")
    low, high = shown["10 % below, baseline"], shown["90 % below, baseline"]
    assert shown.loc[2016, "record"] == low[2016] == high[2016] == recorded_values()["debt_to_china"][2016]
    assert np.isclose(high[2019], yearly["debt_to_china"].sel(scenario="baseline", year=2019).quantile(0.9), rtol=1e-5)
    assert pd.isna(shown.loc[2017, "record"])
    first, last = np.flatnonzero(table["indicator"] == "debt_to_china")[[0, -1]] + 2
    pointed = [series for chart in book["Charts"]._charts for part in chart._charts for series in part.series]
    ranges = {series.val.numRef.f.replace("$", "") for series in pointed}
    assert f"'Chart data'!D{first}:D{last}" in ranges


def test_heights_of_the_ranges_are_formulas_that_keep_their_value(folder, book):
    column = 1 + list(table_of(book["Chart data"]).columns).index("from 10 % to 25 %")
    formula = book["Chart data"].cell(40, column).value
    assert re.fullmatch(r"=[A-Z]+40-[A-Z]+40", formula)
    values = openpyxl.load_workbook(folder / "results.xlsx", data_only=True)["Chart data"]
    names = re.findall(r"[A-Z]+40", formula)
    assert np.isclose(values.cell(40, column).value, values[names[0]].value - values[names[1]].value)


def test_the_same_results_give_the_same_workbook(folder):
    results = store.read_results(folder)
    few = {name: results.annual[name] for name in ("gdp", "debt_to_china", "without_contract")}
    some = store.Results(results.manifest, few, results.bands, None)
    one, two = (workbook.build(contents.data_of(some)) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as content:
        assert content.testzip() is None
        assert all(b"NaN" not in content.read(name) for name in content.namelist() if "sheets/" in name)


def test_a_run_of_one_has_no_differences(folder):
    results = store.read_results(folder)
    alone = {name: variable.sel(scenario=["baseline"]) for name, variable in list(results.annual.items())[:6]}
    manifest = json.loads(json.dumps(dict(results.manifest)))
    manifest["request"]["scenarios"] = manifest["request"]["scenarios"][:1]
    book = openpyxl.load_workbook(
        io.BytesIO(workbook.build(contents.data_of(store.Results(manifest, alone, results.bands, None))))
    )
    assert not {"Differences", "All differences", "Who gains"} & set(book.sheetnames)
    assert len(book["Charts"]._charts) == 3


def test_numbers_show_no_more_digits_than_mean_something():
    assert [sheets.digits_of([value]) for value in (12345.6, -44.0, 3.2, 0.05, float("nan"))] == [0, 1, 2, 3, 3]
