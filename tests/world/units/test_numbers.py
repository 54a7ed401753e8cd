"""No unnamed number in economics: what moves a result is a parameter with a reason in `model/parameters`.

Numbers that a module may name on its top are listed here with why they are no parameters.
"""

import ast
import pathlib

import pytest

import sinobel.world
from tests.world.units.traced import constants, modules

WORLD = pathlib.Path(sinobel.world.__file__).parent
FILES = sorted(
    [*(WORLD / "rules").glob("*.py"), *(WORLD / "agents").glob("*.py"), *(WORLD / "opening").glob("*.py")]
    + [WORLD / name for name in ("environment.py", "guards.py", "ledger.py", "world.py")]
)


def unnamed(text):
    """Numbers of a module that have no name, as (line, number).

    Zero and one may stand, two as an exponent and as what halves, and the place in a sequence; everything else is given
    a name on top of its module.
    """
    tree = ast.parse(text)
    allowed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            allowed.add(id(node.slice))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow | ast.Div):
            allowed |= {id(node.right)} if ast.unparse(node.right) == "2" else set()
    for statement in tree.body:
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        names = [each.id for target in targets for each in ast.walk(target or tree) if isinstance(each, ast.Name)]
        if isinstance(statement, ast.Assign | ast.AnnAssign) and all(name.isupper() for name in names):
            allowed |= {id(node) for node in ast.walk(statement)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float | complex)
        and not isinstance(node.value, bool)
        and node.value not in (0, 1)
        and id(node) not in allowed
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_number_has_a_name(path):
    found = unnamed(path.read_text(encoding="utf-8"))
    assert not found, f"{path.name}: give these a name, a unit and a reason, or make them parameters: {found}"


@pytest.mark.parametrize(
    "line",
    ["return 12 * x", "x = y / 12", "x = np.clip(y, -5.0, 1.0)", "x = y[-3:]", "return 2 * x", "x = y ** 0.25"],
)
def test_a_number_without_a_name_is_found(line):
    assert unnamed(f"def rule(x, y):\n    {line}\n")


@pytest.mark.parametrize("line", ["return 1 - x", "return x ** 2 / 2", "x = y[3]", "x = 0.0", "x = -1.0"])
def test_zero_one_and_halves_may_stand(line):
    assert not unnamed(f"LIMIT = 5.0\n\ndef rule(x, y):\n    {line}\n")


ENCODED = "how a lever or the record writes down an option: no quantity"
RECORD = "which years of the record are read, the same for every draw"
HISTORY = "a date of history, told in the record"
SHAPE = "length of a pipeline: it is the shape of an array, the same for every draw"
MATHEMATICS = "follows from the formula, not from the economy"

