"""Examples, notebooks and the pages that teach run as a reader would run them, with few draws."""

import base64
import importlib.util
import os
import pathlib
import re
import shlex
import subprocess
import sys

import pytest

from sinobel import cli, store

ROOT = pathlib.Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PAGES = {name: ROOT / "docs" / f"{name}.md" for name in ("tutorial", "events")}
NOTEBOOKS = ("how_long_can_china_wait", "what_comes_back", "who_is_pulled")
SHORT = ("--draws", "20", "--horizon", "2025-12", "--jobs", "1")
FEW = {"run": SHORT, "compare": SHORT, "money": SHORT, "attribute": SHORT, "solve": ("--draws", "60", "--jobs", "1")}
MOST = 400_000
"""Bytes of a notebook."""

pytestmark = pytest.mark.skipif(not PAGES["tutorial"].is_file(), reason="the source archive ships no examples")


def tool(name):
    """A script of docs as a module."""
    specification = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    return tmp_path


SCRIPTS = {
    "what_untying_is_worth.py": (
        ["tied imports, a year", "improve the balance with China"],
        ["what-untying-is-worth.png"],
    ),
    "a_scenario_of_your_own.py": (
        ["prudent and half untied", "debt_to_china"],
        ["own-scenario.nc", "own-scenario.csv"],
    ),
}


def test_every_example_is_run_here():
    found = {path.name for path in EXAMPLES.iterdir() if path.suffix in (".py", ".ipynb")}
    assert found == {*SCRIPTS, *(f"{name}.ipynb" for name in NOTEBOOKS)}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts(here, script):
    words, files = SCRIPTS[script]
    command = [sys.executable, str(EXAMPLES / script), "--draws", "40"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    for word in words:
        assert word in done.stdout
    for name in files:
        assert (here / name).stat().st_size > 1000
    assert not re.search(r"\bnan\b", done.stdout)


# --- notebooks -------------------------------------------------------------------------------------------------------


def shown(book):
    """Of each code cell what it shows: kinds of output, and the words of its texts without their numbers."""
    return [
        [
            (output["output_type"], sorted(output.get("data", {})))
            for output in cell.outputs
            if output.get("name") != "stderr"
        ]
        for cell in book.cells
        if cell.cell_type == "code"
    ]


@pytest.fixture
def make_notebooks():
    for library in ("nbclient", "nbformat", "ipykernel"):
        pytest.importorskip(library)
    return tool("make_notebooks")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_shows_what_it_ships_with(make_notebooks, here, monkeypatch, name):
    import nbformat

    monkeypatch.setenv("SINOBEL_DRAWS", "40")
    path = EXAMPLES / f"{name}.ipynb"
    ships = nbformat.read(path, as_version=4)
    assert path.stat().st_size < MOST
    assert shown(make_notebooks.executed(path)) == shown(ships)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_of_a_notebook_stand_as_one_run_left_them(make_notebooks, name):
    import nbformat

    book = nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == [*range(1, len(cells) + 1)]
    outputs = [output for cell in cells for output in cell.outputs]
    assert all(cell.outputs for cell in cells[1:]), "a cell shows nothing"
    assert not [output for output in outputs if output.get("name") == "stderr" or output["output_type"] == "error"]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 4
    told = "".join(str(output.get("data", {}).get("text/html", "")) for output in outputs)
    assert "<table" in told
    assert not re.search(r"\bNaN\b|object at 0x", told), "what another run would not give again"
    for file, content in make_notebooks.pictures(book).items():
        assert (make_notebooks.PICTURES / file).read_bytes() == content, f"{file} is not that of the notebook"


def test_pictures_of_the_tutorial_are_those_that_notebooks_make(make_notebooks):
    import nbformat

    books = [nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4) for name in NOTEBOOKS]
    made = {file for book in books for file in make_notebooks.pictures(book)}
    shown_there = set(re.findall(r"\]\(pictures/([^)]+)\)", PAGES["tutorial"].read_text(encoding="utf-8")))
    assert {path.name for path in make_notebooks.PICTURES.iterdir()} == made == shown_there


def test_pictures_are_made_small_without_another_size():
    pillow = pytest.importorskip("PIL.Image")
    import io

    stream = io.BytesIO()
    pillow.effect_noise((300, 200), 60).convert("RGB").save(stream, "PNG")
    output = {"data": {"image/png": base64.b64encode(stream.getvalue()).decode()}}
    tool("make_notebooks")._make_small(output)
    small = base64.b64decode(output["data"]["image/png"])
    assert len(small) < len(stream.getvalue())
    assert pillow.open(io.BytesIO(small)).size == (300, 200)


# --- pages -----------------------------------------------------------------------------------------------------------


def draw_one(drawn):
    """Other tests draw most of the charts."""
    return lambda run, figures, *more, **named: drawn(
        run, {name: figure for name, figure in figures.items() if name == "overview"}, *more, **named
    )


def call(line, here, capsys):
    """What a command of a page says, with few draws."""
    program, command, *arguments = shlex.split(line)
    assert program == "sinobel"
    few = () if arguments and (here / arguments[0]).is_dir() else FEW.get(command, ())
    with pytest.raises(SystemExit) as stop:
        cli.main([command, *arguments, *few])
    said = capsys.readouterr()
    assert not stop.value.code, f"{line}\n{said.err}"
    assert said.out, line
    return said.out


def without_live(line):
    """A live sheet takes a minute and is tested where it is made; a page may name it."""
    return "--live" not in line


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_a_page(here, capsys, monkeypatch, page):
    """Its files are written and its commands run, in the order of the page; what it shows of them is still said."""
    monkeypatch.setattr(store.Run, "add_figures", draw_one(store.Run.add_figures))
    make_tutorial, printed, ran = tool("make_tutorial"), [], []
    text = PAGES[page].read_text(encoding="utf-8")
    for _, block in make_tutorial.blocks(text):
        if block.name:
            (here / block.name).write_text(block.content, encoding="utf-8")
        elif block.language == "sh":
            lines = block.content.strip().splitlines()
            printed = [call(line, here, capsys) for line in filter(without_live, lines)]
            ran += [shlex.split(line)[1] for line in lines]
        elif block.language == "text":
            assert block.parts, "a block that nobody makes anew"
            made = make_tutorial.excerpt(printed[block.command], block.parts)
            first = words_of(block.content).split()[:3]
            assert first == words_of(made).split()[:3], f"{first} is no longer said"
    if page == "tutorial":
        steps = ["run", "compare", "explain", "validate", "solve", "attribute", "brief", "workbook", "report", "rerun"]
        assert set(steps) <= set(ran)
        assert len(text.splitlines()) <= 300
    for name in re.findall(r"`((?:results/)?[\w/-]+\.(?:nc|csv|xlsx|png))`", text):
        places = [here / name, here / "results" / "options" / name]
        assert any(place.is_file() for place in places), f"the page speaks of {name}"
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (PAGES[page].parent / link).exists(), link


def words_of(text):
    """Its words without numbers, which draws change."""
    return re.sub(r"[^A-Za-z“”' ]+", " ", text)


def test_a_line_that_is_no_longer_printed_stops_the_page():
    make_tutorial = tool("make_tutorial")
    printed = "first\nDebt 1\n  more\n\nlast\n"
    assert make_tutorial.excerpt(printed, [("Debt", "1")]) == "Debt 1\n"
    assert make_tutorial.excerpt(printed, [("Debt", "on"), ("last", "1")]) == "Debt 1\n  more\nlast\n"
    with pytest.raises(ValueError, match="no line begins with 'Loan'"):
        make_tutorial.excerpt(printed, [("Loan", "1")])
