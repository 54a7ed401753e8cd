"""What the choice of a scenario and the year slider move on the page, in a real browser."""

import csv
import io

import pytest

from sinobel.analysis import money
from sinobel.analysis import payments as flows
from sinobel.reporting.charts import payments
from sinobel.reporting.tables.flows import money_table, named_rows
from sinobel.results.contents import page_data_of

from .conftest import Opened

OPTION, TITLE = "untied-finance", "Untied Chinese finance"
GIVEN = """async () => {
  const packed = Uint8Array.from(atob(document.getElementById("given").textContent), each => each.charCodeAt(0));
  return await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
}"""
"""Unpacks what the page's script is given."""


def choose(page, name="", year=0):
    if name:
        page.select_option("#ranges", name)
    if year:
        page.evaluate(
            "year => { const it = document.getElementById('year'); it.value = year; it.dispatchEvent(new Event('input')); }",
            year,
        )


def texts(page, key, form=".canvas:not(.narrow)"):
    return page.eval_on_selector_all(f"#{key} {form} svg.drawing text", "all => all.map(each => each.textContent)")


def drawing(page, key, form=".canvas:not(.narrow)"):
    return page.eval_on_selector(f"#{key} {form} svg.drawing", "svg => svg.outerHTML")


def caption(page, key):
    return page.eval_on_selector(f"#{key} p.how", "it => it.textContent")


@pytest.mark.parametrize("form", [".canvas:not(.narrow)", ".canvas.narrow"])
def test_the_money_of_the_chosen_option_is_that_of_money_csv(page, results, form):
    """On the desk and on a phone; what is written beside the blocks is what the table has."""
    table = money_table(results.loans, named_rows(page_scenarios(results)))
    rows = {
        (row["stage"], row["item"]): row
        for row in csv.DictReader(io.StringIO(table))
        if row["scenario"] == OPTION and row["loan"] == money.BOOK
    }
    choose(page, "baseline")
    before = texts(page, "money-flows", form)
    choose(page, OPTION)
    shown = " ".join(texts(page, "money-flows", form))
    for key in ((money.SPENT, money.LOCAL), (money.SPENT, money.ANYTHING), (money.RETURNED, money.PRINCIPAL)):
        mean, low, high = (f"{float(rows[key][band]):.1f}" for band in ("mean", "p10", "p90"))
        assert f"{mean} [{low} to {high}]" in shown
    assert shown != " ".join(before)
    assert caption(page, "money-flows").endswith(f"All Chinese loans, {TITLE}, to 2026.")
    label = page.locator("#money-flows .canvas").first.get_attribute("aria-label")
    assert TITLE in label
    assert page.locator("#money-flows h3").inner_text() in label


def page_scenarios(results):
    from sinobel.runs.manifest import request_of

    return request_of(results.manifest).scenarios


KEYS = ("money-flows", "loan-book", "creditor-mix", "service-calendar", "who-pays-whom")


@pytest.mark.parametrize("key", KEYS)
def test_choosing_back_gives_the_first_drawing_back(page, key):
    before = drawing(page, key), page.locator(f"#{key} h3").text_content(), caption(page, key)
    for name in ("baseline", "cartel-restored", "baseline"):
        choose(page, name)
        assert drawing(page, key) != before[0]
        assert page.locator(f'option[value="{name}"]').text_content() in caption(page, key)
    choose(page, OPTION)
    assert (page.locator(f"#{key} h3").text_content(), caption(page, key)) == before[1:]
    if key != "who-pays-whom":  # whose bars the script draws in its own words
        assert drawing(page, key) == before[0]


