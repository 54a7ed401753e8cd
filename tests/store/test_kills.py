"""Commands that are killed at any moment, a sample of `benchmarks/kill_at_random.py`: what must hold stands there."""

import os
import pathlib
import signal
import subprocess
import sys
import threading

import pytest

from sinobel.runs import executors

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import kill_at_random  # noqa: E402

sys.path.pop(0)
pytestmark = pytest.mark.skipif(not pathlib.Path("/proc/self/task").is_dir(), reason="needs the process table of Linux")


@pytest.fixture(scope="module")
def yard(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT / "src"))
        study = "solve --target exports_to_china[2018]>=900 --lever china.tied_share --draws 20 --jobs 2"
        patch.setitem(kill_at_random.COMMANDS, "solve", study)
        yield kill_at_random.Yard(tmp_path_factory.mktemp("yard"), ["solve"])


@pytest.mark.parametrize(
    ("which", "target", "part", "filled"),
    [
        (signal.SIGKILL, "process", 0.6, True),
        (signal.SIGKILL, "worker", 0.45, False),
        (signal.SIGINT, "group", 0.5, False),
        (signal.SIGINT, "group", 0.8, True),
        (signal.SIGINT, "process", 0.1, False),
        (signal.SIGTERM, "group", 0.7, True),
    ],
)
def test_nothing_is_lost_and_nothing_is_left(yard, which, target, part, filled, request):
    number = request.node.callspec.indices["part"]
    assert yard.kill("solve", number, which, target, part, filled=filled) == []


IN_PARALLEL = """
import os, pathlib, sys, threading, time
from sinobel.runs import executors

told = pathlib.Path(sys.argv[1])

def wait():
    os.write(1, b"ready\\n")  # at once: two processes print to one pipe
    until_told()

def later():
    os.write(1, b"begun\\n")
    until_told()

def until_told():
    end = time.monotonic() + 60
    while not told.exists() and time.monotonic() < end:
        time.sleep(0.02)

def shutdown(pool, shutdown=executors.Pool.shutdown, **how):
    threading.Timer(1.0, told.touch).start()  # what works goes on until the pool has dropped what waits
    shutdown(pool, **how)

executors.Pool.shutdown = shutdown
try:
    executors.in_parallel([lambda: None, wait, *[later] * LATER], 2)
except KeyboardInterrupt:
    sys.exit(3)
"""


@pytest.mark.parametrize("later", [0, 4])
def test_ctrl_c_reaches_workers_and_they_leave_it_to_their_parent(later, tmp_path):
    """Workers print nothing of their own, whether they work or wait; what is in the queue does not begin."""
    command = [sys.executable, "-c", IN_PARALLEL.replace("LATER", str(later)), str(tmp_path / "told")]
    pipe, environment = subprocess.PIPE, os.environ | {"PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True, env=environment)
    before = []
    while not before or before[-1] not in ("ready\n", ""):  # another task may be first to say something
        before.append(process.stdout.readline())
    os.killpg(process.pid, signal.SIGINT)
    try:
        out, said = process.communicate(timeout=100)
    finally:
        for each in kill_at_random.of_session(process.pid):
            os.kill(each, signal.SIGKILL)
    assert (process.returncode, said) == (3, "")
    assert ("".join(before) + out).count("begun") <= 1, "what waited has begun"


@pytest.mark.parametrize(
    "work",
    [
        lambda: executors.in_parallel([int, int], 2),
        lambda: list(executors.run_blocks(int, None, [1, 2], 2)),
    ],
)
def test_ctrl_c_that_python_answers_with_a_complaint_about_a_lock_is_still_ctrl_c(work, monkeypatch):
    """Seen once in 180 interruptions: the lock of a condition is given back that was never taken."""

    def complain(*_, **__):
        try:
            raise KeyboardInterrupt
        finally:
            threading.Lock().release()

    monkeypatch.setattr(executors.Pool, "submit", complain)
    with pytest.raises(KeyboardInterrupt):
        work()
