"""Past forecasts on a record that a user adds to, all rows invented: later origins, whose record, nothing of ours moved."""

import csv
import dataclasses
import json

import pytest

import sinobel
from sinobel.inputs import posterior
from sinobel.inputs.added import read_added
from sinobel.inputs.evidence import using_record
from sinobel.inputs.recorded import last_recorded_year
from sinobel.results import outside, past_forecasts
from sinobel.studies import backtest, next_year
from sinobel.studies.backtest import Plan
from sinobel.studies.outside.processes import PROCESSES
from tests.inputs.record.cut import cut, invented, python
from tests.results.edited_basis import ended

FEW = {"draws": 30, "seed": 1, "before": ()}
LATER = "After 2016 nothing is refitted: the posterior on the record to 2016-12."
WHOSE = "with a record added by the user (record: yours, to 2018-12)"


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    return invented(tmp_path_factory.mktemp("mine") / "rows", 2018)


@pytest.fixture(scope="module")
def found(mine):
    with using_record(mine):
        return past_forecasts.backtest(Plan(origins=(2015, 2016, 2017), **FEW))


def test_origins_reach_to_the_year_before_the_last_that_is_recorded(mine):
    assert backtest.origins() == tuple(range(2009, 2016))
    assert last_recorded_year() == 2016
    with using_record(mine):
        assert backtest.origins() == tuple(range(2009, 2018))
        assert last_recorded_year() == 2018
        assert past_forecasts.plan_of(10, 1).origins == backtest.origins()
        assert past_forecasts.plan_of(10, 1, quick=True).origins == (2015, 2016, 2017)
    assert past_forecasts.plan_of(10, 1, quick=True).origins == (2013, 2014, 2015)


def test_years_that_only_a_few_series_tell_open_no_books_but_are_scored(mine, tmp_path):
    """Without debts of 2017 its December opens no books, and what was forecast for 2017 is scored all the same."""
    text = (mine / "debt.csv").read_text().splitlines()
    place = tmp_path / "less"
    place.mkdir()
    for file in mine.iterdir():
        (place / file.name).write_text(file.read_text())
    (place / "debt.csv").write_text("\n".join(line for line in text if ",2017" not in line and ",2018" not in line))
    with using_record(place):
        assert backtest.origins()[-1] == 2016
        scored = past_forecasts.backtest(Plan(origins=(2016,), **FEW)).next_year
    of_2017 = {row.series for row in scored if row.origin == 2016}
    assert "gdp" in of_2017
    assert "debt_to_china" not in of_2017


def test_all_series_and_headlines_are_scored_against_the_rows(found):
    assert {row.origin for row in found.next_year} == {2015, 2016, 2017}
    later = [row for row in found.next_year if row.origin == 2017]
    assert {row.series for row in later} >= set(next_year.FIRST)
    assert max(row.year for row in found.forecasts) == 2018
    assert {(row.origin, row.horizon) for row in found.forecasts} == {
        (2015, 1),
        (2015, 2),
        (2015, 3),
        (2016, 1),
        (2016, 2),
        (2017, 1),
    }
    gdp = {row.origin: row.recorded for row in found.next_year if row.series == "gdp"}
    assert gdp[2015] == gdp[2016] == gdp[2017]  # as invented


def test_a_single_row_is_enough_to_score_a_forecast(tmp_path):
    """Nothing of what the world brought is known of that year, so forecasts that are told it are the same."""
    place = tmp_path / "one"
    place.mkdir()
    head = "series,period,value,unit,source,confidence,note"
    (place / "economy.csv").write_text(f"{head}\ngdp_usd.BLR,2017,99999,USD mn,invented for a test,low,\n")
    with using_record(place):
        assert backtest.origins()[-1] == 2016
        found = past_forecasts.backtest(Plan(origins=(2015, 2016), **FEW))
    assert [(row.series, row.recorded) for row in found.next_year if row.origin == 2016] == [("gdp", 99999)]
    assert {row.origin for row in found.forecasts} == {2015}


