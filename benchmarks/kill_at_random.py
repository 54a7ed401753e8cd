"""Kill commands at random moments and look at what is left; Linux.

python benchmarks/kill_at_random.py --kills 100 --seed 1
python benchmarks/kill_at_random.py --kills 10 --only compare report

Each time a command starts in a folder that is new, or that holds older results and files of a user; after a random part
of the time it takes, a signal goes to the process, to its whole group (as Ctrl-C in a terminal does) or to one worker.
Then must hold: the folder is absent, complete, or plainly marked as unfinished; files of the user are untouched; no
traceback; one message at most; no process is left after five seconds. The same command must then finish with the
numbers of an undisturbed run and leave no temporary files.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from sinobel.inputs.reading import digest
from sinobel.store.ownership import CHANGING, content_hash, is_sealed, read_marker

SMALL = "--horizon 2018-12 --jobs 2"
COMMANDS = {
    "run": f"run baseline --draws 300 {SMALL}",
    "compare": f"compare baseline untied-finance cartel-restored --draws 40 {SMALL} --format nc,csv,parquet,iamc,xlsx",
    "report": "report",
    "solve": "solve --target 'exports_to_china[2018]>=1000' --lever china.tied_share --draws 100 --jobs 2",
    "discover": "discover baseline --fails reserves[2018]<5000 --draws 400 --jobs 2",
    "backtest": "backtest --quick --jobs 2",
    "calibrate": "calibrate --quick --jobs 2",
}
CALIBRATED = ("2014-12.nc", "2016-12.nc", "correlations.csv", "parameters.csv", "sampler-check.json")
STUDIES = ("solve", "discover")  # in results of the same scenario they go to a folder of their own
OFTEN = {"run": 10, "compare": 6, "report": 3, "solve": 4, "discover": 4, "backtest": 4, "calibrate": 1}
SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
TARGETS = ("process", "process", "group", "group", "worker")
MINE = {"notes.txt": "years of work", "charts/copy of summary.csv": "edited"}
PATIENCE = 5.0  # seconds until no process may be left
CLI = [sys.executable, "-c", "from sinobel.cli import main; main()"]


def words_of(name: str, out: Path) -> list[str]:
    """The command line of a case that writes to a folder."""
    words = [word.strip("'") for word in COMMANDS[name].split()]
    return [*CLI, *words, *([str(out)] if name == "report" else ["--out", str(out)])]


def start(words: list[str]) -> subprocess.Popen[str]:
    """Start a command in a session of its own, so that all its processes are known."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # a shell that starts a job with & hands that on
        signal.signal(signal.SIGINT, signal.default_int_handler)
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=pipe, text=True, start_new_session=True)


def quietly(words: list[str]) -> tuple[int, str]:
    """Exit code and messages of a command that nobody disturbs."""
    process = start(words)
    said = process.communicate()[1]
    return process.returncode, said


def done(words: list[str]) -> None:
    """A command that nobody disturbs and that must do what it says."""
    code, said = quietly(words)
    assert code == 0, said