NO_PARAMETERS = {
    "agents.LINE": ENCODED,
    "agents.PROJECT": ENCODED,
    "agents.OWN": ENCODED,
    "agents.KNOWN_TO_FAIL": ENCODED,
    "agents.NO_SECTOR": ENCODED,
    "world.LONG_AGO": ENCODED,
    "agents.YEARS_OF_BUILDING": SHAPE,
    "agents.LONG_BOND": SHAPE,
    "agents.SHORT_BOND": SHAPE,
    "rules.HALF_A_YEAR": "for which two parameters are stated; potash.months_ahead says how much of it counts",
    "rules.LARGEST_LOSS": "a guard of a logarithm, far from what residents sell",
    "rules.POLITICAL": ENCODED,
    "rules.EXTENDED": ENCODED,
    "rules.SHARES_OF_DEPENDENCE": "how many shares the mean is taken of",
    "rules.NEWTON_STEPS": MATHEMATICS,
    "rules.YEAR_OF_A_WALK": MATHEMATICS,
    "rules.LOGISTIC_DEVIATION": MATHEMATICS,
    "rules.GROWTH_OF_A_YEAR": MATHEMATICS,
    "rules.PACE_OF_DECEMBER": MATHEMATICS,
    "rules.YEARS_APART": MATHEMATICS,
    "rules.PLACES_IN_A_YEAR": MATHEMATICS,
    "rules.VARIANCE_OF_T4": MATHEMATICS,
    "opening.MOMENTUM_YEARS": RECORD,
    "opening.REACH": MATHEMATICS,
    "opening.TURNS": MATHEMATICS,
    "opening.YEAR_AROUND": MATHEMATICS,
    "opening.SHARE_YEARS": RECORD,
    "opening.USUAL_IMPORT_YEARS": RECORD,
    "rules.REFERENCE_PRICE": "price at which demand levels are stated: levels are fitted with it, so it cancels",
    "agents.PRE_DEVALUATION": HISTORY,
    "agents.JULY": "the month in which houses plan the next year: it moves dates and nothing else",
    "agents.AS_EVENTS_DECIDE": ENCODED,
    "agents.OFF": ENCODED,
    "opening.FIRST_YEAR": RECORD,
    "opening.ROUNDING": "sums of the record are written in whole millions",
    "opening.RECENT": RECORD,
    "opening.EXCHANGE_RATE_YEARS": RECORD,
    "opening.FIRST_INVESTMENT": RECORD,
    "opening.FIRST_LOANS": RECORD,
    "opening.EEU_TREATY": HISTORY,
    "opening.FITTED_YEARS": RECORD,
    "opening.SHARED_YEARS": RECORD,
    "opening.YEARS_LOOKED_BACK": RECORD,
    "opening.PRODUCED_YEARS": RECORD,
    "opening.PLANS_KNOWN": HISTORY,
    "opening.LAST_PLAN": HISTORY,
    "opening.FIRST_ALONE": HISTORY,
    "opening.CROP_LAG": "half a year from crops to demand, as in the pipeline of crop prices",
    "opening.CROP_QUARTERS": RECORD,
    "opening.BREAK": HISTORY,
    "opening.MOST_GAPS": "ends a search of what the record lacks, moves no result",
    "opening.MOST_TOLD": "length of a message",
    "opening.REGULAR": "years that make a series one that is expected to go on, for a refusal; moves no result",
    "world.QUARTER": RECORD,
    "world.LAST_QUARTER": RECORD,
    "world.YEARS_OF_OIL": RECORD,
    "world.QUARTERS_OF_CROPS": RECORD,
    "world.FIRST_CROPS": RECORD,
    "world.CROPS_AGO": SHAPE,
    "world.RISE_SEEN": SHAPE,
}
"""Every number or date that a module of rules, agents, opening or the environment names, and why it is no parameter."""


def named(text):
    """Names on top of a module that stand for a number or a date."""
    found = []
    for statement in ast.parse(text).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        values = list(ast.walk(statement.value))
        number = any(isinstance(each, ast.Constant) and type(each.value) in (int, float) for each in values)
        date = any(isinstance(each, ast.Call) and ast.unparse(each.func) == "months.parse" for each in values)
        if number or date:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            found += [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    return found


BEHAVIOR = [path for path in FILES if path.name not in ("guards.py", "ledger.py", "world.py")]


def named_in_the_world():
    """All of them as folder.NAME."""
    return {f"{path.parent.name}.{name}" for path in BEHAVIOR for name in named(path.read_text(encoding="utf-8"))}


def test_numbers_that_move_a_result_are_parameters():
    new = named_in_the_world() - set(NO_PARAMETERS)
    assert not new, f"make these parameters with a reason in model/parameters: {sorted(new)}"


def test_the_list_of_numbers_that_are_no_parameters_holds_nothing_else():
    assert not set(NO_PARAMETERS) - named_in_the_world()


@pytest.mark.parametrize(
    "line",
    [
        "MOST_CHINESE = 0.6",
        'MOST_CHINESE: Annotated[float, "fraction"] = 0.6',
        "WEAKEST, STRONGEST = -1.5, 1.0",
        "MOST_CHINESE = 3 / MONTHS_PER_YEAR",
        'BREAK = months.parse("2013-08")',
        "limits = {'most': 0.6}",
    ],
)
def test_a_number_on_top_of_a_module_is_found(line):
    assert named(f"import months\n\n{line}\n")


@pytest.mark.parametrize("line", ["LENDERS = (RUSSIAN, MULTI)", "OPEN = True", "def rule(x):\n    most = 0.6\n"])
def test_what_is_no_number_on_top_of_a_module_may_stand(line):
    assert not named(f"{line}\n")


def test_constants_say_their_unit():
    found = {name for module in modules() for name in constants(module)}
    assert {"MONTHS_PER_YEAR", "PERCENT", "TINY", "REFERENCE_PRICE", "LOGISTIC_DEVIATION", "RISE_SEEN"} <= found
