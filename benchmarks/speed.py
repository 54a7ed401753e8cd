"""Speed and memory of ensembles, as ratios measured in one run: `.venv/bin/python benchmarks/speed.py`.

Every measurement runs in a process of its own, so that none warms up another. The table goes into `speed.md`.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

OPTIONS = ["baseline", "untied-finance", "reform-with-eu-agreement", "russian-squeeze", "cartel-restored"]
YARDSTICK_RUNS = 24
SWEEP = (64, 256, 1024, 2048, 4096, 8192)


def timed(work, repeats=1):
    """Seconds of some work, the quickest of its repeats: other users of the machine only ever add to it."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def request(names, draws, **arguments):
    """A request for scenarios by name or ready."""
    from sinobel.policies import scenarios
    from sinobel.runs.request import Request

    return Request(tuple(map(scenarios.load, names)), draws, 2017, **arguments)


# --- what is measured; each prints one number or a list -------------------------------------------------------------


def arrays(draws, block):
    """Futures a second of the array world on one core, all indicators every month."""
    from sinobel.runs import ensemble
    from sinobel.runs.request import Block

    asked = request(["baseline"], draws)
    ensemble.simulate(asked, Block(0, 0, 64))  # reading the model is no part of it
    todo = [Block(place, first, block) for place, first in enumerate(range(0, draws, block))]
    return draws / timed(lambda: [ensemble.simulate(asked, each) for each in todo], 2)


def engine(name, draws):
    """CPU microseconds a future by an engine, "numpy" or "compiled" with its code ready; all indicators, as years."""
    from sinobel.runs import ensemble

    os.environ["SINOBEL_ENGINE"] = name
    asked = request(["baseline"], draws)
    ensemble.gather(request(["baseline"], 64), ("years",))  # compiling is measured apart
    took = []
    for _ in range(3):
        start = time.process_time()
        ensemble.gather(asked, ("years",))
        took.append(time.process_time() - start)
    return 1e6 * min(took) / draws


def making_code():
    """CPU seconds to trace and compile the default span."""
    from sinobel.runs.compiled import making

    start = time.process_time()
    program, span = making.traced("2016-12", "2030-12")
    making.compiled(program, span.layout)
    return time.process_time() - start


def batch_run(processes):
    """Futures a second of the same world through mesa.batch_run, one future a run, all indicators every month."""
    from mesa.batchrunner import batch_run as run

    from sinobel.world.world import World

    def work(runs):
        run(
            World, {"policy": "baseline", "seed": 2017, "first_draw": list(range(runs))}, number_processes=processes,
            max_steps=1000, data_collection_period=1, display_progress=False,
        )  # fmt: skip

    work(processes)
    return YARDSTICK_RUNS / timed(lambda: work(YARDSTICK_RUNS))


def plain_floats():
    """Futures a second of the same rules on plain floats, all indicators every month."""
    from sinobel.world.readings import observe
    from tests.world.oracle import run_plain

    run_plain("baseline", observe, seed=2017)
    return YARDSTICK_RUNS / timed(
        lambda: [run_plain("baseline", observe, seed=2017, first_draw=draw) for draw in range(YARDSTICK_RUNS)]
    )


def ten_thousand(calls):
    """Seconds for 10,000 futures, all indicators every month, two jobs: the first call of a process, or a later one."""
    import sinobel

    return [timed(lambda: sinobel.run("baseline", draws=10_000, jobs=2)) for _ in range(calls)][-1]


def shared(way):
    """Seconds for five scenarios with 2,000 draws on one core: together, or each on its own."""
    from sinobel.runs import ensemble
    from sinobel.runs.request import Block

    todo = [request(OPTIONS, 2000)] if way == "together" else [request([name], 2000) for name in OPTIONS]
    return timed(lambda: [ensemble.simulate(each, Block(0, 0, 2000)) for each in todo], 2)


def departure(date):
    """Seconds for the baseline and a scenario that departs from it at a date, 2,000 draws on one core."""
    from sinobel.policies import scenarios
    from sinobel.runs import ensemble
    from sinobel.runs.request import Block, Request

    other = scenarios.load("baseline").with_change("china.tied_share", 0.4, start=date, name="other")
    asked = Request((scenarios.load("baseline"), other), 2000, 2017)
    return timed(lambda: ensemble.simulate(asked, Block(0, 0, 2000)), 2)


def memory(draws, keep):
    """Peak memory in MB of a run on disk."""
    from sinobel import store

    with tempfile.TemporaryDirectory() as folder, store.Run(request(["baseline"], draws), Path(folder) / "r") as run:
        run.simulate(keep=keep)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def command(*words):
    """Seconds of a whole command, from the start of its process to its end."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "src"))
    with tempfile.TemporaryDirectory() as folder:
        out = ["--out", str(Path(folder) / "r")] if words[0] in ("run", "compare") else []
        line = [sys.executable, "-m", "sinobel.cli", *words, *out]
        return timed(lambda: subprocess.run(line, check=True, capture_output=True, env=environment))


def first_chart(draws):
    """Seconds from the start of a process to the first chart on the disk."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "src"))
    with tempfile.TemporaryDirectory() as folder:
        line = [sys.executable, "-m", "sinobel.cli", "run", "baseline", "--draws", draws, "--out", f"{folder}/r"]
        start = time.perf_counter()
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        while not list(Path(folder).rglob("*.png")) and process.poll() is None:
            time.sleep(0.005)
        seconds = time.perf_counter() - start
        process.wait()
    return seconds


