"""A report tells what its results rested on when they were made, and says so where the program has changed since."""

import ast
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from sinobel.inputs.reading import model_folder, scenario_folder
from sinobel.results import basis, kept_basis
from tests.results.edited_basis import manifest_in, sinobel, text_of

DRAWN = False

SOURCE = pathlib.Path(basis.__file__).parents[1]
NAME = "loans.tied_share"
OF_THE_PROGRAM = {"parameters", "posterior", "evidence", "levers", "recorded", "words", "indicators"}
"""Readers of `model/`."""


def kept_of(folder):
    return kept_basis.read_kept(folder, manifest_in(folder))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("basis") / "r"
    sinobel("run", "untied-finance", "--draws", 20, "--horizon", "2018-12", "--jobs", 1, "--out", out)
    return out


@pytest.fixture
def copied(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "r")
    return tmp_path / "r"


@pytest.fixture
def changed_program(tmp_path):
    """A package of its own with its own model, in which the prior of one parameter is another one."""
    package = tmp_path / "later" / "sinobel"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__", "_shipped"))
    shutil.copytree(model_folder(), package / "_shipped" / "model")
    shutil.copytree(scenario_folder(), package / "_shipped" / "scenarios")
    file = package / "_shipped" / "model" / "parameters" / "loans.toml"
    text = file.read_text(encoding="utf-8")
    old = "low = 0.50, mode = 0.67, high = 0.90"
    assert text.count(old) == 1
    file.write_text(text.replace(old, "low = 0.611, mode = 0.67, high = 0.90"), encoding="utf-8")
    return package.parent


def run_there(program, *arguments):
    command = [sys.executable, "-m", "sinobel.cli", *map(str, arguments)]
    done = subprocess.run(
        command, env={"PYTHONPATH": str(program), "PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_fresh_report_has_no_notice(folder, tmp_path):
    sinobel("report", folder, "--out", tmp_path / "now.html")
    assert 'class="notice"' not in (tmp_path / "now.html").read_text(encoding="utf-8")


def test_after_a_changed_prior_the_old_one_is_told_and_the_page_says_so(copied, changed_program, tmp_path):
    kept = kept_of(copied).basis.parameters[NAME].prior
    explained = run_there(changed_program, "explain", NAME)
    assert "0.611" in explained, "the program has changed"
    assert kept not in explained
    run_there(changed_program, "report", copied, "--out", tmp_path / "later.html")
    text = text_of(tmp_path / "later.html")
    assert kept in text
    assert not re.search(r"\b0\.611\b", text)
    assert "The program has changed since these results were made" in text
    notice = re.search(r'<p class="notice"[^>]*>(.*?)</p>', (tmp_path / "later.html").read_text(encoding="utf-8"))[1]
    assert html.unescape(notice).count(".") == 1, "one sentence"


def test_a_folder_of_before_says_that_it_tells_todays_program(copied, changed_program, tmp_path):
    (copied / kept_basis.FILE).unlink()
    manifest = manifest_in(copied)
    del manifest["basis"]
    (copied / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    run_there(changed_program, "report", copied, "--out", tmp_path / "old.html")
    text = text_of(tmp_path / "old.html")
    assert "These results were made before folders kept what they rest on" in text
    assert "0.611" in text


def test_what_is_written_is_read_back(folder):
    assert kept_of(folder) == kept_basis.Kept(basis.basis_of(manifest_in(folder)))


def test_it_is_ours_and_the_readme_names_it(folder):
    marker = json.loads((folder / ".sinobel.json").read_text(encoding="utf-8"))
    assert kept_basis.FILE in marker["files"]
    assert f"`{kept_basis.FILE}`" in (folder / "README.md").read_text(encoding="utf-8")
    assert (folder / kept_basis.FILE).stat().st_size < 900_000


def test_it_holds_changes_scores_and_the_evidence_of_what_it_names(folder):
    kept = kept_of(folder).basis
    [change] = [each for each in kept.changes["untied-finance"] if each.lever == "china.tied_share"] or kept.changes[
        "untied-finance"
    ][:1]
    assert change.sentence
    assert change.why
    assert kept.track_record["balance_with_china"]["label"] == "Trade balance with China"
    assert {cited for each in kept.parameters.values() for cited in each.evidence} <= set(kept.citations)
    assert all(text for name in kept.terms for _, text in kept.lines(name))


@pytest.mark.parametrize(
    "words",
    [
        ("attribute", "untied-finance", "baseline", "--year", 2018),
        ("money", "baseline"),
    ],
    ids=["attribute", "money"],
)
def test_folders_of_one_question_keep_it_too_and_their_reports_rest_on_it(words, tmp_path):
    """A text that is edited there comes out in the report."""
    folder = tmp_path / "r"
    sinobel(*words, "--draws", 8, "--out", folder)
    assert kept_of(folder) == kept_basis.Kept(basis.basis_of(manifest_in(folder)))
    assert f"`{kept_basis.FILE}`" in (folder / "README.md").read_text(encoding="utf-8")
    content = json.loads((folder / kept_basis.FILE).read_text(encoding="utf-8"))
    content["sentences"]["unidentified"] = "As it was written then."
    (folder / kept_basis.FILE).write_text(json.dumps(content), encoding="utf-8")
    sinobel("report", folder)
    assert "As it was written then." in text_of(folder / "report.html")


def test_a_folder_that_was_made_again_keeps_it_too(folder, tmp_path):
    sinobel("rerun", folder, "--out", tmp_path / "again")
    assert kept_of(tmp_path / "again").basis == kept_of(folder).basis


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            yield node.module


@pytest.mark.parametrize(
    "path",
    [*(SOURCE / "reporting" / "page").glob("*.py"), *(SOURCE / "reporting" / "charts").glob("*.py")]
    + [SOURCE / "reporting" / name for name in ("basis.py", "result_data.py", "words/answer.py")]
    + [SOURCE / "reporting" / name for name in ("tables/iamc.py",)]
    + [*(SOURCE / "reporting" / "workbook").glob("*.py")],
    ids=lambda path: path.name,
)
def test_nothing_of_a_page_reads_the_model(path):
    read = {f"sinobel.inputs.{name}" for name in OF_THE_PROGRAM} | {"sinobel.reporting.words.explain"}
    assert not read & set(imported(path))
