"""Throw hostile files and words at the command line, in this process, and look at how it ends.

python -m tests.cli.fuzz.command_line --kind files --count 1000 --seed 1      or --kind options, manifests, tables, bases

Every case must end with code 0, 1 or 2, without a traceback or an accident, with at most 51 lines of messages, in time.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass

import typer

from sinobel import cli
from sinobel.inputs.reading import Failure
from sinobel.reporting.tables import read_back
from tests.cli.fuzz import hostile

SECONDS, LONGEST = 2.0, 300
MOST_LINES = 60
SLOW = ("report", "run", "compare", "rerun", "money", "attribute", "first-look")
TINY = {"draws": "2", "horizon": "2017-12", "jobs": "1", "year": "2017"}
ROOT = pathlib.Path(__file__).parents[3]


class Hangs(BaseException):
    """A case that does not end."""


@dataclass
class Ended:
    """How a case ended; fault is empty when all is well."""

    words: list[str]
    code: int
    said: str
    seconds: float
    fault: str


def tried(words: list[str], patience: float = SECONDS) -> Ended:
    """Run a command and judge how it ended."""
    out, err = io.StringIO(), io.StringIO()
    code, fault = 0, ""
    began = time.process_time()

    def ring(*_):
        raise Hangs

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            cli.main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except Hangs:
        fault = "hangs"
    except BaseException as error:  # the very thing that must not come out
        fault = f"escaped: {error!r}"
    finally:
        signal.alarm(0)
    seconds, said = time.process_time() - began, err.getvalue()
    if not fault and code not in (0, 1, 2):
        fault = f"code {code}"
    elif not fault and ("Traceback" in said or "fault of sinobel itself" in said):
        fault = "accident"
    elif not fault and code and not said:
        fault = "no message"
    elif not fault and said.count("\n") > MOST_LINES:
        fault = f"{said.count(chr(10))} lines"
    elif not fault and seconds > patience:
        fault = f"{seconds:.1f} s"
    return Ended(words, code, said, seconds, fault)


@contextlib.contextmanager
def small_world():
    """No charts, no more than a few draws, no calibration: what takes time and has nothing to do with what is given."""
    import pytest

    from sinobel import store
    from sinobel.runs import ensemble
    from sinobel.store import studies
    from sinobel.studies import backtest
    from sinobel.studies.calibration import study
    from sinobel.studies.discover import study as discovery
    from sinobel.studies.sensitivity import study as sensitivity
    from sinobel.studies.solve import search

    simulate, in_memory = store.Run.simulate, ensemble.run_in_memory

    def few(request):
        if request.draws * request.count > 64 * 12 * 15:
            raise Failure("more than the fuzz simulates")

    def simulated(self, *args, **kwargs):
        few(self._request if hasattr(self, "_request") else self.request)
        return simulate(self, *args, **kwargs)

    def run_in_memory(request, *args, **kwargs):
        few(request)
        return in_memory(request, *args, **kwargs)

    def never(*_, **__):
        raise Failure("not simulated in the fuzz")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.Run, "add_figures", lambda self, figures: None)
        patch.setattr(store.Run, "simulate", simulated)
        patch.setattr(ensemble, "run_in_memory", run_in_memory)
        for module in (study, backtest, search, sensitivity, discovery):
            patch.setattr(module, "calibrate" if module is study else "run", never)
        patch.setattr(studies, "write_study", never)
        yield


@contextlib.contextmanager
def scratch():
    """A folder with hostile things in it, which is the current one."""
    folder, before = tempfile.mkdtemp(prefix="fuzz-"), os.getcwd()
    os.chdir(folder)
    try:
        for name in ("folder", "folder.toml"):
            os.mkdir(name)
            pathlib.Path(name, "kept.txt").write_text("of the user")
        pathlib.Path("file").write_text("of the user")
        pathlib.Path("empty.toml").touch()
        for name in ("random.toml", "random.nc", "random.json"):
            pathlib.Path(name).write_bytes(random.Random(1).randbytes(5000))
        for name in ("large", "large.toml"):
            with open(name, "wb") as stream:
                stream.truncate(1 << 34)
        for name in ("zero", "null", "full"):
            os.symlink(f"/dev/{name}", name)
        os.symlink("/dev/zero", "zero.toml")
        os.symlink("nowhere", "broken-link")
        for name in ("pipe", "pipe.toml"):
            os.mkfifo(name)
        for name in ("loop", "loop.toml"):
            os.symlink(name, name)
        yield folder
    finally:
        os.chdir(before)
        shutil.rmtree(folder, ignore_errors=True)


def results(folder: str) -> pathlib.Path:
    """A small comparison in a scratch folder, once."""
    place = pathlib.Path(folder, "results")
    if not place.exists():
        words = [
            "compare",
            "baseline",
            "untied-finance",
            "--draws",
            "8",
            "--horizon",
            "2018-12",
            "--jobs",
            "1",
            "--out",
            str(place),
        ]
        assert not (made := tried(words, 60)).fault, made
    return place


# --- cases -----------------------------------------------------------------------------------------------------------


def of_files(folder: str, chance: random.Random) -> list[str]:
    """A damaged scenario or file of objectives, and a command that reads it."""
    if chance.random() < 0.25:
        seeds = [
            ROOT / "model" / "objectives.toml",
            *sorted((ROOT / "tests" / "inputs" / "bad_objectives").glob("*.toml")),
        ]
        words = ["objectives", "--objectives", "mutant.toml"]
    else:
        seeds = [
            *sorted((ROOT / "scenarios").glob("*.toml")),
            *sorted((ROOT / "tests" / "policies" / "bad_files").glob("*.toml")),
        ]
        words = chance.choice(
            [
                ["validate", "mutant.toml"],
                ["validate", "mutant.toml", "baseline"],
                ["validate", "mutant.toml+untied-finance"],
                ["explain", "mutant.toml"],
                ["run", "mutant.toml", "--draws", "2", "--horizon", "2018-12", "--jobs", "1"],
                [
                    "solve",
                    "--scenario",
                    "mutant.toml",
                    "--target",
                    "gdp[2020] > 1",
                    "--lever",
                    "belarus.reform",
                    "--draws",
                    "2",
                ],
            ]
        )
    raw = chance.choice(seeds).read_bytes()
    text = hostile.mutated(raw.decode("utf-8", "replace"), chance)
    data = text.encode(chance.choice(["utf-8"] * 8 + ["utf-16", "cp1251"]), "replace")
    pathlib.Path("mutant.toml").write_bytes(data)
    return words


NEEDED = {
    "run": ["baseline"],
    "validate": ["baseline"],
    "compare": ["baseline", "untied-finance"],
    "explain": ["gdp"],
    "ledger": ["baseline"],
    "rerun": ["results"],
    "report": ["results"],
    "attribute": ["baseline"],
    "money": ["baseline"],
    "discover": ["baseline"],
}
OPTIONS = {
    "solve": {"target": "gdp[2017] > 1", "lever": "belarus.reform", "from": "2017-01"},
    "sensitivity": {"of": "gdp", "draws": "16"},
    "discover": {"fails": "gdp[2017] < 1"},
}


def of_options(folder: str, chance: random.Random) -> list[str]:
    """A command in which one option or word is hostile."""
    from sinobel.cli.commands import app

    commands = typer.main.get_command(app).commands
    name = chance.choice(sorted(set(commands) - {"docs", "first-look"}) * 5 + ["first-look"])
    given, words = {}, list(NEEDED.get(name, []))
    for part in commands[name].params:
        key = part.opts[0].lstrip("-")
        if part.param_type_name == "option" and (value := OPTIONS.get(name, {}).get(key, TINY.get(key))):
            given[part.opts[0]] = value
    pool = [*hostile.NUMBERS, *hostile.TEXTS, *hostile.NUL, *hostile.paths(folder)]
    options = [part for part in commands[name].params if part.param_type_name == "option" and part.opts[0] != "--help"]
    for _ in range(chance.choice((1, 1, 1, 2))):
        place = chance.randrange(len(options) + len(words)) if options or words else 0
        if place < len(options):
            given[options[place].opts[0]] = None if options[place].is_flag else chance.choice(pool)
        elif words:
            words[place - len(options)] = chance.choice(pool)
    if name == "calibrate":
        given |= {"--quick": None, "--out": given.get("--out") or "calibrated"}
    if name == "backtest":
        given.pop("--refit", None)
        given.setdefault("--out", "scored")
    return [
        name,
        *words,
        *(word for option, value in given.items() for word in ([option] if value is None else [option, value])),
    ]


def of_manifests(folder: str, chance: random.Random) -> list[str]:
    """Results whose manifest somebody edited, and a command that reads them."""
    place = results(folder)
    whole = pathlib.Path(folder, "manifest.whole")
    if not whole.exists():
        whole.write_bytes((place / "manifest.json").read_bytes())
    text = whole.read_text()
    if chance.random() < 0.8:
        content = json.loads(text)
        for _ in range(chance.choice((1, 1, 2))):
            content = hostile.edited(content, chance)
        text = json.dumps(content)
    else:
        text = hostile.mutated(text, chance)
    (place / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    return chance.choice([["explain", "results"], ["rerun", "results"], ["report", "results"]])


def of_tables(folder: str, chance: random.Random) -> list[str]:
    """Results of which a table is damaged, and the report of them."""
    place = results(folder)
    tables = sorted(place.glob("*.csv"))
    whole = pathlib.Path(folder, "tables")
    if not whole.exists():
        whole.mkdir()
        for table in tables:
            shutil.copy(table, whole / table.name)
        for kind in ("sensitivity", "sensitivity-groups", "screening", "failure-boxes"):
            texts, numbers = read_back.TEXTS[kind], read_back.NUMBERS[kind]
            row = ",".join([*("baseline" for _ in texts), *("0.5" for _ in numbers)])
            (whole / f"{kind}.csv").write_text("\n".join([",".join((*texts, *numbers)), row, row]) + "\n")
    for table in whole.iterdir():
        shutil.copy(table, place / table.name)
    table = chance.choice(sorted(place.glob("*.csv")))
    table.write_text(hostile.mutated(table.read_text(), chance), "utf-8", "replace")
    return ["report", "results"]


def of_bases(folder: str, chance: random.Random) -> list[str]:
    """Results of which the file that tells what they rest on was edited, and the report of them."""
    place = results(folder)
    whole, file = pathlib.Path(folder, "basis.whole"), place / "basis.json"
    if not whole.exists():
        whole.write_bytes(file.read_bytes())
    text = whole.read_text(encoding="utf-8")
    if chance.random() < 0.1:
        text = hostile.mutated(text[:3000], chance) + text[3000:]
    else:
        content = json.loads(text)
        for _ in range(chance.choice((1, 1, 1, 3))):
            content = hostile.edited(content, chance)
        text = json.dumps(content)
    (place / "report.html").unlink(missing_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return ["report", "results"]


KINDS = {"files": of_files, "options": of_options, "manifests": of_manifests, "tables": of_tables, "bases": of_bases}


def half_made(ended: Ended, folder: str) -> str:
    """What a report left behind that it should not: half a page, a page it refused, or anything else."""
    page = pathlib.Path(folder, "results", "report.html")
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    if (ended.code == 0) != bool(text):
        return f"code {ended.code} with{'' if text else 'out'} a page"
    if text and "<!-- made by sinobel" not in text.splitlines()[-1]:
        return "half a page"
    if ended.code and ended.said.count("error:") != 1:
        return "not one message"
    left = [path.name for path in page.parent.iterdir() if ".tmp" in path.name or path.name.endswith("~")]
    return f"left {left}" if left else ""


def fuzz(kind: str, count: int, seed: int, patience: float = SECONDS) -> list[Ended]:
    """Many cases of a kind; how each ended."""
    found = []
    with small_world(), scratch() as folder:
        if kind in ("manifests", "tables", "options", "bases"):
            results(folder)
        for number in range(count):
            chance = random.Random(f"{kind} {seed} {number}")
            words = KINDS[kind](folder, chance)
            found.append(tried(words, 5 * patience if words[0] in SLOW else patience))
            if kind == "bases" and not found[-1].fault:
                found[-1].fault = half_made(found[-1], folder)
            if found[-1].fault and os.environ.get("FUZZ_KEEP"):
                keep = pathlib.Path(os.environ["FUZZ_KEEP"], f"{kind}-{seed}-{number}")
                keep.mkdir(parents=True, exist_ok=True)
                for name in ("mutant.toml", "results/manifest.json", "results/basis.json"):
                    if os.path.isfile(name):
                        shutil.copy(name, keep)
                print(f"{kind} {number}: {found[-1].fault}: {found[-1].words}\n    {found[-1].said[-400:]}", flush=True)
    return found


def main() -> None:
    """Fuzz and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=[*KINDS], default="files")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("FUZZ_KEEP", tempfile.mkdtemp(prefix="fuzz-kept-"))
    found = fuzz(asked.kind, asked.count, asked.seed)
    codes = Counter(each.code for each in found)
    slow = sorted((each.seconds for each in found), reverse=True)[:5]
    faults = sum(bool(each.fault) for each in found)
    print(
        f"{len(found)} {asked.kind}, {faults} faults; codes {dict(codes)}; slowest {[round(each, 1) for each in slow]} s"
    )
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
