"""Words match the numbers: chances by their limits, amounts in the unit people use, names that lead to their source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinobel.inputs.characters import unprintable
from sinobel.reporting.words import wording

WRITTEN = st.characters(exclude_categories=("Cc", "Cs"))
"""What people can write."""


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1.0, "virtually certain"),
        (0.991, "virtually certain"),
        (0.99, "very likely"),
        (0.901, "very likely"),
        (0.90, "likely"),
        (0.661, "likely"),
        (0.66, "about as likely as not"),
        (0.5, "about as likely as not"),
        (0.33, "about as likely as not"),
        (0.329, "unlikely"),
        (0.10, "unlikely"),
        (0.099, "very unlikely"),
        (0.01, "very unlikely"),
        (0.009, "exceptionally unlikely"),
        (0.0, "exceptionally unlikely"),
    ],
)
def test_each_word_begins_at_its_limit(share, word):
    assert wording.likelihood(share) == word


def test_the_scale_defines_every_word_by_its_limit():
    told = wording.scale()
    for limit, word in wording.ABOVE:
        assert f"“{word}” above {100 * limit:.0f} %" in told
    for limit, word in wording.BELOW:
        assert f"“{word}” below {100 * limit:.0f} %" in told
    assert f"“{wording.EVEN}” 33 to 66 %" in told
    assert "“virtually certain” above 99 %" in told


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_what_is_no_share_has_no_word(share):
    with pytest.raises(ValueError, match="no share"):
        wording.likelihood(share)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_gets_a_weaker_word(one, other):
    order = [word for _, word in wording.BELOW] + [wording.EVEN] + [word for _, word in reversed(wording.ABOVE)]
    low, high = sorted((one, other))
    assert order.index(wording.likelihood(low)) <= order.index(wording.likelihood(high))


@given(st.floats(0, 1))
def test_percent_never_claims_all_or_none_of_what_is_not(share):
    text = wording.percent(share)
    assert (text == "100 %") == (share == 1)
    assert (text == "0 %") == (share == 0)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (3345.0, "USD mn a year", "3.3 bn USD"),
        (727.4, "USD mn", "727 mn USD"),
        (-111.2, "USD mn", "−111 mn USD"),
        (0.2, "USD mn", "0 mn USD"),
        (-0.2, "USD mn", "0 mn USD"),
        (296.4, "USD/t CFR", "296 USD/t"),
        (0.374, "fraction", "37 %"),
        (2.218, "months", "2.2 months"),
        (8120.0, "kt KCl a year", "8.1 mn t"),
        (0.231, "index 0-1", "0.23"),
    ],
)
def test_amounts_are_told_in_the_unit_people_use(value, unit, told):
    assert wording.amount(value, unit) == told


def test_a_range_has_one_unit_and_signs_where_asked():
    assert wording.span(474.0, 1170.0, "USD mn") == "0.5 to 1.2 bn USD"
    assert wording.middle_and_span(-857, -139, 321, "USD mn", sign=True) == "−139 mn USD (−857 to +321)"
    assert wording.middle_and_span(0.19, 0.32, 0.54, "fraction") == "32 % (19 to 54)"


def test_names_become_links_or_plain_words():
    text = f"the {wording.about('debt_to_china', 'debt')} grows"
    assert wording.plain(text) == "the debt grows"
    assert wording.parts(text) == ["the ", ("debt_to_china", "debt"), " grows"]


@pytest.mark.parametrize(("number", "told"), [(0, "0 draws"), (1, "1 draw"), (2, "2 draws"), (2000, "2,000 draws")])
def test_one_thing_is_no_several(number, told):
    assert wording.several(number, "draw") == told


def test_an_author_cites_by_name_and_only_what_there_is():
    text = wording.citing("as in M01 (M02, F054); not F999, M011 or xM01", {"M01", "M02", "F054"})
    assert [part.name for part in wording.parts(text) if isinstance(part, wording.Mention)] == ["M01", "M02", "F054"]
    assert wording.plain(text) == "as in M01 (M02, F054); not F999, M011 or xM01"


@given(st.lists(st.one_of(st.text(WRITTEN), st.tuples(st.text(WRITTEN, min_size=1), st.text(WRITTEN, min_size=1)))))
def test_parts_give_back_what_was_marked(pieces):
    sentence = "".join(piece if isinstance(piece, str) else wording.about(*piece) for piece in pieces)
    assert [part for part in wording.parts(sentence) if not isinstance(part, str)] == [
        piece for piece in pieces if not isinstance(piece, str)
    ]
    assert wording.plain(sentence) == "".join(piece if isinstance(piece, str) else piece[1] for piece in pieces)


@pytest.mark.parametrize(
    "text", ["\x02", "\x03", "\x1f", "\x02gdp\x03", "\x02gdp\x1f", "\x02\x1fx\x03", "\x02a\x1fb\x02c\x1fd\x03"]
)
def test_marks_that_name_nothing_are_refused(text):
    with pytest.raises(ValueError, match="mark"):
        wording.parts(text)


@pytest.mark.parametrize("text", ["[[gdp|x]]", "[[gdp|", "]]", "<gdp|x>", "gdp|x", "[gdp](x)"])
def test_no_text_that_a_user_can_write_is_a_name(text):
    sentence = f"{text} and {wording.about('debt_to_china', text)}"
    assert wording.plain(sentence) == f"{text} and {text}"
    assert [part.name for part in wording.parts(sentence) if isinstance(part, wording.Mention)] == ["debt_to_china"]
    assert unprintable(wording.about("gdp", "x"), 100)


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Untied Chinese finance", "untied Chinese finance"),
        ("Chinese loans paid out", "Chinese loans paid out"),
        ("EU sanctions extended", "EU sanctions extended"),
        ("GDP at current dollars", "GDP at current dollars"),
        ("Belarus's share", "Belarus's share"),
        ("Baseline", "baseline"),
    ],
)
def test_a_label_in_text_keeps_the_capitals_of_names(label, within):
    assert wording.in_text(label) == within