@pytest.mark.parametrize(("name", "year"), [("baseline", 2019), (OPTION, 2024), ("cartel-restored", 2026)])
def test_payments_follow_scenario_and_year(page, results, name, year):
    """Each number is the one of the analysis, to the digits shown; title, caption and the table behind it follow."""
    choose(page, name, year)
    table = payments.tables(page_data_of(results).summary, name)[year]
    cells = [cell for row in table.values() for cell in row.values()]
    shown = page.eval_on_selector_all(
        "#who-pays-whom .paid-mean text, #who-pays-whom .paid-span text", "all => all.map(each => each.textContent)"
    )
    assert sorted(shown) == sorted(text for cell in cells for text in payments.in_words(cell))
    china = flows.payments(results.annual, name, year)[flows.BY_BELARUS, flows.TIED][flows.CHINA].mean()
    assert table[flows.BY_BELARUS, flows.TIED][flows.CHINA][0] == pytest.approx(china)
    title = results.manifest["request"]["scenarios"]
    title = next(each["title"] for each in title if each["name"] == name)
    assert caption(page, "who-pays-whom").startswith(f"{title}, {year}.")
    assert page.locator("#who-pays-whom h3").text_content() == payments.finding(table, year)
    rows = page.eval_on_selector_all(
        "#who-pays-whom table.drawn tbody tr", "all => all.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert {tuple(row[:2]) for row in rows} == {(title, str(year))}
    told = [[int(each) for each in row[6:]] for row in rows]
    assert told == [[10 * each for each in payments.as_shown(cell)] for cell in cells]


def test_the_longest_bar_of_a_choice_is_in_the_scale_of_all(page, results):
    every = [payments.tables(page_data_of(results).summary, name) for name in ("baseline", OPTION, "cartel-restored")]
    longest = max(payments.largest(table) for tables in every for table in tables.values())
    for place, year in ((0, 2020), (1, 2026)):
        choose(page, ("baseline", OPTION)[place], year)
        widths = page.eval_on_selector_all(
            "#who-pays-whom .paid-bar path", "all => all.map(bar => bar.getBBox().width)"
        )
        full = page.evaluate(GIVEN)["by-year"]["who-pays-whom"]["full"]
        assert max(widths) == pytest.approx(full * payments.largest(every[place][year]) / longest, abs=0.6)


def test_values_under_the_debt_charts_follow_scenario_and_year(page, results):
    choose(page, OPTION, 2024)
    debt = results.annual["debt_to_china"].sel(scenario=OPTION, year=2024).values.mean() / 1000
    told = dict(
        page.eval_on_selector_all(
            "#creditor-mix .readout li",
            "all => all.map(row => [row.querySelector('span').textContent, row.querySelector('b').textContent])",
        )
    )
    assert told["China"] == f"{debt:.1f}"
    assert page.locator("#creditor-mix .when").text_content() == "2024, bn USD"
    assert page.locator("#service-calendar .when").text_content() == "2024, bn USD"


def test_thresholds_mark_the_year_and_leave_out_hidden_scenarios(page):
    choose(page, year=2022)
    marked = page.eval_on_selector_all("#table-thresholds th.at", "all => all.map(each => each.textContent)")
    assert marked == ["2022"]
    rows = "all => all.filter(row => !row.hidden).map(row => row.cells[0].textContent)"
    assert TITLE in page.eval_on_selector_all("#table-thresholds tbody tr", rows)
    page.locator(f'.chip[data-scenario="{OPTION}"]').click()
    assert TITLE not in page.eval_on_selector_all("#table-thresholds tbody tr", rows)


def test_the_line_of_a_closed_fold_tells_the_chosen_option(page):
    fold = page.locator("details.finds", has=page.locator("#creditor-mix")).locator("summary").first
    choose(page, "baseline")
    before = fold.text_content()
    choose(page, OPTION)
    assert fold.text_content() != before
    assert fold.text_content() == page.locator("#creditor-mix h3").text_content()


def test_without_scripts_the_option_that_is_told_stays_drawn(browser, report, results):
    found = Opened(browser, report, java_script_enabled=False)
    shown = caption_of(found.page)
    found.context.close()
    assert f"All Chinese loans, {TITLE}, to 2026." in shown[0]
    assert shown[1].startswith(f"{TITLE}, ")


def caption_of(page):
    return [page.locator(f"#{key} p.how").first.text_content() for key in ("money-flows", "who-pays-whom")]
