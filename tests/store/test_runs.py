"""Results folders: complete or marked unfinished, resumed after a kill, never mixed."""

import errno
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from sinobel import store
from sinobel.inputs.reading import Failure, InputError
from sinobel.policies import scenarios
from sinobel.runs.request import Request

BASE = scenarios.load("baseline")
OPTION = scenarios.load("cartel-restored")
SOURCE = pathlib.Path(store.__file__).parent.parent.parent


def request(draws=700, policies=(BASE, OPTION), **more):
    return Request(tuple(policies), draws, 4, horizon="2019-12", **more)


def finished(out, asked=None, jobs=1, **more):
    with store.Run(asked or request(), out) as run:
        results = run.simulate(jobs, **more)
        run.finish()
    return results


def test_a_folder_holds_what_it_says(tmp_path):
    results = finished(tmp_path / "r")
    again = store.read_results(tmp_path / "r")
    assert again.manifest == results.manifest
    assert again.annual["exports_to_china"].shape == (2, 700, 3)
    assert np.allclose(again.annual["gdp"], results.annual["gdp"], rtol=1e-6)
    assert not (tmp_path / "r.unfinished").exists()
    for name in ("exports_to_china", "debt_to_gdp"):
        for field in ("units", "long_name", "kind", "source"):
            assert again.annual[name].attrs[field]
    assert json.loads(again.bands.attrs["manifest"])["hashes"]["evidence"]


def test_results_on_disk_are_those_in_memory(tmp_path):
    import sinobel

    results = finished(tmp_path / "r")
    memory = sinobel.annual(sinobel.compare([BASE, OPTION], draws=700, seed=4, horizon="2019-12"))
    for name in results.annual:
        assert np.array_equal(memory[name], results.annual[name], equal_nan=True), name


def test_bands_are_quantiles_of_all_draws(tmp_path):
    import sinobel

    results = finished(tmp_path / "r")
    monthly = sinobel.compare([BASE, OPTION], draws=700, seed=4, horizon="2019-12")
    for name in ("exports_to_china", "debt_to_gdp"):
        expected = monthly[name].quantile(0.9, dim="draw")
        assert np.allclose(results.bands[name].sel(band="p90"), expected, rtol=1e-5)


def test_jobs_and_executor_make_the_same_result(tmp_path):
    import concurrent.futures

    one = finished(tmp_path / "a").manifest["result"]
    assert finished(tmp_path / "b", jobs=2).manifest["result"] == one
    with concurrent.futures.ThreadPoolExecutor(2) as executor, store.Run(request(), tmp_path / "c") as run:
        assert run.simulate(executor=executor).manifest["result"] == one


def test_an_interrupted_run_keeps_its_blocks_and_goes_on(tmp_path, monkeypatch):
    out = tmp_path / "r"
    asked = request(1500)
    expected = finished(tmp_path / "whole", asked).manifest["result"]
    done = []

    def stop_after_one(finished, total):
        done.append(finished)
        if finished > 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(store.folders, "block_size", lambda request, jobs: 256)
    with pytest.raises(KeyboardInterrupt), store.Run(asked, out) as run:
        run.simulate(progress=stop_after_one)
    assert not out.exists()
    assert (tmp_path / "r.unfinished").is_dir()
    with pytest.raises(InputError, match="not finished"):
        store.read_manifest(out)
    simulated = []
    honest = store.blocks.BlockFiles.simulate

    def counted(file, request):
        simulated.append(file.block.first)
        return honest(file, request)

    monkeypatch.setattr(store.blocks.BlockFiles, "simulate", counted)
    assert finished(out, asked).manifest["result"] == expected
    assert 0 not in simulated
    assert len(simulated) == 5


