"""The workbook on paper and alive: what each sheet holds, how many pages it takes, what its cells answer."""

import io
import math
import re
import zipfile

import numpy as np
import pytest

from sinobel import store
from sinobel.analysis import differences, gains
from sinobel.inputs.levers import all_levers
from sinobel.policies import scenarios
from sinobel.reporting.tables import loan_words
from sinobel.reporting.workbook import book as workbook
from sinobel.reporting.workbook import charts, headlines, in_words, live, loan_book, sheets
from sinobel.results import contents, workbook_of_folder
from sinobel.runs.request import Request
from sinobel.studies.surface import study
from tests.reporting.formulas import Calculator

DRAWN = False

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

FOUR = ("baseline", "untied-finance", "market-closure-every-weak-year", "fdi-instead-of-loans")
HOSTILE = '=HYPERLINK("http://example.invalid","see")'
PAGES = 12
"""Most pages of A4 that a comparison of four scenarios may take."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Four scenarios to 2030, as they have just been made."""
    request = Request(tuple(scenarios.load_all(FOUR)), 40, 5)
    with store.Run(request, tmp_path_factory.mktemp("workbook") / "r") as run:
        results = run.simulate()
        results.manifest["comparison"] = question(results)
        return contents.data_of(results)


def question(results):
    from sinobel.results.run_folder import question_for

    return question_for("baseline").as_written()


@pytest.fixture(scope="module")
def found(data):
    """The live sheet of a surface that is fitted to few runs of few draws."""
    asked = Request(tuple(scenarios.load_all(FOUR)), 40, 5)
    plan = workbook_of_folder.plan_of(data, asked, 30)
    surface = study.run(plan_with(plan, fitted=(20, 12), held_out=(4, 4)))
    return live.Live(
        surface=workbook_of_folder.as_in_summary(surface.surface, data),
        against="baseline",
        first=plan.first_month,
        set_to=workbook_of_folder.set_to(data.basis.changes) | {"china.tied_share": HOSTILE},
        left_out=["a switch"],
        made=workbook_of_folder._made(surface, data),
        fitted=32,
        held_out=8,
        draws=30,
        futures=40,
    )


def plan_with(plan, **changes):
    from dataclasses import replace

    return replace(plan, years=(2018, 2020), indicators=plan.indicators[:3], **changes)


@pytest.fixture(scope="module")
def made(data, found):
    return workbook.build(data, found)


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(io.BytesIO(made))


def printed(book):
    return [sheet for sheet in book if sheet.sheet_state == "visible"]


# --- paper -----------------------------------------------------------------------------------------------------------


def test_four_scenarios_take_at_most_twelve_pages_of_a4(book, data):
    """Every sheet on paper says on how many pages it is to fit; charts stand on pages that are broken by hand."""
    count = 0
    for sheet in printed(book):
        assert int(sheet.page_setup.paperSize) == sheets.A4, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        if sheet.title == "Charts":
            breaks = [each.id for each in sheet.row_breaks.brk]
            assert breaks == [4 + charts.ROWS * 2, 4 + charts.ROWS * 4]
            count += charts.pages(len(sheet._charts))
            continue
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1)
        count += sheet.page_setup.fitToHeight or 1
    assert count <= PAGES
    assert [sheet.title for sheet in printed(book)] == [
        *("Read me", live.SHEET, "Charts", headlines.SHEET, "Who gains", loan_book.SHEET, in_words.SHEET, "Summary"),
    ]


def test_charts_fit_their_pages():
    """At their scale, in points: two charts beside each other, two rows of them below the lines on top."""
    wide, tall = 842 - 0.8 * 72, 595 - 1.4 * 72
    columns, rows = 2 * charts.COLUMNS + 1, 4 + charts.ROWS * charts.ROWS_OF_CHARTS
    assert columns * 64 * 0.75 * charts.SCALE / 100 < wide
    assert rows * sheets.LINE * charts.SCALE / 100 < tall


def test_pages_stay_readable(book):
    """No sheet on paper is shrunk below a third: widths in letters, heights in points."""
    for sheet in printed(book):
        if sheet.title == "Charts":
            continue
        letters = sum(each.width for each in sheet.column_dimensions.values() for _ in range(each.min, each.max + 1))
        area = sheet.print_area
        last = int(re.findall(r"\d+", area)[-1]) if area else sheet.max_row
        tall = sum(sheet.row_dimensions[row].height or sheets.LINE for row in range(1, last + 1))
        wide = (842 - 0.8 * 72) / (letters * 5.6)
        high = (595 - 1.4 * 72) * (sheet.page_setup.fitToHeight or 1) / tall
        assert min(wide, high) > 0.33, (sheet.title, wide, high)


