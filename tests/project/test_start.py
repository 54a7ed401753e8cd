"""The start script: plain words when it cannot set up; `start.py run` itself is what CI and users type."""

import importlib.util
import pathlib
import signal
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture
def start(tmp_path):
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HOME = tmp_path / "home of ü" / ".venv"
    return module


def test_a_python_without_pip_is_told(start, monkeypatch):
    def without(*_, **__):
        start.HOME.mkdir(parents=True, exist_ok=True)
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
    monkeypatch.setattr(start, "obeyed", lambda command, held: done.append(command) or 1)
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


def test_an_environment_of_the_user_stays(start):
    mine = start.HOME / "lib" / "mine.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("my work")
    with pytest.raises(SystemExit, match="so it stays"):
        start.make_environment(with_pip=False)
    assert mine.read_text() == "my work"


def test_half_an_environment_of_ours_is_made_anew(start, monkeypatch):
    monkeypatch.setattr(start.venv, "create", lambda *_, **__: None)
    start.make_environment(with_pip=False)
    (start.HOME / "lib").mkdir()
    (start.HOME / "lib" / "half.py").touch()
    start.make_environment(with_pip=False)
    assert [each.name for each in start.HOME.iterdir()] == [start.OURS]


def test_what_is_whole_is_added_to_and_what_an_upgrade_left_half_is_not(start, monkeypatch):
    """A mark of another time must not make half an upgrade pass for an environment."""
    made = []
    monkeypatch.setattr(start, "make_environment", lambda **_: made.append(1))
    monkeypatch.setattr(start, "obeyed", lambda command, held: 1)
    start.python().parent.mkdir(parents=True)
    start.python().touch()
    other = start.HOME / "installed-requirements"
    for text, expected in ((start.stamp(ROOT / "requirements.lock"), 0), ("of last year", 1)):
        other.write_text(text)
        with pytest.raises(SystemExit, match="Setting up failed"):
            start.install(ROOT / "requirements-dev.lock")
        assert len(made) == expected


def test_a_machine_without_a_compiler_is_set_up_all_the_same(start, monkeypatch, capsys):
    done = []

    def obeyed(command, held, errors=None):
        done.append(pathlib.Path(command[-1]).name)
        return int(command[-1] == str(start.COMPILED))

    monkeypatch.setattr(start, "obeyed", obeyed)
    start.install(ROOT / "requirements.lock")
    assert done == ["requirements.lock", "requirements-compiled.lock"]
    assert "llvmlite could not be installed" in capsys.readouterr().out
    start.install(ROOT / "requirements.lock")
    assert len(done) == 2, "tried again"


SETS_UP = """
import importlib.util, pathlib, subprocess, sys, time
spec = importlib.util.spec_from_file_location("start", sys.argv[1])
start = importlib.util.module_from_spec(spec)
spec.loader.exec_module(start)
start.HOME = pathlib.Path(sys.argv[2])
start.pip_reaches_out = lambda: True
honest = start.obeyed
work = "import time; print('installing', flush=True); time.sleep(1); print('installed', flush=True)"
outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"  # as pip --python does
start.obeyed = lambda command, held: honest([sys.executable, "-c", outer], held)
sys.argv = ["start.py"]
start.install(start.HERE / "requirements.lock")
"""


def sets_up(home, script):
    command = [sys.executable, "-c", SETS_UP, script, home]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def script(tmp_path):
    """A copy of the script: the lock is on the file, and others may be setting up here."""
    for name in ("start.py", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path / "start.py"


def test_two_at_once_set_up_once(tmp_path, script):
    both = [sets_up(tmp_path / ".venv", script) for _ in range(2)]
    said = [each.communicate(timeout=60) for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    out = "".join(text for text, _ in said)
    assert out.count("installing") == 1
    assert out.count("Another start is setting up; waiting for it.") == 1
    assert all(not errors for _, errors in said)


@pytest.mark.skipif(sys.platform == "win32", reason="there the lock ends with the script")
def test_pip_of_a_killed_start_is_waited_for(tmp_path, script):
    first = sets_up(tmp_path / ".venv", script)
    assert "Setting up" in first.stdout.readline()
    assert first.stdout.readline() == "installing\n"
    first.kill()
    first.wait()
    second = sets_up(tmp_path / ".venv", script)
    said, errors = second.communicate(timeout=60)
    assert second.returncode == 0, errors
    assert said.splitlines()[0] == "Another start is setting up; waiting for it."
    assert said.count("installing") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_pip_started_ends_with_an_interrupted_start(tmp_path, script):
    first = sets_up(tmp_path / ".venv", script)
    assert "Setting up" in first.stdout.readline()
    assert first.stdout.readline() == "installing\n"
    first.send_signal(signal.SIGINT)
    said, _ = first.communicate(timeout=60)
    assert first.returncode
    assert "installed" not in said


@pytest.mark.parametrize(("words", "inside"), [(["--", "levers"], False), (["run"], True), (["test", "x"], True)])
def test_commands_work_on_files_of_the_folder_one_is_in(start, monkeypatch, words, inside):
    asked = []

    def called(command, *, cwd, env, check):
        asked.append((command[1:], cwd))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(start, "install", lambda lock: None)
    monkeypatch.setattr(start.subprocess, "run", called)
    assert start.main(words) == 0
    ((command, where),) = asked
    assert where == (start.HERE if inside else None)
    assert inside or command == ["-P", "-m", "sinobel.cli", "levers"]