KILLED = """
import sys, time
from pathlib import Path
from sinobel import store
from sinobel.policies import scenarios
from sinobel.runs.request import Request
import sinobel.store.folders
store.folders.block_size = lambda request, jobs: 256
request = Request((scenarios.load("baseline"),), 2000, 4, horizon="2019-12")
with store.Run(request, Path(sys.argv[1])) as run:
    run.simulate(progress=lambda done, total: (print(done, flush=True), time.sleep(0.3)))
    run.finish()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("blocks_first", [0, 1, 3])
def test_a_killed_run_loses_nothing_that_was_finished(tmp_path, blocks_first):
    environment = dict(os.environ, PYTHONPATH=str(SOURCE))
    command = [sys.executable, "-c", KILLED, str(tmp_path / "r")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    for _ in range(blocks_first + 1):
        process.stdout.readline()
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "r").exists()
    work = tmp_path / "r.unfinished"
    kept = list(work.glob("*/blocks/*-finished.json"))
    assert len(kept) >= blocks_first
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    assert (tmp_path / "r" / "manifest.json").is_file()
    assert not work.exists()
    asked = Request((BASE,), 2000, 4, horizon="2019-12")
    assert store.read_manifest(tmp_path / "r")["result"] == finished(tmp_path / "whole", asked).manifest["result"]


def test_blocks_of_another_request_are_not_used(tmp_path):
    out = tmp_path / "r"
    with store.Run(request(seed_changes := 700), out) as run:
        run.simulate()
    other = Request((BASE, OPTION), seed_changes, 5, horizon="2019-12")
    assert finished(out, other).manifest["result"] == finished(tmp_path / "fresh", other).manifest["result"]


def test_a_finished_folder_is_replaced_only_by_a_finished_one(tmp_path):
    out = tmp_path / "r"
    finished(out)
    before = (out / "manifest.json").read_text()
    with store.Run(request(300), out) as run:
        run.simulate()
    assert (out / "manifest.json").read_text() == before
    finished(out, request(300))
    assert store.read_manifest(out)["request"]["draws"] == 300


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="is not this program's"), store.Run(request(), tmp_path / "mine"):
        pass
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_file_in_the_way_is_a_clear_message(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="a file, not a folder"), store.Run(request(), tmp_path / "file"):
        pass
    with pytest.raises(InputError, match="no folder"), store.Run(request(), tmp_path / "file" / "below"):
        pass


@pytest.mark.parametrize("place", [".", "", "..", "/"])
def test_the_current_folder_and_the_root_cannot_become_results(tmp_path, monkeypatch, place):
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    with pytest.raises(InputError, match="a folder of their own"):
        store.Run(request(), pathlib.Path(place))
    assert not list(tmp_path.rglob("*.unfinished"))


def test_a_disk_that_can_only_be_read_is_bad_input(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(pathlib.Path, "mkdir", refuse)
    with pytest.raises(InputError, match="cannot be written"), store.Run(request(), tmp_path / "r"):
        pass


def _workers_of(parent):
    """Numbers of the living processes that a process started."""
    return [int(child) for child in pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


WORKERS = """
import time
from sinobel.runs import executors
with executors.pool(3) as runner:
    list(runner.map(abs, range(30)))
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not pathlib.Path("/proc/self/task").is_dir(), reason="needs the process table of Linux")
def test_workers_end_when_their_parent_is_killed():
    process = subprocess.Popen(
        [sys.executable, "-c", WORKERS], stdout=subprocess.PIPE, text=True, env=dict(os.environ, PYTHONPATH=str(SOURCE))
    )
    assert process.stdout.readline() == "ready\n"
    workers = _workers_of(process.pid)
    assert workers
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(pathlib.Path(f"/proc/{worker}").exists() for worker in workers):
        time.sleep(0.05)
    left = [worker for worker in workers if pathlib.Path(f"/proc/{worker}").exists()]
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert not left, "orphans wait for work that never comes"


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="room on the disk cannot be taken in advance here")
def test_a_full_disk_is_a_clear_message_and_keeps_what_is_done(tmp_path, monkeypatch):
    def full(file, start, length):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(Failure, match="the disk is full"), store.Run(request(), tmp_path / "r") as run:
        run.simulate()
    monkeypatch.undo()
    finished(tmp_path / "r")


@pytest.mark.parametrize("name", ["annual.nc", "monthly-bands.nc", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "noise", "gone"])
def test_a_damaged_results_file_is_a_clear_message(tmp_path, name, damage):
    finished(tmp_path / "r", request(20))
    path = tmp_path / "r" / name
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"\x00\x01" * 400)
    with pytest.raises(InputError) as caught:
        store.read_results(tmp_path / "r")
    assert name in str(caught.value) or damage == "gone"


def test_memory_is_bounded_by_the_block():
    """Peak memory of a run on disk hardly grows with the number of draws."""
    script = (
        "import resource, sys, tempfile\nfrom pathlib import Path\n"
        "from sinobel import store\nfrom sinobel.policies import scenarios\nfrom sinobel.runs.request import Request\n"
        "store.folders.block_size = lambda request, jobs: 256\n"
        "request = Request((scenarios.load('baseline'),), int(sys.argv[1]), 4, horizon='2018-12')\n"
        "with store.Run(request, Path(tempfile.mkdtemp()) / 'r') as run:\n    run.simulate(keep='summary')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    peak = {}
    for draws in (256, 8 * 256):
        environment = dict(os.environ, PYTHONPATH=str(SOURCE))
        done = subprocess.run(
            [sys.executable, "-c", script, str(draws)], capture_output=True, text=True, env=environment, check=True
        )
        peak[draws] = int(done.stdout) / 1024
    assert peak[8 * 256] - peak[256] < 40, peak


def test_a_run_of_one_indicator_has_no_examples(tmp_path):
    results = finished(tmp_path / "r", request(20, indicators=("gdp",)))
    assert results.examples is None
    assert store.read_results(tmp_path / "r").annual["gdp"].shape == (2, 20, 3)
