"""Do the tests of the rules notice a wrong rule? `.venv/bin/python benchmarks/mutate_rules.py --draw 200 --seed 1`.

Draws errors from `mutants.py` and runs each against `tests/world/rules` in a process of its own that reads the wrong
rule from memory, so nothing is ever written into `src`. Survivors are told with their line as they are found, then
their number. Mutants that no number can tell from the rule stand in EQUIVALENT with the reason and are never drawn.

Why not a library: mutmut 3 leaves decorated functions alone (all of `rates.py`) and draws no seeded sample; cosmic-ray
writes each mutant into the source file. Neither takes a side off a clip, drops a term or swaps branches of `np.where`,
which is what goes wrong in rules like these. Needs a system that can fork.
"""

import argparse
import collections
import contextlib
import functools
import importlib.abc
import importlib.util
import json
import multiprocessing
import os
import random
import sys
import time
from multiprocessing.pool import ThreadPool
from pathlib import Path

from mutants import NAMED, all_mutants, named

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "world" / "rules"
PATIENCE = 120  # seconds after which a mutant that does not come back counts as noticed


class NoShrinking:
    """A pytest plugin: few examples, and one that fails need not be the smallest, so a mutant is told sooner."""

    def pytest_collection(self):
        """Before any test file is read."""
        from hypothesis import Phase, settings

        settings.register_profile("mutants", settings(phases=[Phase.explicit, Phase.generate], max_examples=30))
        settings.load_profile("mutants")


class FromMemory(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the rules from a tree instead of its file."""

    def __init__(self, mutant):
        self.name, self.tree = f"sinobel.world.rules.{mutant.rule.partition('.')[0]}", mutant.tree()

    def find_spec(self, fullname, path=None, target=None):
        """Where the module of the mutant comes from."""
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module):
        """Run the wrong rules instead of those of the file."""
        exec(compile(self.tree, f"<mutant of {self.name}>", "exec"), vars(module))


def test_run(mutant, own_alone):
    """What a process of its own does: the tests of the rules, those of the mutant's own module first or alone."""
    import pytest

    files = [path for path in sorted(TESTS.glob("test_*.py")) if path.name != "test_mutants.py"]
    if mutant:
        sys.meta_path.insert(0, FromMemory(mutant))
        module = mutant.rule.partition(".")[0]
        own = [path for path in files if path.stem.startswith(f"test_{module.removesuffix('s')}")]
        files = own if own and own_alone else own + [path for path in files if path not in own]
    os.chdir(ROOT)
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        code = pytest.main([*map(str, files), *options], plugins=[NoShrinking()])
    sys.exit(code)


def noticed(mutant, own_alone=False):
    """True when the tests fail, or do not come back; a survivor is told at once."""
    process = multiprocessing.get_context("fork").Process(target=test_run, args=(mutant, own_alone))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    if mutant and process.exitcode == 0:
        print(mutant, file=sys.stderr, flush=True)
    return process.exitcode != 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, default=200, help="mutants drawn, 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", help="of one module alone, for example trade")
    parser.add_argument("--named", action="store_true", help="those of the list, against their own tests; JSON")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    import hypothesis  # noqa: F401 imported once here, not in every process
    import numpy  # noqa: F401
    import pytest  # noqa: F401

    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    if noticed(None):
        raise SystemExit("the tests of the rules fail without any mutant")
    with ThreadPool(asked.jobs) as pool:
        if asked.named:
            fates = pool.map(functools.partial(noticed, own_alone=True), map(named, NAMED))
            print(json.dumps(dict(zip(NAMED, fates, strict=True))))
            return
        start = time.perf_counter()
        every = [mutant for mutant in all_mutants() if asked.module in (None, mutant.rule.partition(".")[0])]
        drawn = random.Random(asked.seed).sample(every, min(asked.draw or len(every), len(every)))
        fates = pool.map(noticed, drawn, chunksize=1)
    tried = collections.Counter(mutant.rule.partition(".")[0] for mutant in drawn)
    told = ", ".join(f"{module} {number}" for module, number in sorted(tried.items()))
    print(
        f"{fates.count(False)} of {len(drawn)} survive, drawn of {len(every)} with seed {asked.seed}: {told};", end=" "
    )
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
