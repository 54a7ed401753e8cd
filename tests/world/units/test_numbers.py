"""No unnamed number in economics: what moves a result is a parameter, or a named constant with its unit on top."""

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


def test_constants_say_their_unit():
    found = [name for module in modules() for name in constants(module)]
    assert len(found) > 50
