"""What a folder of rows may not hold: each fault is told with file, line and what is allowed, and nothing is written."""

import shutil

import pytest

from sinobel.inputs.added import read_added
from sinobel.inputs.reading import InputError, read_csv
from sinobel.inputs.record_checks import WORDS
from tests.inputs.record.cut import RECORD, invented
from tests.results.edited_basis import ended

HEADER = "series,period,value,unit,source,confidence,note\n"
LOAN = "L40,loan,a bank,Government of Belarus,government,a road,transport,10,10,2017-02,2017,commercial,4,10,2,,,a source,high,,"
CONTRACT = "2017,230,2017-07,2017-07,2017-12,BPC,,,,high,a source"
PLAN = "Laos,a mine,500,kt KCl added,2021,plan announced by 2018,a source,low"
GDP = "gdp_usd.BLR,2017,50000,USD mn,a source,high,"


def folder_of(place, **files):
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def head(name):
    return (RECORD / name).read_text(encoding="utf-8").partition("\n")[0] + "\n"


def refused(place, **files):
    with pytest.raises(InputError) as told:
        read_added(folder_of(place, **files))
    return [each.told() for each in told.value.problems]


SHIPPED = {row["period"]: row["value"] for row in read_csv(RECORD / "economy.csv") if row["series"] == "gdp_usd.BLR"}

ROWS = {
    "unknown series": (GDP.replace("usd.BLR", "usd.BLX"), "the record has no series 'gdp_usd.BLX'; did you mean"),
    "unit": (GDP.replace("USD mn", "USD bn"), "gdp_usd.BLR is in 'USD bn', the record has it in 'USD mn'"),
    "no period": (GDP.replace("2017", "2017-13"), "'2017-13' is not a month; write it as YYYY-MM"),
    "words": (GDP.replace("2017", "last year"), "'last year' is no period; write YYYY, YYYY-Qn, YYYY-MM"),
    "another kind": (
        GDP.replace("2017", "2017-Q1"),
        "'2017-Q1' is quarter, and the record has it by year, such as '2016'",
    ),
    "far away": (GDP.replace("2017", "2060"), "'2060' is outside 1960 to 2059"),
    "another month": (
        "tension_with_russia,2017-03,0.5,index 0-1,a source,low,",
        "'2017-03': the record has it of one month a year, such as '2016-12'",
    ),
    "backwards": (
        "turnover.BLR.CHN,2017-06/2017-01,900,USD mn,a source,high,",
        "'2017-06/2017-01' ends before it begins",
    ),
    "infinite": (GDP.replace("50000", "inf"), "gdp_usd.BLR of 2017: 'inf' is no finite number"),
    "overflowing": (GDP.replace("50000", "1e999"), "'1e999' is no finite number"),
    "none": (GDP.replace("50000", "nan"), "'nan' is no finite number"),
    "empty": (GDP.replace("50000", ""), "'' is no finite number"),
    "grouped": (GDP.replace("50000", '"50,000"'), "'50,000' is no finite number; write it as 1234.5"),
    "confidence": (
        GDP.replace("high", "hgh"),
        "confidence 'hgh' is not allowed; did you mean \"high\"?; choose from high, medium, low",
    ),
    "negative": (GDP.replace("50000", "-5"), "gdp_usd.BLR of 2017: -5 cannot be; it is a number above 0"),
    "nothing": (GDP.replace("50000", "0"), "gdp_usd.BLR of 2017: 0 cannot be; it is a number above 0"),
    "billions": (GDP.replace("50000", "50.1"), f"is far from the last reading, {SHIPPED['2016']} of 2016"),
    "no source": (GDP.replace("a source", ""), "gdp_usd.BLR of 2017 names no source"),
    "revision": (
        GDP.replace("2017", "2015"),
        f"gdp_usd.BLR of 2015 would be 50000 here and is {SHIPPED['2015']} in the shipped record",
    ),
    "the same again": (
        GDP.replace("2017", "2015").replace("50000", SHIPPED["2015"]),
        "stands in the shipped record with the same value; leave the row out",
    ),
}