def test_forecasts_of_origins_that_ship_are_those_of_the_shipped_record(found):
    """Rows after an origin are what its forecasts are held against and nothing else."""
    alone = past_forecasts.backtest(Plan(origins=(2014, 2015), **FEW))
    ours = {row.series: row for row in alone.next_year if row.origin == 2015}
    theirs = {row.series: row for row in found.next_year if row.origin == 2015}
    assert set(ours) == set(theirs)
    for name, row in ours.items():
        assert (row.median, row.low_80, row.crps, row.fixed) == pytest.approx(
            (theirs[name].median, theirs[name].low_80, theirs[name].crps, theirs[name].fixed), nan_ok=True
        )
    assert alone.notes == []
    assert "added by the user" not in alone.charts()[0].foot


def test_it_says_whose_record_that_is_and_what_later_forecasts_are_made_with(found, mine, tmp_path):
    assert read_added(mine).digest in found.verdicts[0]
    assert LATER in found.verdicts[0]
    for chart in found.charts():
        assert WHOSE in chart.foot, chart.name
        assert LATER in chart.foot
        assert "December 2015 to 2017" in chart.foot
    folder = found.save(tmp_path / "scored")  # no record is in use any more
    text = (folder / "README.md").read_text().replace("\\", "")
    assert LATER in text
    assert read_added(mine).digest in text
    assert "Record: yours, to 2018-12." in text
    with (folder / "next-year-forecasts.csv").open(newline="") as stream:
        assert {row["origin"] for row in csv.DictReader(stream)} == {"2015", "2016", "2017"}


def test_forecasts_of_a_later_origin_take_the_last_posterior_and_say_so(mine):
    with using_record(mine):
        assert posterior.in_words("posterior", 12 * 2017 + 11) == "the posterior on the record to 2016-12"
        assert posterior.in_words("wide prior", 12 * 2017 + 11) == "the wide priors"


def test_the_command_leaves_scores_of_the_model_alone(mine, tmp_path, monkeypatch, capsys):
    before = {name: (posterior.folder() / name).read_bytes() for name in past_forecasts.TRACK_RECORD}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(past_forecasts, "plan_of", lambda *_, **__: Plan(origins=(2016, 2017), **FEW))
    assert ended("backtest", "--record", mine, "--jobs", 1) == 0
    assert LATER in capsys.readouterr().out
    assert (tmp_path / "results" / "backtest-added-record-few-draws" / "pit.png").is_file()
    assert not (tmp_path / past_forecasts.BACKTEST).exists()
    assert before == {name: (posterior.folder() / name).read_bytes() for name in past_forecasts.TRACK_RECORD}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("--draws", 1999), "backtest-few-draws"),
        (("--prior",), "backtest-prior"),
        (("--quick",), "backtest-few-draws"),
        (("--prior", "--draws", 20), "backtest-prior-few-draws"),
    ],
)
def test_what_is_not_the_score_of_the_model_has_a_place_of_its_own(asked, name, tmp_path, monkeypatch):
    before = {each: (posterior.folder() / each).read_bytes() for each in past_forecasts.TRACK_RECORD}
    monkeypatch.chdir(tmp_path)
    run = backtest.run
    small = {"draws": 20, "origins": (2015,), "before": ()}
    monkeypatch.setattr(backtest, "run", lambda plan, *rest: run(dataclasses.replace(plan, **small), *rest))
    assert ended("backtest", *asked, "--jobs", 1) == 0
    assert [each.name for each in (tmp_path / "results").iterdir()] == [name]
    assert before == {each: (posterior.folder() / each).read_bytes() for each in past_forecasts.TRACK_RECORD}


def test_the_score_of_the_model_keeps_its_place():
    assert past_forecasts.usual_place(None, past_forecasts.plan_of(past_forecasts.DRAWS, 1)) == past_forecasts.BACKTEST


def test_nothing_is_refitted_to_added_rows(mine, capsys):
    assert ended("backtest", "--record", mine, "--refit") == 2
    assert "--refit makes the model's own posterior, on the record that ships" in capsys.readouterr().err


def test_a_record_that_is_none_is_refused(tmp_path, capsys):
    assert ended("backtest", "--record", tmp_path / "nowhere") == 2
    assert "no such folder" in capsys.readouterr().err
    with pytest.raises(sinobel.InputError, match="no such folder"):
        sinobel.backtest(record=tmp_path / "nowhere")