def test_headers_are_repeated_pages_numbered_and_sources_named(book):
    for sheet in printed(book):
        assert "&P of &N" in f"&{sheet.oddHeader.right.text}".replace("&[Page]", "&P").replace("&[Pages]", "&N")
        assert "World Bank" in sheet.oddFooter.left.text
        if sheet.title not in ("Read me", "Charts", live.SHEET):
            assert sheet.print_title_rows, sheet.title
            assert sheet.freeze_panes, sheet.title
    assert book["Summary"].print_area, "the long table is off paper but for its headlines"


def test_data_is_off_paper_and_the_first_sheet_says_where_it_is(book):
    hidden = [sheet.title for sheet in book if sheet.sheet_state != "visible"]
    assert {"All differences", "Chart data", "Wants", "Positions", "Choices", "Manifest", live.WEIGHTS} <= set(hidden)
    told = {row[0] for row in book["Read me"].values}
    assert {sheet.title for sheet in book} - {"Read me"} <= told
    said = " ".join(str(cell) for row in book["Read me"].values for cell in row if cell)
    assert "Unhide" in said
    assert book.active.title == "Read me"


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_the_first_sheet_holds_the_answer_in_words(book, data):
    said = " ".join(str(row[1]) for row in book["Read me"].values if row[1])
    assert "“Direct investment instead of loans”" in said
    assert "% of futures" in said
    assert "\x02" not in said, "no marks of names"


def test_differences_are_paired_by_indicator_option_and_year(book, data):
    sheet = book[headlines.SHEET]
    rows = list(sheet.values)
    shown = headlines.names(data)
    assert len(rows) == 2 + len(data.options) * len(data.years)
    assert [each for each in rows[0] if each][1:] == [
        f"{data.annual[name].attrs['long_name']}, {data.annual[name].attrs['units']}" for name in shown
    ]
    line = next(row for row in rows if row[:2] == ("untied-finance", 2020))
    for place, name in enumerate(shown):
        values = differences.paired(data.annual[name], "baseline").sel(scenario="untied-finance", year=2020).values
        middle, low, high, share = line[2 + 4 * place : 6 + 4 * place]
        assert (middle, low, high) == pytest.approx(tuple(np.quantile(values, (0.5, 0.1, 0.9))), rel=1e-4, abs=1e-4)
        assert share == pytest.approx((values > 0).mean(), abs=0.03)


@pytest.mark.parametrize("name", [headlines.SHEET, loan_book.SHEET, in_words.SHEET, "Who gains"])
def test_a_column_has_one_number_format_and_numbers_are_numbers(book, name):
    first = 3 if name == headlines.SHEET else 2
    for column in book[name].iter_cols(min_row=first):
        numbers = [cell for cell in column if isinstance(cell.value, int | float)]
        assert len({cell.number_format for cell in numbers}) <= 1, column[0].coordinate
        assert not any(re.fullmatch(r"-?[\d,.]+", str(cell.value)) for cell in column if cell not in numbers)


def test_who_gains_tells_every_position_in_words(book, data):
    rows = list(book["Who gains"].values)
    expected = sorted((each.scenario, each.share_better) for each in gains.who_gains(data.outcomes))
    told = sorted((row[2], row[3]) for row in rows[1:])
    assert [name for name, _ in told] == [name for name, _ in expected]
    assert [share for _, share in told] == pytest.approx([share for _, share in expected])
    assert len(rows) - 1 == len(gains.who_gains(data.outcomes))
    assert not any("." in str(cell) for row in rows[1:] for cell in row[6:]), "labels, not names"


def test_the_loan_book_has_a_row_for_each_loan_with_terms_and_source(book, data):
    rows = {row[0]: dict(zip(loan_book.HEADER, row, strict=True)) for row in list(book[loan_book.SHEET].values)[1:]}
    assert set(rows) == {each.loan for each in data.basis.loans if each.signed[:4] <= "2016"}
    best = rows["L01"]
    assert best["lender or scenario"] == "China Eximbank"
    assert (best["rate, % a year"], best["grace, years"], best["maturity, years"]) == (2.5, 3, 9)
    assert best["signed"] == "2005-12"
    assert best["status"] == "was due until 2014"
    assert rows["L04"]["status"] == "project fails since 2015-01"
    assert all(each["source"] for each in rows.values())
    shares = [each[list(loan_book.HEADER)[loan_book.SHARE]] for each in rows.values()]
    assert all(share is None or 0 <= share <= 1 for share in shares)
    assert max(share for share in shares if share is not None) > 0.4


