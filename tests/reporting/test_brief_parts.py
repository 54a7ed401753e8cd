"""Long sentences of a brief are cut where sentences and clauses end, and never within a title."""

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