@pytest.mark.parametrize("fault", ROWS)
def test_a_reading_that_cannot_be_added_is_told_once(fault, tmp_path):
    row, why = ROWS[fault]
    good = "gdp_growth.BLR,2017,1,% a year,a source,high,\n"
    unit = next(each["unit"] for each in read_csv(RECORD / "economy.csv") if each["series"] == "gdp_growth.BLR")
    [told] = refused(tmp_path, economy=HEADER + good.replace("% a year", unit) + row + "\n")
    assert "economy.csv:3: " in told
    assert why in told


def test_a_row_that_stands_twice_names_both_even_in_two_files(tmp_path):
    [told] = refused(tmp_path, economy=HEADER + GDP + "\n", trade=HEADER + GDP.replace("50000", "40000") + "\n")
    assert "trade.csv:2: gdp_usd.BLR of 2017 from this source stands twice, first in economy.csv:2" in told


TABLES = {
    "loan without words": (
        "loans",
        LOAN.replace("government", "goverment", 1).replace(",loan,", ",lone,"),
        2,
        "kind 'lone' is not allowed",
    ),
    "shipped loan": (
        "loans",
        LOAN.replace("L40", "L01"),
        1,
        "the loan 'L01' stands in the shipped record: added rows never revise it",
    ),
    "loan of no day": ("loans", LOAN.replace("2017-02", "2017-22"), 1, "signed '2017-22' is no date"),
    "negative loan": ("loans", LOAN.replace("10,10", "10,-10"), 1, "book_usd_mn '-10' is no finite number from 0"),
    "shipped contract": (
        "potash_contracts",
        CONTRACT.replace("2017,", "2016,", 1),
        1,
        "the contract '2016' stands in the shipped record",
    ),
    "older contract": (
        "potash_contracts",
        CONTRACT.replace("2017-07,2017-07", "2014-07,2017-07"),
        1,
        "before the last one of the record",
    ),
    "ended contract": (
        "potash_contracts",
        CONTRACT.replace("2017-12", "2017-01"),
        1,
        "ends in 2017-01, before it begins in 2017-07",
    ),
    "shipped plan": (
        "potash_capacity",
        PLAN.replace("Laos,a mine", "Turkmenistan,Garlyk"),
        1,
        "capacity_kt '500' here, '1400' there",
    ),
    "outlook of nobody": (
        "outlooks",
        "weo_forecast.gdp_growth.BLX,2017-10,2018,1,% per year,a source,high",
        1,
        "the record has no outlooks 'weo_forecast.gdp_growth.BLX'",
    ),
    "plan of no year": ("potash_capacity", PLAN.replace(" by 2018", ""), 1, "nor tells by when it was known"),
}


@pytest.mark.parametrize("fault", TABLES)
def test_a_loan_contract_or_capacity_that_cannot_be_added_is_told(fault, tmp_path):
    name, row, count, why = TABLES[fault]
    told = refused(tmp_path, **{name: head(f"{name}.csv") + row + "\n"})
    assert len(told) == count, told
    assert all(f"{name}.csv:2: " in each for each in told)
    assert any(why in each for each in told)


def test_rows_as_they_should_be_are_taken(tmp_path):
    folder_of(
        tmp_path,
        loans=head("loans.csv") + LOAN + "\n",
        potash_contracts=head("potash_contracts.csv") + CONTRACT + "\n",
        potash_capacity=head("potash_capacity.csv") + PLAN + "\n",
        economy=HEADER + GDP + "\n",
    )
    (tmp_path / "README.md").write_text("where it comes from", encoding="utf-8")
    assert [name for name, _ in read_added(tmp_path).files] == [
        "economy.csv", "loans.csv", "potash_capacity.csv", "potash_contracts.csv",
    ]  # fmt: skip


LAYOUT = {
    "another file": ("econom.csv", HEADER + GDP, "econom.csv: this is no file of a record; did you mean \"economy.csv\"?"),
    "a workbook": ("economy.xlsx", "", "economy.xlsx: this is no file of a record"),
    "a column less": ("economy.csv", HEADER.replace(",note", "") + GDP.removesuffix(","), 'economy.csv:1: the column "note" is missing'),
    "a column misspelled": ("economy.csv", HEADER.replace("unit", "units") + GDP, 'the column "unit" is missing; is it "units"?'),
    "a field less": ("economy.csv", HEADER + GDP.removesuffix(","), "economy.csv:2: this row does not have the 7 fields"),
    "no rows": ("economy.csv", HEADER, "this record adds no rows"),
    "nothing": ("README.md", "", "this folder adds nothing: it has none of debt.csv"),
}  # fmt: skip


