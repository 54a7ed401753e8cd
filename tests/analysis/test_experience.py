"""What lies beyond experience, by hand: levers from their year on, in either of two scenarios, and levels of the record."""

import numpy as np

from sinobel.analysis.experience import NOTHING, Experience

SEEN = Experience({"a": {"x.b": 2018, "x.a": 2020}, "c": {"x.c": 2017}}, {"gdp": (10.0, 20.0)})


def test_levers_count_from_their_first_year_on():
    assert [SEEN.levers_by(year, "a") for year in (2017, 2018, 2020)] == ["", "x.b", "x.a, x.b"]
    assert SEEN.levers_by(2018, "a", "c") == "x.b, x.c"
    assert SEEN.levers_by(2030, "other") == NOTHING.levers_by(2030, "a") == ""


def test_shares_are_of_draws_that_are_numbers():
    values = np.array([[9.0, 10.0, 20.0, 21.0], [15.0, np.nan, 25.0, 30.0], [np.nan] * 4])
    assert list(SEEN.share_beyond("gdp", values)) == [0.5, 2 / 3, 0]
    assert SEEN.share_beyond("reserves", values) is None
