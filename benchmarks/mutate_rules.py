"""Do the tests of the rules notice when a rule is wrong? `.venv/bin/python benchmarks/mutate_rules.py --draw 200 --seed 1`.

A mutant is the syntax tree of one file of `src/sinobel/rules` with one small error: a sign, an operator, a comparison,
a constant, a bound, a term, a branch of `np.where` or the order of two arguments. Each runs against `tests/rules` in a
process of its own that reads the mutant from memory, so nothing is ever written into `src`. Survivors are told with
their line. Mutants that no number can tell from the rule stand in EQUIVALENT with the reason and are never drawn.

Why not a library: mutmut 3 leaves decorated functions alone (all of `rates.py`) and draws no seeded sample; cosmic-ray
writes each mutant into the source file. Neither takes a side off a clip, drops a term or swaps branches of `np.where`,
which is what goes wrong in rules like these. Needs a system that can fork.
"""

import argparse
import ast
import collections
import fnmatch
import functools
import importlib.abc
import importlib.util
import itertools
import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src" / "sinobel" / "rules"
TESTS = ROOT / "tests" / "rules"
PATIENCE = 120  # seconds after which a mutant that does not come back counts as noticed

SWAPPED = {ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult], ast.Pow: [ast.Mult],
           ast.BitAnd: [ast.BitOr], ast.Lt: [ast.LtE, ast.Gt], ast.LtE: [ast.Lt, ast.GtE], ast.Gt: [ast.GtE, ast.Lt],
           ast.GtE: [ast.Gt, ast.LtE], ast.Is: [ast.IsNot], ast.IsNot: [ast.Is]}  # fmt: skip

# What `rule: before -> after` may look like when no number tells the mutant from the rule, and why.
EQUIVALENT = {
    "rates.own_part: correlation -> -correlation": "it is squared",
}

# The errors of the issue, each as the text of a rule before and after; `tests/rules/test_mutants.py` wants all noticed.
NAMED = {
    "sign of import_content": ("trade.imports_but_energy", "** import_content", "** -import_content"),
    "tied-share limit the wrong way round": ("loans.share_accepted", "limit - tied_share", "tied_share - limit"),
    "a limit of 1 is no limit": ("loans.share_accepted", "limit >= 1", "limit > 1"),
    "extended sanctions": ("politics.eu_access_target", "sanctions >= 2", "sanctions > 2"),
    "restored share": ("potash.share_of_china_market", "0.5, 1.0", "1.0, 1.0"),
    "cap on potash in growth": ("finance.growth_reaction", "-5.0, 5.0", "-5.0, np.inf"),
    "cap on unfilled gap in growth": ("finance.growth_reaction", "np.minimum(unfilled, 30.0)", "unfilled"),
    "floor of the discount": ("potash.contract_price", "cash_cost + freight", "cash_cost"),
    "full stock stops the mine": ("potash.mine_output", "np.minimum(planned, room)", "planned"),
    "ceiling on displaced goods": ("trade.displaced", "np.minimum((1 - additionality) * tied_imports, ordinary)",
                                   "(1 - additionality) * tied_imports"),
    "additionality inverted": ("trade.displaced", "1 - additionality", "additionality"),
    "a devaluation strengthens": ("finance.next_real_exchange_rate", "np.log1p(-devaluation)", "np.log1p(devaluation)"),
    "a year's share in a month": ("rates.share_a_month", "1 / 12", "1"),
    "arrears before imports are cut": ("finance.close_the_month", "largest_cut *", "0 *"),
    "lapse twice as fast": ("loans.share_lapsing", "share_a_month(rate)", "share_a_month(2 * rate)"),
}  # fmt: skip


class Mutant(NamedTuple):
    """One error, where it stands, and what makes the tree that has it."""

    rule: str  # module.function
    line: int
    before: str
    after: str
    tree: Callable[[], ast.Module]

    def __str__(self):
        module = self.rule.partition(".")[0]
        return f"src/sinobel/rules/{module}.py:{self.line} {self.rule}: {self.before}  ->  {self.after}"


# --- errors ----------------------------------------------------------------------------------------------------------


def call(name, *arguments):
    """`np.name(arguments)`."""
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load()), list(arguments), [])


def negative(node):
    return ast.UnaryOp(ast.USub(), node)


def variants(node, names):
    """What may stand in place of an expression by mistake; `names` are the arguments and variables of its rule."""
    match node:
        case ast.BinOp(left, operator, right):
            yield from (ast.BinOp(left, other(), right) for other in SWAPPED[type(operator)])
            yield left
            yield negative(right) if isinstance(operator, ast.Sub) else right
            if isinstance(operator, ast.Sub | ast.Div | ast.Pow):
                yield ast.BinOp(right, operator, left)
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.Compare(left, [operator], right):
            yield from (ast.Compare(left, [other()], right) for other in SWAPPED[type(operator)])
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            others = dict.fromkeys([value * 1.01, 0, 1, value + 1, value - 1])
            yield from (ast.Constant(other) for other in others if other != value)
        case ast.Name(name, ast.Load()) if name in names:
            yield negative(node)
        case ast.Call():
            yield from wrong_calls(node)


