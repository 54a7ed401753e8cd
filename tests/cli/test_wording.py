"""The two faces: one problem in the words of Python and in those of the command line."""

import ast
import pickle
import re
from pathlib import Path

import pytest

import sinobel
import sinobel.api
from sinobel.cli import main
from sinobel.cli.wording import at_the_terminal
from sinobel.inputs.reading import Failure, InputError, Problem, in_python

SOURCE = Path(sinobel.__file__).parent
VERBS = {*sinobel.api.__all__, "docs", "validate"}


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
            ("attribute", "baseline", "--of", "oil_price"),
            lambda: sinobel.attribute("baseline", of="oil_price"),
            "of 'oil_price' cannot be split",
            "--of 'oil_price' cannot be split",
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


COMMANDS = {
    "policies/schema.py",
    "reporting/documents/parameter_classes.py",
    "reporting/page/cause_sections.py",
    "reporting/page/evidence_sections.py",
    "reporting/workbook/first.py",
    "results/asking_again.py",
    "results/followed.py",
    "results/following.py",
    "results/new_scenario.py",
    "results/provenance.py",
    "results/readme.py",
    "results/run_folder.py",
    "results/saving.py",
    "results/study_folder.py",
    "results/why.py",
    "results/study_readme.py",
}
"""Rooms that write into files by which command they are made, for whoever finds them; their errors name none either."""
DESCRIPTIONS = {"column", "Field"}
"""Meanings of columns and keys, which stand in the files of a folder."""
WORDS_OF_THE_TERMINAL = re.compile(rf"(?<![\w<!(-])--[a-z]|\bsinobel (?:{'|'.join(sorted(VERBS))})\b")


def strings(tree):
    """Every text of a module but docstrings and those of declarations, and whether it is raised or a problem."""

    def walk(node, raised):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in DESCRIPTIONS:
                return
            raised = raised or called in {"InputError", "Problem", "Failure", "complain", "refuse"}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, raised
        for child in ast.iter_child_nodes(node):
            yield from walk(child, raised)

    yield from walk(tree, False)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_the_library_names_no_option_and_no_command_of_the_command_line(path):
    name = path.relative_to(SOURCE).as_posix()
    if name.startswith("cli/"):
        return
    for text, raised in strings(ast.parse(path.read_text())):
        if raised or name not in COMMANDS:
            assert not WORDS_OF_THE_TERMINAL.search(text), text


@pytest.mark.parametrize(
    ("words", "call", "python", "terminal"),
    [
        (
            ("explain", "qqqqqq"),
            lambda: sinobel.explain("qqqqqq"),
            "; sinobel.levers(), sinobel.indicators() and sinobel.scenarios() list names",
            "; `sinobel levers`, `sinobel indicators` and `sinobel scenarios` list names",
        ),
        (
            ("money", "--loan", "qqqqqq"),
            lambda: sinobel.money(loan="qqqqqq"),
            " (sinobel.loans() lists them; book,",
            " (`sinobel loans` lists them; book,",
        ),
        (
            ("solve", "--target", "gdp[2018] > 1", "--lever", "belarus.reforms"),
            lambda: sinobel.solve("gdp[2018] > 1", "belarus.reforms"),
            "? (sinobel.levers() lists them)",
            "? (`sinobel levers` lists them)",
        ),
        (
            ("report", "nowhere-at-all"),
            lambda: sinobel.report("nowhere-at-all"),
            "; make one with sinobel.run()",
            "; make one with `sinobel run`",
        ),
    ],
)
def test_what_to_call_is_told_in_the_words_of_each_face(capsys, words, call, python, terminal):
    with pytest.raises(InputError) as told:
        call()
    assert python in str(told.value)
    assert terminal in typed(capsys, *words)
