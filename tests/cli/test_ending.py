"""However a command ends: an exit code, one message, and never a traceback."""

import os
import pathlib
import re
import subprocess
import sys
import time

import pytest

import sinobel
from sinobel import cli
from sinobel.cli import commands
from sinobel.inputs.reading import InputError, Problem

SOURCE = pathlib.Path(sinobel.__file__).parent.parent
ASK = f"{sys.executable} -m sinobel.cli"


def shell(line, folder, **settings):
    """Exit code of the last command of a line, and what it said on standard error."""
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "TMPDIR": str(folder)} | settings
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("levers > /dev/full", 1, "No space left on device"),
        ("levers --format json > /dev/full", 1, "No space left on device"),
        ("--help > /dev/full", 1, "No space left on device"),
        ("levers >&-", 1, "standard output is closed"),
        ("levers 2>&- > /dev/null", 0, ""),
        ("validate nothing 2> /dev/full", 2, ""),
        ("validate nothing 2>&-", 2, ""),
        ("levers <&- > /dev/null", 0, ""),
    ],
)
@pytest.mark.parametrize("buffered", ["", "1"])
def test_output_that_cannot_be_written(line, code, told, buffered, tmp_path):
    found, said = shell(f"{ASK} {line}", tmp_path, PYTHONUNBUFFERED=buffered)
    assert found == code
    assert told in said
    assert said.count("\n") == bool(told), said
    assert not list(tmp_path.iterdir())


