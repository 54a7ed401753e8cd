"""`sinobel report`: one file, and one clear message for a folder that cannot be told."""

import json
import shutil

import pytest

from sinobel import cli, store
from sinobel.policies import scenarios
from sinobel.results import contents
from sinobel.runs.request import Request
from sinobel.store.ownership import CHANGING, Marker, write_marker


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    request = Request((scenarios.load("baseline"),), 40, 1, horizon="2019-12")
    out = tmp_path_factory.mktemp("results") / "single"
    with store.Run(request, out) as run:
        results = run.simulate()
        run.write("summary.csv", contents.summary_table(results.summary))
        run.finish()
    return out


def call(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        cli.main(["report", *map(str, arguments)])
    told = capsys.readouterr()
    return stop.value.code or 0, told.out, told.err


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def test_a_single_run_is_told_without_options(capsys, folder):
    code, told, _ = call(capsys, folder)
    text = (folder / "report.html").read_text()
    assert code == 0
    assert "report.html" in told
    for part in ("Debt to China", 'id="projections"', 'id="potash"', 'id="loans"', 'id="changes"', 'id="caveats"'):
        assert part in text
    for part in ('id="options"', 'id="gains"', 'id="ranges"', "http://", "https://"):
        assert part not in text.replace('"http://www.w3.org/2000/svg"', "").replace(
            '"http://www.w3.org/1999/xlink"', ""
        )


def test_the_file_can_go_elsewhere_and_is_the_same_each_time(capsys, folder, tmp_path):
    texts = []
    for name in ("one.html", "two.html"):
        assert call(capsys, folder, "--out", tmp_path / name)[0] == 0
        texts.append((tmp_path / name).read_text())
    assert texts[0] == texts[1]


def break_manifest(copy):
    (copy / "manifest.json").write_text("{")


def break_request(copy):
    content = json.loads((copy / "manifest.json").read_text())
    del content["request"]["draws"]
    (copy / "manifest.json").write_text(json.dumps(content))


def change_scenario(copy):
    content = json.loads((copy / "manifest.json").read_text())
    content["request"]["scenarios"][0]["name"] = "another"
    (copy / "manifest.json").write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda copy: (copy / "manifest.json").unlink(), "this is no results folder: it holds no manifest.json"),
        (break_manifest, "this is no manifest"),
        (break_request, "this is no complete manifest"),
        (change_scenario, "does not belong to the manifest"),
        (lambda copy: (copy / "annual.nc").unlink(), "makes it anew"),
        (lambda copy: (copy / "annual.nc").write_bytes(b"no"), "this results file is cut off or damaged"),
        (lambda copy: (copy / "monthly-bands.nc").unlink(), "this results file is missing"),
        (lambda copy: write_marker(copy, Marker("x", {}, CHANGING)), "this run is not finished"),
        (shutil.rmtree, "there is no such results folder"),
    ],
)
def test_what_cannot_be_told_ends_with_a_message_and_code_2(capsys, copy, damage, message):
    (copy / "report.html").unlink(missing_ok=True)  # of an earlier test
    damage(copy)
    code, _, told = call(capsys, copy)
    assert code == 2
    assert message in told
    assert told.count("error:") == 1
    assert not (copy / "report.html").exists()


def test_a_place_that_cannot_be_written_and_a_folder_without_a_study(capsys, folder, tmp_path):
    code, _, told = call(capsys, folder, "--out", tmp_path / "absent" / "report.html")
    assert (code, "no file can be written here" in told) == (2, True)
    code, _, told = call(capsys, folder, "--study", tmp_path)
    assert (code, "no study lies here" in told) == (2, True)


def test_what_is_asked_of_a_report_comes_first(capsys, copy, tmp_path):
    code, _, _ = call(
        capsys, copy, "--of", "potash_revenue,reserves", "--year", "2018", "--out", tmp_path / "asked.html"
    )
    text = (tmp_path / "asked.html").read_text()
    assert code == 0
    assert text.index("in 2018 at the median") < text.index("trade deficit with China")
    assert 'id="fan-potash-revenue"' in text
    assert "focus" not in store.read_manifest(copy)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--of", "potash_revenu"], 'did you mean "potash_revenue"?'),
        (["--year", "2025"], "2025 is not simulated (allowed: 2017 to 2019)"),
        (["--year", "soon"], "is no year"),
    ],
)
def test_what_a_report_cannot_tell_is_one_clear_message(capsys, copy, words, says):
    code, told, problem = call(capsys, copy, *words)
    assert code == 2
    assert not told
    assert says in problem
    assert words[0] in problem
    assert problem.count("error") == 1
