"""What scenarios lend and invest is told beside the baseline's loans: page, workbook, charts and their feet, terminal."""

import dataclasses
import html
import io
import re
from urllib.parse import unquote

import numpy as np
import openpyxl
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import gains, money
from sinobel.cli import terminal
from sinobel.reporting.charts import decision, flows
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.page import page
from sinobel.reporting.tables import event_rows
from sinobel.reporting.tables.flows import money_table
from sinobel.reporting.tables.read_back import table as read_table
from sinobel.reporting.words import event_answer, wording
from sinobel.reporting.words.answer import answer
from sinobel.reporting.words.explain import explain
from sinobel.reporting.workbook import book
from sinobel.results import contents
from sinobel.runs.request import Request


def scenario():
    """One with a loan that is larger than any of the record, one of another lender, and an investment."""
    large = {"lender": "china", "amount": 2500.0, "signed": "2017-03", "sector": "industry", "instrument": "commercial"}
    fund = {"lender": "imf", "amount": 300.0, "signed": "2017-06", "interest": 0.02, "maturity": 10}
    park = {"investor": "elsewhere", "amount": 100.0, "start": "2017-07", "until": "2018-06"}
    made = (
        sinobel.scenario("baseline")
        .with_loan("The works", **large, guaranteed=0.0)
        .with_loan("Stand-by", **fund)
        .with_investment("Neighbors", **park, sector="industrial park")
    )
    return dataclasses.replace(made, name="plant", title="A plant")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    request = Request((sinobel.scenario("baseline"), scenario()), 20, 1, horizon="2019-12")
    with store.Run(request, tmp_path_factory.mktemp("events") / "r") as run:
        return run.simulate()


@pytest.fixture(scope="module")
def data(results):
    return contents.page_data_of(results)


