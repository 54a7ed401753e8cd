"""Charts that a page redraws for another scenario or year: what it shows is what the scenario's own chart shows."""

import base64
import json
import re
import zlib
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import payments as flows
from sinobel.reporting.charts import payments, registry
from sinobel.reporting.page import page, pictures, redrawn
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request

NAMES = ("baseline", "untied-finance", "two-thirds-rule-nine-tenths")
FOLLOW = {"money-flows", "loan-book", "creditor-mix", "service-calendar"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    request = Request(tuple(map(sinobel.scenario, NAMES)), 40, 1, horizon="2024-12")
    with store.Run(request, tmp_path_factory.mktemp("redrawn") / "r") as run:
        return page_data_of(run.simulate())


@pytest.fixture(scope="module")
def text(data):
    return page(data)


def given(text, name):
    packed = base64.b64decode(re.search(r'id="given">(.*?)</script>', text)[1])
    return json.loads(zlib.decompress(packed, wbits=-zlib.MAX_WBITS))[name]


def put(base, changes):
    """What the script does with changes: a drawing as an element tree."""
    root = ElementTree.fromstring(base)
    elements, children = list(root.iter()), {}
    for at, what, *to in changes:
        element = elements[at]
        if isinstance(what, int):
            inside = list(ElementTree.fromstring(f"<g>{to[1]}</g>"))
            children[element] = [*list(element)[:what], *inside, *list(element)[what + to[0] :]]
            continue
        value = changes[to[0]][2] if isinstance(to[0], int) else to[0]
        if what:
            element.set(what, value)
        else:
            element.text = value
    for element, every in children.items():
        for child in list(element):
            element.remove(child)
        element.extend(every)
    return root


def told(root):
    return [(each.tag, sorted(each.attrib.items()), each.text) for each in root.iter()]


def drawings(text, key):
    figure = re.search(rf'<figure class="chart" id="{key}">(.*?)</figure>', text, flags=re.S)[1]
    return re.findall(r'<svg class="drawing".*?</svg>', figure, flags=re.S)


def rows_behind(text, key):
    """The table behind a chart as rows of texts."""
    table = re.search(rf'<table class="drawn" data-chart="{key}".*?</table>', text, flags=re.S)[0]
    cells = [re.findall(r"<t[hd][^>]*>([^<]*)", row) for row in table.split("<tr>")[1:]]
    return [[unescape(cell.strip()) for cell in row] for row in cells]


def test_tables_behind_charts_call_a_scenario_by_its_title(data, text):
    """Those that are redrawn, that of every year, and those that hold all scenarios at once, alike."""
    several = 0
    for key in re.findall(r'<table class="drawn" data-chart="([^"]*)"', text):
        heads, *rows = rows_behind(text, key)
        if "scenario" in heads:
            found = {row[heads.index("scenario")] for row in rows}
            assert not found & set(NAMES), key
            assert found & {*data.titles.values()}, key
            several += len(found & {*data.titles.values()}) == len(NAMES)
    assert several > len(FOLLOW)


BEFORE = '<svg><g class="a"><path d="M0"/><text x="1">one</text></g><g><path d="M1"/></g></svg>'


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        BEFORE.replace("M0", "M5").replace("M1", "M5"),
        BEFORE.replace("one", "two").replace('x="1"', 'x="2"'),
        BEFORE.replace('<text x="1">one</text>', ""),
        BEFORE.replace("</g><g>", '<text x="3">a &lt; b</text><g><path d="M3"/></g></g><g>'),
        BEFORE.replace('<path d="M0"/>', '<rect width="3"/>'),
        "<svg/>",
    ],
)
def test_changes_make_one_drawing_of_the_other(after):
    changes = redrawn.changes(BEFORE, after)
    assert told(put(BEFORE, changes)) == told(ElementTree.fromstring(after))
    assert (changes == []) == (after == BEFORE)


def test_every_chart_of_one_scenario_follows_the_choice_and_shows_what_its_own_would(data, text):
    """But for the scale, which is that of all: the drawing of an option alone has the same texts."""
    found = given(text, "redrawn")
    assert set(found) == FOLLOW
    kinds = {kind.name: kind for kind in registry.KINDS}
    for key in FOLLOW:
        wide = drawings(text, key)[0]
        assert set(found[key]) == set(NAMES)
        assert found[key][data.detailed]["wide"] == [], "what the page begins with"
        for name in set(NAMES) - {data.detailed}:
            chart = kinds[key].each(data, name)
            assert found[key][name]["title"] == chart.title
            assert chart.reading.startswith(data.titles[name] if key != "money-flows" else "All Chinese loans")
            assert found[key][name]["wide"], "an option draws another picture"
            shown = put(wide, found[key][name]["wide"])
            if key == "money-flows":  # has no axis, so its texts are those of its own drawing
                own = ElementTree.fromstring(pictures.picture(chart, key).wide)
                assert [each.text for each in shown.iter("text")] == [each.text for each in own.iter("text")]