@pytest.mark.parametrize("fault", LAYOUT)
def test_a_folder_in_another_layout_is_told(fault, tmp_path):
    name, text, why = LAYOUT[fault]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_added(tmp_path)
    assert why in str(told.value)


def test_a_folder_within_a_file_and_no_folder_are_told(tmp_path):
    (tmp_path / "economy.csv").mkdir()
    with pytest.raises(InputError, match=r"economy\.csv: this is a folder, not a file"):
        read_added(tmp_path)
    with pytest.raises(InputError, match="nowhere: no such folder"):
        read_added(tmp_path / "nowhere")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="this is a file, and a record is a folder"):
        read_added(tmp_path / "file")


def test_a_copy_of_the_record_that_somebody_went_on_with_adds_what_is_new(tmp_path):
    whole = shutil.copytree(RECORD, tmp_path / "whole")
    with pytest.raises(InputError, match="this record adds no rows to those that ship"):
        read_added(whole)
    with (whole / "economy.csv").open("a", encoding="utf-8") as stream:
        stream.write(GDP + "\n")
    (tmp_path / "row").mkdir()
    alone = read_added(folder_of(tmp_path / "row", economy=HEADER + GDP + "\n"))
    assert read_added(whole).files == alone.files


def test_words_that_are_allowed_are_those_of_the_shipped_tables():
    loans, capacity = read_csv(RECORD / "loans.csv"), read_csv(RECORD / "potash_capacity.csv")
    for column in ("kind", "backing", "instrument", "confidence"):
        assert {row[column] for row in loans} == set(WORDS[column])
    assert {row["unit"] for row in capacity} == set(WORDS["capacity unit"])


@pytest.mark.parametrize("command", ["run", "compare", "money"])
def test_the_command_line_ends_with_two_and_writes_nothing(command, tmp_path, capsys):
    place = invented(tmp_path / "mine")
    with (place / "economy.csv").open("a", encoding="utf-8") as stream:
        stream.write("gdp_usd.BLY,2017,1,USD mn,a source,high,\n")
    names = ["baseline", "untied-finance"] if command == "compare" else ["baseline"]
    out = tmp_path / "results"
    assert ended(command, *names, "--record", place, "--draws", 2, "--horizon", "2018-12", "--out", out) == 2
    told = capsys.readouterr().err
    assert told.count("error:") == 1
    assert "the record has no series 'gdp_usd.BLY'" in told
    assert not out.exists()


def test_an_origin_that_lacks_something_is_refused_in_words(tmp_path, capsys):
    place, out = invented(tmp_path / "mine"), tmp_path / "results"
    text = (place / "trade.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in text if not line.startswith("exports.BLR.CHN,")]
    (place / "trade.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    asked = ("run", "--record", place, "--origin", "2017-12", "--draws", 2, "--horizon", "2018-12", "--out", out)
    assert ended(*asked) == 2
    told = capsys.readouterr().err
    assert "origin 2017-12 is not available: the added record lacks exports.BLR.CHN of 2017" in told
    assert "`sinobel record check FOLDER` tells what is there" in told
    assert not out.exists()


def test_the_december_after_the_rows_is_refused_with_what_they_lack(tmp_path, capsys):
    place = invented(tmp_path / "mine")
    asked = (
        "run",
        "--record",
        place,
        "--origin",
        "2018-12",
        "--draws",
        2,
        "--horizon",
        "2019-12",
        "--out",
        tmp_path / "r",
    )
    assert ended(*asked) == 2
    told = capsys.readouterr().err
    assert "origin 2018-12 is not available: the added record lacks " in told
    assert " of 2018" in told
    assert ended(*(word if word != "2018-12" else "2019-12" for word in asked)) == 2
    assert "an origin is a December from 2008-12 to 2017-12" in capsys.readouterr().err


def test_without_added_rows_the_last_origin_is_the_shipped_one(capsys, tmp_path):
    assert ended("run", "--origin", "2017-12", "--out", tmp_path / "r") == 2
    assert "so an origin is a December from 2008-12 to 2016-12" in capsys.readouterr().err
