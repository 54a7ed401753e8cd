"""Unfinished work: kept whatever else is asked for the same place, held by one process at a time."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import sinobel
from sinobel import store
from sinobel.inputs.reading import Failure, InputError
from sinobel.policies import scenarios
from sinobel.runs.request import Request
from sinobel.store import blocks
from sinobel.store.blocks import FILES
from sinobel.store.checkpoints import Steps
from sinobel.store.locks import held
from sinobel.store.work_area import LOCK, LONG, WorkArea, unfinished

BASE = scenarios.load("baseline")
SOURCE = Path(sinobel.__file__).parent.parent
HOLD = """
import sys, time
from pathlib import Path
from sinobel.store.work_area import WorkArea
with WorkArea(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


def request(draws=512, seed=4):
    return Request((BASE,), draws, seed, horizon="2017-12")


def start(script, *words):
    environment = dict(os.environ, PYTHONPATH=str(SOURCE))
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)], stdout=subprocess.PIPE, text=True, env=environment
    )


def interrupt_after_one_block(out, asked, monkeypatch):
    """Leave a run with one finished block of 256 draws."""

    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.folders, "block_size", lambda request, jobs: 256)
        with pytest.raises(KeyboardInterrupt), store.Run(asked, out) as run:
            run.simulate(progress=stop)


def finish(out, asked, counted=None):
    with store.Run(asked, out) as run:
        run.simulate(progress=lambda done, total: counted.append(done) if counted is not None else None)
        run.finish()


def test_an_interrupted_run_survives_another_request_for_the_same_place(tmp_path, monkeypatch):
    out, done = tmp_path / "r", []
    interrupt_after_one_block(out, request(seed=4), monkeypatch)
    finish(out, request(seed=5))
    assert store.read_manifest(out)["request"]["seed"] == 5
    assert len(unfinished(out)) == 1
    finish(out, request(seed=4), done)
    assert done[0] == 256, "the finished block was simulated again"
    assert store.read_manifest(out)["request"]["seed"] == 4
    assert not (tmp_path / "r.unfinished").exists()


def test_two_interrupted_runs_are_told_the_latest_first(tmp_path, monkeypatch):
    out = tmp_path / "r"
    interrupt_after_one_block(out, request(seed=4), monkeypatch)
    time.sleep(0.02)
    interrupt_after_one_block(out, request(seed=5), monkeypatch)
    assert len(unfinished(out)) == 2
    found = store.look(out)
    assert (found.manifest["request"]["seed"], found.finished, found.name) == (5, 256, out)
    assert store.look(tmp_path / "r.unfinished").finished == 256