def words_of(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def table_of(text, key):
    """Cells of a table of the page."""
    start = text.index(f'id="table-{key}"')
    rows = re.findall(r"<tr>(.*?)</tr>", text[start : text.index("</table>", start)], re.S)
    return [[words_of(cell) for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows]


def means(data, name, loan):
    return {row["item"]: row["mean"] for row in data.money_of(name, loan)}


def test_the_page_tells_every_event_with_what_is_paid_out_fails_and_is_called(data):
    _, works, fund, park = table_of(page(data), "events")
    found = means(data, "plant", "E1")
    drawn = sum(found[item] for item in money.PAID_OUT)
    rest = f"{found[money.LAPSED]:.0f} lapse, {found[money.UNDRAWN]:.0f} not yet drawn"
    assert works[:2] == ["A plant", "The works"]
    assert works[2] == "China, 2017-03 industry, commercial; 0 % guaranteed"
    assert works[3:5] == ["2,500", f"{drawn:.0f} of 100 {rest}"]
    assert works[5:] == [f"{found[money.FAILED]:.0f} % of futures", f"{found[money.CALLED]:.0f} of 100"]
    assert drawn + found[money.LAPSED] + found[money.UNDRAWN] == pytest.approx(100)
    assert fund[1:5] == ["Stand-by", "The IMF, 2017-06 interest 2 %, repaid within 10 years", "300", event_rows.AT_ONCE]
    assert park[1:3] == ["Neighbors", "Elsewhere, 2017-07 to 2018-06 industrial park"]
    assert park[4] == event_rows.OVER_MONTHS


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    with store.Run(Request((scenario(),), 20, 1, horizon="2019-12"), tmp_path_factory.mktemp("alone") / "r") as run:
        return contents.page_data_of(run.simulate())


def test_the_answer_of_a_single_run_tells_what_its_events_did(alone):
    found = {(row["stage"], row["item"]): row["usd_mn"] for row in alone.money_of("plant", "E1")}
    untied = found[money.SPENT, money.LOCAL]
    tied = found[money.SPENT, money.GOODS] + found[money.SPENT, money.TOO_DEAR]
    service = found[money.RETURNED, money.PRINCIPAL] + found[money.RETURNED, money.INTEREST]
    works, fund, park = map(wording.plain, event_answer.sentences(alone.event_rows, alone.horizon))
    assert works == (
        f"Chinese loan “The works”: of 2.5 bn USD signed {(tied + untied) / 1000:.1f} bn USD arrive by the end of 2019 at "
        f"the mean of futures, {tied / 1000:.1f} bn USD of it tied to Chinese goods and {untied / 1000:.1f} bn USD "
        f"untied; interest and principal paid for it come to {service / 1000:.1f} bn USD by then."
    )
    assert fund.startswith("Loan “Stand-by”: 300 mn USD, paid out when signed and untied; its service is within")
    assert park == "Invested, without debt or service: “Neighbors” 100 mn USD, 2017-07 to 2018-06."
    said = [wording.plain(sentence) for sentence in answer(alone.answer_data)]
    assert said[-3:] == [works, fund, park]
    text = words_of(page(alone))
    assert all(sentence in text for sentence in (works, fund.partition(" (")[0], park))


def test_many_loans_of_events_are_summed_and_those_whose_money_is_not_kept_are_left_out(alone):
    works, *_ = alone.event_rows
    many = [dataclasses.replace(works, name=name) for name in "abcd"]
    (told,) = event_answer.sentences(many, 2019)
    assert told.startswith("4 Chinese loans: of 10.0 bn USD signed ")
    (few,) = event_answer.sentences(many[:2], 2019)
    assert few.startswith("Chinese loans “a” and “b”: of 5.0 bn USD signed ")
    assert not event_answer.sentences([dataclasses.replace(works, drawn=None)], 2019)
    yearly = dataclasses.replace(alone.event_rows[2], yearly=True)
    assert event_answer.sentences([yearly], 2019)[0].endswith("“Neighbors” 100 mn USD a year, 2017-07 to 2018-06.")


def test_the_answer_of_a_comparison_is_of_its_options_and_tells_no_events(data):
    said = " ".join(answer(data.answer_data, data.outcomes))
    assert "The works" not in said


def test_the_page_tells_the_loan_book_of_every_scenario(data):
    header, signed, goods, *_ = table_of(page(data), "money")
    assert header[2:] == ["Baseline", "A plant"]
    assert float(signed[3].replace(",", "")) > float(signed[2].replace(",", "")) + 1000
    for place, name in ((2, "baseline"), (3, "plant")):
        assert goods[place].startswith(f"{means(data, name, money.BOOK)[money.GOODS]:.1f} ")


def test_events_read_back_from_a_folder_are_those_of_fresh_results(results, data, tmp_path):
    names = {"baseline": {}, "plant": {"E1": "The works"}}
    (tmp_path / "money.csv").write_text(money_table(results.loans, names))
    kept = dataclasses.replace(data, loans=None, money=read_table(tmp_path / "money.csv", "money"))
    assert [each.name for each in kept.event_rows] == ["The works", "Stand-by", "Neighbors"]
    for fresh, read in zip(data.event_rows, kept.event_rows, strict=True):
        assert fresh.in_book == read.in_book == (fresh.name == "The works")
        if fresh.in_book:
            assert read.drawn == pytest.approx(fresh.drawn, rel=1e-4)
    assert {row["scenario"] for row in kept.loan_rows} == {"baseline"}
    without = dataclasses.replace(data, loans=None, money=())
    assert [each.in_book for each in without.event_rows] == [False, False, False]


def test_charts_of_one_scenario_say_nothing_of_what_others_set_beyond_experience(data):
    charts = contents.charts_of(data)
    assert "Beyond what has been seen" in charts["options"]().foot
    for name in ("overview", "loan-book", "balance-by-channel", "contract-and-spot", "money-book"):
        assert "Beyond" not in charts[name]().foot, name
    assert "“A plant”: The works" in data.footer_of("plant").of()
    assert data.footer_of("baseline", "plant").of() == data.footer.of()


def test_the_page_tells_who_joins_great_stone_under_every_scenario(data):
    text = page(data)
    header, residents, invested, sold = table_of(text, "residents")
    assert header[1:] == ["Baseline", "A plant"]
    middle = float(data.annual["great_stone_residents"].sel(scenario="baseline", year=data.year).median())
    assert residents[1].startswith(f"{middle:.0f} ")
    assert "USD" in invested[1]
    assert "USD" in sold[2]
    assert sold[0].startswith("Sales abroad of the Great Stone park less those of usual years"), "no sales in all"
    assert "only what differs from usual years" in text
    assert "negative is less" in dict(explain("exports_of_residents")[1])["sign"]


def test_the_workbook_has_what_countries_want_and_the_events_with_lender_and_terms(data):
    made = openpyxl.load_workbook(io.BytesIO(book.build(data)))
    rows = {name: list(made[name].values) for name in ("Wants", "Who gains", "Positions", "Choices", "Events")}
    assert {name: len(cells) - 1 for name, cells in rows.items() if name != "Choices"} == {
        "Wants": len(gains.parts(data.outcomes)),
        "Who gains": len(gains.who_gains(data.outcomes)),
        "Positions": len(gains.positions(data.outcomes)),
        "Events": 3,
    }
    choices = {(row[1], row[2]): dict(zip(rows["Choices"][0], row, strict=True)) for row in rows["Choices"][1:]}
    assert {name for _, name in choices} == {"baseline", "plant"}
    assert choices["reformers", "plant"]["set by"] == "China, IMF, investors"
    works = dict(zip(rows["Events"][0], rows["Events"][1], strict=True))
    assert works["paid out, USD of 100 signed"] == pytest.approx(data.event_rows[0].drawn)
    told = [row for row in made["Scenarios"].values if row[0] == "plant"]
    assert [row[13] for row in told] == ["China", "the IMF", "elsewhere"]
    assert [row[14] for row in told] == ["0 % guaranteed", "interest 2 %, repaid within 10 years", None]
    listed = {row[0] for row in made["Read me"].values}
    assert {"Wants", "Who gains", "Positions", "Choices", "Events"} <= listed


def overlaps(one, other):
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def test_labels_of_a_loan_that_nobody_guarantees_cover_no_heading_band_or_other_label(data):
    drawn = flows.sankey(data.money_of("plant", "E1"), "The works", Footer("foot"), 2019, 2016)
    assert means(data, "plant", "E1")[money.CALLED] == 0
    fig = drawn.draw()
    fig.canvas.draw()
    texts = fig.axes[0].texts
    boxes = [text.get_window_extent().padded(-1) for text in texts]
    for place, one in enumerate(boxes):
        for other in range(place):
            assert not overlaps(one, boxes[other]), (texts[place].get_text(), texts[other].get_text())
    bands = [patch for patch in fig.axes[0].patches if patch.get_alpha() == 0.35]
    assert len(bands) > 5
    for text, box in zip(texts, boxes, strict=True):
        corners = [(x, y) for x in np.linspace(box.x0, box.x1, 9) for y in np.linspace(box.y0, box.y1, 5)]
        assert not any(band.contains_point(corner) for band in bands for corner in corners), text.get_text()


def test_who_gains_draws_better_and_worse_and_leaves_room_for_what_is_unchanged(data):
    fig = decision.who_gains(data.outcomes, data.titles, "caption").draw()
    rows = {(row["country"], row["position"]): row for row in gains.who_gains(data.outcomes)}
    for axis, country in zip(fig.axes, data.outcomes.countries, strict=False):
        for place, position in enumerate(data.outcomes.positions_of(country)):
            row, bars = rows[country, position.short], axis.patches[2 * place : 2 * place + 2]
            better, worse = (100 * row[key] for key in ("share_better", "share_worse"))
            assert [bar.get_width() for bar in bars] == pytest.approx([better, -worse])
            [mark] = [
                line for line in axis.lines if unquote(line.get_gid() or "").startswith(f"told|{position.title}, ")
            ]
            assert mark.get_xdata() == pytest.approx([better - worse])


def test_marks_of_choices_at_the_ends_are_whole(data):
    fig = decision.choices(data.outcomes, "belarus", data.titles, "caption").draw()
    fig.canvas.draw()
    axis = fig.axes[1]
    box, room = axis.get_window_extent(), 5 * fig.dpi / 72  # half of a mark
    ends = [axis.transData.transform((end, 0))[0] for end in (0, 100)]
    assert ends[0] - room >= box.x0
    assert ends[1] + room <= box.x1


def test_names_in_narrow_tables_break_only_behind_hyphens_and_underscores(capsys, monkeypatch):
    monkeypatch.setattr(terminal, "WIDTH", 80)
    names = ["imf-program-with-conditions", "transit-sanctions-rerouted", "fifteen-billion-arrive"]
    terminal.show_table(["indicator", *names], [["balance_with_china", *["-58.0 [-174 to 117]"] * 3]])
    printed = capsys.readouterr().out
    parts = {word for word in printed.split() if re.search("[a-z]{3}", word) and word != "indicator"}
    whole = [re.findall(r"[^-_]+[-_]?", name) for name in (*names, "balance_with_china")]
    ends = {"".join(pieces[a:b]) for pieces in whole for a in range(len(pieces)) for b in range(a + 1, len(pieces) + 1)}
    assert parts <= ends
    terminal.show_table(names[:2], [["1", "2"]])
    assert all(name in capsys.readouterr().out.split() for name in names[:1]), "what fits stays whole"
