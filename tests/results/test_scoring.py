"""`score` and `seal`: numbers against those worked out apart, refusals, and files that are never written twice."""

import csv
import json
import pathlib
import subprocess

import numpy as np
import pytest

import sinobel
from sinobel.inputs.evidence import using_record
from sinobel.inputs.reading import InputError
from sinobel.inputs.recorded import recorded_values
from sinobel.policies.scenarios import load
from sinobel.results import past_forecasts, scoring, sealing
from sinobel.runs.request import Request
from sinobel.studies.backtest import Plan
from sinobel.version import __version__
from tests.inputs.record.cut import invented
from tests.results.edited_basis import ended

ROOT = pathlib.Path(__file__).parents[2]
COMMIT = "0" * 40
QUICK = ("--draws", 60, "--jobs", 1)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """Results from an origin before the end of the record."""
    out = tmp_path_factory.mktemp("earlier") / "r"
    made = sinobel.run("baseline", draws=61, origin="2012-12", horizon="2017-12", keep="years")
    made.sinobel.save(out, charts=False)
    return out, made


def crps_of_pairs(draws, value):
    """Mean distance to the value less half the mean distance of every pair."""
    return np.abs(draws - value).mean() - np.abs(draws[:, None] - draws[None, :]).mean() / 2


def test_scores_are_those_of_every_pair_of_draws(earlier):
    folder, made = earlier
    found = {(row.indicator, row.year): row for row in sinobel.score(folder).found}
    recorded = recorded_values()
    assert {year for _, year in found} == {2013, 2014, 2015, 2016}
    for name in ("gdp", "exports_to_china", "reserves", "potash_contract_price"):
        for year in (2013, 2016):
            draws, value, row = made[name].sel(year=year).values, recorded[name][year], found[name, year]
            assert row.recorded == value
            assert row.crps == pytest.approx(crps_of_pairs(draws, value))
            assert row.pit == (draws < value).mean() + (draws == value).mean() / 2
            assert row.inside_80 == bool(0.1 < row.pit < 0.9)
            assert row.ahead == year - 2012


def test_the_naive_forecast_is_fixed_and_knows_nothing_of_rows_after_the_origin(tmp_path):
    kind, before = scoring.naive_of("exports_to_china", 2016, 1)
    assert kind == "random walk with drift in logs"
    with using_record(invented(tmp_path / "mine")):
        assert (scoring.naive_of("exports_to_china", 2016, 1)[1] == before).all()
        assert not np.array_equal(scoring.naive_of("exports_to_china", 2017, 1)[1], before)
    assert scoring.naive_of("exports_to_china", 2017, 1)[1] is None
    assert scoring.naive_of("balance_with_china", 2012, 1)[0] == "random walk"
    assert scoring.naive_of("potash_contract_price", 2012, 1)[0] == "last contract"


def test_years_that_a_user_adds_are_scored(tmp_path, capsys):
    mine, out = invented(tmp_path / "mine"), tmp_path / "r"
    assert ended("run", *QUICK, "--horizon", "2018-12", "--out", out) == 0
    assert ended("score", out) == 2
    told = capsys.readouterr().err
    assert "there is nothing to score: the forecast is of 2017 to 2018, the record: shipped, to 2016-12" in told
    assert "add years with --record" in told
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    table = tmp_path / "scores.csv"
    assert ended("score", out, "--record", mine, "--out", table) == 0
    said = capsys.readouterr().out
    assert "against the record: yours, to 2017-12." in said
    assert "scores-pit.png" in said
    assert "record: yours, to 2017-12" in (tmp_path / "scores-pit.svg").read_text()
    with table.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["year"] for row in rows} == {"2017"}
    assert {"crps", "pit", "inside_50", "inside_80", "inside_90", "benchmark", "skill"} <= set(rows[0])
    assert before == {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}


def test_what_came_is_counted_in_tenths_beside_what_right_futures_would_show(earlier, tmp_path):
    found = sinobel.score(earlier[0])
    counts = [row["count"] for row in found.chart.rows]
    assert sum(counts) == len(found.found)
    assert f"from the lowest: {', '.join(map(str, counts))};" in found.verdicts[-1]
    assert all(low <= 0.1 <= high for low, high in found.right)
    assert found.figure().axes
    (tmp_path / "mine-pit.png").write_text("mine")
    with pytest.raises(InputError, match=r"mine-pit\.png: something is there already"):
        found.save(tmp_path / "mine.csv")
    assert not (tmp_path / "mine.csv").exists()


