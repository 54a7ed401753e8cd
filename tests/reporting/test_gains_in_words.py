"""Who gains, in a table and a sentence."""

import numpy as np

from sinobel.analysis import decision, outcomes
from sinobel.reporting.tables import comparison
from tests.analysis.synthetic import ends, named, objective


def test_a_loss_of_somebody_under_every_option_praises_none():
    """Exports that one country wants and another does not: somebody loses under both, less often under one."""
    values = {"base": np.zeros(10), "one": np.r_[np.ones(5), np.zeros(5)], "other": np.ones(10)}
    wanted = named(objective("belarus.x"), objective("china.y", direction="lower"))
    found = outcomes.outcomes({"exports_to_china": ends(values)}, wanted, "base")
    said = " ".join(filter(None, comparison.sentences(found, "belarus", decision.rows(found, "belarus"))))
    assert "Under no option do all positions of all sides gain at once in most futures: at most in 0 %" in said
    assert "At least one of them loses in 50 % (one) to 100 % of futures (other)" in said
    assert "not which option is best for any of them" in said
    header, rows = comparison.gain_table(found)
    assert header == ["better off", "one", "other"]
    assert rows[-2:] == [["all of them at once", "0 %", "0 %"], ["none of them worse off", "50 %", "0 %"]]
    assert comparison.gain_table(found, beside=False)[1][0] == ["one", "50 %", "0 %", "0 %", "50 %"]


def test_a_title_is_told_where_it_says_more_than_the_name():
    titles = {"baseline": "Baseline", "oil-slump": "Oil slump", "mine": "A mine comes", "made": ""}
    assert comparison.title_table(titles) == (["option", "what it is"], [["mine", "A mine comes"]])
    assert comparison.few_words("real_gdp") == "Real GDP"
    assert comparison.few_words("unknown") == "unknown"


def test_what_is_hardest_to_get_good_enough_is_told_by_its_label():
    wanted = named(objective("belarus.x", label="Bread", threshold=0.5, threshold_from="record"))
    found = outcomes.outcomes({"exports_to_china": ends({"base": np.zeros(9), "one": np.ones(9)})}, wanted, "base")
    said = comparison.sentences(found, "belarus", decision.rows(found, "belarus"))
    assert any("(hardest is bread, belarus.x)." in sentence for sentence in said), said
