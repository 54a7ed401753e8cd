"""Every chart of the report as a picture, a drawing and its numbers, made in the browser from disk with the network off."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from sinobel.analysis import summary

from .conftest import Opened

FIGURE = "fan-debt-to-china"


def figure_of(page, key):
    """A figure with its data open, whatever it stands behind."""
    page.goto(f"{page.url.partition('#')[0]}#{key}")
    page.evaluate("key => { document.querySelector(`#${key} details.data`).open = true }", key)
    return page.locator(f"#{key}")


def saved(page, key, name):
    with page.expect_download() as download:
        figure_of(page, key).get_by_role("button", name=f"{name} of").click()
    path = download.value.path()
    return download.value.suggested_filename, path.read_bytes()


def test_a_drawing_keeps_title_unit_names_and_source_and_needs_nothing_of_the_page(page):
    name, content = saved(page, FIGURE, "SVG")
    text = content.decode()
    ET.fromstring(text)
    words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    assert name == f"{FIGURE}.svg"
    for part in ("Debt to China", "bn USD", "Untied Chinese finance", "Sources: IMF Direction of Trade"):
        assert part in words
    assert "var(--" not in text
    assert "class=" not in text


@pytest.mark.parametrize("key", [FIGURE, "money-flows", "waterfall", "change-reserves"])
def test_a_picture_is_a_png_with_something_on_it(page, key):
    name, content = saved(page, key, "PNG")
    assert name == f"{key}.png"
    assert content.startswith(b"\x89PNG")
    assert len(content) > 20_000


def test_numbers_are_those_of_the_dataset(page, results):
    name, content = saved(page, FIGURE, "CSV")
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    years, bands = summary.by_year(results.annual["debt_to_china"], "untied-finance")
    told = [float(row["p50"]) for row in rows if row["scenario"] == "Untied Chinese finance"]
    assert name == f"{FIGURE}.csv"
    assert {row["unit"] for row in rows} == {"USD mn"}
    assert len(told) == len(years)
    np.testing.assert_allclose(told, bands["p50"], rtol=1e-4)


def test_a_text_of_the_numbers_is_no_formula(page):
    page.eval_on_selector(f"#{FIGURE} .drawn tbody td", "cell => { cell.textContent = '=1+1, \"x\"' }")
    _, content = saved(page, FIGURE, "CSV")
    assert next(iter(csv.reader(io.StringIO(content.decode().split("\n", 1)[1]))))[0] == '\'=1+1, "x"'


def test_a_drawing_leaves_out_what_is_hidden(page):
    mark = 'data-scenario="untied-finance"'
    _, whole = saved(page, FIGURE, "SVG")
    page.locator('.chip[data-scenario="untied-finance"]').click()
    _, content = saved(page, FIGURE, "SVG")
    assert mark in whole.decode()
    assert mark not in content.decode()


def test_copying_works_from_the_keyboard_and_says_what_it_did(page):
    figure = figure_of(page, FIGURE)
    figure.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    page.locator("#said", has_text="Copied as").wait_for(state="attached")
    assert page.evaluate("document.activeElement.textContent").startswith("Cop")


def test_a_link_to_a_chart_opens_what_it_stands_behind(page):
    page.goto(page.url.partition("#")[0])
    page.reload()
    key = page.locator("details.fold figure").first.get_attribute("id")
    assert not page.locator(f"#{key}").is_visible()
    page.goto(f"{page.url.partition('#')[0]}#{key}")
    page.wait_for_selector(f"#{key}", state="visible")
    link = page.locator(f"#{key} .self")
    assert link.get_attribute("href") == f"#{key}"
    assert link.get_attribute("aria-label").startswith("Link to this chart: ")


def test_every_chart_has_all_of_them_and_none_is_printed(browser, report):
    found = Opened(browser, report)
    page = found.page
    counts = page.eval_on_selector_all(
        "figure",
        "all => all.map(each => [each.querySelectorAll('.files button').length, !!each.querySelector('.self')])",
    )
    page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    printed = page.evaluate(
        "[...document.querySelectorAll('.files, .self')].filter(each => each.offsetHeight > 0).length"
    )
    found.context.close()
    assert {tuple(each) for each in counts} == {(4, True)}
    assert printed == 0


def test_on_a_dark_screen_files_are_as_by_day(browser, report):
    found = Opened(browser, report, color_scheme="dark")
    _, content = saved(found.page, FIGURE, "SVG")
    found.context.close()
    assert '"#ffffff"' in content.decode()
    assert "#15181b" not in content.decode()