def test_a_pipe_that_nobody_reads_ends_quietly(tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    done = subprocess.run([*ASK.split(), "levers"], stdout=writer, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_letters_that_a_terminal_does_not_have_are_written_as_escapes(tmp_path):
    assert shell(f"{ASK} levers > out", tmp_path, PYTHONIOENCODING="ascii") == (0, "")


def test_a_folder_that_is_gone_is_told(tmp_path):
    code, said = shell(f'mkdir gone && cd gone && rmdir "$PWD" && {ASK} validate baseline', tmp_path)
    assert (code, said) == (1, "error: the current folder is no longer there; change to another one\n")


def ends(error, monkeypatch, capsys):
    """Exit code and message of a command in which something happens."""

    def raised(arguments):
        raise error

    monkeypatch.setattr(commands, "obey", raised)
    with pytest.raises(SystemExit) as stop:
        cli.main(["run", "a b", "--draws", "3"])
    return stop.value.code, capsys.readouterr().err


def test_an_accident_leaves_a_log_to_send(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TOKEN", "very secret")
    for _ in range(2):
        code, said = ends(KeyError("what nobody foresaw"), monkeypatch, capsys)
        assert code == 1
        assert said.count("\n") == 1
        assert "KeyError" in said
        assert "Traceback" not in said
    file = pathlib.Path(re.search(r"with the file (\S+),", said)[1])
    text = file.read_text()
    for part in (
        "sinobel run 'a b' --draws 3",
        "Traceback",
        "what nobody foresaw",
        f"numpy     {__import__('numpy').__version__}",
    ):
        assert part in text
    assert "secret" not in text
    assert len(list(tmp_path.iterdir())) == 2, "one log never takes the place of another"
    assert file.stat().st_mode & 0o77 == 0, "for its owner alone"


def test_an_accident_without_room_for_a_log(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    code, said = ends(ZeroDivisionError(), monkeypatch, capsys)
    assert code == 1
    assert "ZeroDivisionError" in said
    assert "No log could be written (No such file or directory)" in said


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 1, "interrupted"),
        (MemoryError(), 1, "not enough memory"),
        (OSError(12, "Cannot allocate memory"), 1, "not enough memory"),
        (OSError(28, "No space left on device", "here"), 1, "the system refused: No space left on device (here)"),
        (SystemExit("some words"), 1, "some words"),
        (InputError([Problem(f"number {place}") for place in range(10_000)]), 2, "and 9,950 more"),
    ],
)
def test_every_other_end(error, code, told, monkeypatch, capsys):
    found, said = ends(error, monkeypatch, capsys)
    assert found == code
    assert told in said
    assert 1 <= said.count("\n") <= 51


# --- inputs without measure ------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys, *arguments, within=2.0):
    """What a refused command says, within some seconds."""
    before = time.process_time()
    with pytest.raises(SystemExit) as stop:
        cli.main([str(argument) for argument in arguments])
    assert time.process_time() - before < within
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") <= 51
    return said


def test_ten_thousand_unknown_levers_are_answered_at_once(here, capsys):
    changes = (f'[[change]]\nlever="china.tied_shar{place}"\nfrom="2018-01"\nvalue=0\n' for place in range(10_000))
    (here / "many.toml").write_text("".join(changes))
    said = refused(capsys, "validate", "many.toml", within=4)
    assert "and 9,950 more" in said
    assert said.count("did you mean") == 20


def test_a_next_error_has_its_own_suggestions(here, capsys):
    test_ten_thousand_unknown_levers_are_answered_at_once(here, capsys)
    assert "did you mean" in refused(capsys, "validate", "baselin")


@pytest.mark.parametrize("command", [("validate",), ("compare", "baseline", "untied-finance", "--objectives")])
def test_what_is_no_ordinary_file_is_refused_at_once(here, command, capsys):
    with open("large.toml", "wb") as stream:
        stream.truncate(1 << 40)
    os.mkfifo("pipe.toml")
    os.mkdir("folder.toml")
    os.symlink("/dev/zero", "zero.toml")
    assert "at most 1,000,000 bytes are read" in refused(capsys, *command, "large.toml")
    for name in ("pipe", "folder", "zero"):
        assert f"{name}.toml" in refused(capsys, *command, f"{name}.toml")


def test_a_chain_of_scenarios_has_an_end(here, capsys):
    for place in range(60):
        below = f'extends = "s{place - 1}"' if place else ""
        (here / f"s{place}.toml").write_text(f'question = "?"\n{below}\n')
    assert "more than 20 scenarios extend one another" in refused(capsys, "validate", "s59.toml")
    with pytest.raises(SystemExit) as stop:
        cli.main(["validate", "s20.toml"])
    assert not stop.value.code


def test_large_scenarios_are_stacked_at_once(here, capsys):
    for end, name in enumerate(("one", "two")):
        days = (f"{year}-{month:02d}" for year in range(2017, 2060) for month in range(1, 13))
        levers = [lever for lever in sinobel.inputs.levers.all_levers().values() if lever.kind == "number"][:20]
        text = "".join(
            f'[[change]]\nlever="{lever.name}"\nfrom="{day}"\nvalue={lever.range[end]}\n'
            for day in days
            for lever in levers
        )
        (here / f"{name}.toml").write_text(text)
    assert "may not set one lever in the same months" in refused(
        capsys, "run", "one.toml", "--with", "two.toml", "--horizon", "2059-12", within=8
    )


def test_a_home_that_cannot_be_written_is_no_news(tmp_path):
    """Charts are drawn all the same; a library must not warn about the place where it would keep its own things."""
    (tmp_path / "file").touch()
    line = f"{ASK} solve --target 'exports_to_china[2018]>=900' --lever china.tied_share --draws 3 --out study"
    code, said = shell(line, tmp_path, HOME=str(tmp_path / "file" / "home"), MPLCONFIGDIR="")
    assert (code, said) == (0, "")


def test_ctrl_c_before_and_after_a_command_is_one_message(monkeypatch, capsys):
    from sinobel.cli import ending

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(ending, "ended", interrupted)
    with pytest.raises(SystemExit) as stop:
        cli.main(["levers"])
    assert (stop.value.code, capsys.readouterr().err) == (1, "error: interrupted\n")


@pytest.mark.parametrize("moment", ["make_context", "resolve_command", "invoke"])
def test_ctrl_c_while_words_are_read_is_one_message(moment, monkeypatch, capsys):
    """Seen once in a loaded run: typer ended the program with 130 and no word."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.Commands, moment, interrupted)
    with pytest.raises(SystemExit) as stop:
        cli.main(["levers"])
    said = capsys.readouterr().err
    assert (stop.value.code, said.splitlines()[0][:18], said.count("\n")) == (1, "error: interrupted", 1)


def test_ctrl_c_while_something_is_cleaned_up_is_not_lost(monkeypatch, capsys):
    class Cleaned:
        def __del__(self):
            raise KeyboardInterrupt

    def work(arguments):
        Cleaned()
        time.sleep(20)
        raise AssertionError("it went on")

    monkeypatch.setattr(commands, "obey", work)
    with pytest.raises(SystemExit) as stop:
        cli.main(["levers"])
    assert (stop.value.code, capsys.readouterr().err) == (1, "error: interrupted\n")
