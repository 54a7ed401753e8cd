"""Small errors in the rules of the model, for `mutate_rules.py`: where each stands and the tree that has it.

A mutant is the syntax tree of one file of `src/sinobel/world/rules` with one small error: a sign, an operator, a
comparison, a constant, a bound, a term, a branch of `np.where` or the order of two arguments.
"""

import ast
import fnmatch
import functools
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

RULES = Path(__file__).resolve().parent.parent / "src" / "sinobel" / "world" / "rules"

SWAPPED = {ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult], ast.Pow: [ast.Mult],
           ast.BitAnd: [ast.BitOr], ast.BitOr: [ast.BitAnd],
           ast.Lt: [ast.LtE, ast.Gt], ast.LtE: [ast.Lt, ast.GtE], ast.Gt: [ast.GtE, ast.Lt],
           ast.GtE: [ast.Gt, ast.LtE], ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq],
           ast.Is: [ast.IsNot], ast.IsNot: [ast.Is]}  # fmt: skip

# Patterns of `rule: before -> after in the expression around it` that no number tells from the rule, and why.
EQUIVALENT = {
    "lenders.split_among_lenders: np.clip(* 0.0, MOST_LOG_ODDS) -> np.minimum(*": "no cost lies below the lowest one",
    "lenders.split_among_lenders: 1.0 -> [12].0* in np.where(total > 0, total, 1.0)": "only zero is divided by it",
    "lenders.split_among_lenders: limits -> -limits in np.zeros_like(limits)": "its shape alone is asked for",
    "lenders.split_among_lenders: limits -> -limits in len(limits)": "its length alone is asked for",
    "politics.eu_access_target: 0.0 -> -1.0 in np.where(sanctions >= EXTENDED, *": "cut to an index afterwards",
    "environment.at_origin_of_swing: np.maximum(* -> 1 - covariance* in np.sqrt(*": "no covariance is so large",
    "environment.at_origin_of_swing: 0.0 -> -1.0 in np.maximum(1 - covariance*": "the same",
    "loan_costs.effective_cost: log1p(interest) -> interest in *": "where Newton's method starts; it arrives anyway",
    "loan_costs.NEWTON_STEPS: 6 -> [57] in *": "it has arrived after five steps",
    "loan_costs._value_and_slope: abs(force) < NO_FORCE -> abs(force) <= NO_FORCE in *": "the same",
}

# The errors of the issue, as text of a rule before and after; `tests/world/rules/test_mutants.py` wants all noticed.
NAMED = {
    "sign of import_content": ("trade.imports_but_energy", "ratio, import_content)", "ratio, -import_content)"),
    "tied-share limit the wrong way round": ("loan_offers.share_accepted", "limit - tied_share", "tied_share - limit"),
    "a limit of 1 is no limit": ("loan_offers.share_accepted", "limit >= 1", "limit > 1"),
    "extended sanctions": ("politics.eu_access_target", "sanctions >= EXTENDED", "sanctions > EXTENDED"),
    "restored share": ("potash_shipments.share_of_china_market", "restored_way, 1.0", "1.0, 1.0"),
    "cap on income that output answers": ("economy.carried_by_income", "-largest, largest", "-largest, np.inf"),
    "spot is open to the buyers": ("potash_contract.highest_price", "np.maximum(foreseen, 0.0)",
                                   "np.minimum(worth, 0.0)"),
    "who waits cheaply wins": ("potash_contract.offered_price", "buyers_delay / at_least(",
                              "sellers_delay / at_least("),
    "full stock stops the mine": ("potash_shipments.mine_output", "np.minimum(planned, room)", "planned"),
    "ceiling on displaced goods": ("trade.displaced", "np.minimum((1 - additionality) * tied_imports, ordinary)",
                                   "(1 - additionality) * tied_imports"),
    "additionality inverted": ("trade.displaced", "1 - additionality", "additionality"),
    "a devaluation strengthens": ("economy.next_catch_up", "log1p(-devaluation)", "log1p(devaluation)"),
    "a year's share in a month": ("rates.share_a_month", "1 / MONTHS_PER_YEAR", "1"),
    "arrears before imports are cut": ("external_accounts.close_the_month", "largest_cut *", "0 *"),
    "lapse twice as fast": ("loan_service.share_lapsing", "share_a_month(rate)", "share_a_month(2 * rate)"),
}  # fmt: skip


class Mutant(NamedTuple):
    """One error, where it stands, and what makes the tree that has it."""

    rule: str  # module.function
    line: int
    before: str
    after: str
    tree: Callable[[], ast.Module]
    around: str = ""  # the expression or statement it is a part of

    def __str__(self):
        module = self.rule.partition(".")[0]
        return f"src/sinobel/world/rules/{module}.py:{self.line} {self.rule}: {self.before}  ->  {self.after}"


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
        case "power", [base, exponent]:
            yield from (ast.BinOp(base, ast.Mult(), exponent), base, exponent)
            yield ast.Call(node.func, [exponent, base], [])
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
        """The other node in the place of the one."""
        return self.by if node is self.node else self.generic_visit(node)


def places(tree):
    """Expressions of every function and constant, each with that; not what is squared, since its sign is nothing."""
    for owner in tree.body:
        if isinstance(owner, ast.FunctionDef | ast.Assign | ast.AnnAssign):
            statements = owner.body if isinstance(owner, ast.FunctionDef) else [owner.value]
            nodes = [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.expr)]
            bases = {id(node.left) for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
                     and ast.unparse(node.right) == "2"}  # fmt: skip
            yield from ((node, owner) for node in nodes if not (isinstance(node, ast.Name) and id(node) in bases))


def all_mutants():
    """Every mutant of every rule, but the equivalent ones."""
    for path in sorted(RULES.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        whole = ast.parse(text)
        around = parents(whole)
        for place, (original, owner) in enumerate(places(whole)):
            name = name_of(owner)
            for number, other in enumerate(variants(original, variables(owner))):
                tree = functools.partial(with_error, text, place, number)
                told = ast.unparse(original), ast.unparse(other)
                within = ast.unparse(around[id(original)])
                mutant = Mutant(f"{path.stem}.{name}", original.lineno, *told, tree, within)
                if not equivalent(mutant):
                    yield mutant


def name_of(owner):
    """Name of a function or constant."""
    if isinstance(owner, ast.FunctionDef):
        return owner.name
    return ast.unparse(owner.target if isinstance(owner, ast.AnnAssign) else owner.targets[0])


def parents(tree):
    """What each node of a tree is a part of, by its identity."""
    return {id(part): whole for whole in ast.walk(tree) for part in ast.iter_child_nodes(whole)}


def variables(owner):
    """Names of arguments and variables of a rule."""
    nodes = list(ast.walk(owner))
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    return arguments | {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def with_error(text, place, number):
    """The tree of a file in which one expression, told by its place, is replaced by one of its variants."""
    tree = ast.parse(text)
    node, owner = next(itertools.islice(places(tree), place, None))
    other = next(itertools.islice(variants(node, variables(owner)), number, None))
    return ast.fix_missing_locations(Replaced(node, other).visit(tree))


def equivalent(mutant):
    """True for an error that no number tells from the rule."""
    told = f"{mutant.rule}: {mutant.before} -> {mutant.after} in {mutant.around}"
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