def wrong_calls(node):
    """A call with a bound off, its branches or arguments swapped, or none at all."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    match name, node.args:
        case "minimum" | "maximum", [first, second]:
            yield call("maximum" if name == "minimum" else "minimum", first, second)
            yield from (first, second)
        case "clip", [value, low, high]:
            yield from (call("minimum", value, high), call("maximum", value, low))
        case "where", [condition, first, second]:
            yield from (call("where", condition, second, first), first, second)
        case _, [only] if not isinstance(only, ast.Starred):
            yield only
        case _, arguments:
            for place in range(len(arguments) - 1):
                swapped = [*arguments]
                swapped[place : place + 2] = swapped[place + 1], swapped[place]
                yield ast.Call(node.func, swapped, node.keywords)


class Replaced(ast.NodeTransformer):
    """A tree with one node replaced."""

    def __init__(self, node, by):
        self.node, self.by = node, by

    def visit(self, node):
        return self.by if node is self.node else self.generic_visit(node)


def places(tree):
    """Expressions of every function, each with the outermost function it stands in."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from ((node, function) for node in ast.walk(statement) if isinstance(node, ast.expr))


def all_mutants():
    """Every mutant of every rule, but the equivalent ones."""
    for path in sorted(RULES.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for place, (original, function) in enumerate(places(ast.parse(text))):
            for number, other in enumerate(variants(original, variables(function))):
                tree = functools.partial(with_error, text, place, number)
                told = ast.unparse(original), ast.unparse(other)
                mutant = Mutant(f"{path.stem}.{function.name}", original.lineno, *told, tree)
                if not equivalent(mutant):
                    yield mutant


def variables(function):
    """Names of arguments and variables of a rule, not of the functions it calls."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} - {"np"}
    called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return names - called


def with_error(text, place, number):
    """The tree of a file in which one expression is replaced by one of its variants, both by their place in the order."""
    tree = ast.parse(text)
    node, function = next(itertools.islice(places(tree), place, None))
    other = next(itertools.islice(variants(node, variables(function)), number, None))
    return ast.fix_missing_locations(Replaced(node, other).visit(tree))


def equivalent(mutant):
    told = f"{mutant.rule}: {mutant.before} -> {mutant.after}"
    return any(fnmatch.fnmatchcase(told, pattern) for pattern in EQUIVALENT)


def named(name):
    """One of the errors of the issue; a rule that no longer reads so is an error, so that the list stays true."""
    rule, before, after = NAMED[name]
    module, _, function = rule.partition(".")
    text = (RULES / f"{module}.py").read_text(encoding="utf-8")
    start = text.index(f"def {function}(")
    start = text.index('"""', text.index('"""', start) + 3)
    end = text.find("\n\n\n", start) % (len(text) + 1)
    if text.count(before, start, end) != 1:
        raise SystemExit(f"{rule} has not exactly one '{before}' any more: say the error '{name}' anew")
    place = text.index(before, start)
    mutated = text[:place] + after + text[place + len(before) :]
    return Mutant(rule, text.count("\n", 0, place) + 1, before, after, lambda: ast.parse(mutated))


# --- tests against a mutant ------------------------------------------------------------------------------------------


class NoShrinking:
    """A pytest plugin: a failing example need not be the smallest, which saves most of the time of a mutant."""

    def pytest_collection(self):
        from hypothesis import Phase, settings

        settings.register_profile("mutants", settings(phases=[Phase.explicit, Phase.generate]))
        settings.load_profile("mutants")


class FromMemory(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the rules from a tree instead of its file."""

    def __init__(self, mutant):
        self.name, self.tree = f"sinobel.rules.{mutant.rule.partition('.')[0]}", mutant.tree()

    def find_spec(self, fullname, path=None, target=None):
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module):
        exec(compile(self.tree, f"<mutant of {self.name}>", "exec"), vars(module))


def test_run(mutant):
    """What a process of its own does: the tests of the rules, those of the mutant's own module first."""
    import pytest

    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")
    files = [path for path in sorted(TESTS.glob("test_*.py")) if path.name != "test_mutants.py"]
    if mutant:
        sys.meta_path.insert(0, FromMemory(mutant))
        module = mutant.rule.partition(".")[0]
        files.sort(key=lambda path: not path.stem.startswith(f"test_{module}"))
    os.chdir(ROOT)
    options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    sys.exit(pytest.main([*map(str, files), *options], plugins=[NoShrinking()]))


def noticed(mutant):
    """True when the tests fail, or do not come back."""
    process = multiprocessing.get_context("fork").Process(target=test_run, args=(mutant,))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode != 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, default=200, help="mutants drawn, 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", help="of one module alone, for example trade")
    parser.add_argument("--named", action="store_true", help="the errors of the list instead; the answer is JSON")
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
            print(json.dumps(dict(zip(NAMED, pool.map(noticed, map(named, NAMED)), strict=True))))
            return
        start = time.perf_counter()
        every = [mutant for mutant in all_mutants() if asked.module in (None, mutant.rule.partition(".")[0])]
        drawn = random.Random(asked.seed).sample(every, min(asked.draw or len(every), len(every)))
        fates = pool.map(noticed, drawn, chunksize=1)
    survivors = sorted(str(mutant) for mutant, fate in zip(drawn, fates, strict=True) if not fate)
    tried = collections.Counter(mutant.rule.partition(".")[0] for mutant in drawn)
    print(*survivors, sep="\n")
    print(f"{len(survivors)} of {len(drawn)} survive, drawn of {len(every)} with seed {asked.seed}:", end=" ")
    print(", ".join(f"{module} {number}" for module, number in sorted(tried.items())), end="; ")
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
