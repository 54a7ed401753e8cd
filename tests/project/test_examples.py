"""Examples and the tutorial run as a reader would run them, with few draws."""

import os
import pathlib
import re
import shlex
import subprocess
import sys

import pytest

from sinobel import cli, store

ROOT = pathlib.Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "how_long_can_china_wait.ipynb"
TUTORIAL = ROOT / "docs" / "tutorial.md"
SHORT = ("--draws", "40", "--horizon", "2022-12")
FEW = {"run": SHORT, "compare": SHORT, "money": SHORT, "attribute": ("--draws", "40"), "solve": ("--draws", "100")}

pytestmark = pytest.mark.skipif(not TUTORIAL.is_file(), reason="the source archive ships no examples")


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
    found = {path.name for path in (ROOT / "examples").iterdir() if path.suffix in (".py", ".ipynb")}
    assert found == {*SCRIPTS, "how_long_can_china_wait.ipynb"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts(here, script):
    words, files = SCRIPTS[script]
    command = [sys.executable, str(ROOT / "examples" / script), "--draws", "40"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    for word in words:
        assert word in done.stdout
    for name in files:
        assert (here / name).stat().st_size > 1000
    assert not re.search(r"\bnan\b", done.stdout)


def test_notebook(here, monkeypatch):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("SINOBEL_DRAWS", "40")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    kept = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in kept), "a notebook ships with its outputs"
    assert not any(output.get("name") == "stderr" or output["output_type"] == "error" for output in kept)
    assert NOTEBOOK.stat().st_size < 1_000_000
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    said = "".join(output.get("text", "") for output in outputs)
    assert "revenue lost" in said
    assert any("image/png" in output.get("data", {}) for output in outputs)


def test_tutorial(here, capsys, monkeypatch):
    """Its files are written and its commands run, in the order of the page. Other tests draw most of the charts."""
    drawn = store.Run.add_figures

    def draw_one(run, figures, *more, **named):
        return drawn(run, {name: figure for name, figure in figures.items() if name == "overview"}, *more, **named)

    monkeypatch.setattr(store.Run, "add_figures", draw_one)
    blocks = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    ran = []
    for language, name, content in blocks:
        if name:
            (here / name).write_text(content, encoding="utf-8")
        elif language == "sh":
            for line in content.strip().splitlines():
                program, command, *arguments = shlex.split(line)
                assert program == "sinobel"
                few = () if arguments and (here / arguments[0]).is_dir() else FEW.get(command, ())
                with pytest.raises(SystemExit) as stop:
                    cli.main([command, *arguments, *few])
                said = capsys.readouterr()
                assert not stop.value.code, f"{line}\n{said.err}"
                assert said.out, line
                ran.append(command)
    assert {"run", "explain", "validate", "compare", "solve", "rerun"} <= set(ran)
    assert "bit for bit" in said.out or "Usage" in said.out
    text = TUTORIAL.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:results/)?[\w/-]+\.(?:nc|csv|xlsx|png))`", text):
        places = [here / name, here / "results" / "options" / name]
        assert any(place.is_file() for place in places), f"the tutorial speaks of {name}"