@pytest.mark.parametrize("what", FILES)
def test_a_damaged_block_is_simulated_again(tmp_path, monkeypatch, what):
    out, done = tmp_path / "r", []
    interrupt_after_one_block(out, request(), monkeypatch)
    block = next((tmp_path / "r.unfinished").glob(f"*/blocks/*-{what}.npy"))
    content = bytearray(block.read_bytes())
    content[len(content) // 2] ^= 1
    block.write_bytes(content)
    finish(out, request(), done)
    assert done[0] == 0
    finish(tmp_path / "whole", request())
    assert store.read_manifest(out)["result"] == store.read_manifest(tmp_path / "whole")["result"]


def test_a_block_that_finds_no_memory_is_not_called_damaged(tmp_path, monkeypatch):
    """The system gives no memory to map it into: the work stands, and the same command goes on elsewhere."""
    out = tmp_path / "r"
    interrupt_after_one_block(out, request(), monkeypatch)

    def full(*_, **__):
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    for owner, name in ((np, "load"), (blocks, "content_hash")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, full)
            with pytest.raises(MemoryError):
                finish(out, request())
    done = []
    finish(out, request(), done)
    assert done[0] > 0, "a finished block was made again"


def test_temporary_files_of_a_killed_program_are_swept(tmp_path, monkeypatch):
    out = tmp_path / "r"
    interrupt_after_one_block(out, request(), monkeypatch)
    blocks = next((tmp_path / "r.unfinished").glob("*/blocks"))
    (blocks / ".sinobel-000000256-256-annual.npy").write_bytes(b"half")
    finish(out, request())
    old, young = out / ".sinobel-0123abcd.html", out / ".sinobel-fedc0123.html"
    for file in (old, young):
        file.write_text("half")
    os.utime(old, (time.time() - 2 * LONG,) * 2)
    finish(out, request(seed=5))
    assert not old.exists()
    assert young.exists(), "a report may be being written"
    assert not list(tmp_path.rglob("*256-annual.npy"))


def test_a_second_run_is_refused_while_the_first_works_and_not_after_it_was_killed(tmp_path):
    process = start(HOLD, tmp_path / "r", "0123456789abcdef")
    try:
        assert process.stdout.readline() == "held\n"
        with (
            pytest.raises(Failure, match=rf"another run \(process {process.pid}\)"),
            store.Run(request(), tmp_path / "r"),
        ):
            pass
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    finish(tmp_path / "r", request())


def test_a_lock_file_with_the_number_of_a_living_process_refuses_nobody(tmp_path):
    with WorkArea(tmp_path / "r", "0123456789abcdef") as area:
        (area.folder / "kept").write_text("x")
    (area.area / LOCK).write_text("1")
    finish(tmp_path / "r", request())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_forked_worker_does_not_keep_the_lock_of_its_parent(tmp_path):
    file = tmp_path / "lock"
    with held(file):
        child = os.fork()
        if not child:
            time.sleep(5)
            os._exit(0)
    with held(file):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


RACE = """
import sys
from pathlib import Path
from sinobel.inputs.reading import Failure
from sinobel.store import locks
from sinobel.store.work_area import WorkArea
locks.PATIENCE = 0.0
alone, entered = Path(sys.argv[1]) / "alone", 0
print("ready", flush=True)
sys.stdin.readline()
for _ in range(150):
    try:
        with WorkArea(Path(sys.argv[1]) / "r", sys.argv[2]):
            with open(alone, "x"):
                pass
            alone.unlink()
            entered += 1
    except Failure:
        pass
print(entered, flush=True)
"""


def test_of_processes_that_race_for_a_place_one_at_a_time_gets_it(tmp_path):
    environment = dict(os.environ, PYTHONPATH=str(SOURCE))
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(tmp_path), f"{number:016x}"],
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for number in range(3)
    ]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    entered = [int(racer.stdout.readline() or -1) for racer in racers]
    assert [racer.wait() for racer in racers] == [0, 0, 0]
    assert sum(entered) >= 3, entered
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "r.unfinished"])
def test_a_name_that_no_folder_can_have_is_a_clear_message(tmp_path, name):
    with pytest.raises(InputError, match=r"choose another$"):
        WorkArea(tmp_path / name, "0")
    assert list(tmp_path.iterdir()) == []


def test_a_home_and_a_project_are_nobodys_results(tmp_path, monkeypatch):
    home, project = tmp_path / "me", tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for place in (home, project):
        with pytest.raises(InputError, match="a folder of their own"):
            store.Run(request(), place, replace=True)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc")
def test_nothing_is_said_to_be_kept_when_nothing_was_begun():
    with pytest.raises((InputError, Failure)) as caught, store.Run(request(), Path("/proc/x")):
        pass
    assert "kept" not in str(caught.value)


def test_a_run_that_finished_nothing_leaves_nothing(tmp_path):
    with pytest.raises(KeyboardInterrupt), store.Run(request(), tmp_path / "r") as run:
        run.simulate(progress=lambda done, total: (_ for _ in ()).throw(KeyboardInterrupt))
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_work_area_goes_is_named(tmp_path):
    (tmp_path / "r.unfinished").write_text("mine")
    with pytest.raises(InputError, match=r"r\.unfinished: this is no folder"), store.Run(request(), tmp_path / "r"):
        pass


def test_unfinished_work_of_others_is_told(tmp_path, monkeypatch):
    interrupt_after_one_block(tmp_path / "r", request(seed=4), monkeypatch)
    with store.Run(request(seed=5), tmp_path / "r") as run:
        assert len(run.waiting) == 1


def test_steps_of_a_study_are_kept_and_a_damaged_one_is_made_again(tmp_path):
    made = []

    def make():
        made.append(1)
        return {"x": np.arange(1000.0)}

    for _ in range(2):
        with WorkArea(tmp_path / "r", "0123456789abcdef") as area:
            Steps(area).keep("one", make)
    assert len(made) == 1
    file = next(tmp_path.rglob("one.npz"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with WorkArea(tmp_path / "r", "0123456789abcdef") as area:
        assert Steps(area).keep("one", make)["x"][-1] == 999.0
        area.done()
    assert len(made) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK rubbish", b"\x93NUMPY"])
def test_an_empty_or_cut_step_is_made_again(tmp_path, content):
    with WorkArea(tmp_path / "r", "0123456789abcdef") as area:
        Steps(area).keep("one", lambda: {"x": np.arange(3)})
        (area.folder / "steps" / "one.npz").write_bytes(content)
        assert Steps(area).keep("one", lambda: {"x": np.arange(4)})["x"].tolist() == [0, 1, 2, 3]
        area.done()
