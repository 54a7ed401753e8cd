"""The file of a workbook: known for ours, never in the way of another, and of one ending."""

import io
from pathlib import Path

import pytest

from sinobel import store
from sinobel.inputs.reading import InputError
from sinobel.results.workbook_of_folder import check_form, write_workbook
from sinobel.store.office import is_our_office

openpyxl = pytest.importorskip("openpyxl")
xlsxwriter = pytest.importorskip("xlsxwriter")


def made():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("One").write(0, 0, 1.5)
    book.close()
    return store.with_mark(stream.getvalue())


def test_a_workbook_is_known_for_ours_until_somebody_changes_it(tmp_path):
    file = tmp_path / "w.xlsx"
    assert store.put_office(file, made()) is None
    assert is_our_office(file)
    assert store.put_office(file, made()) is None, "ours is written anew"
    book = openpyxl.load_workbook(file)
    assert book["One"]["A1"].value == 1.5
    book["One"]["A1"] = 2
    book.save(file)
    with pytest.raises(InputError, match="not made by this program, or was changed"):
        store.put_office(file, made())
    assert store.put_office(file, made(), replace=True).name == "w.xlsx.replaced-1"


def test_another_ending_is_refused():
    check_form(Path("a.XLSX"))
    with pytest.raises(InputError, match=r"must end in \.xlsx"):
        check_form(Path("a.xls"))


def test_no_folder_no_workbook(tmp_path):
    with pytest.raises(InputError, match="there is no such results folder"):
        write_workbook(tmp_path / "none")