def test_a_share_that_is_no_number_is_left_out_with_its_reason():
    """Of years to come in which everything is untied, and of loans that are signed in no future."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    stream = io.BytesIO()
    made = sheets.Book(xlsxwriter.Workbook(stream, {"in_memory": True}))
    untied = loan_words.Fate("N2018", "signed in 2018", "", "", signed=40.0, fails=math.nan, called=0.0)
    unsigned = loan_words.Fate("E1", "a mine", "mining", "loan", signed=0.0, fails=math.nan, called=math.nan)
    workbook._loans(made, [untied, unsigned])
    made.file.close()
    _, first, second = openpyxl.load_workbook(stream)["Loans"].values
    assert first[5:] == (None, workbook.NO_PROJECTS, 0)
    assert second[5:] == (workbook.NO_PROJECTS, None, workbook.NOTHING_SIGNED)


def test_rules_and_events_are_told_in_words(book):
    rows = list(book[in_words.SHEET].values)[1:]
    assert (rows[0][0], rows[0][2]) == ("baseline", in_words.NOTHING)
    (rule,) = (row for row in rows if row[1] == "rule")
    assert "keeps its potash market closed: on from 2018-01 while" in rule[2]
    assert 0 < rule[4] <= rule[3] <= 1
    assert all(row[6] for row in rows if row[1])


# --- the live sheet --------------------------------------------------------------------------------------------------


def cells_of(book, name, column):
    return [cell for cell in book[name][column] if cell.value is not None]


def answers(calculator, surface):
    first = live.FIRST_LEVER + len(surface.axes) + 4
    rows = range(first, first + len(surface.answers))
    return np.array([[calculator.value(live.SHEET, f"{column}{row}") for column in "FEG"] for row in rows])


def test_cells_answer_as_the_surface_does(book, found):
    """To 1e-9, for settings inside and outside the ranges."""
    surface, calculator, random = found.surface, Calculator(book), np.random.default_rng(1)
    low, high, start = (np.array([getattr(axis, name) for axis in surface.axes]) for name in ("low", "high", "start"))
    drawn = low - 0.2 * (high - low) + 1.4 * (high - low) * random.random((25, len(low)))
    for values in (start, low, high, *drawn):
        for place, value in enumerate(values):
            calculator.set(live.SHEET, f"F{live.FIRST_LEVER + 1 + place}", float(value))
        told, expected = answers(calculator, surface), surface.at(values)
        assert told == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_where_nothing_is_changed_the_answer_is_that_of_the_model(book, found):
    shown = answers(Calculator(book), found.surface)
    starts = np.array([[fit.weights[0] for fit in answer.fits] for answer in found.surface.answers])
    assert shown == pytest.approx(starts, abs=1e-12)
    assert starts == pytest.approx(0.0, abs=1e-9)  # nothing set, nothing changes, whatever differs between futures


def test_a_value_beyond_its_range_is_clipped_and_said(book, found):
    calculator, row = Calculator(book), live.FIRST_LEVER + 2
    axis = found.surface.axes[1]
    for value, used, said in (
        (axis.high + 1, axis.high, "above the range"),
        (axis.low - 1, axis.low, "below the range"),
        ("many", axis.start, "no number"),
        (None, axis.start, "no number"),
        (axis.high, axis.high, ""),
    ):
        calculator.set(live.SHEET, f"F{row}", value)
        assert calculator.value(live.SHEET, f"G{row}") == used
        assert calculator.value(live.SHEET, f"H{row}").startswith(said)
        assert bool(calculator.value(live.SHEET, f"H{row}")) == bool(said)


def test_each_lever_has_its_allowed_range_and_unit(book, found):
    rules = {str(each.sqref): each for each in book[live.SHEET].data_validations.dataValidation}
    for place, axis in enumerate(found.surface.axes, start=live.FIRST_LEVER + 1):
        rule = rules[f"F{place}"]
        assert (rule.type, rule.operator or "between") == ("decimal", "between")  # the default is not written
        assert (float(rule.formula1), float(rule.formula2)) == (axis.low, axis.high)
        assert axis.unit == all_levers()[axis.name].unit
        shown = book[live.SHEET][f"B{place}"].value
        assert shown == (axis.unit.replace("fraction", "%", 1) if axis.unit.startswith("fraction") else axis.unit)
        assert axis.low <= axis.start <= axis.high


def test_shares_are_in_percent_and_a_cell_shows_all_digits_that_are_written(book, found):
    forms = {axis.unit.startswith("fraction"): set() for axis in found.surface.axes}
    for place, axis in enumerate(found.surface.axes, start=live.FIRST_LEVER + 1):
        cells = [book[live.SHEET][f"{column}{place}"] for column in "CDEFG"]
        forms[axis.unit.startswith("fraction")] |= {cell.number_format for cell in cells}
    assert forms == {True: {"0.00 %"}, False: {"General"}}
    assert live.as_told(0.4125, "fraction a year") == "41.25 %"
    assert live.as_told(0.4125, "times") == "0.4125"
    rule = next(each for each in book[live.SHEET].data_validations.dataValidation if "%" in (each.prompt or ""))
    assert "0 % to " in rule.prompt
    changes = {row[5]: row for row in book["Scenarios"].iter_rows() if row[5].value}
    told = {cell.value: row[8] for cell, row in changes.items()}
    assert told["china.tied_share"].number_format == "0.00 %"


def test_only_the_cells_of_levers_can_be_written_into_and_no_password_keeps_anybody_out(book, found):
    for name in (live.SHEET, live.WEIGHTS):
        assert book[name].protection.sheet
        assert not book[name].protection.password
    last = live.FIRST_LEVER + len(found.surface.axes)
    open_to = {cell.coordinate for row in book[live.SHEET].iter_rows() for cell in row if not cell.protection.locked}
    assert open_to == {f"F{row}" for row in range(live.FIRST_LEVER + 1, last + 1)}
    assert all(cell.protection.locked for row in book[live.WEIGHTS].iter_rows() for cell in row)


def test_levels_without_a_change_are_those_of_the_summary_and_both_numbers_of_futures_are_told(book, found, data):
    header, *rows = book["Summary"].values
    first = live.FIRST_LEVER + len(found.surface.axes) + 4
    for row, answer in enumerate(found.surface.answers, start=first):
        shown = book[live.SHEET].cell(row, 4).value
        (line,) = {each for each in rows if each[:2] == ("baseline", answer.indicator) and each[4] == "median"}
        assert shown == pytest.approx(line[header.index(str(answer.year))])
    said = " ".join(str(row[0]) for row in book[live.SHEET].iter_rows(max_row=live.FIRST_LEVER, values_only=True))
    assert "of its 40 futures" in said
    assert "without a change, of 30 futures." in said


def test_the_levers_are_those_in_which_the_options_differ(found):
    names = [axis.name for axis in found.surface.axes]
    assert {"china.tied_share", "china.contract_timing", "china.fdi_instead_of_loans"} <= set(names[:3])
    assert 5 <= len(names) <= 8
    assert found.surface.axes[names.index("china.tied_share")].low == 0.0, "as far as an option goes beyond experience"


def test_the_error_stands_beside_each_answer(book, found):
    first = live.FIRST_LEVER + len(found.surface.axes) + 4
    for row, answer in enumerate(found.surface.answers, start=first):
        shown = [book[live.SHEET].cell(row, live.ERRORS + 1 + place).value for place in range(4)]
        assert shown == pytest.approx(live.errors(answer))
        assert shown[1] >= shown[0]
        assert shown[3] >= shown[2]


def test_values_kept_with_formulas_are_those_of_the_start(made, found):
    """For a viewer that does not calculate."""
    kept = openpyxl.load_workbook(io.BytesIO(made), data_only=True)[live.SHEET]
    first = live.FIRST_LEVER + len(found.surface.axes) + 4
    shown = [
        [kept[f"{column}{first + place}"].value for column in "FEG"] for place in range(len(found.surface.answers))
    ]
    assert np.array(shown) == pytest.approx(found.surface.at([axis.start for axis in found.surface.axes]))


def test_the_sheet_of_weights_tells_how_the_surface_was_made(book):
    told = {str(row[0]): row[1] for row in book[live.WEIGHTS].values if row[0]}
    assert (told["futures"], told["seed"], told["origin"]) == (30, 5, "2016-12")
    for name in ("hash of the settings", "hash of the weights", "hash of code", "hash of posterior", "design"):
        assert told[name], name


def test_no_text_of_a_user_becomes_a_formula(made, book):
    assert any(HOSTILE in str(cell.value) for row in book[live.SHEET].iter_rows() for cell in row)
    ours = re.compile(r"=(IF|MIN|MAX|SUMPRODUCT|ABS)\(.*|=1|=B\d+(\*B\d+)?|=\('Live'!G\d+-.*|=[A-Z]+\d+-[A-Z]+\d+")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                assert cell.data_type != "f" or (ours.fullmatch(cell.value) and "HYPERLINK" not in cell.value)
    with zipfile.ZipFile(io.BytesIO(made)) as content:
        assert content.testzip() is None


def test_heights_count_lines_of_whole_words():
    assert sheets.heights(["one"], [10]) == 1
    assert sheets.heights(["one two three four"], [9]) == 3
    assert sheets.heights(["x" * 45], [10]) >= 4
    assert sheets.pages_for(0) == 1
    assert sheets.pages_for(sheets.ROWS_A_PAGE + 1) == 2
    assert math.isclose(sheets.LINE, 15)
