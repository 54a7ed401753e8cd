"""The answer of results in memory: its numbers are paired quantiles, its sentences those of page and terminal."""

import numpy as np
import pytest

import sinobel


@pytest.fixture(scope="module")
def pair():
    base = sinobel.scenario("baseline")
    closed = base.with_change("china.market_closure", True, start="2018-01", until="2018-12", name="closed in 2018")
    return sinobel.compare([base, closed, "untied-finance"], draws=60, horizon="2020-12", keep="years")


def test_numbers_are_quantiles_of_paired_changes(pair):
    rows = pair.sinobel.answer("potash_revenue", (2018, 2019)).rows()
    assert [(row["scenario"], row["year"]) for row in rows] == [
        ("closed in 2018", 2018),
        ("closed in 2018", 2019),
        ("untied-finance", 2018),
        ("untied-finance", 2019),
    ]
    change = pair["potash_revenue"].sel(scenario="closed in 2018") - pair["potash_revenue"].sel(scenario="baseline")
    lost = change.sel(year=2018)
    given = [rows[0][key] for key in ("low", "median", "high")]
    assert np.allclose(given, lost.quantile((0.1, 0.5, 0.9)).values, rtol=1e-6)
    assert rows[0]["share"] == pytest.approx((lost < 0).mean().item())
    assert rows[0]["unit"] == "USD mn a year"
    other = pair.sinobel.answer("potash_revenue", 2018, reference="closed in 2018").rows()
    assert next(row for row in other if row["scenario"] == "baseline")["median"] == pytest.approx(-rows[0]["median"])


def test_sentences_tell_what_was_asked_first_and_are_those_of_the_brief(pair, tmp_path):
    asked = pair.sinobel.answer("potash_revenue", 2018)
    assert "“closed in 2018” lowers potash revenue of Belarus by" in asked.sentences[0]
    found = pair.sinobel.answer()
    assert "“closed in 2018” lowers exports to China" in found.sentences[0]
    page = (pair.sinobel.brief(tmp_path / "brief.html")).read_text(encoding="utf-8")
    first = found.sentences[0].partition("“closed in 2018” ")[2].partition(" at the median")[0]
    assert first in " ".join(page.split())
    assert repr(asked).startswith("Answered:\n  On the same futures")
    assert "<table" in asked._repr_html_()


def test_a_single_run_tells_levels(pair):
    alone = pair.sel(scenario="baseline")
    rows = {row["indicator"]: row for row in alone.sinobel.answer("reserves, debt_to_china / gdp", 2019).rows()}
    assert rows["reserves"]["median"] == pytest.approx(alone["reserves"].sel(year=2019).median().item())
    ratio = (alone["debt_to_china"] / alone["gdp"]).sel(year=2019).median().item()
    assert rows["debt_to_china / gdp"]["median"] == pytest.approx(ratio)
    assert alone.sinobel.answer("reserves", 2019).sentences[0].startswith("International reserves")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"of": "reservs"}, "there is no indicator 'reservs'"),
        ({"year": 2031}, "2031 is not simulated"),
        ({"reference": "basline"}, "there is no scenario 'basline'"),
    ],
)
def test_what_is_not_there_is_refused(pair, asked, message):
    with pytest.raises(sinobel.InputError, match=message):
        pair.sinobel.answer(**asked)
    with pytest.raises(sinobel.InputError, match="holds one"):
        pair.sel(scenario="baseline").sinobel.answer(reference="baseline")


def test_a_scenario_with_another_change_no_longer_has_the_title_of_the_old_one(pair):
    """Charts would call it "Baseline", and ask its question."""
    changed = sinobel.scenario("untied-finance").with_change("belarus.reform", 0.6, start="2018-01")
    assert (changed.title, changed.question) == ("", "")
    assert repr(changed).startswith("<scenario untied-finance + belarus.reform>\n")
    loan = changed.with_loan("plant", lender="china", amount=100, signed="2018-05", name="a plant")
    assert (loan.name, loan.title) == ("a plant", "")
    assert sinobel.scenario("untied-finance").with_focus("reserves").title == "Untied Chinese finance"
    legend = [text.get_text() for text in sinobel.plot.fan(pair, "exports_to_china").legends[0].get_texts()]
    assert {"Baseline", "closed in 2018", "Untied Chinese finance"} < set(legend)
