"""Long sentences of a brief are cut where sentences and clauses end, and never within a title."""

from types import SimpleNamespace

import pytest

from sinobel.analysis.attribution import AttributionRow
from sinobel.reporting.brief import causes
from sinobel.reporting.brief.making import LONGEST, parts

RANGE = "by 358 mn USD in 2018 at the median (211 to 536 in 80 % of futures)"


def test_what_fits_stands_as_it_is():
    text = "“Option” lowers exports. It raises debt; lowers reserves."
    assert parts(text) == [text]


def test_long_sentences_are_cut_at_their_clauses_which_then_speak_of_it():
    clauses = [f"“Option” lowers exports to China {RANGE}", f"raises it {RANGE}", f"it also lowers reserves {RANGE}"]
    text = "; ".join([*clauses, f"it is lower in 70 % of them, {RANGE}", f"hardly moves it {RANGE}"]) + "."
    found = parts(text)
    assert all(len(each) <= LONGEST for each in found)
    assert all(each.endswith(".") and each[0] in "“I" for each in found)
    told = " ".join(found)
    assert "It raises it" in told
    assert "It also lowers reserves" in told
    assert "It is lower in 70 %" in told
    assert "It it" not in told


def test_titles_are_never_cut():
    title = "“Lend less; then more. Then nothing”"
    text = f"{title} lowers exports to China {RANGE} {RANGE} {RANGE} {RANGE}; raises it {RANGE}. It ends."
    assert parts(text)[0].startswith(title)


def rows_of(means):
    """Channels of a change with their means, and their total."""
    held = {"scenario": "option", "against": "base", "since": "", "indicator": "gdp", "year": 2020, "unit": "USD mn"}
    bands = dict.fromkeys(("p05", "p10", "p25", "p50", "p75", "p90", "p95", "share_higher", "share_lower"), 0.0)
    told = {**{f"cause {place}": mean for place, mean in enumerate(means)}, "total": sum(means)}
    return [AttributionRow(**held, by="part", channel=name, mean=mean, **bands) for name, mean in told.items()]


@pytest.mark.parametrize(("means", "rest"), [((50.0, 30.0), None), ((50.0, 30.0, 20.0), None), ((50, 30, 20, 9), "+9")])
def test_other_causes_are_told_where_there_are_any(means, rest):
    data = SimpleNamespace(
        splits={"gdp": [rows_of(means)]},
        titles={"option": "Option", "base": "Base"},
        reference="base",
        least_told=lambda _: 1.0,
        short_label=lambda name: name.upper(),
    )
    rows = dict(causes.why(data, "en").table.rows)
    assert rows.get("All other causes") == rest
    assert list(rows)[-1] == "Sum"
    assert len(rows) == min(len(means), causes.MOST) + 1 + (rest is not None)
