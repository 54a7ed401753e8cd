"""A result of one kind never takes the place of one of another, unless told, and then that is moved aside."""

import pytest

import sinobel
from sinobel.inputs.reading import InputError
from sinobel.results import outside, past_forecasts
from sinobel.store import kinds
from sinobel.store.ownership import MARKER, Owned
from sinobel.store.publish import publish
from sinobel.studies.backtest import Plan
from tests.results.edited_basis import ended
from tests.store.test_ownership import contents, made


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A folder of each kind."""
    place = tmp_path_factory.mktemp("kinds")
    few = {"draws": 4, "horizon": "2021-12"}
    sinobel.run("baseline", **few).sinobel.save(place / "run", charts=False)
    sinobel.compare(["baseline", "russian-squeeze"], **few).sinobel.save(place / "comparison", charts=False)
    past_forecasts.backtest(Plan(20, 1, (2015,), "posterior", ())).save(place / "backtest")
    outside.score_to(place / "environment", outside.plan_of(1, quick=True))
    return place


def test_the_kind_of_a_folder_is_read_off_what_it_holds(folders):
    for kind in (kinds.RUN, kinds.COMPARISON, kinds.BACKTEST, kinds.ENVIRONMENT):
        assert Owned(folders / kind).kind == kind


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        (("backtest", "--quick", "--jobs", 1), ("run", "comparison", "environment")),
        (("backtest", "--environment", "--quick"), ("run", "backtest")),
        (("run", "baseline", "--draws", 4, "--horizon", "2021-12"), ("comparison", "backtest")),
        (("compare", "baseline", "russian-squeeze", "--draws", 4, "--horizon", "2021-12"), ("run", "backtest")),
        (("calibrate", "--quick"), ("run", "backtest")),
        (("sensitivity", "--of", "gdp", "--year", 2020), ("backtest",)),
        (("discover", "baseline", "--fails", "reserves[2025] < 3000"), ("environment",)),
    ],
)
def test_another_kind_is_refused_before_any_work(folders, asked, places, capsys):
    for place in places:
        before = contents(folders / place)
        assert ended(*asked, "--out", folders / place) == 2, place
        told = capsys.readouterr().err
        assert f"this folder holds {kinds.in_words(place)}" in told
        assert "--replace" in told
        assert contents(folders / place) == before


def test_told_to_replace_it_is_moved_aside_whole(tmp_path):
    target = tmp_path / "r"
    publish(made(tmp_path / "a", forecasts_csv="1", scores_csv="2", skill_svg="3"), target, "a")
    before = contents(target)
    new = {"parameters_csv": "4", "correlations_csv": "5"}
    with pytest.raises(InputError, match="holds past forecasts"):
        publish(made(tmp_path / "b", **new), target, "b", keep=True)
    assert contents(target) == before
    aside = publish(tmp_path / "b", target, "b", replace=True, keep=True)
    assert contents(aside) == before
    assert set(contents(target)) == {"parameters.csv", "correlations.csv", MARKER}
