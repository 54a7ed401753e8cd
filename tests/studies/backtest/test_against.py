"""Past forecasts that were saved are compared with those of another version; what is no such folder is refused."""

import pytest

from sinobel.inputs.reading import InputError
from sinobel.results import backtest_folder
from sinobel.results.past_forecasts import Backtest
from sinobel.studies import backtest
from tests.studies.backtest.test_next_year import all_of


def found(spread):
    made = backtest.scored(*all_of(spread), seed=1)
    return Backtest(
        forecasts=made.forecasts,
        scores=made.scores,
        next_year=made.next_year,
        series=made.series,
        summary=made.summary,
        identity="a test",
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return found(0.2).save(tmp_path_factory.mktemp("scored") / "b")


def test_a_version_against_what_it_saved_is_one(saved):
    same = found(0.2).against(saved)
    assert same.mean == pytest.approx(1, rel=1e-5)
    assert same.alone == 0


def test_half_the_spread_around_what_came_halves_every_score(saved):
    half = found(0.1).against(saved)
    assert [row.ratio for row in half.rows] == pytest.approx([0.5] * len(half.rows), rel=1e-4)
    assert half.high == pytest.approx(0.5, rel=1e-4)


def test_all_tables_and_charts_are_saved(saved):
    names = {path.name for path in saved.iterdir()}
    assert {"forecasts.csv", "scores.csv", "next-year-forecasts.csv", "next-year-scores.csv", "summary.csv"} <= names
    assert {"skill.png", "forecasts.png", "next-year.png"} <= names
    assert found(0.2).verdicts[0].startswith("Macro block")


def test_a_folder_without_past_forecasts_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"against: .* has no next-year-forecasts\.csv"):
        found(0.2).against(tmp_path)


@pytest.mark.parametrize("row", ["gdp,2010,much,0.5", "gdp,2010,-1,0.5", ",2010,1,0.5", "gdp,2010,1,7"])
def test_a_damaged_table_is_refused_with_its_line(tmp_path, row):
    (tmp_path / backtest_folder.FORECASTS_OF_NEXT_YEAR).write_text(f"series,origin,crps,pit\ngdp,2009,1,0.5\n{row}\n")
    with pytest.raises(InputError, match=r"csv:3: this is no forecast"):
        found(0.2).against(tmp_path)


def test_other_series_alone_are_no_comparison(tmp_path):
    (tmp_path / backtest_folder.FORECASTS_OF_NEXT_YEAR).write_text("series,origin,crps,pit\nother,2009,1,0.5\n")
    with pytest.raises(InputError, match="no forecast of the same series and year"):
        found(0.2).against(tmp_path)