def of_session(leader: int) -> list[int]:
    """Living processes of a session."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = each.read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader and fields[0] not in "ZX":
                found.append(int(each.parent.name))
    return found


def result_of(folder: Path, name: str) -> str:
    """What a command left in a complete folder, as one hash. Raises ValueError when a file is missing or damaged."""
    marker = read_marker(folder)
    if marker is None or marker.state == CHANGING:
        raise ValueError("no complete marker")
    for file, hashes in marker.files.items():
        if not (folder / file).is_file() or content_hash(folder / file) not in hashes:
            raise ValueError(f"{file} is not what the marker says")
    if (page := folder / "report.html").exists() and "report.html" not in marker.files and not is_sealed(page):
        raise ValueError("a page without a seal")
    if name == "calibrate":  # what else lies there stays
        return digest(*(content_hash(folder / file) for file in CALIBRATED if (folder / file).exists()))
    if (folder / "manifest.json").is_file():
        return str(json.loads((folder / "manifest.json").read_text())["result"])
    return digest(*(content_hash(folder / file) for file in sorted(marker.files) if file.endswith(".csv")))


class Yard:
    """References: what undisturbed commands make, how long they take, and older results that are in the way."""

    def __init__(self, place: Path, names: list[str]):
        self.place, self.took, self.result = place, {}, {}
        results = place / "older-results"
        done([*CLI, *f"run baseline --draws 50 --seed 5 {SMALL} --out".split(), str(results)])
        self.older = dict.fromkeys(names, results)
        for name in names:
            out = place / f"reference-{name}"
            if name == "report":
                shutil.copytree(results, out)
            elif name in STUDIES:
                self.older[name] = place / f"older-{name}"
                done([*words_of(name, self.older[name]), "--seed", "5"])
            began = time.monotonic()
            done(words_of(name, out))
            self.took[name], self.result[name] = time.monotonic() - began, result_of(out, name)

    def kill(self, name: str, number: int, which: int, target: str, part: float, *, filled: bool) -> list[str]:
        """One kill; returns what was wrong."""
        out = self.place / f"kill-{number}" / "r"
        out.parent.mkdir()
        mine = MINE if filled or name == "report" else {}
        if mine:
            shutil.copytree(self.older[name], out)
        for file, text in mine.items():
            (out / file).write_text(text)
        process = start(words_of(name, out))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(part * self.took[name])
        send(process, which, target)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(60)
        wrong = [] if process.poll() is not None else ["it did not end"]
        ended = time.monotonic()
        while (left := of_session(process.pid)) and time.monotonic() - ended < PATIENCE:
            time.sleep(0.05)
        wrong += [f"{len(left)} processes are left"] if left else []
        for each in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        wrong += unclear(process.returncode, process.communicate()[1], which, target)
        wrong += self.damage(out, name, mine)
        code, said = quietly(words_of(name, out))
        try:
            if code or result_of(out, name) != self.result[name]:
                wrong.append(f"the same command did not finish alike: {code} {said[-300:]}")
        except ValueError as error:
            wrong.append(f"afterwards: {error}")
        rest = [*out.parent.rglob(".sinobel-*"), *out.parent.glob("r.*")]
        wrong += [f"left: {rest}"] if rest else []
        wrong += [f"{file} has changed" for file, text in mine.items() if (out / file).read_text() != text]
        if not wrong:
            shutil.rmtree(out.parent)
        return wrong

    def damage(self, out: Path, name: str, mine: dict[str, str]) -> list[str]:
        """What is wrong with a folder after a kill."""
        wrong = [f"{file} was touched" for file, text in mine.items() if (out / file).read_text() != text]
        marker = read_marker(out)
        if out.is_dir() and (marker is None or marker.state == CHANGING):
            for command in ("explain", "report"):
                code, said = quietly([*CLI, command, str(out)])
                if code != 2 or "not finished" not in said:
                    wrong.append(f"{command} takes an unfinished folder: {code} {said[-300:]}")
        elif out.is_dir():
            try:
                if result_of(out, name) not in (self.result[name], result_of(self.older[name], name)):
                    wrong.append("other numbers")
            except ValueError as error:
                wrong.append(str(error))
        return wrong


def send(process: subprocess.Popen[str], which: int, target: str) -> None:
    """Send a signal to a process, its group or one of its workers (to itself where it has none)."""
    with contextlib.suppress(ProcessLookupError):
        if target == "group":
            os.killpg(process.pid, which)
        elif process.poll() is None:
            workers = sorted(set(of_session(process.pid)) - {process.pid})
            os.kill(workers[0] if workers and target == "worker" else process.pid, which)


def unclear(code: int, said: str, which: int, target: str) -> list[str]:
    """What is wrong with exit code and messages."""
    allowed = {0, 1} if target == "worker" or which == signal.SIGINT else {0}
    allowed |= {-which}
    wrong = [] if code in allowed else [f"exit code {code}"]
    if "Traceback" in said or "Exception ignored" in said:
        wrong.append(f"a traceback{'' if 'sinobel/' in said else ' of Python, before it began'}: {said[-900:]}")
    elif (count := sum(line.startswith("error:") for line in said.splitlines())) != (code == 1):
        wrong.append(f"{count} messages with exit code {code}: {said[-300:]}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=list(COMMANDS), default=list(COMMANDS))
    asked = parser.parse_args()
    chance, count, failed = random.Random(asked.seed), Counter(), 0
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        yard = Yard(Path(place), asked.only)
        for number in range(asked.kills):
            (name,) = chance.choices(asked.only, [OFTEN[each] for each in asked.only])
            which, target, part = chance.choice(SIGNALS), chance.choice(TARGETS), chance.random()
            wrong = yard.kill(name, number, which, target, part, filled=chance.random() < 0.5)
            count[name, which.name] += 1
            failed += bool(wrong)
            what = f"{number:4} {name:9} {which.name:7} {target:7} at {part:.2f}"
            print(f"{what}: {'; '.join(wrong) or 'fine'}", flush=True)
    print(f"{asked.kills} kills, {failed} failed: {dict(sorted((' '.join(key), n) for key, n in count.items()))}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