def test_a_folder_is_scored_as_the_backtest_scores_the_same_futures(tmp_path):
    """One definition of naive forecasts and scores: both give the same numbers for the same draws."""
    made = sinobel.run("baseline", draws=40, seed=3, origin="2012-12", horizon="2016-12", keep="years")
    made.sinobel.save(tmp_path / "r", charts=False)
    ours = {(row.indicator, row.year): row for row in sinobel.score(tmp_path / "r").found}
    found = past_forecasts.backtest(Plan(40, 3, (2012, 2013), "posterior", ()))
    theirs = [(row.series, row.origin + 1, row) for row in found.next_year if row.origin == 2012]
    theirs += [(row.series, row.year, row) for row in found.forecasts if row.origin == 2012]
    assert len(theirs) > 50
    for name, year, row in theirs:
        mine = ours[name, year]
        assert mine.crps == pytest.approx(row.crps, rel=1e-5), (name, year)  # draws are kept with seven digits
        assert mine.pit == pytest.approx(row.pit)
        assert mine.benchmark_crps == pytest.approx(row.fixed, nan_ok=True)


def test_a_table_goes_nowhere_where_something_is_or_results_lie(earlier, tmp_path, capsys):
    folder, _ = earlier
    for place in (folder / "scores.csv", folder / "charts" / "scores.csv", tmp_path / "sealed" / "scores.csv"):
        assert ended("score", folder, "--out", place) == 2
        assert "holds results or seals, which stay as they were made" in capsys.readouterr().err
        assert not place.exists()
    (tmp_path / "mine.csv").write_text("mine")
    assert ended("score", folder, "--out", tmp_path / "mine.csv") == 2
    assert (tmp_path / "mine.csv").read_text() == "mine"


def test_a_what_if_is_told_as_none_of_the_forecasts(tmp_path, capsys):
    out = tmp_path / "r"
    asked = ("compare", "baseline", "untied-finance", *QUICK, "--origin", "2014-12", "--horizon", "2019-12")
    assert ended(*asked, "--out", out) == 0
    assert "no forecast" not in sinobel.score(out).verdicts[0]
    assert scoring.WHAT_IF in sinobel.score(out, scenario="untied-finance").verdicts[0]
    assert scoring.WHAT_IF in sinobel.score(out, scenario="untied-finance").chart.foot
    capsys.readouterr()


def test_results_without_years_say_what_a_score_needs(capsys):
    assert ended("score", ROOT / "results" / "first-look") == 2
    told = capsys.readouterr().err
    assert "a score needs the years of every draw" in told
    assert "report" not in told


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("nowhere",), "there is no such results folder"),
        (("{folder}", "--scenario", "basline"), 'did you mean "baseline"'),
    ],
)
def test_what_cannot_be_scored_is_told(earlier, asked, why, capsys):
    assert ended("score", *(word.format(folder=earlier[0]) for word in asked)) == 2
    assert why in capsys.readouterr().err


# --- seals -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def text():
    """A seal as of an earlier origin, so that it can be scored."""
    request = Request((load("baseline"),), 2000, 5, "2013-12", "2017-12", indicators=("gdp", "balance_with_china"))
    made = sinobel.run("baseline", draws=2000, seed=5, origin="2013-12", horizon="2017-12", keep="years")
    return sealing.text_of(made, request, COMMIT, "2001-01-01"), made


@pytest.fixture
def sealed(text, tmp_path):
    file = tmp_path / "0.0.0.json"
    file.write_text(text[0], encoding="utf-8")
    return file


def test_a_seal_holds_what_it_says(sealed, text):
    content = sealing.read_seal(sealed).content
    assert (content["commit"], content["date"], content["seed"], content["draws"]) == (COMMIT, "2001-01-01", 5, 2000)
    assert {"parameters", "posterior", "evidence", "scenarios", "code"} <= set(content["hashes"])
    year = content["fans"]["gdp"]["years"]["2015"]
    for name, level in sealing.BANDS.items():
        assert year[name] == pytest.approx(np.quantile(text[1]["gdp"].sel(year=2015).values, level), rel=1e-5)


