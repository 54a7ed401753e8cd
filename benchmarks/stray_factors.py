"""Would a stray factor of twelve be noticed? `.venv/bin/python benchmarks/stray_factors.py --places 20 --seed 1`.

Puts `12 *`, and then `MONTHS_PER_YEAR *`, before something at random places in the arithmetic of rules and agents, one
at a time and in memory alone, and asks the tests of numbers and units: the first is a number without a name, the second
turns a month into a year, or the other way round. Tells the places that nobody noticed. Needs a system that can fork.
"""

import argparse
import ast
import importlib.abc
import importlib.util
import multiprocessing
import random
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WORLD = ROOT / "src" / "sinobel" / "world"
FOLDERS = ("rules", "agents")
KINDS = ("12", "MONTHS_PER_YEAR")
BROKE = "no world"  # it does not run any more
SPARED = 20  # one of so many may go unnoticed
MONTHS = 14  # with two Januaries
ARITHMETIC = ast.Add | ast.Sub | ast.Mult | ast.Div
COUNTING = ("range", "max", "min", "len", "int", "enumerate")  # of Python: whole numbers, places and months


class Place(NamedTuple):
    """An operand of the arithmetic of a module: the how-manieth of the file, where, and what."""

    file: Path
    number: int
    line: int
    text: str

    def __str__(self):
        return f"{self.file.relative_to(ROOT)}:{self.line} {self.text}"


def operands(tree):
    """Operands of sums, products and quotients in functions; not whole numbers that count rows, years or months."""
    aside = set()
    for node in ast.walk(tree):
        counting = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in COUNTING
        calendar = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("months.")
        if counting or calendar or isinstance(node, ast.Subscript | ast.JoinedStr | ast.Raise):
            parts = [node.slice] if isinstance(node, ast.Subscript) else [node]
            aside |= {id(inner) for part in parts for inner in ast.walk(part)}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC) and id(node) not in aside:
                    yield from (side for side in (node.left, node.right) if not whole(side))


def whole(node):
    """True for what is no array: a number as it stands, a list, a text, a number of years or rows."""
    return isinstance(node, ast.Constant | ast.List | ast.Tuple | ast.Dict) or ast.unparse(node) in WHOLE


WHOLE = {
    *("year", "years", "signed", "place", "last", "age", "each", "start", "old", "loans", "since", "next_year"),
    *("self.old", "self.current", "self.first_new_year", "FIRST_YEAR", "FIRST_YEAR + place", "BREAK"),
    *("self.first_new_year + place", "self.first_new_year + last", "self.old + signed"),
    *("months.year(horizon)", "months.year(origin)", "world.origin", "self.world.origin"),
}
"""Whole numbers of the loan book and the calendar: they count rows and years, and twelve of them would be no place."""


def places():
    """Every place a factor may stray to, once."""
    for folder in FOLDERS:
        for file in sorted((WORLD / folder).glob("*.py")):
            found = {}
            for number, node in enumerate(operands(ast.parse(file.read_text(encoding="utf-8")))):
                found.setdefault((node.lineno, node.col_offset, node.end_col_offset), (number, node))
            yield from (Place(file, number, node.lineno, ast.unparse(node)) for number, node in found.values())


def strayed(place, factor):
    """The tree of a file with a factor before one operand, and the name of the factor known."""
    tree = ast.parse(place.file.read_text(encoding="utf-8"))
    node = list(operands(tree))[place.number]
    number = ast.parse(factor, mode="eval").body

    class Putting(ast.NodeTransformer):
        def visit(self, other):
            if other is node:
                return ast.BinOp(number, ast.Mult(), other)
            return self.generic_visit(other)

    tree = Putting().visit(tree)
    if not factor.isdigit():
        after = next(at for at, part in enumerate(tree.body) if isinstance(part, ast.ImportFrom)) + 1
        tree.body[after:after] = ast.parse(f"from sinobel.world.constants import {factor}").body
    return ast.fix_missing_locations(tree)


class FromMemory(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the world from a tree instead of its file."""

    def __init__(self, file, tree):
        self.name, self.file, self.tree = f"sinobel.world.{file.parent.name}.{file.stem}", file, tree

    def find_spec(self, fullname, path=None, target=None):
        """Where the module with the stray factor comes from."""
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module):
        """Run the wrong module instead of that of the file, under the file's name."""
        exec(compile(self.tree, str(self.file), "exec"), vars(module))


def noticed(place, factor):
    """Which test notices a factor: "numbers", "units", or none.

    A factor as it stands is a number without a name; the months of a year have one, and go through fourteen months.
    """
    reader, writer = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_try, args=(place, factor, writer))
    process.start()
    writer.close()
    try:
        return reader.recv()
    except EOFError:
        return BROKE
    finally:
        process.join()


def _try(place, factor, writer):
    tree = strayed(place, factor)
    sys.meta_path.insert(0, FromMemory(place.file, tree))
    from sinobel.policies import scenarios
    from tests.world.units import test_numbers, test_tracing, test_units
    from tests.world.units.dimensions import UnitError
    from tests.world.units.traced import check_lives, inputs, tracing

    if test_numbers.unnamed(ast.unparse(tree)):
        writer.send("numbers")
        return
    try:
        given = inputs("baseline", 3)
        with tracing():
            check_lives(test_units.lived(given, MONTHS))
        given = test_units.everything()  # what no month of the baseline comes to
        with tracing():
            check_lives(test_units.lived(given, test_units.LONG))
        for name in scenarios.shipped_names():
            test_tracing.months_of(name)
    except UnitError as error:
        writer.send(f"units: {error}")
    else:
        writer.send("")


def prepare():
    """What every process needs is imported once, but for the world itself."""
    import mesa  # noqa: F401
    import numpy  # noqa: F401
    import scipy.special  # noqa: F401

    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from sinobel.inputs.evidence import all_evidence
    from sinobel.inputs.parameters import all_parameters

    all_evidence(), all_parameters()


def main():
    """Draw places, put each factor there, tell what was noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=20, help="how many are drawn, 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="tell of every place what noticed it")
    asked = parser.parse_args()
    prepare()
    every = list(places())
    drawn = random.Random(asked.seed).sample(every, min(asked.places or len(every), len(every)))
    counts = {}
    for factor in KINDS:
        start = time.perf_counter()
        fates = [noticed(place, factor) for place in drawn]
        for place, fate in zip(drawn, fates, strict=True):
            if asked.all or not fate:
                print(f"{factor} * at {place}: {fate or 'nobody notices'}", file=sys.stderr)
        counts[factor] = sum(map(bool, fates))
        told = f"{counts[factor]} of {len(drawn)} noticed, {fates.count(BROKE)} of them because nothing runs any more"
        took = f"{time.perf_counter() - start:.0f} s"
        print(f"{factor} *: {told}; drawn of {len(every)} places with seed {asked.seed}; {took}", flush=True)
    if not all(counts.values()) or min(counts.values()) < len(drawn) - len(drawn) // SPARED:
        raise SystemExit("more than one of twenty goes unnoticed")


if __name__ == "__main__":
    main()