def test_a_record_cut_at_2012_with_the_rest_added_is_scored_as_the_whole(tmp_path):
    code = """
import json
from sinobel.inputs.evidence import using_record
from sinobel.results import past_forecasts
from sinobel.studies.backtest import Plan, origins
alone = origins()
with using_record(%r):
    whole = origins()
    found = past_forecasts.backtest(Plan(30, 1, (2012, 2014), "wide prior", ()))
rows = [(row.series, row.origin, row.recorded, row.crps, row.fixed) for row in found.next_year]
print(json.dumps([alone, whole, rows]))
"""
    project, added = cut(tmp_path)
    alone, whole, rows = json.loads(python(project, code % str(added)))
    assert alone == [2009, 2010, 2011, 2012]  # the last whose books open; series that began later tell what came
    assert whole == list(backtest.origins())
    made = past_forecasts.backtest(Plan(30, 1, (2012, 2014), "wide prior", ()))
    expected = [[row.series, row.origin, row.recorded, row.crps, row.fixed] for row in made.next_year]
    assert json.dumps(rows) == json.dumps(expected)  # to the last bit


# --- the world outside -----------------------------------------------------------------------------------------------


def test_the_world_outside_is_scored_as_far_as_its_own_series_reach(mine, tmp_path):
    with using_record(mine):
        assert {process.history().last for process in PROCESSES} == {2018}
    half = invented(tmp_path / "half", 2018)
    months = (half / "monthly.csv").read_text().splitlines() if (half / "monthly.csv").exists() else []
    assert months, "the invented rows hold months"
    (half / "monthly.csv").write_text(
        "\n".join(line for line in months if not line.startswith("oil_price_brent_month,2018-07")) + "\n"
    )
    with using_record(half):
        last = {process.name: process.history().last for process in PROCESSES}
    assert last["oil_price"] == 2017
    assert last["growth_russia"] == 2018
    assert {process.history().last for process in PROCESSES} == {2016}


def test_scores_of_the_world_outside_say_whose_record_it_is(mine, tmp_path, monkeypatch):
    before = (posterior.folder() / outside.SCORES).read_bytes()
    monkeypatch.chdir(tmp_path)
    with using_record(mine):
        assert outside.usual_place() == outside.FOLDER_ADDED
        found = outside.score_to(tmp_path / "o", outside.plan_of(1, quick=True), headline=True)
    assert max(row.origin for row in found.forecasts if row.series == "oil_price") == 2017
    assert found.verdicts[0] == "On a record added by the user (record: yours, to 2018-12)."
    for chart in found.charts().values():
        assert WHOSE in chart.foot
    assert (posterior.folder() / outside.SCORES).read_bytes() == before
    assert outside.usual_place() == outside.FOLDER


# --- a world ---------------------------------------------------------------------------------------------------------


def test_a_world_opens_its_books_on_added_rows(mine):
    world = sinobel.World(draws=3, seed=5, origin="2018-12", horizon="2019-12", record=mine, collect=False)
    while world.running:
        world.step()
    run = sinobel.run(draws=3, seed=5, origin="2018-12", horizon="2019-12", record=mine)
    assert world.observe_one("gdp") == pytest.approx(run["gdp"].isel(time=-1).values)
    with pytest.raises(sinobel.InputError, match="from 2008-12 to 2016-12"):
        sinobel.World(origin="2018-12", horizon="2019-12")


def test_a_world_refuses_rows_that_do_not_open_its_books(mine, tmp_path):
    import shutil

    place = shutil.copytree(mine, tmp_path / "less")
    text = (place / "debt.csv").read_text().splitlines()
    (place / "debt.csv").write_text(
        "\n".join(line for line in text if "loan_disbursements.RUS,2018" not in line) + "\n"
    )
    with pytest.raises(sinobel.InputError, match=r"2018-12 is not available.*lacks loan_disbursements\.RUS of 2018"):
        sinobel.World(origin="2018-12", horizon="2019-12", record=place)
    with pytest.raises(sinobel.InputError, match="no such folder"):
        sinobel.World(record=tmp_path / "nowhere")
    assert sinobel.World(origin="2017-12", horizon="2018-12", record=place, collect=False).origin == 12 * 2017 + 11