def test_the_money_of_an_option_is_that_of_its_table(data, text):
    """Numbers beside the blocks are those of the rows that `money` tells of the same folder."""
    wide = drawings(text, "money-flows")[0]
    for name, parts in given(text, "redrawn")["money-flows"].items():
        shown = " ".join(each.text for each in put(wide, parts["wide"]).iter("text"))
        rows = {(row["stage"], row["item"]): row for row in data.money_of(name, "book")}
        for key in (
            ("signed", "lapsed"),
            ("paid back", "principal"),
            ("paid back", "interest"),
            ("paid out", "still owed"),
        ):
            mean, low, high = (f"{rows[key][band]:.1f}" for band in ("mean", "p10", "p90"))
            assert f"{mean} [{low} to {high}]" in shown
        assert data.titles[name] in parts["few"]
        assert "to 2024" in parts["few"]


def test_payments_of_every_scenario_and_year_are_given_as_they_are_shown(data, text):
    given_by = given(text, "by-year")["who-pays-whom"]
    heads = rows_behind(text, "who-pays-whom")[0]
    assert heads[given_by["column"] :][:3] == ["mean", "p10", "p90"]
    assert given_by["step"] * given_by["billion"] == payments.BILLION
    assert given_by["years"] == list(range(2018, 2025))
    for name in NAMES:
        for place, year in enumerate(given_by["years"]):
            every = flows.payments(data.annual, name, year)
            numbers = np.array(given_by["cells"][name][place]).reshape(-1, 3)
            cells = iter(numbers)
            order = {side: at for at, side in enumerate(payments.HEADINGS)}
            for side, kind in sorted(every, key=lambda flow: order[flow[0]]):
                amounts = every[side, kind]
                for values in (*amounts.values(), sum(amounts.values())):
                    mean, *ends = next(cells)
                    assert mean * payments.STEP == pytest.approx(
                        values.mean(), abs=51 if max(map(abs, ends)) >= 100 else 5.1
                    )
            assert given_by["titles"][name][place] == payments.finding(payments.tables(data.summary, name)[year], year)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ((12345.6, 994.9, 20001.0), ("12.3", "1.0 to 20.0")),
        ((-4.0, -994.9, 4.0), ("0.00", "−0.99 … 0.00")),
        ((999.0, 996.0, 996.0), ("1.0", "1.0 to 1.0")),
    ],
)
def test_payments_are_told_to_tenths_of_a_billion_or_hundredths_below_one(cell, words):
    assert payments.in_words(cell) == words


def test_ids_of_drawings_are_short_and_unique_also_in_what_is_put_in(text):
    ids = re.findall(r' id="([^"]+)"', re.sub(r"<script.*?</script>", "", text, flags=re.S))
    assert len(ids) == len({*ids})
    used = re.findall(r'(?:href="#|url\(#)(p\d+[^")]*)', text)
    assert used
    assert {*used} <= {*ids}


def corners(path):
    """Corners that a path of M, L, h, v, l, z runs through."""
    x = y = 0.0
    start, found = (x, y), []
    for letter, numbers in re.findall(r"([MLlhvz])([^MLlhvz]*)", path):
        steps = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", numbers)]
        along = {"h": lambda each: (each, 0), "v": lambda each: (0, each)}.get(letter)
        pairs = [*map(along, steps)] if along else [*zip(steps[::2], steps[1::2], strict=True)]
        for dx, dy in pairs:
            x, y = (dx, dy) if letter in "ML" else (x + dx, y + dy)
            found.append((x, y))
        start = (x, y) if letter == "M" else start
        x, y = start if letter == "z" else (x, y)
    return found


def test_short_paths_run_where_long_ones_did():
    """To six hundredths of a point, of which one is cut off before, and no error adds up along them."""
    rng = np.random.default_rng(1)
    points = np.cumsum(rng.normal(0, 8, (400, 2)), axis=0).round(6)
    points[1::7, 0] = points[::7, 0][: len(points[1::7])]
    long = "M" + "\nL".join(f" {x} {y}" for x, y in points)
    text = pictures.themed(f'<svg viewBox="0 0 9 9"><path d="{long}"/></svg>', "k")
    short = re.search(r' d="([^"]*)"', text)[1]
    assert len(short) < 0.62 * len(long)
    assert np.abs(np.array(corners(short)) - points).max() <= 0.0601


@pytest.mark.parametrize("end", ["z", "zL 9 9", "zL 1 9L 4 9zL 9 1", "zM 2 3L 5 5zL 9 9L 9 2"])
def test_short_paths_go_back_to_their_start_where_they_close(end):
    long = f"M 1 1L 5 1L 5 5{end}"
    text = pictures.themed(f'<svg viewBox="0 0 9 9"><path d="{long}"/></svg>', "k")
    short = re.search(r' d="([^"]*)"', text)[1]
    assert short.count("z") == long.count("z")
    assert np.allclose(corners(short), corners(long))


def test_the_page_says_of_each_chart_that_no_choice_moves_that_it_stays(text):
    for words in (
        "Always this scenario: ",
        "Every option at once, always this year.",
        "Always over all years.",
        "Always over whole lives of",
    ):
        assert f'<p class="how">{words}' in text