def test_a_seal_scores_as_its_draws_do(sealed, text):
    found = {(row.indicator, row.year): row for row in sinobel.score(sealed).found}
    for (name, year), row in found.items():
        draws = text[1][name].sel(year=year).values
        assert row.crps == pytest.approx(crps_of_pairs(draws, row.recorded), rel=0.02), (name, year)
        assert row.pit == pytest.approx((draws < row.recorded).mean(), abs=0.012)
    assert len(found) == 2 * 3


def test_a_seal_is_explained_with_how_it_is_scored(sealed, capsys):
    assert ended("explain", sealed) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "a sealed forecast: the fans of baseline" in told
    assert f"commit {COMMIT}" in told
    assert "`sinobel score` on this file, with --record" in told
    assert "sinobel.score" in " ".join(sinobel.explain(sealed)["text"])
    sealed.write_text(sealed.read_text(encoding="utf-8").replace("2001-01-01", "2001-01-02"), encoding="utf-8")
    assert ended("explain", sealed) == 2
    assert "this seal is broken" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["fans"]["gdp"]["years"]["2015"].update(p50=1.0),
        lambda content: content["fans"]["gdp"]["years"]["2015"]["quantiles"].reverse(),
        lambda content: content.update(date="2001-01-02"),
        lambda content: content.update(hash="0" * 64),
    ],
)
def test_a_seal_that_somebody_changed_is_noticed(sealed, change):
    content = json.loads(sealed.read_text(encoding="utf-8"))
    change(content)
    sealed.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="this seal is broken"):
        sinobel.score(sealed)


def test_what_is_no_seal_is_told(tmp_path):
    for text in ("", "[]", "{}", '{"hash": 1}', "nonsense"):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(InputError, match="seal"):
            sealing.read_seal(tmp_path / "x.json")


def test_a_version_is_sealed_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sealing, "commit_of", lambda _: COMMIT)
    monkeypatch.setattr(sealing, "LEAST_DRAWS", 8)
    out = tmp_path / "sealed"
    assert ended("seal", "--draws", 8, "--jobs", 1, "--out", out) == 0
    file = out / f"{__version__}.json"
    first = file.read_bytes()
    content = sealing.read_seal(file).content
    assert content["scenario"] == "baseline"
    assert list(content["fans"]["gdp"]["years"]) == [str(year) for year in range(2017, 2031)]
    assert content["version"] == __version__
    assert ended("seal", "--draws", 8, "--jobs", 1, "--out", out) == 2
    assert "this version is sealed; a seal is never made anew" in capsys.readouterr().err
    assert file.read_bytes() == first


def test_a_version_is_not_used_up_by_a_few_draws(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sealing, "commit_of", lambda _: COMMIT)
    for draws in (1, sealing.LEAST_DRAWS - 1):
        assert ended("seal", "--draws", draws, "--jobs", 1, "--out", tmp_path / "sealed") == 2
        assert f"--draws {draws:,} is too few for a seal" in capsys.readouterr().err
    assert not (tmp_path / "sealed").exists()


def test_the_version_is_that_of_the_top_of_the_changelog_and_of_the_citation():
    top = next(line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## "))
    assert top.removeprefix("## ").split(",")[0] == __version__
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text()


def test_a_seal_is_of_committed_code(tmp_path):
    with pytest.raises(InputError, match="no checkout with a history"):
        sealing.commit_of(tmp_path)
    (tmp_path / "src").mkdir()
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / "src" / "a.py").write_text("a = 1\n")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "first"], check=True)
    assert len(sealing.commit_of(tmp_path)) == 40
    (tmp_path / "src" / "a.py").write_text("a = 2\n")
    with pytest.raises(InputError, match=r"commit first what differs from it, such as src/a\.py"):
        sealing.commit_of(tmp_path)


def test_every_seal_of_the_project_is_what_was_written():
    for file in sorted((ROOT / sealing.FOLDER).iterdir()):
        if file.name != "README.md":
            assert file.suffix == ".json", file
            assert sealing.read_seal(file).content["version"] == file.stem
