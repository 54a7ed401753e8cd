"""The two faces: one problem in the words of Python and in those of the command line."""

import pickle
import re
from pathlib import Path

import pytest

import sinobel
from sinobel.cli import main
from sinobel.cli.wording import at_the_terminal
from sinobel.inputs.reading import Failure, InputError, Problem, in_python

SOURCE = Path(sinobel.__file__).parent


def typed(capsys, *words):
    with pytest.raises(SystemExit) as end:
        main(list(words))
    assert end.value.code == 2
    return capsys.readouterr().err.removeprefix("error: ").rstrip("\n")


@pytest.mark.parametrize(
    ("words", "call", "python", "terminal"),
    [
        (
            ("solve", "--target", "gdp[2018] > 1", "--lever", "belarus.reform", "--probability", "3"),
            lambda: sinobel.solve("gdp[2018] > 1", "belarus.reform", probability=3),
            "probability must lie between 0 and 1",
            "--probability must lie between 0 and 1",
        ),
        (
            ("solve", "--target", "gdp[2018] > 1", "--lever", "belarus.reform", "--from", "2019-01"),
            lambda: sinobel.solve("gdp[2018] > 1", "belarus.reform", start="2019-01"),
            "start 2019-01 is outside",
            "--from 2019-01 is outside",
        ),
        (
            ("solve", "--target", "gdp[2017] > 1", "--lever", "belarus.reform"),
            lambda: sinobel.solve("gdp[2017] > 1", "belarus.reform"),
            "say when with start,",
            "say when with --from,",
        ),
        (
            ("run", "--keep", "all"),
            lambda: sinobel.run(keep="all"),
            "keep 'all' is not allowed",
            "--keep 'all' is not allowed",
        ),
        (
            ("discover", "baseline"),
            lambda: sinobel.discover("baseline"),
            "either with fails, or with against, a scenario, and better, an indicator",
            "either with --fails, or with --against, a scenario, and --better, an indicator",
        ),
        (
            ("attribute", "baseline", "--of", "gdp"),
            lambda: sinobel.attribute("baseline", of="gdp"),
            "of 'gdp' cannot be split",
            "--of 'gdp' cannot be split",
        ),
    ],
)
def test_a_problem_is_told_in_the_words_of_each_face(capsys, words, call, python, terminal):
    with pytest.raises(InputError) as told:
        call()
    assert str(told.value).startswith(python) or f" {python}" in str(told.value)
    assert "--" not in str(told.value)
    assert terminal in typed(capsys, *words)


def test_a_place_that_cannot_be_used_is_told_in_the_words_of_each_face(capsys, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("mine")
    run = sinobel.run("baseline", draws=2, horizon="2017-12")
    with pytest.raises(InputError) as told:
        sinobel.save(run, tmp_path / "mine")
    ends = "which moves what is in the way to mine.replaced-1 first"
    assert str(told.value).endswith(f"choose another folder, or replace=True, {ends}")
    words = typed(capsys, "run", "--draws", "2", "--out", str(tmp_path / "mine"))
    assert words.endswith(f"choose another folder with --out, or --replace, {ends}")


def test_hints_survive_a_process():
    error = InputError(Problem(" is wrong", "file", 3, argument="start", hint="choose another with {out}"))
    assert str(error) == "file:3: start is wrong; choose another"
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    failure = pickle.loads(pickle.dumps(Failure("it failed", "choose another with {out}")))
    assert str(failure) == "it failed; choose another"
    assert failure.told(at_the_terminal) == "it failed; choose another with --out"
    assert in_python("say it with {better} or {replace}") == "say it with better or replace=True"


ALLOWED = {
    "reporting/page/cause_sections.py",
    "reporting/words/explain.py",
    "results/provenance.py",
    "results/run_folder.py",
    "results/following.py",
}
"""Rooms that tell whole commands to be copied."""


def test_the_library_names_no_options_of_the_command_line():
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith("cli/") or name in ALLOWED:
            continue
        code = re.sub(r'"""(?:.|\n)*?"""|#[^\n]*', "", path.read_text())
        assert not re.search(r"""(?<![\w<!(])--[a-z]""", code), name
