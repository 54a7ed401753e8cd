"""Sentences on past forecasts: the numbers of the summary, the macro block first, dashes where there is nothing."""

import math

from sinobel.reporting.words import scored

NUMBERS = {
    "forecasts": 80,
    "series": 10,
    "value": -0.124,
    "ideal": 0.3,
    "ideal_low": 0.1,
    "ideal_high": 0.5,
    "trials": 21,
}


def row(measure, **other):
    return {"measure": measure, **NUMBERS, "deflated": math.nan, **other}


SUMMARY = [
    row("headline_skill", value=0.2, deflated=0.05),
    row("headline_inside_50", value=0.42),
    row("headline_inside_80", value=0.83),
    row("macro_skill", deflated=-0.31),
    row("macro_hindsight", value=-0.4),
    row("macro_inside_50", value=0.4),
    row("macro_inside_80", value=0.66, ideal_low=0.7, ideal_high=0.91),
]


def test_the_macro_block_comes_first_with_what_a_right_model_would_score():
    macro, headline = scored.lines(SUMMARY)
    assert macro.startswith("Macro block a year ahead")
    assert "-0.12 in 80 forecasts of 10 series" in macro
    assert "would score +0.30, in nine of ten worlds +0.10 to +0.50" in macro
    assert "luck of the best of 21 trials -0.31" in macro
    assert "in hindsight -0.40" in macro
    assert "80 % ranges held 66 % (a right model 70 to 91 %)" in macro
    assert "+0.20" in headline
    assert "held 83 %" in headline


def test_texts_of_a_table_say_the_same_as_its_numbers():
    texts = [{name: str(value) for name, value in each.items()} for each in SUMMARY]
    assert scored.lines(texts) == scored.lines(SUMMARY)
    assert scored.short(texts) == scored.short(SUMMARY)


def test_in_short():
    text = scored.short(SUMMARY)
    assert "the macro block a year ahead -0.12 (+0.10 to +0.50; against the best in hindsight" in text
    assert "held 66, 83 %" in text
    assert scored.lines([]) == []
    assert "not been scored" in scored.short([])


def test_what_does_not_exist_is_a_dash():
    assert scored.signed(math.nan) == scored.signed("nan") == scored.between(math.nan, math.nan) == "–"
    assert scored.signed(-0.001) == "+0.00"
