"""The start script: plain words when it cannot set up; `start.py run` itself is what CI and users type."""

import importlib.util
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent


@pytest.fixture
def start(tmp_path):
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HOME = tmp_path / "home of ü" / ".venv"
    return module


def test_a_python_without_pip_is_told(start, monkeypatch):
    def without(*_, **__):
        start.HOME.mkdir(parents=True)
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(start.venv, "create", without)
    with pytest.raises(SystemExit, match="has no pip"):
        start.make_environment(with_pip=True)
    assert not start.HOME.exists(), "half an environment is left"


def test_a_folder_that_cannot_be_written_is_told(start, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(start.venv, "create", refuse)
    with pytest.raises(SystemExit, match="cannot be made: Permission denied"):
        start.make_environment(with_pip=False)


def test_an_installation_is_known_by_lock_and_python(start, monkeypatch):
    """What is there already is not installed again; anything else is."""
    done = []
    monkeypatch.setattr(
        start.subprocess,
        "run",
        lambda command, **_: done.append(command) or subprocess.CompletedProcess(command, 1, "", ""),
    )
    lock = ROOT / "requirements.lock"
    start.python().parent.mkdir(parents=True)
    start.python().touch()
    mark = start.HOME / "installed-requirements"
    mark.write_text(start.stamp(lock))
    start.install(lock)
    assert not done
    mark.write_text("another lock")
    monkeypatch.setattr(start.venv, "create", lambda *_, **__: None)
    with pytest.raises(SystemExit, match="Setting up failed"):
        start.install(lock)
    assert not mark.exists()
    assert any("--require-hashes" in command for command in done)


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--help"], 0), (["frobnicate"], 2)])
def test_words_it_does_not_know(words, code):
    said = subprocess.run([sys.executable, ROOT / "start.py", *words], check=False, capture_output=True, text=True)
    assert said.returncode == code
    assert "python3 start.py run" in said.stdout


@pytest.mark.parametrize(
    ("where", "code", "told"),
    [("> /dev/full", 1, "No space left on device"), (">&-", 0, ""), ("2>&- > /dev/null", 0, "")],
)
def test_help_that_cannot_be_printed(where, code, told):
    script = ROOT / "start.py"
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} {script} {where}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert told in done.stderr
    assert done.stderr.count("\n") == bool(told), done.stderr