MEASURED = {each.__name__: each for each in (
    arrays, engine, making_code, batch_run, plain_floats, ten_thousand, shared, departure, memory, command, first_chart,
)}  # fmt: skip


def alone(name, *arguments):
    """A measurement in a fresh process."""
    line = [sys.executable, __file__, "--only", json.dumps([name, *arguments])]
    environment = {"SINOBEL_CACHE": ""} | os.environ  # what is compiled is compiled here
    done = subprocess.run(line, check=True, capture_output=True, text=True, env=environment)
    value = float(done.stdout.split()[-1])
    print(f"{name}{arguments}: {value:.4g}", file=sys.stderr, flush=True)
    return value


def machine():
    """The machine and the versions that count."""
    import mesa
    import numpy as np

    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    memory_size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{os.cpu_count()} cores ({model}), {memory_size:.0f} GB, {platform.system()}; Python "
        f"{platform.python_version()}, numpy {np.__version__}, Mesa {mesa.__version__}"
    )


def table():
    """All measurements as a page."""
    sweep = {block: alone("arrays", 8192, block) for block in SWEEP}
    one = sweep[4096]
    by_numpy, by_code = alone("engine", "numpy", 8192), alone("engine", "compiled", 8192)
    batch_one, batch_two, plain = alone("batch_run", 1), alone("batch_run", 2), alone("plain_floats")
    cold, warm = alone("ten_thousand", 1), alone("ten_thousand", 3)
    together, apart = alone("shared", "together"), alone("shared", "apart")
    early, late = alone("departure", "2017-01"), alone("departure", "2026-01")
    peaks = {draws: alone("memory", draws, "summary") for draws in (4096, 16384, 65536)}
    lines = [
        "# Speed",
        "",
        "Made by `.venv/bin/python benchmarks/speed.py`; a future is the baseline from 2016-12 to 2030-12, 168 months,",
        "all indicators recorded every month. The machine is shared with others: ratios mean more than seconds.",
        "",
        f"Machine: {machine()}; load at the start {os.getloadavg()[0]:.1f}.",
        "",
        "| what | measured | aim |",
        "| --- | --- | --- |",
        f"| array world, one core, blocks of 4,096 | {one:,.0f} futures a second | |",
        f"| `mesa.batch_run`, one future a run, one process | {batch_one:.2f} futures a second | |",
        f"| `mesa.batch_run`, one future a run, two processes | {batch_two:.2f} futures a second | |",
        f"| same rules on plain floats, one core | {plain:.1f} futures a second | |",
        f"| CPU time of a future by numpy, by compiled months | {by_numpy:.0f} µs, {by_code:.0f} µs | |",
        f"| numpy over compiled months, like for like | {by_numpy / by_code:.1f} × | ≥ 2.5 × |",
        f"| compiled months against batch_run, one core | {1e6 / by_code / batch_one:,.0f} × | ≥ 1,500 × |",
        f"| compiled months against plain floats, one core | {1e6 / by_code / plain:,.0f} × | ≥ 500 × |",
        f"| tracing and compiling fourteen years, once on a machine | {alone('making_code'):.1f} s | |",
        f"| array world against batch_run, both on one core | {one / batch_one:,.0f} × | ≥ 500 × |",
        f"| array world against plain floats, both on one core | {one / plain:,.0f} × | ≥ 200 × |",
        f"| 10,000 futures, two jobs, in memory, first call of a process | {cold:.2f} s | ≤ 4 s |",
        f"| the same, later calls | {warm:.2f} s | |",
        f"| five scenarios × 2,000 draws: together against one by one | {together:.2f} s against {apart:.2f} s | |",
        f"| baseline and a scenario that departs in 2017-01, in 2026-01 | {early:.2f} s, {late:.2f} s | |",
        f"| `sinobel --help` | {alone('command', '--help'):.2f} s | |",
        f"| `sinobel validate baseline` | {alone('command', 'validate', 'baseline'):.2f} s | |",
        f"| process start to the first chart, 1,000 draws | {alone('first_chart', '1000'):.1f} s | |",
        f"| `sinobel compare` of five scenarios, 2,000 draws, charts and tables | "
        f"{alone('command', 'compare', *OPTIONS, '--draws', '2000'):.1f} s | |",
        "",
        "Block size, one core, 8,192 futures:",
        "",
        "| draws in a block | futures a second |",
        "| --- | --- |",
        *(f"| {block:,} | {speed:,.0f} |" for block, speed in sweep.items()),
        "",
        "Peak memory of a run on disk that keeps summaries:",
        "",
        "| draws | MB |",
        "| --- | --- |",
        *(f"| {draws:,} | {peak:,.0f} |" for draws, peak in peaks.items()),
        "",
    ]
    return "\n".join(lines)


def main():
    """Print one measurement, or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=json.loads, help="one measurement, for example '[\"arrays\", 8192, 4096]'")
    only = parser.parse_args().only
    if only:
        print(MEASURED[only[0]](*only[1:]))
    else:
        (HERE / "speed.md").write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
